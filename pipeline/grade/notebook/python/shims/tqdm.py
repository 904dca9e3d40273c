import sys


class tqdm:
    """Passes through what it is given, and shows nothing."""

    def __init__(self, iterable=None, *_, **__):
        self.iterable = iterable

    def __iter__(self):
        return iter(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def __len__(self):
        return 0 if self.iterable is None else len(self.iterable)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *_, **__: None


def trange(*arguments, **_):
    return tqdm(range(*arguments))


auto = notebook = sys.modules["tqdm.auto"] = sys.modules["tqdm.notebook"] = sys.modules[__name__]
