"""Settings: what is wrong is named, with a value that works, and secrets are never shown."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

import settings
from settings import SettingError, load

LONG = "a secret of at least thirty-two characters"


def test_without_an_environment_everything_has_a_default() -> None:
    found = load({})
    assert (found.keep_days, found.origins, found.secret, found.trusted_proxies) == (30, (), (), ())
    assert (found.session_messages, found.address_messages, found.address_sessions) == (20, 120, 10)


def test_every_secret_is_known_as_one_and_shown_nowhere() -> None:
    found = load(
        {
            "WAYMARK_SECRET": LONG,
            "WAYMARK_ACTIONS_SECRET": "between-us-from-now-on,between-us-until-now",
            "WAYMARK_METRICS_TOKEN": "a-token-for-prometheus",
            "WAYMARK_SLACK_BOT_TOKEN": "xoxb-0",
            "WAYMARK_SLACK_SIGNING_SECRET": "a-signing-secret",
            "WAYMARK_STATE_URL": "postgresql://waymark:a%40password@db/state",
            "WAYMARK_SMTP_URL": "smtps://user:mail-password@mail.example.edu:465",
            "WAYMARK_HANDOFF_EMAIL": "careers@example.edu",
            "WAYMARK_ACTIONS_HOST": "10.0.0.5",
        }
    )
    expected = {LONG, "between-us-from-now-on", "between-us-until-now", "a-token-for-prometheus", "xoxb-0"}
    assert expected | {"a-signing-secret", "a%40password", "a@password", "mail-password"} == set(found.secrets)
    assert [secret for secret in expected | {"a-signing-secret", "mail-password"} if secret in repr(found)] == []


def test_the_version_is_that_of_the_project() -> None:
    assert f'version = "{settings.VERSION}"' in (settings.ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_lists_are_read() -> None:
    found = load(
        {
            "WAYMARK_ORIGINS": "https://www.example.edu, https://*.example.org,http://127.0.0.1:8000",
            "WAYMARK_SECRET": f"{LONG} 1,{LONG} 2",
            "WAYMARK_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "WAYMARK_SUGGESTIONS": "What is it? | How much, and where?|",
        }
    )
    assert found.origins == ("https://www.example.edu", "https://*.example.org", "http://127.0.0.1:8000")
    assert found.secret == (f"{LONG} 1", f"{LONG} 2")
    assert found.trusted_proxies == (ip_network("10.0.0.0/8"), ip_network("::1/128"))
    assert found.suggestions == ("What is it?", "How much, and where?")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAYMARK_ORIGINS", "*"),
        ("WAYMARK_ORIGINS", "www.example.edu"),
        ("WAYMARK_ORIGINS", "https://www.example.edu/"),
        ("WAYMARK_ORIGINS", "https://www.example.edu,https://WWW.example.edu"),
        ("WAYMARK_ORIGINS", "null"),
        ("WAYMARK_SECRET", "short"),
        ("WAYMARK_SECRET", f"{LONG},short"),
        ("WAYMARK_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("WAYMARK_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("WAYMARK_TRUSTED_PROXIES", "proxy.example.edu"),
        ("WAYMARK_KEEP_DAYS", "0"),
        ("WAYMARK_KEEP_DAYS", "1.5"),
        ("WAYMARK_KEEP_DAYS", "a month"),
        ("WAYMARK_SESSION_MESSAGES", "-1"),
        ("WAYMARK_PUBLIC_URL", "bot.example.edu"),
        ("WAYMARK_PUBLIC_URL", "javascript:alert(1)"),
        ("WAYMARK_PRIVACY_URL", "ftp://x"),
        ("WAYMARK_LOGO", "/logo.svg"),
        ("WAYMARK_HANDOFF_EMAIL", "nobody"),
        ("WAYMARK_HANDOFF_EMAIL", "a@example.edu, b@example.edu"),
        ("WAYMARK_SMTP_URL", "http://mail.example.edu"),
        ("WAYMARK_LOG_LEVEL", "LOUD"),
        ("WAYMARK_LOG_FORMAT", "xml"),
        ("WAYMARK_METRICS_TOKEN", "short"),
        ("WAYMARK_METRICS_TOKEN", "a token that is not ÄSCII"),
        ("WAYMARK_ACTIONS_SECRET", "a-secret-of-sixteen,short"),
        ("WAYMARK_ACTIONS_HOST", "0.0.0.0"),
        ("WAYMARK_ACTIONS_HOST", "actions"),
        ("WAYMARK_SMTP_URL", "smtp://"),
        ("WAYMARK_SMTP_URL", "smtp://mail.example.edu:x"),
        ("WAYMARK_REDIS_URL", "redis.example.edu:6379"),
        ("WAYMARK_REDIS_URL", "http://redis.example.edu"),
        ("WAYMARK_REDIS_URL", "redis://redis.example.edu/names"),
    ],
)
def test_a_wrong_value_is_named_with_one_that_works(name: str, value: str) -> None:
    pair = {"WAYMARK_HANDOFF_EMAIL": "careers@example.edu", "WAYMARK_SMTP_URL": "smtp://mail.example.edu"}
    environ = {**(pair if name in pair else {}), name: value}
    with pytest.raises(SettingError) as error:
        load(environ)
    assert name in str(error.value)
    assert len(str(error.value)) > len(name) + len(value) + 20


@pytest.mark.parametrize("name", ["WAYMARK_HANDOFF_EMAIL", "WAYMARK_SMTP_URL"])
def test_who_is_told_and_how_go_together(name: str) -> None:
    values = {"WAYMARK_HANDOFF_EMAIL": "careers@example.edu", "WAYMARK_SMTP_URL": "smtp://mail.example.edu"}
    assert load(values).mail_from == "careers@example.edu"
    with pytest.raises(SettingError, match="both or neither"):
        load({name: values[name]})


def test_no_secret_is_shown() -> None:
    values = {
        "WAYMARK_SECRET": LONG,
        "WAYMARK_SMTP_URL": "smtp://user:hunter2@mail.example.edu",
        "WAYMARK_REDIS_URL": "redis://:redis-password@redis.example.edu:6379/0",
        "WAYMARK_HANDOFF_EMAIL": "careers@example.edu",
        "WAYMARK_SLACK_BOT_TOKEN": "xoxb-secret",
        "WAYMARK_SLACK_APP_TOKEN": "xapp-secret",
        "WAYMARK_SLACK_SIGNING_SECRET": "signing-secret",
    }
    shown = repr(load(values))
    for secret in (LONG, "hunter2", "redis-password", "xoxb-secret", "xapp-secret", "signing-secret"):
        assert secret not in shown
    for name, wrong in (
        ("WAYMARK_SECRET", "hunter2"),
        ("WAYMARK_SMTP_URL", "smtp://u:hunter2@:x"),
        ("WAYMARK_REDIS_URL", "http://:hunter2@x"),
    ):
        with pytest.raises(SettingError) as error:
            load({**values, name: wrong})
        assert "hunter2" not in str(error.value)


def test_the_public_origin_is_that_of_the_public_address() -> None:
    assert (
        load({"WAYMARK_PUBLIC_URL": "https://bot.example.edu:8443/careers/"}).public_origin
        == "https://bot.example.edu:8443"
    )
    assert load({}).public_origin == ""


def test_every_setting_is_in_the_documentation() -> None:
    names = {f"WAYMARK_{name.upper()}" for name in settings.Settings.__dataclass_fields__}
    text = (settings.ROOT / "README.md").read_text(encoding="utf-8")
    text += (settings.ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    text += (settings.ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    assert {name for name in names if name not in text} == set()
