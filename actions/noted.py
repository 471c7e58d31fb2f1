"""What a message that gets no answer leaves to be talked of: "can I ask a person about pharmacy classes". Pure.

The next question often says no name, or "there". Thanks and greetings leave nothing: what they name is but mentioned.
"""

from __future__ import annotations

import re
from dataclasses import replace

from actions.context import Context, remembered
from actions.stories import own_job
from actions.turn import Turn

_IN_PASSING = frozenset(("thanks", "greet", "goodbye", "affirm", "deny", "start_over", "bot_challenge"))
_ASKED_FOR = re.compile(r"\b(?:talk|speak|chat) (?:to|with) (?:an?|the|some) $", re.I)  # "talk to a nurse"


def noted(context: Context, turn: Turn) -> Context:
    """The context with the one occupation and the one place that a message names, whatever it asked of them.

    A place that comes up beside another conversation is only what "there" means next: the figures talked of stay
    where they are."""
    jobs, places = turn.values("occupation"), turn.values("place")
    unclear = any(len(mention.candidates) > 1 for mention in turn.mentions)
    asked_for = any(_ASKED_FOR.search(turn.text[: m.start]) for m in turn.mentions if m.kind == "occupation" and m.end)
    if turn.intent in _IN_PASSING or asked_for or unclear or len(jobs) > 1 or len(places) > 1:
        return context
    own = own_job(turn) or context.own
    context = replace(context, own=own)
    first = context.topic is None
    if jobs and jobs[0] != context.occupation and (first or jobs[0] != own):
        context = _about(context, jobs[0])
    if places and first:
        context = replace(context, place=places[0])
    return _spoken(context, "place", places)


def _about(context: Context, occupation: str) -> Context:
    """The context turned to another occupation: what belonged to the one before is no longer talked of."""
    new = replace(
        context,
        occupation=occupation,
        second_occupation=None,
        credential=None,
        second_credential=None,
        level=None,
        school=None,
        options=(),
        further=(),
    )
    return _spoken(new, "occupation", (occupation,))


def _spoken(context: Context, kind: str, ids: tuple[str, ...]) -> Context:
    """The context with names of a kind as those talked of last."""
    known = context.spoken(kind)
    new = tuple(f"{kind}:{id}" for id in ids if not known or known[-1] != id)
    return replace(context, recent=remembered((*context.recent, *new)))
