"""The summary of `make test`, the no-skips plugin, the Makefile and CI."""
from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.environment import ROOT
from tools.rasa_logging import HIDDEN, hide_text
from tools.test import Result, closing, counts

OK = Result("ruff", True, 0.2)


@pytest.mark.parametrize(("line", "expected"), [
    ("==== 3 failed, 40 passed, 2 skipped in 2.10s ====", {"failed": 3, "passed": 40, "skipped": 2}),
    ("1 passed in 0.01s", {"passed": 1}),
    ("== 1 passed, 2 errors in 75.00s (0:01:15) ==", {"passed": 1, "error": 2}),
    ("no tests ran in 0.01s", {}),
    ("Killed", {}),
])
def test_counts(line: str, expected: dict[str, int]) -> None:
    assert counts(["5 passed in 9.9s", "x", line, ""] if expected else [line]) == expected


def run(all_passed: bool, /, **numbers: int) -> Result:
    return Result("pytest", all_passed, 9, tests=numbers)


@pytest.mark.parametrize(("results", "last", "passed"), [
    ([OK, run(True, passed=40)], "41 passed, 0 failed", True),
    ([OK, run(True, passed=40, skipped=1)], "41 passed, 0 failed, 1 skipped", True),
    ([OK, run(True, passed=40), run(True, passed=9)], "50 passed, 0 failed", True),
    ([OK, run(True, passed=40), run(False, passed=8, failed=1)], "49 passed, 1 failed", False),
    ([Result("mypy", False, 1), run(True, passed=40)], "40 passed, 1 failed", False),
    ([OK, run(False, passed=40, failed=2, error=1)], "41 passed, 3 failed", False),
    ([OK, run(False)], "1 passed, 1 failed", False),  # it crashed
    ([OK], "1 passed, 0 failed", True),
])
def test_closing_line(results: list[Result], last: str, passed: bool) -> None:
    lines, ok = closing(results)
    assert (lines[-1], ok) == (last, passed)
    assert len(lines) == len(results) + 1


@pytest.mark.parametrize(("ci", "code"), [([], 0), (["-p", "tools.no_skips"], 1)])
def test_a_skip_fails_in_ci(ci: list[str], code: int, tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text(
        "import pytest\n@pytest.mark.skip(reason='no database')\ndef test_a(): pass\ndef test_b(): pass\n"
        "@pytest.mark.xfail(strict=True)\ndef test_c(): assert False\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", tmp_path, *ci, tmp_path],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code, done.stdout
    assert ("skipped in CI" in done.stdout) is bool(code)


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.M)
    assert phony
    shown = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, timeout=20, check=True).stdout
    targets = re.findall(r"^([a-z]+):", makefile, re.M)
    assert sorted(phony[1].split()) == sorted(targets)
    assert re.findall(r"^ +make ([a-z]+) ", shown, re.M) == targets


def test_ci_is_executable_and_runs_every_check() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "make test" in text
    assert subprocess.run(["bash", "-n", script], check=False).returncode == 0


def test_no_message_text_in_rasas_log_events() -> None:
    event = {"event": "rest.message.received.failure", "text": "my number is 555", "sender_id": "x"}
    assert hide_text(None, "error", event) == {**event, "text": HIDDEN}
