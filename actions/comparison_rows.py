"""The rows of a comparison of two occupations: which there are, the words that ask for them, what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions import wording
from actions.asking import Desk
from actions.draft import Line, line
from knowledge.resolve import Finding
from knowledge.scope import COUNTRY
from knowledge.statement import Statement

PAY_WORDS = (
    r"\b(pay|pays|paid|paying|salar(?:y|ies)|money|earn(?:s|ing|ings)?|wages?|income|paychecks?|compensation|cash"
    r"|(?:who|which|how much|what (?:do|does|would|will|can|could))\b.{0,60}\bmak(?:es?|ing)"
    r"(?! (?:more |better )?(?:sense|sure|it\b|me|us|you|them|people))"
    r"|makes? (?:more|less|the (?:same|most))"
    r"|(?:brings?|takes?) (?:home|in)|pulls? (?:in|down))\b|\$"
)
SCHOOL_WORDS = (
    r"\b(school(?:ing)?|education|degrees?|diploma|college|train(?:ing)?|study(?:ing)?|classes|courses?|semesters?)\b"
)
TIME_WORDS = (
    r"\b(shorter|longer|faster|quicker|sooner|how long|how many (?:months|years|semesters)|(?:less|more) time"
    r"|lengths?)\b(?!.*\b(?:hours|days?|shifts?|weeks?)\b)"
)
GROWTH_WORDS = r"\b(growth|grow(?:s|ing)?|outlook|demand|openings?|future|expand(?:s|ing)?|booming)\b"


# What a row of the table says, as the item of a difference that sources state: it need not be said again.
ASPECTS = {"Typical schooling": "education", "Projected growth": "outlook"}
# The rows of every comparison: title, indicator.
ROWS = (("Typical schooling", "education.requirement"), ("Projected growth", "outlook.growth"))
# Rows that only a question about them gets: title, indicator, its words.
ASKED_FOR = (
    (
        "Openings each year",
        "outlook.openings",
        r"\b(?:openings?|open positions|(?:spots?|jobs|positions?) (?:that )?(?:open|come) up|hiring|vacanc(?:y|ies))\b",
    ),
    (
        "Jobs added",
        "outlook.new_jobs",
        r"\b(?:new|extra|additional) (?:jobs|positions)\b|\badd(?:s|ing)? (?:\w+ )?jobs\b",
    ),
    (
        "Number of jobs",
        "outlook.employment",
        r"\bhow many\b.*\b(?:jobs|people|workers|employed|are there)\b|\bmore (?:jobs|people|workers) (?:are|work|in)\b"
        r"|\b(?:bigger|larger|biggest|largest) (?:field|occupation|profession|job)\b",
    ),
)


def asked_rows(question: str) -> list[tuple[str, str]]:
    """Title and indicator of the rows that a question (in lower case) asks for, beside those of every comparison."""
    return [(title, indicator) for title, indicator, words in ASKED_FOR if re.search(words, question)]


def names_aspect(question: str) -> bool:
    """Whether a question says what it compares: pay, schooling, growth, the number of jobs."""
    return any(
        re.search(words, question, re.I)
        for words in (PAY_WORDS, SCHOOL_WORDS, TIME_WORDS, GROWTH_WORDS, *(words for _, _, words in ASKED_FOR))
    )


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
