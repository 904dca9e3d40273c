"""Finds the network in what a notebook left, and writes the files of a submission from it: what submit.export() does where a student calls it."""
import inspect
import json
import os

import numpy as np
import submit

FOLDER = "/work/collected"


def collect(names, images, settings):
    X_train, y_train, X_test, y_test = [np.asarray(array) for array in images]
    os.makedirs(FOLDER, exist_ok=True)
    scale = scale_of(names, X_test)
    flat = lambda X: X.reshape(len(X), -1).astype(float) / scale
    notes = {"scale": scale, "trained_by_us": None, "network": None, "checklist": []}
    with submit.undisturbed():
        name, model = trained_network(names, X_test[0].size)
        if model is None:
            name, model, notes["trained_by_us"] = train(names, (flat(X_train), y_train), (flat(X_test), y_test), settings["epochs"])
        found = {}
        if model is None:
            found = functions_of(names, X_test[0].size)
    if model is not None:
        notes["network"] = {"name": name, "class": type(model).__name__}
    elif found:
        notes["network"] = {"name": "functions", "class": None}
    checklist = submit.written(model, flat(X_test), y_test, student=settings["student"], folder=FOLDER, language=settings["language"], **found)
    notes["checklist"] = checklist.lines
    notes["functions"] = defined_in(names, model)
    with open(os.path.join(FOLDER, "collected.json"), "w", encoding="utf-8") as file:
        json.dump(notes, file)


def scale_of(names, X_test):
    """What the notebook divides a pixel by, by its own copy of the test images; 255 where it has none."""
    official = X_test.reshape(len(X_test), -1)
    top = float(official.max())
    for value in names.values():
        if isinstance(value, np.ndarray) and value.ndim >= 2 and len(value) == len(official) and value[0].size == official.shape[1]:
            own = value.reshape(len(value), -1).max()
            if own > 0 and np.allclose(value.reshape(len(value), -1)[:50] * (top / own), official[:50], atol=0.01):
                return top / float(own)
    return 255.0


def trained_network(names, features):
    """The network that was trained last, by the order in which the notebook named it."""
    for name, value in reversed(list(names.items())):
        if callable(getattr(value, "fit", None)) and callable(getattr(value, "predict", None)) and not inspect.isclass(value):
            layers, _ = submit.find_layers(value, features)
            if layers is not None:
                return name, value
    return None, None


def train(names, training, test, epochs):
    """A network of the notebook's class that no cell trained to the end, trained by us through its own fit()."""
    X, y = training
    started = [(name, value) for name, value in names.items() if not inspect.isclass(value) and callable(getattr(value, "fit", None)) and callable(getattr(value, "predict", None))]
    for kind in [value for value in names.values() if inspect.isclass(value) and callable(getattr(value, "fit", None)) and callable(getattr(value, "predict", None))]:
        try:
            started.append((kind.__name__, kind()))
        except Exception:  # it demands arguments that nobody knows
            continue
    for name, model in reversed(started):
        for slot, _ in submit.settings_of(model)["epochs"]:
            slot.set(model, epochs)
        for labels in (y.astype(int), np.eye(submit.CLASSES)[y]):
            try:
                required, named = submit.arguments_of(model.fit, 0.01, epochs)
                named = {key: value for key, value in named.items() if submit.plain(key) in submit.EPOCHS}
                model.fit(*[X, labels, test[0], labels[: len(test[0])]][: max(2, required)], **named)
                return name, model, epochs
            except Exception:  # the student's own: the other form of labels is tried, or another class
                continue
    return None, None, None


def functions_of(names, features):
    """forward, loss, gradients and step of a notebook without a class, where they take what such functions take."""
    parameters = {}
    for value in names.values():
        if isinstance(value, dict) and submit.find_layers(value, features)[0] is not None:
            layers, _ = submit.find_layers(value, features)
            parameters = submit.take(value, layers)
            break
    else:
        layers, _ = submit.find_layers(names, features)
        if layers is not None:
            parameters = submit.take(names, layers)
    return {"parameters": parameters} if parameters else {}


def defined_in(names, model):
    """The functions and methods that a diagnosis may speak of, by the source of each: whoever reads it knows the cell."""
    found = {}
    members = list(inspect.getmembers(type(model), inspect.isfunction)) if model is not None else []
    members += [(name, value) for name, value in names.items() if inspect.isfunction(value)]
    for name, function in members:
        found[name] = function.__code__.co_filename
    return found
