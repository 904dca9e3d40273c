import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Classes whose samples are columns: X of shape (784, images), W @ X + b.

const OF = `
FIT = "model.fit(X_train.T, np.eye(10)[y_train].T, X_val.T, np.eye(10)[y_val].T)\\n"
def of(*changes, of="columns"):
    found = collected(changed(piece(of), *changes))
    probe, batch, right, made = found["probe"], submit.probe_batch(), exact(), found["names"].get("model")
    moved = {key: (batch[key] - probe["new_" + key]) / 0.1 if "new_" + key in probe else None for key in ("W1", "B3")}
    factors = [None if moved[key] is None else [factor for factor in (1, -1, 20) if np.allclose(moved[key], factor * right["d" + key], atol=1e-5)] for key in moved]
    same = made is not None and hasattr(made, "W2") and "weights" in found and np.array_equal(found["weights"]["W2"], made.W2.T)
    said = {line[1]: line[2].splitlines()[0] for line in found["collected"]["checklist"]}
    return [float(round(probe.get("loss", 0) / right["loss"], 4)), off(probe) is not None and off(probe) < 1e-5, factors, same, "predictions" in found and bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8), said["step"]]
loop = (FIT, """
T = np.eye(10)[y_train].T
costs = []
for epoch in range(4):
    total = 0
    for i in range(0, T.shape[1], 20):
        P = model.forward(X_train.T[:, i:i + 20])
        total += model.compute_cost(P, T[:, i:i + 20]) * P.shape[1]
        model.backward(X_train.T[:, i:i + 20], T[:, i:i + 20])
        model.update()
    costs.append(total / T.shape[1])
""")
`;

test("a class that takes samples as columns is read as others are, trained by itself or by a loop, or by us", async () => {
  const program = OF + `
no_fit = (("def fit(", "def unused("), loop)
returned = (("self.dW1, self.db1 = dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True)", "self.dW1, self.db1 = dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True)\\n        return {key: getattr(self, key) for key in ('dW1', 'db1', 'dW2', 'db2', 'dW3', 'db3')}"),)
square = (("NeuralNetwork(784, 24, 16, 10)", "NeuralNetwork(784, 16, 16, 10)"),)
untrained = ((FIT, ""), ("epochs=4", "epochs=10"))
beside = (*no_fit, ("    def compute_cost(self, A3, Y)", "    def unused_(self, A3, Y)"), ("model = Neural", "def compute_cost(A3, Y):\\n    return -np.sum(Y * np.log(A3 + 1e-12)) / Y.shape[1]\\n\\nmodel = Neural"), ("self.compute_cost", "compute_cost"), ("model.compute_cost", "compute_cost"))
print(json.dumps([of(*changes) for changes in ((), no_fit, (*no_fit, *returned), square, beside)] + [of(*untrained)[:3]]))`;
  const right = (step: string) => [1, true, [[1], [1]], true, true, step];
  assert.deepEqual(await collected(program), [
    right("fit()"),
    ...Array(2).fill(right("forward(), backward(), update()")),
    right("fit()"),
    right("forward(), backward(), update()"),
    right("fit()").slice(0, 3),
  ]);
});

test("mistakes of a class of columns are read as they are", async () => {
  const program = OF + `
print(json.dumps([
    of(("np.log(A3 + 1e-12)) / m", "np.log(A3 + 1e-12)) / m / 10"))[:3],
    of(("dZ3 = (self.A3 - Y) / m", "dZ3 = self.A3 - Y"))[2],
    of(("dZ3 = (self.A3 - Y) / m", "dZ3 = (Y - self.A3) / m"))[2],
    of(("* (1 - self.A1 ** 2)", "* self.A1"))[1:3],
]))`;
  assert.deepEqual(await collected(program), [
    [0.1, false, [[1], [1]]],
    [[20], [20]],
    [[-1], [-1]],
    [false, [[], [1]]],
  ]);
});

test("submit.export() takes test images and labels as columns", async () => {
  const program = `
cells = piece("columns").split("# %%\\n")
names = {"np": np, "__name__": "__main__"}
exec(cells[0], names)
np.random.seed(0)
model = names["NeuralNetwork"](784, 24, 16, 10)
X, X_test = [x.reshape(len(x), -1).T / 255 for x in (TRAIN[0], TEST[0])]
model.fit(X, np.eye(10)[TRAIN[1]].T, X, np.eye(10)[TRAIN[1]].T)
def of(labels):
    with tempfile.TemporaryDirectory() as folder, submit.contextlib.redirect_stdout(submit.io.StringIO()):
        submit.export(model, X_test, labels, folder=folder)
        return [np.array_equal(read(folder)["predictions"][:, 1], model.predict(X_test)), off(read(folder)["probe"]) < 1e-9]
print(json.dumps([of(TEST[1]), of(TEST[1][None]), of(np.eye(10)[TEST[1]].T)]))`;
  assert.deepEqual(await collected(program), Array(3).fill([true, true]));
});

test("what leaves a layer of columns is known where the sums alone are kept", async () => {
  const program = OF + `
kept = (("        self.A1 = np.tanh(self.Z1)\\n        self.Z2 = self.W2 @ self.A1", "        self.Z2 = self.W2 @ np.tanh(self.Z1)"), ("        self.A2 = np.tanh(self.Z2)\\n        self.Z3 = self.W3 @ self.A2", "        self.Z3 = self.W3 @ np.tanh(self.Z2)"),
        ("self.A2.T", "np.tanh(self.Z2).T"), ("self.A2 **", "np.tanh(self.Z2) **"), ("self.A1.T", "np.tanh(self.Z1).T"), ("self.A1 **", "np.tanh(self.Z1) **"))
found = collected(changed(piece("columns"), *kept))
print(json.dumps([sorted({"A1", "A2", "probabilities"} & found["probe"].keys()), found["manifest"]["activation"], off(found["probe"]) < 1e-5]))`;
  assert.deepEqual(await collected(program), [["A1", "A2", "probabilities"], "tanh", true]);
});
