"""Sentence embeddings of statements in the knowledge database: written by the build, searched by the answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from knowledge.database import open_engine, sqlite_path
from knowledge.embedding import DIMENSION, SHA256, MiniLM, encode_parallel
from knowledge.models import TextVectorRow
from knowledge.statement import Statement

Matrix = npt.NDArray[np.float32]
Encoder = Callable[[Sequence[str]], Matrix]


def text_key(text: str) -> str:
    """The same for the same text and model: a vector of another model is never reused."""
    return hashlib.sha256(f"{SHA256['model.onnx']}\x1f{text}".encode()).hexdigest()


def known_vectors(url: str) -> dict[str, bytes]:
    """The vectors of an earlier build, by text; empty if there is none that can be read."""
    path = sqlite_path(url)
    if path is None or not path.is_file():
        return {}
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            return {row.sha256: row.vector for row in connection.execute(select(TextVectorRow.__table__))}
    except DBAPIError:
        return {}
    finally:
        engine.dispose()


def write_vectors(
    connection: Connection, statements: Sequence[Statement], known: Mapping[str, bytes], encode: Encoder | None = None
) -> int:
    """Embed every text that is not in `known` and store all. Returns how many were computed."""
    texts = {text_key(s.text): s.text for s in statements if s.text}
    missing = {key: text for key, text in texts.items() if key not in known}
    fresh: dict[str, bytes] = {}
    if missing:
        encoder = encode or _encoder()
        fresh = {key: vector.tobytes() for key, vector in zip(missing, encoder(list(missing.values())))}
    rows = [{"sha256": key, "vector": fresh.get(key) or known[key]} for key in texts]
    if rows:
        connection.execute(insert(TextVectorRow), rows)
    return len(fresh)


def _encoder() -> Encoder:
    model = MiniLM()
    return lambda texts: encode_parallel(model, texts)


class StatementIndex:
    """The vectors of one set of statements, searched by cosine."""

    def __init__(self, connection: Connection, statements: Sequence[Statement]) -> None:
        keyed = [(s.id, text_key(s.text)) for s in statements if s.text]
        stored: dict[str, bytes] = {}
        keys = sorted({key for _, key in keyed})
        for start in range(0, len(keys), 500):
            chunk = keys[start : start + 500]
            stored.update(
                {
                    row.sha256: row.vector
                    for row in connection.execute(
                        select(TextVectorRow.__table__).where(TextVectorRow.sha256.in_(chunk))
                    )
                }
            )
        keyed = [(id, key) for id, key in keyed if key in stored]
        self._ids = [id for id, _ in keyed]
        self._matrix: Matrix = np.frombuffer(b"".join(stored[key] for _, key in keyed), dtype=np.float32).reshape(
            -1, DIMENSION
        )

    def scores(self, vector: Matrix) -> dict[str, float]:
        """Statement id -> cosine with `vector` (a unit vector)."""
        return dict(zip(self._ids, (self._matrix @ vector).tolist())) if self._ids else {}
