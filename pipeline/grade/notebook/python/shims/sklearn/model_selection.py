import numpy as np


def train_test_split(*arrays, test_size=None, train_size=None, random_state=None, shuffle=True, stratify=None):
    """As scikit-learn's, row for row, for the same random_state."""
    count = len(arrays[0])
    if test_size is None:
        test_size = 0.25 if train_size is None else 1 - train_size if train_size < 1 else count - train_size
    test = int(np.ceil(test_size * count)) if isinstance(test_size, float) else int(test_size)
    train = count - test
    if train_size is not None:
        train = int(np.floor(train_size * count)) if isinstance(train_size, float) else int(train_size)
    random = random_state if isinstance(random_state, np.random.RandomState) else np.random.RandomState(random_state) if random_state is not None else np.random
    if stratify is not None:
        train_rows, test_rows = stratified(np.asarray(stratify), train, test, random)
    elif shuffle:
        order = random.permutation(count)
        test_rows, train_rows = order[:test], order[test : test + train]
    else:
        train_rows, test_rows = np.arange(train), np.arange(train, train + test)
    return [np.asanyarray(array)[rows] for array in arrays for rows in (train_rows, test_rows)]


def stratified(labels, train, test, random):
    """Rows of both parts in which each class has its share: scikit-learn's StratifiedShuffleSplit, in the order in which it draws."""
    if labels.ndim == 2:
        labels = np.array([" ".join(row.astype(str)) for row in labels])
    classes, numbers = np.unique(labels, return_inverse=True)
    counts = np.bincount(numbers)
    if counts.min() < 2:
        raise ValueError("The least populated class in y has only 1 member, which is too few.")
    rows = np.split(np.argsort(numbers, kind="mergesort"), np.cumsum(counts)[:-1])
    of_train = shares(counts, train, random)
    of_test = shares(counts - of_train, test, random)
    train_rows, test_rows = [], []
    for own, mine, theirs in zip(rows, of_train, of_test):
        order = own[random.permutation(len(own))]
        train_rows.extend(order[:mine])
        test_rows.extend(order[mine : mine + theirs])
    return random.permutation(train_rows), random.permutation(test_rows)


def shares(counts, draws, random):
    """How many of each class: its share rounded down, and the rest by the largest remainders, drawn among equal ones."""
    exact = counts / counts.sum() * draws
    whole = np.floor(exact)
    left = int(draws - whole.sum())
    remainder = exact - whole
    for value in np.sort(np.unique(remainder))[::-1]:
        if left == 0:
            break
        (equal,) = np.where(remainder == value)
        chosen = min(len(equal), left)
        whole[random.choice(equal, size=chosen, replace=False)] += 1
        left -= chosen
    return whole.astype(int)
