"""A reply of the assistant as lines and sources, before it is laid out for Slack, and how it gets smaller. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from channels import slack_text
from channels import slack_wording as said

MAX_LINE = 1200
MAX_ADDRESS = 1000
_SOURCE_LINE = re.compile(r"^\[\d+(, \d+)*\] ")


@dataclass(frozen=True)
class Reply:
    """What Rasa said to one message: its texts as one, and the payload (docs/payload.md)."""

    text: str
    payload: Mapping[str, Any]


@dataclass(frozen=True)
class Content:
    """A message before it is laid out: lines with markers, sources as (numbers, publisher, title, date, url)."""

    headline: str
    points: tuple[str, ...] = ()
    note: str = ""
    others: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    sources: tuple[tuple[tuple[int, ...], str, str, str, str], ...] = ()
    hidden: tuple[int, int, int] = (0, 0, 0)  # points, others and sources that do not fit


def reply_of(messages: Iterable[Mapping[str, Any]]) -> Reply:
    """The messages of one turn as one reply."""
    parts = list(messages)
    payload: Mapping[str, Any] = next((part["custom"] for part in parts if part.get("custom")), {})
    return Reply("\n".join(part["text"] for part in parts if part.get("text")), payload)


def content_of(reply: Reply) -> Content:
    payload = reply.payload
    if payload.get("type") != "answer":
        nearby = [source for near in payload.get("nearby") or () for source in near.get("sources") or ()]
        lines = [line for line in reply.text.split("\n") if line.strip() and not _SOURCE_LINE.match(line)]
        lines = [line for line in lines if line != f"{said.SOURCES}:"] or ["…"]
        bullets = tuple(line.removeprefix("• ") for line in lines[1:] if line.startswith("• "))
        rest = tuple(line for line in lines[1:] if not line.startswith("• "))
        note = rest[0] if bullets and rest and rest[0].endswith(":") else ""
        remarks = rest[1:] if note else rest
        return Content(_cut(lines[0]), (), note, _all(bullets), _all(remarks), _sources(nearby))
    conflict = payload.get("conflict") or {}
    return Content(
        _cut(str(payload.get("headline") or reply.text.split("\n")[0])) or "…",
        _all(point["text"] for point in payload.get("points") or ()),
        _cut(str(conflict.get("note") or "")),
        _all(fact["said"] for fact in conflict.get("facts") or ()),
        _all(note["text"] for note in payload.get("notes") or ()),
        _sources(payload.get("citations") or ()),
    )


def _cut(line: str) -> str:
    return slack_text.shorten(line.strip(), MAX_LINE)


def _all(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(_cut(line) for line in lines if line.strip())


def links_of(payload: Mapping[str, Any]) -> dict[str, str]:
    """Where each marker leads: to the evidence if a reader can open that, else to the source itself."""
    cited = [*(payload.get("citations") or ())]
    cited += [source for near in payload.get("nearby") or () for source in near.get("sources") or ()]
    return {f"[{citation['n']}]": _address(citation) for citation in cited}


def _address(citation: Mapping[str, Any]) -> str:
    evidence, source = str(citation.get("evidence") or ""), str(citation.get("url") or "")
    found = evidence if slack_text.is_web(evidence) else source
    return found if len(found) <= MAX_ADDRESS else ""


def _sources(citations: Iterable[Mapping[str, Any]]) -> tuple[tuple[tuple[int, ...], str, str, str, str], ...]:
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for citation in citations:
        groups.setdefault(str(citation["source"]), []).append(citation)
    return tuple(
        (
            tuple(dict.fromkeys(int(citation["n"]) for citation in group)),
            str(group[0]["publisher"]),
            str(group[0]["title"]),
            str(group[0].get("dated") or group[0].get("published") or ""),
            _address(group[0]),
        )
        for group in groups.values()
    )


def smaller(content: Content) -> Content | None:
    """The content with the least important of its lines left out; None if nothing is left to leave out."""
    points, others, sources = content.hidden
    if len(content.others) > 1:
        return replace(content, others=content.others[:-1], hidden=(points, others + 1, sources))
    if len(content.sources) > 3:
        return replace(content, sources=content.sources[:-1], hidden=(points, others, sources + 1))
    if len(content.points) > 1:
        return replace(content, points=content.points[:-1], hidden=(points + 1, others, sources))
    if content.remarks:
        return replace(content, remarks=content.remarks[:-1])
    return None
