"""Starts the sides in turn, loads each with the same questions, and takes the memory that they then use."""
from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import load, usage
from bench.figures import spread
from bench.load import Measured, Plan
from bench.usage import Memory
from tools.console import ToolError, say
from tools.servers import Addresses, check_alive, running

ANSWER_SECONDS = "50"  # the channel's time limit, for both: no slow answer is cut short


@dataclass(frozen=True)
class Side:
    """One of those compared: its name, its model, what its servers' environment has on top, and where its actions run
    (None: as `make run` has it)."""

    name: str
    model: Path
    env: Mapping[str, str] = field(default_factory=dict)
    actions: str | None = None

    @contextmanager
    def running(self, env: Mapping[str, str], logs: Path) -> Iterator[Addresses]:
        """The side's servers, with `env` below what it brings itself; no answer is cut short."""
        everything = {**env, **self.env, "WAYMARK_ANSWER_SECONDS": ANSWER_SECONDS}
        folder = logs / self.name.replace(" ", "-")
        with running(env=everything, actions=self.actions, model=self.model, logs=folder) as addresses:
            yield addresses


@dataclass(frozen=True)
class Visit:
    """One side in one round: seconds to start, what each plan measured (by clients), memory after it, and the
    processor seconds of Rasa and of the action server in each plan."""

    start: float
    loads: Mapping[int, Measured]
    processor: Mapping[int, tuple[float, float] | None]
    memory: Memory


@dataclass(frozen=True)
class Setup:
    """What is the same for every side and round."""

    feed: Callable[[], Iterator[Sequence[str]]]  # the conversations, from the first one on
    warm_up: Plan
    plans: Sequence[Plan]
    env: Mapping[str, str]
    logs: Path


def order(sides: Sequence[Side], number: int) -> Sequence[Side]:
    """Each round starts with another side and goes the other way round, so that none always comes first."""
    turn = number // 2 % len(sides)
    turned = [*sides[turn:], *sides[:turn]]
    return turned[::-1] if number % 2 else turned


def measure(sides: Sequence[Side], setup: Setup, rounds: int) -> dict[str, list[Visit]]:
    """All rounds: the visits of each side, by its name."""
    visits: dict[str, list[Visit]] = {side.name: [] for side in sides}
    for number in range(rounds):
        for side in order(sides, number):
            say(f"round {number + 1} of {rounds}: {side.name}")
            visits[side.name].append(_visit(side, setup))
    return visits


def _visit(side: Side, setup: Setup) -> Visit:
    begin = time.perf_counter()
    with side.running(setup.env, setup.logs) as addresses:
        start = time.perf_counter() - begin
        feed = setup.feed()
        _check_warm(load.run(addresses.rest, feed, setup.warm_up), side)
        loads: dict[int, Measured] = {}
        processor: dict[int, tuple[float, float] | None] = {}
        for plan in setup.plans:
            before = _processor(addresses)
            measured = loads[plan.clients] = load.run(addresses.rest, feed, plan)
            processor[plan.clients] = _since(before, _processor(addresses))
            check_alive(addresses)
            _tell(plan, measured)
        used = usage.of_groups([child.process.pid for child in addresses.children.values()])
    return Visit(start, loads, processor, used)


def _processor(addresses: Addresses) -> tuple[float, float] | None:
    """Of Rasa and of the action server; the latter is 0 where it is a part of Rasa's process."""
    children = [addresses.children.get(name) for name in ("rasa", "actions")]
    rasa, actions = (0.0 if child is None else usage.processor_seconds(child.process.pid) for child in children)
    return None if rasa is None or actions is None else (rasa, actions)


def _since(before: tuple[float, float] | None, now: tuple[float, float] | None) -> tuple[float, float] | None:
    return (now[0] - before[0], now[1] - before[1]) if before and now else None


def _tell(plan: Plan, measured: Measured) -> None:
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(measured.counts().items()))
    say(f"  {plan.clients} client{'s' if plan.clients > 1 else ''}: {len(measured.latencies)} messages, "
        f"{spread(measured.latencies).median:.1f} ms at the median, {measured.throughput:.1f} replies/s; {kinds}")


def _check_warm(measured: Measured, side: Side) -> None:
    """A side that cannot answer at all is not worth measuring."""
    if not measured.answered:
        raise ToolError(f"{side.name} answered none of {len(measured.kinds)} messages ({dict(measured.counts())})")
