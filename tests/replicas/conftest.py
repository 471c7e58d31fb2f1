"""Two replicas behind nginx: Rasa and an action server each, one PostgreSQL, one Redis, and deploy/nginx.conf."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

from settings import ROOT
from tests.redis_server import RedisServer
from tools import servers
from tools.prepare import ensure_knowledge, ensure_model
from tools.servers import Addresses, answers, free_ports

SITE = "https://www.example.edu"
SECRET = "a secret of these tests that both replicas know"
SESSIONS = 12  # new sessions a minute from one address


@dataclass
class Cluster:
    """The replicas, and what stands before and behind them."""

    env: dict[str, str]
    logs: Path
    engine: Engine
    redis: RedisServer
    proxy: str  # the website's channel through nginx
    replicas: list[Addresses] = field(default_factory=list)
    stacks: list[ExitStack] = field(default_factory=list)

    def base(self, number: int) -> str:
        """The website's channel of one replica."""
        return f"{self.replicas[number].base}/webhooks/web/"

    def start(self, number: int, port: int) -> None:
        """Replica `number`, Rasa on that port."""
        stack = ExitStack()
        running = servers.running(rasa_port=port, actions="apart", env=self.env, logs=self.logs / str(number))
        self.replicas[number : number + 1] = [stack.enter_context(running)]
        self.stacks[number : number + 1] = [stack]

    def kill(self, number: int) -> None:
        """As a machine that loses power: Rasa and its action server, at once. Rasa first: without its action server it
        would still say that it cannot answer, which no dead machine does."""
        children = self.replicas[number].children
        for name in sorted(children, key=lambda name: name != "rasa"):
            os.killpg(children[name].process.pid, signal.SIGKILL)
        for child in children.values():
            child.process.wait(10)


def rendered(folder: Path, ports: list[int], listen: int, own: int, tls: bool = False) -> Path:
    """deploy/nginx.conf for loopback: other addresses and folders, nothing else."""
    source = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    server = (ROOT / "deploy" / ("nginx-https.conf" if tls else "nginx-http.conf")).read_text(encoding="utf-8")
    for old, new in (
        ("/tmp/", f"{folder}/"),
        *((f"rasa-{number}:5005", f"127.0.0.1:{port}") for number, port in enumerate(ports, 1)),
        ("127.0.0.1:8081", f"127.0.0.1:{own}"),
        ("/etc/nginx/waymark-server.conf", str(folder / "server.conf")),
        ("/dev/stdout", str(folder / "access.log")),
        ("/dev/stderr", str(folder / "error.log")),
    ):
        assert old in source, old
        source = source.replace(old, new)
    server = server.replace("listen 8080", f"listen 127.0.0.1:{listen}").replace("/etc/nginx/tls", str(folder))
    (folder / "server.conf").write_text(server, encoding="utf-8")
    if os.geteuid() == 0:
        source = f"user root;\n{source}"  # pytest's folders are for their owner only
    path = folder / "nginx.conf"
    path.write_text(source, encoding="utf-8")
    return path


def nginx() -> str:
    """The program; without it the test is skipped."""
    program = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None:
        pytest.skip("nginx is not installed (apt-get install nginx-light)")
    return program


@contextmanager
def running_nginx(folder: Path, ports: list[int]) -> Iterator[str]:
    """nginx before these replicas; its address."""
    program = nginx()
    listen, own = free_ports(2)
    config = rendered(folder, ports, listen, own)
    command = [program, "-c", str(config), "-e", str(folder / "error.log"), "-g", "daemon off;"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 10
            while not _answers(own):
                assert process.poll() is None and time.monotonic() < deadline, (folder / "error.log").read_text()
                time.sleep(0.05)
            yield f"http://127.0.0.1:{listen}"
        finally:
            process.terminate()
            process.wait(10)


def _answers(port: int) -> bool:
    return answers(f"http://127.0.0.1:{port}/nginx-health", 1.0, status=204)


@pytest.fixture(scope="session")
def cluster(
    postgres_socket: Path, redis_running: RedisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """Started once for all tests."""
    nginx()
    ensure_knowledge()
    ensure_model()
    logs = tmp_path_factory.mktemp("cluster")
    plain = f"postgresql://waymark@/{{}}?host={postgres_socket}"
    server = create_engine(plain.format("postgres"), future=True, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE replicas"))
    env = {
        "WAYMARK_STATE_URL": plain.format("replicas"),
        "WAYMARK_REDIS_URL": redis_running.url,
        "WAYMARK_SECRET": SECRET,
        "WAYMARK_ACTIONS_SECRET": "what the replicas show to their action servers",
        "WAYMARK_ORIGINS": SITE,
        "WAYMARK_PUBLIC_URL": "",
        "WAYMARK_TRUSTED_PROXIES": "127.0.0.1",
        "WAYMARK_ADDRESS_SESSIONS": str(SESSIONS),
        "WAYMARK_SESSION_MESSAGES": "600",
        "WAYMARK_ADDRESS_MESSAGES": "600",
    }
    engine = create_engine(plain.format("replicas"), future=True)
    made = Cluster(env, logs, engine, redis_running, "")
    ports = free_ports(2)
    try:
        for number, port in enumerate(ports):
            made.start(number, port)
        with running_nginx(tmp_path_factory.mktemp("nginx"), ports) as address:
            made.proxy = f"{address}/webhooks/web/"
            yield made
    finally:
        for stack in made.stacks:
            stack.close()
        engine.dispose()
        server.dispose()
