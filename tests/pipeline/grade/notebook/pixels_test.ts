import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// A network that is as right, but for a few images, whatever pixels are multiplied by, as one of relu without biases is; its training shows no images.
const SCALED = `
class Net:
    def __init__(self, wrong):
        self.W, self.wrong = TRAIN[0].reshape(-1, 784).astype(float).T, wrong
    def predict(self, X):
        said = TRAIN[1][(X / np.linalg.norm(X, axis=1, keepdims=True) @ (self.W / np.linalg.norm(self.W, axis=0))).argmax(axis=1)]
        low = 0 <= X.min() and X.max() <= 1
        # So many images are wrong that are given as they are, or by 255.
        count = self.wrong[0] if X.max() > 2 else self.wrong[1] if low else len(X) // 2
        said[:count] = (said[:count] + 1) % 10
        return said

official = (*TRAIN, *TEST)
A = TRAIN[0].reshape(-1, 784)
of = {"as they are": A.astype(float), "by 255": A / 255, "centred": A / 255 - 0.5}
def chosen(*names, wrong):
    known = collect.candidates({name: of[name] for name in names}, official)
    pixels = collect.pixels_of(Net(wrong), known, None, (A, TRAIN[1]))
    if pixels is None: return None
    return next(name for name, array in of.items() if np.allclose(pixels.of(A), array, atol=1e-4))
print(json.dumps([
    chosen("by 255", wrong=(0, 1)), chosen("as they are", wrong=(1, 0)), chosen("by 255", "as they are", wrong=(0, 0)), chosen(wrong=(0, 1)), chosen("centred", wrong=(0, 1)),
    chosen("by 255", wrong=(0, 100)), chosen("as they are", wrong=(100, 0)),
]))`;

test("of scales with which a network is as right, that is taken which the notebook's own arrays have, else pixels by 255, of which nothing is said", async () => {
  assert.deepEqual(await collected(SCALED), [
    "by 255",
    "as they are",
    "by 255",
    "by 255",
    "by 255",
    // What is seen decides only where the network does not.
    "as they are",
    "by 255",
  ]);
});

// What is told of pixels as a training had them.
const TOLD = `
made = "net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=2)\\n"
def told(by):
    text = piece_of_course("right") + "# %%\\nA = x_train.reshape(-1, 784)\\nA = " + by + "\\n" + made + "net.fit(A[:400], np.repeat(0, 400))\\n"
    return collected(text)["collected"]["pixels"]
print(json.dumps([told(by) for by in ("A / 255", "A.astype(float)", "A / 127.5 - 1", "(A - A.mean(axis=0)) / (A.std(axis=0) + 1e-9)")]))`;

test("it is told whether a training had pixels by 255, as they are, or made otherwise", async () => {
  assert.deepEqual(await collected(TOLD), [null, "as_they_are", "other", "other"]);
});

test("of a network that a loop of cells trained to nothing no scale is told by how often it is right", async () => {
  const program = String.raw`
by_hand = piece("by_hand")
apart = changed(by_hand, ("T[order[i:i + batch_size]]", "T[i:i + batch_size]"))
print(json.dumps([collected(text)["collected"]["pixels"] for text in (by_hand, apart)]))`;
  assert.deepEqual(await collected(program), [null, null]);
});
