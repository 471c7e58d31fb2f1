"""The answer to a question back: "2", "the one in Missouri", "pharm tec", "the one who keeps the charts". Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from actions.against import WEIGHS
from actions.choosing import by_words, namesake, words_of_each
from actions.connectives import LINK
from actions.context import TOPIC_INTENTS, Context
from actions.occupations import AMONG, Likeliest
from actions.turn import Mention, Turn
from knowledge.catalog import Catalog

ALIKE = 0.55  # a cosine with a known question from which a description is of the occupation that it is asked of
_OF_WORK = ("duties.", "definition.", "setting.", "skills.", "fit.")
_NUMBERS = "first second third fourth fifth sixth".split()
_NUMBER = re.compile(
    rf"{LINK}(?:(?:number|option|choice|no\.?|i mean|i meant|i want|um|probably|maybe|it's|its)\W+|#)*"
    rf"(?P<which>[1-6]|one|two|three|four|five|six|{'|'.join(_NUMBERS)}|last|(?:1st|2nd|3rd|[456]th))"
    r"(?:\W+(?:one|option|choice|please|pls|thanks|of (?:them|those|these)))*\W*$",
    re.I,
)
# What asks something in an answer to a question back; "what about …" chooses.
_ASKS = re.compile(
    r"(?:^|[.,;:!?]|\b(?:and|but|so|ok|then))\W*(?:what(?! about)(?:['’]?s)?|how(?! about)(?:['’]?s)?|where|when|why"
    r"|who|which|do|does|did|is(?! (?:it|that) the\b)|are|can|could|would|will|should)\b",
    re.I,
)
_DOES = re.compile(r"\b(?:ones?|kinds?|types?|sorts?|people|person|guys?|somebody|someone|those|whoever)\b", re.I)
_BESIDE = frozenset(("place", "period", "pay_period", "statistic"))


def picked(catalog: Catalog, context: Context, turn: Turn) -> Turn:
    """A turn that answers a question back, with the one that it means: "2", "the one in Missouri", "pharm tec"."""
    if not context.pending:
        return turn
    kind = "place" if context.pending[0] in catalog.places else "occupation"
    named = [m for m in turn.mentions if m.kind == kind and len(m.candidates) < 2]
    offered = dict.fromkeys(m.value for m in named if m.value in context.pending)
    if len(offered) > 1:
        return turn  # "both pharmacy technicians and records technicians"
    chosen = next(iter(offered), None)  # says it in full
    chosen = chosen or (_place(catalog, context, turn) if kind == "place" else None)
    if named and chosen is None:
        return turn  # of something else altogether
    chosen = chosen or _counted(context.pending, turn.text)
    chosen = chosen or by_words(words_of_each(catalog, context.pending), turn.text)
    return chosen_of(turn, kind, chosen) if chosen else turn


def chosen_of(turn: Turn, kind: str, chosen: str) -> Turn:
    """The turn that names one of several, as the question that waited asked of it, unless it asks something itself."""
    others = tuple(m for m in turn.mentions if m.kind not in (kind, "employer_type"))
    if asks_more(turn):
        return replace(turn, mentions=(*others, Mention(kind, chosen)))
    figures = tuple(m for m in others if m.kind in _BESIDE)  # "the pharmacy kind, in Ohio"
    return replace(turn, intent="follow_up", mentions=(*figures, Mention(kind, chosen)), settled=True)


def asks_more(turn: Turn) -> bool:
    """Whether an answer to a question back asks a question of its own: "the pharmacy one, do they need a license"."""
    return turn.intent in TOPIC_INTENTS and bool(_ASKS.search(turn.text))


def described(context: Context, turn: Turn, likeliest: Likeliest, same: Mapping[str, str]) -> Turn:
    """A turn that answers a question back by what the one that it means does: "the one who keeps the patients' charts".

    `likeliest`, `same`: as in occupations.py.
    """
    if turn.settled or turn.values("occupation") or asks_more(turn) or not _DOES.search(turn.text):
        return turn
    if WEIGHS.search(turn.text):
        return turn  # "the one that pays better" describes none
    best, *rest = sorted((id for id in context.pending if id in likeliest), key=lambda id: -likeliest[id][1]) or [""]
    others = [likeliest[id][1] for id in rest if same.get(id) != best and same.get(best) != id]
    if not best or likeliest[best][1] - max(others, default=0.0) < AMONG or likeliest[best][1] < ALIKE:
        return turn
    of_work = likeliest[best][0].indicator.startswith(_OF_WORK)
    return chosen_of(turn, "occupation", next((id for id in rest if same.get(best) == id), best)) if of_work else turn


def _place(catalog: Catalog, context: Context, turn: Turn) -> str | None:
    states = turn.values("place")
    for id in context.pending:
        if id in states or catalog.places[id].parent in states:
            return id
    return next((found for state in states if (found := namesake(catalog, context.pending, state))), None)


def _counted(pending: tuple[str, ...], text: str) -> str | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    word = match.group("which").lower()
    spelt = {
        **{w: n for n, w in enumerate(_NUMBERS)},
        **{w: n for n, w in enumerate("one two three four five six".split())},
    }
    index = len(pending) - 1 if word == "last" else spelt[word] if word in spelt else int(word[0]) - 1
    return pending[index] if index < len(pending) else None
