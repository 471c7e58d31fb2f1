"""Rasa's start, shortened from 15 s to 7 s (measured, 2 cores, Python 3.10), and `rasa` itself with that start.

    python -m tools.rasa_start train ...      as: rasa train ...
"""
from __future__ import annotations

import logging
import sys
import warnings
from typing import Any


def shorten() -> None:
    """To be called before anything of Rasa is imported.

    - skops, which stores the classifier, searches every loaded module for 765 names when it is imported: 8.5 s after
      TensorFlow, 1.7 s before it.
    - TensorFlow imports jax if it is there, for a converter that is not used here: 2 s and 65 MB.
    - The libraries' deprecation warnings are theirs to mend; sanic switches them on, so it comes first.
    """
    import sanic  # noqa: F401

    warnings.simplefilter("ignore", DeprecationWarning)
    warnings.simplefilter("ignore", PendingDeprecationWarning)
    import skops.io  # noqa: F401

    # On the way skops loads numpy.distutils, which puts a class of its own on the root logger (no time, no exc_info).
    logging.getLogger().__class__ = logging.RootLogger

    modules: dict[str, Any] = sys.modules
    modules.setdefault("jax", None)  # makes `import jax` an ImportError, which TensorFlow expects


if __name__ == "__main__":
    shorten()
    from rasa.__main__ import main

    sys.argv[0] = "rasa"
    main()
