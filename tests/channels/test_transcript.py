"""What Rasa says as one message, and messages as clients see them."""

from __future__ import annotations

from typing import Any

import pytest

from channels.transcript import as_person, clock, joined, relative
from state.handoffs import Handoff

PAYLOAD = {"type": "answer", "headline": "H"}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([{"text": "a"}, {"custom": PAYLOAD}], ("a", PAYLOAD)),
        ([{"custom": PAYLOAD}], ("H", PAYLOAD)),
        ([{"text": "a"}, {"text": "b"}], ("a\n\nb", None)),
        ([{"text": "a"}, {"custom": PAYLOAD}, {"text": "b"}, {"custom": {"type": "other"}}], ("a\n\nb", PAYLOAD)),
        ([{"image": "x"}], ("", None)),
        ([], ("", None)),
    ],
)
def test_one_turn_is_one_message(said: list[dict[str, Any]], expected: tuple[str, Any]) -> None:
    assert joined(said) == expected


def test_evidence_is_linked_from_the_channels_base_wherever_it_stands() -> None:
    payload = {
        "citations": [{"evidence": "/webhooks/web/evidence/a"}, {"evidence": "https://bot.example.edu/x/evidence/b"}],
        "chart": {"points": [{"evidence": "/webhooks/web/evidence/c", "text": "/webhooks/web/evidence/d"}]},
        "evidence": None,
    }
    assert relative(payload) == {
        "citations": [{"evidence": "evidence/a"}, {"evidence": "https://bot.example.edu/x/evidence/b"}],
        "chart": {"points": [{"evidence": "evidence/c", "text": "/webhooks/web/evidence/d"}]},
        "evidence": None,
    }
    assert relative(None) is None


def test_a_talk_is_shown_without_name_and_address() -> None:
    asked = Handoff(
        "1", "web-1", "waiting", "slack", "sam@example.edu", "Sam", "Why?", True, "2026-11-21T19:46:09.123Z"
    )
    assert as_person(asked) == {"status": "waiting", "since": "2026-11-21T19:46:09.123Z", "via": "chat"}
    assert as_person(None) is None


def test_times_are_short() -> None:
    assert clock("2026-11-21T19:46:09.123Z") == "2026-11-21 19:46"
