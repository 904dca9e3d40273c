import numpy as np

import official_images


class _Data(np.ndarray):
    """As much of a tensor as notebooks ask of MNIST's."""

    def numpy(self):
        return np.asarray(self)


class MNIST:
    def __init__(self, root=None, train=True, transform=None, target_transform=None, download=False):
        X_train, y_train, X_test, y_test = official_images.load()
        self.transform = transform
        self.data = np.asarray(X_train if train else X_test).view(_Data)
        self.targets = np.asarray(y_train if train else y_test).astype(np.int64).view(_Data)

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, index):
        image = np.asarray(self.data[index])
        return (image if self.transform is None else self.transform(image)), int(self.targets[index])
