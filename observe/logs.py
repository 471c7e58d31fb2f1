"""The log: one line an entry, as text or as JSON, with the request's id, without what people write and without secrets.

What an exception says may quote a message or an SQL parameter, so of an exception only its type and its place are
written. Of libraries only warnings are kept, and of what they say only the first line.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, TextIO

from observe import request_ids
from observe.redaction import redactor

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
OURS = frozenset("actions channels components knowledge observe replicas state tools rasa waymark __main__".split())
# these do not pass their records on to the root: Rasa says so of the web server's
APART = ("sanic.root", "sanic.error", "sanic.access")
FRAMES = 3
LONGEST = 2000  # characters of a message
FIELDS = "fields"  # logger.info("…", extra={"fields": {"kind": "answer"}})


def with_fields(**fields: object) -> dict[str, Mapping[str, object]]:
    """For `extra=` of a logging call: what belongs to the line beside its words."""
    return {FIELDS: fields}


def place(error: BaseException, frames: int = FRAMES) -> str:
    """An exception's type and where it was raised, innermost first; never its text, which may hold a message."""
    found = traceback.extract_tb(error.__traceback__)[-frames:]
    return " < ".join([type(error).__name__, *(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(found))])


def entry(record: logging.LogRecord) -> dict[str, Any]:
    """A record as a flat dictionary: time (UTC), level, logger, message, request_id, its fields, error."""
    moment = datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds")
    made: dict[str, Any] = {
        "time": moment.replace("+00:00", "Z"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    if request_id := request_ids.current():
        made["request_id"] = request_id
    for name, value in (getattr(record, FIELDS, None) or {}).items():
        made.setdefault(name, value)
    if record.exc_info and record.exc_info[1] is not None:
        made["error"] = place(record.exc_info[1])
    return made


def _message(record: logging.LogRecord) -> str:
    if isinstance(record.msg, BaseException):
        return place(record.msg)
    try:
        message = record.getMessage()
    except Exception:  # noqa: BLE001 - a library's faulty call must not end what it is about
        message = str(record.msg)
    if record.name.split(".")[0] not in OURS:
        message = message.partition("\n")[0].partition(" exception=")[0]  # asyncio adds what a task raised
    return message[:LONGEST]


class _Formatter(logging.Formatter):
    def __init__(self, secrets: Sequence[str], render: Callable[[dict[str, Any]], str]) -> None:
        super().__init__()
        self._redact, self._render = redactor(secrets), render

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(self._render(entry(record)))


def as_json(content: Mapping[str, Any]) -> str:
    """One line of JSON."""
    return json.dumps(content, ensure_ascii=False, default=str)


def as_text(content: Mapping[str, Any]) -> str:
    """One line for people: time, level, logger, message, then what else there is as name=value."""
    rest = dict(content)
    head = f"{rest.pop('time')} {rest.pop('level'):<8}{rest.pop('logger')}  {rest.pop('message')}"
    line = " ".join([head, *(f"{name}={value}" for name, value in rest.items())])
    return "".join(c if c.isprintable() else " " for c in line)


def _wanted(record: logging.LogRecord) -> bool:
    if record.name == "py.warnings" and "DeprecationWarning" in record.getMessage():
        return False  # theirs to mend
    return record.levelno >= logging.WARNING or record.name.split(".")[0] in OURS


def configure(level: str, form: str = "text", secrets: Sequence[str] = (), stream: TextIO | None = None) -> None:
    """Write the log to `stream` (stderr) from now on, in place of all handlers there are."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Formatter(secrets, as_json if form == "json" else as_text))
    handler.addFilter(_wanted)
    logging.captureWarnings(True)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in APART:
        logging.getLogger(name).handlers = [handler]
