"""Whether a text is nearer to one of two sets of known texts. Pure apart from `save` and `load`.

A second witness beside a classifier (crisis.py): a text unlike all that it was trained on may get any probability from
that, but it is near to nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from components.intents import Vector

FILE = "nearest.npz"


class Nearest:
    """`ones`, `others`: the embeddings of the two sets, unit vectors in rows, none of them empty."""

    def __init__(self, ones: Vector, others: Vector) -> None:
        self._ones, self._others = ones.astype(np.float32), others.astype(np.float32)

    def leanings(self, vectors: Sequence[Vector]) -> list[float]:
        """For each vector the cosine with the nearest of the ones, less that with the nearest of the others."""
        if not vectors:
            return []
        columns = np.stack(vectors).T
        found = (self._ones @ columns).max(axis=0) - (self._others @ columns).max(axis=0)
        return [float(value) for value in found]

    def save(self, folder: Path) -> None:
        np.savez(folder / FILE, ones=self._ones.astype(np.float16), others=self._others.astype(np.float16))

    @classmethod
    def load(cls, folder: Path) -> Nearest:
        with np.load(folder / FILE, allow_pickle=False) as arrays:
            return cls(arrays["ones"], arrays["others"])
