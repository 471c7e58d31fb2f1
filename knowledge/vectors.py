"""Sentence embeddings of statements in the knowledge database: written by the build, searched by the answers."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from knowledge.database import open_engine, sqlite_path
from knowledge.embedding import DIMENSION, IDENTITY, MiniLM, encode_parallel
from knowledge.errors import KnowledgeError
from knowledge.models import AskedRow, TextVectorRow
from knowledge.shorthand import written_out

EVERYTHING: tuple[object, ...] = ()  # asked for
RECENT = 4  # searches that are remembered: a message and its parts
AT_ONCE = 500  # texts whose vectors are asked for by name in one query
MANY = 4 * AT_ONCE  # from here on it is faster to read the vectors of all texts
Matrix = npt.NDArray[np.float32]
Item = TypeVar("Item", bound=Hashable)
Encoder = Callable[[Sequence[str]], Matrix]


@lru_cache(maxsize=50_000)  # most texts of a rebuilt database are those of the one before
def text_key(text: str) -> str:
    """The same for the same text, written out, and model: a vector of another model is never reused."""
    return hashlib.sha256(f"{IDENTITY}\x1f{written_out(text)}".encode()).hexdigest()


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


@dataclass(frozen=True)
class KnownQuestion:
    """A question beside a statement, or one that no source answers (`covered` is False), with its embedding."""

    question: str
    topic: str
    covered: bool
    vector: Matrix


def known_questions(url: str) -> list[KnownQuestion]:
    """All questions of the knowledge database, in the order of the files; those without an embedding are left out.

    Raises KnowledgeError if it cannot be read.
    """
    engine = open_engine(url, read_only=True)
    try:
        with engine.connect() as connection:
            rows = connection.execute(select(AskedRow.__table__).order_by(AskedRow.id)).all()
    except DBAPIError as error:
        raise KnowledgeError(
            f"The knowledge database could not be read ({error.orig}). Run `make knowledge`."
        ) from error
    finally:
        engine.dispose()
    stored = known_vectors(url)
    return [
        KnownQuestion(row.question, row.topic, bool(row.indicator), np.frombuffer(stored[key], dtype=np.float32))
        for row in rows
        if (key := text_key(row.question)) in stored
    ]


def write_vectors(
    connection: Connection, wanted: Sequence[str], known: Mapping[str, bytes], encode: Encoder | None = None
) -> int:
    """Embed every text that is not in `known` and store all. Returns how many were computed."""
    texts = _by_key(wanted)
    missing = {key: text for key, text in texts.items() if key not in known}
    fresh: dict[str, bytes] = {}
    if missing:
        vectors = (encode or _encode)(list(missing.values()))
        fresh = {key: vector.tobytes() for key, vector in zip(missing, vectors)}
    rows = [{"sha256": key, "vector": fresh.get(key) or known[key]} for key in texts]
    if rows:
        connection.execute(insert(TextVectorRow), rows)
    return len(fresh)


def encode_new(wanted: Sequence[str], known: Mapping[str, bytes]) -> Matrix:
    """The embeddings of the texts that are not in `known`, each once: what `write_vectors` asks its encoder for."""
    missing = [text for key, text in _by_key(wanted).items() if key not in known]
    return _encode(missing) if missing else np.zeros((0, DIMENSION), np.float32)


def _by_key(texts: Sequence[str]) -> dict[str, str]:
    """The texts, written out, each once."""
    return {text_key(text): written_out(text) for text in texts}


def _encode(texts: Sequence[str]) -> Matrix:
    return encode_parallel(MiniLM(), texts)


class VectorIndex(Generic[Item]):
    """Things with a text, searched by the cosine of the text's embedding. Thread-safe."""

    def __init__(
        self, connection: Connection, items: Iterable[tuple[Item, str]], group: Callable[[Item], str] = lambda item: ""
    ) -> None:
        """`group`: of each thing, so that a search can be among some groups only."""
        keyed = [(item, text_key(text), number) for number, (item, text) in enumerate(items)]
        stored = _stored(connection, {key for _, key, _ in keyed})
        keyed = [entry for entry in keyed if entry[1] in stored]
        order = {item: index for index, item in enumerate(dict.fromkeys(item for item, _, _ in keyed))}
        keyed.sort(key=lambda entry: order[entry[0]])  # the texts of one thing side by side
        self._numbers = [number for _, _, number in keyed]
        self._items = list(order)
        self._place_of = order
        groups: dict[str, list[int]] = {}
        for place, item in enumerate(self._items):
            groups.setdefault(group(item), []).append(place)
        self._groups = {name: np.array(places, np.int64) for name, places in groups.items()}
        places = [order[item] for item, _, _ in keyed]
        self._starts = [n for n, place in enumerate(places) if n == 0 or place != places[n - 1]]
        self._matrix: Matrix = np.frombuffer(b"".join(stored[key] for _, key, _ in keyed), dtype=np.float32).reshape(
            -1, DIMENSION
        )
        self._recent: OrderedDict[bytes, _Search[Item]] = OrderedDict()
        self._lock = Lock()

    def __contains__(self, item: object) -> bool:
        return item in self._place_of

    def scores(self, vector: Matrix) -> Mapping[Item, float]:
        """Every thing -> its highest cosine with `vector` (a unit vector). Not to be changed: the last few are
        remembered, because a turn asks for the same several times."""
        if not self._items:
            return {}
        search = self._search(vector)
        if EVERYTHING not in search.found:
            search.found[EVERYTHING] = dict(zip(self._items, search.best.tolist()))
        return search.found[EVERYTHING]

    def like(self, vector: Matrix, count: int, among: Sequence[str] = ("",)) -> Mapping[Item, float]:
        """The `count` things of these groups that are nearest to `vector`, nearest first, and their cosines."""
        if not self._items:
            return {}
        search, wanted = self._search(vector), (count, *among)
        if wanted not in search.found:
            none = np.zeros(0, np.int64)
            places = np.concatenate([self._groups.get(name, none) for name in among])
            best = search.best[places]
            if len(best) > count:
                near = np.sort(np.argpartition(best, -count)[-count:])
                places, best = places[near], best[near]
            order = np.argsort(-best, kind="stable")
            pairs = zip(places[order].tolist(), best[order].tolist())
            search.found[wanted] = {self._items[place]: cosine for place, cosine in pairs}
        return search.found[wanted]

    def nearest_of_each(self, vector: Matrix, groups: Iterable[str]) -> dict[str, tuple[Item, float]]:
        """For each of these groups that has any, the thing that is nearest to `vector` and its cosine."""
        found: dict[str, tuple[Item, float]] = {}
        best = self._search(vector).best if self._items else np.zeros(0, np.float32)
        for name in groups:
            places = self._groups.get(name)
            if places is not None:
                place = int(places[int(np.argmax(best[places]))])
                found[name] = (self._items[place], float(best[place]))
        return found

    def nearest(self, vector: Matrix, count: int) -> list[float]:
        """The `count` highest cosines with `vector`, one a thing; fewer if there are fewer things."""
        if not self._items:
            return []
        best = self._search(vector).best
        return sorted(np.partition(best, max(len(best) - count, 0))[-count:].tolist(), reverse=True)

    def crowd(self, vector: Matrix, count: int) -> list[float]:
        """The `count` highest cosines with `vector`, each text by itself; fewer if there are fewer texts."""
        if not self._items:
            return []
        search = self._search(vector)
        return search.texts[search.nearest_texts(count)].tolist()

    def nearest_text_of(self, item: Item, vector: Matrix) -> Matrix:
        """The embedding of the text of a thing that is nearest to `vector`; `vector` itself if the thing has none."""
        if item not in self._place_of:
            return vector
        start = self._starts[place := self._place_of[item]]
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(self._matrix)
        texts = self._matrix[start:end]
        return texts[int(np.argmax(texts @ vector))]

    def around(self, vector: Matrix, count: int) -> list[int]:
        """Which `count` texts are nearest to `vector`, by their places among those that the index was made of."""
        if not self._items:
            return []
        return [self._numbers[row] for row in self._search(vector).nearest_texts(count).tolist()]

    def _search(self, vector: Matrix) -> _Search[Item]:
        key = vector.tobytes()
        with self._lock:
            known = self._recent.get(key)
        if known is None:
            texts = self._matrix @ vector
            known = _Search(np.maximum.reduceat(texts, self._starts), texts)
            with self._lock:
                self._recent[key] = known
                while len(self._recent) > RECENT:
                    self._recent.popitem(last=False)
        return known


def _stored(connection: Connection, keys: Set[str]) -> dict[str, bytes]:
    """The vectors of these texts, as far as there are any."""
    every = select(TextVectorRow.__table__)
    if len(keys) > MANY:
        return {key: vector for key, vector in connection.execute(every).all() if key in keys}
    wanted = sorted(keys)
    stored: dict[str, bytes] = {}
    for start in range(0, len(wanted), AT_ONCE):
        chosen = every.where(TextVectorRow.sha256.in_(wanted[start : start + AT_ONCE]))
        stored.update((row.sha256, row.vector) for row in connection.execute(chosen))
    return stored


@dataclass(frozen=True)
class _Search(Generic[Item]):
    """Each thing's highest cosine, in the order of the things, each text's, and what was made of them."""

    best: Matrix
    texts: Matrix
    found: dict[tuple[object, ...], Mapping[Item, float]] = field(default_factory=dict)
    rows: dict[int, npt.NDArray[np.int64]] = field(default_factory=dict)

    def nearest_texts(self, count: int) -> npt.NDArray[np.int64]:
        """The rows of the `count` texts with the highest cosines, in no order."""
        if count not in self.rows:
            self.rows[count] = np.argpartition(self.texts, max(len(self.texts) - count, 0))[-count:]
        return self.rows[count]
