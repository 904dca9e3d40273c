"""The starter's network.py as a student fills it in, without the training: for template_test.ts."""
import numpy as np

random = np.random.RandomState(3)


def initialize(sizes, sigma):
    shapes = zip(sizes, sizes[1:])
    return {k: v for l, (n, m) in enumerate(shapes, 1) for k, v in [(f"W{l}", sigma * random.randn(n, m)), (f"B{l}", sigma * random.randn(m))]}


def forward(X, p):
    A1 = np.tanh(X @ p["W1"] + p["B1"])
    A2 = np.tanh(A1 @ p["W2"] + p["B2"])
    Z = A2 @ p["W3"] + p["B3"]
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return A1, A2, E / E.sum(axis=1, keepdims=True)


def loss(probabilities, Y):
    return -np.mean(np.log(np.maximum(probabilities[Y == 1], 1e-12)))


def gradients(X, Y, p):
    A1, A2, P = forward(X, p)
    d3 = (P - Y) / len(X)
    d2 = d3 @ p["W3"].T * (1 - A2**2)
    d1 = d2 @ p["W2"].T * (1 - A1**2)
    return {"W1": X.T @ d1, "B1": d1.sum(0), "W2": A1.T @ d2, "B2": d2.sum(0), "W3": A2.T @ d3, "B3": d3.sum(0)}


def step(X, Y, p, learning_rate):
    for name, gradient in gradients(X, Y, p).items():
        p[name] -= learning_rate * gradient
    return p


def train():
    first = initialize([784, 8, 8, 10], 0.01)
    return first, first, [2.5, 1.5], [2.25, 1.75]


def test_images():
    return random.rand(12, 784), np.arange(12) % 10
