class NeuralNetwork:
    """As Andrew Ng's course has it: samples are columns."""
    def __init__(self, n_x, n_h1, n_h2, n_y, learning_rate=0.1, sigma=0.2):
        self.learning_rate, self.sigma = learning_rate, sigma
        self.W1 = sigma * np.random.randn(n_h1, n_x)
        self.b1 = sigma * np.random.randn(n_h1, 1)
        self.W2 = sigma * np.random.randn(n_h2, n_h1)
        self.b2 = sigma * np.random.randn(n_h2, 1)
        self.W3 = sigma * np.random.randn(n_y, n_h2)
        self.b3 = sigma * np.random.randn(n_y, 1)

    def forward(self, X):
        self.Z1 = self.W1 @ X + self.b1
        self.A1 = np.tanh(self.Z1)
        self.Z2 = self.W2 @ self.A1 + self.b2
        self.A2 = np.tanh(self.Z2)
        self.Z3 = self.W3 @ self.A2 + self.b3
        E = np.exp(self.Z3 - self.Z3.max(axis=0, keepdims=True))
        self.A3 = E / E.sum(axis=0, keepdims=True)
        return self.A3

    def compute_cost(self, A3, Y):
        m = Y.shape[1]
        return -np.sum(Y * np.log(A3 + 1e-12)) / m

    def backward(self, X, Y):
        m = X.shape[1]
        dZ3 = (self.A3 - Y) / m
        self.dW3, self.db3 = dZ3 @ self.A2.T, dZ3.sum(axis=1, keepdims=True)
        dZ2 = self.W3.T @ dZ3 * (1 - self.A2 ** 2)
        self.dW2, self.db2 = dZ2 @ self.A1.T, dZ2.sum(axis=1, keepdims=True)
        dZ1 = self.W2.T @ dZ2 * (1 - self.A1 ** 2)
        self.dW1, self.db1 = dZ1 @ X.T, dZ1.sum(axis=1, keepdims=True)

    def update(self):
        self.W1 -= self.learning_rate * self.dW1
        self.b1 -= self.learning_rate * self.db1
        self.W2 -= self.learning_rate * self.dW2
        self.b2 -= self.learning_rate * self.db2
        self.W3 -= self.learning_rate * self.dW3
        self.b3 -= self.learning_rate * self.db3

    def fit(self, X, Y, X_val, Y_val, epochs=4, batch_size=20):
        self.costs, self.val_costs = [], []
        m = X.shape[1]
        for epoch in range(epochs):
            order, total = np.random.permutation(m), 0
            for i in range(0, m, batch_size):
                k = order[i:i + batch_size]
                total += self.compute_cost(self.forward(X[:, k]), Y[:, k]) * len(k)
                self.backward(X[:, k], Y[:, k])
                self.update()
            self.costs.append(total / m)
            self.val_costs.append(self.compute_cost(self.forward(X_val), Y_val))

    def predict(self, X):
        return self.forward(X).argmax(axis=0)
# %%
model = NeuralNetwork(784, 24, 16, 10)
model.fit(X_train.T, np.eye(10)[y_train].T, X_val.T, np.eye(10)[y_val].T)
print("accuracy", np.mean(model.predict(X_test.T) == y_test))
