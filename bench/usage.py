"""How much memory and processor time the servers' processes use."""
from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Memory:
    """In GB. `pss` counts shared pages once; None where the system does not tell."""

    rss: float
    pss: float | None


def of_groups(groups: Sequence[int]) -> Memory:
    """Of every process in the process groups (our servers each lead one)."""
    if not PROC.joinpath("self", "stat").is_file():
        return Memory(_rss_by_ps(groups), None)
    rss, pss, complete = 0, 0, True
    for process in _members(groups):
        with suppress(FileNotFoundError, ProcessLookupError):  # it has just ended
            rss += _kilobytes(process / "status", "VmRSS:")
            try:
                pss += _kilobytes(process / "smaps_rollup", "Pss:")
            except (FileNotFoundError, PermissionError):
                complete = False
    return Memory(rss * 1024 / GIGABYTE, pss * 1024 / GIGABYTE if complete else None)


def of_process() -> float:
    """GB that this process holds (RSS)."""
    return of_groups([os.getpgid(0)]).rss if not PROC.joinpath("self", "status").is_file() else (
        _kilobytes(PROC / "self" / "status", "VmRSS:") * 1024 / GIGABYTE)


def processor_seconds(group: int) -> float | None:
    """What the processes of a group have used so far; None where the system does not tell."""
    if not PROC.joinpath("self", "stat").is_file():
        return None
    used = 0
    for process in _members([group]):
        with suppress(FileNotFoundError, ProcessLookupError):
            fields = _fields(process)
            used += int(fields[11]) + int(fields[12])  # in user mode, in the kernel
    return used / os.sysconf("SC_CLK_TCK")


def _fields(process: Path) -> list[str]:
    """What follows the name in its `stat`: state, parent, group ..."""
    return (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


def _members(groups: Sequence[int]) -> list[Path]:
    found = []
    for process in PROC.iterdir():
        if process.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                if int(_fields(process)[2]) in groups:
                    found.append(process)
    return found


def _kilobytes(path: Path, name: str) -> int:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return int(line.split()[1])
    return 0


def _rss_by_ps(groups: Sequence[int]) -> float:
    listed = subprocess.run(["ps", "-A", "-o", "pgid=,rss="], capture_output=True, text=True, check=True).stdout
    pairs = (line.split() for line in listed.splitlines())
    return sum(int(rss) for group, rss in pairs if int(group) in groups) * 1024 / GIGABYTE
