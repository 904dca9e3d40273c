import numpy as np


def train_test_split(*arrays, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None):
    """As scikit-learn's, row for row, for the same random_state; but stratify is passed over, so that classes are as many as they happen to be."""
    count = len(arrays[0])
    if test_size is None:
        test_size = 0.25 if train_size is None else 1 - train_size if train_size < 1 else count - train_size
    test = int(np.ceil(test_size * count)) if isinstance(test_size, float) else int(test_size)
    train = count - test
    if train_size is not None:
        train = int(np.floor(train_size * count)) if isinstance(train_size, float) else int(train_size)
    if shuffle:
        random = random_state if isinstance(random_state, np.random.RandomState) else np.random.RandomState(random_state) if random_state is not None else np.random
        order = random.permutation(count)
        test_rows, train_rows = order[:test], order[test : test + train]
    else:
        train_rows, test_rows = np.arange(train), np.arange(train, train + test)
    return [np.asarray(array)[rows] for array in arrays for rows in (train_rows, test_rows)]
