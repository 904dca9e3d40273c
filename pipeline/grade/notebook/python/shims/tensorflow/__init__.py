from . import keras
