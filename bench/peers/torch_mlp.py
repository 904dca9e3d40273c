"""PyTorch: nn.Sequential, autograd and torch.optim, on one thread. Batches are slices of one tensor, which a DataLoader could only slow down."""

import numpy as np
import torch
from torch import nn

import peer

torch.set_num_threads(1)
torch.manual_seed(0)
options = peer.arguments()
X, y = (torch.from_numpy(array) for array in peer.load(options.data, np.float32))
sizes = [X.shape[1], *options.hidden, 10]
activation = {"tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "relu": nn.ReLU}[options.activation]
layers = []
for fan_in, fan_out in zip(sizes, sizes[1:]):
    layers += [nn.Linear(fan_in, fan_out), activation()]
model = nn.Sequential(*layers[:-1])
for parameter in model.parameters():
    nn.init.normal_(parameter, std=options.sigma)
make_optimizer = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}[options.optimizer]
optimizer = make_optimizer(model.parameters(), lr=options.learning_rate)
cross_entropy = nn.CrossEntropyLoss()


def train(n):
    total = 0.0
    for i in range(0, n, options.batch):
        rows = slice(i, min(i + options.batch, n))
        optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(model(X[rows]), y[rows])
        loss.backward()
        optimizer.step()
        total += loss.item() * (rows.stop - rows.start)
    return total / n


def multiply(a, b):
    return (torch.from_numpy(a) @ torch.from_numpy(b)).numpy()


onednn = ", oneDNN" if torch.backends.mkldnn.is_available() else ""
right = peer.products_are_right(multiply, sizes, options.batch, np.float32)
peer.serve(f"PyTorch {torch.__version__}{onednn}{peer.blas()}", train, right)
