import os
import sys

import nothing

nothing.modules("pandas")


def read(path=None, *_, **__):
    """No files are here but those that the notebook wrote itself."""
    if isinstance(path, (str, os.PathLike)) and not os.path.exists(path):
        raise FileNotFoundError(2, os.strerror(2), str(path))
    return nothing.Nothing()


for kind in ("csv", "table", "excel", "json", "pickle", "parquet", "feather", "hdf"):
    setattr(sys.modules["pandas"], "read_" + kind, read)
