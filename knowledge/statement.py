"""One fact: one edition of one source saying one thing. Frozen dataclasses and ids; no I/O."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from knowledge.scope import Scope

VALUE_KINDS = ("value", "none", "unknown")
RANKS = ("preferred", "normal", "deprecated")


@dataclass(frozen=True)
class Source:
    """A publisher's work. `authority`: 1 official statistics, 2 official handbook, 3 credential issuer,
    4 school, 5 career site."""

    id: str
    publisher: str
    title: str
    url: str
    kind: str
    authority: int
    authority_reason: str
    licence: str


@dataclass(frozen=True)
class Edition:
    """One edition of a source. Dates are ISO; `published` is "unknown" where the source gives none, with
    `published_estimate` and its reason as words."""

    id: str
    source: Source
    version: str
    title: str
    url: str
    published: str
    retrieved: str
    citation: str
    sha256: str | None = None
    published_estimate: str | None = None
    estimate_reason: str | None = None

    @property
    def dated(self) -> str:
        """The date as a reader sees it."""
        if self.published != "unknown":
            return self.published
        if self.published_estimate:
            return f"undated ({self.published_estimate})"
        return "undated"


@dataclass(frozen=True)
class Statement:
    """One fact. Numbers are stored as published, in `unit`; `item` joins the same thing said by several
    sources; `text` is in Waymark's own words."""

    occupation: str
    indicator: str
    edition: str
    locator: str
    scope: Scope = field(default_factory=Scope)
    value_kind: str = "value"
    number: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    item: str | None = None
    text: str | None = None
    original: str | None = None
    rank: str = "normal"
    reason: str | None = None
    note: str | None = None
    file: str | None = None
    given_id: str | None = None

    @property
    def id(self) -> str:
        """A hash of what is said and by which edition; no date of retrieval, locator or file enters it."""
        if self.given_id:
            return self.given_id
        parts = (
            self.edition,
            self.occupation,
            self.indicator,
            self.scope.key,
            self.value_kind,
            repr(self.number),
            repr(self.low),
            repr(self.high),
            self.unit or "",
            self.item or "",
            self.text or "",
        )
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]

    @property
    def has_figure(self) -> bool:
        return self.number is not None or self.low is not None or self.high is not None

    @property
    def figure(self) -> float | None:
        """The number to compare by; a range has none."""
        return self.number


@dataclass(frozen=True)
class Indicator:
    """A kind of statement (vocabulary/indicators.yml)."""

    id: str
    title: str
    topic: str
    type: str
    values: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    range: tuple[tuple[str, float, float], ...] = ()
    tolerance: float = 0.0
    max_age: int | None = None
    qualifiers: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    multivalued: bool = False
