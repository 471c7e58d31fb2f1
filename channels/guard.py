"""What every channel does with a message: clean it, wait only so long, and never stay silent."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from time import perf_counter
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from channels.masking import Masked, mask
from observe import metrics
from observe.logs import place, with_fields

logger = logging.getLogger(__name__)
MAX_MESSAGE = 1000
MAX_SENDER = 128
RESERVED = ("web-", "slack-")  # conversations that only their own channels may speak in
Handler = Callable[[UserMessage], Awaitable[Any]]


def printable(text: str) -> str:
    """The text without control characters, half characters and space around it."""
    return "".join(c for c in text if c.isprintable() or c in "\n\t").strip()


def clean(text: str) -> Masked:
    """The text as a person's words, and whether personal numbers were taken out (channels/masking.py).

    Rasa takes "/intent{…}" as a command that skips understanding and can set slots: leading slashes go, also those
    behind spaces ("/ /restart"). Control characters go too.
    """
    return mask(printable(text).lstrip("/ \n\t"))


def clean_text(text: str) -> str:
    """The text of `clean`."""
    return clean(text).text


def new_sender() -> str:
    """An id for a client that gave none, so that strangers never share a conversation."""
    return f"anonymous-{secrets.token_hex(16)}"


def failure_reply(contact: str) -> list[dict[str, Any]]:
    """What is said when no answer came in time."""
    text = f"Sorry, I can't look that up right now. Please try again in a minute, or ask {contact}."
    payload = {"type": "handoff", "headline": text, "citations": [], "suggestions": [], "failure": True}
    return [{"text": text}, {"custom": payload}]


async def answer(
    on_new_message: Handler,
    text: str,
    sender: str,
    channel: str,
    *,
    seconds: float,
    contact: str,
    metadata: dict[str, Any] | None = None,
) -> list[dict[str, Any]]:
    """Rasa's messages to one message, within `seconds`; the failure reply if there are none by then."""
    began = perf_counter()
    collector = CollectingOutputChannel()
    message = UserMessage(text, collector, sender, input_channel=channel, metadata=metadata)
    task = asyncio.ensure_future(on_new_message(message))
    reason = "silent"
    metrics.TURNS_WAITING.labels(channel).inc()
    try:
        await asyncio.wait_for(task, seconds)
    except asyncio.TimeoutError:
        reason = "timeout"
        logger.error("no answer within %.1f s; the action server may be away or hung", seconds)
    except Exception as error:  # noqa: BLE001 - whatever went wrong, the person gets a reply
        reason = "error"
        logger.error("a message could not be handled: %s", place(error))
    finally:
        metrics.TURNS_WAITING.labels(channel).dec()
    said: list[dict[str, Any]] = list(collector.messages)
    if not said:
        metrics.TURN_FAILURES.labels(channel, reason).inc()
        said = [{"recipient_id": sender, **part} for part in failure_reply(contact)]
    _note(said, channel, perf_counter() - began)
    return said


def _note(said: list[dict[str, Any]], channel: str, took: float) -> None:
    """One line and one count for a turn: what kind of answer it was, never what was said."""
    kind, topic = metrics.kind_and_topic(next((part["custom"] for part in said if "custom" in part), None))
    metrics.ANSWERS.labels(channel, kind, topic).inc()
    metrics.TURN_SECONDS.labels(channel).observe(took)
    fields = with_fields(channel=channel, kind=kind, topic=topic, ms=round(1000 * took, 1))
    logger.info("answered", extra=fields)
