"""docs/performance.md, put together from its parts: each measurement writes one, with its figures beside it.

    python -m bench.page      put it together again (after a change to bench/performance.md)
"""
from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.console import say
from tools.environment import ROOT

DOCUMENT = ROOT / "docs" / "performance.md"
RESULTS = Path(__file__).with_name("results")
TEMPLATE = Path(__file__).with_name("performance.md")
TRIALS = ROOT / "var" / "bench" / "trials"
PARTS = ("load", "soak", "sizes", "side-by-side")
MISSING = "Not measured yet: `make {part}`."


def write(part: str, content: str, figures: Mapping[str, Any], *, trial: bool = False) -> None:
    """Keep one part, and put the page together anew; a trial is kept beside the page, in var/bench/trials."""
    folder = TRIALS if trial else RESULTS
    folder.mkdir(parents=True, exist_ok=True)
    numbers = json.dumps(figures, indent=1, default=lambda path: path.name)
    (folder / f"{part}.json").write_text(numbers + "\n", encoding="utf-8")
    (folder / f"{part}.md").write_text(content.rstrip() + "\n", encoding="utf-8")
    target = (folder / f"{part}.md") if trial else DOCUMENT
    if not trial:
        put_together()
    say(f"written: {target.relative_to(ROOT)} and {(folder / part).relative_to(ROOT)}.json")


def folder(trial: bool) -> Path:
    """Where charts go."""
    return TRIALS if trial else DOCUMENT.parent / "performance"


def put_together() -> None:
    """The template with every part that there is."""
    DOCUMENT.write_text(text(), encoding="utf-8")


def text() -> str:
    """The page."""
    whole = TEMPLATE.read_text(encoding="utf-8")
    for part in PARTS:
        file = RESULTS / f"{part}.md"
        found = file.read_text(encoding="utf-8").strip() if file.is_file() else MISSING.format(part=part)
        whole = whole.replace(f"<!-- {part} -->", found)
    return whole


if __name__ == "__main__":
    put_together()
