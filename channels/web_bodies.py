"""What clients of the web channel send, read strictly. Pure; raises Problem, which repeats nothing of the body."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels import guard
from channels.masking import mask
from channels.person import Request
from channels.problems import Problem

MAX_BODY = 32 * 1024
MAX_COMMENT = 500
MAX_NAME = 100
MAX_EMAIL = 254
MAX_SEQ = 2**31 - 1
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")
ANSWER_ID = re.compile(r"[0-9a-f]{1,32}")
Body = Mapping[str, Any]


@dataclass(frozen=True)
class SentMessage:
    """A message; `after` is the number of the last message that the client has, None if it does not say."""

    id: str
    text: str
    masked: bool
    after: int | None


def read_json(body: bytes, content_type: str | None, *, optional: bool = False) -> Body:
    """The body as an object. Raises Problem unsupported_media_type or invalid."""
    if optional and not body:
        return {}
    if (content_type or "").partition(";")[0].strip().lower() != "application/json":
        raise Problem("unsupported_media_type", "Send JSON, with Content-Type: application/json.")
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Problem("invalid", "The body is not JSON.") from None
    if not isinstance(content, dict):
        raise Problem("invalid", "The body must be a JSON object.")
    return content


def _no_constant(_name: str) -> None:
    raise ValueError  # NaN and Infinity are no JSON


def read_message(body: Body) -> SentMessage:
    """A message as `POST messages` takes it."""
    client_id, text = body.get("id"), body.get("text")
    if not isinstance(client_id, str) or not _UUID.fullmatch(client_id):
        raise Problem("not_a_message", "`id` must be a UUID that you make, a new one for each message.")
    if not isinstance(text, str):
        raise Problem("not_a_message", "`text` must be a text.")
    if len(text) > guard.MAX_MESSAGE:
        raise Problem("too_long", f"A message has at most {guard.MAX_MESSAGE} characters. Please shorten it.")
    cleaned = guard.clean(text)
    if not cleaned.text:
        raise Problem("not_a_message", "`text` must not be empty.")
    after = body.get("after")
    if isinstance(after, float) and after.is_integer():
        after = int(after)  # 3.0 is a whole number in JSON
    if after is not None and (not isinstance(after, int) or isinstance(after, bool) or after < 0):
        raise Problem("invalid", "`after` must be a whole number from 0, or left out.")
    return SentMessage(client_id.lower(), cleaned.text, cleaned.changed, None if after is None else min(after, MAX_SEQ))


def read_after(value: str | None) -> int:
    """The query parameter `after`."""
    if value is None:
        return 0
    if not re.fullmatch(r"[0-9]{1,10}", value):
        raise Problem("invalid", "`after` must be a whole number from 0.")
    return min(int(value), MAX_SEQ)


def read_feedback(body: Body) -> tuple[bool, str | None]:
    """(helpful, comment)."""
    helpful = body.get("helpful")
    if not isinstance(helpful, bool):
        raise Problem("invalid", "`helpful` must be true or false.")
    comment = _text(body, "comment", MAX_COMMENT)
    return helpful, guard.clean_text(comment) or None if comment else None


def read_person(body: Body) -> Request:
    """The contact form. Consent must be given."""
    if body.get("consent") is not True:
        raise Problem("invalid", "`consent` must be true: your details are passed on only if you agree.")
    email = body.get("email")
    if not isinstance(email, str) or len(email) > MAX_EMAIL or not _EMAIL.fullmatch(email.strip()):
        raise Problem("invalid", "`email` must be an e-mail address.")
    share = body.get("share_transcript", False)
    if not isinstance(share, bool):
        raise Problem("invalid", "`share_transcript` must be true or false.")
    name = _text(body, "name", MAX_NAME)
    question = _text(body, "question", guard.MAX_MESSAGE)
    return Request(
        email=email.strip(),
        name=" ".join(name.split()) or None if name else None,
        question=mask(question, contact=True).text or None if question else None,
        share_transcript=share,
    )


def _text(body: Body, key: str, limit: int) -> str | None:
    value = body.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Problem("invalid", f"`{key}` must be a text.")
    if len(value) > limit:
        raise Problem("too_long", f"`{key}` has at most {limit} characters. Please shorten it.")
    return guard.printable(value)
