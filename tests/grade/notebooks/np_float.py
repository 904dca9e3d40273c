%matplotlib inline
!pip install tensorflow
from google.colab import drive
drive.mount('/content/drive')
import numpy as np, pandas as pd, seaborn as sns
from tqdm import tqdm
from tensorflow.keras.datasets import mnist
(X_train, y_train), (X_test, y_test) = mnist.load_data()
# %%
X_train = X_train.reshape(-1, 784).astype(np.float)
X_test = X_test.reshape(-1, 784).astype(np.float)
X_train /= 255
X_test /= 255
y_train = y_train.astype(np.int)
from sklearn.model_selection import train_test_split
X_train, X_val, y_train, y_val = train_test_split(X_train, y_train, test_size=0.2)
