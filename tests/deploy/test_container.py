"""The assistant as its image runs it: a user without rights, a root file system that is read-only, /tmp alone writable.

No registry of images can be asked here, so the image itself is not built: bubblewrap lays the same files at the same
places, with the image's own environment, user and start command out of deploy/Containerfile.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from settings import ROOT
from tools import processes
from tools.prepare import MODEL, ensure_knowledge, ensure_model
from tools.processes import Child
from tools.servers import free_ports

FOLDER = "/opt/waymark"
ID = "10001"
EMPTIED = {"/root", "/opt", "/tmp"}  # what the image does not have
SECRET = "a secret of the tests that is long enough to sign with"


def last_stage() -> list[tuple[str, str]]:
    """(instruction, arguments) of the image's last stage."""
    source = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    lines = re.sub(r"^#.*\n", "", source, flags=re.M).replace("\\\n", " ").splitlines()
    found = [(line.split()[0], " ".join(line.split()[1:])) for line in lines if line.strip()]
    begins = max(n for n, (name, _) in enumerate(found) if name == "FROM")
    return found[begins:]


def image_environment() -> dict[str, str]:
    pairs = [part for name, rest in last_stage() if name == "ENV" for part in shlex.split(rest)]
    return {name: value.replace("$PATH", "/usr/bin:/bin") for name, _, value in (pair.partition("=") for pair in pairs)}


def sandbox(tmp: Path) -> list[str]:
    """The command that starts another one in it."""
    program = shutil.which("bwrap")
    if program is None or shutil.which("setpriv") is None:
        pytest.skip("bubblewrap is not installed (apt-get install bubblewrap)")
    base = Path(sys.base_prefix).resolve()
    models = f"{FOLDER}/models"
    parts = [program, "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--clearenv"]
    parts += ["--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/root", "--tmpfs", "/opt"]
    parts += ["--bind", str(tmp), "/tmp"]
    for folder in {base, (ROOT / ".venv").resolve()}:  # a link, where several work trees share one
        hidden = [above for above in reversed(folder.parents) if EMPTIED & set(map(str, above.parents))]
        parts += [part for above in hidden for part in ("--perms", "0755", "--dir", str(above))]
        parts += ["--ro-bind", str(folder), str(folder)]
    parts += ["--perms", "0755", "--dir", FOLDER, "--ro-bind", str(ROOT), FOLDER]
    parts += ["--tmpfs", f"{FOLDER}/var", "--remount-ro", f"{FOLDER}/var"]
    parts += ["--tmpfs", models, "--ro-bind", str(MODEL), f"{models}/{MODEL.name}"]
    parts += ["--ro-bind", str(ROOT / "var" / "knowledge.sqlite"), f"{models}/knowledge.sqlite"]
    parts += ["--remount-ro", models, "--remount-ro", "/root", "--remount-ro", "/opt", "--chdir", FOLDER]
    if os.geteuid() == 0:
        drop = ["setpriv", "--reuid", ID, "--regid", ID, "--clear-groups", "--no-new-privs", "--bounding-set", "-all"]
        return [*parts, *_environment(), "--", *drop]
    return [*parts, "--unshare-user", "--uid", ID, "--gid", ID, *_environment(), "--"]


def _environment(**more: str) -> list[str]:
    return [part for name, value in {**image_environment(), **more}.items() for part in ("--setenv", name, value)]


@pytest.fixture
def tmp(tmp_path: Path) -> Path:
    """What is /tmp inside."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    folder.chmod(0o1777)
    return folder


def run(tmp: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*sandbox(tmp), *command], capture_output=True, text=True, timeout=60, check=False)


@contextmanager
def serving(tmp: Path, log: Path, what: str, **more: str) -> Iterator[tuple[Child, int, int]]:
    """The image's start command with `what`; the process and the ports of Rasa and of the actions."""
    rasa, actions = free_ports(2)
    settings = {
        "WAYMARK_RASA_HOST": "127.0.0.1",
        "WAYMARK_RASA_PORT": str(rasa),
        "WAYMARK_ACTIONS_PORT": str(actions),
        "WAYMARK_STATE_URL": "sqlite:////tmp/state.sqlite",
        "WAYMARK_SECRET": SECRET,
        **more,
    }
    (entry,) = [rest for name, rest in last_stage() if name == "ENTRYPOINT"]
    command = sandbox(tmp)
    at = command.index("--clearenv") + 1
    extra = [part for name, value in settings.items() for part in ("--setenv", name, value)]
    inner = command.index("--", at)
    command = [*command[:inner], *extra, *command[inner:], *re.findall(r'"([^"]+)"', entry), what]
    child = processes.start("container", command, log=log, env={"PATH": os.environ["PATH"]}, cwd=ROOT)
    try:
        yield child, rasa, actions
    finally:
        processes.stop([child])


def wait_for(url: str, child: Child, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return
        except requests.RequestException:
            pass
        assert child.process.poll() is None and time.monotonic() < deadline, "\n".join(child.tail(20))
        time.sleep(0.2)


def test_inside_nothing_but_tmp_can_be_written_and_there_are_no_rights(tmp: Path) -> None:
    for place in ("/", FOLDER, f"{FOLDER}/var", f"{FOLDER}/models", "/root", "/etc", "/var/lib"):
        done = run(tmp, "sh", "-c", f"touch {place}/x")
        assert done.returncode != 0, place
    who = run(tmp, "sh", "-c", "touch /tmp/x && id -u && grep -E '^(CapEff|NoNewPrivs)' /proc/self/status")
    assert who.returncode == 0, who.stderr
    assert who.stdout.split()[0] == ID
    if os.geteuid() == 0:
        assert who.stdout.split()[1:] == ["CapEff:", "0000000000000000", "NoNewPrivs:", "1"]


def test_the_image_says_what_the_sandbox_does() -> None:
    stage = dict(last_stage())
    assert stage["USER"] == f"{ID}:{ID}"
    assert stage["WORKDIR"] == FOLDER
    assert stage["CMD"] == '["rasa"]'
    assert image_environment()["WAYMARK_KNOWLEDGE_URL"] == f"sqlite:///{FOLDER}/models/knowledge.sqlite"


def test_rasa_starts_answers_and_stops_in_time(tmp: Path, tmp_path: Path) -> None:
    ensure_knowledge()
    ensure_model()
    with serving(tmp, tmp_path / "rasa.log", "rasa") as (child, port, _):
        wait_for(f"http://127.0.0.1:{port}/", child)
        address = f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        said = requests.post(address, json={"sender": "a", "message": "What do registered nurses earn?"}, timeout=15)
        assert next(part["custom"]["type"] for part in said.json() if part.get("custom")) == "answer"
        assert requests.get(f"http://127.0.0.1:{port}/webhooks/web/health", timeout=5).status_code == 200
        check = run(tmp, "env", f"WAYMARK_RASA_PORT={port}", "python", "-m", "tools.serve", "check", "rasa")
        assert check.returncode == 0, check.stderr
        begun = time.monotonic()
        processes.stop([child], 15)
        assert time.monotonic() - begun < 10
    left = {path.name for path in tmp.iterdir() if not path.name.startswith("state.sqlite")}
    sizes = sum(path.stat().st_size for path in tmp.rglob("*") if stat.S_ISREG(path.lstat().st_mode))
    assert sizes < 64_000_000, left
    assert "Read-only file system" not in child.log.read_text(encoding="utf-8", errors="replace")


def test_the_action_server_and_the_migration_run_in_it_too(tmp: Path, tmp_path: Path) -> None:
    ensure_knowledge()
    with serving(tmp, tmp_path / "actions.log", "actions") as (child, _, port):
        wait_for(f"http://127.0.0.1:{port}/health", child)
    done = run(tmp, "env", "WAYMARK_STATE_URL=sqlite:////tmp/s.sqlite", "python", "-m", "tools.serve", "migrate")
    assert done.returncode == 0, done.stderr
    assert "schema" in done.stdout
    wrong = run(tmp, "env", f"WAYMARK_STATE_URL=sqlite:///{FOLDER}/s.sqlite", "python", "-m", "tools.serve", "migrate")
    assert (wrong.returncode, len(wrong.stderr.splitlines())) == (1, 1)


def test_a_server_without_a_secret_says_what_is_missing(tmp: Path, tmp_path: Path) -> None:
    with serving(tmp, tmp_path / "rasa.log", "rasa", WAYMARK_SECRET="") as (child, _, _port):
        assert child.process.wait(60) == 1
    assert "WAYMARK_SECRET is not set" in child.tail(3)[-1]
