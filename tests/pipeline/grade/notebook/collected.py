"""What collect.py makes of cells, without a notebook's sandbox and kernel: for tests. Images are drawn here."""
import ast
import os
import sys
import tempfile
import warnings

# Of a list of misclassified images that is empty.
warnings.filterwarnings("ignore", "loadtxt: input contained no data")
ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../../.."))
sys.path[:0] = [os.path.join(ROOT, "pipeline/grade", part) for part in ("notebook/python", "template")]

import numpy as np

import collect
import nothing
import prelude
import submit


class Quit:
    """As Jupyter has it among a notebook's variables: it can be called, and holds them all."""

    def __call__(self, *_):
        raise KeyError("quit")


def drawn(count, seed):
    """Digits that are none: ten pictures with noise, some pixels always 0, as MNIST has them."""
    pictures = 255 * np.random.RandomState(0).rand(10, 784) * (np.arange(784) % 28 > 2)
    random = np.random.RandomState(seed)
    labels = random.randint(0, 10, count)
    noise = 60 * random.randn(count, 784) * (np.arange(784) % 28 > 2)
    return np.clip(pictures[labels] + noise, 0, 255).astype(np.uint8).reshape(-1, 28, 28), labels


TRAIN, TEST = drawn(600, 1), drawn(200, 2)


def piece(name):
    with open(os.path.join(ROOT, "tests/grade/notebooks", name + ".py"), encoding="utf-8") as file:
        return file.read()


def changed(text, *changes):
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


def collected(text):
    """Runs cells that find x_train, y_train, x_test, y_test, and flat X_train and so on by 255: {manifest, probe, weights, ..., notes, names}."""
    x_train, y_train, x_test, y_test = *TRAIN, *TEST
    flat = lambda x: x.reshape(len(x), -1) / 255
    names = {
        **{"__name__": "__main__", "quit": Quit(), "np": np, "x_train": x_train, "x_test": x_test, "y_test": y_test, "X_test": flat(x_test), "plt": nothing.Nothing()},
        **{"X_train": flat(x_train)[:480], "y_train": y_train[:480], "X_val": flat(x_train)[480:], "y_val": y_train[480:], "In": [""]},
    }
    names["quit"].names = names
    prelude.SEEN.update(trainings=[], begun=[], loops=[], before=({}, {}), objects=[], settled=set(), redrawn=[], first={}, on=True)
    prelude.install()
    np.random.seed(0)
    for cell in text.split("# %%\n"):
        names["In"].append(cell)
        with submit.contextlib.redirect_stdout(submit.io.StringIO()):
            exec(compile(ast.fix_missing_locations(prelude.Trainings().visit(ast.parse(cell))), "<cell>", "exec"), names)
        prelude.take_first(names)
    prelude.SEEN["on"] = False
    settings = {"epochs": 3, "training_seconds": 20, "student": "s1", "language": "en"}
    with tempfile.TemporaryDirectory() as folder:
        collect.FOLDER = folder
        visible = {name: value for name, value in names.items() if not name.startswith("_")}
        collect.collect(visible, (x_train, y_train, x_test, y_test), settings, prelude.SEEN)
        return {**read(folder), "names": names}


def piece_of_course(name):
    return piece("../../pipeline/grade/course/" + name)


def exported(text, made, one_hot=False, **more):
    """What submit.export() writes and prints for a class of a text, made and trained: {probe, ..., said}."""
    names = {"np": np}
    exec(compile(text.split("# %%\n")[0], "<cell>", "exec"), names)
    np.random.seed(1)
    model = eval(made, names)
    X, X_test = [x.reshape(len(x), -1) / 255 for x in (TRAIN[0], TEST[0])]
    y = np.eye(10)[TRAIN[1]] if one_hot else TRAIN[1]
    model.fit(*([X, y] if one_hot else [X[:480], y[:480], X[480:], y[480:]]))
    said = submit.io.StringIO()
    with tempfile.TemporaryDirectory() as folder:
        with submit.contextlib.redirect_stdout(said):
            submit.export(model, X_test, TEST[1], student="s1", folder=folder, language="en", **more)
        return {**read(folder), "said": said.getvalue(), "model": model}


def read(folder):
    """The files of a submission by their names without endings."""
    found = {}
    for file in os.listdir(folder):
        path = os.path.join(folder, file)
        name, end = os.path.splitext(file)
        if end == ".npz":
            with np.load(path) as arrays:
                found[name] = dict(arrays)
        elif end == ".csv":
            found[name] = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
        else:
            with open(path, encoding="utf-8") as text:
                found[name] = dict(line.split(": ", 1) for line in text.read().splitlines()) if end == ".yaml" else collect.json.load(text)
    return found


def exact(batch=None):
    """The published network's loss and gradients, from the textbook, for tanh."""
    b = batch or submit.probe_batch()
    Z1 = np.tanh(b["X"] @ b["W1"] + b["B1"])
    Z2 = np.tanh(Z1 @ b["W2"] + b["B2"])
    E = np.exp(Z2 @ b["W3"] + b["B3"])
    P = E / E.sum(axis=1, keepdims=True)
    d3 = (P - b["Y"]) / len(P)
    d2 = d3 @ b["W3"].T * (1 - Z2**2)
    d1 = d2 @ b["W2"].T * (1 - Z1**2)
    return {"loss": -np.log(P[b["Y"] == 1]).mean(), "dW3": Z2.T @ d3, "dB3": d3.sum(axis=0), "dW2": Z1.T @ d2, "dB2": d2.sum(axis=0), "dW1": b["X"].T @ d1, "dB1": d1.sum(axis=0)}


def off(probe):
    """By how much the loss and gradients of a probe are off, the most; null where one is not there."""
    right = exact()
    if any(key not in probe for key in right):
        return None
    return float(max(np.abs(probe[key] - value).max() for key, value in right.items()))
