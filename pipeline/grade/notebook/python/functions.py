"""A notebook without a class: its functions as the methods of an object, each called with what its arguments are named after."""
import ast
import dis
import inspect
import re

import numpy as np
import submit

ROLES = {
    "forward": submit.FORWARDS + ["forward_propagate", "model_forward", "forwardprop", "predict_prob"],
    "loss": submit.LOSSES + ["cross_entropy_loss_fn", "loss_fn", "lossfunction"],
    "gradients": submit.BACKWARDS + ["gradients", "gradient", "grads", "compute_gradients", "compute_grads", "calc_gradients", "calc_grad", "backpropagate", "model_backward"],
    "update": submit.UPDATES + ["update_weights", "sgd", "sgd_update", "apply_gradients"],
    "step": ["step", "train_step", "train_batch", "train_on_batch", "training_step", "sgd_step"],
    "train": ["train", "fit", "train_model", "train_network", "training", "learn"],
    "init": ["init", "initialize", "initialise", "init_params", "init_parameters", "initialize_params", "initialize_parameters", "init_weights", "initialize_weights", "init_network", "make_params"],
    "predict": ["predict", "predict_labels", "prediction", "infer"],
}
INPUTS = {"x", "xbatch", "batchx", "xb", "bx", "xmini", "minix", "inputs", "input", "data", "images", "a0", "z0", "xtrain"}
LABELS = {"y", "t", "ybatch", "batchy", "yb", "by", "miniy", "ytrue", "ytruth", "labels", "label", "target", "targets", "yonehot", "onehot", "truth", "ytrain"}
PROBABILITIES = {"p", "yhat", "ypred", "prob", "probs", "probabilities", "probability", "z3", "a3", "out", "output", "outputs", "pred", "preds", "prediction", "yp", "proba", "q"}
PARAMETERS = {"p", "params", "parameters", "param", "theta", "weights", "net", "network", "model", "w", "ws"}
GRADIENTS = {"g", "grads", "grad", "gradients", "gradient", "dparams", "dp"}
CACHES = {"cache", "caches", "memory", "activations", "acts", "c", "forwardcache"}
NOTHING = object()


def find_roles(names):
    """Which function of the notebook does what, by its name."""
    found = {}
    for role, wanted in ROLES.items():
        for name, value in names.items():
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
    counted, written = assigned(names.get("In"))
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

    for cell in names["In"] if isinstance(names.get("In"), list) else []:
        try:
            of(ast.parse(cell).body, True)
        except (SyntaxError, ValueError, TypeError):
            continue
    fits = {name: names[name] for name in read if given.get(name) == [True] and isinstance(names.get(name), (int, float))}
    return submit.settings_of(fits)


def globals_of(code):
    """The variables of the notebook that a function's code reads."""
    found = {instruction.argval for instruction in dis.get_instructions(code) if instruction.opname == "LOAD_GLOBAL"}
    return found.union(*[globals_of(part) for part in code.co_consts if inspect.iscode(part)])


def assigned(cells):
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

    for cell in cells if isinstance(cells, list) else []:
        try:
            of(ast.parse(cell).body)
        except (SyntaxError, ValueError, TypeError):
            continue
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


def by_shape(value, like):
    """{W1: ..., B1: ...} of arrays that have the shapes of these, each the only one that it may be; None where one is not there."""
    found = {}
    for name, wanted in like.items():
        fits = [array for array in arrays_in(value) if array.dtype.kind == "f" and np.squeeze(array).shape == np.squeeze(wanted).shape]
        if not fits:
            return None
        found[name] = fits[-1].reshape(wanted.shape)
    return found


def network_of(names, features):
    """An object that does with the notebook's functions what a class would; None where there are no parameters or no functions."""
    roles = find_roles(names)
    if not roles:
        return None
    held = held_parameters(names, features)
    if held is None:
        return None
    kind = {"forward": Base.forward_, "loss": Base.either_loss_ if "loss" in roles and two_alike(roles["loss"]) else Base.loss_, "train": Base.fit_}
    methods = {role.replace("train", "fit"): method for role, method in kind.items() if role in roles}
    if "step" in roles or "gradients" in roles:
        methods["backward"] = Base.backward_
    if "forward" in roles or "predict" in roles:
        methods["predict"] = Base.predict_
    return type("Functions", (Base,), methods)(names, roles, held, features)


def held_parameters(names, features):
    """{variable: value} of the parameters, a dict of them or an array each."""
    for name, value in reversed(list(names.items())):
        if isinstance(value, dict) and submit.find_layers(value, features)[0] is not None:
            return {name: value}
    layers, _ = submit.find_layers({name: value for name, value in names.items() if isinstance(value, (np.ndarray, list))}, features)
    if layers is None:
        return None
    slots = [slot for layer in layers for slot in (layer.weight, layer.bias) if slot is not None]
    return {slot.steps[0][1]: names[slot.steps[0][1]] for slot in slots}


class Base:
    def __init__(self, names, roles, held, features):
        for name, value in held.items():
            setattr(self, name, value)
        self.held_, self.roles_, self.features_ = tuple(held), roles, features
        self.names_ = Names(names)
        self.made_ = {}
        self.learning_rate = 0.1
        around = settings_around(names, roles.values(), [roles[role] for role in ("init", "train") if role in roles], True)
        for key, place in (("rate", "learning_rate"), ("epochs", "n_epochs"), ("batch", "batch_size"), ("sigma", "sigma")):
            found = around[key]
            if found:
                setattr(self, place, found[0][1])

    def layers_(self, features):
        return submit.find_layers({name: getattr(self, name) for name in self.held_}, features)[0]

    def parameters_(self):
        return {name: getattr(self, name) for name in self.held_}

    def like_(self, features):
        return submit.take(self.parameters_(), self.layers_(features))

    def put_(self, found, features):
        for i, layer in enumerate(self.layers_(features), 1):
            submit.put(self, HeldLayer(layer), found["W%d" % i], found.get("B%d" % i))

    def call_(self, role, **given):
        function = self.roles_[role]
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

    def argument_(self, role, name, given):
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
        return value if isinstance(value, (int, float, str, list, tuple, dict)) or callable(value) else NOTHING

    def with_globals_(self, role, run):
        """Runs it with this object's parameters in the place of the notebook's variables, and the other way round afterwards."""
        names = self.roles_[role].__globals__
        ours = dict(self.parameters_())
        for name, value in list(names.items()):
            if isinstance(value, float) and submit.plain(name) in submit.RATES:
                ours[name] = self.learning_rate
        before = {name: names[name] for name in ours if name in names}
        init = self.roles_.get("init")
        if role == "train" and init is not None:
            before[init.__name__] = names[init.__name__]
            form = self.parameters_()
            ours[init.__name__] = lambda *_, **__: form[self.held_[0]] if len(form) == 1 else tuple(form.values())
        names.update(ours)
        watch = submit.Watch()
        try:
            with watch:
                result = run()
            for name in self.held_:
                if names[name] is not ours[name]:
                    setattr(self, name, names[name])
        finally:
            names.update(before)
        self.made_["locals"] = dict(watch.arrays)
        return result

    def forward_(self, X):
        result = self.call_("forward", X=X)
        arrays = list(arrays_in(result)) or list(self.made_["locals"].values())
        last = [array for array in arrays if array.ndim == 2 and array.shape[1] == submit.CLASSES]
        soft = [array for array in last if submit.softmaxed(array)]
        self.made_["P"] = (soft or last or [None])[-1]
        others = [part for part in result if isinstance(part, (dict, list, tuple))] if isinstance(result, tuple) else []
        self.made_["cache"] = others[-1] if others else result
        return tuple(arrays_in(result)) or self.made_["P"]

    def loss_(self, P, Y):
        return self.call_("loss", P=P, Y=Y)

    def either_loss_(self, one, other):
        """Of arguments whose names do not say which is which; submit.py tries both orders."""
        return self.call_("loss", **dict(zip(two_alike(self.roles_["loss"]), (one, other))))

    def gradients_(self, X, Y):
        if "forward" in self.roles_:
            self.forward_(X)
        features = X.shape[1]
        result = self.call_("gradients", X=X, Y=Y)
        self.made_["gradients"] = result
        found = by_shape(result, self.like_(features))
        if found is None:
            found = by_shape([array for name, array in self.made_["locals"].items() if re.match(r"d|g", name)], self.like_(features))
        return found

    def backward_(self, X, Y):
        features = X.shape[1]
        like = self.like_(features)
        if "step" in self.roles_:
            if "forward" in self.roles_:
                self.forward_(X)
            result = self.call_("step", X=X, Y=Y)
        else:
            self.gradients_(X, Y)
            if "update" not in self.roles_:
                raise ValueError(submit.say("更新を 1 回行う関数がありません", "no function makes one update"))
            result = self.call_("update", X=X, Y=Y)
        found = by_shape(result, like)
        if found is not None:
            self.put_(found, features)

    def fit_(self, X, y):
        features = X.shape[1]
        like = self.like_(features)
        result = self.call_("train", X=X, Y=y)
        found = by_shape(result, like)
        if found is not None:
            self.put_(found, features)

    def predict_(self, X):
        if "predict" in self.roles_:
            return self.call_("predict", X=X)
        self.forward_(X)
        return self.made_["P"].argmax(axis=1)


class Names:
    """The notebook's variables, which no copy copies."""

    __slots__ = ("all",)

    def __init__(self, names):
        self.all = names

    def __deepcopy__(self, _):
        return self


class HeldLayer:
    """A layer by the way to it from the object instead of from the dict of its attributes."""

    def __init__(self, layer):
        self.weight, self.bias, self.transposed = from_object(layer.weight), layer.bias and from_object(layer.bias), layer.transposed


def from_object(slot):
    return submit.Slot((("attr", slot.steps[0][1]),) + tuple(slot.steps[1:]))
