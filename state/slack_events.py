"""What Slack sent: stored before it is acknowledged, taken once, done together with the calls that answer it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection, Engine

from state.clock import stamp
from state.conversations import exists, insert, touch, transaction
from state.leases import alone, over
from state.models import handoff, slack_call
from state.models import slack_event as _EVENTS
from state.slack_calls import NewCall, add_calls

CHANNEL = "slack"
MAX_ATTEMPTS = 5  # an event that ends the process each time is not tried for ever
UNFINISHED = ("new", "working")
LONGEST = {"id": 80, "dedupe": 120, "conversation_id": 160, "thread": 80}


@dataclass(frozen=True)
class NewEvent:
    """Something that Slack sent. `dedupe` is the same for everything that Slack sends of one post or click; `sent` is
    Slack's time of it. `if_known`: drop it unless the conversation has begun. `thread` ("C1:1700.1"): if staff talk
    with a student there, the event belongs to that conversation and gets the kind `staff_kind`."""

    id: str
    dedupe: str
    kind: str
    conversation_id: str | None
    body: Mapping[str, Any]
    sent: str
    if_known: bool = False
    thread: str | None = None
    staff_kind: str = "staff"

    def __post_init__(self) -> None:
        """Raises ValueError if an id is none that Slack would send: it would not fit the table."""
        for name, longest in LONGEST.items():
            value = getattr(self, name)
            if value is not None and (len(value) > longest or not value.isprintable()):
                raise ValueError(f"{name} {value[:longest]!r} is too long, or has characters that no id has")


@dataclass(frozen=True)
class Event:
    """A stored event that this process may work on until `lease`."""

    id: str
    kind: str
    conversation_id: str | None
    body: Mapping[str, Any]
    sent: str
    attempts: int
    lease: str


@dataclass(frozen=True)
class Outcome:
    """What an event leads to: calls to Slack, and whatever else must happen in the same transaction."""

    calls: tuple[NewCall, ...] = ()
    also: Callable[[Connection], None] | None = field(default=None, compare=False)


def receive(engine: Engine, events: Sequence[NewEvent]) -> int:
    """Store events, all in one transaction; what is known already or concerns nobody here is dropped.

    Returns how many are new. Raises StateError: then none is stored, and none must be acknowledged.
    """
    stored = 0
    with transaction(engine) as connection:
        for event in events:
            stored += _receive(connection, event)
    return stored


def _receive(connection: Connection, event: NewEvent) -> int:
    conversation_id, kind = event.conversation_id, event.kind
    talk = None
    if event.thread is not None:
        query = select(handoff.c.conversation_id).where(handoff.c.thread == event.thread)
        talk = connection.execute(query).scalar()
    if talk is not None:
        conversation_id, kind = talk, event.staff_kind
    elif event.if_known and not (conversation_id and exists(connection, conversation_id)):
        return 0
    row = insert(connection, _EVENTS).values(
        id=event.id,
        dedupe=event.dedupe,
        conversation_id=conversation_id,
        kind=kind,
        body=json.dumps(dict(event.body)),
        status="new",
        received=event.sent,
    )
    new = connection.execute(row.on_conflict_do_nothing()).rowcount
    if new and conversation_id and talk is None:
        touch(connection, conversation_id, CHANNEL)
    return int(new)


def before_its_thread(engine: Engine, event: NewEvent, opening: str) -> bool:
    """Whether the event may belong to a thread that is being opened just now: nobody is known to talk there, and a call
    whose `dedupe` begins with `opening` is on its way to that channel. Raises StateError."""
    if event.thread is None:
        return False
    on_its_way = select(slack_call.c.id).where(
        slack_call.c.lane == event.thread.partition(":")[0],
        slack_call.c.dedupe.startswith(opening, autoescape=True),
        slack_call.c.status == "sending",
    )
    known = select(handoff.c.id).where(handoff.c.thread == event.thread)
    with transaction(engine) as connection:
        return bool(connection.execute(on_its_way).first() and not connection.execute(known).first())


def take_events(engine: Engine, limit: int, seconds: float, now: datetime | None = None) -> list[Event]:
    """At most `limit` events to work on for `seconds`, the oldest first, and of each conversation only its next one.

    An event whose process died is taken again when its time is over. Raises StateError.
    """
    lease = stamp(now, plus=seconds)
    free = or_(_EVENTS.c.status == "new", and_(_EVENTS.c.status == "working", over(_EVENTS.c.leased_until, now)))
    busy = select(_EVENTS.c.conversation_id).where(
        _EVENTS.c.status == "working", ~over(_EVENTS.c.leased_until, now), _EVENTS.c.conversation_id.is_not(None)
    )
    query = (
        select(_EVENTS)
        .where(free, or_(_EVENTS.c.conversation_id.is_(None), _EVENTS.c.conversation_id.not_in(busy)))
        .order_by(_EVENTS.c.received, _EVENTS.c.id)
        .limit(max(10 * limit, 50))
    )
    taken: list[Event] = []
    with transaction(engine) as connection:
        waiting = select(_EVENTS.c.id).where(_EVENTS.c.status.in_(UNFINISHED)).limit(1)
        if connection.execute(waiting).first() is None:
            return []
    with transaction(engine) as connection:
        alone(connection)
        conversations: set[str] = set()
        for row in connection.execute(query):
            if row.attempts >= MAX_ATTEMPTS:
                _end(connection, row.id, "failed")
                continue
            if row.conversation_id is not None and row.conversation_id in conversations:
                continue
            conversations.add(row.conversation_id)
            connection.execute(
                update(_EVENTS)
                .where(_EVENTS.c.id == row.id)
                .values(status="working", leased_until=lease, attempts=row.attempts + 1)
            )
            body = json.loads(row.body)
            taken.append(Event(row.id, row.kind, row.conversation_id, body, row.received, row.attempts + 1, lease))
            if len(taken) == limit:
                break
    return taken


def finish(engine: Engine, event: Event, outcome: Outcome, status: str = "done") -> bool:
    """Mark the event as done and store the calls that answer it, in one transaction. Its content is forgotten.

    False, and nothing is stored, if it is no longer ours: another process took it, or the conversation was deleted.
    Raises StateError.
    """
    with transaction(engine) as connection:
        ours = and_(_EVENTS.c.id == event.id, _EVENTS.c.status == "working", _EVENTS.c.leased_until == event.lease)
        row = update(_EVENTS).where(ours).values(status=status, body=None, leased_until=None)
        if not connection.execute(row).rowcount:
            return False
        add_calls(connection, outcome.calls)
        if outcome.also is not None:
            outcome.also(connection)
    return True


def give_back(engine: Engine, events: Sequence[Event]) -> None:
    """Let others work on these: this process stops. Raises StateError."""
    with transaction(engine) as connection:
        for event in events:
            ours = and_(_EVENTS.c.id == event.id, _EVENTS.c.status == "working", _EVENTS.c.leased_until == event.lease)
            connection.execute(
                update(_EVENTS).where(ours).values(status="new", leased_until=None, attempts=event.attempts - 1)
            )


def _end(connection: Connection, event_id: str, status: str) -> None:
    row = update(_EVENTS).where(_EVENTS.c.id == event_id)
    connection.execute(row.values(status=status, body=None, leased_until=None))


def is_known(engine: Engine, dedupe: str) -> bool:
    """Whether something with this `dedupe` was received. Raises StateError."""
    with transaction(engine) as connection:
        return connection.execute(select(_EVENTS.c.id).where(_EVENTS.c.dedupe == dedupe)).first() is not None


def unfinished(engine: Engine) -> int:
    """How many events wait or are worked on. Raises StateError."""
    with transaction(engine) as connection:
        query = select(func.count()).select_from(_EVENTS).where(_EVENTS.c.status.in_(UNFINISHED))
        return int(connection.execute(query).scalar() or 0)


def forget_done(engine: Engine, before: datetime) -> None:
    """Delete finished events that belong to no conversation, received before then. Raises StateError."""
    old = and_(
        _EVENTS.c.status.not_in(UNFINISHED), _EVENTS.c.conversation_id.is_(None), _EVENTS.c.received < stamp(before)
    )
    with transaction(engine) as connection:
        connection.execute(delete(_EVENTS).where(old))
