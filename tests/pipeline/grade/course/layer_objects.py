"""A network of layer objects, as the course's next sprint has it: parameters in self.FC1.W, sizes written into fit()."""
import numpy as np
class SimpleInitializer:
    def __init__(self, sigma): self.sigma = sigma
    def W(self, a, b): return self.sigma * np.random.randn(a, b)
    def B(self, b): return self.sigma * np.random.randn(b)
class SGD:
    def __init__(self, lr): self.lr = lr
    def update(self, layer):
        layer.W -= self.lr * layer.dW
        layer.B -= self.lr * layer.dB
class FC:
    def __init__(self, n1, n2, initializer, optimizer):
        self.optimizer = optimizer
        self.W = initializer.W(n1, n2); self.B = initializer.B(n2)
    def forward(self, X):
        self.X = X
        return X @ self.W + self.B
    def backward(self, dA):
        self.dW = self.X.T @ dA; self.dB = dA.sum(axis=0)
        dZ = dA @ self.W.T
        self.optimizer.update(self)
        return dZ
class Tanh:
    def forward(self, A):
        self.Z = np.tanh(A); return self.Z
    def backward(self, dZ): return dZ * (1 - self.Z ** 2)
class Softmax:
    def forward(self, A):
        e = np.exp(A - A.max(axis=1, keepdims=True)); self.Z = e / e.sum(axis=1, keepdims=True); return self.Z
    def backward(self, Y):
        self.loss = -np.sum(Y * np.log(self.Z + 1e-12)) / len(Y)
        return (self.Z - Y) / len(Y)
class Net:
    def __init__(self, lr=0.1, sigma=0.2, epochs=4, batch_size=20):
        self.lr, self.sigma, self.epochs, self.batch_size = lr, sigma, epochs, batch_size
    def fit(self, X, y, X_val=None, y_val=None):
        opt = SGD(self.lr)
        self.FC1 = FC(X.shape[1], 24, SimpleInitializer(self.sigma), opt); self.activation1 = Tanh()
        self.FC2 = FC(24, 16, SimpleInitializer(self.sigma), opt); self.activation2 = Tanh()
        self.FC3 = FC(16, 10, SimpleInitializer(self.sigma), opt); self.activation3 = Softmax()
        Y = np.eye(10)[y]
        self.loss_list, self.val_loss_list = [], []
        for _ in range(self.epochs):
            order = np.random.permutation(len(X)); losses = []
            for i in range(0, len(X), self.batch_size):
                k = order[i:i + self.batch_size]
                Z = self.forward(X[k]); 
                d = self.activation3.backward(Y[k]); losses.append(self.activation3.loss)
                d = self.activation2.backward(self.FC3.backward(d))
                d = self.activation1.backward(self.FC2.backward(d))
                self.FC1.backward(d)
            self.loss_list.append(np.mean(losses))
    def forward(self, X):
        A1 = self.FC1.forward(X); Z1 = self.activation1.forward(A1)
        A2 = self.FC2.forward(Z1); Z2 = self.activation2.forward(A2)
        return self.activation3.forward(self.FC3.forward(Z2))
    def predict(self, X): return self.forward(X).argmax(axis=1)
    def cross_entropy(self, y_true, y_pred): return -np.sum(y_true * np.log(y_pred + 1e-12)) / len(y_true)
