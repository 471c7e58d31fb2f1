"""A question that names no occupation, or several, is about the one whose known questions it is like."""

from __future__ import annotations

import pytest

from actions.occupations import about_whom
from actions.turn import Mention, Turn
from knowledge.asked import Target

CODER, HIT, PHARMACY, NURSE = (
    "medical-records-technician",
    "health-information-technician",
    "pharmacy-technician",
    "registered-nurse",
)
SAME = {HIT: CODER}


def like(indicator: str = "duties.task", **cosines: float) -> dict[str, tuple[Target, float]]:
    """What each occupation's nearest question has: coder, hit, pharmacy, nurse -> cosine. Each asks its own thing."""
    ids = {"coder": CODER, "hit": HIT, "pharmacy": PHARMACY, "nurse": NURSE}
    return {ids[name]: (Target(ids[name], indicator, name), cosine) for name, cosine in cosines.items()}


def job(id: str, *candidates: str) -> Mention:
    return Mention("occupation", id, candidates)


@pytest.mark.parametrize(
    ("nearest", "expected"),
    [
        (like(coder=0.5, pharmacy=0.75), [PHARMACY]),  # "who counts the pills?"
        (like(coder=0.74, pharmacy=0.75), []),  # "do I need experience?": asked of everybody alike
        (like(coder=0.3, pharmacy=0.5), []),  # like nothing that is known
        (like("pay.annual", coder=0.5, pharmacy=0.75), []),  # pay is asked of everyone in the same words
    ],
)
def test_a_question_that_names_nobody(nearest: dict[str, tuple[Target, float]], expected: list[str]) -> None:
    turn = about_whom(Turn("ask_duties", "…"), nearest, None, CODER, SAME)
    assert [m.value for m in turn.mentions] == expected


def test_what_is_asked_of_all_in_the_same_words_chooses_none() -> None:
    """ "Will they train me once hired" is nearest to a question on managers, but coders are asked just that."""
    nearest = like("experience.training", coder=0.7, nurse=0.9)
    turn = Turn("ask_experience", "…")
    assert about_whom(turn, nearest, None, CODER, SAME, (), 0.0, lambda target: True).values("occupation") == ()
    assert about_whom(turn, nearest, None, CODER, SAME).values("occupation") == (NURSE,)


def test_a_question_like_one_that_points_at_another_occupation_is_about_that_one() -> None:
    """ "Who types up what the doctor says?": the nearest that is said of coders is that transcriptionists do."""
    nearest = like(coder=0.72, nurse=0.75)
    nearest[CODER] = (Target(CODER, "related.occupation", NURSE), 0.72)
    assert about_whom(Turn("ask_duties", "…"), nearest, None, CODER, SAME).values("occupation") == (NURSE,)


def test_the_occupation_of_the_conversation_and_a_named_one_stand() -> None:
    nearest = like(coder=0.4, pharmacy=0.9)
    plain, named = Turn("ask_duties", "…"), Turn("ask_duties", "…", (job(NURSE),))
    assert about_whom(plain, nearest, NURSE, CODER, SAME) is plain
    assert about_whom(named, nearest, None, CODER, SAME) is named


def test_a_credential_leads_to_the_occupation_that_is_asked_about_it() -> None:
    """Both occupations know the RHIT; the exam's topics are said of one only."""
    rhit = Turn("ask_certification", "…", (Mention("credential", "rhit"),))
    nearest = like("certification.exam", coder=0.70, hit=0.73)
    assert about_whom(rhit, nearest, None, CODER, SAME).values("occupation") == (HIT,)
    assert about_whom(Turn("ask_certification", "…"), nearest, None, CODER, SAME).values("occupation") == ()


def test_a_name_of_two_occupations_is_the_one_whose_question_it_is() -> None:
    """ "Does a health information technology bachelor's have a practicum?" is answered of technicians only."""
    text = "health information technology bachelor's practicum?"
    both = Turn("ask_education", text, (Mention("occupation", CODER, (), 0, 29),))
    nearest = like("education.mode", coder=0.6, hit=0.75)
    assert about_whom(both, nearest, None, CODER, SAME).values("occupation") == (HIT,)
    close = like("education.mode", coder=0.72, hit=0.75)
    assert about_whom(both, close, None, CODER, SAME) is both
    coder = Turn("ask_education", "do coders have a practicum", (Mention("occupation", CODER, (), 3, 9),))
    assert about_whom(coder, nearest, None, CODER, SAME) is coder


def test_an_ambiguous_name_is_the_one_that_is_asked_such_things() -> None:
    tech = Turn("ask_duties", "…", (job(HIT, HIT, CODER, PHARMACY),))
    meant = about_whom(tech, like(coder=0.4, hit=0.4, pharmacy=0.8), None, CODER, SAME)
    assert [(m.value, m.candidates) for m in meant.mentions] == [(PHARMACY, ())]
    meant = about_whom(tech, like(coder=0.78, hit=0.8, pharmacy=0.5), None, CODER, SAME)
    assert meant.values("occupation") == (CODER,)  # two names of one job: the plain one
    unclear = about_whom(tech, like(coder=0.8, hit=0.8, pharmacy=0.79), None, CODER, SAME)
    assert unclear is tech  # asked back about
    general = {CODER: (Target(CODER, "duties.summary"), 0.9), PHARMACY: (Target(PHARMACY, "duties.task", "x"), 0.6)}
    assert about_whom(tech, general, None, CODER, SAME) is tech  # "what does a tech do" is asked of every tech


def test_of_two_named_the_one_whose_statement_answers() -> None:
    """ "Can my years as a records clerk count toward becoming a nurse?" """
    two = (job(CODER), job(NURSE))
    nearest = like("experience.tip", coder=0.6, nurse=0.8)
    assert about_whom(Turn("ask_experience", "…", two), nearest, None, CODER, SAME).values("occupation") == (NURSE,)
    compared = Turn("ask_comparison", "…", two, ranking=(("ask_comparison", 0.8),))
    assert about_whom(compared, nearest, None, CODER, SAME) is compared
    level = Turn("ask_experience", "…", two)
    assert about_whom(level, like(coder=0.79, nurse=0.8), None, CODER, SAME) is level


def test_what_no_source_says_of_the_default_is_not_answered_with_another() -> None:
    """ "Can I do this job from home?" is known of transcriptionists, and known to be missing of coders."""
    nearest, said = like("setting.remote", coder=0.4, pharmacy=0.8), Turn("ask_work_setting", "…")
    assert about_whom(said, nearest, None, CODER, SAME, unanswered=0.79) is said
    assert about_whom(said, nearest, None, CODER, SAME, unanswered=0.6).values("occupation") == (PHARMACY,)


def test_a_word_of_an_occupation_hints_at_it() -> None:
    """ "How stressful is coding?" stays with coders although it is asked of others too."""
    nearest, said = like(coder=0.6, pharmacy=0.72, nurse=0.7), Turn("ask_fit", "…")
    assert about_whom(said, nearest, None, CODER, SAME, [CODER]) is said
    assert about_whom(said, nearest, None, CODER, SAME, [NURSE]).values("occupation") == (NURSE,)
    assert about_whom(said, nearest, None, CODER, SAME).values("occupation") == (PHARMACY,)


def test_an_occupation_that_a_story_mentions_gives_way_to_what_is_asked() -> None:
    recruiter = job("human-resources-specialists")
    long = "the recruiter there got weird when I asked who it is that counts out all the pills"
    nearest = like(coder=0.3, pharmacy=0.8)
    assert about_whom(Turn("ask_duties", long, (recruiter,)), nearest, None, CODER, SAME).values("occupation") == (
        PHARMACY,
    )
    short = Turn("ask_duties", "what do recruiters do", (recruiter,))
    assert about_whom(short, nearest, None, CODER, SAME) is short


def test_a_question_on_the_way_from_one_job_to_the_named_one_is_about_the_first() -> None:
    """ "Can I go from billing to pharmacy tech later on?" """
    turn = Turn("ask_advancement", "…", (job(PHARMACY),))
    way = (Target(CODER, "advancement.path", f"change-to-{PHARMACY}"), 0.75)
    nearest = {**like(pharmacy=0.6), CODER: way}
    assert about_whom(turn, nearest, None, CODER, SAME).values("occupation") == (CODER,)
    assert about_whom(turn, {**like(pharmacy=0.72), CODER: way}, None, CODER, SAME) is turn
    assert about_whom(turn, like(coder=0.75, pharmacy=0.6), None, CODER, SAME) is turn
