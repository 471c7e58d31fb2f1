"""Whether any source answers a question: what speaks for it, what against it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from actions.gate import FILE, Gate, features
from actions.matching import Matches
from actions.turn import Mention, Turn
from actions.understanding import ease
from knowledge.asked import Missing, Target
from knowledge.wordings import Words

NOBODY: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def gate() -> Gate:
    """The weights that Waymark comes with."""
    return Gate.load()


def seen(**changed: Any) -> dict[str, float]:
    """The figures of a question on duties that is about as near to what is answered as to what is not."""
    signs: dict[str, Any] = {
        "ranking": {"ask_duties": 0.7, "ask_uncovered": 0.2},
        "covered": 0.7,
        "anyone": (0.7, 0.6, 0.55),
        "uncovered": (0.6, 0.55, 0.5),
        "near": 0.6,
        "kinds": NOBODY,
        "crowds": ([0.7, 0.6, 0.55], [0.6, 0.55, 0.5]),
        "words": Words(0.6, 0.6, 0.6, 0.6, 0.0, 0.0),
        **changed,
    }
    return features(**signs)


def test_every_figure_has_a_weight_and_every_weight_a_figure() -> None:
    """gate.json is fitted on these figures: one that is added or renamed needs a new fit."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    assert set(content["weights"]) == set(seen())
    assert 0 < content["threshold"] < 1


@pytest.mark.parametrize(
    ("less", "more"),
    [
        pytest.param({"covered": 0.5}, {"covered": 0.9}, id="near to a question that is answered"),
        pytest.param({"anyone": (0.5, 0.5, 0.4)}, {"anyone": (0.9, 0.8, 0.8)}, id="near to one of another occupation"),
        pytest.param(
            {"uncovered": (0.9, 0.8, 0.8)}, {"uncovered": (0.4, 0.4, 0.3)}, id="near to those that no source answers"
        ),
        pytest.param(
            {"ranking": {"ask_duties": 0.2, "ask_uncovered": 0.7}},
            {"ranking": {"ask_duties": 0.7, "ask_uncovered": 0.1}},
            id="the classifier's doubt",
        ),
        pytest.param(
            {"crowds": ([0.7, 0.3, 0.3], [0.6, 0.6, 0.6])},
            {"crowds": ([0.7, 0.7, 0.7], [0.6, 0.3, 0.3])},
            id="among many that are answered",
        ),
        pytest.param({"near": 0.3}, {"near": 0.8}, id="near to what a source says"),
        pytest.param({"kinds": frozenset(("foreign",))}, {}, id="another country"),
        pytest.param({"words": Words(0.3, 0.9, 0.6)}, {"words": Words(0.9, 0.3, 0.6)}, id="words of what is answered"),
        pytest.param({"words": Words(told=0.1)}, {"words": Words(told=0.9)}, id="words of the likeliest answers"),
        pytest.param({"words": Words(strange=0.9)}, {"words": Words()}, id="a word that nothing known has"),
        pytest.param({"words": Words(missed=0.9)}, {"words": Words(missed=0.1)}, id="words of the likeliest gap"),
        pytest.param(
            {"ranking": {"ask_duties": 0.5, "out_of_scope": 0.4}}, {"ranking": {"ask_duties": 0.5}}, id="out of scope"
        ),
        pytest.param({"words": Words(against=-3.0)}, {"words": Words(against=1.0)}, id="a word of what is missing"),
    ],
)
def test_what_speaks_for_an_answer_makes_it_likelier(gate: Gate, less: dict[str, Any], more: dict[str, Any]) -> None:
    assert gate.probability(seen(**less)) < gate.probability(seen(**more))


def test_a_place_speaks_for_a_figure_and_for_nothing_else(gate: Gate) -> None:
    texas = frozenset(("place",))
    pay = {"ask_pay": 0.8, "ask_uncovered": 0.1}
    assert gate.probability(seen(ranking=pay, kinds=texas)) > gate.probability(seen(ranking=pay))
    assert gate.probability(seen(kinds=texas)) == gate.probability(seen())


def test_the_same_question_in_other_words_is_answered_and_one_that_none_answers_is_not(gate: Gate) -> None:
    sure = {"ask_duties": 0.95, "ask_uncovered": 0.01}
    assert gate.opens(seen(covered=0.9, anyone=(0.9, 0.8, 0.7), near=0.8, ranking=sure))
    assert not gate.opens(seen(covered=0.5, uncovered=(0.95, 0.9, 0.9), ranking={"ask_uncovered": 0.9}))


def test_ease_asks_for_less_certainty(gate: Gate) -> None:
    between = Gate({"covered": 1.0}, 0.0, 0.8)  # probability of 0.7: 0.67
    assert not between.opens({"covered": 0.7})
    assert between.opens({"covered": 0.7}, ease=0.5)
    assert not Gate({"covered": -9.0}, 0.0, 0.8).opens({"covered": 0.7}, ease=0.5)


def test_nothing_known_of_a_question_is_no_error(gate: Gate) -> None:
    empty = features({}, 0.0, (), (), 0.0, NOBODY, ((), ()), Words())
    assert 0 < gate.probability(empty) < 1


@pytest.mark.parametrize(("weight", "expected"), [(1e6, 1.0), (-1e6, 0.0)])
def test_a_probability_stays_between_0_and_1(weight: float, expected: float) -> None:
    assert Gate({"covered": weight}, 0.0, 0.5).probability({"covered": 1.0}) == pytest.approx(expected, abs=1e-9)


def test_other_weights_can_be_loaded(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    path.write_text(json.dumps({"weights": {"near": 2.0}, "intercept": -1.0, "threshold": 0.5}), encoding="utf-8")
    own = Gate.load(path)
    assert own.opens({"near": 0.5})
    assert not own.opens({"near": 0.49})


def test_a_question_of_pay_is_eased_unless_one_without_an_answer_is_much_nearer() -> None:
    turn = Turn("ask_pay", "…", (Mention("occupation", "registered-nurse"),), 0.8, (("ask_pay", 0.8),))
    missing = Missing("pay-per-unit", "pay", "pay by the piece")
    target = Target("registered-nurse", "pay.annual")
    assert ease(turn, Matches(((target, 0.7),), ((missing, 0.7),))) < 1
    assert ease(turn, Matches(((target, 0.7),), ((missing, 0.85),))) == 1
