import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Networks whose backward() takes nothing: it goes back from where the loss was computed.

const OF = `
def of(*changes):
    found = collected(changed(piece("sequential"), *changes))
    probe, batch, right = found["probe"], submit.probe_batch(), exact()
    said = {line[1]: line[2].splitlines()[0] for line in found["collected"]["checklist"]}
    moved = {key: (batch[key] - probe["new_" + key]) / 0.1 if "new_" + key in probe else None for key in ("W1", "B3")}
    factors = [None if moved[key] is None else [factor for factor in (1, -1, 2) if np.allclose(moved[key], factor * right["d" + key], atol=1e-6)] for key in moved]
    return [bool(abs(probe.get("loss", 0) - right["loss"]) < 1e-5), bool(abs(probe.get("loss_zero", 0) - 1.3738) < 1e-4), factors, said["step"], said["init"]]
`;
const right = (step: string) => [true, true, [[1], [1]], step, "Sequential()"];

test("a backward() that takes nothing follows loss(X, Y), forward(X, Y), or the loss of what forward() gave", async () => {
  const program = OF + `
forward = (("def predict(self, x)", "def forward(self, x)"), ("self.predict(x)", "self.forward(x)"), ("model.predict", "model.forward"))
# As the second book has it.
of_both = (("def loss(self, x, t)", "def forward(self, x, t)"), ("model.loss(", "model.forward("))
apart = (("return self.loss_layer.forward(self.predict(x), t)", "return self.loss_layer.forward(x, t)"), ("def loss(self, x, t)", "def loss(self, x, t=None)"),
         ("model.loss(X_train[rows], T[rows])", "model.loss(model.predict(X_train[rows]), T[rows])"), ("model.loss(X_val, T_val)", "model.loss(model.predict(X_val), T_val)"))
print(json.dumps([of(), of(*forward), of(*of_both)[2:], of(*apart, *forward[:1], ("model.predict", "model.forward"))[2:]]))`;
  assert.deepEqual(await collected(program), [
    right("loss(), backward(), update()"),
    right("loss(), backward(), update()"),
    right("forward(), backward(), update()").slice(2),
    right("forward(), loss(), backward(), update()").slice(2),
  ]);
});

test("a wrong gradient of such a network is taken as it is, and what goes back from other images is none", async () => {
  const program = OF + `
print(json.dumps([
    of(("return (self.y - self.t) / len(self.t)", "return (self.t - self.y) / len(self.t)"))[2:4],
    of(("dout = self.loss_layer.backward()", "self.kept = getattr(self, 'kept', None); self.kept = dout = self.loss_layer.backward() if self.kept is None else self.kept"))[2:4],
]))`;
  assert.deepEqual(await collected(program), [
    [[[-1], [-1]], "loss(), backward(), update()"],
    [[null, null], "backward() gives the same for other labels"],
  ]);
});

test("weights that a network was given already trained are not taken for those of before the training", async () => {
  const program = `
found = collected(changed(piece("sequential"), ("model = Sequential([Affine(784, 24), Tanh(), Affine(24, 16), Tanh(), Affine(16, 10)])", "rows = [Affine(784, 24), Tanh(), Affine(24, 16), Tanh(), Affine(16, 10)]\\nmodel = Sequential(rows)")))
np.random.seed(0)
print(json.dumps(bool(np.array_equal(found["probe"]["init_W1"], 0.2 * np.random.randn(784, 24)))))`;
  assert.equal(await collected(program), true);
});

test("a gradient that a way back is given is known by many names, and labels and images are not taken for one", async () => {
  const program = `
names = ["dout", "dvalues", "dL_dy", "dLdZ", "dX", "dY_hat", "doutput", "d_output", "dJ", "gy", "gout", "grad_output", "delta", "error", "勾配", "デルタ", "誤差"]
others = ["X", "Y", "t", "y_true", "data", "digits", "desired", "labels", "images", "ラベル"]
made = lambda name: eval("lambda %s: 0" % name)
print(json.dumps([[name for name in names if not submit.takes_gradient(made(name))], [name for name in others if submit.takes_gradient(made(name))]]))`;
  assert.deepEqual(await collected(program), [[], []]);
});
