"""What is carried from turn to turn: both of two jobs, one's own job, a place talked of, what other jobs are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.against import in_passing, set_against
from actions.choosing import placed
from actions.context import Context, understand
from actions.leaning import in_context
from actions.references import each
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from knowledge.query import KnowledgeBase

Ask = Callable[..., Outcome]
CODER, NURSE, ASSISTANT, MANAGER = (
    "medical-records-technician",
    "registered-nurse",
    "medical-assistant",
    "health-services-manager",
)
WELDERS, AIDES = "welders-cutters-solderers-and-brazers", "nursing-assistants"
TWO = Context(
    topic="pay", occupation=NURSE, place="US-TX", recent=(f"occupation:{CODER}", f"occupation:{NURSE}"), question="x"
)
MISSOURI, ILLINOIS, FAYETTEVILLE = "M44180", "M44100", "M22180"  # Springfield, Springfield, Fayetteville NC


def named(text: str, name: str, id: str, intent: str = "nlu_fallback", kind: str = "occupation") -> Turn:
    start = text.index(name)
    return Turn(intent, text, (Mention(kind, id, (), start, start + len(name)),), 0.4)


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("pay for both in Ohio", True),
        ("the growth of the two", True),
        ("schooling for each", True),
        ("put them side by side", True),
        ("how many openings each year", False),
        ("both my parents are nurses", False),
        ("do you need both the degree and the certificate", False),
        ("why do the two sources differ", False),
    ],
)
def test_both_are_the_last_two_that_were_talked_of(text: str, both: bool) -> None:
    found = tuple(mention.value for mention in each(TWO, Turn("ask_pay", text)))
    assert found == ((CODER, NURSE) if both else ())
    assert each(Context(topic="pay", occupation=NURSE), Turn("ask_pay", text)) == ()


def test_both_are_answered_in_figures_and_otherwise_one_after_the_other(service: Service) -> None:
    paid = service.topic(TWO, Turn("ask_pay", "pay for both", (), 0.7))
    text, payload = paid.message
    assert payload["type"] == "answer" and "a difference of" in text and "Texas" in text
    skilled = service.topic(TWO, Turn("ask_certification", "do both need to be certified", (), 0.9)).message[0]
    assert "records technicians" in skilled and "nurses" in skilled
    grown = service.topic(
        replace(TWO, recent=(f"occupation:{WELDERS}", f"occupation:{NURSE}")), Turn("ask_outlook", "growth of both")
    )
    assert "registered nurses" in grown.message[0] and "elders" in grown.message[0]  # no projection of welders is known


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("would my time as a CNA count for anything", ()),
        ("can I use my CNA license", ()),
        ("does being a CNA help", ()),
        ("what do CNA jobs pay", (AIDES,)),
        ("is a CNA job easier", (AIDES,)),
    ],
)
def test_what_someone_brings_along_is_not_what_is_asked_about(text: str, left: tuple[str, ...]) -> None:
    context = Context(topic="duties", occupation=CODER, own=AIDES)
    assert in_passing(context, named(text, "CNA", AIDES)).values("occupation") == left


def test_where_someone_starts_is_not_what_they_ask_about() -> None:
    context = Context(topic="outlook", occupation=MANAGER)
    found = in_passing(context, named("can i get there from medical records", "medical records", CODER))
    assert (found.intent, found.values("occupation")) == ("ask_experience", ())


def test_a_remark_on_ones_own_pay_is_no_question_about_it() -> None:
    told = Context(topic="pay", occupation=CODER, own=WELDERS, recent=(f"occupation:{CODER}",))
    remark = Turn("ask_pay", "thats barely more than me.. whats the top end there", (), 0.4)
    assert set_against(told, remark) is remark
    own = named("and whats the median for what i do now, welder", "welder", WELDERS, "ask_pay")
    assert set_against(told, own) is own
    cut = named("would it be a pay cut, welders here do okay", "welders", WELDERS, "ask_pay")
    weighed = understand(told, set_against(told, cut), CODER)
    assert (weighed.occupation, weighed.second_occupation) == (CODER, WELDERS)  # "those jobs" are the new ones


def unclear(text: str, *ids: str) -> Turn:
    return Turn("ask_pay", text, (Mention("place", ids[0], ids),))


def test_a_place_of_several_names_is_the_one_that_was_talked_of(knowledge: KnowledgeBase) -> None:
    springfield = unclear("and in springfield", ILLINOIS, MISSOURI)
    in_missouri = Context(topic="pay", occupation=CODER, place="US-MO", recent=("place:US-MO",))
    assert placed(knowledge.catalog, in_missouri, springfield).mentions[0].candidates == ()
    assert placed(knowledge.catalog, in_missouri, springfield).values("place") == (MISSOURI,)
    in_ohio = replace(in_missouri, place="US-OH", recent=("place:US-OH",))
    assert placed(knowledge.catalog, in_ohio, springfield) == springfield
    moving = Context(topic="education", recent=(f"place:{FAYETTEVILLE}", "place:US-CO"))
    here = placed(knowledge.catalog, moving, unclear("here in fayetteville", "M22220", FAYETTEVILLE))
    assert here.values("place") == (FAYETTEVILLE,)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("how many of those jobs exist in the country", "US"),
        ("and in the whole country", "US"),
        ("how many are employed nationwide", "US"),
        ("I live in the country", None),
    ],
)
def test_the_whole_country_is_a_place(text: str, place: str | None, knowledge: KnowledgeBase) -> None:
    context = Context(topic="outlook", occupation=CODER, place="US-TX")
    assert placed(knowledge.catalog, context, Turn("ask_outlook", text)).values("place") == ((place,) if place else ())


def test_a_figure_set_against_another_job_keeps_its_place_and_its_unit() -> None:
    hourly = replace(TWO, pay_period="hour")
    turn = in_context(hourly, named("vs coders", "coders", CODER, "ask_comparison"))
    new = understand(hourly, turn, CODER)
    assert (new.topic, new.place, new.pay_period) == ("pay", "US-TX", "hour")
    assert {new.occupation, new.second_occupation} == {CODER, NURSE}
    nation = Turn("nlu_fallback", "is that better than the national average", (Mention("place", "US"),), 0.3)
    apart = understand(hourly, in_context(hourly, nation), CODER)
    assert (apart.topic, apart.place, apart.second_place, apart.pay_period) == ("comparison", "US-TX", "US", "hour")


def test_two_employers_one_after_the_other_are_set_side_by_side(ask: Ask) -> None:
    first = ask("pay", said="what do they earn with insurers", occupation=CODER, employer_type="insurance")
    found = ask("follow_up", after=first, said="is that more than in hospitals", employer_type="hospitals")
    assert "a difference of" in found.message[0]


def test_a_sum_of_money_after_schooling_asks_for_pay() -> None:
    context = Context(topic="education", occupation=CODER, question="how long is it")
    assert understand(context, Turn("follow_up", "and the 60k they advertise?"), CODER).topic == "pay"
    assert understand(context, Turn("follow_up", "and in 3 years?"), CODER).topic == "education"


def test_a_low_end_after_a_figure_is_that_figures() -> None:
    low = Turn("ask_advancement", "whats the low end there", (Mention("statistic", "percentile:10"),), 0.6)
    assert in_context(TWO, low).intent == "follow_up"


def test_a_credential_is_asked_of_an_occupation_that_has_it(service: Service) -> None:
    turn = named("welder 10 years, who gives the CPC", "welder", WELDERS, "ask_certification")
    turn = replace(turn, mentions=(*turn.mentions, Mention("credential", "cpc", (), 31, 34)), confidence=0.9)
    found = service.topic(Context(), turn)
    assert found.message[1]["type"] == "answer"
    assert (found.context.occupation, found.context.own) == (CODER, WELDERS)


@pytest.mark.parametrize(
    ("topic", "text", "type"),
    [
        ("duties", "what does a respiratory therapist do", "answer"),
        ("education", "what degree do respiratory therapists need", "answer"),
        ("education", "how long is respiratory therapist school", "no_source"),
        ("duties", "do respiratory therapists treat lung cancer", "no_source"),
        ("work_setting", "where do respiratory therapists work", "no_source"),
    ],
)
def test_a_job_that_sources_name_beside_another_is_what_they_say_of_it(
    topic: str, text: str, type: str, ask: Ask
) -> None:
    found = ask(topic, said=text, occupation="respiratory-therapists")
    assert found.message[1]["type"] == type
    if type == "answer":
        assert "breathe" in found.message[0] and found.message[1]["citations"]


def test_what_the_jobs_pay_that_the_last_answer_named(service: Service, ask: Ask) -> None:
    first = ask("advancement", said="what can they move up to", occupation=CODER)
    found = service.topic(first.context, Turn("ask_pay", "and what do those pay"))
    text, payload = found.message
    assert payload["topic"] == "pay" and "health services managers earned most" in text and "For comparison" in text
    assert found.context.topic == "advancement"
    plain = service.topic(first.context, Turn("ask_pay", "what does it pay"))
    assert "earned most" not in plain.message[0]


def test_who_introduces_themselves_is_asked_about_next(service: Service) -> None:
    text = "im a nurse in ohio"
    told = replace(named(text, "nurse", NURSE), text=f"hi, {text}")
    mentions = (Mention("occupation", NURSE, (), 9, 14), Mention("place", "US-OH", (), 18, 22))
    met = service.unsure(Context(), replace(told, mentions=mentions, confidence=0.3))
    assert met.message[1]["type"] == "clarify"
    assert (met.context.occupation, met.context.place, met.context.own) == (NURSE, "US-OH", NURSE)


def test_ones_own_job_in_a_remark_on_pay_leaves_the_job_talked_of() -> None:
    text = "thats about what i get as a welder. does it rise with more training"
    question = " " * text.index("does") + text[text.index("does") :]
    told = replace(named(text, "welder", WELDERS, "ask_pay"), text=question, story=text)
    context = Context(topic="pay", occupation=CODER, recent=(f"occupation:{CODER}",))
    assert in_passing(context, told).values("occupation") == ()
