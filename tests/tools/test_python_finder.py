"""tools/python.sh: which interpreter it takes, and what it says when there is none."""
from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "python.sh"
REAL = os.path.realpath(sys.executable)
BROKEN = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"
OLD = "#!/bin/sh\nexit 1\n"  # what another version answers to the question whether it is 3.10
GOOD = f'#!/bin/sh\nexec "{REAL}" "$@"\n'


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    """A folder for PATH that holds what the script itself calls, and nothing else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "sed", "cat"):
        found = shutil.which(name)
        assert found
        (folder / name).symlink_to(found)
    return folder


def command(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    path.chmod(0o755)
    return path


def find(tools: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    home = tools.parent / "home"
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [tools / "sh", SCRIPT, *arguments], env={"PATH": str(tools), "HOME": str(home), **environ},
        capture_output=True, text=True, timeout=20, check=False)


def test_python_on_the_path(tools: Path) -> None:
    command(tools, "python3.10", GOOD)
    assert find(tools).stdout.strip() == REAL


def test_arguments_run_it(tools: Path) -> None:
    command(tools, "python3.10", GOOD)
    done = find(tools, "-c", "import sys; print(sys.version_info[:2]); sys.exit(7)")
    assert (done.stdout.strip(), done.returncode) == ("(3, 10)", 7)


def test_a_shim_that_fails_is_passed_over(tools: Path) -> None:
    command(tools, "python3.10", BROKEN)
    command(tools, "python3", GOOD)
    assert find(tools).stdout.strip() == REAL


def test_another_version_is_passed_over(tools: Path) -> None:
    command(tools, "python3.10", OLD)
    command(tools, "python3", OLD)
    assert find(tools).returncode == 1


def test_the_named_one_comes_first(tools: Path) -> None:
    named = command(tools, "mine", f'#!/bin/sh\n[ "$1" = -c ] && echo {tools}/mine\n')
    command(tools, "python3.10", GOOD)
    assert find(tools, WAYMARK_PYTHON=str(named)).stdout.strip() == str(named)


def test_a_named_one_that_is_wrong_is_said(tools: Path) -> None:
    command(tools, "python3.10", GOOD)
    done = find(tools, WAYMARK_PYTHON="/nowhere/python")
    assert done.stdout.strip() == REAL
    assert "WAYMARK_PYTHON=/nowhere/python is not a Python 3.10" in done.stderr


def test_pyenv_that_is_installed_but_not_on_the_path(tools: Path) -> None:
    folder = tools.parent / "home" / ".pyenv" / "versions" / "3.10.13" / "bin"
    folder.mkdir(parents=True)
    command(folder, "python3.10", GOOD)
    assert find(tools).stdout.strip() == REAL


def test_pyenv_that_knows_it(tools: Path) -> None:
    root = tools.parent / "elsewhere"
    folder = root / "versions" / "3.10.7" / "bin"
    folder.mkdir(parents=True)
    command(folder, "python3.10", GOOD)
    command(tools, "pyenv", f'#!/bin/sh\n[ "$1" = root ] && echo {root} || printf "3.9.1\\n3.10.7\\n3.12.1\\n"\n')
    assert find(tools).stdout.strip() == REAL


def test_uv_that_knows_it(tools: Path) -> None:
    python = command(tools.parent, "uvpython", GOOD)
    command(tools, "uv", f'#!/bin/sh\n[ "$2" = find ] && echo {python}\n')
    assert find(tools).stdout.strip() == REAL


def test_none_names_three_ways_to_get_one(tools: Path) -> None:
    command(tools, "uv", "#!/bin/sh\nexit 2\n")  # uv is there, but cannot fetch it
    done = find(tools)
    assert done.returncode == 1
    assert not done.stdout
    for way in ("python3.10-venv", "pyenv install 3.10", "uv python install 3.10", "WAYMARK_PYTHON="):
        assert way in done.stderr
