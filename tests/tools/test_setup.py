"""The environments: made once, mended when the locks change, and one clear line when they cannot be."""
from __future__ import annotations

import collections
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools import setup
from tools.console import Outcome, ToolError
from tools.environment import ROOT
from tools.faults import HASHES, NETWORK, SPACE

TINY = setup.Environment(".venv", ("requirements.lock",), 0.001)
Usage = collections.namedtuple("Usage", "total used free")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "requirements.lock").write_text("six==1.16.0 --hash=sha256:0\n")
    monkeypatch.setattr(setup, "find_uv", lambda: None)
    return tmp_path


def installing(monkeypatch: pytest.MonkeyPatch, *outcomes: Outcome) -> list[list[str]]:
    """Let every command succeed or end as told, without running it. Returns the commands that were run."""
    commands: list[list[str]] = []
    results = list(outcomes)

    def run(command: Any, *, log: Path, **_: Any) -> Outcome:
        commands.append([str(part) for part in command])
        if "venv" in commands[-1]:
            bin = Path(command[-1]) / "bin"
            bin.mkdir(parents=True)
            (bin / "python").symlink_to(sys.executable)
            return Outcome(0, ())
        return results.pop(0) if results else Outcome(0, ())

    monkeypatch.setattr(setup, "run_command", run)
    return commands


def test_made_once_and_again_only_when_the_lock_changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = installing(monkeypatch)
    assert setup.ensure(TINY, root) is True
    assert commands
    commands.clear()
    assert setup.ensure(TINY, root) is False
    assert not commands
    (root / "requirements.lock").write_text("six==1.17.0 --hash=sha256:0\n")
    assert setup.ensure(TINY, root) is True
    (root / ".venv" / "bin" / "python").unlink()
    assert setup.is_ready(TINY, root) is False


def test_everything_is_installed_by_hash_and_without_dependencies(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = installing(monkeypatch)
    setup.ensure(TINY, root)
    install = next(command for command in commands if "install" in command)
    assert {"--require-hashes", "--no-deps"} <= set(install)


@pytest.mark.parametrize(("output", "expected"), [
    ("[Errno 28] No space left on device", SPACE), ("Failed to establish a new connection", NETWORK),
    ("THESE PACKAGES DO NOT MATCH THE HASHES", HASHES),
])
def test_a_failure_is_one_line_and_leaves_no_stamp(
    output: str, expected: str, root: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    installing(monkeypatch, Outcome(1, (output,)))
    with pytest.raises(ToolError, match=re.escape(f"requirements.lock: {expected}")):
        setup.ensure(TINY, root)
    assert not setup.is_ready(TINY, root)


def test_pip_takes_over_from_uv(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "find_uv", lambda: "uv")
    commands = installing(monkeypatch, Outcome(1, ("Failed to fetch",)))
    setup.ensure(TINY, root)
    assert [command[1:4] for command in commands if "install" in command] == [
        ["pip", "install", "--python"], ["-m", "pip", "install"]]


def test_a_hash_that_uv_refuses_is_not_tried_with_pip(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "find_uv", lambda: "uv")
    installing(monkeypatch, Outcome(1, ("Hash mismatch",)))
    with pytest.raises(ToolError, match="hash mismatch"):
        setup.ensure(TINY, root)


def test_too_little_room_is_said_before_anything_is_done(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = installing(monkeypatch)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**11, 10**11, 1.5e9))
    with pytest.raises(ToolError, match=r"only 1\.5 GB free .* needs 4 GB"):
        setup.ensure(setup.Environment(".venv", ("requirements.lock",), 4), root)
    assert not commands


def locks() -> list[Path]:
    return sorted(ROOT.glob("requirements*.lock"))


def test_locks_hold_hashes_and_neither_address_nor_path() -> None:
    assert [path.name for path in locks()] == [
        "requirements-data.lock", "requirements-dev.lock", "requirements-e2e.lock", "requirements.lock"]
    for path in locks():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|file://|/root|/opt|/home|--index|--find-links", text), path.name
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        for requirement in re.split(r"\n(?=[a-z])", "\n".join(lines)):
            assert re.match(r"[a-z0-9._-]+==\S+", requirement), requirement
            assert "--hash=sha256:" in requirement, requirement


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^\s;]+)", text, re.M))


@pytest.mark.parametrize("name", ["requirements", "requirements-data", "requirements-dev"])
def test_every_requirement_has_a_reason_and_is_locked(name: str) -> None:
    lines = (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()
    lock = pinned(name)
    for previous, line in zip(["", *lines], lines):
        if line and not line.startswith("#"):
            assert previous.startswith("# "), f"{name}.in: {line}: say why above it"
            package, _, version = line.partition("==")
            package = re.split(r"[<>=\[]", package)[0]
            assert lock[package] == (version or lock[package]), f"{name}.in: {line}: run make lock"


def test_setup_needs_the_standard_library_only(run_python: Callable[..., str]) -> None:
    loaded = run_python("-S", "-c", "import tools.setup, sys; print(*sys.modules)").split()
    assert not {"yaml", "settings", "sqlalchemy", "rasa"} & set(loaded)
