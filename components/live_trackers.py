"""A tracker store for Rasa that keeps conversations as they are, in memory.

Rasa's in-memory store writes every tracker to JSON and reads it back, twice a message: 40 % of the time of an
answer. Here the tracker itself stays. Of its events only those are kept that the next turn needs, its slots as they are
and the last action: Rasa goes through all events several times a turn. The
conversations that were idle longest go first when there are too many. Nothing outlives the process: see
stored_trackers.py for that.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable
from typing import Any, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

CONVERSATIONS = 2_000  # 18 kB each; one that is needed again is read from the state database
EVENTS = 60  # a turn has six events and one for each slot that it changes, twenty in all at the most


def slot_events(tracker: DialogueStateTracker) -> list[SlotSet]:
    """The slots that have a value of their own, as events: what Rasa copies a tracker from."""
    return [SlotSet(name, slot.value) for name, slot in tracker.slots.items() if slot.value != slot.initial_value]


class LiveTrackers(TrackerStore):
    """`conversations`: how many are kept; `events`: how many events of each."""

    def __init__(
        self,
        domain: Domain,
        host: Optional[Text] = None,
        event_broker: Optional[EventBroker] = None,
        conversations: int = CONVERSATIONS,
        events: int = EVENTS,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._conversations = int(conversations)
        self._events = int(events)
        self._kept: OrderedDict[Text, tuple[DialogueStateTracker, Optional[Event]]] = OrderedDict()

    def init_tracker(self, sender_id: Text) -> DialogueStateTracker:
        """A new conversation with a bounded history."""
        slots = self.domain.slots if self.domain else None
        return DialogueStateTracker(sender_id, slots, max_event_history=self._events)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker and where it ends, so that a turn that breaks off later can be told."""
        await self.stream_events(tracker)
        for event in tracker.events:
            if isinstance(event, BotUttered) and (event.data or {}).get("custom"):
                event.data["custom"] = None  # it was sent; Rasa would send it to the action server again and again
        self.keep(tracker)

    def keep(self, tracker: DialogueStateTracker) -> None:
        """Remember the tracker as it is now; forget the one that was idle longest if there are too many."""
        tracker.events = deque((*slot_events(tracker), *list(tracker.events)[-1:]), maxlen=self._events)
        self._kept[tracker.sender_id] = (tracker, tracker.events[-1] if tracker.events else None)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._conversations:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        """The tracker as it was saved; None if there is none."""
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        tracker, last = kept
        if (tracker.events[-1] if tracker.events else None) is not last:
            tracker = self._as_saved(tracker, last)
            self._kept[sender_id] = (tracker, last)
        return tracker

    async def retrieve_full_tracker(self, conversation_id: Text) -> Optional[DialogueStateTracker]:
        return await self.retrieve(conversation_id)

    async def keys(self) -> Iterable[Text]:
        return list(self._kept)

    async def delete(self, sender_id: Text) -> None:
        """Forget a conversation."""
        self._kept.pop(sender_id, None)

    def _as_saved(self, tracker: DialogueStateTracker, last: Optional[Event]) -> DialogueStateTracker:
        """The tracker without the events of a turn that broke off before it was saved (a time limit, an error)."""
        events = list(tracker.events)
        while events and events[-1] is not last:
            events.pop()
        fresh = self.init_tracker(tracker.sender_id)
        for event in events:
            fresh.update(event)
        return fresh
