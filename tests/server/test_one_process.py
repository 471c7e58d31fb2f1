"""Rasa and the actions in one process, as `make run` starts them: the same answers, and the action server is there."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests

from tests.server.conftest import Assistant
from tools import servers

QUESTIONS = ("How much do registered nurses earn in Ohio?", "and per hour?", "What do they do?", "hello", "cpc fee")
TRACKER = {"sender_id": "x", "slots": {}, "latest_message": {}, "events": []}
CALL = {"next_action": "action_answer_pay", "tracker": TRACKER}


def test_one_process_answers_as_two_do(assistant: Assistant, tmp_path: Path) -> None:
    env = {
        "WAYMARK_STATE_URL": f"sqlite:///{tmp_path / 'state.sqlite'}",
        "WAYMARK_PUBLIC_URL": "",
        "WAYMARK_CONTACT": "the career office in room 12",
        "WAYMARK_ACTIONS_SECRET": "known-between-us-only",
    }
    with servers.running(env=env, logs=tmp_path, actions="inside") as addresses, requests.Session() as session:
        assert set(addresses.children) == {"rasa"}
        one = Assistant(addresses, session, env["WAYMARK_STATE_URL"])
        assert [one.say(text, "same") for text in QUESTIONS] == [assistant.say(text, "same") for text in QUESTIONS]
        url = f"{addresses.actions}/webhook"
        assert session.get(f"{addresses.actions}/health", timeout=5).json() == {"status": "ok"}
        assert session.post(url, json=CALL, timeout=5).status_code == 401
        right = {"X-Waymark-Secret": "known-between-us-only"}
        assert session.post(url, json=CALL, headers=right, timeout=5).json()["responses"]
        assert session.post(url, json={"next_action": "x"}, headers=right, timeout=5).status_code == 400
        unknown = session.post(url, json={**CALL, "next_action": "action_none"}, headers=right, timeout=5)
        assert (unknown.status_code, "sender_id" in unknown.text) == (404, False)


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"next_action": 1}', b"\xff"])
def test_the_action_server_refuses_what_is_no_call(assistant: Assistant, body: bytes) -> None:
    answer = assistant.session.post(f"{assistant.addresses.actions}/webhook", data=body, timeout=5)
    assert answer.status_code == 400
    assert answer.json() == {"error": "the body is no action call"}
