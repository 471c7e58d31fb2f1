"""What Rasa does anew for every message is done once, and comes to the same."""
from __future__ import annotations

import copy

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from tools import rasa_tuning

DOMAIN = Domain.from_yaml("""
version: "3.1"
intents: [ask]
slots:
  place: {type: text, mappings: [{type: custom}]}
  question: {type: any, mappings: [{type: custom}], influence_conversation: false}
""")


def test_a_copied_tracker_has_slots_of_its_own() -> None:
    rasa_tuning.copy_slots_plainly()
    tracker = DialogueStateTracker("someone", DOMAIN.slots)
    tracker.update(SlotSet("place", "US-TX"))
    copied = tracker.copy()
    assert copied.get_slot("place") == "US-TX"
    copied.update(SlotSet("place", "US-OH"))
    assert (tracker.get_slot("place"), copied.get_slot("place")) == ("US-TX", "US-OH")
    slot = tracker.slots["place"]
    assert type(copy.copy(slot)) is type(slot) and copy.copy(slot).as_feature() == slot.as_feature()


def test_an_action_gets_the_turn_without_what_came_before_it() -> None:
    rasa_tuning.send_the_turn()
    tracker = DialogueStateTracker("someone", DOMAIN.slots)
    tracker.update_with_events([UserUttered("before"), SlotSet("place", "US-TX"), UserUttered("now")], DOMAIN)
    call = RemoteAction("action_answer_pay", None)._action_call_format(tracker, DOMAIN)
    state = call["tracker"]
    assert (call["next_action"], call["sender_id"], state["sender_id"]) == ("action_answer_pay", "someone", "someone")
    assert (state["slots"]["place"], state["latest_message"]["text"], state["events"]) == ("US-TX", "now", [])


def test_events_are_found_by_their_names_as_before() -> None:
    before = {name: Event.resolve_by_type(name) for name in ("slot", "user", "bot", "action")}
    rasa_tuning.resolve_events_once()
    assert {name: Event.resolve_by_type(name) for name in before} == before
    with pytest.raises(ValueError, match="nothing"):
        Event.resolve_by_type("nothing")
