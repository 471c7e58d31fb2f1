"""Which known questions a question is like."""

from __future__ import annotations

import pytest

from actions.matching import KEPT, OTHER_SCHOOL, Matches, matches
from knowledge.asked import ANY, Missing, Target

CODER, NURSE = "medical-records-technician", "registered-nurse"
DUTIES = Target(CODER, "duties.task", "code")
RHIT = Target(CODER, "certification.eligibility", "degree", (("credential", "rhit"),))
CCS = Target(CODER, "certification.eligibility", "experience", (("credential", "ccs"),))
HERZING = Target(CODER, "programs.offer", "online", (("school", "herzing"),))
FEE = Missing("exam-fee", "certification", "exam fees")
BOOKS = Missing("exam-books", "certification", "study material")
DUES = Missing("dues", "certification", "membership dues")
REMOTE = Missing("remote", "work_setting", "working from home")


def names(found: Matches) -> list[Target]:
    return [target for target, _ in found.covered]


@pytest.mark.parametrize(
    ("credentials", "school", "expected"),
    [
        pytest.param((), None, [RHIT, CCS, DUTIES, HERZING], id="nothing named: all, nearest first"),
        pytest.param(("ccs",), None, [CCS, DUTIES, HERZING], id="a credential: not what is said of another"),
        pytest.param(("ccs", "rhit"), None, [RHIT, CCS, DUTIES, HERZING], id="two credentials: both"),
        pytest.param(("nclex",), None, [DUTIES, HERZING], id="a credential of which nothing is said"),
        pytest.param((), "herzing", [RHIT, HERZING, CCS, DUTIES], id="a school: what is said of it"),
        pytest.param((), "devry", [RHIT, CCS, DUTIES, HERZING], id="another school"),
    ],
)
def test_what_is_said_of_another_credential_or_school_is_no_answer(
    credentials: tuple[str, ...], school: str | None, expected: list[Target]
) -> None:
    near = {DUTIES: 0.7, RHIT: 0.9, CCS: 0.8, HERZING: 0.81}
    assert names(matches(near, {}, credentials, school)) == expected


def test_what_is_said_of_a_school_counts_less_if_the_question_names_none() -> None:
    assert matches({HERZING: 0.9}, {}).best == pytest.approx(0.9 - OTHER_SCHOOL)
    assert matches({HERZING: 0.9}, {}, school="herzing").best == pytest.approx(0.9)


def test_the_nearest_of_what_no_source_says_are_kept() -> None:
    found = matches({DUTIES: 0.4}, {REMOTE: 0.2, FEE: 0.9, DUES: 0.5, BOOKS: 0.7})
    assert found.missing == ((FEE, 0.9), (BOOKS, 0.7), (DUES, 0.5))
    assert found.doubts == (0.9, 0.7, 0.5)


def test_no_more_than_a_few_dozen_are_kept() -> None:
    many = {Target(CODER, "duties.task", f"task-{n}"): n / 100 for n in range(90)}
    found = matches(many, {})
    assert len(found.covered) == KEPT
    assert found.covered[0] == (Target(CODER, "duties.task", "task-89"), 0.89)


def test_each_topic_counts_by_its_nearest_question() -> None:
    found = matches({DUTIES: 0.7, RHIT: 0.9, CCS: 0.8}, {})
    topics = {"duties.task": "duties", "certification.eligibility": "certification"}
    assert found.by(topics) == {"duties": 0.7, "certification": 0.9}


def test_what_a_level_is_worth_beside_others_answers_for_the_others_too() -> None:
    worth = Target(NURSE, "education.value", "employers-want-it", (("level", "bachelor"),))
    length = Target(NURSE, "education.length", None, (("level", "bachelor"),))
    found = dict(matches({worth: 0.7, length: 0.7}, {}, levels=["associate"]).covered)
    assert found[worth] == 0.7 > found[length]


def test_without_known_questions_nothing_is_near() -> None:
    nothing = matches({}, {})
    assert (nothing.best, nothing.doubts, nothing.by({})) == (0.0, (), {})


@pytest.mark.parametrize(
    ("answered", "unanswered", "expected"),
    [
        ({DUTIES: 0.9}, {FEE: 0.8}, True),
        ({DUTIES: 0.9}, {}, True),
        ({DUTIES: 0.9}, {FEE: 0.88}, False),  # as near to what no source answers
        ({DUTIES: 0.8}, {FEE: 0.3}, False),  # alike, but not the same
        ({Target(ANY, "pay.annual"): 0.95}, {}, False),  # a figure that there may be or not
        ({}, {}, False),
    ],
)
def test_a_known_question_in_other_words(
    answered: dict[Target, float], unanswered: dict[Missing, float], expected: bool
) -> None:
    assert matches(answered, unanswered).same is expected
