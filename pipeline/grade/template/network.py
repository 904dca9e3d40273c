"""Your network. Paste your class here, and adapt the few lines below it where your names differ. write_files.py calls the functions.

Parameters are a dict of arrays, {"W1": (units below, units), "B1": (units,), "W2": ..., "B2": ..., "W3": ..., "B3": ...}.
"""
import numpy as np

NAMES = ["W1", "B1", "W2", "B2", "W3", "B3"]


class ScratchSimpleNeuralNetrowkClassifier:
    """As in the course: fit() draws W1, B1, ... and trains; forward() leaves Z1 = f(X W1 + B1), Z2 and Z3 = softmax in self; backward()
    takes one-hot labels and moves the parameters. Replace it by yours."""

    def __init__(self, **settings):
        self.__dict__.update(settings)

    def fit(self, X, y, X_val=None, y_val=None):
        raise NotImplementedError("fit")

    def predict(self, X):
        raise NotImplementedError("predict")

    def forward(self, X):
        raise NotImplementedError("forward")

    def backward(self, X, Y):
        raise NotImplementedError("backward")

    def cross_entropy_error(self, Z3, Y):
        raise NotImplementedError("cross_entropy_error")


def new_network(learning_rate=0.01, epochs=10):
    """An untrained network with the settings of manifest.yaml."""
    return ScratchSimpleNeuralNetrowkClassifier(lr=learning_rate, n_epochs=epochs, batch_size=20)


def images():
    """X_train, y_train, X_val, y_val, X_test, y_test of MNIST: rows of 784 pixels divided by 255, and labels 0 to 9. The test images are
    the 10,000 official ones in their order."""
    raise NotImplementedError("images")


# What follows works as it stands where your class has the names above.


def with_parameters(parameters, learning_rate=0.1):
    net = new_network(learning_rate)
    for name in NAMES:
        setattr(net, name, np.array(parameters[name]))
    return net


def forward(X, parameters):
    """The activations of both hidden layers (not XW + B, which the course calls A), and the probabilities."""
    net = with_parameters(parameters)
    net.forward(X)
    return net.Z1, net.Z2, net.Z3


def loss(probabilities, Y):
    """The cross-entropy, the mean over the rows, Y one-hot."""
    return new_network().cross_entropy_error(probabilities, Y)


def step(X, Y, parameters, learning_rate):
    """The parameters after one step of your training loop on this batch."""
    net = with_parameters(parameters, learning_rate)
    net.forward(X)
    net.backward(X, Y)
    return {name: getattr(net, name) for name in NAMES}


def gradients(X, Y, parameters):
    """The gradients, each of the shape of its parameter: how far one step moved it, divided by the learning rate. If your class keeps
    them (self.dW1), give those instead."""
    moved = step(X, Y, parameters, 0.1)
    return {name: (parameters[name] - moved[name]) / 0.1 for name in NAMES}


def train():
    """The first parameters, the trained ones, and for each epoch the training and the validation loss."""
    X_train, y_train, X_val, y_val, _, _ = images()
    net = new_network(learning_rate=0.0, epochs=1)
    net.fit(X_train, y_train)  # with steps of 0 they stay as they are drawn
    first = {name: np.array(getattr(net, name)) for name in NAMES}
    net = new_network()
    net.fit(X_train, y_train, X_val, y_val)
    return first, {name: getattr(net, name) for name in NAMES}, net.train_loss, net.val_loss


def test_images():
    """The official test images and their labels."""
    return images()[4:]
