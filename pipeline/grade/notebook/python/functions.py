"""A notebook without a class: its functions as the methods of an object, each called with what its arguments are named after."""
import ast
import contextlib
import inspect
import itertools
import re
import signal
import time

import numpy as np
import submit
from called import globals_of, is_called_loss, losses_of_trainings, own_functions

ROLES = {
    "forward": submit.FORWARDS + ["forward_propagate", "model_forward", "forwardprop", "predict_prob"],
    "loss": submit.LOSSES + ["cross_entropy_loss_fn", "loss_fn", "lossfunction"],
    "gradients": submit.BACKWARDS + submit.GRADIENTS + ["backpropagate", "model_backward"],
    "update": submit.UPDATES + ["update_weights", "sgd", "sgd_update", "apply_gradients"],
    "step": ["step", "train_step", "train_batch", "train_on_batch", "training_step", "sgd_step"],
    "train": ["train", "fit", "train_model", "train_network", "training", "learn", "gakushu", "gakusyu", "kunren", "学習", "訓練"],
    "init": ["init", "initialize", "initialise", "init_params", "init_parameters", "initialize_params", "initialize_parameters", "init_weights", "initialize_weights", "init_network", "make_params", "shokika", "syokika", "初期化", "重み初期化", "パラメータ初期化"],
    "predict": ["predict", "predict_labels", "prediction", "infer", "yosoku", "suisoku", "suiron", "予測", "推論"],
}
INPUTS = {"x", "xbatch", "batchx", "xb", "bx", "xmini", "minix", "inputs", "input", "data", "images", "a0", "z0", "xtrain", "nyuryoku", "gazou", "gazo", "入力", "画像"}
LABELS = {"y", "t", "ybatch", "batchy", "yb", "by", "miniy", "ytrue", "ytruth", "labels", "label", "target", "targets", "yonehot", "onehot", "truth", "ytrain", "seikai", "kyoushi", "kyoshi", "正解", "正解ラベル", "教師", "教師データ", "ラベル"}
PROBABILITIES = {"p", "yhat", "ypred", "prob", "probs", "probabilities", "probability", "z3", "a3", "out", "output", "outputs", "pred", "preds", "prediction", "yp", "proba", "q", "kakuritsu", "shutsuryoku", "syuturyoku", "確率", "出力"}
PARAMETERS = {"p", "params", "parameters", "param", "theta", "weights", "net", "network", "model", "w", "ws", "omomi", "para", "重み", "パラメータ"}
GRADIENTS = {"g", "grads", "grad", "gradients", "gradient", "dparams", "dp", "d", "koubai", "kobai", "勾配"}
CACHES = {"cache", "caches", "memory", "activations", "acts", "c", "forwardcache"}
NOTHING = object()
# How long a function may take by which it is seen what it does, how many are tried, and on how many images.
TRIED_SECONDS, TRIED_ROWS = 5, 50


class TimeUp(BaseException):
    """No Exception, which a student's own code may look after."""


@contextlib.contextmanager
def ending(ends):
    """What runs within is broken off at that time."""

    def stop(*_):
        raise TimeUp()

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, max(0.01, ends - time.monotonic()))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def find_roles(names):
    """Which function of the notebook does what, by its name."""
    found, losses = {}, losses_of_trainings(names)
    for role, wanted in ROLES.items():
        for name, value in names.items():
            if role == "loss" and name not in losses:
                continue
            if inspect.isfunction(value) and submit.plain(name) in {submit.plain(one) for one in wanted}:
                found[role] = value
    step, update = found.get("step"), found.get("update")
    if update is not None and step is None and takes(update, INPUTS) and takes(update, LABELS):
        found["step"] = update
    if step is not None and not takes(step, INPUTS):
        found.setdefault("update", found.pop("step"))
    return found


def takes(function, wanted):
    return any(submit.plain(name) in wanted for name in inspect.signature(function).parameters)


def two_alike(function):
    """Two arguments of which each may be the labels, as `y` and `t`, or the probabilities; empty where the names say which is which."""
    labels, others = [[name for name in inspect.signature(function).parameters if submit.plain(name) in wanted] for wanted in (LABELS, PROBABILITIES)]
    if len(labels) == 2 and all(submit.plain(name) in PARAMETERS for name in others):
        return labels
    return others if len(others) == 2 and not labels else []


# What is called so is a sigma where weights are drawn, and elsewhere of pixels.
OF_PIXELS = {"std", "scale"}


def settings_around(names, readers, drawing, cells):
    """
    Settings among a notebook's variables, as submit.settings_of() gives them: those that these functions read, and with `cells` those that are written
    there as numbers. What a loop of a cell counts with is none, nor what is computed of the data.
    """
    counted, written = assigned(names)
    read = {name for function in readers for name in globals_of(function.__code__)}
    drawn_with = {name for function in drawing for name in globals_of(function.__code__)}
    fits = {
        name: value for name, value in names.items()
        if isinstance(value, (int, float, np.integer, np.floating)) and name not in counted and (name in read or (cells and name in written))
        and (submit.plain(name) not in OF_PIXELS or (name in drawn_with and name in written))
    }
    return submit.settings_of(fits)


def settings_of_loops(names):
    """Settings that a loop of the cells reads, as submit.settings_of() gives them: variables that are given a number once, as it is written, and nothing else."""
    given, read = {}, set()

    def of(statements, once):
        for node in statements:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                continue
            loop = isinstance(node, (ast.For, ast.While))
            if loop:
                read.update(part.id for part in ast.walk(node) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load))
            parts = [part for part in ("body", "orelse", "finalbody", "handlers") if getattr(node, part, None)]
            plain = once and isinstance(node, ast.Assign) and all(isinstance(part, ast.Constant) for part in getattr(node.value, "elts", [node.value]))
            own = [value for part, value in ast.iter_fields(node) if part not in parts]
            stored = [part.id for value in own for one in (value if isinstance(value, list) else [value]) if isinstance(one, ast.AST)
                      for part in ast.walk(one) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)]
            for name in stored:
                given.setdefault(name, []).append(plain)
            for part in parts:
                of([inner for inner in getattr(node, part) if isinstance(inner, ast.AST)], once and not loop)

    for tree in submit.cells_of(names):
        of(tree.body, True)
    fits = {name: names[name] for name in read if given.get(name) == [True] and isinstance(names.get(name), (int, float))}
    return submit.settings_of(fits)


def assigned(names):
    """Names that loops of the cells assign to, and names that are given numbers as they are written."""
    counted, written = set(), set()

    def of(statements):
        for node in statements:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                continue
            if isinstance(node, ast.For):
                counted.update(part.id for part in ast.walk(node.target) if isinstance(part, ast.Name))
            if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None and not any(isinstance(part, (ast.Name, ast.Call)) for part in ast.walk(node.value)):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                written.update(part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name))
            for part in ("body", "orelse", "finalbody"):
                of(getattr(node, part, []))

    for tree in submit.cells_of(names):
        of(tree.body)
    return counted, written


def arrays_in(value, depth=0):
    if isinstance(value, np.ndarray):
        yield value
    elif depth < 3 and isinstance(value, dict):
        for one in value.values():
            yield from arrays_in(one, depth + 1)
    elif depth < 3 and isinstance(value, (list, tuple)):
        for one in value:
            yield from arrays_in(one, depth + 1)


def network_of(names, features, images):
    """
    An object that does with the notebook's functions what a class would; None where there are no parameters. Of several that may be the parameters it is
    with those that are right for most of the images.
    """
    images = [array[:TRIED_ROWS * 4] for array in images]
    roles = find_roles(names)
    kept = Names(names)
    names = kept.all
    found = []
    for held, biases_at in held_parameters(names, features):
        for columns in (False, True):
            model = Base(kept, roles, held, features)
            model.columns_, model.biases_at_ = columns, biases_at
            model.learn_roles_(images)
            if biases_at is not None and not model.hangs_on_biases_():
                continue
            found.append((model.rightly_(images), model))
            if found[-1][0] > 0.5:
                break
    if not found:
        return None
    # max() takes the first of equals.
    _, model = max(found, key=lambda one: one[0])
    roles = model.roles_
    kind = {"forward": Base.own_forward, "loss": Base.own_either_loss if "loss" in roles and two_alike(roles["loss"]) and not model.as_.get("loss") else Base.own_loss, "train": Base.own_fit}
    methods = {role.replace("train", "fit"): method for role, method in kind.items() if role in roles}
    if "step" in roles or "gradients" in roles:
        methods["backward"] = Base.own_backward
    if "forward" in roles or "predict" in roles:
        methods["predict"] = Base.own_predict
    model.__class__ = type("Functions", (Base,), methods)
    return model


def held_parameters(names, features):
    """All ({variable: value}, place of the biases in the weights or None) that may be the parameters, a dict or list of them or an array each: the likeliest first."""
    found = []
    for biases_at in (None, 0, -1):
        held = [{name: value} for name, value in reversed(list(names.items()))
                if isinstance(value, (dict, list)) and name not in ("In", "Out") and submit.find_layers({name: value}, features, biases_at)[0] is not None]
        held.sort(key=lambda one: any(submit.plain(name) in GRADIENTS or submit.BESIDE.search(name) for name in one))
        arrays = {name: value for name, value in names.items() if isinstance(value, np.ndarray) or (isinstance(value, list) and {name: value} not in held)}
        layers, _ = submit.find_layers(arrays, features, biases_at)
        if layers is not None:
            held.append({slot.steps[0][1]: names[slot.steps[0][1]] for slot in submit.slots_of(layers)})
        if biases_at is not None and found and all(at is None for _, at in found):
            break
        found += [(one, biases_at) for one in held[:MOST_HELD]]
    return found


MOST_HELD = 8


class Base:
    def __init__(self, names, roles, held, features):
        for name, value in held.items():
            setattr(self, name, value)
        self.held_, self.roles_, self.features_ = tuple(held), roles, features
        # What arguments are whose names do not say it, by the role: {name: "X", "Y", "P", "parameters" or "gradients"}; and whether a sample is a column.
        self.as_, self.columns_, self.biases_at_ = {}, False, None
        self.names_ = names
        self.made_, self.written_ = {}, {}
        self.learning_rate = 0.1
        around = settings_around(names.all, roles.values(), [roles[role] for role in ("init", "train") if role in roles], True)
        for key, place in (("rate", "learning_rate"), ("epochs", "n_epochs"), ("batch", "batch_size"), ("sigma", "sigma")):
            found = around[key]
            if found:
                setattr(self, place, found[0][1])

    def layers_(self, features):
        return submit.find_layers({name: getattr(self, name) for name in self.held_}, features, self.biases_at_)[0]

    def hangs_on_biases_(self):
        """Whether what is said of images that are 0 hangs on what is taken for the biases of the first layer."""
        fresh, X, said = submit.copied(self), np.zeros((submit.ROWS, self.features_)), []
        try:
            for moved in (0, 10):
                bias = HeldLayer(fresh.layers_(self.features_)[0]).bias
                bias.set(fresh, moved * np.cos(np.arange(bias.get(fresh).size)))
                said.append(fresh.own_forward(X))
        except Exception:  # the student's own
            return False
        return not submit.same(*said)

    def parameters_(self):
        return {name: getattr(self, name) for name in self.held_}

    def like_(self, features):
        return submit.take(self.parameters_(), self.layers_(features))

    def by_shape_(self, value, features):
        """{W1: ..., B1: ...} of what has the shapes of the parameters, as like_() gives those; None where one is not there."""
        like = self.like_(features)
        turned = {"W%d" % i for i, layer in enumerate(self.layers_(features), 1) if layer.transposed}
        found = submit.by_shape(list(arrays_in(value)), {name: wanted.T if name in turned else wanted for name, wanted in like.items()})
        return found and {name: array.T if name in turned else array for name, array in found.items()}

    def put_(self, found, features):
        for i, layer in enumerate(self.layers_(features), 1):
            submit.put(self, HeldLayer(layer), found["W%d" % i], found.get("B%d" % i))

    def call_(self, role, **given):
        function = self.roles_[role]
        given = {key: self.turned_(value) for key, value in given.items()}
        named = {}
        for parameter in inspect.signature(function).parameters.values():
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                continue
            value = self.argument_(role, parameter.name, given)
            # Two arguments are two things: what is given to both is right for one of them at most.
            if any(value is other for other in named.values() if isinstance(other, (np.ndarray, dict))):
                value = NOTHING
            if value is not NOTHING:
                named[parameter.name] = value
            elif parameter.default is parameter.empty:
                raise TypeError(submit.say("%s() の引数 %s に何を渡すかわかりません", "what to pass %s() for %s is not known") % (function.__name__, parameter.name))
        return self.with_globals_(role, lambda: function(**named))

    def turned_(self, array):
        """From rows to the notebook's columns, and the other way round."""
        return array.T if self.columns_ and isinstance(array, np.ndarray) and array.ndim == 2 else array

    def argument_(self, role, name, given):
        bound = self.as_.get(role, {}).get(name)
        if bound == "parameters":
            return getattr(self, self.held_[0]) if len(self.held_) == 1 else self.parameters_()
        if bound == "gradients":
            return self.made_.get("gradients", NOTHING)
        if bound is not None:
            return given.get(bound, NOTHING)
        if name in given:
            return given[name]
        plain = submit.plain(name)
        probabilities = given.get("P", self.made_.get("P", NOTHING))
        # Beside `t` or `y_true`, `y` is what the network says.
        if role not in ("loss", "train") and plain == "y" and name in two_alike(self.roles_[role]):
            return probabilities
        if role == "loss" and plain in PROBABILITIES:
            return probabilities
        for held in self.held_:
            if name == held or (plain == submit.plain(held) and len(self.held_) > 1):
                return getattr(self, held)
        if plain in INPUTS and "X" in given:
            return given["X"]
        if plain in LABELS and "Y" in given:
            return given["Y"]
        if plain in PARAMETERS and not (plain in PROBABILITIES and takes(self.roles_[role], PARAMETERS - PROBABILITIES)):
            return getattr(self, self.held_[0]) if len(self.held_) == 1 else self.parameters_()
        if plain in submit.RATES:
            return self.learning_rate
        if plain in submit.EPOCHS:
            return getattr(self, "n_epochs", NOTHING)
        if plain in submit.BATCHES:
            return getattr(self, "batch_size", submit.ROWS)
        if plain in GRADIENTS:
            return self.made_.get("gradients", NOTHING)
        if plain in CACHES:
            return self.made_.get("cache", NOTHING)
        if name in self.made_.get("locals", {}):
            return self.made_["locals"][name]
        if plain in PROBABILITIES:
            return probabilities
        value = self.names_.all.get(name, NOTHING)
        if isinstance(value, (dict, list, tuple)) and any(array.ndim > 1 for array in arrays_in(value)):
            # The last gradients of the notebook's own training, not those of these images.
            return self.made_.get("gradients", NOTHING) if role == "update" else NOTHING
        return value if isinstance(value, (int, float, str, list, tuple, dict)) or callable(value) else NOTHING

    def with_globals_(self, role, run):
        """Runs it with this object's parameters in the place of the notebook's variables, and the other way round afterwards."""
        names = Variables(self.roles_[role].__globals__, self.names_.cells)
        ours = {**self.written_, **self.parameters_()}
        for name, value in names.now().items():
            if isinstance(value, float) and submit.plain(name) in submit.RATES:
                ours[name] = self.learning_rate
        before = names.now()
        init = self.roles_.get("init")
        if role == "train" and init is not None:
            form = self.parameters_()
            ours[init.__name__] = lambda *_, **__: form[self.held_[0]] if len(form) == 1 else tuple(form.values())
        names.put(ours)
        watch = submit.Watch()
        try:
            with watch:
                result = run()
            now = names.now()
            for name in self.held_:
                if now[name] is not ours[name]:
                    setattr(self, name, now[name])
            # What they write there beside the parameters, as forward propagation what it keeps for the way back.
            changed = {name: value for name, value in now.items() if name not in self.held_ and value is not {**before, **ours}.get(name)}
            self.written_ = {**self.written_, **changed}
        finally:
            names.restore(before)
        self.made_["locals"] = {**dict(watch.arrays), **{name: value for name, value in changed.items() if isinstance(value, np.ndarray) and value.ndim == 2}}
        return result

    def own_forward(self, X):
        result = self.call_("forward", X=X)
        arrays = list(arrays_in(result)) or list(self.made_["locals"].values())
        last = [array for array in arrays if array.ndim == 2 and self.turned_(array).shape[1] == submit.CLASSES]
        soft = [array for array in last if submit.softmaxed(self.turned_(array))]
        self.made_["P"] = (soft or last or [None])[-1]
        others = [part for part in result if isinstance(part, (dict, list, tuple))] if isinstance(result, tuple) else []
        self.made_["cache"] = others[-1] if others else result
        if self.columns_ or self.written_:
            return tuple(self.turned_(array) for array in [*self.made_["locals"].values(), *arrays_in(result)])
        return tuple(arrays_in(result)) or self.made_["P"]

    def own_loss(self, P, Y):
        return self.call_("loss", P=P, Y=Y)

    def own_either_loss(self, one, other):
        """Of arguments whose names do not say which is which; submit.py tries both orders."""
        return self.call_("loss", **dict(zip(two_alike(self.roles_["loss"]), (one, other))))

    def own_gradients(self, X, Y):
        if "forward" in self.roles_:
            self.own_forward(X)
        features = X.shape[1]
        result = self.call_("gradients", X=X, Y=Y)
        self.made_["gradients"] = result
        found = self.by_shape_(result, features)
        if found is None:
            found = self.by_shape_([array for name, array in self.made_["locals"].items() if re.match(r"d|g", name)], features)
        return found

    def own_backward(self, X, Y):
        features = X.shape[1]
        if "step" in self.roles_:
            if "forward" in self.roles_:
                self.own_forward(X)
            result = self.call_("step", X=X, Y=Y)
        else:
            self.own_gradients(X, Y)
            if "update" not in self.roles_:
                raise ValueError(submit.say("更新を 1 回行う関数がありません", "no function makes one update"))
            result = self.call_("update", X=X, Y=Y)
        found = self.by_shape_(result, features)
        if found is not None:
            self.put_(found, features)

    def own_fit(self, X, y):
        features = X.shape[1]
        result = self.call_("train", X=X, Y=y)
        found = self.by_shape_(result, features)
        if found is not None:
            self.put_(found, features)

    def own_predict(self, X):
        if "predict" in self.roles_:
            return self.turned_(self.call_("predict", X=X))
        self.own_forward(X)
        return self.turned_(self.made_["P"]).argmax(axis=1)

    def rightly_(self, images):
        """For what part of the images it is right; 0 where it says nothing, or where what it says does not hang on these parameters."""
        X, y = images

        def predicted(sign):
            fresh = submit.copied(self)
            slot = from_object(self.layers_(self.features_)[0].weight)
            slot.set(fresh, sign * slot.get(fresh))
            return submit.labels_of(fresh.own_predict(X.copy()))

        try:
            with ending(time.monotonic() + TRIED_SECONDS):
                own = predicted(1)
                return 0.0 if np.array_equal(own, predicted(-1)) else float(np.mean(own == y))
        except (Exception, TimeUp):  # the student's own
            return 0.0

    def learn_roles_(self, images):
        """Functions whose names do not say what they do, by what they do with a few of the images."""
        X, y = images[0][:TRIED_ROWS], images[1][:TRIED_ROWS]
        Y = np.eye(submit.CLASSES)[y]
        likely = lambda p: np.where(Y == 1, p, (1 - p) / (submit.CLASSES - 1))
        moved = lambda model: not alike(model.like_(self.features_), before)
        alike = lambda one, other: all(np.array_equal(one[name], other[name]) for name in one)
        # The same for the same labels, unlike what draws, and others for others.
        of_labels = lambda one, again, other: alike(one, again) and not any(np.array_equal(one[name], other[name]) for name in one)
        before = self.like_(self.features_)
        if "gradients" in self.roles_ and "step" not in self.roles_ and self.moves_(X, Y):
            # A way back that moves the parameters itself is a step.
            self.roles_ = {{"gradients": "step"}.get(role, role): function for role, function in self.roles_.items()}

        def forward(model):
            model.own_forward(X)
            return submit.softmaxed(model.turned_(model.made_["P"]))

        def predict(model):
            return np.mean(submit.labels_of(model.own_predict(X)) == y) > 0.5

        def loss(model):
            alike = two_alike(model.roles_["loss"]) if not model.as_.get("loss") else []
            for order in ([dict(zip(alike, kinds)) for kinds in ("PY", "YP")] if alike else [{}]):
                model.as_ = {**model.as_, "loss": {**model.as_.get("loss", {}), **order}}
                good, bad = [float(np.squeeze(model.own_loss(likely(p), Y))) for p in (0.9, 0.2)]
                # Whatever it is multiplied by, a cross-entropy.
                if abs(bad / good / (np.log(0.2) / np.log(0.9)) - 1) < 0.1:
                    return True
            return False

        def gradients(model):
            return of_labels(*[model.own_gradients(X, labels) for labels in (Y, Y, np.roll(Y, 1, axis=1))]) and not moved(model)

        def update(model):
            after = []
            for labels in (Y, Y, np.roll(Y, 1, axis=1)):
                fresh = submit.copied(model)
                fresh.own_backward(X, labels)
                after.append(fresh.like_(self.features_))
            return of_labels(*after)

        wanted = {"forward": (forward, ("X", "parameters")), "predict": (predict, ("X", "parameters")), "loss": (loss, ("P", "Y")),
                  "gradients": (gradients, ("X", "Y", "parameters")), "step": (update, ("X", "Y", "parameters")), "update": (update, ("parameters", "gradients"))}
        tried, losses = own_functions(self.names_.all), losses_of_trainings(self.names_.all)
        if "loss" in self.roles_ and two_alike(self.roles_["loss"]):
            # Which of them are the labels, where it is a cross-entropy.
            self.as_ = {**self.as_, "loss": self.bound_("loss", self.roles_["loss"], ("P", "Y"), loss) or {}}
        for role, (does, kinds) in wanted.items():
            known = self.roles_.keys()
            if role in known or (role == "update" and ("step" in known or "gradients" not in known)) or (role == "gradients" and "step" in known) or (role == "step" and "gradients" in known):
                continue
            for function in (losses if role == "loss" else tried).values():
                if any(function is other for other in self.roles_.values()) or function.__name__ in self.names_.slow or "numerical" in function.__name__:
                    continue
                bound = self.bound_(role, function, kinds, does)
                if bound is not None:
                    self.roles_, self.as_ = {**self.roles_, role: function}, {**self.as_, role: bound}
                    break
        called = [function for name, function in losses.items() if is_called_loss(name)]
        if "loss" not in self.roles_ and called:
            self.roles_ = {**self.roles_, "loss": called[0]}

    def moves_(self, X, Y):
        """Whether the function that is called as if it gave gradients moves the parameters."""
        fresh = submit.copied(self)
        try:
            with ending(time.monotonic() + TRIED_SECONDS):
                fresh.own_gradients(X, Y)
        except (Exception, TimeUp):  # the student's own
            return False
        before, after = self.like_(self.features_), fresh.like_(self.features_)
        return not all(np.array_equal(before[name], after[name]) for name in before)

    def bound_(self, role, function, kinds, does):
        """By which meanings of its arguments a function does what is asked; None where by none."""
        model = submit.copied(self)
        model.roles_ = {**self.roles_, role: function}
        needed = submit.demands(function)
        if not needed or len(needed) > 8:
            return None
        given = {kind: kind for kind in kinds if len(kind) == 1}
        # The gradients are made before they are asked for.
        unknown = [name for name in needed if model.argument_(role, name, given) is NOTHING and not (role == "update" and submit.plain(name) in GRADIENTS)]
        # Then whatever their names say: `y` may be the labels or what the network says.
        ways = [dict(zip(some, meant)) for some in (unknown, needed) if len(some) <= len(kinds) for meant in itertools.permutations(kinds, len(some))]
        for way in ways:
            fresh = submit.copied(model)
            fresh.as_ = {**self.as_, role: way}
            try:
                with ending(time.monotonic() + TRIED_SECONDS):
                    if does(fresh):
                        return fresh.as_[role]
            except TimeUp:
                self.names_.slow.add(function.__name__)
                return None
            except Exception:  # the student's own: it does something else
                continue
        return None

    def named_(self, how):
        """What was found how, with the notebook's own names in the place of ours."""
        own = {role: function.__name__ + "()" for role, function in self.roles_.items()}
        back = own.get("step") or ", ".join(own[role] for role in ("gradients", "update") if role in own)
        names = {"forward()": own.get("forward"), "backward()": back, "loss()": own.get("loss"), "predict()": own.get("predict") or own.get("forward"), "fit()": own.get("train"),
                 "gradients=": own.get("gradients"), "first=": getattr(self, "first_by_", None)}
        return renamed(how, names)


def renamed(how, names):
    """A text in which what stands for something of the notebook is called as there: {ours: its name, or None}."""
    return re.sub(r"(?<![\w.])(%s)" % "|".join(map(re.escape, names)), lambda found: names[found.group()] or found.group(), how)


class Names:
    """The notebook's variables, which no copy copies."""

    __slots__ = ("all", "slow", "cells")

    def __init__(self, names):
        # Those that took too long when they were tried are tried no more.
        self.slow = set()
        # Variables of the functions in which others are made, where they are one, and no variable of the notebook.
        found = {}
        for function in own_functions(names).values():
            for name, cell in cells_of(function).items():
                found.setdefault(name, []).append(cell)
        self.cells = {name: cells[0] for name, cells in found.items() if name not in names and all(cell is cells[0] for cell in cells)}
        self.all = {**names, **{name: cell.cell_contents for name, cell in self.cells.items()}}

    def __deepcopy__(self, _):
        return self


class Variables:
    """What a notebook's functions read and write: its variables, and those of the functions in which they are made."""

    def __init__(self, names, cells):
        self.names, self.cells = names, cells

    def now(self):
        return {**self.names, **{name: cell.cell_contents for name, cell in self.cells.items()}}

    def put(self, values):
        for name, value in values.items():
            if name in self.cells:
                self.cells[name].cell_contents = value
            else:
                self.names[name] = value

    def restore(self, before):
        for name in set(self.names) - set(before):
            del self.names[name]
        now = self.now()
        self.put({name: value for name, value in before.items() if now.get(name) is not value})


def cells_of(function):
    """The variables of the function in which a function was made, as far as they have a value: {name: cell}."""
    found = dict(zip(function.__code__.co_freevars, function.__closure__ or ()))
    return {name: cell for name, cell in found.items() if has_value(cell)}


def has_value(cell):
    try:
        cell.cell_contents
        return True
    except ValueError:
        return False


def kept_by(made):
    """The variables that functions keep, which are all that something made; that itself where it made anything else."""
    parts = list(made.values()) if isinstance(made, dict) else list(made) if isinstance(made, (list, tuple)) else [made]
    if not parts or not all(map(inspect.isfunction, parts)):
        return made
    return {name: cell.cell_contents for function in parts for name, cell in cells_of(function).items()}


class HeldLayer:
    """A layer by the way to it from the object instead of from the dict of its attributes."""

    def __init__(self, layer):
        self.weight, self.bias, self.transposed = from_object(layer.weight), layer.bias and from_object(layer.bias), layer.transposed


def from_object(slot):
    if isinstance(slot, submit.Part):
        return submit.Part(from_object(slot.whole), slot.by_columns, slot.biases_at, slot.is_bias)
    found = submit.Slot((("attr", slot.steps[0][1]),) + tuple(slot.steps[1:]))
    found.aliases = [from_object(alias) for alias in slot.aliases]
    return found
