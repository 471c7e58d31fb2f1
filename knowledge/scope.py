"""What a figure speaks of: place, period, statistic, employer type, qualifiers.

Canonical keys, so that two statements about the same thing have the same key, and the order in which a
wider scope may stand in for a narrower one. Pure: no I/O.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Mapping, Sequence

UNSTATED = "unstated"
ALL_EMPLOYERS = "all"
COUNTRY = "US"

STATISTICS = ("median", "mean", "percentile", "range", "entry", UNSTATED)
# When no statistic is asked for. `mean` never stands in for `median`: it is shown as a mean.
STATISTIC_ORDER = ("median", "mean", UNSTATED, "entry", "range", "percentile")

_PERIOD = re.compile(r"^(unstated|\d{4}(-\d{2})?)(/(\d{4}(-\d{2})?))?$")


@dataclass(frozen=True, order=True)
class Period:
    """A time: "2019" (a year), "2025-05" (a month), "2024/2034" (from, to); "unstated" if not known."""

    text: str = UNSTATED

    def __post_init__(self) -> None:
        if not _PERIOD.match(self.text):
            raise ValueError(f"period {self.text!r} is none of 2019, 2025-05, 2024/2034, unstated")

    @property
    def start(self) -> str:
        return self.text.split("/")[0]

    @property
    def end(self) -> str | None:
        return self.text.split("/")[1] if "/" in self.text else None

    @property
    def year(self) -> int | None:
        """The year the figure was taken (for a projection: its base year); None if unstated."""
        return None if self.start == UNSTATED else int(self.start[:4])

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Later periods sort higher; unstated ones lowest."""
        if self.start == UNSTATED:
            return (0, 0, int((self.end or "0")[:4]))
        month = int(self.start[5:7]) if len(self.start) > 4 else 0
        return (int(self.start[:4]), month, int((self.end or "0")[:4]))


@lru_cache(maxsize=4096)
def period(text: str) -> Period:
    """The same Period for the same text: figures share a handful of them."""
    return Period(text)


@lru_cache(maxsize=4096)
def period_sort_key(text: str) -> tuple[int, int, int]:
    return period(text).sort_key


@dataclass(frozen=True)
class Scope:
    """What a figure speaks of. `qualifiers` is the long tail, sorted by key."""

    place: str = UNSTATED
    period: str = UNSTATED
    statistic: str = UNSTATED
    percentile: int | None = None
    employer_type: str = UNSTATED
    qualifiers: tuple[tuple[str, str], ...] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """One line that is the same for the same scope, period included."""
        return f"{self.subject}|{self.period}"

    @property
    def subject(self) -> str:
        """The scope without its period: what an older figure shares with a newer one."""
        statistic = f"p{self.percentile}" if self.percentile is not None else self.statistic
        pairs = ",".join(f"{key}={value}" for key, value in self.qualifiers)
        return "|".join((self.place, statistic, self.employer_type, pairs))

    def qualifier(self, key: str) -> str | None:
        return dict(self.qualifiers).get(key)

    def at(self, place: str) -> Scope:
        return replace(self, place=place)


@dataclass(frozen=True)
class Fallback:
    """A step from what was asked to what the sources have: kind (place, employer_type, occupation …)."""

    kind: str
    wanted: str
    used: str


def qualifier_pairs(qualifiers: Mapping[str, object] | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((key, str(value)) for key, value in (qualifiers or {}).items()))


def wider_places(place: str, parents: Mapping[str, str | None]) -> Sequence[str]:
    """The place itself, then each wider one: metro, state, US. Stops at a circle in the data."""
    chain: list[str] = []
    step: str | None = place
    while step is not None and step not in chain:
        chain.append(step)
        step = parents.get(step)
    return chain
