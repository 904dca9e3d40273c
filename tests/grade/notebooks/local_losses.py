from sklearn.preprocessing import OneHotEncoder

class ScratchNet:
    """Relu, one-hot inside, gradients kept, losses by epoch printed and in variables of fit alone."""
    def __init__(self, hidden=(24, 16), lr=0.05, sigma=0.1, epochs=4, batch_size=20):
        self.hidden, self.lr, self.sigma, self.epochs, self.batch_size = hidden, lr, sigma, epochs, batch_size
    def _forward(self, X):
        self.a1 = X @ self.w1 + self.b1; self.z1 = np.maximum(self.a1, 0)
        self.a2 = self.z1 @ self.w2 + self.b2; self.z2 = np.maximum(self.a2, 0)
        a3 = self.z2 @ self.w3 + self.b3
        e = np.exp(a3 - a3.max(axis=1, keepdims=True)); self.y_hat = e / e.sum(axis=1, keepdims=True)
        return self.y_hat
    def _backward(self, X, Y):
        d3 = (self.y_hat - Y) / X.shape[0]
        d2 = (d3 @ self.w3.T) * (self.a2 > 0)
        d1 = (d2 @ self.w2.T) * (self.a1 > 0)
        self.dw3, self.db3 = self.z2.T @ d3, d3.sum(axis=0)
        self.dw2, self.db2 = self.z1.T @ d2, d2.sum(axis=0)
        self.dw1, self.db1 = X.T @ d1, d1.sum(axis=0)
    def loss_func(self, Y, y_hat):
        return -np.sum(Y * np.log(y_hat + 1e-8)) / len(Y)
    def fit(self, X, y, X_val=None, y_val=None):
        encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False) if True else None
        Y = encoder.fit_transform(y[:, np.newaxis])
        n1, n2 = self.hidden
        self.w1, self.b1 = self.sigma * np.random.randn(X.shape[1], n1), self.sigma * np.random.randn(n1)
        self.w2, self.b2 = self.sigma * np.random.randn(n1, n2), self.sigma * np.random.randn(n2)
        self.w3, self.b3 = self.sigma * np.random.randn(n2, Y.shape[1]), self.sigma * np.random.randn(Y.shape[1])
        train_losses = []
        for epoch in range(self.epochs):
            order, total = np.random.permutation(len(X)), 0
            for i in range(0, len(X), self.batch_size):
                k = order[i:i + self.batch_size]
                total += self.loss_func(Y[k], self._forward(X[k])) * len(k)
                self._backward(X[k], Y[k])
                for name in ("w1", "b1", "w2", "b2", "w3", "b3"):
                    setattr(self, name, getattr(self, name) - self.lr * getattr(self, "d" + name))
            train_losses.append(total / len(X))
            print(f"epoch {epoch} loss {train_losses[-1]:.4f}")
    def predict(self, X):
        return np.argmax(self._forward(X), axis=1)
# %%
clf = ScratchNet()
clf.fit(X_train, y_train)
# %%
from sklearn.metrics import accuracy_score
accuracy_score(y_test, clf.predict(X_test))
