"""`make load`: latency and throughput against the number of students, Waymark and stock Rasa in the same run.

Both run all the time, and their turns alternate at every level; who is not asked uses no processor.
"""
from __future__ import annotations

import argparse
import itertools
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import settings
from bench import generator, machine, page, plots, stock, students, training, usage
from bench.__main__ import FOLDER, QUIET, STOCK_ENDPOINTS
from bench.figures import Spread, spread
from bench.generator import Load, Seen
from bench.lookups import url
from bench.machine import Machine
from bench.result import OURS, STOCK
from bench.rounds import Side
from bench.tables import table
from tools.console import guarded, say, seconds
from tools.prepare import MODEL, ensure_knowledge, ensure_model
from tools.servers import Addresses, check_alive

LEVELS = (1, 2, 5, 10, 20, 50, 100)
AIM = 50  # students, at which the targets are looked at
WEB, REST, BASELINE = f"{OURS}, web channel", f"{OURS}, REST", f"{STOCK}, REST"
SERIES = {WEB: (OURS, "web"), REST: (OURS, "rest"), BASELINE: (STOCK, "rest")}
TEMPLATE = Path(__file__).with_name("load.md")


@dataclass(frozen=True)
class Point:
    """One series at one level, all rounds together. `throughputs`: of each round."""

    students: int
    latency: Spread
    throughput: float
    throughputs: Sequence[float]
    errors: int
    messages: int


@dataclass(frozen=True)
class Curves:
    """The whole run. `memory`: GB of each side afterwards (RSS)."""

    date: str
    trial: bool
    machine: Machine
    rounds: int
    seconds: float
    took: float
    series: Mapping[str, Sequence[Point]]
    memory: Mapping[str, float]

    def at(self, name: str, count: int = AIM) -> Point:
        """The point of a series at that many students, or at the most that were measured."""
        points = self.series[name]
        return next((point for point in points if point.students >= count), points[-1])


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench.curves", description=__doc__)
    top.add_argument("--rounds", type=int, default=2, metavar="N", help="how often all levels are gone through (2)")
    top.add_argument("--seconds", type=float, default=15, metavar="S", help="of each series at each level (15)")
    top.add_argument("--levels", type=int, nargs="+", default=LEVELS, metavar="N", help="numbers of students")
    top.add_argument("--epochs", type=int, default=stock.QUICK_EPOCHS, metavar="N", help="of the stock model (10)")
    top.add_argument("--trial", action="store_true", help="leave docs/performance.md alone")
    return top


def sides(epochs: int, logs: Path) -> list[Side]:
    """Waymark as `make run` starts it, and stock Rasa on the same data."""
    ensure_knowledge()
    ensure_model()
    model = training.stock_model(FOLDER, settings.load().knowledge_url, epochs=epochs, anew=False)
    packages = stock.packages(FOLDER / "stock-packages", logs / "packages.log")
    path = {"PYTHONPATH": str(packages)} if packages is not None else {}
    return [Side(OURS, MODEL), Side(STOCK, model.path, {**path, **STOCK_ENDPOINTS}, actions="apart")]


def measure(arguments: argparse.Namespace) -> Curves:
    """Start both, go through all levels, stop both."""
    begin, where = time.perf_counter(), machine.look()
    if where.load > QUIET:
        say(f"the machine is not quiet (load average {where.load:.1f}): the figures will be worse than they could be")
    generator.ready()
    logs, state = FOLDER / "log", FOLDER / "load-state.sqlite"
    logs.mkdir(parents=True, exist_ok=True)
    env = {**generator.SERVER, "WAYMARK_STATE_URL": url(state)}
    questions, names = students.read_questions(), students.read_names(settings.load().knowledge_url)
    seen: dict[str, dict[int, list[Seen]]] = {name: {level: [] for level in arguments.levels} for name in SERIES}
    with ExitStack() as stack:
        running = {side.name: stack.enter_context(side.running(env, logs)) for side in sides(arguments.epochs, logs)}
        asked = students.feed(questions, names)
        for name, channel in SERIES.values():
            generator.run(running[name].base, Load(2, 5, channel), asked)  # warm
        for number, level in itertools.product(range(arguments.rounds), arguments.levels):
            order = list(SERIES) if number % 2 == 0 else list(SERIES)[::-1]
            conversations = list(itertools.islice(asked, 2000))  # the same for all
            for name in order:
                side, channel = SERIES[name]
                load = Load(level, arguments.seconds, channel)
                found = generator.run(running[side].base, load, iter(conversations))
                check_alive(running[side])
                seen[name][level].append(found)
                say(f"round {number + 1}, {level} students, {name}: {found.throughput:.1f} answers/s, "
                    f"p95 {found.spread.p95:.0f} ms, {found.errors} errors")
        memory = {name: _memory(addresses) for name, addresses in running.items()}
    _remove(state)
    return Curves(
        date.today().isoformat(), arguments.trial, where, arguments.rounds, arguments.seconds,
        time.perf_counter() - begin,
        {name: [_point(level, found) for level, found in levels.items()] for name, levels in seen.items()}, memory)


def _memory(addresses: Addresses) -> float:
    return usage.of_groups([child.process.pid for child in addresses.children.values()]).rss


def _remove(database: Path) -> None:
    for file in database.parent.glob(f"{database.name}*"):
        file.unlink()


def _point(level: int, found: Sequence[Seen]) -> Point:
    latencies = [latency for one in found for latency in one.latencies]
    total = sum(one.answered for one in found) / sum(one.seconds for one in found)
    throughputs = [one.throughput for one in found]
    return Point(level, spread(latencies), total, throughputs, sum(one.errors for one in found), len(latencies))


def aims(curves: Curves) -> Iterator[Sequence[str]]:
    """What was aimed at, measured and whether it was reached."""
    ours, rest, theirs = (curves.at(name) for name in (WEB, REST, BASELINE))
    count = ours.students
    worst = max(ours.latency.p95, rest.latency.p95)
    errors = ours.errors + rest.errors
    yield ("aim", "measured", "reached")
    for name, point in ((WEB, ours), (REST, rest)):
        times = point.throughput / theirs.throughput if theirs.throughput else float("inf")
        who = f"{count} students, {name}"
        yield (f"{who}: at least 60 answers/s", f"{point.throughput:.1f}", _yes(point.throughput >= 60))
        yield (f"{who}: at least 6 times stock Rasa's", f"{times:.1f} times", _yes(times >= 6))
    yield (f"{count} students: p95 below 1 s, both channels", f"{worst / 1000:.2f} s", _yes(worst < 1000))
    yield (f"{count} students: no errors", f"{errors} of {ours.messages + rest.messages} messages", _yes(errors == 0))
    yield ("memory of Rasa with the actions below 1.2 GB", f"{curves.memory[OURS]:.2f} GB",
           _yes(curves.memory[OURS] < 1.2))


def _yes(reached: bool) -> str:
    return "yes" if reached else "**no**"


def rows(curves: Curves) -> Iterator[Sequence[str]]:
    """A line a level: answers a second, median and p95 of each series."""
    yield ("students", *(f"{name}: answers/s" for name in SERIES), *(f"{name}: median / p95 (ms)" for name in SERIES))
    for points in zip(*curves.series.values()):
        yield (str(points[0].students), *(f"{point.throughput:.1f}" for point in points),
               *(f"{point.latency.median:.0f} / {point.latency.p95:.0f}" for point in points))


def markdown(curves: Curves) -> str:
    """Its part of docs/performance.md."""
    errors = ", ".join(f"{name} {sum(point.errors for point in points)} of {sum(point.messages for point in points)}"
                       for name, points in curves.series.items())
    return TEMPLATE.read_text(encoding="utf-8").format(
        about=machine.told(curves.machine, curves.date, curves.took), aims=table(aims(curves)),
        rows=table(rows(curves)), errors=errors, rounds=curves.rounds, seconds=f"{curves.seconds:.0f}",
        memory=", ".join(f"{name} {gigabytes:.2f} GB" for name, gigabytes in curves.memory.items()))


def main() -> int:
    curves = measure(parser().parse_args())
    page.write("load", markdown(curves), asdict(curves), trial=curves.trial)
    folder = page.folder(curves.trial)
    level = [point.students for point in next(iter(curves.series.values()))]
    plots.lines(
        folder / "latency.svg", "Latency at p95 (ms)", "students at the same time, none of whom pauses", level,
        {name: [point.latency.p95 for point in points] for name, points in curves.series.items()}, log=True)
    plots.lines(
        folder / "throughput.svg", "Answers a second", "students at the same time, none of whom pauses", level,
        {name: [point.throughput for point in points] for name, points in curves.series.items()})
    say(f"measured in {seconds(curves.took)}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
