"""Of all occupations that are known in depth the one that has what a message asks for: "do any of these jobs let you
work at home". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from actions.context import Context
from actions.occupations import LIKE, Likeliest
from actions.short_questions import LISTS
from actions.turn import Mention, Turn

_ANY = re.compile(
    r"\b(?:any|which|what|one|some) of (?:these|those|the|your|all)(?: (?:other|medical|health(?:care)?|different))*"
    r" (?:jobs?|careers?|positions?|fields?|occupations?)\b"
    r"|\bany (?:other )?(?:jobs?|careers?) (?:on|in) (?:here|this (?:site|app|list|chat))\b"
    r"|\bany (?:other )?(?:jobs?|careers?) (?:that )?you know\b",
    re.I,
)
# what is asked of several at once, or of whom they suit
_OF_SEVERAL = ("ask_pay", "ask_outlook", "ask_comparison", "ask_related_careers", "ask_advancement", "ask_fit")


def any_of_all(context: Context, turn: Turn, likeliest: Callable[[], Likeliest], stood_in: Mapping[str, str]) -> Turn:
    """The turn with the occupation of which sources say what it asks of any; itself where several are talked of, which
    it means then, or none is like it. `likeliest`: looked up only for such a message."""
    several = context.options or context.topic in LISTS
    if turn.settled or several or turn.kinds or turn.intent in _OF_SEVERAL or not _ANY.search(turn.text):
        return turn
    known = {id: cosine for id, (_, cosine) in likeliest().items() if id not in stood_in and cosine >= LIKE}
    if not known:
        return turn
    return replace(turn, mentions=(*turn.mentions, Mention("occupation", max(sorted(known), key=known.__getitem__))))
