"""Questions beside what answers them and what only seems to: the files in questions/, JSON lines. Pure but for reading.

judged.jsonl: questions that readers held against the statements nearest to them: which of those answer it, that none
does, or that figures do. contrasts.jsonl: for a statement, questions that it answers and others that it does not.
A statement is named as `Target` writes itself, which is unique in an occupation.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from knowledge.asked import Target
from knowledge.errors import FaultyKnowledge, Problem

FOLDER = Path(__file__).with_name("questions")
JUDGED, CONTRASTS = "judged.jsonl", "contrasts.jsonl"
VERDICTS = ("none", "yes", "figures")
_RENAMED = "Delete the line or rename the statement"
Keys = Mapping[str, Mapping[str, Target]]  # occupation -> the target as text -> the target
Entry = TypeVar("Entry")


@dataclass(frozen=True)
class Judged:
    """A question and the statements near to it. `verdict`: one of VERDICTS; `answered_by`: those of `near` that do."""

    question: str
    before: str
    verdict: str
    near: tuple[Target, ...]
    answered_by: tuple[Target, ...] = ()


@dataclass(frozen=True)
class Contrast:
    """Questions that a statement answers and others that only seem so. `leaning`: which of each leans on `before`, a
    question asked first (the place after the last: one that has been left out); without it all may."""

    target: Target
    before: str
    answered: tuple[str, ...]
    unanswered: tuple[str, ...]
    leaning: tuple[int, int] | None = None


@dataclass(frozen=True)
class ToldApart:
    judged: tuple[Judged, ...]
    contrasts: tuple[Contrast, ...]


def read_told_apart(targets: Collection[Target], folder: Path = FOLDER) -> ToldApart:
    """Both files. `targets`: what there is to answer with. Raises FaultyKnowledge with every fault."""
    keys: dict[str, dict[str, Target]] = defaultdict(dict)
    for target in targets:
        keys[target.occupation][str(target)] = target
    problems: list[Problem] = []
    judged = tuple(_entries(folder / JUDGED, lambda entry: _judged(entry, keys), problems))
    contrasts = tuple(_entries(folder / CONTRASTS, lambda entry: _contrast(entry, keys), problems))
    if problems:
        raise FaultyKnowledge(problems)
    return ToldApart(judged, contrasts)


class _Fault(Exception):
    """What is wrong with a line, and how to mend it."""


def _entries(path: Path, read: Callable[[Mapping[str, Any]], Entry], problems: list[Problem]) -> Iterator[Entry]:
    name = f"{path.parent.name}/{path.name}"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        mend = f"Check the file out again (`git checkout -- tools/tuning/{name}`)"
        problems.append(Problem(name, "", f"cannot be read ({error})", mend))
        return
    for number, line in enumerate(lines, 1):
        try:
            yield read(_parsed(line))
        except _Fault as fault:
            problems.append(Problem(name, f"line {number}", *fault.args))


def _parsed(line: str) -> Mapping[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        entry = None
    if not isinstance(entry, dict):
        raise _Fault("is no JSON object", 'Write one entry a line: {"occupation": "…", …}')
    return entry


def _judged(entry: Mapping[str, Any], keys: Keys) -> Judged:
    _only(entry, ("occupation", "before", "question", "verdict", "near", "answered_by"))
    occupation, question, before = _occupation(entry, keys), _text(entry, "question"), _text(entry, "before", True)
    verdict, near = entry.get("verdict"), _texts(entry, "near")
    places = _places(entry.get("answered_by"), "answered_by", len(near))
    if verdict not in VERDICTS:
        raise _Fault(f"has the verdict {verdict!r}", f"Write one of {', '.join(VERDICTS)}")
    if (verdict == "yes") != bool(places):
        mend = 'Write the places in `near` of what answers it, for the verdict "yes" only'
        raise _Fault(f"has the verdict {verdict!r} and `answered_by` {places}", mend)
    for place in places:
        _target(occupation, near[place], keys)
    known = [keys[occupation].get(key) for key in near]
    return Judged(
        question,
        before,
        verdict,
        tuple(target for target in known if target is not None),
        tuple(target for place in places if (target := known[place]) is not None),
    )


def _contrast(entry: Mapping[str, Any], keys: Keys) -> Contrast:
    _only(entry, ("occupation", "statement", "before", "answered", "unanswered", "leaning"))
    target = _target(_occupation(entry, keys), _text(entry, "statement"), keys)
    answered, unanswered = _texts(entry, "answered"), _texts(entry, "unanswered")
    leaning = None
    if "leaning" in entry:
        value = entry["leaning"]
        if not isinstance(value, list) or len(value) != 2:
            raise _Fault("has `leaning` that is no pair", "Write a place in `answered` and one in `unanswered`")
        ((one,), (other,)) = (
            _places([place], "leaning", len(texts) + 1) for place, texts in zip(value, (answered, unanswered))
        )
        leaning = (one, other)
    return Contrast(target, _text(entry, "before", True), answered, unanswered, leaning)


def _only(entry: Mapping[str, Any], fields: Sequence[str]) -> None:
    unknown = [field for field in entry if field not in fields]
    if unknown:
        raise _Fault(f"has an unknown field {unknown[0]!r}", f"Write only {', '.join(fields)}")


def _text(entry: Mapping[str, Any], field: str, may_lack: bool = False) -> str:
    value = entry.get(field)
    if not isinstance(value, str) or not (value.strip() or may_lack):
        raise _Fault(f"has no text `{field}`", f'Write "{field}": "…"')
    return value


def _texts(entry: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = entry.get(field)
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise _Fault(f"has no list of texts `{field}`", f'Write "{field}": ["…"]')
    return tuple(value)


def _places(value: Any, field: str, count: int) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(one) is int and 0 <= one < count for one in value):
        raise _Fault(f"has `{field}` {value!r}", f"Write places in the list, from 0 to {count - 1}")
    return tuple(dict.fromkeys(value))


def _occupation(entry: Mapping[str, Any], keys: Keys) -> str:
    occupation = _text(entry, "occupation")
    if occupation not in keys:
        raise _Fault(f"has the occupation {occupation!r}, of which no statement is", "Write the id of one there is")
    return occupation


def _target(occupation: str, key: str, keys: Keys) -> Target:
    if key not in keys[occupation]:
        raise _Fault(f"has the statement {key!r}, which {occupation} has no more", _RENAMED)
    return keys[occupation][key]
