class Net:
    """A class that is asked by forward(), and has no predict()."""
    def __init__(self, n1=24, n2=16, sigma=0.2, lr=0.1):
        self.sigma, self.lr = sigma, lr
        self.W1, self.b1 = sigma * np.random.randn(784, n1), sigma * np.random.randn(n1)
        self.W2, self.b2 = sigma * np.random.randn(n1, n2), sigma * np.random.randn(n2)
        self.W3, self.b3 = sigma * np.random.randn(n2, 10), sigma * np.random.randn(10)

    def softmax(self, a):
        e = np.exp(a - a.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def forward(self, X):
        self.Z1 = np.tanh(X @ self.W1 + self.b1)
        self.Z2 = np.tanh(self.Z1 @ self.W2 + self.b2)
        self.P = self.softmax(self.Z2 @ self.W3 + self.b3)
        return self.P

    def loss(self, P, Y):
        return -np.sum(Y * np.log(P + 1e-7)) / len(Y)

    def backward(self, X, Y):
        d3 = (self.P - Y) / len(X)
        d2 = d3 @ self.W3.T * (1 - self.Z2 ** 2)
        d1 = d2 @ self.W2.T * (1 - self.Z1 ** 2)
        self.W3 -= self.lr * self.Z2.T @ d3
        self.b3 -= self.lr * d3.sum(axis=0)
        self.W2 -= self.lr * self.Z1.T @ d2
        self.b2 -= self.lr * d2.sum(axis=0)
        self.W1 -= self.lr * X.T @ d1
        self.b1 -= self.lr * d1.sum(axis=0)
# %%
net = Net()
epochs, batch_size = 4, 20
T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]
train_loss, val_loss = [], []
for epoch in range(epochs):
    order, losses = np.random.permutation(len(X_train)), []
    for i in range(0, len(X_train), batch_size):
        rows = order[i:i + batch_size]
        P = net.forward(X_train[rows])
        losses.append(net.loss(P, T[rows]))
        net.backward(X_train[rows], T[rows])
    train_loss.append(np.mean(losses))
    val_loss.append(net.loss(net.forward(X_val), T_val))
# %%
y_pred = np.argmax(net.forward(X_test), axis=1)
print("accuracy", np.mean(y_pred == y_test))
