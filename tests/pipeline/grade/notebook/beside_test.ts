import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// A network whose loss and optimizer are objects or functions beside it.

const OF = `
def of(*changes, of="torch_style"):
    found = collected(changed(piece(of), *changes))
    probe, batch, right = found["probe"], submit.probe_batch(), exact()
    said = {line[1]: line[2].splitlines()[0] for line in found["collected"]["checklist"]}
    moved = {key: (batch[key] - probe["new_" + key]) / 0.1 if "new_" + key in probe else None for key in ("W1", "B3")}
    factors = [None if moved[key] is None else [factor for factor in (1, -1, 2) if np.allclose(moved[key], factor * right["d" + key], atol=1e-6)] for key in moved]
    return {"loss": float(probe.get("loss", 0) / right["loss"]), "gradients": off(probe) is not None and off(probe) < 1e-5, "moved": factors, "said": [said.get(key) for key in ("loss", "step")],
            "zero": float(probe.get("loss_zero", 0)), "predicted": "predictions" in found and bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8)}
def right(found):
    return [abs(found["loss"] - 1) < 1e-5, found["gradients"], found["moved"] == [[1], [1]], abs(found["zero"] - 1.3738) < 1e-4, found["predicted"], *found["said"]]
`;
const right = (...said: string[]) => [true, true, true, true, true, ...said];

test("a loss and an optimizer beside a network are its loss, its way back and its step, by their own names", async () => {
  const program = OF + `
methods = (("def __call__(self, logits, t)", "def forward(self, logits, t)"), ("criterion(", "criterion.forward("), ("def step(", "def update("), ("optimizer.step", "optimizer.update"))
given = (("    def backward(self):\\n        return (self.p - self.t) / len(self.t)", "    def backward(self, logits, t):\\n        return (self.p - t) / len(t)"),
         ("        loss = criterion(model(X_train[rows]), T[rows])", "        Z = model(X_train[rows]); loss = criterion(Z, T[rows])"), ("criterion.backward()", "criterion.backward(Z, T[rows])"))
# Probabilities leave the network, and the loss goes back from those.
soft = (("Linear(16, 10)]", "Linear(16, 10), Softmax()]"), ("class Model:", """class Softmax:
    def __call__(self, x):
        e = np.exp(x - x.max(axis=1, keepdims=True)); self.y = e / e.sum(axis=1, keepdims=True)
        return self.y
    def backward(self, grad):
        return self.y * (grad - (grad * self.y).sum(axis=1, keepdims=True))
class Model:"""), ("        e = np.exp(logits - logits.max(axis=1, keepdims=True))\\n        self.p, self.t = e / e.sum(axis=1, keepdims=True), t", "        self.p, self.t = logits, t"),
    ("return (self.p - self.t) / len(self.t)", "return -self.t / (self.p + 1e-7) / len(self.t)"))
whole = (("        self.p, self.t = e / e.sum(axis=1, keepdims=True), t", "        self.p, self.t = e / e.sum(axis=1, keepdims=True), np.eye(10)[t]"), ("np.sum(t * ", "np.sum(self.t * "), ("T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]", "T, T_val = y_train, y_val"))
print(json.dumps([right(of(*changes)) for changes in ((), methods, given, soft, whole)]))`;
  const called = ["criterion()", "model(), criterion(), model.backward(), optimizer.step()"];
  assert.deepEqual(await collected(program), [
    right(...called),
    right(
      "criterion.forward()",
      "model(), criterion.forward(), model.backward(), optimizer.update()",
    ),
    right(...called),
    right(...called),
    right(...called),
  ]);
});

test("a function that is the loss stands beside a class that has none", async () => {
  const program = OF + `
apart = (("    def loss(self, P, Y):\\n        return -np.sum(Y * np.log(P + 1e-7)) / len(Y)\\n", ""), ("class Net:", "def sonshitsu(seikai, P):\\n    return -np.sum(seikai * np.log(P + 1e-7)) / len(P)\\n\\nclass Net:"),
         ("net.loss(P, T[rows])", "sonshitsu(T[rows], P)"), ("net.loss(net.forward(X_val), T_val)", "sonshitsu(T_val, net.forward(X_val))"))
print(json.dumps(right(of(*apart, of="forward_only"))))`;
  assert.deepEqual(await collected(program), right("sonshitsu()", "forward(), backward()"));
});

test("what is beside a network is taken as it is, right or wrong, and an optimizer that keeps anything makes no step", async () => {
  const program = OF + `
loss = of(("return -np.sum(t * np.log(self.p + 1e-7)) / len(t)", "return -np.mean(t * np.log(self.p + 1e-7))"))
sign = of(("return (self.p - self.t) / len(self.t)", "return (self.t - self.p) / len(self.t)"))
fixed = of(("self.lr * layer.dW", "0.1 * layer.dW"), ("self.lr * layer.db", "0.1 * layer.db"))
keeps = of(("self.model, self.lr = model, lr", "self.model, self.lr = model, lr; self.v = {n: 0 * layer.W for n, layer in enumerate(model.layers) if isinstance(layer, Linear)}"),
    ("for layer in self.model.layers:", "for n, layer in enumerate(self.model.layers):"), ("layer.W -= self.lr * layer.dW", "self.v[n] = 0.9 * self.v[n] + layer.dW; layer.W -= self.lr * self.v[n]"))
print(json.dumps([[round(loss["loss"], 4), loss["moved"]], [round(sign["loss"], 4), sign["moved"]], fixed["said"][1], keeps["said"][1], keeps["gradients"]]))`;
  assert.deepEqual(await collected(program), [
    [0.1, [[1], [1]]],
    [1, [[-1], [-1]]],
    "could not set the learning rate: with another one the weights move as far; the gradients are those of model.backward()",
    "the update is that of SGD, which keeps values from step to step; the course's is stochastic gradient descent, which takes the learning rate times the gradient from the weights; the gradients are those of model.backward()",
    true,
  ]);
});

test("a loss beside a network that is no cross-entropy is taken as it is, and labels are never given in the place of its gradient", async () => {
  const program = OF + `
squares = of(("return -np.sum(t * np.log(self.p + 1e-7)) / len(t)", "return np.mean((self.p - t) ** 2)"))
# The loss stands in the loop, and so does its gradient.
loop = of(("criterion = CrossEntropy()\\n", ""), ("class CrossEntropy:", "class _:"), ("        loss = criterion(model(X_train[rows]), T[rows])\\n        model.backward(criterion.backward())\\n",
    "        Z = model(X_train[rows]); E = np.exp(Z - Z.max(axis=1, keepdims=True)); P = E / E.sum(axis=1, keepdims=True)\\n        loss = -np.mean(np.log(P[T[rows] == 1])); model.backward((P - T[rows]) / len(rows))\\n"),
    ("    val_losses.append(criterion(model(X_val), T_val))\\n", ""))
print(json.dumps([[round(squares["loss"], 3), squares["moved"]], loop["moved"], loop["gradients"], loop["predicted"], loop["said"][1]]))`;
  assert.deepEqual(await collected(program), [
    [0.035, [[1], [1]]],
    [null, null],
    false,
    true,
    "no loss was found that gives the gradient which backward() is to be given",
  ]);
});
