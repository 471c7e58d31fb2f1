"""The judge of replies: what counts as right, and the figures made from it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evaluation import judge, measure, sets
from tests.evaluation.__main__ import flat, main
from tests.evaluation.assistant import Reply
from tests.evaluation.measure import Asked, Talked

CODER = "medical-records-technician"
TEXT = (
    "Coders earned a median of $51,140. [1]\n• Hospitals paid more. [2]\nSources:\n[1, 2] BLS, Survey 1999. https://bls"
)
PAY = {"topic": "pay", "must_say": ["$51,140", "51,140"]}


def payload(kind: str = "answer", **more: Any) -> dict[str, Any]:
    cited = [{"n": 1, "statement": "one"}, {"n": 2, "statement": "two"}] if kind == "answer" else []
    return {"type": kind, "topic": "pay", "occupation": CODER, "citations": cited, "conflict": None, **more}


@pytest.mark.parametrize(
    ("entry", "text", "given", "expected"),
    [
        # right
        (PAY, TEXT, payload(), []),
        ({**PAY, "topic": ["outlook", "pay"]}, TEXT, payload(), []),
        ({**PAY, "occupation": [CODER, "registered-nurse"]}, TEXT, payload(), []),
        ({"must_say": ["HOSPITALS PAID"]}, TEXT, payload(), []),
        ({"type": "no_source"}, "I have no source.", payload("no_source"), []),
        ({"type": ["smalltalk", "clarify"]}, "Hi!", payload("smalltalk"), []),
        ({"type": "no_answer"}, "I have no source.", payload("no_source"), []),
        ({"parts": [{"topic": "pay", "must_say": ["51,140"]}]}, TEXT, payload(), []),
        # wrong
        (PAY, "I have no source.", payload("no_source"), ["type no_source"]),
        (PAY, TEXT, payload(topic="outlook"), ["topic outlook"]),
        ({**PAY, "occupation": "registered-nurse"}, TEXT, payload(), [f"occupation {CODER}"]),
        (PAY, TEXT, payload(citations=[]), ["no citation"]),
        ({"must_say": ["$62,000"]}, TEXT, payload(), ["does not say it"]),
        ({"must_say": ["1999"]}, TEXT, payload(), ["does not say it"]),  # the list of sources does not count
        ({**PAY, "says_not": ["hospitals"]}, TEXT, payload(), ["says 'hospitals'"]),
        ({**PAY, "not_says": ["hospitals"]}, TEXT, payload(), ["says 'hospitals'"]),
        ({"type": "no_answer"}, TEXT, payload(), ["answered"]),
        ({"type": "no_source"}, TEXT, payload(), ["type answer"]),
        (
            {"parts": [{"topic": "pay", "must_say": ["51,140"]}, {"topic": "duties", "must_say": ["files"]}]},
            TEXT,
            payload(),
            ["part 2 is missing"],
        ),
    ],
)
def test_what_is_wrong_with_a_reply(
    entry: dict[str, Any], text: str, given: dict[str, Any], expected: list[str]
) -> None:
    assert judge.faults(entry, text, given) == expected


@pytest.mark.parametrize(
    ("entry", "given", "expected"),
    [
        (PAY, payload(), True),
        (PAY, payload(topic="outlook"), True),  # said and cited, if under another topic
        (PAY, payload(occupation="registered-nurse"), True),  # the entry does not say for whom
        ({**PAY, "occupation": "registered-nurse"}, payload(), False),
        ({**PAY, "must_say": ["$1"]}, payload(), False),
        (PAY, payload(citations=[]), False),
    ],
)
def test_a_correct_reply_is_cited_for_the_right_occupation_and_says_it(
    entry: dict[str, Any], given: dict[str, Any], expected: bool
) -> None:
    assert judge.correct(entry, TEXT, given) is expected


def test_any_of_the_statements_will_do() -> None:
    assert judge.cites(payload(), ["zero", "two"])
    assert not judge.cites(payload(), ["zero"])
    assert not judge.cites(payload("no_source"), ["one"])


# --- figures


def asked(group: str, entry: dict[str, Any], given: dict[str, Any], text: str = TEXT, **understood: Any) -> Asked:
    known = {"intent": "ask_pay", "confidence": 0.9, "entities": (), **understood}
    reply = Reply(text, given, **known)
    return Asked(group, entry, reply, judge.faults(entry, text, given))


def test_the_figures_of_a_small_set() -> None:
    questions = [
        asked("pay", {**PAY, "statements": ["two"]}, payload()),
        asked("pay", {**PAY, "statements": ["nine"]}, payload(topic="outlook")),
        asked("covered", {"topic": "duties", "must_say": ["files"]}, payload("no_source"), "I have no source."),
        asked("uncovered", {"type": "no_source"}, payload("clarify"), "Which?"),
        asked("uncovered", {"type": "no_source"}, payload()),
        asked("out_of_scope", {"type": "no_answer"}, payload("smalltalk"), "Hi!"),
    ]
    wrong = [("and?", ["answered"], questions[0].reply)]
    figures = measure.figures(questions, [Talked("one", 3), Talked("two", 1, wrong)], {})
    assert figures["questions"] == 6
    assert figures["correct"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures["correct_by_group"] == {"covered": 0.0, "pay": 1.0, "comparison": None, "parts": None}
    assert figures["topic_accuracy"] == pytest.approx(1 / 3, abs=1e-4)
    assert figures["by_topic"]["pay"] == {"questions": 2, "topic": 0.5, "correct": 1.0, "statement": 0.5}
    assert (figures["correct_statement"], figures["citation"]) == (0.5, 1.0)
    assert (figures["uncovered_abstained"], figures["uncovered_no_source"]) == (0.5, 0.0)
    assert figures["outside_as_expected"] == 1.0
    assert figures["false_answers"] == pytest.approx(1 / 3, abs=1e-4)
    assert (figures["dialogues"], figures["turns"]) == (0.5, 0.75)
    assert figures["counts"]["dialogues"] == 2


def test_a_line_without_a_citation_counts_against_the_answer() -> None:
    assert measure.fully_cited(asked("pay", PAY, payload()))
    assert not measure.fully_cited(asked("pay", PAY, payload(), TEXT.replace("paid more. [2]", "paid more.")))


def test_the_calibration_error_is_the_gap_of_confidence_and_accuracy() -> None:
    assert measure.calibration_error([(0.95, True)] * 19 + [(0.95, False)]) == pytest.approx(0)
    assert measure.calibration_error([(0.75, True), (0.75, False)]) == pytest.approx(0.25)
    assert measure.calibration_error([(1.0, True)] * 3 + [(0.35, False)]) == pytest.approx(0.0875)
    assert measure.calibration_error([]) is None


def test_names_found_are_scored_by_what_they_may_mean() -> None:
    entry = {"topic": "pay", "place": "Reno, NV", "occupation": CODER}
    places = {"Reno, NV": "M39900"}
    found = (("place", ("M39900", "US-NV")), ("occupation", ("registered-nurse",)))
    scores = measure.entity_scores([asked("pay", entry, payload(), entities=found)], places)
    assert scores["place"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "labelled": 1}
    assert (scores["occupation"]["recall"], scores["credential"]["labelled"]) == (0.0, 0)
    nothing = measure.entity_scores([asked("pay", entry, payload())], places)
    assert nothing["occupation"]["labelled"] == 0  # implied, not named


def test_nested_figures_have_one_name_each() -> None:
    assert flat({"a": 1, "b": {"c": 0.5, "d": {"e": None}}}) == {"a": 1, "b.c": 0.5}


# --- the sets


@pytest.mark.parametrize("side", sets.SIDES)
def test_every_entry_says_what_is_expected(side: str) -> None:
    groups = set()
    for group, entry in sets.questions(side):
        groups.add(group)
        assert entry["text"].strip()
        if group in measure.ANSWERED:
            assert sets.several(entry.get("topic")) or entry.get("parts"), entry
    assert groups == set(sets.GROUPS)
    for name, turns in sets.dialogues(side):
        assert turns, name
        assert any(turn.get("expect") for turn in turns), name


def test_the_sides_have_nothing_in_common() -> None:
    sides = [{entry["text"].strip().lower() for _, entry in sets.questions(side)} for side in sets.SIDES]
    assert sides[0].isdisjoint(sides[1])


def test_held_out_misses_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--misses"])
    assert "use --side development" in capsys.readouterr().err
