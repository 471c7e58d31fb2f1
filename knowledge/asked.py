"""Questions as people ask them, beside the statements that answer them, and questions that no statement answers.

The search compares a student's question with these (question to question, which is nearer in wording than question to
fact). Files: asked/<occupation>.yml and asked/uncovered.yml; docs/editor.md says how to write them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.errors import FaultyKnowledge, Problem
from knowledge.scope import qualifier_pairs
from knowledge.statement import Statement
from knowledge.vocabulary import FOLDER, Vocabulary, read_yaml

UNCOVERED_FILE = "uncovered.yml"
ANY = "any"  # stands for every occupation that statistics know
OTHER = "other"  # stands for those that only statistics know


@dataclass(frozen=True)
class Target:
    """What a question is answered by: the statements of an occupation with this indicator, item and qualifiers."""

    occupation: str
    indicator: str
    item: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """The hash is worked out once: a turn has hundreds of them as keys."""
        object.__setattr__(self, "_hash", hash((self.occupation, self.indicator, self.item, self.qualifiers)))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of(cls, statement: Statement) -> Target:
        return cls(statement.occupation, statement.indicator, statement.item or "", statement.scope.qualifiers)

    def __str__(self) -> str:
        extra = ", ".join(f"{key}={value}" for key, value in self.qualifiers)
        return " ".join(filter(None, (self.indicator, self.item, f"({extra})" if extra else "")))


@dataclass(frozen=True)
class Missing:
    """Something that people ask and no source says: `what` completes "no source that covers …"."""

    kind: str
    topic: str
    what: str


@dataclass
class Asked:
    """Everything in the files, with the faults that reading them found."""

    covered: list[tuple[str, Target]] = field(default_factory=list)
    uncovered: list[tuple[str, Missing]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def questions(self) -> list[str]:
        return [question for question, _ in (*self.covered, *self.uncovered)]


def read_asked(vocabulary: Vocabulary, statements: Iterable[Statement], folder: Path = FOLDER) -> Asked:
    """All of folder/asked. A question that leads nowhere is a fault, so that none outlives its statement: one that is
    gone, or deprecated."""
    asked = Asked()
    known = {Target.of(statement) for statement in statements if statement.rank != "deprecated"}
    for path in sorted((folder / "asked").glob("*.yml")):
        name = f"asked/{path.name}"
        try:
            content = read_yaml(path)
        except FaultyKnowledge as error:
            asked.problems += [Problem(name, found.entry, found.fault, found.mend) for found in error.problems]
            continue
        if path.name == UNCOVERED_FILE:
            _read_uncovered(name, content, vocabulary, asked)
        else:
            _read_covered(name, content, known, vocabulary, asked)
    _check_twice(asked)
    return asked


def _questions(name: str, entry: str, value: Any, asked: Asked) -> list[str]:
    if not isinstance(value, list) or not value:
        asked.problems.append(Problem(name, entry, "has no questions", "Write `questions:` as a list of texts"))
        return []
    texts = [one for one in value if isinstance(one, str) and one.strip()]
    for one in value:
        if one not in texts:
            asked.problems.append(Problem(name, entry, f"question {one!r} is no text", "Put it in quotes"))
    return [" ".join(one.split()) for one in texts]


def _entries(name: str, content: Any, key: str, asked: Asked) -> list[Mapping[str, Any]]:
    entries = content.get(key) if isinstance(content, Mapping) else None
    if not isinstance(entries, list) or not all(isinstance(one, Mapping) for one in entries):
        asked.problems.append(
            Problem(name, "", f"has no list `{key}`", f"Start the file with `{key}:` and its entries")
        )
        return []
    return entries


def _read_covered(name: str, content: Any, known: set[Target], vocabulary: Vocabulary, asked: Asked) -> None:
    occupation = str(content.get("occupation", "")) if isinstance(content, Mapping) else ""
    indicators = vocabulary.indicators
    if name != f"asked/{occupation}.yml":
        mend = "Write `occupation:` with the id that the file is named after"
        asked.problems.append(Problem(name, "", f"is for the occupation {occupation!r}", mend))
        return
    for entry in _entries(name, content, "asked", asked):
        qualifiers = entry.get("qualifiers") or {}
        target = Target(
            occupation,
            str(entry.get("indicator", "")),
            str(entry.get("item") or ""),
            qualifier_pairs(qualifiers if isinstance(qualifiers, Mapping) else {str(qualifiers): "?"}),
        )
        anyone = occupation == ANY and target == Target(ANY, target.indicator) and target.indicator in indicators
        if target not in known and not anyone:
            mend = "Correct occupation, indicator, item or qualifiers, or delete the entry"
            asked.problems.append(Problem(name, str(target), "no statement answers these questions", mend))
            continue
        asked.covered += [(text, target) for text in _questions(name, str(target), entry.get("questions"), asked)]


def _read_uncovered(name: str, content: Any, vocabulary: Vocabulary, asked: Asked) -> None:
    for entry in _entries(name, content, "uncovered", asked):
        missing = Missing(*(str(entry.get(key) or "") for key in ("kind", "topic", "what")))
        if not all((missing.kind, missing.what)) or missing.topic not in vocabulary.topics:
            mend = "Give kind (a slug), topic (an id of vocabulary/topics.yml) and what (words)"
            asked.problems.append(Problem(name, missing.kind, "lacks kind, topic or what", mend))
            continue
        asked.uncovered += [(text, missing) for text in _questions(name, missing.kind, entry.get("questions"), asked)]


BORROWED = 0.03  # off the cosine with a question that is asked of another occupation
_OWN = ("comparison.", "related.", "definition.")  # what is asked of one occupation there is not asked of another


def with_borrowed(
    own: Mapping[Target, float], everyone: Mapping[Target, float], twin: Callable[[Target], Target | None]
) -> dict[Target, float]:
    """The cosines of an occupation's targets. Questions beside the same thing said of another occupation count too: "is
    it nine to five?" asks the same of nurses and of coders.

    `everyone`: the nearest targets of all occupations; `twin`: the same thing said of this occupation, if it is.
    """
    near = dict(own)
    for target, cosine in everyone.items():
        mine = twin(target)
        if mine is not None:
            near[mine] = max(near.get(mine, 0.0), cosine - BORROWED)
    return near


def twin_of(target: Target, occupation: str, known: Callable[[Target], bool]) -> Target | None:
    """What a target says of another occupation, said of this one, if there is such a target (`known`)."""
    if target.occupation == occupation or target.indicator.startswith(_OWN):
        return None
    mine = replace(target, occupation=occupation)
    return mine if known(mine) else None


def named_occupation(vocabulary: Vocabulary, folder: Path = FOLDER) -> Callable[[str], str]:
    """A function that says which occupation a text names: an id, OTHER for one that only statistics know, "" for none
    or several. That no source says whether nurses get a pension says nothing of the pension of coders; so a question
    without a name is of the occupation that the words of what is missing name."""
    names: dict[str, str] = {}
    for titles in (read_yaml(folder / "vocabulary" / "common_titles.yml") or {}).values():
        names.update({str(title).lower(): OTHER for title in titles if not str(title).isupper()})
    for id, entry in vocabulary.occupations.items():
        names.update({str(name).lower(): id for name in (entry["name"], entry["plural"], *entry.get("aliases", ()))})
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, longest))})(?:s|es)?\b", re.I)

    def named(question: str) -> str:
        found = {names[match.lower()] for match in pattern.findall(question)}
        return found.pop() if len(found) == 1 else ""

    return named


def _check_twice(asked: Asked) -> None:
    """A question stands once: within an occupation, and never for both something and nothing."""
    seen: dict[tuple[str, str], str] = {}
    for text, missing in asked.uncovered:
        _once(seen, f"asked/{UNCOVERED_FILE}", text, missing.kind, asked)
    for text, target in asked.covered:
        name = f"asked/{target.occupation}.yml"
        _once(seen, name, text, str(target), asked)
        if (f"asked/{UNCOVERED_FILE}", text.lower()) in seen:
            fault = f"{text!r} also stands in {UNCOVERED_FILE}"
            asked.problems.append(Problem(name, str(target), fault, "Delete one of the two"))


def _once(seen: dict[tuple[str, str], str], name: str, text: str, entry: str, asked: Asked) -> None:
    key = (name, text.lower())
    if key in seen:
        mend = "Keep the one that answers it best"
        asked.problems.append(Problem(name, entry, f"{text!r} also stands at {seen[key]}", mend))
    seen.setdefault(key, entry)
