"""Everything that can be set from outside, in one place: the only module that reads the environment."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Union
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).resolve().parent
VERSION = "0.1.0"  # as in pyproject.toml
MIN_SECRET = 32  # characters
MIN_TOKEN = 16
LOG_LEVELS = ("INFO", "DEBUG", "WARNING", "ERROR")
TURN_SPARE = 3.0  # seconds
Network = Union[ipaddress.IPv4Network, ipaddress.IPv6Network]


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
    actions: str  # where they run: "inside" Rasa's process, "apart" in one of their own, or "both"
    actions_secret: tuple[str, ...] = field(repr=False)  # the first is shown, all are accepted
    default_occupation: str
    contact: str
    public_url: str
    oews_file: str
    gap_text: bool
    answer_seconds: float
    redis_url: str = field(repr=False)  # what replicas share order and limits by; "" for none
    log_level: str
    log_format: str
    # the website
    school: str
    logo: str
    greeting: str
    suggestions: tuple[str, ...]
    notice: str
    privacy_url: str
    keep_days: int
    origins: tuple[str, ...]
    secret: tuple[str, ...] = field(repr=False)  # the first signs, all verify
    trusted_proxies: tuple[Network, ...]
    session_messages: int  # a minute
    address_messages: int  # a minute
    address_sessions: int  # a minute
    # a person takes over
    handoff_email: str
    handoff_hours: float
    smtp_url: str = field(repr=False)
    mail_from: str
    # Slack; off without the bot token
    slack_bot_token: str = field(default="", repr=False)
    slack_signing_secret: str = field(default="", repr=False)
    slack_app_token: str = field(default="", repr=False)
    slack_api_url: str = "https://slack.com/api/"
    slack_staff_channel: str = ""
    metrics_token: tuple[str, ...] = field(default=(), repr=False)  # any of them opens /metrics; closed without

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value that must not be written anywhere; passwords in addresses as they stand there, and decoded."""
        addresses = (self.knowledge_url, self.state_url, self.smtp_url, self.redis_url)
        written = [word for text in addresses for word in re.findall(r"://[^\s/@:]*:([^\s/@]+)@", text)]
        tokens = (self.slack_bot_token, self.slack_signing_secret, self.slack_app_token)
        values = (*self.secret, *self.actions_secret, *self.metrics_token, *tokens, *written, *map(unquote, written))
        return tuple(dict.fromkeys(value for value in values if value))

    @property
    def turn_seconds(self) -> float:
        """The longest that a turn may take: the answer's own limit, and time for the database and for a lock."""
        return self.answer_seconds + TURN_SPARE

    @property
    def public_origin(self) -> str:
        """The origin of `public_url` ("https://bot.example.edu"); "" if it is not set."""
        parts = urlsplit(self.public_url)
        return f"{parts.scheme}://{parts.netloc}" if self.public_url else ""


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


def _whole(environ: Mapping[str, str], name: str, default: int) -> int:
    value = _number(environ, name, default)
    if value != int(value):
        raise SettingError(f"{name}={environ[name]!r} must be a whole number, e.g. {default}")
    return int(value)


def _list(environ: Mapping[str, str], name: str, between: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in environ.get(name, "").split(between) if part.strip())


def _address(environ: Mapping[str, str], name: str) -> str:
    text = (environ.get(name) or "").strip().rstrip("/")
    if text and not re.match(r"https?://[^\s/]+", text):
        raise SettingError(f"{name}={text!r} is not an address; it begins with https://, e.g. https://bot.example.edu")
    return text


def _origins(environ: Mapping[str, str]) -> tuple[str, ...]:
    origins = _list(environ, "WAYMARK_ORIGINS")
    for origin in origins:
        if not re.fullmatch(r"https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?", origin):
            raise SettingError(
                f"WAYMARK_ORIGINS: {origin!r} is no origin. Name the sites that may use the widget as a browser does, "
                "in lower case and without a path, e.g. https://www.example.edu,https://*.example.edu"
            )
    return origins


def _secret(environ: Mapping[str, str]) -> tuple[str, ...]:
    secrets = _list(environ, "WAYMARK_SECRET")
    if any(len(secret) < MIN_SECRET for secret in secrets):
        raise SettingError(
            f"WAYMARK_SECRET: each secret needs at least {MIN_SECRET} characters (it is not shown here). "
            'Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"'
        )
    return secrets


def _networks(environ: Mapping[str, str], name: str) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(text) for text in _list(environ, name))
    except ValueError as error:
        raise SettingError(f"{name}: {error}. Name the proxies' addresses, e.g. 10.0.0.0/8,::1") from None


def _mail(environ: Mapping[str, str], name: str, default: str = "") -> str:
    text = (environ.get(name) or default).strip()
    if text and not re.fullmatch(r"[^@\s<>,;]+@[^@\s<>,;]+", text):
        raise SettingError(f"{name}={text!r} is not one e-mail address, e.g. careers@example.edu")
    return text


def _smtp(environ: Mapping[str, str]) -> str:
    text = (environ.get("WAYMARK_SMTP_URL") or "").strip()
    try:
        parts = urlsplit(text)
        fits = not text or (parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0)
    except ValueError:
        fits = False
    if not fits:
        raise SettingError(
            "WAYMARK_SMTP_URL is not the address of a mail server (it is not shown here: it may hold a password). "
            "Write smtps://user:password@mail.example.edu:465 or smtp://mail.example.edu:587; escape special "
            "characters of the password, e.g. @ as %40"
        )
    return text


def _redis(environ: Mapping[str, str]) -> str:
    text = (environ.get("WAYMARK_REDIS_URL") or "").strip()
    try:
        parts = urlsplit(text)
        fits = not text or (parts.scheme in ("redis", "rediss") and bool(parts.hostname) and parts.port != 0)
        fits = (fits and re.fullmatch(r"/?\d*", parts.path) is not None) or parts.scheme == "unix"
    except ValueError:
        fits = False
    if not fits:
        raise SettingError(
            "WAYMARK_REDIS_URL is not the address of a Redis (it is not shown here: it may hold a password). Write "
            "redis://:password@redis.example.edu:6379/0, rediss:// for TLS, or unix:///run/redis.sock"
        )
    return text


def _choice(environ: Mapping[str, str], name: str, *choices: str) -> str:
    text = environ.get(name) or choices[0]
    if text not in choices:
        raise SettingError(f"{name}={text!r} is not one of {', '.join(choices)}")
    return text


def _level(environ: Mapping[str, str]) -> str:
    level = (environ.get("WAYMARK_LOG_LEVEL") or LOG_LEVELS[0]).upper()
    if level not in LOG_LEVELS:
        raise SettingError(f"WAYMARK_LOG_LEVEL={level!r} is not one of {', '.join(LOG_LEVELS)}")
    return level


def _tokens(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What is sent in a header: several with commas between while they are changed."""
    tokens = _list(environ, name)
    for token in tokens:
        if len(token) < MIN_TOKEN or not token.isascii() or not token.isprintable():
            raise SettingError(
                f"{name}: each needs at least {MIN_TOKEN} characters of ASCII (it is not shown here). "
                'Make one: python -c "import secrets; print(secrets.token_urlsafe(32))"'
            )
    return tokens


def _actions_secret(environ: Mapping[str, str]) -> tuple[str, ...]:
    secrets, host = _tokens(environ, "WAYMARK_ACTIONS_SECRET"), environ.get("WAYMARK_ACTIONS_HOST") or "127.0.0.1"
    try:
        private = ipaddress.ip_address(host).is_loopback
    except ValueError:
        private = host == "localhost"
    if not private and not secrets:
        raise SettingError(
            f"WAYMARK_ACTIONS_HOST={host!r} lets other machines call the actions: set WAYMARK_ACTIONS_SECRET, the same "
            'for Rasa. Make one: python -c "import secrets; print(secrets.token_urlsafe(32))"'
        )
    return secrets


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raises SettingError that names the variable and a value that works."""
    environ = os.environ if environ is None else environ
    var = ROOT / "var"
    if bool(environ.get("WAYMARK_HANDOFF_EMAIL")) != bool(environ.get("WAYMARK_SMTP_URL")):
        raise SettingError(
            "WAYMARK_HANDOFF_EMAIL (who is told that a student asks for a person) and WAYMARK_SMTP_URL (the mail "
            "server that tells them) go together: set both or neither"
        )
    return Settings(
        knowledge_url=environ.get("WAYMARK_KNOWLEDGE_URL") or f"sqlite:///{var / 'knowledge.sqlite'}",
        state_url=environ.get("WAYMARK_STATE_URL") or f"sqlite:///{var / 'state.sqlite'}",
        rasa_host=environ.get("WAYMARK_RASA_HOST") or "127.0.0.1",
        rasa_port=_port(environ, "WAYMARK_RASA_PORT", 5005),
        actions_host=environ.get("WAYMARK_ACTIONS_HOST") or "127.0.0.1",
        actions_port=_port(environ, "WAYMARK_ACTIONS_PORT", 5055),
        actions=_choice(environ, "WAYMARK_ACTIONS", "inside", "apart", "both"),
        actions_secret=_actions_secret(environ),
        default_occupation=environ.get("WAYMARK_DEFAULT_OCCUPATION") or "medical-records-technician",
        contact=environ.get("WAYMARK_CONTACT") or "your school's career office",
        public_url=_address(environ, "WAYMARK_PUBLIC_URL"),
        oews_file=environ.get("WAYMARK_OEWS_FILE") or "",
        gap_text=environ.get("WAYMARK_GAP_TEXT", "") in ("1", "true", "yes"),
        answer_seconds=_number(environ, "WAYMARK_ANSWER_SECONDS", 2.5),
        redis_url=_redis(environ),
        log_level=_level(environ),
        log_format=_choice(environ, "WAYMARK_LOG_FORMAT", "text", "json"),
        school=environ.get("WAYMARK_SCHOOL") or "",
        logo=_address(environ, "WAYMARK_LOGO"),
        greeting=environ.get("WAYMARK_GREETING") or "",
        suggestions=_list(environ, "WAYMARK_SUGGESTIONS", "|"),
        notice=environ.get("WAYMARK_NOTICE") or "",
        privacy_url=_address(environ, "WAYMARK_PRIVACY_URL"),
        keep_days=_whole(environ, "WAYMARK_KEEP_DAYS", 30),
        origins=_origins(environ),
        secret=_secret(environ),
        trusted_proxies=_networks(environ, "WAYMARK_TRUSTED_PROXIES"),
        session_messages=_whole(environ, "WAYMARK_SESSION_MESSAGES", 20),
        address_messages=_whole(environ, "WAYMARK_ADDRESS_MESSAGES", 120),
        address_sessions=_whole(environ, "WAYMARK_ADDRESS_SESSIONS", 10),
        handoff_email=_mail(environ, "WAYMARK_HANDOFF_EMAIL"),
        handoff_hours=_number(environ, "WAYMARK_HANDOFF_HOURS", 24),
        smtp_url=_smtp(environ),
        mail_from=_mail(environ, "WAYMARK_MAIL_FROM", environ.get("WAYMARK_HANDOFF_EMAIL") or ""),
        metrics_token=_tokens(environ, "WAYMARK_METRICS_TOKEN"),
        **_slack(environ),
    )
