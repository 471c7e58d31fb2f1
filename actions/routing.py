"""Second thoughts on the topic: where the classifier is unsure, the statements nearest to the question decide. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from actions.context import TOPIC_INTENTS
from actions.turn import Turn

SURE = 0.6  # a confidence that nothing overrules
NEAR = 0.6  # a cosine at which a statement is probably what was asked for
CLEARLY = 0.08  # by how much another topic's statement must be nearer than those of the classifier's topic
VERY_NEAR = 0.7  # a cosine that outweighs a classifier that is rather sure
DOUBT = 0.6  # "no source covers it" as second guess, at this share of the first one's confidence, wins without support
GUESS = 0.2  # the least confidence at which a topic is tried at all without a near statement
FIGURE_TOPICS = frozenset(("pay", "outlook"))  # worded from numbers: nearness to a text says little
UNCOVERED = "ask_uncovered"
TALK = frozenset(
    (
        "ask_uncovered",
        "talk_to_person",
        "bot_challenge",
        "smalltalk",
        "out_of_scope",
        "affirm",
        "deny",
        "ask_capabilities",
        "goodbye",
    )
)


def route(turn: Turn, near: Mapping[str, float]) -> Turn:
    """The turn with the intent that confidence and nearness together suggest.

    `near`: topic -> the highest cosine of the question with a statement of that topic, for the occupation in question.
    An unsure turn that nothing supports stays as it is (nlu_fallback).
    """
    confidence = {TOPIC_INTENTS[intent]: value for intent, value in turn.ranking if intent in TOPIC_INTENTS}
    if turn.intent == "nlu_fallback" or (turn.intent in TALK and turn.intent != UNCOVERED and turn.confidence < SURE):
        return _rescued(turn, confidence, near)
    topic = TOPIC_INTENTS.get(turn.intent)
    if topic is None or turn.confidence >= SURE:
        return turn
    doubt = dict(turn.ranking).get(UNCOVERED, 0.0)
    if doubt >= DOUBT * turn.confidence and near.get(topic, 0.0) < NEAR and not turn.values("cue"):
        return replace(turn, intent=UNCOVERED)
    if topic == "pay":
        return turn
    best = max(near, key=lambda name: near[name], default=None)
    if (
        best
        and best not in FIGURE_TOPICS
        and near[best] > near.get(topic, 0.0) + CLEARLY
        and (near[best] >= (NEAR if topic != "outlook" else VERY_NEAR))
    ):
        return replace(turn, intent=f"ask_{best}")
    return turn


def _rescued(turn: Turn, confidence: Mapping[str, float], near: Mapping[str, float]) -> Turn:
    doubt = dict(turn.ranking).get(UNCOVERED, 0.0)
    if (
        turn.intent == "nlu_fallback"
        and doubt > GUESS
        and doubt >= max(confidence.values(), default=0.0)
        and max(near.values(), default=0.0) < VERY_NEAR
    ):
        return replace(turn, intent=UNCOVERED)
    topics = set(confidence) | set(near)
    total = {
        topic: confidence.get(topic, 0.0) + (0.5 if topic in FIGURE_TOPICS else near.get(topic, 0.0))
        for topic in topics
    }
    best = max(total, key=lambda name: total[name], default=None)
    if best is None:
        return turn
    talk = max((value for intent, value in turn.ranking if intent in TALK), default=0.0)
    supported = near.get(best, 0.0) >= NEAR or (
        confidence.get(best, 0.0) >= GUESS and confidence.get(best, 0.0) > talk and turn.intent == "nlu_fallback"
    )
    return replace(turn, intent=f"ask_{best}") if supported else turn
