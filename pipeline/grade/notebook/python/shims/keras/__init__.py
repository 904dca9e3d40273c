from . import datasets, utils
