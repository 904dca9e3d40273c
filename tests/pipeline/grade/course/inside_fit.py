"""Everything inside fit(): parameters are variables of it, losses are noted batch by batch, there is no forward() and no loss()."""
import numpy as np
class Net:
    def __init__(self, n1=24, n2=16, alpha=0.1, num_epochs=4, batch_size=20, std=0.2):
        self.n1, self.n2, self.alpha, self.num_epochs, self.batch_size, self.std = n1, n2, alpha, num_epochs, batch_size, std
    def fit(self, X, y):
        rs = np.random.RandomState(1)
        W1 = self.std * rs.randn(X.shape[1], self.n1); b1 = self.std * rs.randn(self.n1)
        W2 = self.std * rs.randn(self.n1, self.n2); b2 = self.std * rs.randn(self.n2)
        W3 = self.std * rs.randn(self.n2, 10); b3 = self.std * rs.randn(10)
        self.losses = []
        for _ in range(self.num_epochs):
            for i in range(0, len(X), self.batch_size):
                x, t = X[i:i+self.batch_size], y[i:i+self.batch_size]
                z1 = np.tanh(x @ W1 + b1); z2 = np.tanh(z1 @ W2 + b2)
                e = np.exp(z2 @ W3 + b3); p = e / e.sum(axis=1, keepdims=True)
                self.losses.append(-np.sum(t * np.log(p + 1e-7)) / len(x))
                d3 = (p - t) / len(x); d2 = (d3 @ W3.T) * (1 - z2**2); d1 = (d2 @ W2.T) * (1 - z1**2)
                W3 = W3 - self.alpha * z2.T @ d3; b3 = b3 - self.alpha * d3.sum(0)
                W2 = W2 - self.alpha * z1.T @ d2; b2 = b2 - self.alpha * d2.sum(0)
                W1 = W1 - self.alpha * x.T @ d1; b1 = b1 - self.alpha * d1.sum(0)
        self.W1, self.b1, self.W2, self.b2, self.W3, self.b3 = W1, b1, W2, b2, W3, b3
    def predict(self, X):
        z1 = np.tanh(X @ self.W1 + self.b1); z2 = np.tanh(z1 @ self.W2 + self.b2)
        e = np.exp(z2 @ self.W3 + self.b3); p = e / e.sum(axis=1, keepdims=True)
        return np.argmax(p, axis=1)
