"""An employer called by its name, which only ends in the word for a kind: "Duke Hospital", "Mercy Clinic". No source
tells of it what they tell of the kind. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

SHARE = 0.5  # of the words of a message that begin with a small letter, where its capitals mean names
_NO_NAME = frozenset(
    """
    a an the any each every some one my your our his her their this that these which what is are was do does did can
    could would will should at in for with by of on or and vs than if big small large private public local rural urban
    general regular community nonprofit outpatient inpatient mental dental family medical surgical psychiatric teaching
    children's childrens kids va us er
    """.split()
)

_KINDS = frozenset("hospital clinic center centre pharmacy hospice practice health healthcare".split())
_OF_A_JOB = re.compile(r"(?:aide|tech|info|worker|assistant|manage|service|unit|record|specialist|coach)\w*$", re.I)
_WORD = re.compile(r"[\w'’]+")


def is_by_name(words: Sequence[str], start: int, end: int) -> bool:
    """Whether the words from `start` to before `end`, which are a kind of employer, end the name of one: both they and
    the word before have capitals, and those are not how the message writes anyway. Several are a kind."""
    if start == 0 or words[end - 1].lower().endswith("s"):
        return False
    if words[end : end + 1] and _OF_A_JOB.match(words[end]):
        return False  # "Home Health aide", "Certified Pharmacy Technician"
    before = words[start - 1]
    capitals = all(word[:1].isupper() for word in (before, *words[start:end]))
    if not capitals or not before.isalpha() or before.isupper() or before.lower() in _NO_NAME:
        return False
    others = [word for word in (*words[: start - 1], *words[end:]) if word.isalpha()]
    return sum(word[0].islower() for word in others) > SHARE * len(others)


def named_in(text: str) -> list[int]:
    """Where a text names such an employer: the places of the words for their kinds."""
    words = list(_WORD.finditer(text))
    texts = [word.group() for word in words]
    kinds = [index for index, word in enumerate(texts) if word.lower() in _KINDS]
    return [words[index].start() for index in kinds if is_by_name(texts, index, index + 1)]
