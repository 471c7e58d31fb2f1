"""Socket Mode: the same channel for a school without a public address, over a connection that may break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.slack_stand_in.running import App, running_app
from tests.slack_stand_in.server import Envelope, slack_server
from tests.slack_stand_in.workspace import ANN, BOT, GENERAL, TEAM, Trouble, Workspace

AT = f"<@{BOT}>"
RECONNECTED = 30.0  # seconds that a lost connection may take to come back


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with slack_server() as server:
        server.workspace.scopes = "chat:write,commands,im:history,app_mentions:read"
        server.workspace.troubles.append(Trouble("500", 1, "apps.connections.open"))  # the first attempt fails
        with running_app(server, tmp_path_factory.mktemp("socket"), socket_mode=True) as running:
            yield running


@pytest.fixture
def space(app: App) -> Iterator[Workspace]:
    """The workspace, with a connection."""
    space = app.server.workspace
    space.wait(lambda: app.server.sockets, RECONNECTED)
    with space.lock:
        space.posts.clear()
    yield space
    assert not space.faults


def say(app: App, channel: str, text: str, thread: str | None = None) -> tuple[Envelope, dict[str, Any]]:
    """A person posts something; the acknowledgement comes in time."""
    event = app.slack.message(channel, ANN, text, thread)
    envelope = app.server.send("events_api", event)
    assert envelope.acknowledged.wait(3.0)
    return envelope, event


def test_direct_messages_and_mentions_are_answered(app: App, space: Workspace) -> None:
    say(app, "D0SOCKET", "pay?")
    _, mention = say(app, GENERAL, f"{AT} pay?")
    space.wait(lambda: space.answers("D0SOCKET"))
    space.wait(lambda: space.answers(GENERAL, mention["event"]["ts"]))


def test_an_envelope_that_comes_again_is_acknowledged_again_and_answered_once(app: App, space: Workspace) -> None:
    envelope, event = say(app, "D0AGAIN", "pay?")
    envelope.acknowledged.clear()
    app.server.repeat(envelope, "events_api", event)
    assert envelope.acknowledged.wait(3.0)
    assert app.server.send("events_api", event).acknowledged.wait(3.0)
    space.wait(lambda: space.answers("D0AGAIN"))
    space.quiet(0.7)
    assert len(space.answers("D0AGAIN")) == 1


def test_commands_and_clicks_work(app: App, space: Workspace) -> None:
    form = {"team_id": TEAM, "channel_id": GENERAL, "user_id": ANN, "command": "/career", "trigger_id": "7.8.9"}
    url = app.server.response_url(GENERAL, ANN)
    help = app.server.send("slash_commands", {**form, "text": "help", "response_url": url})
    assert help.acknowledged.wait(3.0)
    assert "/career" in help.payload["text"]
    asked = app.server.send("slash_commands", {**form, "text": "pay?", "response_url": url})
    assert asked.acknowledged.wait(3.0)
    assert asked.payload is None
    (private,) = space.wait(lambda: space.private(ANN))
    click = app.server.send("interactive", app.slack.pressed(ANN, private, "And in Ohio?"))
    assert click.acknowledged.wait(3.0)
    space.wait(lambda: len(space.private(ANN)) == 2)


def test_what_is_malformed_is_not_acknowledged_and_harms_nothing(app: App, space: Workspace) -> None:
    bad = app.server.send("events_api", {"type": "event_callback", "event": {"type": "message"}})
    app.server.say({"type": "unheard of"})
    app.server.say({"type": "events_api"})
    assert not bad.acknowledged.wait(0.5)
    say(app, "D0GOOD", "pay?")
    space.wait(lambda: space.answers("D0GOOD"))


def test_when_slack_renews_the_connection_nothing_is_missed(app: App, space: Workspace) -> None:
    before, old = app.server.connections, app.server.sockets[-1]
    app.server.say({"type": "disconnect", "reason": "refresh_requested", "debug_info": {}})
    space.wait(lambda: app.server.connections > before, RECONNECTED)
    space.wait(lambda: app.server.sockets and app.server.sockets[-1] is not old, RECONNECTED)
    say(app, "D0RENEWED", "pay?")
    space.wait(lambda: space.answers("D0RENEWED"))


def test_a_connection_that_breaks_is_opened_again(app: App, space: Workspace) -> None:
    before = app.server.connections
    space.troubles.append(Trouble("500", 1, "apps.connections.open"))
    app.server.hang_up()
    space.wait(lambda: app.server.connections > before and app.server.sockets, RECONNECTED)
    say(app, "D0BROKEN", "pay?")
    space.wait(lambda: space.answers("D0BROKEN"))


def test_scopes_that_are_missing_are_named_at_the_start(app: App) -> None:
    assert "lacks the scopes assistant:write, channels:history, groups:history;" in app.log()


def test_there_is_no_address_for_events_in_this_mode(app: App) -> None:
    reply = requests.post(f"{app.base}/webhooks/slack/webhook", json={"type": "url_verification"}, timeout=10)
    assert reply.status_code in (404, 405)


def test_the_log_holds_nothing_that_was_said(app: App) -> None:
    log = app.log()
    for hidden in ("pay?", "xapp-", "xoxb-", "ticket="):
        assert hidden not in log
