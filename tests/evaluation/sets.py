"""The questions and dialogues that the assistant is measured by. Two sides, each for its purpose:

`development` is read while answers are mended, and thresholds are set on it; `held_out` is only counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from settings import ROOT

SIDES = ("held_out", "development")
GROUPS = ("covered", "pay", "comparison", "parts", "uncovered", "out_of_scope", "crisis", "harmless")
Entry = dict[str, Any]


def questions(side: str) -> Iterator[tuple[str, Entry]]:
    """(group, entry) of every single question; the file's name begins with its group."""
    for path in sorted((ROOT / "tests" / "questions" / side).glob("*.yml")):
        group = next(name for name in GROUPS if path.stem.startswith(name))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield group, entry


def dialogues(side: str) -> Iterator[tuple[str, list[Entry]]]:
    """(name of the file, turns) of every dialogue."""
    for path in sorted((ROOT / "tests" / "dialogues" / side).glob("*.yml")):
        yield path.stem, yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]


def several(value: Any) -> tuple[str, ...]:
    """One or a list of strings, as a tuple."""
    return () if value is None else tuple(map(str, value)) if isinstance(value, list) else (str(value),)
