"""What somebody has, asked about by itself: "and me, what's typical for my job?", "what is mine good for?". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.against import COUNTED, WEIGHING, WEIGHS
from actions.connectives import LINK
from actions.context import Context
from actions.turn import Mention, Turn

_FIGURES = frozenset(("pay", "outlook", "comparison"))  # what else is asked of "my job" is what becomes of it
_ME = re.compile(rf"{LINK}(?:(?:for|as for|now) )?(?:me|mine|(?<!the )us)\W*$", re.I)  # of whatever was asked before
_TAKEN_FOR = WEIGHING | {"smalltalk"}
_JOB = re.compile(
    rf"{LINK}(?:(?:for|as for|now) )?(?:me|mine|(?<!the )us)\b(?! (?:to|too|either|neither)\b)"
    r"|\b(?:for|of|in|about|does|would|will|is|and|same|people in)\s+(?:my (?:own |current |present |line of )*"
    r"(?:job|work|position|role|occupation|trade|profession)|(?:the (?:job|work)|what) (?:i|we) (?:do|have)(?: now)?"
    r"|what (?:do|am|are) (?:i|we) (?:make|earn|get|making|earning|paid) (?:right )?(?:now|today|currently)"
    r"|(?:jobs?|people|someone|folks) like (?:mine|me|us))\b",
    re.I,
)
_CREDENTIAL = re.compile(
    r"\bmine\b|\bmy (?:own )?(?:one|cert\w*|credential|title)\b|\b(?:one|cert\w*|credential) (?:that )?i(?:['’]ve)?"
    r"(?: already)? (?:have|hold|got)\b",
    re.I,
)


def of_own(context: Context, turn: Turn) -> Turn:
    """The turn with the credential that somebody has, where it is asked about; with the job that they have, where the
    same is asked of it after another one's figures."""
    if turn.settled or turn.values("occupation") or turn.values("credential"):
        return turn
    counted = WEIGHS.search(turn.text) or COUNTED.search(turn.text)  # "does the one I have count for that"
    if context.held and context.topic == "certification" and _CREDENTIAL.search(turn.text) and not counted:
        return replace(turn, mentions=(*turn.mentions, Mention("credential", context.held, implied=True)))
    if context.own in (None, context.occupation) or "US" in turn.text:  # the country
        return turn
    if context.topic is not None and _ME.search(turn.text):
        return turn.settled_as("follow_up", Mention("occupation", str(context.own), implied=True))
    if context.topic not in _FIGURES or turn.intent not in _TAKEN_FOR:
        return turn
    if not _JOB.search(turn.text) or counted:
        return turn
    figure = turn.intent in ("ask_pay", "ask_outlook")
    return turn.settled_as(
        turn.intent if figure else "follow_up", Mention("occupation", str(context.own), implied=True)
    )
