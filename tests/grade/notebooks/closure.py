lr, sigma, epochs, batch_size = 0.1, 0.2, 4, 20

def softmax(a):
    e = np.exp(a - a.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)

def cross_entropy(Y, P):
    return -np.sum(Y * np.log(P + 1e-7)) / len(Y)

def make_network(n1=24, n2=16):
    W1, b1 = sigma * np.random.randn(784, n1), sigma * np.random.randn(n1)
    W2, b2 = sigma * np.random.randn(n1, n2), sigma * np.random.randn(n2)
    W3, b3 = sigma * np.random.randn(n2, 10), sigma * np.random.randn(10)
    Z1 = Z2 = Z3 = None

    def forward(X):
        nonlocal Z1, Z2, Z3
        Z1 = np.tanh(X @ W1 + b1)
        Z2 = np.tanh(Z1 @ W2 + b2)
        Z3 = softmax(Z2 @ W3 + b3)
        return Z3

    def backward(X, Y):
        nonlocal W1, b1, W2, b2, W3, b3
        d3 = (Z3 - Y) / len(X)
        d2 = d3 @ W3.T * (1 - Z2 ** 2)
        d1 = d2 @ W2.T * (1 - Z1 ** 2)
        W3 = W3 - lr * Z2.T @ d3
        b3 = b3 - lr * d3.sum(axis=0)
        W2 = W2 - lr * Z1.T @ d2
        b2 = b2 - lr * d2.sum(axis=0)
        W1 = W1 - lr * X.T @ d1
        b1 = b1 - lr * d1.sum(axis=0)

    return forward, backward
# %%
forward, backward = make_network()
T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]
train_loss, val_loss = [], []
for epoch in range(epochs):
    order, losses = np.random.permutation(len(X_train)), []
    for i in range(0, len(X_train), batch_size):
        rows = order[i:i + batch_size]
        losses.append(cross_entropy(T[rows], forward(X_train[rows])))
        backward(X_train[rows], T[rows])
    train_loss.append(np.mean(losses))
    val_loss.append(cross_entropy(T_val, forward(X_val)))
# %%
print("accuracy", np.mean(forward(X_test).argmax(axis=1) == y_test))
