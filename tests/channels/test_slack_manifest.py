"""The manifests ask for what the channel uses, and for nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

import settings
from channels.slack_runtime import SCOPES
from channels.slack_work import COMMAND
from settings import ROOT
from tests.slack_stand_in.shapes import ARGUMENTS

FOLDER = ROOT / "deploy" / "slack"
# https://docs.slack.dev/reference/methods and …/events: what each needs; any of several kinds of channels
NEEDED = {
    "chat.postMessage": {"chat:write"},
    "chat.update": {"chat:write"},
    "chat.delete": {"chat:write"},
    "conversations.history": {"channels:history", "groups:history", "im:history"},
    "conversations.replies": {"channels:history", "groups:history", "im:history"},
    "assistant.threads.setStatus": {"assistant:write"},
    "assistant.threads.setTitle": {"assistant:write"},
    "assistant.threads.setSuggestedPrompts": {"assistant:write"},
    "views.publish": set(),
    "auth.test": set(),
    "app_home_opened": set(),
    "app_mention": {"app_mentions:read"},
    "assistant_thread_started": {"assistant:write"},
    "assistant_thread_context_changed": {"assistant:write"},
    "message.channels": {"channels:history"},
    "message.groups": {"groups:history"},
    "message.im": {"im:history"},
    "slash_commands": {"commands"},
}


def manifest(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("name", ["manifest.yml", "manifest-socket.yml"])
def test_the_scopes_are_those_that_are_needed(name: str) -> None:
    given = manifest(name)
    scopes = given["oauth_config"]["scopes"]["bot"]
    events = given["settings"]["event_subscriptions"]["bot_events"]
    assert set(events) == {event for event in NEEDED if event.startswith(("app_", "assistant_", "message."))}
    assert sorted(scopes) == sorted(set().union(*NEEDED.values())) == sorted(SCOPES)
    assert set(ARGUMENTS) - NEEDED.keys() == {"apps.connections.open", "response_url"}


def test_the_command_is_the_one_that_the_channel_explains() -> None:
    for name in ("manifest.yml", "manifest-socket.yml"):
        (command,) = manifest(name)["features"]["slash_commands"]
        assert command["command"] == COMMAND


def addresses(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from addresses(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from addresses(inner)
    elif isinstance(value, str) and value.startswith("https://"):
        yield value


def test_the_two_manifests_differ_only_in_how_slack_reaches_us() -> None:
    public, socket = manifest("manifest.yml"), manifest("manifest-socket.yml")
    assert set(addresses(public)) == {"https://bot.example.edu/webhooks/slack/webhook"}
    assert not list(addresses(socket))
    assert (public["settings"].pop("socket_mode_enabled"), socket["settings"].pop("socket_mode_enabled")) == (
        False,
        True,
    )
    del public["settings"]["event_subscriptions"]["request_url"], public["settings"]["interactivity"]["request_url"]
    del public["features"]["slash_commands"][0]["url"]
    assert public == socket


# --- the settings


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"BOT_TOKEN": "xoxb-1"}, "WAYMARK_SLACK_SIGNING_SECRET"),
        ({"BOT_TOKEN": "xoxp-1", "SIGNING_SECRET": "s"}, "WAYMARK_SLACK_BOT_TOKEN"),
        ({"BOT_TOKEN": "xoxb-1", "APP_TOKEN": "xoxb-2"}, "WAYMARK_SLACK_APP_TOKEN"),
        ({"BOT_TOKEN": "xoxb-1", "SIGNING_SECRET": "s", "STAFF_CHANNEL": "#staff"}, "WAYMARK_SLACK_STAFF_CHANNEL"),
    ],
)
def test_a_setting_that_cannot_work_is_named_at_the_start(environ: dict[str, str], named: str) -> None:
    with pytest.raises(settings.SettingError, match=named) as error:
        settings.load({f"WAYMARK_SLACK_{name}": value for name, value in environ.items()})
    assert "xoxp-1" not in str(error.value) and "xoxb-2" not in str(error.value)


def test_without_a_token_the_channel_is_off_and_with_one_its_secrets_are_not_shown() -> None:
    off = settings.load({"WAYMARK_SLACK_SIGNING_SECRET": "s", "WAYMARK_SLACK_BOT_TOKEN": " "})
    assert (off.slack_bot_token, off.slack_signing_secret) == ("", "")
    on = settings.load({"WAYMARK_SLACK_BOT_TOKEN": "xoxb-hidden", "WAYMARK_SLACK_SIGNING_SECRET": "hidden"})
    assert on.slack_bot_token == "xoxb-hidden"
    assert "hidden" not in repr(on)
