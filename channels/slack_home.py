"""What the app shows before anyone asks: the home tab, the greeting of the assistant view. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from channels import slack_clicks, slack_text
from channels import slack_wording as said
from channels.slack_blocks import button
from knowledge.statement import Edition

MAX_PROMPTS = 4  # Slack's limit of setSuggestedPrompts


@dataclass(frozen=True)
class Knowledge:
    """How much is known and how new it is: the number of editions, ISO dates of the newest and of the last look."""

    editions: int
    newest: str
    checked: str


def knowledge_of(editions: Mapping[str, Edition]) -> Knowledge:
    """The state of the knowledge, from its editions."""
    dated = [edition.published for edition in editions.values() if edition.published[:1].isdigit()]
    return Knowledge(len(editions), max(dated, default=""), max((e.retrieved for e in editions.values()), default=""))


def view(direct: str, command: str, contact: str, knowledge: Knowledge | None) -> dict[str, Any]:
    """The home tab. `direct`: the channel in which a sample question is answered."""
    where = said.WHERE.format(command=command)
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": {"type": "plain_text", "text": said.HOME_TITLE}},
        _text(said.ABLE),
        _text(said.NOT_ABLE),
        _text(f"*{said.PROMPTS_TITLE}*", escaped=True),
        {
            "type": "actions",
            "elements": [button(f"{slack_clicks.ASK}:{n}", text, text) for n, text in enumerate(said.SAMPLES)],
        },
        _text(where),
        {"type": "divider"},
        _text(said.person(contact)),
    ]
    if knowledge is not None and knowledge.editions:
        line = said.knowledge(knowledge.editions, knowledge.newest, knowledge.checked)
        blocks.append({"type": "context", "elements": [{"type": "mrkdwn", "text": slack_text.escape(line)}]})
    return {"type": "home", "private_metadata": direct, "blocks": blocks}


def _text(text: str, *, escaped: bool = False) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text if escaped else slack_text.escape(text)}}


def prompts(channel: str, thread: str) -> dict[str, Any]:
    """The body of assistant.threads.setSuggestedPrompts."""
    shown = [{"title": slack_text.shorten(text, 75), "message": text} for text in said.SAMPLES[:MAX_PROMPTS]]
    return {"channel_id": channel, "thread_ts": thread, "title": said.PROMPTS_TITLE, "prompts": shown}
