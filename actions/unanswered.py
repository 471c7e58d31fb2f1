"""A question that no source answers, asked again of another name: "and nurses?", after drug tests of coders. Pure.

The question stays what was asked last: of the next name it is answered if that has such a statement, else it is said
once more that no source covers it. What lies near it, which was shown instead, is not what is asked about.
"""

from __future__ import annotations

from dataclasses import replace

from actions.context import TOPIC_INTENTS, Context, understand
from actions.matching import Matches
from actions.routing import SURE, UNCOVERED
from actions.turn import Turn
from knowledge.asked import ANY, Target
from knowledge.embedding import likeness

LIKE = 0.7  # a cosine from which a statement of the other name answers the question after all
SAME = 0.85  # one from which it surely does
BEHIND = 0.1  # how far behind the answer something is that was passed over for it
APART = 0.18  # by how much less near it must be: "how long is the training" is asked of both
UNLIKE = 0.6  # the least cosine of a question that no source answers at which the other name leaves it without one
CLEARLY = 0.8  # a confidence from which a message asks something of its own
BRIEF = 8  # words up to which a message comes back to a question that was passed over
ABOUT, NEARER = 0.4, 0.1  # the least cosine with that question, and by how much nearer it is than what was answered
FAR = 0.3  # by how much less near, where that alone tells it
# Kinds of name that may stand in such a turn; a place by itself ("and in Ohio?") asks for what is known of places.
NAMES = frozenset(("occupation", "place", "employer_type"))


def repeats(context: Context, turn: Turn) -> bool:
    """Whether a turn only puts another name into a question that had no answer."""
    if context.unanswered is None or context.question is None or turn.intent != "follow_up":
        return False
    return "occupation" in turn.kinds and turn.kinds <= NAMES and (turn.settled or turn.confidence >= SURE)


def repeated(context: Context, turn: Turn, default_occupation: str) -> Context:
    """The context of the unanswered question, with the names of the turn."""
    asked = replace(context, topic=context.unanswered)
    return replace(
        understand(asked, turn, default_occupation),
        topic=context.unanswered,
        question=context.question,
        vector=context.vector,
        cues=context.cues,
        yes_no=context.yes_no,
    )


def insists(context: Context, turn: Turn, clear: float) -> Turn | None:
    """The turn as the one of several questions before it that had no answer, if it is about that: "no, the clothes i
    mean", after what nurses do and whether there is a dress code. `clear`: how near it is by itself to a question that
    is answered."""
    if not context.left or turn.settled or turn.kinds or len(turn.text.split()) > BRIEF or clear >= LIKE:
        return None
    if turn.intent in TOPIC_INTENTS and turn.confidence >= CLEARLY:
        return None
    topic, _, vector = context.left
    near = likeness(vector, turn.vector or "")
    if near < max(ABOUT, likeness(context.vector or "", turn.vector or "") + NEARER):
        return None
    return replace(turn, vector=vector, ranking=((f"ask_{topic}", 1.0),)).settled_as(UNCOVERED)


def lost(before: Matches, now: Matches) -> bool:
    """Whether a question that a statement answered for one name (`before`) is one that no source answers for another
    (`now`): "and for coders", after background checks at pharmacies."""
    if before.best < LIKE or now.best >= SAME or before.best - now.best < APART:
        return False
    far = before.best - now.best >= FAR
    if not far and max(now.doubts, default=0.0) < UNLIKE:
        return False
    passed_over = before.best - BEHIND
    near = {target.indicator for target, cosine in before.covered if cosine > passed_over}
    farther = {target.indicator for target, _ in before.covered} - near
    nearest = now.covered[0][0].indicator if now.covered else ""
    instead = far or now.best < UNLIKE or nearest in farther  # what was no answer there is none here
    return before.covered[0][0].occupation != ANY and nearest not in near and instead


def answered_by(found: Matches) -> Target | None:
    """The statement that answers the question for the other name; None if no source does."""
    if not found.covered:
        return None
    nearest, cosine = found.covered[0]
    clear = cosine >= max((LIKE, *found.doubts))
    return nearest if clear and nearest.occupation != ANY else None
