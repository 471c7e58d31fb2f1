"""What the tools print: progress lines with elapsed time, and errors as one clear line. Standard library only."""
from __future__ import annotations

import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

HEARTBEAT = 5.0  # seconds of silence before a line says that the step is still at work
TAIL = 15  # lines of a log that are worth showing


class ToolError(Exception):
    """Stops the command; the message is one line that says what is wrong and what to do."""


class Stopped(BaseException):
    """SIGTERM came: leave in order, so that every `finally` runs."""


def say(text: str) -> None:
    """Print one line at once, marked as ours."""
    print(f"waymark: {text}", flush=True)


def seconds(value: float) -> str:
    """A duration as text: tenths below ten seconds, then whole seconds, then minutes."""
    if value < 10:
        return f"{value:.1f} s"
    return f"{value:.0f} s" if value < 120 else f"{value // 60:.0f} min {value % 60:.0f} s"


@contextmanager
def step(title: str, every: float = HEARTBEAT) -> Iterator[Callable[[], None]]:
    """Say when a long step starts, goes on and is done. The block calls what it gets whenever it printed something."""
    started = time.monotonic()
    quiet_since = [started]
    done = threading.Event()

    def touch() -> None:
        quiet_since[0] = time.monotonic()

    def beat() -> None:
        while not done.wait(every / 5):
            if time.monotonic() - quiet_since[0] >= every:
                touch()
                say(f"{title}: still at it after {seconds(time.monotonic() - started)}")

    say(f"{title} …")
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield touch
    finally:
        done.set()
        thread.join()
    say(f"{title}: done in {seconds(time.monotonic() - started)}")


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and the last lines that it wrote."""

    code: int
    tail: tuple[str, ...]


def run_command(
    command: Sequence[str | Path], *, log: Path, show: bool = False, cwd: Path | None = None,
    env: Mapping[str, str] | None = None, touch: Callable[[], None] = lambda: None, keep: int = 200,
) -> Outcome:
    """Run to the end, output into `log` (and to the terminal with `show`). The child never outlives this call."""
    log.parent.mkdir(parents=True, exist_ok=True)
    tail: deque[str] = deque(maxlen=keep)
    with open(log, "w", encoding="utf-8") as out, subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, encoding="utf-8", errors="replace", cwd=cwd, env=env,
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                out.write(line)
                tail.append(line.rstrip())
                if show:
                    print(f"  {line.rstrip()}", flush=True)
                    touch()
        except BaseException:
            process.terminate()
            raise
    return Outcome(process.returncode, tuple(tail))


def show_tail(lines: Sequence[str], count: int = TAIL) -> None:
    """Print the last lines of a log, indented, to stderr."""
    for line in [line for line in lines if line.strip()][-count:]:
        print(f"  | {line}", file=sys.stderr, flush=True)


def _on_terminate(_signal: int, _frame: FrameType | None) -> None:
    raise Stopped


def guarded(main: Callable[[], int], expected: tuple[type[Exception], ...] = ()) -> int:
    """Run `main` and return its exit code; expected errors are one line on stderr and 1, Ctrl-C 130, SIGTERM 143."""
    signal.signal(signal.SIGTERM, _on_terminate)
    told: tuple[type[Exception], ...] = (ToolError, *expected)
    try:
        return main()
    except told as error:
        print(f"waymark: {error}", file=sys.stderr, flush=True)
        return 1
    except OSError as error:
        from tools.faults import no_space

        if not no_space(error):
            raise
        print("waymark: the disk is full. Make room (a set-up needs about 4 GB) and run make again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(file=sys.stderr)
        return 130
    except Stopped:
        return 143
