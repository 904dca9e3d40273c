import numpy as np


class OneHotEncoder:
    def __init__(self, handle_unknown="error", sparse=True, sparse_output=True, dtype=np.float64, **_):
        self.dtype = dtype
        self.dense = not (sparse and sparse_output)

    def fit(self, X, y=None):
        self.categories_ = [np.unique(column) for column in np.asarray(X).T]
        return self

    def transform(self, X):
        columns = [(np.asarray(column)[:, None] == categories[None, :]) for column, categories in zip(np.asarray(X).T, self.categories_)]
        table = np.hstack(columns).astype(self.dtype)
        return table if self.dense else Sparse(table)

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)


class Sparse:
    """What notebooks ask of a sparse matrix."""

    def __init__(self, table):
        self.table, self.shape = table, table.shape

    def toarray(self):
        return self.table

    todense = toarray


class LabelBinarizer:
    def fit(self, y):
        self.classes_ = np.unique(y)
        return self

    def transform(self, y):
        return (np.asarray(y)[:, None] == self.classes_[None, :]).astype(int)

    def fit_transform(self, y):
        return self.fit(y).transform(y)


class StandardScaler:
    def fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        self.mean_, scale = X.mean(axis=0), X.std(axis=0)
        self.scale_ = np.where(scale == 0, 1, scale)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.mean_) / self.scale_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)


class MinMaxScaler:
    def fit(self, X, y=None):
        X = np.asarray(X, dtype=float)
        self.data_min_, span = X.min(axis=0), np.ptp(X, axis=0)
        self.scale_ = 1 / np.where(span == 0, 1, span)
        return self

    def transform(self, X):
        return (np.asarray(X, dtype=float) - self.data_min_) * self.scale_

    def fit_transform(self, X, y=None):
        return self.fit(X).transform(X)


def label_binarize(y, *, classes, **_):
    return (np.asarray(y)[:, None] == np.asarray(classes)[None, :]).astype(int)
