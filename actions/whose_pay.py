"""Questions of money that the figures of an occupation do not answer. Pure.

The money is that of some of its people against others ("the ones in eye care", "more than a regular floor nurse"), or
the question is of a place that is best for something else than pay.
"""

from __future__ import annotations

import re

from actions.context import COMPARED, Context, words
from actions.plain_pay import ASKS_PAY, FILLER
from actions.turn import Turn
from knowledge.scope import COUNTRY

_MONEY = re.compile(rf"{ASKS_PAY.pattern}|\b(?:earns?|makes?|gets?|better off)\b", re.I)
# "more than the ones in family medicine": people by what they do, whom no name that is known tells of
_STANDARD = re.compile(
    r"\b(?:than|as|to|with|or|vs\.?|versus)\s+"
    r"(?P<whose>(?:those|the ones|ones|(?:the )?people|folks|someone|somebody)\s+"
    r"(?:who work|that work|in|at|doing)\b[^.?!,;]*)",
    re.I,
)
# "more than a regular floor nurse", "the same as any other coder": the occupation itself, against some of its people
_WHOLE = re.compile(
    r"\b(?:than|as)\s+(?:what\s+)?(?:(?:an?|the|any|most|just|other|all|your)\s+)*"
    r"(?:(?:regular|normal|ordinary|average|plain|typical|standard|basic|general|generic|floor|staff|bedside|usual"
    r"|everyday|other|non[- ]?\w+)\s+)*$",
    re.I,
)
_SOME = re.compile(r"\b(?:they|those|these|that|it|ones?|he|she)\b", re.I)
_WEIGHED = re.compile(r"\b(?:more|less|better|worse|higher|lower|same|as (?:much|well))\b", re.I)
# by what sources tell pay apart
_TOLD_OF = re.compile(
    r"\b(?:experience\w*|certif\w*|credential\w*|licen[sc]\w*|degrees?|bachelor\w*|associate\w*|master\w*|years?"
    r"|starting|start(?:ed)?|beginn\w+|new(?:bies)?|entry|seniors?|small|large|big|rural|cit(?:y|ies))\b",
    re.I,
)
_OF_TWO = re.compile(r"\b(?:which|who|what)(?: one)? of (?:the|those|these|them) (?:two|2|both)\b", re.I)
_BEST_FOR = re.compile(
    r"\b(?:best|worst|top|nicest|good|better)\b[^.?!]*\b(?:states?|cit(?:y|ies)|places?|areas?|towns?)\b[^.?!]*?"
    r"\b(?:for|when it comes to|in terms of|if (?:you|i) want)\s+[^.?!]*?"
    r"\b(?:balance|living|lifestyle|famil(?:y|ies)|kids|children|schools|safety|weather|commut\w+|stress|retir\w+"
    r"|housing|hours|happiness)\b",
    re.I,
)


def beyond_the_figures(context: Context, turn: Turn) -> bool:
    """Whether a message asks for one of these."""
    of_people = of_some_of_them(context, turn) or (not turn.settled and of_an_unknown_pair(context, turn))
    return of_people or of_another_criterion(turn)


def of_some_of_them(context: Context, turn: Turn) -> bool:
    """Whether a message asks how the pay of some people of an occupation compares with that of others, or of all."""
    if not _MONEY.search(turn.text) or not _WEIGHED.search(turn.text) or _TOLD_OF.search(turn.text):
        return False
    if standard := _STANDARD.search(turn.text):
        start, end = standard.span("whose")
        known = any(m.kind != "cue" and start <= m.start < end for m in turn.mentions)
        return not known and bool(set(words(standard.group("whose"))) - FILLER)
    named = [m for m in turn.mentions if m.kind == "occupation" and m.end > m.start]
    if len(named) != 1 or named[0].value != context.occupation or turn.kinds != {"occupation"}:
        return False
    if turn.settled or context.employer_type or context.place not in (None, COUNTRY):
        return False  # "is that more than most nurses make", of one state: set beside that of all
    others = set(context.spoken("occupation")) - {context.occupation}
    before = turn.text[: named[0].start]
    some = _WHOLE.search(before) and _SOME.search(before)
    return bool(some) and not others and context.beside is None


def of_an_unknown_pair(context: Context, turn: Turn) -> bool:
    """Whether a message asks which of two pays more where no two are known that were talked of: two specialties."""
    if not _OF_TWO.search(turn.text) or not _MONEY.search(turn.text) or turn.kinds:
        return False
    return not context.options and all(len(set(context.spoken(kind))) < 2 for kind in COMPARED)


def of_another_criterion(turn: Turn) -> bool:
    """Whether a message asks which place is best for something that is not pay: "the best city for work-life
    balance"."""
    return bool(_BEST_FOR.search(turn.rest)) and not _MONEY.search(turn.rest)
