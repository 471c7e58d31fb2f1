"""What the state database raises."""

from __future__ import annotations

from observe.metrics import STATE_FAILURES


class StateError(Exception):
    """The state database cannot be used; the message says why and what to do."""


def unusable(error: Exception) -> StateError:
    """The error for what SQLAlchemy or the operating system raised."""
    STATE_FAILURES.inc()
    cause = str(getattr(error, "orig", None) or error).strip()
    first = cause.partition("\n")[0]  # what follows may quote the statement, and with it what somebody wrote
    return StateError(
        f"The state database cannot be used ({' '.join(first.split())}). "
        "Check WAYMARK_STATE_URL, and that its folder can be written."
    )


class Gone(Exception):
    """The conversation does not exist: it was deleted, or never begun."""
