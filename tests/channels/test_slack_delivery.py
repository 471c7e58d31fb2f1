"""Slack limits, breaks down, refuses; our process dies: every question that was acknowledged is answered, once."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from state.clock import stamp
from state.database import open_state
from state.slack_calls import unsent
from state.slack_events import NewEvent, receive, unfinished
from tests.slack_stand_in.running import App, running_app
from tests.slack_stand_in.server import SlackServer, slack_server
from tests.slack_stand_in.workspace import ANN, BOT, Trouble, Workspace

AT = f"<@{BOT}>"
POST = "chat.postMessage"


@pytest.fixture(scope="module")
def server() -> Iterator[SlackServer]:
    with slack_server() as running:
        yield running


@pytest.fixture(scope="module")
def app(server: SlackServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    with running_app(server, tmp_path_factory.mktemp("delivery")) as running:
        yield running


@pytest.fixture
def space(server: SlackServer) -> Iterator[Workspace]:
    """The workspace; in the end every call must have been one that Slack accepts, every acknowledgement in time."""
    yield server.workspace
    assert not server.workspace.faults
    assert max(server.workspace.acknowledged, default=0) < 3.0
    server.workspace.troubles.clear()


def open_work(app: App) -> tuple[int, int]:
    """How many events and calls are not done."""
    engine = open_state(app.environment["WAYMARK_STATE_URL"])
    try:
        return unfinished(engine), unsent(engine)
    finally:
        engine.dispose()


def asked(space: Workspace, channel: str) -> list[str]:
    """What the answers in a channel answer, in order."""
    return [post.text.split("You asked: ")[1].split(" [1]")[0] for post in space.answers(channel)]


# --- Slack limits and breaks down


def test_a_pause_that_slack_asks_for_is_kept_in_that_channel_and_the_order_too(app: App, space: Workspace) -> None:
    space.troubles.append(Trouble("429", 2, POST, "D0SLOW", seconds=2))
    for n in range(5):
        app.slack.say("D0SLOW", ANN, f"question {n}")
    app.slack.say("D0FREE", ANN, "meanwhile")
    space.wait(lambda: asked(space, "D0FREE"), 2)
    assert not space.answers("D0SLOW")
    space.wait(lambda: len(space.answers("D0SLOW")) == 5)
    assert asked(space, "D0SLOW") == [f"question {n}" for n in range(5)]


def test_a_limited_method_is_left_alone_for_as_long(app: App, space: Workspace) -> None:
    space.troubles.append(Trouble("429", 1, "views.publish", seconds=2))
    for n in range(4):
        home = {"type": "app_home_opened", "user": f"U0HOME{n}", "channel": f"D0{n}", "tab": "home"}
        app.slack.deliver(app.slack.envelope(home))
    space.wait(lambda: len(space.views) == 4)


def test_while_slack_is_down_answers_wait(app: App, space: Workspace) -> None:
    troubles = ("500", "drop", "internal_error", "hang")
    for what in troubles:
        space.troubles.append(Trouble(what, 2, POST, f"C0DOWN{what}", seconds=0.5))
        root = app.slack.say(f"C0DOWN{what}", ANN, f"{AT} pay?")
        app.slack.say(f"C0DOWN{what}", ANN, "and?", root)
    space.wait(lambda: all(len(space.answers(f"C0DOWN{what}")) == 2 for what in troubles), 40)
    space.wait(lambda: open_work(app) == (0, 0))
    assert {tuple(asked(space, f"C0DOWN{what}")) for what in troubles} == {("pay?", "and?")}


@pytest.mark.parametrize("thread", [True, False])
def test_a_post_whose_reply_was_lost_is_found_and_not_posted_again(app: App, space: Workspace, thread: bool) -> None:
    channel = "C0LOST" if thread else "D0LOST"
    root = app.slack.say(channel, ANN, f"{AT} first")
    for n in range(4):  # so that there is more than one page to search
        app.slack.say(channel, ANN, f"{AT} {n}", root if thread else None)
    space.wait(lambda: len(space.answers(channel)) == 5)
    space.troubles.append(Trouble("lose", 1, POST))
    app.slack.say(channel, ANN, f"{AT} pay?", root if thread else None)
    space.wait(lambda: len(space.answers(channel)) == 6)
    space.wait(lambda: open_work(app) == (0, 0), 20)
    assert Counter(asked(space, channel))["pay?"] == 1
    assert space.calls["conversations.replies" if thread else "conversations.history"] >= 2


def test_what_slack_refuses_does_not_hold_up_what_comes_after_it(app: App, space: Workspace) -> None:
    root = app.slack.say("C0ALIEN", ANN, f"{AT} pay?")
    space.wait(lambda: "not_in_channel" in app.log())
    assert "invite the app" in app.log()
    space.troubles.append(Trouble("is_archived", 1, POST))
    app.slack.say("D0NEXT", ANN, "one")
    app.slack.say("D0NEXT", ANN, "two")
    space.wait(lambda: asked(space, "D0NEXT") == ["two"])
    assert root


def test_blocks_that_slack_refuses_are_replaced_by_text(app: App, space: Workspace) -> None:
    space.troubles.append(Trouble("invalid_blocks", 1, POST))
    app.slack.say("D0BLOCKS", ANN, "pay?")
    (post,) = space.wait(lambda: space.answers("D0BLOCKS"))
    assert "blocks" not in post.body
    assert "You asked: pay?" in post.text


def test_a_command_whose_address_is_over_is_answered_in_a_direct_message(app: App, space: Workspace) -> None:
    space.troubles.append(Trouble("500", 1, "response_url"))
    reply = app.slack.command(ANN, "C0CMD", "pay?")
    space.urls.clear()
    (post,) = space.wait(lambda: space.answers(f"D{ANN[1:]}"), 20)
    assert reply.status_code == 200
    assert "You asked: pay?" in post.text
    assert "Share in channel" not in post.buttons()


def test_what_waited_longer_than_a_day_is_answered_no_more(app: App, space: Workspace) -> None:
    engine = open_state(app.environment["WAYMARK_STATE_URL"])
    body = {"channel": "D0OLD", "user": ANN, "text": "pay?", "thread": None}
    for n, hours in ((1, 25), (2, 23)):
        receive(engine, [NewEvent(f"EvOld{n}", f"old:{n}", "ask", "slack-T-D0OLD", body, stamp(plus=-hours * 3600))])
    engine.dispose()
    space.wait(lambda: asked(space, "D0OLD") == ["pay?"])
    space.wait(lambda: "too old" in app.log())


# --- our process dies


def test_after_a_kill_everything_that_was_acknowledged_is_answered_once(space: Workspace, app: App) -> None:
    many = [f"D0KILL{n:02d}" for n in range(40)]
    # answers on their way to Slack when the process dies: posted, but the reply comes late; and not posted
    space.troubles += [Trouble(what.lower(), 1, POST, f"D0AIR{what}", seconds=5) for what in ("LATE", "HANG")]
    for what in ("LATE", "HANG"):
        app.slack.say(f"D0AIR{what}", ANN, "pay?")
        app.slack.say(f"D0AIR{what}", ANN, "and?")
    space.wait(lambda: not any(trouble.count for trouble in space.troubles))
    app.slack.say("D0ATWORK", ANN, "slow 2 pay?")
    space.wait(lambda: ("slow 2 pay?" in str(app.heard())))
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda channel: app.slack.say(channel, ANN, "slow 0.2 pay?"), many))
    app.kill()
    app.start()
    places = [*many, "D0ATWORK", "D0AIRLATE", "D0AIRHANG"]
    space.wait(lambda: all(space.answers(channel) for channel in places), 40)
    space.wait(lambda: open_work(app) == (0, 0), 40)
    assert {channel: len(space.answers(channel)) for channel in places} == {
        **dict.fromkeys([*many, "D0ATWORK"], 1),
        "D0AIRLATE": 2,
        "D0AIRHANG": 2,
    }
    assert asked(space, "D0AIRLATE") == asked(space, "D0AIRHANG") == ["pay?", "and?"]


def test_a_process_that_is_told_to_stop_leaves_its_work_to_the_next_at_once(
    server: SlackServer, space: Workspace, tmp_path: Path
) -> None:
    with running_app(server, tmp_path / "one", WAYMARK_ANSWER_SECONDS="30") as one:
        one.slack.say("D0STOP", ANN, "slow 6 pay?")
        space.wait(one.heard)
        with running_app(
            server, tmp_path / "two", state=one.environment["WAYMARK_STATE_URL"], WAYMARK_ANSWER_SECONDS="30"
        ) as two:
            one.child.process.send_signal(signal.SIGTERM)
            one.child.process.wait(10)
            space.wait(two.heard, 15)  # not after the thirty seconds that an answer may take
            space.wait(lambda: asked(space, "D0STOP") == ["slow 6 pay?"], 15)


# --- several processes, many events


@pytest.fixture(params=["sqlite", "postgresql"])
def state(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A state database for several processes."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'state.sqlite'}"
    folder = request.getfixturevalue("postgres_socket")
    from sqlalchemy import create_engine, text

    engine = create_engine(f"postgresql://waymark@/postgres?host={folder}", future=True, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS slack_replicas"))
        connection.execute(text("CREATE DATABASE slack_replicas"))
    engine.dispose()
    return f"postgresql://waymark@/slack_replicas?host={folder}"


def test_two_replicas_share_the_work_and_answer_each_question_once(
    server: SlackServer, space: Workspace, tmp_path: Path, state: str
) -> None:
    with running_app(server, tmp_path / "a", state=state) as a, running_app(server, tmp_path / "b", state=state) as b:
        events = [a.slack.message(f"D0REP{state[:2]}{n % 40:03d}", ANN, f"question {n}") for n in range(200)]
        slacks = [a.slack, b.slack]
        deliveries = [(slacks[n % 2], event) for n, event in enumerate(events)]
        deliveries += [(slacks[(n + 1) % 2], event) for n, event in enumerate(events)]  # each once more, to the other
        with ThreadPoolExecutor(16) as pool:
            codes = list(pool.map(lambda pair: pair[0].deliver(pair[1]).status_code, deliveries))
        assert set(codes) == {200}
        channels = {event["event"]["channel"] for event in events}
        space.wait(lambda: sum(len(space.answers(channel)) for channel in channels) >= 200, 60)
        space.wait(lambda: open_work(a) == (0, 0), 20)
        answered = Counter(text for channel in channels for text in asked(space, channel))
        assert answered == {f"question {n}": 1 for n in range(200)}
        heard = [len(one.heard()) for one in (a, b)]
        assert sum(heard) == 200
        assert min(heard) > 20


def test_a_burst_of_500_events_is_acknowledged_in_time_and_answered_once_each(app: App, space: Workspace) -> None:
    before, events = (
        len(app.heard()),
        [app.slack.message(f"D0BURST{n % 100}", ANN, f"question {n}") for n in range(500)],
    )
    with ThreadPoolExecutor(32) as pool:
        codes = list(pool.map(lambda event: app.slack.deliver(event).status_code, events))
    assert set(codes) == {200}
    channels = {event["event"]["channel"] for event in events}
    space.wait(lambda: sum(len(space.answers(channel)) for channel in channels) >= 500, 60)
    space.wait(lambda: open_work(app) == (0, 0), 20)
    answered = Counter(text for channel in channels for text in asked(space, channel))
    assert answered == {f"question {n}": 1 for n in range(500)}
    assert len(app.heard()) - before == 500


def test_a_token_that_is_not_right_is_said_and_nothing_is_lost(app: App, space: Workspace) -> None:
    space.troubles.append(Trouble("token_revoked", 9, POST))
    app.slack.say("D0TOKEN", ANN, "pay?")
    space.wait(lambda: "token_revoked" in app.log())
    assert "WAYMARK_SLACK_BOT_TOKEN" in app.log()
    assert open_work(app) == (0, 1)
