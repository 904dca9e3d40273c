import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
import official_images


def load_data(path="mnist.npz"):
    X_train, y_train, X_test, y_test = official_images.load()
    return (X_train, y_train), (X_test, y_test)
