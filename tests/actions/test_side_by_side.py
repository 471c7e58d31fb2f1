"""Three or more side by side, what follows a comparison, places by their jobs, and the way from one job to another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.asides import at_a_practice
from actions.context import Context
from actions.leaning import in_context
from actions.nicknames import nicknamed
from actions.plain_questions import names_two
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from knowledge.query import Evidence, KnowledgeBase
from tests import checks

CODER, NURSE, ASSISTANT, PHARMACY = (
    "medical-records-technician",
    "registered-nurse",
    "medical-assistant",
    "pharmacy-technician",
)
MANAGER, TECHNOLOGIST = "health-services-manager", "health-information-technologist"
THREE = [PHARMACY, ASSISTANT, CODER]
Ask = Callable[..., Outcome]
Find = Callable[[str], "Evidence | None"]


@pytest.fixture
def say(service: Service) -> Callable[..., Outcome]:
    """A message as the conversation takes it: say("which of the three …", after=outcome, intent="ask_pay")."""

    def turn(text: str, *, after: Outcome, intent: str = "ask_comparison", **named: str) -> Outcome:
        mentions = tuple(Mention(kind, value) for kind, value in named.items())
        return service.topic(after.context, Turn(intent, text, mentions, confidence=0.5))

    return turn


def test_the_best_paid_of_three_leads_and_the_table_has_all(ask: Ask, find: Find) -> None:
    text, payload = ask("pay", said="of these three, which pays most?", occupation=THREE).message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["headline"].startswith("Of these, medical records technicians earned most")
    assert payload["table"]["columns"] == [
        "",
        "pharmacy technicians",
        "medical assistants",
        "medical records technicians",
    ]
    assert [len(row["cells"]) for row in payload["table"]["rows"]] == [3, 3, 3]
    assert [point["text"][:8] for point in payload["points"][:2]] == ["Pharmacy", "Medical "]  # in their order


@pytest.mark.parametrize(
    ("said", "headline"),
    [
        ("which needs the least schooling?", "Of these, pharmacy technicians typically need the least schooling"),
        ("which grows fastest?", "Of these, medical assistants have the fastest projected growth: 12.5%"),
        ("which grows slowest?", "Of these, pharmacy technicians have the slowest projected growth: 6.4%"),
        ("which has the most openings?", "Of these, medical assistants have the most projected openings each year"),
        ("which pays least?", "Of these, medical assistants earned least"),
        ("which takes the least time to learn?", "Most postsecondary pharmacy technology programs give a certificate"),
        ("what is the difference between them?", "Pharmacy technicians are"),
    ],
)
def test_three_are_compared_by_what_is_asked(ask: Ask, find: Find, said: str, headline: str) -> None:
    text, payload = ask("comparison", said=said, occupation=THREE).message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["headline"].startswith(headline)


def test_which_of_the_three_is_asked_of_all_that_were_compared(ask: Ask, say: Ask) -> None:
    first = ask("pay", said="of these three, which pays most?", occupation=THREE)
    second = say("which of the three needs the least school?", after=first)
    assert second.message[1]["headline"].startswith("Of these, pharmacy technicians")
    third = say("and which grows fastest?", after=second)
    assert third.message[1]["headline"].startswith("Of these, medical assistants")
    assert say("what skills do I need for that one", after=third, intent="ask_skills").context.occupation == ASSISTANT


def test_both_is_asked_of_all_three(ask: Ask, say: Ask) -> None:
    first = ask("comparison", said="compare them", occupation=THREE)
    assert say("do all three need a license", after=first, intent="ask_certification").message[1]["sections"]


def test_another_one_is_added_to_those_compared(ask: Ask, say: Ask) -> None:
    first = ask("comparison", said="which pays more?", occupation=[PHARMACY, ASSISTANT])
    added = say("add nurses to that", after=first, intent="follow_up", occupation=NURSE)
    assert added.context.compared("occupation") == (NURSE, PHARMACY, ASSISTANT)  # the one that leads is talked of
    assert added.message[1]["headline"].startswith("Of these, registered nurses earned most")


def test_three_credentials_stand_in_one_table(ask: Ask, find: Find) -> None:
    text, payload = ask(
        "certification", said="RHIT, RHIA or CCA?", occupation=CODER, credential=["rhit", "rhia", "cca"]
    ).message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["table"]["columns"] == ["", "RHIT", "RHIA", "CCA"]


def test_three_places_and_three_kinds_of_employer_are_ranked(ask: Ask, find: Find) -> None:
    places = ask("pay", said="where is pay best?", occupation=CODER, place=["US-OH", "US-IN", "US-MI"])
    assert places.message[1]["headline"].startswith("Of these places, Ohio paid medical records technicians most")
    employers = ask(
        "pay",
        said="where is pay best?",
        occupation=CODER,
        employer_type=["hospitals", "physician-offices", "insurance"],
    )
    assert "earned most with insurers" in employers.message[1]["headline"]
    for outcome in (places, employers):
        assert checks.reply_faults(*outcome.message, find) == []


def test_the_same_places_are_compared_for_another_occupation(ask: Ask, service: Service) -> None:
    first = ask("pay", said="where is pay best?", occupation=CODER, place=["US-OH", "US-IN", "US-MI"])
    nurses = Turn("follow_up", "and nurses", (Mention("occupation", NURSE, (), 4, 10),))
    again = service.topic(first.context, nurses)
    assert again.context.compared("place") == ("US-OH", "US-IN", "US-MI")


def test_places_are_compared_by_how_many_they_employ(ask: Ask, find: Find) -> None:
    asked = {"occupation": CODER, "place": ["US-CA", "US-NY"]}
    text, payload = ask("outlook", said="are there more coders in California or New York?", **asked).message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["headline"].startswith("Of these places, California employed the most")
    assert "9,080" in text
    growth = ask("outlook", said="is demand higher in California or New York?", **asked).message[1]
    assert growth["type"] == "no_source"  # which projections by place would say


def test_the_gap_is_that_of_what_was_compared(ask: Ask, say: Ask) -> None:
    first = ask("comparison", said="which grows faster?", occupation=[ASSISTANT, CODER])
    assert "5.4 percentage points" in say("by how much?", after=first, intent="nlu_fallback").message[1]["headline"]
    paid = say("whats the pay gap", after=first, intent="ask_pay")
    assert "$5,450" in paid.message[1]["headline"]


def test_the_way_from_one_to_the_other_starts_with_less_schooling(ask: Ask, say: Ask, find: Find) -> None:
    first = ask("comparison", said="what is the difference?", occupation=[MANAGER, CODER])
    text, payload = say("how could I get from one to the other?", after=first, intent="ask_advancement").message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["headline"].startswith("Medical records technicians may move up to become medical and health")
    assert "bachelor's degree" in text


def test_what_someone_does_is_set_behind_what_it_is_compared_with(ask: Ask, say: Ask) -> None:
    first = ask("advancement", occupation=CODER)
    apart = say("how is a technologist different from what I do", after=first, occupation=TECHNOLOGIST)
    assert apart.context.occupation == TECHNOLOGIST


def test_a_source_that_sets_two_apart_leads_though_only_statistics_know_one(ask: Ask, say: Ask) -> None:
    first = ask("education", occupation=ASSISTANT)
    same = say("is that the same as a physician assistant", after=first, occupation="physician-assistants")
    assert same.message[1]["headline"].startswith("A medical assistant is not a physician assistant")


def test_a_credential_that_someone_told_of_is_compared_later(service: Service) -> None:
    told = Turn(
        "ask_certification",
        "Could I take the CCS?",
        (Mention("credential", "ccs"),),
        told=(Mention("credential", "cca"),),
    )
    first = service.topic(Context(occupation=CODER), told)
    later = service.topic(first.context, Turn("ask_source", "what does it prove that mine doesn't", confidence=0.4))
    assert later.context.compared("credential") == ("ccs", "cca")
    assert "higher level" in later.message[0]


def test_the_degree_that_one_credential_takes_leads_where_the_other_has_none(ask: Ask) -> None:
    payload = ask(
        "comparison", said="which one makes me go get a degree", occupation=CODER, credential=["cpc", "rhit"]
    ).message[1]
    assert payload["headline"].startswith("Graduates of an associate program")


def test_a_doctor_is_an_employer_where_someone_works_for_one() -> None:
    text = "is it more at a hospital than at like a family doctor"
    start = text.index("family doctor")
    doctor = Mention("occupation", "family-medicine-physicians", (), start, len(text))
    turn = at_a_practice(Turn("ask_comparison", text, (Mention("employer_type", "hospitals", (), 16, 24), doctor)))
    assert turn.values("employer_type") == ("hospitals", "physician-offices")
    plain = "what does a family doctor make"
    named = Mention("occupation", "family-medicine-physicians", (), 12, 25)
    assert at_a_practice(Turn("ask_pay", plain, (named,))).values("occupation") == ("family-medicine-physicians",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how many technologist positions open up", TECHNOLOGIST),
        ("would i touch patients in records", CODER),
        ("do I need patience", None),
    ],
)
def test_a_word_of_one_of_those_compared_names_it(knowledge: KnowledgeBase, text: str, expected: str | None) -> None:
    options = (f"occupation:{TECHNOLOGIST}", f"occupation:{CODER}")
    context = Context(topic="outlook", occupation=TECHNOLOGIST, options=options)
    found = nicknamed(knowledge.catalog, context, Turn("ask_outlook", text)).values("occupation")
    assert found == ((expected,) if expected else ())


def test_two_degrees_of_nurses_are_two_things() -> None:
    text = "ADN or BSN, which is quicker"
    both = (Mention("occupation", NURSE, (), 0, 3), Mention("occupation", NURSE, (), 7, 10))
    assert names_two(Turn("ask_education", text, both, ranking=(("ask_comparison", 0.2),)))


def test_two_named_jobs_that_differ_are_compared_whatever_the_classifier_says() -> None:
    both = (Mention("occupation", PHARMACY, (), 3, 16), Mention("occupation", NURSE, (), 32, 37))
    turn = Turn("ask_how_to_become", "is pharmacy tech different from nurse", both)
    assert in_context(Context(), turn).intent == "ask_comparison"
    stress = Turn("ask_fit", "is the stress different for pharmacy techs and nurses", both)
    assert in_context(Context(), stress).intent == "ask_fit"


def test_credentials_of_which_no_more_than_the_name_is_known_are_named(ask: Ask, find: Find) -> None:
    said = "what does CEHRS stand for also NRCCS"
    text, payload = ask("certification", said=said, occupation=CODER, credential=["cehrs", "nrccs"]).message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["type"] == "answer"


def test_two_names_of_the_job_that_someone_has_are_one(ask: Ask, say: Ask) -> None:
    first = ask("pay", said="I am a medical coder, what is the pay?", occupation=CODER)
    told = replace(first, context=replace(first.context, own=CODER))
    both = replace(told.context, occupation=CODER, second_occupation=CODER)
    assert say("how is a coder different from what I do?", after=replace(told, context=both)).message[0]


def test_kinds_of_employer_are_compared_by_how_many_they_employ(ask: Ask, find: Find) -> None:
    text, payload = ask(
        "comparison",
        said="how many coders work in hospitals and how many with insurers?",
        occupation=CODER,
        employer_type=["hospitals", "insurance"],
    ).message
    assert checks.reply_faults(text, payload, find) == []
    assert payload["headline"].startswith("The most medical records technicians worked in hospitals in May 2025: about")
    assert [row["title"] for row in payload["table"]["rows"]] == ["Number of jobs"]
