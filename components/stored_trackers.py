"""The tracker store: conversations live in memory and are written to the state database after every turn.

What must outlive the process is small: the slots. They are stored before the reply leaves, so a killed process loses no
answered turn, and any process that shares the database can go on with the conversation: it asks for the version first
and reads the slots only if another process wrote last.

While the database is away, the conversation goes on from memory; the log says so.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
import zlib
from collections.abc import Callable
from typing import Any, Dict, Iterable, Optional, Text, TypeVar

from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

import settings
from components.live_trackers import CONVERSATIONS, EVENTS, LiveTrackers, slot_events
from state import trackers
from state.database import open_state
from state.errors import StateError
from state.threads import Threads

logger = logging.getLogger(__name__)
PATIENCE = 2.0  # seconds that a turn waits for the database: less than an answer may take, as memory will do
SWEEP = 300.0  # seconds between two looks for conversations that were deleted in another process
PAUSE = 5.0  # seconds that the database is left alone after it failed, so that not every turn waits for it
Result = TypeVar("Result")


def pack(tracker: DialogueStateTracker) -> bytes:
    """The slots that have a value of their own, as compressed JSON."""
    slots = {event.key: event.value for event in slot_events(tracker)}
    return zlib.compress(json.dumps({"slots": slots}, separators=(",", ":")).encode(), 1)


def unpack(data: bytes, tracker: DialogueStateTracker) -> DialogueStateTracker:
    """`tracker`, which must be new, between two turns and with the packed slots. What the domain lost is dropped."""
    slots: Dict[Text, Any] = json.loads(zlib.decompress(data))["slots"]
    for name, value in slots.items():
        if name in tracker.slots:
            tracker.update(SlotSet(name, value))
    tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
    return tracker


class StoredTrackers(LiveTrackers):
    """Set in endpoints.yml. `url`: the state database; by default the one of the settings."""

    def __init__(
        self,
        domain: Domain,
        host: Optional[Text] = None,
        event_broker: Optional[EventBroker] = None,
        conversations: int = CONVERSATIONS,
        events: int = EVENTS,
        url: Optional[Text] = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, host, event_broker, conversations, events, **kwargs)
        self._engine = open_state(url or settings.load().state_url)
        self._versions: Dict[Text, int] = {}
        self._rest_until = 0.0
        self._threads = Threads()
        self._unsure: Dict[Text, bytes] = {}  # what could not be stored in time, but may have been since
        self._sweep_at = time.monotonic() + SWEEP
        self._sweep: Optional[asyncio.Future[None]] = None

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The latest state of the conversation, whichever process wrote it; None if there is none."""
        known = self._versions.get(sender_id)
        if known is not None:
            version = await self._try(lambda: trackers.version(self._engine, sender_id))
            if version is None or version == known or (version == known + 1 and await self._was_ours(sender_id)):
                return await super().retrieve(sender_id)
            await self.forget(sender_id)
            if version == 0:  # deleted
                return None
        stored = await self._try(lambda: trackers.load(self._engine, sender_id))
        if stored is None:
            return await super().retrieve(sender_id)
        tracker = unpack(stored.data, self.init_tracker(sender_id))
        self.keep(tracker)
        self._versions[sender_id] = stored.version
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the slots, then keep the tracker."""
        sender, channel = tracker.sender_id, str(tracker.get_latest_input_channel() or "rest")
        known, data = self._versions.get(sender, 0), pack(tracker)
        version = await self._try(lambda: trackers.save(self._engine, sender, channel, known, data))
        if version == 0:  # deleted while its last turn was at work
            await self.forget(sender)
            return
        if version is not None:
            self._versions[sender] = version
            self._unsure.pop(sender, None)
        elif len(self._unsure) < self._conversations:
            self._versions.setdefault(sender, 0)
            self._unsure[sender] = self._unsure.get(sender, data)  # of several only the first can have begun
        await super().save(tracker)
        if len(self._versions) > 2 * self._conversations:
            self._versions = {key: self._versions[key] for key in self._kept if key in self._versions}
        if time.monotonic() > self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP
            self._sweep = asyncio.ensure_future(self.forget_deleted())

    async def _was_ours(self, sender_id: Text) -> bool:
        """Whether the newer state is one that this process gave up waiting for: then memory knows more than it."""
        tried = self._unsure.pop(sender_id, None)
        stored = await self._try(lambda: trackers.load(self._engine, sender_id)) if tried is not None else None
        if stored is None or stored.data != tried:
            return False
        self._versions[sender_id] = stored.version
        return True

    async def keys(self) -> Iterable[Text]:
        stored = await self._try(lambda: trackers.keys(self._engine))
        return list(dict.fromkeys([*(stored or []), *self._kept]))

    async def delete(self, sender_id: Text) -> None:
        await self._try(lambda: trackers.remove(self._engine, sender_id))
        await self.forget(sender_id)

    async def forget(self, sender_id: Text) -> None:
        """Drop what this process remembers."""
        self._versions.pop(sender_id, None)
        self._unsure.pop(sender_id, None)
        await super().delete(sender_id)

    async def forget_deleted(self) -> None:
        """Drop what this process remembers of conversations that were deleted in another one."""
        known = list(self._versions)
        stored = await self._try(lambda: trackers.keys(self._engine))
        if stored is not None:
            for sender_id in set(known).difference(stored):
                await self.forget(sender_id)

    async def _try(self, work: Callable[[], Result]) -> Optional[Result]:
        """The result of `work`, off the event loop; None while the database is away."""
        if time.monotonic() < self._rest_until:
            return None
        try:
            return await self._threads.run(work, PATIENCE)
        except StateError as error:
            self._rest_until = time.monotonic() + PAUSE
            logger.error("conversations go on from memory: %s", error)
            return None
