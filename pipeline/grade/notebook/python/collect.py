"""Finds the network in what a notebook left, and writes the files of a submission from it: what submit.export() does where a student calls it."""
import contextlib
import copy
import inspect
import json
import os
import shutil
import signal
import time

import absent
import functions
import numpy as np
import submit

FOLDER = "/desk/collected"
ROWS_AT_ONCE = 2000
# What a model holds on to besides its network need not be copied with it each time.
MOST_KEPT_BYTES = 8 << 20
MOST_OTHERS = 20


def collect(names, images, settings, seen):
    os.makedirs(FOLDER, exist_ok=True)
    notes = {"scale": 255.0, "trained_by_us": None, "short_of": None, "network": None, "other_networks": [], "called": False, "checklist": [], "functions": {}, "passed_over": absent.PASSED_OVER}
    try:
        if exported(notes):
            if not os.path.exists(os.path.join(FOLDER, "validation.csv")):
                scale = scale_of(names, np.asarray(images[2]))
                aside([training for training in seen["trainings"] if training.model in (None, submit.LAST[0])], (np.asarray(images[0]), scale), {})
        else:
            discover(names, images, settings, seen, notes)
    finally:
        with open(os.path.join(FOLDER, "collected.json"), "w", encoding="utf-8") as file:
            json.dump(notes, file)


def exported(notes):
    """Whether the notebook called submit.export() itself: then that is what is handed in."""
    if submit.LAST is None:
        return False
    model, folder, checklist = submit.LAST
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and not os.path.islink(path):
            shutil.copyfile(path, os.path.join(FOLDER, name))
    notes["called"], notes["checklist"] = True, checklist.lines
    notes["network"] = {"name": "model", "class": None if model is None else type(model).__name__}
    notes["functions"] = roles_of(model, {})
    return True


def discover(names, images, settings, seen, notes):
    X_train, y_train, X_test, y_test = [np.asarray(array) for array in images]
    notes["scale"] = scale = scale_of(names, X_test)
    features = X_test[0].size
    flat = lambda X: X.reshape(len(X), -1).astype(float) / scale
    more = {}
    written_settings = {}
    with submit.undisturbed():
        sample = slice(0, ROWS_AT_ONCE)
        name, model, others = trained_network(names, features, seen["trainings"], (flat(X_train[sample]), y_train[sample]))
        notes["other_networks"] = others[:MOST_OTHERS]
        trained = model is not None
        if model is None and classes_of(names):
            name, model, epochs, whole = train(names, (X_train, y_train), scale, settings)
            trained, notes["trained_by_us"] = epochs > 0, epochs or None
            notes["short_of"] = None if whole else settings["epochs"]
        if model is None:
            model = functions.network_of(names, features)
            trained = model is not None
            if model is not None:
                name = "functions"
                first = first_of(model, seen["first"], features)
                if first is not None:
                    more["first"] = first
                if "gradients" in model.roles_:
                    more["gradients"] = gradients_of(model)
        if model is not None:
            lighten(model)
            of_model = [training for training in seen["trainings"] if training.model is model]
            trainings = of_model or [training for training in seen["trainings"] if training.model is None or notes["trained_by_us"] is None]
            complete(model, names, trainings, more, written_settings)
            if notes["trained_by_us"] is None:
                aside(trainings, (X_train, scale), written_settings)
    if model is not None:
        is_class = not isinstance(model, functions.Base)
        notes["network"] = {"name": name, "class": type(model).__name__ if is_class else None}
    notes["functions"] = roles_of(model, names)
    checklist = submit.written(model, flat(X_test), y_test, student=settings["student"], folder=FOLDER, language=settings["language"], settings=written_settings, **more)
    notes["checklist"] = checklist.lines
    if model is not None and not trained:
        for file in ("weights.npz", "predictions.csv", "misclassified.csv", "history.csv"):
            if os.path.exists(os.path.join(FOLDER, file)):
                os.remove(os.path.join(FOLDER, file))


def scale_of(names, X_test):
    """What the notebook divides a pixel by, by its own copy of the test images; 255 where it has none."""
    official = X_test.reshape(len(X_test), -1)
    top = float(official.max())
    for value in names.values():
        if isinstance(value, np.ndarray) and value.ndim >= 2 and len(value) == len(official) and value[0].size == official.shape[1]:
            own = value.reshape(len(value), -1).max()
            if value.dtype.kind == "f" and own > 0 and np.allclose(value.reshape(len(value), -1)[:50] * (top / own), official[:50], atol=0.01):
                return top / float(own)
    return 255.0


def is_network(value):
    return not inspect.isclass(value) and not inspect.ismodule(value) and any(callable(getattr(value, name, None)) for name in ("fit", "forward", "train", "predict"))


def trained_network(names, features, trainings, images):
    """The trained network, by its name, and the names of others. Of several it is the one that is right for most of these images, and of equal ones the last that the notebook named. One whose fit() did not come to its end is none."""
    ended = [training.model for training in trainings if training.completed]
    broken = [training.model for training in trainings if not training.completed]
    found = [(name, value) for name, value in reversed(list(names.items())) if is_network(value) and submit.find_layers(value, features)[0] is not None]
    found = [(name, value) for name, value in found if any(value is one for one in ended) or not any(value is one for one in broken)]
    # Layers may look like networks of one layer.
    rank = lambda one: (not any(one[1] is model for model in ended), not callable(getattr(one[1], "predict", None)))
    found.sort(key=rank)
    found = [one for i, one in enumerate(found) if rank(one) == rank(found[0]) and not any(one[1] is other for _, other in found[:i])]
    if len(found) > 1:
        right = {name: rightly(model, images) for name, model in found}
        found.sort(key=lambda one: -right[one[0]])
    return (*found[0], [name for name, _ in found[1:]]) if found else (None, None, [])


def rightly(model, images):
    """For what part of the images it is right; 0 where it says nothing."""
    X, y = images
    try:
        return float(np.mean(submit.labels_of(copy.deepcopy(model).predict(X.copy())) == y))
    except Exception:  # the student's own
        return 0.0


def classes_of(names):
    return [value for value in names.values() if inspect.isclass(value) and callable(getattr(value, "fit", None)) and callable(getattr(value, "predict", None))]


def train(names, training, scale, settings):
    """A network of the notebook's class that no cell trained to the end, trained by us through its own fit(), for as many epochs as there is time: its name, itself, the epochs, and whether they are all that were wanted."""
    X, y = training
    X = X.reshape(len(X), -1).astype(float) / scale
    aside_rows = np.random.RandomState(0).permutation(len(X))[: int(np.ceil(0.2 * len(X)))]
    kept = np.setdiff1d(np.arange(len(X)), aside_rows)
    started = [(name, value) for name, value in names.items() if is_network(value) and callable(getattr(value, "fit", None)) and callable(getattr(value, "predict", None))]
    for kind in reversed(classes_of(names)):
        try:
            started.append((kind.__name__, kind()))
        except Exception:  # it demands arguments that nobody knows
            continue
    ends = time.monotonic() + settings["training_seconds"]
    last = (None, None, 0, True)
    for name, model in started:
        for labels in (y.astype(int), np.eye(submit.CLASSES)[y]):
            try:
                first = lambda rows, part: (X[rows[: int(np.ceil(part * len(rows)))]], labels[rows[: int(np.ceil(part * len(rows)))]])
                run = lambda part, epochs: fitted(model, first(kept, part), first(aside_rows, part), epochs)
                # Of what is set aside in proportion too, for a network may be run on it after every epoch.
                part = min(1, 20 * submit.ROWS / len(kept))
                began = time.monotonic()
                run(part, 1)
                last = (name, copy.deepcopy(model), 0, True)
                each = (time.monotonic() - began) / part
                epochs = min(settings["epochs"], int((ends - time.monotonic()) / (1.2 * each + 1e-9)))
                if epochs < 1:
                    return (*last[:3], False)
                with ending(ends):
                    run(1, epochs)
                return name, model, epochs, epochs == settings["epochs"]
            except TimeUp:  # it takes more than in proportion
                return (*last[:3], False)
            except Exception:  # the student's own: the other form of labels is tried, or another class
                continue
    return last


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


def fitted(model, training, validation, epochs):
    for slot, _ in submit.settings_of(model)["epochs"]:
        slot.set(model, epochs)
    required, named = submit.arguments_of(model.fit, 0.01, epochs)
    named = {key: value for key, value in named.items() if submit.plain(key) in submit.EPOCHS}
    takes_validation = [name for name in inspect.signature(model.fit).parameters if "val" in name.lower()]
    model.fit(*[*training, *validation][: max(4 if len(takes_validation) == 2 else 2, required)], **named)


def lighten(model):
    """Images that a network keeps are cut to a few."""
    for slot, value in list(submit.walk(model)):
        if isinstance(value, np.ndarray) and value.nbytes > MOST_KEPT_BYTES and value.shape[0] > 5000:
            try:
                slot.set(model, value[: submit.ROWS].copy())
            except (AttributeError, TypeError):
                continue


def complete(model, names, trainings, more, written_settings):
    """What the object does not say: settings, by what fit() was called with and what the class's functions read of the notebook; losses by epoch."""
    own = submit.settings_of(model)
    own_functions = [value for kind in type(model).__mro__ for value in vars(kind).values() if inspect.isfunction(value) and kind.__module__ != functions.__name__]
    around = [submit.settings_of(training.settings) for training in reversed(trainings)] + [functions.settings_around(names, own_functions, own_functions, False)]
    for key, place in (("rate", "learning_rate"), ("batch", "batch_size"), ("epochs", "epochs"), ("sigma", "sigma")):
        found = next((settings[key] for settings in around if settings[key]), None)
        if not own[key] and found:
            written_settings[place] = found[0][1]
    epochs = int(own["epochs"][0][1]) if own["epochs"] else written_settings.get("epochs")
    (losses, _), _ = submit.learning_curve(model, None, None)
    if losses is not None and "epochs" in written_settings and submit.learning_curve(model, epochs, None)[0][0] is None:
        # The list of losses is of the training itself.
        del written_settings["epochs"]
        epochs = None
    if submit.learning_curve(model, epochs, None)[0][0] is not None:
        return
    lists = [training.lists for training in reversed(trainings)] + [{name: value for name, value in names.items() if isinstance(value, (list, np.ndarray, dict, tuple)) and not name.startswith("X")}]
    for variables in lists:
        flat = {slot.name: value for slot, value in submit.walk(variables) if isinstance(value, (list, np.ndarray)) and np.ndim(value) == 1}
        (train_loss, _), (val_loss, _) = submit.learning_curve(None, epochs, flat)
        if train_loss is not None:
            more["history"] = {"train_loss": train_loss}
            if val_loss is not None:
                more["history"]["val_loss"] = val_loss
            return


def first_of(model, first, features):
    """The first parameters of functions: as a cell left them before the training, else as the function gives them that draws them."""
    trained = model.like_(features)
    held = {name: first[name] for name in model.held_ if name in first}
    if len(held) == len(model.held_):
        layers, _ = submit.find_layers(held, features)
        if layers is not None:
            taken = submit.take(held, layers)
            if any(not np.array_equal(taken[name], trained[name]) for name in taken):
                return taken
    if "init" in model.roles_:
        try:
            drawn = model.call_("init")
            layers, _ = submit.find_layers(drawn, features) if isinstance(drawn, dict) else (None, None)
            return functions.by_shape(drawn, trained) if layers is None else submit.take(drawn, layers)
        except Exception:  # the student's own
            return None
    return None


def gradients_of(model):
    def gradients(X, Y, parameters):
        fresh = copy.deepcopy(model)
        layers = fresh.layers_(model.features_)
        for i, layer in enumerate(layers, 1):
            submit.put(fresh, functions.HeldLayer(layer), parameters["W%d" % i], parameters.get("B%d" % i))
        return fresh.gradients_(X, Y)

    return gradients


# --- Which training images were set aside -----------------------------------------------------------------------------------------------------


def keys_of(X, scale, weights):
    """A number for each image, the same for the same pixels; None where they are not pixels by this scale."""
    X = X.reshape(len(X), -1)
    if X.shape[1] != len(weights):
        return None
    keys = []
    for start in range(0, len(X), ROWS_AT_ONCE):
        rows = X[start : start + ROWS_AT_ONCE].astype(float) * scale
        whole = np.rint(rows)
        if np.abs(rows - whole).max() > 0.01:
            return None
        keys.append(whole @ weights)
    return np.concatenate(keys)


def aside(trainings, official, written_settings):
    """Writes which images were set aside, where the arrays that fit() was given say it."""
    X_train, scale = official
    given = next((training.arrays for training in reversed(trainings) if training.arrays and training.arrays[0].ndim == 2), None)
    if given is None:
        return
    weights = np.random.RandomState(1).randint(1, 1 << 24, X_train[0].size).astype(float)
    known = keys_of(X_train, 1.0, weights)
    own = keys_of(given[0], 1.0 if given[0].dtype.kind in "ui" else scale, weights)
    if own is None or not np.isin(own, known).all():
        return
    rows = {}
    for index, key in enumerate(known):
        rows.setdefault(key, []).append(index)
    for key in own:
        if rows.get(key):
            rows[key].pop()
    left = sorted(index for indices in rows.values() for index in indices)
    if not left:
        written_settings["split"] = 0
    elif len(left) <= len(X_train) // 2:
        submit.table(FOLDER, "validation.csv", "index", np.array(left), "%d")


def roles_of(model, names):
    """The student's functions by what they do, for whoever looks for the cell of one: {role: name}."""
    if isinstance(model, functions.Base):
        found = {role: function.__name__ for role, function in model.roles_.items()}
        return {"forward": found.get("forward"), "loss": found.get("loss"), "backward": found.get("gradients") or found.get("step"),
                "update": found.get("step") or found.get("update") or found.get("train"), "fit": found.get("train"), "predict": found.get("predict"), "init": found.get("init")}
    if model is None:
        return {}
    found = {"forward": submit.FORWARDS, "loss": submit.LOSSES, "backward": submit.BACKWARDS, "update": submit.UPDATES, "fit": ["fit"], "predict": ["predict"]}
    return {**{role: submit.method_of(model, wanted)[0] for role, wanted in found.items()}, "init": "__init__", "class": type(model).__name__}
