from . import to_categorical
