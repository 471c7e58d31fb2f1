"""Questions beside statements: each refusal names file, entry and mend. Then the project's own questions."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.asked import (
    ANY,
    OTHER,
    UNCOVERED_FILE,
    Asked,
    Missing,
    Target,
    named_occupation,
    read_asked,
    twin_of,
    with_borrowed,
)
from knowledge.cli import main
from knowledge.errors import FaultyKnowledge
from knowledge.facts import Facts, read
from knowledge.load import build
from knowledge.vocabulary import load_vocabulary
from tests.knowledge import samples

NURSE = "registered-nurse"
FACTS: dict[str, list[samples.Entry]] = {
    NURSE: [
        {
            "indicator": "duties.task",
            "item": "give-medicine",
            "text": "Give patients medicine.",
            "edition": "ooh-2024-registered-nurses",
            "locator": "Duties",
        },
        {
            "indicator": "education.requirement",
            "item": "typical",
            "qualifiers": {"level": "bachelor"},
            "text": "Nurses usually have a bachelor's degree.",
            "edition": "ooh-2024-registered-nurses",
            "locator": "Education",
        },
    ]
}
TASK = {"indicator": "duties.task", "item": "give-medicine", "questions": ["do nurses hand out pills?"]}
DEGREE = {
    "indicator": "education.requirement",
    "item": "typical",
    "qualifiers": {"level": "bachelor"},
    "questions": ["is a four-year degree usual for nurses", "Do RNs mostly hold a BSN?"],
}
FEE = {"kind": "licence-fee", "topic": "certification", "what": "licence fees", "questions": ["price of a licence"]}
PAY = {"indicator": "pay.annual", "questions": ["yearly wages of a roofer"]}


def covered(*entries: Any, occupation: str = NURSE) -> str:
    copied = json.loads(json.dumps({"occupation": occupation, "asked": entries}))  # or YAML would write aliases
    return yaml.safe_dump(copied, allow_unicode=True)


def uncovered(*entries: Any) -> str:
    return yaml.safe_dump(json.loads(json.dumps({"uncovered": entries})), allow_unicode=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A knowledge folder with two statements and no questions."""
    made = samples.knowledge_folder(tmp_path / "knowledge", FACTS)
    (made / "asked").mkdir()
    return made


def write(folder: Path, **files: str) -> Path:
    """Files of asked/ by their name; "_" stands for "-"."""
    for name, text in files.items():
        (folder / "asked" / f"{name.replace('_', '-')}.yml").write_text(text, encoding="utf-8")
    return folder


def reading(folder: Path) -> Asked:
    facts = read(folder)
    return read_asked(facts.vocabulary, facts.statements, folder)


def test_questions_lead_to_what_answers_them_or_to_what_is_missing(folder: Path) -> None:
    asked = reading(
        write(
            folder, registered_nurse=covered(TASK, DEGREE), uncovered=uncovered(FEE), any=covered(PAY, occupation=ANY)
        )
    )
    degree = Target(NURSE, "education.requirement", "typical", (("level", "bachelor"),))
    assert not asked.problems
    assert dict(asked.covered) == {
        "do nurses hand out pills?": Target(NURSE, "duties.task", "give-medicine"),
        "is a four-year degree usual for nurses": degree,
        "Do RNs mostly hold a BSN?": degree,
        "yearly wages of a roofer": Target(ANY, "pay.annual"),
    }
    assert asked.uncovered == [("price of a licence", Missing("licence-fee", "certification", "licence fees"))]
    assert sorted(asked.questions) == sorted([*dict(asked.covered), "price of a licence"])


def test_a_folder_without_questions_is_no_fault(tmp_path: Path) -> None:
    asked = reading(samples.knowledge_folder(tmp_path / "knowledge", FACTS))
    assert (asked.covered, asked.uncovered, asked.problems) == ([], [], [])


def test_a_question_over_several_lines_is_one_line(folder: Path) -> None:
    asked = reading(write(folder, registered_nurse=covered({**TASK, "questions": ["do nurses\n   give\tpills? "]})))
    assert [text for text, _ in asked.covered] == ["do nurses give pills?"]


GONE = "no statement answers these questions. Correct occupation, indicator, item or qualifiers, or delete the entry"
OWN, NONE = f"asked/{NURSE}.yml", f"asked/{UNCOVERED_FILE}"


@pytest.mark.parametrize(
    ("files", "faults"),
    [
        # a statement that is gone, or was never there
        ({NURSE: covered({**TASK, "item": "fly"})}, [f"{OWN}: duties.task fly: {GONE}"]),
        ({NURSE: covered({**TASK, "indicator": "duties.chore"})}, [f"{OWN}: duties.chore give-medicine: {GONE}"]),
        (
            {NURSE: covered({**DEGREE, "qualifiers": {"level": "master"}})},
            [f"{OWN}: education.requirement typical (level=master): {GONE}"],
        ),
        ({NURSE: covered({**DEGREE, "qualifiers": "bachelor"})}, [f"(bachelor=?): {GONE}"]),
        ({"coder": covered(TASK, occupation="coder")}, [f"asked/coder.yml: duties.task give-medicine: {GONE}"]),
        ({"any": covered({**PAY, "item": "high"}, occupation=ANY)}, [f"asked/any.yml: pay.annual high: {GONE}"]),
        ({"any": covered({**PAY, "indicator": "pay.weekly"}, occupation=ANY)}, [f"pay.weekly: {GONE}"]),
        # no questions
        ({NURSE: covered({**TASK, "questions": []})}, [f"{OWN}: duties.task give-medicine: has no questions. Write"]),
        ({NURSE: covered({**TASK, "questions": "pills?"})}, ["has no questions. Write `questions:` as a list"]),
        ({NURSE: covered({**TASK, "questions": ["pills?", 12]})}, ["question 12 is no text. Put it in quotes"]),
        ({NURSE: covered({**TASK, "questions": ["  "]})}, ["question '  ' is no text"]),
        ({NURSE: covered({**TASK, "questions": [{"pills": "or not"}]})}, ["question {'pills': 'or not'} is no text"]),
        # twice
        (
            {NURSE: covered(TASK, {**DEGREE, "questions": ["Do nurses hand out pills?"]})},
            ["also stands at duties.task give-medicine. Keep the one that answers it best"],
        ),
        ({NURSE: covered({**TASK, "questions": ["pills?", "Pills?"]})}, ["'Pills?' also stands at duties.task"]),
        (
            {NURSE: covered(TASK), "uncovered": uncovered({**FEE, "questions": TASK["questions"]})},
            [f"{OWN}: duties.task give-medicine: 'do nurses hand out pills?' also stands in {UNCOVERED_FILE}. Delete"],
        ),
        (
            {"uncovered": uncovered(FEE, {**FEE, "kind": "dues"})},
            [f"{NONE}: dues: 'price of a licence' also stands at licence-fee. Keep"],
        ),
        # what no source says
        ({"uncovered": uncovered({**FEE, "kind": None})}, [f"{NONE}: lacks kind, topic or what. Give kind (a slug)"]),
        ({"uncovered": uncovered({**FEE, "what": ""})}, [f"{NONE}: licence-fee: lacks kind, topic or what"]),
        ({"uncovered": uncovered({**FEE, "topic": "money"})}, ["topic (an id of vocabulary/topics.yml)"]),
        ({"uncovered": uncovered({**FEE, "questions": None})}, [f"{NONE}: licence-fee: has no questions"]),
        # files
        ({NURSE: "- a list\n"}, [f"{OWN}: is for the occupation ''. Write `occupation:` with the id that the file is"]),
        ({NURSE: covered(TASK, occupation="nurse")}, [f"{OWN}: is for the occupation 'nurse'"]),
        ({NURSE: f"occupation: {NURSE}\n"}, [f"{OWN}: has no list `asked`. Start the file with `asked:`"]),
        ({NURSE: f"occupation: {NURSE}\nasked: [one]\n"}, [f"{OWN}: has no list `asked`"]),
        ({"uncovered": "uncovered: nothing\n"}, [f"{NONE}: has no list `uncovered`. Start the file with `uncovered:`"]),
        ({NURSE: "asked:\n- [a\nb: 1\n"}, [f"{OWN}: line 3, column 2: did not find expected ',' or ']'"]),
        ({NURSE: ""}, [f"{OWN}: is for the occupation ''"]),
    ],
)
def test_a_fault_names_file_entry_and_mend(folder: Path, files: dict[str, str], faults: list[str]) -> None:
    found = [str(problem) for problem in reading(write(folder, **files)).problems]
    assert len(found) == len(faults), found
    for fault, problem in zip(faults, found):
        assert fault in problem


def test_one_fault_does_not_hide_the_next(folder: Path) -> None:
    asked = reading(
        write(
            folder,
            health_services_manager="- [",
            registered_nurse=covered({**TASK, "item": "fly"}, {**TASK, "questions": []}, DEGREE),
        )
    )
    assert len(asked.problems) == 3
    assert len(asked.covered) == len(DEGREE["questions"])


def test_neither_check_nor_build_lets_a_question_outlive_its_statement(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(folder, registered_nurse=covered(TASK, DEGREE))
    assert main(["--folder", str(folder), "check"]) == 0
    assert "3 questions: no faults" in capsys.readouterr().out
    task, degree = FACTS[NURSE]
    samples.write_facts(folder, NURSE, [task, {**degree, "rank": "deprecated", "reason": "The page was withdrawn."}])
    assert main(["--folder", str(folder), "check"]) == 1
    samples.write_facts(folder, NURSE, [task])
    capsys.readouterr()
    assert main(["--folder", str(folder), "check"]) == 1
    assert f"{OWN}: education.requirement typical (level=bachelor): {GONE}" in capsys.readouterr().err
    with pytest.raises(FaultyKnowledge, match="no statement answers these questions"):
        build(f"sqlite:///{folder.parent}/knowledge.sqlite", folder=folder, oews_file=None, vectors=False)
    assert not (folder.parent / "knowledge.sqlite").exists()


# --- the project's own

# What needs no questions of its own: any.yml has those on pay, for every occupation; related careers are answered by
# the topic's list, and a question that names one is mostly about that one.
NOT_ONE_BY_ONE = ("pay.annual", "pay.hourly", "pay.ranking", "related.occupation")


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read()


@pytest.fixture(scope="module")
def asked(facts: Facts) -> Asked:
    return read_asked(facts.vocabulary, facts.statements)


def test_the_projects_own_questions_have_no_fault(asked: Asked) -> None:
    assert [str(problem) for problem in asked.problems] == []
    assert len(asked.covered) > 6000
    assert len(asked.uncovered) > 2000


def test_everything_that_is_stated_can_be_asked_for(facts: Facts, asked: Asked) -> None:
    """A statement without questions is found by its topic alone, whoever adds it."""
    with_questions = {target for _, target in asked.covered}
    stated = {Target.of(statement) for statement in facts.statements if statement.rank != "deprecated"}
    assert {target.occupation for target in stated} == set(facts.vocabulary.occupations)
    assert {t for t in stated - with_questions if t.indicator not in NOT_ONE_BY_ONE} == set()
    assert {"pay.annual", "outlook.employment"} <= {t.indicator for t in with_questions if t.occupation == ANY}


def test_what_is_missing_can_be_said_in_a_sentence(asked: Asked) -> None:
    """`what` completes "I have no source that covers …"."""
    for _, missing in asked.uncovered:
        assert not missing.what.endswith((".", "?")), missing
        assert len(missing.what) <= 80, missing


@pytest.mark.parametrize(
    ("question", "occupation"),
    [
        ("do registered nurses get a pension", "registered-nurse"),
        ("pension for coders?", "medical-records-technician"),
        ("what's the outlook for an electrician", OTHER),
        ("is there a pension", ""),
        ("do nurses or pharmacy technicians get a pension", ""),
    ],
)
def test_what_is_missing_for_one_occupation_is_known_by_its_name(question: str, occupation: str) -> None:
    assert named_occupation(load_vocabulary())(question) == occupation


def among(occupation: str, *known: Target) -> Callable[[Target], Target | None]:
    """Where the occupation has these targets."""
    return lambda target: twin_of(target, occupation, known.__contains__)


def test_a_question_asked_of_another_occupation_counts_where_the_same_is_said() -> None:
    """ "Is it nine to five?" stands beside what coders' hours are; nurses' hours are said of nurses too."""
    coder, other = Target("coder", "setting.hours", "full-time"), Target("coder", "setting.hours", "shifts")
    nurse, role = Target("nurse", "setting.hours", "full-time"), Target("nurse", "definition.summary")
    everyone = {coder: 0.9, Target("coder", "definition.summary"): 0.9, other: 0.8, nurse: 0.4, role: 0.3}
    cosines = with_borrowed({nurse: 0.4, role: 0.3}, everyone, among("nurse", nurse, role))
    assert cosines[nurse] == pytest.approx(0.87)
    assert cosines[role] == 0.3, "what a coder is says nothing of what a nurse is"
    assert set(cosines) == {nurse, role}, "nothing is borrowed that is not said of the occupation itself"
    assert with_borrowed({}, everyone, among("nurse", nurse)) == {nurse: pytest.approx(0.87)}
    assert with_borrowed({nurse: 0.95}, everyone, among("nurse", nurse))[nurse] == 0.95
