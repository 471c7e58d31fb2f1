"""The one of several that a message picks out, and what is said of the last figure: whether it is much, and why."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.choosing import by_words
from actions.context import Context, understand
from actions.judging import JUDGED, OF_WHOM, judged
from actions.leaning import in_context
from actions.picked_out import GROWTH, OPENINGS, PATIENTS, PAY, SCHOOLING, resolved
from actions.qualities import Qualities
from actions.references import compared, each
from actions.routing import UNCOVERED
from actions.service import Outcome, Service
from actions.turn import Mention, Picked, Turn
from knowledge.query import KnowledgeBase
from knowledge.scope import COUNTRY

Ask = Callable[..., Outcome]
CODER, NURSE, PHARMACY = "medical-records-technician", "registered-nurse", "pharmacy-technician"
TWO = (Mention("occupation", CODER), Mention("occupation", NURSE))
PAID = understand(Context(), Turn("ask_comparison", "which pays more, a or b", TWO), CODER)
IN_TURN = replace(PAID, topic="duties", options=(), question="what do they do")
EXAMS = Context(
    topic="certification", occupation=CODER, credential="rhia", recent=("credential:rhit", "credential:rhia")
)
SIZES = {
    (PAY, CODER): 1.0,
    (PAY, NURSE): 2.0,
    (SCHOOLING, CODER): 1.0,
    (SCHOOLING, NURSE): 3.0,
    (PATIENTS, CODER): 0.0,
    (PATIENTS, NURSE): 2.0,
    (GROWTH, CODER): 7.0,
    (GROWTH, NURSE): 5.0,
    (OPENINGS, CODER): 5.0,
    (OPENINGS, NURSE): 5.0,
}
SAYINGS = {
    "rhit": ["Graduates of an associate program may take the RHIT exam."],
    "rhia": ["Graduates of a bachelor's program may take the RHIA exam."],
}


def picks(context: Context, phrase: str, question: str = "is it growing", intent: str = "ask_outlook") -> Turn:
    turn = Turn("ask_pay", f"{phrase}, {question}", picked=Picked(Turn(intent, question), phrase))
    return resolved(context, turn, lambda a, _, id: SIZES.get((a, id)), lambda _, id: SAYINGS.get(id, []))


@pytest.mark.parametrize(
    ("context", "phrase", "meant"),
    [
        (PAID, "the lower paid one", CODER),
        (PAID, "the one that pays more", NURSE),
        (PAID, "the one that doesn't pay as much", CODER),
        (PAID, "the lower one", CODER),
        (PAID, "the one with more school", NURSE),
        (PAID, "the quicker one", CODER),
        (PAID, "the one that's growing faster", CODER),
        (PAID, "the slower growing one", NURSE),
        (PAID, "the one without patients", CODER),
        (IN_TURN, "the desk one", CODER),
        (IN_TURN, "the hands-on one", NURSE),
        (EXAMS, "the one that needs a bachelors", "rhia"),
        (EXAMS, "the one for an associate degree", "rhit"),
    ],
)
def test_one_is_picked_out_by_its_rank_or_by_what_is_said_of_it(context: Context, phrase: str, meant: str) -> None:
    turn = picks(context, phrase)
    assert (turn.mentions[-1].value, turn.intent, turn.text) == (meant, "ask_outlook", "is it growing")


@pytest.mark.parametrize(
    ("context", "phrase"),
    [
        (Context(), "the lower paid one"),  # of none that was talked of
        (PAID, "the one with more openings"),  # both have as many
        (PAID, "the one with the nicer uniforms"),  # of which nothing is known
        (Context(topic="pay", occupation=CODER, recent=(f"occupation:{CODER}",)), "the lower paid one"),
    ],
)
def test_what_the_conversation_does_not_tell_stays_as_it_was_said(context: Context, phrase: str) -> None:
    turn = picks(context, phrase)
    assert (turn.intent, turn.mentions) == ("ask_pay", ())


def test_who_gives_the_credential_that_was_picked_out_is_asked_of_it() -> None:
    turn = picks(EXAMS, "the one that needs a bachelors", "who gives it", "ask_source")
    assert (turn.intent, turn.settled) == ("ask_certification", True)
    assert "issuer" in turn.values("cue")


def test_what_is_picked_out_is_measured_by_the_statistics_and_the_statements(knowledge: KnowledgeBase) -> None:
    known = Qualities(knowledge, Context(topic="pay", occupation=CODER), CODER)
    for aspect in (PAY, SCHOOLING, PATIENTS):
        less, more = known.measure(aspect, "occupation", CODER), known.measure(aspect, "occupation", NURSE)
        assert less is not None and more is not None and less < more
    ohio, texas = known.measure(PAY, "place", "US-OH"), known.measure(PAY, "place", "US-TX")
    assert ohio is not None and texas is not None and ohio > texas
    assert known.measure(PAY, "credential", "rhit") is None
    assert any("bachelor" in text for text in known.texts("credential", "rhia"))
    assert known.texts("place", "US-OH") == ()


NAMES = {PHARMACY: {"pharmacy", "technician"}, CODER: {"medical", "record", "technician"}}


@pytest.mark.parametrize(("said", "meant"), [("farmacy", PHARMACY), ("farmasy plz", PHARMACY), ("rekords", CODER)])
def test_a_choice_may_be_written_as_it_sounds(said: str, meant: str) -> None:
    assert by_words(NAMES, said) == meant


def test_what_is_like_no_name_chooses_none() -> None:
    assert by_words(NAMES, "something else entirely") is None


def test_what_was_offered_and_not_chosen_is_not_compared() -> None:
    open_ = Context(topic="pay", pending=(PHARMACY, CODER, "health-information-technologist"))
    chosen = understand(open_, Turn("follow_up", "pharmacy", (Mention("occupation", PHARMACY),)), CODER)
    assert chosen.options == ()
    two = replace(open_, pending=(PHARMACY, CODER))  # "the other kind" is plain
    assert len(understand(two, Turn("follow_up", "pharmacy", (Mention("occupation", PHARMACY),)), CODER).options) == 2


@pytest.mark.parametrize(
    "text", ["could I sit either after one year", "which should come first", "how do they compare"]
)
def test_after_two_credentials_a_choice_is_between_them(text: str) -> None:
    assert [m.value for m in compared(EXAMS, Turn("ask_education", text))] == ["rhit", "rhia"]


def test_two_talked_of_in_turn_are_set_side_by_side() -> None:
    assert [m.value for m in compared(IN_TURN, Turn("ask_comparison", "so how do those two stack up"))] == [
        CODER,
        NURSE,
    ]
    assert [m.value for m in each(IN_TURN, Turn("ask_certification", "does either require a license"))] == [
        CODER,
        NURSE,
    ]
    assert each(IN_TURN, Turn("ask_certification", "i don't have a license either")) == ()


# --- whether the last figure is much

FIGURE = Context(topic="pay", occupation=CODER, place="US-TX", question="what do they make in texas")


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("is that a lot", JUDGED),
        ("so thats kinda low", JUDGED),
        ("is it higher than average", JUDGED),
        ("is 16 bucks an hour ok", JUDGED),
        ("is that with some experience", OF_WHOM),
        ("18 an hour is bad then?", JUDGED),
        ("is that for beginners or for everybody", OF_WHOM),
        ("would that be the entry level pay", OF_WHOM),
    ],
)
def test_a_judgement_is_asked_of_the_last_figure(text: str, cue: str) -> None:
    turn = judged(FIGURE, Turn("nlu_fallback", text))
    assert turn is not None and (turn.intent, turn.settled, turn.values("cue")) == ("follow_up", True, (cue,))
    new = understand(FIGURE, turn, CODER)
    assert (new.topic, new.place, new.question) == ("pay", "US-TX", text)
    after = understand(new, Turn("follow_up", "and in Ohio", (Mention("place", "US-OH"),)), CODER)
    assert after.cues == ()  # the figure itself again


@pytest.mark.parametrize(
    ("context", "turn"),
    [
        (FIGURE, Turn("ask_pay", "is that enough to raise kids on")),  # which no source says
        (FIGURE, Turn("ask_pay", "is that the average or the median")),
        (FIGURE, Turn("ask_pay", "is that good for nurses", (Mention("occupation", NURSE),))),
        (FIGURE, Turn("ask_pay", "good, what about nights")),
        (replace(FIGURE, topic="duties"), Turn("follow_up", "is that a lot")),
        (replace(FIGURE, cues=("best-places",)), Turn("follow_up", "is that a lot")),
    ],
)
def test_what_is_no_judgement_on_a_figure_stays(context: Context, turn: Turn) -> None:
    assert judged(context, turn) is None


def headline(service: Service, context: Context, text: str, intent: str = "ask_pay") -> dict[str, object]:
    payload: dict[str, object] = service.topic(context, Turn(intent, text)).message[1]
    assert payload["type"] == "answer" and payload["citations"]
    return payload


def test_a_local_figure_is_judged_by_that_of_the_country(service: Service, knowledge: KnowledgeBase) -> None:
    said = str(headline(service, FIGURE, "is that good")["headline"])
    figures = [knowledge.wage(CODER, place).statement("annual_median").number for place in ("US-TX", COUNTRY)]  # type: ignore[union-attr]
    texas, country = (number for number in figures if number is not None)
    assert ("below" if texas < country else "above") in said
    assert f"${texas:,.0f}" in said and f"${country:,.0f}" in said and f"${abs(country - texas):,.0f}" in said


@pytest.mark.parametrize("occupation", [CODER, PHARMACY, "dental-hygienists"])
def test_a_figure_of_the_country_is_judged_by_that_of_all_occupations(occupation: str, service: Service) -> None:
    said = str(
        headline(service, Context(topic="pay", occupation=occupation, question="pay"), "is that good")["headline"]
    )
    own, every = (int(number.replace(",", "")) for number in re.findall(r"\$([\d,]+)", said))
    assert ("above" if own > every else "below") in said and "all" in said and "computed" in said


def test_an_amount_is_judged_by_the_median(service: Service) -> None:
    context = Context(topic="pay", occupation=PHARMACY, pay_period="hour", question="pay per hour")
    assert "below the median" in str(headline(service, context, "so 18 an hour is low then")["headline"])
    assert "above the median" in str(headline(service, context, "is 90 an hour high")["headline"])


def test_whose_figure_it_is_is_said(service: Service) -> None:
    said = str(headline(service, FIGURE, "is that what new people get")["headline"])
    assert "of all medical records technicians in Texas" in said and "half less" in said


def test_a_figure_of_those_who_start_is_judged_by_the_median(service: Service) -> None:
    said = headline(
        service, Context(topic="pay", occupation=PHARMACY, cues=("starting",), question="a"), "is that decent"
    )
    assert "below the median" in str(said["headline"])


# --- why


@pytest.mark.parametrize("text", ["why so low", "how come", "why is it that much", "what explains that"])
def test_why_after_one_figure_asks_what_pay_depends_on(text: str) -> None:
    turn = in_context(FIGURE, Turn("ask_source", text, (Mention("cue", "driver"),), 0.6))
    assert (turn.intent, turn.values("cue")) == ("ask_pay", ("pay-factor", "why"))


@pytest.mark.parametrize(
    "context",
    [
        PAID,
        replace(FIGURE, second_place="US-OH"),
        replace(FIGURE, cues=("best-places", "states")),
    ],
)
def test_why_after_several_figures_has_no_source(context: Context) -> None:
    turn = in_context(context, Turn("ask_source", "how come it's so different", (), 0.6))
    assert (turn.intent, turn.values("cue")) == (UNCOVERED, ("why",))


def test_why_one_grows_faster_asks_for_the_reasons_of_growth() -> None:
    grown = replace(PAID, question="which is growing faster")
    assert in_context(grown, Turn("ask_source", "why", (), 0.6)).intent == "ask_outlook"


def test_why_of_something_else_is_read_by_itself() -> None:
    assert in_context(FIGURE, Turn("ask_uncovered", "why do they wear white shoes", (), 0.9)).intent == "ask_uncovered"


def test_a_reason_for_the_pay_is_said_where_there_is_one(service: Service) -> None:
    known = headline(service, FIGURE, "why so low")
    assert "depends" in str(known["headline"])
    unknown = service.topic(
        Context(topic="pay", occupation="dental-hygienists", question="pay"), Turn("ask_pay", "why")
    )
    assert unknown.message[1]["type"] == "no_source"


def test_a_disagreement_is_looked_for_beyond_the_headline(service: Service, ask: Ask) -> None:
    growth = ask("outlook", occupation=CODER, said="how fast is it growing")
    why = Turn("ask_disagreement", "why do your sources differ on that", (Mention("cue", "driver"),))
    payload = service.about(growth.context, why).message[1]
    assert payload["type"] == "answer" and payload["topic"] == "outlook"
    assert "older people" not in payload["points"][0]["text"]  # the reason for the growth is not what was answered


# --- which ones there are


def test_which_exams_there_are_is_answered_by_all_of_them(ask: Ask) -> None:
    listed = ask("certification", occupation=CODER, said="what kinds of exams are there").message[1]["headline"]
    assert "RHIT" in listed and "CCS" in listed
    best = ask("certification", occupation=CODER, said="which exams do I need").message[1]["headline"]
    assert "CCS" not in best


def test_one_is_picked_out_by_the_likeness_of_what_sources_say() -> None:
    phrase = Picked(Turn("ask_pay", "pay of that one"), "the kind one", "x")
    turn = Turn("ask_pay", "pay of the kind one", picked=phrase)
    near = {CODER: 0.9, NURSE: 1.3}
    found = resolved(PAID, turn, lambda *_: None, lambda *_: (), lambda _, id: near[id])
    assert found.values("occupation") == (NURSE,)
    alike = resolved(PAID, turn, lambda *_: None, lambda *_: (), lambda _, id: near[NURSE])
    assert alike is turn  # of both alike


def test_one_of_the_credentials_listed_is_picked_out() -> None:
    context = Context(topic="certification", occupation=CODER, question="which certifications are there")
    phrase = Picked(Turn("nlu_fallback", "I like that one"), "the bachelors one", "x")
    turn = Turn("nlu_fallback", "I like the bachelors one", picked=phrase)
    found = resolved(context, turn, lambda *_: None, lambda _, id: SAYINGS[id], None, ("rhit", "rhia"))
    assert found.values("credential") == ("rhia",)


def test_where_somebody_works_picks_no_job_out() -> None:
    picked = Picked(Turn("follow_up", "and that one"), "the hospital one", "x")
    turn = Turn("follow_up", "and the hospital one", (Mention("employer_type", "hospitals"),), picked=picked)
    assert resolved(PAID, turn, lambda *_: None, lambda *_: (), lambda *_: 2.0) is turn
