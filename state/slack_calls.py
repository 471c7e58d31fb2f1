"""Calls to Slack that must reach it once: stored with what caused them, sent in order within their lane."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlalchemy.engine import Connection, Engine

from state.clock import stamp
from state.conversations import insert, transaction
from state.leases import alone, over
from state.models import slack_call as _CALLS

UNSENT = ("new", "sending")


@dataclass(frozen=True)
class NewCall:
    """A call of `method` with `body`, of which Slack does not get what begins with "_". Two with the same `dedupe` are
    one; those of a lane are sent in order."""

    dedupe: str
    lane: str
    method: str
    body: Mapping[str, Any]
    conversation_id: str | None = None


@dataclass(frozen=True)
class Call:
    """A stored call that this process may send until `lease`. `uncertain`: an earlier attempt may have arrived."""

    id: int
    dedupe: str
    lane: str
    method: str
    body: Mapping[str, Any]
    conversation_id: str | None
    created: str
    attempts: int
    uncertain: bool
    lease: str


def add_calls(connection: Connection, calls: Sequence[NewCall], now: datetime | None = None) -> None:
    """Store calls, in the caller's transaction; what is known already is dropped."""
    moment = stamp(now)
    for call in calls:
        row = insert(connection, _CALLS).values(
            dedupe=call.dedupe,
            lane=call.lane,
            conversation_id=call.conversation_id,
            method=call.method,
            body=json.dumps(dict(call.body)),
            status="new",
            created=moment,
            not_before=moment,
        )
        connection.execute(row.on_conflict_do_nothing())


def take_calls(engine: Engine, limit: int, seconds: float, now: datetime | None = None) -> list[Call]:
    """At most `limit` calls to send within `seconds`: of each lane its oldest, if it is due. Raises StateError."""
    lease = stamp(now, plus=seconds)
    heads = select(func.min(_CALLS.c.id)).where(_CALLS.c.status.in_(UNSENT)).group_by(_CALLS.c.lane)
    free = or_(_CALLS.c.status == "new", over(_CALLS.c.leased_until, now))
    query = select(_CALLS).where(_CALLS.c.id.in_(heads), over(_CALLS.c.not_before, now), free).order_by(_CALLS.c.id)
    with transaction(engine) as connection:
        if connection.execute(query.limit(1)).first() is None:
            return []
    with transaction(engine) as connection:
        alone(connection)
        taken = [_call(row, lease) for row in connection.execute(query.limit(limit))]
        if taken:
            mark = update(_CALLS).where(_CALLS.c.id.in_([call.id for call in taken]))
            connection.execute(mark.values(status="sending", leased_until=lease, attempts=_CALLS.c.attempts + 1))
    return taken


def _call(row: Any, lease: str) -> Call:
    return Call(
        row.id,
        row.dedupe,
        row.lane,
        row.method,
        json.loads(row.body),
        row.conversation_id,
        row.created,
        row.attempts + 1,
        row.status == "sending",
        lease,
    )


def _ours(call: Call) -> Any:
    return and_(_CALLS.c.id == call.id, _CALLS.c.status == "sending", _CALLS.c.leased_until == call.lease)


def sent(connection: Connection, call: Call, result: Mapping[str, Any], *, keep_body: bool = False) -> bool:
    """Slack has it. `result`: what is needed of its reply (channel, ts). The body is forgotten unless `keep_body`."""
    values: dict[str, Any] = {"status": "done", "leased_until": None, "result": json.dumps(dict(result))}
    if not keep_body:
        values["body"] = None
    return bool(connection.execute(update(_CALLS).where(_ours(call)).values(**values)).rowcount)


def failed(connection: Connection, call: Call, reason: str) -> None:
    """Slack will never take it; `reason` is its word for that. What comes after it in the lane is sent."""
    row = update(_CALLS).where(_ours(call))
    connection.execute(row.values(status="failed", leased_until=None, body=None, result=json.dumps({"error": reason})))


def later(
    connection: Connection,
    call: Call,
    seconds: float,
    *,
    uncertain: bool,
    method: str | None = None,
    body: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> None:
    """Try again after `seconds`, perhaps in another form. `uncertain`: this attempt may have arrived all the same."""
    moment = stamp(now)
    values: dict[str, Any] = {
        "status": "sending" if uncertain else "new",
        "leased_until": moment if uncertain else None,
        "not_before": stamp(now, plus=seconds),
    }
    if method is not None:
        values["method"] = method
    if body is not None:
        values["body"] = json.dumps(dict(body))
    connection.execute(update(_CALLS).where(_ours(call)).values(**values))


def revive(connection: Connection, dedupe: str) -> None:
    """Let a call that Slack refused be added once more: what was wrong may have been mended."""
    connection.execute(delete(_CALLS).where(_CALLS.c.dedupe == dedupe, _CALLS.c.status == "failed"))


def result_of(connection: Connection, dedupe: str) -> Mapping[str, Any] | None:
    """What Slack replied to a call that is done; None for any other."""
    found = connection.execute(select(_CALLS.c.result).where(_CALLS.c.dedupe == dedupe, _CALLS.c.status == "done"))
    result = found.scalar()
    return json.loads(result) if result else None


def kept_body(connection: Connection, dedupe: str, conversation_id: str) -> Mapping[str, Any] | None:
    """The body of a call of this conversation that was kept; None if there is none."""
    query = select(_CALLS.c.body).where(_CALLS.c.dedupe == dedupe, _CALLS.c.conversation_id == conversation_id)
    body = connection.execute(query).scalar()
    return json.loads(body) if body else None


def unsent(engine: Engine) -> int:
    """How many calls wait or are being sent. Raises StateError."""
    with transaction(engine) as connection:
        query = select(func.count()).select_from(_CALLS).where(_CALLS.c.status.in_(UNSENT))
        return int(connection.execute(query).scalar() or 0)


def forget_done(engine: Engine, before: datetime) -> None:
    """Delete finished calls that belong to no conversation, made before then. Raises StateError."""
    old = and_(_CALLS.c.status.not_in(UNSENT), _CALLS.c.conversation_id.is_(None), _CALLS.c.created < stamp(before))
    with transaction(engine) as connection:
        connection.execute(delete(_CALLS).where(old))
