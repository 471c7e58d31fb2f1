"""The table of docs/faults.md, from the figures that the tests wrote (WAYMARK_FAULTS_RECORD):

.venv/bin/python -m tests.faults.table FIGURES.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

WORDS = {
    "requests_failed": "{} tries failed",
    "calls_failed": "{} calls failed",
    "answers_lost": "{} answers lost",
    "half_turns": "{} half turns",
    "wrong_answers": "{} wrong answers",
    "mixed_answers": "{} mixed answers",
    "unnoticed": "{} unnoticed",
    "crashes": "{} crashes",
    "told_too_much": "{} answers that tell too much",
    "deleted_too_early": "{} deleted too early",
    "old_one_damaged": "the old one damaged {} times",
    "left_behind": "{} files left behind",
    "came_to_an_end": "{} came to their end before",
    "longest_call": "longest call {} s",
    "longest_reading": "longest reading {} s",
    "p95_of_others": "p95 of the others {} s",
    "seconds_until_let_go": "let go after {} s",
    "times": "{} times",
    "requests": "{} requests",
    "files": "{} files",
    "refused": "{} refused",
    "clients": "{} clients",
    "turns": "{} turns",
    "warm_up": "after {} to warm up",
    "mb_before": "{} MB before",
    "mb_after": "{} MB after",
    "grown_percent": "{} % more",
    "memory_grown_mb": "{} MB more memory",
}


def row(fault: str, figures: dict[str, Any]) -> str:
    """One line of the table."""
    said = [words.format(figures[key]) for key, words in WORDS.items() if key in figures]
    back = f"{figures['recovery']} s" if "recovery" in figures else "–"
    return f"| {fault} | {', '.join(said)} | {back} | `{figures['test'].replace('::', ' ')}` |"


def main() -> None:
    """Print the table."""
    found = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print("| fault | figures | back after | test |\n|---|---|---|---|")
    for fault, figures in sorted(found.items(), key=lambda pair: (pair[1]["test"], pair[0])):
        print(row(fault, figures))


if __name__ == "__main__":
    main()
