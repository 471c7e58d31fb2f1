"""The run as text: a table of figures and ratios with the targets, for the terminal and for docs/performance.md."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan
from pathlib import Path

from bench.figures import Spread
from bench.machine import told
from bench.replies import BAD
from bench.result import MANY, ONE, OURS, Loaded, Report, faster, more, targets
from bench.tables import Row, table

TEMPLATE = Path(__file__).with_name("side-by-side.md")
NO_STOCK = " It could not be installed here, so the pin it is: that favours stock Rasa."
TRIAL = "**A quick trial, not a measurement**: few rounds, and a stock model that is trained far too briefly.\n\n"


def terminal(report: Report) -> str:
    """The tables for people who ran it."""
    parts = [_plain([("", *report.sides), *_figures(report)]), _plain(_own(report)), _plain(_aims(report))]
    return "\n\n".join(parts)


def markdown(report: Report) -> str:
    """Its part of docs/performance.md."""
    machine, ours, base, looked = report.machine, report.sides[OURS], report.sides[report.baseline], report.lookups
    about = told(machine, report.date, report.seconds)
    return TEMPLATE.read_text(encoding="utf-8").format(
        about=(TRIAL if report.quick else "") + about, targets=table(_aims(report)),
        figures=table([("", *report.sides), *_figures(report)]), own=table(_own(report)), rasa=machine.rasa,
        epochs=report.epochs, jsonschema=ours.jsonschema, stock_jsonschema=base.jsonschema,
        no_stock="" if base.jsonschema != ours.jsonschema else NO_STOCK, questions=report.questions,
        rounds=report.rounds, one=report.messages[ONE], many=report.messages[MANY], trained=base.model.trained,
        wages=report.builds.wage_rows, lookups=f"{looked.cold.count:,}", found=looked.found)


def _figures(report: Report) -> Iterable[Row]:
    sides = [report.sides[name] for name in report.sides]
    for clients in (ONE, MANY):
        loads = [side.loads[clients] for side in sides]
        title = f"{clients} client{'s' if clients > 1 else ''}"
        yield (f"{title}: latency, median (ms)", *(_ms(load.latency.median) for load in loads))
        yield (f"{title}: of each round", *(_range(load.medians) for load in loads))
        yield (f"{title}: p95 / p99 (ms)", *(_tail(load.latency) for load in loads))
        yield (f"{title}: median of answers with citations (ms)", *(_ms(load.answers.median) for load in loads))
        yield (f"{title}: throughput (replies/s)", *(f"{load.throughput:.1f}" for load in loads))
        yield (f"{title}: of each round", *(_range(load.throughputs) for load in loads))
        yield (f"{title}: processor time a message, Rasa + actions (ms)", *(_processor(load) for load in loads))
        yield (f"{title}: errors / empty / failures", *(_bad(load) for load in loads))
        yield (f"{title}: kinds of reply", *(_kinds(load) for load in loads))
    others = [name for name in report.sides if name != OURS]
    yield ("latency, 1 client: times ours", "1", *(f"{faster(report, name):.1f}" for name in others))
    yield ("throughput, 10 clients: ours is so many times", "1", *(f"{more(report, name):.1f}" for name in others))
    yield ("memory, RSS / PSS (GB)", *(f"{side.memory.rss:.2f} / {_gigabytes(side.memory.pss)}" for side in sides))
    yield ("start until it answers (s)", *(f"{side.start:.0f}" for side in sides))
    yield ("training (s)", *(f"{side.model.seconds:.0f}" for side in sides))
    yield ("jsonschema", *(side.jsonschema for side in sides))


def _own(report: Report) -> list[Row]:
    builds, lookups = report.builds, report.lookups
    return [
        ("", "figure"),
        ("knowledge build, from nothing (s)", f"{builds.from_nothing:.1f}"),
        ("knowledge build, embeddings reused (s)", f"{builds.again:.1f}"),
        ("lookup, nothing remembered: median / p99 (ms)", f"{lookups.cold.median:.2f} / {lookups.cold.p99:.2f}"),
        ("lookup, remembered: median / p99 (ms)", f"{lookups.remembered.median:.3f} / {lookups.remembered.p99:.3f}"),
    ]


def _aims(report: Report) -> list[Row]:
    rows = ((target.name, target.value, target.text, "yes" if target.met else "**no**") for target in targets(report))
    return [("target", "measured", "aim", "met"), *rows]


def _ms(value: float) -> str:
    return "–" if isnan(value) else f"{value:.1f}"


def _tail(spread: Spread) -> str:
    return f"{_ms(spread.p95)} / {_ms(spread.p99)}"


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.1f} to {max(values):.1f}"


def _gigabytes(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def _processor(load: Loaded) -> str:
    return "–" if load.processor is None else f"{load.processor[0]:.1f} + {load.processor[1]:.1f}"


def _bad(load: Loaded) -> str:
    return " / ".join(str(load.kinds.get(kind, 0)) for kind in BAD)


def _kinds(load: Loaded) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(load.kinds.items(), key=lambda pair: -pair[1]))


def _plain(rows: Iterable[Row]) -> str:
    listed = [[cell.replace("**", "") for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in listed) for i in range(len(listed[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in listed)
