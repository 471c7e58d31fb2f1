"""The environment variables that our processes run under. Values come from settings.py; the rest keeps Rasa quiet."""
from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

LOOPBACK = "127.0.0.1"
ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
LOGS = ROOT / "var" / "log"

# TensorFlow's and SQLAlchemy's start-up notices say nothing about us; telemetry would leave the school.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "2",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore::DeprecationWarning,ignore::PendingDeprecationWarning",
    "PYTHONUNBUFFERED": "1",
}


def child_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """What a child process gets: our own environment, the quiet settings, then `extra`."""
    return {**os.environ, **QUIET, **(extra or {})}


def verbose() -> bool:
    """WAYMARK_VERBOSE=1: the servers' logs are shown in the terminal as well."""
    return os.environ.get("WAYMARK_VERBOSE", "") not in ("", "0")


def in_ci() -> bool:
    """WAYMARK_CI=1: everything a test needs is installed, so a test that skips has failed."""
    return os.environ.get("WAYMARK_CI", "") not in ("", "0")
