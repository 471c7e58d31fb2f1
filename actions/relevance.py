"""How well findings fit a question, by meaning and by words: the specific ones come first. Pure.

Inverse document frequency over the findings of one answer: a word that all of them share (the occupation)
weighs nothing, a word that one of them has weighs most. Source: Spärck Jones 1972, idf = log(N / n).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.importers.titles import singular
from knowledge.resolve import Finding

_STOP = frozenset(
    [
        "a",
        "about",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "for",
        "from",
        "get",
        "give",
        "had",
        "has",
        "have",
        "he",
        "her",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "kind",
        "know",
        "like",
        "long",
        "lot",
        "make",
        "many",
        "me",
        "more",
        "most",
        "much",
        "my",
        "need",
        "of",
        "on",
        "one",
        "or",
        "other",
        "our",
        "out",
        "people",
        "really",
        "should",
        "show",
        "so",
        "some",
        "someone",
        "sort",
        "tell",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "they",
        "thing",
        "things",
        "think",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "use",
        "used",
        "very",
        "want",
        "was",
        "way",
        "we",
        "well",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "work",
        "worker",
        "would",
        "year",
        "you",
        "your",
        "job",
        "career",
        "medical",
        "record",
        "records",
        "technician",
        "tech",
        "coder",
        "biller",
        "specialist",
        "health",
        "information",
        "pay",
        "help",
        "take",
        "go",
        "going",
        "good",
    ]
)
WORDS_WEIGHT = 0.25


def stems(text: str) -> set[str]:
    """The content words of a text, singular and cut to six letters."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    return {singular(word)[:6] for word in words if word not in _STOP and singular(word) not in _STOP}


@dataclass(frozen=True)
class Fit:
    """How well a finding fits a question: `near` the cosine of the embeddings (0 if unknown), `words` the share of
    the question's weight that its words cover."""

    near: float
    words: float

    @property
    def total(self) -> float:
        return self.near + WORDS_WEIGHT * self.words


def ranked(
    question: str, findings: Sequence[Finding], scores: Mapping[str, float] | None = None
) -> list[tuple[Fit, Finding]]:
    """Each finding with its fit, best first; findings that fit equally keep their order.

    `scores`: statement id -> cosine with the question.
    """
    asked = stems(question)
    own = [
        stems(" ".join(f"{s.text or ''} {s.item or ''} {s.indicator.split('.')[1]}" for s in f.support))
        for f in findings
    ]
    frequency = Counter(stem for words in own for stem in words)
    weight = {stem: math.log((len(findings) + 1) / (frequency[stem] or 1)) for stem in asked}
    total = sum(weight.values())
    known = scores or {}
    scored = []
    for words, finding in zip(own, findings):
        near = max((known.get(s.id, 0.0) for s in finding.support), default=0.0)
        scored.append((Fit(near, sum(weight[s] for s in asked & words) / total if total else 0.0), finding))
    return sorted(scored, key=lambda pair: -round(pair[0].total, 2))
