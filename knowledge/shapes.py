"""What kind of value each field of the vocabulary files has, checked before anything is made of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from knowledge.errors import Problem

TEXT, TEXTS, TABLE, WORDS = "a text", "a list of texts", "a mapping", "a mapping of texts"
# file -> field -> kind; a field with "?" may be left out
SHAPES: Mapping[str, Mapping[str, str]] = {
    "indicators": {
        "title": TEXT, "topic": TEXT, "type": TEXT, "values?": TEXTS, "units?": TEXTS, "range?": TABLE,
        "qualifiers?": TEXTS, "optional?": TEXTS,
    },
    "topics": {"title": TEXT, "phrase": TEXT, "lead": TEXTS, "points": TEXTS},
    "credentials": {"name": TEXT, "short": TEXT, "aliases": TEXTS, "misnomers?": TEXTS},
    "employers": {"name": TEXT, "aliases?": TEXTS, "phrase?": TEXT, "industry?": TEXT},
    "occupations": {
        "name": TEXT, "plural": TEXT, "official?": TEXT, "soc?": TEXT, "onet?": TEXT, "aliases": TEXTS,
        "ambiguous?": TEXTS, "initials?": TEXTS, "stands_in?": WORDS,
    },
    "places": {
        "level": TEXT, "name": TEXT, "parent?": TEXT, "abbreviation?": TEXT, "fips?": TEXT, "aliases?": TEXTS,
    },
    "foreign": {"name": TEXT, "aliases": TEXTS},
    "schools": {"name": TEXT, "aliases": TEXTS},
}  # fmt: skip
MEND = "Correct it; the entries beside it show how, and a text with , or : in it needs quotes"


def is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def fits(kind: str, value: Any) -> bool:
    """Whether the value is of the kind."""
    if kind == TEXTS:
        return isinstance(value, list) and all(map(is_text, value))
    if kind == WORDS:
        return isinstance(value, Mapping) and all(map(is_text, value.values()))
    return isinstance(value, Mapping) if kind == TABLE else is_text(value)


def vocabulary_problems(files: Mapping[str, Any]) -> list[Problem]:
    """Every entry that is not as SHAPES says. `files`: name -> content, of the kind that the file has as a whole."""
    problems = []
    for name, shape in SHAPES.items():
        content = files[name]
        entries = content.items() if isinstance(content, Mapping) else enumerate(content, 1)
        for id, entry in entries:
            for fault in _faults(id, entry, shape):
                problems.append(Problem(f"vocabulary/{name}.yml", str(id)[:80], fault, MEND))
    for id, rule in files["qualifiers"].items():
        right = fits(TEXTS, rule) or (isinstance(rule, Mapping) and all(map(is_text, rule.values())))
        if not right or (isinstance(rule, Mapping) and rule.get("from", "occupations") not in SHAPES):
            fault = "is neither a list of texts nor {from: …} or {type: …}"
            problems.append(Problem("vocabulary/qualifiers.yml", str(id)[:80], fault, MEND))
    return problems


def _faults(id: Any, entry: Any, shape: Mapping[str, str]) -> list[str]:
    if not isinstance(id, int) and not is_text(id):
        return ["its id is no text"]
    if not isinstance(entry, Mapping):
        return ["is no mapping"]
    faults = []
    for field, kind in shape.items():
        name = field.rstrip("?")
        if not (field.endswith("?") and entry.get(name) is None) and not fits(kind, entry.get(name)):
            faults.append(f"`{name}` must be {kind}")
    known = {field.rstrip("?") for field in shape}
    faults += [f"`{name}` has no value" for name, value in entry.items() if value is None and name not in known]
    return faults
