"""What a conversation is about: what each turn changes and what it leaves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions.context import TOPIC_INTENTS, Context, ambiguity, understand
from actions.turn import Mention, Turn

DEFAULT = "medical-records-technician"
NURSE, ASSISTANT, TRANSCRIPTIONIST = "registered-nurse", "medical-assistant", "medical-transcriptionist"
PAY = Context(topic="pay", occupation=DEFAULT, question="What do they earn?")
Named = tuple[str, str]


def turn(intent: str, *named: Named, text: str = "tell me") -> Turn:
    return Turn(intent, text, tuple(Mention(kind, value) for kind, value in named))


def after(context: Context, *turns: Turn) -> Context:
    for one in turns:
        context = understand(context, one, DEFAULT)
    return context


def of(context: Context, expected: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(context, name) for name in expected}


@pytest.mark.parametrize(
    ("before", "said", "expected"),
    [
        pytest.param(
            Context(), turn("ask_pay"), {"topic": "pay", "occupation": DEFAULT}, id="no occupation: the school's own"
        ),
        pytest.param(Context(), turn("ask_pay", ("occupation", NURSE)), {"occupation": NURSE}, id="a named occupation"),
        pytest.param(
            replace(PAY, occupation=NURSE),
            turn("ask_duties"),
            {"topic": "duties", "occupation": NURSE},
            id="a new topic keeps the occupation",
        ),
        pytest.param(
            PAY,
            turn("follow_up", ("occupation", NURSE)),
            {"topic": "pay", "occupation": NURSE},
            id="only an occupation: the same topic",
        ),
        pytest.param(
            Context(),
            turn("follow_up", ("occupation", NURSE)),
            {"topic": "definition"},
            id="only an occupation, at first: what it is",
        ),
        pytest.param(Context(), turn("follow_up"), {"topic": None}, id="nothing to follow up"),
        # places
        pytest.param(PAY, turn("follow_up", ("place", "US-TX")), {"topic": "pay", "place": "US-TX"}, id="only a place"),
        pytest.param(
            replace(PAY, place="US-TX"),
            turn("follow_up", ("place", "US-NJ")),
            {"place": "US-NJ", "second_place": None},
            id="another place replaces the first",
        ),
        pytest.param(
            replace(PAY, place="US-TX"),
            turn("follow_up", ("occupation", NURSE)),
            {"place": "US-TX", "occupation": NURSE},
            id="another occupation in the same place",
        ),
        pytest.param(
            replace(PAY, place="US-TX"),
            turn("ask_pay", ("occupation", NURSE)),
            {"place": "US-TX"},
            id="another occupation's pay is asked in the same place; the country's stands beside it",
        ),
        pytest.param(
            replace(PAY, place="US-TX"), turn("ask_outlook"), {"place": None}, id="a new topic with figures is national"
        ),
        pytest.param(
            replace(PAY, place="US-TX"),
            turn("ask_pay", ("occupation", NURSE), text="how much do nurses make here"),
            {"place": "US-TX"},
            id="here",
        ),
        pytest.param(
            replace(PAY, topic="education", place="US-TX"),
            turn("ask_pay", ("cue", "states"), text="and their pay, same state"),
            {"place": "US-TX", "topic": "pay"},
            id="the same state",
        ),
        pytest.param(
            replace(PAY, topic="education", place="US-TX"),
            turn("ask_pay", text="and what do they make"),
            {"place": "US-TX"},
            id="back to pay, and nothing else said: still there",
        ),
        pytest.param(
            replace(PAY, place="US-TX"),
            turn("ask_outlook", ("cue", "employment"), text="how many of them are there"),
            {"place": "US-TX", "topic": "outlook"},
            id="how many there are is asked of the same place",
        ),
        pytest.param(
            Context(),
            turn("ask_outlook", ("cue", "employment"), ("cue", "openings"), text="how many jobs are open"),
            {"topic": "outlook", "cues": ("openings",)},
            id="how many openings there are is not how many work",
        ),
        # the list of the best states, and what follows it
        pytest.param(
            replace(PAY, cues=("states", "best-places")),
            turn("follow_up", ("place", "US-HI"), text="and hawaii?"),
            {"place": "US-HI", "cues": (), "question": "and hawaii?"},
            id="a place after the best states: its figure",
        ),
        pytest.param(
            replace(PAY, cues=("states", "best-places")),
            turn("follow_up", ("occupation", NURSE), text="and nurses?"),
            {"occupation": NURSE, "cues": ("states", "best-places")},
            id="an occupation after the best states: where it is paid best",
        ),
        pytest.param(
            replace(PAY, cues=("cities", "best-places")),
            turn("follow_up", ("place", "US-TX"), text="in texas"),
            {"place": "US-TX", "cues": ("cities", "best-places")},
            id="a state after the best cities: the best cities there",
        ),
        pytest.param(
            replace(PAY, topic="outlook", place="US-TX"),
            turn(
                "follow_up", ("occupation", NURSE), ("cue", "states"), text="and nurses, which state is best for them"
            ),
            {"topic": "pay", "place": None, "occupation": NURSE},
            id="which state is best: of pay, and of all states",
        ),
        pytest.param(
            PAY,
            turn("ask_pay", ("place", "US-TX"), ("place", "US-NJ")),
            {"place": "US-TX", "second_place": "US-NJ"},
            id="two places",
        ),
        pytest.param(
            replace(PAY, topic="duties"),
            turn("follow_up", ("place", "US-TX")),
            {"topic": "pay", "place": "US-TX"},
            id="a place after a topic that knows none: pay there",
        ),
        pytest.param(
            replace(PAY, topic="outlook"),
            turn("follow_up", ("place", "US-TX")),
            {"topic": "outlook", "place": "US-TX"},
            id="a place after the outlook: the outlook there",
        ),
        pytest.param(PAY, turn("ask_pay", ("foreign", "Canada")), {"foreign": "Canada"}, id="a foreign place"),
        pytest.param(
            replace(PAY, foreign="Canada"),
            turn("follow_up", ("place", "US-TX")),
            {"foreign": None, "place": "US-TX"},
            id="back home",
        ),
        # units, statistics, employers, levels
        pytest.param(
            replace(PAY, place="US-TX"),
            turn("follow_up", ("pay_period", "hour")),
            {"pay_period": "hour", "place": "US-TX"},
            id="another unit, the same place",
        ),
        pytest.param(
            replace(PAY, pay_period="hour"),
            turn("follow_up", ("place", "US-TX")),
            {"pay_period": "hour"},
            id="the unit stays while the topic does",
        ),
        pytest.param(
            replace(PAY, pay_period="hour"),
            turn("ask_pay"),
            {"pay_period": None},
            id="a whole new question has no unit",
        ),
        pytest.param(
            replace(PAY, statistic="percentile:90"),
            turn("ask_pay", ("pay_period", "hour"), text="how much is that an hour"),
            {"pay_period": "hour", "statistic": "percentile:90"},
            id="another unit of the same figure",
        ),
        pytest.param(
            PAY,
            turn("ask_pay", ("pay_period", "year"), ("pay_period", "hour")),
            {"pay_period": "hour"},
            id="an explicit unit beats the year in the word salary",
        ),
        pytest.param(
            replace(PAY, statistic="mean"),
            turn("follow_up", ("occupation", NURSE)),
            {"statistic": "mean"},
            id="the statistic stays",
        ),
        pytest.param(
            replace(PAY, statistic="mean"),
            turn("follow_up", ("statistic", "median")),
            {"statistic": "median"},
            id="another statistic",
        ),
        pytest.param(
            replace(PAY, employer_type="hospitals"),
            turn("follow_up", ("occupation", NURSE)),
            {"employer_type": None},
            id="a new occupation drops the employer",
        ),
        pytest.param(
            replace(PAY, employer_type="hospitals"),
            turn("follow_up", ("place", "US-TX")),
            {"employer_type": "hospitals"},
            id="a place keeps the employer",
        ),
        pytest.param(
            PAY,
            turn("ask_pay", ("employer_type", "hospitals"), ("employer_type", "physician-offices")),
            {"employer_type": "hospitals", "second_employer_type": "physician-offices"},
            id="two employers",
        ),
        pytest.param(
            replace(PAY, topic="work_setting", employer_type="schools"),
            turn("ask_pay", text="what do those earn"),
            {"topic": "pay", "employer_type": "schools"},
            id="those are the ones with that employer",
        ),
        pytest.param(
            replace(PAY, topic="comparison", employer_type="hospitals", second_employer_type="pharmacies"),
            turn("follow_up", ("employer_type", "pharmacies")),
            {"topic": "pay", "employer_type": "pharmacies", "second_employer_type": None},
            id="one of two employers that were compared: pay there",
        ),
        pytest.param(
            replace(PAY, period="2019"),
            turn("follow_up", ("place", "US-TX")),
            {"period": None},
            id="a year is asked once",
        ),
        pytest.param(
            replace(PAY, topic="education", level="associate"),
            turn("follow_up", ("level", "bachelor")),
            {"level": "bachelor"},
            id="another level",
        ),
        # credentials
        pytest.param(
            PAY,
            turn("ask_certification", ("credential", "rhit")),
            {"credential": "rhit", "occupation": DEFAULT},
            id="a credential",
        ),
        pytest.param(
            Context(topic="certification", occupation=DEFAULT, credential="rhit"),
            turn("follow_up", ("credential", "cpc")),
            {"credential": "cpc", "second_credential": None, "topic": "certification"},
            id="another credential",
        ),
        pytest.param(
            Context(topic="certification", occupation=DEFAULT, credential="rhit"),
            turn("ask_tuition", text="What does it cost?"),
            {"topic": "tuition", "credential": "rhit"},
            id="it, after a credential, is the credential",
        ),
        pytest.param(
            Context(topic="certification", occupation=DEFAULT, credential="rhit"),
            turn("ask_certification", text="Which certifications are there?"),
            {"credential": None},
            id="certification in general drops the credential",
        ),
        pytest.param(
            Context(topic="certification", occupation=DEFAULT, credential="rhit"),
            turn("ask_pay", text="What do they earn?"),
            {"credential": None},
            id="pay drops the credential",
        ),
        pytest.param(
            Context(topic="certification", occupation=DEFAULT, credential="rhit"),
            turn("follow_up", ("occupation", NURSE)),
            {"credential": None, "occupation": NURSE},
            id="another occupation drops the credential",
        ),
        pytest.param(
            Context(topic="certification", occupation=DEFAULT, credential="rhit"),
            turn("ask_comparison", ("credential", "cpc")),
            {"topic": "comparison", "credential": "rhit", "second_credential": "cpc"},
            id="compared with the credential before",
        ),
        pytest.param(
            PAY,
            turn("follow_up", ("credential", "rhit")),
            {"topic": "pay", "credential": "rhit"},
            id="pay with a credential",
        ),
        pytest.param(
            replace(PAY, topic="duties"),
            turn("follow_up", ("credential", "rhit")),
            {"topic": "certification"},
            id="a credential after duties: what it is",
        ),
        # two occupations
        pytest.param(
            PAY,
            turn("ask_comparison", ("occupation", NURSE), ("occupation", ASSISTANT)),
            {"occupation": NURSE, "second_occupation": ASSISTANT},
            id="two occupations",
        ),
        pytest.param(
            PAY,
            turn("ask_comparison", ("occupation", NURSE)),
            {"occupation": DEFAULT, "second_occupation": NURSE},
            id="compared with the occupation before",
        ),
        pytest.param(
            replace(PAY, occupation=NURSE, recent=(f"occupation:{ASSISTANT}", f"occupation:{NURSE}")),
            turn("ask_comparison", ("occupation", NURSE)),
            {"occupation": ASSISTANT, "second_occupation": NURSE},
            id="compared with the one before it",
        ),
        pytest.param(
            replace(PAY, second_occupation=NURSE),
            turn("ask_duties"),
            {"second_occupation": None},
            id="the second occupation goes with its comparison",
        ),
        pytest.param(
            replace(PAY, second_occupation=NURSE),
            turn("follow_up", ("occupation", ASSISTANT)),
            {"occupation": ASSISTANT, "second_occupation": None},
            id="another occupation after a comparison",
        ),
        # paging and cues
        pytest.param(replace(PAY, page=2), turn("ask_pay"), {"page": 0}, id="a new answer starts at its first page"),
        pytest.param(
            replace(PAY, cues=("starting",)),
            turn("follow_up", ("place", "US-TX")),
            {"cues": ("starting",)},
            id="a follow-up keeps what was asked",
        ),
        pytest.param(replace(PAY, cues=("starting",)), turn("ask_outlook"), {"cues": ()}, id="a new topic forgets it"),
    ],
)
def test_what_a_turn_changes(before: Context, said: Turn, expected: dict[str, Any]) -> None:
    assert of(after(before, said), expected) == expected


def test_an_occupation_that_is_left_and_returned_to() -> None:
    first = after(Context(), turn("ask_pay", ("occupation", NURSE), ("place", "US-TX")))
    other = after(first, turn("follow_up", ("occupation", ASSISTANT)))
    back = after(other, turn("follow_up", ("occupation", NURSE)))
    assert (back.topic, back.occupation, back.place) == ("pay", NURSE, "US-TX")


@pytest.mark.parametrize("intent", sorted(TOPIC_INTENTS))
def test_a_topic_that_was_named_is_the_topic(intent: str) -> None:
    said = turn(intent, ("occupation", TRANSCRIPTIONIST))
    assert after(replace(PAY, credential="rhit"), said).topic == TOPIC_INTENTS[intent]


@pytest.mark.parametrize(
    "text",
    [
        "Do I need a degree?",
        "is a degree required",
        "Does it pay well?",
        "can I do it online",
        "so are they in demand?",
        "Hi, is certification needed?",
        "I have a GED, can I become one?",
        "don't they need a license?",
        "I was wondering if I need a certificate",
        "Can you tell me whether a degree is required?",
    ],
)
def test_a_question_that_yes_or_no_answers(text: str) -> None:
    assert Turn("ask_education", text).yes_no


@pytest.mark.parametrize(
    "text",
    [
        "What degree do I need?",
        "How much do they earn?",
        "which certifications are there",
        "tell me about the pay",
        "salary",
        "Can you tell me what they do?",
        "could you list the duties",
        "why do sources differ",
        "",
        "where do they work",
    ],
)
def test_a_question_that_yes_or_no_does_not_answer(text: str) -> None:
    assert not Turn("ask_education", text).yes_no


def test_a_name_with_several_meanings_is_asked_back() -> None:
    portland = Mention("place", "M38900", ("M38900", "M38860"))
    found = ambiguity(PAY, Turn("ask_pay", "in Portland", (portland,)))
    assert found is not None
    assert (found.kind, found.candidates) == ("place", ("M38900", "M38860"))


def test_a_name_whose_meaning_the_conversation_tells_is_not_asked_back() -> None:
    tech = Mention("occupation", "pharmacy-technician", ("pharmacy-technician", DEFAULT))
    said = Turn("ask_pay", "what do techs make", (tech,))
    assert ambiguity(Context(occupation=NURSE), said) is not None
    assert ambiguity(PAY, said) is None
    assert after(PAY, said).occupation == DEFAULT


@pytest.mark.parametrize(
    "context",
    [
        Context(),
        PAY,
        Context("pay", NURSE, cues=("starting", "states"), yes_no=True, page=3, statistic="percentile:90"),
    ],
)
def test_the_tracker_keeps_a_context_as_it_is(context: Context) -> None:
    assert Context.from_slots(context.to_slots()) == context
    assert Context.from_slots({**dict.fromkeys(context.to_slots()), "topic": context.topic}).topic == context.topic


def test_two_degrees_of_one_occupation_are_schooling() -> None:
    said = "ADN or BSN"
    both = tuple(Mention("occupation", NURSE, (), start, start + 3) for start in (0, 7))
    assert understand(Context(), Turn("ask_comparison", said, both), DEFAULT).topic == "education"


def test_the_place_that_someone_leaves_is_remembered() -> None:
    texas, ohio = Mention("place", "US-TX", (), 22, 27), Mention("place", "US-OH", (), 8, 12)
    first = understand(Context(), Turn("ask_pay", "leaving Ohio. pay in Texas", (texas,), told=(ohio,)), DEFAULT)
    assert (first.place, first.home) == ("US-TX", "US-OH")
    back = understand(first, Turn("follow_up", "and where we are now?"), DEFAULT)
    assert (back.place, back.home) == ("US-OH", "US-OH")


def test_the_job_that_someone_has_is_remembered() -> None:
    said = "I'm a nurse, what do coders do"
    first = understand(Context(), Turn("ask_duties", said, (Mention("occupation", NURSE, (), 6, 11),)), DEFAULT)
    assert first.own == NURSE
    assert after(first, turn("ask_pay", ("occupation", DEFAULT))).own == NURSE
    assert Context.from_slots(first.to_slots()) == first


@pytest.mark.parametrize(
    ("text", "intent", "school"),
    [
        ("how long is the associate there", "ask_education", "devry"),
        ("do their credits transfer", "ask_programs", "devry"),
        ("what does it cost", "ask_tuition", "devry"),
        ("do they need a degree", "ask_education", None),  # those who do the job
        ("how long is school", "ask_education", None),
        ("what do they earn", "ask_pay", None),
    ],
)
def test_a_school_is_kept_where_it_is_asked_about(text: str, intent: str, school: str | None) -> None:
    told = after(Context(), turn("ask_programs", ("school", "devry")))
    assert after(told, turn(intent, text=text)).school == school
