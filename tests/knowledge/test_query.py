"""Reading the real knowledge: what is covered, whose figures answer, and that each leads back to its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge import report
from knowledge.errors import KnowledgeError
from knowledge.importers.oews import COLUMNS, area_place_id
from knowledge.query import Answer, KnowledgeBase, Question
from knowledge.scope import Fallback
from knowledge.vocabulary import load_vocabulary

RECORDS = "medical-records-technician"
STOOD_IN = "health-information-technician"
IN_DEPTH = sorted(load_vocabulary().occupations)
SHOWN = {
    "292072": RECORDS,
    "319094": "medical-transcriptionist",
    "119111": "health-services-manager",
    "299021": "health-information-technologist",
    "292052": "pharmacy-technician",
    "319092": "medical-assistant",
    "291141": "registered-nurse",
}


def statements(answer: Answer) -> Iterator[str]:
    return (statement.id for finding in answer.findings for statement in finding.statements)


@dataclass(frozen=True)
class Published:
    """A row of the published figures: level S, M or N, place id, industry code and values by column name."""

    soc: str
    level: str
    area: str
    state: str
    industry: str
    values: dict[str, float | None]


@pytest.fixture(scope="module")
def published(shared: Path) -> list[Published]:
    path = shared / "data" / "oews-2025" / "oews_may2025_7occ.csv"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with open(path, encoding="utf-8", newline="") as file:
        return [
            Published(
                row["occupation_code"],
                row["level"][3],
                row["area_code"],
                row["state_code"],
                row["industry_code"],
                {
                    name: None if row[f"v{i:02}"] in ("-", "") else float(row[f"v{i:02}"])
                    for i, name in enumerate(COLUMNS, 1)
                },
            )
            for row in csv.DictReader(file)
        ]


# --- what is covered


@pytest.mark.parametrize("occupation", IN_DEPTH)
def test_every_covered_topic_has_an_answer_that_can_be_cited(knowledge: KnowledgeBase, occupation: str) -> None:
    topics = knowledge.covered(occupation)
    assert len(topics) >= 13
    for topic in topics:
        answer = knowledge.answer(Question(topic, occupation))
        assert answer.found, topic
        indicators = knowledge.catalog.topics[topic].indicators
        for finding in answer.findings:
            assert finding.lead.indicator in indicators
            assert finding.lead.edition in knowledge.catalog.editions
            assert finding.lead.locator


def test_the_main_occupation_covers_every_topic(knowledge: KnowledgeBase) -> None:
    assert knowledge.covered(RECORDS) == tuple(knowledge.catalog.topics)


@pytest.mark.parametrize("occupation", IN_DEPTH)
def test_a_topic_that_is_not_covered_has_no_findings(knowledge: KnowledgeBase, occupation: str) -> None:
    if knowledge.catalog.occupations[occupation].stands_in:
        return  # then another answers, see below
    for topic in set(knowledge.catalog.topics) - set(knowledge.covered(occupation)):
        assert knowledge.answer(Question(topic, occupation)).findings == (), topic


def test_an_occupation_of_the_statistics_has_pay_and_no_more(knowledge: KnowledgeBase) -> None:
    assert knowledge.covered("phlebotomists") == ("pay",)
    assert knowledge.answer(Question("pay", "phlebotomists")).of("pay.annual")
    assert not knowledge.answer(Question("education", "phlebotomists")).found


@pytest.mark.parametrize(("topic", "occupation"), [("pay", "wizard"), ("weather", RECORDS), ("", "")])
def test_an_unknown_occupation_or_topic_is_named(knowledge: KnowledgeBase, topic: str, occupation: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        knowledge.answer(Question(topic, occupation))
    assert repr(occupation) in str(caught.value) and repr(topic) in str(caught.value)
    assert knowledge.covered("wizard") == ()


def test_findings_follow_the_order_of_the_topic(knowledge: KnowledgeBase) -> None:
    for topic in knowledge.catalog.topics.values():
        order = [
            topic.indicators.index(f.lead.indicator) for f in knowledge.answer(Question(topic.id, RECORDS)).findings
        ]
        assert order == sorted(order), topic.id


# --- one occupation for another


def test_an_occupation_without_figures_is_stood_in_for_and_says_so(knowledge: KnowledgeBase) -> None:
    own = knowledge.answer(Question("pay", RECORDS, statistic="median"))
    answer = knowledge.answer(Question("pay", STOOD_IN, statistic="median"))
    assert answer.fallbacks == (Fallback("occupation", STOOD_IN, RECORDS),)
    assert [f.lead.id for f in answer.of("pay.annual")] == [f.lead.id for f in own.of("pay.annual")]
    assert all(f.lead.occupation == RECORDS for f in answer.of("pay.annual", "pay.hourly"))


def test_what_an_occupation_has_itself_is_not_replaced(knowledge: KnowledgeBase) -> None:
    for topic in set(knowledge.covered(STOOD_IN)) - {"pay"}:
        answer = knowledge.answer(Question(topic, STOOD_IN))
        assert answer.fallbacks == ()
        assert {f.lead.occupation for f in answer.findings} == {STOOD_IN}


def test_the_reason_for_standing_in_has_a_source(knowledge: KnowledgeBase) -> None:
    occupation = knowledge.catalog.occupations[STOOD_IN]
    assert occupation.stands_in == RECORDS and occupation.stands_in_reason
    found = knowledge.evidence(occupation.stands_in_statement or "")
    assert found is not None and found.statement.occupation == STOOD_IN
    assert found.edition.source.id == "onet"


# --- evidence


def test_every_statement_id_leads_back_to_its_statement(knowledge: KnowledgeBase) -> None:
    everything = knowledge.all_statements()
    assert len({s.id for s in everything}) == len(everything) > 1000
    for statement in everything:
        found = knowledge.evidence(statement.id)
        assert found is not None and found.statement == statement
        assert found.edition.id == statement.edition
        assert found.edition.url.startswith("https://") and found.edition.citation


@pytest.mark.parametrize("occupation", IN_DEPTH)
@pytest.mark.parametrize(
    ("place", "employer"),
    [
        ("unstated", "unstated"),
        ("US-NJ", "unstated"),
        ("M41940", "unstated"),
        ("unstated", "hospitals"),
        ("US-CA", "physician-offices"),
    ],
)
def test_every_statement_of_an_answer_has_evidence(
    knowledge: KnowledgeBase, occupation: str, place: str, employer: str
) -> None:
    for topic in ("pay", "outlook", "work_setting"):
        for id in statements(knowledge.answer(Question(topic, occupation, place, employer_type=employer))):
            found = knowledge.evidence(id)
            assert found is not None and found.statement.id == id


def test_corrections_stand_with_their_statements(knowledge: KnowledgeBase) -> None:
    assert knowledge.catalog.corrections
    for id in knowledge.catalog.corrections:
        found = knowledge.evidence(id)
        assert found is not None and found.corrections
        assert all(printed != right and because for printed, right, because in found.corrections)


# --- figures


@pytest.mark.parametrize("occupation", sorted(SHOWN.values()))
@pytest.mark.parametrize("statistic", ["median", "mean"])
@pytest.mark.parametrize("place", ["unstated", "US-NJ", "US-PR", "M41940"])
def test_a_statistic_is_never_replaced_by_another(
    knowledge: KnowledgeBase, occupation: str, statistic: str, place: str
) -> None:
    answer = knowledge.answer(Question("pay", occupation, place, statistic))
    figures = answer.of("pay.annual", "pay.hourly")
    assert {f.lead.indicator for f in figures} == {"pay.annual", "pay.hourly"}
    assert {s.scope.statistic for f in figures for s in f.statements} == {statistic}


@pytest.mark.parametrize("soc", sorted(SHOWN))
def test_the_published_median_leads_in_every_state(
    knowledge: KnowledgeBase, published: list[Published], soc: str
) -> None:
    rows = [row for row in published if row.soc == soc and row.level == "S" and row.industry == "000000"]
    assert len(rows) > 40
    states = {place.area: place.id for place in knowledge.catalog.places.values() if place.level == "state"}
    for row in rows:
        answer = knowledge.answer(Question("pay", SHOWN[soc], states[row.area], "median", indicators=("pay.annual",)))
        (finding,) = answer.findings
        if row.values["annual_median"] is None:
            assert finding.fallbacks[0].used == "US"
        else:
            assert (finding.lead.number, finding.lead.scope.place) == (row.values["annual_median"], states[row.area])
            assert finding.fallbacks == ()
            assert finding.lead.scope.period == "2025-05" and not finding.stale


def test_an_unpublished_area_falls_back_to_its_state(knowledge: KnowledgeBase, published: list[Published]) -> None:
    states = {place.area: place.id for place in knowledge.catalog.places.values() if place.level == "state"}
    seen = 0
    for row in published:
        place = area_place_id(row.area)
        if row.level == "M" and row.values["annual_median"] is None and row.values["annual_mean"] is None:
            answer = knowledge.answer(Question("pay", SHOWN[row.soc], place, "median", indicators=("pay.annual",)))
            (finding,) = answer.findings
            if "5" in str(finding.lead.note) or finding.lead.scope.place == place:
                continue  # top-coded
            seen += 1
            assert finding.fallbacks == (Fallback("place", place, states[f"{row.state}00000"]),)
    assert seen or all(row.values["annual_median"] is not None for row in published if row.level == "M")


def test_an_industry_answers_for_its_employers(knowledge: KnowledgeBase, published: list[Published]) -> None:
    (row,) = [r for r in published if (r.soc, r.industry, r.area) == ("292072", "622000", "0000000")]
    answer = knowledge.answer(
        Question("pay", RECORDS, "unstated", "median", employer_type="hospitals", indicators=("pay.annual",))
    )
    (finding,) = answer.findings
    assert (finding.lead.number, finding.lead.scope.employer_type) == (row.values["annual_median"], "hospitals")
    assert finding.fallbacks == ()


def test_an_industry_in_a_state_falls_back_to_the_country_and_says_so(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer(
        Question("pay", RECORDS, "US-NJ", "median", employer_type="hospitals", indicators=("pay.annual",))
    )
    (finding,) = answer.findings
    assert finding.fallbacks == (Fallback("place", "US-NJ", "US"),)
    assert finding.lead.scope.employer_type == "hospitals"


@pytest.mark.parametrize("level", ["S", "M"])
@pytest.mark.parametrize("lowest", [False, True])
@pytest.mark.parametrize("column", ["annual_median", "hourly_mean", "annual_p90", "employment"])
@pytest.mark.parametrize("soc", ["292072", "299021", "291141"])
def test_rankings_are_those_of_the_published_figures(
    knowledge: KnowledgeBase, published: list[Published], soc: str, column: str, lowest: bool, level: str
) -> None:
    figures = sorted(
        (
            value
            for row in published
            if (row.soc, row.level, row.industry) == (soc, level, "000000")
            and (value := row.values[column]) is not None
        ),
        reverse=not lowest,
    )
    ranked = knowledge.ranking(SHOWN[soc], column, level=level, lowest=lowest, limit=7)
    assert [record.value(column) for record in ranked] == figures[:7]
    for record in ranked:
        (row,) = [r for r in published if (r.soc, r.industry, r.area) == (soc, "000000", record.row.area)]
        assert row.values[column] == record.value(column)
        statement = record.statement(column)
        assert statement is not None and knowledge.evidence(statement.id) is not None


def test_a_ranking_within_a_state_stays_there(knowledge: KnowledgeBase) -> None:
    ranked = knowledge.ranking(RECORDS, "annual_median", level="M", within="US-CA", limit=100)
    assert len(ranked) > 10
    assert {knowledge.catalog.places[record.place].parent for record in ranked} == {"US-CA"}


def test_industries_are_ordered_by_employment(knowledge: KnowledgeBase, published: list[Published]) -> None:
    records = knowledge.industries(RECORDS, limit=5)
    employment = [record.value("employment") for record in records]
    assert len(records) == 5 and employment == sorted(employment, key=lambda n: -(n or 0))
    for record in records:
        (row,) = [r for r in published if (r.soc, r.area, r.industry) == ("292072", "0000000", record.row.industry)]
        assert row.values["annual_median"] == record.value("annual_median")


def test_an_occupation_without_a_code_has_no_statistics(knowledge: KnowledgeBase) -> None:
    assert knowledge.wage(STOOD_IN) is None
    assert list(knowledge.ranking(STOOD_IN, "annual_median", level="S")) == []
    assert list(knowledge.industries(STOOD_IN)) == []


def test_older_figures_of_the_articles_are_history(knowledge: KnowledgeBase) -> None:
    (growth,) = knowledge.answer(Question("outlook", RECORDS)).of("outlook.growth")
    editions = knowledge.catalog.editions
    assert editions[growth.lead.edition].source.authority == 1 and not growth.stale
    assert {editions[s.edition].source.id for s in growth.older} >= {
        "careerigniter",
        "devry",
        "herzing",
        "study-com",
        "geteducated",
    }
    (pay,) = knowledge.answer(Question("pay", RECORDS, statistic="median", indicators=("pay.annual",))).findings
    assert (pay.lead.edition, pay.lead.number) == ("bls-oews-2025", 51140)
    assert (42630, "2019") in [(s.number, s.scope.period) for s in pay.older]


# --- narrower questions


def test_indicators_narrow_a_topic(knowledge: KnowledgeBase) -> None:
    answer = knowledge.answer(Question("education", RECORDS, indicators=("education.length",)))
    assert answer.found and {f.lead.indicator for f in answer.findings} == {"education.length"}


@pytest.mark.parametrize("credential", ["rhit", "ccs", "cpc"])
def test_a_credential_is_not_mixed_with_another(knowledge: KnowledgeBase, credential: str) -> None:
    answer = knowledge.answer(Question("certification", RECORDS, qualifiers=(("credential", credential),)))
    named = {
        f.lead.scope.qualifier("credential") for f in answer.of("certification.credential", "certification.requirement")
    }
    assert named == {credential} or (not named and credential != "rhit")


def test_levels_of_schooling_are_findings_of_their_own(knowledge: KnowledgeBase) -> None:
    findings = knowledge.answer(Question("education", RECORDS)).of("education.requirement")
    levels = [f.lead.scope.qualifier("level") for f in findings]
    assert len(levels) == len(set(levels)) >= 4
    for finding in findings:
        assert {s.scope.qualifiers for s in finding.statements} == {finding.lead.scope.qualifiers}
        assert all(s.item == finding.lead.item for s in finding.agreeing)
        assert all(s.item != finding.lead.item for s in finding.differing)


# --- disagreement


def test_the_disagreements_of_the_articles_are_listed(knowledge: KnowledgeBase) -> None:
    found = {
        (
            f.lead.occupation,
            f.lead.indicator,
            f.lead.scope.qualifiers,
            f.lead.scope.statistic,
            f.lead.scope.percentile,
        ): f
        for f in report.conflicts(knowledge)
    }
    degree = found[RECORDS, "education.requirement", (("level", "associate"),), "unstated", None]
    assert {s.item for s in degree.differing} >= {"required", "optional"}, "whether an associate degree is needed"
    assert (RECORDS, "certification.requirement", (), "unstated", None) in found
    assert 100000 in {s.number for s in found[RECORDS, "pay.annual", (), "percentile", 90].differing}


def test_what_is_listed_as_a_conflict_is_one(knowledge: KnowledgeBase) -> None:
    for finding in report.conflicts(knowledge):
        indicator = knowledge.catalog.indicators[finding.lead.indicator]
        for other in finding.differing:
            assert other.scope.statistic == finding.lead.scope.statistic
            assert other.scope.qualifiers == finding.lead.scope.qualifiers
            if indicator.type == "choice":
                assert other.item != finding.lead.item
            elif finding.lead.number is not None and other.number is not None:
                gap = abs(finding.lead.number - other.number)
                assert gap > indicator.tolerance * max(abs(finding.lead.number), abs(other.number))


# --- many readers


def test_many_threads_read_the_same(knowledge_url: str, knowledge: KnowledgeBase) -> None:
    questions = [
        Question(topic, occupation, place)
        for occupation in IN_DEPTH
        for topic in ("pay", "outlook", "duties")
        for place in ("unstated", "US-NJ")
    ]
    fresh = KnowledgeBase(knowledge_url, remember=0)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: list(statements(fresh.answer(question))), questions))
    assert found == [list(statements(knowledge.answer(question))) for question in questions]
