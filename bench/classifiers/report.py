"""The comparison's figures as JSON and as a table. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from bench import machine
from bench.classifiers.data import Data
from bench.classifiers.diet import Size
from bench.classifiers.kinds import KINDS, PRODUCT
from bench.classifiers.verdicts import difference, share
from tools.console import ToolError

BEGIN, END = "<!-- classifiers -->", "<!-- /classifiers -->"
COLUMNS = (
    "topic",
    "… against the product, in points",
    "outright",
    "uncovered found",
    "out of scope left alone",
    "ms a message (without the embedding)",
    "memory, MB",
    "training, s",
)


def short(measured: Mapping[str, Any]) -> str:
    """One line for the terminal."""
    right = measured["hits"]
    return (
        f"topic {share(right['topic']):.1%}, uncovered {share(right['uncovered']):.1%}, "
        f"{measured['ms']:.1f} ms, {measured['seconds']:.0f} s"
    )


def figures(measured: Sequence[Mapping[str, Any]], data: Data, day: str, diet: Size) -> dict[str, Any]:
    """Everything but which question was right. Shares are between 0 and 1; differences are 95 % intervals."""
    found = {(one["kind"], one["asked"]): one for one in measured}
    base = found.get((PRODUCT, True))
    where = machine.look()
    return {
        "date": day,
        "machine": {"processor": where.processor, "cores": where.cores, "load": round(where.load, 1)},
        "diet": asdict(diet),
        "training": {"phrases": len(data.phrases.intents), "asked": len(data.known.intents)},
        "questions": dict(Counter(one.group for one in data.questions)),
        "kinds": [
            _row(found[name, asked], base) for name in KINDS for asked in (True, False) if (name, asked) in found
        ],
    }


def _row(one: Mapping[str, Any], base: Mapping[str, Any] | None) -> dict[str, Any]:
    right = one["hits"]
    return {
        "kind": one["kind"],
        "asked": one["asked"],
        **{name: share(right[name]) for name in ("topic", "outright", "uncovered", "outside")},
        "topic_against_product": difference(right["topic"], base["hits"]["topic"]) if base else None,
        "uncovered_against_product": difference(right["uncovered"], base["hits"]["uncovered"]) if base else None,
        "ms": round(one["ms"], 2),
        "p95_ms": round(one["p95"], 2),
        "own_ms": round(one["own_ms"], 2),
        "memory_mb": None if one["memory"] is None else round(one["memory"]),
        "seconds": round(one["seconds"], 1),
    }


def table(found: Mapping[str, Any]) -> str:
    """Markdown: first trained on everything, then on the training phrases alone."""
    lines = [f"| classifier | {' | '.join(COLUMNS)} |", "|---|" + "---:|" * len(COLUMNS)]
    for asked in (True, False):
        if not asked:
            lines.append(f"| *trained without the questions of `knowledge/asked/`* {'| ' * len(COLUMNS)}|")
        lines += [_line(row) for row in found["kinds"] if row["asked"] == asked]
    return "\n".join(lines)


def _line(row: Mapping[str, Any]) -> str:
    against = row["topic_against_product"]
    first = row["kind"] == PRODUCT and row["asked"]
    cells = [
        KINDS[row["kind"]].title,
        f"{row['topic']:.1%}",
        "" if first or against is None else f"{100 * against[0]:+.1f} to {100 * against[1]:+.1f}",
        f"{row['outright']:.1%}",
        f"{row['uncovered']:.1%}",
        f"{row['outside']:.1%}",
        f"{row['ms']:.1f} ({row['own_ms']:.1f})",
        "" if row["memory_mb"] is None else f"{row['memory_mb']}",
        f"{row['seconds']:.0f}",
    ]
    cells = [f"**{cell}**" if first and cell else cell for cell in cells]
    return f"| {' | '.join(cells)} |"


def filled(document: str, found: Mapping[str, Any]) -> str:
    """The document with the table between its marker lines. Raises ToolError if it has none."""
    before, begin, rest = document.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ToolError(f"docs/evaluation.md has no lines {BEGIN} and {END} for the table; put them back")
    where, asked, size = found["machine"], found["questions"], found["diet"]
    about = (
        f"{found['date']}; {where['processor']}, {where['cores']} cores; DIET with {size['epochs']} epochs and "
        f"{'two layers of 256' if size['stock'] else 'one layer of 128'} units; "
        f"{found['training']['phrases']:,} training phrases and {found['training']['asked']:,} questions of "
        f"`knowledge/asked/`; tested on {sum(asked.get(g, 0) for g in ('covered', 'pay', 'comparison'))} covered "
        f"questions, {asked.get('uncovered', 0)} uncovered ones and {asked.get('out_of_scope', 0)} messages out of "
        "scope."
    )
    return f"{before}{BEGIN}\n{about}\n\n{table(found)}\n{END}{after}"
