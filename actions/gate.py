"""Whether any source answers a question: a logistic regression over few figures. Pure.

Nearness to the questions that statements answer speaks for it, nearness to those that no source answers against it; so
do the words that those questions share with it (knowledge/wordings.py). The
weights and the threshold are fitted on the development questions by `python -m tests.evaluation.fit_gate`, whose rule
docs/evaluation.md states.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.wordings import Words

FILE = Path(__file__).with_name("gate.json")
FIGURES = frozenset(("place", "statistic", "pay_period", "employer_type"))
NUMERIC = ("ask_pay", "ask_comparison", "ask_outlook")
UNCOVERED = "ask_uncovered"
OUTSIDE = ("out_of_scope", "talk_to_person")
TOLD = 3  # the nearest answers that are looked through for the words of a question
SHARPNESS = 10.0  # how much more a near question counts in a crowd than a farther one


@dataclass(frozen=True)
class Gate:
    """`threshold`: from which probability a question is taken as covered."""

    weights: Mapping[str, float]
    intercept: float
    threshold: float

    @classmethod
    def load(cls, path: Path = FILE) -> Gate:
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(content["weights"], content["intercept"], content["threshold"])

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely a source answers the question, between 0 and 1."""
        total = self.intercept + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def opens(self, features: Mapping[str, float], ease: float = 1.0) -> bool:
        """Whether the question is taken as covered; `ease` below 1 asks for less certainty."""
        return self.probability(features) >= self.threshold * ease


def features(
    ranking: Mapping[str, float],
    covered: float,
    anyone: Sequence[float],
    uncovered: Sequence[float],
    near: float,
    kinds: frozenset[str],
    crowds: tuple[Sequence[float], Sequence[float]],
    words: Words,
) -> dict[str, float]:
    """`ranking`: intent -> probability; `covered`: the highest cosine with a question that is answered of the
    occupation; `anyone`: the three highest with those that are answered of any; `uncovered`: the three highest with
    those that are not; `near`: the highest with a statement's text; `kinds` of name in it; `crowds`: the cosines with
    the questions around it that are answered, and with those that are not, each by itself; `words`: which of its words
    those and the likeliest answers have."""
    doubt = ranking.get(UNCOVERED, 0.0)
    topics = sorted((p for i, p in ranking.items() if i.startswith("ask_") and i != UNCOVERED), reverse=True)
    numeric = sum(ranking.get(intent, 0.0) for intent in NUMERIC)
    first = uncovered[0] if uncovered else 0.0
    return {
        "covered": covered,
        "anyone": anyone[0] if anyone else 0.0,
        "anyone3": sum(anyone[:3]) / 3,
        "uncovered": first,
        "uncovered3": sum(uncovered[:3]) / 3,
        "difference": covered - first,
        "doubt": doubt,
        "log_doubt": math.log(doubt + 1e-3),
        "topic": topics[0] if topics else 0.0,
        "outside": sum(ranking.get(intent, 0.0) for intent in OUTSIDE),
        "near": near,
        "numeric": numeric,
        "numeric_figures": numeric * bool(kinds & FIGURES),
        "numeric_covered": numeric * covered,
        "numeric_uncovered": numeric * first,
        "foreign": float("foreign" in kinds),
        "crowd": _crowd(crowds[0]) - _crowd(crowds[1]),
        "words": words.answered - words.unanswered,
        "told": words.told,
        "missed": words.missed,
        "strange": words.strange,
        "against": words.against,
    }


def _crowd(cosines: Sequence[float]) -> float:
    """How many questions are how near, in one figure: the logarithm of the sum of their exponentials."""
    return math.log(sum(math.exp(SHARPNESS * cosine) for cosine in cosines) + 1.0)
