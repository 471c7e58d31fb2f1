"""`python -m bench.classifiers`: trains and tests every kind, with and without the questions of knowledge/asked/.

Writes docs/evaluation/classifiers.json and the table in docs/evaluation.md between its marker lines. Figures only: no
question is printed. `--only` measures some kinds anew and keeps what an earlier run measured of the others.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import joblib

import settings
from bench.classifiers import report
from bench.classifiers.data import prepare
from bench.classifiers.diet import Size
from bench.classifiers.kinds import KINDS, Options
from knowledge.errors import KnowledgeError
from tests.evaluation import sets
from tools.console import ToolError, guarded, say
from tools.environment import PYTHON, ROOT, child_environment

FOLDER = ROOT / "var" / "bench" / "classifiers"
DOCUMENT = ROOT / "docs" / "evaluation.md"
FIGURES = ROOT / "docs" / "evaluation" / "classifiers.json"
LIMIT = 600.0  # seconds for one training or one test
DATA = {"fit": "data.joblib", "test": "questions.joblib"}  # a test must not have the training data in memory


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="python -m bench.classifiers", description=__doc__)
    top.add_argument("--only", nargs="+", choices=KINDS, help="measure these kinds anew")
    top.add_argument("--side", choices=sets.SIDES, default="held_out")
    top.add_argument("--epochs", type=int, default=Size.epochs, help="of DIET (default: %(default)s)")
    top.add_argument("--stock", action="store_true", help="DIET as in a stock Rasa project: may take an hour")
    top.add_argument("--vectors", type=Path, metavar="FOLDER", help="a spaCy model with vectors, for diet-spacy")
    top.add_argument("--dry", action="store_true", help="print the table, leave docs/ alone")
    return top


def measure(name: str, asked: bool, folder: Path, options: Options) -> dict[str, Any]:
    """One kind, trained with or without the questions of knowledge/asked/. Raises ToolError if it fails."""
    trained = folder / f"{name}-{'asked' if asked else 'phrases'}"
    shutil.rmtree(trained, ignore_errors=True)
    trained.mkdir(parents=True)
    result: dict[str, Any] = {"kind": name, "asked": asked}
    for what in ("fit", "test"):
        file = trained / f"{what}.json"
        command = [str(PYTHON), "-m", "bench.classifiers.worker", what, name, "--data", str(folder / DATA[what])]
        command += ["--folder", str(trained), "--result", str(file), "--epochs", str(options.diet.epochs)]
        command += ["--stock"] if options.diet.stock else []
        command += ["--asked"] if asked else []
        command += ["--vectors", str(options.vectors)] if options.vectors else []
        _run(command, trained / f"{what}.log", f"{what} {name}")
        result.update(json.loads(file.read_text(encoding="utf-8")))
    (folder / f"{trained.name}.json").write_text(json.dumps(result), encoding="utf-8")
    return result


def _run(command: Sequence[str], log: Path, title: str) -> None:
    with log.open("w", encoding="utf-8") as out:
        try:
            code = subprocess.run(
                command, cwd=ROOT, env=child_environment(), stdout=out, stderr=out, timeout=LIMIT, check=False
            ).returncode
        except subprocess.TimeoutExpired:
            raise ToolError(f"{title} took more than {LIMIT:.0f} seconds") from None
    if code:
        last = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
        raise ToolError(f"{title} failed: {''.join(last)} (all of it in {log.relative_to(ROOT)})")


def _write(content: object, path: Path) -> None:
    """At once, so that two runs side by side do not read half a file."""
    half = path.with_suffix(f".{os.getpid()}")
    joblib.dump(content, half)
    half.replace(path)


def main() -> int:
    given = parser().parse_args()
    options = Options(Size(given.epochs, given.stock), given.vectors.resolve() if given.vectors else None)
    folder = FOLDER / given.side
    folder.mkdir(parents=True, exist_ok=True)
    say("reading and embedding the training data and the questions")
    data = prepare(given.side)
    _write(data, folder / DATA["fit"])
    _write(data.questions, folder / DATA["test"])
    for name in given.only or KINDS:
        if name == "diet-spacy" and options.vectors is None:
            say("diet-spacy is left out: it needs --vectors (docs/evaluation.md says which)")
            continue
        for asked in (True, False):
            found = measure(name, asked, folder, options)
            say(f"{name}{'' if asked else ', training phrases alone'}: {report.short(found)}")
    measured = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    figures = report.figures(measured, data, date.today().isoformat(), options.diet)
    print(f"\n{report.table(figures)}\n", flush=True)
    if not given.dry:
        FIGURES.parent.mkdir(parents=True, exist_ok=True)
        FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
        DOCUMENT.write_text(report.filled(DOCUMENT.read_text(encoding="utf-8"), figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError, KnowledgeError)))
