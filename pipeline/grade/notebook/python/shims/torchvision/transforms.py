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
