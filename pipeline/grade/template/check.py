"""Looks at what you hand in: python check.py

Says of each file whether it is there, readable and of the right shape. It runs nothing of yours, compares nothing with a right solution, and
gives no points. It takes for right what grading reads, other names and orders too; of manifest.yaml it looks at a few lines alone. It needs
Python with NumPy alone.
"""
import csv
import os
import re
import sys
import numpy as np

# The checks that look at each file.
LOOKED_AT = {
    "manifest.yaml": "everything",
    "probe.npz": "initialisation, forward propagation, cross-entropy, backpropagation, estimation",
    "weights.npz": "learning: test accuracy, and whether your predictions and validation loss follow from it",
    "predictions.csv": "learning",
    "history.csv": "learning, learning curve",
    "misclassified.csv": "misclassified images",
}
TEST_IMAGES = 10_000
FEATURES, CLASSES = 784, 10
# What columns are called besides, in small letters and digits alone.
INDEX = ["id", "imageid", "image", "idx", "番号", "画像番号"]
PREDICTED = ["prediction", "predictions", "predictedlabel", "pred", "ypred", "予測", "予測ラベル"]
OTHER_NAMES = {
    "predictions.csv": {"index": INDEX, "label": ["predicted", "class", "ラベル", *PREDICTED]},
    "misclassified.csv": {
        "index": INDEX,
        "predicted": PREDICTED,
        "label": ["true", "truelabel", "ytrue", "actual", "answer", "correct", "target", "ラベル", "正解", "正解ラベル"],
    },
    "history.csv": {
        "epoch": ["epochs", "エポック"],
        "train_loss": ["trainloss", "losstrain", "trainingloss", "loss", "訓練損失", "学習損失"],
    },
}


def manifest():
    """The plain lines `key: value` of manifest.yaml; None where it is written in another way."""
    text = open("manifest.yaml", encoding="utf-8-sig").read()
    # A list may go on over lines: `- 100` below its key, or within its brackets.
    text = re.sub(r"\[[^\]]*\]", lambda found: re.sub(r"(#.*)?\n", " ", found.group()), text)
    text = re.sub(r"^(\w+):[ \t]*(?:#.*)?\n((?:[ \t]*- .*\n?)+)", joined, text, flags=re.MULTILINE)
    lines = re.findall(r"^(\w+)[ \t]*:[ \t]*(.*?)[ \t]*(?:#.*)?$", text, re.MULTILINE)
    return None if text.lstrip().startswith("{") else {key: value.strip("'\"") for key, value in lines}


def joined(found):
    items = re.findall(r"- *([^#\n]*)", found.group(2))
    return f"{found.group(1)}: [{', '.join(item.strip() for item in items)}]\n"


def hidden_units():
    """None where it cannot be told."""
    found = (manifest() or {}).get("hidden", "[400, 200]")
    return [int(n) for n in re.findall(r"\d+", found)] if re.fullmatch(r"\[[\d\s,]*\]", found) else None


def check_manifest():
    settings = manifest()
    if settings is None:
        return
    for key in ["schema", "student", "track"]:
        if not settings.get(key):
            yield f"{key} is missing"
    if settings.get("student") == "your-id":
        yield "student must be your id in the course, found the template's"
    if settings.get("track") and settings["track"] != "artifact":
        yield f"track must be artifact, found {settings['track']}"


def layers(sizes):
    for l in range(1, len(sizes)):
        yield f"W{l}", (sizes[l - 1], sizes[l])
        yield f"B{l}", (sizes[l],)


def arrays(file, names):
    """The arrays of a file by these names, also where they are written small, or were saved without any."""
    found = dict(np.load(file))
    if len(found) == len(names) and all(re.fullmatch(r"arr_\d+", name) for name in found):
        order = sorted(found, key=lambda name: int(name[4:]))
        vectors = [name for name in order if sum(n != 1 for n in found[name].shape) < 2]
        matrices = [name for name in order if name not in vectors]
        return {f"{kind}{i}": found[name] for kind, group in (("W", matrices), ("B", vectors)) for i, name in enumerate(group, 1)}
    meant = {name.lower(): name for name in names}
    return {name if name in names else meant.get(name.lower(), name): array for name, array in found.items()}


def check_probe():
    batch = np.load("probe_batch.npz")
    rows, units = len(batch["X"]), [batch[f"B{l}"].size for l in (1, 2, 3)]
    hidden = hidden_units()
    shapes = {} if hidden is None else {f"init_{name}": shape for name, shape in layers([FEATURES, *hidden, CLASSES])}
    for prefix in ["d", "small_d", "new_"]:
        shapes.update({prefix + name: shape for name, shape in layers([batch["X"].shape[1], *units])})
    shapes.update({"A1": (rows, units[0]), "A2": (rows, units[1]), "probabilities": (rows, units[2])})
    shapes.update({"probabilities_large": (rows, units[2]), "loss": (), "loss_zero": (), "predictions": (rows,)})
    probe = arrays("probe.npz", list(shapes))
    for name, shape in shapes.items():
        if name not in probe:
            yield f"probe.npz must have {name}, found none"
        else:
            yield from check_array(name, probe[name], shape)


def check_weights():
    hidden = hidden_units()
    saved = len(np.load("weights.npz").files)
    # Arrays of other layers than the manifest's fit if they lead from the pixels to the classes.
    depth = saved // 2 if hidden is None else len(hidden) + 1
    weights = arrays("weights.npz", [f"{kind}{l}" for l in range(1, max(depth, saved // 2) + 1) for kind in "WB"])
    depth = sum(re.fullmatch(r"W\d+", name) is not None for name in weights)
    if depth == 0:
        yield f"weights.npz must have W1, B1, W2, ..., found {', '.join(weights) or 'nothing'}"
    units = FEATURES
    for l in range(1, depth + 1):
        for name in (f"W{l}", f"B{l}"):
            if name not in weights:
                yield f"weights.npz must have {name}, found {', '.join(weights)}"
                return
        W = weights[f"W{l}"]
        if W.ndim != 2 or units not in W.shape:
            yield f"W{l} must have the shape ({units}, units), found {W.shape}"
            return
        units = W.shape[1] if W.shape[0] == units else W.shape[0]
        if l == depth and units != CLASSES:
            yield f"W{l} must lead to {CLASSES} classes, found {W.shape}"
        for name, shape in ((f"W{l}", W.shape), (f"B{l}", (units,))):
            yield from check_array(name, weights[name], shape)


def check_array(name, array, shape):
    found, wanted = np.squeeze(array).shape, tuple(n for n in shape if n != 1)
    if found != wanted and (found != wanted[::-1] or len(wanted) != 2):
        yield f"{name} must have the shape {shape}, found {array.shape}"
    elif not np.isfinite(array).all():
        yield f"{name} has values that are not finite"


def text_of(file):
    bytes_ = open(file, "rb").read()
    if bytes_[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return bytes_.decode("utf-16")
    try:
        return bytes_.decode("utf-8-sig")
    except UnicodeDecodeError:
        return bytes_.decode("cp932")


def is_number(cell):
    return re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?", cell, re.IGNORECASE) is not None


def table(file, *names):
    """The columns of a CSV file, as text."""
    lines = text_of(file).splitlines()
    separator = max(",;\t", key=lambda character: lines[0].count(character) if lines else 0)
    header, *rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=separator) if row]
    if separator == ";":
        rows = [[re.sub(r"^([+-]?\d*),(\d+)", r"\1.\2", cell) for cell in row] for row in rows]
    if file == "predictions.csv" and len(header) == 1:
        # The labels alone, in the order of the images.
        rows = [row for row in [header, *rows] if is_number(row[0])]
        return [[str(i) for i in range(len(rows))], [row[0] for row in rows]]
    if len(header) >= len(names) and all(map(is_number, header)):
        header, rows = [*names, *header[len(names):]], [header, *rows]
    plain = [re.sub(r"[\W_]", "", title.lower()) for title in header]
    columns = []
    for name in names:
        words = [name.replace("_", ""), *OTHER_NAMES[file][name]]
        places = [header.index(name)] if name in header else [i for i, title in enumerate(plain) if title in words and header[i] not in names]
        if len(places) != 1:
            raise ValueError(f"{file} must have the columns {', '.join(names)}, found {', '.join(header)}")
        columns.append([row[places[0]] for row in rows])
    return columns


def check_predictions():
    index, label = table("predictions.csv", "index", "label")
    numbers = sorted(map(float, index))
    if numbers not in (list(range(len(index))), list(range(1, len(index) + 1))):
        yield f"predictions.csv must have each index from 0 to {len(index) - 1} once"
    if len(index) != TEST_IMAGES:
        yield f"predictions.csv must have one row for each of {TEST_IMAGES} test images, found {len(index)}"
    if not all(float(cell) >= 0 and float(cell) == int(float(cell)) for cell in label):
        yield "predictions.csv must have labels from 0 to 9"


def check_history():
    epoch, train_loss = table("history.csv", "epoch", "train_loss")
    stated = (manifest() or {}).get("epochs") or "10"
    if stated.isdecimal():
        epochs = int(stated)
        # A row 0 is of before the training.
        before = len(epoch) == epochs + 1 and set(map(float, epoch)) == set(range(epochs + 1))
        if len(epoch) != epochs and not before:
            yield f"history.csv must have the epochs 1 to {epochs} of the manifest, found {len(epoch)} rows"
    if not all(is_number(cell) and np.isfinite(float(cell)) for cell in train_loss):
        yield "history.csv must have a finite train_loss for each epoch"


def check_misclassified():
    columns = table("misclassified.csv", "index", "predicted", "label")
    if not all(float(cell) == int(float(cell)) for column in columns for cell in column):
        yield "misclassified.csv must have three whole numbers in each row"


def main():
    checks = [check_manifest, check_probe, check_weights, check_predictions, check_history, check_misclassified]
    bad = 0
    for (file, looked_at), check in zip(LOOKED_AT.items(), checks):
        if not os.path.exists(file):
            state, problems = "missing", []
        else:
            try:
                problems = list(check())
            except Exception as error:  # whatever is wrong with a file is said of that file
                problems = [f"cannot be read: {error}"]
            state = "problem" if problems else "ok"
        bad += state != "ok"
        print(f"{state:8} {file:18} looked at by {looked_at}")
        for problem in problems:
            print(f"{'':9}- {problem}")
    if bad:
        sys.exit(f"{bad} of {len(checks)} files to mend before you hand in. Nothing was graded.")
    print("Every file is there, and as far as was looked, readable and of the right shape. Nothing was graded.")


if __name__ == "__main__":
    main()
