"""The Slack channel with Rasa behind it: the same dialogues as over REST, limits, bursts, replicas, a kill."""

from __future__ import annotations

import json
import os
import signal
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from channels import slack_blocks, slack_content, slack_text
from channels.slack_blocks import Setting
from settings import ROOT
from state.database import open_state
from state.slack_calls import unsent
from state.slack_events import unfinished
from tests.slack_stand_in import shapes
from tests.slack_stand_in.running import slack_environment
from tests.slack_stand_in.sending import Slack
from tests.slack_stand_in.server import SlackServer, slack_server
from tests.slack_stand_in.workspace import ANN, BOT, GENERAL, Workspace
from tools import processes, servers
from tools.environment import PYTHON
from tools.prepare import MODEL, ensure_knowledge, ensure_model
from tools.servers import Addresses

AT = f"<@{BOT}>"
PUBLIC = "https://bot.school.example"
DIALOGUES = sorted((ROOT / "tests" / "dialogues" / "development").glob("*.yml"))[::4]
QUESTIONS = sorted((ROOT / "tests" / "questions" / "development").rglob("*.yml"))


@dataclass
class Running:
    """Rasa with the Slack channel, beside a stand-in of Slack."""

    addresses: Addresses
    slack: Slack
    environment: dict[str, str]

    @property
    def space(self) -> Workspace:
        return self.slack.workspace

    def rest(self, text: str, sender: str) -> list[dict[str, Any]]:
        reply = self.slack.session.post(self.addresses.rest, json={"sender": sender, "message": text}, timeout=15)
        assert reply.status_code == 200
        return list(reply.json())

    def say(self, channel: str, text: str, thread: str | None = None, number: int = 1) -> Any:
        """A person posts something; the `number`th answer in that channel."""
        self.slack.say(channel, ANN, text, thread)
        return self.space.wait(lambda: self.space.answers(channel)[number - 1 :])[0]

    def nothing_left(self) -> bool:
        engine = open_state(self.environment["WAYMARK_STATE_URL"])
        try:
            return unfinished(engine) == unsent(engine) == 0
        finally:
            engine.dispose()


@contextmanager
def rasa(server: SlackServer, environment: dict[str, str], folder: Path) -> Iterator[Running]:
    with servers.running(env=environment, logs=folder) as addresses:
        yield Running(addresses, Slack(server, f"{addresses.base}/webhooks/slack/webhook"), environment)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    ensure_knowledge()
    ensure_model()
    folder = tmp_path_factory.mktemp("slack")
    with slack_server() as server:
        environment = {
            **slack_environment(server),
            "WAYMARK_STATE_URL": f"sqlite:///{folder / 'state.sqlite'}",
            "WAYMARK_PUBLIC_URL": PUBLIC,
            "WAYMARK_CONTACT": "the career office in room 12",
        }
        with rasa(server, environment, folder) as started:
            yield started


@pytest.fixture(autouse=True)
def nothing_that_slack_refuses(running: Running) -> Iterator[None]:
    yield
    assert not running.space.faults
    assert max(running.space.acknowledged, default=0) < 3.0


@pytest.mark.parametrize("path", DIALOGUES, ids=lambda path: path.stem)
def test_a_dialogue_goes_as_over_rest(path: Path, running: Running) -> None:
    channel = "D0" + "".join(c for c in path.stem.upper() if c.isalnum())
    for number, turn in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["turns"], 1):
        replies = running.rest(turn["user"], f"rest-{path.stem}")
        text = "\n".join(part["text"] for part in replies if part.get("text"))
        post = running.say(channel, slack_text.entities(turn["user"]), number=number)
        assert post.text == slack_text.shorten(slack_text.entities(text), slack_blocks.MAX_TEXT)


def test_a_pay_answer_has_its_chart_evidence_sources_and_the_other_figures(running: Running) -> None:
    post = running.say("D0PAY", "How much do medical records technicians earn?")
    shown = json.dumps(post.body["blocks"], ensure_ascii=False)
    (image,) = [block for block in post.body["blocks"] if block["type"] == "image"]
    path = image["image_url"].removeprefix(PUBLIC)
    drawn = requests.get(f"{running.addresses.base}{path}", timeout=20)
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/png")
    for part in ("$51,140", "Older or different figures", "Herzing University", "15 May 2026"):
        assert part in shown
    evidence = shown.split('"url": "')[1].split('"')[0]
    assert evidence.startswith(f"{PUBLIC}/webhooks/web/evidence/")
    assert requests.get(evidence.replace(PUBLIC, running.addresses.base), timeout=20).status_code == 200


def test_the_work_on_an_event_has_the_events_id_in_the_log(running: Running) -> None:
    running.say("D0TRACE", "What do pharmacy technicians do?")
    lines = running.addresses.children["rasa"].log.read_text(encoding="utf-8").splitlines()
    came = [line for line in lines if "from Slack" in line and "kind=ask" in line][-1]
    work = came.split("work=")[1].split()[0]
    assert "request_id=" in came
    own = [line for line in lines if f"request_id={work}" in line]
    assert any("channels.guard" in line and "channel=slack kind=answer topic=duties" in line for line in own)
    assert any("actions.running" in line and "action=action_answer_duties" in line for line in own)


def test_a_thread_keeps_what_it_is_about_and_another_does_not_know_it(running: Running) -> None:
    space, slack = running.space, running.slack
    root = slack.say(GENERAL, ANN, f"{AT} How much do registered nurses earn in Texas?")
    space.wait(lambda: space.answers(GENERAL, root))
    slack.say(GENERAL, ANN, "and in New Jersey?", root)
    (_, second) = space.wait(lambda: len(space.answers(GENERAL, root)) == 2 and space.answers(GENERAL, root))
    assert "Registered nurses in New Jersey" in second.text
    other = slack.say(GENERAL, ANN, f"{AT} and in New Jersey?")
    (elsewhere,) = space.wait(lambda: space.answers(GENERAL, other))
    assert "egistered nurses" not in elsewhere.text


def test_a_suggestion_and_a_private_answer(running: Running) -> None:
    space, slack = running.space, running.slack
    post = running.say("D0CLICK", "How much do registered nurses earn?")
    slack.click(ANN, post, "What schooling do registered nurses need?")
    (_, answer) = space.wait(lambda: len(space.answers("D0CLICK")) == 2 and space.answers("D0CLICK"))
    assert "bachelor's degree" in answer.text
    slack.command(ANN, GENERAL, "what do plumbers earn in Ohio?")
    (private,) = space.wait(lambda: space.private(ANN))
    assert "Plumbers" in private.text and "Ohio" in private.text


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_every_answer_fits_into_a_message(path: Path, running: Running) -> None:
    found = []
    for n, entry in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))[::3]):
        reply = slack_content.reply_of(running.rest(entry["text"], f"{path.stem}-{n}"))
        for address in (None, f"{PUBLIC}/webhooks/slack/charts/x.png"):
            setting = Setting(entry["text"], ANN, "slack-x", True, True, "answer:x", "", lambda _, a=address: a)
            made = slack_blocks.message(reply, setting)
            found += [f"{entry['text']}: {fault}" for fault in shapes.message_faults(made)]
            text = json.dumps(made["blocks"], ensure_ascii=False)
            if reply.payload.get("headline"):
                first = slack_text.MARK.split(reply.payload["headline"])[0].strip()
                found += (
                    [f"{entry['text']}: no headline"] if json.dumps(first, ensure_ascii=False)[1:-1] not in text else []
                )
    assert not found


def test_500_questions_at_once_are_acknowledged_in_time_and_answered_once_each(running: Running) -> None:
    space = running.space
    texts = [slack_text.entities(entry["text"]) for path in QUESTIONS for entry in yaml.safe_load(path.read_text())]
    events = [running.slack.message(f"D0BURST{n % 125}", ANN, texts[n % len(texts)]) for n in range(500)]
    space.acknowledged.clear()
    with ThreadPoolExecutor(32) as pool:
        codes = list(pool.map(lambda event: running.slack.deliver(event).status_code, events))
    assert set(codes) == {200}
    channels = {event["event"]["channel"] for event in events}
    space.wait(lambda: sum(len(space.answers(channel)) for channel in channels) >= 500, 90)
    space.wait(running.nothing_left)
    calls = Counter(post.call for channel in channels for post in space.answers(channel))
    assert calls == {f"answer:{event['event_id']}": 1 for event in events}
    failed = [post for channel in channels for post in space.answers(channel) if "can't look that up" in post.text]
    assert not failed


def test_another_replica_goes_on_with_a_conversation(running: Running, tmp_path: Path) -> None:
    running.say("D0BOTH", "How much do registered nurses earn in Texas?")
    with rasa(running.slack.server, running.environment, tmp_path) as other:
        second = other.say("D0BOTH", "and in New Jersey?", number=2)
        assert "Registered nurses in New Jersey" in second.text
        third = running.say("D0BOTH", "and for pharmacy technicians?", number=3)
        assert "Pharmacy technicians in New Jersey" in third.text


def test_after_a_kill_every_acknowledged_question_is_answered_once(running: Running) -> None:
    """Runs last: it kills Rasa, and starts it anew."""
    space, child = running.space, running.addresses.children["rasa"]
    channels = [f"D0KILL{n:02d}" for n in range(60)]
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda channel: running.slack.say(channel, ANN, "How much do nurses earn?"), channels))
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait(5)
    assert sum(bool(space.answers(channel)) for channel in channels) < len(channels)
    environment = servers.server_environment(running.addresses, running.environment)
    command = [PYTHON, "-m", "tools.rasa_server", str(MODEL)]
    new = processes.start("rasa", command, log=child.log.with_name("again.log"), env=environment, cwd=ROOT)
    try:
        space.wait(lambda: all(space.answers(channel) for channel in channels), 60)
        space.wait(running.nothing_left, 40)
        assert {channel: len(space.answers(channel)) for channel in channels} == dict.fromkeys(channels, 1)
    finally:
        processes.stop([new])
