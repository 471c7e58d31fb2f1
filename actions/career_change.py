""" "From coder to nurse, how?": it asks how to become the other, whatever the classifier makes of two names. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.stories import comes_from
from actions.turn import Turn

# what such a question is taken for
STEPS = frozenset(
    f"ask_{topic}"
    for topic in ("advancement", "related_careers", "comparison", "how_to_become", "education", "experience")
)
_STUDY = re.compile(r"\b(?:study|school(?:ing)?|degrees?|class(?:es)?|college|courses?|education)\b", re.I)


def changed(named: Turn, turn: Turn) -> Turn:
    """`turn`, which is `named` without the occupation that someone leaves, as the question about the other one."""
    left = len(turn.values("occupation")) < len(named.values("occupation"))
    if not left or turn.intent not in STEPS or not comes_from(named):
        return turn
    intent = "ask_advancement" if comes_from(named) in turn.values("occupation") else _how(turn)
    return replace(turn, intent=intent, ranking=((intent, 1.0),), confidence=1.0)


def _how(turn: Turn) -> str:
    """Whether someone who changes careers asks for the schooling alone, or for the steps."""
    if turn.intent == "ask_experience" and re.search(r"\bexperience\b", turn.text, re.I):
        return turn.intent
    return "ask_education" if _STUDY.search(turn.text) else "ask_how_to_become"
