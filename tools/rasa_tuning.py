"""Two things that Rasa 3.6 does anew for every message and need not. Measured in docs/performance.md."""
from __future__ import annotations

from types import TracebackType
from typing import Any

import aiohttp

KEEP_SECONDS = 3.0  # shorter than the five seconds after which the action server closes an idle connection


def tune() -> None:
    """Both, for this process."""
    validate_once()
    keep_connections()


def validate_once() -> None:
    """Rasa checks every reply of the action server against a schema, and the schema itself before each check: a fifth
    of an answer's time. Here the schema is checked once; replies are checked as before."""
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
        if getattr(result, "checked", False):  # actions/in_process.py
            return True
        error = best_match(validator.iter_errors(result))
        if error is not None:
            error.message += ". The action server's reply is not what Rasa expects of one."
            raise error
        return True

    RemoteAction._validate_action_result = validate


class _Kept:
    """A session that stays open when Rasa's `async with` leaves it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def keep_connections() -> None:
    """Rasa opens a session and a connection for every call of the action server, and closes both. Here an endpoint's
    session stays, and a connection for a few seconds. An endpoint with a password keeps Rasa's own way."""
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig

    original = EndpointConfig.session
    kept: dict[int, aiohttp.ClientSession] = {}

    def session(endpoint: EndpointConfig) -> Any:
        if endpoint.basic_auth:
            return original(endpoint)
        found = kept.get(id(endpoint))
        if found is None or found.closed:
            found = kept[id(endpoint)] = aiohttp.ClientSession(
                headers=endpoint.headers, timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
                connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_SECONDS))
        return _Kept(found)

    EndpointConfig.session = session
