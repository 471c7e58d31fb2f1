"""What Slack sends, and what it means for us."""

from __future__ import annotations

import time
from typing import Any

import pytest

from channels import slack_clicks, slack_events
from channels.slack_events import Ignored, Instant
from state.slack_events import NewEvent
from tests.slack_stand_in.sending import pressed
from tests.slack_stand_in.workspace import ANN, BOT, GENERAL, STAFF, TEAM, Post

RATED = '{"answer":"a1","in":"slack-x"}'
DM, THREAD = "D0ANN", "1700000000.000100"
NOW = time.time()


def post(channel: str = DM, text: str = "pay?", thread: str | None = None, **more: Any) -> dict[str, Any]:
    kind = {"D": "im", "C": "channel", "G": "group"}[channel[0]]
    event = {"type": "message", "channel": channel, "channel_type": kind, "user": ANN, "text": text, "ts": f"{NOW:.6f}"}
    event |= {"thread_ts": thread} if thread else {}
    authorizations = [{"team_id": TEAM, "user_id": BOT, "is_bot": True}]
    return {
        "type": "event_callback",
        "event_id": "Ev1",
        "team_id": TEAM,
        "event": {**event, **more},
        "authorizations": authorizations,
    }


def read(envelope: dict[str, Any]) -> slack_events.Reading:
    return slack_events.read_event(envelope, NOW)


@pytest.mark.parametrize(
    ("envelope", "conversation", "thread"),
    [
        (post(), f"slack-{TEAM}-{DM}", None),
        (post(thread=THREAD), f"slack-{TEAM}-{DM}-{THREAD}", THREAD),
        (post(GENERAL, f"<@{BOT}> pay?"), f"slack-{TEAM}-{GENERAL}-{NOW:.6f}", f"{NOW:.6f}"),
        (post(GENERAL, f"<@{BOT}> pay?", THREAD), f"slack-{TEAM}-{GENERAL}-{THREAD}", THREAD),
        (post("G0PRIVATE", f"<@{BOT}> pay?"), f"slack-{TEAM}-G0PRIVATE-{NOW:.6f}", f"{NOW:.6f}"),
    ],
)
def test_a_post_to_the_bot_belongs_to_its_thread_or_main_line(
    envelope: dict[str, Any], conversation: str, thread: str | None
) -> None:
    event = read(envelope)
    assert isinstance(event, NewEvent)
    assert (event.conversation_id, event.body["thread"], event.body["text"]) == (conversation, thread, "pay?")
    assert not event.if_known


def test_a_mention_and_the_message_of_one_post_are_one() -> None:
    one = read(post(GENERAL, f"<@{BOT}> pay?"))
    other = read({**post(GENERAL, f"<@{BOT}> pay?", type="app_mention"), "event_id": "Ev2"})
    assert isinstance(one, NewEvent) and isinstance(other, NewEvent)
    assert (one.dedupe, one.conversation_id, one.body) == (other.dedupe, other.conversation_id, other.body)
    assert one.id != other.id


def test_a_reply_without_a_mention_counts_only_where_the_bot_takes_part_or_staff_talk() -> None:
    event = read(post(GENERAL, "and in Ohio?", THREAD))
    assert isinstance(event, NewEvent)
    assert (event.if_known, event.thread) == (True, f"{GENERAL}:{THREAD}")


def test_who_mentions_the_bot_in_a_talk_with_a_student_asks_the_bot() -> None:
    event = read(post(STAFF, f"<@{BOT}> pay?", THREAD))
    assert isinstance(event, NewEvent)
    assert (event.if_known, event.thread, event.kind) == (False, None, "ask")


@pytest.mark.parametrize(
    "envelope",
    [
        post(GENERAL, "nothing for the bot"),
        post(GENERAL, "<@U0OTHER> hi"),
        post(bot_id="B1"),
        post(bot_id="B0BOT", user=BOT),
        post(user=BOT),
        post(user="USLACKBOT"),
        post(user=None),
        post(bot_profile={"id": "B1"}),
        post(subtype="bot_message"),
        post(subtype="message_changed", message={"text": "pay?", "user": ANN}),
        post(subtype="channel_join"),
        post(subtype="me_message"),
        post(ts=f"{NOW - 25 * 3600:.6f}"),
        {"type": "event_callback", "event_id": "E", "event": {"type": "reaction_added"}},
        {"type": "event_callback", "event_id": "E", "event": {"type": "assistant_thread_context_changed"}},
        {"type": "event_callback", "event_id": "E", "event": {"type": "app_home_opened", "tab": "messages"}},
        {"type": "app_rate_limited"},
    ],
)
def test_what_is_not_a_question_of_a_person_is_ignored(envelope: dict[str, Any]) -> None:
    assert isinstance(read(envelope), Ignored)


@pytest.mark.parametrize("subtype", [None, "file_share", "thread_broadcast"])
def test_what_a_person_wrote_counts_however_it_was_sent(subtype: str | None) -> None:
    assert isinstance(read(post(**({"subtype": subtype} if subtype else {}))), NewEvent)


def test_the_handshake_is_answered() -> None:
    assert read({"type": "url_verification", "challenge": "abc"}) == Instant({"challenge": "abc"})


@pytest.mark.parametrize(
    "envelope",
    [
        {"type": "event_callback"},
        {"type": "event_callback", "event_id": "E", "event": "text"},
        {"type": "event_callback", "event_id": "E", "event": {"type": "message"}},
        {"type": "url_verification"},
        post(ts="tomorrow"),
        post(ts=None),
        {**post(), "event_id": "E" * 81},
        {**post(), "event_id": "E\x00"},
        post(channel="D" + "0" * 200),
        {"type": "event_callback", "event_id": "E", "event": {"type": "assistant_thread_started"}},
    ],
)
def test_what_slack_would_not_send_is_malformed(envelope: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        read(envelope)


def test_a_very_long_text_is_not_kept_whole() -> None:
    event = read(post(text="x" * 40_000))
    assert isinstance(event, NewEvent)
    assert len(event.body["text"]) == slack_events.KEPT_TEXT


@pytest.mark.parametrize("deletion", [
    {"subtype": "message_deleted", "deleted_ts": THREAD},
    {"subtype": "message_changed", "message": {"subtype": "tombstone", "ts": THREAD}},
])  # fmt: skip
def test_a_deleted_post_matters_only_if_it_is_a_card(deletion: dict[str, Any]) -> None:
    event = read(post(STAFF, **deletion))
    assert isinstance(event, NewEvent)
    assert (event.if_known, event.thread, event.staff_kind) == (True, f"{STAFF}:{THREAD}", "gone")


def command(text: str, **more: str) -> slack_events.Reading:
    form = {"team_id": TEAM, "channel_id": GENERAL, "user_id": ANN, "trigger_id": "1.2.a", "response_url": "https://x"}
    return slack_events.read_command({**form, "text": text, **more}, "the help")


@pytest.mark.parametrize("text", ["", "  ", "help", "HELP", "?"])
def test_a_command_without_a_question_explains_itself_at_once(text: str) -> None:
    assert command(text) == Instant({"response_type": "ephemeral", "text": "the help"})


def test_a_command_is_private_to_its_user_and_channel() -> None:
    event = command("what do &lt;coders&gt; earn")
    assert isinstance(event, NewEvent)
    assert event.conversation_id == f"slack-{TEAM}-{GENERAL}-only-{ANN}"
    assert (event.body["private"], event.body["text"]) == (True, "what do <coders> earn")


# --- clicks


def answer(channel: str = DM, thread: str | None = None, seen_by: str | None = None) -> Post:
    elements = [
        {"type": "button", "action_id": f"{slack_clicks.ASK}:0", "text": {"text": "And?"}, "value": "And in Ohio?"},
        {"type": "button", "action_id": slack_clicks.HELPFUL, "text": {"text": "+"}, "value": RATED},
        {"type": "button", "action_id": slack_clicks.CLOSE, "text": {"text": "Close"}, "value": "h1"},
    ]  # fmt: skip
    body = {
        "text": "x",
        "blocks": [{"type": "actions", "elements": elements}],
        **({"thread_ts": thread} if thread else {}),
    }
    return Post(channel, "1700000001.000200", body, seen_by)


def click(shown: Post, label: str, **changed: Any) -> dict[str, Any]:
    return pressed(ANN, shown, label, "https://hooks.slack.com/x", **{"action_ts": "1700000009.000300", **changed})


@pytest.mark.parametrize(
    ("shown", "conversation"),
    [
        (answer(), f"slack-{TEAM}-{DM}"),
        (answer(DM, THREAD), f"slack-{TEAM}-{DM}-{THREAD}"),
        (answer(GENERAL, THREAD), f"slack-{TEAM}-{GENERAL}-{THREAD}"),
        (answer(GENERAL), f"slack-{TEAM}-{GENERAL}-1700000001.000200"),
        (answer(GENERAL, seen_by=ANN), f"slack-{TEAM}-{GENERAL}-only-{ANN}"),
    ],
)
def test_a_suggestion_is_asked_where_its_message_is(shown: Post, conversation: str) -> None:
    event = slack_clicks.read_click(click(shown, "And?"))
    assert isinstance(event, NewEvent)
    assert (event.conversation_id, event.kind, event.body["text"]) == (conversation, "ask", "And in Ohio?")


def test_a_click_that_slack_sends_twice_is_one_and_two_clicks_are_two() -> None:
    one, again = (slack_clicks.read_click(click(answer(), "And?")) for _ in range(2))
    later = slack_clicks.read_click(click(answer(), "And?", action_ts="1700000010.000300"))
    assert isinstance(one, NewEvent) and isinstance(again, NewEvent) and isinstance(later, NewEvent)
    assert one.dedupe == again.dedupe != later.dedupe


@pytest.mark.parametrize(
    "changed",
    [{"value": "/restart"}, {"value": "something else"}, {"action_id": "waymark_ask:7"}, {"action_id": "other"}],
)
def test_a_button_that_the_message_does_not_have_does_nothing(changed: dict[str, str]) -> None:
    assert isinstance(slack_clicks.read_click(click(answer(), "And?", **changed)), Ignored)


def test_feedback_belongs_to_the_conversation_of_the_answer() -> None:
    event = slack_clicks.read_click(click(answer(GENERAL), "+"))
    assert isinstance(event, NewEvent)
    assert (event.kind, event.conversation_id, event.body["helpful"]) == ("feedback", "slack-x", True)


def test_closing_counts_only_for_a_talk() -> None:
    event = slack_clicks.read_click(click(answer(STAFF), "Close"))
    assert isinstance(event, NewEvent)
    assert (event.if_known, event.thread, event.staff_kind) == (True, f"{STAFF}:1700000001.000200", "close")


def test_a_sample_question_of_the_home_tab_is_asked_in_the_direct_channel() -> None:
    button = {"type": "button", "action_id": f"{slack_clicks.ASK}:0", "value": "pay?"}
    view = {"private_metadata": DM, "blocks": [{"type": "actions", "elements": [button]}]}
    payload = {
        "type": "block_actions",
        "user": {"id": ANN, "team_id": TEAM},
        "container": {"type": "view", "view_id": "V1"},
        "view": view,
        "actions": [{**button, "action_ts": "1700000009.000300"}],
    }
    event = slack_clicks.read_click(payload)
    assert isinstance(event, NewEvent)
    assert (event.conversation_id, event.body["channel"], event.body["text"]) == (f"slack-{TEAM}-{DM}", DM, "pay?")


@pytest.mark.parametrize("kind", ["view_submission", "view_closed", "shortcut", "message_action"])
def test_other_interactions_do_no_harm(kind: str) -> None:
    assert isinstance(slack_clicks.read_click({"type": kind}), (Ignored, Instant))


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "block_actions"},
        {"type": "block_actions", "actions": []},
        {**click(answer(), "And?"), "user": {}},
        {
            **click(answer(), "+"),
            "actions": [{"action_id": slack_clicks.HELPFUL, "value": '{"answer":"a1","in":"slack-x"}'}],
        },
    ],
)
def test_a_malformed_click_is_refused(payload: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, IndexError, ValueError)):
        slack_clicks.read_click(payload)
