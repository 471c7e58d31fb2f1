"""One state of the knowledge database, and the following of a file that a rebuild replaces. Used by query.py only."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import DBAPIError

from knowledge.asked import Missing, Target, twin_of
from knowledge.catalog import Catalog, load_catalog
from knowledge.database import open_engine, sqlite_path
from knowledge.errors import KnowledgeError
from knowledge.models import AskedRow, StatementRow
from knowledge.scope import Scope
from knowledge.seal import verify
from knowledge.statement import Statement
from knowledge.vectors import VectorIndex
from knowledge.wages import WageTable
from knowledge.wordings import Wordings
from observe.metrics import KNOWLEDGE_FAILURES

logger = logging.getLogger(__name__)
STATEMENTS = StatementRow.__table__
ASKED = AskedRow.__table__
REPLACED = 5  # how often a file may be replaced while it is opened, or while it is read for one answer
AGAIN_AND_AGAIN = "The knowledge database is replaced again and again. Let the builds come to an end."
Identity = tuple[int, int, int] | None  # of a file: its number, when it was changed, its size
OCCUPATIONS_KEPT = 500  # whose statements stay in memory: those asked about last
SEARCHES_KEPT = 32  # a turn asks what its message is like several times
COVERED, UNCOVERED = "covered", "uncovered"  # the indexes of all questions that are answered, and are not
INDEXES_KEPT = 100  # whose embeddings do, about 1.5 MB each
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
ByIndicator = Mapping[str, Sequence[Statement]]
Done = TypeVar("Done")


class Replaced(KnowledgeError):
    """The database was replaced between two reads of one answer."""


class Latest(Generic[Key, Value]):
    """Keeps the `count` things that were used last. Thread-safe."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key) -> Value | None:
        """None if it is not kept."""
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key]

    def keep(self, key: Key, value: Value) -> None:
        """Keep it, and let go of what was not used for longest."""
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._count:
                self._kept.popitem(last=False)


@dataclass(frozen=True)
class _Texts:
    """The questions as people ask them, each with what it is asked of."""

    answered: list[tuple[Target, str]]
    unanswered: list[tuple[tuple[str, Missing], str]]  # with the occupation that it names, "" for none


@dataclass(frozen=True)
class Snapshot:
    """One state of the database, with what has been read of it; replaced as a whole."""

    identity: Identity
    engine: Engine
    catalog: Catalog
    wages: WageTable
    answers: dict[Any, Any] = field(default_factory=dict)
    read: Latest[str, ByIndicator] = field(default_factory=lambda: Latest(OCCUPATIONS_KEPT))
    indexes: Latest[str, VectorIndex[str]] = field(default_factory=lambda: Latest(INDEXES_KEPT))
    asked: dict[str, VectorIndex[Any]] = field(default_factory=dict)
    texts: list[_Texts] = field(default_factory=list)  # of all questions, once they have been read
    worded: list[Wordings] = field(default_factory=list)  # of all questions, once it has been read
    near: Latest[tuple[str, bytes], Mapping[Target, float]] = field(default_factory=lambda: Latest(SEARCHES_KEPT))
    reading: threading.RLock = field(default_factory=threading.RLock)  # what takes long to read, one thread reads

    twins: dict[tuple[Target, str], Target | None] = field(default_factory=dict)
    covered: dict[str, tuple[str, ...]] = field(default_factory=dict)  # occupation -> its topics

    def twin(self, index: VectorIndex[Target], target: Target, occupation: str) -> Target | None:
        """What a target says of another occupation, said of this one, if something is."""
        key = (target, occupation)
        if key not in self.twins:
            self.twins[key] = twin_of(target, occupation, index.__contains__)
        return self.twins[key]

    def statements(self, connection: Connection, occupation: str) -> ByIndicator:
        """An occupation's statements by indicator, kept for the life of the snapshot."""
        known = self.read.get(occupation)
        if known is None:
            groups: dict[str, list[Statement]] = {}
            for row in connection.execute(
                select(STATEMENTS).where(STATEMENTS.c.occupation == occupation).order_by(STATEMENTS.c.position)
            ):
                groups.setdefault(row.indicator, []).append(statement_of(row))
            known = groups
            self.read.keep(occupation, known)
        return known

    def index(self, connection: Connection, occupation: str) -> VectorIndex[str]:
        """The embeddings of an occupation's texts."""
        index = self.indexes.get(occupation)
        if index is None:
            groups = self.statements(connection, occupation).values()
            index = VectorIndex(connection, [(s.id, s.text) for group in groups for s in group if s.text])
            self.indexes.keep(occupation, index)
        return index

    def questions(self, connection: Connection) -> VectorIndex[Target]:
        """The questions that statements and statistics answer, grouped by occupation."""
        with self.reading:
            known: VectorIndex[Target] | None = self.asked.get(COVERED)
            if known is None:
                known = VectorIndex(connection, self._texts(connection).answered, lambda target: target.occupation)
                self.asked[COVERED] = known
            return known

    def unanswered(self, connection: Connection) -> VectorIndex[tuple[str, Missing]]:
        """The questions that no source answers, each with the occupation that it names ("" for none), its group."""
        with self.reading:
            known: VectorIndex[tuple[str, Missing]] | None = self.asked.get(UNCOVERED)
            if known is None:
                known = VectorIndex(connection, self._texts(connection).unanswered, lambda item: item[0])
                self.asked[UNCOVERED] = known
            return known

    def wordings(self, connection: Connection) -> Wordings:
        """The words of all these questions, and of the statements of the occupations known in depth."""
        with self.reading:
            if not self.worded:
                read = (self.statements(connection, occupation) for occupation in sorted(self.catalog.in_depth))
                statements = (one for groups in read for group in groups.values() for one in group if one.text)
                stated = ((Target.of(one), f"{one.text} {one.original or ''}") for one in statements)
                texts = self._texts(connection)
                unanswered = [(missing, question) for (_, missing), question in texts.unanswered]
                self.worded.append(Wordings(texts.answered, unanswered, stated))
            return self.worded[0]

    def _texts(self, connection: Connection) -> _Texts:
        """All questions; whoever reads them holds `reading`."""
        if not self.texts:
            self.texts.append(_read_texts(connection))
        return self.texts[0]


class Snapshots:
    """The current snapshot of one database. Thread-safe."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._path = sqlite_path(url)
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._damaged: tuple[Identity, KnowledgeError] | None = None
        self._held: ContextVar[Snapshot | None] = ContextVar("held", default=None)

    def whole(self, work: Callable[[], Done]) -> Done:
        """What `work` gives when all that it reads is of one snapshot. If the database is replaced before it has read
        everything, it is done again; so it must change nothing. Raises what `work` raises."""
        if self._held.get() is not None:
            return work()
        for _ in range(REPLACED):
            held = self._held.set(self.current())
            try:
                return work()
            except Replaced:
                continue
            finally:
                self._held.reset(held)
        raise KnowledgeError(AGAIN_AND_AGAIN)

    def current(self) -> Snapshot:
        """Raises KnowledgeError if there is no database, it cannot be read, or it is not as it was built."""
        if (held := self._held.get()) is not None:
            return held
        identity = self._identity()
        with self._lock:
            if self._snapshot is not None and self._snapshot.identity == identity:
                return self._snapshot
            if self._damaged is not None and self._damaged[0] == identity:  # to read it again would take a while
                raise KnowledgeError(str(self._damaged[1])) from None
            return self._follow(identity)

    def _follow(self, identity: Identity) -> Snapshot:
        """Take up the database as it is now."""
        for _ in range(REPLACED):
            try:
                made = self._open(identity)
            except KnowledgeError as error:
                logger.error("%s", error)
                if identity == (now := self._identity()):
                    raise
                identity = now
                continue
            now = self._identity()
            if now == identity:
                old, self._snapshot = self._snapshot, made
                if old is not None:
                    old.engine.dispose()
                return made
            made.engine.dispose()  # replaced meanwhile: what was read may be of either
            identity = now
        raise KnowledgeError(AGAIN_AND_AGAIN)

    def _open(self, identity: Identity) -> Snapshot:
        if self._path is not None:
            try:
                verify(self._path)
            except KnowledgeError as error:
                self._damaged = (identity, error)
                raise
        try:
            engine = open_engine(self._url, read_only=True)
            with engine.connect() as connection:
                catalog = load_catalog(connection)
        except DBAPIError as error:
            raise _unreadable(error) from error
        return Snapshot(identity, engine, catalog, WageTable(catalog.industries, catalog.areas))

    def _identity(self) -> Identity:
        if self._path is None:
            return None
        try:
            stat = os.stat(self._path)
        except OSError as error:
            KNOWLEDGE_FAILURES.inc()
            raise KnowledgeError(
                f"{self._path}: no knowledge database ({error.strerror}). Run `make knowledge`."
            ) from None
        return (stat.st_ino, stat.st_mtime_ns, stat.st_size)

    @contextmanager
    def session(self) -> Iterator[tuple[Connection, Snapshot]]:
        """A connection and the snapshot it belongs to; database errors come out as KnowledgeError."""
        snapshot = self.current()
        connection = _Late(snapshot.engine, lambda: self._identity() == snapshot.identity)
        try:
            yield cast(Connection, connection), snapshot
        except DBAPIError as error:
            raise _unreadable(error) from error
        finally:
            connection.close()


class _Late:
    """A connection that is opened when it is first used: most of what a turn asks for has been read before, and an
    answer asks a dozen times."""

    def __init__(self, engine: Engine, current: Callable[[], bool]) -> None:
        """`current`: whether the engine's file is still the one that it was made for."""
        self._engine, self._current = engine, current
        self._connection: Connection | None = None

    def execute(self, *arguments: Any) -> Any:
        """As SQLAlchemy's."""
        if self._connection is None:
            self._connection = self._engine.connect()
            if not self._current():  # a connection opens whatever has the file's name at that moment
                raise Replaced("The knowledge database was replaced a moment ago. Ask again.")
        return self._connection.execute(*arguments)

    def close(self) -> None:
        """Give the connection back, if there was one."""
        if self._connection is not None:
            self._connection.close()


def _unreadable(error: DBAPIError) -> KnowledgeError:
    KNOWLEDGE_FAILURES.inc()
    return KnowledgeError(f"The knowledge database could not be read ({error.orig}). Run `make knowledge`.")


def _read_texts(connection: Connection) -> _Texts:
    """In the order of the files."""
    columns = (ASKED.c[name] for name in ("occupation", "indicator", "item", "topic", "what", "qualifiers", "question"))
    texts = _Texts([], [])
    targets: dict[tuple[str, ...], Target] = {}  # many questions have the same
    rows = connection.execute(select(*columns).order_by(ASKED.c.id)).all()
    for occupation, indicator, item, topic, what, qualifiers, question in rows:
        if not indicator:
            texts.unanswered.append(((occupation, Missing(item, topic, what)), question))
            continue
        key = (occupation, indicator, item, qualifiers)
        if key not in targets:
            targets[key] = Target(occupation, indicator, item, _pairs(qualifiers))
        texts.answered.append((targets[key], question))
    return texts


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((key, value) for key, _, value in (pair.partition("=") for pair in text.split(",") if pair))


def statement_of(row: Row) -> Statement:
    """A row of `statement` as the dataclass."""
    pairs = _pairs(row.qualifiers)
    return Statement(
        occupation=row.occupation,
        indicator=row.indicator,
        edition=row.edition,
        locator=row.locator,
        scope=Scope(row.place, row.period, row.statistic, row.percentile, row.employer_type, pairs),
        value_kind=row.value_kind,
        number=row.number,
        low=row.low,
        high=row.high,
        unit=row.unit,
        item=row.item,
        text=row.text,
        original=row.original,
        rank=row.rank,
        reason=row.reason,
        note=row.note,
        file=row.file,
        given_id=row.id,
    )
