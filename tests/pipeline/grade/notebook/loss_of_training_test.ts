import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// A class whose loss is a function of the notebook, which its fit() or a cell calls.

const NOTEBOOK = String.raw`
CLASS = '''
def softmax(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def cross_entropy(y, t):
    return -np.sum(t * np.log(y + 1e-7)) / len(y)
class Net:
    def __init__(self, lr=0.1, n_epochs=3, batch_size=48, sigma=0.1):
        self.lr, self.n_epochs, self.batch_size, self.sigma = lr, n_epochs, batch_size, sigma
        sizes = [784, 24, 16, 10]
        self.W1, self.W2, self.W3 = [sigma * np.random.randn(a, b) for a, b in zip(sizes, sizes[1:])]
        self.B1, self.B2, self.B3 = [np.zeros(b) for b in sizes[1:]]
    def forward(self, X):
        self.Z1 = np.tanh(X @ self.W1 + self.B1)
        self.Z2 = np.tanh(self.Z1 @ self.W2 + self.B2)
        self.P = softmax(self.Z2 @ self.W3 + self.B3)
        return self.P
    def gradient(self, X, t):
        self.forward(X)
        d3 = (self.P - t) / len(X)
        d2 = d3 @ self.W3.T * (1 - self.Z2 ** 2)
        d1 = d2 @ self.W2.T * (1 - self.Z1 ** 2)
        return {"W3": self.Z2.T @ d3, "B3": d3.sum(axis=0), "W2": self.Z1.T @ d2, "B2": d2.sum(axis=0), "W1": X.T @ d1, "B1": d1.sum(axis=0)}
FIT
    def predict(self, X):
        return self.forward(X).argmax(axis=1)
'''
FIT = '''
    def fit(self, X, y):
        self.train_loss = []
        T = np.eye(10)[y]
        for epoch in range(self.n_epochs):
            for i in range(0, len(X), self.batch_size):
                g = self.gradient(X[i:i + self.batch_size], T[i:i + self.batch_size])
                for key in g:
                    setattr(self, key, getattr(self, key) - self.lr * g[key])
            self.train_loss.append(cross_entropy(self.forward(X), T))
'''
FITTED = CLASS.replace("FIT", FIT) + "# %%\nnet = Net()\nnet.fit(X_train, y_train)\n"
IN_A_CELL = CLASS.replace("FIT", "") + '''# %%
train_losses, accuracies = [], []
def record(loss, accuracy):
    train_losses.append(loss)
    accuracies.append(accuracy)
net = Net()
lr, T = 0.1, np.eye(10)[y_train]
for epoch in range(3):
    for i in range(0, 480, 48):
        g = net.gradient(X_train[i:i + 48], T[i:i + 48])
''' + "".join("        net.%s -= lr * g['%s']\n" % (key, key) for key in ("W1", "W2", "W3", "B1", "B2", "B3")) + '''
    record(cross_entropy(net.forward(X_train), T), 0.9)
'''
def of(text):
    found = collected(text)
    probe, said = found["probe"], {line[1]: line for line in found["collected"]["checklist"]}
    return found, {"loss": bool(abs(probe.get("loss", 0) - exact()["loss"]) < 1e-5), "first": "init_W1" in probe, "step": "new_W1" in probe, "history": "history" in found, "sigma": found["manifest"].get("sigma")}
`;

test("a loss that is a function costs a class nothing that it has: its first weights, their sigma and its step", async () => {
  const program = NOTEBOOK + `
print(json.dumps([of(FITTED)[1], of(IN_A_CELL)[1]]))`;
  const [fitted, inACell] = await collected(program) as Record<string, unknown>[];
  assert.deepEqual(fitted, { loss: true, first: true, step: true, history: true, sigma: "0.1" });
  assert.deepEqual(inACell, { loss: true, first: true, step: true, history: true, sigma: "0.1" });
});

test("a right loss that the training does not call is not taken for a wrong one that it has", async () => {
  const wrong = "np.mean((self.forward(X) - T) ** 2)";
  const program = NOTEBOOK + `
print(json.dumps(of(changed(FITTED, ("cross_entropy(self.forward(X), T)", "${wrong}")))[1]["loss"]))`;
  assert.equal(await collected(program), false);
});

test("of a class only what its fit() reaches is its loss, and a squared error not before the loss that fit() notes", async () => {
  const program = NOTEBOOK + String.raw`
FUNCTIONS = "def mse(p, t):\n    return np.mean((p - t) ** 2)\ndef criterion(p, t):\n    return -np.mean(t * np.log(p + 1e-7))\n"
inline = ("cross_entropy(self.forward(X), T)", "-np.sum(T * np.log(self.forward(X) + 1e-7)) / len(X)")
without = ("def cross_entropy(y, t):\n    return -np.sum(t * np.log(y + 1e-7)) / len(y)\n", "")
report = ("    def predict(", "    def report(self, X, y):\n        return mse(self.forward(X), np.eye(10)[y])\n    def predict(")
noted = ("            self.train_loss.append", "            self.error = mse(self.forward(X), T)\n            self.train_loss.append")
score = ("    def predict(", "    def score(self, X, y):\n        return cross_entropy(self.forward(X), np.eye(10)[y])\n    def predict(")
through = ("cross_entropy(self.forward(X), T)", "self.error_of(self.forward(X), T)"), ("    def predict(", "    def error_of(self, p, t):\n        return criterion(p, t)\n    def predict(")
def factor(*changes):
    found = collected(FUNCTIONS + changed(FITTED, *changes))
    return round(float(found["probe"]["loss"] / exact()["loss"]), 4), next(line[2].splitlines()[0] for line in found["collected"]["checklist"] if line[1] == "loss")
print(json.dumps([factor(inline, without, report), factor(inline, without, noted), factor(("cross_entropy(self", "criterion(self"), score), factor(*through, score)]))`;
  assert.deepEqual(await collected(program), [
    [1, "fit(), train_loss"],
    [1, "fit(), train_loss"],
    [0.1, "criterion()"],
    [0.1, "criterion()"],
  ]);
});

test("of several losses that is graded which a loop of a cell calls, right or wrong", async () => {
  const program = NOTEBOOK + String.raw`
batch = submit.probe_batch()
P, Y = submit.outputs_of(batch), batch["Y"]
over_all, squared = -np.mean(Y * np.log(P)), np.mean((P - Y) ** 2)
def loss_of(text):
    value = collected(text)["probe"].get("loss", 0)
    return next((name for name, wanted in (("right", exact()["loss"]), ("over all", over_all), ("squared", squared)) if abs(value - wanted) < 1e-5), float(value))
ALL = "def error_all(y, t):\n    return -np.mean(t * np.log(y + 1e-7))\ndef mean_squared_error(y, t):\n    return np.mean((y - t) ** 2)\n# %%\n"
functions = piece("globals").replace("def cross_entropy(Y, P)", "def cross_entropy(P, Y)")
call = "cross_entropy(net.forward(X_train), T)"
def called(name):
    return loss_of(ALL + changed(IN_A_CELL, (call, call.replace("cross_entropy", name))))
def in_functions(name):
    text = changed(functions, ("losses.append(cross_entropy(T[rows], forward(X_train[rows])))", "losses.append(%s(forward(X_train[rows]), T[rows]))" % name), ("cross_entropy(T_val, forward(X_val))", name + "(forward(X_val), T_val)"))
    return loss_of(ALL.replace("# %%\n", "") + text.replace("def cross_entropy(Y, P)", "def cross_entropy(P, Y)"))
print(json.dumps([[way(name) for name in ("cross_entropy", "error_all", "mean_squared_error")] for way in (called, in_functions)]))`;
  assert.deepEqual(await collected(program), Array(2).fill(["right", "over all", "squared"]));
});

test("a loop in which no weights change is no training, whatever loss it calls", async () => {
  const program = NOTEBOOK + String.raw`
WRONG = "def batch_error(y, t):\n    return -np.mean(t * np.log(y + 1e-7))\n"
functions = changed(piece("functions"), ("return cross_entropy(t, p)", "return batch_error(p, t)"), ("cross_entropy(np.eye(10)[y_val], forward(X_val)[2])", "batch_error(forward(X_val)[2], np.eye(10)[y_val])"))
in_a_cell = changed(IN_A_CELL, ("cross_entropy(net.forward(X_train), T)", "batch_error(net.forward(X_train), T)"))
checks = "# %%\nfor k in range(3):\n    print(cross_entropy(%s))\n"
factor = lambda text: round(float(collected(WRONG + text)["probe"]["loss"] / exact()["loss"]), 4)
print(json.dumps([factor(functions + checks % "np.eye(10)[y_test[k:k + 1]], forward(X_test[k:k + 1])[2]"), factor(in_a_cell + checks % "net.forward(X_test[k:k + 1]), np.eye(10)[y_test[k:k + 1]]")]))`;
  assert.deepEqual(await collected(program), [0.1, 0.1]);
});

test("functions of the notebook that are no losses are not run, and its lists stay as they are", async () => {
  const program = NOTEBOOK + `
without = (("def cross_entropy(y, t):\\n    return -np.sum(t * np.log(y + 1e-7)) / len(y)", ""), ("cross_entropy(net.forward(X_train), T)", "0.5"))
names = of(changed(IN_A_CELL, *without))[0]["names"]
print(json.dumps([len(names["train_losses"]), len(names["accuracies"])]))`;
  assert.deepEqual(await collected(program), [3, 3]);
});

test("a loss or optimizer may be called as the methods of a network are", async () => {
  const program = `
def of(name):
    found = collected(piece("torch_style").replace("criterion", name))
    return [off(found["probe"]) is not None and off(found["probe"]) < 1e-5, "new_W1" in found["probe"]]
print(json.dumps([of(name) for name in ("criterion", "loss_layer", "cross_entropy", "backward")]))`;
  assert.deepEqual(await collected(program), Array(4).fill([true, true]));
});
