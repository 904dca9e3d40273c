class Affine:
    def __init__(self, n_in, n_out, sigma=0.2):
        self.W = sigma * np.random.randn(n_in, n_out)
        self.b = sigma * np.random.randn(n_out)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = dout.sum(axis=0)
        return dout @ self.W.T

class Tanh:
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out
    def backward(self, dout):
        return dout * (1 - self.out ** 2)

class SoftmaxWithLoss:
    def forward(self, x, t):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        self.y, self.t = e / e.sum(axis=1, keepdims=True), t
        return -np.sum(t * np.log(self.y + 1e-7)) / len(t)
    def backward(self):
        return (self.y - self.t) / len(self.t)

class Sequential:
    """backward() takes nothing: it goes back from where loss(X, Y) was."""
    def __init__(self, layers):
        self.layers = layers
        self.loss_layer = SoftmaxWithLoss()
    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def loss(self, x, t):
        return self.loss_layer.forward(self.predict(x), t)
    def backward(self):
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
    def update(self, lr):
        for layer in self.layers:
            if isinstance(layer, Affine):
                layer.W -= lr * layer.dW
                layer.b -= lr * layer.db
# %%
model = Sequential([Affine(784, 24), Tanh(), Affine(24, 16), Tanh(), Affine(16, 10)])
lr, epochs, batch_size, sigma = 0.1, 4, 20, 0.2
T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]
train_loss, val_loss = [], []
for epoch in range(epochs):
    order, losses = np.random.permutation(len(X_train)), []
    for i in range(0, len(X_train), batch_size):
        rows = order[i:i + batch_size]
        losses.append(model.loss(X_train[rows], T[rows]))
        model.backward()
        model.update(lr)
    train_loss.append(np.mean(losses))
    val_loss.append(model.loss(X_val, T_val))
# %%
print("accuracy", np.mean(model.predict(X_test).argmax(axis=1) == y_test))
