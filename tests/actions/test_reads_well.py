"""Answers as an editor would want them: whole sentences, nothing said twice, verdicts that fit the question."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from actions.answering import reply
from actions.context import Context
from actions.conversation import MORE
from actions.draft import Draft
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from knowledge.embedding import MiniLM, pack
from knowledge.query import Evidence, KnowledgeBase
from tests import checks

Ask = Callable[..., Outcome]
Find = Callable[[str], "Evidence | None"]
CODER, NURSE, ASSISTANT = "medical-records-technician", "registered-nurse", "medical-assistant"


def headline(outcome: Outcome) -> str:
    return re.sub(r" (?:\[\d+\])+$", "", str(outcome.message[1]["headline"]))


def points(outcome: Outcome) -> list[str]:
    return [str(point["text"]) for point in outcome.message[1]["points"]]


# --- whole sentences


def test_a_task_that_leads_has_those_who_do_it_as_its_subject(ask: Ask) -> None:
    outcome = ask("duties", said="do they code diagnoses", occupation=CODER)
    assert re.match(r"Medical records technicians [a-z]", headline(outcome))


def test_a_share_of_jobs_says_whose_jobs(ask: Ask) -> None:
    outcome = ask(
        "work_setting", said="what share works in hospitals", occupation=CODER, employer_type="hospitals", cue="share"
    )
    assert headline(outcome) == "28% of the jobs of medical records technicians were in hospitals in 2024."


def test_percentiles_are_said_in_plain_words(ask: Ask) -> None:
    outcome = ask("pay", statistic="percentile:90", place="US-NY", occupation=NURSE)
    assert any(text.startswith("Per hour, the highest-paid tenth earned more than") for text in points(outcome))
    assert any(text.startswith("Across the United States, the highest-paid tenth earned") for text in points(outcome))
    assert "percentile" not in outcome.message[0]


def test_names_keep_their_capital_after_a_verdict_and_other_words_do_not(ask: Ask) -> None:
    outcome = ask("certification", said="do they need a license", occupation=NURSE)
    assert headline(outcome).startswith("Yes: registered nurses")


# --- nothing that was not asked, nothing twice


def test_pay_of_a_place_says_nothing_of_the_whole_country_but_its_figure(ask: Ask) -> None:
    said = points(ask("pay", place="US-OH", occupation=CODER))
    assert len(said) == 3
    assert [text for text in said if "United States" in text] == said[2:]


def test_starting_pay_gives_the_lowest_tenth_once(ask: Ask) -> None:
    outcome = ask("pay", said="starting pay", cue="starting", occupation=CODER)
    assert not any("lowest-paid tenth" in text for text in points(outcome))


def test_a_comparison_does_not_repeat_what_its_table_says(ask: Ask) -> None:
    outcome = ask("comparison", occupation=[ASSISTANT, "pharmacy-technician"])
    assert not any(text.startswith("Median pay in 2024") for text in points(outcome))
    assert not any("usually start with a postsecondary award" in text for text in points(outcome))


def test_a_comparison_by_pay_gives_the_older_figures_as_such(ask: Ask) -> None:
    outcome = ask("comparison", said="who earns more of the two", occupation=[ASSISTANT, "pharmacy-technician"])
    assert "May 2025" in headline(outcome)
    assert "Median pay in 2024 was $44,200" in outcome.message[0]


@pytest.mark.parametrize(
    ("said", "pair", "leads"),
    [
        ("which has more openings each year", ["registered-nurse", CODER], "Openings each year: "),
        ("is assisting shorter to learn", [CODER, ASSISTANT], "less than a year"),
        ("is the schooling any different", [CODER, ASSISTANT], "Typical schooling: the same for "),
    ],
)
def test_a_comparison_is_led_by_what_is_asked(ask: Ask, find: Find, said: str, pair: list[str], leads: str) -> None:
    outcome = ask("comparison", said=said, occupation=pair)
    assert leads in headline(outcome)
    assert not checks.reply_faults(*outcome.message, find)


def test_the_difference_of_two_growth_rates_is_computed_and_marked(ask: Ask, find: Find) -> None:
    outcome = ask("comparison", said="which grows faster", occupation=[ASSISTANT, "pharmacy-technician"])
    assert "12.5% (2024–34)" in headline(outcome) and "6.4% (2024–34)" in headline(outcome)
    assert "a difference of 6.1 percentage points (computed)" in headline(outcome)
    assert outcome.message[1]["computed"]
    assert not checks.reply_faults(*outcome.message, find)


def test_sources_are_not_said_to_differ_on_what_the_answer_does_not_mention(ask: Ask) -> None:
    asked = ask("work_setting", said="is there patient contact", cue="patient-contact", occupation=CODER)
    assert asked.message[1]["conflict"]
    other = ask("work_setting", said="what share works in hospitals", employer_type="hospitals", cue="share")
    assert other.message[1]["conflict"] is None


def test_the_code_of_an_occupation_comes_last(ask: Ask) -> None:
    outcome = ask("definition", occupation="pharmacy-technician")
    assert "SOC code" in points(outcome)[-1]


# --- yes and no


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("do you need experience", "No"),
        ("is experience required", "No"),
        ("can I get in without experience", "Yes"),
        ("will they hire me with no experience", "Yes"),
    ],
)
def test_a_verdict_fits_the_way_the_question_is_put(ask: Ask, said: str, verdict: str) -> None:
    outcome = ask("experience", said=f"{said}?", occupation=ASSISTANT)
    assert outcome.message[1]["verdict"] == verdict
    assert headline(outcome).startswith(f"{verdict}: medical assistants")


def test_training_is_not_experience(ask: Ask) -> None:
    outcome = ask("experience", said="can you do it with no training?", occupation=ASSISTANT)
    assert outcome.message[1]["verdict"] is None and "training" in headline(outcome)


def test_a_level_below_the_typical_one_is_usually_not_enough(ask: Ask) -> None:
    outcome = ask(
        "education", said="is a high school diploma enough?", occupation="medical-transcriptionist", level="high-school"
    )
    assert headline(outcome).startswith("Usually not: medical transcriptionists typically need a certificate")


# --- rankings


def test_employers_that_pay_best_are_employers(ask: Ask) -> None:
    outcome = ask("pay", said="best paying employers", cue=["best-places", "employers"], occupation=CODER)
    assert headline(outcome).startswith("Of the employers with the most medical records technicians")


@pytest.mark.parametrize(
    ("said", "cues", "start"),
    [
        ("which cities pay nurses the least?", ["cities"], "The lowest-paying areas for registered nurses"),
        ("which states pay nurses the most?", ["states"], "The best-paying states for registered nurses"),
    ],
)
def test_a_ranking_is_seen_in_words_that_stand_apart(ask: Ask, said: str, cues: list[str], start: str) -> None:
    outcome = ask("pay", said=said, cue=cues, occupation=NURSE)
    assert headline(outcome).startswith(start) and "by median yearly pay" in headline(outcome)


# --- two years


def test_pay_in_two_years_is_a_table_with_the_change_computed(ask: Ask, find: Find) -> None:
    outcome = ask("pay", said="pay in 2024 and 2025", period=["2025", "2024"], occupation=CODER)
    text, payload = outcome.message
    assert headline(outcome) == (
        "Medical records technicians in the United States earned a median of $50,250 a year in May 2024 and $51,140 in "
        "May 2025: $890 more, or 1.8% (computed)."
    )
    assert payload["table"]["columns"] == ["", "May 2024", "May 2025"]
    assert [cell["text"] for cell in payload["table"]["rows"][0]["cells"]] == ["$50,250", "$51,140"]
    assert payload["computed"] and len({c["source"] for c in payload["citations"]}) == 2
    assert not checks.reply_faults(text, payload, find)


def test_a_change_since_a_year_runs_to_the_newest_and_says_that_publishers_differ(ask: Ask) -> None:
    outcome = ask("pay", said="how has it changed since 2019?", period="2019", occupation=CODER)
    assert "$42,630 a year in 2019 and $51,140 in May 2025: $8,510 more, or 20% (computed)" in headline(outcome)
    assert "different publishers" in outcome.message[0]


def test_a_year_without_a_figure_is_said_with_the_years_that_there_are(ask: Ask) -> None:
    payload = ask("pay", said="2012 vs 2025", period=["2012", "2025"], occupation=CODER).message[1]
    assert payload["type"] == "no_source" and "2012" in payload["missing"]
    assert ["May 2025" in near["text"] for near in payload["nearby"]] == [True, False]


def test_a_second_year_in_the_next_message_is_set_against_the_first(ask: Ask) -> None:
    first = ask("pay", said="pay in 2024", period="2024", occupation=CODER)
    second = ask("comparison", after=first, said="compare that with 2025", period="2025")
    assert second.message[1]["table"]["columns"] == ["", "May 2024", "May 2025"]


def test_the_years_of_a_projection_are_not_set_against_each_other(ask: Ask) -> None:
    outcome = ask("outlook", said="growth from 2024 to 2034", period=["2024", "2034"], occupation=NURSE)
    assert headline(outcome) == "Employment of registered nurses is projected to grow 4.9% from 2024 to 2034."


# --- what is near a question without source


def test_pay_abroad_names_the_pay_at_home_once(service: Service) -> None:
    turn = Turn(
        "ask_uncovered", "coder pay in the UK", (Mention("foreign", "the United Kingdom"),), ranking=(("ask_pay", 0.4),)
    )
    payload = service.uncovered(Context(), turn).message[1]
    assert payload["type"] == "no_source" and "in the United Kingdom" in payload["missing"]
    near = payload["nearby"][0]["text"]
    assert (
        near.startswith("Medical records technicians in the United States earned") and near.count("United States") == 1
    )


@pytest.mark.parametrize(
    ("said", "topic", "near"),
    [
        ("do men earn more", "pay", "earned a median of $51,140 a year in May 2025"),
        ("will there be jobs for me in my town", "outlook", "projected to grow 7.1% from 2024 to 2034"),
    ],
)
def test_a_gap_in_pay_or_outlook_names_the_figure_that_there_is(
    service: Service, said: str, topic: str, near: str
) -> None:
    turn = Turn("ask_uncovered", said, ranking=((f"ask_{topic}", 0.4),))
    payload = service.uncovered(Context(), turn).message[1]
    assert payload["type"] == "no_source" and near in payload["nearby"][0]["text"]


def test_what_the_words_say_is_missing_goes_before_what_a_like_question_lacks(service: Service) -> None:
    question = "can I do this job from home"
    turn = Turn(
        "ask_uncovered",
        question,
        (Mention("cue", "remote"),),
        ranking=(("ask_work_setting", 0.4),),
        vector=pack(MiniLM().encode([question])[0]),
    )
    assert service.uncovered(Context(), turn).message[1].get("missing") == "working from home in this job"


# --- suggestions and the last answer


def test_a_verdict_is_not_repeated_where_sources_are_set_side_by_side(service: Service, ask: Ask) -> None:
    answer = ask("education", said="do you need a degree?", occupation=CODER)
    assert answer.message[1]["verdict"] == "Not necessarily"
    outcome = service.about(answer.context, Turn("ask_disagreement", "do sources disagree?"))
    assert not any("ecessarily" in text for text in points(outcome))
    assert re.match(r"[A-Z]", headline(outcome))


def test_more_is_not_offered_where_there_is_no_more(service: Service, ask: Ask) -> None:
    outcome = ask("duties", occupation=NURSE)
    assert MORE in outcome.message[1]["suggestions"]
    for _ in range(20):
        before, outcome = outcome, service.about(outcome.context, Turn("ask_more", "more"))
        if outcome.message[1]["type"] != "answer":
            break
    assert outcome.message[1]["type"] == "smalltalk"
    assert MORE not in before.message[1]["suggestions"]


def test_an_occupation_with_statistics_alone_is_led_on_to_them(ask: Ask) -> None:
    outcome = ask("pay", occupation="electricians")
    assert outcome.message[1]["suggestions"][:2] == [
        "Which states pay electricians best?",
        "How many electricians are employed?",
    ]


def test_the_age_of_each_source_names_which_of_a_publishers_works_it_is(service: Service, ask: Ask) -> None:
    outcome = service.about(ask("pay", occupation=CODER).context, Turn("ask_currency", "is that current?"))
    assert "by the U.S. Bureau of Labor Statistics" in headline(outcome)
    assert any("Occupational Outlook Handbook”: 28 August 2025" in text for text in points(outcome))


def test_a_year_to_compare_with_is_more_than_a_question_of_age(service: Service, ask: Ask) -> None:
    turn = Turn("ask_currency", "compared to 2019?", (Mention("period", "2019"),))
    assert "$8,510 more" in service.about(ask("pay", occupation=CODER).context, turn).message[0]


def test_a_part_without_source_is_named_in_its_own_words(service: Service) -> None:
    parts = (
        Turn("ask_duties", "what do nurses do", (Mention("occupation", NURSE),)),
        Turn("ask_uncovered", "what do they drink at work?", ranking=(("ask_work_setting", 0.3),)),
    )
    outcome = service.several(Context(), Turn("ask_duties", "both", parts=parts))
    assert outcome is not None
    assert "I have no source that covers “what do they drink at work”." in outcome.message[0]


def test_a_direct_answer_of_another_topic_is_followed_by_that_topic(knowledge: KnowledgeBase) -> None:
    question = "how many openings will there be for transcriptionists each year"
    vector = pack(MiniLM().encode([question])[0])
    found = reply(knowledge, Context("fit", "medical-transcriptionist", question=question, vector=vector))
    assert isinstance(found, Draft) and found.topic == "outlook"
    assert {s.indicator.split(".")[0] for line in found.points for s in line.statements} == {"outlook"}


@pytest.mark.parametrize(
    ("place", "where"), [(None, "in hospitals in the United States"), ("US-TX", "in hospitals in")]
)
def test_a_count_of_one_kind_of_employer_is_not_said_to_be_of_all(ask: Ask, place: str | None, where: str) -> None:
    named = {"occupation": NURSE, "employer_type": "hospitals", "cue": "employment"}
    named.update({"place": place} if place else {})
    outcome = ask("outlook", said="how many nurses do hospitals employ?", **named)
    assert where in headline(outcome)
    everywhere = ask("outlook", said="how many nurses are there?", occupation=NURSE, cue="employment")
    assert headline(everywhere) != headline(outcome) and "hospitals" not in headline(everywhere)
    assert place is None or "I have no such figure for registered nurses in Texas" in outcome.message[0]


# --- two credentials


def test_a_table_of_credentials_says_where_no_source_speaks_of_one(ask: Ask) -> None:
    text, payload = ask("comparison", occupation=CODER, credential=["cpc", "ccs"]).message
    assert payload["table"]["columns"] == ["", "CPC", "CCS"]
    assert payload["headline"].startswith("The CPC shows") and " The CCS confirms" in payload["headline"]
    cells = {row["title"]: [cell["text"] for cell in row["cells"]] for row in payload["table"]["rows"]}
    assert cells["Who issues a credential"][0].startswith("The CPC comes from AAPC")
    assert cells["Who issues a credential"][1] == "not in my sources"
    assert len(cells) >= 4 and not checks.shape_faults(text, payload)
