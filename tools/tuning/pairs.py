"""Which questions are alike: those that the same statement answers, and those that miss the same thing. Pure; seeded.

The occupation is left out of it: the search looks among the statements of the right one anyhow, so the embedding need
only tell what is asked. Names of occupations are swapped at random, so that it learns to look past them.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from knowledge.asked import Asked, Target
from knowledge.statement import Statement

Key = tuple[object, ...]
SWAPPED = 0.35  # the share of texts whose occupation is swapped, and of those the share that gets another name
RENAMED = 0.7
STATED = 0.25  # the share of pairs of a question and the statement's own text
LEVELLING = 0.75  # the exponent of a group's size in its chance to be drawn
PLAIN = ("this job", "that job", "they", "it", "someone like that", "the job", "these workers", "one")


@dataclass(frozen=True)
class Group:
    """Questions that mean the same, with the texts of the statements that answer them."""

    topic: str
    questions: tuple[str, ...]
    texts: tuple[str, ...] = ()


def groups(asked: Asked, statements: Sequence[Statement], topics: Mapping[str, str]) -> dict[Key, Group]:
    """All groups. `topics`: indicator -> topic."""
    questions: dict[Key, list[str]] = defaultdict(list)
    topic: dict[Key, str] = {}
    for text, target in asked.covered:
        key = _key(target)
        questions[key].append(text)
        topic[key] = topics[target.indicator]
    for text, missing in asked.uncovered:
        key = ("missing", missing.kind, missing.topic)
        questions[key].append(text)
        topic[key] = missing.topic
    texts: dict[Key, list[str]] = defaultdict(list)
    for statement in statements:
        if statement.text and statement.rank != "deprecated":
            texts[_key(Target.of(statement))].append(statement.text)
    return {key: Group(topic[key], tuple(found), tuple(texts[key])) for key, found in questions.items()}


def _key(target: Target) -> Key:
    return ("said", target.indicator, target.item, target.qualifiers)


class Sampler:
    """Draws batches of pairs. Half of a batch is from one topic, so that it holds questions that are hard to tell."""

    def __init__(self, known: Mapping[Key, Group], names: Collection[str], seed: int = 7) -> None:
        self._known = known
        self._random = random.Random(seed)
        self._names = sorted(names)
        longest = sorted(names, key=len, reverse=True)
        self._name = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.I)
        self._keys = sorted(known, key=repr)
        self._of_topic: dict[str, list[Key]] = defaultdict(list)
        for key in self._keys:
            self._of_topic[known[key].topic].append(key)

    def batch(self, size: int) -> tuple[list[str], list[str], npt.NDArray[np.float32]]:
        """Texts, one like each of them, and which pairs are of the same group: (size, size), 1 or 0."""
        topic = self._known[self._random.choice(self._keys)].topic
        keys = self._draw(self._of_topic[topic], size // 2)
        keys += self._draw(self._keys, size - len(keys))
        pairs = [self._pair(self._known[key]) for key in keys]
        same = np.array([[one == other for other in keys] for one in keys], dtype=np.float32)
        return [one for one, _ in pairs], [other for _, other in pairs], same

    def _draw(self, keys: Sequence[Key], count: int) -> list[Key]:
        weights = [len(self._known[key].questions) ** LEVELLING for key in keys]
        return self._random.choices(keys, weights, k=count)

    def _pair(self, group: Group) -> tuple[str, str]:
        one = self._random.choice(group.questions)
        others = [question for question in group.questions if question != one]
        if group.texts and (not others or self._random.random() < STATED):
            return self.varied(one), self.varied(self._random.choice(group.texts))
        return self.varied(one), self.varied(self._random.choice(others) if others else one)

    def varied(self, text: str) -> str:
        """The text, sometimes with another occupation in it, in lower case or without its last mark."""
        if self._random.random() < SWAPPED:
            text = self._name.sub(lambda _: self._another(), text)
        if self._random.random() < 0.1:
            text = text.lower()
        return text.rstrip("?.! ") if self._random.random() < 0.07 else text

    def _another(self) -> str:
        return self._random.choice(self._names if self._random.random() < RENAMED else PLAIN)
