import assert from "node:assert/strict";

const PLACE = new URL("../../../../pipeline/grade/", import.meta.url).pathname;
const HERE = new URL("./", import.meta.url).pathname;
const PYTHON = "/usr/bin/python3";
const numpy = await new Deno.Command(PYTHON, { args: ["-c", "import numpy"] }).output().then(
  ({ success }) => success,
  () => false,
);

/** What a program prints that has collect.py, and 6000 images of one pixel. */
async function printed(program: string): Promise<unknown> {
  const start = `import sys
sys.path[:0] = ["${PLACE}notebook/python", "${PLACE}template"]
import json, time, types
import numpy as np
import collect
X, y = np.zeros((6000, 1)), np.arange(6000) % 10
`;
  const { success, stdout, stderr } = await new Deno.Command(PYTHON, { args: ["-c", start + program] })
    .output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** A class whose epoch takes so long, by rows of the training and rows that are set aside. */
const timed = (seconds: string) => `
class Model:
    def __init__(self):
        self.n_epochs = 1
    def fit(self, X, y, X_val=None, y_val=None):
        for _ in range(self.n_epochs):
            time.sleep(${seconds})
    def predict(self, X):
        return np.zeros(len(X), int)
began = time.monotonic()
_, _, epochs, whole = collect.train({"Model": Model}, (X, y), 1.0, {"epochs": 4, "training_seconds": 3})
print(json.dumps([epochs, whole, time.monotonic() - began < 4]))`;

/** What a program prints that has collected.py. */
const collected = (program: string) =>
  printed(`sys.path.insert(0, "${HERE}")\nfrom collected import *\n${program}`);

const test = (name: string, fn: () => Promise<void>) =>
  Deno.test({ name: `${name}${numpy ? "" : " (skipped: there is no NumPy)"}`, ignore: !numpy, fn });

test("a training of ours is timed in proportion, the images that are set aside too", async () => {
  // An epoch takes 0.36 s, of which most is for those that are set aside: four are 1.4 of 3 s.
  assert.deepEqual(await printed(timed("len(X) * 1e-5 + len(X_val) * 2.6e-4")), [4, true, true]);
});

test("a training of ours that takes more than in proportion ends with its time, and is none", async () => {
  assert.deepEqual(await printed(timed("len(X) ** 2 * 5e-7")), [0, false, true]);
});

// A loss of two arguments whose names do not say which is which, called in either order.
const LOSSES = `
found = []
for pair in (("y", "t"), ("t", "y"), ("y", "y_true")):
    for order in (1, -1):
        said, true = pair[::order]
        text = changed(
            piece("train_function"),
            ("def compute_loss(Y_hat, Y):", "def cross_entropy_error(%s, %s):" % pair),
            ("-np.sum(Y * np.log(Y_hat + 1e-12)) / len(Y)", "-np.sum({1} * np.log({0} + 1e-12)) / len({1})".format(said, true)),
            ("compute_loss(Y_hat, Y[rows])", "cross_entropy_error(*[Y_hat, Y[rows]][::%d])" % order),
            ("compute_loss(forward_propagation(X_val, params)[0], Y_val)", "cross_entropy_error(*[forward_propagation(X_val, params)[0], Y_val][::%d])" % order),
        )
        probe = collected(text)["probe"]
        found.append(bool(off(probe) < 1e-9 and np.isfinite(probe["loss_zero"]) and probe["loss_zero"] > 1))
print(json.dumps(found))`;

test("a function's two arguments are never given one value: of y and t both orders are tried", async () => {
  assert.deepEqual(await collected(LOSSES), Array(6).fill(true));
});

test("beside the labels t, y is what the network says, and beside params p is", async () => {
  const backward = (said: string, labels: string) => `
text = changed(
    piece("train_function"),
    ("def backward_propagation(X, Y, Y_hat, params, cache):\\n    dA3 = (Y_hat - Y)", "def backward_propagation(X, ${said}, ${labels}, params, cache):\\n    dA3 = (${said} - ${labels})"),
    ("backward_propagation(X[rows], Y[rows], Y_hat, params, cache)", "backward_propagation(X[rows], Y_hat, Y[rows], params, cache)"),
)
print(json.dumps(off(collected(text)["probe"]) < 1e-9))`;
  assert.equal(await collected(backward("y", "t")), true);
  assert.equal(await collected(backward("p", "t")), true);
});

// The manifest's epochs and sigma, of notebooks whose variables are called like settings.
const SETTINGS = `
course = piece_of_course("right")
def settings(text, fit="net.fit(X_train, y_train, X_val, y_val)", after="", sigma="sigma=0.2, "):
    made = "# %%\\nnet = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, " + sigma + "n_nodes1=24, n_nodes2=16)\\n"
    return of(text + made + fit + "\\n# %%\\n" + after)
def of(text):
    manifest = collected(text)["manifest"]
    return [manifest[key] for key in ("epochs", "sigma", "learning_rate", "batch_size")]
given = changed(course, ("n_epochs=10, ", ""), ("self.n_epochs, self.batch_size = n_epochs, batch_size", "self.batch_size = batch_size"),
                ("X_val=None, y_val=None)", "X_val=None, y_val=None, epochs=5)"), ("self.n_epochs", "epochs"))
fixed = changed(given, (", epochs=5)", ")"), ("range(epochs)", "range(5)"))
read = changed(fixed, ("range(5)", "range(EPOCHS)"))
drawn = changed(given, ("sigma=0.01, ", ""), ("self.lr, self.sigma, self", "self.lr, self"), ("= lr, sigma,", "= lr,"), ("self.sigma", "0.2"))
counting = "for epoch in range(5): print(epoch)"
pixels = "mean, std, scale = X_train.mean(), X_train.std(), 255.0\\n"
print(json.dumps({
    "a loop after fit(epochs=5)": settings(given, after=counting),
    "fit(epochs=3)": settings(given, "net.fit(X_train, y_train, X_val, y_val, epochs=3)", after=counting),
    "written into fit()": settings(fixed, after=counting),
    "another variable": settings(fixed, "epochs = 7\\nnet.fit(X_train, y_train, X_val, y_val)"),
    "a variable that fit() reads": settings(read, "EPOCHS = 4\\nnet.fit(X_train, y_train, X_val, y_val)"),
    "pixels": settings(drawn, pixels + "net.fit(X_train, y_train, X_val, y_val)", sigma=""),
    "pixels in the object": settings(changed(drawn, ("self.n_features = X.shape[1]", "self.n_features = X.shape[1]; self.std = X.std()")), sigma=""),
    "functions": of(changed(piece("functions"), ("lr, epochs, batch_size = 0.1, 4, 20", "lr, batch_size = 0.1, 20\\n" + pixels), ("range(epochs)", "range(4)"))),
}))`;

test("settings are those of the training, and no counter, and no deviation of pixels, that has such a name", async () => {
  assert.deepEqual(await collected(SETTINGS), {
    "a loop after fit(epochs=5)": ["5", "0.2", "0.1", "20"],
    "fit(epochs=3)": ["3", "0.2", "0.1", "20"],
    "written into fit()": ["5", "0.2", "0.1", "20"],
    "another variable": ["5", "0.2", "0.1", "20"],
    "a variable that fit() reads": ["4", "0.2", "0.1", "20"],
    pixels: ["5", "0.2", "0.1", "20"],
    "pixels in the object": ["5", "0.2", "0.1", "20"],
    functions: ["4", "0.2", "0.1", "20"],
  });
});

// Networks of images that are preprocessed in other ways: what recomputing by weights.npz on pixels / 255 gives, against the notebook's own.
const PIXELS = `
def graded(before, after="", fit="net.fit(A[:400], Y[:400], A[400:450], Y[400:450])"):
    text = piece_of_course("right") + "# %%\\nfrom collected import TRAIN\\nY = TRAIN[1]\\nA, B = x_train.reshape(-1, 784), x_test.reshape(-1, 784)\\n" + before + """
net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)
""" + fit + "\\nown = net.predict(B); logits = net.A3\\n" + after
    found = collected(text)
    said = [line[2] for line in found["collected"]["checklist"] if line[0] == "--" or "into W1" in line[2]]
    if "weights" not in found:
        return ["no claim", "predictions" in found, said]
    w = found["weights"]
    recomputed = np.tanh(np.tanh(TEST[0].reshape(-1, 784) / 255 @ w["W1"] + w["B1"]) @ w["W2"] + w["B2"]) @ w["W3"] + w["B3"]
    rows = found["validation"][:, 0].tolist() if "validation" in found else None
    same = np.array_equal(found["predictions"][:, 1], found["names"]["own"]) and np.abs(recomputed - found["names"]["logits"]).max() < 1e-4
    return [bool(same), "all 50" if rows == list(range(400, 450)) else rows, len(said)]
each = "m, s = A.mean(axis=0), A.std(axis=0); s[s == 0] = 1; A, B = (A - m) / s, (B - m) / s"
print(json.dumps({
    "by 255": graded("A, B = A / 255, B / 255"),
    "as they are": graded(""),
    "from -1 to 1": graded("A, B = A / 127.5 - 1, B / 127.5 - 1"),
    "the other way round": graded("A, B = 1 - A / 255, 1 - B / 255"),
    "as a whole": graded("m, s = A.mean(), A.std(); A, B = (A - m) / s, (B - m) / s"),
    "pixel by pixel": graded(each),
    "pixel by pixel in float32": graded(each + "; A, B = A.astype(np.float32), B.astype(np.float32)"),
    "pixel by pixel, of which nothing is left": graded(each, "del A, B"),
    "no such thing": graded("A, B = np.log1p(A), np.log1p(B)"),
    "validated on test images": graded("A, B = A / 255, B / 255", fit="net.fit(A[:400], Y[:400], B, y_test)"),
    "not validated": graded("A, B = A / 255, B / 255", fit="net.fit(A[:400], Y[:400])"),
}))`;

test("a network is graded on pixels as it was trained on them, or nothing is claimed of it; validation.csv has what it validated on", async () => {
  const none = [
    "no claim",
    false,
    [
      "what it was trained on are no pixels divided by 255, and how else they were preprocessed is not known\n         add: submit.export(model, X_test, y_test)",
    ],
  ];
  assert.deepEqual(await collected(PIXELS), {
    "by 255": [true, "all 50", 0],
    "as they are": [true, "all 50", 1],
    "from -1 to 1": [true, "all 50", 1],
    "the other way round": [true, "all 50", 1],
    "as a whole": [true, "all 50", 1],
    "pixel by pixel": [true, "all 50", 1],
    "pixel by pixel in float32": [true, "all 50", 1],
    "pixel by pixel, of which nothing is left": none,
    "no such thing": none,
    "validated on test images": [true, null, 0],
    "not validated": [true, null, 0],
  });
});

test("of a training of ours no epochs are claimed that it did not make", async () => {
  const program = `
def claimed(setting, noted):
    text = """
class Model:
    def __init__(self):
        self.%s, self.losses = 7, []
    def fit(self, X, y):
        self.losses = []
        for _ in range(self.%s):
            for _ in range(%s):
                self.losses.append(1.0)
    def predict(self, X):
        return np.zeros(len(X), int)
""" % (setting, setting, noted)
    names = {"np": np}
    exec(text, names)
    return collect.train({"Model": names["Model"]}, (X, y), 1.0, {"epochs": 4, "training_seconds": 3})[2:]
print(json.dumps([claimed("n_epochs", 1), claimed("rounds", 1), claimed("rounds", "len(X) // 20"), claimed("rounds", 0)]))`;
  assert.deepEqual(await printed(program), [[4, true], [7, true], [0, true], [0, true]]);
});

// A class that is trained by a loop of a cell, and one that has a fit() and weights that hold the biases too, so that its layers are not found.
const LOOPS = `
loop = """
class Net:
    def __init__(self):
        self.params = {name: 0.1 * np.random.randn(*shape) for name, shape in (("W1", (784, 24)), ("b1", 24), ("W2", (24, 10)), ("b2", 10)) for shape in [shape if isinstance(shape, tuple) else (shape,)]}
    def predict(self, X):
        self.Z = np.maximum(0, X @ self.params["W1"] + self.params["b1"])
        return self.Z @ self.params["W2"] + self.params["b2"]
# %%
network = Net()
iters_num, train_size = 300, len(X_train)
batch_size = 100
learning_rate = 0.1
seed = 3
train_loss_list = []
for i in range(iters_num):
    mask = np.random.choice(train_size, batch_size)
    A = network.predict(X_train[mask])
    E = np.exp(A - A.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    d = (P - np.eye(10)[y_train[mask]]) / batch_size
    network.params["W2"] -= learning_rate * network.Z.T @ d
    network.params["b2"] -= learning_rate * d.sum(axis=0)
    train_loss_list.append(-np.log(P[np.arange(batch_size), y_train[mask]]).mean())
"""
folded = """
class Net:
    def __init__(self):
        self.n_epochs, self.losses = 5, []
    def fit(self, X, y):
        self.U = [0.1 * np.random.randn(785, 24), 0.1 * np.random.randn(25, 10)]
        self.losses = [2.0 for _ in range(self.n_epochs)]
    def predict(self, X):
        one = lambda Z: np.c_[Z, np.ones(len(Z))]
        return (one(np.tanh(one(X) @ self.U[0])) @ self.U[1]).argmax(axis=1)
# %%
net = Net()
net.fit(X_train, y_train)
"""
def told(text):
    found = collected(text)
    manifest = found["manifest"]
    settings = [manifest.get(key, "").strip() for key in ("learning_rate", "batch_size", "epochs")]
    return [settings, len(found["history"]) if "history" in found else None, found["collected"]["trained_by_us"], found["collected"]["network"]]
print(json.dumps({
    "a loop": told(loop),
    "two in one line": told(changed(loop, ("batch_size = 100\\nlearning_rate = 0.1", "batch_size, learning_rate = 100, 0.1")))[0],
    "a rate that is assigned twice": told(changed(loop, ("seed = 3", "learning_rate = 0.01")))[0],
    "a rate that falls": told(changed(loop, ("    d = (P", "    learning_rate *= 0.999\\n    d = (P")))[0],
    "a rate that no loop reads": told(changed(loop, ("learning_rate * ", "0.1 * ")))[0],
    "iterations": told(changed(loop, ("iters_num, train_size = 300, len(X_train)", "num_iters = 300; train_size = len(X_train)"), ("iters_num", "num_iters")))[0],
    "no layers": told(folded),
}))`;

test("settings of a loop are those that it reads, losses by batch are no epochs, and nothing is trained anew that was trained", async () => {
  const net = (name: string) => ({ name, class: "Net" });
  assert.deepEqual(await collected(LOOPS), {
    "a loop": [["0.1", "100", ""], null, null, net("network")],
    "two in one line": ["0.1", "100", ""],
    "a rate that is assigned twice": ["", "100", ""],
    "a rate that falls": ["", "100", ""],
    "a rate that no loop reads": ["", "100", ""],
    iterations: ["0.1", "100", ""],
    "no layers": [["", "", "5"], 5, null, net("net")],
  });
});
