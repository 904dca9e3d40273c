"""A network as the course writes it in NumPy, by someone who knows NumPy well: whole-batch products, views of contiguous arrays,
no copies but those that an expression makes."""

import numpy as np

import peer


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# Each activation, and its derivative from its own value.
ACTIVATIONS = {
    "tanh": (np.tanh, lambda a: 1 - a * a),
    "sigmoid": (sigmoid, lambda a: a * (1 - a)),
    "relu": (lambda z: np.maximum(z, 0), lambda a: a > 0),
}

options = peer.arguments()
dtype = np.dtype(options.dtype).type
X, y = peer.load(options.data, dtype)
Y = np.eye(10, dtype=dtype)[y]
sizes = [X.shape[1], *options.hidden, 10]
random = np.random.RandomState(0)
W = [(options.sigma * random.randn(k, n)).astype(dtype) for k, n in zip(sizes, sizes[1:])]
b = [(options.sigma * random.randn(n)).astype(dtype) for n in sizes[1:]]
activate, derivative = ACTIVATIONS[options.activation]
learning_rate = dtype(options.learning_rate)
last = len(W) - 1


def move_sgd(parameter, gradient, state):
    parameter -= learning_rate * gradient


def move_adam(parameter, gradient, state):
    """As PyTorch writes it, in place; `state` is made at the first step."""
    if not state:
        state.update(t=0, m=np.zeros_like(parameter), v=np.zeros_like(parameter))
    state["t"] += 1
    m, v, t = state["m"], state["v"], state["t"]
    m *= dtype(0.9)
    m += dtype(0.1) * gradient
    v *= dtype(0.999)
    v += dtype(0.001) * gradient * gradient
    denominator = np.sqrt(v)
    denominator *= dtype((1 - 0.999**t) ** -0.5)
    denominator += dtype(1e-8)
    parameter -= dtype(options.learning_rate / (1 - 0.9**t)) * m / denominator


move = {"sgd": move_sgd, "adam": move_adam}[options.optimizer]
states = [({}, {}) for _ in W]


def step(x, target, labels):
    """One step of the optimizer; returns the batch's summed cross-entropy before it."""
    a = [x]
    for l in range(last):
        a.append(activate(a[l] @ W[l] + b[l]))
    z = a[last] @ W[last] + b[last]
    z -= z.max(axis=1, keepdims=True)
    e = np.exp(z)
    total = e.sum(axis=1, keepdims=True)
    loss = np.log(total).sum() - z[np.arange(len(x)), labels].sum()

    delta = (e / total - target) / dtype(len(x))
    for l in range(last, -1, -1):
        below = (delta @ W[l].T) * derivative(a[l]) if l > 0 else None
        move(W[l], a[l].T @ delta, states[l][0])
        move(b[l], delta.sum(axis=0), states[l][1])
        delta = below
    return loss


def train(n):
    loss = 0.0
    for i in range(0, n, options.batch):
        rows = slice(i, min(i + options.batch, n))
        loss += step(X[rows], Y[rows], y[rows])
    return loss / n


right = peer.products_are_right(np.matmul, sizes, options.batch, dtype)
peer.serve(f"NumPy {np.__version__}{peer.blas()}", train, right)
