"""A running Slack channel beside a stand-in of Slack: what people do, and what they see. In Rasa's place a handler that
says back what it is asked; tests/server/test_slack.py does the same with Rasa."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import requests
from sqlalchemy import select

from state import models
from state.conversations import transaction
from state.database import open_state
from tests.slack_stand_in import shapes
from tests.slack_stand_in.running import App, running_app
from tests.slack_stand_in.sending import FORM, JSON, Slack, signed
from tests.slack_stand_in.server import slack_server
from tests.slack_stand_in.workspace import ANN, BOB, BOT, EVE, GENERAL, TEAM, Workspace

SETTLED = 0.7  # seconds after which nothing more comes
AT = f"<@{BOT}>"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with slack_server() as server, running_app(server, tmp_path_factory.mktemp("slack")) as running:
        yield running


@pytest.fixture
def slack(app: App) -> Iterator[Slack]:
    """Slack; in the end every call must have been one that Slack accepts, and every acknowledgement in time."""
    workspace = app.server.workspace
    with workspace.lock:
        workspace.posts.clear()
        workspace.faults.clear()
    heard = app.folder / "heard"
    heard.write_text("", encoding="utf-8")
    yield app.slack
    assert not workspace.faults
    assert max(workspace.acknowledged, default=0) < 3.0


@pytest.fixture
def space(slack: Slack) -> Workspace:
    return slack.workspace


_numbers = iter(range(1, 10_000))


@pytest.fixture
def direct() -> str:
    """A direct channel of the test's own."""
    return f"D0{next(_numbers):06d}"


@pytest.fixture
def channel() -> str:
    return f"C0{next(_numbers):06d}"


# --- where an answer goes


def test_a_direct_message_is_answered_on_the_main_line(slack: Slack, space: Workspace, app: App, direct: str) -> None:
    slack.say(direct, ANN, "pay?")
    (post,) = space.wait(lambda: space.answers(direct))
    assert post.thread is None
    assert "You asked: pay?" in post.text
    assert app.heard() == [(f"slack-{TEAM}-{direct}", "pay?")]


def test_in_a_thread_of_a_direct_channel_the_answer_stays_there(
    slack: Slack, space: Workspace, app: App, direct: str
) -> None:
    root = slack.say(direct, ANN, "one")
    slack.say(direct, ANN, "two", root)
    space.wait(lambda: len(space.answers(direct)) == 2)
    assert {(p.thread, p.text.split(" [")[0]) for p in space.answers(direct)} == {
        (None, "You asked: one"),
        (root, "You asked: two"),
    }
    assert len({conversation for conversation, _ in app.heard()}) == 2


def test_a_mention_is_answered_in_a_thread_and_then_replies_need_none(
    slack: Slack, space: Workspace, app: App, channel: str
) -> None:
    slack.say(channel, ANN, "talk that is not for the bot")
    root = slack.say(channel, ANN, f"{AT} pay?")
    space.wait(lambda: len(space.answers(channel, root)) == 1)
    slack.say(channel, BOB, "and in Ohio?", root)
    space.wait(lambda: len(space.answers(channel, root)) == 2)
    other = slack.say(channel, ANN, "another thread")
    slack.say(channel, BOB, "without the bot", other)
    space.quiet(SETTLED)
    assert len(space.answers(channel)) == 2
    conversation = f"slack-{TEAM}-{channel}-{root}"
    assert app.heard() == [(conversation, "pay?"), (conversation, "and in Ohio?")]


def test_a_reply_that_comes_right_behind_the_mention_is_answered_too(
    slack: Slack, space: Workspace, app: App, channel: str
) -> None:
    root = slack.say(channel, ANN, f"{AT} slow 0.5 one")
    slack.say(channel, ANN, "two", root)
    slack.say(channel, ANN, "three", root)
    space.wait(lambda: len(space.answers(channel, root)) == 3)
    assert [text for _, text in app.heard()] == ["slow 0.5 one", "two", "three"]
    assert [p.text.split(" [")[0][11:] for p in space.answers(channel, root)] == ["slow 0.5 one", "two", "three"]


def test_nothing_mixes_between_people_channels_and_threads(slack: Slack, space: Workspace, app: App) -> None:
    places = [("D0MIXA", None), ("D0MIXB", None), ("C0MIX", None), ("C0MIX", None), ("D0MIXA", "1700000000.000001")]
    for n, (place, thread) in enumerate(places):
        slack.say(place, ANN, f"{AT} question {n}", thread)
    space.wait(lambda: len(space.answers()) == len(places))
    assert len({conversation for conversation, _ in app.heard()}) == len(places)
    for n, (place, _) in enumerate(places):
        assert any(f"question {n} " in p.text for p in space.answers(place))


def test_a_command_is_answered_to_its_user_only_and_can_be_shared_once(
    slack: Slack, space: Workspace, app: App, channel: str
) -> None:
    reply = slack.command(ANN, channel, "pay &amp; more?")
    assert (reply.status_code, reply.text) == (200, "")
    (private,) = space.wait(lambda: space.private(ANN))
    assert "You asked: pay & more?" in json.dumps(private.body, ensure_ascii=False)
    assert not space.answers(channel)
    slack.click(ANN, private, "Share in channel")
    slack.click(ANN, private, "Share in channel")
    (public,) = space.wait(lambda: space.answers(channel))
    space.quiet(SETTLED)
    assert len(space.answers(channel)) == 1
    assert "Share in channel" not in public.buttons()
    assert "👍 Helpful" in public.buttons()
    assert f"<@{ANN}> asked: pay &amp; more?" in public.body["blocks"][0]["elements"][0]["text"]


def test_commands_of_one_person_in_one_channel_are_a_conversation(slack: Slack, app: App, channel: str) -> None:
    for user in (ANN, ANN, BOB):
        slack.command(user, channel, "pay?")
    slack.workspace.wait(lambda: len(app.heard()) == 3)
    own = f"slack-{TEAM}-{channel}-only-"
    assert sorted(conversation for conversation, _ in app.heard()) == [f"{own}{ANN}", f"{own}{ANN}", f"{own}{BOB}"]


@pytest.mark.parametrize("text", ["", "help"])
def test_a_command_without_a_question_explains_itself(slack: Slack, app: App, text: str) -> None:
    reply = slack.command(ANN, GENERAL, text).json()
    assert reply["response_type"] == "ephemeral"
    assert "/career" in reply["text"] and "room 12" in reply["text"]
    assert not app.heard()


# --- what a message may be


def test_a_message_is_words_never_a_command(slack: Slack, space: Workspace, app: App, direct: str) -> None:
    for text in ('/ask_pay{"place": "US-TX"}', "  //restart", f"{AT} /restart"):
        slack.say(direct, ANN, text)
    space.wait(lambda: len(space.answers(direct)) == 3)
    assert [text for _, text in app.heard()] == ['ask_pay{"place": "US-TX"}', "restart", "restart"]


@pytest.mark.parametrize(
    ("text", "more", "said"),
    [
        ("x" * 1200, {}, "1200 characters"),
        ("", {"subtype": "file_share", "files": [{"id": "F1"}]}, "only read text"),
        (AT, {}, "/career"),
        ("///", {}, "/career"),
    ],
)
def test_what_cannot_be_asked_is_answered_politely(
    slack: Slack, space: Workspace, app: App, direct: str, text: str, more: dict[str, Any], said: str
) -> None:
    slack.say(direct, ANN, text, **more)
    (post,) = space.wait(lambda: space.answers(direct))
    assert said in post.text
    assert not app.heard()


def test_a_personal_number_is_taken_out_before_anything_is_stored(
    slack: Slack, space: Workspace, app: App, direct: str
) -> None:
    slack.say(direct, ANN, "my ssn is 219-09-9999, what do coders earn?")
    (post,) = space.wait(lambda: space.answers(direct))
    assert "219-09" not in json.dumps(post.body) + str(app.heard())
    assert "I took out what looked like a personal number" in post.text
    engine = open_state(app.environment["WAYMARK_STATE_URL"])
    with transaction(engine) as connection:
        stored = [str(row) for table in models.metadata.sorted_tables for row in connection.execute(select(table))]
    engine.dispose()
    assert not [row for row in stored if "219-09" in row]


def test_an_answer_that_hangs_becomes_a_polite_failure(slack: Slack, space: Workspace, direct: str) -> None:
    slack.say(direct, ANN, "hang on")
    (post,) = space.wait(lambda: space.answers(direct))
    assert "room 12" in post.text


# --- once


def test_the_same_event_again_is_one_question(slack: Slack, space: Workspace, app: App, direct: str) -> None:
    event = slack.message(direct, ANN, "pay?")
    assert slack.deliver(event).status_code == 200
    for headers in ({}, {"X_Slack_Retry_Num": "1", "X_Slack_Retry_Reason": "http_timeout"}, {}):
        assert slack.deliver(event, **headers).status_code == 200
    space.wait(lambda: space.answers(direct))
    assert slack.deliver(event).status_code == 200  # also when it is done
    space.quiet(SETTLED)
    assert len(space.answers(direct)) == len(app.heard()) == 1


@pytest.mark.parametrize("order", [("message", "app_mention"), ("app_mention", "message")])
def test_a_mention_and_the_message_of_one_post_get_one_answer(
    slack: Slack, space: Workspace, app: App, channel: str, order: tuple[str, str]
) -> None:
    event = slack.message(channel, ANN, f"{AT} pay?")["event"]
    for kind in order:
        slack.deliver(slack.envelope({**event, "type": kind}))
    space.wait(lambda: space.answers(channel))
    space.quiet(SETTLED)
    assert len(space.answers(channel)) == len(app.heard()) == 1


def test_events_that_come_in_the_wrong_order_are_answered_each_once(
    slack: Slack, space: Workspace, app: App, direct: str
) -> None:
    events = [slack.message(direct, ANN, f"question {n}") for n in range(6)]
    for event in [*reversed(events), *events]:
        slack.deliver(event)
    space.wait(lambda: len(space.answers(direct)) == 6)
    space.quiet(SETTLED)
    assert sorted(text for _, text in app.heard()) == [f"question {n}" for n in range(6)]


def test_bots_edits_and_deletions_are_left_alone(slack: Slack, space: Workspace, app: App, direct: str) -> None:
    ts = slack.say(direct, ANN, "pay?")
    space.wait(lambda: space.answers(direct))
    slack.say(direct, BOT, "own", bot_id="B0BOT")
    slack.say(direct, EVE, "another bot", bot_id="B0OTHER", subtype="bot_message")
    slack.say(direct, ANN, "x", subtype="message_changed", message={"ts": ts, "user": ANN, "text": "pay!"})
    slack.say(direct, ANN, "x", subtype="message_deleted", deleted_ts=ts)
    slack.deliver(slack.message(direct, ANN, "yesterday", ts=space.ts(ago=25 * 3600)))
    space.quiet(SETTLED)
    assert len(space.answers(direct)) == len(app.heard()) == 1


def test_a_question_from_some_hours_ago_is_still_answered(slack: Slack, space: Workspace, direct: str) -> None:
    slack.deliver(slack.message(direct, ANN, "pay?", ts=space.ts(ago=3 * 3600)))
    assert space.wait(lambda: space.answers(direct))


# --- buttons


def test_a_suggestion_is_asked_and_shown_above_its_answer(
    slack: Slack, space: Workspace, app: App, channel: str
) -> None:
    root = slack.say(channel, ANN, f"{AT} pay?")
    (post,) = space.wait(lambda: space.answers(channel, root))
    payload = slack.pressed(BOB, post, "And in Ohio?")
    slack.interact(payload)
    slack.interact(payload)  # the same click, delivered twice
    space.wait(lambda: len(space.answers(channel, root)) == 2)
    space.quiet(SETTLED)
    assert len(space.answers(channel)) == 2
    assert space.answers(channel)[1].body["blocks"][0]["elements"][0]["text"] == f"<@{BOB}> asked: And in Ohio?"
    assert app.heard()[1] == (app.heard()[0][0], "And in Ohio?")


def test_a_button_that_was_never_offered_does_nothing(slack: Slack, space: Workspace, app: App, direct: str) -> None:
    slack.say(direct, ANN, "pay?")
    (post,) = space.wait(lambda: space.answers(direct))
    assert slack.click(ANN, post, "And in Ohio?", value="/restart").status_code == 200
    space.quiet(SETTLED)
    assert len(app.heard()) == 1


def test_the_last_click_of_each_person_counts_as_feedback(
    slack: Slack, space: Workspace, app: App, direct: str
) -> None:
    slack.say(direct, ANN, "pay?")
    (post,) = space.wait(lambda: space.answers(direct))
    for user, label in ((ANN, "👍 Helpful"), (BOB, "👍 Helpful"), (ANN, "👎 Not helpful")):
        slack.click(user, post, label)
    space.wait(lambda: len(space.private(ANN)) == 2 and len(space.private(BOB)) == 1)
    engine = open_state(app.environment["WAYMARK_STATE_URL"])
    table = models.feedback
    with transaction(engine) as connection:
        mine = table.c.conversation_id == f"slack-{TEAM}-{direct}"
        rows = connection.execute(select(table.c.person, table.c.helpful, table.c.topic).where(mine)).all()
    engine.dispose()
    assert sorted(tuple(row) for row in rows) == [(ANN, False, "pay"), (BOB, True, "pay")]


def test_without_a_staff_channel_asking_for_a_person_names_the_contact(
    slack: Slack, space: Workspace, direct: str
) -> None:
    slack.say(direct, ANN, "pay?")
    (post,) = space.wait(lambda: space.answers(direct))
    assert "confirm" not in post.buttons()["Ask a person"]
    slack.click(ANN, post, "Ask a person")
    (told,) = space.wait(lambda: space.private(ANN))
    assert "room 12" in told.text


# --- before anyone asks


def test_the_home_tab_has_samples_that_are_asked_in_the_direct_channel(
    slack: Slack, space: Workspace, app: App, direct: str
) -> None:
    slack.deliver(slack.envelope({"type": "app_home_opened", "user": ANN, "channel": direct, "tab": "home"}))
    view = space.wait(lambda: space.views.get(ANN))
    button = next(b for b in view["blocks"] if b["type"] == "actions")["elements"][0]
    click = {"action_id": button["action_id"], "value": button["value"], "action_ts": space.ts(), "type": "button"}
    user = {"id": ANN, "team_id": TEAM}
    payload = {"type": "block_actions", "user": user, "container": {"type": "view"}, "view": view, "actions": [click]}
    slack.interact(payload)
    (post,) = space.wait(lambda: space.answers(direct))
    assert button["value"] in post.text
    assert app.heard() == [(f"slack-{TEAM}-{direct}", button["value"])]


def test_the_assistant_view_greets_suggests_shows_work_and_gets_a_title(
    slack: Slack, space: Workspace, direct: str
) -> None:
    root = space.ts()
    thread = {"user_id": ANN, "context": {}, "channel_id": direct, "thread_ts": root}
    slack.deliver(slack.envelope({"type": "assistant_thread_started", "assistant_thread": thread}))
    space.wait(lambda: len(space.answers(direct, root)) == 1 and space.assistant)
    slack.deliver(slack.envelope({"type": "assistant_thread_context_changed", "assistant_thread": thread}))
    slack.say(direct, ANN, "pay?", root)
    slack.say(direct, ANN, "and in Ohio?", root)
    space.wait(lambda: len(space.answers(direct, root)) == 3)
    space.quiet(SETTLED)
    methods = [method.split(".")[-1] for method, _ in space.assistant]
    assert methods.count("setSuggestedPrompts") == 1
    assert methods.count("setStatus") == 2
    assert [body["title"] for method, body in space.assistant if method.endswith("setTitle")] == ["pay?"]


def test_where_there_is_no_assistant_view_everything_else_works(slack: Slack, space: Workspace, direct: str) -> None:
    from tests.slack_stand_in.workspace import Trouble

    methods = ("setStatus", "setTitle", "setSuggestedPrompts")
    space.troubles += [Trouble("missing_scope", 9, f"assistant.threads.{method}") for method in methods]
    root = space.ts()
    thread = {"user_id": ANN, "context": {}, "channel_id": direct, "thread_ts": root}
    slack.deliver(slack.envelope({"type": "assistant_thread_started", "assistant_thread": thread}))
    slack.say(direct, ANN, "pay?", root)
    space.wait(lambda: len(space.answers(direct, root)) == 2, 5)
    space.troubles.clear()


# --- who may speak


def event(slack: Slack, direct: str) -> bytes:
    return json.dumps(slack.message(direct, ANN, "pay?")).encode()


def test_only_what_slack_signed_is_taken(slack: Slack, space: Workspace, app: App, direct: str) -> None:
    body = event(slack, direct)
    good, now = signed(body), time.time()
    forged = [
        {},
        {**good, "X-Slack-Signature": ""},
        {**good, "X-Slack-Signature": "v0=" + "0" * 64},
        {**good, "X-Slack-Signature": good["X-Slack-Signature"].upper()},
        {"X-Slack-Signature": good["X-Slack-Signature"]},
        {**good, "X-Slack-Request-Timestamp": str(int(now) - 1)},
        {**good, "X-Slack-Request-Timestamp": "now"},
        signed(body, "another secret"),
        signed(body, moment=now - 6 * 60),
        signed(body, moment=now + 6 * 60),
        signed(body + b" "),
        signed(b""),
    ]
    for headers in forged:
        reply = slack.post(body, JSON, headers)
        assert (reply.status_code, reply.headers["Content-Type"]) == (401, "application/problem+json"), headers
    space.quiet(SETTLED)
    assert not app.heard()
    assert slack.post(body).status_code == 200
    space.wait(lambda: space.answers(direct))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", JSON),
        (b"{", JSON),
        (b"[]", JSON),
        (b"null", JSON),
        (b'"text"', JSON),
        (b"\xff\xfe", JSON),
        (b"\xff\xfe=1", FORM),
        (b'{"type": "event_callback"}', JSON),
        (b'{"type": "event_callback", "event_id": "E", "event": {"type": "message"}}', JSON),
        (urlencode({"payload": "{"}).encode(), FORM),
        (urlencode({"payload": "[]"}).encode(), FORM),
        (urlencode({"payload": '{"type": "block_actions"}'}).encode(), FORM),
        (urlencode({"command": "/career", "text": "pay?"}).encode(), FORM),
        (json.dumps({"a": {"b": [1] * 1000}} | {"type": "event_callback"}).encode(), JSON),
        (b"[" * 100_000, JSON),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_read_is_refused_and_harms_nothing(slack: Slack, app: App, body: bytes, kind: str) -> None:
    assert slack.post(body, kind).status_code in (400, 401)
    assert slack.post(b'{"type": "url_verification", "challenge": "c"}').json() == {"challenge": "c"}
    assert not app.heard()


def test_a_body_that_is_far_too_large_is_refused(slack: Slack) -> None:
    assert slack.post(b"{" + b" " * 1_100_000 + b"}").status_code == 413


def test_a_question_with_strange_characters_is_no_trouble(slack: Slack, space: Workspace, direct: str) -> None:
    for text in ("\x00pay\x00", "😀" * 200, "\ud83d", "a\u202eb", "'; DROP TABLE slack_event; --", "%s %d {0}"):
        slack.say(direct, ANN, text)
    assert space.wait(lambda: len(space.answers(direct)) == 6)


# --- the rest of the address


def test_charts_are_drawn_only_from_addresses_that_we_made(app: App, slack: Slack) -> None:
    from channels import charts
    from tests.slack_stand_in.workspace import SECRET

    chart = charts.Chart("Pay", "USD/year", (("Median", 51140.0), ("90th percentile", 81150.0)))
    name = charts.token(chart, charts.key_of(SECRET))
    base = f"{app.base}/webhooks/slack/charts"
    good = requests.get(f"{base}/{name}.png", timeout=20)
    assert (good.status_code, good.headers["Content-Type"]) == (200, "image/png")
    assert "immutable" in good.headers["Cache-Control"]
    for bad in (f"{base}/{name}", f"{base}/x{name}.png", f"{base}/{charts.token(chart, b'k')}.png", f"{base}/.png"):
        assert requests.get(bad, timeout=20).status_code == 404


def test_the_log_holds_nothing_that_was_said_and_no_secret(
    slack: Slack, space: Workspace, app: App, direct: str
) -> None:
    slack.say(direct, ANN, "a very secret question")
    space.wait(lambda: space.answers(direct))
    log = app.log()
    for hidden in ("secret question", "xoxb-", "pay?", "8f742231b10e"):
        assert hidden not in log


def test_the_stand_in_does_find_faults() -> None:
    bad = {
        "text": "<!channel>",
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}, {"type": "z"}],
    }
    assert len(list(shapes.call_faults("chat.postMessage", {"channel": "C1", "as_user": True, **bad}))) == 4
