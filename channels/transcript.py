"""Messages and talks as clients see them, and a conversation as a document. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from channels import texts
from channels.session_tokens import PREFIX
from state.export import Kept
from state.feedback import Feedback
from state.handoffs import EMAIL, Handoff
from state.messages import ASSISTANT, Message

EVIDENCE = "/webhooks/web/evidence/"


def joined(said: Iterable[Mapping[str, Any]]) -> tuple[str, dict[str, Any] | None]:
    """Rasa's messages to one turn as one: the texts, and the payload of the first that has one."""
    parts = list(said)
    lines = [str(part["text"]) for part in parts if part.get("text")]
    payloads = [part["custom"] for part in parts if isinstance(part.get("custom"), dict)]
    payload = payloads[0] if payloads else None
    if not lines and payload is not None:
        lines = [str(payload.get("headline") or "")]
    return "\n\n".join(lines), payload


def as_message(message: Message, helpful: Mapping[str, bool]) -> dict[str, Any]:
    """A message for the web. `helpful`: what was said of answers, by their ids."""
    judged = message.role == ASSISTANT and message.answer_id is not None
    return {
        "seq": message.seq,
        "id": message.id,
        "role": message.role,
        "text": message.text,
        "payload": relative(message.payload),
        "time": message.created,
        "feedback": helpful.get(message.answer_id or "") if judged else None,
    }


def as_person(handoff: Handoff | None) -> dict[str, Any] | None:
    """A talk with a person for the web: no name and no address in it."""
    if handoff is None:
        return None
    via = "email" if handoff.via == EMAIL else "chat"
    return {"status": handoff.status, "since": handoff.created, "via": via}


def relative(value: Any) -> Any:
    """A payload whose links to evidence begin at the channel's base, which may stand behind any path prefix."""
    if isinstance(value, dict):
        return {
            key: relative(part) if not _is_link(key, part) else part.removeprefix("/webhooks/web/")
            for key, part in value.items()
        }
    return [relative(part) for part in value] if isinstance(value, list) else value


def _is_link(key: str, value: Any) -> bool:
    return key == "evidence" and isinstance(value, str) and value.startswith(EVIDENCE)


def helpful_by_answer(given: Iterable[Feedback]) -> dict[str, bool]:
    """What the visitor said of each answer."""
    return {one.answer_id: one.helpful for one in given if one.person == ""}


def as_json(kept: Kept, school: str, exported: str) -> dict[str, Any]:
    """A conversation with all that belongs to it."""
    helpful = helpful_by_answer(kept.feedback)
    return {
        "title": texts.EXPORT_TITLE.format(school=_of(school)),
        "exported": exported,
        "session": kept.id.removeprefix(PREFIX),
        "started": kept.created,
        "last_used": kept.last_active,
        "messages": [as_message(message, helpful) for message in kept.messages],
        "feedback": [
            {"answer_id": one.answer_id, "helpful": one.helpful, "comment": one.comment, "time": one.updated}
            for one in kept.feedback
        ],
        "person": [
            {
                "name": one.name,
                "email": one.email,
                "question": one.question,
                "share_transcript": one.share_transcript,
                "asked": one.created,
                "passed_on": one.notified,
                "ended": one.closed,
            }
            for one in kept.handoffs
        ],
        "questions_without_source": [{"time": time, "text": text} for time, text in kept.uncovered],
    }


def as_text(kept: Kept, school: str, exported: str) -> str:
    """The same to read: plain text, a blank line between messages."""
    session = kept.id.removeprefix(PREFIX)
    head = texts.EXPORT_TITLE.format(school=_of(school))
    note = texts.EXPORT_NOTE.format(session=session, started=clock(kept.created), exported=clock(exported))
    parts = [f"{head}\n{'=' * len(head)}\n{note}", *lines(kept.messages)]
    for one in kept.feedback:
        comment = f" ({one.comment})" if one.comment else ""
        said = "helpful" if one.helpful else "not helpful"
        parts.append(texts.EXPORT_FEEDBACK.format(answer_id=one.answer_id, said=said, comment=comment))
    for asked in kept.handoffs:
        fields = {"name": asked.name or "-", "email": asked.email, "question": asked.question or "-"}
        parts.append(texts.EXPORT_PERSON.format(created=clock(asked.created), **fields))
    return "\n\n".join(parts) + "\n"


def lines(messages: Iterable[Message]) -> list[str]:
    """Each message with its time and who said it."""
    return [f"[{clock(one.created)}] {texts.SPEAKERS.get(one.role, one.role)}:\n{one.text}" for one in messages]


def clock(stamp: str) -> str:
    """ "2026-11-21T19:46:09.123Z" -> "2026-11-21 19:46"."""
    return stamp[:16].replace("T", " ")


def _of(school: str) -> str:
    return f" of {school}" if school else ""
