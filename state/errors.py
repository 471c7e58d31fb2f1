"""What the state database raises."""

from __future__ import annotations


class StateError(Exception):
    """The state database cannot be used; the message says why and what to do."""


def unusable(error: Exception) -> StateError:
    """The error for what SQLAlchemy or the operating system raised."""
    cause = getattr(error, "orig", None) or error
    return StateError(
        f"The state database cannot be used ({' '.join(str(cause).split())}). "
        "Check WAYMARK_STATE_URL, and that its folder can be written."
    )


class Gone(Exception):
    """The conversation does not exist: it was deleted, or never begun."""
