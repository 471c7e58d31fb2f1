"""A reply of the assistant -> one Slack message: Block Kit, and a text for notifications and screen readers. Pure.

What must not be read as markup stands in `rich_text`, which has none; the list of sources, in small print, is mrkdwn.
Slack's limits: https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from channels import charts, slack_clicks, slack_text
from channels import slack_wording as said
from channels.slack_content import Content, Reply, content_of, links_of, smaller
from channels.slack_text import Element

MAX_TEXT = 3500  # of the text beside the blocks; Slack advises at most 4,000
MAX_MESSAGE = 12_000  # of the blocks as JSON; Slack refuses messages of somewhat over 13,000 characters
MAX_CONTEXT = 1900
MAX_LABEL, MAX_VALUE, MAX_ALT = 75, 2000, 1900
MAX_BUTTONS, MAX_SUGGESTION = 10, 300
QUESTION_SHOWN = 300
SMALLTALK = "smalltalk"
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_MARKS = re.compile(r" ?(\[\d+\])+")


@dataclass(frozen=True)
class Setting:
    """What a message is shown with. `question`: what was asked, by `user`; `shown`: it stands above the answer, as
    the reader does not see it elsewhere. `staff`: a person can be called from here. `share`: what the share
    button names; `remark`: what else must be said; `chart_address`: the address of a
    chart's image, or None to have the chart as text."""

    question: str = ""
    user: str = ""
    conversation: str = ""
    shown: bool = False
    staff: bool = False
    share: str = ""
    remark: str = ""
    chart_address: Callable[[charts.Chart], str | None] = lambda chart: None


def message(reply: Reply, setting: Setting = Setting()) -> dict[str, Any]:  # noqa: B008 - it is frozen
    """{text, blocks, …} for chat.postMessage or a response_url, within Slack's limits whatever the reply is."""
    links = links_of(reply.payload)
    content = content_of(reply)
    made = _blocks(content, reply, setting, links)
    while len(json.dumps(made, ensure_ascii=False)) > MAX_MESSAGE:
        less = smaller(content)
        if less is None:
            links = {}  # the lines are long because of their addresses
            made = _blocks(content, reply, replace(setting, chart_address=lambda chart: None), links)
            break
        content = less
        made = _blocks(content, reply, setting, links)
    text = "\n".join(filter(None, (_asked(setting), reply.text, setting.remark)))
    return {
        "text": slack_text.shorten(slack_text.entities(text).strip() or "…", MAX_TEXT),
        "mrkdwn": False,
        "blocks": made,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def plain_message(text: str, *buttons: dict[str, Any], opening: Sequence[Element] = ()) -> dict[str, Any]:
    """A message of one text, shown as it is, after elements of rich_text and before buttons."""
    elements = [*opening, slack_text.words(text)]
    blocks: list[dict[str, Any]] = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": elements}]}
    ]
    if buttons:
        blocks.append({"type": "actions", "elements": list(buttons)})
    before = "".join(element.get("text", "") for element in opening)
    short = slack_text.shorten(slack_text.entities(before + text), MAX_TEXT)
    return {"text": short, "mrkdwn": False, "blocks": blocks, "unfurl_links": False, "unfurl_media": False}


def _blocks(content: Content, reply: Reply, setting: Setting, links: Mapping[str, str]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    if setting.shown:
        who = f"<@{setting.user}> {said.ASKED} " if _USER.fullmatch(setting.user) else f"{said.ASKED} "
        question = slack_text.escape(slack_text.shorten(setting.question, QUESTION_SHOWN))
        made.append({"type": "context", "elements": [{"type": "mrkdwn", "text": who + question, "verbatim": True}]})
    bold = reply.payload.get("type") in ("answer", "no_source")
    opening = [_section(content.headline, links, bold=bold), *_list(content.points, links, content.hidden[0])]
    made.append({"type": "rich_text", "elements": opening})
    chart = charts.of_payload(reply.payload, _MARKS.sub("", content.headline))
    if chart is not None:
        made.append(_chart(chart, setting.chart_address(chart)))
    rest: list[Element] = []
    if content.note:
        rest.append(_section(content.note, links, italic=True))
    rest += _list(content.others, links, content.hidden[1])
    rest += [_section(remark, links, italic=bold) for remark in content.remarks]
    if setting.remark:
        rest.append(_section(setting.remark, {}, italic=True))
    if rest:
        made.append({"type": "rich_text", "elements": rest})
    made += _source_block(content)
    return [*made, *_buttons(reply, setting)]


def _section(line: str, links: Mapping[str, str], *, bold: bool = False, italic: bool = False) -> Element:
    return {"type": "rich_text_section", "elements": slack_text.cited(line, links, bold=bold, italic=italic)}


def _list(lines: Sequence[str], links: Mapping[str, str], hidden: int) -> list[Element]:
    if not lines:
        return []
    shown = [_section(line, links) for line in lines]
    if hidden:
        shown.append(_section(said.MORE_LINES.format(count=hidden), {}))
    return [{"type": "rich_text_list", "style": "bullet", "elements": shown}]


def _chart(chart: charts.Chart, address: str | None) -> dict[str, Any]:
    if address is not None:
        return {"type": "image", "image_url": address, "alt_text": charts.describe(chart)[:MAX_ALT]}
    lines = [slack_text.words(charts.bars(chart))]
    return {"type": "rich_text", "elements": [{"type": "rich_text_preformatted", "elements": lines}]}


def _source_block(content: Content) -> list[dict[str, Any]]:
    if not content.sources:
        return []
    lines = [f"*{said.SOURCES}*"]
    for numbers, publisher, title, dated, url in content.sources:
        named = slack_text.link(url, slack_text.shorten(f"{publisher}, {title}", QUESTION_SHOWN))
        lines.append(f"[{', '.join(map(str, numbers))}] {named}" + (f" ({slack_text.escape(dated)})" if dated else ""))
    if content.hidden[2]:
        lines.append(said.MORE_SOURCES.format(count=content.hidden[2]))
    texts = [""]
    for line in lines:
        if len(texts[-1]) + len(line) >= MAX_CONTEXT:
            texts.append("")
        texts[-1] = f"{texts[-1]}\n{line}".strip()
    elements = [{"type": "mrkdwn", "text": text, "verbatim": True} for text in texts]
    return [{"type": "context", "elements": elements[:10]}]


def button(action: str, label: str, value: str, **more: Any) -> dict[str, Any]:
    """A button within Slack's limits."""
    text = {"type": "plain_text", "text": slack_text.shorten(label, MAX_LABEL), "emoji": True}
    return {"type": "button", "action_id": action, "text": text, "value": value[:MAX_VALUE], **more}


def _buttons(reply: Reply, setting: Setting) -> list[dict[str, Any]]:
    payload = reply.payload
    offered = [s for s in payload.get("suggestions") or () if isinstance(s, str)]
    offered = [s for s in offered if s != said.PERSON_SUGGESTION]  # there is a button for that below
    suggestions = [s for s in offered if 0 < len(s) <= MAX_SUGGESTION][:MAX_BUTTONS]
    made: list[dict[str, Any]] = []
    if suggestions:
        made.append(
            {
                "type": "actions",
                "elements": [button(f"{slack_clicks.ASK}:{n}", text, text) for n, text in enumerate(suggestions)],
            }
        )
    below: list[dict[str, Any]] = []
    if payload.get("answer_id"):
        rated = json.dumps({"answer": str(payload["answer_id"])[:32], "in": setting.conversation})
        below += [
            button(slack_clicks.HELPFUL, said.FEEDBACK_YES, rated),
            button(slack_clicks.UNHELPFUL, said.FEEDBACK_NO, rated),
        ]
    if payload.get("type") != SMALLTALK:
        confirm = {"confirm": person_confirm()} if setting.staff else {}
        below.append(button(slack_clicks.PERSON, said.ASK_PERSON, setting.question or "-", **confirm))
    if setting.share and payload.get("type") in ("answer", "no_source"):
        below.append(button(slack_clicks.SHARE, said.SHARE, setting.share))
    return [*made, {"type": "actions", "elements": below}] if below else made


def without(blocks: Sequence[Mapping[str, Any]], action: str) -> list[dict[str, Any]]:
    """The blocks without the buttons of this action."""
    made = []
    for block in blocks:
        if block["type"] != "actions":
            made.append(dict(block))
            continue
        kept = [element for element in block["elements"] if element.get("action_id") != action]
        if kept:
            made.append({**block, "elements": kept})
    return made


def without_images(blocks: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with each image in words: Slack could not fetch it."""
    made = []
    for block in blocks:
        if block["type"] == "image":
            section = {"type": "rich_text_section", "elements": [slack_text.words(str(block["alt_text"]))]}
            made.append({"type": "rich_text", "elements": [section]})
        else:
            made.append(dict(block))
    return made


def person_confirm() -> dict[str, Any]:
    """The dialog that asks whether a person may see the question."""
    parts = {
        "title": said.PERSON_TITLE,
        "text": said.PERSON_CONFIRM,
        "confirm": said.PERSON_YES,
        "deny": said.PERSON_NO,
    }
    return {name: {"type": "plain_text", "text": text} for name, text in parts.items()}


def _asked(setting: Setting) -> str:
    return f"{said.ASKED} {slack_text.shorten(setting.question, QUESTION_SHOWN)}" if setting.shown else ""
