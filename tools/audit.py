"""`make audit`: known weaknesses of the locked packages, by pip-audit; each must be mended or accepted with a reason.

    python -m tools.audit                    asks PyPI's advisories (needs the network)
    python -m tools.audit --report FILE…     judges reports that `pip-audit --format json` wrote elsewhere

deploy/accepted-findings.yml holds what is accepted, until when, and why. A package that could not be looked up fails
the audit too: silence is not safety.
"""
from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import yaml

from tools import setup
from tools.console import ToolError, guarded, say
from tools.environment import ROOT
from tools.locks import read_lock

ACCEPTED = ROOT / "deploy" / "accepted-findings.yml"
LOCKS = ("requirements.lock", "requirements-data.lock", "requirements-dev.lock", "requirements-e2e.lock")
SECONDS = 900
SHOWN = 8  # names in one line
FIELDS = {"package", "version", "ids", "reachable", "reason", "until"}


@dataclass(frozen=True)
class Accepted:
    """Findings of one version of a package that we live with, and why; looked at again at `until`."""

    package: str
    version: str
    ids: frozenset[str]
    reachable: str
    reason: str
    until: date


@dataclass(frozen=True)
class Finding:
    """A known weakness. `ids`: all its names (CVE, GHSA, PYSEC)."""

    package: str
    version: str
    ids: frozenset[str]
    fixed: str

    def __str__(self) -> str:
        mend = f"mended in {self.fixed}" if self.fixed else "no version mends it"
        return f"{self.package} {self.version}: {', '.join(sorted(self.ids))} ({mend})"


def read_accepted(path: Path = ACCEPTED) -> list[Accepted]:
    """The accepted findings. Raises ToolError that names the entry and what is wrong with it."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))["accepted"]
    found = []
    for number, entry in enumerate(entries, 1):
        where = f"{path.name}, entry {number} ({entry.get('package', '?')})"
        if set(entry) != FIELDS:
            raise ToolError(f"{where}: it needs exactly {', '.join(sorted(FIELDS))}")
        if not entry["ids"] or not isinstance(entry["until"], date) or len(str(entry["reason"])) < 20:
            raise ToolError(f"{where}: `ids` must name findings, `until` be a date, `reason` be a sentence")
        found.append(Accepted(
            str(entry["package"]), str(entry["version"]), frozenset(entry["ids"]), str(entry["reachable"]),
            str(entry["reason"]), entry["until"]))
    return found


def findings(report: Mapping[str, Any]) -> tuple[list[Finding], list[str]]:
    """The findings of a report of pip-audit, and the packages that it could not look up."""
    found, skipped = [], []
    for entry in report["dependencies"]:
        if "skip_reason" in entry:
            skipped.append(str(entry["name"]))
        for weakness in entry.get("vulns") or ():
            ids = frozenset([weakness["id"], *(weakness.get("aliases") or ())])
            found.append(Finding(entry["name"], entry["version"], ids, ", ".join(weakness.get("fix_versions") or ())))
    return found, skipped


def judge(found: Iterable[Finding], skipped: Sequence[str], accepted: Sequence[Accepted], today: date) -> list[str]:
    """What must be done, a line each; nothing if all is well."""
    lines = [_unknown(sorted(set(skipped)))] if skipped else []
    met: set[Accepted] = set()
    for finding in dict.fromkeys(found):
        fitting = [
            one for one in accepted
            if (one.package, one.version) == (finding.package, finding.version) and one.ids & finding.ids]
        met.update(fitting)
        if not fitting:
            lines.append(f"new: {finding}")
    for one in accepted:
        if one.until < today:
            lines.append(f"look again: {one.package} {one.version}, accepted until {one.until}: {one.reason}")
        if not skipped and one not in met:
            lines.append(f"no longer found: {one.package} {one.version} {', '.join(sorted(one.ids))}; take it out")
    return lines


def _unknown(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    more = f" and {len(names) - SHOWN} more; does the package index answer here?" if len(names) > SHOWN else ""
    return f"could not be looked up: {shown}{more}"


def ask(lock: Path) -> dict[str, Any]:
    """pip-audit's report on a lock. Raises ToolError without one, above all without the network."""
    program = ROOT / setup.DEV.folder / "bin" / "pip-audit"
    command: list[str | Path] = [program, "-r", lock, "--disable-pip", "--require-hashes", "--no-deps",
                                 "--format", "json", "--progress-spinner", "off", "--timeout", "20"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
        report: dict[str, Any] = json.loads(done.stdout)
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise ToolError(f"{lock.name} could not be audited ({type(error).__name__}): pip-audit asks the package index, "
                        "so this needs the network") from None
    return report


def main() -> int:
    """Audit; 1 if something must be done."""
    accepted, found, skipped = read_accepted(), [], []
    if sys.argv[1:2] == ["--report"]:
        reports = [json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[2:]]
    else:
        setup.ensure(setup.DEV)
        reports = [ask(ROOT / lock) for lock in LOCKS]
    for report in reports:
        more, unknown = findings(report)
        found += more
        skipped += unknown
    lines = judge(found, skipped, accepted, datetime.now(timezone.utc).date())
    for line in lines:
        say(line)
    packages = sum(len(read_lock(ROOT / lock)) for lock in LOCKS)
    say(f"{len(lines)} to do" if lines else f"no new findings in {packages} locked packages; {len(accepted)} accepted")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(guarded(main))
