"""PostgreSQL's own backup and restore, with the commands of docs/operate.md."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from settings import ROOT
from state import messages
from state.conversations import exists, forget, touch, transaction
from state.database import open_state


def command(program: str, url: str, folder: Path) -> list[str]:
    """The command as the page shows it, for this database and this folder."""
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    found = re.search(rf"^{program} [^#\n]*", page, re.M)
    assert found, f"docs/operate.md shows no {program}"
    filled = found[0].replace('"$DATABASE"', shlex.quote(url)).replace("state.dump", str(folder / "state.dump"))
    return shlex.split(filled)


def test_a_dump_brings_everything_back(postgres_socket: Path, tmp_path: Path) -> None:
    if shutil.which("pg_dump") is None:
        pytest.skip("no pg_dump (apt-get install postgresql)")
    server = create_engine(
        f"postgresql://waymark@/postgres?host={postgres_socket}", future=True, isolation_level="AUTOCOMMIT"
    )
    with server.connect() as connection:
        connection.execute(text("CREATE DATABASE dumped"))
    url = f"postgresql://waymark@/dumped?host={postgres_socket}"
    engine = open_state(url)
    with transaction(engine) as connection:
        touch(connection, "web-kept", "web")
        messages.add(connection, "web-kept", "user", "hello")
    subprocess.run(command("pg_dump", url, tmp_path), check=True, timeout=60)
    forget(engine, "web-kept")
    with transaction(engine) as connection:
        touch(connection, "web-later", "web")
    engine.dispose()
    subprocess.run(command("pg_restore", url, tmp_path), check=True, timeout=60)
    engine = open_state(url)
    with transaction(engine) as connection:
        assert exists(connection, "web-kept")
        assert [one.text for one in messages.history(connection, "web-kept", 0, 10)] == ["hello"]
        assert not exists(connection, "web-later")
    engine.dispose()
    with server.connect() as connection:
        connection.execute(text("DROP DATABASE dumped WITH (FORCE)"))
    server.dispose()
