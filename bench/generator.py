"""Runs the load generator (locustfile.py) once, and what its students saw."""
from __future__ import annotations

import itertools
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.figures import Spread, spread
from bench.replies import BAD
from tools import setup
from tools.console import ToolError
from tools.environment import ROOT, child_environment

LOCUST = ROOT / ".venv-e2e" / "bin" / "locust"
LOCUSTFILE = Path(__file__).with_name("locustfile.py")
SERVER = {"WAYMARK_TRUSTED_PROXIES": "127.0.0.1"}  # what a server needs in its environment for students of the web
RAMP = 2.0  # seconds at the beginning that are not counted: the students come one after the other
DRAIN = 30.0  # seconds that a message may still be answered in after the time
SPARE = 90.0  # seconds that locust may take beyond its time
PER_SECOND = 300  # more messages than any server here answers: the conversations must not come round again


@dataclass(frozen=True)
class Load:
    """So many students for so many seconds, over "web" or "rest"; `pause`: seconds between two messages of each."""

    students: int
    seconds: float
    channel: str = "web"
    pause: float = 0.0


@dataclass(frozen=True)
class Seen:
    """What came back, of every message that was sent in the time measured.

    `begins`: when it was sent, in seconds of that time; `answered`: how many answers came in it, whenever their
    messages were sent; `seconds`: how long it was.
    """

    begins: Sequence[float]
    latencies: Sequence[float]
    kinds: Sequence[str]
    failed_calls: int
    answered: int
    seconds: float

    @property
    def spread(self) -> Spread:
        return spread(self.latencies)

    @property
    def counts(self) -> Mapping[str, int]:
        return Counter(self.kinds)

    @property
    def errors(self) -> int:
        """Messages without an answer, and other calls that failed."""
        return sum(kind in BAD for kind in self.kinds) + self.failed_calls

    @property
    def throughput(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds


def ready() -> None:
    """Install what the generator needs, if it is not there. Raises ToolError."""
    setup.ensure(setup.E2E)


def run(base: str, load: Load, conversations: Iterator[Sequence[str]], *, ramp: float = RAMP) -> Seen:
    """Carry out `load` against the server at `base`. Raises ToolError if the generator fails or does not end."""
    count = int(PER_SECOND * (load.seconds + ramp) / 10) + load.students
    with tempfile.TemporaryDirectory() as folder:
        asked, out = Path(folder, "conversations.json"), Path(folder, "seen.json")
        asked.write_text(json.dumps(list(itertools.islice(conversations, count))), encoding="utf-8")
        command = [
            str(LOCUST), "--headless", "--only-summary", "--skip-log", "-f", str(LOCUSTFILE), "--host", base,
            "-u", str(load.students), "-r", str(max(1.0, load.students / ramp)), "-t", f"{load.seconds + ramp:.0f}s",
            "--stop-timeout", f"{DRAIN:.0f}", "--channel", load.channel, "--pause", str(load.pause),
            "--conversations", str(asked), "--out", str(out)]
        try:
            done = subprocess.run(
                command, check=False, cwd=folder, env=child_environment({"NO_PROXY": "127.0.0.1"}),
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                timeout=load.seconds + ramp + SPARE)
        except subprocess.TimeoutExpired:
            raise ToolError("the load generator did not end; is the server still answering?") from None
        if not out.is_file():
            raise ToolError(f"the load generator failed: {done.stdout.decode(errors='replace')[-2000:]}")
        return read(out, ramp, load.seconds)


def read(out: Path, ramp: float, seconds: float) -> Seen:
    """What the generator wrote, of `seconds` after the first `ramp` seconds. Raises ToolError if there is nothing."""
    content = json.loads(out.read_text(encoding="utf-8"))
    first = min((begin for begin, _, _ in content["messages"]), default=0.0) + ramp
    sent = sorted((begin - first, took, kind) for begin, took, kind in content["messages"])
    kept = [one for one in sent if 0 <= one[0] <= seconds]
    if not kept:
        raise ToolError("the load generator got no message through")
    answered = sum(0 <= begin + took <= seconds and kind not in BAD for begin, took, kind in sent)
    begins, latencies, kinds = zip(*kept)
    return Seen(begins, latencies, kinds, len(content["failed_calls"]), answered, seconds)
