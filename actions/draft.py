"""An answer before its citations are numbered: lines of text, each with the statements behind it. Pure data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from knowledge.resolve import Finding
from knowledge.scope import Fallback
from knowledge.statement import Statement

MAX_POINTS = 6
MAX_HEADLINE = 240
MAX_CITED = 4
THAT_QUESTION = "that question"  # what is missing, where nothing names it better


@dataclass(frozen=True)
class Line:
    """One sentence or bullet and the statements it rests on, best first. `computed`: a figure in it was
    computed from them, and the text says so."""

    text: str
    statements: tuple[Statement, ...] = ()
    computed: bool = False


@dataclass(frozen=True)
class Draft:
    """What will be said. `points` may be more than are shown at once; `others` are what other sources say."""

    topic: str
    occupation: str | None
    headline: Line
    points: tuple[Line, ...] = ()
    others_note: str = ""
    others: tuple[Line, ...] = ()  # what is left after MAX_POINTS is not shown
    stale: bool = False
    fallbacks: tuple[Fallback, ...] = ()
    notes: tuple[Line, ...] = ()
    chart: Mapping[str, Any] | None = None
    table: Mapping[str, Any] | None = None
    suggestions: tuple[str, ...] = ()
    verdict: str | None = None
    sections: tuple[int, ...] = ()  # the points that are headlines of further parts of the question

    @property
    def shown(self) -> tuple[Line, ...]:
        return self.points[:MAX_POINTS]

    @property
    def has_more(self) -> bool:
        return len(self.points) > MAX_POINTS


@dataclass(frozen=True)
class NoSource:
    """Nothing covers the question: `what` is the missing thing as words, `nearby` what there is instead."""

    topic: str | None
    occupation: str | None
    what: str
    nearby: tuple[Line, ...] = ()
    detail: str = ""
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Clarify:
    """A question back, with the answers as buttons."""

    question: str
    options: tuple[str, ...]


Reply = Draft | NoSource | Clarify


def line(finding: Finding, text: str | None = None, *, limit: int = MAX_CITED) -> Line:
    """A finding as a line: its best text, citing the sources that agree (at most `limit`, one an edition)."""
    cited: dict[str, Statement] = {}
    lead = finding.lead
    for statement in finding.support:
        exact = (statement.number, statement.low, statement.high) == (lead.number, lead.low, lead.high)
        if exact or not lead.has_figure:  # 15 agrees with 14.7, but does not say it
            cited.setdefault(statement.edition, statement)
    return Line(text or finding.lead.text or "", tuple(cited.values())[:limit])


def unique(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines without those that say again what an earlier one said."""
    seen: dict[str, Line] = {}
    for one in lines:
        seen.setdefault(one.text, one)
    return tuple(seen.values())
