"""What every channel does with a message before and after Rasa."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from channels import guard
from tests import checks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What do coders earn?", "What do coders earn?"),
        ("  hello \n", "hello"),
        ("two\nlines", "two\nlines"),
        ('/ask_pay{"place": "US-TX"}', 'ask_pay{"place": "US-TX"}'),
        ("//restart", "restart"),
        (" / /restart", "restart"),
        ("/", ""),
        ("", ""),
        ("pay 50/50?", "pay 50/50?"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("\u202eevil", "evil"),
        ("Zoë \U0001f600", "Zoë \U0001f600"),
        ("\x00/restart", "restart"),
        ("\u200b/restart", "restart"),
    ],
)
def test_a_message_is_words_never_a_command(text: str, expected: str) -> None:
    assert guard.clean_text(text) == expected


@pytest.mark.parametrize(
    "text", ["/restart", " /restart", "\t/\n/restart", "\x07/ /\x07/restart", "\ufeff/restart", "/ \x00/x"]
)
def test_no_leading_slash_survives(text: str) -> None:
    assert not guard.clean_text(text).startswith("/")


def test_every_stranger_has_an_id_of_their_own() -> None:
    ids = {guard.new_sender() for _ in range(100)}
    assert len(ids) == 100
    assert all(len(id) <= guard.MAX_SENDER for id in ids)


async def answer(handler: guard.Handler, seconds: float = 5.0) -> list[dict[str, Any]]:
    return await guard.answer(handler, "hello", "ann", "rest", seconds=seconds, contact="Ms Ito, room 12")


async def test_what_was_said_is_passed_on_in_order() -> None:
    async def handler(message: UserMessage) -> None:
        assert message.output_channel is not None
        await message.output_channel.send_text_message(message.sender_id, message.text or "")
        await message.output_channel.send_custom_json(message.sender_id, {"type": "answer"})

    said = await answer(handler)
    assert [(part["recipient_id"], part.get("text"), part.get("custom")) for part in said] == [
        ("ann", "hello", None),
        ("ann", None, {"type": "answer"}),
    ]


async def says_nothing(message: UserMessage) -> None:
    pass


async def breaks(message: UserMessage) -> None:
    raise RuntimeError("the action server is away")


async def hangs(message: UserMessage) -> None:
    await asyncio.Event().wait()


@pytest.mark.parametrize("handler", [says_nothing, breaks, hangs])
async def test_silence_a_fault_and_a_hang_become_a_polite_failure(handler: guard.Handler) -> None:
    said = await answer(handler, seconds=0.05)
    text = next(part["text"] for part in said if "text" in part)
    payload = next(part["custom"] for part in said if "custom" in part)
    assert {part["recipient_id"] for part in said} == {"ann"}
    assert "Ms Ito, room 12" in text
    assert (payload["type"], payload["failure"]) == ("handoff", True)
    assert not checks.shape_faults(text, payload)


async def test_what_was_said_before_a_fault_is_not_lost() -> None:
    async def handler(message: UserMessage) -> None:
        assert message.output_channel is not None
        await message.output_channel.send_text_message(message.sender_id, "first")
        raise RuntimeError("then it broke")

    assert [part["text"] for part in await answer(handler)] == ["first"]


async def test_a_message_that_hangs_is_stopped() -> None:
    ended = asyncio.Event()

    async def handler(message: UserMessage) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    await answer(handler, seconds=0.05)
    assert ended.is_set()


async def test_the_words_of_a_person_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def handler(message: UserMessage) -> None:
        raise RuntimeError(message.text)

    await answer(handler)
    assert caplog.records
    assert "hello" not in caplog.text
