"""A network as the course describes it, as a student writes it into the template's network.py: state in self, gradients applied in place
inside backward(), labels made one-hot inside fit(). template_test.ts puts the template's own functions below it."""
import numpy as np


class GetMiniBatch:
    def __init__(self, X, y, batch_size=20, seed=0):
        self.batch_size = batch_size
        shuffle_index = np.random.RandomState(seed).permutation(np.arange(X.shape[0]))
        self._X, self._y = X[shuffle_index], y[shuffle_index]
        self._stop = int(np.ceil(X.shape[0] / self.batch_size))

    def __iter__(self):
        self._counter = 0
        return self

    def __next__(self):
        if self._counter >= self._stop:
            raise StopIteration()
        p0 = self._counter * self.batch_size
        self._counter += 1
        return self._X[p0 : p0 + self.batch_size], self._y[p0 : p0 + self.batch_size]


class ScratchSimpleNeuralNetrowkClassifier:
    def __init__(self, lr=0.01, sigma=0.01, n_nodes1=400, n_nodes2=200, n_output=10, n_epochs=10, batch_size=20, verbose=False):
        self.lr, self.sigma, self.verbose = lr, sigma, verbose
        self.n_nodes1, self.n_nodes2, self.n_output = n_nodes1, n_nodes2, n_output
        self.n_epochs, self.batch_size = n_epochs, batch_size

    def fit(self, X, y, X_val=None, y_val=None):
        self.n_features = X.shape[1]
        random = np.random.RandomState(0)
        self.W1 = self.sigma * random.randn(self.n_features, self.n_nodes1)
        self.B1 = self.sigma * random.randn(self.n_nodes1)
        self.W2 = self.sigma * random.randn(self.n_nodes1, self.n_nodes2)
        self.B2 = self.sigma * random.randn(self.n_nodes2)
        self.W3 = self.sigma * random.randn(self.n_nodes2, self.n_output)
        self.B3 = self.sigma * random.randn(self.n_output)
        self.train_loss, self.val_loss = [], []
        y_onehot = self.one_hot(y)
        for epoch in range(self.n_epochs):
            total = 0
            for mini_X, mini_y in GetMiniBatch(X, y_onehot, batch_size=self.batch_size):
                self.forward(mini_X)
                total += self.cross_entropy_error(self.Z3, mini_y) * len(mini_X)
                self.backward(mini_X, mini_y)
            self.train_loss.append(total / len(X))
            if X_val is not None:
                self.forward(X_val)
                self.val_loss.append(self.cross_entropy_error(self.Z3, self.one_hot(y_val)))

    def one_hot(self, y):
        return np.eye(self.n_output)[y]

    def forward(self, X):
        self.A1 = X @ self.W1 + self.B1
        self.Z1 = np.tanh(self.A1)
        self.A2 = self.Z1 @ self.W2 + self.B2
        self.Z2 = np.tanh(self.A2)
        self.A3 = self.Z2 @ self.W3 + self.B3
        self.Z3 = self.softmax(self.A3)

    def softmax(self, A):
        E = np.exp(A - np.max(A, axis=1, keepdims=True))
        return E / np.sum(E, axis=1, keepdims=True)

    def cross_entropy_error(self, Z3, Y):
        return -np.sum(Y * np.log(Z3 + 1e-12)) / len(Z3)

    def backward(self, X, Y):
        batch_size = len(X)
        dA3 = (self.Z3 - Y) / batch_size
        dZ2 = self.update(3, self.Z2, dA3)
        dA2 = dZ2 * (1 - np.tanh(self.A2) ** 2)
        dZ1 = self.update(2, self.Z1, dA2)
        dA1 = dZ1 * (1 - np.tanh(self.A1) ** 2)
        self.update(1, X, dA1)

    def update(self, layer, below, dA):
        """Moves a layer's parameters, and passes the delta down through them, as they now are."""
        W, B = getattr(self, f"W{layer}"), getattr(self, f"B{layer}")
        W -= self.lr * (below.T @ dA)
        B -= self.lr * np.sum(dA, axis=0)
        return dA @ W.T

    def predict(self, X):
        self.forward(X)
        return np.argmax(self.Z3, axis=1)
