"""What the trainings of a notebook call: by that it is told which of several losses is the network's."""
import ast
import dis
import inspect
import re

import submit
from prelude import SEEN, TRAINING

LOGARITHMS = {"log", "log2", "log10", "log1p", "logsumexp", "log_softmax", "xlogy"}
# Losses that are no cross-entropy, by their names.
OTHER_LOSS = re.compile(r"^(r?mse|mae|sse|l[12])(_?loss)?$|squared?_?(error|loss)|absolute_?(error|loss)|二乗誤差", re.I)
MOST_FUNCTIONS = 60


def globals_of(code):
    """The variables of the notebook that a function's code reads, and those of the function in which it was made."""
    found = {instruction.argval for instruction in dis.get_instructions(code) if instruction.opname == "LOAD_GLOBAL"} | set(code.co_freevars)
    return found.union(*[globals_of(part) for part in code.co_consts if inspect.iscode(part)]) - set(code.co_cellvars)


def own_functions(names):
    """The notebook's own functions, by their names."""
    library = submit.LIBRARIES + (submit.HERE,)
    found = {name: value for name, value in names.items() if inspect.isfunction(value) and value.__name__ == name and not value.__code__.co_filename.startswith(library)
             and "site-packages" not in value.__code__.co_filename and "dist-packages" not in value.__code__.co_filename}
    return dict(list(found.items())[:MOST_FUNCTIONS])


def read_by_trainings(names):
    """The notebook's variables that its trainings read: loops of cells in which weights change, of any where none is seen, and functions that train, with all that those call."""
    own, found = own_functions(names), set()
    training = {loop.text for loop in SEEN["loops"] if loop.trained}

    def of(statements):
        for node in statements:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                continue
            if isinstance(node, (ast.For, ast.While)):
                if not training or ast.unparse(node) in training:
                    found.update(submit.names_in([node], ast.Load))
                continue
            for part in ("body", "orelse", "finalbody"):
                of(getattr(node, part, []))

    for tree in submit.cells_of(names):
        of(tree.body)
    found |= own.keys() & TRAINING
    ahead = list(found)
    while ahead:
        value = names.get(ahead.pop())
        kind = value if inspect.isclass(value) else type(value)
        functions = [value] if inspect.isfunction(value) else [one for one in vars(kind).values() if inspect.isfunction(one)] if kind.__module__ == "__main__" else []
        more = set().union(*[globals_of(function.__code__) for function in functions]) - found
        found |= more
        ahead += more
    return found


def read_by_fit(model, names):
    """The notebook's variables that fit() of a network reads, and those of all that it calls: its other methods, as a report of an error, are no training."""
    attributes = lambda code: set(code.co_names).union(*[attributes(part) for part in code.co_consts if inspect.iscode(part)])
    found, ahead, done = set(), [submit.attribute(submit.kind_of(model), "fit")], []
    while ahead:
        function = ahead.pop()
        if not inspect.isfunction(function) or any(function is one for one in done):
            continue
        done.append(function)
        more = globals_of(function.__code__)
        found |= more
        values = [names.get(name) for name in more]
        # Its own methods, and those of the notebook's classes and objects that it reads.
        kinds = [submit.kind_of(model), *[value if inspect.isclass(value) else type(value) for value in values]]
        own = [kind for kind in kinds if kind.__module__ == "__main__"]
        ahead += [value for value in values if inspect.isfunction(value)]
        ahead += [submit.attribute(kind, name) for kind in own for name in attributes(function.__code__) | {"__init__", "__call__"}]
    return found


def takes_logarithms(function, own, seen=()):
    """Whether a function, or one that it calls, has to do with logarithms: what has not is no cross-entropy, and may change what the notebook has when it is run."""
    read = set(function.__code__.co_names)
    return bool(read & LOGARITHMS) or any(takes_logarithms(own[name], own, (*seen, name)) for name in (read & own.keys()) - set(seen))


def is_called_loss(name):
    """Whether a function is a loss by its name, whatever it gives."""
    return submit.plain(name) in {submit.plain(one) for one in submit.LOSSES} or OTHER_LOSS.search(name) is not None


def losses_of_trainings(names):
    """The notebook's own functions that may be the network's loss: those that its trainings call where any of them is a loss, else all."""
    every = own_functions(names)
    read = read_by_trainings(names)
    called = {name: function for name, function in every.items() if name in read and (is_called_loss(name) or takes_logarithms(function, every))}
    return called or every
