"""Actions that hang, fail, are killed or slow: inside of Rasa's process, and in one of their own."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from rasa_sdk.executor import ActionExecutor

from actions import in_process
from actions.in_process import InProcess
from tests.faults.conftest import Record
from tests.faults.school import NURSE, School, Visitor, school
from tools.servers import free_ports

PROMISED = 3.0  # seconds within which there is always a reply


# --- in a thread of Rasa's process

HELD = threading.Event()


# functions, because rasa-sdk would register classes among the real actions for whoever asks it after
async def hangs(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
    HELD.wait(30)  # it blocks its thread, as a call without a time limit does
    return []


async def fails(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
    raise ZeroDivisionError


async def answers(dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
    dispatcher.utter_message(text="here I am")
    return []


def call(name: str) -> dict[str, Any]:
    return {"next_action": name, "tracker": {"sender_id": "x", "slots": {}, "latest_message": {}, "events": []}}


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    monkeypatch.setattr(in_process, "HUNG_SECONDS", 2.0)
    monkeypatch.setattr(in_process, "warm_up", lambda: None)
    run = ActionExecutor()
    for action in (hangs, fails, answers):
        run.register_function(f"action_{action.__name__}", action)
    made = InProcess(("127.0.0.1", free_ports(1)[0]), run=run, seconds=0.5)
    made.start()
    yield made
    HELD.set()


async def test_an_action_that_hangs_does_not_keep_the_others(inside: InProcess, record: Record) -> None:
    """In the process and over HTTP, on the same port."""
    begun = time.monotonic()
    with pytest.raises(asyncio.TimeoutError):
        await inside.request(json=call("action_hangs"))
    failed = 1
    while True:
        try:
            reply = await inside.request(json=call("action_answers"))
            break
        except asyncio.TimeoutError:
            failed += 1
            assert time.monotonic() - begun < 10
    recovery = time.monotonic() - begun
    assert reply["responses"][0]["text"] == "here I am"
    over_http = requests.post(inside.url, json=call("action_answers"), timeout=5, proxies={"http": ""})
    assert over_http.json()["responses"][0]["text"] == "here I am"
    record("inside: an action hangs for good (noticed after 2 s here, 8 s in use)", calls_failed=failed,
           recovery=recovery)  # fmt: skip


async def test_an_action_that_fails_does_not_keep_the_others(inside: InProcess) -> None:
    with pytest.raises(ZeroDivisionError):
        await inside.request(json=call("action_fails"))
    assert (await inside.request(json=call("action_answers")))["responses"]


# --- in Rasa's process, with an action server beside


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with school(tmp_path_factory.mktemp("shared"), actions="both") as started:
        yield started


def crowd(of: School, count: int = 8) -> list[dict[str, Any]]:
    """What as many students who ask at once are told."""
    with ThreadPoolExecutor(count) as pool:
        return [payload for payload, _ in pool.map(lambda n: of.say(NURSE, f"{uuid.uuid4()}"), range(count))]


def beside(of: School) -> int:
    """How many calls the action server beside Rasa has answered."""
    return of.child("actions").log.read_text(encoding="utf-8").count("action_answer_")


def test_a_crowd_is_answered_by_both_and_one_student_by_rasas_process(shared: School) -> None:
    before = beside(shared)
    assert shared.say(NURSE, "alone")[0]["occupation"] == "registered-nurse"
    assert beside(shared) == before
    told = {(one["type"], one["topic"], one["occupation"]) for one in crowd(shared, 16)}
    assert told == {("answer", "duties", "registered-nurse")}
    assert before < beside(shared) < before + 16


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGKILL])
def test_nobody_notices_that_the_action_server_beside_fails(shared: School, number: int, record: Record) -> None:
    crowd(shared)
    shared.signal(number, "actions")
    try:
        begun = time.monotonic()
        told = crowd(shared) + crowd(shared)
        took = time.monotonic() - begun
        assert [one["type"] for one in told] == ["answer"] * len(told)
        assert "gave no answer" in shared.child().log.read_text(encoding="utf-8")
    finally:
        if number == signal.SIGSTOP:
            shared.signal(signal.SIGCONT, "actions")
        else:
            shared.child("actions").process.wait(10)
            shared.start("actions")
    record(f"both: the action server beside Rasa gets {signal.Signals(number).name}", requests_failed=0,
           longest_call=took)  # fmt: skip
    deadline = time.monotonic() + 60
    known = beside(shared)
    while beside(shared) == known:  # it is given work again
        crowd(shared)
        assert time.monotonic() < deadline


# --- in a process of their own


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[School]:
    with school(tmp_path_factory.mktemp("apart"), actions="apart") as started:
        yield started


def polite(payload: dict[str, Any], took: float) -> bool:
    return payload["type"] == "handoff" and payload["failure"] is True and took < PROMISED


def test_an_action_server_that_is_killed_comes_back(two: School, record: Record) -> None:
    visitor = Visitor(two).open()
    visitor.ask()
    two.kill("actions")
    assert polite(*two.say(NURSE, "killed"))
    assert visitor.try_once("How much do they earn?", "0b8f4c0e-6f3a-4a5e-9f59-5f0e3c1d7a10") == "failure"
    two.start("actions")
    begun = time.monotonic()
    answered = visitor.ask("How much do they earn?")
    assert (answered.payload["topic"], answered.payload["occupation"]) == ("pay", "registered-nurse")
    record("the action server is killed (kill -9) and started again", requests_failed=2 + len(answered.failed),
           answers_lost=0, recovery=time.monotonic() - begun)  # fmt: skip


def test_an_action_server_that_hangs_goes_on(two: School, record: Record) -> None:
    visitor = Visitor(two).open()
    visitor.ask()
    two.signal(signal.SIGSTOP, "actions")
    try:
        assert polite(*two.say(NURSE, "hung"))
    finally:
        two.signal(signal.SIGCONT, "actions")
    answered = visitor.ask("How much do they earn?")
    assert answered.payload["occupation"] == "registered-nurse"
    record("the action server hangs (SIGSTOP)", requests_failed=1 + len(answered.failed), answers_lost=0,
           recovery=answered.seconds)  # fmt: skip


def test_an_action_server_that_is_slow_answers(two: School, record: Record) -> None:
    """It gets a tenth of its time: stopped and let go on, over and over."""
    visitor = Visitor(two).open()
    visitor.ask()
    stop = threading.Event()

    def starve() -> None:
        while not stop.is_set():
            two.signal(signal.SIGSTOP, "actions")
            time.sleep(0.09)
            two.signal(signal.SIGCONT, "actions")
            time.sleep(0.01)

    thread = threading.Thread(target=starve)
    thread.start()
    try:
        answers = [visitor.ask(text) for text in ("How much do they earn?", "and in Ohio?", "What do they do?")]
    finally:
        stop.set()
        thread.join()
    assert all(one.seconds < PROMISED for one in answers)
    record("the action server is slow (a tenth of its time)", requests_failed=sum(len(one.failed) for one in answers),
           longest_call=max(one.seconds for one in answers))  # fmt: skip
