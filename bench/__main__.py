"""`make bench`: trains, builds, loads and looks up; prints the figures and writes its part of docs/performance.md.

`--quick` tries everything out in a few minutes and leaves docs/performance.md alone.
"""
from __future__ import annotations

import argparse
import itertools
import sys
import time
from dataclasses import asdict
from datetime import date

import settings
from bench import lookups, machine, page, report, rounds, stock, students, training
from bench.load import Plan
from bench.result import MANY, ONE, OURS, PINNED, STOCK, Report, summarise, targets
from bench.rounds import Setup, Side
from tools import yaml_files
from tools.console import guarded, say, seconds
from tools.environment import ROOT

FOLDER = ROOT / "var" / "bench"
STOCK_ENDPOINTS = {"WAYMARK_ENDPOINTS": str(ROOT / "bench" / "endpoints-stock.yml")}  # Rasa's own tracker store
QUIET = 0.5  # load average


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    top.add_argument("--quick", action="store_true", help="try it out: one round, little load, 10 epochs")
    top.add_argument("--epochs", type=int, metavar="N", help="of the stock model (default: 100; quick: 10): they "
                     "change how long it trains and what it understands, not how fast it answers")
    top.add_argument("--retrain", action="store_true", help="train the stock model even if nothing changed")
    top.add_argument("--rounds", type=int, metavar="N", help="how often the sides take turns (default: 3; quick: 1)")
    return top


def measure(arguments: argparse.Namespace) -> Report:
    """The whole run."""
    begin = time.perf_counter()
    quick: bool = arguments.quick
    where = machine.look()
    if where.load > QUIET:
        say(f"the machine is not quiet (load average {where.load:.1f}): the figures will be worse than they could be")
    epochs: int = arguments.epochs or (stock.QUICK_EPOCHS if quick else stock.EPOCHS)
    logs = FOLDER / "log"
    logs.mkdir(parents=True, exist_ok=True)
    database = FOLDER / "knowledge.sqlite"
    builds = lookups.build(database, logs / "knowledge.log")
    looked = lookups.look_up(database, 1000 if quick else 5000)
    url = lookups.url(database)
    ours = training.ours(FOLDER, url)
    theirs = training.stock_model(FOLDER, url, epochs=epochs, anew=arguments.retrain)
    packages = stock.packages(FOLDER / "stock-packages", logs / "packages.log")
    questions, names = students.read_questions(), students.read_names(url)
    unseen = itertools.islice(students.feed(questions, names), 500)
    students.check_unseen(list(unseen), yaml_files.training_data(ROOT))
    sides = [Side(OURS, ours.path)]
    if packages is not None:
        sides.append(Side(STOCK, theirs.path, {"PYTHONPATH": str(packages), **STOCK_ENDPOINTS}, actions="apart"))
    sides.append(Side(PINNED, theirs.path, STOCK_ENDPOINTS, actions="apart"))
    plans = [Plan(ONE, 4, 20.0), Plan(MANY, 20, 30.0)] if quick else [Plan(ONE, 20, 60.0), Plan(MANY, 60, 90.0)]
    count = arguments.rounds or (1 if quick else 3)
    visits = rounds.measure(sides, Setup(
        lambda: students.feed(questions, names), Plan(1, len(questions), 60.0), plans,
        {"WAYMARK_KNOWLEDGE_URL": url, "WAYMARK_STATE_URL": lookups.url(FOLDER / "state.sqlite")}, logs), count)
    return Report(
        date.today().isoformat(), quick, time.perf_counter() - begin, where,
        {side.name: summarise(
            visits[side.name], ours if side.name == OURS else theirs,
            stock.jsonschema_version(packages if side.name == STOCK else None)) for side in sides},
        sides[1].name, builds, looked, count, {plan.clients: 10 * plan.conversations for plan in plans},
        sum(len(one) for one in questions), epochs)


def main() -> int:
    result = measure(parser().parse_args())
    print(f"\n{report.terminal(result)}\n", flush=True)
    content = {**asdict(result), "targets": [asdict(target) for target in targets(result)]}
    page.write("side-by-side", report.markdown(result), content, trial=result.quick)
    say(f"measured in {seconds(result.seconds)}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
