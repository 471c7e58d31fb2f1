"""What a message means after an answer on a topic, weighed with what it means by itself. Pure.

Each word counts by itself and together with the topic before it: "how long" after schooling; in an example that means
the same after every topic (`ANY`) by itself alone. Two readings of a message are weighed by the weighted mean of their
logarithms (a logarithmic opinion pool: Genest and Zidek 1986).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from components.intents import Example, Vector, phrases

AFTER = "after:"
ANY = "any"
SURE_ALONE = 0.9  # a probability of a message by itself that its conversation does not overrule by "the same again"
LEAST = 1e-4  # what a reading counts that one of the two does not know


def example(vector: Vector, plain: str, marks: Sequence[str], topic: str) -> Example:
    """A message after an answer on `topic` (`ANY`: on whichever), as the classifier sees it."""
    after = f"{AFTER}{topic}"
    if topic == ANY:
        return Example(vector, f"{after} {plain}", tuple(marks))
    return Example(vector, f"{after} {plain}", (*marks, after, *(f"{mark} {after}" for mark in marks)))


def crossed(plain: str) -> list[str]:
    """One- and two-word phrases of a message, each by itself and with the topic before it."""
    topic, _, text = plain.partition(" ")
    alone = phrases(text)
    if topic == f"{AFTER}{ANY}":
        return alone
    return [*alone, *(f"{topic} {phrase}" for phrase in alone)]


def share(after: Mapping[str, float], half_certain: float, more: float) -> float:
    """What a reading counts, between 0 and 1: `half_certain` if its likeliest intent has one half, `more` for each
    probability above that, less below."""
    return min(1.0, max(0.0, half_certain + more * (max(after.values(), default=0.0) - 0.5)))


def both(alone: Mapping[str, float], after: Mapping[str, float], share: float) -> list[tuple[str, float]]:
    """(intent, probability), the likeliest first. `alone`, `after`: intent -> probability; `share`: what `after`
    counts."""
    pooled = {
        intent: math.exp(
            (1 - share) * math.log(max(alone.get(intent, 0.0), LEAST))
            + share * math.log(max(after.get(intent, 0.0), LEAST))
        )
        for intent in {*alone, *after}
    }
    total = sum(pooled.values())
    return sorted(((intent, value / total) for intent, value in pooled.items()), key=lambda pair: (-pair[1], pair[0]))


def outvoted(alone: Mapping[str, float], found: Sequence[tuple[str, float]]) -> bool:
    """Whether the conversation turns a message into the last question asked again that is very surely another one by
    itself: "do nurses need a license", after a figure."""
    surest = max(alone, key=alone.__getitem__, default="")
    own = surest.startswith("ask_") or surest == "out_of_scope"
    return own and alone[surest] >= SURE_ALONE and found[0][0] == "follow_up"
