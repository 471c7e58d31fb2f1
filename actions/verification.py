"""Whether an answer says what a follow-up asks: the last look at it before it is given. Pure.

After an answer people ask for a detail of it: "is it paid, usually", "which states exactly". What is nearest to such a
question is what was just said, which does not say it. So the question, with the one before it, is read together with
the answer (knowledge/cross_encoder.py), and that reading and the gate's probability decide, by a logistic regression
that `python -m tests.evaluation.fit_verification` fits; docs/evaluation.md says on what.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.draft import Draft

FILE = Path(__file__).with_name("verification.json")
READ = 4  # lines of an answer
# What figures tell, for a reader: a figure answers many questions that its own sentence does not name.
TOLD_BY_FIGURES: Mapping[str, tuple[str, ...]] = {
    "pay": (
        "Statistics tell what they are paid a year and an hour: the median, the mean, the lowest and the highest "
        "tenth, in the US, in each state and at each kind of employer.",
        "Statistics tell in which states, places and industries they are paid most and least.",
        "Statistics tell what they are paid beside other occupations, places and kinds of employer.",
    ),
    "outlook": (
        "Projections tell by how much the number of their jobs will grow or shrink by 2034.",
        "Projections tell how many job openings there will be for them each year.",
        "Statistics tell how many of them are employed, in the US, in each state and industry.",
    ),
}
_CERTAIN = 1e-3  # a probability is not taken as nearer to 0 or 1 than that


@dataclass(frozen=True)
class Reading:
    """What is known of an answer to a follow-up. `following`, `alone`: the cross-encoder's log-odds that it says what
    is asked, read after the question before and by itself, of the line that says it best; `probability`: the gate's."""

    following: float
    alone: float
    probability: float

    @property
    def gate(self) -> float:
        """The gate's log-odds, bounded."""
        bounded = min(max(self.probability, _CERTAIN), 1 - _CERTAIN)
        return math.log(bounded / (1 - bounded))


@dataclass(frozen=True)
class Verification:
    """The weight of each part of a reading, and `threshold`: the certainty from which an answer is given."""

    following: float
    alone: float
    gate: float
    intercept: float
    threshold: float

    @classmethod
    def load(cls, path: Path = FILE) -> Verification:
        return cls(**json.loads(path.read_text(encoding="utf-8")))

    def certainty(self, reading: Reading) -> float:
        """How likely an answer says what is asked, between 0 and 1."""
        total = self.intercept + self.following * reading.following + self.alone * reading.alone
        return 1 / (1 + math.exp(-(total + self.gate * reading.gate)))

    def holds(self, readings: Iterable[Reading]) -> bool:
        """Whether the answer is given. `readings`: of its first line, of its first two and so on; as soon as one is
        certain enough the rest is not read."""
        return any(self.certainty(reading) >= self.threshold for reading in readings)


def to_read(found: Draft) -> Sequence[str]:
    """What a reader of an answer gets to see of it: its first lines, and what figures of that kind tell."""
    figures = TOLD_BY_FIGURES.get("pay" if found.topic == "comparison" else found.topic, ())
    lines = (found.headline, *found.shown)[:READ]
    return (*(line.text for line in lines), *figures)
