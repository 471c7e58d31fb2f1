"""What a reply is. Imports nothing but Python: the generator runs in an environment of its own."""
from __future__ import annotations

import json
from typing import Any

ERROR, EMPTY, FAILURE, OTHER = "error", "empty", "failure", "other"
BAD = (ERROR, EMPTY, FAILURE)


def kind(status: int, body: bytes) -> str:
    """Of a reply over REST: the type of its payload, or one of the constants above for what is no answer; `failure` if
    the assistant said that it could not answer."""
    if status != 200:
        return ERROR
    try:
        messages: Any = json.loads(body)
    except ValueError:
        return ERROR
    if not isinstance(messages, list) or not messages:
        return EMPTY
    payloads = [part["custom"] for part in messages if isinstance(part, dict) and isinstance(part.get("custom"), dict)]
    if any(payload.get("failure") for payload in payloads):
        return FAILURE
    if not payloads and not any(isinstance(part, dict) and part.get("text") for part in messages):
        return EMPTY
    return str(payloads[0].get("type", OTHER)) if payloads else OTHER


def web_kind(status: int, body: bytes) -> tuple[str, int]:
    """As `kind`, of a reply over the web channel; and the cursor after it (0 if there is none)."""
    if status != 200:
        return ERROR, 0
    try:
        content: Any = json.loads(body)
        said = [message for message in content["messages"] if message["role"] == "assistant"]
        cursor = int(content["cursor"])
    except (ValueError, LookupError, TypeError):
        return ERROR, 0
    if not said:
        return EMPTY, cursor
    payload = said[-1]["payload"] or {}
    return (FAILURE if payload.get("failure") else str(payload.get("type", OTHER))), cursor
