"""Which detail a follow-up asks for: of the credential, the school, the employer or the training just talked of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from actions.against import in_passing
from actions.context import Context, understand
from actions.leaning import in_context
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from knowledge.embedding import MiniLM, pack

CODER, ASSISTANT, PHARMACY = "medical-records-technician", "medical-assistant", "pharmacy-technician"
Say = Callable[..., Outcome]


@pytest.fixture(scope="module")
def say(service: Service) -> Say:
    """One message, embedded: say("what's on the exam", "ask_certification", after=…, cues=("exam",))."""
    model = MiniLM()

    def turn(
        text: str,
        intent: str,
        *,
        after: Outcome | None = None,
        cues: tuple[str, ...] = (),
        sure: float = 0.9,
        **named: str,
    ) -> Outcome:
        mentions = (*(Mention(kind, id) for kind, id in named.items()), *(Mention("cue", cue) for cue in cues))
        vector = pack(model.encode([text])[0])
        said = Turn(intent, text, mentions, sure, ((intent, sure),), vector)
        context = after.context if after else Context()
        return service.about(context, said) if intent == "ask_more" else service.topic(context, said)

    return turn


def test_what_an_exam_covers_is_told_whichever_occupations_file_says_it(say: Say) -> None:
    first = say("what is the RHIT", "ask_certification", credential="rhit")
    text, _ = say("so what's on the test", "ask_certification", after=first, cues=("exam",)).message
    assert "data analytics" in text.split("\n")[0]
    text, _ = say("well what all is in it", "nlu_fallback", after=first, sure=0.3).message
    assert "data analytics" in text


def test_how_long_one_learns_at_work_is_not_how_long_school_is(say: Say) -> None:
    first = say("do they train you on the job", "ask_experience", occupation=ASSISTANT, cues=("on-the-job",))
    text, payload = say("how long is that", "ask_education", after=first, cues=("length",)).message
    assert "several months" in text.split("\n")[0] and payload["topic"] == "experience"


def test_why_it_matters_is_asked_of_what_was_just_told(say: Say) -> None:
    first = say("must the program be accredited", "ask_education", cues=("accreditation",), occupation=CODER)
    text, payload = say("why is that important", "ask_source", after=first).message
    assert payload["topic"] == "education" and "accredited program" in text and not text.startswith("Yes")


@pytest.mark.parametrize("text", ["why is that", "how come", "why does the field grow"])
def test_other_whys_are_asked_as_before(text: str) -> None:
    turn = in_context(Context(topic="education", cues=("accreditation",)), Turn("ask_source", text))
    assert "accreditation" not in turn.values("cue")


def test_what_counts_there_is_asked_of_the_school_talked_of(say: Say) -> None:
    first = say("what is in DeVry's coding certificate", "ask_programs", school="devry", level="certificate")
    text, _ = say("do those courses count toward a degree", "ask_education", after=first, cues=("course",)).message
    assert "count toward its associate degree" in text.split("\n")[0]
    text, payload = say("and do they pay for the test", "ask_pay", after=first, sure=0.5).message
    assert "one sitting" in text and payload["topic"] in ("tuition", "programs")


def test_what_one_would_do_there_is_asked_of_the_employer_talked_of(say: Say) -> None:
    first = say("what do pharmacy techs make at a hospital", "ask_pay", occupation=PHARMACY, employer_type="hospitals")
    text, _ = say("what would I be doing there", "ask_duties", after=first).message
    assert "hospital" in text.split("\n")[0]


def test_a_credential_that_somebody_holds_is_not_the_one_asked_about() -> None:
    held = Context(topic="certification", occupation=CODER, credential="ccs", question="x")
    text = "what if she's got her CCA"
    turn = Turn("ask_certification", text, (Mention("credential", "cca", (), 22, 25),), 0.8)
    assert understand(held, in_passing(held, turn), CODER).credential == "ccs"
    text = "should I get a CCA"
    turn = Turn("ask_certification", text, (Mention("credential", "cca", (), 15, 18),), 0.8)
    assert understand(held, in_passing(held, turn), CODER).credential == "cca"


def test_more_of_one_thing_is_told_of_that(say: Say) -> None:
    first = say("what classes do you take", "ask_education", occupation=CODER, cues=("course",))
    text, _ = say("tell me more about the anatomy class", "ask_more", after=first, cues=("course",)).message
    assert "anatomy" in text.split("\n")[0]


def test_nights_or_days_a_week_after_the_schooling_are_of_classes() -> None:
    mentions = (Mention("cue", "hours"), Mention("pay_period", "week"))
    turn = in_context(
        Context(topic="education"), Turn("ask_work_setting", "two nights a week, would that do", mentions, 0.8)
    )
    assert turn.intent == "ask_education"
    assert "part-time-study" in turn.values("cue")


def test_a_beginner_after_pay_is_of_pay() -> None:
    mentions = (Mention("cue", "starting"),)
    turn = in_context(
        Context(topic="pay", occupation=CODER), Turn("nlu_fallback", "starting out, I mean", mentions, 0.3)
    )
    assert turn.intent == "follow_up"


def test_a_figure_heard_of_another_part_of_the_topic_is_set_beside_that(say: Say) -> None:
    first = say("how many people do it now", "ask_outlook", occupation=CODER, cues=("employment",))
    text, _ = say("I read 13 percent growth somewhere", "ask_disagreement", after=first, cues=("growth",)).message
    assert "13%" in text


@pytest.mark.parametrize(
    "text, says",
    [
        ("do your sources mention work at weekends", "weekend"),
        ("is anything in your sources about sitting at a screen all day", "computer"),
    ],
)
def test_a_question_that_only_speaks_of_sources_is_answered_by_what_they_say(say: Say, text: str, says: str) -> None:
    first = say("is the work done in an office", "ask_work_setting", occupation=CODER)
    told, payload = say(text, "ask_work_setting", after=first, sure=0.5).message
    assert says in told.split("\n")[0] and payload["topic"] == "work_setting"


@pytest.mark.parametrize(
    "text, says",
    [
        ("what website has the job projections of each state", "projectionscentral"),
        ("where can i look that up", "That comes from"),
        ("what are your sources on that", "That comes from"),
    ],
)
def test_where_to_look_is_the_source_of_the_answer_unless_a_statement_says_it(
    service: Service, say: Say, text: str, says: str
) -> None:
    first = say("is the field growing", "ask_outlook", occupation=CODER)
    vector = pack(MiniLM().encode([text])[0])
    turn = Turn("ask_source", text, (), 0.55, (("ask_source", 0.55), ("ask_outlook", 0.3)), vector)
    assert says in service.about(first.context, turn).message[0].split("\n")[0]


def test_a_job_in_a_sentence_of_its_own_is_what_the_next_one_asks_about() -> None:
    text = "OK, billing then. Is that an office thing?"
    named = Mention("occupation", CODER, start=4, end=11)
    refused = Context(unanswered="work_setting", occupation=PHARMACY, question="may he bring a chair")
    asked = in_context(refused, Turn("ask_work_setting", text, (named,), 0.4))
    assert asked.intent == "ask_work_setting" and not asked.settled
    again = in_context(
        refused, Turn("ask_work_setting", "may billing do that", (Mention("occupation", CODER, start=4, end=11),), 0.4)
    )
    assert again.intent == "follow_up"


def test_what_one_of_the_jobs_listed_does_is_what_is_said_of_it(say: Say) -> None:
    first = say("which careers are like medical assisting", "ask_related_careers", occupation=ASSISTANT)
    hygienist = {"occupation": "dental-hygienists"}
    text, payload = say("what does the dental hygienist one do", "ask_duties", after=first, **hygienist).message
    assert "oral diseases" in text and payload["type"] == "answer"
