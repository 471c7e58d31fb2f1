"""What asks for a pay figure and nothing else, and the amount that a question names."""

from __future__ import annotations

import pytest

from actions.amounts import Amount, amount
from actions.plain_pay import is_plain
from actions.plain_questions import names_two
from actions.turn import Mention, Turn


def turn(text: str, **named: str) -> Turn:
    """A turn; each name is (kind, the words of the text that name it)."""
    return Turn(
        "ask_pay",
        text,
        tuple(
            Mention(kind, words, (), text.index(words), text.index(words) + len(words)) for kind, words in named.items()
        ),
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what do LPNs clear in Dayton", {"occupation": "LPNs", "place": "Dayton"}),
        ("how mcuh does a welder earn", {"occupation": "welder"}),
        ("carpenter, Reno, what would I bring home", {"occupation": "carpenter", "place": "Reno"}),
        ("roofers near Tulsa", {"occupation": "roofers", "place": "Tulsa"}),
        (
            "a paralegal at a law firm, yearly?",
            {"occupation": "paralegal", "employer_type": "law firm", "pay_period": "yearly"},
        ),
        ("is $21/hr low for a medical biller", {"occupation": "medical biller"}),
        ("what's a new records clerk start at", {"occupation": "records clerk"}),
        ("are bakers still paid decently", {"occupation": "bakers"}),
        ("RHIT passed, off to Reno next. What would coding pay there?", {"credential": "RHIT", "place": "Reno"}),
        ("a cvs or so kind of place, techs, going rate?", {"employer_type": "cvs", "occupation": "techs"}),
    ],
)
def test_names_pay_and_filler_ask_for_a_figure(text: str, named: dict[str, str]) -> None:
    assert is_plain(turn(text, **named))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("what do coders do in Dayton", {"occupation": "coders", "place": "Dayton"}),
        ("night pay for a welder", {"occupation": "welder"}),
        ("coder pay in Moab Utah", {"occupation": "coder", "place": "Utah"}),
        ("cleveland clinic medical assistant wage", {"place": "cleveland", "occupation": "medical assistant"}),
        ("coder pay in canada", {"occupation": "coder", "foreign": "canada"}),
        ("RHIT pay in Texas", {"credential": "RHIT", "place": "Texas"}),
        ("coder pay after 7 years", {"occupation": "coder"}),
        ("how is the pay", {}),
        ("what does cvs pay techs", {"occupation": "techs"}),
        ("They want me on weekends. What do nurses make on nights?", {"occupation": "nurses"}),
    ],
)
def test_one_word_beyond_them_is_left_to_the_gate(text: str, named: dict[str, str]) -> None:
    assert not is_plain(turn(text, **named))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is 40k low", Amount(40_000, hourly=False)),
        ("they offer $52,500", Amount(52_500, hourly=False)),
        ("would 90,000 a year do", Amount(90_000, hourly=False)),
        ("$26/hr in Boise", Amount(26, hourly=True)),
        ("18 bucks an hour", Amount(18, hourly=True)),
        ("17.50 per hour", Amount(17.5, hourly=True)),
        ("how is the pay in 2024", None),
        ("I am 34 with 2 kids", None),
        ("top 10 percent", None),
        ("", None),
    ],
)
def test_the_amount_that_a_question_names(text: str, expected: Amount | None) -> None:
    assert amount(text) == expected


def test_what_is_surely_asked_of_two_known_occupations_needs_less_certainty() -> None:
    two = (Mention("occupation", "medical-assistant"), Mention("occupation", "pharmacy-technician"))
    said = "what schooling do medical assistants and pharmacy technicians need"
    asked = Turn("ask_education", said, two, 0.7, (("ask_education", 0.7), ("ask_uncovered", 0.1)))
    assert names_two(asked)
    assert not names_two(Turn("ask_education", said, two[:1], 0.7, asked.ranking))
    doubted = (("ask_education", 0.6), ("ask_uncovered", 0.3))
    assert not names_two(Turn("ask_education", "may one teach the other", two, 0.6, doubted))
