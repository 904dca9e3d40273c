import nothing
import numpy as np

ConfusionMatrixDisplay = nothing.Nothing()


def accuracy_score(y_true, y_pred, **_):
    return float(np.mean(np.asarray(y_true).ravel() == np.asarray(y_pred).ravel()))


def confusion_matrix(y_true, y_pred, **_):
    y_true, y_pred = np.asarray(y_true, dtype=int).ravel(), np.asarray(y_pred, dtype=int).ravel()
    count = int(max(y_true.max(), y_pred.max())) + 1
    return np.bincount(count * y_true + y_pred, minlength=count * count).reshape(count, count)


def classification_report(*_, **__):
    return ""


def _scores(y_true, y_pred, average):
    table = confusion_matrix(y_true, y_pred).astype(float)
    right = np.diag(table)
    precision = right / np.maximum(table.sum(axis=0), 1)
    recall = right / np.maximum(table.sum(axis=1), 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    found = precision, recall, f1
    return [values if average is None else float(values.mean()) for values in found]


def precision_score(y_true, y_pred, average="macro", **_):
    return _scores(y_true, y_pred, average)[0]


def recall_score(y_true, y_pred, average="macro", **_):
    return _scores(y_true, y_pred, average)[1]


def f1_score(y_true, y_pred, average="macro", **_):
    return _scores(y_true, y_pred, average)[2]
