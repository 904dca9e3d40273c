"""A network whose loss and optimizer are objects or functions beside it, as PyTorch has them: what its training calls in a row, as methods of one object."""
import inspect
import time

import functions
import numpy as np
import submit
from called import MOST_FUNCTIONS, is_called_loss, losses_of_trainings, own_functions, read_by_fit, takes_logarithms
from functions import TimeUp, ending

# How a loss that is an object is called.
CALLED = ["__call__", "forward"] + submit.LOSSES
# Before the variables of what is beside the network: one may be called as a method, `loss`, in whose place it would stand.
PREFIX = "beside_"


class Joined:
    """Parts by the names that the notebook has for them. What is no method of ours is the network's."""

    def __init__(self, parts, roles):
        self.__dict__.update(parts)
        # Which part does what: {role: (variable, method)}.
        self.roles_ = roles

    def __getattr__(self, name):
        roles = self.__dict__.get("roles_")
        if roles is None or (name.startswith("__") and name != "__call__"):
            raise AttributeError(name)
        return getattr(self.__dict__[roles["network"][0]], name)

    def __dir__(self):
        return [*object.__dir__(self), *dir(self.network_)]

    @property
    def network_(self):
        return self.__dict__[self.roles_["network"][0]]

    def method_(self, role):
        part, method = self.roles_[role]
        return self.__dict__[part] if method is None else getattr(self.__dict__[part], method)

    def joined_loss(self, P, Y):
        self.given_ = [P, Y]
        return self.method_("loss")(*self.given_[:: -1 if self.roles_["labels_first"] else 1])

    def joined_backward(self):
        back, last = self.method_("loss_backward"), None
        for arguments in ([], self.given_, self.given_[::-1]):
            try:
                last = back(*arguments)
                break
            except TypeError as error:  # it demands others
                last = error
        if isinstance(last, Exception):
            raise last
        return self.method_("backward")(last)

    def joined_update(self, lr):
        optimizer = self.__dict__[self.roles_["update"][0]]
        for slot, _ in submit.settings_of(optimizer)["rate"]:
            slot.set(optimizer, lr)
        return self.method_("update")()

    def named_(self, how):
        """What was found how, by the notebook's own names of the parts."""
        dotted = lambda role: "%s()" % ".".join(part.removeprefix(PREFIX) for part in self.roles_[role] if part not in (None, "__call__"))
        names = {role + "()": dotted(role) for role in ("loss", "backward", "update") if role in self.roles_}
        return functions.renamed(how, {**names, "__call__()": dotted("network"), "first=": type(self.network_).__name__ + "()"})


def joined(name, network, names, features):
    """A network with what is beside it; itself where that has a loss of its own, or where there is nothing beside it."""
    if submit.method_of(network, submit.LOSSES)[1] is not None:
        return network
    roles, parts = {"network": (name, None)}, {name: network}
    loss = loss_beside(network, names, features)
    if loss is None:
        return network
    part, method, roles["labels_first"] = loss
    roles["loss"], parts[PREFIX + part] = (PREFIX + part, method), names[part]
    back, backward = submit.method_of(names[part], submit.BACKWARDS)[0], submit.method_of(network, submit.BACKWARDS)[0]
    methods = {"loss": Joined.joined_loss}
    if method is not None and None not in (back, backward):
        roles["loss_backward"], roles["backward"] = (PREFIX + part, back), (name, backward)
        methods[submit.BACKWARDS[0]] = Joined.joined_backward
    optimizer = optimizer_beside(network, names)
    if optimizer is not None and submit.method_of(network, submit.UPDATES)[1] is None:
        roles["update"], parts[PREFIX + optimizer[0]] = (PREFIX + optimizer[0], optimizer[1]), names[optimizer[0]]
        methods["update"] = Joined.joined_update
    return type("Joined", (Joined,), methods)(parts, roles)


def own_objects(names):
    """Objects of the notebook's own classes, by their names."""
    kinds = [value for value in names.values() if inspect.isclass(value)]
    return {name: value for name, value in names.items() if any(type(value) is kind for kind in kinds)}


def loss_beside(network, names, features):
    """What is a cross-entropy of probabilities or of what they are made of: its variable, its method where it is an object, and whether the labels come first."""
    objects = {name: value for name, value in own_objects(names).items() if value is not network}
    tried = [(name, method) for name, value in objects.items() for method in dict.fromkeys(submit.method_of(value, [wanted])[0] for wanted in CALLED) if method is not None]
    every = own_functions(names)
    allowed = losses_of_trainings(names)
    if submit.attribute(network, "fit") is not None:
        # What its training does not call is not its loss.
        read = read_by_fit(network, names)
        allowed = {name: function for name, function in every.items() if name in read}
    own = {name: function for name, function in allowed.items() if takes_logarithms(function, every)}
    tried += sorted(((name, None) for name in own), key=lambda one: not any(submit.LOSS_WORD.search(word) for word in submit.words(one[0])))
    Y = np.eye(submit.CLASSES)
    likely = lambda p: np.where(Y == 1, p, (1 - p) / (submit.CLASSES - 1))

    def does(run, form, of, labels_first):
        good, bad = [float(np.squeeze(run(*[form(likely(p)), of(Y)][:: -1 if labels_first else 1]))) for p in (0.9, 0.2)]
        # Whatever it is multiplied by.
        return abs(bad / good / (np.log(0.2) / np.log(0.9)) - 1) < 0.1

    for name, method in tried[: MOST_FUNCTIONS]:
        try:
            run = own[name] if method is None else getattr(submit.copied(objects[name]), method)
            if len(submit.demands(run)) != 2:
                continue
        except Exception:  # the student's own
            continue
        ends = time.monotonic() + functions.TRIED_SECONDS
        for form in (np.array, submit.logits_of):
            for of in submit.LABEL_FORMS:
                for labels_first in (False, True):
                    try:
                        with ending(ends):
                            if does(run, form, of, labels_first):
                                return name, method, labels_first
                    except (Exception, TimeUp):  # the student's own: it does something else
                        continue
    # One that is no cross-entropy, and is called a loss: what it gives is what is graded.
    called = [name for name, value in objects.items() if submit.method_of(value, submit.BACKWARDS)[1] is not None
              and any(submit.LOSS_WORD.search(word) or word == "criterion" for word in submit.words(name) + submit.words(type(value).__name__))]
    methods = [(name, method) for name, method in tried if called == [name]]
    for name, method in methods[:1]:
        return name, method, submit.orders_of(getattr(objects[name], method))[0][0]
    for name, function in allowed.items():
        if is_called_loss(name) and len(submit.demands(function)) == 2 and not notes_loss(network, features):
            return name, None, submit.orders_of(function)[0][0]
    return None


def notes_loss(network, features):
    """Whether fit() notes a loss of its own, beside which a function is what else is told of the training, as a squared error."""
    facing = submit.facing_rows(network, features)
    layers, _ = submit.find_layers(facing, features)
    return layers is not None and submit.loss_in_fit(submit.Network(facing, layers, features), submit.probe_batch())[0] is not None


def optimizer_beside(network, names):
    """What moves the parameters of the network by itself, and keeps nothing from step to step: its variable and its method."""
    known = {id(value) for _, value in submit.walk(network) if isinstance(value, np.ndarray)}
    for name, value in own_objects(names).items():
        method, update = submit.method_of(value, submit.UPDATES)
        held = [array for _, array in submit.walk(value) if isinstance(array, np.ndarray)]
        if value is network or update is None or not held or not all(id(array) in known for array in held):
            continue
        try:
            if not submit.demands(update):
                return name, method
        except Exception:  # the student's own
            continue
    return None
