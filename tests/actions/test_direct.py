"""A specific question gets the statement that answers it, on the real knowledge."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.answering import missing, question, reply
from actions.asking import Desk
from actions.context import Context
from actions.direct import findings
from actions.draft import Draft, NoSource, Reply
from actions.payload import Renderer
from knowledge.asked import ANY, Target, read_asked
from knowledge.embedding import MiniLM, pack
from knowledge.facts import read
from knowledge.query import Evidence, KnowledgeBase
from tests import checks

CODER, NURSE, ASSISTANT = "medical-records-technician", "registered-nurse", "medical-assistant"
Replies = Callable[..., Reply]
Find = Callable[[str], "Evidence | None"]


def led_by(found: Reply) -> set[tuple[str, str]]:
    """Indicator and item of what the headline says."""
    assert isinstance(found, Draft)
    return {(statement.indicator, statement.item or "") for statement in found.headline.statements}


@pytest.mark.parametrize(
    ("question", "topic", "occupation", "lead"),
    [
        ("Which kind of workplace pays records people the most?", "pay", CODER, ("pay.factor", "industry")),
        (
            "may nurses become midwives or anesthetists later on",
            "advancement",
            NURSE,
            ("advancement.role", "nurse-midwife"),
        ),
        ("must I be good with computers", "skills", CODER, ("skills.technical", "computer-skills")),
    ],
)
def test_a_specific_question_is_led_by_its_statement(
    question: str, topic: str, occupation: str, lead: tuple[str, str], replies: Replies
) -> None:
    assert lead in led_by(replies(question, topic, occupation))


def test_what_the_topic_says_comes_after_it(replies: Replies) -> None:
    found = replies("Which kind of workplace pays records people the most?", "pay")
    assert isinstance(found, Draft)
    assert "$51,140" not in found.headline.text
    assert any("$51,140" in point.text for point in found.shown)
    assert len({line.text for line in (found.headline, *found.points)}) == 1 + len(found.points)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What do they do?", "duties"),
        ("how much do they earn a year", "pay"),
        ("what is a medical records technician", "definition"),
    ],
)
def test_a_general_question_keeps_the_topics_answer(
    question: str, topic: str, replies: Replies, knowledge: KnowledgeBase
) -> None:
    found, plain = replies(question, topic), reply(knowledge, Context(topic=topic, occupation=CODER))
    assert isinstance(found, Draft) and isinstance(plain, Draft)
    assert found.headline == plain.headline


# The other topics have no summary, or the sources do speak of coders and billers apart.
WHOLE = (
    "duties",
    "definition",
    "education",
    "certification",
    "work_setting",
    "skills",
    "fit",
    "how_to_become",
    "pay",
    "outlook",
)


@pytest.mark.parametrize(
    ("plural", "name"),
    [("medical coders", "medical coder"), ("coders", "coder"), ("medical records techs", "medical records tech")],
)
def test_an_everyday_name_of_the_occupation_makes_no_question_specific(
    plural: str, name: str, replies: Replies, knowledge: KnowledgeBase
) -> None:
    for topic in WHOLE:
        asked = question(topic, plural, name)
        found, plain = replies(asked, topic), reply(knowledge, Context(topic=topic, occupation=CODER))
        assert isinstance(found, Draft) and isinstance(plain, Draft)
        assert found.headline.text == plain.headline.text, asked


def test_another_country_is_not_answered_by_what_is_known_here(replies: Replies) -> None:
    found = replies("do hospitals pay coders better than doctor offices do", "pay", foreign="Canada")
    assert isinstance(found, NoSource)
    assert "Canada" in found.what


def test_a_far_statement_does_not_stand_in_for_one_that_is_missing(replies: Replies) -> None:
    assert isinstance(replies("do employers chip in for dental", "benefits", ASSISTANT), NoSource)


def test_a_task_of_a_list_is_said_to_be_one(replies: Replies) -> None:
    found = replies("must nurses know how to operate medical equipment", "duties", NURSE)
    assert ("duties.task", "operate-equipment") in led_by(found)
    assert isinstance(found, Draft)
    assert found.headline.text.startswith("Registered nurses ")


def test_findings_are_those_of_the_very_target(knowledge: KnowledgeBase) -> None:
    desk = Desk(knowledge, Context(topic="certification", occupation=CODER))
    (rhit,) = findings(desk, Target(CODER, "certification.issuer", "ahima", (("credential", "rhit"),)))
    assert {s.scope.qualifier("credential") for s in rhit.support} == {"rhit"}
    assert findings(desk, Target(CODER, "certification.issuer", "nobody", (("credential", "rhit"),))) == []


@pytest.fixture(scope="module")
def every_twelfth(knowledge: KnowledgeBase) -> list[tuple[str, Target, frozenset[str]]]:
    """A question of every twelfth target, with the statements that answer it. Not of figures: which of those leads is
    a matter of place, employer and date."""
    facts = read()
    statements: dict[Target, set[str]] = {}
    for statement in facts.statements:
        statements.setdefault(Target.of(statement), set()).add(statement.id)
    firsts: dict[Target, str] = {}
    for asked, target in read_asked(facts.vocabulary, facts.statements).covered:
        firsts.setdefault(target, asked)
    numbers = {id for id, indicator in facts.vocabulary.indicators.items() if indicator.type == "number"}
    chosen = [target for target in firsts if target.occupation != ANY and target.indicator not in numbers][::12]
    return [(firsts[target], target, frozenset(statements[target])) for target in chosen]


def test_a_question_that_stands_beside_a_statement_is_answered_by_it(
    every_twelfth: list[tuple[str, Target, frozenset[str]]], replies: Replies, knowledge: KnowledgeBase, find: Find
) -> None:
    """In its topic. The few others: better sources say otherwise."""
    renderer = Renderer(knowledge.catalog.editions)
    cited, leading = 0, 0
    for asked, target, ids in every_twelfth:
        named = {key: value for key, value in target.qualifiers if key in ("credential", "school")}
        topic = knowledge.catalog.indicators[target.indicator].topic
        found = replies(asked, topic, target.occupation, **named)
        assert isinstance(found, Draft), asked
        text, payload = renderer.answer(found)
        assert checks.reply_faults(text, payload, find) == [], asked
        cited += bool({c["statement"] for c in payload["citations"]} & ids)
        leading += bool({s.id for s in found.headline.statements} & ids)
    assert len(every_twelfth) > 100
    assert cited / len(every_twelfth) >= 0.98
    assert leading / len(every_twelfth) >= 0.96


def test_a_question_that_no_source_answers_names_what_is_near(knowledge: KnowledgeBase) -> None:
    asked = "what does one pay to sit for the RHIT"
    vector = pack(MiniLM().encode([asked])[0])
    context = Context(topic="certification", occupation=CODER, credential="rhit", question=asked, vector=vector)
    found = missing(knowledge, context)
    assert found.nearby
    assert all("RHIT" in line.text for line in found.nearby)
    assert all(line.statements for line in found.nearby)


def test_what_is_done_at_two_employers_is_no_comparison_of_their_pay(replies: Replies) -> None:
    asked = "what does a tech in a hospital do that one in a pharmacy doesn't"
    both = {"employer_type": "hospitals", "second_employer_type": "pharmacies"}
    found = replies(asked, "duties", "pharmacy-technician", **both)
    assert isinstance(found, Draft)
    assert found.topic == "duties"
    paid = replies("hospital or pharmacy", "pay", "pharmacy-technician", **both)
    assert isinstance(paid, Draft)
    assert paid.topic == "comparison"


def test_what_most_sources_say_answers_although_the_question_is_like_what_another_says(replies: Replies) -> None:
    found = replies("do coders see patients?", "work_setting", cues=("patients",), yes_no=True)
    assert isinstance(found, Draft)
    assert found.headline.text.startswith("Not directly: medical records technicians give no hands-on care")


def test_a_length_is_that_of_the_schooling_where_the_question_is_more_like_that(replies: Replies) -> None:
    asked = "length of the training for transcribing doctors"
    found = replies(asked, "experience", "medical-transcriptionist", cues=("length", "training"))
    assert ("education.length", "") in led_by(found)


def test_evenings_after_the_schooling_are_of_the_classes(replies: Replies) -> None:
    found = replies("could i do it at night? i have work by day", "education", cues=("hours",))
    assert isinstance(found, Draft)
    assert found.topic == "education"
    of_work = replies("could i do it at night? i have work by day", "work_setting", cues=("hours",))
    assert ("setting.hours", "nights-and-weekends") in led_by(of_work)


def test_a_number_that_leads_is_not_said_again(replies: Replies) -> None:
    found = replies("Roughly how many Americans do this work right now?", "outlook")
    assert isinstance(found, Draft)
    figures = [line.text for line in (found.headline, *found.points) if "194,720" in line.text]
    assert len(figures) == 1


def test_training_is_answered_with_the_schooling_and_what_a_job_teaches(replies: Replies) -> None:
    found = replies("what training do they have", "education", "medical-transcriptionist", cues=("training",))
    assert isinstance(found, Draft)
    assert found.headline.statements[0].indicator.startswith("education.")
    assert any(s.indicator == "experience.training" for line in found.points for s in line.statements)


def test_careers_beside_an_occupation_are_no_answer_to_what_its_own_people_do(replies: Replies) -> None:
    away = replies("what kind of jobs do RNs have that aren't bedside", "related_careers", NURSE)
    assert isinstance(away, Draft)
    assert away.topic != "related_careers"
    listed = replies("careers similar to nursing", "related_careers", NURSE)
    assert isinstance(listed, Draft)
    assert listed.topic == "related_careers"


def test_two_credentials_are_told_apart_by_what_is_asked_of_them(replies: Replies) -> None:
    cues = ("which-best", "eligibility")
    two = {"credential": "rhit", "second_credential": "rhia"}
    found = replies("which one can you take after community college", "comparison", **two, cues=cues)
    assert isinstance(found, Draft)
    assert {s.indicator for s in found.headline.statements} == {"certification.eligibility"}


def test_what_is_nearest_is_said_under_another_topic_too(replies: Replies) -> None:
    """The classifier may take "my grades" for a matter of advancement; what is known of grades is said all the same."""
    found = replies("is a poor grade in high school math a problem", "advancement")
    assert isinstance(found, Draft)
    said = {s.item for point in (found.headline, *found.points[:2]) for s in point.statements}
    assert "high-school-grades" in said


def test_a_plain_question_for_pay_gets_that_of_all(replies: Replies) -> None:
    found = replies("what do nurses earn", "pay", NURSE)
    assert isinstance(found, Draft) and found.headline.text.startswith("Registered nurses in the United States earned")


@pytest.mark.parametrize(
    "question",
    [
        "how much does a medical assistant make an hour",
        "how much does a medical assistant make per hour",
        "what are medical assistants paid hourly",
    ],
)
def test_pay_of_an_hour_is_not_answered_with_that_of_a_year(question: str, replies: Replies) -> None:
    found = replies(question, "pay", ASSISTANT, pay_period="hour")
    assert isinstance(found, Draft) and "an hour in May 2025" in found.headline.text


@pytest.mark.parametrize(
    ("question", "topic", "occupation", "lead"),
    [
        ("how long does it take to become a nurse", "how_to_become", NURSE, ("education.length", "")),
        ("how many yrs does it take to become an rn", "education", NURSE, ("education.length", "")),
        ("can i become a medical coder online", "education", CODER, ("education.mode", "online")),
    ],
)
def test_what_most_people_ask_first_is_answered(
    question: str, topic: str, occupation: str, lead: tuple[str, str], replies: Replies
) -> None:
    assert lead in led_by(replies(question, topic, occupation))


def test_a_verdict_on_certification_is_not_put_before_a_license(replies: Replies) -> None:
    """Certification is optional for health services managers; a nursing home's administrator needs a license."""
    found = replies("is the head of a nursing home licensed", "certification", "health-services-manager", yes_no=True)
    assert isinstance(found, Draft)
    assert ("certification.advice", "nursing-home-license") in led_by(found)
    assert not found.headline.text.startswith("No")


def test_the_way_from_one_job_to_another_is_told_rather_than_their_pay(replies: Replies) -> None:
    question = "how does a staff nurse become a nurse practitioner"
    found = replies(question, "advancement", NURSE, second_occupation="nurse-practitioners")
    assert led_by(found) & {("advancement.role", "nurse-practitioner"), ("advancement.path", "advanced-practice")}


def test_what_statistics_answer_is_no_statement_to_look_for(replies: Replies) -> None:
    """ "And in Charlotte itself?", after two states: the nearest question is one on the pay of any occupation."""
    question = "North Carolina or South Carolina, where do medical coders earn more?"
    assert isinstance(replies(question, "pay", place="M16740", cues=("where", "pay-factor")), Draft)


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("could I run a clinic with an associate degree", "Sometimes: some employers"),
        ("will an associate degree be enough for a manager", "Sometimes: some employers"),
        ("do I need an associate degree to be a manager", "No: some employers"),
    ],
)
def test_whether_a_level_will_do_is_not_whether_it_is_needed(question: str, start: str, replies: Replies) -> None:
    found = replies(question, "education", "health-services-manager", yes_no=True, level="associate")
    assert isinstance(found, Draft) and found.headline.text.startswith(start)


def test_a_verdict_on_certification_answers_no_other_question(replies: Replies) -> None:
    found = replies("do they look into your criminal past", "certification", "pharmacy-technician", yes_no=True)
    assert isinstance(found, Draft) and found.verdict is None
    asked = replies("must I be certified", "certification", "pharmacy-technician", yes_no=True)
    assert isinstance(asked, Draft) and asked.verdict == "It depends"


def test_what_is_said_of_each_answers_which_of_two_sits_or_stands(replies: Replies) -> None:
    question = "which one keeps me on my feet all day"
    found = replies(question, "comparison", "pharmacy-technician", second_occupation="registered-nurse")
    assert isinstance(found, Draft)
    said = [s for point in (found.headline, found.points[0]) for s in point.statements]
    assert {s.occupation for s in said} == {"pharmacy-technician", "registered-nurse"}
    assert {s.indicator.partition(".")[0] for s in said} <= {"setting", "fit"}


def test_no_summary_stands_between_the_items_of_a_list(replies: Replies) -> None:
    found = replies("usual subjects for future nurses", "education", NURSE, cues=("course",))
    assert isinstance(found, Draft)
    assert not any(s.indicator.endswith(".summary") for point in found.shown[:4] for s in point.statements)


def test_what_a_credential_is_stands_before_what_is_said_of_all_of_them(replies: Replies) -> None:
    found = replies("what is certification for", "certification", credential="nrccs")
    assert isinstance(found, Draft)
    assert {s.scope.qualifier("credential") for s in found.headline.statements} == {"nrccs"}


def test_a_numbered_step_is_not_said_twice(replies: Replies) -> None:
    found = replies("what are the steps to be a transcriptionist", "how_to_become", "medical-transcriptionist")
    assert isinstance(found, Draft)
    steps = [s.id for point in found.points for s in point.statements if s.indicator == "steps.step"]
    assert len(steps) == len(set(steps))


def test_one_step_does_not_answer_for_another_topic(replies: Replies) -> None:
    found = replies("what do i want to keep in mind before i decide", "fit")
    assert "steps.step" not in {indicator for indicator, _ in led_by(found)}


def test_the_fuller_of_two_that_agree_leads_where_the_question_says_more(replies: Replies) -> None:
    plain = replies("do coders code for the insurers", "duties")
    full = replies("is there classification software in which coders pick insurance codes", "duties")
    assert isinstance(plain, Draft) and isinstance(full, Draft)
    assert "software" not in plain.headline.text and "software" in full.headline.text


@pytest.mark.parametrize("asked", ["what are reasons not to go into coding", "why would coding be a bad pick"])
def test_what_speaks_against_a_job_is_asked_in_many_words(replies: Replies, asked: str) -> None:
    assert {indicator for indicator, _ in led_by(replies(asked, "fit"))} == {"fit.consideration"}


def test_the_figure_of_an_employer_stands_before_how_employers_differ(replies: Replies) -> None:
    asked = "what are managers paid in nursing homes"
    found = replies(asked, "pay", "health-services-manager", employer_type="nursing-care")
    assert isinstance(found, Draft)
    assert "nursing and residential care facilities in the United States earned" in found.headline.text


def test_a_verdict_on_certification_stands_before_what_says_whether_it_is_needed(replies: Replies) -> None:
    found = replies("must I be certified", "certification", "medical-transcriptionist", yes_no=True)
    assert isinstance(found, Draft) and found.verdict == "No"
    assert {indicator for indicator, _ in led_by(found)} <= {"certification.requirement", "certification.summary"}


def test_the_jobs_of_a_later_year_are_those_of_the_country(replies: Replies) -> None:
    asked = "what number of positions in 2034"
    found = replies(asked, "outlook", "health-services-manager", place="US-NY", period="2034", cues=("employment",))
    assert {indicator for indicator, _ in led_by(found)} == {"outlook.employment_projected"}


def test_a_program_does_not_teach_what_prepares_for_it(replies: Replies) -> None:
    found = replies("what subjects does a records degree have", "education", cues=("course",))
    assert "education.preparation" not in {indicator for indicator, _ in led_by(found)}


def test_of_statements_that_are_as_near_the_one_with_the_questions_words_leads(replies: Replies) -> None:
    found = replies("do i need to finish high school to be a coder", "how_to_become")
    assert ("steps.step", "high-school") in led_by(found)


def test_a_step_that_says_no_word_of_the_question_leaves_all_of_them_in_their_order(replies: Replies) -> None:
    found = replies("how would I land my first job as a coder", "how_to_become")
    assert {indicator for indicator, _ in led_by(found)} == {"steps.summary"}
