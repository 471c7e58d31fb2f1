"""What the cross-encoder makes of a question and the lines of an answer, one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actions.verification import Reading
from knowledge.cross_encoder import cross_encoder


def readings(question: str, before: str, lines: Sequence[str], probability: float) -> Iterator[Reading]:
    """The reading of the first line, of the first two and so on, each read when it is wanted. `before`: the question
    that this one follows; `probability`: the gate's."""
    following = alone = float("-inf")
    read = cross_encoder().score
    for one in lines:
        following, alone = max(following, read(question, one, before)), max(alone, read(question, one))
        yield Reading(following, alone, probability)
