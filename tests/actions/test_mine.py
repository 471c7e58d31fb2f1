"""What somebody says they have, asked about later, and what stays talked of after several things were named."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.choosing import akin, placed
from actions.context import Context, understand
from actions.leaning import in_context
from actions.mine import of_own
from actions.picking import described, picked
from actions.references import held
from actions.service import Outcome, Service
from actions.short_questions import credential
from actions.stories import asked_about, own_credential, own_job, own_place
from actions.turn import Mention, Turn
from knowledge.embedding import MiniLM, pack
from knowledge.query import KnowledgeBase

Ask = Callable[..., Outcome]
CODER, NURSE, ASSISTANT = "medical-records-technician", "registered-nurse", "medical-assistant"
TECHNOLOGIST, PHARMACY, CLERKS = "health-information-technologist", "pharmacy-technician", "office-clerks-general"
CHARLOTTE, PORTLAND, MAINE = "M16740", "M38900", "M38860"
NAMES = {
    "occupation": {
        "clerk": CLERKS,
        "coder": CODER,
        "nurse": NURSE,
        "medical assistant": ASSISTANT,
        "pharmacy": PHARMACY,
    },
    "credential": {"RHIT": "rhit", "RHIA": "rhia", "CCA": "cca", "CCS": "ccs"},
    "place": {"Charlotte": CHARLOTTE, "Oregon": "US-OR", "Ohio": "US-OH"},
}


def said(text: str, intent: str = "follow_up", confidence: float = 0.9, story: str | None = None) -> Turn:
    found = [
        Mention(kind, id, (), match.start(), match.end())
        for kind, names in NAMES.items()
        for name, id in names.items()
        for match in re.finditer(rf"\b{name}s?\b", text)
    ]
    return Turn(intent, text, tuple(sorted(found, key=lambda m: m.start)), confidence, story=story)


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("12 years as a clerk and tired. would I make more as a coder", CLERKS),
        ("I spent nine years as a clerk", CLERKS),
        ("i make 17 an hour as a clerk", CLERKS),
        ("would i make 17 an hour as a clerk", None),
        ("do you need two years of school to be a clerk", None),
    ],
)
def test_the_job_that_somebody_has(text: str, job: str | None) -> None:
    assert own_job(said(text)) == job


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("does it pay better than the RHIT I have", "rhit"),
        ("I already have my CCA", "cca"),
        ("i got the RHIT last year", "rhit"),
        ("what is the RHIT", None),
        ("do I need the RHIT", None),
    ],
)
def test_the_credential_that_somebody_has(text: str, held: str | None) -> None:
    assert own_credential(said(text)) == held


def test_of_two_credentials_the_one_that_is_not_held_is_asked_about() -> None:
    def left(text: str) -> list[str]:
        turn = asked_about(said(text, "ask_certification"), lambda id: True, lambda place, wider: False)
        return [mention.value for mention in turn.mentions]

    assert left("I got my CCA. whats the CCS") == ["ccs"]
    assert left("is my CCA better than the CCS") == ["cca", "ccs"]
    assert left("CCA and CCS, what are they") == ["cca", "ccs"]


def test_where_somebody_lives_is_their_home_though_no_other_place_is_named() -> None:
    assert own_place(said("I live in Charlotte. how long is the school")) == CHARLOTTE
    assert own_place(said("I was born in Charlotte. how long is the school")) is None


PAID = Context(topic="pay", occupation=NURSE, own=ASSISTANT, place=CHARLOTTE, question="what do nurses make")
CERTIFIED = Context(
    topic="certification", occupation=CODER, credential="rhia", held="rhit", recent=("credential:rhia",)
)


@pytest.mark.parametrize(
    ("context", "text", "own"),
    [
        (PAID, "and me, I mean what's typical for my job here", ASSISTANT),
        (PAID, "what about my own job", ASSISTANT),
        (PAID, "and people like me?", ASSISTANT),
        (PAID, "would that be more than in my job", None),
        (PAID, "could I keep my job", None),
        (replace(PAID, topic="duties"), "what about my job", None),
        (CERTIFIED, "and what is mine good for", "rhit"),
        (CERTIFIED, "who gives the one I have", "rhit"),
        (CERTIFIED, "does the one I have count for that", None),
        (CERTIFIED, "what is it good for", None),
    ],
)
def test_what_somebody_has_is_asked_about_by_itself(context: Context, text: str, own: str | None) -> None:
    found = of_own(context, said(text, "ask_certification" if context is CERTIFIED else "follow_up"))
    assert [mention.value for mention in found.mentions] == ([own] if own else [])


def test_own_pay_is_told_for_the_same_place(ask: Ask) -> None:
    first = ask("pay", said="what do nurses make in Charlotte", occupation=NURSE, place=CHARLOTTE)
    told = replace(first, context=replace(first.context, own=ASSISTANT))
    text, payload = ask("follow_up", after=told, said="and me, I mean what's typical for my job here").message
    assert payload["occupation"] == ASSISTANT and "Charlotte" in text.split("\n")[0]


def test_the_job_one_has_is_weighed_against_the_one_that_is_talked_of_from_then_on() -> None:
    asked = said("12 years as a clerk. would I make more as a coder", "ask_comparison")
    new = understand(Context(), asked, CODER)
    assert (new.occupation, new.second_occupation) == (CODER, CLERKS)
    monthly = Turn("follow_up", "what's that a month", (Mention("pay_period", "month"),))
    after = understand(replace(new, topic="pay"), monthly, CODER)
    assert after.occupation == CODER and after.question == "what's that a month"


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("how is that different from the RHIT", ("rhia", "rhit")),
        ("does it pay better than the RHIT I have", ("rhia", "rhit")),
        ("and the RHIT", ()),
        ("what about the RHIA", ()),
    ],
)
def test_a_credential_is_set_against_the_one_talked_of(text: str, two: tuple[str, ...]) -> None:
    assert tuple(mention.value for mention in held(CERTIFIED, said(text))) == two


@pytest.mark.parametrize(
    ("text", "intent", "cue"),
    [
        ("what kind of positions do people hold with it", "ask_work_setting", "credential-use"),
        ("what can you do with that one", "ask_capabilities", "credential-use"),
        ("what does it get her", "ask_certification", "credential-use"),
        ("does it need a bachelors", "ask_education", "eligibility"),
        ("can you work from home with it", "ask_work_setting", None),
    ],
)
def test_what_is_asked_of_the_credential_talked_of(text: str, intent: str, cue: str | None) -> None:
    compared = replace(CERTIFIED, topic="comparison", second_credential="rhit")
    for context in (CERTIFIED, compared):
        found = credential(context, Turn(intent, text, (), 0.6))
        if cue is None:
            assert found is None
        else:
            assert found and found.intent == "ask_certification" and cue in found.values("cue")


OPEN = Context(
    topic="pay",
    question="what do technicians make",
    pending=("health-information-technician", CODER, PHARMACY),
)


@pytest.mark.parametrize(
    ("text", "intent", "settled"),
    [
        ("the pharmacy kind", "ask_definition", True),
        ("pharmacy, thats what my aunt is", "ask_definition", True),
        ("pharmacy please, in Ohio", "ask_pay", True),
        ("and do they need a license in pharmacy", "ask_certification", False),
        ("pharmacy. how long is the school?", "ask_education", False),
    ],
)
def test_the_answer_to_a_question_back_asks_the_waiting_question(
    text: str, intent: str, settled: bool, knowledge: KnowledgeBase
) -> None:
    turn = picked(knowledge.catalog, OPEN, said(text, intent, 0.9))
    assert turn.values("occupation") == (PHARMACY,)
    assert (turn.intent == "follow_up" and turn.settled) == settled
    assert turn.values("place") == (("US-OH",) if "Ohio" in text else ())


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("the one who takes care of the patients' charts", CODER),
        ("the ones that count the pills", PHARMACY),
        ("the one that pays better", None),
        ("i dont know which one", None),
        ("the one my cousin does", None),
    ],
)
def test_one_of_several_is_told_by_its_work(text: str, one: str | None, knowledge: KnowledgeBase) -> None:
    vector = MiniLM().encode([text])[0]
    turn = replace(said(text, "ask_definition", 0.6), vector=pack(vector))
    found = described(OPEN, turn, knowledge.likeliest_of_each(vector), knowledge.catalog.stood_in)
    assert found.values("occupation") == ((one,) if one else ())


def test_a_specialist_is_asked_back_about_and_the_other_kind_follows(service: Service) -> None:
    both = (TECHNOLOGIST, CODER)
    unclear = Turn("ask_education", "what schooling does a specialist need", (Mention("occupation", CODER, both),))
    asked = service.topic(Context(), unclear)
    assert asked.message[1]["type"] == "clarify"
    records = service.topic(asked.context, Turn("ask_definition", "the records kind", (), 0.5))
    assert records.message[1]["occupation"] == CODER and records.message[1]["topic"] == "education"
    other = service.topic(records.context, Turn("follow_up", "and the other kind?", (), 0.9))
    assert other.message[1]["occupation"] == TECHNOLOGIST and other.message[1]["topic"] == "education"


@pytest.mark.parametrize(
    ("place", "text", "meant"),
    [
        (PORTLAND, "the Oregon one", PORTLAND),
        (PORTLAND, "the other Portland", MAINE),
        (MAINE, "so what about the Oregon one", PORTLAND),
        (PORTLAND, "and Oregon", "US-OR"),
        ("US-SC", "the other carolina", "US-NC"),
        ("US-NY", "i mean the city", "M35620"),
        ("US-NY", "sorry i meant the city not the state", "M35620"),
    ],
)
def test_which_place_of_a_name(place: str, text: str, meant: str, knowledge: KnowledgeBase) -> None:
    found = placed(knowledge.catalog, Context(topic="pay", occupation=NURSE, place=place), said(text))
    assert found.values("place")[:1] == (meant,)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("nah thats too much school for me. medical assistant?", True),
        ("hm no thanks, what about medical assistants", True),
        ("what does that take? medical assistant", False),
        ("medical assistant pay is low. why", False),
    ],
)
def test_only_a_name_after_a_remark_asks_the_same_again(text: str, same: bool) -> None:
    found = in_context(PAID, said(text, "ask_education", 0.58))
    assert (found.intent == "follow_up" and found.settled) == same


def test_one_place_after_two_is_told_by_itself(ask: Ask, service: Service) -> None:
    places = (Mention("place", "US-NC"), Mention("place", "US-SC"), Mention("occupation", CODER))
    two = service.topic(Context(), Turn("ask_pay", "North or South Carolina, where do coders earn more", places, 0.9))
    assert two.context.second_place == "US-SC"
    text, payload = ask("follow_up", after=two, said="and in Charlotte itself", place=CHARLOTTE).message
    assert payload["topic"] == "pay" and "Charlotte" in text.split("\n")[0]


def test_which_of_the_two_cities_compares_those_talked_of_for_the_job_that_is_named(service: Service) -> None:
    context = Context(
        topic="pay", occupation=NURSE, place="M17820", options=("place:M41740", "place:M17820"), question="x"
    )
    asked = Turn(
        "ask_pay", "which of the two cities pays coders more", (Mention("occupation", CODER, (), 31, 37),), 0.7
    )
    text, payload = service.topic(context, asked).message
    assert payload["occupation"] == CODER and "San Diego" in text and "Colorado Springs" in text


def test_the_answer_to_a_question_back_keeps_the_employer_and_the_other_kind_is_another_job(service: Service) -> None:
    techs = Mention("occupation", CODER, OPEN.pending, 14, 19)
    asked = service.topic(
        Context(),
        Turn("ask_pay", "how much do techs earn at a hospital", (techs, Mention("employer_type", "hospitals"))),
    )
    assert asked.message[1]["type"] == "clarify"
    records = service.topic(
        asked.context, Turn("follow_up", "medical records ones", (Mention("occupation", CODER),), 0.9)
    )
    assert "in hospitals" in records.message[0].split("\n")[0]
    other = Turn("follow_up", "the other kind of tech", (replace(techs, start=18, end=22),), 0.9)
    assert service.topic(records.context, other).message[1]["occupation"] == PHARMACY


def test_both_jobs_that_were_weighed_are_told_for_another_place(ask: Ask) -> None:
    two = ask("pay", said="who makes more, nurses or medical assistants", occupation=[NURSE, ASSISTANT], place="US-OH")
    text, payload = ask("follow_up", after=two, said="and in Charlotte", place=CHARLOTTE).message
    assert "Charlotte" in text.split("\n")[0] and "a difference of" in text
    assert payload["citations"]


def test_pay_is_not_led_by_what_a_job_that_nobody_named_pays(service: Service) -> None:
    question = "what would i make as a coder"
    vector = pack(MiniLM().encode([question])[0])
    found = service.topic(
        Context(), Turn("ask_pay", question, (Mention("occupation", CODER, (), 23, 28),), 0.9, vector=vector)
    )
    assert "$51,140" in found.message[0].split("\n")[0] and "pharmacy technicians" not in found.message[0]


def test_experience_for_the_credential_talked_of_comes_before_that_for_all(service: Service) -> None:
    question = "for that one is experience needed"
    context = Context(topic="certification", occupation=CODER, credential="ccs", question="what is the CCS")
    turn = Turn("ask_experience", question, (), 0.8, vector=pack(MiniLM().encode([question])[0]))
    assert "CCS" in service.topic(context, turn).message[0].split("\n")[0]


def test_the_kind_that_somebody_is_tells_which_is_asked_about(knowledge: KnowledgeBase) -> None:
    unclear = Mention("occupation", CODER, OPEN.pending, 52, 57)
    told = Turn(
        "ask_pay",
        "pharm tech for 4 years. do hospitals pay techs more",
        (unclear,),
        told=(Mention("occupation", PHARMACY),),
    )
    assert akin(knowledge.catalog, Context(), told).values("occupation") == (PHARMACY,)


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("How much do you make after 10 years as a nurse in Ohio?", "nurse"),
        ("Do I need two years of nursing to become a coder?", "nursing"),
    ],
)
def test_a_condition_is_no_job_of_ones_own(text: str, job: str) -> None:
    start = text.index(job)
    named = Mention("occupation", "registered-nurse", start, start + len(job))
    assert own_job(Turn("ask_pay", text, mentions=(named,))) is None
