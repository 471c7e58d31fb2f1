"""The credential one level above or below the one talked of: "what's the next rung up", after the RHIT. Pure.

Sources say no order of all. One stands above another where what they say of its level names that one, or where it is
said to be of a higher level and the other for beginners.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from actions.context import Context
from actions.turn import Mention, Turn
from knowledge.statement import Statement

_STEP = re.compile(
    r"\b(?:(?:(?:next|another|one|a|the)\s+)?(?:(?P<higher>higher|bigger|more advanced)\s+)?"
    r"(?:rung|level|(?P<step>step)|tier|rank|notch|stage)"
    r"(?:\s+(?:(?P<up>up|above|higher|after)|(?P<down>down|below|lower|under|before)))?"
    r"|(?:next|another|a|the)\s+(?:(?P<better>higher|bigger|more advanced)\s+)?(?:cert\w*|credential|one)"
    r"|(?:cert\w*|credential|one)\s+(?:(?P<over>up|above)|(?P<beneath>down|below)))\b"
    r"(?:\s+(?:from |than )?(?:that|this|it|that one|this one))?\W*$",
    re.I,
)
_NEXT = re.compile(r"\bnext\b", re.I)
_OF_MONEY = ("ask_pay", "ask_tuition")
_HIGH, _LOW = "higher-level", "entry-level"
Levels = Mapping[str, Sequence[Statement]]  # credential -> what is said of its level


def next_level(context: Context, turn: Turn, levels_beside: Callable[[str], Levels]) -> Turn:
    """The turn as a question of the credential that stands next above or below the one talked of; itself if it asks for
    none, or the sources tell of none. `levels_beside`: a credential -> it and those beside it, with their levels."""
    now = context.credential
    if context.topic != "certification" or now is None or turn.kinds or turn.intent in _OF_MONEY:
        return turn
    match = _STEP.search(turn.text)
    if match is None:
        return turn
    down = bool(match.group("down") or match.group("beneath"))
    following = _NEXT.search(match.group()) and not match.group("step")  # "the next step" may be to apply
    up = any(match.group(name) for name in ("up", "higher", "better", "over"))
    if not (down or up or following):
        return turn
    levels = levels_beside(now)
    ones = [id for id in levels if (_above(now, id, levels) if down else _above(id, now, levels))]
    return turn.settled_as("ask_certification", Mention("credential", ones[0])) if len(ones) == 1 else turn


def _above(high: str, low: str, levels: Levels) -> bool:
    """Whether sources tell that one credential is of a higher level than another."""
    if high == low:
        return False
    named = any(re.search(rf"\b{re.escape(low)}s?\b", one.text or "", re.I) for one in levels.get(high, ()))
    higher, lower = ({one.item for one in levels.get(id, ())} for id in (high, low))
    return named or (_HIGH in higher and _LOW in lower)
