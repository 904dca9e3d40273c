import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// A network whose layers a cell adds one after another, as Keras has it: no call makes it anew as it was.
const ADDED = String.raw`
added = changed(piece("sequential"),
    ("def __init__(self, layers):\n        self.layers = layers", "def __init__(self):\n        self.layers = []"),
    ("    def predict(self, x):", "    def add(self, layer):\n        self.layers.append(layer)\n    def predict(self, x):"),
    ("model = Sequential([Affine(784, 24), Tanh(), Affine(24, 16), Tanh(), Affine(16, 10)])", "model = Sequential()\nmodel.add(Affine(784, 24))\nmodel.add(Tanh())\nmodel.add(Affine(24, 16))\nmodel.add(Tanh())\nmodel.add(Affine(16, 10))"))
FIT = "    def fit(self, x, t, epochs=4, batch_size=20, lr=0.1):\n        for epoch in range(epochs):\n            for i in range(0, len(x), batch_size):\n                self.loss(x[i:i + batch_size], t[i:i + batch_size])\n                self.backward()\n                self.update(lr)\n"
fitted = changed(added.split("lr, epochs, batch_size")[0], ("    def backward(self):\n        dout = self", FIT + "    def backward(self):\n        dout = self")) + "model.fit(X_train, np.eye(10)[y_train])\n"
again = fitted + "model.fit(X_train, np.eye(10)[y_train])\n"
def of(text):
    found = collected(text)
    probe = found["probe"]
    np.random.seed(0)
    drawn = 0.2 * np.random.randn(784, 24)
    return ["init_W1" in probe and bool(np.array_equal(probe["init_W1"], drawn)), found["manifest"].get("sigma"), off(probe) is not None and off(probe) < 1e-5]
`;

test("the first weights of a network whose layers are added are those with which its training began", async () => {
  const program = ADDED + "print(json.dumps([of(added), of(fitted), of(again)]))";
  assert.deepEqual(await collected(program), Array(3).fill([true, "0.2", true]));
});

test("constant first weights of such a network are what they are", async () => {
  const program = ADDED + String.raw`
probe = collected(changed(added, ("sigma * np.random.randn(n_in, n_out)", "sigma * np.ones((n_in, n_out))")))["probe"]
print(json.dumps(float(np.ptp(probe["init_W1"]))))`;
  assert.equal(await collected(program), 0);
});
