"""Parameters in a dict, in float32, relu, biases of shape (1, units), gradients kept, validation images demanded by fit()."""
import numpy as np
class Net:
    def __init__(self, layers=(784, 24, 16, 10), learning_rate=0.05, n_iter=4, batch_size=20):
        self.layers, self.learning_rate, self.n_iter, self.batch_size = list(layers), learning_rate, n_iter, batch_size
        self.params = {}
        for l in range(1, len(layers)):
            self.params["W%d" % l] = 0.1 * np.random.randn(layers[l-1], layers[l]).astype(np.float32)
            self.params["b%d" % l] = np.zeros((1, layers[l]), dtype=np.float32)
    def forward(self, X):
        cache = {"Z0": X}
        for l in (1, 2, 3):
            cache["A%d" % l] = cache["Z%d" % (l-1)] @ self.params["W%d" % l] + self.params["b%d" % l]
            cache["Z%d" % l] = np.maximum(0, cache["A%d" % l]) if l < 3 else self.softmax(cache["A%d" % l])
        self.cache = cache
        return cache["Z3"]
    def softmax(self, a):
        e = np.exp(a - a.max(axis=1, keepdims=True)); return e / e.sum(axis=1, keepdims=True)
    def loss(self, Y, P): return -np.mean(np.log(np.sum(Y * P, axis=1) + 1e-9))
    def backward(self, Y):
        c = self.cache; d = (c["Z3"] - Y) / len(Y); self.grads = {}
        for l in (3, 2, 1):
            self.grads["W%d" % l] = c["Z%d" % (l-1)].T @ d; self.grads["b%d" % l] = d.sum(axis=0, keepdims=True)
            if l > 1: d = (d @ self.params["W%d" % l].T) * (c["A%d" % (l-1)] > 0)
    def update(self):
        for k in self.params: self.params[k] -= self.learning_rate * self.grads[k]
    def fit(self, X, y, X_val, y_val):
        self.history = {"loss": [], "val_loss": []}
        Y = np.eye(10)[y]
        for _ in range(self.n_iter):
            for i in range(0, len(X), self.batch_size):
                self.forward(X[i:i+self.batch_size]); self.backward(Y[i:i+self.batch_size]); self.update()
            self.history["loss"].append(self.loss(Y, self.forward(X)))
            self.history["val_loss"].append(self.loss(np.eye(10)[y_val], self.forward(X_val)))
    def predict(self, X): return self.forward(X).argmax(1)
