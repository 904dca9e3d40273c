"""Finds the network in what a notebook left, and writes the files of a submission from it: what submit.export() does where a student calls it."""
import copy
import inspect
import json
import os
import re
import shutil
import time

import absent
import beside
import functions
import numpy as np
import submit
from called import read_by_trainings
from functions import TimeUp, ending

FOLDER = "/desk/collected"
ROWS_AT_ONCE = 2000
# What part of a training's images must be pixels as they are understood.
OWN_ROWS = 0.3
# By how many images it is seen what a notebook makes of pixels, and which images a training was given.
ROWS_COMPARED, ROWS_SEEN = 10000, 200
# A network is as right of two kinds of images that differ by less.
TIE = 0.005
# A network that is right of fewer images has not learned, and is no more right of its own pixels than of others.
LEARNED = 0.3
# What a model holds on to besides its network need not be copied with it each time.
MOST_KEPT_BYTES = 8 << 20
MOST_OTHERS = 20
MOST_TEXT = 2000
DRAWS = re.compile(r"\brandn?\b|normal|uniform|init", re.I)


def collect(names, images, settings, seen):
    os.makedirs(FOLDER, exist_ok=True)
    submit.NOTEBOOK[:], submit.BEGUN[:] = [names], seen["objects"]
    notes = {"scale": 255.0, "trained_by_us": None, "short_of": None, "rates": None, "pixels": None, "optimizer": None, "network": None, "other_networks": [], "called": False, "checklist": [], "functions": {}, "passed_over": absent.PASSED_OVER}
    try:
        if exported(notes):
            model, _, checklist = submit.LAST
            trainings = [training for training in seen["trainings"] if training.model in (None, model)]
            X_train = flat(images[0])
            given = given_to(trainings, X_train)
            pixels = matching(candidates(names, images), given, X_train)
            if pixels is not None:
                pixels = refined(pixels, given[0], X_train)
                reaching = pixels if model is None else pixels.prepared(model)
                if not reaching.usual:
                    put_pixels_into_weights(reaching, checklist)
                    notes["checklist"] = checklist.lines
                if not os.path.exists(os.path.join(FOLDER, "validation.csv")):
                    aside(trainings, (X_train, pixels), {})
        else:
            discover(names, images, settings, seen, notes)
    except BaseException:
        # Half of what was to be written would be graded as all there is: nothing is, and why is told instead.
        shutil.rmtree(FOLDER, ignore_errors=True)
        raise
    # What an error of the student's says may be as long as arrays are.
    notes["checklist"] = [(mark, what, text[:MOST_TEXT]) for mark, what, text in notes["checklist"]]
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
    X_train, X_test = flat(X_train), flat(X_test)
    features = X_test.shape[1]
    known = candidates(names, images)
    ended = [training for training in seen["trainings"] if training.completed]
    pixels = matching(known, given_to(ended, X_train), X_train) or (known[2:] or known)[0]
    more = {}
    written_settings = {}
    with submit.undisturbed():
        sample = slice(0, ROWS_AT_ONCE)
        name, model, others = trained_network(names, features, seen["trainings"], (pixels.of(X_train[sample]), y_train[sample]))
        notes["other_networks"] = others[:MOST_OTHERS]
        if model is None:
            # Nor is one trained anew whose training came to its end, and whose layers alone are not found.
            name, model = next(((name, value) for training in reversed(ended) for name, value in names.items() if value is training.model and is_network(value)), (None, None))
        trained = model is not None
        if model is None and classes_of(names):
            name, model, epochs, whole = train(names, (pixels.of(X_train), y_train), 1.0, settings)
            trained, notes["trained_by_us"] = epochs > 0, epochs or None
            notes["short_of"] = None if whole else settings["epochs"]
        if model is None:
            model = functions.network_of(names, features, (pixels.of(X_train[sample]), y_train[sample]))
            trained = model is not None
            if model is not None:
                name = "functions"
                first = first_of(model, seen["first"], features)
                if first is not None:
                    more["first"] = first
                if "gradients" in model.roles_:
                    more["gradients"] = gradients_of(model)
        if model is None:
            name, model = broken_network(names, features, seen["trainings"])
        network = model
        if model is not None:
            first = redrawn(model, seen, features)
            if first is not None:
                more["first"] = first
            lighten(model)
            if not isinstance(model, functions.Base):
                model = submit.facing_rows(beside.joined(name.rpartition(".")[2], model, names, features), features)
            of_model = [training for training in seen["trainings"] if network_in(training.model, features) is network]
            trainers = [value for value in names.values() if value is not network and network_in(value, features) is network]
            trainings = of_model or [training for training in seen["trainings"] if training.model is None or notes["trained_by_us"] is None]
            complete(model, network, names, more, written_settings, trainings=trainings, trainers=trainers)
            notes["rates"] = changing_rate(trainings) if trainings else changing_rate_of(seen["loops"], network, features)
            if notes["rates"] is not None:
                written_settings["learning_rate"] = notes["rates"][0]
            if notes["trained_by_us"] is None:
                pixels = pixels_of(model, known, given_to(trainings, X_train), (X_train, y_train))
                if pixels is not None:
                    aside(trainings, (X_train, pixels), written_settings)
    if model is not None:
        is_class = not isinstance(model, functions.Base)
        notes["network"] = {"name": name, "class": type(network).__name__ if is_class else None}
    notes["functions"] = roles_of(network, names)
    given, pixels = pixels, pixels and model is not None and pixels.prepared(model) or pixels
    usual = pixels is None or pixels.usual
    checklist = submit.written(model, (given or known[0]).of(X_test), y_test, student=settings["student"], folder=FOLDER, language=settings["language"], settings=written_settings, **more)
    if "first" in more and not can(model, "named_"):
        # As functions say by which variables they have it.
        checklist.lines = [(mark, what, text.replace("first=", name, 1) if (mark, what) == ("ok", "init") else text) for mark, what, text in checklist.lines]
    if can(model, "named_"):
        parts = [(mark, what, text.partition("\n")) for mark, what, text in checklist.lines]
        checklist.lines = [(mark, what, model.named_(how) + end + line) for mark, what, (how, end, line) in parts]
    if pixels is None:
        no_claim(checklist)
    elif not usual:
        put_pixels_into_weights(pixels, checklist)
    notes["checklist"], notes["optimizer"] = checklist.lines, checklist.optimizer
    notes["scale"] = 255.0 if pixels is None else pixels.scale
    notes["pixels"] = None if usual else "as_they_are" if pixels.raw else "divided_twice" if pixels.twice else "other"
    if model is not None and not trained:
        for file in ("weights.npz", "predictions.csv", "misclassified.csv", "history.csv"):
            if os.path.exists(os.path.join(FOLDER, file)):
                os.remove(os.path.join(FOLDER, file))


# --- What the notebook makes of pixels ------------------------------------------------------------------------------------------------------------


def flat(X):
    X = np.asarray(X)
    return X.reshape(len(X), -1)


class Pixels:
    """What a notebook makes of a pixel from 0 to 255: a * pixel + b, with numbers of its own for each. `known` where those could be seen, `kept` whether arrays of the notebook's own have them."""

    def __init__(self, a, b, known, kept=True):
        self.a, self.b, self.known, self.kept = a, b, known, kept
        self.usual = bool(np.allclose(a, 1 / 255, rtol=1e-5, atol=0) and np.abs(b).max() < 1e-5)
        self.raw = bool(np.all(a == 1) and np.all(b == 0))
        self.twice = bool(np.allclose(a, 1 / 255**2, rtol=1e-5, atol=0) and np.abs(b).max() < 1e-8)
        self.scale = 255.0 if self.usual else float(1 / np.abs(a).max())

    def of(self, X):
        return X.astype(float) / 255 if self.usual else X * self.a + self.b

    def prepared(self, model):
        """What reaches the first layer of a network that makes something of these itself, in its training where that is seen, else wherever it is seen."""
        with submit.undisturbed():
            model = submit.facing_rows(model, len(self.a))
            layers, _ = submit.find_layers(model, len(self.a))
            made = {} if layers is None else submit.Network(model, layers, len(self.a)).preparations
        if not made:
            return self
        a, b = made.get("fit") or made["predict" if made.get("predict") else None]
        return Pixels(a * self.a, a * self.b + b, self.known, self.kept)

    def back(self, X):
        """Pixels from 0 to 255, of which those that are not known are 0, and which rows are such."""
        found = np.zeros(X.shape)
        found[:, self.known] = (X[:, self.known].astype(float) - self.b[self.known]) / self.a[self.known]
        whole = np.rint(found)
        return whole, (np.abs(found - whole) < 0.05).all(axis=1) & (whole >= 0).all(axis=1) & (whole <= 255).all(axis=1)


def alike(features, a):
    return Pixels(np.full(features, a), np.zeros(features), np.full(features, True), kept=False)


def candidates(names, images):
    """Pixels by 255, as they are, and then as the notebook's own copies of the official images have them."""
    official = [flat(images[0]), flat(images[2])]
    features = official[0].shape[1]
    found = [alike(features, 1 / 255), alike(features, 1.0)]
    # The test images first: it is for those that each pixel counts.
    for X in official[::-1]:
        for value in [as_rows(value, features) for value in names.values() if isinstance(value, np.ndarray)]:
            if value.ndim >= 2 and len(value) == len(X) and value[0].size == features and value.dtype.kind == "f":
                pixels = compared(flat(value), X)
                if pixels is None:
                    continue
                same = next((one for one in found if np.allclose(pixels.a, one.a, rtol=1e-4) and np.allclose(pixels.b, one.b, rtol=1e-4, atol=1e-6)), None)
                if same is None:
                    found.append(pixels)
                else:
                    same.kept = True
    return found


def compared(own, X):
    """By which a and b these are those pixels; None where they are not."""
    own, X = own[:ROWS_COMPARED].astype(float), X[:ROWS_COMPARED].astype(float)
    found = submit.affine(own, X, 1e-4)
    if found is None:
        return None
    a, b, changes = found
    known = changes & (np.abs(a) > 1e-9)
    if not known.any():
        return None
    # A pixel that never changes is taken to be as the others are.
    a = np.where(changes, a, np.median(a[known]))
    b = own.mean(axis=0) - a * X.mean(axis=0)
    as_one = np.ptp(a[known]) < 1e-5 * np.abs(a[known]).max()
    return Pixels(a, b, known | (as_one & ~changes))


def refined(pixels, given, X_train):
    """With what images of the training say of pixels that never change among the test images."""
    weights = key_weights(pixels)
    rows = {key: index for index, key in enumerate(hashed(X_train, weights))}
    keys = keys_of(flat(given), pixels, weights)
    unknown = ~pixels.known
    if keys is None or not unknown.any() or not all(key in rows for key in keys):
        return pixels
    own, X = flat(given)[:, unknown].astype(float), X_train[[rows[key] for key in keys]][:, unknown].astype(float)
    middle, about = X.mean(axis=0), own.mean(axis=0)
    variance = ((X - middle) ** 2).mean(axis=0)
    a, b = pixels.a.copy(), pixels.b.copy()
    a[unknown] = np.where(variance > 0, ((X - middle) * (own - about)).mean(axis=0) / np.where(variance > 0, variance, 1), a[unknown])
    b[unknown] = about - a[unknown] * middle
    return Pixels(a, b, pixels.known)


def given_to(trainings, X_train):
    """The arrays of the last training that was given images, those as rows."""
    features = X_train.shape[1]
    fits = lambda array: array.ndim >= 2 and len(array) > 0 and array[0].size == features
    given = ([as_rows(array, features) for array in training.arrays] for training in reversed(trainings))
    return next((arrays for arrays in given if arrays and fits(arrays[0])), None)


def as_rows(X, features):
    """Images that are columns as rows."""
    return X.T if X.ndim == 2 and X.shape[0] == features != X.shape[1] else X


def matching(known, given, X_train):
    """By which of these what a training was given are official images; None where nobody knows."""
    if given is None:
        return None
    for pixels in known:
        weights = key_weights(pixels)
        keys = keys_of(flat(given[0][:ROWS_SEEN]), pixels, weights)
        if keys is not None and np.isin(keys, hashed(X_train, weights)).all():
            return pixels
    return None


def pixels_of(model, known, given, images):
    """What the network is to be given; None where its training was given no pixels by any of these."""
    X, y = images
    found = matching(known, given, X)
    if found is not None:
        return refined(found, given[0], X)
    if given is not None:
        # Images of its own, as shifted ones, may be among them.
        some = flat(given[0][:: 1 + len(given[0]) // ROWS_AT_ONCE])
        known = [pixels for pixels in known if np.mean(pixels.back(some)[1]) > OWN_ROWS]
    sample = slice(0, ROWS_AT_ONCE)
    right = [rightly(model, (pixels.of(X[sample]), y[sample])) for pixels in known]
    # With relu a network may be as right whatever pixels are multiplied by: then what the notebook has decides, or nothing is said of it.
    tied = [pixels for pixels, part in zip(known, right) if part >= max(right) - TIE or max(right) < LEARNED]
    likely = [pixels for pixels in tied if pixels.kept] or tied
    return likely[0] if likely and (len(likely) == 1 or likely[0].usual) else None


def put_pixels_into_weights(pixels, checklist):
    """weights.npz for pixels by 255, which give what the network gives for its own."""
    path = os.path.join(FOLDER, "weights.npz")
    if not os.path.exists(path):
        return
    with np.load(path) as arrays:
        trained = dict(arrays)
    W1 = trained["W1"].astype(float)
    if W1.shape[0] != len(pixels.a):
        return
    trained["B1"] = (trained.get("B1", 0) + pixels.b @ W1).astype(trained["W1"].dtype)
    trained["W1"] = (255 * pixels.a[:, None] * W1).astype(trained["W1"].dtype)
    submit.save(FOLDER, "weights.npz", trained)
    how = submit.say("。画素の前処理（255 で割るのとは別の変換）を W1 と B1 に含めました", "; what is made of pixels, which is not division by 255, was put into W1 and B1")
    checklist.lines = [(mark, what, text + how if what == "parameters" and mark == "ok" else text) for mark, what, text in checklist.lines]


def no_claim(checklist):
    """Nothing is said of how well a network does that is given we do not know what."""
    for file in ("weights.npz", "predictions.csv", "misclassified.csv"):
        if os.path.exists(os.path.join(FOLDER, file)):
            os.remove(os.path.join(FOLDER, file))
    checklist.lines = [line for line in checklist.lines if line[1] != "predictions"]
    checklist.lacks("predictions", submit.say("訓練に使われた画像は画素を 255 で割ったものではなく、どう前処理したのかわかりません", "what it was trained on are no pixels divided by 255, and how else they were preprocessed is not known"),
                    "submit.export(model, X_test, y_test)")


def is_network(value):
    return not inspect.isclass(value) and not inspect.ismodule(value) and not inspect.isroutine(value) and (can(value, "fit") or can(value, "train") or answers(value))


def answers(value):
    name = "predict" if can(value, "predict") else submit.method_of(value, submit.FORWARDS)[0]
    # Jupyter's own objects that can be called, as its quit, hold all variables.
    return name is not None and (name != "__call__" or submit.kind_of(value).__module__ == "__main__")


def held_networks(value, features):
    """The networks that something holds which can be asked nothing itself, as the trainer of a book does: where, and what."""
    if not is_network(value) or answers(value):
        return []
    return [(place, one) for place, one in getattr(value, "__dict__", {}).items() if is_network(one) and answers(one) and submit.find_layers(one, features)[0] is not None]


def network_in(value, features):
    """The network that a trainer trains; of anything else that itself."""
    held = held_networks(value, features)
    return held[0][1] if held else value


def can(value, name):
    """Whether it has such a method. It may be any object, whose __getattr__ may raise anything."""
    return callable(submit.attribute(value, name))


def trained_network(names, features, trainings, images):
    """The trained network, by its name, and the names of others. Of several it is the one that is right for most of these images, and of equal ones the last that the notebook named. One whose fit() did not come to its end is none."""
    ended = [network_in(training.model, features) for training in trainings if training.completed]
    broken = [network_in(training.model, features) for training in trainings if not training.completed]
    own = [(name, value) for name, value in reversed(list(names.items())) if is_network(value)]
    # Those that have a name of their own before those that are known as part of their trainer.
    held = [(name + "." + place, one) for name, value in own for place, one in held_networks(value, features)]
    found = [(name, value) for name, value in own + held if network_in(value, features) is value and submit.find_layers(value, features)[0] is not None]
    found = [(name, value) for name, value in found if any(value is one for one in ended) or not any(value is one for one in broken)]
    # Layers may look like networks of one layer.
    rank = lambda one: (not any(one[1] is model for model in ended), not can(one[1], "predict"))
    found.sort(key=rank)
    found = [one for i, one in enumerate(found) if rank(one) == rank(found[0]) and not any(one[1] is other for _, other in found[:i])]
    if len(found) > 1:
        right = {name: rightly(model, images) for name, model in found}
        found.sort(key=lambda one: -right[one[0]])
    return (*found[0], [name for name, _ in found[1:]]) if found else (None, None, [])


def broken_network(names, features, trainings):
    """The network, by its name, whose training did not come to its end, the last one: its functions may be right all the same. None where it has no parameters yet."""
    for training in reversed(trainings):
        model = network_in(training.model, features)
        if is_network(model) and submit.find_layers(model, features)[0] is not None:
            return next((name for name, value in names.items() if network_in(value, features) is model), type(model).__name__), model
    return None, None


def rightly(model, images):
    """For what part of the images it is right; 0 where it says nothing."""
    X, y = images
    try:
        return float(np.mean(submit.labels_of(submit.predictor_of(submit.facing_rows(submit.copied(model), X.shape[1]))[0](X.copy())) == y))
    except Exception:  # the student's own
        return 0.0


def classes_of(names):
    asked = lambda kind: any(inspect.isfunction(submit.attribute(kind, name)) for name in ("predict", *submit.FORWARDS))
    return [value for value in names.values() if inspect.isclass(value) and can(value, "fit") and asked(value)]


def train(names, training, scale, settings):
    """A network of the notebook's class that no cell trained to the end, trained by us through its own fit(), for as many epochs as there is time: its name, itself, the epochs, and whether they are all that were wanted."""
    X, y = training
    X = X.reshape(len(X), -1).astype(float) / scale
    aside_rows = np.random.RandomState(0).permutation(len(X))[: int(np.ceil(0.2 * len(X)))]
    kept = np.setdiff1d(np.arange(len(X)), aside_rows)
    started = [(name, value) for name, value in names.items() if is_network(value) and can(value, "fit") and answers(value)]
    for kind in reversed(classes_of(names)):
        try:
            started.append((kind.__name__, kind()))
        except Exception:  # it demands arguments that nobody knows
            continue
    started += [(name, submit.turned(submit.copied(model))) for name, model in started if isinstance(submit.attribute(model, "__dict__"), dict)]
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
                last = (name, submit.copied(model), 0, True)
                noted = losses_noted(model)
                each = (time.monotonic() - began) / part
                epochs = min(settings["epochs"], int((ends - time.monotonic()) / (1.2 * each + 1e-9)))
                if epochs < 1:
                    return (*last[:3], False)
                with ending(ends):
                    run(1, epochs)
                if not takes_epochs(model):
                    # It makes those that it makes: as many as it notes losses, if those are no batches'.
                    if noted == 0 or losses_noted(model) != noted:
                        continue
                    epochs = noted
                return name, model, epochs, epochs >= settings["epochs"]
            except TimeUp:  # it takes more than in proportion
                return (*last[:3], False)
            except Exception:  # the student's own: the other form of labels is tried, or another class
                continue
    return last


def takes_epochs(model):
    return bool(submit.settings_of(model)["epochs"]) or any(submit.plain(name) in submit.EPOCHS for name in inspect.signature(model.fit).parameters)


def losses_noted(model):
    (losses, _), _ = submit.learning_curve(model, None, None)
    return 0 if losses is None else len(losses)


def fitted(model, training, validation, epochs):
    own = submit.settings_of(model)["epochs"]
    for slot, _ in own:
        slot.set(model, epochs)
    required, named = submit.arguments_of(model.fit, 0.01, epochs)
    named = {key: value for key, value in named.items() if submit.plain(key) in submit.EPOCHS}
    try:
        model.fit(*[*training, *validation][: max(4 if submit.takes_validation(model.fit) else 2, required)], **named)
    except BaseException:
        for slot, value in own:
            slot.set(model, value)
        raise


def lighten(model):
    """Images that a network keeps are cut to a few."""
    for slot, value in list(submit.walk(model)):
        if isinstance(value, np.ndarray) and value.nbytes > MOST_KEPT_BYTES and value.shape[0] > 5000:
            try:
                slot.set(model, value[: submit.ROWS].copy())
            except Exception:  # the student's own: it may forbid it as it likes
                continue


def complete(model, network, names, more, written_settings, *, trainings, trainers):
    """What the object does not say: settings, by what holds it and trains it, what fit() was called with and what the class's functions read of the notebook; losses by epoch."""
    own = submit.settings_of(model)
    own_functions = [value for kind in submit.kind_of(network).__mro__ for value in vars(kind).values() if inspect.isfunction(value) and kind.__module__ != functions.__name__]
    read = set() if trainings else read_by_trainings(names)
    # As the optimizer that a loop of a cell calls.
    trainers = trainers + [value for name, value in names.items() if name in read and value is not network and type(value).__module__ == "__main__"]
    around = [submit.settings_of(trainer) for trainer in trainers] + [submit.settings_of(training.settings) for training in reversed(trainings)] + [functions.settings_around(names, own_functions, own_functions, False)]
    for key, place in (("rate", "learning_rate"), ("batch", "batch_size"), ("epochs", "epochs"), ("sigma", "sigma")):
        found = next((settings[key] for settings in around if settings[key]), None)
        if not own[key] and found and (key != "epochs" or submit.are_epochs(found[0][0].name, found[0][1])):
            written_settings[place] = found[0][1]
    if not trainings:
        for key, place in (("rate", "learning_rate"), ("batch", "batch_size"), ("epochs", "epochs")):
            found = functions.settings_of_loops(names)[key]
            if not own[key] and place not in written_settings and found and (key != "epochs" or submit.are_epochs(found[0][0].name, found[0][1])):
                written_settings[place] = found[0][1]
    epochs = int(own["epochs"][0][1]) if own["epochs"] else written_settings.get("epochs")
    (losses, _), _ = submit.learning_curve(model, None, None)
    if losses is not None and "epochs" in written_settings and submit.learning_curve(model, epochs, None)[0][0] is None:
        # The list of losses is of the training itself.
        del written_settings["epochs"]
        epochs = None
    if submit.learning_curve(model, epochs, None)[0][0] is not None:
        return
    lists = [training.lists for training in reversed(trainings)] + [lists_in(variables) for variables in [*map(vars, trainers), names]]
    for variables in lists:
        flat = {slot.name: value for slot, value in submit.walk(variables) if (isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim == 1)) and submit.numbers(value) is not None}
        (train_loss, _), (val_loss, _) = submit.learning_curve(None, epochs, flat)
        if train_loss is not None and epochs is None:
            train_loss = by_epoch(train_loss, names)
        if train_loss is not None:
            more["history"] = {"train_loss": train_loss}
            if val_loss is not None:
                more["history"]["val_loss"] = val_loss
            return


def changing_rate(trainings):
    """The first and the last learning rate of a training in the course of which it changes; None where it does not."""
    first, last = next((training.rates for training in reversed(trainings) if None not in training.rates), (None, None))
    return None if first == last else [first, last]


def changing_rate_of(loops, network, features):
    """The same of loops of cells: of the first in which one changes, of those in which this network was trained from the weights on which it began to what it is, if nothing else changes there otherwise."""
    is_function = isinstance(network, functions.Base)
    of_network = lambda holder: is_function or holder is network or (holder is not None and network_in(holder, features) is network)
    of = [loop for loop in loops if any(map(of_network, loop.trained.values()))]
    began = next((i for i in range(len(of) - 1, 0, -1) if not of[i].goes_on_from(of[i - 1])), 0)
    # One that draws parameters may train others in every turn.
    changed = [set(loop.rates.values()) for loop in of[began:] if loop.rates and not (is_function and DRAWS.search(loop.text))]
    return list(changed[0].pop()) if changed and len(changed[0]) == 1 else None


def redrawn(network, seen, features):
    """The first parameters of an object that a loop of a cell drew anew, or scaled, before its training; None of any other."""
    if not any(network is one for one in seen["redrawn"]):
        return None
    layers, _ = submit.find_layers(network, features)
    for made, arrays in seen["objects"]:
        if made is network and layers is not None:
            begun = submit.copied(made)
            for slot, array in arrays:
                slot.set(begun, array)
            return submit.take(begun, layers)
    return None


def lists_in(variables):
    return {name: value for name, value in variables.items() if isinstance(value, (list, np.ndarray, dict, tuple)) and not name.startswith("X")}


PER_EPOCH = {"iterperepoch", "itersperepoch", "iterationsperepoch", "stepsperepoch", "batchesperepoch", "nbatches", "numbatches"}


def by_epoch(losses, names):
    """Losses of single steps as those of epochs, where the notebook says how many steps make one; None where there are too many to be epochs'."""
    each = [int(value) for name, value in names.items() if submit.plain(name) in PER_EPOCH and isinstance(value, (int, float, np.integer, np.floating)) and value >= 2]
    if each and len(losses) >= each[0]:
        return losses[: len(losses) // each[0] * each[0]].reshape(-1, each[0]).mean(axis=1)
    return losses if len(losses) <= submit.MOST_EPOCHS else None


def first_of(model, first, features):
    """The first parameters of functions: as a cell left them before the training, else as the function gives them that draws them."""
    trained = model.like_(features)
    held = {name: first[name] for name in model.held_ if name in first}
    if len(held) == len(model.held_):
        layers, _ = submit.find_layers(held, features, model.biases_at_)
        if layers is not None:
            taken = submit.take(held, layers)
            if any(not np.array_equal(taken[name], trained[name]) for name in taken):
                model.first_by_ = ", ".join(held)
                return taken
    # As the cells call what draws them: by its name, else what is given no images and gives such parameters.
    named = [model.roles_["init"]] if "init" in model.roles_ else []
    others = [function for function in functions.own_functions(model.names_.all).values() if not any(function is one for one in model.roles_.values())]
    for function in named + others:
        ways = [called_so(function, way) for way in submit.calls_of(function.__name__, model.names_.all)[:3] if function in named or not given_images(function, way, model.names_.all)]
        for way in ([lambda: model.call_("init")] if function in named else []) + ways:
            try:
                with ending(time.monotonic() + functions.TRIED_SECONDS):
                    drawn = functions.kept_by(way())
                layers, _ = submit.find_layers(drawn, features, model.biases_at_) if isinstance(drawn, dict) else (None, None)
                found = model.by_shape_(drawn, features) if layers is None else submit.take(drawn, layers)
            except (Exception, TimeUp):  # the student's own
                continue
            if found is not None and all(name in found and found[name].shape == trained[name].shape and not np.array_equal(found[name], trained[name]) for name in trained if name.startswith("W")):
                model.first_by_ = function.__name__ + "()"
                return found
    return None


def called_so(function, way):
    arguments, named = way
    return lambda: function(*copy.deepcopy(arguments), **copy.deepcopy(named))


def given_images(function, way, names):
    """Whether a function is called with arrays, or reads any of the notebook's: then it may train."""
    arguments, named = way
    read = [names.get(name) for name in functions.globals_of(function.__code__)]
    return any(isinstance(value, (np.ndarray, list, dict)) and any(array.ndim > 1 for array in functions.arrays_in(value)) for value in [*arguments, *named.values(), *read])


def gradients_of(model):
    def gradients(X, Y, parameters):
        fresh = submit.copied(model)
        layers = fresh.layers_(model.features_)
        for i, layer in enumerate(layers, 1):
            submit.put(fresh, functions.HeldLayer(layer), parameters["W%d" % i], parameters.get("B%d" % i))
        return fresh.own_gradients(X, Y)

    return gradients


# --- Which training images were set aside -----------------------------------------------------------------------------------------------------


def key_weights(pixels):
    return np.random.RandomState(1).randint(1, 1 << 24, len(pixels.a)).astype(float) * pixels.known


def hashed(X, weights):
    return np.concatenate([X[start : start + ROWS_AT_ONCE] @ weights for start in range(0, len(X), ROWS_AT_ONCE)])


def keys_of(X, pixels, weights):
    """A number for each image, the same for the same pixels; None where they are not pixels by these."""
    if X.shape[1] != len(weights):
        return None
    keys = []
    for start in range(0, len(X), ROWS_AT_ONCE):
        whole, fit = pixels.back(X[start : start + ROWS_AT_ONCE])
        if not fit.all():
            return None
        keys.append(whole @ weights)
    return np.concatenate(keys)


def aside(trainings, official, written_settings):
    """Writes which training images the training validated on, where the arrays that it was given say it; those that it was given neither to train on nor to validate on are no such."""
    X_train, pixels = official
    given = given_to(trainings, X_train)
    if given is None:
        return
    weights = key_weights(pixels)
    rows = {}
    for index, key in enumerate(hashed(X_train, weights)):
        rows.setdefault(key, []).append(index)

    def taken(X):
        """The rows that these are, each of which is there once; None where they are others."""
        keys = keys_of(flat(X), pixels, weights)
        if keys is None or not all(rows.get(key) for key in keys):
            return None
        return [rows[key].pop() if rows[key] else None for key in keys]

    if taken(given[0]) is None:
        return
    validation = next((array for array in given[1:] if array.ndim >= 2 and len(array) > 0 and array[0].size == X_train.shape[1]), None)
    if not any(rows.values()):
        written_settings["split"] = 0
    elif validation is not None:
        found = taken(validation)
        if found is not None and None not in found:
            submit.table(FOLDER, "validation.csv", "index", np.array(sorted(found)), "%d")


def roles_of(model, names):
    """The student's functions by what they do, for whoever looks for the cell of one: {role: name}."""
    if isinstance(model, functions.Base):
        found = {role: function.__name__ for role, function in model.roles_.items()}
        return {"forward": found.get("forward"), "loss": found.get("loss"), "backward": found.get("gradients") or found.get("step"),
                "update": found.get("step") or found.get("update") or found.get("train"), "fit": found.get("train"), "predict": found.get("predict"), "init": found.get("init")}
    if model is None:
        return {}
    found = {"forward": submit.FORWARDS, "loss": submit.LOSSES, "backward": submit.BACKWARDS + submit.GRADIENTS, "update": submit.UPDATES, "fit": ["fit"]}
    return {**{role: submit.method_of(model, wanted)[0] for role, wanted in found.items()}, "predict": submit.predictor_of(model)[1], "init": "__init__", "class": type(model).__name__}
