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
unused = ADAM + changed(piece("torch_style"), ("optimizer = SGD(model, lr=0.1)", "optimizer = SGD(model, lr=0.1)\nother = Adam(model)"))
print(json.dumps([of(wrong)[:3], of(unused)]))`;
  assert.deepEqual(await collected(program), [["--", false, false], [
    "ok",
    true,
    true,
    "model(), criterion(), model.backward(), optimizer.step()",
    null,
  ]]);
});

test("an optimizer is found by what it does with parameters beside gradients, and only in the last loop that trains the network", async () => {
  const program = OPTIMIZERS + String.raw`
adagrad = """class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, None
    def update(self, params, grads):
        if self.h is None:
            self.h = {i: np.zeros_like(p) for i, p in enumerate(params)}
        for i, (p, g) in enumerate(zip(params, grads)):
            self.h[i] += g * g
            p -= self.lr * g / (np.sqrt(self.h[i]) + 1e-7)
""" + changed(book, ("optimizer = SGD(", "optimizer = AdaGrad("))
before = mom[:mom.rindex("# %%\n")] + "# %%\n" + changed(book.split("# %%\n")[1], ("optimizer", "plain_sgd"))
print(json.dumps([of(adagrad)[4], of(before)[4]]))`;
  assert.deepEqual(await collected(program), ["AdaGrad", null]);
});

// A class whose layers are called h1 and h2, as moments are, and whose gradients gW.
const LAYERS = OPTIMIZERS + String.raw`
layers = """class FC:
    def __init__(self, a, b, sigma):
        self.W, self.b = sigma * np.random.randn(a, b), sigma * np.random.randn(b)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, d):
        self.gW, self.gb = self.x.T @ d, d.sum(axis=0)
        return d @ self.W.T
    def update(self, lr):
        self.W -= lr * self.gW
        self.b -= lr * self.gb
class Net:
    def __init__(self, lr=0.1, sigma=0.2, epochs=4, batch_size=20):
        self.lr, self.sigma, self.epochs, self.batch_size = lr, sigma, epochs, batch_size
        self.h1, self.h2, self.out = FC(784, 24, sigma), FC(24, 16, sigma), FC(16, 10, sigma)
    def forward(self, x):
        self.z1 = np.tanh(self.h1.forward(x))
        self.z2 = np.tanh(self.h2.forward(self.z1))
        a = self.out.forward(self.z2)
        e = np.exp(a - a.max(axis=1, keepdims=True))
        self.p = e / e.sum(axis=1, keepdims=True)
        return self.p
    def loss(self, p, t):
        return -np.sum(t * np.log(p + 1e-10)) / len(t)
    def backward(self, t):
        d = self.out.backward((self.p - t) / len(t)) * (1 - self.z2 ** 2)
        self.h1.backward(self.h2.backward(d) * (1 - self.z1 ** 2))
    def fit(self, X, y):
        T = np.eye(10)[y]
        self.train_loss = []
        for epoch in range(self.epochs):
            order = np.random.permutation(len(X))
            for i in range(0, len(X), self.batch_size):
                x, t = X[order[i:i + self.batch_size]], T[order[i:i + self.batch_size]]
                self.forward(x)
                self.backward(t)
                for layer in (self.h1, self.h2, self.out):
                    layer.update(self.lr)
            self.train_loss.append(self.loss(self.forward(X), T))
    def predict(self, X):
        return self.forward(X).argmax(axis=1)
# %%
net = Net()
net.fit(X_train, y_train)
"""
move = "        self.W -= lr * self.gW\n        self.b -= lr * self.gb\n"
def moved_by(keep, go="self.W -= lr * self.vW\n        self.b -= lr * self.vb"):
    return changed(layers, (move, "        " + keep + "\n        " + go + "\n"))
momentum = lambda by: moved_by("self.vW, self.vb = %s * getattr(self, 'vW', 0) + self.gW, %s * getattr(self, 'vb', 0) + self.gb" % (by, by))
# It forgets at the start of each training what it has kept.
layerwise = "                for layer in (self.h1, self.h2, self.out):\n                    layer.update(self.lr)\n"
forgets = changed(layers, ("self.train_loss = []", "self.train_loss, self.v = [], [0 * layer.W for layer in (self.h1, self.h2, self.out)]"), (layerwise,
    "                for k, layer in enumerate((self.h1, self.h2, self.out)):\n                    self.v[k] = 0.9 * self.v[k] + layer.gW\n"
    "                    layer.W -= self.lr * self.v[k]\n                    layer.b -= self.lr * layer.gb\n"))
copies = changed(layers, ("        self.W -= lr", "        self.m_W = self.W.copy()\n        self.W -= lr"))
`;

test("a layer that is called as a moment is, a momentum of 0 and a mere copy are SGD, and graded so", async () => {
  const program = LAYERS + String.raw`
sgd = changed(MOM, ("momentum=0.9", "momentum=0.0"))
outside = of(sgd + changed(book, ("optimizer = SGD(lr=learning_rate)", "optimizer = Momentum(lr=learning_rate)")))
kept = changed(course, (upd, "        self.m_W = [w.copy() for w in (self.W1, self.W2, self.W3)]\n" + upd))
print(json.dumps([[of(layers), of(momentum("0.0")), of(copies), of(kept)], [outside[4], "keeps values" in outside[3]]]))`;
  const right = ["ok", true, true, "fit()", null];
  assert.deepEqual(await collected(program), [[right, right, right, right], [null, false]]);
});

test("a momentum that is none of a fresh training's is told, whether the next training begins with it or not", async () => {
  const program = LAYERS +
    `print(json.dumps([[one[0], one[2:]] for one in (of(momentum("0.9")), of(forgets))]))`;
  const told = (name: string) => [
    "--",
    [false, `the update is that of ${name}, which keeps values from step to step`, name],
  ];
  assert.deepEqual(await collected(program), [told("FC"), told("Net")]);
});

test("what a loop of a cell keeps in lists of its own is not taken for gradients of its network", async () => {
  const program = LAYERS + String.raw`
plain = "net = Net()\nfor x, t in batches:\n    net.forward(x)\n    grads = net.backward(t)\n    for l in range(3):\n        net.W[l] -= lr * grads[l]\n"
kept = changed(plain, ("        net.W[l] -= lr * grads[l]", "        v_W[l] = 0.9 * v_W[l] + grads[l]\n        net.W[l] -= lr * v_W[l]"))
apart = changed(plain, ("    for l in range(3):\n        net.W[l] -= lr * grads[l]", "    for l in range(3):\n        v_W[l] = 0.9 * v_W[l] + grads[l]\n    for l in range(3):\n        net.W[l] -= lr * v_W[l]"))
net = types.SimpleNamespace(W=[1, 2, 3])
found = [submit.moves_in_cells(net, "backward", {"net": net, "In": [text]}) is not None for text in (plain, kept, apart)]
print(json.dumps(found))`;
  assert.deepEqual(await collected(program), [true, false, false]);
});
