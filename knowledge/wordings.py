"""What the words of a message tell beside its embedding: whether anything known speaks of just that. Pure.

An embedding tells what a question is about, and seldom the one word that makes it another: "do I need to know SQL" is
near to "what do I need to know". So the words of a message are looked for in the questions and statements near to it.
Each counts by its rarity in all of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from knowledge.asked import Missing, Target
from knowledge.shorthand import written_out

COMMON = 2.5  # the rarity up to which a word asks nothing of its own: that of words in more than 8 % of the texts
STATED = 2  # as how many questions a statement counts that has a word
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_ENDINGS = (
    ("ies", "y"),
    ("ing", ""),
    ("edly", ""),
    ("ment", ""),
    ("ers", ""),
    ("er", ""),
    ("ed", ""),
    ("es", ""),
    ("s", ""),
    ("ly", ""),
    ("e", ""),
)
_STEM = 3  # letters that a stem has at least


@dataclass(frozen=True)
class Words:
    """Shares are by rarity, between 0 and 1; a message without a rare word has nothing that could be missing."""

    answered: float = 1.0  # the share of its words that the nearest answered questions have
    unanswered: float = 1.0  # the share that the nearest questions have that no source answers
    told: float = 1.0  # the share that the likeliest answers have, or the questions beside them
    missed: float = 1.0  # the share that the questions of the likeliest gap have
    strange: float = 0.0  # the share that no answered question and no statement at all has
    against: float = 0.0  # how much the word that speaks most against an answer does: the logarithm of its odds


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A word without its ending, roughly: "coding" and "codes" are "cod"."""
    word = word.partition("'")[0]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: len(word) - len(ending)] + instead
            break
    return word[:-1] if len(word) > _STEM and word[-1] == word[-2] else word


def stems(text: str) -> set[str]:
    """The stems of a text's words."""
    return {stem(word) for word in _WORD.findall(written_out(text.lower()))}


@lru_cache(maxsize=50_000)
def _stems_of(question: str) -> tuple[str, ...]:
    """The same, remembered: most questions are those of the database before."""
    return tuple(stems(question))


class Wordings:
    """The words of all questions and statements."""

    def __init__(
        self,
        answered: Sequence[tuple[Target, str]],
        unanswered: Sequence[tuple[Missing, str]],
        statements: Iterable[tuple[Target, str]],
    ) -> None:
        """Questions that statements answer, in an order that `seen` refers to; those that none does, the same."""
        self._answered = [_stems_of(question) for _, question in answered]
        self._unanswered = [_stems_of(question) for _, question in unanswered]
        told: dict[Target, set[str]] = {}
        for (target, _), words in zip(answered, self._answered):
            told.setdefault(target, set()).update(words)
        gaps: dict[Missing, set[str]] = {}
        for (missing, _), words in zip(unanswered, self._unanswered):
            gaps.setdefault(missing, set()).update(words)
        self._gaps: Mapping[Missing, set[str]] = gaps
        stated: Counter[str] = Counter()
        count = len(answered) + len(unanswered)
        for target, text in statements:
            found = stems(text)
            told.setdefault(target, set()).update(found)
            stated.update(found)
            count += 1
        self._told: Mapping[Target, set[str]] = told
        asked = Counter(word for words in self._answered for word in words)
        missed = Counter(word for words in self._unanswered for word in words)
        self._known = asked.keys() | stated.keys()
        self._unknown = math.log(count + 1)
        self._rarity = {
            word: math.log((count + 1) / (asked[word] + missed[word] + stated[word] + 1))
            for word in self._known | missed.keys()
        }
        share = len(unanswered) / max(1, len(answered))
        self._for = {word: _odds(asked[word] + STATED * stated[word], missed[word], share) for word in self._rarity}
        self._for_unknown = _odds(0, 0, share)

    def seen(
        self,
        text: str,
        answered: Sequence[int],
        unanswered: Sequence[int],
        likeliest: Iterable[Target],
        gap: Missing | None = None,
    ) -> Words:
        """Of a message's text, without the names in it. `answered`, `unanswered`: the questions that are nearest to it,
        by their places; `likeliest`: what may answer it; `gap`: what it most likely asks if no source does."""
        words = [word for word in stems(text) if self._weight(word) > COMMON]
        if not words:
            return Words()
        told: set[str] = set()
        for target in likeliest:
            told.update(self._told.get(target, ()))
        return Words(
            self._share(words, {word for place in answered for word in self._answered[place]}),
            self._share(words, {word for place in unanswered for word in self._unanswered[place]}),
            self._share(words, told),
            self._share(words, self._gaps.get(gap, set()) if gap else set()),
            1.0 - self._share(words, self._known),
            min(self._for.get(word, self._for_unknown) for word in words),
        )

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, self._unknown)

    def _share(self, words: Sequence[str], known: Set[str]) -> float:
        return sum(self._weight(word) for word in words if word in known) / sum(map(self._weight, words))


def _odds(answered: int, unanswered: int, share: float) -> float:
    """The logarithm of how much oftener a word is in what is known than in what is not; `share`: how many questions are
    not answered, for one that is."""
    return math.log((answered + 0.5) / (unanswered + 0.5) * share)
