"""What a classifier says of a message, and how often it is right. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from actions.context import TOPIC_INTENTS
from bench.classifiers.data import COVERED, OUTSIDE, UNCOVERED, Question, Seen

WRONGLY = 0.05  # the share of covered questions that the threshold may call uncovered
RESAMPLES = 2000


@dataclass(frozen=True)
class Verdict:
    """`intent`: the likeliest of all; `topic`: the likeliest topic; `doubt`: that no source answers."""

    intent: str
    topic: str
    doubt: float


class Candidate(Protocol):
    """One of those compared, trained."""

    def judge(self, seen: Seen) -> Verdict: ...


def verdict(ranking: Mapping[str, float], doubt: float | None = None) -> Verdict:
    """By the probabilities alone: intent -> probability."""
    topics = {topic: ranking.get(intent, 0.0) for intent, topic in TOPIC_INTENTS.items()}
    sure = ranking.get(UNCOVERED, 0.0) if doubt is None else doubt
    return Verdict(max(ranking, key=lambda i: ranking[i]), max(topics, key=lambda t: topics[t]), sure)


def threshold(doubts: Sequence[float]) -> float:
    """The lowest doubt above which at most WRONGLY of these (covered) questions are."""
    ordered = sorted(doubts, reverse=True)
    return ordered[int(WRONGLY * len(ordered))]


@dataclass(frozen=True)
class Hits:
    """Which questions were understood, in their order: of the covered ones the topic, and the intent outright; of the
    uncovered ones that they are; of those out of scope that they are no question on a topic."""

    topic: list[bool]
    outright: list[bool]
    uncovered: list[bool]
    outside: list[bool]


def hits(questions: Sequence[Question], verdicts: Sequence[Verdict]) -> Hits:
    pairs = list(zip(questions, verdicts))
    covered = [(q, v) for q, v in pairs if q.group in COVERED]
    limit = threshold([v.doubt for _, v in covered])
    return Hits(
        [v.topic in q.topics for q, v in covered],
        [TOPIC_INTENTS.get(v.intent) in q.topics for q, v in covered],
        [v.doubt > limit for q, v in pairs if q.group == "uncovered"],
        [v.intent not in TOPIC_INTENTS for q, v in pairs if q.group == OUTSIDE],
    )


def share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 4)


def difference(mine: Sequence[bool], base: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval of how much better `mine` is, by resampling the questions (paired bootstrap, seed 42)."""
    gains = np.array(mine, dtype=float) - np.array(base, dtype=float)
    chosen = np.random.default_rng(42).integers(0, len(gains), (RESAMPLES, len(gains)))
    low, high = np.quantile(gains[chosen].mean(axis=1), (0.025, 0.975))
    return round(float(low), 4), round(float(high), 4)
