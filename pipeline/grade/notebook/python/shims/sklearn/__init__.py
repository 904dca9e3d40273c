from . import datasets, metrics, model_selection, preprocessing, utils
