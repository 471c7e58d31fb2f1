"""Nearest: whether a text is nearer to known crises or to known stories."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from components.nearest import Nearest

ONES = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]], dtype=np.float32)
OTHERS = np.array([[0.0, 0.0, 1.0], [0.0, 0.6, 0.8]], dtype=np.float32)


def test_the_nearest_of_each_set_counts() -> None:
    near = Nearest(ONES, OTHERS)
    said = [np.array([0.0, 1.0, 0.0], dtype=np.float32), np.array([0.0, 0.0, 1.0], dtype=np.float32)]
    assert near.leanings(said) == pytest.approx([1.0 - 0.6, 0.0 - 1.0])
    assert near.leanings([]) == []


def test_it_comes_into_a_model_and_out_of_it(tmp_path: Path) -> None:
    near = Nearest(ONES, OTHERS)
    near.save(tmp_path)
    said = [np.array([0.8, 0.6, 0.0], dtype=np.float32)]
    assert Nearest.load(tmp_path).leanings(said) == pytest.approx(near.leanings(said), abs=1e-3)
