"""Turns and their replies, on the real knowledge: what a student reads, and what the conversation keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Connection

import settings
from actions import wording
from actions.answering import NEXT, question, reply
from actions.context import Context
from actions.conversation import CONTRADICTS, contradicted
from actions.draft import MAX_POINTS, Draft
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from knowledge.database import open_engine
from knowledge.errors import KnowledgeError
from knowledge.models import PlaceRow, WageRow
from knowledge.query import Evidence, KnowledgeBase
from knowledge.scope import ALL_EMPLOYERS, COUNTRY
from tests import checks

Ask = Callable[..., Outcome]
Find = Callable[[str], "Evidence | None"]
CODER, NURSE = "medical-records-technician", "registered-nurse"
CEILING, HOURLY_CEILING = 239200.0, 115.0  # OEWS publishes no wage above it


@pytest.fixture(scope="module")
def wages(knowledge_url: str) -> Iterator[Connection]:
    """The pay statistics as they are stored, to find cells of a kind."""
    engine = open_engine(knowledge_url, read_only=True)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def cells(wages: Connection, knowledge: KnowledgeBase, *, footnote: str, occupation: str = "") -> list[tuple[str, str]]:
    """Occupation and place of median wages that were not published, by the reason's footnote."""
    query = (
        select(WageRow.soc, PlaceRow.id)
        .join(PlaceRow, PlaceRow.area == WageRow.area)
        .where(
            WageRow.industry == "000000", WageRow.annual_median.is_(None), WageRow.footnotes.contains(f"13:{footnote}")
        )
    )
    by_soc = knowledge.catalog.by_soc
    found = [
        (by_soc[soc], place) for soc, place in wages.execute(query.order_by(WageRow.soc, PlaceRow.id)) if soc in by_soc
    ]
    return [pair for pair in found if not occupation or pair[0] == occupation]


def lead(outcome: Outcome) -> dict[str, Any]:
    """The fact that the headline rests on first."""
    fact: dict[str, Any] = outcome.message[1]["facts"][0]
    return fact


def value(
    knowledge: KnowledgeBase, occupation: str, column: str, place: str = COUNTRY, employer: str = ALL_EMPLOYERS
) -> float:
    record = knowledge.wage(occupation, place, employer)
    assert record is not None
    found = record.value(column)
    assert found is not None
    return found


# --- pay: place, unit, statistic, employer


@pytest.mark.parametrize(
    ("named", "column", "place", "employer"),
    [
        ({}, "annual_median", "US", "all"),
        ({"place": "US-TX"}, "annual_median", "US-TX", "all"),
        ({"place": "M45300"}, "annual_median", "M45300", "all"),
        ({"pay_period": "hour"}, "hourly_median", "US", "all"),
        ({"pay_period": "hour", "place": "US-TX"}, "hourly_median", "US-TX", "all"),
        ({"statistic": "mean"}, "annual_mean", "US", "all"),
        ({"statistic": "percentile:10"}, "annual_p10", "US", "all"),
        ({"statistic": "percentile:90", "place": "US-CA"}, "annual_p90", "US-CA", "all"),
        ({"statistic": "percentile:25", "pay_period": "hour"}, "hourly_p25", "US", "all"),
        ({"employer_type": "hospitals"}, "annual_median", "US", "hospitals"),
        ({"employer_type": "physician-offices", "pay_period": "hour"}, "hourly_median", "US", "physician-offices"),
    ],
)
@pytest.mark.parametrize("occupation", [CODER, NURSE])
def test_pay_is_the_published_figure_for_what_was_asked(
    occupation: str, named: dict[str, str], column: str, place: str, employer: str, ask: Ask, knowledge: KnowledgeBase
) -> None:
    outcome = ask("pay", occupation=occupation, **named)
    fact = lead(outcome)
    expected = value(knowledge, occupation, column, place, employer)
    assert (fact["value"], fact["place"], fact["employer_type"], fact["period"]) == (
        expected,
        place,
        employer,
        "2025-05",
    )
    unit = "USD/hour" if column.startswith("hourly") else "USD/year"
    assert fact["unit"] == unit
    assert wording.money(expected, unit) in outcome.message[1]["headline"]
    assert outcome.message[1]["fallbacks"] == []


@pytest.mark.parametrize(("unit", "parts"), [("month", 12), ("week", 52)])
def test_pay_by_the_month_is_computed_and_says_so(unit: str, parts: int, ask: Ask, knowledge: KnowledgeBase) -> None:
    payload = ask("pay", occupation=CODER, pay_period=unit).message[1]
    amount = round(value(knowledge, CODER, "annual_median") / parts, -1)
    assert payload["computed"]
    assert f"${amount:,.0f} a {unit} (computed" in payload["headline"]


def test_a_mean_is_never_given_as_the_median(ask: Ask) -> None:
    assert lead(ask("pay", occupation=CODER))["statistic"] == "median"
    asked = ask("pay", occupation=CODER, statistic="mean")
    assert lead(asked)["statistic"] == "mean"
    assert "average (mean)" in asked.message[1]["headline"]


def test_older_and_different_figures_are_listed_each_with_its_year(ask: Ask) -> None:
    conflict = ask("pay", occupation=CODER).message[1]["conflict"]
    assert conflict is not None
    assert {fact["value"] for fact in conflict["facts"]} >= {42630, 50250}
    for fact in conflict["facts"]:
        assert fact["period"] == "unstated" or fact["period"][:4] in fact["said"]
        assert fact["period"] != "2025-05"


def test_pay_of_a_year_that_a_source_has_is_that_years(ask: Ask) -> None:
    payload = ask("pay", occupation=CODER, period="2019").message[1]
    assert payload["type"] == "answer"
    assert payload["facts"][0]["period"].startswith("2019")
    assert payload["stale"] is True


def test_pay_of_an_occupation_that_statistics_count_with_another_says_so(ask: Ask) -> None:
    text, payload = ask("pay", occupation="health-information-technician").message
    assert payload["fallbacks"][0] == {"kind": "occupation", "wanted": "health-information-technician", "used": CODER}
    assert "medical records technicians" in "\n".join(checks.body(text))


def test_the_best_paying_states_are_in_order(ask: Ask, knowledge: KnowledgeBase) -> None:
    payload = ask("pay", occupation=CODER, cue="best-places").message[1]
    values = [point["value"] for point in payload["chart"]["points"]]
    assert values == sorted(values, reverse=True)
    assert len(values) == 5
    assert payload["facts"][0]["value"] == values[0] >= value(knowledge, CODER, "annual_median", "US-CA")


# --- pay that was not published


def test_a_suppressed_figure_is_not_invented(ask: Ask, knowledge: KnowledgeBase, wages: Connection) -> None:
    found = cells(wages, knowledge, footnote="8", occupation=CODER) + cells(
        wages, knowledge, footnote="8", occupation=NURSE
    )
    assert found, "the statistics no longer suppress any: look for another occupation"
    for occupation, place in found[:4]:
        text, payload = ask("pay", occupation=occupation, place=place).message
        assert payload["type"] == "answer"
        step = next(step for step in payload["fallbacks"] if step["kind"] == "place")
        assert step["wanted"] == place
        assert payload["facts"][0]["place"] == step["used"] != place
        assert not [fact for fact in payload["facts"] if fact["place"] == place]
        # and it is said, not only noted in the JSON: which place has no figure, and which one this is for
        assert any(knowledge.catalog.places[place].name in note["text"] for note in payload["notes"])
        assert knowledge.catalog.places[step["used"]].name in text


def test_a_wage_above_the_published_ceiling_is_at_least_that(
    ask: Ask, knowledge: KnowledgeBase, wages: Connection
) -> None:
    found = cells(wages, knowledge, footnote="5")
    assert found, "the statistics no longer have a top-coded median: look for another column"
    for occupation, place in found[:: max(1, len(found) // 8)]:
        fact = lead(outcome := ask("pay", occupation=occupation, place=place))
        assert fact["place"] == place
        assert fact["value"] == {"low": CEILING, "high": None}
        assert "$239,200 a year or more" in outcome.message[1]["headline"]
        chart = outcome.message[1]["chart"]
        assert chart is None or all(
            isinstance(point["value"], (int, float)) and point["value"] <= CEILING for point in chart["points"]
        )
        record = knowledge.wage(occupation, place)
        if record and record.footnote("hourly_median") == "5":
            hourly = ask("pay", occupation=occupation, place=place, pay_period="hour")
            assert (lead(hourly)["value"], lead(hourly)["place"]) == ({"low": HOURLY_CEILING, "high": None}, place)


def test_a_top_coded_wage_is_not_compared_as_a_number(ask: Ask, knowledge: KnowledgeBase, wages: Connection) -> None:
    compared = 0
    for occupation, place in cells(wages, knowledge, footnote="5")[:20]:
        if knowledge.wage(NURSE, place) is None:
            continue
        said = "Which pays more money?"
        _, payload = ask("comparison", occupation=[occupation, NURSE], place=place, said=said).message
        amounts = [fact for fact in payload.get("facts", ()) if fact["indicator"] == "pay.annual"]
        assert place not in {
            fact["place"] for fact in amounts
        }  # like is compared with like: the country, or not at all
        assert CEILING not in [fact["value"] for fact in amounts]
        compared += 1
    assert compared


def test_an_occupation_that_is_paid_by_the_hour_has_hourly_pay(ask: Ask, knowledge: KnowledgeBase) -> None:
    record = knowledge.wage("actors")
    assert record is not None
    assert record.value("annual_median") is None
    for named in ({}, {"pay_period": "hour"}):
        fact = lead(ask("pay", occupation="actors", **named))
        assert (fact["unit"], fact["value"]) == ("USD/hour", value(knowledge, "actors", "hourly_median"))
    assert ask("pay", occupation="actors", pay_period="year").message[1]["type"] == "no_source"


def test_an_employer_without_a_figure_falls_back_and_says_so(ask: Ask, knowledge: KnowledgeBase) -> None:
    assert knowledge.wage(CODER, employer="restaurants") is None
    text, payload = ask("pay", occupation=CODER, employer_type="restaurants").message
    assert {"kind": "employer_type", "wanted": "restaurants", "used": "all"} in payload["fallbacks"]
    assert any("in restaurants and bars" in note["text"] for note in payload["notes"])
    assert payload["facts"][0]["employer_type"] == "all"
    assert "in restaurants and bars" not in payload["headline"]
    assert "in restaurants and bars" in text


def test_a_statistic_that_is_not_published_is_not_replaced(ask: Ask) -> None:
    _, payload = ask("pay", occupation=CODER, statistic="percentile:97").message
    assert payload["type"] == "no_source"
    assert [near["sources"][0]["statement"] for near in payload["nearby"]]


# --- no source


@pytest.mark.parametrize(
    ("topic", "named", "detail", "place"),
    [
        ("pay", {"foreign": "Canada"}, "foreign", "Canada"),
        ("outlook", {"foreign": "the United Kingdom"}, "foreign", "the United Kingdom"),
        ("duties", {"foreign": "India"}, "foreign", "India"),
        ("pay", {"period": "2035"}, "pay-2035", ""),
        ("pay", {"period": "1998"}, "pay-1998", ""),
        ("outlook", {"period": "2050"}, "far-future", ""),
        ("certification", {"credential": "rhit", "cue": "exam-fee"}, "exam-fee", ""),
        ("tuition", {"credential": "cpc"}, "exam-fee", ""),
    ],
)
def test_what_no_source_covers_is_said_and_becomes_a_gap(
    topic: str, named: dict[str, str], detail: str, place: str, ask: Ask, find: Find
) -> None:
    outcome = ask(topic, occupation=CODER, said="my own words", **named)
    text, payload = outcome.message
    assert payload["type"] == "no_source"
    assert payload["citations"] == []
    assert text.startswith("I have no source")
    assert not checks.reply_faults(text, payload, find)
    assert outcome.gap is not None
    assert (outcome.gap.occupation, outcome.gap.detail, outcome.gap.place) == (CODER, detail, place)
    assert outcome.gap.credential == named.get("credential", "")
    assert outcome.gap.question_text == "my own words"


def test_what_no_source_answers_as_a_whole_is_answered_by_its_question(service: Service) -> None:
    alone = Turn("ask_pay", "what do nurses earn", (Mention("occupation", NURSE),))
    whole = Turn("ask_uncovered", "the bus strike is a mess. what do nurses earn", alone=alone)
    refused = service.uncovered(Context(), whole)
    assert refused.message[1]["type"] == "no_source"
    found = service.by_its_question(Context(), whole, refused)
    assert found is not None and found.gap is None
    assert found.message[1]["type"] == "answer" and found.context.occupation == NURSE
    assert service.by_its_question(Context(), replace(whole, alone=None), refused) is None
    talk = replace(whole, alone=Turn("thanks", "thanks a lot"))
    assert service.by_its_question(Context(), talk, refused) is None
    answered = service.topic(Context(), Turn("ask_duties", "what do coders do"))
    assert service.by_its_question(Context(), whole, answered) is None
    chat = replace(whole, intent="smalltalk", confidence=0.9)
    assert service.by_its_question(Context(), chat, None) is None
    long = replace(chat, text=f"{'the bus was late again and ' * 6}what do nurses earn")
    assert service.by_its_question(Context(), long, None) is not None


def test_an_answer_is_no_gap(ask: Ask) -> None:
    assert ask("pay", occupation=CODER).gap is None


def test_after_a_gap_the_conversation_goes_on(ask: Ask) -> None:
    gap = ask("pay", occupation=NURSE, foreign="Canada")
    home = ask("follow_up", after=gap, place="US-TX")
    assert home.message[1]["type"] == "answer"
    assert (lead(home)["place"], home.message[1]["occupation"]) == ("US-TX", NURSE)


# --- yes or no


@pytest.mark.parametrize(
    ("topic", "named", "verdicts"),
    [
        ("certification", {"occupation": CODER}, {"No", "Not always", "It depends", "Usually", "Sources differ"}),
        (
            "education",
            {"occupation": CODER, "level": "bachelor"},
            {"No", "Usually not", "Not necessarily", "It depends"},
        ),
        ("education", {"occupation": NURSE, "level": "bachelor"}, {"Usually", "Yes", "Not necessarily", "It depends"}),
        ("work_setting", {"occupation": CODER, "cue": "patients"}, {"No", "Not directly", "Rarely", "Sometimes"}),
    ],
)
def test_a_yes_no_question_gets_a_verdict_first_and_only_then(
    topic: str, named: dict[str, str], verdicts: set[str], ask: Ask
) -> None:
    asked = ask(topic, said="Is it needed?", **named).message[1]
    assert asked["verdict"] in verdicts
    assert asked["headline"].startswith(f"{asked['verdict']}: ")
    plain = ask(topic, said="Tell me what is needed.", **named).message[1]
    assert plain["verdict"] is None
    assert not plain["headline"].startswith(tuple(f"{verdict}:" for verdict in verdicts))


# --- comparison


@pytest.mark.parametrize("pair", [(CODER, NURSE), (NURSE, CODER), ("medical-assistant", "pharmacy-technician")])
@pytest.mark.parametrize("named", [{}, {"place": "US-TX"}, {"pay_period": "hour"}])
def test_two_occupations_differ_by_what_their_figures_differ(
    pair: tuple[str, str], named: dict[str, str], ask: Ask, knowledge: KnowledgeBase
) -> None:
    payload = ask("comparison", occupation=list(pair), said="Which pays more money?", **named).message[1]
    column = "hourly_median" if "pay_period" in named else "annual_median"
    one, other = (value(knowledge, id, column, named.get("place", COUNTRY)) for id in pair)
    unit = "USD/hour" if "pay_period" in named else "USD/year"
    better = pair[0] if one > other else pair[1]
    assert payload["headline"].startswith(wording.capital(knowledge.catalog.occupations[better].plural))
    assert f"{wording.money(abs(one - other), unit)} (computed)" in payload["headline"]
    assert payload["computed"]
    assert [cell["text"] for cell in payload["table"]["rows"][0]["cells"]] == [
        wording.money(v, unit) for v in (one, other)
    ]


def test_two_places_and_two_employers_are_compared(ask: Ask, knowledge: KnowledgeBase) -> None:
    places = ask("pay", occupation=CODER, place=["US-TX", "US-NJ"]).message[1]
    one, other = (value(knowledge, CODER, "annual_median", place) for place in ("US-TX", "US-NJ"))
    assert f"{wording.money(abs(one - other), 'USD/year')} (computed)" in places["headline"]
    employers = ask("pay", occupation=CODER, employer_type=["hospitals", "physician-offices"]).message[1]
    one, other = (value(knowledge, CODER, "annual_median", COUNTRY, e) for e in ("hospitals", "physician-offices"))
    assert f"{wording.money(abs(one - other), 'USD/year')} (computed)" in employers["headline"]


def test_two_places_are_compared_by_the_statistic_that_is_asked(ask: Ask) -> None:
    text, payload = ask("pay", occupation=CODER, place=["US-OH", "US-TX"], statistic="percentile:90").message
    assert "the 90th percentile was $" in payload["headline"]
    assert "lowest-paid tenth" not in text


def test_two_occupations_are_compared_in_one_place_or_in_the_whole_country(
    ask: Ask, knowledge: KnowledgeBase, wages: Connection
) -> None:
    (occupation, place), *_ = cells(wages, knowledge, footnote="8", occupation=CODER)
    assert knowledge.wage(NURSE, place) is not None
    facts = ask("comparison", occupation=[occupation, NURSE], place=place, said="Who makes more money?").message[1][
        "facts"
    ]
    assert [fact["place"] for fact in facts[:2]] == [COUNTRY, COUNTRY]


def test_two_credentials_are_set_side_by_side_and_every_cell_has_its_evidence(ask: Ask, find: Find) -> None:
    payload = ask("certification", credential=["rhit", "rhia"]).message[1]
    assert payload["topic"] == "comparison"
    assert payload["table"]["columns"][1:] == ["RHIT", "RHIA"]
    cells = [cell for row in payload["table"]["rows"] for cell in row["cells"] if cell["statement"]]
    assert len(cells) >= 8
    for cell in cells:
        evidence = find(cell["statement"])
        assert evidence is not None
        assert evidence.statement.text == cell["text"]
        assert cell["evidence"].endswith(cell["statement"])


# --- questions about the last answer


def about(service: Service, intent: str, outcome: Outcome) -> Outcome:
    return service.about(outcome.context, Turn(intent, ""))


@pytest.mark.parametrize("topic", ["duties", "skills", "education", "certification", "how_to_become"])
def test_more_gives_every_further_point_once_and_then_ends(topic: str, service: Service, ask: Ask) -> None:
    outcome = ask(topic, occupation=CODER)
    seen = [point["text"] for point in outcome.message[1]["points"]]
    assert len(seen) <= MAX_POINTS
    for _ in range(20):
        page = about(service, "ask_more", outcome)
        if page.message[1]["type"] != "answer":
            break
        seen += [page.message[1]["headline"], *[point["text"] for point in page.message[1]["points"]]]
        outcome = page
    else:
        pytest.fail("the pages never end")
    texts = [checks._END_MARKS.sub("", text) for text in seen]
    assert len(texts) > MAX_POINTS
    assert len(set(texts)) == len(texts)
    assert page.message[1]["type"] == "smalltalk"
    assert "Tell me more" not in page.message[1]["suggestions"]


def test_tell_me_more_is_suggested_only_where_there_is_more(ask: Ask) -> None:
    assert "Tell me more" in ask("duties", occupation=CODER).message[1]["suggestions"]
    few = ask("pay", occupation="actors", pay_period="hour").message[1]
    assert len(few["points"]) < MAX_POINTS
    assert "Tell me more" not in few["suggestions"]


def test_the_sources_of_an_answer_name_its_first_source_and_where_it_stands(
    service: Service, ask: Ask, find: Find
) -> None:
    answer = ask("pay", occupation=CODER)
    payload = about(service, "ask_source", answer).message[1]
    first = answer.message[1]["citations"][0]
    assert payload["citations"][0]["statement"] == first["statement"]
    assert first["publisher"] in payload["headline"]
    assert first["title"] in payload["headline"]
    assert first["locator"] in payload["points"][0]["text"]


def test_the_age_of_a_figure_is_its_period_and_its_publication(service: Service, ask: Ask) -> None:
    headline = about(service, "ask_currency", ask("pay", occupation=CODER)).message[1]["headline"]
    assert "May 2025" in headline
    assert "15 May 2026" in headline
    old = about(service, "ask_currency", ask("pay", occupation=CODER, period="2019")).message[1]["headline"]
    assert "2019" in old
    assert "Newer figures may exist" in old


def test_a_disagreement_lists_what_the_others_say(service: Service, ask: Ask) -> None:
    answer = ask("pay", occupation=CODER).message[1]
    payload = about(service, "ask_disagreement", ask("pay", occupation=CODER)).message[1]
    assert "different years" in payload["headline"]
    cited = {citation["statement"] for citation in payload["citations"]}
    listed = [fact["statement"] for fact in answer["conflict"]["facts"]]
    assert set(listed[: MAX_POINTS - 1]) <= cited


def test_agreement_is_said_where_no_source_differs(service: Service, ask: Ask) -> None:
    answer = ask("pay", occupation="actors", pay_period="hour")
    assert answer.message[1]["conflict"] is None
    payload = about(service, "ask_disagreement", answer).message[1]
    assert (payload["type"], payload["conflict"]) == ("answer", None)
    assert payload["citations"][0]["statement"] == answer.message[1]["citations"][0]["statement"]


def test_a_disagreement_that_the_answer_does_not_show_is_found(service: Service, knowledge: KnowledgeBase) -> None:
    """The answer on a detail leads with one statement; what another source says of the same thing is looked up."""
    context = Context(topic="outlook", occupation=CODER, question="how fast is it growing")
    found = reply(knowledge, context)
    assert isinstance(found, Draft)
    bare = replace(found, others=())
    lead = bare.headline.statements[0]
    evidence = knowledge.evidence(lead.id)
    assert evidence is not None
    shown = contradicted(bare, {lead.id: evidence.others})
    told = [other.statement.id for other in evidence.others if other.relation in CONTRADICTS]
    assert told
    assert [line.statements[0].id for line in shown.others] == told
    assert all(line.text.strip() for line in shown.others)
    assert contradicted(found, {}) == found


def test_where_one_source_alone_has_a_place_the_countrys_figures_are_set_beside_each_other(
    service: Service, ask: Ask
) -> None:
    payload = about(service, "ask_disagreement", ask("pay", occupation=CODER, place="M45300")).message[1]
    assert "different years" in payload["headline"]
    assert "in the United States" in payload["points"][0]["text"]


def test_a_disagreement_on_another_topic_is_looked_up_there(service: Service, ask: Ask) -> None:
    turn = Turn("ask_disagreement", "why do websites give different salaries?")
    for context in (ask("duties", occupation=CODER).context, Context()):
        payload = service.about(context, turn).message[1]
        assert (payload["type"], payload["topic"]) == ("answer", "pay")
        assert "different years" in payload["headline"]


def test_more_of_nothing_asks_back(service: Service) -> None:
    outcome = service.about(Context(), Turn("ask_more", ""))
    assert outcome.message[1]["type"] == "clarify"
    assert outcome.context == Context(misses=1)


@pytest.mark.parametrize(
    ("intent", "said"),
    [
        ("ask_source", "the U.S. Bureau of Labor Statistics"),
        ("ask_currency", "The newest of my sources was published in"),
        ("ask_disagreement", "Where my sources differ"),
    ],
)
def test_a_question_about_no_answer_is_about_the_sources_as_a_whole(intent: str, said: str, service: Service) -> None:
    for context in (Context(), Context(misses=1)):
        text, payload = service.about(context, Turn(intent, "tell me of your books")).message
        assert payload["type"] == "smalltalk" and said in text
        assert not checks.shape_faults(text, payload)


# --- not understood, a person, a failure


def test_what_is_not_understood_offers_the_likeliest_readings(service: Service) -> None:
    turn = Turn("nlu_fallback", "hm", confidence=0.2, ranking=(("ask_pay", 0.2), ("ask_duties", 0.18), ("greet", 0.1)))
    _, payload = service.unsure(Context(occupation=NURSE), turn).message
    assert payload["type"] == "clarify"
    assert ["earn" in payload["suggestions"][0], "do" in payload["suggestions"][1]] == [True, True]
    assert all("registered nurses" in suggestion for suggestion in payload["suggestions"][:2])


def test_a_follow_up_on_nothing_is_asked_back(service: Service) -> None:
    assert service.topic(Context(), Turn("follow_up", "and there?")).message[1]["type"] == "clarify"
    assert service.unsure(Context(), Turn("follow_up", "and there?")).message[1]["type"] == "clarify"


def test_a_person_is_where_the_school_says(knowledge: KnowledgeBase) -> None:
    config = replace(settings.load(), contact="Ms Ito, room 12")
    outcome = Service(knowledge, config).handoff(Context(topic="pay"), Turn("talk_to_person", "a person please"))
    assert (outcome.message[1]["type"], outcome.context.topic) == ("handoff", "pay")
    assert "Ms Ito, room 12" in outcome.message[0]


def test_the_address_of_the_evidence_is_the_schools(knowledge: KnowledgeBase) -> None:
    config = replace(settings.load(), public_url="https://school.example")
    turn = Turn("ask_duties", "")
    payload = Service(knowledge, config).topic(Context(), turn).message[1]
    assert all(c["evidence"].startswith("https://school.example/webhooks/web/evidence/") for c in payload["citations"])


@pytest.mark.parametrize("occupation", [CODER, NURSE, "medical-transcriptionist", "health-information-technician"])
def test_every_suggestion_has_an_answer(occupation: str, ask: Ask, knowledge: KnowledgeBase) -> None:
    known = knowledge.catalog.occupations[occupation]
    asked = {question(topic, known.plural, known.name): topic for topic in NEXT}
    for topic in ("pay", "duties", "certification"):
        suggestions = ask(topic, occupation=known.id).message[1]["suggestions"]
        assert suggestions
        for suggestion in suggestions:
            if suggestion != "Tell me more":
                assert asked[suggestion] != topic
                assert ask(asked[suggestion], occupation=known.id).message[1]["type"] == "answer", suggestion


def test_without_a_knowledge_database_the_failure_is_polite_and_loses_nothing(tmp_path: Path) -> None:
    missing = KnowledgeBase(f"sqlite:///{tmp_path / 'none.sqlite'}")
    config = replace(settings.load(), contact="Ms Ito, room 12")
    service = Service(missing, config)
    context = Context(topic="pay", occupation=NURSE)
    with pytest.raises(KnowledgeError, match="make knowledge"):
        service.topic(context, Turn("ask_pay", ""))
    outcome = service.failure(context)
    text, payload = outcome.message
    assert (payload["type"], payload["failure"], outcome.context) == ("handoff", True, context)
    assert "Ms Ito, room 12" in text
    assert not checks.shape_faults(text, payload)
