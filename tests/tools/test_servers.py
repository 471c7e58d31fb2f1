"""Ports, children that die, and children that do not want to."""
from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tools import processes, servers
from tools.console import ToolError
from tools.environment import ROOT

STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, '-c', 'import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);'
                          'print("up", flush=True); time.sleep(60)'])
print(child.pid, flush=True)
time.sleep(60)
"""


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that something listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def wait_for(condition: Callable[[], object], seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def child(code: str, log: Path, name: str = "rasa") -> processes.Child:
    return processes.start(name, [sys.executable, "-c", code], log=log, env=os.environ, cwd=log.parent)


@pytest.mark.parametrize(("variable", "who"), [
    ("WAYMARK_RASA_PORT", "Rasa"), ("WAYMARK_ACTIONS_PORT", "the action server")])
def test_a_used_port_is_one_line_that_names_it_and_another(variable: str, who: str, taken: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.run"], cwd=ROOT, env={**os.environ, variable: str(taken)},
        capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"port {taken}, for {who}, cannot be used" in done.stderr
    assert f"make run {variable}={taken + 1}" in done.stderr


def test_a_port_that_is_no_number_is_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.run"], cwd=ROOT, env={**os.environ, "WAYMARK_RASA_PORT": "5005x"},
        capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "WAYMARK_RASA_PORT" in done.stderr


def test_one_port_for_both_is_refused() -> None:
    with pytest.raises(ToolError, match="cannot both use port 5005"):
        servers.check_ports(5005, 5005)


def test_free_ports_differ_and_are_free() -> None:
    ports = servers.free_ports(4)
    assert len(set(ports)) == 4
    servers.check_ports(ports[0], ports[1])


def test_servers_hear_where_to_listen() -> None:
    environment = servers.server_environment(servers.Addresses(6005, 6055), {"WAYMARK_STATE_URL": "sqlite://"})
    assert environment["WAYMARK_RASA_HOST"] == environment["WAYMARK_ACTIONS_HOST"] == "127.0.0.1"
    assert environment["WAYMARK_RASA_PORT"] == "6005"
    assert environment["ACTION_ENDPOINT_URL"] == "http://127.0.0.1:6055/webhook"
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert environment["WAYMARK_STATE_URL"] == "sqlite://"


def test_stop_kills_what_ignores_sigterm_and_what_it_started(tmp_path: Path) -> None:
    server = child(STUBBORN, tmp_path / "rasa.log")
    assert wait_for(lambda: len(server.tail(5)) == 2)
    grandchild = next(int(line) for line in server.tail(5) if line.isdecimal())
    processes.stop([server], patience=0.3)
    assert server.process.returncode == -signal.SIGKILL
    assert wait_for(lambda: not lives(grandchild))


def test_a_server_that_dies_shows_its_last_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    server = child("for i in range(40): print('line', i)\nraise SystemExit(3)", tmp_path / "rasa.log")
    server.process.wait(10)
    with pytest.raises(ToolError, match=r"^rasa ended by itself \(exit code 3\)"):
        servers.check_alive(servers.Addresses(1, 2, {"rasa": server}))
    shown = capsys.readouterr().err.splitlines()
    assert len(shown) == 15
    assert shown[-1] == "  | line 39"


def test_the_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    for text in ("first", "second"):
        child(f"print('{text}')", tmp_path / "rasa.log").process.wait(10)
    assert (tmp_path / "rasa.log").read_text() == "second\n"
    assert (tmp_path / "rasa.old.log").read_text() == "first\n"


# Where the tests run in the background of a shell, SIGINT is ignored, and a child inherits that.
SUPERVISOR = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from pathlib import Path
from tools import servers, processes
from tools.console import guarded
real = processes.start
def start(name, command, **options):
    return real(name, [sys.executable, "-c", "import time; time.sleep(60)"], **options)
processes.start = start
def main():
    try:
        with servers.running(logs=Path(sys.argv[1])):
            return 0
    finally:
        print("left", flush=True)
servers._wait_healthy = lambda addresses, seconds: (
    print(*(c.process.pid for c in addresses.children.values()), flush=True), sys.stdin.read())
sys.exit(guarded(main))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_child_survives_the_supervisor(number: signal.Signals, tmp_path: Path) -> None:
    if number == signal.SIGKILL and not sys.platform.startswith("linux"):
        pytest.skip("only Linux ends the children of a killed process")
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, tmp_path], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    ) as supervisor:
        assert supervisor.stdout is not None
        lines = iter(supervisor.stdout.readline, "")
        pids = next([int(pid) for pid in line.split()] for line in lines if line[0].isdecimal())
        assert all(lives(pid) for pid in pids)
        supervisor.send_signal(number)
        supervisor.wait(10)
    assert wait_for(lambda: not any(lives(pid) for pid in pids))
