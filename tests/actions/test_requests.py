"""What kind of thing a question asks for, and the answers that depend on it, on the real knowledge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.draft import Draft, NoSource, Reply
from actions.requests import against_all, asks_enough, asks_for_list, asks_for_schools, of_a_program

CODER, NURSE, ASSISTANT, PHARMACY, MANAGER = (
    "medical-records-technician",
    "registered-nurse",
    "medical-assistant",
    "pharmacy-technician",
    "health-services-manager",
)
Replies = Callable[..., Reply]


@pytest.mark.parametrize(
    ("question", "kind", "so"),
    [
        ("would one year of school be enough", asks_enough, True),
        ("is that all I need to get in", asks_enough, True),
        ("do I need a year of school", asks_enough, False),
        ("which colleges run it", asks_for_list, True),
        ("what other workplaces are there", asks_for_list, True),
        ("which programs are best", asks_for_list, False),
        ("what does it pay", asks_for_list, False),
        ("name some schools for that", asks_for_schools, True),
        ("what kind of schooling is it", asks_for_schools, False),
        ("which university offers nursing", asks_for_schools, True),
        ("name a college that runs one", asks_for_schools, True),
        ("what school is required", asks_for_schools, False),
        ("which college classes count", asks_for_schools, False),
        ("what do they cover in a billing course", of_a_program, True),
        ("what classes help before the nursing program", of_a_program, False),
        ("is it expanding quicker than most fields", against_all, True),
        ("is that above the norm", against_all, True),
        ("is it growing", against_all, False),
    ],
)
def test_the_kind_of_a_question(question: str, kind: Callable[[str], bool], so: bool) -> None:
    assert kind(question) is so


@pytest.mark.parametrize(
    ("question", "occupation", "level", "verdict"),
    [
        ("would the two-year degree be enough for nursing", NURSE, "associate", "It can be"),
        ("would a four-year degree be enough for it", NURSE, "bachelor", "Usually"),
        ("would a certificate be enough at a drugstore counter", PHARMACY, "certificate", "Yes"),
    ],
)
def test_what_is_needed_does_not_tell_what_is_enough(
    replies: Replies, question: str, occupation: str, level: str, verdict: str
) -> None:
    found = replies(question, "education", occupation, level=level, yes_no=True)
    assert isinstance(found, Draft) and found.verdict == verdict


def test_growth_is_set_beside_that_of_all_occupations(replies: Replies) -> None:
    found = replies("is it expanding quicker than most fields", "outlook", PHARMACY)
    assert isinstance(found, Draft) and "faster than all occupations" in found.headline.text
    assert len(found.headline.statements) >= 2


def test_the_years_that_a_question_names_lead(replies: Replies) -> None:
    found = replies("what growth was forecast then", "outlook", period="2021", second_period="2031")
    assert isinstance(found, Draft) and "from 2021 to 2031" in found.headline.text
    found = replies("how many of these jobs were there that year", "outlook", period="2021")
    assert isinstance(found, Draft) and "186,400" in found.headline.text


def test_a_list_is_led_by_the_whole_and_not_by_one_of_its_items(replies: Replies) -> None:
    found = replies("which kinds of workplaces take them on", "work_setting", PHARMACY, cues=("where",))
    assert isinstance(found, Draft) and found.headline.statements[0].indicator == "setting.summary"


def test_schools_asked_for_by_name_are_named(replies: Replies) -> None:
    found = replies("name some colleges that teach it", "programs")
    assert isinstance(found, Draft)
    shown = " ".join(line.text for line in found.shown)
    assert "DeVry" in shown and "Herzing" in shown


def test_what_speaks_against_a_job_is_no_merit_of_it(replies: Replies) -> None:
    found = replies("what are the negatives of this line of work", "fit", cues=("downsides",))
    assert isinstance(found, Draft)
    assert {s.indicator for line in (found.headline, *found.points) for s in line.statements} == {"fit.consideration"}


def test_the_step_between_two_jobs_is_looked_for_from_both_ends(replies: Replies) -> None:
    said = replies("does time as a nurse help one become a manager", "experience", NURSE, second_occupation=MANAGER)
    assert isinstance(said, Draft) and "worked for years as registered nurses" in said.headline.text
    unsaid = replies("could an assistant turn into a nurse", "advancement", ASSISTANT, second_occupation=NURSE)
    assert isinstance(unsaid, Draft) and "registered nurses" in unsaid.headline.text.lower()
    assert any("No source" in note.text for note in unsaid.notes)


def test_why_a_place_pays_as_it_does_is_not_answered_by_the_figure(replies: Replies) -> None:
    found = replies("why do they pay this well over there", "pay", NURSE, place="US-CA")
    assert isinstance(found, NoSource) and "California" in found.nearby[0].text
    found = replies("why do hospitals pay that well", "pay", PHARMACY, employer_type="hospitals")
    assert isinstance(found, Draft) and found.headline.statements[0].indicator == "pay.factor"


def test_places_that_employ_most_may_be_states_or_workplaces(replies: Replies) -> None:
    found = replies("which places employ the most of them", "work_setting", ASSISTANT)
    assert isinstance(found, Draft) and "states" in found.headline.text
    assert any(point.text.startswith("By kind of employer, ") and "hospitals" in point.text for point in found.points)


def test_a_level_of_schooling_chooses_among_programs(replies: Replies) -> None:
    found = replies("which bachelor's programs exist for this", "programs", level="bachelor")
    assert isinstance(found, Draft) and found.headline.statements[0].scope.qualifier("level") == "bachelor"


def test_a_shrinking_job_is_not_called_slow(replies: Replies) -> None:
    found = replies("is that slower than all other jobs", "outlook", "medical-transcriptionist")
    assert isinstance(found, Draft) and "shrink" in found.headline.text and "slower" not in found.headline.text


def test_a_diploma_alone_is_not_called_too_little_where_it_is_what_one_starts_with(replies: Replies) -> None:
    asked = "can I be a pharmacy tech with only a diploma of high school"
    found = replies(asked, "education", "pharmacy-technician", level="high-school")
    assert isinstance(found, Draft) and found.verdict not in ("No", "Usually not")


def test_what_kind_of_degree_it_must_be_is_not_whether_one_is_needed(replies: Replies) -> None:
    found = replies("does the degree have to be in biology", "education", level="bachelor")
    assert not isinstance(found, Draft) or found.verdict is None
    counts = replies("does an art degree count for anything", "education", "registered-nurse")
    assert not isinstance(counts, Draft) or counts.verdict is None
