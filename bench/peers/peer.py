"""What the Python peers share: their arguments, the data, and the protocol of bench/serve.ts.

A peer loads its data once. Then it answers each line on standard input, a number of images, with a line of JSON: the seconds that
training on so many took, and their mean loss. So several programs can take turns on one core.
"""

import argparse
import json
import sys
import time

import numpy as np


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True)
    parser.add_argument("--hidden", type=lambda text: [int(n) for n in text.split("-")], required=True)
    parser.add_argument("--activation", choices=["tanh", "sigmoid", "relu"], required=True)
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--optimizer", choices=["sgd", "adam"], required=True)
    parser.add_argument("--learning-rate", type=float, required=True)
    parser.add_argument("--sigma", type=float, required=True)
    parser.add_argument("--dtype", choices=["float32", "float64"], default="float32")
    return parser.parse_args()


def load(folder, dtype):
    """The images in the order of training, scaled to 0..1, and their labels: contiguous arrays (n, 784) and (n,)."""
    labels = np.fromfile(f"{folder}/train-labels-idx1-ubyte", np.uint8, offset=8)
    images = np.fromfile(f"{folder}/train-images-idx3-ubyte", np.uint8, offset=16).reshape(len(labels), -1)
    return np.divide(images, 255, dtype=dtype), labels.astype(np.int64)


def blas():
    """The library under NumPy's matrix products and the kernel that it chose for this processor, as far as can be told."""
    try:
        from threadpoolctl import threadpool_info
    except ImportError:
        return ""
    found = [lib for lib in threadpool_info() if lib["user_api"] == "blas"]
    return "".join(f", {lib['internal_api']} {lib['version']} {lib.get('architecture', '')}".rstrip() for lib in found)


def products_are_right(multiply, sizes, batch, dtype):
    """Whether rows of the three products of each layer's training agree with sums that no BLAS takes part in."""
    random = np.random.RandomState(0)
    for fan_in, fan_out in zip(sizes, sizes[1:]):
        x, w, d = (random.randn(*shape).astype(dtype) for shape in [(batch, fan_in), (fan_in, fan_out), (batch, fan_out)])
        for a, b in [(x, w), (d, w.T), (x.T, d)]:
            if not np.allclose(multiply(a, b)[-8:], np.einsum("ik,kj->ij", a[-8:], b), rtol=1e-3, atol=1e-2):
                return False
    return True


def serve(program, train, right=True):
    """`train(n)` trains on the first n images and returns their mean loss; `right` is whether products_are_right()."""
    print(json.dumps({"program": program, "right": right}), flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        loss = train(int(line))
        seconds = time.perf_counter() - start
        print(json.dumps({"seconds": seconds, "loss": float(loss)}), flush=True)
