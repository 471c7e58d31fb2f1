"""What a later turn refers to: places that are not meant, people only told of, what was talked of before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.across_jobs import best_of_all
from actions.against import in_passing, set_against
from actions.asking_back import takes_leave
from actions.choosing import placed
from actions.context import Context, understand
from actions.leaning import in_context
from actions.nicknames import nicknamed
from actions.sides import same_places
from actions.turn import Mention, Turn
from knowledge.query import KnowledgeBase

CODER, MANAGER, NURSE, PHARMACY = (
    "medical-records-technician",
    "health-services-manager",
    "registered-nurse",
    "pharmacy-technician",
)
DALLAS, TAMPA = "M19100", "M45300"


def named(text: str, intent: str, **names: tuple[str, str]) -> Turn:
    """A message; `names`: by kind the id and the words that say it."""
    mentions = tuple(
        Mention(kind, id, (), text.index(said), text.index(said) + len(said)) for kind, (id, said) in names.items()
    )
    return Turn(intent, text, mentions, 0.6)


def talked(topic: str, *names: str, **more: object) -> Context:
    """A conversation on a topic; `names`: what was talked of as kind:id, the last of each kind last."""
    last = dict(name.split(":") for name in names)
    return replace(Context(topic=topic, recent=names, question="x", **last), **more)  # type: ignore[arg-type]


def test_the_state_that_is_no_district(knowledge: KnowledgeBase) -> None:
    asked = named("oh no, the state, not D.C.", "follow_up", place=("US-DC", "D.C."))
    assert placed(knowledge.catalog, talked("pay", "place:US-DC"), asked).values("place") == ("US-WA",)


def test_a_place_that_is_not_meant_gives_way_to_the_one_before(knowledge: KnowledgeBase) -> None:
    context = talked("pay", f"occupation:{CODER}", "place:US-OK", f"place:{DALLAS}")
    asked = named("I want it for back home, not Dallas", "ask_pay", place=(DALLAS, "Dallas"))
    assert understand(context, placed(knowledge.catalog, context, asked), CODER).place == "US-OK"


def test_there_is_the_city_when_only_a_rule_of_its_state_was_asked_for(knowledge: KnowledgeBase) -> None:
    context = talked("certification", f"occupation:{NURSE}", f"place:{TAMPA}", "place:US-FL")
    asked = named("what do coders get there", "ask_pay", occupation=(CODER, "coders"))
    assert placed(knowledge.catalog, context, asked).values("place") == (TAMPA,)
    after_pay = replace(context, topic="pay")
    assert placed(knowledge.catalog, after_pay, asked).values("place") == ()


def test_there_after_an_answer_without_places_asks_for_a_figure(knowledge: KnowledgeBase) -> None:
    asked = named("ok, and nurses there?", "follow_up", occupation=(NURSE, "nurses"))
    context = talked("education", f"occupation:{CODER}", f"place:{TAMPA}")
    assert placed(knowledge.catalog, context, asked).intent == "ask_pay"
    assert placed(knowledge.catalog, replace(context, topic="certification"), asked).intent == "follow_up"


@pytest.mark.parametrize("text", ["those two cities for nurses please", "nurses in both cities?"])
def test_the_same_places_later_on(text: str) -> None:
    context = talked("pay", f"occupation:{CODER}", "place:US-OK", f"place:{TAMPA}", f"place:{DALLAS}")
    found = same_places(context, named(text, "ask_pay", occupation=(NURSE, "nurses")))
    assert found is not None and found.values("place") == (TAMPA, DALLAS)


@pytest.mark.parametrize(
    ("text", "job", "said", "kept"),
    [
        ("I'm a baker. who runs that exam", "bakers", "baker", False),
        ("all the nurses i know are worn out. is there demand for it", NURSE, "nurses", False),
        ("I'm a baker. how much do we make", "bakers", "baker", True),
        ("I'm a baker. would I make more", "bakers", "baker", True),
        ("there are nurses too. how long do they study", NURSE, "nurses", True),
    ],
)
def test_a_name_beside_the_question_may_be_only_told(text: str, job: str, said: str, kept: bool) -> None:
    context = talked("certification", f"occupation:{MANAGER}")
    found = in_passing(context, named(text, "ask_certification", occupation=(job, said)))
    assert found.values("occupation") == ((job,) if kept else ())


def test_what_one_has_to_be_first_is_not_what_is_asked_about() -> None:
    asked = named("would I need to be a nurse first", "ask_how_to_become", occupation=(NURSE, "nurse"))
    found = in_passing(talked("education", f"occupation:{MANAGER}"), asked)
    assert (found.intent, found.values("occupation")) == ("ask_experience", ())


def test_more_than_staying_sets_what_was_talked_of_before_against_it() -> None:
    context = talked("experience", f"occupation:{MANAGER}", f"occupation:{CODER}")
    found = set_against(context, Turn("ask_comparison", "how much more is that than staying a coder", confidence=0.6))
    assert (found.intent, found.values("occupation")) == ("ask_pay", (MANAGER, CODER))


@pytest.mark.parametrize(
    ("text", "intent"),
    [("brand new to it there", "follow_up"), ("do they take people brand new to it", "ask_experience")],
)
def test_a_note_of_a_beginner_after_pay_asks_for_their_pay(text: str, intent: str) -> None:
    turn = Turn("ask_experience", text, (Mention("cue", "starting", (), 0, 3),), 0.9)
    assert in_context(talked("pay", f"occupation:{CODER}"), turn).intent == intent


def test_the_worst_after_the_employers_that_pay_best() -> None:
    context = talked("pay", f"occupation:{CODER}", cues=("employers",))
    found = in_context(context, Turn("follow_up", "and the worst?", (), 0.6))
    assert set(found.values("cue")) == {"worst-places", "employers"}


@pytest.mark.parametrize("text", ["are pharmacy techs too", "does a pharmacy tech have to as well?"])
def test_an_auxiliary_and_too_ask_the_same_again(text: str) -> None:
    asked = replace(named(text, "ask_skills", occupation=(PHARMACY, "pharmacy tech")), confidence=0.9)
    if "techs" in text:
        asked = named(text, "ask_skills", occupation=(PHARMACY, "pharmacy techs"))
    assert in_context(talked("certification", f"occupation:{NURSE}"), asked).intent == "follow_up"


@pytest.mark.parametrize("text", ["what's your source for those salaries", "where do the wage numbers come from"])
def test_a_source_is_asked_for(text: str) -> None:
    assert in_context(talked("outlook", f"occupation:{NURSE}"), Turn("ask_pay", text, (), 0.9)).intent == "ask_source"


def test_a_kind_of_employer_after_a_share_in_a_place_asks_anew() -> None:
    context = talked("pay", f"occupation:{NURSE}", "place:US-KS", statistic="percentile:10")
    names = {"occupation": (NURSE, "nurses"), "employer_type": ("hospitals", "hospitals")}
    assert understand(context, named("what about nurses in hospitals", "follow_up", **names), CODER).statistic is None
    only = named("and in hospitals", "follow_up", employer_type=("hospitals", "hospitals"))
    assert understand(context, only, CODER).statistic == "percentile:10"


def test_the_best_paid_of_all_that_are_known(knowledge: KnowledgeBase) -> None:
    catalog = knowledge.catalog
    found = best_of_all(catalog, Context(), Turn("ask_pay", "what's the best paid job you know"), lambda _: None)
    assert found.intent == "ask_comparison" and {CODER, NURSE, MANAGER} <= set(found.values("occupation"))
    later, states = talked("pay", f"occupation:{CODER}"), Turn("ask_pay", "which state has the best paying jobs")
    assert not best_of_all(catalog, later, states, lambda _: None).settled


def test_one_that_was_talked_of_is_called_by_the_end_of_its_name(knowledge: KnowledgeBase) -> None:
    spoken = talked("pay", "occupation:health-information-technologist", f"occupation:{MANAGER}")
    back = nicknamed(knowledge.catalog, spoken, Turn("ask_pay", "nope. back to the technologist, what is top pay"))
    assert back.values("occupation") == ("health-information-technologist",)
    own = Turn("ask_pay", "would the manager earn more in May")  # who is talked of anyway
    assert nicknamed(knowledge.catalog, spoken, own) is own


def test_a_word_beside_several_questions_chooses(knowledge: KnowledgeBase) -> None:
    context = talked("comparison", f"occupation:{CODER}", "occupation:medical-transcriptionist")
    parts = (Turn("ask_education", "what do i study"), Turn("ask_pay", "what does it pay in Ohio"))
    asked = Turn("ask_pay", "ok coding then. what do i study and what does it pay in Ohio", parts=parts)
    assert nicknamed(knowledge.catalog, context, asked).values("occupation") == (CODER,)


def test_who_starts_from_a_job_of_which_only_figures_are_known_asks_what_the_aim_takes() -> None:
    text = "im a receptionist. can i become a health services manager from there"
    told = (Mention("occupation", "receptionists", (), 5, 17),)
    asked = replace(named(text, "ask_advancement", occupation=(MANAGER, "health services manager")), told=told)
    found = in_passing(Context(), asked, lambda id: id == MANAGER)
    assert (found.intent, found.values("occupation")) == ("ask_experience", (MANAGER,))


@pytest.mark.parametrize(
    "text", ["rn, ma or coder, whats the quickest to get into", "between a nurse and a coder which is the shortest"]
)
def test_the_most_of_several_compares_them(text: str) -> None:
    two = (Mention("occupation", NURSE), Mention("occupation", CODER))
    assert in_context(Context(), Turn("ask_how_to_become", text, two, 0.7)).intent == "ask_comparison"


@pytest.mark.parametrize("text", ["oh wow why", "dang, how come", "really? why tho lol", "Big drop. why"])
def test_a_reaction_changes_nothing_of_a_question_word(text: str) -> None:
    outlook = talked("outlook", f"occupation:{NURSE}")
    found = in_context(outlook, Turn("smalltalk", text, confidence=0.9))
    expected = text != "Big drop. why"
    assert (found.intent == "ask_outlook") is expected


@pytest.mark.parametrize(
    ("text", "leaves"),
    [
        ("so much school, ugh. ok bye", True),
        ("thanks, gotta go", True),
        ("goodbye", True),
        ("ok bye, but what does it pay?", False),
        ("do they say goodbye to patients", False),
    ],
)
def test_who_takes_leave_asks_nothing(text: str, leaves: bool) -> None:
    assert takes_leave(text) is leaves


def test_after_a_figure_a_kind_of_employer_is_asked_for_by_its_pay() -> None:
    context = talked("pay", f"occupation:{CODER}")
    cue = (Mention("cue", "employers", (), 0, 0),)
    nearer = in_context(context, Turn("nlu_fallback", "which industry would bring me up to it", cue, 0.3))
    assert (nearer.intent, set(nearer.values("cue"))) == ("ask_pay", {"employers"})
    assert in_context(context, Turn("nlu_fallback", "which employers are hiring", cue, 0.3)).intent != "ask_pay"


@pytest.mark.parametrize(("text", "percent"), [("and the 75th", "75"), ("the 10th percentile then", "10")])
def test_a_percentile_alone_after_pay_is_that_of_pay(text: str, percent: str) -> None:
    found = in_context(talked("pay", f"occupation:{CODER}"), Turn("smalltalk", text, (), 0.4))
    assert (found.intent, found.values("statistic")) == ("follow_up", (f"percentile:{percent}",))


def test_what_one_has_to_know_for_the_exam_is_asked_of_the_credential_talked_of() -> None:
    context = talked("certification", f"occupation:{CODER}", "credential:cpc")
    exam = (Mention("cue", "exam", (), 0, 0),)
    found = in_context(context, Turn("ask_certification", "what should i study for the test", exam, 0.6))
    assert found.values("credential") == ("cpc",)


def test_without_it_after_certification_asks_whether_that_is_needed() -> None:
    cue = (Mention("cue", "finding-work", (), 0, 0),)
    asked = Turn("ask_experience", "would anyone hire me without that", cue, 0.5)
    found = in_context(talked("certification", f"occupation:{CODER}"), asked)
    assert (found.intent, found.values("cue")) == ("ask_certification", ())
