"""What a run was measured on: enough to judge the figures, nothing that names the machine."""
from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Machine:
    """`load`: the load average of the minute before the run; above some 0.3 the machine was not quiet."""

    system: str
    processor: str
    cores: int
    memory: float
    python: str
    rasa: str
    load: float


def look() -> Machine:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 0
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIGABYTE
    return Machine(
        f"{platform.system()} {platform.release().partition('-')[0]} {platform.machine()}", _processor(), cores, memory,
        platform.python_version(), metadata.version("rasa"), os.getloadavg()[0])


def told(machine: Machine, date: str, took: float) -> str:
    """One sentence on where and when; `took`: seconds."""
    return (f"{date}; {machine.processor}, {machine.cores} cores, {machine.memory:.0f} GB; {machine.system}, "
            f"Python {machine.python}, rasa {machine.rasa}; load average {machine.load:.2f} before the run, "
            f"which took {took / 60:.0f} minutes.")


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"
