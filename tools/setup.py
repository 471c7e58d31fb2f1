"""The environments: .venv from the hashed locks, .venv-dev with the checkers, .venv-e2e with what tests from
outside. Needs Python 3.10 and nothing else."""
from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.console import Outcome, ToolError, guarded, run_command, say, show_tail, step
from tools.faults import HASHES, NO_VENV, SPACE, explain
from tools.stamps import digest, only_one, read_stamp, write_stamp

ROOT = Path(__file__).resolve().parent.parent
STAMP = "waymark.stamp"
GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Environment:
    """A virtual environment: its folder, the locks it is made from, and the room that making it needs (GB)."""

    folder: str
    locks: tuple[str, ...]
    room: float
    sees: str = ""  # another environment whose packages it can import (for the type checker)


MAIN = Environment(".venv", ("requirements.lock", "requirements-data.lock"), 4)
E2E = Environment(".venv-e2e", ("requirements-e2e.lock",), 0.6)
DEV = Environment(".venv-dev", ("requirements-dev.lock",), 0.3, sees=".venv")


def fingerprint(environment: Environment, root: Path) -> str:
    """What the environment is made from: the locks, this Python, this machine."""
    python = f"{platform.python_implementation()} {platform.python_version()} {platform.machine()} {sys.platform}"
    return digest([root / lock for lock in environment.locks], root, [python, environment.sees])


def is_ready(environment: Environment, root: Path = ROOT) -> bool:
    """Whether the environment exists and was made from the locks as they are."""
    folder = root / environment.folder
    return os.access(folder / "bin" / "python", os.X_OK) and read_stamp(folder / STAMP).get("made_from") == fingerprint(
        environment, root)


def ensure(environment: Environment, root: Path = ROOT) -> bool:
    """Make or mend the environment if it is not up to date. Returns whether there was something to do."""
    if is_ready(environment, root):
        return False
    with only_one("setup", root):
        if is_ready(environment, root):
            return False
        check_room(root, environment.room)
        folder = root / environment.folder
        (folder / STAMP).unlink(missing_ok=True)
        log = root / "var" / "log" / "setup.log"
        uv = find_uv()
        if not _usable(folder):
            _create(folder, uv, log)
        for lock in environment.locks:
            with step(f"Installing {lock} into {environment.folder} with {'uv' if uv else 'pip'}") as touch:
                _install(folder, root / lock, uv, log, touch)
        if environment.sees:
            _link(folder, root / environment.sees)
        write_stamp(folder / STAMP, {"made_from": fingerprint(environment, root)})
    return True


def check_room(root: Path, gigabytes: float) -> None:
    """Raises ToolError if the disk has less room than an installation needs."""
    free = shutil.disk_usage(root).free / GIGABYTE
    if free < gigabytes:
        raise ToolError(f"only {free:.1f} GB free where {root.name}/ is; the set-up needs {gigabytes:g} GB. "
                        "Make room and run make again.")


def uv_environ() -> dict[str, str]:
    """The environment for uv, which may be a pyenv shim: those refuse to run under another Python than their own."""
    unwanted = ("PYENV_VERSION", "PYENV_DIR", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if name not in unwanted}


def find_uv() -> str | None:
    """uv, if it is there and runs. It is called from /, where no .python-version can make a pyenv shim refuse."""
    path = shutil.which("uv")
    if not path:
        return None
    try:
        done = subprocess.run(
            [path, "--version"], cwd="/", env=uv_environ(), capture_output=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return path if done.returncode == 0 else None


def _usable(folder: Path) -> bool:
    """Whether the folder holds a virtual environment of this Python version that runs."""
    version = tuple(sys.version_info[:3])
    check = f"import sys; sys.exit(sys.version_info[:3] != {version} or sys.prefix == sys.base_prefix)"
    try:
        done = subprocess.run([folder / "bin" / "python", "-c", check], capture_output=True, check=False)
        return done.returncode == 0
    except OSError:
        return False


def _create(folder: Path, uv: str | None, log: Path) -> None:
    if folder.exists():
        say(f"{folder.name} is of another Python, or broken: making it anew")
        shutil.rmtree(folder)
    python = getattr(sys, "_base_executable", None) or sys.executable
    maker = [uv, "venv", "--quiet", "--no-project", "--python", python] if uv else [python, "-m", "venv"]
    outcome = run_command([*maker, folder], log=log, cwd=Path("/"), env=uv_environ())
    if outcome.code:
        shutil.rmtree(folder, ignore_errors=True)
        known = explain(outcome.tail)
        raise ToolError(known if known == SPACE else NO_VENV)


def _install(folder: Path, lock: Path, uv: str | None, log: Path, touch: Callable[[], None]) -> None:
    install = _with_pip if uv is None else partial(_with_uv, uv)
    outcome = install(folder, lock, log, touch)
    if outcome.code and uv is not None and explain(outcome.tail) not in (SPACE, HASHES):
        say("uv could not install it; trying pip")  # for example an index that only pip's settings name
        outcome = _with_pip(folder, lock, log, touch)
    if outcome.code:
        known = explain(outcome.tail)
        if known is None:
            show_tail(outcome.tail)
        where = log.relative_to(log.parents[2])
        raise ToolError(f"{lock.name}: {known or f'installing failed; the whole output is in {where}'}")


def _with_uv(uv: str, folder: Path, lock: Path, log: Path, touch: Callable[[], None]) -> Outcome:
    return run_command(
        [uv, "pip", "install", "--python", folder / "bin" / "python", "--require-hashes", "--no-deps",
         "--compile-bytecode", "-r", lock], log=log, show=True, cwd=Path("/"), env=uv_environ(), touch=touch)


def _with_pip(folder: Path, lock: Path, log: Path, touch: Callable[[], None]) -> Outcome:
    python = folder / "bin" / "python"
    if subprocess.run([python, "-c", "import pip"], capture_output=True, check=False).returncode:
        outcome = run_command([python, "-m", "ensurepip"], log=log)
        if outcome.code:
            raise ToolError(NO_VENV)
    return run_command(
        [python, "-m", "pip", "install", "--require-hashes", "--no-deps", "--use-pep517", "--no-input",
         "--disable-pip-version-check", "--progress-bar", "off", "-r", lock],
        log=log, show=True, cwd=Path("/"), touch=touch)


def _link(folder: Path, other: Path) -> None:
    """Let one environment import what another has, after its own packages."""
    def packages(prefix: Path) -> Path:
        return Path(sysconfig.get_path("purelib", "posix_prefix", {"base": str(prefix), "platbase": str(prefix)}))

    target = os.path.relpath(packages(other), packages(folder))
    (packages(folder) / "waymark.pth").write_text(target + "\n", encoding="utf-8")


def main() -> int:
    """Make .venv, and with --dev .venv-dev."""
    if sys.version_info[:2] != (3, 10):
        raise ToolError("this must run under Python 3.10: use `make setup`, which finds one")
    changed = ensure(MAIN)
    if "--dev" in sys.argv[1:]:
        changed = ensure(DEV) or changed
    if changed:
        say("the environment is ready")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
