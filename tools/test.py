"""`make test`: every check, then a summary; with `--lint` only the linter and the type checker."""
from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import settings
from tools import setup
from tools.console import ToolError, guarded, run_command, say, seconds
from tools.environment import LOGS, PYTHON, ROOT, child_environment, in_ci
from tools.prepare import ensure_knowledge, ensure_model

DEV = ROOT / ".venv-dev" / "bin"
COUNT = re.compile(r"(\d+) (passed|failed|skipped|error)")


@dataclass(frozen=True)
class Result:
    """How one step went."""

    name: str
    passed: bool
    took: float
    tail: tuple[str, ...] = ()


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


def closing(results: Sequence[Result], pytest: dict[str, int] | None) -> tuple[list[str], bool]:
    """The summary's lines and whether all passed. A check that failed counts as a failed test."""
    lines = [f"{'ok    ' if r.passed else 'FAILED'} {r.name} ({seconds(r.took)})" for r in results]
    failed = sum(not r.passed for r in results if r.name != "pytest")
    passed = sum(r.passed for r in results if r.name != "pytest")
    skipped = 0
    if pytest is not None:
        passed += pytest.get("passed", 0)
        skipped = pytest.get("skipped", 0)
        broken = pytest.get("failed", 0) + pytest.get("error", 0)
        failed += broken or (not all(r.passed for r in results if r.name == "pytest"))
    lines.append(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return lines, failed == 0


def lint() -> list[Result]:
    """The linter, then the type checker."""
    return [
        run_step("ruff", [DEV / "ruff", "check", "--output-format", "concise", "."]),
        run_step("mypy", [DEV / "mypy"]),
    ]


def main() -> int:
    """Run the steps; with --lint the first two; other arguments go to pytest."""
    setup.ensure(setup.DEV)
    arguments = sys.argv[1:]
    results = lint()
    pytest: dict[str, int] | None = None
    if "--lint" not in arguments:
        results.append(prepare_step("knowledge database", ensure_knowledge))
        results.append(run_step("rasa data validate", [PYTHON, "-m", "tools.rasa_start", "data", "validate"]))
        results.append(prepare_step("model", ensure_model))
        strict = ["-p", "tools.no_skips"] if in_ci() else []
        results.append(run_step("pytest", [PYTHON, "-m", "pytest", *strict, *arguments]))
        pytest = counts(results[-1].tail)
    lines, passed = closing(results, pytest)
    say("── summary")
    for line in lines[:-1]:
        say(line)
    print(lines[-1], flush=True)
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError,)))
