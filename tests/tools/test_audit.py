"""What an audit calls for: new findings, acceptances that are over, packages that nobody could look up."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from settings import ROOT
from tools.audit import LOCKS, Accepted, Finding, findings, judge, read_accepted
from tools.console import ToolError
from tools.environment import PYTHON
from tools.locks import read_lock

TODAY = date(2026, 11, 21)
WEAK: dict[str, Any] = {
    "name": "aiohttp",
    "version": "3.9.5",
    "vulns": [{"id": "PYSEC-2024-1", "aliases": ["CVE-2024-52304", "GHSA-x"], "fix_versions": ["3.10.11"]}],
}
ACCEPTED = Accepted("aiohttp", "3.9.5", frozenset({"CVE-2024-52304"}), "local", "for a reason", date(2027, 5, 21))


def report(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"dependencies": [{"name": "yarl", "version": "1.25.1", "vulns": []}, *entries], "fixes": []}


def test_what_is_accepted_under_any_of_its_names_is_quiet() -> None:
    assert judge(*findings(report(WEAK)), [ACCEPTED], TODAY) == []


@pytest.mark.parametrize(
    ("accepted", "today", "expected"),
    [
        ([], TODAY, "new: aiohttp 3.9.5: CVE-2024-52304, GHSA-x, PYSEC-2024-1 (mended in 3.10.11)"),
        ([ACCEPTED], date(2027, 5, 22), "look again: aiohttp 3.9.5, accepted until 2027-05-21: for a reason"),
    ],
)
def test_what_is_new_or_over_must_be_looked_at(accepted: list[Accepted], today: date, expected: str) -> None:
    assert judge(*findings(report(WEAK)), accepted, today) == [expected]


def test_an_acceptance_is_for_one_version_and_goes_with_it() -> None:
    newer = {**WEAK, "version": "3.9.6"}
    lines = judge(*findings(report(newer)), [ACCEPTED], TODAY)
    assert [line.split(":")[0] for line in lines] == ["new", "no longer found"]


def test_what_could_not_be_looked_up_is_no_good_news() -> None:
    skipped = {"name": "rasa", "skip_reason": "Dependency not found on PyPI"}
    assert judge(*findings(report(skipped)), [ACCEPTED], TODAY) == ["could not be looked up: rasa"]


def test_of_many_such_packages_some_are_named() -> None:
    skipped = [{"name": f"package-{number:02}", "skip_reason": "no"} for number in range(30)]
    (line,) = judge(*findings(report(*skipped)), [], TODAY)
    assert "package-00" in line
    assert line.endswith("and 22 more; does the package index answer here?")


def test_the_projects_own_acceptances_are_for_what_is_locked() -> None:
    locked = {(one.name, one.version) for lock in LOCKS for one in read_lock(ROOT / lock)}
    accepted = read_accepted()
    assert {(one.package, one.version) for one in accepted} <= locked
    assert {one.reachable for one in accepted} <= {"never", "local", "bounded"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"reason": ""}, "`reason` be a sentence"),
        ({"ids": []}, "`ids` must name findings"),
        ({"until": "some day"}, "`until` be a date"),
        ({"extra": 1}, "it needs exactly"),
    ],
)
def test_an_acceptance_without_a_reason_or_an_end_is_refused(
    change: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    entry = {
        "package": "a", "version": "1", "ids": ["CVE-1"], "reachable": "never", "until": "2027-01-01",
        "reason": "long enough to be a sentence",
    }  # fmt: skip
    lines = [f"{key}: {json.dumps(value)}" for key, value in {**entry, **change}.items()]
    text = "accepted:\n  - " + "\n    ".join(lines) + "\n"
    file = tmp_path / "accepted.yml"
    file.write_text(text.replace('"2027-01-01"', "2027-01-01"), encoding="utf-8")
    with pytest.raises(ToolError, match=expected) as caught:
        read_accepted(file)
    assert "accepted.yml, entry 1 (a)" in str(caught.value)


def test_a_report_from_elsewhere_is_judged(tmp_path: Path) -> None:
    entries = [
        {"name": one.package, "version": one.version, "vulns": [{"id": name, "aliases": [], "fix_versions": []}]}
        for one in read_accepted()
        for name in sorted(one.ids)
    ]
    file = tmp_path / "report.json"
    for more, code in (([], 0), ([{**WEAK, "name": "sanic", "version": "21.12.2"}], 1)):
        file.write_text(json.dumps(report(*entries, *more)), encoding="utf-8")
        command = [PYTHON, "-m", "tools.audit", "--report", file]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == code, done.stdout + done.stderr
    assert "new: sanic 21.12.2" in done.stdout


def test_a_finding_says_where_it_is_mended() -> None:
    assert str(Finding("a", "1", frozenset({"CVE-1"}), "")) == "a 1: CVE-1 (no version mends it)"
