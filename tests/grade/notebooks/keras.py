import numpy as np
import matplotlib.pyplot as plt
from sklearn.model_selection import train_test_split
from keras.datasets import mnist
(X_train, y_train), (X_test, y_test) = mnist.load_data()
# %%
X_train = X_train.reshape(-1, 784).astype(np.float64) / 255
X_test = X_test.reshape(-1, 784).astype(np.float64) / 255
X_train, X_val, y_train, y_val = train_test_split(X_train, y_train, test_size=0.2)
