"""The REST channel over HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest

from channels import guard
from tests.channels.conftest import Client

HEARD = "/rest/webhook"


def test_a_message_is_answered_under_its_sender(client: Client) -> None:
    reply = client.post(HEARD, {"sender": "ann", "message": "hello"})
    assert (reply.status_code, reply.headers["Content-Type"]) == (200, "application/json")
    assert reply.json() == [{"recipient_id": "ann", "text": "hello"}]


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        ('/ask_pay{"occupation": "registered-nurse"}', 'ask_pay{"occupation": "registered-nurse"}'),
        ("//restart", "restart"),
        ("\x00/restart", "restart"),
        ("x" * guard.MAX_MESSAGE, "x" * guard.MAX_MESSAGE),
    ],
)
def test_text_reaches_rasa_as_words(sent: str, heard: str, client: Client) -> None:
    assert client.post(HEARD, {"sender": "ann", "message": sent}).json()[0]["text"] == heard


def test_who_gives_no_sender_gets_a_conversation_of_their_own(client: Client) -> None:
    senders = {
        client.post(HEARD, body).json()[0]["recipient_id"]
        for body in ({"message": "a"}, {"message": "a"}, {"message": "a", "sender": None})
    }
    assert len(senders) == 3
    assert not senders & {"default", ""}


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"", "JSON object"),
        (b"hello", "JSON object"),
        (b"{", "JSON object"),
        (b"\xff\xfe", "JSON object"),
        ([], "JSON object"),
        ("hello", "JSON object"),
        (None, "JSON object"),
        ({}, "message"),
        ({"message": ""}, "message"),
        ({"message": "  "}, "message"),
        ({"message": "/"}, "message"),
        ({"message": "\x00"}, "message"),
        ({"message": None}, "message"),
        ({"message": 5}, "message"),
        ({"message": ["a"]}, "message"),
        ({"message": "x" * (guard.MAX_MESSAGE + 1)}, str(guard.MAX_MESSAGE)),
        ({"message": "a", "sender": ""}, "sender"),
        ({"message": "a", "sender": 5}, "sender"),
        ({"message": "a", "sender": "x" * (guard.MAX_SENDER + 1)}, str(guard.MAX_SENDER)),
    ],
)
def test_what_is_no_message_is_refused_with_the_mend(body: Any, named: str, client: Client) -> None:
    reply = client.post(HEARD, body)
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "application/problem+json")
    assert {"type", "title", "status", "detail"} <= set(reply.json())
    assert reply.json()["status"] == 400
    assert named in reply.json()["detail"]


def test_a_refused_text_is_not_sent_back(client: Client) -> None:
    secret = "my name is Ann " * 100
    reply = client.post(HEARD, {"message": secret})
    assert "Ann" not in reply.text
    assert str(len(secret)) in json.loads(reply.text)["detail"]


def test_the_channel_tells_that_it_is_up(client: Client) -> None:
    assert client.get("/rest/").status_code == 200
