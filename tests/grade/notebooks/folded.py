class NeuralNet:
    """The biases are the last rows of the weights: a column of ones is appended to what comes in."""
    def __init__(self, n1=24, n2=16, lr=0.1, sigma=0.2, n_epochs=4, batch_size=20):
        self.lr, self.sigma, self.n_epochs, self.batch_size = lr, sigma, n_epochs, batch_size
        self.W1 = sigma * np.random.randn(784 + 1, n1)
        self.W2 = sigma * np.random.randn(n1 + 1, n2)
        self.W3 = sigma * np.random.randn(n2 + 1, 10)

    def add_bias(self, X):
        return np.hstack([X, np.ones((len(X), 1))])

    def forward(self, X):
        self.X1 = self.add_bias(X)
        self.Z1 = np.tanh(self.X1 @ self.W1)
        self.X2 = self.add_bias(self.Z1)
        self.Z2 = np.tanh(self.X2 @ self.W2)
        self.X3 = self.add_bias(self.Z2)
        A3 = self.X3 @ self.W3
        E = np.exp(A3 - A3.max(axis=1, keepdims=True))
        self.P = E / E.sum(axis=1, keepdims=True)
        return self.P

    def cross_entropy(self, P, Y):
        return -np.sum(Y * np.log(P + 1e-12)) / len(P)

    def backward(self, Y):
        d3 = (self.P - Y) / len(Y)
        d2 = (d3 @ self.W3.T)[:, :-1] * (1 - self.Z2 ** 2)
        d1 = (d2 @ self.W2.T)[:, :-1] * (1 - self.Z1 ** 2)
        self.W3 -= self.lr * self.X3.T @ d3
        self.W2 -= self.lr * self.X2.T @ d2
        self.W1 -= self.lr * self.X1.T @ d1

    def fit(self, X, y, X_val, y_val):
        Y, Y_val = np.eye(10)[y], np.eye(10)[y_val]
        self.loss_list, self.val_loss_list = [], []
        for epoch in range(self.n_epochs):
            order, total = np.random.permutation(len(X)), 0
            for i in range(0, len(X), self.batch_size):
                k = order[i:i + self.batch_size]
                total += self.cross_entropy(self.forward(X[k]), Y[k]) * len(k)
                self.backward(Y[k])
            self.loss_list.append(total / len(X))
            self.val_loss_list.append(self.cross_entropy(self.forward(X_val), Y_val))

    def predict(self, X):
        return self.forward(X).argmax(axis=1)
# %%
net = NeuralNet()
net.fit(X_train, y_train, X_val, y_val)
