"""One turn of the loop of a cell in which a network is trained, on the published batch: what a fit() that does the same would give."""
import ast
import copy
import inspect
import time
import types

import numpy as np
import submit
from called import read_by_trainings
from functions import TRIED_SECONDS, TimeUp, ending

MOST_LOOPS = 40
# How long all of them may be tried.
LOOPS_SECONDS = 30
# What is larger is images, which no training changes.
MOST_COPIED_BYTES = 8 << 20


def loops_in(names):
    """The bodies of the loops of cells, the last first, and of each what stands within it before it."""

    def of(statements):
        for node in reversed(statements):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
                continue
            for part in ("finalbody", "orelse", "handlers", "body"):
                yield from of([inner for inner in getattr(node, part, []) if isinstance(inner, ast.AST)])
            if isinstance(node, (ast.For, ast.While)):
                yield node.body

    return [body for tree in submit.cells_of(names)[::-1] for body in of(tree.body)][:MOST_LOOPS]


class Given(ast.NodeTransformer):
    """Has every variable and every part of one given to `ours`, which may give something else in its place."""

    def visit_Name(self, node):
        return self.of(node) if isinstance(node.ctx, ast.Load) else node

    def visit_Subscript(self, node):
        node.slice = self.visit(node.slice)
        # Of images the rows are taken first: they are those of the notebook.
        whole = node.value
        while isinstance(whole, ast.Subscript):
            whole.slice, whole = self.visit(whole.slice), whole.value
        if not isinstance(whole, ast.Name):
            node.value = self.visit(node.value)
        return self.of(node) if isinstance(node.ctx, ast.Load) else node

    def visit_Call(self, node):
        if not isinstance(node.func, ast.Name):
            node.func = self.visit(node.func)
        node.args, node.keywords = [self.visit(one) for one in node.args], [self.visit(one) for one in node.keywords]
        return node

    def visit_Assign(self, node):
        targets = [getattr(target, "id", getattr(target, "attr", "")) for target in (node.targets if isinstance(node, ast.Assign) else [node.target])]
        # The rate is ours, whatever the training makes of it from turn to turn.
        return ast.copy_location(ast.Pass(), node) if any(submit.plain(name) in submit.RATES for name in targets) else self.generic_visit(node)

    visit_AugAssign = visit_Assign

    def visit_FunctionDef(self, node):
        return node

    visit_Lambda = visit_FunctionDef

    def of(self, node):
        return ast.copy_location(ast.Call(ast.Name("__ours__", ast.Load()), [node], []), node)


def in_order(node):
    """The parts of a statement, each after those within it."""
    for part in ast.iter_child_nodes(node):
        yield from in_order(part)
    yield node


def is_own(value):
    """Whether it is a function of the notebook, or of one of its classes."""
    return (value if inspect.isfunction(value) else type(value)).__module__ == "__main__"


def is_dotted(node):
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and is_dotted(node.value))


def root_of(node):
    return node.id if isinstance(node, ast.Name) else root_of(node.value)


class Turn:
    """A loop's body, with our parameters in the place of the network's, our batch in the place of its images and their labels, and our rate."""

    def __init__(self, body, network, names, batch):
        self.network, self.names, self.batch = network, names, batch
        self.code = compile(ast.fix_missing_locations(ast.Module([Given().visit(copy.deepcopy(node)) for node in body], [])), "<cell>", "exec")
        self.assigned = [part.id for node in body for part in ast.walk(node) if isinstance(part, ast.Assign) for part in part.targets if isinstance(part, ast.Name)]
        self.named = submit.names_in(body, ast.Load)
        self.read = read_by_trainings(names) | self.named
        called = [part.func for node in body for part in in_order(node) if isinstance(part, ast.Call)]
        # Of the notebook's own, in their order: an inner call comes before the one that is given what it gives.
        self.calls = list(dict.fromkeys(ast.unparse(one) + "()" for one in called if is_dotted(one) and is_own(names.get(root_of(one)))))
        self.held = getattr(submit.unjoined(network.model), "held_", None)
        self.model = next((value for value in names.values() if submit.is_of(value, network.model)), None)

    def run(self, X, Y, rate, watched=None):
        """The variables afterwards, and what has the parameters."""
        kept = {name: value for name, value in self.names.items() if name in self.read and not isinstance(value, submit.OPAQUE) and not (isinstance(value, np.ndarray) and value.nbytes > MOST_COPIED_BYTES)}
        if self.held is not None:
            kept.update({name: self.names[name] for name in self.held})
        memo = {}
        ours = {name: copied_into(value, memo) for name, value in kept.items()}
        if watched is not None:
            self.watch_updates(ours.values(), watched)
        model = None if self.model is None else copied_into(self.model, memo)
        root = lambda variables: self.root(variables, model)
        self.fill(root({**self.names, **ours}))
        ours.update({name: value for name, value in self.names.items() if isinstance(value, (int, float))})
        set_in({name: value for name, value in ours.items() if isinstance(value, (int, float)) or is_own(value)} | {"": model}, ours, rate)
        variables = self.variables()
        before = dict(variables)
        try:
            variables.update({**ours, "__ours__": self.substitute(X, Y)})
            with ending(time.monotonic() + TRIED_SECONDS):
                exec(self.code, variables)
            after = dict(variables)
        except TimeUp:
            raise ValueError(submit.say("ループの 1 回に時間がかかりすぎます", "a turn of the loop takes too long"))
        finally:
            for name in set(variables) - set(before):
                del variables[name]
            variables.update(before)
        return after, root(after)

    def variables(self):
        """Those that the notebook's own functions see."""
        kinds = [value for value in self.names.values() if inspect.isclass(value) and value.__module__ == "__main__"]
        own = [value for value in self.names.values() if inspect.isfunction(value)] + [value for kind in kinds for value in vars(kind).values() if inspect.isfunction(value)]
        found = [function.__globals__ for function in own if function.__module__ == "__main__"]
        return found[0] if found else self.names

    def root(self, variables, model):
        if self.held is not None:
            return types.SimpleNamespace(**{name: variables[name] for name in self.held})
        own = submit.unjoined(self.network.model)
        return model if own is self.network.model else types.SimpleNamespace(**{self.network.layers[0].weight.steps[0][1]: model})

    def fill(self, root):
        """Puts the published network into a corner of theirs, in their own arrays, which an optimizer may hold too."""
        for i, layer in enumerate(self.network.layers, 1):
            for slot, name in ((layer.weight, "W%d" % i), (layer.bias, "B%d" % i)):
                if slot is not None:
                    array, values = slot.get(root), self.batch[name]
                    values = values.T if values.ndim == 2 and layer.transposed else values
                    array[...] = submit.padded(values, array.shape) if values.ndim == array.ndim else submit.padded(values, (array.size,)).reshape(array.shape)

    def substitute(self, X, Y):
        features = self.network.features
        shapes = [layer.weight.get(self.network.model).shape for layer in self.network.layers]
        wide, a, b = submit.padded(X, (len(X), features)), *(self.network.preparations or {None: submit.AS_THEY_ARE})[None]
        wide = (wide - b) / a
        self.used = set()

        def ours(value):
            if not isinstance(value, np.ndarray) or value.ndim not in (1, 2) or value.shape in shapes:
                return value
            if value.ndim == 2 and value.shape[1] == features:
                self.used.add("X")
                return wide.copy()
            if value.ndim == 2 and value.shape[1] == submit.CLASSES and np.isin(value, (0, 1)).all() and (value.sum(axis=1) == 1).all():
                self.used.add("Y")
                return Y.astype(value.dtype)
            if value.ndim == 1 and value.dtype.kind in "iu" and len(value) > 1 and value.max() < submit.CLASSES and value.min() >= 0:
                self.used.add("Y")
                return Y.argmax(axis=1).astype(value.dtype)
            return value

        return ours

    def step(self, X, Y, rate):
        """One of the ways of submit.ways_to_step()."""
        _, root = self.run(X, Y, rate)
        after = submit.take(root, self.network.layers)
        cut = {name: value[tuple(slice(n) for n in self.batch[name].shape)] for name, value in after.items()}
        calls = ", ".join(self.calls)
        return cut, submit.say("セルのループ", "the loop of a cell") + (submit.say("（%s）", " (%s)") % calls if calls else "")

    def objects(self):
        """Those of the notebook's own classes that the loop itself names."""
        return [value for name, value in self.names.items() if name in self.named and type(value).__module__ == "__main__"]

    def watch_updates(self, values, watched):
        """Has optimizers that are given parameters and gradients keep the gradients, and move nothing."""
        for value in values:
            name, update = submit.method_of(value, submit.UPDATES) if type(value).__module__ == "__main__" else (None, None)
            if inspect.ismethod(update) and sum(submit.demanded(parameter) for parameter in inspect.signature(update).parameters.values()) == 2:
                first = next(iter(inspect.signature(update).parameters))
                order = -1 if submit.GRADIENT.search(first) else 1
                setattr(value, name, lambda *given, order=order, **named: watched.append([*given, *named.values()][::order]))

    def gradients(self, X, Y):
        """The gradients that a turn makes, as an optimizer is given them or as they are kept by their names; None where neither is seen."""
        watched = []
        _, root = self.run(X, Y, 0.0, watched)
        transposed = {"W%d" % i for i, layer in enumerate(self.network.layers, 1) if layer.transposed}
        for parameters, gradients in watched:
            given = {id(array): {slot.path: one for slot, one in submit.walk(gradients)}.get(place.path) for place, array in submit.walk(parameters)}
            wanted = {name: slot.get(root) for i, layer in enumerate(self.network.layers, 1) for name, slot in (("W%d" % i, layer.weight), ("B%d" % i, layer.bias)) if slot is not None}
            found = {name: given.get(id(array)) for name, array in wanted.items()}
            if all(isinstance(array, np.ndarray) and array.shape == wanted[name].shape for name, array in found.items()):
                found = {name: array.ravel() if name.startswith("B") else array for name, array in found.items()}
                return submit.cornered(found, transposed, self.batch)
        kept = [(slot.path, array) for slot, array in submit.walk(root) if isinstance(array, np.ndarray)]
        return submit.called_gradients(kept, self.network, self.batch)

    def loss(self):
        """What a turn calls its loss, of the published batch; that of a probability of 0 is not known."""
        names = [name for name in self.assigned if any(submit.LOSS_WORD.search(word) for word in submit.words(name))]
        after, _ = self.run(self.batch["X"].copy(), self.batch["Y"].copy(), 0.0)
        found = next((name for name in names if np.size(after[name]) == 1 and np.isfinite(after[name])), None)
        return (None, None, None) if found is None else (float(np.squeeze(after[found])), None, found)


def set_in(places, variables, rate):
    """Sets learning rates and batch sizes among variables and in objects."""
    found = submit.settings_of(places)
    for key, wanted in (("rate", rate), ("batch", submit.ROWS)):
        for slot, _ in found[key]:
            slot.set(places if len(slot.steps) > 1 else variables, wanted)


def copied_into(value, memo):
    """A copy in which what several have is one; what cannot be copied, as a generator, stays what it is."""
    try:
        return copy.deepcopy(value, memo)
    except Exception:  # the student's own
        return value


def turn_of(network, batch):
    """
    The loop that trains this network: the innermost of which a turn is given our images and labels and moves all of its parameters, else any of its
    weights. None where there is none.
    """
    names, some = submit.cells_and_names(), None
    if len(network.layers) != len(submit.SIZES) - 1:
        return None
    ends = time.monotonic() + LOOPS_SECONDS
    for body in loops_in(names):
        if time.monotonic() > ends:
            break
        try:
            turn = Turn(body, network, names, batch)
            after, other = [turn.step(batch["X"], labels, submit.LEARNING_RATE)[0] for labels in (batch["Y"], np.roll(batch["Y"], 1, axis=1))]
        except Exception:  # the student's own: another loop may do
            continue
        # What is the same for other labels goes back from other images.
        moved = set() if submit.same(list(after.values()), list(other.values())) else {name for name in after if not np.array_equal(after[name], batch[name])}
        if turn.used == {"X", "Y"} and moved == after.keys():
            return turn
        if turn.used == {"X", "Y"} and moved & {"W1", "W2", "W3"}:
            some = some or turn
    return some
