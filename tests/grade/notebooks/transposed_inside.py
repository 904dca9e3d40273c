class NeuralNet:
    """Rows of images outside, columns inside."""
    def __init__(self, sizes=(784, 24, 16, 10), lr=0.1, sigma=0.2, n_epochs=4, batch_size=20):
        self.lr, self.sigma, self.n_epochs, self.batch_size = lr, sigma, n_epochs, batch_size
        self.W, self.b = {}, {}
        for l in (1, 2, 3):
            self.W[l] = sigma * np.random.randn(sizes[l], sizes[l - 1])
            self.b[l] = sigma * np.random.randn(sizes[l], 1)

    def forward(self, X):
        A = {0: X.T}
        for l in (1, 2):
            A[l] = np.tanh(self.W[l] @ A[l - 1] + self.b[l])
        E = self.W[3] @ A[2] + self.b[3]
        E = np.exp(E - E.max(axis=0))
        A[3] = E / E.sum(axis=0)
        self.A = A
        return A[3].T

    def cross_entropy(self, P, Y):
        return -np.sum(Y * np.log(P + 1e-12)) / len(P)

    def backward(self, Y):
        A = self.A
        d = (A[3] - Y.T) / len(Y)
        for l in (3, 2, 1):
            dW, db = d @ A[l - 1].T, d.sum(axis=1, keepdims=True)
            if l > 1:
                d = self.W[l].T @ d * (1 - A[l - 1] ** 2)
            self.W[l] -= self.lr * dW
            self.b[l] -= self.lr * db

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
