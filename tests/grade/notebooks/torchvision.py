import torchvision
import torchvision.transforms as transforms
import numpy as np
from sklearn.model_selection import train_test_split
train = torchvision.datasets.MNIST(root="./data", train=True, download=True, transform=transforms.ToTensor())
test = torchvision.datasets.MNIST(root="./data", train=False, download=True, transform=transforms.ToTensor())
# %%
X, X_test = train.data.numpy().reshape(-1, 784) / 255.0, test.data.numpy().reshape(-1, 784) / 255.0
y, y_test = train.targets.numpy(), test.targets.numpy()
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, random_state=0)
