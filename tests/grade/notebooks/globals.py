np.random.seed(0)
sigma, lr, epochs, batch_size = 0.2, 0.1, 4, 20
W1 = sigma * np.random.randn(784, 24)
B1 = sigma * np.random.randn(24)
W2 = sigma * np.random.randn(24, 16)
B2 = sigma * np.random.randn(16)
W3 = sigma * np.random.randn(16, 10)
B3 = sigma * np.random.randn(10)
# %%
def softmax(A):
    E = np.exp(A - A.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)

def forward(X):
    global Z1, Z2, Z3
    Z1 = np.tanh(X @ W1 + B1)
    Z2 = np.tanh(Z1 @ W2 + B2)
    Z3 = softmax(Z2 @ W3 + B3)
    return Z3

def cross_entropy(Y, P):
    return -np.sum(Y * np.log(P + 1e-7)) / len(Y)

def backward(X, Y):
    global W1, B1, W2, B2, W3, B3
    dA3 = (Z3 - Y) / len(X)
    dA2 = dA3 @ W3.T * (1 - Z2 ** 2)
    dA1 = dA2 @ W2.T * (1 - Z1 ** 2)
    W3 -= lr * Z2.T @ dA3
    B3 -= lr * dA3.sum(axis=0)
    W2 -= lr * Z1.T @ dA2
    B2 -= lr * dA2.sum(axis=0)
    W1 -= lr * X.T @ dA1
    B1 -= lr * dA1.sum(axis=0)

def predict(X):
    return forward(X).argmax(axis=1)
# %%
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
print("accuracy", np.mean(predict(X_test) == y_test))
