"""Looks at what you hand in: python check.py

Says of each file whether it is there, readable and of the right shape. It runs nothing of yours, compares nothing with a right solution, and
gives no points. It needs Python with NumPy alone.
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


def manifest():
    """The plain lines `key: value` of manifest.yaml."""
    text = open("manifest.yaml", encoding="utf-8").read()
    lines = re.findall(r"^(\w+):[ \t]*(.*?)[ \t]*(?:#.*)?$", text, re.MULTILINE)
    return {key: value.strip("'\"") for key, value in lines}


def hidden_units(settings):
    return [int(n) for n in re.findall(r"\d+", settings.get("hidden", "[400, 200]"))]


def check_manifest():
    settings = manifest()
    for key in ["schema", "student", "track"]:
        if not settings.get(key):
            yield f"{key} is missing"
    if settings.get("student") == "your-id":
        yield "student must be your id in the course, found the template's"
    if settings.get("track") != "artifact":
        yield f"track must be artifact, found {settings.get('track')}"


def layers(sizes):
    for l in range(1, len(sizes)):
        yield f"W{l}", (sizes[l - 1], sizes[l])
        yield f"B{l}", (sizes[l],)


def check_probe():
    batch, probe = np.load("probe_batch.npz"), np.load("probe.npz")
    rows, units = len(batch["X"]), [batch[f"B{l}"].size for l in (1, 2, 3)]
    shapes = {f"init_{name}": shape for name, shape in layers([784, *hidden_units(manifest()), 10])}
    for prefix in ["d", "small_d", "new_"]:
        shapes |= {prefix + name: shape for name, shape in layers([batch["X"].shape[1], *units])}
    shapes |= {"A1": (rows, units[0]), "A2": (rows, units[1]), "probabilities": (rows, units[2])}
    shapes |= {"probabilities_large": (rows, units[2]), "loss": (), "loss_zero": (), "predictions": (rows,)}
    for name, shape in shapes.items():
        if name not in probe.files:
            yield f"probe.npz must have {name}, found none"
        else:
            yield from check_array(name, probe[name], shape)


def check_weights():
    weights = np.load("weights.npz")
    for name, shape in layers([784, *hidden_units(manifest()), 10]):
        if name not in weights.files:
            yield f"weights.npz must have {name}, found {', '.join(weights.files) or 'nothing'}"
        else:
            yield from check_array(name, weights[name], shape)


def check_array(name, array, shape):
    if np.squeeze(array).shape != tuple(n for n in shape if n != 1):
        yield f"{name} must have the shape {shape}, found {array.shape}"
    elif not np.isfinite(array).all():
        yield f"{name} has values that are not finite"


def table(file, *names):
    """The columns of a CSV file, as text."""
    with open(file, newline="", encoding="utf-8-sig") as opened:
        header, *rows = [[cell.strip() for cell in row] for row in csv.reader(opened) if row]
    absent = [name for name in names if name not in header]
    if absent:
        raise ValueError(f"{file} must have the columns {', '.join(names)}, found {', '.join(header)}")
    return [[row[header.index(name)] for row in rows] for name in names]


def check_predictions():
    index, label = table("predictions.csv", "index", "label")
    if sorted(map(float, index)) != list(range(len(index))):
        yield f"predictions.csv must have each index from 0 to {len(index) - 1} once"
    if len(index) != TEST_IMAGES:
        yield f"predictions.csv must have one row for each of {TEST_IMAGES} test images, found {len(index)}"
    if not all(0 <= float(cell) <= 9 and float(cell) == int(float(cell)) for cell in label):
        yield "predictions.csv must have labels from 0 to 9"


def check_history():
    epoch, train_loss = table("history.csv", "epoch", "train_loss")
    epochs = int(manifest().get("epochs") or 10)
    if list(map(float, epoch)) != list(range(1, epochs + 1)):
        yield f"history.csv must have the epochs 1 to {epochs} of the manifest, found {len(epoch)} rows"
    if not np.isfinite(np.array(train_loss, float)).all():
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
    print("Every file is there, readable and of the right shape. Nothing was graded.")


if __name__ == "__main__":
    main()
