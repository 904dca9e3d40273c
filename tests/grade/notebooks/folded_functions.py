sigma, lr, epochs, batch_size = 0.2, 0.1, 4, 20
W1 = sigma * np.random.randn(785, 24)
W2 = sigma * np.random.randn(25, 16)
W3 = sigma * np.random.randn(17, 10)
# %%
def with_ones(X):
    return np.hstack([X, np.ones((len(X), 1))])

def forward(X, W1, W2, W3):
    Z1 = np.tanh(with_ones(X) @ W1)
    Z2 = np.tanh(with_ones(Z1) @ W2)
    A3 = with_ones(Z2) @ W3
    E = np.exp(A3 - A3.max(axis=1, keepdims=True))
    return Z1, Z2, E / E.sum(axis=1, keepdims=True)

def cross_entropy(P, Y):
    return -np.sum(Y * np.log(P + 1e-10)) / len(P)

def backward(X, Y, W1, W2, W3):
    Z1, Z2, P = forward(X, W1, W2, W3)
    d3 = (P - Y) / len(Y)
    d2 = (d3 @ W3.T)[:, :-1] * (1 - Z2 ** 2)
    d1 = (d2 @ W2.T)[:, :-1] * (1 - Z1 ** 2)
    return with_ones(X).T @ d1, with_ones(Z1).T @ d2, with_ones(Z2).T @ d3
# %%
T, T_val = np.eye(10)[y_train], np.eye(10)[y_val]
train_loss, val_loss = [], []
for epoch in range(epochs):
    order, losses = np.random.permutation(len(X_train)), []
    for i in range(0, len(X_train), batch_size):
        rows = order[i:i + batch_size]
        losses.append(cross_entropy(forward(X_train[rows], W1, W2, W3)[2], T[rows]))
        dW1, dW2, dW3 = backward(X_train[rows], T[rows], W1, W2, W3)
        W1 -= lr * dW1
        W2 -= lr * dW2
        W3 -= lr * dW3
    train_loss.append(np.mean(losses))
    val_loss.append(cross_entropy(forward(X_val, W1, W2, W3)[2], T_val))
# %%
y_pred = forward(X_test, W1, W2, W3)[2].argmax(axis=1)
