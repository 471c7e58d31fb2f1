"""Rasa's log in Waymark's form: no text of anybody's, the request's id in each line and in the call of an action."""
from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from observe import logs, request_ids

HIDDEN = "(hidden)"
# what Rasa's log events call the user's text and everything derived from it (rasa.utils.log_utils), and a few more
PRIVATE = frozenset((
    "text", "response_text", "user_text", "slot_values", "parse_data_text", "parse_data_entities", "prediction_events",
    "tracker_latest_message", "prefilled_slots", "message", "response", "slot_candidates", "rasa_event", "rasa_events",
    "tracker_states", "current_states", "old_states", "successes", "current_entity", "next_entity", "states", "entity",
    "token_text", "user_message", "json_message", "entities", "slots", "tracker", "latest_message", "events",
))
PLAIN = (str, int, float, bool, type(None))  # whatever has parts may have a text among them


def hide_text(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A structlog processor: what a person wrote does not reach the log, at any level."""
    kept = ("exc_info", "event")
    return {
        key: value if key in kept or (key not in PRIVATE and isinstance(value, PLAIN)) else HIDDEN
        for key, value in event.items()}


def to_logging(_logger: object, _method: str, event: dict[str, Any]) -> tuple[tuple[str], dict[str, Any]]:
    """structlog's last processor: the event becomes an entry of Python's own log, its fields beside it."""
    error = event.pop("exc_info", None)
    key = str(event.pop("event", ""))
    said = str(event.pop("event_info", "") or key)
    event.pop("level", None)
    fields = {"event": key, **event} if said != key else event
    return (said,), {"exc_info": error, "extra": {logs.FIELDS: fields}}


def configure(level: str, form: str, secrets: Sequence[str]) -> None:
    """Rasa's own logging at `level`, in the form of observe/logs.py, with the text hidden."""
    import structlog
    from rasa.utils.common import configure_logging_and_warnings
    from rasa.utils.log_utils import configure_structlog

    number = logging.getLevelName(level)
    logs.configure(level, form, secrets)
    configure_logging_and_warnings(number, None, warn_only_once=True, filter_repeated_logs=False)
    configure_structlog(number)
    structlog.configure(processors=[
        hide_text, structlog.stdlib.filter_by_level, structlog.contextvars.merge_contextvars, to_logging])


def pass_request_id() -> None:
    """Whatever Rasa asks of another server, the action server above all, carries the request's id."""
    from rasa.utils.endpoints import EndpointConfig

    original = EndpointConfig.request

    async def request(endpoint: EndpointConfig, *arguments: Any, **more: Any) -> Any:
        if request_id := request_ids.current():
            more["headers"] = {**(more.get("headers") or {}), request_ids.HEADER: request_id}
        return await original(endpoint, *arguments, **more)

    EndpointConfig.request = request
