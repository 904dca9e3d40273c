"""Writes what you hand in: python write_files.py

It calls your functions in network.py and saves what they give. Hand in all files of this folder, or a zip of them.
docs/grading.md of the grader says what each file holds.
"""
import numpy as np
import network


def in_c_order(arrays):
    return {name: np.asarray(array, order="C") for name, array in arrays.items()}


def named(prefix, arrays):
    return {prefix + name: array for name, array in arrays.items()}


# probe.npz: your functions on the published batch. Nothing here depends on your training.
batch = np.load("probe_batch.npz")
X, Y, X_small, Y_small = batch["X"], batch["Y"], batch["X_small"], batch["Y_small"]
parameters = {name: batch[name] for name in ["W1", "B1", "W2", "B2", "W3", "B3"]}
copy = lambda: {name: array.copy() for name, array in parameters.items()}  # yours may change them in place

A1, A2, probabilities = network.forward(X, copy())
probe = {"A1": A1, "A2": A2, "probabilities": probabilities, "predictions": probabilities.argmax(axis=1)}
probe["probabilities_large"] = network.forward(X, copy() | {"W3": batch["W3_large"]})[-1]
probe["loss"] = network.loss(probabilities, Y)
probe["loss_zero"] = network.loss(batch["P_zero"], Y)
probe |= named("d", network.gradients(X, Y, copy()))
probe |= named("small_d", network.gradients(X_small, Y_small, copy()))
probe |= named("new_", network.step(X, Y, copy(), 0.1))

# The trained network, and the learning curve.
first, trained, train_loss, val_loss = network.train()
np.savez("probe.npz", **in_c_order(probe | named("init_", first)))
np.savez("weights.npz", **in_c_order(trained))
epoch = 1 + np.arange(len(train_loss))
np.savetxt("history.csv", np.c_[epoch, train_loss, val_loss], fmt=["%d", "%.9g", "%.9g"], delimiter=",",
           header="epoch,train_loss,val_loss", comments="")

# The test images, and those that the network gets wrong.
X_test, y_test = network.test_images()
predicted = network.forward(X_test, trained)[-1].argmax(axis=1)
index = np.arange(len(predicted))
wrong = index[predicted != y_test]
np.savetxt("predictions.csv", np.c_[index, predicted], fmt="%d", delimiter=",", header="index,label", comments="")
np.savetxt("misclassified.csv", np.c_[wrong, predicted[wrong], y_test[wrong]], fmt="%d", delimiter=",",
           header="index,predicted,label", comments="")
print("written: probe.npz weights.npz history.csv predictions.csv misclassified.csv")
