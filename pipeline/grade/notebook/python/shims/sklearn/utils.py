import numpy as np


def shuffle(*arrays, random_state=None, n_samples=None):
    """As scikit-learn's, row for row, for the same random_state."""
    random = random_state if isinstance(random_state, np.random.RandomState) else np.random.RandomState(random_state) if random_state is not None else np.random
    order = np.arange(len(arrays[0]))
    random.shuffle(order)
    found = [np.asanyarray(array)[order[:n_samples]] for array in arrays]
    return found[0] if len(found) == 1 else found
