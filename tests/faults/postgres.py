"""A PostgreSQL server that tests pause, stop and cut off."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import create_engine, text


@dataclass(frozen=True)
class Cluster:
    """The server whose socket is in `folder` (tests.knowledge.samples.postgres)."""

    folder: Path

    @property
    def url(self) -> str:
        return f"postgresql://waymark@/{{}}?host={self.folder}"

    def create(self, name: str) -> str:
        """A new database; its address."""
        self._run(f"CREATE DATABASE {name}")
        return self.url.format(name)

    def cut(self, name: str) -> None:
        """End every connection to a database."""
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    @contextmanager
    def paused(self) -> Iterator[None]:
        """All its processes stand still: connections are taken by the system, and nobody answers."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """It crashes, and is started again."""
        self._control("-m", "immediate", "stop")
        try:
            yield
        finally:
            options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
            self._control("-l", f"{self.folder}/log", "-o", options, "start")

    def _run(self, statement: str) -> None:
        engine = create_engine(self.url.format("postgres"), future=True, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _signal(self, number: signal.Signals) -> None:
        (first,) = (self.folder / "data" / "postmaster.pid").read_text(encoding="ascii").split("\n")[:1]
        for pid in [int(first), *_children(int(first))]:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

    def _control(self, *arguments: str) -> None:
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [Path(shutil.which("initdb") or "/").parent]
        prefix = ["runuser", "-u", pwd.getpwuid(self.folder.stat().st_uid).pw_name, "--"] if os.getuid() == 0 else []
        subprocess.run(
            [*prefix, str(found[-1] / "pg_ctl"), "-D", f"{self.folder}/data", "-w", *arguments],
            cwd=self.folder, check=True, timeout=60, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        )  # fmt: skip


def _children(parent: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text(errors="replace").rpartition(")")[2].split()[1]) == parent:
                found.append(int(stat.parent.name))
    return found
