"""Who and what a question is about, where the conversation or the story names others as well."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.against import in_passing
from actions.asides import without_asides
from actions.choosing import akin, placed
from actions.context import Context, understand
from actions.leaning import in_context
from actions.nicknames import nicknamed
from actions.service import Outcome, Service
from actions.stories import own_job, own_place
from actions.turn import Mention, Turn
from knowledge.query import KnowledgeBase

Ask = Callable[..., Outcome]
CODER, TECHNOLOGIST, MANAGER = (
    "medical-records-technician",
    "health-information-technologist",
    "health-services-manager",
)
NURSE, ASSISTANT, PHARMACY = "registered-nurse", "medical-assistant", "pharmacy-technician"
TYPIST, RECRUITER, PHARMACISTS = "medical-transcriptionist", "human-resources-specialists", "pharmacists"
JOBS = {
    "recruiter": RECRUITER,
    "cancer registrar": TECHNOLOGIST,
    "nurse practitioner": "nurse-practitioners",
    "nurse": NURSE,
    "manager": MANAGER,
    "coders": CODER,
    "records people": CODER,
    "pharmacist": PHARMACISTS,
    "LPNs": "licensed-practical-and-licensed-vocational-nurses",
    "MA": ASSISTANT,
}


def turn(text: str, intent: str = "ask_advancement") -> Turn:
    names = re.finditer("|".join(rf"\b{name}s?\b" for name in JOBS), text)
    mentions = (Mention("occupation", JOBS.get(m.group(), JOBS.get(m.group()[:-1], "")), (), *m.span()) for m in names)
    return Turn(intent, text, tuple(mentions), 0.7)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a recruiter mentioned 'cancer registrar' - what do they do?", (TECHNOLOGIST,)),
        ("the recruiter at a billing school was awfully pushy, is it any good", ()),
        ("a nurse at my clinic told me billing pays, how long is the school", ()),
        ("what does a recruiter make", (RECRUITER,)),
        ("what do nurses in hospitals do", (NURSE,)),
        ("is the nurse making more than me", (NURSE,)),
        ("do they take orders from a pharmacist all day", ()),
        ("does a MA work alongside a nurse", (ASSISTANT,)),
        ("who works under a pharmacist", (PHARMACISTS,)),
        ("i work alongside a nurse now and want to be one", (NURSE,)),
        ("do you have anything under pharmacist", (PHARMACISTS,)),
    ],
)
def test_who_only_said_something_is_not_asked_about(text: str, left: tuple[str, ...]) -> None:
    assert without_asides(turn(text)).values("occupation") == left


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("can they become managers?", True),
        ("could one of them end up as a pharmacist one day", True),
        ("is it possible to get promoted to manager", True),
        ("can you become a nurse from there", True),
        ("what does a manager earn", False),
        ("would I make a good nurse", False),
    ],
)
def test_what_one_moves_up_to_is_asked_of_the_job_talked_of(text: str, held: bool) -> None:
    found = in_passing(Context(topic="duties", occupation=ASSISTANT, question="x"), turn(text))
    assert (found.values("occupation") == ()) is held


def test_what_one_does_that_another_does_not_is_a_comparison() -> None:
    asked = turn("what do those do that records people do not?", "ask_duties")
    found = in_passing(Context(topic="pay", occupation=ASSISTANT, question="x"), asked)
    assert found.intent == "ask_comparison" and found.values("occupation") == (ASSISTANT, CODER)


@pytest.mark.parametrize(
    ("text", "one", "intent"),
    [
        ("How do you go from nurse to nurse practitioner", NURSE, "ask_advancement"),
        ("can coders become managers", CODER, "ask_advancement"),
        ("how do LPNs become nurses", NURSE, "ask_how_to_become"),
    ],
)
def test_a_way_up_is_asked_of_the_one_that_is_known(service: Service, text: str, one: str, intent: str) -> None:
    found = service.reading.told(turn(text))
    assert found.values("occupation") == (one,) and found.intent == intent


def test_a_technician_is_of_the_field_that_the_story_names(knowledge: KnowledgeBase) -> None:
    story = "My daughter dreams of pharmacy and wants a tech job first. What would she do?"
    start = story.index("tech")
    unclear = Mention("occupation", CODER, (CODER, PHARMACY), start, start + 4)
    asked = Turn("ask_duties", " " * 56 + story[56:], (unclear,), story=story)
    assert akin(knowledge.catalog, Context(), asked).mentions[0].value == PHARMACY
    quoted = Turn(
        "ask_certification", "our pharmacist says techs need a license", (replace(unclear, start=20, end=25),)
    )
    assert akin(knowledge.catalog, Context(), quoted).mentions[0].value == PHARMACY


@pytest.mark.parametrize(
    ("held", "text", "meant"),
    [
        (TYPIST, "say I switched to coding, what would I have to learn", (CODER,)),
        (PHARMACY, "suppose I tried billing, would I need a license", (CODER,)),
        (ASSISTANT, "and if I went into records how long is it", (CODER,)),
        (ASSISTANT, "do they have to know billing", ()),
        (NURSE, "how is the billing done", ()),
    ],
)
def test_work_that_one_might_turn_to_is_the_occupation(
    knowledge: KnowledgeBase, held: str, text: str, meant: tuple[str, ...]
) -> None:
    context = Context(topic="outlook", occupation=held, recent=(f"occupation:{held}",), question="x")
    assert nicknamed(knowledge.catalog, context, Turn("ask_education", text)).values("occupation") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("would i be touching patients in records", (CODER,)),
        ("how many technician openings a year", (CODER,)),
        ("which one is in records", ()),
        ("what does the assistant do", ()),
    ],
)
def test_a_word_of_one_of_two_compared_names_it(knowledge: KnowledgeBase, text: str, meant: tuple[str, ...]) -> None:
    two = (f"occupation:{ASSISTANT}", f"occupation:{CODER}")
    context = Context(topic="comparison", occupation=ASSISTANT, second_occupation=CODER, options=two, recent=two)
    assert nicknamed(knowledge.catalog, context, Turn("ask_duties", text)).values("occupation") == meant


@pytest.mark.parametrize(
    ("remark", "question", "meant"),
    [
        ("i guess ill pick nursing. ", "what does it cost", (NURSE,)),
        ("ok transcription it is. ", "what would i study", (TYPIST,)),
        ("she likes the sound of pharmacy. ", "do they want a license", (PHARMACY,)),
        ("we talked about coding and billing too. ", "which test is there", ()),
        ("he doesnt like nursing. ", "what else is there", ()),
    ],
)
def test_what_a_remark_chooses_is_what_its_question_is_about(
    knowledge: KnowledgeBase, remark: str, question: str, meant: tuple[str, ...]
) -> None:
    context = Context(topic="pay", occupation=ASSISTANT, recent=(f"occupation:{ASSISTANT}",), question="x")
    asked = Turn("ask_certification", " " * len(remark) + question, story=remark + question)
    assert nicknamed(knowledge.catalog, context, asked).values("occupation") == meant


def test_what_someone_does_is_only_what_the_other_is_set_against(ask: Ask) -> None:
    own = Context(topic="advancement", occupation=CODER, own=CODER, question="x")
    first = ask(
        "comparison", after=Outcome(("", {}), own), said="how is it different from what I do", occupation=TECHNOLOGIST
    )
    degree = ask("education", after=first, said="degree for it?")
    assert degree.context.occupation == TECHNOLOGIST


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("MA for six years. how does it compare", ASSISTANT),
        ("MA 12 yrs, what pays more", ASSISTANT),
        ("what does an MA do all day", None),
    ],
)
def test_years_in_a_job_tell_that_someone_has_it(text: str, own: str | None) -> None:
    assert own_job(turn(text, "ask_comparison")) == own


def test_where_someone_lives_stays_the_place_of_pay(ask: Ask) -> None:
    first = ask("pay", said="laid off in Tulsa, what does coding pay here", occupation=CODER, place="M46140")
    assert first.context.home == "M46140"
    assert ask("pay", after=first, said="what is the going rate for nurses", occupation=NURSE).context.place == "M46140"
    assert own_place(Turn("ask_pay", "what do they earn in Ohio", (Mention("place", "US-OH"),))) is None


def test_the_state_is_the_one_talked_of_not_the_states(knowledge: KnowledgeBase) -> None:
    asked = Turn("ask_pay", "what do the best paid in the state get", (Mention("place", "US"),))
    assert placed(knowledge.catalog, Context(topic="pay", place="US-FL"), asked).values("place") == ("US-FL",)


HOLDS = Context(topic="education", occupation=CODER, credential="rhit", recent=("credential:rhit",), question="x")


@pytest.mark.parametrize(
    ("context", "text", "kept"),
    [
        (HOLDS, "and who hands out the credential", "rhit"),
        (replace(HOLDS, topic="certification"), "who's behind it", "rhit"),
        (replace(HOLDS, topic="certification"), "what's the beginner one called", None),
    ],
)
def test_the_credential_talked_of_is_the_one_that_is_pointed_at(context: Context, text: str, kept: str | None) -> None:
    meant = in_context(context, Turn("ask_certification", text, (), 0.6))
    assert understand(context, meant, CODER).credential == kept


def test_who_is_behind_an_exam_without_a_name_is_its_issuer() -> None:
    general = replace(HOLDS, topic="certification", credential=None)
    meant = in_context(general, Turn("ask_source", "who's behind it", (), 0.6))
    assert meant.intent == "ask_certification" and meant.values("cue") == ("issuer",)
    assert in_context(general, Turn("ask_pay", "who makes the most", (), 0.9)).values("cue") == ()


def test_experience_before_an_exam_is_asked_of_the_exam() -> None:
    certified = replace(HOLDS, topic="certification", credential=None)
    asked = Turn("ask_certification", "do you need to have worked in it before taking that", (), 0.6)
    assert in_context(certified, asked).values("cue") == ("experience-for-exam",)


def test_an_answer_that_led_with_one_credential_of_several_binds_nobody(ask: Ask) -> None:
    led = Context(topic="certification", occupation=CODER, credential="nrccs", question="x")
    said = "do you need to have worked in it before taking that"
    cues = ["experience-for-exam"]
    found = ask("certification", after=Outcome(("", {}), led), said=said, cue=cues)
    assert found.message[1]["type"] == "answer"
    named = replace(led, recent=("credential:nrccs",))
    assert ask("certification", after=Outcome(("", {}), named), said=said, cue=cues).message[1]["type"] == "no_source"


def test_who_says_what_was_shown_beside_no_source(service: Service, knowledge: KnowledgeBase) -> None:
    asked = Turn(
        "ask_uncovered",
        "how far does that get me",
        (Mention("credential", "rhit"),),
        0.9,
        (("ask_certification", 0.3),),
    )
    missing = service.uncovered(Context(), asked)
    assert missing.message[1]["type"] == "no_source" and missing.message[1]["nearby"]
    text, payload = service.about(missing.context, Turn("ask_source", "who says that?", (), 0.9)).message
    assert payload["type"] == "answer" and text.startswith("That comes from") and payload["citations"]


def test_a_kind_of_a_job_is_what_is_told_first(ask: Ask) -> None:
    found = ask("definition", said="Saw 'cancer registrar' on a job site, what is that", occupation=TECHNOLOGIST)
    assert found.message[1]["headline"].startswith("Cancer registrars")
    general = ask("definition", said="what are medical registrars", occupation=TECHNOLOGIST)
    assert "Cancer registrars" not in general.message[1]["headline"]
    paper = ask("duties", said="what do coders do all day, do they file paper records", occupation=CODER)
    plain = ask("duties", said="what do coders do all day, do they file records", occupation=CODER)
    assert paper.message[1]["headline"] == plain.message[1]["headline"]  # paper records are no kind of technician


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("how much does it cost to sit", True),
        ("how much is it to take", True),
        ("and what would i pay to sit", True),
        ("is that one expensive", False),  # what, the classifier tells
        ("how much would it add to my pay", False),
        ("how much does it pay", False),
        ("how much are the classes for it", False),
    ],
)
def test_what_the_exam_costs_is_asked_of_the_credential_talked_of(text: str, asked: bool) -> None:
    held = Context(topic="certification", occupation=CODER, credential="rhit", question="x")
    meant = in_context(held, Turn("ask_tuition", text, (), confidence=0.4))
    assert ("exam-fee" in meant.values("cue") and meant.intent == "ask_certification") == asked


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("We came from Peru in May. What does a clerk do?", ()),
        ("We came from Peru in May. Is my degree any good?", ("Peru",)),  # it is brought from there
        ("what does a clerk do in Peru", ("Peru",)),
    ],
)
def test_where_somebody_is_from_is_not_where_they_ask_about(text: str, country: tuple[str, ...]) -> None:
    start = text.index("Peru")
    asked = Turn("ask_duties", text, (Mention("foreign", "Peru", (), start, start + 4),), 0.7)
    assert without_asides(asked).values("foreign") == country
