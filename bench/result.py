"""All that a run has measured, and what follows from it: medians over the rounds, ratios, targets."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bench.figures import Spread, median, spread
from bench.lookups import Builds, Lookups
from bench.machine import Machine
from bench.rounds import Visit
from bench.training import Model
from bench.usage import Memory

ONE, MANY = 1, 10  # clients
OURS, STOCK, PINNED = "Waymark", "stock Rasa", "stock Rasa, pinned"


@dataclass(frozen=True)
class Loaded:
    """One side under one load: all rounds together, and each round's median and throughput."""

    latency: Spread
    answers: Spread  # only the messages that got an answer with citations
    throughput: float
    kinds: Mapping[str, int]
    medians: Sequence[float]
    throughputs: Sequence[float]
    processor: tuple[float, float] | None  # milliseconds a message, of Rasa and of the action server


@dataclass(frozen=True)
class Result:
    """Of one side."""

    loads: Mapping[int, Loaded]
    memory: Memory
    start: float
    model: Model
    jsonschema: str


@dataclass(frozen=True)
class Report:
    """Everything. `baseline` is the side that the targets speak of."""

    date: str
    quick: bool
    seconds: float
    machine: Machine
    sides: Mapping[str, Result]
    baseline: str
    builds: Builds
    lookups: Lookups
    rounds: int
    messages: Mapping[int, int]
    questions: int
    epochs: int


@dataclass(frozen=True)
class Target:
    """A figure beside what was aimed at; `text` says the aim."""

    name: str
    value: str
    text: str
    met: bool


def summarise(visits: Sequence[Visit], model: Model, jsonschema: str) -> Result:
    """One side's rounds as one result. Memory and start: the worst of the rounds."""
    loads = {}
    for clients in visits[0].loads:
        runs = [visit.loads[clients] for visit in visits]
        loads[clients] = Loaded(
            spread([latency for run in runs for latency in run.latencies]),
            spread([latency for run in runs for latency in run.of("answer")]),
            sum(len(run.answered) for run in runs) / sum(run.seconds for run in runs),
            dict(sum((run.counts() for run in runs), Counter())),
            [spread(run.latencies).median for run in runs], [run.throughput for run in runs],
            _processor(visits, clients))
    used = max((visit.memory for visit in visits), key=lambda memory: memory.rss)
    return Result(loads, used, median([visit.start for visit in visits]), model, jsonschema)


def _processor(visits: Sequence[Visit], clients: int) -> tuple[float, float] | None:
    spent = [visit.processor[clients] for visit in visits]
    messages = sum(len(visit.loads[clients].latencies) for visit in visits)
    if not messages or None in spent:
        return None
    rasa, actions = (1000 * sum(pair[i] for pair in spent if pair) / messages for i in (0, 1))
    return rasa, actions


def faster(report: Report, other: str) -> float:
    """How many times as long the other side takes at the median, with one client."""
    return report.sides[other].loads[ONE].latency.median / report.sides[OURS].loads[ONE].latency.median


def more(report: Report, other: str) -> float:
    """How many times as many answers a second we give, to ten clients."""
    theirs = report.sides[other].loads[MANY].throughput
    return report.sides[OURS].loads[MANY].throughput / theirs if theirs else float("inf")


def targets(report: Report) -> list[Target]:
    """What was aimed at, and whether it was reached in this run."""
    ours, lookup, build = report.sides[OURS], report.lookups.cold.p99, report.builds.from_nothing
    share, times = 1 / faster(report, report.baseline), more(report, report.baseline)
    return [
        Target("Median latency, 1 client, as a share of stock Rasa's", f"{share:.2f}", "at most 0.25", share <= 0.25),
        Target("Replies a second, 10 clients, against stock Rasa", f"{times:.1f} times", "at least 4", times >= 4),
        Target("Memory of Rasa and action server after the load", f"{ours.memory.rss:.2f} GB", "below 1.2 GB",
               ours.memory.rss < 1.2),
        Target("Training", f"{ours.model.seconds:.0f} s", "below 60 s", ours.model.seconds < 60),
        Target("Building the knowledge, from nothing", f"{build:.1f} s", "below 30 s", build < 30),
        Target("Lookup in the knowledge, p99, nothing remembered", f"{lookup:.2f} ms", "below 2 ms", lookup < 2),
    ]
