"""The assistant without servers: Rasa's agent on the trained model, the actions in its process, the real knowledge."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

from settings import ROOT


@dataclass(frozen=True)
class Reply:
    """What was said to one message, and how the message was understood."""

    text: str
    payload: dict[str, Any]
    intent: str
    confidence: float
    entities: tuple[tuple[str, tuple[str, ...]], ...]  # kind, the ids that it may mean


class Assistant:
    """`ask` is one turn of the conversation `sender`, through the same steps as in production."""

    def __init__(self) -> None:
        import structlog
        from rasa.core.agent import Agent
        from rasa.shared.core.domain import Domain
        from rasa.utils.endpoints import EndpointConfig

        from actions.in_process import InProcess
        from components.live_trackers import LiveTrackers

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
        actions = InProcess()
        actions.start()
        self._trackers = LiveTrackers(Domain.load(str(ROOT / "domain.yml")))
        self._agent = Agent.load(
            str(ROOT / "models" / "waymark.tar.gz"),
            action_endpoint=actions,
            tracker_store=self._trackers,
            generator=EndpointConfig(type="components.replies.Replies"),
        )
        self._loop = asyncio.new_event_loop()

    def ask(self, text: str, sender: str) -> Reply:
        """Raises RuntimeError if nothing was said."""
        return self._loop.run_until_complete(self._ask(text, sender))

    def understood(self, text: str) -> dict[str, Any]:
        """A message as the NLU pipeline gives it, outside any conversation."""
        parsed: dict[str, Any] = self._loop.run_until_complete(self._agent.parse_message(text))
        return parsed

    async def _ask(self, text: str, sender: str) -> Reply:
        from channels.guard import clean_text

        said = await self._agent.handle_text(clean_text(text), sender_id=sender) or []
        texts = [part["text"] for part in said if part.get("text")]
        payloads = [part["custom"] for part in said if part.get("custom")]
        if not texts or not payloads:
            raise RuntimeError(f"no reply to {text!r}")
        tracker = await self._trackers.retrieve(sender)
        assert tracker is not None and tracker.latest_message is not None
        message = tracker.latest_message
        entities = tuple(
            (str(e["entity"]), tuple(e.get("candidates") or ()) or (str(e["value"]),))
            for e in message.entities or []
            if e.get("extractor") == "KnowledgeEntities"
        )
        intent = message.intent or {}
        confidence = float(intent.get("confidence") or 0.0)
        return Reply("\n".join(texts), payloads[0], str(intent.get("name")), confidence, entities)
