import numpy as np

import official_images


class _Bunch(dict):
    __getattr__ = dict.__getitem__


def fetch_openml(name=None, *, return_X_y=False, as_frame=False, **_):
    """mnist_784 alone: the training images and then the test images, as numbers; labels as text."""
    if name != "mnist_784":
        raise ValueError("only mnist_784 is there, found %r" % (name,))
    X_train, y_train, X_test, y_test = official_images.load()
    data = np.concatenate([X_train, X_test]).reshape(len(X_train) + len(X_test), -1).astype(float)
    target = np.concatenate([y_train, y_test]).astype(str)
    return (data, target) if return_X_y else _Bunch(data=data, target=target)
