"""Times as the state database keeps them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone


def stamp(moment: datetime | None = None, *, plus: float = 0.0) -> str:
    """`moment` (default: now; must know its zone) plus `plus` seconds, as UTC text: 2026-11-21T19:46:09.123Z."""
    moment = (moment or datetime.now(timezone.utc)).astimezone(timezone.utc) + timedelta(seconds=plus)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"
