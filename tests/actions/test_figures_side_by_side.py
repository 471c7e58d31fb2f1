"""Figures that a question sets side by side: two years, a sum it was told, places by their jobs, a credential's pay."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.asides import without_asides
from actions.context import Context
from actions.notes import there
from actions.plain_pay import is_claim
from actions.ranking import employs_most
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from actions.years import is_trend
from knowledge.query import Evidence, KnowledgeBase
from tests import checks

CODER, NURSE = "medical-records-technician", "registered-nurse"
Ask = Callable[..., Outcome]
Find = Callable[[str], "Evidence | None"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("are coder salaries going up these days", True),
        ("how have nurse wages changed over the last five years", True),
        ("pay trends for pharmacy techs", True),
        ("does pay go up with experience", False),
        ("have salaries kept rising against inflation", False),
        ("is the field growing", False),
        ("will more jobs raise the pay that is going up", False),
        ("how much do they earn", False),
    ],
)
def test_a_trend_is_a_change_of_pay_without_a_year(text: str, expected: bool) -> None:
    assert is_trend(text) is expected


def test_a_trend_is_the_newest_two_years_of_one_publisher(ask: Ask, find: Find) -> None:
    text, payload = ask("pay", said="is the pay of coders going up?", occupation=CODER).message
    assert checks.reply_faults(text, payload, find) == []
    assert "in May 2024 and $51,140 in May 2025" in payload["headline"]
    assert payload["computed"]
    assert {fact["period"][:4] for fact in payload["conflict"]["facts"]} >= {"2017", "2019"}  # the older ones below


def test_a_figure_of_no_named_statistic_stands_beside_another_without_a_difference(ask: Ask, find: Find) -> None:
    text, payload = ask(
        "pay", said="pay in 2017 against 2025", period=["2017", "2025"], occupation=CODER, place="US-CA"
    ).message
    assert checks.reply_faults(text, payload, find) == []
    assert "earned $50,260 a year in 2017 and a median of $61,810 in May 2025." in payload["headline"]
    assert "(computed)" not in text and "does not say which average" in text


def test_a_projection_asked_of_a_state_is_called_the_countrys(ask: Ask) -> None:
    text = ask("outlook", said="how many will there be in Ohio in 2034", period="2034", place="US-OH").message[0]
    assert text.startswith("Across the United States: about ") and "not for states or cities" in text


def test_a_place_with_one_year_alone_has_no_trend(ask: Ask) -> None:
    text, payload = ask("pay", said="has nurse pay gone up in Texas?", occupation=NURSE, place="US-TX").message
    assert payload["type"] == "no_source"
    assert "has changed" in text
    assert "$95,970" in text  # what there is


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("my boss claims coding pays 27 an hour. is he right?", {}, True),
        ("read online that nurses get $95k, believable?", {"occupation": "nurses"}, True),
        ("they told me coding pays well", {}, False),
        ("my aunt said nurses on nights get $60 an hour", {"occupation": "nurses"}, False),
        ("I make 19 an hour, should I switch", {}, False),
    ],
)
def test_a_claim_is_a_sum_that_somebody_was_told(text: str, named: dict[str, str], expected: bool) -> None:
    mentions = tuple(
        Mention(kind, words, (), text.index(words), text.index(words) + len(words)) for kind, words in named.items()
    )
    assert is_claim(Turn("ask_uncovered", text, mentions)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("which state has the most lab techs", True),
        ("what cities employ the most coders?", True),
        ("states with the fewest nurses", True),
        ("which metro has the highest number of MAs", True),
        ("which state has more nurses on staff than any other", True),
        ("top 5 states by number of truckers", True),
        ("where in the country are most bakers employed", True),
        ("what state has the most clerks on its payroll", True),
        ("which state pays coders the most", False),
        ("which city has the most openings", False),
        ("which state has the most nursing schools", False),
        ("where do most coders work", False),
    ],
)
def test_where_most_work(text: str, expected: bool) -> None:
    assert employs_most(text) is expected


def test_the_words_of_an_occupation_ask_for_nothing_else() -> None:
    text = "which state has the most school bus drivers"
    assert employs_most(text, "bus drivers, school") and not employs_most(text)


def test_years_beyond_the_projections_are_not_answered_by_the_projection(ask: Ask) -> None:
    said = "how many medical records jobs will there be in 2050"
    payload = ask("outlook", said=said, occupation=CODER, period="2050", cue="employment").message[1]
    assert payload["type"] == "no_source" and "after 2034" in payload["headline"]


def test_what_sources_say_of_artificial_intelligence_is_told(ask: Ask) -> None:
    said = "my uncle says computers will do all of it"
    told = ask("outlook", said=said, occupation=CODER, cue="automation").message[1]
    assert told["type"] == "answer" and "rtificial intelligence" in told["headline"]
    assert ask("outlook", said=said, occupation=NURSE, cue="automation").message[1]["type"] == "no_source"


def test_what_raises_pay_is_led_by_the_factor_that_is_named(ask: Ask) -> None:
    payload = ask("pay", said="does a cert bump that up", occupation=CODER, cue="pay-factor").message[1]
    assert payload["headline"].startswith("Certification can matter")


@pytest.mark.parametrize("topic", ["outlook", "pay", "work_setting"])
def test_the_states_that_employ_most_are_in_order(topic: str, ask: Ask, find: Find, knowledge: KnowledgeBase) -> None:
    text, payload = ask(topic, said="which state has the most nurses?", occupation=NURSE).message
    assert checks.reply_faults(text, payload, find) == []
    counts = [fact["value"] for fact in payload["facts"]][:3]
    assert counts == sorted(counts, reverse=True)
    record = knowledge.wage(NURSE, "US-CA")
    assert record is not None and (most := record.statement("employment")) is not None
    assert (payload["facts"][0]["place"], counts[0]) == ("US-CA", most.number)


def test_of_one_state_its_areas(ask: Ask) -> None:
    payload = ask("outlook", said="which city in Texas has the most nurses", occupation=NURSE, place="US-TX").message[1]
    assert payload["headline"].startswith("The areas in Texas that employed the most registered nurses")


def test_pay_with_a_credential_against_pay_without_is_what_sources_say_of_it(ask: Ask, find: Find) -> None:
    said = "do RHITs earn more than billers?"
    text, payload = ask("pay", said=said, occupation=CODER, credential="rhit").message
    assert checks.reply_faults(text, payload, find) == []
    assert "(RHITs) usually earn more" in payload["headline"]


def test_pay_of_those_employed_by_somebody_is_pay(ask: Ask) -> None:
    said = "wages of records people employed by a temp agency"
    payload = ask("pay", said=said, occupation=CODER, employer_type="staffing-agencies", cue="employment").message[1]
    assert payload["facts"][0]["indicator"] == "pay.annual"


def test_two_employers_of_which_one_is_a_part_of_the_other_are_one(ask: Ask) -> None:
    both = ["schools", "elementary-schools"]
    payload = ask("pay", said="at a grade school, what do school nurses make", occupation=NURSE, employer_type=both)
    assert (payload.message[1]["topic"], payload.message[1]["facts"][0]["employer_type"]) == ("pay", both[1])
    weighed = ask("pay", said="do grade schools pay more than schools in general", occupation=NURSE, employer_type=both)
    assert weighed.message[1]["topic"] == "comparison"


def test_the_best_paying_of_the_employers_just_listed(ask: Ask, service: Service) -> None:
    listed = ask("work_setting", said="who hires coders", occupation=CODER)
    which = Turn("ask_pay", "which of those pays best", (Mention("cue", "best-places"),))
    headline = service.topic(listed.context, which).message[1]["headline"]
    assert headline.startswith("Of the employers with the most medical records technicians")


@pytest.mark.parametrize(
    ("text", "named", "left"),
    [
        ("the recruiter told me coders get 60k", {"recruiter": "occupation", "coders": "occupation"}, {"coders"}),
        ("I moved here from Peru, coder pay in Ohio?", {"Peru": "foreign", "Ohio": "place"}, {"Ohio"}),
        ("coder pay in Peru or Ohio", {"Peru": "foreign", "Ohio": "place"}, {"Peru", "Ohio"}),
        ("I'm from Peru, can I be a coder", {"Peru": "foreign"}, {"Peru"}),
    ],
)
def test_names_said_by_the_way_are_not_asked_about(text: str, named: dict[str, str], left: set[str]) -> None:
    mentions = tuple(
        Mention(kind, name, (), text.index(name), text.index(name) + len(name)) for name, kind in named.items()
    )
    turn = without_asides(Turn("ask_pay", text, mentions))
    assert {mention.value for mention in turn.mentions} == left


def test_a_question_that_says_there_means_the_place_outside_the_questions() -> None:
    florida = Mention("place", "US-FL")
    pay, growth = Turn("ask_pay", "what do they make there"), Turn("ask_outlook", "and growth in Utah")
    growth = replace(growth, mentions=(Mention("place", "US-UT"),))
    assert there(pay, (florida,), (pay, growth)).values("place") == ("US-FL",)
    assert there(growth, (florida,), (pay, growth)) is growth
    plain = replace(pay, text="what do they make")
    assert there(plain, (florida,), (plain, growth)) is plain
    nation = replace(growth, mentions=(Mention("place", "US"),))
    assert there(plain, (florida,), (plain, nation)).values("place") == ("US-FL",)


def test_two_levels_of_schooling_are_weighed_under_schooling(service: Service) -> None:
    levels = (Mention("level", "certificate"), Mention("level", "associate"), Mention("occupation", CODER))
    asked = Turn("ask_comparison", "certificate or associate for coding, how long is each", levels, settled=True)
    assert service.topic(Context(), asked).message[1]["topic"] == "education"


def test_what_no_source_says_of_two_credentials_is_said_to_be_missing(ask: Ask) -> None:
    payload = ask("comparison", said="pass rate of RHIT vs RHIA", credential=["rhit", "rhia"], cue="pass-rate").message[
        1
    ]
    assert payload["type"] == "no_source"


def test_part_time_comes_to_so_much_a_week(ask: Ask, find: Find) -> None:
    said = "at 20 hours a week, what would coding bring home?"
    text, payload = ask("pay", said=said, occupation=CODER).message
    assert checks.reply_faults(text, payload, find) == []
    assert "$24.59 an hour" in payload["headline"]
    assert "20 hours a week come to about $492 a week" in text  # 20 * 24.59 = 491.80
    assert "(computed" in text
    text, _ = ask("pay", said="at 20 hours a week, how much weekly?", occupation=CODER, pay_period="week").message
    assert "$0" not in text
    assert "about $492 a week" in text


def test_the_middle_half_lies_between_two_figures(ask: Ask, find: Find) -> None:
    said = "what does the middle half of coders earn?"
    text, payload = ask("pay", said=said, occupation=CODER, place="US-NC").message
    assert checks.reply_faults(text, payload, find) == []
    assert "between $41,490 and $64,800 a year" in payload["headline"]


def test_after_an_average_an_older_year_gives_what_it_has(ask: Ask) -> None:
    mean = ask("pay", said="average pay?", occupation=CODER, statistic="mean")
    _, payload = ask("follow_up", after=mean, said="and back in 2019?", period="2019").message
    assert payload["type"] == "answer"
    assert "a median of $42,630" in payload["headline"]


@pytest.mark.parametrize(("said", "year"), [("what was it back in 2019?", True), ("is that from 2019?", False)])
def test_the_pay_of_another_year_is_not_how_old_a_figure_is(service: Service, ask: Ask, said: str, year: bool) -> None:
    before = ask("pay", said="what do coders make?", occupation=CODER)
    turn = Turn("ask_currency", said, (Mention("period", "2019"),), 0.9, (("ask_currency", 0.9),))
    text, _ = service.about(before.context, turn).message
    assert ("$42,630 a year in 2019" in text.splitlines()[0]) is year


def test_two_employers_of_one_occupation_are_compared(ask: Ask) -> None:
    said = "would a registrar do better with an insurer or in a hospital?"
    registrar, both = "health-information-technologist", ["insurance", "hospitals"]
    _, payload = ask("comparison", said=said, occupation=registrar, employer_type=both).message
    assert payload["occupation"] == registrar
    assert "$93,670" in payload["headline"]


def test_where_pay_is_best_or_worst_is_asked_in_many_words(ask: Ask) -> None:
    for said in (
        "which part of the country pays coders the most?",
        "what region is the stingiest with coders?",
        "where do coders earn the least?",
        "where is the best pay for coders?",
    ):
        _, payload = ask("pay", said=said, occupation=CODER).message
        assert "-paying states" in payload["headline"], said
    _, payload = ask("pay", said="where in California do coders do best?", occupation=CODER, place="US-CA").message
    assert "areas for medical records technicians in California" in payload["headline"]
    _, payload = ask("pay", said="what part of Texas pays nurses best?", occupation=NURSE, place="US-TX").message
    assert "areas for registered nurses in Texas" in payload["headline"]
    _, payload = ask("pay", said="do coders do best in California?", occupation=CODER, place="US-CA").message
    assert "-paying" not in payload["headline"]
