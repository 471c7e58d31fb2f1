"""A build of the knowledge that is killed, or finds no room: the old knowledge stays, the next build succeeds."""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from knowledge.database import rebuild, sqlite_path
from knowledge.load import build
from knowledge.query import KnowledgeBase, Question
from knowledge.seal import verify
from settings import load
from tests.faults.conftest import Record, full
from tools.environment import PYTHON, ROOT
from tools.prepare import ensure_knowledge

BUILD = "import sys; from knowledge.load import build; build(sys.argv[1], oews_file=None, vectors=False)"
DUTIES = Question("duties", "registered-nurse")


def start(path: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([PYTHON, "-c", BUILD, f"sqlite:///{path}"], cwd=ROOT, stderr=subprocess.PIPE)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def left(path: Path) -> list[Path]:
    return list(path.parent.glob(f".{path.name}.*.new"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "knowledge.sqlite"
    build(f"sqlite:///{file}", oews_file=None, vectors=False)
    return file


def test_killed_at_any_moment(path: Path, record: Record) -> None:
    """Moments spread over the writing, from the new file's first byte until it has taken the old one's place."""
    reader, before = KnowledgeBase(f"sqlite:///{path}"), path.stat().st_mtime_ns
    started = time.monotonic()
    with start(path) as whole:
        while not left(path) and whole.poll() is None:
            time.sleep(0.001)
        first = time.monotonic() - started
        assert whole.wait(60) == 0
    writing = time.monotonic() - started - first
    points, finished, size = (60 if full() else 4), 0, path.stat().st_size
    for number in range(points):
        old, inode = digest(path), path.stat().st_ino
        with start(path) as victim:
            while not left(path) and victim.poll() is None:
                time.sleep(0.0005)
            time.sleep(writing * number / (points - 1) * 0.98)
            with suppress(ProcessLookupError):
                os.kill(victim.pid, signal.SIGKILL)
            victim.wait(10)
        verify(path)
        swapped = path.stat().st_ino != inode
        finished += swapped
        assert swapped or digest(path) == old
        assert reader.answer(DUTIES).found
    with start(path) as last:
        assert last.wait(60) == 0
    assert not left(path)
    assert reader.answer(DUTIES).found
    assert path.stat().st_mtime_ns != before  # not by its inode: after so many builds that of the first is free again
    assert abs(path.stat().st_size - size) < 0.01 * size
    record("a build of the knowledge is killed (kill -9)", times=points, old_one_damaged=0, came_to_an_end=finished,
           left_behind=0)  # fmt: skip


def test_what_another_build_is_writing_is_left_alone(path: Path) -> None:
    with rebuild(f"sqlite:///{path}"):
        (mine,) = left(path)
        with start(path) as other:
            assert other.wait(60) == 0
        assert left(path) == [mine]
        verify(path)
        assert KnowledgeBase(f"sqlite:///{path}").answer(DUTIES).found


def test_a_disk_that_fills_up_is_told_in_one_line(path: Path, record: Record) -> None:
    known = sqlite_path(load({}).knowledge_url)
    assert known is not None
    ensure_knowledge()
    shutil.copy(known, path)  # its embeddings are taken over
    old, room = digest(path), 5_000_000

    def no_more() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    command = [PYTHON, "-m", "knowledge", "build", "--without-pay"]
    env = {**os.environ, "WAYMARK_KNOWLEDGE_URL": f"sqlite:///{path}"}
    done = subprocess.run(command, cwd=ROOT, env=env, preexec_fn=no_more, capture_output=True, timeout=120, check=False)
    assert done.returncode == 2
    said = done.stderr.decode().strip()
    assert "the old one is untouched" in said
    assert "Traceback" not in said
    assert digest(path) == old
    assert not left(path)
    record("a build of the knowledge finds no room on the disk", old_one_damaged=0, left_behind=0)
