"""Starting the action server and Rasa together, waiting until both answer, and stopping both."""
from __future__ import annotations

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

from tools import processes
from tools.console import TAIL, ToolError, show_tail, step
from tools.environment import LOGS, LOOPBACK, PYTHON, ROOT, child_environment, verbose
from tools.prepare import MODEL
from tools.processes import Child
from tools.secret import session_secret

START_SECONDS = 120.0
VARIABLES = {"Rasa": "WAYMARK_RASA_PORT", "the action server": "WAYMARK_ACTIONS_PORT"}


@dataclass(frozen=True)
class Addresses:
    """Where a running assistant answers, where its actions run, and its processes by name (`rasa`, `actions`)."""

    rasa_port: int
    actions_port: int
    children: Mapping[str, Child] = field(default_factory=dict)
    place: str = "inside"

    @property
    def base(self) -> str:
        return f"http://{LOOPBACK}:{self.rasa_port}"

    @property
    def rest(self) -> str:
        return f"{self.base}/webhooks/rest/webhook"

    @property
    def demo(self) -> str:
        return f"{self.base}/webhooks/web/demo"

    @property
    def actions(self) -> str:
        return f"http://{LOOPBACK}:{self.actions_port}"


def free_ports(count: int) -> list[int]:
    """Ports that nothing uses now, all different."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(socket.socket())) for _ in range(count)]
        for entry in sockets:
            entry.bind((LOOPBACK, 0))
        return [entry.getsockname()[1] for entry in sockets]


def check_ports(rasa_port: int, actions_port: int) -> None:
    """Raises ToolError that names the port that is in use, and how to choose another."""
    if rasa_port == actions_port:
        raise ToolError(f"Rasa and the action server cannot both use port {rasa_port}: "
                        "change WAYMARK_RASA_PORT or WAYMARK_ACTIONS_PORT")
    for name, port in (("Rasa", rasa_port), ("the action server", actions_port)):
        with closing(socket.socket()) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was just left counts as free
            try:
                probe.bind((LOOPBACK, port))
            except OSError as error:
                variable = VARIABLES[name]
                raise ToolError(
                    f"port {port}, for {name}, cannot be used ({error.strerror}): another program or an assistant that "
                    f"already runs has it. Stop that, or choose another port: make run {variable}={port + 1}") from None


def answers(url: str, seconds: float = 2.0, status: int = 200) -> bool:
    """Whether a GET of `url` succeeds."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=seconds) as response:
            return bool(response.status == status)
    except (OSError, urllib.error.URLError, ValueError):
        return False


def server_environment(addresses: Addresses, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of both servers: loopback only, the chosen ports, then `extra`."""
    return child_environment({
        "WAYMARK_RASA_HOST": LOOPBACK, "WAYMARK_RASA_PORT": str(addresses.rasa_port),
        "WAYMARK_ACTIONS_HOST": LOOPBACK, "WAYMARK_ACTIONS_PORT": str(addresses.actions_port),
        "OPENBLAS_NUM_THREADS": "1",  # products this small are slower on two threads, which spin while they wait
        "OMP_NUM_THREADS": "1",
        "WAYMARK_ACTIONS": addresses.place,
        "ACTION_ENDPOINT_URL": f"{addresses.actions}/webhook",
        "WAYMARK_SECRET": session_secret(),
        **(extra or {}),
    })


def usual_place() -> str:
    """Where the actions run if nobody says: a second process pays if there is a second core for it."""
    return "both" if len(os.sched_getaffinity(0)) > 1 else "inside"


@contextmanager
def running(
    *, rasa_port: int | None = None, actions_port: int | None = None, env: Mapping[str, str] | None = None,
    actions: str | None = None, model: Path = MODEL, logs: Path = LOGS, seconds: float = START_SECONDS,
) -> Iterator[Addresses]:
    """Action server and Rasa on loopback, healthy when the block starts and gone when it ends.

    `actions` (by default WAYMARK_ACTIONS): where they run, "inside" Rasa's process, "apart" in one of their own, or
    "both", which is usual where there are two cores.
    Without a port a free one is taken. `env` is added to the servers' environment (for example WAYMARK_STATE_URL).
    Raises ToolError if a port is in use, a server dies, or `seconds` pass; the end of its log is then on stderr.
    """
    free = free_ports(2)
    wanted = child_environment(dict(env or {})).get("WAYMARK_ACTIONS")
    place = actions or wanted or usual_place()
    addresses = Addresses(rasa_port or free[0], actions_port or free[1], place=place)
    check_ports(addresses.rasa_port, addresses.actions_port)
    environment = {**server_environment(addresses, env), "WAYMARK_ACTIONS": addresses.place}
    children: dict[str, Child] = {}
    try:
        modules = {"actions": ["actions"], "rasa": ["tools.rasa_server", str(model)]}
        for name, module in modules.items():
            if name == "actions" and addresses.place == "inside":
                continue
            children[name] = processes.start(
                name, [PYTHON, "-m", *module], log=logs / f"{name}.log", env=environment, cwd=ROOT, show=verbose())
        addresses = replace(addresses, children=children)
        with step("Starting the assistant"):
            _wait_healthy(addresses, seconds)
        yield addresses
    finally:
        processes.stop(list(children.values()))


def _wait_healthy(addresses: Addresses, seconds: float) -> None:
    waiting = {"actions": f"{addresses.actions}/health", "rasa": f"{addresses.base}/health"}
    deadline = time.monotonic() + seconds
    pause = Event()
    while waiting:
        check_alive(addresses)
        waiting = {name: url for name, url in waiting.items() if not answers(url)}
        if waiting and time.monotonic() > deadline:
            name = next(iter(waiting))
            child = addresses.children.get(name) or addresses.children["rasa"]
            raise _failed(child, f"did not answer within {seconds:.0f} s")
        if waiting:
            pause.wait(0.1)


def check_alive(addresses: Addresses) -> None:
    """Raises ToolError, after the end of its log, if one of the servers has ended."""
    for child in addresses.children.values():
        if child.process.poll() is not None:
            raise _failed(child, f"ended by itself (exit code {child.process.returncode})")


def _failed(child: Child, what: str) -> ToolError:
    show_tail(child.tail(10 * TAIL))
    log = child.log.relative_to(ROOT) if child.log.is_relative_to(ROOT) else child.log
    return ToolError(f"{child.name} {what}; the end of its log is above, all of it in {log}")
