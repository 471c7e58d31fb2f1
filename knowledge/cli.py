"""python -m knowledge: build, check, import, show and gaps. Exit code 1: faults in the files; 2: could not run."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

import settings
from knowledge import report
from knowledge.errors import FaultyKnowledge, KnowledgeError
from knowledge.facts import read
from knowledge.importers import employment_projections
from knowledge.load import build, read_checked
from knowledge.query import KnowledgeBase
from knowledge.vocabulary import FOLDER
from state import gaps
from state.errors import StateError

FAULTS, CANNOT_RUN = 1, 2
ARTICLES = settings.ROOT.parent / "shared" / "sources"
Command = Callable[[argparse.Namespace], None]


def parser() -> argparse.ArgumentParser:
    """The commands and their options; `run` holds the function of the command."""
    top = argparse.ArgumentParser(prog="python -m knowledge", description="The knowledge base of Waymark.")
    top.add_argument("--folder", type=Path, default=FOLDER, help="the knowledge folder (default: the project's)")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    one = commands.add_parser("build", help="check the files and build the knowledge database")
    one.add_argument("--without-pay", action="store_true", help="leave the pay statistics (OEWS) out")
    one.set_defaults(run=_build)
    commands.add_parser("check", help="check the files, change nothing").set_defaults(run=_check)
    one = commands.add_parser("import", help="write facts files from a file that you downloaded")
    one.add_argument("publisher", choices=["employment-projections"], help="what FILE is")
    one.add_argument("file", type=Path, metavar="FILE", help="occupation.xlsx from https://www.bls.gov/emp/tables.htm")
    one.set_defaults(run=_import)
    one = commands.add_parser("show", help="show what the knowledge database holds")
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("--stats", action="store_true", help="count the statements by source and topic")
    what.add_argument("--conflicts", action="store_true", help="list where sources disagree, and the corrections")
    what.add_argument("--statement", metavar="ID", help="show one statement with its source")
    what.add_argument("occupation", nargs="?", metavar="OCCUPATION", help="list an occupation's statements")
    one.add_argument("topic", nargs="?", metavar="TOPIC", help="only those on this topic")
    one.set_defaults(run=_show)
    one = commands.add_parser("gaps", help="list what was asked and no source covers")
    one.add_argument("--limit", type=_positive, default=50, metavar="N", help="list at most N (default: 50)")
    one.set_defaults(run=_gaps)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code. Like argparse, exits with 2 for wrong usage."""
    arguments = parser().parse_args(argv)
    run: Command = arguments.run
    try:
        run(arguments)
        sys.stdout.flush()
    except FaultyKnowledge as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return FAULTS
    except (KnowledgeError, StateError, settings.SettingError, SQLAlchemyError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return CANNOT_RUN
    except BrokenPipeError:  # the reader (`| head`) has seen enough; nothing is left to flush at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def _articles() -> Path | None:
    return ARTICLES if ARTICLES.is_dir() else None


def _build(arguments: argparse.Namespace) -> None:
    begin = time.monotonic()
    chosen = settings.load()
    counts = build(
        chosen.knowledge_url,
        folder=arguments.folder,
        articles=_articles(),
        progress=print,
        oews_file=None if arguments.without_pay else chosen.oews_file,
    )
    _print(report.table([("table", "rows"), *((name, f"{count:,}") for name, count in counts.items())], right=[1]))
    print(f"built in {time.monotonic() - begin:.1f} s")


def _check(arguments: argparse.Namespace) -> None:
    facts, asked = read_checked(arguments.folder, _articles())
    files = len({statement.file for statement in facts.statements})
    print(
        f"{len(facts.statements)} statements in {files} files, {len(facts.editions)} editions, "
        f"{len(facts.corrections)} corrections, {len(asked.questions)} questions: no faults"
    )


def _import(arguments: argparse.Namespace) -> None:
    made = employment_projections.prepare(arguments.file, arguments.folder)
    for path, changed in employment_projections.write(made, arguments.folder).items():
        print(f"{'written  ' if changed else 'unchanged'}  {path}")
    for note in made.notes:
        print(f"note: {note}")
    print("Now run `python -m knowledge check` and `python -m knowledge build`.")


def _show(arguments: argparse.Namespace) -> None:
    knowledge = KnowledgeBase(settings.load().knowledge_url)
    if arguments.stats:
        _print(report.stats(knowledge, read(arguments.folder).corrections))
    elif arguments.conflicts:
        _print(report.conflict_lines(knowledge, read(arguments.folder).corrections))
    elif arguments.statement:
        found = knowledge.evidence(arguments.statement)
        if found is None:
            raise KnowledgeError(f"No statement {arguments.statement!r}. `show OCCUPATION` lists the ids.")
        _print(report.evidence(found))
    else:
        catalog = knowledge.catalog
        occupation = _known("occupation", arguments.occupation, list(catalog.occupations))
        topics = [_known("topic", arguments.topic, list(catalog.topics))] if arguments.topic else list(catalog.topics)
        _print(report.statements(knowledge, occupation, topics))


def _known(kind: str, given: str, ids: Sequence[str]) -> str:
    if given not in ids:
        close = difflib.get_close_matches(given, ids, n=3, cutoff=0.5) or sorted(ids)[:20]
        raise KnowledgeError(f"No {kind} {given!r}. Did you mean {', '.join(close)}?")
    return given


def _gaps(arguments: argparse.Namespace) -> None:
    recorded = gaps.list_gaps(gaps.open_state(settings.load().state_url), arguments.limit)
    _print(report.gaps(recorded) if recorded else ["No gaps recorded."])


def _print(lines: Sequence[str]) -> None:
    print("\n".join(lines))
