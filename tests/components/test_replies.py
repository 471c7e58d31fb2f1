"""The domain's responses as they are said: with the school's contact, without an action server."""

from __future__ import annotations

import asyncio

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from components.replies import Replies
from settings import ROOT


@pytest.mark.parametrize("name", ["utter_distress", "utter_emergency", "utter_abuse", "utter_greet"])
def test_the_contact_is_filled_in(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_CONTACT", "Ms. {Rivera}, room 12")
    domain = Domain.load(str(ROOT / "domain.yml"))
    tracker = DialogueStateTracker("student", domain.slots)
    said = asyncio.run(Replies(domain=domain).generate(name, tracker, "web"))
    assert said is not None and "{contact}" not in said["text"]
    assert ("Ms. {Rivera}, room 12" in said["text"]) == (name != "utter_greet")


def test_an_unknown_response_is_none() -> None:
    domain = Domain.load(str(ROOT / "domain.yml"))
    tracker = DialogueStateTracker("student", domain.slots)
    assert asyncio.run(Replies(domain=domain).generate("utter_nothing", tracker, "web")) is None
