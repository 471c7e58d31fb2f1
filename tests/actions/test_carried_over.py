"""Short turns whose meaning the conversation carries over: tenths, earners, places, wishes, jobs one moves up to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.context import Context
from actions.leaning import in_context
from actions.references import each, pointed
from actions.service import Outcome, Service
from actions.turn import Mention, Turn

Ask = Callable[..., Outcome]
CODER, NURSE, PHARMACY = "medical-records-technician", "registered-nurse", "pharmacy-technician"
PAID = Context(topic="pay", occupation=CODER, place="M12420", question="pay in Austin")


@pytest.mark.parametrize(
    ("text", "statistic"),
    [
        ("the 75th?", "percentile:75"),
        ("and 10th", "percentile:10"),
        ("50th?", "median"),
        ("what about people who make the most there", "percentile:90"),
        ("and those that earn the least", "percentile:10"),
        ("the top earners?", "percentile:90"),
    ],
)
def test_a_tenth_of_the_figure_before(text: str, statistic: str) -> None:
    turn = in_context(PAID, Turn("smalltalk", text, (Mention("cue", "best-places"),), 0.4))
    assert (turn.intent, turn.values("statistic")) == ("follow_up", (statistic,))


def test_the_ones_of_a_ranking_are_places() -> None:
    ranked = Context(topic="pay", occupation=CODER, cues=("states", "best-places"))
    turn = in_context(ranked, Turn("ask_pay", "the ones that earn the least", (), 0.9))
    assert "percentile:10" not in turn.values("statistic")


@pytest.mark.parametrize(
    "turn",
    [
        Turn("ask_definition", "so what is it there", (Mention("place", "M41180"),), 0.8),
        Turn(
            "nlu_fallback",
            "id prefer to work in a clinic, how about there",
            (Mention("employer_type", "outpatient", (), 23, 29),),
            0.3,
        ),
    ],
)
def test_another_place_or_workplace_is_asked_about_as_was_the_one_before(turn: Turn) -> None:
    found = in_context(PAID, turn)
    assert (found.intent, found.settled) == ("follow_up", True)


def test_the_first_of_all_that_somebody_asked_about() -> None:
    context = Context(topic="pay", occupation=PHARMACY, recent=(f"occupation:{NURSE}", f"occupation:{PHARMACY}"))
    turn = pointed(context, Turn("follow_up", "and the first career we talked about"))
    assert turn.values("occupation") == (NURSE,)


def test_each_of_them_in_a_place() -> None:
    both = Context(topic="education", occupation=CODER, options=(f"occupation:{CODER}", f"occupation:{NURSE}"))
    asked = each(both, Turn("follow_up", "salary for each in Idaho", (Mention("place", "US-ID"),)))
    assert [m.value for m in asked] == [CODER, NURSE]


def test_schooling_for_those_is_of_the_jobs_listed() -> None:
    listed = Context(topic="advancement", occupation=NURSE, question="where can nurses go from here")
    turn = in_context(listed, Turn("ask_education", "is another degree needed for those", (), 0.8))
    assert turn.intent == "ask_advancement"


def test_experience_alone_is_asked_of_the_exam() -> None:
    exam = Context(topic="certification", occupation=CODER, credential="cca", question="could a beginner take it")
    turn = in_context(exam, Turn("ask_experience", "no work experience at all?", (), 0.9))
    assert (turn.intent, turn.values("credential")) == ("ask_certification", ("cca",))


def test_that_job_is_the_next_step(service: Service, ask: Ask) -> None:
    steps = ask("advancement", occupation="health-information-technologist", said="where could they go from here")
    paid = service.topic(steps.context, Turn("ask_pay", "and the salary in that position?"))
    assert paid.context.occupation == "health-services-manager"
    assert paid.message[1]["occupation"] == "health-services-manager"


def test_pay_as_a_manager_is_set_against_nothing(service: Service) -> None:
    context = Context(topic="advancement", occupation=CODER, question="can they move up")
    manager = Mention("occupation", "health-services-manager", (), 33, 50)
    asked = Turn("ask_pay", "so how much do they pay me as the healthcare manager", (manager,))
    turn = service.reading.meant(context, asked)
    assert turn.values("occupation") == ("health-services-manager",)
