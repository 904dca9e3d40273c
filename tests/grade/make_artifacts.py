"""Makes the submissions of track artifact in tests/grade/submissions/, with a NumPy program as a student of the course writes it.

    deno run --allow-read --allow-write tests/grade/write_inputs.ts /tmp/inputs
    python3 tests/grade/make_artifacts.py /tmp/inputs tests/grade/submissions

`mistake` makes the program wrong in one place; the forged submissions change the files of the right one afterwards.
"""
import os, pickle, shutil, struct, sys, zipfile
import numpy as np

inputs, out = sys.argv[1:3]
SETTINGS = dict(hidden=[8, 8], sigma=0.2, learning_rate=0.1, batch_size=20, epochs=4)


def idx(name):
    raw = open(f"{inputs}/{name}", "rb").read()
    dims = struct.unpack(f">{raw[3]}I", raw[4 : 4 + 4 * raw[3]])
    return np.frombuffer(raw, np.uint8, offset=4 + 4 * raw[3]).reshape(dims)


X_all = idx("train_images").reshape(-1, 784) / 255
y_all = idx("train_labels")
X_test = idx("test_images").reshape(-1, 784) / 255
y_test = idx("test_labels")
probe = np.load(f"{inputs}/probe_batch.npz")

# train_test_split(test_size=0.2, random_state=0)
order = np.random.RandomState(0).permutation(len(X_all))
held = int(np.ceil(0.2 * len(X_all)))
X_val, y_val, X_train, y_train = X_all[order[:held]], y_all[order[:held]], X_all[order[held:]], y_all[order[held:]]
onehot = lambda y: np.eye(10)[y]


class Network:
    def __init__(self, W, B, learning_rate, batch_size, mistake=None):
        self.W, self.B, self.lr, self.batch_size, self.mistake = [w.copy() for w in W], [b.copy() for b in B], learning_rate, batch_size, mistake

    def softmax(self, Z):
        if self.mistake == "no-max-subtraction":
            E = np.exp(Z)
        elif self.mistake == "max-of-all-rows":
            E = np.exp(Z - Z.max())
        else:
            E = np.exp(Z - Z.max(axis=1, keepdims=True))
        return E / E.sum(axis=0 if self.mistake == "softmax-wrong-axis" else 1, keepdims=True)

    def activate(self, l, Z):
        return 1 / (1 + np.exp(-Z)) if self.mistake == "tanh-then-sigmoid" and l == 1 else np.tanh(Z)

    def slope(self, l, A):
        if self.mistake == "odd-slope":
            return 1 - A ** 4
        return A * (1 - A) if self.mistake == "tanh-then-sigmoid" and l == 2 else 1 - A * A

    def forward(self, X):
        self.A, self.Z = [X], []
        for l, (W, B) in enumerate(zip(self.W[:-1], self.B[:-1])):
            self.Z.append(self.A[-1] @ W + B)
            self.A.append(self.activate(l, self.Z[-1]))
        return self.softmax(self.A[-1] @ self.W[-1] + self.B[-1])

    def backward(self, X, Y, update=True):
        if self.mistake == "by-differences" and not update:
            return self.differences(X, Y)
        delta = self.forward(X) - Y
        gradients = {}
        for l in reversed(range(len(self.W))):
            n = {
                "gradient-summed": 1,
                "fixed-batch-size": self.batch_size,
                "divided-by-units": self.W[l].shape[1],
                "divided-by-first-layer": self.W[0].shape[1],
                "weights-summed": 1,
            }.get(self.mistake, len(X))
            if self.mistake == "averaged-first":
                dW, dB = np.outer(self.A[l].mean(axis=0), delta.mean(axis=0)), delta.mean(axis=0)
            else:
                dW, dB = self.A[l].T @ delta / n, delta.sum(axis=0) / (len(X) if self.mistake == "weights-summed" else n)
            gradients[f"W{l + 1}"], gradients[f"B{l + 1}"] = dW, dB
            W = self.W[l]
            if update:
                self.W[l] = W - self.lr * dW
                self.B[l] = self.B[l] - self.lr * dB
            if self.mistake == "update-before-delta":
                W = self.W[l]
            if l > 0:
                delta = delta @ W.T * self.slope(l, self.A[l])
        return gradients

    def differences(self, X, Y, h=1e-5):
        gradients = {}
        for kind, arrays in (("W", self.W), ("B", self.B)):
            for l, array in enumerate(arrays):
                found = np.zeros_like(array)
                for i in np.ndindex(array.shape):
                    kept, losses = array[i], []
                    for by in (h, -h):
                        array[i] = kept + by
                        losses.append(cross_entropy(self.forward(X), Y))
                    array[i], found[i] = kept, (losses[0] - losses[1]) / (2 * h)
                gradients[f"{kind}{l + 1}"] = found
        return gradients


def cross_entropy(P, Y, mistake=None):
    P = np.clip(P, 1e-12, 1 - 1e-12)
    if mistake == "binary-cross-entropy":
        return -np.sum(Y * np.log(P) + (1 - Y) * np.log(1 - P)) / len(Y)
    if mistake == "odd-loss":
        return -np.mean(np.log2(P[Y == 1]))
    return -np.mean(np.log(P[Y == 1]))


def initial(random, mistake=None):
    sizes = [784, *SETTINGS["hidden"], 10]
    sigma = np.sqrt(SETTINGS["sigma"]) if mistake == "sigma-as-variance" else SETTINGS["sigma"]
    W, B = [], []
    for k, n in zip(sizes, sizes[1:]):
        W.append(sigma * random.randn(k, n))
        drawn = sigma * random.randn(n)
        B.append({"biases-start-at-one": np.ones(n), "biases-start-at-zero": np.zeros(n)}.get(mistake, drawn))
    return W, B


def named(prefix, W, B):
    return {f"{prefix}{kind}{l + 1}": x.astype(np.float32) for kind, list_ in (("W", W), ("B", B)) for l, x in enumerate(list_)}


def probes(W0, B0, mistake):
    W, B = [probe[f"W{l}"] for l in (1, 2, 3)], [probe[f"B{l}"] for l in (1, 2, 3)]
    fresh = lambda W=W: Network(W, B, 0.1, 20, mistake)
    net = fresh()
    P = net.forward(probe["X"])
    with np.errstate(over="ignore", invalid="ignore"):
        P_large = fresh([W[0], W[1], probe["W3_large"]]).forward(probe["X"])
    stepped = fresh()
    stepped.backward(probe["X"], probe["Y"])
    g = fresh().backward(probe["X"], probe["Y"], update=False)
    small = fresh().backward(probe["X_small"], probe["Y_small"], update=False)
    return {
        **named("init_", W0, B0),
        "A1": (net.Z[0] if mistake == "sums-for-activations" else net.A[1]),
        "A2": (net.Z[1] if mistake == "sums-for-activations" else net.A[2]),
        "probabilities": P, "probabilities_large": P_large,
        "loss": cross_entropy(P, probe["Y"], mistake), "loss_zero": cross_entropy(probe["P_zero"], probe["Y"], mistake),
        "predictions": P.argmax(axis=1) + (1 if mistake == "predictions-one-too-large" else 0),
        **{f"d{k}": v for k, v in g.items()}, **{f"small_d{k}": v for k, v in small.items()},
        **{f"new_W{l + 1}": w for l, w in enumerate(stepped.W)}, **{f"new_B{l + 1}": b for l, b in enumerate(stepped.B)},
    }


def save(name, mistake=None):
    folder = f"{out}/{name}"
    os.makedirs(folder, exist_ok=True)
    W0, B0 = initial(np.random.RandomState(0), mistake)
    net = Network(W0, B0, SETTINGS["learning_rate"], SETTINGS["batch_size"], mistake)
    shuffled = np.random.RandomState(0).permutation(len(X_train))
    history, b = [], SETTINGS["batch_size"]
    for epoch in range(SETTINGS["epochs"]):
        total = last = 0
        for first in range(0, len(X_train), b):
            rows = shuffled[first : first + b]
            X, Y = X_train[rows], onehot(y_train[rows])
            last = cross_entropy(net.forward(X), Y, mistake)
            total += last * len(rows)
            net.backward(X, Y)
        train_loss = last if mistake == "last-batch-loss" else total / len(X_train)
        if mistake == "loss-after-epoch":
            train_loss = cross_entropy(net.forward(X_train), onehot(y_train))
        history.append((epoch + 1, train_loss, cross_entropy(net.forward(X_val), onehot(y_val), mistake)))
    np.savez(f"{folder}/weights.npz", **named("", net.W, net.B))
    np.savez_compressed(f"{folder}/probe.npz", **probes(W0, B0, mistake))
    write_csvs(folder, history, net.forward(X_test).argmax(axis=1))
    write_manifest(folder, name)
    print(name, history[-1], (net.forward(X_test).argmax(axis=1) == y_test).mean())
    return folder, history


def write_csvs(folder, history, predicted):
    index = np.arange(len(predicted))
    wrong = index[predicted != y_test]
    np.savetxt(f"{folder}/history.csv", history, fmt=["%d", "%.8g", "%.8g"], delimiter=",", header="epoch,train_loss,val_loss", comments="")
    np.savetxt(f"{folder}/predictions.csv", np.c_[index, predicted], fmt="%d", delimiter=",", header="index,label", comments="")
    np.savetxt(f"{folder}/misclassified.csv", np.c_[wrong, predicted[wrong], y_test[wrong]], fmt="%d", delimiter=",", header="index,predicted,label", comments="")


def write_manifest(folder, name):
    lines = ["schema: 1", f"student: {name}", "track: artifact", *(f"{k}: {v}" for k, v in SETTINGS.items())]
    open(f"{folder}/manifest.yaml", "w").write("\n".join(lines) + "\n")


def forged(name, *files):
    """A copy of the right one, without `files`, to be written anew."""
    folder = f"{out}/{name}"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(f"{out}/perfect-artifact", folder, ignore=lambda _, names: [n for n in names if n in files])
    write_manifest(folder, name)
    return folder


_, history = save("perfect-artifact")
for mistake in ["sigma-as-variance", "no-max-subtraction", "gradient-summed", "fixed-batch-size", "update-before-delta", "last-batch-loss",
                # conventions that are right, and slips outside the catalogue
                "loss-after-epoch", "sums-for-activations", "by-differences", "odd-slope", "odd-loss", "divided-by-first-layer",
                "averaged-first", "divided-by-units", "weights-summed", "binary-cross-entropy", "max-of-all-rows",
                "biases-start-at-one", "biases-start-at-zero", "predictions-one-too-large", "tanh-then-sigmoid"]:
    save(f"artifact-{mistake}", mistake)

rng = np.random.RandomState(1)
right = np.load(f"{out}/perfect-artifact/probe.npz")

folder = forged("forged-accuracy", "predictions.csv", "misclassified.csv")
claimed = np.where(rng.rand(len(y_test)) < 0.01, (y_test + 1) % 10, y_test)
write_csvs(folder, history, claimed)

folder = forged("forged-nan-history", "history.csv")
open(f"{folder}/history.csv", "w").write("epoch,train_loss,val_loss\n1,nan,nan\n2,nan,nan\n3,nan,nan\n4,nan,nan\n")

folder = forged("forged-pickle", "probe.npz")
class Boom:
    def __reduce__(self):
        return (print, ("unpickled",))
np.savez(f"{folder}/probe.npz", dW1=np.array([Boom()], dtype=object))

folder = forged("forged-gradients", "probe.npz")
wrong = {k: (v * (1 + 0.1 * rng.randn(*v.shape)) if k.startswith("d") else v) for k, v in right.items()}
np.savez_compressed(f"{folder}/probe.npz", **wrong)

folder = forged("forged-nan-weights", "weights.npz")
weights = dict(np.load(f"{out}/perfect-artifact/weights.npz"))
weights["W2"] = np.full_like(weights["W2"], np.nan)
np.savez(f"{folder}/weights.npz", **weights)

forged("forged-nothing", "weights.npz", "probe.npz", "predictions.csv", "history.csv", "misclassified.csv")
