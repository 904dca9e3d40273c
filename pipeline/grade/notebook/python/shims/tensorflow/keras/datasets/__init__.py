from keras.datasets import mnist
