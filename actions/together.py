"""A short message read together with the question before it: "what degree for that", after nurse practitioners. Pure.

The embedding halfway between the two is like a known question that neither of them is like by itself. That question is
what is meant, whether a statement answers it or none does.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from typing import TypeVar

from actions.context import STEP_UP, TOPIC_INTENTS, Context
from actions.matching import CLEAR, Matches
from actions.routing import FALLBACK, SURE, UNCOVERED
from actions.short_questions import FIGURES, UNSURE
from actions.turn import Turn
from knowledge.asked import ANY, Missing, Target

Known = TypeVar("Known", Target, Missing)
BRIEF = 8  # words up to which a message is read so
LIKE = 0.62  # the least cosine with the known question
PLAIN = 0.9  # a confidence from which a message is understood by itself
SURELY = 0.68  # the same with one that no source answers
GAIN = 0.03  # by how much it must be nearer to both together than to the message alone
LOSS = 0.05  # by how much it may be farther from both than from the question before it
BEHIND = 0.05  # how far behind the nearest to both the one that is meant may be
AHEAD = 0.04  # by how much what no source answers must be nearer than what a statement does, and the other way round
LEAST = 0.55  # the least cosine of a message alone that counts against what is known of a credential
ABOUT = 0.55  # a cosine with the question before from which a statement is of what that was about
OF_IT = 0.45  # the least cosine of a message alone with such a statement
FARTHER = 0.15  # by how much it may be farther from that than from what is said of the occupation itself
_OF_CREDENTIALS = frozenset(("certification", "pay", "tuition"))  # topics in which a credential is what "it" means
_CERTIFICATION = "certification."
_ONE_THING = re.compile(r"\b(?:it|that|this|one)\b(?! (?:job|work|career|kind|field|place|school)\b)", re.I)
_POINTS = re.compile(r"\b(?:that|this|it|those|these|them|one)\b", re.I)
_THERE_IS_ONE = (f"{STEP_UP}.summary", f"{STEP_UP}.role")  # say no more than that there is such a step
_OF_THE_STEP = re.compile(rf"{_POINTS.pattern}|\b(?:they|then|there)\b(?! (?:is|are)\b)", re.I)
# what is asked of a step up; hours and strain are of the occupation
OF_THE_WAY = frozenset(
    f"ask_{topic}" for topic in (STEP_UP, "certification", "duties", "education", "experience", "how_to_become")
) | {UNCOVERED}


def leans(context: Context, turn: Turn) -> bool:
    """Whether a message may mean something that only the question before it tells: it is short, names nothing, and
    points back or is unclear."""
    if not (context.vector and turn.vector and context.occupation) or context.unanswered or context.school:
        return False  # of a school, other statements are near
    if turn.settled or turn.kinds or "length" in turn.values("cue") or len(turn.text.split()) > BRIEF:
        return False
    figures = TOPIC_INTENTS.get(turn.intent) in FIGURES
    of_the_way = turn.intent in OF_THE_WAY or turn.confidence < UNSURE
    if context.topic == STEP_UP and not figures and of_the_way and _OF_THE_STEP.search(turn.text):
        return True  # "what degree is that", after nurse practitioners: plain by itself, and of another job
    if turn.confidence >= (SURE if figures else PLAIN):
        return False  # "what does it pay"
    unclear = turn.confidence < SURE or turn.intent in (FALLBACK, UNCOVERED)
    return bool(_POINTS.search(turn.text)) or unclear


def together(before: Matches, alone: Matches, both: Matches, unfit: Container[str] = ()) -> Target | Missing | None:
    """What both are like that neither is by itself: the question that is meant; None if there is none, or the message
    is clear alone. `unfit`: indicators that are not meant."""
    if max((alone.best, *alone.doubts)) >= CLEAR:
        return None
    near, missing = both.best, max(both.doubts, default=0.0)
    if missing >= near + AHEAD:
        return _gained(before.missing, alone.missing, both.missing) if missing >= SURELY else None
    if near >= missing + AHEAD:
        known = tuple(one for one in both.covered if one[0].occupation != ANY and one[0].indicator not in unfit)
        return _gained(before.covered, alone.covered, known)
    return None


def of_the_credential(context: Context, turn: Turn, alone: Matches, both: Matches) -> Target | None:
    """What is known of the credential talked of that an unclear message, which points back, is like together with the
    question before it and not by itself: "do companies even put it in their ads"; None if there is none."""
    talked = context.credential and context.topic in _OF_CREDENTIALS
    if not talked or turn.confidence >= UNSURE or not _ONE_THING.search(turn.text):
        return None
    known = ((target, cosine) for target, cosine in both.covered if target.indicator.startswith(_CERTIFICATION))
    target, cosine = next(known, (None, 0.0))
    return target if cosine >= max(alone.best, *alone.doubts, LEAST) + GAIN else None


def of_the_step(before: Mapping[Target, float], alone: Mapping[Target, float]) -> Target | None:
    """After a step up ("how do I get to be a nurse practitioner"), what a message asks of that step: of the statements
    on steps that the question before was about, the one that is most like the message; None if it is far more like what
    is said of the occupation itself. `before`, `alone`: the known questions nearest to either, and their cosines."""
    near = max(alone.values(), default=0.0)
    about = [
        (alone.get(target, 0.0), target)
        for target, cosine in before.items()
        if cosine >= ABOUT and target.indicator.startswith(f"{STEP_UP}.") and target.indicator not in _THERE_IS_ONE
    ]
    cosine, target = max(about, key=lambda pair: pair[0], default=(0.0, None))
    return target if cosine >= max(OF_IT, near - FARTHER) else None


def _gained(
    before: Sequence[tuple[Known, float]], alone: Sequence[tuple[Known, float]], both: Sequence[tuple[Known, float]]
) -> Known | None:
    """The nearest to both of those that are nearer to both than to the message alone, and about as near as to the
    question before it."""
    least = max(LIKE, both[0][1] - BEHIND) if both else LIKE
    for one, cosine in both:
        if cosine >= max(least, _cosine(before, one) - LOSS, _cosine(alone, one) + GAIN):
            return one
    return None


def _cosine(found: Sequence[tuple[Known, float]], one: Known) -> float:
    """How near a question is to one that is known; where that is not among the nearest, at most as near as the last."""
    return dict(found).get(one, found[-1][1] if found else 0.0)
