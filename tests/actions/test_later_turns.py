"""Which thing a later turn means: a job called by its work, the place named last, a third one, one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.against import in_passing, set_against
from actions.choosing import placed
from actions.context import Context, understand
from actions.leaning import in_context
from actions.mine import of_own
from actions.nicknames import nicknamed, with_coding
from actions.references import compared
from actions.service import Outcome, Service
from actions.stories import asked_about, own_job
from actions.turn import Mention, Turn
from knowledge.embedding import MiniLM, pack
from knowledge.query import KnowledgeBase

Ask = Callable[..., Outcome]
CODER, TECHNOLOGIST, MANAGER = (
    "medical-records-technician",
    "health-information-technologist",
    "health-services-manager",
)
NURSE, ASSISTANT, PHARMACY, TYPIST = (
    "registered-nurse",
    "medical-assistant",
    "pharmacy-technician",
    "medical-transcriptionist",
)
DALLAS, TAMPA, ATLANTA = "M19100", "M45300", "M12060"


def named(text: str, intent: str, **names: tuple[str, str]) -> Turn:
    """A message; `names`: by kind the id and the words that say it."""
    mentions = tuple(
        Mention(kind, id, (), text.index(said), text.index(said) + len(said)) for kind, (id, said) in names.items()
    )
    return Turn(intent, text, mentions, 0.6)


def talked(topic: str, *ids: str, **more: object) -> Context:
    """A conversation on a topic, in which occupations were talked of, the last last."""
    recent = tuple(f"occupation:{id}" for id in ids)
    return replace(Context(topic=topic, occupation=ids[-1], recent=recent, question="x"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "text", "meant"),
    [
        (TYPIST, "alright, billing it is. who teaches that", (CODER,)),
        (ASSISTANT, "she also thought about transcription. any exam in that", (TYPIST,)),
        (ASSISTANT, "i guess i'd go pharmacy, is a license needed", (PHARMACY,)),
        (NURSE, "compare those to records please", (CODER,)),
        (CODER, "does pharmacy offer that", (PHARMACY,)),
        (ASSISTANT, "is it the same at a pharmacy", ()),
        (NURSE, "do they keep the records themselves", ()),
    ],
)
def test_a_job_is_called_by_its_work(knowledge: KnowledgeBase, held: str, text: str, meant: tuple[str, ...]) -> None:
    found = nicknamed(knowledge.catalog, talked("outlook", held), Turn("ask_education", text))
    assert found.values("occupation") == meant


def test_a_pharmacy_among_workplaces_is_one(knowledge: KnowledgeBase) -> None:
    asked = named("what about pharmacy", "follow_up", employer_type=("pharmacies", "pharmacy"))
    at_work = talked("pay", ASSISTANT, employer_type="hospitals")
    assert nicknamed(knowledge.catalog, at_work, asked).values("employer_type") == ("pharmacies",)


def test_the_job_that_someone_has_is_not_the_one_they_ask_about(knowledge: KnowledgeBase) -> None:
    asked = named("i meant transcription, i'm a nurse already", "follow_up", occupation=(NURSE, "nurse"))
    found = nicknamed(knowledge.catalog, talked("education", NURSE), asked)
    assert found.values("occupation") == (TYPIST,) and [m.value for m in found.told] == [NURSE]


def test_a_word_of_one_of_two_names_it_beside_a_degree(knowledge: KnowledgeBase) -> None:
    two = talked("comparison", TECHNOLOGIST, CODER, options=(f"occupation:{CODER}", f"occupation:{TECHNOLOGIST}"))
    asked = named("is a two year degree okay for the technologist", "ask_education", level=("associate", "two year"))
    assert nicknamed(knowledge.catalog, two, asked).values("occupation") == (TECHNOLOGIST,)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("oh there's registrars also. what does that one pay", "pay"),
        ("hm and registrars, is that one growing", "outlook"),
        ("does that one earn more than registrars", None),
    ],
)
def test_a_third_one_is_asked_about_alone(text: str, topic: str | None) -> None:
    two = talked("comparison", ASSISTANT, NURSE, options=(f"occupation:{NURSE}", f"occupation:{ASSISTANT}"))
    asked = named(text, "follow_up", occupation=(TECHNOLOGIST, "registrars"))
    found = in_context(two, asked)
    assert (found.intent == f"ask_{topic}") is (topic is not None)


def test_the_second_one_is_asked_what_the_message_says() -> None:
    two = talked("comparison", ASSISTANT, NURSE, options=(f"occupation:{ASSISTANT}", f"occupation:{NURSE}"))
    asked = named("and the second one takes a bachelor's?", "ask_comparison", level=("bachelor", "bachelor's"))
    found = in_context(replace(two, question="what is the difference"), asked)
    assert found.intent == "ask_education" and found.values("occupation") == (NURSE,)


def test_there_is_the_place_named_last() -> None:
    first = understand(Context(), Turn("ask_pay", "x", (Mention("occupation", NURSE), Mention("place", TAMPA))), CODER)
    two = understand(first, Turn("ask_comparison", "vs dallas", (Mention("place", DALLAS),)), CODER)
    asked = named("would assistants do better there?", "follow_up", occupation=(ASSISTANT, "assistants"))
    assert understand(two, asked, CODER).place == DALLAS
    assert understand(two, replace(asked, text="would assistants do better?"), CODER).place == TAMPA


def test_the_states_of_two_cities(knowledge: KnowledgeBase) -> None:
    two = talked("comparison", CODER, place=TAMPA, second_place=ATLANTA)
    asked = Turn("follow_up", "oops i wanted the whole states", (Mention("place", "US"),))
    assert placed(knowledge.catalog, two, asked).values("place") == ("US-FL", "US-GA")
    assert placed(knowledge.catalog, two, replace(asked, text="and in the States")).values("place") != (
        "US-FL",
        "US-GA",
    )


def test_a_place_where_one_lives_is_not_the_wider_one_that_is_meant() -> None:
    text = "i wanted all of florida, we live by tampa"
    lives, wider = text.index("tampa"), text.index("florida")
    places = (Mention("place", "US-FL", (), wider, wider + 7), Mention("place", TAMPA, (), lives, lives + 5))
    asked = Turn("follow_up", text, places, 0.9)
    found = asked_about(asked, lambda id: True, lambda place, wider: (place, wider) == (TAMPA, "US-FL"))
    assert found.values("place") == ("US-FL",)


def test_which_of_them_grows_is_asked_of_jobs_not_of_places() -> None:
    places = ("place:US-OH", "place:US-TX")
    both = talked("pay", NURSE, ASSISTANT, place="US-OH", options=places)
    both = replace(both, recent=(*both.recent, *places))
    grows = compared(both, Turn("ask_comparison", "which one has more growth"))
    assert {m.value for m in grows} == {NURSE, ASSISTANT}
    pays = compared(both, Turn("ask_comparison", "which one pays more"))
    assert {m.kind for m in pays} == {"place"}


def test_which_of_those_that_were_listed_is_not_of_the_jobs_before() -> None:
    listed = talked("certification", NURSE, CODER)
    assert compared(listed, Turn("ask_experience", "which of these is easier")) == ()
    assert len(compared(listed, Turn("ask_comparison", "which of these pays more"))) == 2


def test_what_was_asked_of_another_is_asked_of_me() -> None:
    told = with_coding(Turn("ask_pay", "I currently do billing. does a clinic pay less"), CODER)
    assert own_job(told) == CODER
    context = talked("work_setting", CODER, ASSISTANT, own=CODER)
    found = of_own(context, Turn("smalltalk", "and for me?", (), 0.4))
    assert found.intent == "follow_up" and found.values("occupation") == (CODER,)


def test_the_job_of_a_relative_is_told() -> None:
    text = "my nephew is at a diner as a waiter, does a hospital pay techs better"
    asked = named(text, "ask_pay", occupation=("waiters", "waiter"))
    beside = replace(asked, mentions=(*asked.mentions, Mention("occupation", PHARMACY, (), 56, 61)))
    found = asked_about(beside, lambda id: id == PHARMACY, lambda place, wider: False)
    assert found.values("occupation") == (PHARMACY,)
    same = named("is my aide job the same as a nurse", "ask_comparison", occupation=(NURSE, "nurse"))
    assert asked_about(same, lambda id: True, lambda place, wider: False).values("occupation") == (NURSE,)


def test_the_step_from_one_job_to_another_is_asked_of_both(service: Service) -> None:
    context = talked("pay", NURSE, MANAGER)
    asked = named("could a nurse step up into that one day", "ask_advancement", occupation=(NURSE, "nurse"))
    found = in_passing(context, asked)
    assert found.intent == "ask_advancement" and set(found.values("occupation")) == {MANAGER, NURSE}
    first = named("is it ok to be a nurse first and then do that", "ask_how_to_become", occupation=(NURSE, "nurse"))
    assert in_passing(context, first).intent == "ask_experience"


def test_money_is_weighed_whatever_was_talked_of() -> None:
    context = talked("education", NURSE, MANAGER)
    asked = named("how does it compare with being a nurse, in dollars", "ask_pay", occupation=(NURSE, "nurse"))
    assert set(set_against(context, asked).values("occupation")) == {MANAGER, NURSE}


@pytest.mark.parametrize(
    ("text", "same"),
    [("can transcriptionists do that", True), ("do transcriptionists type all that", False)],
)
def test_the_same_is_asked_of_another(text: str, same: bool) -> None:
    asked = named(text, "nlu_fallback", occupation=(TYPIST, "transcriptionists"))
    found = in_context(talked("work_setting", CODER), asked)
    assert (found.intent == "follow_up") is same


def test_what_no_source_answered_is_asked_of_another_by_its_topic() -> None:
    context = talked("outlook", CODER, cues=("employment", "remote"), unanswered="outlook")
    asked = named(
        "would transcriptionists be able to do that", "nlu_fallback", occupation=(TYPIST, "transcriptionists")
    )
    assert in_context(context, asked).intent == "ask_work_setting"


def test_taking_it_is_taking_the_exam() -> None:
    context = talked("certification", CODER, credential="rhit")
    assert (
        in_context(context, Turn("ask_work_setting", "when would she take it", (), 0.4)).intent == "ask_certification"
    )


def test_what_is_said_of_a_job_in_the_statements_of_another(knowledge: KnowledgeBase, service: Service) -> None:
    """The question beside the nurses' statement on college teaching, with the job in it as only statistics know it."""
    one = next(s for s in knowledge.statements(NURSE, "education.value") if s.item == "doctorate-for-college-teaching")
    text = "what degree does it take to teach at a college"
    asked = named(text, "ask_education", occupation=("postsecondary-teachers-all-other", "teach at a college"))
    vector = pack(MiniLM().encode([text])[0])
    found = service.reading.routed(talked("work_setting", NURSE), replace(asked, vector=vector))
    assert one.text and found.values("occupation") == (NURSE,)
    alone = service.reading.routed(talked("work_setting", CODER), replace(asked, vector=vector))
    assert alone.values("occupation") == ("postsecondary-teachers-all-other",)


@pytest.mark.parametrize(
    ("text", "occupation"),
    [
        ("i decided against coding. how long is school", ()),
        ("not coding then. how long is school", ()),
        ("my cousin went into pharmacy. how long is school", ()),
        ("how is the management there", ()),
        ("not coding, i mean transcription. how long is school", (TYPIST,)),
        ("thinking about billing now. how long is school", (CODER,)),
    ],
)
def test_a_word_for_some_work_is_what_is_asked_about_if_it_is_wanted(
    knowledge: KnowledgeBase, text: str, occupation: tuple[str, ...]
) -> None:
    asked = Turn("ask_education", text, (), 0.5)
    assert nicknamed(knowledge.catalog, talked("education", ASSISTANT), asked).values("occupation") == occupation


def test_both_states_of_a_license_are_no_question_on_pay(knowledge: KnowledgeBase) -> None:
    two = replace(talked("pay", NURSE), place="US-TX", second_place="US-OH")
    asked = Turn("ask_certification", "do I need a license in both states", (), 0.9)
    assert placed(knowledge.catalog, two, asked) == asked


def test_the_us_is_a_country(knowledge: KnowledgeBase) -> None:
    told = replace(talked("skills", ASSISTANT), own="nursing-assistants")
    assert of_own(told, Turn("follow_up", "what about the us?")).values("occupation") == ()
    assert of_own(told, Turn("follow_up", "what about us?")).values("occupation") == ("nursing-assistants",)


@pytest.mark.parametrize(
    ("text", "intent", "held", "topic"),
    [
        ("how would I get to nurse anesthetist", "ask_how_to_become", NURSE, "ask_advancement"),
        ("nurse anesthetist, what does the class cost", "ask_tuition", NURSE, None),
        ("how would I get to nurse anesthetist", "ask_how_to_become", CODER, None),
    ],
)
def test_the_way_to_a_next_step_is_told_of_the_job_that_it_follows(
    service: Service, text: str, intent: str, held: str, topic: str | None
) -> None:
    asked = named(text, intent, occupation=("nurse-anesthetists", "nurse anesthetist"))
    vector = pack(MiniLM().encode([text])[0])
    found = service.reading.routed(talked("duties", held), replace(asked, vector=vector))
    assert (found.settled and found.intent) == (topic or False)
    assert (found.values("occupation") == (NURSE,)) is (topic is not None)


@pytest.mark.parametrize("text", ["who does it come from", "who's the cpht through", "who is that one by"])
def test_who_a_credential_comes_from_is_who_gives_it(text: str) -> None:
    context = replace(talked("certification", PHARMACY), credential="cpht")
    found = in_context(context, Turn("ask_disagreement", text, (), 0.3))
    assert (found.intent, found.settled) == ("ask_certification", True)
    assert "issuer" in found.values("cue")


def test_which_of_those_asks_about_the_jobs_that_were_listed() -> None:
    text = "which of those works with animals"
    found = in_context(talked("related_careers", ASSISTANT), Turn("ask_duties", text, (), 0.5, (("ask_duties", 0.5),)))
    assert found.intent == "ask_related_careers" and not found.settled  # whether a source says it the gate decides
    paid = in_context(talked("related_careers", ASSISTANT), Turn("ask_pay", "which of those pays most", (), 0.9))
    assert paid.intent == "ask_pay"


def test_why_so_much_is_asked_of_pay_though_another_question_stood_beside_it() -> None:
    found = in_context(talked("work_setting", PHARMACY), Turn("ask_pay", "how come so little", (), 0.4))
    assert (found.intent, found.settled) == ("ask_pay", True) and "pay-factor" in found.values("cue")
    other = in_context(talked("work_setting", PHARMACY), Turn("ask_work_setting", "how come so little", (), 0.4))
    assert "pay-factor" not in other.values("cue")
