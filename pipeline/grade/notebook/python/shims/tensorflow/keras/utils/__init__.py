from keras.utils import to_categorical
