"""How well findings fit a question, by meaning and by words: the specific ones come first. Pure.

Inverse document frequency over the findings of one answer: a word that all of them share (the occupation)
weighs nothing, a word that one of them has weighs most. Source: Spärck Jones 1972, idf = log(N / n).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.importers.titles import singular
from knowledge.resolve import Finding

# Words that say nothing about what is asked: common English, and the names of the topics themselves.
_STOP = frozenset(
    """
    class classes course courses cost costs price prices take takes study
    a about advance advancement all also am an and any are as at available average basis be because become
    becoming been benefit benefits biller but by can career certification certifications coder could cover daily
    day
    degree did do does duties duty education field for from get give go going good growth had has have he health
    help her his how i if important in industry information into is it its job just kind know like long lot make
    many me medical more most much my need occupation of on one or other our out outlook pay people position
    positions profession program programs really record records related require required requirement
    responsibilities responsibility school schooling should show skill skills so some someone sort specialist step
    steps take task tasks tech technician tell than that the their them then there they thing things think this
    those to too typical typically up us use used very want was way we well were what when where which who why
    will with work worker working would year you your
""".split()
)
WORDS_WEIGHT = 0.25
# A finding is about what is asked if it is near and shares some words, or is very near, or shares most of the words.
NEAR, SOME = 0.6, 0.2
VERY_NEAR = 0.8
FAR, MOST = 0.35, 0.6


@lru_cache(maxsize=20_000)  # every statement's text, read again for every question on its topic
def stems(text: str) -> frozenset[str]:
    """The content words of a text, singular and cut to six letters."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("’", "'"))
    return frozenset(singular(word)[:6] for word in words if word not in _STOP and singular(word) not in _STOP)


def fullest(question: str, finding: Finding) -> Finding:
    """The finding led by the text that says most of the question's words, of those that say the same thing: the best
    source may say it in brief."""
    if not finding.agreeing or not finding.lead.text or finding.lead.has_figure:
        return finding
    asked = stems(question)
    best = max(finding.support, key=lambda s: len(asked & stems(s.text or "")))  # the first of those that are level
    return replace(finding, lead=best, agreeing=tuple(s for s in finding.support if s is not best))


@dataclass(frozen=True)
class Fit:
    """How well a finding fits a question: `near` the cosine of the embeddings (0 if unknown), `words` the share of
    the question's weight that its words cover."""

    near: float
    words: float

    @property
    def strong(self) -> bool:
        """Whether the finding is about what the question asks, and not only about its topic."""
        if self.near == 0.0:  # no embedding to compare: words alone
            return self.words >= SOME
        by_meaning = (self.near >= NEAR and self.words >= SOME) or self.near >= VERY_NEAR
        return by_meaning or (self.near >= FAR and self.words >= MOST)

    @property
    def total(self) -> float:
        return self.near + WORDS_WEIGHT * self.words


def ranked(
    question: str, findings: Sequence[Finding], scores: Mapping[str, float] | None = None
) -> list[tuple[Fit, Finding]]:
    """Each finding with its fit: those about what is asked first, the best of them leading; the others keep their order
    (a general question leaves them all in it: what most sources say comes first).

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
    strong = [pair for pair in scored if pair[0].strong]
    strong.sort(key=lambda pair: -round(pair[0].total, 2))
    return strong + [pair for pair in scored if not pair[0].strong]
