"""scikit-learn's GridSearchCV over the twelve small trainings of bench/commands_sweep.ts, in two processes: a whole program.

It has the images where ours reads MNIST's packed files, and it stores and reports nothing.
"""

import sys

import numpy as np
from sklearn.model_selection import GridSearchCV, PredefinedSplit
from sklearn.neural_network import MLPClassifier

import peer

TRAIN, VALIDATION = 9600, 2400

X, y = (rows[: TRAIN + VALIDATION] for rows in peer.load(sys.argv[1], np.float32))
search = GridSearchCV(
    MLPClassifier(
        activation="tanh",
        solver="sgd",
        alpha=0,
        momentum=0,
        nesterovs_momentum=False,
        max_iter=1,
        random_state=0,
    ),
    {
        "hidden_layer_sizes": [(100,), (400, 200)],
        "learning_rate_init": [0.01, 0.05],
        "batch_size": [20, 50, 100],
    },
    cv=PredefinedSplit(np.repeat([-1, 0], [TRAIN, VALIDATION])),
    n_jobs=2,
    refit=False,
)
search.fit(X, y)
print(search.best_params_)
