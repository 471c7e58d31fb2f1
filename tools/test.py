"""`make test`: every check, then a summary; with `--lint` only the linter and the type checker."""
from __future__ import annotations

import re
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import settings
from tools import setup
from tools.console import ToolError, guarded, run_command, say, seconds
from tools.environment import LOGS, PYTHON, ROOT, child_environment, in_ci
from tools.prepare import ensure_knowledge, ensure_model

DEV = ROOT / ".venv-dev" / "bin"
E2E = ROOT / ".venv-e2e" / "bin"
WIDGET = ROOT / "widget"
BROWSER = ROOT / "tests" / "browser"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)")


@dataclass(frozen=True)
class Result:
    """How one step went."""

    name: str
    passed: bool
    took: float
    tail: tuple[str, ...] = ()
    tests: dict[str, int] | None = None  # pytest's numbers, if this was a run of pytest


def run_step(name: str, command: Sequence[str | Path]) -> Result:
    """Run one check with its output shown."""
    say(f"── {name}")
    started = time.monotonic()
    log = LOGS / f"test-{name.split()[0]}.log"
    outcome = run_command(command, log=log, show=True, cwd=ROOT, env=child_environment())
    return Result(name, outcome.code == 0, time.monotonic() - started, outcome.tail)


def prepare_step(name: str, prepare: Callable[[], object]) -> Result:
    """Build what the tests need; what fails is one line."""
    started = time.monotonic()
    try:
        prepare()
    except ToolError as error:
        print(f"waymark: {error}", file=sys.stderr, flush=True)
        return Result(name, False, time.monotonic() - started)
    return Result(name, True, time.monotonic() - started)


def counts(tail: Sequence[str]) -> dict[str, int]:
    """The numbers of pytest's closing line, e.g. "3 failed, 40 passed in 2.1s"; empty if there is none."""
    for line in reversed(tail):
        if re.search(r" in [\d.]+s", line) and (found := COUNT.findall(line)):
            return {what: int(number) for number, what in found}
    return {}


def closing(results: Sequence[Result]) -> tuple[list[str], bool]:
    """The summary's lines and whether all passed. A check counts as one test; a run of pytest by its own numbers."""
    lines = [f"{'ok    ' if r.passed else 'FAILED'} {r.name} ({seconds(r.took)})" for r in results]
    passed = failed = skipped = 0
    for result in results:
        if result.tests is None:
            passed += result.passed
            failed += not result.passed
            continue
        passed += result.tests.get("passed", 0)
        skipped += result.tests.get("skipped", 0)
        broken = result.tests.get("failed", 0) + result.tests.get("error", 0)
        failed += broken or not result.passed
    lines.append(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return lines, failed == 0


def run_pytest(name: str, command: Sequence[str | Path]) -> Result:
    """A run of pytest, with its numbers."""
    result = run_step(name, command)
    return replace(result, tests=counts(result.tail))


def check_widget() -> Result:
    """The widget's types, by the TypeScript compiler. Without Node.js that is left out, and said."""
    npm = shutil.which("npm")
    if npm is None:
        say("── widget types: left out, as there is no npm (install Node.js 18 or later)")
        return Result("widget types", not in_ci(), 0, tests={"failed": 1} if in_ci() else {"skipped": 1})
    lock, installed = WIDGET / "package-lock.json", WIDGET / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        made = run_step("widget tools", [npm, "ci", "--prefix", WIDGET, "--no-audit", "--no-fund"])
        if not made.passed:
            return made
        installed.touch()
    return run_step("widget types", [WIDGET / "node_modules" / ".bin" / "tsc", "--project", WIDGET])


def lint() -> list[Result]:
    """The linter, then the type checker."""
    return [
        run_step("ruff", [DEV / "ruff", "check", "--output-format", "concise", "."]),
        run_step("mypy", [DEV / "mypy"]),
        *([check_widget()] if WIDGET.is_dir() else []),
    ]


def main() -> int:
    """Run the steps; with --lint only the first few; other arguments go to pytest, and no browser is started."""
    setup.ensure(setup.DEV)
    arguments = sys.argv[1:]
    results = lint()
    if "--lint" not in arguments:
        results.append(prepare_step("knowledge database", ensure_knowledge))
        results.append(run_step("rasa data validate", [PYTHON, "-m", "tools.rasa_start", "data", "validate"]))
        results.append(prepare_step("model", ensure_model))
        if not arguments:  # the load generator's test needs it too
            setup.ensure(setup.E2E)
        strict = ["-p", "tools.no_skips"] if in_ci() else []
        results.append(run_pytest("pytest", [PYTHON, "-m", "pytest", *strict, *arguments]))
        if BROWSER.is_dir() and not arguments:
            results.append(run_pytest("browser", [E2E / "pytest", "-c", BROWSER / "pytest.ini", *strict, BROWSER]))
    lines, passed = closing(results)
    say("── summary")
    for line in lines[:-1]:
        say(line)
    print(lines[-1], flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
