"""What asks for a pay figure and nothing else, and the amount that a question names."""

from __future__ import annotations

import pytest

from actions.amounts import Amount, amount, hours_a_week
from actions.plain_pay import asks_how_much, is_claim, is_plain, of_one_employer
from actions.plain_questions import asks_for_an_offer, names_two, of_a_year
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("do they clear forty thousand", Amount(40_000, hourly=False)),
        ("two hundred thousand a year", Amount(200_000, hourly=False)),
        ("is twenty-two an hour low", Amount(22, hourly=True)),
        ("do any of them make six figures", Amount(100_000, hourly=False)),
        ("I work twenty-five hours", None),
        ("twenty years in the field", None),
    ],
)
def test_a_sum_in_words(text: str, expected: Amount | None) -> None:
    assert amount(text) == expected


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("at 25 hours a week", 25),
        ("only thirty hrs per week", 30),
        ("twenty hours each week", 20),
        ("a 40 hour week", None),
        ("40 hours a week", None),
        ("in two weeks", None),
    ],
)
def test_hours_of_part_time(text: str, hours: int | None) -> None:
    assert hours_a_week(text) == hours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the lady at my gym swears coders make ninety thousand", True),
        ("a man from my church told me coders barely see 30k, plausible?", True),
        ("my boss at the union says coders earn 60k on nights", False),
        ("55k for coders: does that hold up", True),
        ("pamphlet has coders at 48k, is that borne out by official data", True),
        ("is 40k enough for coders to live on", False),
    ],
)
def test_who_says_it_does_not_matter(text: str, expected: bool) -> None:
    assert is_claim(turn(text, occupation="coders")) is expected


def ranked(text: str, intent: str, share: float, *mentions: Mention) -> Turn:
    return Turn(intent, text, mentions, share, ((intent, share),))


def test_the_pay_of_a_year_is_a_figure_or_known_to_be_missing() -> None:
    year, other = Mention("period", "2024"), Mention("period", "2025")
    assert of_a_year(ranked("what were coders getting in 2024", "ask_pay", 0.4, year))
    median = Mention("statistic", "median")
    assert of_a_year(ranked("did the median move from 2024 to 2025", "ask_outlook", 0.8, year, other, median))
    assert not of_a_year(ranked("how many openings in 2024", "ask_outlook", 0.9, year))
    assert not of_a_year(ranked("did pay keep up with inflation in 2024", "ask_pay", 0.5, year))
    assert not of_a_year(ranked("what was overtime pay in 2024", "ask_pay", 0.5, year))


def test_somebody_new_asks_for_an_offer() -> None:
    new, credential = Mention("cue", "starting"), Mention("credential", "cpc")
    assert asks_for_an_offer(Turn("ask_certification", "what kind of offer is realistic to expect", (new, credential)))
    assert asks_for_an_offer(Turn("ask_certification", "what would they offer me", (new, credential)))
    assert not asks_for_an_offer(Turn("ask_certification", "what does AAPC offer", (new, credential)))
    assert not asks_for_an_offer(Turn("ask_certification", "what kind of offer should I expect", (credential,)))


@pytest.mark.parametrize(
    "text",
    [
        "is nineteen fifty an hour low",
        "do nurses make a hundred and twenty thousand",
        "one twenty k",
        "twelve hour shifts",
        "a 40 hour week",
    ],
)
def test_a_sum_that_is_not_certain_is_none(text: str) -> None:
    assert amount(text) is None


def test_what_one_employer_by_its_name_pays_no_source_tells() -> None:
    assert of_one_employer(turn("would Lakeview Hospital or some clinic pay clerks more"))
    assert not of_one_employer(turn("would a hospital or some clinic pay clerks more"))
    assert not of_one_employer(turn("she is at Lakeview Hospital now, what do clerks earn"))  # only told of


@pytest.mark.parametrize(
    ("text", "named", "asked"),
    [
        ("roofers in Tulsa, how much", {"occupation": "roofers", "place": "Tulsa"}, True),
        ("ok how much for bakers there", {"occupation": "bakers"}, True),
        ("how much for bakers", {"occupation": "bakers"}, False),
        ("how much school for bakers there", {"occupation": "bakers"}, False),
        ("how much for that in Tulsa", {"place": "Tulsa"}, False),
    ],
)
def test_how_much_beside_an_occupation_and_a_place_is_its_pay(text: str, named: dict[str, str], asked: bool) -> None:
    assert asks_how_much(turn(text, **named)) is asked
