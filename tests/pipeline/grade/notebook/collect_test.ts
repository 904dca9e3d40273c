import assert from "node:assert/strict";
import { collected, printed, test } from "./run_collected.ts";

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

test("objects of a notebook may raise whatever they like when they are looked at", async () => {
  const program = `
odd = """
class Odd:
    def raises(self, *_):
        raise KeyError("mine")
    __getattr__ = __eq__ = __len__ = __repr__ = __str__ = __iter__ = __bool__ = __array__ = __dir__ = __float__ = raises
class OddDict(dict):
    __getattr__ = dict.__getitem__
    items = values = keys = __iter__ = __len__ = Odd.raises
class OddList(list):
    __getitem__ = __iter__ = __len__ = Odd.raises
class Meta(type):
    def __getattr__(kind, name):
        raise KeyError(name)
class OddKind(metaclass=Meta):
    pass
bunch, odd, odds, empty = OddDict(data=1), Odd(), OddList([Odd()]), OddList()
ragged, mixed, scalar, keyed = [[1], [1, 2]], [Odd(), 1], np.array(1.0), {Odd: 1, (1, 2): Odd()}
loss = [Odd()]
# %%
"""
net = """
net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=2)
net.fit(X_train, y_train, X_val, y_val)
net.odd, net.odds, net.bunch, net.loss_log = odd, odds, bunch, ragged
"""
print(json.dumps([off(collected(odd + text)["probe"]) < 1e-8 for text in (piece_of_course("right") + net, piece("functions"), piece("train_function"))]))`;
  assert.deepEqual(await collected(program), [true, true, true]);
});

test("where looking for the network fails, nothing half of it is left, and the error is told", async () => {
  const program = `
told, whole = [], collect.collect
def watched(*given):
    try:
        whole(*given)
    except KeyError as error:
        told.append([repr(error), os.path.exists(collect.FOLDER)])
collect.collect = watched
for at in ("discover", "roles_of"):
    before = getattr(collect, at)
    def failing(*_):
        submit.table(collect.FOLDER, "history.csv", "epoch", np.ones((1, 1)), "%d")
        raise KeyError("fit")
    setattr(collect, at, failing)
    try:
        collected(piece("functions"))
    except FileNotFoundError:  # there is nothing to read
        pass
    setattr(collect, at, before)
print(json.dumps(told))`;
  assert.deepEqual(await collected(program), [["KeyError('fit')", false], ["KeyError('fit')", false]]);
});

// The network of a well-known Japanese book: one array in two places, and gradients that no method of its own follows.
const BOOK = `
book = """
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        self.dW, self.db = self.x.T @ dout, dout.sum(axis=0)
        return dout @ self.W.T
class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out
    def backward(self, dout):
        return dout * (1 - self.out ** 2)
class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.y, self.t = e / e.sum(axis=1, keepdims=True), t
        return -np.sum(t * np.log(self.y + 1e-12)) / len(t)
    def backward(self, dout=1):
        return (self.y - self.t) / len(self.t)
class ThreeLayerNet:
    def __init__(self, input_size, hidden_size1, hidden_size2, output_size, weight_init_std=0.2):
        sizes = [input_size, hidden_size1, hidden_size2, output_size]
        self.params, self.layers = {}, {}
        for i in (1, 2, 3):
            self.params["W%d" % i] = weight_init_std * np.random.randn(*sizes[i - 1:i + 1])
            self.params["b%d" % i] = np.zeros(sizes[i])
            self.layers["Affine%d" % i] = Affine(self.params["W%d" % i], self.params["b%d" % i])
            if i < 3: self.layers["Tanh%d" % i] = Tanh()
        self.lastLayer = SoftmaxWithLoss()
    def predict(self, x):
        for layer in self.layers.values(): x = layer.forward(x)
        return x
    def loss(self, x, t):
        return self.lastLayer.forward(self.predict(x), t)
    def numerical_gradient(self, x, t):
        raise MemoryError("hours")
    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.lastLayer.backward()
        for layer in list(self.layers.values())[::-1]: dout = layer.backward(dout)
        return {key: getattr(self.layers["Affine" + key[1]], "d" + key[0]) for key in self.params}
# %%
net = ThreeLayerNet(784, 24, 16, 10)
# %%
learning_rate, batch_size = 0.5, 20
T, losses = np.eye(10)[y_train], []
for epoch in range(4):
    total = 0
    for i in range(0, len(T), batch_size):
        grad = net.gradient(X_train[i:i + 20], T[i:i + 20])
        for key in ("W1", "b1", "W2", "b2", "W3", "b3"):
            net.params[key] -= learning_rate * grad[key]
        total += net.loss(X_train[i:i + 20], T[i:i + 20])
    losses.append(total / (len(T) // 20))
"""
found = collected(book)
X = TEST[0].reshape(-1, 784) / 255
probe, trained, sought = found["probe"], found["weights"], found["collected"]["checklist"]
print(json.dumps([
    off(probe) < 1e-9, [found["manifest"].get(key) for key in ("reduction", "learning_rate", "batch_size")], [key for key in probe if key.startswith("new_")],
    np.array_equal(trained["W1"], found["names"]["net"].params["W1"]), bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8),
    [probe["init_" + name].shape == trained[name].shape for name in trained], [line[2].splitlines()[0] for line in sought if line[1] in ("init", "step")],
]))`;

test("an array in two places is one, a cell's own update makes the step, and a class is made as a cell makes it", async () => {
  const step = ["W1", "B1", "W2", "B2", "W3", "B3"].map((name) => `new_${name}`);
  assert.deepEqual(await collected(BOOK), [
    ...[true, ["mean", "0.5", "20"], step, true, true, Array(6).fill(true)],
    ["ThreeLayerNet()", "gradient(), the update in a cell"],
  ]);
});

// The same network, and what the book trains it with.
const TRAINER = `${BOOK.slice(0, BOOK.indexOf("# %%\nnet = ThreeLayerNet"))}
class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr
    def update(self, params, grads):
        for key in params: params[key] -= self.lr * grads[key]
class Momentum(SGD):
    def __init__(self, lr=0.01):
        super().__init__(lr)
        self.v = None
    def update(self, params, grads):
        if self.v is None: self.v = {key: np.zeros_like(value) for key, value in params.items()}
        for key in params:
            self.v[key] = 0.9 * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]
class Trainer:
    def __init__(self, network, x_train, t_train, x_test, t_test, epochs=4, mini_batch_size=20, lr=0.5):
        self.network, self.epochs, self.batch_size = network, epochs, mini_batch_size
        self.x_train, self.t_train, self.x_test, self.t_test = x_train, t_train, x_test, t_test
        self.optimizer, self.train_loss_list = SGD(lr), []
    def train(self):
        for epoch in range(self.epochs):
            total = 0
            for i in range(0, len(self.x_train), self.batch_size):
                x, t = self.x_train[i:i + self.batch_size], self.t_train[i:i + self.batch_size]
                self.optimizer.update(self.network.params, self.network.gradient(x, t))
                total += self.network.loss(x, t)
            self.train_loss_list.append(total / (len(self.x_train) // self.batch_size))
# %%
network = ThreeLayerNet(784, 24, 16, 10)
trainer = Trainer(network, X_train, np.eye(10)[y_train], X_test, np.eye(10)[y_test])
trainer.train()
"""
def of(text):
    found = collected(text)
    probe, batch, right = found["probe"], submit.probe_batch(), exact()
    moved = "new_W1" in probe and [np.allclose(batch[key] - probe["new_" + key], 0.1 * right["d" + key], atol=1e-7) for key in ("W1", "B3")]
    network = found["names"]["trainer"].network
    settings = [found["manifest"].get(key) for key in ("learning_rate", "batch_size", "epochs")]
    notes = found["collected"]
    return [notes["network"]["name"], off(probe) < 1e-9, moved, np.array_equal(found["weights"]["W1"], network.params["W1"]), notes["scale"], settings, len(found["history"]),
            bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8), [line[2].splitlines()[0] for line in notes["checklist"] if line[1] == "step"][0]]
# Its weights are rows of 784, and it keeps no data.
columns = """
class Net:
    def __init__(self):
        self.W1, self.b1 = 0.1 * np.random.randn(24, 784), np.zeros(24)
        self.W2, self.b2 = 0.1 * np.random.randn(10, 24), np.zeros(10)
    def forward(self, X):
        self.A = np.tanh(X @ self.W1.T + self.b1)
        E = np.exp(self.A @ self.W2.T + self.b2)
        return E / E.sum(axis=1, keepdims=True)
    def predict(self, X):
        return self.forward(X).argmax(axis=1)
    def fit(self):
        for epoch in range(20):
            d = (self.forward(X_train) - np.eye(10)[y_train]) / len(y_train)
            below = d @ self.W2 * (1 - self.A ** 2)
            self.W2 -= d.T @ self.A
            self.b2 -= d.sum(axis=0)
            self.W1 -= below.T @ X_train
            self.b1 -= below.sum(axis=0)
# %%
net = Net()
net.fit()
"""
alone = collected(columns)
held = changed(book, ("network = ThreeLayerNet(784, 24, 16, 10)\\n", ""), ("Trainer(network,", "Trainer(ThreeLayerNet(784, 24, 16, 10),"))
# Nothing of the network is called as its gradients are: nobody knows what the optimizer is to move.
apart = changed(book, ("        return {key: getattr", "        return {'d' + key: getattr"), ("self.network.gradient(x, t))", "{key[1:]: one for key, one in self.network.gradient(x, t).items()})"))
step = [line[2].splitlines()[0] for line in collected(apart)["collected"]["checklist"] if line[1] == "step"][0]
kept = changed(book, ("self.params, self.layers = {}, {}", "self.grads, self.params, self.layers = None, {}, {}"),
    ("        return {key: getattr(self.layers[\\"Affine\\" + key[1]], \\"d\\" + key[0]) for key in self.params}", "        self.grads = {key: getattr(self.layers['Affine' + key[1]], 'd' + key[0]) for key in self.params}\\n        return self.grads"))
print(json.dumps([of(book), of(held), of(kept), of(changed(book, ("SGD(lr)", "Momentum(lr / 10)"))), "weights" in alone, step]))`;

test("the network is what a trainer trains, with the trainer's settings and losses, and its optimizer makes the step", async () => {
  const rest = (rate: string) => [true, 255, [rate, "20", "4"], 4, true];
  const none = "gradient() moves no weights; the gradients are those of gradient()";
  const momentum =
    "the update is that of Momentum, which keeps values from step to step; the course's is stochastic gradient descent, which takes the learning rate times the gradient from the weights; the gradients are those of gradient()";
  assert.deepEqual(await collected(TRAINER), [
    ["network", true, [true, true], ...rest("0.5"), "gradient(), SGD.update()"],
    ["trainer.network", true, [true, true], ...rest("0.5"), "gradient(), SGD.update()"],
    ["network", true, [true, true], ...rest("0.5"), "gradient(), SGD.update()"],
    // What has moved before would move ours.
    ["network", true, false, ...rest("0.05"), momentum],
    true,
    none,
  ]);
});

test("a cell's own update is taken as it is written, right or wrong, and not where something else of the loop is in it", async () => {
  const program = `${BOOK.slice(0, BOOK.lastIndexOf("found = collected(book)"))}
loop = '        for key in ("W1", "b1", "W2", "b2", "W3", "b3"):\\n            net.params[key] -= learning_rate * grad[key]\\n'
def of(update):
    found = collected(changed(book, (loop, "".join("        %s\\n" % line for line in update))))
    probe, batch, right = found["probe"], submit.probe_batch(), exact()
    moved = {key: (batch[key] - probe["new_" + key]) / 0.1 if "new_" + key in probe else None for key in ("W1", "B3")}
    return [None if moved[key] is None else [factor for factor in (1, -1, 2) if np.allclose(moved[key], factor * right["d" + key], atol=1e-6)] for key in moved] + [[how for _, what, how in found["collected"]["checklist"] if what == "step"][0].splitlines()[0]]
lines = lambda form: [form % (key, key) for key in ("W1", "b1", "W2", "b2", "W3", "b3")]
print(json.dumps([
    of(lines("net.params['%s'] -= learning_rate * grad['%s']")),
    of(["for key in grad:", "    net.params[key] += learning_rate * grad[key]"]),
    of(["for key in grad:", "    net.params[key] -= 2 * learning_rate * grad[key]"]),
    of(["for key in grad:", "    net.params[key] -= 0.5 * grad[key]"]),
    of(["moved = {key: learning_rate * grad[key] for key in grad}", "for key in grad:", "    net.params[key] -= moved[key]"]),
]))`;
  const cell = "gradient(), the update in a cell";
  const none = "gradient() moves no weights; the gradients are those of gradient()";
  const found = await collected(program) as [unknown, unknown, string][];
  assert.deepEqual(found.filter((_, i) => i !== 3), [
    [[1], [1], cell],
    [[-1], [-1], cell],
    [[2], [2], cell],
    [null, null, none],
  ]);
  // A rate that is written in it cannot be set: what came out is no step at ours.
  assert.deepEqual(found[3].slice(0, 2), [null, null]);
  assert.match(found[3][2], /^could not set the learning rate/);
});

// What an optimizer keeps beside the parameters has their shapes.
const MOMENTS = `
adam = """
class Net:
    def __init__(self, lr=0.1, n_epochs=3, batch_size=20):
        self.lr, self.n_epochs, self.batch_size = lr, n_epochs, batch_size
        draw = lambda a, b: 0.2 * np.random.randn(a, b)
        self.params = {"W1": draw(784, 24), "W2": draw(24, 16), "W3": draw(16, 10), "b1": np.zeros(24), "b2": np.zeros(16), "b3": np.zeros(10)}
        self.MOMENT = {key: 0.01 * np.random.randn(*value.shape) for key, value in self.params.items()}
    def forward(self, X):
        p = self.params
        Z1 = np.tanh(X @ p["W1"] + p["b1"]); Z2 = np.tanh(Z1 @ p["W2"] + p["b2"]); e = np.exp(Z2 @ p["W3"] + p["b3"])
        self.Z1, self.Z2, self.P = Z1, Z2, e / e.sum(axis=1, keepdims=True)
        return self.P
    def loss(self, P, Y):
        return -np.mean(np.log(P[Y == 1]))
    def backward(self, X, Y):
        p = self.params
        d3 = (self.P - Y) / len(X); d2 = d3 @ p["W3"].T * (1 - self.Z2 ** 2); d1 = d2 @ p["W2"].T * (1 - self.Z1 ** 2)
        self.UPDATES = {"W3": self.Z2.T @ d3, "W2": self.Z1.T @ d2, "W1": X.T @ d1, "b3": d3.sum(0), "b2": d2.sum(0), "b1": d1.sum(0)}
        return self.UPDATES
    def update(self, grads, lr):
        for key in self.params: self.params[key] = self.params[key] - lr * grads[key]
    def fit(self, X, y):
        self.losses, Y = [], np.eye(10)[y]
        for _ in range(self.n_epochs):
            for i in range(0, len(X), self.batch_size):
                P = self.forward(X[i:i + self.batch_size]); self.update(self.backward(X[i:i + self.batch_size], Y[i:i + self.batch_size]), self.lr)
            self.losses.append(self.loss(self.forward(X), Y))
    def predict(self, X):
        return self.forward(X).argmax(axis=1)
# %%
net = Net()
net.fit(X_train, y_train)
"""
def of(moment, text=adam):
    found = collected(text.replace("self.MOMENT", "self." + moment).replace("self.UPDATES", "self.d_" if moment != "other" else "self.steps"))
    return bool("probe" in found and off(found["probe"]) < 1e-9 and np.array_equal(found["weights"]["W3"], found["names"]["net"].params["W3"]))
by_hand = changed(adam, ("def fit(self", "def learn_(self"), ("# %%\\n", "net = Net()\\nnet.learn_(X_train, y_train)\\n"), ("\\nnet = Net()\\nnet.fit(X_train, y_train)", ""))
print(json.dumps([of(name) for name in ("m", "v", "h", "vel", "velocity", "momentum_", "other")] + [of("m", by_hand)]))`;

test("parameters are told from an optimizer's moments and from gradients, and else by what the network's output hangs on", async () => {
  assert.deepEqual(await collected(MOMENTS), Array(8).fill(true));
});

test("parameters= may name arrays as they are called where they lie, and one line has all parts", async () => {
  const program = `
names = {"np": np}
exec("""
class Net:
    def __init__(self):
        self.a = {"W1": np.ones((784, 20)), "b1": np.ones(20)}
        self.b = {"W2": np.ones((20, 20)), "b2": np.ones(20), "U2": np.ones((20, 20)), "W3": np.ones((20, 10)), "b3": np.ones(10)}
        self.c = {"W3": np.ones((20, 10))}
""", names)
def of(**more):
    said = submit.io.StringIO()
    with tempfile.TemporaryDirectory() as folder, submit.contextlib.redirect_stdout(said):
        submit.export(names["Net"](), np.ones((30, 784)), np.arange(30) % 10, folder=folder, language="en", **more)
    return said.getvalue().splitlines()
parts = lambda **more: {"%s%d" % (a, i): "%s%d" % (b, i) for a, b in ("WW", "Bb") for i in (1, 2, 3)} | more
print(json.dumps([of(parameters=parts())[0], of(parameters=parts(W3="b['W3']"))[0], of(parameters=parts(W1="W7"))[0], [line for line in of() if "submit.export" in line]]))`;
  assert.deepEqual(await collected(program), [
    "  --  weights and biases: there are several arrays W3 (b['W3'], c['W3'])",
    "  ok  weights and biases: a['W1'], a['b1'], b['W2'], b['b2'], b['W3'], b['b3']",
    "  --  weights and biases: there is no array W7",
    [
      `make the last line: submit.export(model, X_test, y_test, parameters={"W1": "a['W1']", "B1": "a['b1']", ...}, first={"W1": ..., "B1": ...}, predict=lambda X: ..., history={"train_loss": [...], "val_loss": [...]}, learning_rate=..., batch_size=..., epochs=..., sigma=..., activation=..., student="s1234567")`,
    ],
  ]);
});

/** A notebook of functions, whatever they and their arguments are called. */
const FUNCTIONS = `
def of(first, forward, loss, backward, update, predict, X="X", t="t", p="p", g="g", params="params", grads="grads"):
    return """
def {first}(sizes, sigma=0.2):
    p = {{}}
    for i in range(3):
        p["W%d" % (i + 1)] = sigma * np.random.randn(sizes[i], sizes[i + 1])
        p["b%d" % (i + 1)] = np.zeros(sizes[i + 1])
    return p
def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
def {forward}({X}, {p}):
    z1 = np.tanh({X} @ {p}["W1"] + {p}["b1"])
    z2 = np.tanh(z1 @ {p}["W2"] + {p}["b2"])
    return z1, z2, softmax(z2 @ {p}["W3"] + {p}["b3"])
def {loss}(y, {t}):
    return -np.sum({t} * np.log(y + 1e-12)) / len({t})
def one_hot(t):
    return np.eye(10)[t]
def {backward}({X}, {t}, {p}):
    z1, z2, y = {forward}({X}, {p})
    d3 = (y - {t}) / len({X}); d2 = d3 @ {p}["W3"].T * (1 - z2 ** 2); d1 = d2 @ {p}["W2"].T * (1 - z1 ** 2)
    return {{"W3": z2.T @ d3, "b3": d3.sum(0), "W2": z1.T @ d2, "b2": d2.sum(0), "W1": {X}.T @ d1, "b1": d1.sum(0)}}
def {update}({p}, {g}, lr):
    for k in {p}:
        {p}[k] -= lr * {g}[k]
def {predict}({X}, {p}):
    return np.argmax({forward}({X}, {p})[2], axis=1)
def accuracy(x, t, p):
    return np.mean({predict}(x, p) == t)
# %%
sizes, lr, epochs, batch_size, train_loss = [784, 24, 16, 10], 0.1, 4, 20, []
T, {params} = one_hot(y_train), {first}([784, 24, 16, 10])
for epoch in range(epochs):
    total = 0
    for i in range(0, len(T), 20):
        {grads} = {backward}(X_train[i:i + 20], T[i:i + 20], {params})
        total += {loss}({forward}(X_train[i:i + 20], {params})[2], T[i:i + 20])
        {update}({params}, {grads}, lr)
    train_loss.append(total / (len(T) / 20))
""".format(**locals())
def judged(text):
    found = collected(text)
    if "probe" not in found:
        return found["collected"]["checklist"]
    sought = {what: how for mark, what, how in found["collected"]["checklist"]}
    right = "weights" in found and np.array_equal(found["weights"]["W1"], found["names"].get("params", found["names"].get("重み"))["W1"])
    new = bool(np.allclose(found["probe"]["new_W1"], submit.probe_batch()["W1"] - 0.1 * exact()["dW1"], atol=1e-6))
    return [bool(right and off(found["probe"]) < 1e-9 and new and np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8), [line for mark, _, line in found["collected"]["checklist"] if mark == "--"],
            [sought[key] for key in ("init", "forward", "loss", "step", "predictions")]]
english = ("init_params", "forward", "cross_entropy_error", "backward", "update", "predict")
`;

test("the parameters are those with which the functions are right, and not the gradients, whatever these are called", async () => {
  const program = FUNCTIONS +
    `print(json.dumps([judged(of(*english, grads=name))[:2] for name in ("g", "grads", "d", "dp", "steps", "zzz")]))`;
  assert.deepEqual(await collected(program), Array(6).fill([true, []]));
});

test("functions of names in romaji or Japanese, or of any, are known by what they do, and told by their names", async () => {
  const program = FUNCTIONS + `
romaji = ("shokika", "junden", "sonshitsu", "gyakuden", "koushin", "yosoku")
own = ("foo1", "foo2", "foo3", "foo4", "foo5", "foo6")
japanese = ("重みを作る", "前へ", "はずれ", "後ろへ", "動かす", "答え")
print(json.dumps([
    judged(of(*romaji)), judged(of(*own)), judged(of(*japanese, X="入", t="正", p="重", g="傾き", params="重み", grads="傾き")),
]))`;
  assert.deepEqual(await collected(program), [
    [true, [], ["shokika()", "junden()", "sonshitsu()", "junden(), gyakuden(), koushin()", "yosoku()"]],
    [true, [], ["foo1()", "foo2()", "foo3()", "foo2(), foo4(), foo5()", "foo6()"]],
    [true, [], ["重みを作る()", "前へ()", "はずれ()", "前へ(), 後ろへ(), 動かす()", "答え()"]],
  ]);
});

test("functions may take samples as columns", async () => {
  const program = `
text = """
def initialize_parameters(dims, sigma=0.2):
    return {k: v for l in (1, 2, 3) for k, v in (("W%d" % l, sigma * np.random.randn(dims[l], dims[l - 1])), ("b%d" % l, np.zeros((dims[l], 1))))}
def forward_propagation(X, parameters):
    p = parameters
    A1 = np.tanh(p["W1"] @ X + p["b1"]); A2 = np.tanh(p["W2"] @ A1 + p["b2"]); E = np.exp(p["W3"] @ A2 + p["b3"])
    A3 = E / E.sum(axis=0, keepdims=True)
    return A3, (A1, A2, A3)
def compute_cost(A3, Y):
    return -np.sum(Y * np.log(A3)) / Y.shape[1]
def backward_propagation(X, Y, parameters, cache):
    A1, A2, A3 = cache
    d3 = (A3 - Y) / X.shape[1]; d2 = parameters["W3"].T @ d3 * (1 - A2 ** 2); d1 = parameters["W2"].T @ d2 * (1 - A1 ** 2)
    parts = zip((1, 2, 3), (d1, d2, d3), (X, A1, A2))
    return {k: v for l, d, A in parts for k, v in (("dW%d" % l, d @ A.T), ("db%d" % l, d.sum(axis=1, keepdims=True)))}
def update_parameters(parameters, grads, learning_rate=0.1):
    return {k: v - learning_rate * grads["d" + k] for k, v in parameters.items()}
def predict(X, parameters):
    return forward_propagation(X, parameters)[0].argmax(axis=0)
# %%
batch_size = 20
X, Y, costs = X_train.T, np.eye(10)[y_train].T, []
def model(X, Y, dims, num_epochs=4):
    parameters = initialize_parameters(dims)
    for epoch in range(num_epochs):
        for i in range(0, X.shape[1], 20):
            A3, cache = forward_propagation(X[:, i:i + 20], parameters)
            grads = backward_propagation(X[:, i:i + 20], Y[:, i:i + 20], parameters, cache)
            parameters = update_parameters(parameters, grads)
        costs.append(compute_cost(forward_propagation(X, parameters)[0], Y))
    return parameters
parameters = model(X, Y, [784, 24, 16, 10])
"""
found = collected(text)
right = np.array_equal(found["weights"]["W1"], found["names"]["parameters"]["W1"].T)
print(json.dumps([bool(right), off(found["probe"]) < 1e-9, bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8), [line for mark, _, line in found["collected"]["checklist"] if mark == "--"], found["probe"]["init_W1"].shape]))`;
  assert.deepEqual(await collected(program), [true, true, true, [], [784, 24]]);
});

test("a network of one or three hidden layers gives its losses and predictions, and why it gives no more", async () => {
  const program = `
text = """
class Net:
    def __init__(self, sizes, lr=0.1, epochs=3, batch_size=20, sigma=0.2):
        self.lr, self.epochs, self.batch_size, self.sigma = lr, epochs, batch_size, sigma
        self.W = [sigma * np.random.randn(a, b) for a, b in zip(sizes[:-1], sizes[1:])]
        self.b = [np.zeros(n) for n in sizes[1:]]
    def forward(self, X):
        self.Z = [X]
        for W, b in zip(self.W[:-1], self.b[:-1]): self.Z.append(np.tanh(self.Z[-1] @ W + b))
        E = np.exp(self.Z[-1] @ self.W[-1] + self.b[-1])
        return E / E.sum(axis=1, keepdims=True)
    def cross_entropy(self, P, Y):
        return -np.mean(np.sum(Y * np.log(P + 1e-7), axis=1))
    def fit(self, X, y):
        self.losses, Y = [], np.eye(10)[y]
        for _ in range(self.epochs):
            for i in range(0, len(X), self.batch_size):
                T = Y[i:i + self.batch_size]
                d = (self.forward(X[i:i + self.batch_size]) - T) / len(T)
                for l in range(len(self.W))[::-1]:
                    gW, gb, d = self.Z[l].T @ d, d.sum(axis=0), d @ self.W[l].T * (1 - self.Z[l] ** 2)
                    self.W[l], self.b[l] = self.W[l] - self.lr * gW, self.b[l] - self.lr * gb
            self.losses.append(self.cross_entropy(self.forward(X), Y))
    def predict(self, X):
        return self.forward(X).argmax(axis=1)
# %%
net = Net(SIZES)
net.fit(X_train, y_train)
"""
def of(sizes):
    found = collected(text.replace("SIZES", sizes))
    probe = found["probe"]
    return [bool(abs(probe["loss"] - exact()["loss"]) < 1e-5), bool(15 < 20 * probe["loss_zero"]), bool(np.mean(found["predictions"][:, 1] == TEST[1]) > 0.8), len(found["history"]),
            [line for line in found["collected"]["checklist"] if line[0] == "--" and line[1] != "manifest"], sorted(found["weights"]) == sorted(name + str(i + 1) for name in "WB" for i in range(sizes.count(",")))]
print(json.dumps([of("[784, 24, 10]"), of("[784, 24, 20, 16, 10]")]))`;
  const why = (layers: number) =>
    ["forward", "step"].map((
      what,
    ) => ["--", what, `the probe is for two hidden layers, and this network has ${layers}`]);
  assert.deepEqual(
    await collected(program),
    [1, 3].map((layers) => [true, true, true, 3, why(layers), true]),
  );
});

test("losses of single steps are those of epochs only where it is said how many steps make one", async () => {
  const program = `
def of(steps, before=""):
    text = changed(piece("functions"), ("lr, epochs, batch_size = 0.1, 4, 20", "lr, batch_size = 0.1, 20\\n" + before), ("for epoch in range(epochs):", "for i in range(%d):" % steps),
                   ("    order, batch_losses = np.random.permutation(len(X_train)), []\\n    for i in range(0, len(X_train), batch_size):\\n        rows = order[i:i + batch_size]\\n        batch_losses.append(train_step(X_train[rows], T[rows]))\\n    train_loss.append(np.mean(batch_losses))\\n    val_loss.append(cross_entropy(np.eye(10)[y_val], forward(X_val)[2]))",
                    "    rows = np.random.choice(len(X_train), batch_size)\\n    train_loss.append(train_step(X_train[rows], T[rows]))"))
    found = collected(text)
    return [found["manifest"].get("epochs"), len(found["history"]) if "history" in found else None, bool("history" not in found or np.isclose(found["history"][0, 1], np.mean(found["names"]["train_loss"][:24]), rtol=1e-6) or len(found["history"]) == steps)]
print(json.dumps([of(600), of(610, "iter_per_epoch = max(len(X_train) / 20, 1)"), of(5)]))`;
  assert.deepEqual(await collected(program), [[null, null, true], ["25", 25, true], ["5", 5, true]]);
});

test("functions that take too long are tried once, and numerical gradients never", async () => {
  const program = FUNCTIONS + `
import functions
functions.TRIED_SECONDS = 2
slow = """
calls = []
def numerical_gradient(X, t, p):
    calls.append("numerical")
def keisan(X, t, p):
    calls.append("slow")
    import time
    time.sleep(60)
# %%
"""
found = judged(slow + of(*english[:3], "sakanobori", *english[4:]))
print(json.dumps(found))`;
  assert.deepEqual(await collected(program), [true, [], [
    "init_params()",
    "forward()",
    "cross_entropy_error()",
    "forward(), sakanobori(), update()",
    "predict()",
  ]]);
});

// A class that is trained by a loop of a cell, and one that has a fit() and its weights in rows of numbers, so that its layers are not found.
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
flat = """
class Net:
    def __init__(self):
        self.n_epochs, self.losses = 5, []
    def fit(self, X, y):
        self.U = [0.1 * np.random.randn(785 * 24), 0.1 * np.random.randn(25 * 10)]
        self.losses = [2.0 for _ in range(self.n_epochs)]
    def predict(self, X):
        one = lambda Z: np.c_[Z, np.ones(len(Z))]
        return (one(np.tanh(one(X) @ self.U[0].reshape(785, 24))) @ self.U[1].reshape(25, 10)).argmax(axis=1)
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
    "no layers": told(flat),
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
