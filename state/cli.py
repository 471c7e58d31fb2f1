"""The operator's commands: python -m state show, expire, export, delete, backup, restore."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.engine import Engine, make_url

import settings
from state import backups, conversations, export
from state.conversations import transaction
from state.database import HEAD, open_state
from state.errors import Gone, StateError
from state.models import conversation, handoff, metadata

PREFIX = "web-"


def show(engine: Engine, _arguments: argparse.Namespace) -> int:
    """How much is kept, since when, and who waits for a person."""
    print(f"database  {make_url(str(engine.url)).render_as_string(hide_password=True)}, schema {HEAD}")
    with transaction(engine) as connection:
        oldest = connection.execute(select(func.min(conversation.c.last_active))).scalar()
        print(f"oldest    {oldest or '-'}")
        waiting = select(func.count()).select_from(handoff).where(handoff.c.status == "waiting")
        print(f"waiting   {connection.execute(waiting).scalar()} for a person")
        for table in metadata.sorted_tables:
            print(f"{connection.execute(select(func.count()).select_from(table)).scalar():>9} {table.name}")
    return 0


def expire(engine: Engine, arguments: argparse.Namespace) -> int:
    """Delete what nobody used for so many days."""
    now = datetime.now(timezone.utc)
    count = conversations.forget_idle(engine, now - timedelta(days=arguments.days))
    count += conversations.forget_empty(engine, now - timedelta(days=1))
    print(f"{count} conversations deleted")
    return 0


def export_one(engine: Engine, arguments: argparse.Namespace) -> int:
    """Print all that is kept of one conversation, as JSON."""
    with transaction(engine) as connection:
        kept = export.everything(connection, _conversation(engine, arguments.conversation))
    print(json.dumps(asdict(kept), ensure_ascii=False, indent=1))
    return 0


def delete(engine: Engine, arguments: argparse.Namespace) -> int:
    """Delete one conversation from every table."""
    if not conversations.forget(engine, _conversation(engine, arguments.conversation)):
        raise Gone
    print("deleted")
    return 0


def _conversation(engine: Engine, name: str) -> str:
    """The id of a conversation, also from the session's id that students see in their export."""
    with transaction(engine) as connection:
        return PREFIX + name if conversations.exists(connection, PREFIX + name) else name


def parser(keep_days: int) -> argparse.ArgumentParser:
    """The command line."""
    top = argparse.ArgumentParser(prog="python -m state", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    commands.add_parser("show", help="how much is kept").set_defaults(run=show)
    one = commands.add_parser(
        "expire", help="delete conversations that nobody used for a time (the server does it hourly)"
    )
    one.add_argument("--days", type=_days, default=keep_days, help=f"default {keep_days} (WAYMARK_KEEP_DAYS)")
    one.set_defaults(run=expire)
    for name, run in (("export", export_one), ("delete", delete)):
        one = commands.add_parser(name, help=f"{name} one conversation")
        one.add_argument("conversation", help="its id, or the session's id from a student's export")
        one.set_defaults(run=run)
    one = commands.add_parser("backup", help="copy a SQLite database while it is in use")
    one.add_argument("file", type=Path)
    one = commands.add_parser("restore", help="put a copy in the database's place; stop the servers first")
    one.add_argument("file", type=Path)
    one.add_argument("--yes", action="store_true", help="what is in the database now is lost")
    return top


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days")
    return int(text)


def main(arguments: Sequence[str] | None = None) -> int:
    """0 if it was done, 1 with one line on stderr if not."""
    try:
        config = settings.load()
        given = parser(config.keep_days).parse_args(arguments)
        if given.command == "backup":
            backups.backup(config.state_url, given.file)
            print(f"{given.file} written")
            return 0
        if given.command == "restore":
            backups.restore(given.file, config.state_url, sure=given.yes)
            print("restored; the servers can be started")
            return 0
        engine = open_state(config.state_url)
        try:
            run: Callable[[Engine, argparse.Namespace], int] = given.run
            return run(engine, given)
        finally:
            engine.dispose()
    except Gone:
        print("state: there is no such conversation", file=sys.stderr)
    except (StateError, settings.SettingError) as error:
        print(f"state: {error}", file=sys.stderr)
    return 1
