"""What a message points back at, what it chooses, and what short messages mean in their conversation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from actions.choosing import akin, namesake, placed
from actions.context import Context, of_the_school, understand
from actions.leaning import in_context
from actions.nicknames import nicknamed
from actions.picking import picked
from actions.references import compared, leader, pointed
from actions.service import Outcome, Service
from actions.short_questions import of_schooling
from actions.turn import Mention, Turn
from knowledge.query import KnowledgeBase

Ask = Callable[..., Outcome]
CODER, NURSE, PHARMACY = "medical-records-technician", "registered-nurse", "pharmacy-technician"
PORTLAND = "M38900"  # Portland-Vancouver-Hillsboro, OR-WA


def said(text: str, intent: str = "follow_up", confidence: float = 0.9, **named: str) -> Turn:
    """A message; `named`: the ids of what it names last, by kind."""
    start = text.rfind(" ") + 1
    return Turn(intent, text, tuple(Mention(kind, id, (), start, len(text)) for kind, id in named.items()), confidence)


def after(*turns: Turn) -> Context:
    context = Context()
    for turn in turns:
        context = understand(context, turn, CODER)
    return context


IN_TURN = after(
    Turn("ask_pay", "first", (Mention("occupation", PHARMACY), Mention("place", "US-TX"))),
    Turn("follow_up", "then", (Mention("occupation", NURSE),)),
)
TWO = (Mention("occupation", PHARMACY), Mention("occupation", NURSE))
SIDE_BY_SIDE = after(Turn("ask_comparison", "a or b", TWO))
EXAMS = after(
    Turn("ask_certification", "a", (Mention("credential", "rhit"),)),
    Turn("follow_up", "b", (Mention("credential", "rhia"),)),
)


@pytest.mark.parametrize(
    ("context", "text", "meant"),
    [
        (IN_TURN, "back to the first one, do you need a degree", PHARMACY),
        (IN_TURN, "what about the other", PHARMACY),
        (IN_TURN, "the other job?", PHARMACY),
        (IN_TURN, "and for the second one", NURSE),
        (IN_TURN, "the last one again", NURSE),
        (SIDE_BY_SIDE, "how long is the second", NURSE),
        (SIDE_BY_SIDE, "the former", PHARMACY),
        (SIDE_BY_SIDE, "other one", NURSE),
        (EXAMS, "who can take the first one", "rhit"),
        (EXAMS, "the other exam", "rhit"),
        (IN_TURN, "what is the first step", None),
        (IN_TURN, "in the first place, why", None),
        (IN_TURN, "the other day I read that", None),
        (IN_TURN, "what comes after the first job", None),
        (Context(), "the first one", None),
    ],
)
def test_what_a_message_points_back_at(context: Context, text: str, meant: str | None) -> None:
    turn = said(text)
    found = pointed(context, turn)
    assert (found.mentions[-1].value if found is not turn else None) == meant


def test_what_is_pointed_at_is_no_cue_and_a_name_beats_it() -> None:
    cue = Turn("ask_education", "the first one", (Mention("cue", "which-best", (), 4, 9),))
    assert [m.kind for m in pointed(IN_TURN, cue).mentions] == ["occupation"]
    named = said("nurses, the first one", occupation=NURSE)
    assert pointed(IN_TURN, named) is named


def test_returning_keeps_the_order_in_which_things_were_talked_of() -> None:
    back = understand(IN_TURN, Turn("follow_up", "back", (Mention("occupation", PHARMACY),)), CODER)
    assert pointed(back, said("and the other one")).values("occupation") == (NURSE,)
    assert pointed(back, said("the first one")).values("occupation") == (PHARMACY,)


def test_what_is_talked_of_is_remembered_within_bounds_and_survives_the_tracker() -> None:
    many = after(*[Turn("follow_up", "x", (Mention("occupation", f"job-{n}"),)) for n in range(40)])
    assert len(many.recent) <= 12
    assert many.recent[0] == "occupation:job-0" and many.recent[-1] == "occupation:job-39"
    assert Context.from_slots(many.to_slots()) == many


def test_a_third_name_ends_the_comparison_that_first_and_second_counted() -> None:
    third = understand(SIDE_BY_SIDE, Turn("ask_pay", "x", (Mention("occupation", CODER),)), CODER)
    assert third.options == ()
    assert pointed(third, said("the other one")).values("occupation") == (NURSE,)


@pytest.mark.parametrize(
    ("context", "text", "two"),
    [
        (SIDE_BY_SIDE, "which one takes longer", (PHARMACY, NURSE)),
        (IN_TURN, "which of them pays better", (PHARMACY, NURSE)),
        (EXAMS, "which leads to management", ("rhit", "rhia")),
        (SIDE_BY_SIDE, "difference in schooling?", (PHARMACY, NURSE)),
        (SIDE_BY_SIDE, "what's the difference between those sources", ()),
        (SIDE_BY_SIDE, "which one is it", ()),
        (SIDE_BY_SIDE, "which states pay more", ()),
        (Context(topic="pay", occupation=NURSE), "which pays more", ()),
    ],
)
def test_which_of_them_sets_the_two_side_by_side(context: Context, text: str, two: tuple[str, ...]) -> None:
    assert tuple(mention.value for mention in compared(context, said(text))) == two


def test_the_one_that_a_comparison_puts_first_is_talked_of_next(ask: Ask) -> None:
    first = ask("comparison", said="which of them pays more, a or b", occupation=[PHARMACY, NURSE])
    assert first.context.occupation == NURSE
    assert ask("education", after=first, said="what schooling does that take").context.occupation == NURSE
    lower = ask("comparison", said="which of them pays less, a or b", occupation=[NURSE, PHARMACY])
    assert lower.context.occupation == PHARMACY
    plain = ask("comparison", said="difference between a and b", occupation=[PHARMACY, NURSE])
    assert plain.context.occupation == PHARMACY
    assert leader((), "which pays more", (PHARMACY, NURSE)) is None


OPEN = Context(
    topic="pay",
    occupation=CODER,
    question="what do technicians make",
    pending=("health-information-technician", CODER, PHARMACY),
)


@pytest.mark.parametrize(
    ("text", "intent", "chosen"),
    [
        ("2", "deny", CODER),
        ("number 3 please", "out_of_scope", PHARMACY),
        ("first", "affirm", "health-information-technician"),
        ("the last one", "follow_up", PHARMACY),
        ("pharmcy", "nlu_fallback", PHARMACY),
        ("pharm tec", "nlu_fallback", PHARMACY),
        ("the coding one", "smalltalk", CODER),
        ("7", "deny", None),
        ("technician", "follow_up", None),
        ("never mind", "start_over", None),
    ],
)
def test_an_answer_to_a_question_back(text: str, intent: str, chosen: str | None, knowledge: KnowledgeBase) -> None:
    turn = picked(knowledge.catalog, OPEN, said(text, intent, 0.5))
    assert (turn.values("occupation") or (None,))[0] == chosen
    assert turn.settled == (chosen is not None)


def test_another_name_is_no_answer_to_a_question_back(knowledge: KnowledgeBase) -> None:
    turn = said("what do medical assistants earn", "ask_pay", occupation="medical-assistant")
    assert picked(knowledge.catalog, OPEN, turn) is turn


def test_a_city_of_that_name_in_the_state_that_is_said(knowledge: KnowledgeBase) -> None:
    catalog = knowledge.catalog
    maine = namesake(catalog, (PORTLAND,), "US-ME")
    assert maine is not None and catalog.places[maine].name.startswith("Portland")
    assert namesake(catalog, (PORTLAND,), "US-TX") is None
    now = Context(topic="pay", occupation=NURSE, place=PORTLAND)
    assert placed(catalog, now, said("maine", place="US-ME")).values("place") == (maine,)
    ohio = Context(topic="pay", occupation=NURSE, pending=("M44180", "M44140", "M21660", "M44100"))
    chosen = picked(catalog, ohio, said("the one in ohio", place="US-OH")).values("place")
    assert "Springfield" in catalog.places[chosen[0]].name and "OH" in catalog.places[chosen[0]].name


@pytest.mark.parametrize("text", ["and maine", "what about maine", "nurses in maine please, I need it"])
def test_another_state_is_itself_unless_it_corrects_the_city(text: str, knowledge: KnowledgeBase) -> None:
    now = Context(topic="pay", occupation=NURSE, place=PORTLAND)
    mention = Mention("place", "US-ME", (), text.index("maine"), text.index("maine") + 5)
    assert placed(knowledge.catalog, now, Turn("follow_up", text, (mention,))).values("place") == ("US-ME",)


def test_the_state_as_a_whole_is_the_one_the_city_lies_in(knowledge: KnowledgeBase) -> None:
    now = Context(topic="pay", occupation=NURSE, place="M26420")  # Houston
    assert placed(knowledge.catalog, now, said("and in the whole state?")).values("place") == ("US-TX",)
    assert placed(knowledge.catalog, now, said("which states pay best")).values("place") == ()


@pytest.mark.parametrize(
    ("text", "current", "meant"),
    [
        ("records?", "medical-assistant", CODER),
        ("so what about coding instead, same question", "medical-transcriptionist", CODER),
        ("and a medical one", "dental-assistants", "medical-assistant"),
        ("the pharmacy one", NURSE, PHARMACY),
        ("what would records pay in ohio", "medical-assistant", CODER),
        ("so is coding at least safer", NURSE, CODER),
        ("do I need a degree to code", "paramedics", CODER),
        ("ok back to billing. is it boring", PHARMACY, CODER),
        ("then coding it is", "medical-assistant", CODER),
        ("does the typing job pay less", CODER, "medical-transcriptionist"),
        ("medical", NURSE, None),
        ("do they keep records", "medical-assistant", None),
        ("do they learn coding in school", "medical-assistant", None),
        ("do they do billing too", "medical-assistant", None),
        ("are there other medical jobs", NURSE, None),
        ("and then what happens to my records afterwards", NURSE, None),
    ],
)
def test_an_occupation_called_by_one_word(text: str, current: str, meant: str | None, knowledge: KnowledgeBase) -> None:
    context = Context(topic="pay", occupation=current, question="what do they earn")
    found = nicknamed(knowledge.catalog, context, said(text)).values("occupation")
    assert (found or (None,))[0] == meant


def test_a_word_of_several_names_means_the_one_that_was_talked_of(knowledge: KnowledgeBase) -> None:
    spoken = ("occupation:health-information-technologist", f"occupation:{NURSE}")
    context = Context(topic="pay", occupation=NURSE, question="what do they earn", recent=spoken)
    found = nicknamed(knowledge.catalog, context, said("back to the information thing", "ask_outlook"))
    assert found.values("occupation") == ("health-information-technologist",)


def test_a_word_of_one_of_two_that_were_compared(knowledge: KnowledgeBase) -> None:
    two = after(Turn("ask_comparison", "a", (Mention("occupation", NURSE), Mention("occupation", "dental-assistants"))))
    assert nicknamed(knowledge.catalog, two, said("the dental one")).values("occupation") == ("dental-assistants",)
    kind = nicknamed(knowledge.catalog, two, said("who hires the dental kind"))
    assert kind.values("occupation") == ("dental-assistants",)
    assert nicknamed(knowledge.catalog, two, said("is it a dental school")).values("occupation") == ()


def test_what_is_asked_of_one_of_two_that_were_compared_is_its_own_question() -> None:
    employers = Turn("follow_up", "who hires those", (Mention("cue", "where"), Mention("occupation", NURSE)))
    assert in_context(SIDE_BY_SIDE, employers).intent == "ask_work_setting"
    assert in_context(SIDE_BY_SIDE, said("and what do those nurses", occupation=NURSE)).intent == "ask_definition"


def test_a_word_beside_a_place_and_an_employer(knowledge: KnowledgeBase) -> None:
    context = Context(topic="pay", occupation=PHARMACY, question="what do they earn")
    miami = Turn("follow_up", "ok and records in miami", (Mention("place", "M33100", (), 18, 23),))
    assert nicknamed(knowledge.catalog, context, miami).values("place") == ("M33100",)
    assert nicknamed(knowledge.catalog, context, miami).values("occupation") == (CODER,)
    one = Turn("ask_pay", "what does the pharmacy one pay", (Mention("employer_type", "pharmacies", (), 14, 22),))
    found = nicknamed(knowledge.catalog, replace(context, occupation=NURSE), one)
    assert found.kinds == {"occupation"} and found.values("occupation") == (PHARMACY,)


def test_what_about_an_unclear_name_means_another_one(knowledge: KnowledgeBase) -> None:
    context = after(
        Turn("ask_certification", "a", (Mention("occupation", PHARMACY),)),
        Turn("ask_certification", "b", (Mention("occupation", CODER),)),
    )
    techs = (Mention("occupation", CODER, OPEN.pending, 11, 16),)
    other = akin(knowledge.catalog, context, Turn("follow_up", "what about techs", techs))
    assert other.values("occupation") == (PHARMACY,)
    same = akin(knowledge.catalog, context, Turn("ask_pay", "what do the techs earn", techs))
    assert understand(context, same, CODER).occupation == CODER


def test_an_unclear_name_is_settled_by_what_was_talked_of(knowledge: KnowledgeBase) -> None:
    unclear = Turn("follow_up", "the technician", (Mention("occupation", CODER, OPEN.pending),))
    pharmacist = Context(topic="pay", occupation="pharmacists")
    assert akin(knowledge.catalog, pharmacist, unclear).mentions[0].value == PHARMACY
    assert akin(knowledge.catalog, pharmacist, unclear).mentions[0].candidates == ()
    assert akin(knowledge.catalog, IN_TURN, unclear).values("occupation") == (PHARMACY,)
    assert akin(knowledge.catalog, Context(topic="pay", occupation=NURSE), unclear).mentions == unclear.mentions


def cue(name: str) -> tuple[Mention, ...]:
    return (Mention("cue", name),)


@pytest.mark.parametrize(
    ("topic", "turn", "intent"),
    [
        pytest.param("pay", Turn("ask_currency", "is that one growing", cue("growth"), 0.4), "ask_outlook", id="a cue"),
        pytest.param("pay", Turn("affirm", "ok then now", (), 0.5), "follow_up", id="now"),
        pytest.param("education", Turn("ask_currency", "when", (), 0.6), "follow_up", id="when, of schooling"),
        pytest.param("pay", Turn("ask_currency", "when", (), 0.6), "ask_currency", id="when, of a figure"),
        pytest.param("education", Turn("affirm", "where?", (), 0.6), "ask_programs", id="where"),
        pytest.param("pay", Turn("start_over", "the bottom", (), 0.3), "follow_up", id="an end of the range"),
        pytest.param("duties", Turn("smalltalk", "salry?", (), 0.4), "ask_pay", id="a misspelt topic"),
        pytest.param("duties", Turn("ask_duties", "what would i be making", (), 0.3), "ask_pay", id="a topic's verb"),
        pytest.param("skills", Turn("out_of_scope", "who won the game last night", (), 0.9), "out_of_scope", id="talk"),
        pytest.param(
            "education", Turn("nlu_fallback", "could i do that from home", cue("remote"), 0.3), "ask_education"
        ),
        pytest.param(
            "programs", Turn("out_of_scope", "how much in dollars", (), 0.7), "ask_uncovered", id="what it costs"
        ),
        pytest.param(
            "pay",
            Turn("out_of_scope", "she lives in Iowa", (Mention("place", "US-IA", (), 13, 17),), 0.7),
            "follow_up",
            id="a place told",
        ),
        pytest.param(
            "comparison", Turn("ask_more", "tell me more about that one", (), 0.9), "ask_definition", id="more of one"
        ),
        pytest.param("duties", Turn("smalltalk", "how much", (), 0.7), "ask_pay", id="what it pays"),
        pytest.param(
            "education", Turn("ask_work_setting", "weekends?", cue("hours"), 0.9), "ask_education", id="classes"
        ),
        pytest.param(
            "education",
            Turn("ask_work_setting", "do they work weekends", cue("hours"), 0.9),
            "ask_work_setting",
            id="hours",
        ),
        pytest.param("pay", Turn("ask_skills", "and what is it, school-wise", (), 0.6), "ask_education", id="-wise"),
        pytest.param(
            "pay", Turn("ask_certification", "does the exam push that up", (), 0.8), "ask_pay", id="push it up"
        ),
    ],
)
def test_short_messages_in_their_conversation(topic: str, turn: Turn, intent: str) -> None:
    context = Context(topic=topic, occupation=NURSE, question="what do they need")
    assert in_context(context, turn).intent == intent


def test_do_they_need_one_asks_the_same_of_another_occupation() -> None:
    context = Context(topic="education", occupation="health-services-manager", question="what degree do they need")
    turn = Turn("ask_certification", "do pharmacy technicians need one", (Mention("occupation", PHARMACY),), 0.57)
    new = understand(context, in_context(context, turn), CODER)
    assert (new.topic, new.occupation, new.question) == ("education", PHARMACY, "what degree do they need")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("what do nurses make there", "US-TX"),
        ("how much are nurses paid in the same state", "US-TX"),
        ("and what do nurses make", "US-TX"),
        ("what do nurses make", "US-TX"),
        ("how many nurses are there", None),
    ],
)
def test_a_place_stays_where_the_message_says_so(text: str, place: str | None) -> None:
    context = Context(topic="pay", occupation=PHARMACY, place="US-TX", question="x")
    assert understand(context, Turn("ask_pay", text, (Mention("occupation", NURSE),)), CODER).place == place


def test_a_gap_on_pay_is_followed_up_on_pay(service: Service) -> None:
    asked = Turn(
        "ask_uncovered", "what will they earn in 2040", (Mention("occupation", NURSE), Mention("period", "2040"))
    )
    first = service.uncovered(Context(), replace(asked, ranking=(("ask_pay", 0.3),)))
    second = service.talk(first.context, Turn("affirm", "ok then now", (), 0.4))
    assert second is not None
    assert (second.message[1]["type"], second.message[1]["topic"]) == ("answer", "pay")


def test_a_gap_that_no_figure_could_fill_is_not_answered_for_the_next_occupation(service: Service) -> None:
    asked = Turn("ask_uncovered", "can i be a coder with a felony", (Mention("occupation", CODER),))
    first = service.uncovered(Context(), replace(asked, ranking=(("ask_certification", 0.3),)))
    assert first.message[1]["type"] == "no_source"
    assert first.context.topic is None


def test_a_credential_that_no_source_says_enough_of_is_talked_of(service: Service) -> None:
    before = understand(Context(), Turn("ask_outlook", "is it growing"), CODER)
    asked = Turn("ask_uncovered", "how hot is the room for the CCS exam", (Mention("credential", "ccs"),))
    now = service.uncovered(before, asked)
    assert now.message[1]["type"] == "no_source"
    assert (now.context.topic, now.context.credential) == ("certification", "ccs")


def test_another_school_after_its_exams_is_asked_for_its_programs() -> None:
    exams = after(Turn("ask_certification", "which exams does that prepare for"))
    school = Mention("school", "herzing", (), 11, 18)
    assert understand(exams, Turn("follow_up", "what about Herzing", (school,)), CODER).topic == "programs"
    named = Turn("ask_certification", "which exams does Herzing prepare for", (school,))
    assert understand(exams, named, CODER).topic == "certification"


CREDENTIAL = after(Turn("ask_certification", "what is the CCA", (Mention("credential", "cca"),)))
CERTIFIED = after(Turn("ask_certification", "do they have to be certified"))
TWO_CREDENTIALS = after(
    Turn("ask_comparison", "a or b", (Mention("credential", "rhit"), Mention("credential", "rhia")))
)
AT_WORK = replace(CREDENTIAL, topic="work_setting")


@pytest.mark.parametrize(
    ("context", "turn", "intent", "cues"),
    [
        pytest.param(
            CREDENTIAL,
            Turn("ask_experience", "must i be working already before they let me sit for it", confidence=0.7),
            "ask_certification",
            ("experience-for-exam",),
            id="experience is asked for the exam that was talked of",
        ),
        pytest.param(
            CREDENTIAL,
            Turn("ask_experience", "do hospitals take people with no experience", confidence=0.9),
            "ask_experience",
            (),
            id="but not where nothing points at it",
        ),
        pytest.param(
            CREDENTIAL,
            Turn("ask_experience", "does it help with getting a job", confidence=0.6),
            "ask_certification",
            ("eligibility",),
            id="nor where it asks what it is good for",
        ),
        pytest.param(
            TWO_CREDENTIALS,
            Turn("ask_duties", "who gives each of them", (Mention("cue", "issuer"),), 0.5),
            "ask_comparison",
            ("issuer",),
            id="who gives both that were compared",
        ),
        pytest.param(
            TWO_CREDENTIALS,
            Turn("ask_source", "who gives it", (), 0.8),
            "ask_certification",
            ("issuer",),
            id="who gives the one",
        ),
        pytest.param(
            CERTIFIED,
            Turn("ask_tuition", "do employers help pay for school", (), 0.9),
            "ask_tuition",
            (),
            id="help with the pay it is not",
        ),
        pytest.param(
            CREDENTIAL,
            Turn("ask_related_careers", "are there any other ones like it", confidence=0.7),
            "ask_certification",
            (),
            id="others beside the credential that was talked of",
        ),
        pytest.param(
            CERTIFIED,
            Turn("ask_more", "any others", confidence=0.7),
            "ask_more",
            (),
            id="where none was, more of the same",
        ),
        pytest.param(
            Context(topic="outlook", occupation=NURSE, question="x"),
            Turn("ask_duties", "whose projections are those", confidence=0.4),
            "ask_source",
            (),
            id="who makes the figures",
        ),
        pytest.param(
            CERTIFIED,
            Turn("nlu_fallback", "and how do people earn one", confidence=0.3),
            "ask_certification",
            ("eligibility",),
            id="how one gets certified",
        ),
        pytest.param(
            AT_WORK,
            Turn("nlu_fallback", "do i really need to have it there", confidence=0.3),
            "ask_certification",
            (),
            id="a credential named before",
        ),
        pytest.param(
            replace(CERTIFIED, topic="fit", cues=("growth",)),
            Turn("ask_source", "why is that", confidence=0.5),
            "ask_outlook",
            ("driver",),
            id="why, of a field that shrinks",
        ),
    ],
)
def test_a_short_question_on_a_credential_or_a_reason(
    context: Context, turn: Turn, intent: str, cues: tuple[str, ...]
) -> None:
    meant = in_context(context, turn)
    assert (meant.intent, meant.values("cue")) == (intent, cues)


def test_the_same_number_for_another_job_is_the_same_question() -> None:
    job = Mention("occupation", NURSE, (), 29, 35)
    turn = Turn("ask_uncovered", "id need the same number for nurses", (job,), 0.4)
    assert in_context(Context(topic="outlook", occupation=CODER), turn).intent == "follow_up"


def test_how_long_that_takes_is_asked_of_what_is_learned_at_work() -> None:
    asked = Turn("ask_education", "how long would that be", cue("length"), 0.9)
    at_work = Context(topic="education", occupation=NURSE, question="can i skip school and learn on the job")
    meant = in_context(at_work, asked)
    assert (meant.intent, meant.values("cue")) == ("ask_experience", ("length", "on-the-job"))
    assert in_context(replace(at_work, question="do i need school"), asked) == asked


@pytest.mark.parametrize(
    ("text", "cues", "before", "intent"),
    [
        ("how long is the training for a nurse", ("length", "training"), "", "ask_education"),
        ("how long is training once they hire you", ("length", "training"), "", "ask_experience"),
        ("what training is there on the job", ("on-the-job", "training"), "", "ask_experience"),
        ("and how long is the training", ("length", "training"), "do they train you", "ask_experience"),
    ],
)
def test_training_is_the_schooling_unless_a_job_gives_it(
    text: str, cues: tuple[str, ...], before: str, intent: str
) -> None:
    turn = Turn("ask_experience", text, tuple(Mention("cue", one) for one in cues))
    assert of_schooling(Context(question=before), turn).intent == intent


def test_a_session_is_one_of_the_school_that_was_talked_of() -> None:
    told = Context(topic="tuition", occupation=CODER, school="devry")
    assert of_the_school(told, Turn("ask_education", "how many weeks is one term"))
    assert not of_the_school(replace(told, topic="pay"), Turn("ask_education", "how many weeks is one term"))


@pytest.mark.parametrize(
    ("text", "two"),
    [
        ("which of them takes people without college", True),
        ("must i do the first before the second", True),
        ("which of my certificates do i send", False),
        ("what does the first one pay", False),
    ],
)
def test_which_of_the_two_sets_them_side_by_side(text: str, two: bool) -> None:
    assert bool(compared(SIDE_BY_SIDE, Turn("nlu_fallback", text, confidence=0.3))) == two


def test_the_topic_of_the_conversation_is_the_one_that_was_answered(ask: Ask) -> None:
    entry = ask("certification", said="which one is the entry level", cue="starting")
    assert entry.context.topic == "certification" and entry.context.credential == "cca"
