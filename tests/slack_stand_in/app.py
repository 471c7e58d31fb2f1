"""A server with the Slack and the web channel, and in Rasa's place a handler that answers as a test wants.

python -m tests.slack_stand_in.app PORT HEARD    (HEARD: a file that gets a line a message that reached the handler)
"""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import UserMessage
from sanic import Sanic

from channels.slack import SlackChannel
from channels.web import WebChannel

CITATION = {
    "n": 1,
    "statement": "s1",
    "source": "src-1",
    "publisher": "Bureau",
    "title": "Survey",
    "url": "https://src.example/",
    "published": "2026-05-15",
    "dated": "15 May 2026",
    "period": "2025-05",
    "locator": "table 1",
    "evidence": "https://school.example/webhooks/web/evidence/s1",
}


def answer(text: str) -> dict[str, Any]:
    """An answer that says back what was asked."""
    return {
        "type": "answer",
        "topic": "pay",
        "occupation": "registered-nurse",
        "headline": f"You asked: {text} [1]",
        "points": [{"text": "A point. [1]", "citations": [1]}],
        "facts": [],
        "conflict": None,
        "stale": False,
        "fallbacks": [],
        "notes": [],
        "chart": None,
        "table": None,
        "verdict": None,
        "computed": False,
        "citations": [CITATION],
        "suggestions": ["And in Ohio?", "Tell me more"],
        "answer_id": "0123456789abcdef",
    }


def handler(heard: Path) -> Any:
    """ "slow 2 …" takes two seconds; "hang …" never ends."""

    async def handle(message: UserMessage) -> None:
        assert message.output_channel is not None
        text = str(message.text)
        with heard.open("a", encoding="utf-8") as file:
            file.write(json.dumps([message.sender_id, text]) + "\n")
        if text.startswith("slow"):
            await asyncio.sleep(float(text.split()[1]))
        if text.startswith("hang"):
            await asyncio.Event().wait()
        payload = answer(text)
        await message.output_channel.send_text_message(message.sender_id, f"{payload['headline']}\n• A point. [1]")
        await message.output_channel.send_custom_json(message.sender_id, payload)

    return handle


if __name__ == "__main__":
    app = Sanic("waymark_slack_stand_in")
    for channel in (SlackChannel(), WebChannel()):
        app.blueprint(channel.blueprint(handler(Path(sys.argv[2]))), url_prefix=f"/webhooks/{channel.name()}")
    app.run("127.0.0.1", int(sys.argv[1]), access_log=False)
