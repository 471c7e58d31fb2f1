"""Drafts as messages: citations, the list of sources, the JSON that clients rely on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.context import TOPIC_INTENTS
from actions.draft import MAX_POINTS, Clarify, Draft, Line, NoSource
from actions.payload import Renderer
from actions.service import Outcome
from knowledge.scope import Fallback, Scope
from knowledge.statement import Edition, Source, Statement
from tests import checks

CONTACT = "the career office in room 12"


def edition(id: str, published: str = "2026-05-15", estimate: str | None = None) -> Edition:
    source = Source(
        id, f"Publisher of {id}", f"Title of {id}", f"https://{id}.example/", "statistics", 1, "it counts", "open"
    )
    return Edition(
        id, source, "1", f"Edition {id}", f"https://{id}.example/one", published, "2026-06-01", "cite", None, estimate
    )


EDITIONS = {"one": edition("one"), "two": edition("two", "2019"), "three": edition("three", "unknown", "about 2018")}


def said(edition_id: str, number: float, period: str = "2025-05") -> Statement:
    scope = Scope("US", period, "median")
    return Statement(
        "registered-nurse", "pay.annual", edition_id, f"table {number:g}", scope, number=number, unit="USD/year"
    )


A, B, C, D = said("one", 100), said("one", 200), said("two", 300), said("three", 400)


@pytest.fixture
def renderer() -> Renderer:
    return Renderer(EDITIONS, lambda path: f"https://school.example{path}")


def draft(headline: Line, *points: Line, **more: object) -> Draft:
    return replace(Draft("pay", "registered-nurse", headline, points), **more)  # type: ignore[arg-type]


def test_citations_are_numbered_in_the_order_in_which_they_are_read(renderer: Renderer) -> None:
    text, payload = renderer.answer(draft(Line("First.", (C,)), Line("Second.", (A, C)), Line("Third.", (B,))))
    assert text.split("\n")[:3] == ["First. [1]", "• Second. [2][1]", "• Third. [3]"]
    assert [(c["n"], c["statement"]) for c in payload["citations"]] == [(1, C.id), (2, A.id), (3, B.id)]
    assert [point["citations"] for point in payload["points"]] == [[2, 1], [3]]


def test_sources_of_one_edition_share_a_line(renderer: Renderer) -> None:
    text, _ = renderer.answer(draft(Line("First.", (A,)), Line("Second.", (C,)), Line("Third.", (B,))))
    assert checks.source_list(text) == [
        ([1, 3], "Publisher of one, Edition one (15 May 2026). https://one.example/one"),
        ([2], "Publisher of two, Edition two (2019). https://two.example/one"),
    ]


def test_a_source_without_a_date_says_so(renderer: Renderer) -> None:
    text, payload = renderer.answer(draft(Line("First.", (D,))))
    assert "(undated (about 2018))" in text
    assert payload["citations"][0]["published"] == "unknown"


def test_a_citation_tells_where_its_evidence_is(renderer: Renderer) -> None:
    _, payload = renderer.answer(draft(Line("First.", (A,))))
    (citation,) = payload["citations"]
    assert citation["evidence"] == f"https://school.example/webhooks/web/evidence/{A.id}"
    assert (citation["url"], citation["locator"], citation["period"]) == (
        "https://one.example/one",
        "table 100",
        "2025-05",
    )


def test_what_other_sources_say_is_cited_and_stands_apart(renderer: Renderer) -> None:
    text, payload = renderer.answer(
        draft(Line("First.", (A,)), others_note="Others say:", others=(Line("Two: $300", (C,)),))
    )
    assert "\nOthers say:\n• Two: $300 [2]\n" in text
    assert payload["conflict"]["note"] == "Others say:"
    (fact,) = payload["conflict"]["facts"]
    assert (fact["value"], fact["citations"], fact["said"]) == (300, [2], "Two: $300 [2]")
    assert [fact["statement"] for fact in payload["facts"]] == [A.id]


def test_an_old_figure_is_called_old_beside_its_source(renderer: Renderer) -> None:
    for old in (said("two", 300, period="2019"), said("three", 400, period="unstated")):
        text, payload = renderer.answer(draft(Line("First.", (old,)), stale=True))
        assert payload["stale"] is True
        (note,) = payload["notes"]
        assert note["citations"] == [1]
        assert ("2019" in note["text"]) == (old.scope.period == "2019")
        assert note["text"] in text


def test_at_most_six_points_are_shown_and_only_what_is_shown_is_cited(renderer: Renderer) -> None:
    many = [Line(f"Point {n}.", (said("one", n),)) for n in range(1, 10)]
    text, payload = renderer.answer(draft(Line("First.", (A,)), *many))
    assert len(payload["points"]) == MAX_POINTS == 6
    assert len(payload["citations"]) == 7
    assert "Point 7" not in text


def test_a_figure_is_a_number_a_range_its_two_ends_and_a_choice_its_item(renderer: Renderer) -> None:
    ranged = replace(A, number=None, low=25810, high=64610)
    chosen = replace(A, number=None, unit=None, item="typical", text="Most have one.")
    _, payload = renderer.answer(draft(Line("First.", (A, ranged, chosen, replace(A, number=24.59, unit="USD/hour")))))
    assert [fact["value"] for fact in payload["facts"]] == [100, {"low": 25810, "high": 64610}, "typical", 24.59]
    assert payload["facts"][2]["text"] == "Most have one."


def test_chart_and_table_cite_what_the_text_cites_and_always_lead_to_the_evidence(renderer: Renderer) -> None:
    chart = {"kind": "bars", "points": [{"value": 100, "statement": A.id}, {"value": 300, "statement": C.id}]}
    table = {"columns": ["", "x"], "rows": [{"title": "Pay", "cells": [{"text": "$100", "statement": A.id}]}]}
    _, payload = renderer.answer(draft(Line("First.", (A,)), chart=chart, table=table))
    assert [point["citations"] for point in payload["chart"]["points"]] == [[1], []]
    assert payload["chart"]["points"][1]["evidence"] == f"https://school.example/webhooks/web/evidence/{C.id}"
    assert payload["table"]["rows"][0]["cells"][0]["citations"] == [1]


def test_fallbacks_tell_what_was_wanted_and_what_is_used(renderer: Renderer) -> None:
    _, payload = renderer.answer(draft(Line("First.", (A,)), fallbacks=(Fallback("place", "M1", "US-TX"),)))
    assert payload["fallbacks"] == [{"kind": "place", "wanted": "M1", "used": "US-TX"}]


def test_the_same_answer_has_the_same_id_and_another_another(renderer: Renderer) -> None:
    one, same, other = (renderer.answer(draft(Line(text, (A,))))[1]["answer_id"] for text in ("Yes.", "Yes.", "No."))
    assert one == same != other


def test_no_source_says_so_has_no_citations_and_names_a_person(renderer: Renderer) -> None:
    text, payload = renderer.no_source(
        NoSource("pay", "registered-nurse", "pay on Mars", (Line("On Earth: $100.", (A,)),)), CONTACT
    )
    assert (payload["type"], payload["citations"]) == ("no_source", [])
    assert "pay on Mars" in text.split("\n")[0]
    assert "career office in room 12" in text.split("\n")[-1]
    assert "• On Earth: $100. [1]" in text
    assert checks.source_list(text) == [([1], "Publisher of one, Edition one (15 May 2026). https://one.example/one")]
    assert [source["statement"] for near in payload["nearby"] for source in near["sources"]] == [A.id]
    assert not checks.shape_faults(text, payload)


def test_no_source_with_nothing_near_lists_no_sources(renderer: Renderer) -> None:
    text, payload = renderer.no_source(NoSource("pay", None, "pay on Mars"), CONTACT)
    assert checks.SOURCES not in text
    assert payload["nearby"] == []


def test_a_question_back_offers_what_may_be_meant() -> None:
    text, payload = Renderer.clarify(Clarify("Which place?", ("Portland, OR?", "Portland, ME?")))
    assert (text, payload["type"], payload["suggestions"]) == (
        "Which place?",
        "clarify",
        ["Portland, OR?", "Portland, ME?"],
    )
    assert not checks.shape_faults(text, payload)


@pytest.mark.parametrize("topic", sorted(TOPIC_INTENTS.values()))
def test_every_topic_keeps_the_contract(topic: str, ask: Callable[..., Outcome]) -> None:
    text, payload = ask(topic, occupation="medical-records-technician").message
    assert payload["type"] == "answer"
    assert payload["topic"] == topic
    assert payload["occupation"] == "medical-records-technician"
    assert not checks.shape_faults(text, payload)


@pytest.mark.parametrize(
    ("fault", "change"),
    [
        ("no key 'facts'", {"facts": None}),
        ("an answer without citations", {"citations": []}),
        ("a headline of", {"headline": "x" * 300}),
        ("7 points", {"points": [{"text": "x", "citations": []}] * 7}),
    ],
)
def test_the_check_of_the_contract_finds(fault: str, change: dict[str, object], ask: Callable[..., Outcome]) -> None:
    text, payload = ask("pay", occupation="medical-records-technician").message
    changed = {**payload, **change}
    if change.get("facts", "") is None:
        del changed["facts"]
    assert any(fault in found for found in checks.shape_faults(text, changed))
