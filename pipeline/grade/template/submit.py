"""提出ファイルを書き出します。ノートブックの隣に置き、最後のセルで使ってください。 / Writes what you hand in, from your notebook's last cell:

    import submit
    submit.export(model, X_test, y_test, student="s1234567")

X_test, y_test は公式のテスト画像 10,000 枚を、元の順番のまま、訓練のときと同じように前処理したものです。見つからないものがあれば、足す 1 行を表示します。
X_test and y_test are the 10,000 official test images in their order, preprocessed as you train on them. Where something is not found, the line that
gives it is printed. submit.check() looks at the written files and grades nothing. Python 3.8 or later with NumPy, nothing else.
"""
import ast
import contextlib
import copy
import functools
import inspect
import io
import itertools
import os
import random
import re
import sys
import types

import numpy as np

FOLDER = "submission"
# What export() was given and wrote last, for whoever runs the notebook.
LAST = None
CLASSES = 10
ROWS, SMALL, SIZES, LEARNING_RATE = 20, 13, (30, 16, 12, 10), 0.1
HALF_SIZES = SIZES[1:-1]

# Names that people give to things, in lower case without underscores.
RATES = {"lr", "learningrate", "alpha", "eta", "lrate", "rate", "learnrate", "learningratio", "stepsize", "lr0", "eta0", "lrinit", "learningrateinit", "gakushuritsu", "gakusyuritsu", "gakusyuuritu", "学習率"}
EPOCHS = {"nepochs", "epochs", "epoch", "nepoch", "numepochs", "numepoch", "maxepochs", "maxepoch", "niter", "numiter", "iterations", "maxiter", "niterations",
          "epochnum", "epochsnum", "epochcount", "nbepochs", "nbepoch", "totalepochs", "trainepochs", "iter", "iters", "niters", "numiters", "numiterations", "maxiters", "エポック", "エポック数"}
BATCHES = {"batchsize", "nbatch", "minibatchsize", "batch", "bs", "minibatch", "sizebatch", "batchsz", "bsize", "batchlen", "バッチサイズ"}
SIGMAS = {"sigma", "std", "weightscale", "scale"}
FORWARDS = ["forward", "forward_propagation", "forward_prop", "forwardpropagation", "forward_pass", "feedforward", "feed_forward", "propagate", "predict_proba",
            "jundenpa", "junden", "zyundenpa", "順伝播", "__call__"]
BACKWARDS = ["backward", "backward_propagation", "back_propagation", "backpropagation", "backprop", "backward_prop", "backward_pass", "back",
             "gyakudenpa", "gyakuden", "逆伝播", "誤差逆伝播"]
# What gives gradients and moves nothing. A numerical_gradient() would take hours.
GRADIENTS = ["gradient", "gradients", "grads", "grad", "compute_gradients", "compute_gradient", "compute_grads", "calc_gradients", "calc_gradient", "calc_grads", "calc_grad", "get_gradients",
             "get_gradient", "koubai", "kobai", "勾配", "勾配計算"]
LOSSES = ["cross_entropy_error", "cross_entropy_loss", "cross_entropy", "crossentropy", "loss", "loss_function", "loss_func", "calc_loss", "compute_loss",
          "get_loss", "cost", "compute_cost", "entropy", "cee", "sonshitsu", "sonsitsu", "gosa", "損失", "損失関数", "交差エントロピー", "交差エントロピー誤差"]
OF_LABELS = {"y", "t", "ytrue", "yonehot", "onehot", "labels", "target", "targets", "label", "truth"}
OF_PROBABILITIES = {"p", "z3", "a3", "z", "yhat", "ypred", "probs", "probabilities", "prob", "pred", "output", "out", "q"}
UPDATES = ["update", "step", "update_params", "update_parameters", "gradient_descent", "koushin", "kousin", "koshin", "更新", "重み更新", "パラメータ更新"]


# --- The published batch ----------------------------------------------------------------------------------------------------------------------


def probe_batch():
    """The batch and the network that every submission is probed with: the arrays of the template's probe_batch.npz."""

    def draw(large):
        rng = np.random.RandomState(20260)
        X = np.maximum(0, 1.5 * rng.random_sample((ROWS, SIZES[0])) - 0.5)
        first = rng.permutation(CLASSES)
        labels = np.concatenate([first, rng.randint(0, CLASSES, ROWS - CLASSES)])
        arrays = {"X": X, "Y": np.eye(CLASSES)[labels]}
        for layer in (1, 2, 3):
            scale = 4000 if large and layer == 3 else 0.5
            arrays["W%d" % layer] = scale * rng.standard_normal((SIZES[layer - 1], SIZES[layer]))
            arrays["B%d" % layer] = 0.5 * rng.standard_normal(SIZES[layer])
        return arrays

    batch = draw(False)
    batch["X_small"], batch["Y_small"] = batch["X"][:SMALL], batch["Y"][:SMALL]
    batch["W3_large"] = draw(True)["W3"]
    zero = np.where(batch["Y"] == 1, 0.55, 0.05)
    zero[0] = np.where(batch["Y"][0] == 1, 0, 1 / (CLASSES - 1))
    batch["P_zero"] = zero
    return batch


# --- What is said -----------------------------------------------------------------------------------------------------------------------------

TEXTS = {
    "parameters": ("重みとバイアス", "weights and biases"),
    "init": ("学習前の重み", "weights before the training"),
    "predictions": ("テスト画像の予測", "predictions of the test images"),
    "forward": ("順伝播（Z1, Z2, 確率）", "forward propagation (Z1, Z2, probabilities)"),
    "large": ("大きなロジットの確率", "probabilities of large logits"),
    "loss": ("損失関数", "loss function"),
    "step": ("1 回の更新と勾配", "one update, and the gradients"),
    "history": ("エポックごとの損失", "losses by epoch"),
    "val_history": ("エポックごとの検証損失", "validation losses by epoch"),
    "manifest": ("学習の設定", "settings of the training"),
    "consistent": ("保存した重みと予測", "saved weights and predictions"),
    "student": ("学籍番号", "your id in the course"),
}
LANGUAGE = ["ja"]


class Lacking(Exception):
    """What is not there, in our own words."""


def say(ja, en):
    return en if LANGUAGE[0] == "en" else ja


class Checklist:
    """What was found and how, and what is missing with the line that would give it."""

    def __init__(self):
        self.lines = []
        self.missing = 0
        # What makes updates that are not the course's: its name, or an empty one; None where nothing does.
        self.optimizer = None

    def found(self, what, how):
        self.lines.append(("ok", what, how))

    def lacks(self, what, why, line):
        self.missing += 1
        self.lines.append(("--", what, why + ("\n" + " " * 9 + say("足す 1 行: ", "add: ") + line if line else "")))

    def say_of(self, file, text, good):
        self.lines.append(("ok" if good else "--", file, text))

    def show(self):
        parts = []
        for mark, what, text in self.lines:
            part = re.search(r"\n.*submit\.export\(\.\.\., (.*)\)$", text)
            if part:
                parts.append(part.group(1))
                text = text[: part.start()]
            print("  %s  %s: %s" % (mark, say(*TEXTS[what]), text))
        if parts:
            print(say("最後の行をこう書き換えてください：", "make the last line: ") + "submit.export(model, X_test, y_test, %s)" % ", ".join(parts))


# --- Looking into what the notebook made ------------------------------------------------------------------------------------------------------


def plain(name):
    return str(name).lower().replace("_", "")


def words(name):
    """`valLoss_2` as val, loss."""
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\da-zA-Z_]+", str(name))]


class Slot:
    """A place in an object, as `FC1.W` or `params['W1']`: the way from the root to it, so that it is found in a copy too."""

    def __init__(self, steps):
        self.steps = steps
        # Other places of the same array: what is put in one is put in all.
        self.aliases = []

    @property
    def name(self):
        return str(self.steps[-1][1]) if self.steps[-1][0] != "item" or isinstance(self.steps[-1][1], str) else str(self.steps[-2][1] if len(self.steps) > 1 else "")

    @property
    def path(self):
        text = ""
        for kind, key in self.steps:
            text += ("." if text else "") + key if kind == "attr" else "[%r]" % (key,)
        return text

    def owner(self, root):
        for kind, key in self.steps[:-1]:
            root = getattr(root, key) if kind == "attr" else root[key]
        return root

    def get(self, root):
        kind, key = self.steps[-1]
        owner = self.owner(root)
        return getattr(owner, key) if kind == "attr" else owner[key]

    def set(self, root, value):
        for alias in self.aliases:
            alias.set(root, value)
        kind, key = self.steps[-1]
        owner = self.owner(root)
        if kind == "attr":
            setattr(owner, key, value)
        else:
            owner[key] = value


class Part:
    """The weights, or the biases, of a matrix that has both: the biases stand in its first or last row, or column where the units are rows."""

    def __init__(self, whole, by_columns, biases_at, is_bias):
        self.whole, self.by_columns, self.biases_at, self.is_bias = whole, by_columns, biases_at, is_bias
        self.steps, self.name = whole.steps, whole.name
        self.aliases = []

    @property
    def path(self):
        at = str(self.biases_at) if self.is_bias else "1:" if self.biases_at == 0 else ":-1"
        return "%s[%s%s]" % (self.whole.path, ":, " if self.by_columns else "", at)

    def split(self, root):
        """The whole with its biases as a row, the weights and the biases."""
        whole = self.whole.get(root)
        rows = whole.T if self.by_columns else whole
        return rows, rows[1:] if self.biases_at == 0 else rows[:-1], rows[self.biases_at]

    def get(self, root):
        _, weights, biases = self.split(root)
        return biases if self.is_bias else weights.T if self.by_columns else weights

    def set(self, root, value):
        rows, _, biases = self.split(root)
        if self.is_bias:
            rows = rows.copy()
            rows[self.biases_at] = value
        else:
            weights = value.T if self.by_columns else value
            biases = biases if len(biases) == weights.shape[1] else np.zeros(weights.shape[1])
            rows = np.vstack([biases, weights] if self.biases_at == 0 else [weights, biases]).astype(value.dtype)
        self.whole.set(root, np.array(rows.T if self.by_columns else rows, order="C"))


OPAQUE = (str, bytes, int, float, complex, bool, type(None), type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType,
          np.random.RandomState, np.generic)
MOST_ITEMS = 200


def attribute(value, name):
    """An attribute, or None: what a __getattr__ of the student's raises may be anything."""
    try:
        return getattr(value, name, None)
    except Exception:
        return None


def items_of(root):
    """What is in an object: (kind, key, value). Nothing of the student's is run, such as an items() or a __dict__ of a class's own."""
    if isinstance(root, dict):
        return [("item", key, value) for key, value in list(dict.items(root))[:MOST_ITEMS] if isinstance(key, (str, int, np.integer))]
    if isinstance(root, (list, tuple)):
        kind = list if isinstance(root, list) else tuple
        return [("item", i, value) for i, value in enumerate(kind.__getitem__(root, slice(MOST_ITEMS)))]
    if isinstance(root, np.ndarray):
        return []
    try:
        return [("attr", key, value) for key, value in list(object.__getattribute__(root, "__dict__").items())[:MOST_ITEMS]]
    except Exception:
        return []


def walk(root, steps=(), depth=0, seen=None):
    """Every value in an object, its lists, dicts and layer objects, with the way to it."""
    seen = set() if seen is None else seen
    if id(root) in seen or depth > 4:
        return
    seen.add(id(root))
    for kind, key, value in items_of(root):
        here = steps + ((kind, key),)
        yield Slot(here), value
        if not isinstance(value, OPAQUE) and not isinstance(value, np.ndarray):
            for found in walk(value, here, depth + 1, seen):
                yield found


def copied(model):
    """A deep copy, in which what cannot be copied, as a generator or an open file, is the same."""
    try:
        return copy.deepcopy(model)
    except Exception:
        kept = {}
        for _, _, value in items_of(model):
            try:
                copy.deepcopy(value)
            except Exception:
                kept[id(value)] = value
        return copy.deepcopy(model, kept)


def natural(text):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", text)]


GRADIENT = re.compile(r"grad|delta|^d_?[wb]|^del|veloc|moment|^(prev|old|best|init|v|m|h|s)_?[wb]\d*$", re.I)
# A gradient by its name, and what an optimizer keeps from step to step.
ONLY_GRADIENT = re.compile(r"grad|delta|^d_?[wb]|^del|勾配", re.I)
MOMENT = re.compile(r"veloc|moment|^_?(m|v|h|s|r|vel|mom|adam|rms|sq)(?![a-z])|^_?(m|v|h|s|r)_?d?[wb]\d*$", re.I)
# What holds arrays of the parameters' shapes that are none: an optimizer's moments, gradients, parameters of another time.
BESIDE = re.compile(r"^_?(m|v|h|s|g|d|r|vel|mom|moms|cache|adam|rms|ema|avg|prev|old|best|before|backup|saved|copy|init|initial)(?![a-z\d])", re.I)
OF_GRADIENT = re.compile(r"grad|delta|upstream|err|^d(?!ata|igit|esired)|^g(out|y|z)?$|勾配|誤差|デルタ", re.I)
WEIGHT = re.compile(r"^(w|weight|coef|theta|kernel|omega|重み|おもみ|omomi)", re.I)
BIAS = re.compile(r"^(b|bias|intercept|バイアス|偏り)", re.I)
DATA = re.compile(r"^_?(x|y|z|a|t|t_|one_?hot)(_|\d|$)|train(?!ed)|test|val(?!ue)", re.I)
LOSS_WORD = re.compile(r"損失|誤差|loss|cost|error|entropy|^log(s|list|loss)?$|^(val|valid|train|test)log")
VALIDATION_WORD = re.compile(r"検証|テスト|^(val|valid|validation|test|dev|eval)(?=loss|cost|err|entropy|log|hist|$)|(loss|losses|cost|costs|error|errors)(val|valid|validation|test|dev)$")


class Layer:
    def __init__(self, weight, bias, transposed):
        self.weight, self.bias, self.transposed = weight, bias, transposed


def find_layers(root, features, biases_at=None):
    """
    The layers W1, B1, W2, ... of a network by shapes and names; a text of what stands in the way where there are none or several. Where weights have
    biases in them, those are the first (0) or last (-1) as it is said, else as it is seen.
    """
    weights, biases, known = [], [], {}
    for slot, value in walk(root):
        names = [str(key) for _, key in slot.steps]
        if not isinstance(value, np.ndarray) or value.dtype.kind != "f" or any(GRADIENT.search(name) for name in names):
            continue
        if id(value) in known:
            known[id(value)].aliases.append(slot)
            continue
        known[id(value)] = slot
        if value.ndim == 2 and min(value.shape) > 1 and not DATA.search(slot.name):
            weights.append((slot, value))
        elif value.size > 1 and max(value.shape) == value.size:
            biases.append((slot, value))
    chains = likely_chains(weights, features)
    with_biases = not chains
    if with_biases:
        chains = likely_chains(weights, features, 1)
    if not chains:
        return None, say("入力 %d から出力 %d までつながる行列がありません" % (features, CLASSES), "no matrices lead from %d inputs to %d outputs" % (features, CLASSES))
    longest = max(len(chain) for chain in chains)
    chains = [chain for chain in chains if len(chain) == longest]
    in_order = [chain for chain in chains if [slot.path for slot, _ in chain] == sorted((slot.path for slot, _ in chain), key=natural)]
    chains = in_order or chains
    if len(chains) > 1:
        used = [chain for chain in chains if in_use(root, chain, features)]
        chains = used if len(used) == 1 else chains
    if len(chains) > 1:
        names = say(" または ", " or ").join(", ".join(slot.path for slot, _ in chain) for chain in chains[:3])
        return None, say("重みが 2 通り以上に読めます（%s）" % names, "the weights can be read in more than one way (%s)" % names)
    if with_biases:
        at = place_of_biases(root, *chains[0][0], features) if biases_at is None else biases_at
        if at is None:
            return None, say("重みの行列に含まれるバイアスがどこにあるかわかりません（%s）", "where in the weights the biases stand is not known (%s)") % ", ".join(slot.path for slot, _ in chains[0])
        return [Layer(*[Part(slot, transposed, at, is_bias) for is_bias in (False, True)], transposed) for slot, transposed in chains[0]], None
    layers = []
    for i, (slot, transposed) in enumerate(chains[0]):
        array = slot.get(root)
        layers.append(Layer(slot, find_bias(slot, array.shape[0 if transposed else 1], biases, i), transposed))
    return layers, None


def place_of_biases(root, slot, transposed, features):
    """Whether the biases are the first (0) or the last (-1) of what a matrix has of the inputs: what is said of images that are 0 hangs on those alone. None where it cannot be seen."""
    def said_of_nothing(name, at):
        model = copied(root)
        part = Part(slot, transposed, at, True)
        part.set(model, 10 * np.cos(np.arange(part.get(model).size)))
        return getattr(facing_rows(model, features), name)(np.zeros((17, features)))

    for name in [name for name in (method_of(root, [wanted])[0] for wanted in FORWARDS + ["predict"]) if name is not None]:
        try:
            before = getattr(facing_rows(copied(root), features), name)(np.zeros((17, features)))
            moved = [at for at in (0, -1) if before is not None and not same(before, said_of_nothing(name, at))]
        except Exception:  # the student's own: another method may do
            continue
        if len(moved) == 1:
            return moved[0]
    return None


def likely_chains(weights, features, biases=0):
    """The ways of what is likeliest a network's: of weights by their names and not beside the parameters, in one place or with one kind of name."""
    main = [found for found in weights if not any(BESIDE.search(str(key)) for _, key in found[0].steps[:-1])]
    for pool in ([found for found in main if WEIGHT.search(found[0].name)], main, weights):
        groups = {}
        for found in pool:
            for key in (found[0].steps[:-1], re.sub(r"\d+", "#", found[0].path)):
                groups.setdefault(key, []).append(found)
        chains = [chain for group in groups.values() for chain in chains_of(group, features, biases)] or chains_of(pool, features, biases)
        if chains:
            return list({tuple(slot.path for slot, _ in chain): chain for chain in chains}.values())
    return []


def in_use(root, chain, features):
    """Whether what the network says hangs on these matrices."""
    X = np.random.RandomState(0).random_sample((50, features))
    for wanted in FORWARDS + ["predict"]:
        name, _ = method_of(root, [wanted])
        if name is None:
            continue
        try:
            said_by = []
            for sign in (1, -1):
                model = copied(root)
                slot = chain[0][0]
                slot.set(model, sign * slot.get(model))
                said_by.append(getattr(model, name)(X.copy()))
            return not same(*said_by)
        except Exception:  # the student's own: another method may do
            continue
    return False


def same(one, other):
    if isinstance(one, (tuple, list)):
        return len(one) == len(other) and all(map(same, one, other))
    return np.array_equal(one, other)


def chains_of(weights, features, biases=0):
    """
    All ways from the inputs to the classes through matrices, each at most once, which have so many biases of each unit too. A square matrix is taken to
    stand as the one before it does.
    """
    found = []

    def go(width, used, chain):
        if len(found) > 50:
            return
        if chain and width == CLASSES:
            found.append(chain)
        for i, (slot, value) in enumerate(weights):
            if i in used:
                continue
            rows, columns = value.shape
            if rows == width + biases:
                go(columns, used | {i}, chain + [(slot, rows == columns and bool(chain) and chain[-1][1])])
            elif columns == width + biases:
                go(rows, used | {i}, chain + [(slot, True)])

    go(features, frozenset(), [])
    return found


def find_bias(weight, units, biases, layer):
    fits = [slot for slot, value in biases if value.size == units and not DATA.search(slot.name)]
    number = re.findall(r"\d+", weight.name)

    def score(slot):
        same_owner = slot.steps[:-1] == weight.steps[:-1]
        same_number = re.findall(r"\d+", slot.name) == number and (bool(number) or same_owner)
        same_place = slot.steps[-1][0] == "item" and slot.steps[-1][1] == weight.steps[-1][1]
        return (bool(BIAS.search(slot.name)), same_place or same_number, same_owner)

    named = [slot for slot in fits if score(slot)[0] and (score(slot)[1] or len(fits) == 1)]
    if named:
        return max(named, key=score)
    # In a list of parameters without names each weight has its bias after it.
    after = weight.steps[:-1] + (("item", weight.steps[-1][1] + 1),) if weight.steps[-1][0] == "item" and isinstance(weight.steps[-1][1], int) else None
    return next((slot for slot in fits if after in [one.steps for one in [slot, *slot.aliases]]), None)


def padded(values, shape):
    """Numbers in the first corner of an array of zeros."""
    larger = np.zeros(shape)
    larger[tuple(slice(n) for n in values.shape)] = values
    return larger


def put(root, layer, weight, bias):
    """Gives a layer other numbers, in the form that it has."""
    like = layer.weight.get(root)
    layer.weight.set(root, np.array(weight.T if layer.transposed else weight, dtype=like.dtype, order="C"))
    if layer.bias is not None and bias is not None:
        like = layer.bias.get(root)
        shape = like.shape if like.ndim == 1 else tuple(1 if n == 1 else bias.size for n in like.shape)
        layer.bias.set(root, np.array(bias.reshape(shape if like.ndim > 1 else bias.shape), dtype=like.dtype))


def slots_of(layers):
    """The places of all their weights and biases."""
    return [slot for layer in layers for slot in (layer.weight, layer.bias) if slot is not None]


def take(root, layers):
    """The parameters as {W1: (units below, units), B1: (units,), ...}."""
    found = {}
    for i, layer in enumerate(layers, 1):
        weight = np.asarray(layer.weight.get(root))
        found["W%d" % i] = np.array(weight.T if layer.transposed else weight, order="C")
        if layer.bias is not None:
            found["B%d" % i] = np.array(layer.bias.get(root)).ravel()
    return found


# --- Running the student's code, watched ------------------------------------------------------------------------------------------------------

HERE = os.path.abspath(__file__)
LIBRARIES = tuple(os.path.abspath(path) for path in {os.path.dirname(np.__file__), os.path.dirname(os.__file__)})


class Watch:
    """Runs code and keeps the matrices, or vectors too, that its functions leave in variables of their own. `fill` is asked at each line, until it says that it is done."""

    def __init__(self, fill=None, vectors=False):
        self.fill, self.dimensions = fill, (1, 2) if vectors else (2,)
        self.arrays = []

    def __enter__(self):
        self.before = sys.gettrace()
        sys.settrace(self.call)
        return self

    def __exit__(self, *_):
        sys.settrace(self.before)

    def call(self, frame, event, _):
        file = os.path.abspath(frame.f_code.co_filename)
        if file == HERE or file.startswith(LIBRARIES) or "site-packages" in file or "dist-packages" in file:
            return None
        return self.line

    def line(self, frame, event, _):
        if self.fill is not None and event == "line" and self.fill(frame):
            self.fill = None
        if event == "return":
            for name, value in list(frame.f_locals.items()):
                if isinstance(value, np.ndarray) and value.ndim in self.dimensions:
                    self.arrays.append((name, np.array(value)))
        return self.line


@contextlib.contextmanager
def undisturbed():
    """The random generators afterwards are as before, and nothing is printed."""
    numpy_state, python_state = np.random.get_state(), random.getstate()
    try:
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()), np.errstate(all="ignore"):
            yield
    finally:
        np.random.set_state(numpy_state)
        random.setstate(python_state)


def seeded(run, *given):
    """What a run gives in which what draws anything draws the same each time."""
    np.random.seed(0)
    random.seed(0)
    return run(*given)


def settings_of(model):
    """Learning rate, epochs, batch size and sigma of an object, each with its places."""
    found = {"rate": [], "epochs": [], "batch": [], "sigma": []}
    for slot, value in walk(model):
        if isinstance(value, bool) or not isinstance(value, (int, float, np.integer, np.floating)):
            continue
        for key, names in (("rate", RATES), ("epochs", EPOCHS), ("batch", BATCHES), ("sigma", SIGMAS)):
            if plain(slot.name) in names:
                found[key].append((slot, value))
    # It is the slope of an activation too.
    found["rate"] = [one for one in found["rate"] if plain(one[0].name) != "alpha"] or found["rate"]
    return found


def method_of(model, names):
    try:
        own = {plain(name): name for name in reversed(dir(model))}
    except Exception:  # a __dir__ of the student's
        own = {}
    for wanted in names:
        name = wanted if attribute(model, wanted) is not None else own.get(plain(wanted))
        method = name and attribute(model, name)
        if callable(method):
            return name, method
    return None, None


class Facing:
    """A network by what stands before it: its methods are asked through meet_(name, method, arguments, named), and nothing else is changed."""

    def __getattr__(self, name):
        if name.startswith("__") and name != "__call__":
            raise AttributeError(name)
        model = object.__new__(self.kind_)
        object.__setattr__(model, "__dict__", self.__dict__)
        method = getattr(model, name)
        if not inspect.ismethod(method) and attribute(method, "faced_") is None:
            return method
        faced = functools.wraps(method)(lambda *arguments, **named: self.meet_(name, method, arguments, named))
        faced.faced_ = True
        return faced

    def __dir__(self):
        return [*dir(self.kind_), *self.__dict__]


def facing(model, kind, **more):
    """The same network behind such."""
    faced = type(type(model).__name__, (kind,), {"kind_": type(model), **more})()
    faced.__dict__ = model.__dict__
    return faced


class Turned(Facing):
    """A network whose samples are columns, for whoever has them as rows: samples are transposed on their way in and out, and nothing else is."""

    def meet_(self, _, method, arguments, named):
        def upright(value, samples):
            if isinstance(value, (tuple, list)):
                return type(value)(upright(part, samples) for part in value) if type(value) in (tuple, list) else value
            return value.T if isinstance(value, np.ndarray) and value.ndim == 2 and value.shape[1] in samples else value

        tables = [value for value in [*arguments, *named.values()] if isinstance(value, np.ndarray) and value.ndim == 2]
        turn = lambda value: value.T if any(value is one for one in tables) else value
        return upright(method(*map(turn, arguments), **{key: turn(value) for key, value in named.items()}), {len(table) for table in tables})


def turned(model):
    """The same network, taking samples as rows where it takes them as columns."""
    return facing(model, Turned)


def kind_of(model):
    kind = type(model)
    while issubclass(kind, Facing):
        kind = kind.kind_
    return kind


def facing_rows(model, features):
    """The model, or where it can be asked of samples only as columns what asks it so."""
    if isinstance(model, Turned) or not isinstance(attribute(model, "__dict__"), dict):
        return model
    X = np.random.RandomState(0).random_sample((17, features))

    def answers(one):
        for name in [name for name in (method_of(one, [wanted])[0] for wanted in FORWARDS + ["predict"]) if name is not None]:
            try:
                getattr(copied(one), name)(X.copy())
                return True
            except Exception:  # the student's own: another method may do
                continue
        return False

    return turned(model) if not answers(model) and answers(turned(model)) else model


# --- What a network makes of images before its first layer --------------------------------------------------------------------------------------


class Traced(np.ndarray):
    """Images, or the first weights, of which it is seen with what they are multiplied, whatever was made of them before."""

    products = []

    def __array_ufunc__(self, ufunc, method, *inputs, out=None, **named):
        inputs = [untraced(one) for one in inputs]
        if ufunc is np.matmul:
            Traced.products.append(inputs)
        if out is not None:
            getattr(ufunc, method)(*inputs, out=tuple(map(untraced, out)), **named)
            return out[0] if len(out) == 1 else out
        made = getattr(ufunc, method)(*inputs, **named)
        return made.view(Traced) if isinstance(made, np.ndarray) and ufunc is not np.matmul else made

    def __array_function__(self, function, kinds, arguments, named):
        if function in (np.dot, np.einsum, np.tensordot):
            Traced.products.append([untraced(one) for one in arguments if isinstance(one, np.ndarray)][:2])
        return super().__array_function__(function, kinds, arguments, named)

    def dot(self, other, out=None):
        return np.dot(self, other, out)


def untraced(value):
    return value.view(np.ndarray) if isinstance(value, Traced) else value


# No more than make one batch.
TRACED_ROWS = 17


AS_THEY_ARE = np.ones(1), np.zeros(1)


def affine(own, X, rtol):
    """(a, b, changes): by which a and b of each column an array is a * X + b, and which columns of X change; None where it is none such."""
    middle, about = X.mean(axis=0), own.mean(axis=0)
    variance = ((X - middle) ** 2).mean(axis=0)
    changes = variance > 0
    if not np.isfinite(own).all() or not changes.any():
        return None
    a = ((X - middle) * (own - about)).mean(axis=0) / np.where(changes, variance, 1)
    b = about - a * middle
    return None if np.abs(a * X + b - own)[:, changes].max() > rtol * np.ptp(own) else (a, b, changes)


def made_of_images(network, run):
    """
    By which a and b of each pixel what reaches the first layer is a * pixel + b, where run(model, images) is run; None where that is not seen, or hangs on
    the other images.
    """

    def seen(most):
        # In every pixel the rows are in the same order, by which they are known again where they have been shuffled.
        X = np.sort(np.random.RandomState(most).randint(0, most + 1, (TRACED_ROWS, network.features)), axis=0).astype(float)
        Traced.products = []
        with contextlib.suppress(Exception):  # the student's own: what was seen before it failed counts
            model = copied(network.model)
            first = getattr(network.layers[0].weight, "whole", network.layers[0].weight)
            first.set(model, first.get(model).view(Traced))
            run(model, X.view(Traced))
        for product in Traced.products:
            for images, weights in ((product, product[::-1]), ([one.T for one in product[::-1]], [one.T for one in product])) if len(product) == 2 else ():
                images, weights = images[0], weights[0]
                if images.ndim != 2 or weights.ndim != 2 or len(images) != TRACED_ROWS or images.shape[1] != len(weights):
                    continue
                if images.shape[1] == network.features + 1:
                    # A one for the biases.
                    ones = [at for at in (0, -1) if (images[:, at] == 1).all()]
                    images = np.delete(images, ones[0], axis=1) if ones else images
                if images.shape[1] == network.features:
                    images = images[np.argsort(images.sum(axis=1))].astype(float)
                    found = affine(images, X, 1e-6) or affine(images[::-1], X, 1e-6)
                    if found is not None:
                        return found[:2]
        return None

    one, other = seen(255), seen(199)
    if one is None or other is None or not all(np.allclose(*both, rtol=1e-4, atol=1e-6) for both in zip(one, other)):
        return None
    return one


def preparations_of(network):
    """
    What the methods make of images before the first layer, where that is anything: {method: (a, b)}, and for any other method, which is given what they
    are given, under None. An (a, b) that hangs on the other images is None.
    """
    Y = np.eye(CLASSES)[np.arange(TRACED_ROWS) % CLASSES]
    found = {}
    for wanted, labels in [(one, []) for one in FORWARDS + ["predict"]] + [(one, [Y]) for one in LOSSES + GRADIENTS + FORWARDS]:
        name, method = method_of(network.model, [wanted])
        if name is not None and found.get(name) is None:
            found[name] = made_of_images(network, lambda model, X: getattr(model, name)(X, *labels))
    found = {name: made for name, made in found.items() if made is not None}
    usual = next(iter(found.values()), AS_THEY_ARE)
    if network.fits:
        found["fit"] = made_of_images(network, lambda model, X: network.fit(model, X, Y, 0.0, 1))
    anything = any(made is not None and not (np.allclose(made[0], 1, rtol=1e-6) and np.abs(made[1]).max() < 1e-6) for made in found.values())
    return {**found, None: usual} if anything else {}


class AtFirstLayer(Facing):
    """A network that makes something of images itself, for whoever has what is to reach its first layer."""

    def meet_(self, name, method, arguments, named):
        made = self.preparations_.get(name, self.preparations_[None])

        def before(value):
            if not isinstance(value, np.ndarray) or value.ndim != 2 or value.shape[1] not in (SIZES[0], self.features_):
                return value
            if made is None:
                raise Lacking(say("%s() が画像をどう変換するかは、ほかの画像によって変わります", "what %s() makes of an image hangs on the other images") % name)
            a, b = [part[: value.shape[1]] for part in made]
            return (value - b) / a

        return method(*map(before, arguments), **{key: before(value) for key, value in named.items()})


class Network:
    """A student's network. Whatever is done to it is done to a copy, with the published parameters in it."""

    def __init__(self, model, layers, features):
        self.model, self.layers, self.features = model, layers, features
        self.units = [take(model, layers)["W%d" % i].shape[1] for i in range(1, len(layers))]
        self.settings = settings_of(model)
        self.draws_in_fit = False
        self.fits = callable(attribute(model, "fit"))
        self.preparations = preparations_of(self)

    def at_first_layer(self, model):
        """The same network, whose methods are given what is to reach the first layer."""
        return facing(model, AtFirstLayer, preparations_=self.preparations, features_=self.features) if self.preparations else model

    def small(self, batch):
        """A copy of the published sizes, with the published parameters; as it is where it has other layers."""
        model = copied(self.model)
        if len(self.layers) != len(SIZES) - 1:
            return model
        wanted = dict(zip((self.features,) + tuple(self.units), SIZES[:-1]))
        alike = len(set(self.units)) < len(self.units)
        hidden = list(SIZES[1:-1])
        for slot, value in sorted(walk(model), key=lambda found: natural(found[0].path)):
            if isinstance(value, bool) or not isinstance(value, (int, np.integer)) or plain(slot.name) in EPOCHS | BATCHES:
                continue
            if isinstance(slot.owner(model), tuple):
                continue
            if alike and value == self.units[0] and hidden:
                slot.set(model, hidden.pop(0))
            elif value in wanted and not (alike and value == self.units[0]):
                slot.set(model, wanted[value])
        slots = slots_of(self.layers)
        trained = [slot.get(model).shape for slot in slots]
        for i, layer in enumerate(self.layers, 1):
            put(model, layer, batch["W%d" % i], batch["B%d" % i])
        published = [slot.get(model) for slot in slots]
        shapes = {shape: array.shape for shape, array in zip(trained, published) if trained.count(shape) == 1}
        # Gradients that a way back writes into the arrays of have the sizes of the parameters.
        made = {}
        for slot, value in list(walk(model)):
            if isinstance(value, np.ndarray) and value.shape in shapes and any(ONLY_GRADIENT.search(name) for name in names_of(slot)) and not any(value is one for one in published):
                # One that stands in two places is one here too.
                slot.set(model, made.setdefault(id(value), np.zeros(shapes[value.shape], value.dtype)))
        if self.preparations:
            # What is kept of each pixel, as its mean.
            for slot, value in list(walk(model)):
                if isinstance(value, np.ndarray) and value.size == self.features == value.shape[-1]:
                    slot.set(model, value[..., : SIZES[0]])
        return self.at_first_layer(model)

    def embedded(self, batch):
        """
        A copy of the sizes that were trained, with the published network in one corner and zeros elsewhere: what is computed there is what the
        published network alone would compute. For classes whose sizes are written into fit().
        """
        model = copied(self.model)
        for i, layer in enumerate(self.layers, 1):
            weight = layer.weight.get(model)
            shape = weight.shape[::-1] if layer.transposed else weight.shape
            bias = None if layer.bias is None else padded(batch["B%d" % i], (shape[1],))
            put(model, layer, padded(batch["W%d" % i], shape), bias)
        return self.at_first_layer(model)

    def wide_batch(self, batch):
        """The published batch and network at the sizes that were trained."""
        sizes = [self.features] + self.units + [CLASSES]
        wide = dict(batch)
        for i in range(1, len(sizes)):
            wide["W%d" % i] = padded(batch["W%d" % i], (sizes[i - 1], sizes[i]))
            wide["B%d" % i] = padded(batch["B%d" % i], (sizes[i],))
        return wide

    def set(self, model, rate, epochs):
        for key, value in (("rate", rate), ("epochs", epochs), ("batch", ROWS)):
            for slot, _ in self.settings[key]:
                slot.set(model, value)

    def fit(self, model, X, Y, rate, epochs, batch=None):
        """A copy of the model after fit() on these rows as all the images there are; with a batch, from its parameters on."""
        errors = []
        required, named = arguments_of(model.fit, rate, epochs)
        # It may do without images to validate on, or take them for granted.
        counts = [max(2, required)] + [4] * (required < 4 and takes_validation(model.fit))
        for count, of in itertools.product(counts, LABEL_FORMS[::-1]):
            fresh = copied(model)
            self.set(fresh, rate, epochs)
            fill = None if batch is None else Filler(fresh, self.layers, batch, self.draws_in_fit)
            watch = Watch(fill)
            try:
                with watch:
                    fresh.fit(*[X, of(Y), X, of(Y)][:count], **named)
                if watch.fill is not None:
                    raise Lacking(say("fit() の中で重みが見つかりません", "the weights were not found within fit()"))
                return fresh
            except Exception as error:  # the student's own, of whatever kind
                errors.append(error)
        raise errors[0]

    def first(self, X, Y):
        """The parameters before training, at the sizes that were trained; notes whether fit() draws them."""
        error = None
        for rate, epochs in ((self.settings["rate"][0][1] if self.settings["rate"] else 0.1, 0), (0.0, 1)):
            try:
                first, other = [self.drawn(self.model, X, labels, rate, epochs) for labels in (Y, np.roll(Y, 1, axis=1))]
                self.draws_in_fit = self.redraws(first, X, Y, rate, epochs)
            except Exception:  # the student's own: zero epochs may be more than it takes
                continue
            if not self.draws_in_fit:
                break
            if any(moved_little(first[name], other[name]) for name in first):
                # They hang on the labels: they have been trained.
                error = Lacking(say("エポック数も学習率も 0 に設定できず、fit() のあとには学習した重みしか残りません", "could not set the epochs or the learning rate to 0: after fit() there are only trained weights"))
                continue
            return first, "fit()"
        if error is not None:
            raise error
        return self.constructed(), kind_of(unjoined(self.model)).__name__ + "()"

    def drawn(self, model, X, Y, rate, epochs):
        """The parameters after fit(), in which what draws anything draws the same each time."""
        return take(seeded(self.fit, model, X, Y, rate, epochs), self.layers)

    def redraws(self, first, X, Y, rate, epochs):
        """Whether fit() begins with parameters of its own, whatever those are that it finds."""
        far = 1e4
        model = copied(self.model)
        for i, layer in enumerate(self.layers, 1):
            put(model, layer, first["W%d" % i] + far, None)
        after = self.drawn(model, X, Y, rate, epochs)
        return bool(np.abs(after["W1"].mean() - first["W1"].mean()) < far / 2)

    def constructed(self):
        """The parameters of a new object, made with the settings that this one keeps, or as a cell made one."""
        own = unjoined(self.model)
        # Where it is joined with what is beside it, the way to its parameters begins with its variable.
        rooted = lambda made: made if own is self.model else types.SimpleNamespace(**{self.layers[0].weight.steps[0][1]: made})
        kind = kind_of(own)
        parameters = list(inspect.signature(kind).parameters.values())
        named = {parameter.name: copy.deepcopy(attribute(own, parameter.name)) for parameter in parameters if attribute(own, parameter.name) is not None}
        ways = [((), named)] if all(parameter.name in named for parameter in parameters if demanded(parameter)) else []
        for arguments, named in ways + calls_of(kind.__name__, cells_and_names()):
            try:
                first = take(rooted(kind(*copy.deepcopy(arguments), **copy.deepcopy(named))), self.layers)
            except Exception:  # the student's own: it may have been called otherwise
                continue
            trained = take(self.model, self.layers)
            # Layers that it was given are those that have been trained.
            if all(first[name].shape == values.shape for name, values in trained.items()) and not all(np.array_equal(first[name], trained[name]) for name in trained):
                return first
        for made, arrays in BEGUN:
            if attribute(made, "__dict__") is attribute(own, "__dict__"):
                begun = copied(made)
                for slot, array in arrays:
                    slot.set(begun, array)
                return take(rooted(begun), self.layers)
        raise Lacking(say("学習前の重みが残っていません", "no weights of before the training are left"))


# Objects of a notebook with the arrays that they had when the first training began, [(object, [(slot, array)])], for whoever saw it.
BEGUN = []
# Variables of a notebook, in which its cells are `In`, for whoever runs it outside of __main__.
NOTEBOOK = []


def cells_and_names():
    return NOTEBOOK[-1] if NOTEBOOK else vars(sys.modules["__main__"])


def demanded(parameter):
    return parameter.default is parameter.empty and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)


def demands(function):
    """The names of the arguments without which it cannot be called."""
    return [name for name, parameter in inspect.signature(function).parameters.items() if demanded(parameter)]


def cells_of(names):
    """The notebook's cells that are Python, parsed, in the order in which they were run."""
    found = []
    for cell in names["In"] if isinstance(names.get("In"), list) else []:
        try:
            found.append(ast.parse(cell))
        except (SyntaxError, ValueError, TypeError):
            continue
    return found


def calls_of(called, names, depth=0):
    """With what the cells call a class or function, the last call first: [(arguments, named)] of those calls whose arguments can be told."""
    found = []
    for tree in cells_of(names):
        within = {}
        for part in ast.walk(tree):
            if isinstance(part, ast.FunctionDef):
                within.update({id(inner): part for inner in ast.walk(part)})
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) == called:
                for around in around_of(within.get(id(node)), names, depth):
                    try:
                        arguments = tuple(told(argument, around) for argument in node.args)
                        found.append((arguments, {keyword.arg: told(keyword.value, around) for keyword in node.keywords}))
                        break
                    except Exception:  # what cannot be told without running the notebook
                        continue
    return found[::-1]


def around_of(function, names, depth):
    """The variables around a call: the notebook's, and within a function those that it was called with."""
    if function is None or depth > 2:
        return [names]
    parameters = [argument.arg for argument in function.args.args]
    defaults = function.args.defaults
    given = dict(zip(parameters[len(parameters) - len(defaults):], defaults))
    found = []
    for arguments, named in calls_of(function.name, names, depth + 1) or [((), {})]:
        found.append({**names, **{key: told(value, names) for key, value in given.items() if is_plain(value)}, **dict(zip(parameters, arguments)), **named})
    return found


def is_plain(node, names=None):
    """Whether an expression calls nothing but len(), or with these names what makes objects of the notebook's own classes: it may be evaluated once more."""
    own = {name for name, value in (names or {}).items() if inspect.isclass(value) and attribute(value, "__module__") == "__main__"}
    makes = lambda call: getattr(call.func, "id", None) in own | {"len"}
    return not any(isinstance(part, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr, ast.Starred)) and not (isinstance(part, ast.Call) and makes(part))
                   for part in ast.walk(node))


def told(node, names):
    if not is_plain(node, names):
        raise ValueError()
    return eval(compile(ast.Expression(node), "<cell>", "eval"), {**names})


def moved_little(one, other):
    """Whether arrays are two, and one and the same but for a training, not drawn anew."""
    return not np.array_equal(one, other) and np.abs(one - other).max() < np.std(one)


class Filler:
    """Puts the published parameters in the place of those that fit() drew, as soon as all are there, so that whatever holds them holds ours."""

    def __init__(self, model, layers, batch, draws):
        self.model, self.layers, self.batch = model, layers, batch
        # Kept, so that no new array can have an old one's identity.
        self.old = self.arrays() if draws else []

    def arrays(self):
        found = []
        for layer in self.layers:
            found += [layer.weight.get(self.model)] + ([] if layer.bias is None else [layer.bias.get(self.model)])
        return found

    def __call__(self, frame):
        try:
            now = self.arrays()
        except (AttributeError, KeyError, IndexError, TypeError):
            now = []
        if not now or any(np.may_share_memory(array, old) for array in now for old in self.old):
            return self.fill_variables(frame)
        wanted = []
        for i, layer in enumerate(self.layers, 1):
            weight = self.batch["W%d" % i]
            wanted += [weight.T if layer.transposed else weight] + ([] if layer.bias is None else [self.batch["B%d" % i]])
        if any(np.size(array) != values.size for array, values in zip(now, wanted)):
            return False
        for array, values in zip(now, wanted):
            array[...] = values.reshape(array.shape)
        return True

    def fill_variables(self, frame):
        """Where they are variables of the function first."""
        if not self.old:
            return False
        local = {name: value for name, value in frame.f_locals.items() if isinstance(value, np.ndarray) and value.dtype.kind == "f"}
        chosen = []
        for i, layer in enumerate(self.layers, 1):
            pairs = [(WEIGHT, self.batch["W%d" % i])] + ([] if layer.bias is None else [(BIAS, self.batch["B%d" % i])])
            for names, values in pairs:
                shape = values.T.shape if values.ndim == 2 and layer.transposed else values.shape
                fits = [array for name, array in local.items() if names.search(name) and (array.shape == shape or (values.ndim == 1 and array.size == values.size))]
                if len(fits) != 1:
                    return False
                chosen.append((fits[0], values.T if values.ndim == 2 and layer.transposed else values))
        for array, values in chosen:
            array[...] = values.reshape(array.shape)
        return True


def arguments_of(fit, rate, epochs):
    """How many arguments fit() demands, and those by which it is told its settings."""
    required, named = 0, {}
    for parameter in inspect.signature(fit).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        for names, value in ((RATES, rate), (EPOCHS, epochs), (BATCHES, ROWS)):
            if plain(parameter.name) in names:
                named[parameter.name] = value
        if parameter.name not in named and parameter.default is parameter.empty:
            required += 1
    return required, named


def takes_validation(fit):
    """Whether it may be given images to validate on, and their labels."""
    return len([name for name in inspect.signature(fit).parameters if "val" in name.lower()]) == 2


# One-hot, or as whole numbers: what the student passes is not known.
LABEL_FORMS = (lambda Y: Y, lambda Y: Y.argmax(axis=1))


# --- The functions on the published batch -----------------------------------------------------------------------------------------------------


def softmaxed(array):
    return array.min() >= 0 and np.allclose(array.sum(axis=1), 1, atol=1e-4)


def softmax(array):
    raised = np.exp(array - array.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


FUNCTIONS = {"tanh": np.tanh, "sigmoid": lambda a: 1 / (1 + np.exp(-a)), "relu": lambda a: np.maximum(0, a)}


def published(batch):
    return {name: batch[name].copy() for name in ("W1", "B1", "W2", "B2", "W3", "B3")}


def forward_of(network, batch, given=None):
    """Activations and probabilities of the published batch: {A1, A2, probabilities}, the activations by name, and what gave them."""
    X = batch["X"]
    if given is not None:
        Z1, Z2, P = given(X.copy(), published(batch))[:3]
        return {"A1": np.asarray(Z1), "A2": np.asarray(Z2), "probabilities": np.asarray(P)}, "forward="
    if network is None:
        return {}, None
    called = lambda wanted, *arguments: lambda model: getattr(model, wanted)(*[argument.copy() for argument in arguments])
    named = lambda names: dict.fromkeys(name for name in (method_of(network.model, [wanted])[0] for wanted in names) if name is not None)
    ways = [(name, called(name, X)) for name in named(FORWARDS + ["predict"])]
    ways += [(name, lambda model, name=name, of=of: getattr(model, name)(batch["X"].copy(), of(batch["Y"].copy()))) for name in named(FORWARDS) if takes_labels(network.model, name) for of in LABEL_FORMS]
    # Where that ends with the logits, the loss makes probabilities of them.
    ways += [(name, called(name, X, batch["Y"])) for name in named(LOSSES + GRADIENTS)]
    ways += [("(), ".join(names), lambda model, run=run, of=of: run(model, X.copy(), of(batch["Y"].copy())))
             for names, gives_labels, run in ways_ahead(network.model) if gives_labels and len(names) > 1 for of in LABEL_FORMS]
    why = say("順伝播を行うもの（forward() など）が見つかりません", "nothing was found that propagates forward, such as forward()")
    for tried, (name, run) in enumerate(ways):
        model = network.small(batch)
        watch = Watch()
        try:
            with watch:
                returned = run(model)
        except Exception as error:  # the student's own: another method may do
            if tried == 0:
                why = say("%s() を %d 枚の画像で呼び出すと失敗します（%s）", "%s() fails when it is called with %d images (%s)") % (name, len(X), said(error))
            continue
        arrays = watch.arrays + [(slot.name, value) for slot, value in walk(model) if isinstance(value, np.ndarray)]
        for i, value in enumerate(returned if isinstance(returned, (tuple, list)) else [returned]):
            if isinstance(value, np.ndarray):
                arrays.append(("returned%d" % i, value))
        found = chosen_arrays(arrays, batch)
        if "probabilities" in found:
            return found, name + "()"
        if tried == 0:
            why = say("%s() に、1 枚につき %d 個の確率が見つかりません", "in %s() no %d probabilities for each image were found") % (name, CLASSES)
    raise Lacking(why)


def takes_labels(model, name):
    """Whether a forward propagation demands the labels too, as one that ends with the loss."""
    return len(demands(getattr(model, name))) == 2


def chosen_arrays(arrays, batch):
    """Of everything that has their shapes, a sample a row or a column: the activations, not the sums that go into them, and the probabilities."""
    found = {}
    below = batch["X"]
    for layer, key in ((1, "A1"), (2, "A2"), (3, "probabilities")):
        shape = (len(batch["X"]), SIZES[layer])
        fits = [value for name, value in arrays if value.shape in (shape, shape[::-1]) and value.dtype.kind == "f" and not GRADIENT.search(name)]
        fits = [value if value.shape == shape else value.T for value in fits]
        # What is not known below a layer tells nothing of its sums.
        sums = None if below is None else below @ batch["W%d" % layer] + batch["B%d" % layer]
        outcomes = [value for value in fits if sums is None or not np.allclose(value, sums, atol=1e-8)]
        if layer == 3:
            # The labels that it was given look like probabilities too.
            outcomes = [value for value in outcomes if not np.array_equal(value, batch["Y"])]
            sure = [value for value in outcomes if softmaxed(value)]
        else:
            # What some function makes of another array that is there is what leaves the layer.
            sure = [b for b in outcomes for a in fits for f in FUNCTIONS.values() if a is not b and not np.allclose(a, b) and np.allclose(f(a), b, atol=1e-8)]
        outcomes = sure or ([] if sums is None else outcomes)
        if not outcomes and sums is not None and layer < 3:
            # A layer may have no activation, or one that is kept nowhere: what the next layer was given is what leaves it.
            outcomes = [value for value in [sums] + [f(sums) for f in FUNCTIONS.values()] if goes_on(value, layer + 1, arrays, batch)][:1]
        below = outcomes[-1] if outcomes else None
        if outcomes:
            found[key] = below
    return found


def goes_on(below, layer, arrays, batch):
    """Whether one of the arrays is what a layer makes of this: the sums, or what leaves it."""
    sums = below @ batch["W%d" % layer] + batch["B%d" % layer]
    functions = FUNCTIONS.values() if layer < 3 else [softmax]
    made = [sums] + [f(sums) for f in functions]
    return any(array.shape == sums.shape and np.allclose(array, one, atol=1e-8) for _, value in arrays for array in (value, value.T) for one in made)


def activation_names(found, batch):
    """tanh, sigmoid or relu of each hidden layer, by the numbers; null where it is none of them."""
    names, below = [], batch["X"]
    for layer, key in ((1, "A1"), (2, "A2")):
        products = below @ batch["W%d" % layer]
        # A bias that is not added is a mistake of its own.
        either = [products + batch["B%d" % layer], products]
        fits = [name for sums in either for name, function in FUNCTIONS.items() if key in found and np.allclose(function(sums), found[key], rtol=1e-4, atol=1e-6)]
        plain_sums = key in found and any(np.allclose(sums, found[key], rtol=1e-4, atol=1e-6) for sums in either)
        names.append(fits[0] if fits else "identity" if plain_sums else None)
        below = found.get(key, below[:, :1] * np.zeros((1, SIZES[layer])))
    # A layer without an activation was to have the other one's.
    meant = [name for name in names if name != "identity"]
    return [None if name == "identity" and not meant else meant[0] if name == "identity" else name for name in names]


def loss_of(network, batch, probabilities, given=None):
    """The losses of the probabilities, and of P_zero; what gave them."""
    Y = batch["Y"]
    if given is not None:
        return float(given(probabilities, Y)), float(given(batch["P_zero"], Y)), "loss="
    if network is None:
        return None, None, None
    for wanted in LOSSES:
        name, method = method_of(network.model, [wanted])
        found = (None, None, None) if method is None else loss_by(network, batch, probabilities, name, method)
        if found[0] is not None:
            return found
    forward, _ = method_of(network.model, FORWARDS)
    if forward is not None and takes_labels(network.model, forward):
        found = loss_of_images(network, batch, forward)
        if found[0] is not None:
            return found
    return loss_in_fit(network, batch)


def loss_by(network, batch, probabilities, name, method):
    """The losses that a method gives of probabilities and labels, or of images and labels, where it computes the probabilities itself."""
    Y = batch["Y"]

    def value(P, of, swap, alone):
        model = network.small(batch)
        if alone:
            for slot, array in list(walk(model)):
                if isinstance(array, np.ndarray) and array.shape == P.shape and softmaxed(array):
                    slot.set(model, P.copy())
        return float(np.squeeze(getattr(model, name)(*given_to_loss(P, of(Y), swap, alone))))

    forms = (np.array, logits_of)[: 2 if gives_logits(network, batch, probabilities) else 1]
    meant = meant_order(((form, of, *order) for order in orders_of(method) for of in LABEL_FORMS for form in forms), lambda form, *way: value(form(probabilities), *way), probabilities, Y)
    if meant is None:
        return loss_of_images(network, batch, name)
    form, *way = meant
    try:
        zero = value(form(batch["P_zero"]), *way)
    except Exception:
        zero = np.nan
    return value(form(probabilities), *way), zero, name + "()"


def logits_of(P):
    """Numbers of which these are the probabilities; where one is 0, so small a number that exp() of it is."""
    return np.where(P > 0, np.log(np.where(P > 0, P, 1)), -1e4)


def gives_logits(network, batch, probabilities):
    """Whether what the network returns for images is not yet these probabilities, but what they are made of."""
    for name in [name for name, _ in (method_of(network.model, FORWARDS), method_of(network.model, ["predict"])) if name is not None]:
        try:
            returned = getattr(network.small(batch), name)(batch["X"].copy())
            if returned.shape == probabilities.shape:
                return not softmaxed(returned) and np.allclose(softmax(returned), probabilities, atol=1e-6)
        except Exception:  # the student's own
            continue
    return False


def given_to_loss(P, Y, swap, alone):
    return [Y] if alone else [Y, P] if swap else [P, Y]


def meant_order(ways, value, P, Y):
    """The first of the ways in which a loss means its arguments: with which it gives about what it must; a wrong loss stays wrong."""
    true, best = -np.log(P[Y == 1]).mean(), None
    for order in ways:
        try:
            found = float(np.squeeze(value(*order)))
        except Exception:  # the student's own: another order of the arguments may do
            continue
        distance = abs(np.log(found / true)) if np.isfinite(found) and found > 0 else np.inf
        if best is None or distance < best[0]:
            best = (distance, order)
    return best and best[1]


def loss_of_images(network, batch, name):
    """The losses by a method of images and labels; that of P_zero by networks whose last layer gives a row of it for any image, one at a time."""
    for of in LABEL_FORMS:
        for swap in (False, True):
            def value(model, X, Y):
                return float(np.squeeze(getattr(model, name)(*given_to_loss(X.copy(), of(Y.copy()), swap, False))))

            try:
                found = value(network.small(batch), batch["X"], batch["Y"])
            except Exception:  # the student's own
                continue
            try:
                return found, zero_loss_of_images(network, batch, value, found), name + "(X, Y)"
            except Exception:  # the student's own: a single image may be less than it takes
                return found, None, name + "(X, Y)"
    return None, None, None


def zero_loss_of_images(network, batch, value, whole):
    X, Y = batch["X"], batch["Y"]
    rows = [slice(i, i + 1) for i in range(len(X))]

    def alone(model, row, P):
        layer = network.layers[-1]
        put(model, layer, np.zeros_like(batch["W3"]), logits_of(P))
        return value(model, X[row], Y[row])

    singles = [value(network.small(batch), X[row], Y[row]) for row in rows]
    over = next((over for over in (np.mean, np.sum) if np.isclose(over(singles), whole, rtol=1e-6)), None)
    if over is None or network.layers[-1].bias is None or len(network.layers) != len(SIZES) - 1:
        return None
    return float(over([alone(network.small(batch), row, P) for row, P in zip(rows, batch["P_zero"])]))


def orders_of(method):
    """(labels first?, labels alone?) as far as the arguments' names say it, else all."""
    names = [plain(name) for name in inspect.signature(method).parameters]
    if len(names) >= 2 and names[0] in OF_LABELS and names[1] in OF_PROBABILITIES:
        return [(True, False)]
    if len(names) >= 2 and names[0] in OF_PROBABILITIES and names[1] in OF_LABELS:
        return [(False, False)]
    return [(False, False), (True, False), (False, True)]


def loss_in_fit(network, batch):
    """The loss that fit() notes down of the published batch, with steps of 0; there is no other way to it."""
    if network.fits:
        try:
            after = network.fit(network.small(batch), batch["X"].copy(), batch["Y"].copy(), 0.0, 1, batch)
            (train, name), _ = learning_curve(after, 1, None)
            # Steps of 0 leave the published parameters as they are, or it is the loss of others.
            if train is not None and all(np.allclose(values, batch[key], rtol=1e-6, atol=0) for key, values in take(after, network.layers).items()):
                return float(train[0]), None, "fit(), " + name
        except Exception:  # the student's own
            pass
    return None, None, None


def ways_to_step(network, batch):
    """Functions of (X, Y, rate) that give the parameters after one step and what made it: through fit(), or else forward() and backward()."""

    def through_fit(X, Y, rate):
        return take(network.fit(network.small(batch), X, Y, rate, 1, batch), network.layers), "fit()"

    def through_wide_fit(X, Y, rate):
        wide = padded(X, (len(X), network.features))
        after = take(network.fit(network.embedded(batch), wide, Y, rate, 1, network.wide_batch(batch)), network.layers)
        return {name: value[tuple(slice(n) for n in batch[name].shape)] for name, value in after.items()}, "fit()"

    def through_backward(called, run):
        back = called[-1]

        def way(X, Y, rate):
            after, how = moved(X, Y, rate)
            other, _ = moved(X, np.roll(Y, 1, axis=1), rate)
            if same(list(after.values()), list(other.values())):
                # It goes back from what it kept of other images.
                raise Lacking(say("%s() の結果がラベルによって変わりません", "%s() gives the same for other labels") % back)
            return after, how

        def moved(X, Y, rate):
            model = network.small(batch)
            network.set(model, rate, 1)
            gave = run(model, X, Y)
            after = take(model, network.layers)
            how = ", ".join("%s()" % name for name in called)
            if all(np.array_equal(after[name], batch[name]) for name in after):
                update, _ = method_of(model, UPDATES)
                moves = None if update is not None else moves_in_cells(network.model, back, cells_and_names())
                optimizer = None if update is not None or moves is not None else optimizer_among(cells_and_names().values())
                beside = with_gradients(model, gave)
                if update is not None:
                    getattr(model, update)(**arguments_of_update(getattr(model, update), gave, rate))
                    how += ", %s()" % update
                elif moves is not None:
                    moves(model, gave, rate)
                    how += say("、セルの更新の行", ", the update in a cell")
                elif optimizer is not None and beside is not None:
                    how += ", %s.%s()" % (type(optimizer).__name__, moved_with(optimizer, *beside, rate))
                else:
                    raise Lacking(say("%s() は重みを動かしません" % back, "%s() moves no weights" % back))
                after = take(model, network.layers)
            return after, how

        return way

    fits = [through_fit, through_wide_fit] if network.fits else []
    backs = [through_backward(*way) for back in backwards_of(network.model) for way in ways_back(network.model, back)]
    # A fit() that changes the learning rate may do so before its first step.
    ways = backs + fits if changes_rate(network, batch) else fits + backs
    if not ways and backwards_of(network.model):
        raise Lacking(say("%s() に渡す勾配を返す損失関数が見つかりません", "no loss was found that gives the gradient which %s() is to be given") % backwards_of(network.model)[0])
    if not ways:
        raise Lacking(say("fit() も backward() もありません", "there is no fit() or backward()"))
    return ways


def changes_rate(network, batch):
    """Whether fit() leaves another learning rate than it is given."""
    try:
        after = network.fit(network.small(batch), batch["X"].copy(), batch["Y"].copy(), LEARNING_RATE, 1, batch)
    except Exception:  # the student's own
        return False
    return any(value != LEARNING_RATE for _, value in settings_of(after)["rate"])


def backwards_of(model):
    """The names of the methods that propagate back, or that give gradients."""
    return [name for name in (method_of(model, wanted)[0] for wanted in (BACKWARDS, GRADIENTS)) if name is not None]


def ways_back(model, back):
    """How such a method may have to be called, and what before it: [(names of the methods, function of a model, images and labels)]."""
    # Labels in the place of the gradient of what is above would give gradients that are nobody's.
    orders = () if takes_gradient(getattr(model, back)) else (lambda X, Y: [X, Y], lambda X, Y: [Y], lambda X, Y: [Y, X])
    ways = []
    for of in LABEL_FORMS:
        for ahead, gives_labels, run in ways_ahead(model):
            for order in [lambda X, Y: []] if gives_labels else orders:
                def way(model, X, Y, of=of, run=run, order=order):
                    run(model, X.copy(), of(Y.copy()))
                    return getattr(model, back)(*order(X.copy(), of(Y.copy())))

                ways.append((ahead + [back], way))
    return ways


def takes_gradient(back):
    """Whether a way back is given the gradient of the loss by what leaves the network, as `dout`."""
    return OF_GRADIENT.search(next(iter(inspect.signature(back).parameters), "")) is not None


def ways_ahead(model):
    """What may have to be called before a way back: [(names of the methods, whether they are given the labels, function of a model, images and labels)]."""
    forward, loss = method_of(model, FORWARDS)[0], method_of(model, LOSSES)[0]
    predict = "predict" if callable(attribute(model, "predict")) else None
    ways = [([name] if name else [], False, lambda model, X, _, name=name: name and getattr(model, name)(X)) for name in dict.fromkeys([forward, predict if forward is None else forward])]
    if loss is not None:
        ways.append(([loss], True, lambda model, X, Y: getattr(model, loss)(X, Y)))
    if forward is not None and len(inspect.signature(getattr(model, forward)).parameters) > 1:
        ways.append(([forward], True, lambda model, X, Y: getattr(model, forward)(X, Y)))
    for name in [name for name in (forward, predict) if name and loss]:
        def ahead(model, X, Y, name=name):
            P = getattr(model, name)(X)
            # Where it keeps what it gives, its loss may be given the labels alone.
            soft = P if P is None or softmaxed(P) else softmax(P)
            call = lambda model, order: getattr(model, loss)(*given_to_loss(P, Y, *order))
            one_hot = Y if Y.ndim == 2 else np.eye(CLASSES)[Y]
            call(model, (False, True) if P is None else meant_order(orders_of(getattr(model, loss)), lambda *order: call(copied(model), order), soft, one_hot))

        ways.append(([name, loss], True, ahead))
    return ways


def moves_in_cells(model, back, names):
    """
    What a loop of a cell does with the gradients of a method, as `net.params[key] -= lr * grad[key]` after `grad = net.gradient(x, t)`: a function of
    a model in the place of this one, the gradients and the rate. None where no cell moves its parameters, or with something else that the loop makes.
    """
    for tree in cells_of(names)[::-1]:
        for loop in [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]:
            roots = {root for node in loop.body for root in [moved_by(node)] if root is not None and is_of(names.get(root), model)}
            if len(roots) != 1:
                continue
            root = roots.pop()
            moves = [node for node in loop.body if moved_by(node) == root]
            read, own = names_in(moves, ast.Load), names_in(moves, ast.Store)
            gradients = {target.id for node in loop.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
                         and getattr(node.value.func, "attr", None) == back for target in node.targets if isinstance(target, ast.Name)}
            rates = {name for name in read if plain(name) in RATES}
            if (read & (names_in([loop], ast.Store) | changed_in(loop))) - own - gradients - rates - {root}:
                continue
            code = compile(ast.Module(moves, []), "<cell>", "exec")
            return lambda model, gave, rate: exec(code, {**names, root: unjoined(model), **dict.fromkeys(gradients, gave), **dict.fromkeys(rates, rate)})
    return None


def unjoined(model):
    """The network of one that is joined with what is beside it; of any other that itself."""
    own = attribute(model, "network_")
    return model if own is None else own


def is_of(value, model):
    """Whether a variable is this model, also where that faces rows or is joined with what is beside it."""
    own = attribute(unjoined(model), "__dict__")
    return value is model or (own is not None and attribute(value, "__dict__") is own)


def moved_by(node):
    """The variable whose arrays a statement moves: `x.y[z] -= ...`, `x.y = x.y - ...`, the same with +, or a loop of nothing else; None for any other."""
    if isinstance(node, ast.For):
        roots = {moved_by(inner) for inner in node.body}
        return roots.pop() if len(roots) == 1 and not node.orelse else None
    if isinstance(node, ast.AugAssign) and isinstance(node.op, (ast.Sub, ast.Add)):
        target = node.target
    elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.value, ast.BinOp) and isinstance(node.value.op, (ast.Sub, ast.Add)) \
            and ast.unparse(node.targets[0]) == ast.unparse(node.value.left):
        target = node.targets[0]
    else:
        return None
    return base_of(target)


def optimizer_among(values):
    """What updates parameters from outside of a network and keeps no arrays from step to step, as the book's SGD: alone, or held by a trainer."""
    values = list(values)
    kinds = [value for value in values if inspect.isclass(value)]
    own = lambda objects: [one for one in objects if any(type(one) is kind for kind in kinds)]
    for value in own(values) + [held for holder in own(values) for held in own(getattr(holder, "__dict__", {}).values())]:
        update = method_of(value, UPDATES)[1]
        if inspect.ismethod(update) and not any(isinstance(kept, np.ndarray) for _, kept in walk(value)):
            if len(demands(update)) == 2:
                return value
    return None


def with_gradients(model, gave):
    """The parameters of a model and their gradients in the same dicts, by the same names, or lists, in the same order; None where they are not kept so."""
    kept = getattr(unjoined(model), "__dict__", {}).items()
    if isinstance(gave, dict):
        alike = (value for name, value in kept if isinstance(value, dict) and value.keys() == gave.keys() and not GRADIENT.search(name))
        return next(((value, gave) for value in alike), None)
    lists = [(name, value) for name, value in kept if isinstance(value, list) and value and all(isinstance(one, np.ndarray) for one in value)]
    shapes = lambda value: [one.shape for one in value]
    pairs = [(value, other) for name, value in lists for beside, other in lists if not GRADIENT.search(name) and ONLY_GRADIENT.search(beside) and shapes(value) == shapes(other)]
    return pairs[0] if len(pairs) == 1 else None


def moved_with(optimizer, parameters, gradients, rate):
    """Has such an optimizer move these parameters at this rate, and gives the name of its method."""
    own = copied(optimizer)
    for slot, _ in settings_of(own)["rate"]:
        slot.set(own, rate)
    name, update = method_of(own, UPDATES)
    first = next(iter(inspect.signature(update).parameters))
    update(*([gradients, parameters] if GRADIENT.search(first) else [parameters, gradients]))
    return name


def changed_in(loop):
    """The variables of which a loop assigns parts, as `x.y = ...` and `x[y] -= ...`."""
    return {base_of(part) for part in ast.walk(loop) if isinstance(part, (ast.Attribute, ast.Subscript)) and isinstance(part.ctx, ast.Store)}


def base_of(node):
    """`x` of `x.y[z]`; None where that is no variable."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def names_in(nodes, context):
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, context)}


def arguments_of_update(update, gradients, rate):
    """By the names of its arguments: the learning rate, and the gradients for the one that it demands besides."""
    named = {}
    for parameter in inspect.signature(update).parameters.values():
        if plain(parameter.name) in RATES:
            named[parameter.name] = rate
        elif demanded(parameter) and gradients is not None:
            named[parameter.name] = gradients
    return named


def by_shape(arrays, like):
    """{W1: ..., B1: ...} of arrays that have the shapes of these, the last of each; None where one is not there."""
    found = {}
    for name, wanted in like.items():
        fits = [array for array in arrays if array.dtype.kind == "f" and np.squeeze(array).shape == np.squeeze(wanted).shape]
        if not fits:
            return None
        found[name] = fits[-1].reshape(wanted.shape)
    return found


def gradients_by(network, batch):
    """A function of images and labels that gives the gradients and what gave them, which moves no weights; None where no method does."""
    transposed = {"W%d" % i: layer.transposed for i, layer in enumerate(network.layers, 1)}
    like = {name: values.T if transposed.get(name) else values for name, values in published(batch).items()}

    def of(run, X, Y):
        model = network.small(batch)
        gave = run(model, X, Y)
        if any(not np.array_equal(values, batch[name]) for name, values in take(model, network.layers).items()):
            return None
        found = by_shape([value for _, value in walk([gave]) if isinstance(value, np.ndarray)], like)
        if found is None:
            kept = [value for slot, value in walk(model) if isinstance(value, np.ndarray) and any(GRADIENT.search(str(key)) for _, key in slot.steps)]
            # Of two arrays of one shape nobody knows which is the gradient.
            kept = [value for value in kept if [one.shape for one in kept].count(value.shape) == 1]
            found = by_shape(kept, like)
        if found is None or any(same(found[name], like[name]) for name in like):
            return None
        return {name: values.T if transposed.get(name) else values for name, values in found.items()}

    return way_to_gradients(network, batch, of)


def way_to_gradients(network, batch, of):
    """Of the ways back that one of which a function of it, images and labels makes gradients."""
    for back in backwards_of(network.model)[::-1]:
        for _, run in ways_back(network.model, back):
            try:
                gradients, others = [of(run, batch["X"], labels) for labels in (batch["Y"], np.roll(batch["Y"], 1, axis=0))]
                # What is the same for other labels was kept of other images.
                if gradients is not None and not same(list(gradients.values()), list(others.values())):
                    return lambda X, Y: of(run, X, Y), back + "()"
            except Exception:  # the student's own: another order of the arguments may do
                continue
    return None


def gradients_on_the_way(network, batch):
    """The same of what moves the weights, but not by the gradients, from variables and attributes that are called gradients."""

    def of(run, X, Y):
        model, watch = network.embedded(batch), Watch(vectors=True)
        with watch:
            run(model, padded(X, (len(X), network.features)), Y)
        return called_gradients(watch.arrays + [(slot.path, value) for slot, value in walk(model) if isinstance(value, np.ndarray)], network, batch)

    return way_to_gradients(network, batch, of)


def called_gradients(arrays, network, batch):
    """Those that are called gradients, of the sizes that were trained, in the corner where the published network stands; None where one is not there, or where two may be it."""
    trained = take(network.model, network.layers)
    transposed = {"W%d" % i for i, layer in enumerate(network.layers, 1) if layer.transposed}
    like = {name: values.T if name in transposed else values for name, values in trained.items()}
    if len({values.shape for values in like.values()}) < len(like):
        return None
    return cornered(by_shape([value for name, value in arrays if ONLY_GRADIENT.search(name)], like), transposed, batch)


def cornered(found, transposed, batch):
    upright = found and {name: values.T if name in transposed else values for name, values in found.items()}
    return upright and {name: values[tuple(slice(n) for n in batch[name].shape)] for name, values in upright.items()}


class NotSet(Lacking):
    """A setting that is not taken from where we set it: what came out is no single step at our learning rate."""

    def __init__(self, which):
        super().__init__(say(*NOT_SET[which][0]))
        self.line = say(*NOT_SET[which][1])


class OtherUpdate(Lacking):
    """An update that is not the course's, by what makes it where that is known."""

    def __init__(self, by):
        course = say("この課題の更新は、重みから「学習率 × 勾配」を引く確率的勾配降下法（SGD）です", "the course's is stochastic gradient descent, which takes the learning rate times the gradient from the weights")
        used = say("勾配の大きさによらず、どの重みも同じだけ動く更新が使われています", "an update moves every weight as far, however large its gradient is") if by is None else \
            say("更新に、前回までの値を使う %s が使われています", "the update is that of %s, which keeps values from step to step") % by
        super().__init__(used + say("。", "; ") + course)
        self.by = by


NOT_SET = {
    "rate": (
        ("学習率を設定できません。学習率を変えても、更新で動く量が変わりません", "could not set the learning rate: with another one the weights move as far"),
        ("lr = 0.01（クラスなら __init__() の self.lr）。更新ではこれを使います", "lr = 0.01, in a class self.lr in __init__(), and that in the updates"),
    ),
    "epochs": (
        ("エポック数を設定できません。1 エポックのはずが、重みの動く量が学習率に比例しません", "could not set the epochs: after what should be one, the weights have not moved in proportion to the learning rate"),
        ("self.n_epochs = 10（__init__() に）。fit() ではこれを使います", "self.n_epochs = 10 in __init__(), and that in fit()"),
    ),
    "batch": (
        ("バッチサイズを設定できません。%d 行が 1 つのバッチになりません" % ROWS, "could not set the batch size: %d rows are not taken as one batch" % ROWS),
        ("self.batch_size = 20（__init__() に）。fit() ではこれを使います", "self.batch_size = 20 in __init__(), and that in fit()"),
    ),
    "either": (
        ("エポック数かバッチサイズを設定できません。1 回の更新のはずが、重みの動く量が学習率に比例しません",
         "could not set the epochs or the batch size: after what should be one update, the weights have not moved in proportion to the learning rate"),
        ("self.n_epochs = 10; self.batch_size = 20（__init__() に）。fit() ではこれらを使います", "self.n_epochs = 10; self.batch_size = 20 in __init__(), and those in fit()"),
    ),
}


def drawn_alike(way, X, Y, rate):
    """One step, in which what draws anything draws the same each time."""
    return seeded(way, X.copy(), Y.copy(), rate)


def measured(way, batch):
    """
    What a way gives for the published batch, where that is one step at our learning rate: then the last layer's weights move in proportion to it, whatever
    mistakes there are, for their gradient is that of the parameters before. In several steps they do not, as each begins where another one ended.
    """

    def scaling(X, Y):
        """Whether they move in proportion, and whether they move at all times as far."""
        after = np.asarray(drawn_alike(way, X, Y, LEARNING_RATE)[0]["W3"])
        start = batch["W3"].astype(after.dtype)
        for factor in (100, 10, 2):
            try:
                other = start - drawn_alike(way, X, Y, factor * LEARNING_RATE)[0]["W3"]
            except Exception:  # the student's own: so large a step may be more than it takes
                continue
            if np.isfinite(other).all():
                rounding = 8 * factor * float(np.finfo(after.dtype).eps) * np.abs(start).max()
                near = lambda move: np.abs(move - other).max() <= 1e-3 * np.abs(other).max() + rounding
                return near(factor * (start - after)), near(start - after)
        return False, False

    after, how = drawn_alike(way, batch["X"], batch["Y"], LEARNING_RATE)
    last = np.asarray(after.get("W3"))
    if last.shape != batch["W3"].shape or last.dtype.kind != "f":
        return after, how
    proportional, same = scaling(batch["X"], batch["Y"])
    if same:
        # A way that moves nothing has made no step: as many rows as these are no batch to it.
        raise NotSet("batch" if proportional else "rate")
    if not proportional:
        try:
            # One row is one batch, whatever its size.
            alone, _ = scaling(batch["X"][:1], batch["Y"][:1])
        except Exception:  # the student's own: a single row may be less than it takes
            raise NotSet("either")
        raise NotSet("batch" if alone else "epochs")
    return after, how


def one_step(ways, batch):
    """The parameters after one step on the batch and on its smaller part, and what gave them."""
    errors, found = [], None
    for way in ways:
        try:
            found = found or measured(way, batch)
            return (*found, way(batch["X_small"].copy(), batch["Y_small"].copy(), LEARNING_RATE)[0])
        except Exception as error:  # the student's own, or no step: another way may do
            errors.append(error)
    raise next((error for kind in (NotSet, Lacking) for error in errors if isinstance(error, kind)), errors[0])


# --- Updates that are not the course's ---------------------------------------------------------------------------------------------------------


# Small, so that a step hardly changes the gradient of the next one; and by how much further two steps go where the second goes on with the first.
SMALL_RATE, MOVES_ON = 1e-3, 2.2


def names_of(slot):
    """What an array is called: its own name and those of the lists and dicts that hold it, none of an object that has it."""
    names = []
    for kind, key in slot.steps[::-1]:
        names.append(str(key))
        if kind == "attr":
            break
    return names


def parameters_of(network):
    return [slot.get(network.model) for slot in slots_of(network.layers)]


def likely_state(value, network):
    """The places in something of what is called a moment and has the shape of parameters, where the first weights have one; it is none of the parameters itself."""
    parameters = parameters_of(network)
    found = [(slot, array) for slot, array in walk(value) if isinstance(array, np.ndarray) and array.dtype.kind == "f" and any(array.shape in (one.shape, one.shape[::-1]) for one in parameters)
             and not any(array is one or np.may_share_memory(array, one) for one in parameters)
             and any(MOMENT.search(name) and not ONLY_GRADIENT.search(name) for name in names_of(slot))]
    # What leaves a hidden layer may have the shape of another one's weights.
    shapes = (parameters[0].shape, parameters[0].shape[::-1])
    return [slot for slot, _ in found] if any(array.shape in shapes for _, array in found) else []


def unlike(some, others):
    """Whether arrays differ by more than rounding."""
    return any(not np.allclose(one, other, rtol=1e-9, atol=8 * float(np.finfo(one.dtype).eps) * np.nanmax(np.abs(one), initial=0), equal_nan=True) for one, other in zip(some, others))


def goes_by_state(run):
    """
    Whether a step hangs on what is kept, and what is kept on the gradients: with run(kept, other), which gives the parameters and what is kept after one
    step from the same parameters on, with what is kept as it was or given anew, and with these gradients or others.
    """
    try:
        before, anew, other = [seeded(run, *how) for how in ((True, False), (False, False), (False, True))]
        return unlike(before[0], anew[0]) and unlike(anew[1], other[1])
    except Exception:  # the student's own: what cannot be tried says nothing
        return False


def give_anew(root, slots):
    """Other values in the place of moments: a mean of squares is not negative."""
    drawn = np.random.RandomState(0)
    for slot in slots:
        array = slot.get(root)
        array[...] = drawn.random_sample(array.shape)


def object_goes_by_state(value, network):
    """The same of an object with an update of its own, given gradients that are drawn: in what it holds, in the network or a layer that it is given, or beside parameters."""
    state, update = likely_state(value, network), method_of(value, UPDATES)[1]
    asked = [name for name in demands(update) if plain(name) not in RATES]
    if not state or len(asked) > 2:
        return False
    known, shapes = {id(array) for array in parameters_of(network)}, {array.shape for array in parameters_of(network)}

    def of(given):
        def run(kept, other):
            drawn = np.random.RandomState(1 + other)
            moved = [slot for slot, array in walk([value, *given]) if id(array) in known]
            whole = copied([value, *given])
            states = [Slot((("item", 0),) + slot.steps) for slot in state]
            spared = {id(slot.get(whole)) for slot in states + moved}
            for _, array in list(walk(whole)):
                if isinstance(array, np.ndarray) and array.dtype.kind == "f" and array.shape in shapes and id(array) not in spared:
                    array[...] = drawn.standard_normal(array.shape)
            if not kept:
                give_anew(whole, states)
            tables = [filled_like(held_state(value, state[0]), by) for by in (np.random.RandomState(0), drawn)] if len(asked) == 2 else []
            update = method_of(whole[0], UPDATES)[1]
            update(*whole[1:], *tables[:: -1 if tables and GRADIENT.search(asked[0]) else 1], **arguments_of_update(update, None, LEARNING_RATE))
            return [slot.get(whole) for slot in moved] + [array for _, array in walk(tables[:1]) if isinstance(array, np.ndarray)], [slot.get(whole) for slot in states]

        return run

    given = [[unjoined(network.model)], [network.layers[0].weight.owner(network.model)]] if len(asked) == 1 else [[]]
    return any(goes_by_state(of(one)) for one in given)


def held_state(value, slot):
    """All that stands beside a moment: the attribute that it is, or is within."""
    last = max(at for at, (kind, _) in enumerate(slot.steps) if kind == "attr")
    return Slot(slot.steps[: last + 1]).get(value)


def filled_like(value, drawn):
    """The same lists and dicts, with arrays that are drawn; what is counted is a list."""
    if isinstance(value, np.ndarray):
        return drawn.standard_normal(value.shape)
    if isinstance(value, dict) and list(value) == list(range(len(value))):
        value = list(value.values())
    if isinstance(value, dict):
        return {key: filled_like(one, drawn) for key, one in value.items()}
    return [filled_like(one, drawn) for one in value] if isinstance(value, (list, tuple)) else copy.deepcopy(value)


def network_goes_by_state(network, batch):
    """The same of a network that updates itself, as it has been trained: by its fit(), or by its way back and its update."""
    state = likely_state(network.model, network)
    if not state:
        return False
    X, Y = padded(batch["X"], (len(batch["X"]), network.features)), batch["Y"]

    def back(way):
        def step(model, X, Y, rate):
            network.set(model, rate, 1)
            before = list(take(model, network.layers).values())
            gave = way(model, X, Y)
            update = method_of(model, UPDATES)[1]
            if update is not None and same(before, list(take(model, network.layers).values())):
                update(**arguments_of_update(update, gave, rate))
            return model

        return step

    def of(step):
        def run(kept, other):
            model = network.at_first_layer(copied(network.model))
            if not kept:
                give_anew(model, state)
            after = step(model, X.copy(), np.roll(Y, 1, axis=1) if other else Y.copy(), LEARNING_RATE)
            return list(take(after, network.layers).values()), [slot.get(after) for slot in state]

        return run

    if network.fits:
        return goes_by_state(of(lambda model, X, Y, rate: network.fit(model, X, Y, rate, 1))) or moves_on(network, X, Y)
    return any(goes_by_state(of(back(way))) for name in backwards_of(network.model) for _, way in ways_back(network.model, name))


def moves_on(network, X, Y):
    """Whether two small steps of one fit() on one batch go the same way as the first, and further than two: it forgets at its start what it keeps."""

    def after(rate, epochs):
        fitted = seeded(network.fit, network.at_first_layer(copied(network.model)), X.copy(), Y.copy(), rate, epochs)
        return take(fitted, network.layers)["W1"].astype(float).ravel()

    try:
        start = after(0.0, 1)
        one, double, two = [after(*how) - start for how in ((SMALL_RATE, 1), (2 * SMALL_RATE, 1), (SMALL_RATE, 2))]
        times = two @ one / (one @ one)
        near = lambda move, other: np.abs(move - other).max() <= 0.05 * np.abs(other).max()
        return bool(times > MOVES_ON and near(double, 2 * one) and near(two, times * one))
    except Exception:  # the student's own: what cannot be tried says nothing
        return False


def outside_functions(node):
    """The parts of a statement that are not within a function or class."""
    yield node
    for part in ast.iter_child_nodes(node):
        if not isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            yield from outside_functions(part)


def updates(value):
    """Whether it is an object of the notebook's own with an update, as no progress bar is."""
    return type(value).__module__ == "__main__" and method_of(value, UPDATES)[0] is not None


def trained_with(network):
    """What holds the network, or has an update and is named beside it, in the last statement of a cell that names such: as the loop that trains it, or a call of a trainer."""
    names = cells_and_names()
    own = {name for name, value in names.items() if is_of(value, network.model)} | set(attribute(unjoined(network.model), "held_") or ())
    holds = lambda value: not isinstance(value, OPAQUE) and any(is_of(one, network.model) for kind, _, one in items_of(value) if kind == "attr")
    for statement in [statement for tree in cells_of(names)[::-1] for statement in tree.body[::-1]]:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        read = {part.id for part in outside_functions(statement) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)}
        found = [names[name] for name in sorted((read - own) & names.keys()) if holds(names[name]) or (read & own and updates(names[name]))]
        if found:
            return found
    return []


def other_optimizer(network, batch):
    """
    What moves a network otherwise than by its rate times the gradient, for its steps go by what it keeps of earlier ones: its class's name, or that of the
    network; None where nothing does, or where it cannot be tried.
    """
    own, beside = unjoined(network.model), trained_with(network)
    for value in [one for holder in [own, *beside] for _, one in walk(holder)] + beside:
        if updates(value) and not is_of(value, network.model) and likely_state(value, network) and object_goes_by_state(value, network):
            return type(value).__name__
    return kind_of(own).__name__ if network_goes_by_state(network, batch) else None


def moved_alike(after, batch):
    """Whether every weight of a layer has moved as far as any other, whatever its gradient is, as in the first step of AdaGrad, RMSProp and Adam."""
    for name in ("W1", "W2", "W3"):
        moves = np.abs(np.asarray(after[name], dtype=float) - batch[name])
        moves = moves[moves > 1e-12]
        if moves.size < batch[name].size / 2 or np.ptp(moves) > 1e-3 * moves.max():
            return False
    return True


# --- What came out of the training ------------------------------------------------------------------------------------------------------------


def numbers(value):
    """A list of numbers as an array; null where it is none."""
    if not isinstance(value, (list, tuple, np.ndarray)):
        return None
    try:
        array = np.asarray(value, dtype=float)
    except Exception:  # what is no number may raise anything
        return None
    array = np.squeeze(array) if array.ndim > 1 else array
    return array if array.ndim == 1 and array.size > 0 else None


def learning_curve(model, epochs, given):
    """[train, val] losses an epoch, each null where there is none, and their names."""
    if given is not None:
        parts = given if isinstance(given, dict) else {"train_loss": given}
        lists = [(str(name), numbers(value)) for name, value in parts.items()]
    else:
        lists = [(slot.name, numbers(value)) for slot, value in walk(model) if not isinstance(value, np.ndarray) or value.ndim == 1]
    named = [(name, values) for name, values in lists if values is not None and any(LOSS_WORD.search(word) for word in words(name))]

    def one(wanted):
        for name, values in named:
            if any(VALIDATION_WORD.search(word) for word in words(name)) != wanted:
                continue
            if epochs is None or len(values) == epochs:
                return values, name
            if len(values) == epochs + 1:
                return values[1:], name
            if len(values) > epochs and len(values) % epochs == 0:
                return values.reshape(epochs, -1).mean(axis=1), name
        return None, None

    return one(False), one(True)


# What is more than that counts batches, if nothing calls it epochs.
MOST_EPOCHS = 200


def are_epochs(name, value):
    """What is called iterations may count batches."""
    return "iter" not in plain(name) or value <= MOST_EPOCHS


def labels_of(predicted):
    predicted = np.asarray(predicted)
    if predicted.ndim == 2 and predicted.shape[1] > 1:
        return predicted.argmax(axis=1)
    return predicted.ravel().astype(int)


# --- The files --------------------------------------------------------------------------------------------------------------------------------


def export(model, X_test, y_test, student=None, folder=FOLDER, language="ja", forward=None, loss=None, gradients=None, step=None, predict=None,
           parameters=None, first=None, history=None, **settings):
    """Writes the files of a submission into `folder`, and says what was found and how.

    forward(X, parameters) gives Z1, Z2 and the probabilities; loss(probabilities, Y) a number; gradients(X, Y, parameters) and
    step(X, Y, parameters, learning_rate) a dict {W1: ..., B1: ...}; predict(X) labels; parameters and first are such dicts, or the names of
    attributes; history is {train_loss: [...], val_loss: [...]}. settings are lines of manifest.yaml, as sigma=0.01.
    """
    global LAST
    checklist = written(model, X_test, y_test, student, folder, language, forward, loss, gradients, step, predict, parameters, first, history, settings)
    LAST = model, folder, checklist
    checklist.show()
    if checklist.missing == 0:
        print(say("%s/ に全部のファイルを書きました。採点はしていません。" % folder, "Every file is in %s/. Nothing was graded." % folder))
    else:
        print(say("%s/ に書きました。足りないものが %d つあります。" % (folder, checklist.missing), "Written to %s/; %d missing." % (folder, checklist.missing)))


def written(model, X_test, y_test, student=None, folder=FOLDER, language="ja", forward=None, loss=None, gradients=None, step=None, predict=None,
            parameters=None, first=None, history=None, settings=None):
    """What export() does, without a word: the checklist."""
    LANGUAGE[0] = language
    settings = settings or {}
    checklist = Checklist()
    X_test, y_test = np.asarray(X_test), np.asarray(y_test)
    y_test = labels_of(y_test.T if y_test.ndim == 2 and y_test.shape[0] in (1, CLASSES) else y_test)
    # Images may be columns.
    X_test = X_test.T if X_test.ndim == 2 and X_test.shape[0] != len(y_test) == X_test.shape[1] else X_test.reshape(len(X_test), -1)
    batch = probe_batch()
    os.makedirs(folder, exist_ok=True)
    with undisturbed():
        model = facing_rows(model, X_test.shape[1])
        network, trained = found_network(model, X_test.shape[1], parameters, checklist)
        depth = len([name for name in trained if name.startswith("W")])
        probe = {}
        add_first(network, probe, X_test[:ROWS], np.eye(CLASSES)[y_test[:ROWS]], first, checklist)
        if depth == 3:
            add_probe(network, probe, batch, {"forward": forward, "loss": loss, "gradients": gradients, "step": step}, checklist)
        elif depth > 0:
            for what in ("forward", "step"):
                checklist.lacks(what, say("probe は隠れ層が 2 つの場合だけです（このネットワークでは %d つ）" % (depth - 1), "the probe is for two hidden layers, and this network has %d" % (depth - 1)), "")
            add_loss(network, probe, batch, outputs_of(batch), loss, checklist)
        save(folder, "weights.npz", trained)
        save(folder, "probe.npz", probe)
        write_predictions(folder, model, X_test, y_test, predict, checklist)
        kept = settings_of(model)
        kept["epochs"] = [one for one in kept["epochs"] if are_epochs(one[0].name, one[1])]
        epochs = settings.get("epochs", int(kept["epochs"][0][1]) if kept["epochs"] else None)
        rows = write_history(folder, model, epochs, history, checklist)
        write_manifest(folder, {"student": student, "epochs": epochs or rows, "kept": kept, "trained": trained, "probe": probe}, batch, settings, checklist)
    return checklist


def found_network(model, features, parameters, checklist):
    if isinstance(parameters, dict) and all(isinstance(value, str) for value in parameters.values()):
        count = len([name for name in parameters if name.upper().startswith("W")])
        try:
            layers = [Layer(slot_in(model, parameters["W%d" % i]), slot_in(model, parameters["B%d" % i]) if "B%d" % i in parameters else None, False) for i in range(1, count + 1)]
            problem = None
        except Lacking as error:
            layers, problem = None, said(error)
    elif isinstance(parameters, dict):
        checklist.found("parameters", "parameters=")
        return None, {name: np.asarray(value) for name, value in parameters.items()}
    else:
        layers, problem = find_layers(model, features)
    if layers is None:
        checklist.lacks("parameters", problem, line_of_parameters(model))
        return None, {}
    names = ", ".join(slot.path for slot in slots_of(layers))
    if any(layer.bias is None for layer in layers):
        checklist.lacks("parameters", say("バイアスが見つかりません（%s）" % names, "there are biases missing (%s)" % names), line_of_parameters(model))
    else:
        checklist.found("parameters", names)
    return Network(model, layers, features), take(model, layers)


def line_of_parameters(model):
    """The argument that says where the parameters are, with this model's own names where they have numbers."""
    found = {}
    for slot, value in walk(model):
        if isinstance(value, np.ndarray) and value.dtype.kind == "f" and not any(GRADIENT.search(str(key)) for _, key in slot.steps):
            number = re.findall(r"\d+", slot.path)
            for letter, names in (("W", WEIGHT), ("B", BIAS)):
                if number and names.search(slot.name):
                    found.setdefault(letter + number[-1], slot.path)
    if "W1" not in found:
        found = {"W1": "W1", "B1": "B1"}
    return "submit.export(..., parameters={%s, ...})" % ", ".join('"%s": "%s"' % (name, path) for name, path in sorted(found.items(), key=lambda one: (int(one[0][1:]), one[0][0] == "B"))[:2])


def slot_in(model, path):
    """The place of an array, by the way to it, or by its own name where that is the only one of that name."""
    slot = slot_at(path)
    try:
        if isinstance(slot.get(model), np.ndarray):
            return slot
    except Exception:  # there is no such way
        pass
    named, known = [], set()
    for slot, value in walk(model):
        if isinstance(value, np.ndarray) and plain(slot.name) == plain(path) and id(value) not in known:
            known.add(id(value))
            named.append(slot)
    if len(named) != 1:
        raise Lacking(say("%s という配列が見つかりません", "there is no array %s") % path if not named else
                      say("%s という名前の配列が 2 つ以上あります（%s）", "there are several arrays %s (%s)") % (path, ", ".join(slot.path for slot in named)))
    return named[0]


def slot_at(path):
    """`FC1.W`, `params['W1']`, `W[0]` as a way."""
    steps = []
    for attribute, item in re.findall(r"([A-Za-z_]\w*)|\[([^\]]+)\]", path):
        if attribute and not item:
            steps.append(("attr", attribute))
        else:
            steps.append(("item", int(item) if item.lstrip("-").isdigit() else item.strip("'\"")))
    return Slot(tuple(steps))


def add_first(network, probe, X, Y, given, checklist):
    try:
        drawn, how = given, "first="
        if network is not None and (given is None or network.fits):
            try:
                found, by = network.first(X, Y)
                drawn, how = (found, by) if given is None else (given, how)
            except Exception:
                if given is None:
                    raise
        if drawn is None:
            raise Lacking(say("学習前の重みが残っていません", "no weights of before the training are left"))
        probe.update({"init_" + name: np.asarray(value) for name, value in drawn.items()})
        checklist.found("init", how)
    except Exception as error:
        checklist.lacks("init", said(error), 'submit.export(..., first={"W1": ..., "B1": ...})')


def add_probe(network, probe, batch, given, checklist):
    found, how = {}, None
    try:
        found, how = forward_of(network, batch, given["forward"])
    except Exception as error:
        checklist.lacks("forward", said(error), "submit.export(..., forward=lambda X, p: (Z1, Z2, Z3))")
    probe.update(found)
    if "probabilities" in found:
        lost = [name for name in ("A1", "A2") if name not in found]
        if lost:
            checklist.lacks("forward", say("%s にない値: %s" % (how, ", ".join(lost)), "not in %s: %s" % (how, ", ".join(lost))), "submit.export(..., forward=lambda X, p: (Z1, Z2, Z3))")
        else:
            checklist.found("forward", how)
        probe["predictions"] = predicted_rows(network, batch, found["probabilities"])
        large = dict(batch, W3=batch["W3_large"])
        with contextlib.suppress(Exception):  # what is not there is not handed in
            probe["probabilities_large"] = forward_of(network, large, given["forward"])[0]["probabilities"]
        add_loss(network, probe, batch, found["probabilities"], given["loss"], checklist)
    elif how is None and not any(what == "forward" for _, what, _ in checklist.lines):
        checklist.lacks("forward", say("forward= がありません", "there is no forward="), "submit.export(..., forward=lambda X, p: (Z1, Z2, Z3))")
    add_step(network, probe, batch, given, checklist)


def add_loss(network, probe, batch, probabilities, given, checklist):
    value, zero, by = loss_of(network, batch, probabilities, given)
    if value is None:
        name, _ = (None, None) if network is None else method_of(network.model, LOSSES)
        other = say("%s() の引数は確率とラベルではありません", "%s() needs other arguments than probabilities and labels")
        checklist.lacks("loss", say("損失を計算するメソッドがありません", "no method gives the loss") if name is None else other % name, "submit.export(..., loss=lambda P, Y: ...)")
        return
    probe["loss"] = value
    if zero is not None:
        probe["loss_zero"] = zero
    elif by.endswith("(X, Y)"):
        by += say("。確率が 0 のときの損失は、submit.export(..., loss=lambda P, Y: ...) で", "; of a probability of 0 by submit.export(..., loss=lambda P, Y: ...)")
    checklist.found("loss", by)


def outputs_of(batch):
    """The published network's probabilities, with tanh: for a loss that is a function of those, whatever network is the student's."""
    Z = batch["X"]
    for layer in ("1", "2"):
        Z = np.tanh(Z @ batch["W" + layer] + batch["B" + layer])
    return softmax(Z @ batch["W3"] + batch["B3"])


def add_step(network, probe, batch, given, checklist):
    other = None if network is None or given["step"] is not None else other_optimizer(network, batch)
    try:
        if given["step"] is not None:
            ways = [lambda X, Y, rate: (given["step"](X, Y, published(batch), rate), "step=")]
        elif network is None:
            raise Lacking(say("step= がありません", "there is no step="))
        elif other is not None:
            raise OtherUpdate(other)
        else:
            ways = ways_to_step(network, batch)
        full, how, small = one_step(ways, batch)
        if given["step"] is None and moved_alike(full, batch):
            raise OtherUpdate(None)
    except Exception as error:
        if isinstance(error, OtherUpdate):
            checklist.optimizer = error.by or ""
        own = isinstance(error, NotSet) and given["step"] is None
        by = add_gradients_alone(network, probe, batch, given["gradients"], isinstance(error, OtherUpdate))
        why = said(error) + ("" if by is None else say("。勾配は %s から求めました" if by.isascii() else "。勾配は%sから求めました", "; the gradients are those of %s") % by)
        line = "" if isinstance(error, OtherUpdate) else error.line if own and by is None else "submit.export(..., step=lambda X, Y, p, lr: {...})"
        checklist.lacks("step", why, line)
        return
    probe.update({"new_" + name: np.asarray(value) for name, value in full.items()})
    for prefix, X, Y, new in (("d", "X", "Y", full), ("small_d", "X_small", "Y_small", small)):
        values = None if given["gradients"] is None else given["gradients"](batch[X].copy(), batch[Y].copy(), published(batch))
        if values is None:
            # The gradient is how far a step moves, divided by the learning rate.
            values = {name: (batch[name] - new[name]) / LEARNING_RATE for name in new}
        probe.update({prefix + name: np.asarray(value) for name, value in values.items()})
    checklist.found("step", how)


def add_gradients_alone(network, probe, batch, given, moving):
    """Where nothing makes a step: what gave them, or None."""
    try:
        own = None if given is not None or network is None else gradients_by(network, batch) or (gradients_on_the_way(network, batch) if moving else None)
        gradients, by = (own or (None, None)) if given is None else (lambda X, Y: given(X, Y, published(batch)), "gradients=")
        if gradients is None:
            return None
        for prefix, X, Y in (("d", "X", "Y"), ("small_d", "X_small", "Y_small")):
            probe.update({prefix + name: np.asarray(value) for name, value in gradients(batch[X].copy(), batch[Y].copy()).items()})
        return by
    except Exception:  # the student's own: what is not there is not handed in
        return None


def predicted_rows(network, batch, probabilities):
    if network is not None and callable(attribute(network.model, "predict")):
        try:
            return labels_of(network.small(batch).predict(batch["X"].copy()))
        except Exception:  # the student's own: what the probabilities say stands for it
            pass
    return probabilities.argmax(axis=1)


def predictor_of(model):
    """What says the classes of images, and its name: predict(), else the forward propagation by the most probable class; None where there is neither."""
    predict = attribute(model, "predict")
    if predict is not None:
        return predict, "predict"
    name, forward = method_of(model, FORWARDS)

    def by_forward(X):
        own = copied(model)
        before = [value for _, value in walk(own) if isinstance(value, np.ndarray)]
        returned = getattr(own, name)(X)
        shape = (len(X), CLASSES)
        of_images = lambda values: [value for value in values if isinstance(value, np.ndarray) and value.shape in (shape, shape[::-1])]
        given = of_images([returned] if isinstance(returned, np.ndarray) else [value for _, value in walk([returned])])
        # What it had before, as labels in a row of zeros and a one, is nothing that it says of these.
        kept = [value for value in of_images(value for _, value in walk(own)) if not any(value is one for one in before)]
        given, kept = [[value if value.shape == shape else value.T for value in values] for values in (given, kept)]
        soft = [value for value in given + kept if softmaxed(value)]
        if not soft + given:
            raise Lacking(say("%s() は 1 枚につき %d 個の数を返しません", "%s() gives no %d numbers for each image") % (name, CLASSES))
        return (soft or given)[-1].argmax(axis=1)

    return (None, None) if name is None else (by_forward, name)


def write_predictions(folder, model, X_test, y_test, predict, checklist):
    predict, name = (predict, "predict") if predict is not None else predictor_of(model)
    try:
        if predict is None:
            raise Lacking(say("予測する関数がありません", "nothing predicts"))
        predicted = labels_of(predict(X_test))
        if len(predicted) != len(X_test):
            raise Lacking(say("%d 枚に %d 個の予測" % (len(X_test), len(predicted)), "%d predictions of %d images" % (len(predicted), len(X_test))))
    except Exception as error:
        checklist.lacks("predictions", said(error), "submit.export(..., predict=lambda X: ...)")
        return
    index = np.arange(len(predicted))
    wrong = index[predicted != y_test]
    table(folder, "predictions.csv", "index,label", np.c_[index, predicted], "%d")
    table(folder, "misclassified.csv", "index,predicted,label", np.c_[wrong, predicted[wrong], y_test[wrong]], "%d")
    checklist.found("predictions", name + "()")


def write_history(folder, model, epochs, given, checklist):
    (train, name), (val, val_name) = learning_curve(model, epochs, given)
    if train is None or (epochs is None and len(train) > MOST_EPOCHS):
        checklist.lacks("history", say("エポックごとの損失のリストがありません", "there is no list of losses by epoch"), 'submit.export(..., history={"train_loss": [...], "val_loss": [...]})')
        return None
    columns = [1 + np.arange(len(train)), train]
    header = "epoch,train_loss"
    if val is not None and len(val) == len(train):
        columns.append(val)
        header += ",val_loss"
        checklist.found("val_history", val_name)
    table(folder, "history.csv", header, np.column_stack(columns), ["%d"] + ["%.9g"] * (len(columns) - 1))
    checklist.found("history", name)
    return len(train)


def write_manifest(folder, known, batch, given, checklist):
    kept, trained, probe = known["kept"], known["trained"], known["probe"]
    names = activation_names(probe, batch) if "A1" in probe and "A2" in probe else [None]
    depth = len([name for name in trained if name.startswith("W")])
    lines = {"schema": 1, "student": known["student"] or "your-id", "track": "artifact"}
    if depth > 0:
        lines["hidden"] = [int(trained["W%d" % i].shape[1]) for i in range(1, depth)]
        lines["dtype"] = str(trained["W1"].dtype)
    if None not in names:
        lines["activation"] = names[0] if len(set(names)) == 1 else "[%s]" % ", ".join(names)
    for key, place in (("sigma", "sigma"), ("learning_rate", "rate"), ("batch_size", "batch")):
        if kept[place]:
            value = kept[place][0][1]
            lines[key] = int(value) if key == "batch_size" else float(value)
    measured = measured_sigma(probe)
    # What is called std or scale may be that of the pixels.
    doubtful = not kept["sigma"] or plain(kept["sigma"][0][0].name) in ("std", "scale")
    if measured is not None and doubtful and not abs(lines.get("sigma", 0) - measured) <= 0.15 * measured:
        lines["sigma"] = measured
    if known["epochs"]:
        lines["epochs"] = int(known["epochs"])
    if "dB3" in probe and "probabilities" in probe:
        summed = np.abs((probe["probabilities"] - batch["Y"]).sum(axis=0)).sum()
        # Which of the two it is nearer to: ROWS times smaller, or not.
        lines["reduction"] = "sum" if np.abs(probe["dB3"]).sum() > summed / np.sqrt(ROWS) else "mean"
    # Without random_state nobody can tell which images were set aside, nor what was drawn.
    lines["split"] = "unknown"
    lines["seeds"] = "unknown"
    lines.update(given)
    with open(os.path.join(folder, "manifest.yaml"), "w", encoding="utf-8") as file:
        file.writelines("%s: %s\n" % line for line in lines.items())
    shown = ", ".join("%s: %s" % line for line in lines.items() if line[0] not in ("schema", "track", "seeds", "student"))
    unknown = [key for key in ("learning_rate", "batch_size", "epochs", "sigma", "activation") if key not in lines]
    if unknown:
        example = ", ".join("%s=..." % key for key in unknown)
        checklist.lacks("manifest", say("わからない設定: %s" % ", ".join(unknown), "not known: %s" % ", ".join(unknown)), "submit.export(..., %s)" % example)
    else:
        checklist.found("manifest", shown)
    if known["student"] is None:
        checklist.lacks("student", say("書かれていません", "not given"), 'submit.export(..., student="s1234567")')


def measured_sigma(probe):
    """The standard deviation of the weights before the training, where it is the same in all layers; none has it in its name."""
    deviations = [float(np.std(values)) for name, values in sorted(probe.items()) if name.startswith("init_W")]
    if not deviations or min(deviations) == 0 or max(deviations) > 1.15 * min(deviations):
        return None
    return float("%.2g" % deviations[0])


def check(folder=FOLDER, language="ja"):
    """Looks at the files: shapes, whether every number is finite, and whether the saved weights give the saved predictions. Grades nothing."""
    LANGUAGE[0] = language
    checklist = Checklist()
    batch = probe_batch()
    for name in ("manifest.yaml", "probe.npz", "weights.npz", "predictions.csv", "misclassified.csv", "history.csv"):
        path = os.path.join(folder, name)
        if not os.path.exists(path):
            checklist.say_of(name, say("ありません", "is not there"), False)
        elif name.endswith(".npz"):
            with np.load(path) as arrays:
                bad = [key for key in arrays.files if not np.isfinite(arrays[key]).all()]
                wrong = wrong_shapes(arrays, batch) if name == "probe.npz" else []
                checklist.say_of(name, "; ".join(wrong + [say("有限でない数: ", "not finite: ") + key for key in bad]) or ", ".join(arrays.files), not wrong and not bad)
        else:
            with open(path, encoding="utf-8") as file:
                checklist.say_of(name, say("%d 行", "%d lines") % len(file.read().splitlines()), True)
    for mark, what, text in checklist.lines:
        print("  %s  %s: %s" % (mark, what, text))
    print(say("採点はしていません。", "Nothing was graded."))


def wrong_shapes(arrays, batch):
    """Arrays of probe.npz whose shape is not that of the published network's."""
    wanted = {"A1": (ROWS, SIZES[1]), "A2": (ROWS, SIZES[2]), "probabilities": (ROWS, SIZES[3]), "probabilities_large": (ROWS, SIZES[3]), "predictions": (ROWS,)}
    for prefix in ("d", "small_d", "new_"):
        wanted.update({prefix + name: values.shape for name, values in published(batch).items()})
    text = say("%s の形は %s、あるべき形は %s", "%s has the shape %s, and must have %s")
    absent = say("%s がありません", "there is no %s")
    return [absent % key if key not in arrays.files else text % (key, arrays[key].shape, shape)
            for key, shape in wanted.items() if key not in arrays.files or arrays[key].shape != shape]


def save(folder, name, arrays):
    if arrays:
        np.savez(os.path.join(folder, name), **{key: np.asarray(value, order="C") for key, value in arrays.items()})


def table(folder, name, header, rows, form):
    np.savetxt(os.path.join(folder, name), rows, fmt=form, delimiter=",", header=header, comments="")


def said(error):
    return str(error) if isinstance(error, Lacking) else "%s: %s" % (type(error).__name__, error)
