"""Test accuracies of bench/accuracy.ts's trainings in PyTorch, a line of JSON: from the weights and in the orders that NumPy draws."""

import argparse
import gzip
import json
import os

import numpy as np
import torch
from torch.nn import functional

parser = argparse.ArgumentParser()
parser.add_argument("--mnist", required=True)
parser.add_argument("--epochs", type=int, required=True)
parser.add_argument("--seeds", type=int, required=True)
options = parser.parse_args()
SIZES, BATCH, RATE = [784, 400, 200, 10], 128, 0.001


def read(name, offset):
    path = f"{options.mnist}/{name}"
    with open(path, "rb") if os.path.exists(path) else gzip.open(f"{path}.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=offset)


def part(name):
    labels = read(f"{name}-labels-idx1-ubyte", 8)
    images = read(f"{name}-images-idx3-ubyte", 16).reshape(len(labels), -1)
    return torch.from_numpy(np.divide(images, 255, dtype=np.float32)), torch.from_numpy(labels.astype(np.int64))


(X, y), (test_X, test_y) = part("train"), part("t10k")


def accuracy(seed):
    random, shuffle = np.random.RandomState(seed), np.random.RandomState(seed + 1000)
    parameters = []
    for fan_in, fan_out in zip(SIZES, SIZES[1:]):
        parameters += [np.sqrt(2 / fan_in) * random.randn(fan_in, fan_out), np.zeros(fan_out)]
    parameters = [torch.tensor(p, dtype=torch.float32, requires_grad=True) for p in parameters]
    optimizer = torch.optim.Adam(parameters, lr=RATE)

    def logits(x):
        for i in range(0, len(parameters), 2):
            x = x @ parameters[i] + parameters[i + 1]
            x = torch.relu(x) if i + 2 < len(parameters) else x
        return x

    for _ in range(options.epochs):
        order = torch.from_numpy(shuffle.permutation(len(y)))
        for batch in order.split(BATCH):
            optimizer.zero_grad(set_to_none=True)
            functional.cross_entropy(logits(X[batch]), y[batch]).backward()
            optimizer.step()
    with torch.no_grad():
        return (logits(test_X).argmax(dim=1) == test_y).double().mean().item()


torch.set_num_threads(1)
print(json.dumps([accuracy(seed) for seed in range(options.seeds)]))
