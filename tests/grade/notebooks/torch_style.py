class Linear:
    def __init__(self, n_in, n_out, sigma=0.2):
        self.W = sigma * np.random.randn(n_in, n_out)
        self.b = sigma * np.random.randn(n_out)
        self.dW = np.zeros_like(self.W)
        self.db = np.zeros_like(self.b)
    def __call__(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, grad):
        self.dW = self.x.T @ grad
        self.db = grad.sum(axis=0)
        return grad @ self.W.T

class Tanh:
    def __call__(self, x):
        self.y = np.tanh(x)
        return self.y
    def backward(self, grad):
        return grad * (1 - self.y ** 2)

class Model:
    """As PyTorch has it: the model gives logits, and the loss and the optimizer are objects beside it."""
    def __init__(self):
        self.layers = [Linear(784, 24), Tanh(), Linear(24, 16), Tanh(), Linear(16, 10)]
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)

class CrossEntropy:
    def __call__(self, logits, t):
        e = np.exp(logits - logits.max(axis=1, keepdims=True))
        self.p, self.t = e / e.sum(axis=1, keepdims=True), t
        return -np.sum(t * np.log(self.p + 1e-7)) / len(t)
    def backward(self):
        return (self.p - self.t) / len(self.t)

class SGD:
    def __init__(self, model, lr=0.1):
        self.model, self.lr = model, lr
    def step(self):
        for layer in self.model.layers:
            if isinstance(layer, Linear):
                layer.W -= self.lr * layer.dW
                layer.b -= self.lr * layer.db
# %%
model = Model()
criterion = CrossEntropy()
optimizer = SGD(model, lr=0.1)
epochs, batch_size, sigma = 4, 20, 0.2
T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]
train_losses, val_losses = [], []
for epoch in range(epochs):
    order, total = np.random.permutation(len(X_train)), 0
    for i in range(0, len(X_train), batch_size):
        rows = order[i:i + batch_size]
        loss = criterion(model(X_train[rows]), T[rows])
        model.backward(criterion.backward())
        optimizer.step()
        total += loss * len(rows)
    train_losses.append(total / len(X_train))
    val_losses.append(criterion(model(X_val), T_val))
# %%
y_pred = model(X_test).argmax(axis=1)
print("accuracy", np.mean(y_pred == y_test))
