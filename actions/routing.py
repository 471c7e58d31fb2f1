"""Second thoughts on the topic: how sure the classifier is, what answers such questions, and whether any source does.

Pure.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import replace

from actions.context import TOPIC_INTENTS
from actions.turn import Turn

SURE = 0.6  # a confidence that nothing overrules
NEAR = 0.7  # a cosine with an answered question at which a message is a question, whatever the classifier thinks
CLEARLY = 0.05  # by how much a cosine is clearly higher: with what a source answers, or with what none does
LIKE = 0.62  # the same where the classifier does not know and the gate opens
GUESS = 0.2  # the least confidence at which a topic is tried at all without such a question
ASKED = 12.0  # what a cosine counts beside the logarithm of the confidence; set on the development questions
DOUBTFUL = 0.5  # a confidence from which words that speak of another topic do not count
CUED = 2.0  # what a word of the message that speaks of a topic counts beside them
FLOOR = 0.3  # the highest cosine that a topic without a question among the nearest is taken to have
UNCOVERED = "ask_uncovered"
FALLBACK = "nlu_fallback"
OUT_OF_SCOPE = "out_of_scope"
START_OVER = "start_over"
TALK = frozenset(
    (
        "talk_to_person",
        "bot_challenge",
        "smalltalk",
        OUT_OF_SCOPE,
        "affirm",
        "deny",
        "ask_capabilities",
        "goodbye",
    )
)


def route(
    turn: Turn,
    covered: Mapping[str, float],
    uncovered: float,
    opens: bool,
    silent: Collection[str] = (),
    cued: Collection[str] = (),
) -> Turn:
    """The turn with the intent that all signs together suggest.

    `covered`: topic -> the highest cosine of the question with one that the topic's statements answer; `uncovered`: the
    highest with one that no source answers; `opens`: whether a source answers it (gate.py); `silent`: topics on which
    no source says anything of the occupation; `cued`: topics that words of the message speak of.
    """
    confidence = {TOPIC_INTENTS[intent]: value for intent, value in turn.ranking if intent in TOPIC_INTENTS}
    nearest = max(covered.values(), default=0.0)
    doubtful = turn.confidence < DOUBTFUL or turn.intent in TALK
    topic = likeliest(confidence, covered, cued if doubtful else ())
    surest = max(confidence, key=confidence.__getitem__, default=None)
    unheard = nearest < max(NEAR, uncovered + CLEARLY)  # what is nearest is of something else
    if surest and surest in silent and confidence[surest] >= SURE and unheard:  # which the answer says
        return replace(turn, intent=f"ask_{surest}")
    if turn.intent in TALK:
        rescued = topic and turn.confidence < SURE and opens and nearest >= NEAR
        return replace(turn, intent=f"ask_{topic}") if rescued else turn
    if turn.intent not in (*TOPIC_INTENTS, UNCOVERED, FALLBACK):
        return turn
    if not opens:
        unclear = turn.intent == FALLBACK and max(nearest, uncovered) < LIKE and not _asks_of_a_name(turn)
        return turn if unclear else replace(turn, intent=UNCOVERED)
    if topic is None or (turn.intent == FALLBACK and nearest < LIKE and confidence.get(topic, 0.0) < GUESS):
        return turn
    return replace(turn, intent=f"ask_{topic}")


def _asks_of_a_name(turn: Turn) -> bool:
    """Whether a message in unknown words asks something of a job or a credential that it names: "does the CPC cover
    orthotics". What sources seldom answer is then likelier meant than nothing."""
    named = any(mention.kind in ("occupation", "credential") and not mention.implied for mention in turn.mentions)
    return named and UNCOVERED in [intent for intent, _ in turn.ranking if intent != FALLBACK][:2]


def likeliest(
    confidence: Mapping[str, float], covered: Mapping[str, float], cued: Collection[str] = ()
) -> str | None:
    """The topic by confidence, nearness and the words that speak of it together; None if there is none."""
    farthest = min(FLOOR, *covered.values()) if covered else 0.0  # what is no nearer than the nearest that are known

    def weight(name: str) -> float:
        near = covered.get(name, farthest if name in confidence else 0.0)
        return math.log(confidence.get(name, 0.0) + 1e-3) + ASKED * near + CUED * (name in cued)

    topics = set(confidence) | {topic for topic in covered if topic}
    return max(sorted(topics), key=weight, default=None)
