"""The rows of a comparison of occupations: which there are, and what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from actions import wording
from actions.asking import Desk
from actions.draft import Line, line
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

# What a row of the table says, as the item of a difference that sources state: it need not be said again.
ASPECTS = {"Typical schooling": "education", "Projected growth": "outlook"}
# The rows of every comparison: title, indicator.
ROWS = (("Typical schooling", "education.requirement"), ("Projected growth", "outlook.growth"))


def points_apart(one: Statement, other: Statement) -> str:
    """The difference of two percentages of the same years, computed; "" for different years or none."""
    if one.number is None or other.number is None or one.scope.period != other.scope.period:
        return ""
    apart = abs(round(one.number - other.number, 1))
    return f", a difference of {apart:g} percentage point{'' if apart == 1 else 's'} (computed)" if apart else ""


def official(desk: Desk, occupation: str, indicator: str) -> Finding | None:
    """The best finding of an indicator: for schooling the level that is typical or required."""
    answer = desk.ask((indicator,), topic=indicator.split(".")[0], occupation=occupation, place=COUNTRY)
    findings = [
        f for f in answer.findings if indicator != "education.requirement" or f.lead.item in ("typical", "required")
    ]
    order = {edition: e.source.authority for edition, e in desk.catalog.editions.items()}
    return min(findings, key=lambda f: order[f.lead.edition], default=None)


def lengths_of(desk: Desk, ids: Sequence[str]) -> list[Line]:
    """How long the schooling of each takes; fewer lines than occupations where sources do not say it of each."""
    found: list[Line] = []
    for id in ids:
        answer = desk.ask(("education.length",), topic="education", occupation=id, place=COUNTRY)
        own = [f for f in answer.findings if f.lead.occupation == id and f.lead.text]
        to_enter = [f for f in own if f.lead.scope.qualifier("level") not in ("master", "doctoral")]
        found += [line(f) for f in to_enter if f.lead.scope.qualifier("school") is None][:1]
    return found


def cell(indicator: str, statement: Statement) -> str:
    if indicator == "education.requirement":
        return wording.LEVEL_NAMES.get(statement.scope.qualifier("level") or "", "")
    return f"{wording.figure(statement)} ({wording.dated(statement.scope.period)})"
