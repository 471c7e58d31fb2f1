"""What Slack accepts: the shape and limits of calls, from https://docs.slack.dev/reference. Gives faults, as words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

MAX_BLOCKS, MAX_HOME_BLOCKS, MAX_TEXT, MAX_ALL = 50, 100, 4_000, 13_200
Body = Mapping[str, Any]
# method -> (required, allowed) arguments
ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "auth.test": (set(), set()),
    "chat.postMessage": (
        {"channel", "text"},
        {"blocks", "thread_ts", "mrkdwn", "unfurl_links", "unfurl_media", "metadata"},
    ),
    "chat.update": ({"channel", "ts", "text"}, {"blocks", "metadata", "mrkdwn"}),
    "chat.delete": ({"channel", "ts"}, set()),
    "views.publish": ({"user_id", "view"}, set()),
    "conversations.history": ({"channel"}, {"oldest", "limit", "include_all_metadata", "cursor", "latest"}),
    "conversations.replies": ({"channel", "ts"}, {"oldest", "limit", "include_all_metadata", "cursor", "latest"}),
    "assistant.threads.setStatus": ({"channel_id", "thread_ts", "status"}, set()),
    "assistant.threads.setTitle": ({"channel_id", "thread_ts", "title"}, set()),
    "assistant.threads.setSuggestedPrompts": ({"channel_id", "thread_ts", "prompts"}, {"title"}),
    "apps.connections.open": (set(), set()),
    "response_url": (
        {"text"},
        {"blocks", "response_type", "replace_original", "delete_original", "mrkdwn", "thread_ts"},
    ),
}


def call_faults(method: str, body: Body) -> Iterator[str]:
    """What is wrong with a call."""
    if method not in ARGUMENTS:
        yield f"{method} is no method that this app should need"
        return
    required, allowed = ARGUMENTS[method]
    yield from (f"{method} without {name}" for name in sorted(required - body.keys()))
    yield from (f"{method} with {name}" for name in sorted(body.keys() - required - allowed))
    if method in ("chat.postMessage", "chat.update", "response_url"):
        yield from message_faults(body)
    if method == "views.publish":
        yield from view_faults(body["view"])
    if method == "assistant.threads.setSuggestedPrompts":
        prompts = body["prompts"]
        if not 1 <= len(prompts) <= 4 or any(set(prompt) != {"title", "message"} for prompt in prompts):
            yield f"prompts {prompts}"


def message_faults(body: Body) -> Iterator[str]:
    """What is wrong with a message."""
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "a message without text: notifications and screen readers need it"
    elif len(text) > MAX_TEXT:
        yield f"a text of {len(text)} characters"
    elif any(sign in text for sign in ("<!", "<@", "<#")):
        yield f"a text with a mention: {text!r}"
    blocks = body.get("blocks") or []
    yield from blocks_faults(blocks, MAX_BLOCKS)
    if len(json.dumps(blocks, ensure_ascii=False)) > MAX_ALL:
        yield f"blocks of {len(json.dumps(blocks, ensure_ascii=False))} characters"
    metadata = body.get("metadata")
    if metadata is not None and set(metadata) != {"event_type", "event_payload"}:
        yield f"metadata {metadata}"


def view_faults(view: Body) -> Iterator[str]:
    """What is wrong with a home tab."""
    if view.get("type") != "home" or set(view) - {"type", "blocks", "private_metadata", "callback_id"}:
        yield f"a view with {sorted(view)}"
    if len(view.get("private_metadata", "")) > 3000:
        yield "private_metadata is too long"
    yield from blocks_faults(view["blocks"], MAX_HOME_BLOCKS)


def blocks_faults(blocks: Any, most: int) -> Iterator[str]:
    """What is wrong with a list of blocks."""
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    for block in blocks:
        check = BLOCKS.get(block.get("type"))
        if check is None:
            yield f"a block of type {block.get('type')}"
            continue
        yield from check(block)


def _only(what: Body, *names: str) -> Iterator[str]:
    extra = set(what) - set(names)
    if extra:
        yield f"{what.get('type')} with {sorted(extra)}"


def _text(what: Any, kinds: tuple[str, ...], most: int) -> Iterator[str]:
    if not isinstance(what, Mapping) or what.get("type") not in kinds:
        yield f"a text object {what}"
        return
    if not 1 <= len(what.get("text", "")) <= most:
        yield f"a {what['type']} of {len(what.get('text', ''))} characters"
    yield from _only(what, "type", "text", *(("emoji",) if what["type"] == "plain_text" else ("verbatim",)))


def _section(block: Body) -> Iterator[str]:
    yield from _only(block, "type", "text", "accessory", "block_id")
    yield from _text(block["text"], ("mrkdwn", "plain_text"), 3000)
    if "accessory" in block:
        yield from _button(block["accessory"])


def _header(block: Body) -> Iterator[str]:
    yield from _text(block["text"], ("plain_text",), 150)


def _context(block: Body) -> Iterator[str]:
    if not 1 <= len(block["elements"]) <= 10:
        yield f"a context of {len(block['elements'])} elements"
    for element in block["elements"]:
        yield from _text(element, ("mrkdwn", "plain_text"), 2000)


def _actions(block: Body) -> Iterator[str]:
    elements = block["elements"]
    if not 1 <= len(elements) <= 25:
        yield f"actions with {len(elements)} elements"
    ids = [element.get("action_id") for element in elements]
    if len(set(ids)) != len(ids):
        yield f"action_ids {ids} are not unique"
    for element in elements:
        yield from _button(element)


def _button(element: Body) -> Iterator[str]:
    yield from _only(element, "type", "action_id", "text", "value", "confirm", "style", "url", "accessibility_label")
    if element.get("type") != "button":
        yield f"an element {element.get('type')}"
        return
    yield from _text(element["text"], ("plain_text",), 75)
    if not 1 <= len(element.get("action_id", "")) <= 255:
        yield "a button's action_id"
    if not 1 <= len(element.get("value", "x")) <= 2000:
        yield f"a button's value of {len(element['value'])} characters"
    if element.get("style", "primary") not in ("primary", "danger"):
        yield f"a button's style {element['style']}"
    for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
        if "confirm" in element:
            yield from _text(element["confirm"].get(name), ("plain_text",), most)


def _image(block: Body) -> Iterator[str]:
    yield from _only(block, "type", "image_url", "alt_text", "title", "block_id")
    if not 1 <= len(block.get("image_url", "")) <= 3000 or not block["image_url"].startswith("https://"):
        yield f"an image at {block.get('image_url')}"
    if not 1 <= len(block.get("alt_text", "")) <= 2000:
        yield "an image without alt_text, or with a very long one"


def _rich_text(block: Body) -> Iterator[str]:
    yield from _only(block, "type", "elements", "block_id")
    if not block["elements"]:
        yield "an empty rich_text"
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            yield from _only(element, "type", "style", "elements", "indent", "border")
            if element.get("style") not in ("bullet", "ordered") or not element["elements"]:
                yield f"a list {element.get('style')}"
            for item in element["elements"]:
                yield from _rich_section(item, ("rich_text_section",))
        else:
            yield from _rich_section(element, ("rich_text_section", "rich_text_preformatted", "rich_text_quote"))


def _rich_section(section: Body, kinds: tuple[str, ...]) -> Iterator[str]:
    if section.get("type") not in kinds or not section.get("elements"):
        yield f"in rich_text: {section.get('type')} with {len(section.get('elements') or ())} elements"
        return
    for element in section["elements"]:
        if element["type"] == "text":
            yield from _only(element, "type", "text", "style")
        elif element["type"] == "link":
            yield from _only(element, "type", "url", "text", "style")
            if urlsplit(element["url"]).scheme not in ("http", "https"):
                yield f"a link to {element['url']}"
        elif element["type"] not in ("user", "channel"):
            yield f"in rich_text: {element['type']}"
        if element["type"] in ("text", "link") and not element.get("text"):
            yield "in rich_text: an empty text"


BLOCKS = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "rich_text": _rich_text,
    "divider": lambda block: _only(block, "type", "block_id"),
}
