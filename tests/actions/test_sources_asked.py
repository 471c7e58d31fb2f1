"""A question for what one publisher says."""

from __future__ import annotations

from collections.abc import Callable

from actions.service import Outcome
from knowledge.query import Evidence

Ask = Callable[..., Outcome]
CODER = "medical-records-technician"


def cited(outcome: Outcome, find: Callable[[str], Evidence | None], place: int = 0) -> str:
    evidence = find(outcome.message[1]["citations"][place]["statement"])
    assert evidence is not None
    return evidence.edition.source.publisher


def test_its_own_figure_leads_and_the_others_stand_below(ask: Ask, find: Callable[[str], Evidence | None]) -> None:
    found = ask("pay", occupation=CODER, cue="source:Herzing University", said="the median salary of coders")
    assert "42,630" in found.message[1]["headline"] and "2019" in found.message[1]["headline"]
    assert cited(found, find) == "Herzing University"
    assert "BLS: median $51,140" in found.message[0]


def test_of_a_place_as_well(ask: Ask, find: Callable[[str], Evidence | None]) -> None:
    found = ask("pay", occupation=CODER, place="US-CA", cue="source:Career Igniter", said="coders in California")
    assert "50,260" in found.message[1]["headline"] and cited(found, find) == "Career Igniter"


def test_what_it_does_not_say_is_said_so(ask: Ask) -> None:
    found = ask("pay", occupation="registered-nurse", cue="source:GetEducated", said="what nurses make")
    assert found.message[1]["type"] == "no_source"
    assert "GetEducated" in found.message[0] and "97,550" in found.message[0]


def test_the_next_question_is_of_everyone_again(ask: Ask) -> None:
    first = ask("pay", occupation=CODER, cue="source:GetEducated", said="what coders make")
    texas = ask("follow_up", after=first, place="US-TX", said="and in Texas?")
    assert "48,860" in texas.message[1]["headline"]


def test_in_words_its_own_statement_leads(ask: Ask, find: Callable[[str], Evidence | None]) -> None:
    found = ask("certification", occupation=CODER, cue="source:Study.com", said="Is certification needed?")
    assert cited(found, find) in found.message[0] and cited(found, find) == "Study.com"
