import numpy as np


class ToTensor:
    def __call__(self, image):
        return np.asarray(image, dtype=np.float32)[None] / 255


class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, image):
        for transform in self.transforms:
            image = transform(image)
        return image


class Normalize:
    def __init__(self, mean, std, inplace=False):
        self.mean, self.std = [np.asarray(values, dtype=np.float32).reshape(-1, 1, 1) for values in (mean, std)]

    def __call__(self, image):
        return (image - self.mean) / self.std


class Lambda:
    def __init__(self, lambd):
        self.lambd = lambd

    def __call__(self, image):
        return self.lambd(image)
