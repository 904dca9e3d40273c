class Affine:
    def __init__(self, W, b):
        self.params, self.grads, self.x = [W, b], [np.zeros_like(W), np.zeros_like(b)], None
    def forward(self, x):
        W, b = self.params
        self.x = x
        return np.dot(x, W) + b
    def backward(self, dout):
        W, b = self.params
        self.grads[0][...] = np.dot(self.x.T, dout)
        self.grads[1][...] = np.sum(dout, axis=0)
        return np.dot(dout, W.T)

class Tanh:
    def __init__(self):
        self.params, self.grads, self.out = [], [], None
    def forward(self, x):
        self.out = np.tanh(x)
        return self.out
    def backward(self, dout):
        return dout * (1.0 - self.out ** 2)

class SoftmaxWithLoss:
    def __init__(self):
        self.params, self.grads, self.y, self.t = [], [], None, None
    def forward(self, x, t):
        x = x - x.max(axis=1, keepdims=True)
        self.t, self.y = t, np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        if self.t.size == self.y.size:
            self.t = self.t.argmax(axis=1)
        return -np.sum(np.log(self.y[np.arange(len(self.t)), self.t] + 1e-7)) / len(self.t)
    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dx * dout / len(self.t)

class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr
    def update(self, params, grads):
        for i in range(len(params)):
            params[i] -= self.lr * grads[i]

class ThreeLayerNet:
    """As the second book has it: params and grads are lists of all layers' arrays."""
    def __init__(self, sizes, sigma):
        I, H1, H2, O = sizes
        draw = lambda a, b: (sigma * np.random.randn(a, b), sigma * np.random.randn(b))
        self.layers = [Affine(*draw(I, H1)), Tanh(), Affine(*draw(H1, H2)), Tanh(), Affine(*draw(H2, O))]
        self.loss_layer = SoftmaxWithLoss()
        self.params, self.grads = [], []
        for layer in self.layers:
            self.params += layer.params
            self.grads += layer.grads
    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x
    def forward(self, x, t):
        return self.loss_layer.forward(self.predict(x), t)
    def backward(self, dout=1):
        dout = self.loss_layer.backward(dout)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return dout
# %%
max_epoch, batch_size, sigma, learning_rate = 4, 20, 0.2, 0.1
model = ThreeLayerNet((784, 24, 16, 10), sigma)
optimizer = SGD(lr=learning_rate)
x, t = X_train, np.eye(10)[y_train]
loss_list, val_loss_list = [], []
for epoch in range(max_epoch):
    idx = np.random.permutation(len(x))
    x, t, total = x[idx], t[idx], 0
    for iters in range(int(np.ceil(len(x) / batch_size))):
        batch_x = x[iters*batch_size:(iters+1)*batch_size]
        batch_t = t[iters*batch_size:(iters+1)*batch_size]
        loss = model.forward(batch_x, batch_t)
        model.backward()
        optimizer.update(model.params, model.grads)
        total += loss * len(batch_x)
    loss_list.append(total / len(x))
    val_loss_list.append(model.forward(X_val, np.eye(10)[y_val]))
# %%
y_pred = np.argmax(model.predict(X_test), axis=1)
print("accuracy", np.mean(y_pred == y_test))
