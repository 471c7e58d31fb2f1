"""Questions that only a statement of a certain kind answers, however near others are. Pure.

They ask for one subject ("do I need math"), for the boss, for how one can study ("online", "while working"), or the
last question of another kind of place ("what about hospitals", after skills; "and in Texas?", after a license; "does
that vary by state"), of which there are no figures. The answer leads with a statement that says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.draft import Draft, Line, unique
from actions.plain_pay import ASKS_PAY, asks_something_else
from actions.relevance import stems
from actions.turn import Turn
from knowledge.catalog import Catalog
from knowledge.scope import COUNTRY

if TYPE_CHECKING:
    from actions.context import Context

# Topics of what a job takes, which a state may rule on; of no other does a place change what sources say.
OF_RULES = frozenset("certification education how_to_become experience programs tuition advancement".split())
BY_STATE, WHILE_WORKING = "by-state", "while-working"  # cues that the conversation tells, not a word of a message
_AT_EMPLOYERS = OF_RULES | {"skills", "outlook", "duties", "definition"}
_OF_STUDY = ("education", "programs")
_HOW_ONE_STUDIES = ("education.mode", "programs.feature")  # indicators
_STATE, _ONLINE = stems("states"), stems("online")
_OF_LEARNING = ("education", "programs", "skills", "how_to_become", "experience", "fit")
# Subjects of a school that a question may be about, the words for one together.
_SUBJECTS = (
    ("math", "maths", "mathematics", "algebra", "arithmetic"),
    ("anatomy", "physiology"),
    ("biology",),
    ("chemistry",),
    ("physics",),
    ("statistics",),
)
_SUBJECT = rf"(?P<subject>{'|'.join(word for words in _SUBJECTS for word in words)})"
# "do I need to know anatomy", "is biology required", but not "I have a degree in math, would I need another"
_ASKS_SUBJECT = re.compile(
    rf"\b(?:needs?|have to|has to|must|required|good at|bad at|hates?|know|take|lots? of|much)"
    rf"(?: (?!in\b)[\w'’]+){{0,3}} {_SUBJECT}\b",
    re.I,
)
_BOSS = re.compile(
    r"\bwho(?:['’]s| is| are)? (?:the |their |your |his |her |my )?(?:boss(?:es)?|supervisors?)\b"
    r"|\bwhom? (?:do|does|would|will) [\w ]{1,40}? (?:report|answer) to\b",
    re.I,
)
_WORKS_UNDER = re.compile(r"\b(?:under|supervis\w+|direct(?:ion|ed) (?:of|by)|reports? to)\b", re.I)
Says = Callable[[Line], bool]


def only_place(context: Context, turn: Turn) -> bool:
    """Whether a turn puts nothing but a place into a question on what a job takes; where places were talked of before,
    their figures are meant."""
    if context.topic not in OF_RULES or turn.kinds != {"place"} or turn.intent != "follow_up":
        return False
    named = any(m.kind == "place" and not m.implied for m in turn.mentions)
    figures = not named or context.spoken("place") or ASKS_PAY.search(turn.text) or COUNTRY in turn.values("place")
    return not (figures or asks_something_else(turn))


def wanted(context: Context, turn: Turn, new: Context, catalog: Catalog) -> Says | None:
    """Which line of an answer says what a turn asks, if it asks such a question (`new`: the context after it); None if
    it does not, or no word tells the kind of place apart."""
    cues = turn.values("cue")
    if new.topic in _OF_STUDY and "online" in cues:
        return _with_words([_ONLINE])
    if WHILE_WORKING in cues:
        return lambda line: any(s.indicator in _HOW_ONE_STUDIES for s in line.statements)
    if BY_STATE in cues:
        return _with_words([_STATE])
    if _BOSS.search(turn.text):
        return lambda line: _WORKS_UNDER.search(line.text) is not None
    if new.topic in _OF_LEARNING and (asked := _ASKS_SUBJECT.search(turn.text)):
        known = next(words for words in _SUBJECTS if asked.group("subject").lower() in words)
        return _with_words([stems(word) for word in known])
    if not turn.settled or turn.intent != "follow_up" or context.question is None:
        return None
    if only_place(context, turn):
        names = (catalog.places[id].name for id in turn.values("place") if id in catalog.places)
        return _with_words([_STATE, *map(stems, names)])
    if context.topic not in _AT_EMPLOYERS or turn.kinds != {"employer_type"}:
        return None
    said = [turn.text[m.start : m.end] for m in turn.mentions if m.kind == "employer_type"]
    names = (catalog.employer(id).name for id in turn.values("employer_type"))
    return _with_words([*map(stems, (*said, *names))])


def said_there(found: Draft, says: Says) -> Draft | None:
    """An answer led by its first line that says what is asked; None if there is none."""
    lines = (found.headline, *found.points)
    there = [line for line in lines if says(line)]
    if not there or there[0] is found.headline:
        return found if there else None
    return replace(found, headline=there[0], points=unique((*there[1:], *lines)), others=(), verdict=None)


def _with_words(sets: list[frozenset[str]]) -> Says | None:
    """Whether a line says all the words of one of these sets; None if no set has any."""
    known = [words for words in sets if words]
    return (lambda line: any(words <= stems(line.text) for words in known)) if known else None
