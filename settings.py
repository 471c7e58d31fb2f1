"""Everything that can be set from outside, in one place: the only module that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Mapping

ROOT = Path(__file__).resolve().parent


class SettingError(ValueError):
    """A setting has a value that cannot be used; the message names it."""


@dataclass(frozen=True)
class Settings:
    """Waymark's settings. Every field's environment variable is WAYMARK_ and its name in capitals."""

    knowledge_url: str
    state_url: str
    rasa_host: str
    rasa_port: int
    actions_host: str
    actions_port: int
    actions_apart: bool
    actions_secret: str
    default_occupation: str
    contact: str
    public_url: str
    oews_file: str
    gap_text: bool
    answer_seconds: float
    log_level: str


def _number(environ: Mapping[str, str], name: str, default: float) -> float:
    text = environ.get(name, "")
    try:
        value = float(text) if text else default
    except ValueError:
        raise SettingError(f"{name}={text!r} is not a number; unset it or give one, e.g. {default}") from None
    if value <= 0:
        raise SettingError(f"{name}={text!r} must be above 0, e.g. {default}")
    return value


def _port(environ: Mapping[str, str], name: str, default: int) -> int:
    value = _number(environ, name, default)
    if value != int(value) or value > 65535:
        raise SettingError(f"{name}={environ[name]!r} is not a port (1 to 65535), e.g. {default}")
    return int(value)


def _choice(environ: Mapping[str, str], name: str, *choices: str) -> str:
    text = environ.get(name) or choices[0]
    if text not in choices:
        raise SettingError(f"{name}={text!r} is not one of {', '.join(choices)}")
    return text


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises SettingError that names the variable and a value that works."""
    environ = os.environ if environ is None else environ
    var = ROOT / "var"
    return Settings(
        knowledge_url=environ.get("WAYMARK_KNOWLEDGE_URL") or f"sqlite:///{var / 'knowledge.sqlite'}",
        state_url=environ.get("WAYMARK_STATE_URL") or f"sqlite:///{var / 'state.sqlite'}",
        rasa_host=environ.get("WAYMARK_RASA_HOST") or "127.0.0.1",
        rasa_port=_port(environ, "WAYMARK_RASA_PORT", 5005),
        actions_host=environ.get("WAYMARK_ACTIONS_HOST") or "127.0.0.1",
        actions_port=_port(environ, "WAYMARK_ACTIONS_PORT", 5055),
        actions_apart=_choice(environ, "WAYMARK_ACTIONS", "inside", "apart") == "apart",
        actions_secret=environ.get("WAYMARK_ACTIONS_SECRET") or "",
        default_occupation=environ.get("WAYMARK_DEFAULT_OCCUPATION") or "medical-records-technician",
        contact=environ.get("WAYMARK_CONTACT") or "your school's career office",
        public_url=(environ.get("WAYMARK_PUBLIC_URL") or "").rstrip("/"),
        oews_file=environ.get("WAYMARK_OEWS_FILE") or "",
        gap_text=environ.get("WAYMARK_GAP_TEXT", "") in ("1", "true", "yes"),
        answer_seconds=_number(environ, "WAYMARK_ANSWER_SECONDS", 2.5),
        log_level=environ.get("WAYMARK_LOG_LEVEL") or "INFO",
    )
