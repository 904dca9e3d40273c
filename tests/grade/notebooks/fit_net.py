net = Net()
net.fit(X_train, y_train, X_val, y_val)
