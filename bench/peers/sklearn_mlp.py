"""scikit-learn's MLPClassifier with plain SGD, or Adam. It draws its own first weights (Glorot) and its own order in each epoch."""

import numpy as np
import sklearn
from sklearn.neural_network import MLPClassifier

import peer

options = peer.arguments()
X, y = peer.load(options.data, np.float32)  # it computes in the type that it is given
model = MLPClassifier(
    hidden_layer_sizes=options.hidden,
    activation={"sigmoid": "logistic"}.get(options.activation, options.activation),
    solver=options.optimizer,
    alpha=0,
    batch_size=options.batch,
    learning_rate="constant",
    learning_rate_init=options.learning_rate,
    momentum=0,
    nesterovs_momentum=False,
    shuffle=True,
    random_state=0,
)
classes = np.arange(10)


def train(n):
    model.partial_fit(X[:n], y[:n], classes=classes)
    return model.loss_


right = peer.products_are_right(np.matmul, [X.shape[1], *options.hidden, 10], options.batch, np.float32)
peer.serve(f"scikit-learn {sklearn.__version__}, NumPy {np.__version__}{peer.blas()}", train, right)
