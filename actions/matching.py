"""What a question is like: the questions that statements answer, and those that no source answers. Pure.

A question that names a credential or a school is not answered by what is said of another one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from knowledge.asked import ANY, Missing, Target

KEPT = 30
SAME, LEAD = 0.85, 0.05  # a cosine at which two questions are the same, and by how much it must be the nearest
CLEAR = 0.75  # the same for one that follows on what was said before
OTHER_SCHOOL = 0.12  # off the cosine of what is said of a school that the question does not name
OTHER_LEVEL = 0.1  # the same of another level: an associate degree for a bachelor's
WEIGHS_LEVELS = "education.value"  # says of a level what it is worth beside others
UNSAID = 0.1  # onto the cosine of what is said of the school talked of, where the question does not name it


@dataclass(frozen=True)
class Matches:
    """Nearest first, with cosines: `covered` is what answers such questions, `missing` what no source says."""

    covered: tuple[tuple[Target, float], ...] = ()
    missing: tuple[tuple[Missing, float], ...] = ()

    @property
    def best(self) -> float:
        """The cosine of the nearest question that is answered; 0 if there is none."""
        return self.covered[0][1] if self.covered else 0.0

    @property
    def doubts(self) -> tuple[float, ...]:
        """The cosines of the nearest questions that are not."""
        return tuple(cosine for _, cosine in self.missing[:3])

    @property
    def same(self) -> bool:
        """Whether it is a known question in other words, and clearly none that no source answers."""
        return self._nearest_own(SAME)

    @property
    def clear(self) -> bool:
        """Whether it is plainly like a known question on the occupation, and less like any that no source answers."""
        return self._nearest_own(CLEAR)

    def _nearest_own(self, least: float) -> bool:
        own = self.best if self.covered and self.covered[0][0].occupation != ANY else 0.0
        return own >= least and own - max(self.doubts, default=0.0) >= LEAD

    def by(self, topics: Mapping[str, str]) -> dict[str, float]:
        """Topic -> the highest cosine; `topics`: indicator -> topic."""
        best: dict[str, float] = {}
        for target, cosine in self.covered:
            topic = topics.get(target.indicator, "")
            best[topic] = max(best.get(topic, 0.0), cosine)
        return best


def matches(
    covered: Mapping[Target, float],
    missing: Mapping[Missing, float],
    credentials: Sequence[str] = (),
    school: str | None = None,
    levels: Sequence[str] = (),
    unsaid: bool = False,
    any_school: bool = False,
) -> Matches:
    """The nearest of both, for a question that names these credentials, this school and these levels of schooling.

    `unsaid`: the school is that of the conversation, which the question does not name; `any_school`: it
    asks for one."""
    fitting = []
    for target, cosine in covered.items():
        if target.qualifiers:
            qualifiers = dict(target.qualifiers)
            credential = qualifiers.get("credential")
            if credential and credentials and credential not in credentials:
                continue
            if qualifiers.get("school") and qualifiers["school"] != school:
                cosine -= 0.0 if any_school and school is None else OTHER_SCHOOL
            elif qualifiers.get("school") and unsaid:
                cosine += UNSAID
            weighs = target.indicator == WEIGHS_LEVELS
            if levels and qualifiers.get("level") and qualifiers["level"] not in levels and not weighs:
                cosine -= OTHER_LEVEL
        fitting.append((target, cosine))
    by_cosine = itemgetter(1)
    return Matches(tuple(nlargest(KEPT, fitting, key=by_cosine)), tuple(nlargest(3, missing.items(), key=by_cosine)))


def with_holders(
    covered: Mapping[Target, float], others: Sequence[Mapping[Target, float]], credentials: Sequence[str]
) -> dict[Target, float]:
    """What answers a question of an occupation, and what the files of others say of the credentials that it names: a
    credential is the same in all of them."""
    named = [
        (target, cosine)
        for other in others
        for target, cosine in other.items()
        if dict(target.qualifiers).get("credential") in credentials
    ]
    return {**dict(named), **covered}
