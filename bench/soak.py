"""`make soak`: fifteen minutes of the same load: does anything grow, slow down or fail?"""
from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import settings
from bench import generator, machine, page, plots, students, usage
from bench.__main__ import FOLDER
from bench.figures import spread
from bench.generator import Load, Seen
from bench.lookups import url
from bench.machine import Machine
from bench.replies import BAD
from bench.result import OURS
from bench.rounds import Side
from bench.tables import table
from tools.console import guarded, say, seconds
from tools.prepare import MODEL, ensure_knowledge, ensure_model
from tools.servers import Addresses, check_alive

LOOK = 5.0  # seconds between two looks at the memory
SETTLED = 0.2  # of the time: what is read and remembered at first has been by then
TEMPLATE = Path(__file__).with_name("soak.md")


@dataclass(frozen=True)
class Minute:
    """What was seen in one minute (or a shorter last part): milliseconds, GB."""

    number: int
    messages: int
    errors: int
    median: float
    p95: float
    memory: float


@dataclass(frozen=True)
class Soak:
    """The whole run. `growth`: the share that memory grew by from a fifth of the time to the end."""

    date: str
    trial: bool
    machine: Machine
    students: int
    pause: float
    took: float
    failed_calls: int
    minutes: Sequence[Minute]
    growth: float


class Watch:
    """Looks at the memory of a running assistant every few seconds until `stop`."""

    def __init__(self, addresses: Addresses) -> None:
        self._groups = [child.process.pid for child in addresses.children.values()]
        self._stopped = threading.Event()
        self.seen: list[tuple[float, float]] = []  # when (as time.time()), GB
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._stopped.is_set():
            self.seen.append((time.time(), usage.of_groups(self._groups).rss))
            self._stopped.wait(LOOK)

    def stop(self) -> list[float]:
        """All that was seen, in order."""
        self._stopped.set()
        self._thread.join()
        return [memory for _, memory in self.seen]


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__)
    top.add_argument("--minutes", type=float, default=15, metavar="N", help="how long (15)")
    top.add_argument("--students", type=int, default=50, metavar="N", help="how many (50)")
    top.add_argument("--pause", type=float, default=1.0, metavar="S", help="seconds between two messages (1)")
    top.add_argument("--trial", action="store_true", help="leave docs/performance.md alone")
    return top


def measure(arguments: argparse.Namespace) -> Soak:
    """Start the assistant as `make run` does, load it over the web channel, look at its memory meanwhile."""
    generator.ready()
    ensure_knowledge()
    ensure_model()
    where, logs, state = machine.look(), FOLDER / "log", FOLDER / "soak-state.sqlite"
    asked = students.feed(students.read_questions(), students.read_names(settings.load().knowledge_url))
    load = Load(arguments.students, 60 * arguments.minutes, "web", arguments.pause)
    with Side(OURS, MODEL).running({**generator.SERVER, "WAYMARK_STATE_URL": url(state)}, logs) as addresses:
        generator.run(addresses.base, Load(2, 5), asked)
        say(f"{load.students} students for {arguments.minutes:g} minutes")
        watch = Watch(addresses)
        seen = generator.run(addresses.base, load, asked)
        memory = watch.stop()
        check_alive(addresses)
    for file in state.parent.glob(f"{state.name}*"):
        file.unlink()
    begin = memory[int(SETTLED * len(memory))]
    return Soak(
        date.today().isoformat(), arguments.trial, where, load.students, load.pause, load.seconds, seen.failed_calls,
        list(minutes(seen, memory)), memory[-1] / begin - 1)


def minutes(seen: Seen, memory: Sequence[float]) -> Iterator[Minute]:
    """What was seen, minute by minute; `memory`: GB every LOOK seconds."""
    sent = list(zip(seen.begins, seen.latencies, seen.kinds))
    for number in range(int(max(seen.begins) // 60) + 1):
        part = [(took, kind) for begin, took, kind in sent if begin // 60 == number]
        if part:
            found = spread([took for took, _ in part])
            looked = memory[min(len(memory) - 1, int((number + 1) * 60 / LOOK))]
            errors = sum(kind in BAD for _, kind in part)
            yield Minute(number + 1, len(part), errors, found.median, found.p95, looked)


def markdown(soak: Soak) -> str:
    """Its part of docs/performance.md."""
    rows = [("minute", "answers", "errors", "median (ms)", "p95 (ms)", "memory (GB)"), *(
        (str(one.number), str(one.messages), str(one.errors), f"{one.median:.0f}", f"{one.p95:.0f}",
         f"{one.memory:.2f}")
        for one in soak.minutes if one.number in (1, len(soak.minutes)) or one.number % 3 == 0)]
    return TEMPLATE.read_text(encoding="utf-8").format(
        about=machine.told(soak.machine, soak.date, soak.took), students=soak.students, pause=f"{soak.pause:g}",
        messages=f"{sum(one.messages for one in soak.minutes):,}",
        errors=sum(one.errors for one in soak.minutes) + soak.failed_calls, growth=f"{soak.growth:+.1%}",
        rows=table(rows))


def main() -> int:
    soak = measure(parser().parse_args())
    page.write("soak", markdown(soak), asdict(soak), trial=soak.trial)
    folder, numbers = page.folder(soak.trial), [one.number for one in soak.minutes]
    plots.lines(folder / "soak-latency.svg", "Latency in a soak (ms)", "minute", numbers,
                {"median": [one.median for one in soak.minutes], "p95": [one.p95 for one in soak.minutes]})
    plots.lines(folder / "soak-memory.svg", "Memory of Rasa with the actions in a soak (GB)", "minute", numbers,
                {"RSS": [one.memory for one in soak.minutes]})
    say(f"measured in {seconds(soak.took)}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
