"""Questions on all occupations that are known in depth: "what's the highest paying job on here", "which jobs don't need
a degree", "what jobs let you work from home". Pure; of_every_job.py answers what no comparison does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from actions.aspects import ENTRY_WORDS
from actions.context import Context
from actions.routing import FALLBACK, SURE
from actions.turn import EVERY_JOB, Mention, Turn
from knowledge.catalog import Catalog

_JOB = r"(?:jobs?|careers?|positions?|occupations?)"
_BEST = re.compile(
    r"\b(?:(?:which|what(?:['’]?s)?)\b.{0,25}\b(?:highest|best|most|top|lowest|worst|least)[- ]?"
    r"(?:paying|paid|pay|salary)\b"
    rf".{{0,15}}\b{_JOB}\b"
    rf"|^\W*(?:the )?(?:highest|best|top|lowest)[- ]pa(?:ying|id) (?:\w+ ){{0,2}}{_JOB}\b"
    rf"|(?:which|what) (?:of (?:the|your|these|all) )?(?:\w+ )?{_JOB}\b.{{0,25}}"
    r"\b(?:pays?|makes?|earns?)(?: you)? (?:the )?(?:most|best|least|worst)\b)",
    re.I,
)
# "on here", "of all of them", "that you know"; without it the jobs of a field may be meant that is talked of
_OF_ALL = re.compile(
    r"\b(?:on|in) (?:here|this (?:site|app|website|list|thing|chat))\b|\byou(?:['’]?ve)? (?:know|have|cover|got|list)\b"
    r"|\b(?:of|out of) (?:all|everything|every|your)\b|\boverall\b"
    r"|\b(?:in|for) (?:health ?care|medicine|the (?:medical|health) field)\b",
    re.I,
)

_CONDITION = re.compile(  # "without a degree", "from home", "makes the most sense": asks more than who is paid best
    r"\b(?:with(?:out)?|no|if|from home|at home|remote\w*|part[- ]time|sense|difference|impact)\b", re.I
)
_OF_PAY = ("ask_pay", "ask_comparison", "follow_up", FALLBACK)
# "which jobs", "any healthcare careers", "medical jobs that …", of no job in particular
_WHICH_JOBS = re.compile(
    r"^\W*(?:(?:hi|hello|hey|so|ok|and|but|um|please|show me|list|name|i want|i need|looking for|tell me)\W+"
    r"(?:the |some |all )?)*"
    r"(?:(?:which|what(?:['’]?s| are)?|any|are there(?: any)?)\b"
    r"(?: of (?:the|your|these|all))?(?: the)?(?: kinds? of)? ?)?"
    r"(?:(?:your|medical|health|healthcare|health[- ]care|good|entry[- ]level|these|those) )*"
    rf"{_JOB}\b(?: (?:in|on) (?:here|(?:the )?(?:health ?care|medicine|medical(?: field)?|health(?: field)?)))?",
    re.I,
)
_NO_DEGREE = re.compile(
    r"\b(?:(?:do(?:es)?n['’]?t|do(?:es)? not|not|without|no|skip\w*|non)\b.{0,24}"
    r"\b(?:degrees?|college|school(?:ing)?|university)\b)",
    re.I,
)
_HIGH_SCHOOL = re.compile(r"\b(?:high ?school(?: diploma)?|h\.?s\.? diploma|ged)\b", re.I)
_TWO_YEARS = re.compile(
    r"\b(?:associate['’]?s?|(?:2|two)[- ]?years?)(?: (?:degree|college|school\w*|program))?\b", re.I
)
_MUCH_SCHOOL = re.compile(
    rf"\b(?:least|less|most|shortest|fewest)\b.{{0,20}}\b(?:school\w*|education|training|college|study\w*)|{ENTRY_WORDS}",
    re.I,
)
_GROWS = re.compile(
    r"\b(?:fastest|slowest|most)[- ]?grow\w*|\bgrow\w*\b.{0,16}\b(?:fastest|most|slowest|quick\w*)\b", re.I
)
_OPENINGS = re.compile(
    r"\b(?:most|fewest)\b.{0,12}\bopenings?\b|\bmost (?:people|workers)\b|\bopenings?\b.{0,10}\b(?:most|fewest)\b", re.I
)
_FROM_HOME = re.compile(r"\b(?:from|at) home\b|\bremote(?:ly)?\b|\bwfh\b", re.I)
_NO_PATIENTS = re.compile(r"\b(?:no|not|without|avoid\w*|\w+n['’]t|dont|doesnt)\b.{0,40}\bpatients?\b", re.I)
_ANOTHER = re.compile(
    r"\b(?:other|else|similar|like|related|after|pay\w*|paid|salar\w+|earn\w*|make|money|best|better)\b", re.I
)
FREE_OF_DEGREE, HIGH_SCHOOL, ASSOCIATE = "no-degree", "high-school", "associate"
# The levels of schooling that are meant by each, the least first.
LEVELS = {
    HIGH_SCHOOL: ("high-school",),
    FREE_OF_DEGREE: ("high-school", "certificate"),
    ASSOCIATE: ("high-school", "certificate", "associate"),
}
Schooling = Callable[[str], "str | None"]  # an occupation -> the level that is typical or required


def best_of_all(catalog: Catalog, context: Context, turn: Turn, schooling: Schooling) -> Turn:
    """The turn as a comparison of all that are known in depth, where it asks which of them pays most, grows fastest,
    needs least schooling; or as a question which of them are of a kind."""
    of_all = _OF_ALL.search(turn.text) or (context.topic is None and not context.options)
    if turn.settled or turn.kinds - {"pay_period", "statistic", "level"} or not of_all:
        return turn
    known = [id for id in sorted(catalog.in_depth) if id not in catalog.stood_in]
    share = _share(turn.text)
    if _BEST.search(turn.text):
        of_pay = turn.intent in _OF_PAY or turn.confidence < SURE
        if share and not re.search(r"\bhome\b|\bremote", turn.text, re.I):
            known = [id for id in known if schooling(id) in LEVELS[share]]
            return _of_every(known, turn) if of_pay and len(known) > 1 else turn
        asks_more = _CONDITION.search(turn.text) or "level" in turn.kinds
        return turn if asks_more or not of_pay else _of_every(known, turn, "pay_period")
    which = _WHICH_JOBS.match(turn.text)
    if which is None or _ANOTHER.search(turn.text[which.end() :]):
        return turn
    if about := "remote" if _FROM_HOME.search(turn.text) else "no-patients" if _NO_PATIENTS.search(turn.text) else "":
        cue = Mention("cue", f"{EVERY_JOB}{about}")
        return replace(turn, mentions=(cue,), intent="ask_work_setting", settled=True)
    if share in (HIGH_SCHOOL, FREE_OF_DEGREE):
        found = _of_every([id for id in known if schooling(id) in LEVELS[share]], turn)
        return replace(found, mentions=(*found.mentions, Mention("cue", f"{EVERY_JOB}{share}")))
    if _MUCH_SCHOOL.search(turn.text) or _GROWS.search(turn.text) or _OPENINGS.search(turn.text):
        return _of_every(known, turn)
    return turn


def _share(text: str) -> str:
    """Which schooling at most a question names as a condition; "" if none."""
    if _HIGH_SCHOOL.search(text):
        return HIGH_SCHOOL
    if _NO_DEGREE.search(text):
        return FREE_OF_DEGREE
    return ASSOCIATE if _TWO_YEARS.search(text) else ""


def _of_every(known: Sequence[str], turn: Turn, *kept: str) -> Turn:
    mentions = tuple(Mention("occupation", id, implied=True) for id in known)
    cues = tuple(m for m in turn.mentions if m.kind in kept)
    one = len(known) < 2
    return replace(
        turn, mentions=(*cues, *mentions), intent="ask_education" if one else "ask_comparison", settled=True
    )
