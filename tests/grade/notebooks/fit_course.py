net = ScratchSimpleNeuralNetrowkClassifier(lr=0.1, sigma=0.2, n_nodes1=24, n_nodes2=16, n_epochs=4)
net.fit(X_train, y_train, X_val, y_val)
# %%
plt.plot(net.train_loss); plt.plot(net.val_loss); plt.show()
