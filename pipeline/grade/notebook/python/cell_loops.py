"""What the loops of a notebook's cells do to its networks while it runs: which of them train, at which learning rates, and with which first weights."""
import ast
import hashlib
import inspect

# Of an image. By their size the weights that it is multiplied by are known, with the biases among them or without.
FEATURES = 28 * 28
MOST_LOOPS, MOST_OBJECTS = 20, 50
MOST_FIRST_BYTES, MOST_WEIGHT_BYTES = 64 << 20, 16 << 20


class Loop:
    """A loop that has ended: its text, the first and last of the learning rates that changed in it, and the first layers' weights before and after it."""

    def __init__(self, text, rates, before, after):
        self.text, self.rates, self.before, self.after = text, rates, before, after
        same = [path for path in before.keys() & after.keys() if before[path][0] is after[path][0]]
        # By the way to those that it changed, whose they are: an object's, or None of the notebook's variables. That of another object in its place is not changed.
        self.trained = {path: after[path][0] for path in same if before[path][1] != after[path][1]}

    def goes_on_from(self, other):
        """Whether these are weights that the other loop left: they were not drawn anew between the two."""
        return any(path in other.after and other.after[path][1] == self.before[path][1] for path in self.trained)


def first_layers_in(names):
    """By the way to them the weights of first layers, what has them, and their bytes in short."""
    import numpy as np
    import submit

    found = {}
    for name, value in list(names.items()):
        own = is_own_object(value)
        if name.startswith("_") or not (own or isinstance(value, (np.ndarray, dict, list))):
            continue
        for slot, array in submit.walk({name: value}):
            if isinstance(array, np.ndarray) and array.ndim == 2 and array.dtype.kind == "f" and {FEATURES, FEATURES + 1} & set(array.shape) and array.nbytes <= MOST_WEIGHT_BYTES \
                    and not submit.DATA.search(slot.name) and not submit.ONLY_GRADIENT.search(slot.name):
                found[slot.path] = (value if own else None, hashlib.sha1(np.ascontiguousarray(array)).digest())
    return found


def is_own_object(value):
    return type(value).__module__ == "__main__"


def begins(seen, names, rates):
    layers = first_layers_in(names)
    last = seen["loops"][-1].after if seen["loops"] else {}
    for path, (holder, digest) in layers.items():
        if holder is not None and path in last and last[path][0] is holder and last[path][1] != digest:
            # Whether by images nobody saw.
            doubt(seen, holder)
    take_objects(seen, [value for name, value in list(names.items()) if not name.startswith("_")])
    seen["before"] = rates, layers


def ends(seen, names, text, counted, rates):
    """What the loop goes through, as several learning rates that are tried, is no rate that changes; nor is that of another object in its place."""
    before, layers = seen["before"]
    both = {path: (*before[path], *rates[path]) for path in before.keys() & rates.keys() if path not in ["[%r]" % name for name in counted]}
    loop = Loop(text, {path: (first, last) for path, (one, first, other, last) in both.items() if one is other and first != last}, layers, first_layers_in(names))
    seen["loops"].append(loop)
    seen["before"] = {}, {}
    del seen["loops"][:-MOST_LOOPS]
    # Those in which no first layer is seen may have been trained by any loop.
    unseen = [value for value, _ in seen["objects"] if not any(value is holder for holder, _ in loop.after.values())]
    changed = [holder for holder in loop.trained.values() if holder is not None]
    what = what_changes(text, names) if changed or unseen else None
    if what == "images":
        seen["settled"] |= set(map(id, changed + unseen))
    elif what == "methods":
        for holder in changed:
            doubt(seen, holder)
    elif what == "neither":
        seen["redrawn"] += changed


def what_changes(text, names):
    """By what a loop changes weights: `images`; `methods`, of which it is not seen what they are given; or neither, as where it draws or scales them."""
    import numpy as np
    import submit
    from called import globals_of, own_functions
    from prelude import TRAINING

    tree, own = ast.parse(text), own_functions(names)
    read, called = submit.names_in([tree], ast.Load), {getattr(node.func, "attr", getattr(node.func, "id", None)) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    ahead = list(read & own.keys())
    while ahead:
        more = globals_of(own[ahead.pop()].__code__) - read
        read, ahead = read | more, ahead + list(more & own.keys())
    values = [names.get(name) for name in read]
    are_images = lambda value: isinstance(value, np.ndarray) and value.ndim > 1 and (value.shape[-1] == FEATURES or value.shape[0] == FEATURES or value.shape[-2:] == (28, 28))
    trains = {"fit", *TRAINING, *submit.FORWARDS, *submit.BACKWARDS, *submit.GRADIENTS, *submit.UPDATES}
    if any(map(are_images, values)) or called & trains:
        return "images"
    kinds = [type(value) for value in values if is_own_object(value)]
    return "methods" if any(inspect.isfunction(submit.attribute(kind, name)) for kind in kinds for name in called - {None}) else "neither"


def take_objects(seen, values):
    """Keeps the arrays of objects as they are before a training: anew, until one has begun."""
    import numpy as np
    import submit

    for value in values:
        if not is_own_object(value) or id(value) in seen["settled"]:
            continue
        arrays = [(slot, array) for slot, array in submit.walk(value) if isinstance(array, np.ndarray) and array.dtype.kind == "f" and not submit.DATA.search(slot.name)]
        forget(seen, value)
        if sum(array.nbytes for _, array in arrays) <= MOST_FIRST_BYTES and len(seen["objects"]) < MOST_OBJECTS:
            seen["objects"].append((value, [(slot, array.copy()) for slot, array in arrays]))


def forget(seen, value):
    seen["objects"][:] = [found for found in seen["objects"] if found[0] is not value]


def doubt(seen, value):
    """Nothing is said of the first weights of what has changed nobody knows how; of what has been trained before it is known."""
    if id(value) not in seen["settled"]:
        forget(seen, value)
        seen["settled"].add(id(value))


def settle(seen, values):
    """A training of these begins."""
    values = [value for value in values if is_own_object(value)]
    take_objects(seen, values)
    seen["settled"] |= set(map(id, values))
