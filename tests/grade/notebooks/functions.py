np.random.seed(1)
W1, b1 = 0.2 * np.random.randn(784, 24), 0.2 * np.random.randn(24)
W2, b2 = 0.2 * np.random.randn(24, 16), 0.2 * np.random.randn(16)
W3, b3 = 0.2 * np.random.randn(16, 10), 0.2 * np.random.randn(10)
lr, epochs, batch_size = 0.1, 4, 20
# %%
def softmax(a):
    e = np.exp(a - np.max(a, axis=1, keepdims=True))
    return e / np.sum(e, axis=1, keepdims=True)

def forward(x):
    z1 = np.tanh(x @ W1 + b1)
    z2 = np.tanh(z1 @ W2 + b2)
    return z1, z2, softmax(z2 @ W3 + b3)

def cross_entropy(y_true, y_pred):
    return -np.mean(np.log(np.sum(y_true * y_pred, axis=1) + 1e-10))

def train_step(x, t):
    global W1, b1, W2, b2, W3, b3
    z1, z2, p = forward(x)
    d3 = (p - t) / len(x)
    d2 = d3 @ W3.T * (1 - z2 ** 2)
    d1 = d2 @ W2.T * (1 - z1 ** 2)
    W3 = W3 - lr * z2.T @ d3; b3 = b3 - lr * d3.sum(axis=0)
    W2 = W2 - lr * z1.T @ d2; b2 = b2 - lr * d2.sum(axis=0)
    W1 = W1 - lr * x.T @ d1; b1 = b1 - lr * d1.sum(axis=0)
    return cross_entropy(t, p)
# %%
T = np.eye(10)[y_train]
train_loss, val_loss = [], []
for epoch in range(epochs):
    order, batch_losses = np.random.permutation(len(X_train)), []
    for i in range(0, len(X_train), batch_size):
        rows = order[i:i + batch_size]
        batch_losses.append(train_step(X_train[rows], T[rows]))
    train_loss.append(np.mean(batch_losses))
    val_loss.append(cross_entropy(np.eye(10)[y_val], forward(X_val)[2]))
# %%
y_pred = forward(X_test)[2].argmax(axis=1)
print("accuracy", np.mean(y_pred == y_test))
