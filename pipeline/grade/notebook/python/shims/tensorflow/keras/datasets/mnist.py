from keras.datasets.mnist import load_data
