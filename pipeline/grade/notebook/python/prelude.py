"""What a notebook expects of its surroundings, and what is seen of it while it runs. Runs in the notebook's own kernel."""
import ast
import builtins
import copy
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Functions that train. What they leave in variables of their own is gone once they have returned, so it is taken down at their end.
TRAINING = {"fit", "train", "train_model", "train_network", "training", "learn", "model", "nn_model", "L_layer_model", "gakushu", "gakusyu", "kunren", "学習", "訓練"}
MOST_TRAININGS = 20
MOST_FIRST_BYTES = 64 << 20


def prepare():
    # After everything that is installed: only what is not there is ours.
    sys.path += [os.path.join(HERE, "shims"), HERE]
    os.environ.setdefault("MPLBACKEND", "Agg")
    import numpy as np

    for name in ("int", "float", "bool", "object", "str", "complex", "long"):
        if name not in np.__dict__:
            setattr(np, name, getattr(builtins, name, int))
    import random

    # What seeds nothing itself gives the same each time that it is graded.
    np.random.seed(0)
    random.seed(0)
    from IPython import get_ipython

    shell = get_ipython()
    import absent

    absent.prepare(shell)
    install()
    shell.ast_transformers.append(Trainings())
    shell.events.register("post_run_cell", lambda *_: take_first(shell.user_ns))


def install():
    """What the functions of Trainings call."""
    builtins.__training_begins__, builtins.__training_ends__ = training_begins, training_ends
    builtins.__loop_begins__, builtins.__loop_ends__ = loop_begins, loop_ends


class Trainings(ast.NodeTransformer):
    """Puts the body of each training function, and each loop of a cell, into try ... finally, on the lines where it stands."""

    def visit_For(self, node):
        counted = sorted(stored(inner.target for inner in ast.walk(node) if isinstance(inner, ast.For)))
        guard = ast.parse("try:\n    __loop_begins__(globals())\nfinally:\n    __loop_ends__(globals(), %r, %r)" % (ast.unparse(node), counted)).body[0]
        for inner in ast.walk(guard):
            if hasattr(inner, "lineno"):
                inner.lineno = inner.end_lineno = node.lineno
                inner.col_offset = inner.end_col_offset = node.col_offset
        guard.body.append(node)
        return guard

    visit_While = visit_For

    def visit_FunctionDef(self, node):
        if node.name not in TRAINING or any(isinstance(inner, (ast.Yield, ast.YieldFrom)) for inner in ast.walk(node)):
            return node
        names = [argument.arg for argument in node.args.args + node.args.kwonlyargs]
        once = sorted(stored([node]) - stored(inner for inner in ast.walk(node) if isinstance(inner, (ast.For, ast.While))))
        text = "__training_begins__(%r, locals())\ntry:\n    pass\nfinally:\n    __training_ends__(%r, %r, %r, locals())" % (names, node.name, names, once)
        begin, guard = ast.parse(text).body
        for inner in [*ast.walk(begin), *ast.walk(guard)]:
            if hasattr(inner, "lineno"):
                inner.lineno = inner.end_lineno = node.body[-1].lineno
                inner.col_offset = inner.end_col_offset = node.body[-1].col_offset
        has_text = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
        first = 1 if has_text and len(node.body) > 1 else 0
        guard.body = node.body[first:]
        node.body = node.body[:first] + [begin, guard]
        return node


def stored(nodes):
    """The names of variables and attributes that are written."""
    parts = [part for node in nodes for part in ast.walk(node) if isinstance(getattr(part, "ctx", None), ast.Store)]
    return {getattr(part, "id", None) or getattr(part, "attr", None) for part in parts} - {None}


class Training:
    """A training that has ended: whose, whether by itself, on which arrays, with which numbers, at which learning rates first and last, and the lists that it had."""

    def __init__(self, name, arguments, once, variables, completed, begun):
        import numpy as np
        import submit

        given, first_rate = begun

        self.name, self.completed = name, completed
        self.model = model_of(arguments, variables)
        variable, rate = rate_of(arguments, variables)
        # What is written before the loops is the rate from their beginning on.
        self.rates = rate if variable in once else first_rate, rate
        of = lambda values: [value for value in values if isinstance(value, np.ndarray)]
        # A trainer may have been given them before; its weights are none of them.
        held = [value for name, value in getattr(self.model, "__dict__", {}).items() if submit.DATA.search(name)]
        # As it was given them: it may give an argument another value, as images divided by 255.
        self.arrays = of(given) or of(held)
        self.settings = {name: variables[name] for name in arguments if isinstance(variables.get(name), (int, float, np.integer, np.floating))}
        self.lists = {key: list(value) for key, value in variables.items() if isinstance(value, list) and list.__len__(value) > 0 and isinstance(list.__getitem__(value, 0), (int, float, np.generic))}
        self.lists.update({key: value for key, value in variables.items() if isinstance(value, dict) and key not in ("params", "parameters", "self")})


def model_of(arguments, variables):
    return variables.get(arguments[0]) if arguments and arguments[0] in ("self", "this") else None


def rate_of(arguments, variables):
    """The learning rate of a training at this moment, an argument's or an attribute's, after its name; None for both where there is none."""
    import submit

    given = {name: variables[name] for name in arguments if name in variables}
    found = submit.settings_of({name: value for name, value in given.items() if isinstance(value, (int, float))})["rate"] or submit.settings_of(model_of(arguments, variables))["rate"]
    return (found[0][0].name, float(found[0][1])) if found else (None, None)


# Of trainings that have begun and not ended, `begun` are what they were given and the learning rates that they began with; `loops` are those of
# cells that have ended, and of the one that is running `before` are the learning rates and weights before it. `objects` are those of the notebook's own
# classes with the arrays that they had before their training, which has begun for those whose id is in `settled`; `redrawn` are those that a loop drew anew before it.
SEEN = {"trainings": [], "begun": [], "loops": [], "before": ({}, {}), "first": {}, "objects": [], "settled": set(), "redrawn": [], "on": True}


def rates_in(names):
    """The learning rates among a notebook's variables, and in objects of its own classes: by the way to them, in which object, and the rate."""
    import submit

    own = {name: value for name, value in names.items() if not name.startswith("_") and (type(value).__module__ == "__main__" or (isinstance(value, (int, float)) and submit.plain(name) in submit.RATES))}
    holder = lambda slot: None if len(slot.steps) == 1 else own[slot.steps[0][1]]
    return {slot.path: (holder(slot), float(rate)) for slot, rate in submit.settings_of(own)["rate"]}


def loop_begins(names):
    if SEEN["on"]:
        import cell_loops

        cell_loops.begins(SEEN, names, rates_in(names))


def loop_ends(names, text, counted):
    if SEEN["on"]:
        import cell_loops

        cell_loops.ends(SEEN, names, text, counted, rates_in(names))


def training_begins(arguments, variables):
    if SEEN["on"]:
        import cell_loops

        cell_loops.settle(SEEN, [variables.get(argument) for argument in arguments])
        SEEN["begun"].append(([variables.get(argument) for argument in arguments], rate_of(arguments, variables)[1]))


def training_ends(name, arguments, once, variables):
    if not SEEN["on"]:
        return
    SEEN["trainings"].append(Training(name, arguments, once, variables, sys.exc_info()[0] is None, SEEN["begun"].pop()))
    del SEEN["trainings"][:-MOST_TRAININGS]


def take_first(names):
    """Parameters as they are at the end of the first cell that has them: before a training, where that stands in another cell."""
    if not SEEN["on"]:
        return
    import numpy as np
    import submit

    for name, value in list(names.items()):
        items = submit.items_of(value) if isinstance(value, (dict, list)) else [("item", name, value)]
        arrays = [array for _, _, array in items]
        if name.startswith("_") or not arrays or not all(isinstance(array, np.ndarray) and array.dtype.kind == "f" for array in arrays):
            continue
        keys = [key for _, key, _ in items] if isinstance(value, dict) else [name]
        if not all(isinstance(key, str) and (submit.WEIGHT.search(key) or submit.BIAS.search(key)) for key in keys):
            continue
        if sum(array.nbytes for array in arrays) > MOST_FIRST_BYTES:
            continue
        known = SEEN["first"].get(name)
        if known is None or shapes(known) != shapes(value):
            SEEN["first"][name] = copy.deepcopy(value)


def shapes(value):
    import numpy as np

    if isinstance(value, dict):
        return {key: np.shape(array) for key, array in value.items()}
    return [np.shape(array) for array in value] if isinstance(value, list) else np.shape(value)


def collect(text):
    from IPython import get_ipython

    SEEN["on"] = False
    import collect
    import official_images

    import absent

    names = {name: value for name, value in get_ipython().user_ns.items() if not name.startswith("_") and not absent.is_stand_in(value)}
    collect.collect(names, official_images.load(), json.loads(text), SEEN)
