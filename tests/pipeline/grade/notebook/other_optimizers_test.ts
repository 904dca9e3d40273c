import assert from "node:assert/strict";
import { collected, test } from "./run_collected.ts";

// Networks that are trained otherwise than the course asks, by optimizers that keep something from step to step.
const OPTIMIZERS = String.raw`
MOM = """class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.v = lr, momentum, None
    def update(self, params, grads):
        if self.v is None:
            self.v = [np.zeros_like(p) for p in params]
        for i in range(len(params)):
            self.v[i] = self.momentum * self.v[i] - self.lr * grads[i]
            params[i] += self.v[i]
"""
book=piece("second_book")
mom = MOM + changed(book, ("optimizer = SGD(lr=learning_rate)", "optimizer = Momentum(lr=learning_rate / 10)"))
ADAM = """class Adam:
    def __init__(self, model, lr=0.001, beta1=0.9, beta2=0.999):
        self.model, self.lr, self.beta1, self.beta2, self.t = model, lr, beta1, beta2, 0
        self.m = [[np.zeros_like(l.W), np.zeros_like(l.b)] for l in model.layers if isinstance(l, Linear)]
        self.v = [[np.zeros_like(l.W), np.zeros_like(l.b)] for l in model.layers if isinstance(l, Linear)]
    def step(self):
        self.t += 1
        layers = [l for l in self.model.layers if isinstance(l, Linear)]
        for layer, m, v in zip(layers, self.m, self.v):
            for k, (p, g) in enumerate(((layer.W, layer.dW), (layer.b, layer.db))):
                m[k] = self.beta1 * m[k] + (1 - self.beta1) * g
                v[k] = self.beta2 * v[k] + (1 - self.beta2) * g ** 2
                p -= self.lr * (m[k] / (1 - self.beta1 ** self.t)) / (np.sqrt(v[k] / (1 - self.beta2 ** self.t)) + 1e-8)
"""
adam = ADAM + changed(piece("torch_style"), ("optimizer = SGD(model, lr=0.1)", "optimizer = Adam(model, lr=0.001)"))
course = piece_of_course("right") + "# %%\nnet = ScratchSimpleNeuralNetrowkClassifier(lr=0.01, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)\nnet.fit(X_train, y_train, X_val, y_val)\n"
upd = course[course.index("        self.W3 -= self.lr"):course.index("    def predict")]
ada = changed(course, (upd, "".join("        self.h%s = getattr(self, 'h%s', 0) + d%s ** 2\n        self.%s -= self.lr * d%s / (np.sqrt(self.h%s) + 1e-7)\n" % ((k,)*6) for k in ("W1","B1","W2","B2","W3","B3")) + "\n"))
sign = changed(course, (upd, "".join("        self.%s -= self.lr * np.sign(d%s)\n" % (k, k) for k in ("W1", "B1", "W2", "B2", "W3", "B3")) + "\n"))
def of(text):
    found = collected(text)
    step = [line for line in found["collected"]["checklist"] if line[1] == "step"][0]
    return [step[0], off(found["probe"]) is not None and off(found["probe"]) < 1e-5, "new_W1" in found["probe"], step[2].split(";")[0], found["collected"]["optimizer"]]
`;

test("an update that is not the course's is told by its name, and the gradients are graded all the same", async () => {
  const program = OPTIMIZERS + "print(json.dumps([of(mom), of(adam), of(ada), of(sign)]))";
  const by = (name: string) => `the update is that of ${name}, which keeps values from step to step`;
  const names = ["Momentum", "Adam", "ScratchSimpleNeuralNetrowkClassifier"];
  const why = [
    ...names.map((name) => [by(name), name]),
    ["an update moves every weight as far, however large its gradient is", ""],
  ];
  assert.deepEqual(await collected(program), why.map((told) => ["--", true, false, ...told]));
});

test("gradients of such a network that are wrong are read so, and one that the notebook does not use says nothing", async () => {
  const program = OPTIMIZERS + String.raw`
wrong = changed(mom, ("return dout * (1.0 - self.out ** 2)", "return dout"))
unused = MOM + changed(book, ("optimizer = SGD(lr=learning_rate)", "optimizer = SGD(lr=learning_rate)\nother = Momentum()\nother.update([np.zeros((784, 24))], [np.ones((784, 24))])"))
print(json.dumps([of(wrong)[:3], of(unused)]))`;
  assert.deepEqual(await collected(program), [["--", false, false], [
    "ok",
    true,
    true,
    "the loop of a cell (model.forward(), model.backward(), optimizer.update())",
    null,
  ]]);
});
