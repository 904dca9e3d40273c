class Base:
    def __init__(self, lr=0.1, sigma=0.2, n_epochs=4, batch_size=20):
        self.lr, self.sigma, self.n_epochs, self.batch_size = lr, sigma, n_epochs, batch_size

    def start(self, n):
        self.W1, self.B1 = self.sigma * np.random.randn(n, 24), self.sigma * np.random.randn(24)
        self.W2, self.B2 = self.sigma * np.random.randn(24, 16), self.sigma * np.random.randn(16)
        self.W3, self.B3 = self.sigma * np.random.randn(16, 10), self.sigma * np.random.randn(10)
# %%
def softmax(A):
    E = np.exp(A - A.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

class WithForward(Base):
    def forward(self, X):
        self.Z1 = np.tanh(X @ self.W1 + self.B1)
        self.Z2 = np.tanh(self.Z1 @ self.W2 + self.B2)
        self.Z3 = softmax(self.Z2 @ self.W3 + self.B3)
        return self.Z3
# %%
def cross_entropy(self, y_true, y_pred):
    return -np.mean(np.sum(y_true * np.log(y_pred + 1e-12), axis=1))

WithForward.cross_entropy = cross_entropy
# %%
class Network(WithForward):
    def backward(self, X, Y):
        d3 = (self.Z3 - Y) / len(Y)
        d2 = d3 @ self.W3.T * (1 - self.Z2 ** 2)
        d1 = d2 @ self.W2.T * (1 - self.Z1 ** 2)
        for W, B, below, d in (("W3", "B3", self.Z2, d3), ("W2", "B2", self.Z1, d2), ("W1", "B1", X, d1)):
            setattr(self, W, getattr(self, W) - self.lr * below.T @ d)
            setattr(self, B, getattr(self, B) - self.lr * d.sum(axis=0))

    def fit(self, X, y, X_val=None, y_val=None):
        self.start(X.shape[1])
        self.losses, self.val_losses = [], []
        Y = np.eye(10)[y]
        for epoch in range(self.n_epochs):
            order, total = np.random.permutation(len(X)), 0
            for i in range(0, len(X), self.batch_size):
                rows = order[i:i + self.batch_size]
                total += self.cross_entropy(Y[rows], self.forward(X[rows])) * len(rows)
                self.backward(X[rows], Y[rows])
            self.losses.append(total / len(X))
            if X_val is not None:
                self.val_losses.append(self.cross_entropy(np.eye(10)[y_val], self.forward(X_val)))

    def predict(self, X):
        return self.forward(X).argmax(axis=1)
# %%
net = Network()
net.fit(X_train, y_train, X_val, y_val)
# %%
print((net.predict(X_test) == y_test).mean())
