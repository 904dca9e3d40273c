learning_rate, n_epochs, batch_size, sigma = 0.1, 4, 20, 0.2
# %%
def init_params(sigma):
    params = {}
    for layer, (below, units) in enumerate([(784, 24), (24, 16), (16, 10)], 1):
        params["W" + str(layer)] = sigma * np.random.randn(below, units)
        params["b" + str(layer)] = sigma * np.random.randn(units)
    return params
# %%
def forward_propagation(X, params):
    cache = {}
    cache["Z1"] = np.tanh(X.dot(params["W1"]) + params["b1"])
    cache["Z2"] = np.tanh(cache["Z1"].dot(params["W2"]) + params["b2"])
    A3 = cache["Z2"].dot(params["W3"]) + params["b3"]
    E = np.exp(A3 - A3.max(axis=1, keepdims=True))
    Y_hat = E / E.sum(axis=1, keepdims=True)
    return Y_hat, cache

def compute_loss(Y_hat, Y):
    return -np.sum(Y * np.log(Y_hat + 1e-12)) / len(Y)
# %%
def backward_propagation(X, Y, Y_hat, params, cache):
    dA3 = (Y_hat - Y) / len(X)
    dA2 = dA3.dot(params["W3"].T) * (1 - cache["Z2"] ** 2)
    dA1 = dA2.dot(params["W2"].T) * (1 - cache["Z1"] ** 2)
    return {"dW3": cache["Z2"].T.dot(dA3), "db3": dA3.sum(axis=0), "dW2": cache["Z1"].T.dot(dA2), "db2": dA2.sum(axis=0), "dW1": X.T.dot(dA1), "db1": dA1.sum(axis=0)}

def update_params(params, grads, learning_rate):
    for key in params:
        params[key] = params[key] - learning_rate * grads["d" + key]
    return params
# %%
def train(X, y, X_val, y_val):
    params = init_params(sigma)
    losses, val_losses = [], []
    Y, Y_val = np.eye(10)[y], np.eye(10)[y_val]
    for epoch in range(n_epochs):
        order, total = np.random.permutation(len(X)), 0
        for i in range(0, len(X), batch_size):
            rows = order[i:i + batch_size]
            Y_hat, cache = forward_propagation(X[rows], params)
            total += compute_loss(Y_hat, Y[rows]) * len(rows)
            params = update_params(params, backward_propagation(X[rows], Y[rows], Y_hat, params, cache), learning_rate)
        losses.append(total / len(X))
        val_losses.append(compute_loss(forward_propagation(X_val, params)[0], Y_val))
    return params, losses, val_losses
# %%
params, train_losses, val_losses = train(X_train, y_train, X_val, y_val)
plt.plot(train_losses, label="train"); plt.legend(); plt.show()
# %%
def predict(X):
    return forward_propagation(X, params)[0].argmax(axis=1)

print((predict(X_test) == y_test).mean())
