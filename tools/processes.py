"""Child processes that never outlive us: started in a group of their own, stopped as a group."""
from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PATIENCE = 5.0  # seconds between SIGTERM and SIGKILL
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Child:
    """A running server: what people call it, its process and its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self, count: int) -> list[str]:
        """The last lines of its log."""
        with open(self.log, encoding="utf-8", errors="replace") as file:
            return [line.rstrip() for line in deque(file, maxlen=count)]


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux, what makes a child end even if we are killed with SIGKILL; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def set_signal() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # it went away in between
            os._exit(1)

    return set_signal


def start(
    name: str, command: Sequence[str | Path], *, log: Path, env: Mapping[str, str], cwd: Path, show: bool = False,
) -> Child:
    """Start a server in a process group of its own, its output in `log` and with `show` in the terminal too."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists():
        os.replace(log, log.with_suffix(".old.log"))
    out = open(log, "wb", buffering=0)  # noqa: SIM115 (given to the child or to the copying thread)
    process = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if show else out,
        stderr=subprocess.STDOUT, cwd=cwd, env=dict(env), start_new_session=True,
        preexec_fn=_die_with_parent())  # noqa: PLW1509 (it makes one system call)
    if process.stdout is not None:
        threading.Thread(target=_copy, args=(process.stdout, out, name), daemon=True).start()
    else:
        out.close()
    return Child(name, process, log)


def _copy(source: IO[bytes], log: IO[bytes], name: str) -> None:
    with log:
        for line in source:
            log.write(line)
            print(f"[{name}] {line.decode(errors='replace').rstrip()}", flush=True)


def stop(children: Sequence[Child], patience: float = PATIENCE) -> None:
    """SIGTERM to every group, SIGKILL to what is left after `patience` seconds. A second Ctrl-C changes nothing."""
    ours = threading.current_thread() is threading.main_thread()
    signals = (signal.SIGINT, signal.SIGTERM) if ours else ()
    before = {number: signal.signal(number, signal.SIG_IGN) for number in signals}
    try:
        for child in children:
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + patience
        for child in children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
        for child in children:
            _signal_group(child, signal.SIGKILL)  # also what a server that ended in order has left behind
            child.process.wait()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _signal_group(child: Child, number: signal.Signals) -> None:
    with suppress(ProcessLookupError, PermissionError):  # the latter: macOS, if only a dead process is left of it
        os.killpg(child.process.pid, number)
