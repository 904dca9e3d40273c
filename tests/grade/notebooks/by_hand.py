class Network:
    """Layers whose way back is given the gradient of the loss, which the loop of the cell makes itself, as it does the update."""
    def __init__(self, sizes, sigma):
        self.W = [sigma * np.random.randn(a, b) for a, b in zip(sizes, sizes[1:])]
        self.b = [sigma * np.random.randn(b) for b in sizes[1:]]

    def forward(self, x):
        self.z = [x]
        for W, b in zip(self.W[:-1], self.b[:-1]):
            self.z.append(np.tanh(self.z[-1] @ W + b))
        a = self.z[-1] @ self.W[-1] + self.b[-1]
        e = np.exp(a - a.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def backward(self, err):
        self.dW, self.db = [None] * 3, [None] * 3
        for i in (2, 1, 0):
            self.dW[i], self.db[i] = self.z[i].T @ err, err.sum(axis=0)
            err = err @ self.W[i].T * (1 - self.z[i] ** 2)
# %%
sigma, lr, epochs, batch_size = 0.2, 0.1, 4, 20
net = Network([784, 24, 16, 10], sigma)
T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]
train_loss, val_loss = [], []
for epoch in range(epochs):
    order, losses = np.random.permutation(len(X_train)), []
    for i in range(0, len(X_train), batch_size):
        x, t = X_train[order[i:i + batch_size]], T[order[i:i + batch_size]]
        y = net.forward(x)
        loss = -np.sum(t * np.log(y + 1e-10)) / len(t)
        d = (y - t) / len(t)
        net.backward(d)
        for l in range(3):
            net.W[l] -= lr * net.dW[l]
            net.b[l] -= lr * net.db[l]
        losses.append(loss)
    train_loss.append(np.mean(losses))
    val_loss.append(-np.sum(T_val * np.log(net.forward(X_val) + 1e-10)) / len(T_val))
# %%
print("accuracy", np.mean(net.forward(X_test).argmax(axis=1) == y_test))
