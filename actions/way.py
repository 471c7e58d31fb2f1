"""How one gets from one of two occupations to the other: what sources say of the step, and what the other takes."""

from __future__ import annotations

import re

from actions import wording
from actions.asking import Desk
from actions.comparison_rows import official
from actions.context import words
from actions.draft import Draft, Line, line, unique
from actions.named_jobs import jobs_of
from knowledge.importers.titles import singular
from knowledge.statement import Statement

_ONE = r"(?:one|first|former|low\w+|small\w+|eas\w+|cheap\w+|short\w+|quick\w+)"
_OTHER = r"(?:other|second|latter|high\w+|big\w+|hard\w+|next|better)"
# "how could I get from one to the other", "start in the lower one and switch later"
MOVES = re.compile(
    rf"\bfrom (?:the )?{_ONE}\b.{{0,30}}\bto (?:the )?{_OTHER}\b"
    rf"|\b(?:start|begin)\w*\b.{{0,30}}\b{_ONE}\b.{{0,30}}\b(?:switch|move|go|get|work|become|then|later|up|over|after)\b"
    rf"|\b(?:step|path|bridge|ladder|way|lead)s? (?:up )?(?:in)?to the {_OTHER}\b"
    rf"|\b(?:switch|move|go|get|cross|work|advance)\w*(?: \w+){{0,4}} (?:in)?to the {_OTHER}\b"
    r"|\b(?:switch|move|go|cross)\w*(?: \w+)? between (?:them|the two|these|those)\b",
    re.I,
)
# "can a nurse move up into it", where one of the two is named
ONTO = re.compile(
    r"\b(?:work|move|get|go|climb|grow|switch|advance|step|rise)s?(?: (?:my|your|her|his|their) way)?"
    r"(?: (?:up|over|on|in))? (?:in)?to (?:it|that|this|one)\b|\bthen (?:do|become) (?:it|that|this|one)\b",
    re.I,
)
# "does being a coder help towards becoming a manager", "can techs turn into nurses": a step between two that are named
_GO = r"(?:mov|switch|go|transition|advanc|climb|chang|cross|lead|step|transfer|bridg|promot|ris)"
STEP = re.compile(
    r"\b(?:becom(?:e|es|ing)|turn(?:s|ing)? into|stepping stone|good (?:start|way|path|preparation)"
    rf"|{_GO}\w*(?: \w+){{0,3}} (?:in)?to(?:wards?)?"
    r"|(?:help|count|useful|relevant|credit)\w*(?: \w+){0,3} (?:towards?|becom\w+|to be)"
    r"|(?:path|road|route|ladder|bridge) (?:from|to|into))\b",
    re.I,
)
# "how long does it take to become a coder or a pharmacy tech": of each, and no step
CHOICE = re.compile(r"\b(?:or|which|both|each|either)\b", re.I)
_STEPS = ("advancement.role", "advancement.path")
_OF_THE_STEP = frozenset(("path", "switching", "advancement"))  # items of stated differences
_LEVELS = tuple(wording.LEVEL_NAMES)  # the least first
_ANY = frozenset("technician technologist and service".split())  # words of names that texts leave out


def asks_for_step(question: str) -> bool:
    """Whether a question is on the step between two jobs, and not the same question on each of them."""
    return STEP.search(question) is not None and CHOICE.search(question) is None


def compose(desk: Desk) -> Draft | None:
    """The step from the one of the two occupations that takes less schooling to the other; None unless it is asked for
    and sources speak of it."""
    context = desk.context
    two = context.compared("occupation")
    asked = context.question or ""
    if len(two) != 2 or not (MOVES.search(asked) or ONTO.search(asked) or STEP.search(asked)):
        return None
    start, end = sorted(two, key=lambda id: _takes(desk, id))
    said = _said_of(desk, start, end)
    if not said and (back := _said_of(desk, end, start)):  # from a job that pays more, or takes more
        start, end, said = end, start, back
    lines = [Line(s.text or "", (s,)) for s in said if s.text]
    stepped = asks_for_step(asked) and " and " not in asked.lower()
    if not lines and not ONTO.search(asked) and not stepped:
        return None
    needed = [official(desk, end, name) for name in ("education.requirement", "experience.requirement")]
    lines[1:1] = [line(f) for f in needed if f is not None and f.lead.text]
    if not lines:
        return None
    lead, *rest = unique(lines)
    plural = [desk.catalog.occupations[id].plural for id in (start, end)]
    unsaid = Line(f"No source of mine speaks of the step from {plural[0]} to {plural[1]}.")
    return desk.draft(lead, rest, notes=() if said else (unsaid,))


def _said_of(desk: Desk, start: str, end: str) -> list[Statement]:
    """What sources say of the step from one occupation to another."""
    said = [s for name in _STEPS for s in desk.knowledge.statements(start, name) if _leads_to(desk, s, end)]
    differences = desk.knowledge.statements(start, "comparison.difference")
    said += [s for s in differences if s.scope.qualifier("with") == end and s.item in _OF_THE_STEP]
    return said + [s for s in desk.knowledge.statements(end, "experience.tip") if _names(desk, s.text or "", start)]


def _takes(desk: Desk, occupation: str) -> tuple[int, float]:
    """What it takes to become one: the level of schooling, then the pay that it leads to."""
    typical = official(desk, occupation, "education.requirement")
    level = typical.lead.scope.qualifier("level") if typical else None
    record = desk.knowledge.wage(occupation)
    pay = record.statement("annual_median") if record else None
    return _LEVELS.index(level) if level in _LEVELS else 0, (pay.number if pay else None) or 0.0


def _leads_to(desk: Desk, statement: Statement, end: str) -> bool:
    return end in jobs_of(desk.catalog, statement) or _names(desk, statement.text or "", end)


def _names(desk: Desk, text: str, occupation: str) -> bool:
    own = {singular(word) for word in words(desk.catalog.occupations[occupation].name)} - _ANY
    return own <= {singular(word) for word in words(text)}
