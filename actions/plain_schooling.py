"""Plain questions on what one studies or is certified in, after an answer on that: "how much more would I make", "do I
need one", "what's on it". Pure.

Each rule gives the message as it is meant, or None (leaning.py).
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.connectives import LINK
from actions.context import Context
from actions.pay_asked import ADDS
from actions.said_there import WHILE_WORKING
from actions.short_questions import brief
from actions.turn import Mention, Turn

# "how much more would I make", "does it pay more", after what one studies or is certified in
_PAYS_MORE = re.compile(
    rf"{LINK}(?:how much more|(?:does|do|would|will|can|could|is|are) (?:it|that|they|i|you|u|we|one|people))"
    r"(?: (?:money|would|do|does|can|could|will|i|you|u|they|it|that|we|one|people))*"
    r" (?:make|earn|pays?|paid|get|getting|worth)(?: (?:you|u|me|them|paid|any|a lot|lots|much))*"
    r"(?: more| better| extra)?(?: money)?"
    r"(?: (?:with|for|if i have|if you have|having) (?:it|that|one|them|those))?\W*$",
    re.I,
)
_MORE_PAY = re.compile(r"\b(?:more|better|extra)\b", re.I)
_ON_IT = re.compile(
    rf"{LINK}what(?:['’]?s| is| are| all is)? (?:on|in|covered (?:on|in|by))"
    r" (?:it|that|(?:the|that) (?:one|exam|test))\W*$",
    re.I,
)
_RUNS_OUT = re.compile(
    rf"{LINK}(?:(?:and )?(?:for )?how (?:long|many years) (?:is|are|will|does|do) (?:it|that|they)(?: be)?"
    r" (?:good|valid|last)(?: for)?"
    r"|(?:do|does|will|would|can) (?:it|that|they)(?: ever)? (?:expire|run out|go away))\W*$",
    re.I,
)
_DEGREES = re.compile(r"\b(?:degrees?|school(?:ing)?|education|college|requirements?|qualif\w+)\b", re.I)
_EACH = re.compile(r"\b(?:each|both|either|them|they|those|these|the two)\b", re.I)
_ENOUGH_THERE = re.compile(
    rf"{LINK}(?:is|would|will) (?:that|it|this|one|a \w+)(?: be)? (?:(?:good )?enough|ok|okay|fine|all right)"
    r"(?: (?:for|at|in|to (?:work|get (?:hired|a job|in)|get hired) (?:at|in)))? (?:an? |the |most )?$",
    re.I,
)
_NEED_ONE = re.compile(
    rf"{LINK}(?:do|would|will) (?:i|you|u|we|they)(?: really| even| actually)?"
    r" (?:need|have to (?:have|get)|need to get)"
    r" (?:one|it|that|that one)(?: (?:for (?:it|that|the job)|to (?:start|get (?:in|hired|a job)))| though)?\W*$",
    re.I,
)
_WHILE_WORKING = re.compile(
    r"\b(?:do|study|learn|finish|take|get) (?:it|that|this|for it|for that)(?: all)? while (?:i |i['’]?m |still )*"
    r"(?:work|working|have a job|keep(?:ing)? (?:my|a) job)\b",
    re.I,
)


def while_working(context: Context, turn: Turn) -> Turn | None:
    """ "Can I do that while working": how one can study for it, whatever was talked of."""
    if turn.kinds or not _WHILE_WORKING.search(turn.text) or not brief(turn):
        return None
    left = replace(turn, mentions=())
    return left.settled_as("ask_education", *(Mention("cue", cue) for cue in ("part-time-study", WHILE_WORKING)))


def adds_to_pay(context: Context, turn: Turn) -> Turn | None:
    """ "How much more would I make", after a certification or a degree: what that adds to pay."""
    item = {"certification": "certification", "education": "education"}.get(context.topic or "")
    asks = _PAYS_MORE.match(turn.text) and _MORE_PAY.search(turn.text)
    if item is None or not asks or turn.kinds or context.second_credential or context.second_occupation:
        return None
    left = replace(turn, mentions=_held(context), vector=None)  # nearness to other statements on pay tells nothing
    return left.settled_as("ask_pay", Mention("cue", "pay-factor"), Mention("cue", f"{ADDS}{item}"))


def on_the_exam(context: Context, turn: Turn) -> Turn | None:
    """ "What's on it", of the credential talked of, whatever was asked of it last."""
    if context.credential is None or turn.kinds or not _ON_IT.match(turn.text):
        return None
    return turn.settled_as("ask_certification", *_held(context), Mention("cue", "exam"))


def runs_out(context: Context, turn: Turn) -> Turn | None:
    """ "How long is it good for", of a certification: how it is renewed."""
    if context.topic != "certification" or turn.kinds or not _RUNS_OUT.match(turn.text):
        return None
    left = replace(turn, mentions=_held(context), vector=None)
    return left.settled_as("ask_certification", Mention("cue", "renewal"))


def degree_of_each(context: Context, turn: Turn) -> Turn | None:
    """ "What degree is each", after two credentials: who may take either."""
    two = context.topic == "comparison" and context.credential and context.second_credential
    if not two or turn.kinds - {"level"} or not _DEGREES.search(turn.text) or not _EACH.search(turn.text):
        return None
    return replace(turn, mentions=()).settled_as("ask_comparison", Mention("cue", "eligibility"))


def enough_there(context: Context, turn: Turn) -> Turn | None:
    """ "Is that enough for a hospital", after schooling: what sources say of that kind of employer."""
    start = min((m.start for m in turn.mentions if m.kind == "employer_type"), default=0)
    there = context.topic == "education" and turn.kinds == {"employer_type"}
    return turn.settled_as("follow_up") if there and _ENOUGH_THERE.match(turn.text[:start]) else None


def needs_level(context: Context, turn: Turn) -> Turn | None:
    """ "Do I need one", after a level of schooling: whether that is needed."""
    if context.topic != "education" or context.level is None or turn.kinds or not _NEED_ONE.match(turn.text):
        return None
    return turn.settled_as("ask_education", Mention("level", context.level, implied=True))


def _held(context: Context) -> tuple[Mention, ...]:
    """The credential talked of, as if it had been named."""
    return (Mention("credential", context.credential, implied=True),) if context.credential else ()


OF_SCHOOLING = (
    while_working,
    adds_to_pay,
    on_the_exam,
    runs_out,
    degree_of_each,
    enough_there,
    needs_level,
)
