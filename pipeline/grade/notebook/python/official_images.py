"""The official images in their order, as the grader laid them in."""
import os

import numpy as np

FOLDER = os.environ.get("OFFICIAL_IMAGES", "/data")


def load():
    """Training images (count, rows, columns) and labels, test images and labels, uint8."""
    return [np.load(os.path.join(FOLDER, name + ".npy")) for name in ("x_train", "y_train", "x_test", "y_test")]
