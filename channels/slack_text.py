"""Slack's ways to write a text: what people typed, read plainly; what we say, so that nothing in it becomes markup.

Answers are shown in `rich_text`, which has no markup at all; `escape` is for the few places that know only "mrkdwn".
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

Element = dict[str, Any]
MARK = re.compile(r"(\[\d+\])")
# <@U123>, <@U123|ann>, <#C1|general>, <!here>, <!subteam^S1|@staff>, <https://…|label>
_MARKUP = re.compile(r"<([@#!]?)([^<>|\s]*)(?:\|([^<>]*))?>")
# what starts bold, italics, struck text, code and :emoji: in mrkdwn; a word joiner after it breaks the pair
_FORMATS = re.compile(r"([*_~`]|:(?=[\w+'-]+:))")
WORD_JOINER = "\u2060"


def plain(text: str, bot: str | None = None) -> str:
    """What a person meant by a message: links by their label, other people by "@…", the bot's own name left out."""

    def read(match: re.Match[str]) -> str:
        kind, target, label = match.group(1), match.group(2), match.group(3) or ""
        if kind == "@":
            return "" if target == bot else f"@{label.lstrip('@') or 'someone'}"
        if kind == "#":
            return f"#{label or 'channel'}"
        if kind == "!":
            return label or f"@{target.split('^')[0]}"
        return label or target.removeprefix("mailto:").removeprefix("tel:")

    return " ".join(html.unescape(_MARKUP.sub(read, text)).split())


def mentions(text: str, user: str) -> bool:
    """Whether a message addresses this user."""
    return re.search(rf"<@{re.escape(user)}(?:\|[^<>]*)?>", text) is not None


def entities(text: str) -> str:
    """A text in which Slack finds no link, mention or @channel; for `text` with mrkdwn off, and as part of `escape`."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape(text: str) -> str:
    """A text for mrkdwn that shows as it is: as `entities`, and no formatting (* _ ~ ` :emoji:)."""
    return _FORMATS.sub(rf"\1{WORD_JOINER}", entities(text))


def link(url: str, label: str) -> str:
    """A link in mrkdwn. Only http(s) addresses become one."""
    if not is_web(url):
        return escape(label)
    address = url.replace("&", "&amp;").replace("<", "%3C").replace(">", "%3E").replace("|", "%7C")
    return f"<{address}|{escape(label).replace('|', '¦')}>"


def is_web(url: str) -> bool:
    """Whether a reader of Slack can open it."""
    return url.startswith(("https://", "http://"))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words, with "…"."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return (cut[: cut.rindex(" ")] if " " in cut[limit // 2 :] else cut).rstrip(" ,;:.(") + "…"


def words(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """A piece of text in rich_text."""
    style = {name: True for name, on in (("bold", bold), ("italic", italic)) if on}
    return {"type": "text", "text": text, **({"style": style} if style else {})}


def cited(text: str, links: Mapping[str, str], *, bold: bool = False, italic: bool = False) -> list[Element]:
    """A line in rich_text whose markers "[1]" lead to `links["[1]"]`; markers without an address stay text."""
    made: list[Element] = []
    for part in filter(None, MARK.split(text)):
        url = links.get(part, "")
        if is_web(url):
            made.append({"type": "link", "url": url, "text": part})
        else:
            made.append(words(part, bold=bold, italic=italic))
    return made
