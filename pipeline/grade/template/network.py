"""Your network: fill in the functions, with NumPy alone. write_files.py calls them. Parameters are a dict of arrays,
{"W1": (units below, units), "B1": (units,), "W2": ..., "B2": ..., "W3": ..., "B3": ...}; a row of a matrix is a sample."""
import numpy as np


def initialize(sizes, sigma):
    """The first parameters of a network of these sizes, such as [784, 400, 200, 10]."""
    raise NotImplementedError("initialize")


def forward(X, parameters):
    """A1, A2, probabilities."""
    raise NotImplementedError("forward")


def loss(probabilities, Y):
    """The cross-entropy, the mean over the rows, Y one-hot."""
    raise NotImplementedError("loss")


def gradients(X, Y, parameters):
    """{"W1": ..., "B1": ..., ...}, each of the shape of its parameter."""
    raise NotImplementedError("gradients")


def step(X, Y, parameters, learning_rate):
    """The parameters after one step of your training loop on this batch."""
    raise NotImplementedError("step")


def train():
    """Trains on MNIST. Gives the first parameters, the trained ones, and for each epoch the training and the validation loss."""
    raise NotImplementedError("train")


def test_images():
    """The 10,000 official test images, (10000, 784), divided by 255, and their labels, (10000,)."""
    raise NotImplementedError("test_images")
