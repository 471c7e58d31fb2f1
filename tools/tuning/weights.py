"""The encoder's weights: out of the packaged ONNX model (int8 with a scale a column), and back as what overlays it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from knowledge.embedding import MODEL, packaged_file

Weights = dict[str, npt.NDArray[np.float32]]
LAYERS = 6
EDGE = 127  # of a signed byte
_EMBEDDINGS = "inner.embeddings."
_FROZEN = {
    "word": f"{_EMBEDDINGS}word_embeddings.weight",
    "position": f"{_EMBEDDINGS}position_embeddings.weight",
    "type": f"{_EMBEDDINGS}token_type_embeddings.weight",
    "norm.weight": f"{_EMBEDDINGS}LayerNorm.weight",
    "norm.bias": f"{_EMBEDDINGS}LayerNorm.bias",
}
# The matrices have no names of their own in the file, only numbers, in this order in every layer.
_MATRICES = ("query", "key", "value", "output", "inner", "outer")
_NUMBERS = (
    (49, 57, 65, 105, 109, 118),
    (122, 130, 138, 176, 180, 189),
    (193, 201, 209, 247, 251, 260),
    (264, 272, 280, 318, 322, 331),
    (335, 343, 351, 389, 393, 402),
    (406, 414, 422, 460, 464, 473),
)
_VECTORS = {
    "query.bias": "attention.self.query.bias",
    "key.bias": "attention.self.key.bias",
    "value.bias": "attention.self.value.bias",
    "output.bias": "attention.output.dense.bias",
    "inner.bias": "intermediate.dense.bias",
    "outer.bias": "output.dense.bias",
    "norm1.weight": "attention.output.LayerNorm.weight",
    "norm1.bias": "attention.output.LayerNorm.bias",
    "norm2.weight": "output.LayerNorm.weight",
    "norm2.bias": "output.LayerNorm.bias",
}


def names() -> dict[str, str]:
    """Our name -> the model's, of every weight that is tuned: "0.query", "5.norm2.bias" …"""
    found = {}
    for layer in range(LAYERS):
        for name, number in zip(_MATRICES, _NUMBERS[layer]):
            found[f"{layer}.{name}"] = f"val_{number}"
        for name, its in _VECTORS.items():
            found[f"{layer}.{name}"] = f"inner.encoder.layer.{layer}.{its}"
    return found


def read(model: bytes | None = None) -> tuple[Weights, Weights]:
    """The frozen weights and those to tune, as float32, from the packaged model, or from this one."""
    stored = _stored(model)

    def whole(name: str) -> npt.NDArray[np.float32]:
        if name in stored:
            return np.asarray(stored[name], dtype=np.float32)
        return np.asarray(stored[f"{name}_q"].astype(np.float32) * stored[f"{name}_scale"])

    return {ours: whole(its) for ours, its in _FROZEN.items()}, {ours: whole(its) for ours, its in names().items()}


def _stored(model: bytes | None = None) -> dict[str, npt.NDArray[Any]]:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load_from_string(model or packaged_file(*MODEL).read_bytes()).graph
    return {item.name: numpy_helper.to_array(item) for item in graph.initializer}


def quantised(matrix: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], npt.NDArray[np.float32]]:
    """A matrix as signed bytes and a scale for each column, shape (1, columns)."""
    scale = np.maximum(np.abs(matrix).max(axis=0, keepdims=True) / EDGE, 1e-12).astype(np.float32)
    return np.clip(np.round(matrix / scale), -EDGE, EDGE).astype(np.int8), scale


def write(tuned: Mapping[str, npt.NDArray[np.float32]], path: Path) -> str:
    """Write what knowledge/embedding.py puts over the model's own weights, and those that are of no place in it as they
    are. Returns the file's SHA-256.

    Raises ValueError if a weight cannot be found in the model's file, or has another size there.
    """
    whole = packaged_file(*MODEL).read_bytes()
    stored = _stored()
    content: dict[str, npt.NDArray[np.generic]] = {}
    for ours, its in names().items():
        if tuned[ours].ndim == 2:
            matrix, scale = quantised(tuned[ours])
            content[_place(whole, stored, f"{its}_q", matrix)] = matrix
            content[_place(whole, stored, f"{its}_scale", scale)] = scale
        else:
            content[_place(whole, stored, its, tuned[ours])] = tuned[ours].astype(np.float32)
    content.update({name: tuned[name].astype(np.float32) for name in sorted(set(tuned) - set(names()))})
    np.savez_compressed(path, **content)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _place(whole: bytes, stored: Mapping[str, npt.NDArray[np.generic]], name: str, new: npt.NDArray[np.generic]) -> str:
    """At which byte of the model's file a weight stands."""
    old = stored[name].tobytes()
    start = whole.find(old)
    if start < 0 or len(old) != new.nbytes or whole.find(old, start + 1) >= 0:
        raise ValueError(f"{name} is not to be found in the model's file, or not once, or not in this size.")
    return str(start)
