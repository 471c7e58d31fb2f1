"""The secret for a local assistant: made once, kept, for its owner only."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tools.console import ToolError
from tools.secret import session_secret


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYMARK_SECRET", raising=False)


def test_it_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret"
    first = session_secret(path)
    assert len(first) >= 64
    assert session_secret(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    session_secret(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["secret"]


def test_those_that_start_together_get_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: session_secret(tmp_path / "secret"), range(16)))) == 1


def test_the_environment_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_SECRET", "one secret of the environment, long,another secret of the environment")
    with pytest.raises(Exception, match="WAYMARK_SECRET"):
        session_secret(tmp_path / "secret")
    given = "one secret of the environment that is long,another secret of the environment"
    monkeypatch.setenv("WAYMARK_SECRET", given)
    assert session_secret(tmp_path / "secret") == given
    assert not (tmp_path / "secret").exists()


def test_a_file_that_is_no_secret_is_named(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("short")
    with pytest.raises(ToolError, match="too short"):
        session_secret(tmp_path / "secret")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ToolError, match="WAYMARK_SECRET"):
        session_secret(tmp_path / "file" / "secret")
