"""Everything that can be set from outside, in one place: the only module that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
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
    slack_bot_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    slack_staff_channel: str = ""


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


def _slack(environ: Mapping[str, str]) -> dict[str, str]:
    """The settings of the Slack channel. Without the bot token it is off, whatever else is set."""
    names = ("bot_token", "signing_secret", "app_token", "api_url", "staff_channel")
    found = {f"slack_{n}": v.strip() for n in names if (v := environ.get(f"WAYMARK_SLACK_{n.upper()}") or "").strip()}
    if not found.get("slack_bot_token"):
        return {}
    for name, prefix in (("slack_bot_token", "xoxb-"), ("slack_app_token", "xapp-")):
        if name in found and not found[name].startswith(prefix):
            raise SettingError(f"WAYMARK_{name.upper()} does not start with {prefix}: it is another kind of token")
    if "slack_signing_secret" not in found and "slack_app_token" not in found:
        raise SettingError(
            "WAYMARK_SLACK_BOT_TOKEN is set, but nothing says how Slack reaches the assistant: set "
            "WAYMARK_SLACK_SIGNING_SECRET (events over HTTPS) or WAYMARK_SLACK_APP_TOKEN (Socket Mode)"
        )
    staff = found.get("slack_staff_channel", "C0")
    if not (staff[0] in "CG" and staff.isalnum() and staff.isupper()):
        raise SettingError(f"WAYMARK_SLACK_STAFF_CHANNEL={staff!r} is not a channel's id; one looks like C0123ABCDEF")
    return found


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
        **_slack(environ),
    )
