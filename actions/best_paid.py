"""The best-paid of all occupations that are known in depth: "what's the highest paying job on here". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.context import Context
from actions.routing import FALLBACK, SURE
from actions.turn import Mention, Turn
from knowledge.catalog import Catalog

_BEST = re.compile(
    r"\b(?:(?:which|what(?:['’]?s)?)\b.{0,25}\b(?:highest|best|most|top|lowest|worst|least)[- ]?"
    r"(?:paying|paid|pay|salary)\b"
    r".{0,15}\b(?:job|career|position|occupation)s?\b"
    r"|(?:which|what) (?:of (?:the|your|these|all) )?(?:\w+ )?(?:job|career|position|occupation)s?\b.{0,25}"
    r"\b(?:pays?|makes?|earns?)(?: you)? (?:the )?(?:most|best|least|worst)\b)",
    re.I,
)
# "on here", "of all of them", "that you know"; without it the jobs of a field may be meant that is talked of
_OF_ALL = re.compile(
    r"\b(?:on|in) (?:here|this (?:site|app|website|list|thing|chat))\b|\byou(?:['’]?ve)? (?:know|have|cover|got|list)\b"
    r"|\b(?:of|out of) (?:all|everything|every)\b|\boverall\b"
    r"|\b(?:in|for) (?:health ?care|medicine|the (?:medical|health) field)\b",
    re.I,
)

_CONDITION = re.compile(  # "without a degree", "from home", "makes the most sense": asks more than who is paid best
    r"\b(?:with(?:out)?|no|if|from home|at home|remote\w*|part[- ]time|sense|difference|impact)\b", re.I
)
_OF_PAY = ("ask_pay", "ask_comparison", "follow_up", FALLBACK)


def best_of_all(catalog: Catalog, context: Context, turn: Turn) -> Turn:
    """The turn as a comparison of all that are known in depth, where it asks which of them pays most."""
    of_all = _OF_ALL.search(turn.text) or (context.topic is None and not context.options)
    if _CONDITION.search(turn.text) or (turn.intent not in _OF_PAY and turn.confidence >= SURE):
        return turn
    if turn.settled or turn.kinds - {"pay_period", "statistic"} or not of_all or not _BEST.search(turn.text):
        return turn
    cues = tuple(m for m in turn.mentions if m.kind == "pay_period")
    known = tuple(
        Mention("occupation", id, implied=True) for id in sorted(catalog.in_depth) if id not in catalog.stood_in
    )
    return replace(turn, mentions=(*cues, *known), intent="ask_comparison", settled=True)
