"""The linter of facts: each refusal that docs/editor.md promises names file, entry and mend. Then the real facts."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.check import MAX_TEXT, SHARED_WORDS, article_shingles, check, shingles
from knowledge.errors import FaultyKnowledge, Problem
from knowledge.facts import read
from tests.knowledge import samples

TODAY = date(2026, 11, 30)
OCCUPATION = "medical-records-technician"
FILE = f"facts/{OCCUPATION}/all.yml"
TASK: samples.Entry = {
    "indicator": "duties.task",
    "item": "review-records",
    "text": "Check patient records for completeness.",
    "edition": "ooh-2024-medical-records",
    "locator": "What They Do > Duties, 1st bullet",
}
DEGREE: samples.Entry = {
    "indicator": "education.requirement",
    "item": "not-required",
    "qualifiers": {"level": "bachelor"},
    "text": "A bachelor's degree is not needed to start out.",
    "edition": "devry-2023",
    "locator": "FAQs, 1st paragraph",
}
PAY: samples.Entry = {
    "indicator": "pay.annual",
    "value": 42630,
    "unit": "USD/year",
    "statistic": "median",
    "place": "US",
    "period": "2019",
    "employer_type": "all",
    "original": "$42,630",
    "edition": "herzing-undated",
    "locator": "4th paragraph",
}
SHARE: samples.Entry = {
    "indicator": "setting.employer_share",
    "value": 30,
    "unit": "percent",
    "employer_type": "hospitals",
    "period": "2024",
    "edition": "ooh-2024-medical-records",
    "locator": "Work Environment",
}
STEP: samples.Entry = {
    "indicator": "steps.step",
    "item": "study",
    "text": "Earn a certificate.",
    "qualifiers": {"step": 1},
    "edition": "herzing-undated",
    "locator": "Steps",
}
CREDENTIAL: samples.Entry = {
    "indicator": "certification.issuer",
    "item": "ahima",
    "text": "AHIMA issues it.",
    "qualifiers": {"credential": "rhit"},
    "edition": "devry-2023",
    "locator": "2",
}


def faults(tmp_path: Path, *entries: samples.Entry, occupation: str = OCCUPATION, **options: Any) -> list[Problem]:
    folder = samples.knowledge_folder(tmp_path / "knowledge", {occupation: list(entries)})
    return check(read(folder), today=TODAY, **options)


def changed(entry: samples.Entry, **fields: Any) -> samples.Entry:
    """The entry with some fields changed; None leaves the field out."""
    return {name: value for name, value in {**entry, **fields}.items() if value is not None}


@pytest.mark.parametrize(
    "entry",
    [
        TASK,
        DEGREE,
        PAY,
        SHARE,
        STEP,
        CREDENTIAL,
        changed(PAY, value=None, low=40000, high=45000, statistic="range"),
        changed(PAY, value=None, low=40000, statistic="entry"),
        changed(PAY, statistic="percentile", percentile=90),
        changed(PAY, place="unstated", period="unstated", employer_type="unstated", statistic="unstated"),
        changed(PAY, rank="deprecated", reason="The page was withdrawn."),
        changed(PAY, value=None, kind="unknown"),
        changed(DEGREE, kind="none"),
        changed(TASK, text="x" * MAX_TEXT),
        changed(PAY, text="Half of them earn more."),
        changed(PAY, period="2026-11"),
        changed(PAY, period="2024/2034"),
        changed(PAY, period="unstated/2030"),
    ],
)
def test_a_sound_statement_has_no_fault(tmp_path: Path, entry: samples.Entry) -> None:
    assert faults(tmp_path, entry) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        # who says it, and where
        (changed(TASK, edition=None), "has no edition"),
        (changed(TASK, edition="ooh-1999"), "unknown edition 'ooh-1999'"),
        (changed(TASK, locator=None), "has no locator"),
        (changed(TASK, locator="  "), "has no locator"),
        # what it is
        (changed(TASK, indicator="duties.chore"), "unknown indicator 'duties.chore'"),
        (changed(TASK, kind="maybe"), "kind 'maybe' is unknown"),
        (changed(TASK, rank="best", reason="It is."), "rank 'best' is unknown"),
        (changed(TASK, rank="preferred"), "rank preferred has no reason"),
        (changed(TASK, rank="deprecated"), "rank deprecated has no reason"),
        # figures
        (changed(PAY, value=None), "has no figure"),
        (changed(PAY, unit="USD/hour"), "unit 'USD/hour' is not allowed"),
        (changed(PAY, value=4263), "4263 USD/year is outside the plausible range 10000 to 400000"),
        (changed(PAY, value=400001), "400001 USD/year is outside the plausible range"),
        (changed(PAY, value=-42630), "-42630 USD/year is outside the plausible range"),
        (changed(PAY, value=float("nan")), "value nan is not a number that something can have"),
        (changed(PAY, value=None, low=40000, high=4500000), "4.5e+06 USD/year is outside the plausible range"),
        (changed(PAY, value=None, low=45000, high=40000), "low 45000 is above high 40000"),
        (changed(SHARE, value=130), "130 percent is outside the plausible range 0 to 100"),
        (changed(TASK, value=3), "has a figure, but its indicator is a text"),
        # texts and choices
        (changed(TASK, text=None), "has no text"),
        (changed(TASK, text="  "), "has no text"),
        (changed(TASK, text="x" * (MAX_TEXT + 1)), f"its text has {MAX_TEXT + 1} characters"),
        (changed(TASK, item=None), "has no item"),
        (changed(TASK, item="Review records"), "item 'Review records' is not a slug"),
        (changed(DEGREE, item="handy"), "item 'handy' is not a choice"),
        (changed(DEGREE, item=None), "item None is not a choice"),
        # what it speaks of
        (changed(PAY, statistic="average"), "statistic 'average' is unknown"),
        (changed(PAY, statistic=None), "lacks statistic"),
        (changed(PAY, statistic="percentile"), "is a percentile without its number"),
        (changed(PAY, statistic="percentile", percentile=100), "percentile 100 is not between 1 and 99"),
        (changed(PAY, statistic="percentile", percentile=0), "percentile 0 is not between 1 and 99"),
        (changed(PAY, percentile=90), "has percentile 90, but its statistic is median"),
        (changed(PAY, place="US-XX"), "unknown place 'US-XX'"),
        (changed(PAY, place="New Jersey"), "unknown place 'New Jersey'"),
        (changed(PAY, employer_type="circus"), "unknown employer_type 'circus'"),
        (changed(SHARE, employer_type=None), "lacks employer_type"),
        (changed(PAY, period="2027"), "period 2027 begins in the future"),
        (changed(PAY, period="2026-12"), "period 2026-12 begins in the future"),
        (changed(PAY, period="2027/2034"), "period 2027/2034 begins in the future"),
        # qualifiers
        (changed(DEGREE, qualifiers=None), "lacks the qualifier level"),
        (changed(DEGREE, qualifiers={"level": "phd"}), "qualifier level: 'phd' is unknown"),
        (
            changed(DEGREE, qualifiers={"level": "bachelor", "colour": "red"}),
            "qualifier colour is not known for education.requirement",
        ),
        (changed(STEP, qualifiers={"step": "first"}), "qualifier step: 'first' is unknown"),
        (changed(CREDENTIAL, qualifiers={"credential": "abc"}), "qualifier credential: 'abc' is unknown"),
        (
            changed(TASK, indicator="programs.offered", qualifiers={"school": "No Slug"}),
            "qualifier school: 'No Slug' is unknown",
        ),
    ],
)
def test_a_fault_names_file_entry_and_mend(tmp_path: Path, entry: samples.Entry, fault: str) -> None:
    (problem,) = faults(tmp_path, changed(TASK, item="another"), entry)
    assert problem.fault.startswith(fault)
    assert problem.file == FILE
    assert problem.entry == " ".join(filter(None, ("statement 2", entry["indicator"], entry.get("item"))))
    assert problem.mend
    assert str(problem) == f"{problem.file}: {problem.entry}: {problem.fault}. {problem.mend}"


def test_an_unknown_occupation_is_named(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, TASK, occupation="medical-records-tecnician")
    assert "'medical-records-tecnician'" in problem.fault and "occupations.yml" in problem.mend


def test_every_fault_of_an_entry_is_told_at_once(tmp_path: Path) -> None:
    entry = changed(PAY, edition="none", locator=None, value=1, place="Moon", period="2030", rank="best")
    found = [problem.fault for problem in faults(tmp_path, entry, TASK, changed(TASK, edition=None))]
    assert len(found) == 7
    for part in ("edition 'none'", "locator", "plausible range", "'Moon'", "future", "'best'", "no edition"):
        assert any(part in fault for fault in found), part


def test_the_same_statement_twice_names_both_places(tmp_path: Path) -> None:
    (problem,) = faults(tmp_path, TASK, PAY, changed(TASK, locator="Elsewhere"))
    assert problem.entry == "statement 3 duties.task review-records"
    assert problem.fault == f"says the same as {FILE}, statement 1 duties.task review-records"


def test_the_same_words_by_another_edition_are_another_statement(tmp_path: Path) -> None:
    assert faults(tmp_path, TASK, changed(TASK, edition="devry-2023")) == []
    assert faults(tmp_path / "b", PAY, changed(PAY, period="2018"), changed(PAY, statistic="mean")) == []


@pytest.mark.parametrize(
    ("dates", "fault"),
    [
        ({"published": "2026-12-01"}, "published 2026-12-01 lies in the future"),
        ({"published": "2027"}, "published 2027 lies in the future"),
        ({"retrieved": "2026-12"}, "retrieved 2026-12 lies in the future"),
        ({"published": "last spring"}, "published 'last spring' is no date"),
        ({"published": "2026/05"}, "published '2026/05' is no date"),
        ({"published": "2026-5-1"}, "published '2026-5-1' is no date"),
        ({"retrieved": "unknown"}, "retrieved 'unknown' is no date"),
    ],
)
def test_the_dates_of_an_edition_are_checked(tmp_path: Path, dates: dict[str, str], fault: str) -> None:
    folder = samples.knowledge_folder(tmp_path / "knowledge", {})
    path = folder / "sources" / "devry.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["editions"][0].update(dates)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    (problem,) = check(read(folder), today=TODAY)
    assert (problem.entry, problem.fault) == (content["editions"][0]["id"], fault)
    assert problem.mend


@pytest.mark.parametrize(
    "dates",
    [
        {"published": "2026-11-30", "retrieved": "2026-11-30"},
        {"published": "2026", "retrieved": "2026-11"},
        {"published": "unknown"},
        {"published": date(2026, 5, 15)},
    ],
)
def test_dates_of_today_and_before_are_right(tmp_path: Path, dates: dict[str, Any]) -> None:
    folder = samples.knowledge_folder(tmp_path / "knowledge", {})
    path = folder / "sources" / "devry.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content["editions"][0].update(dates)
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    assert check(read(folder), today=TODAY) == []


@pytest.mark.parametrize("field", ["edition", "shown_by"])
def test_a_correction_of_an_unknown_edition_is_named(tmp_path: Path, field: str) -> None:
    folder = samples.knowledge_folder(tmp_path / "knowledge", {})
    (folder / "corrections").mkdir()
    correction = {"id": "c", "edition": "devry-2023", "locator": "x", "published": "a", "corrected": "b", "reason": "c"}
    (folder / "corrections" / "c.yml").write_text(yaml.safe_dump({**correction, field: "devry-1999"}), encoding="utf-8")
    (problem,) = check(read(folder), today=TODAY)
    assert (problem.entry, problem.fault) == ("c", "unknown edition 'devry-1999'")


def test_faults_of_reading_come_with_those_of_checking(tmp_path: Path) -> None:
    folder = samples.knowledge_folder(tmp_path / "knowledge", {OCCUPATION: [changed(TASK, locator=None)]})
    (folder / "facts" / "broken.yml").write_text("a: [", encoding="utf-8")
    problems = check(read(folder), today=TODAY)
    assert [problem.file for problem in problems] == ["facts/broken.yml", FILE]
    text = str(FaultyKnowledge(problems))
    assert text.startswith("2 fault(s)") and all(str(problem) in text for problem in problems)


# --- the words of the articles

ARTICLE = """How to start
You will file the charts of every patient who walks
through the hospital's door, and then some more.
"""


@pytest.fixture
def articles(tmp_path: Path) -> dict[str, set[str]]:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "own.txt").write_text(ARTICLE, encoding="utf-8")
    return article_shingles(folder)


@pytest.mark.parametrize(
    "text",
    [
        "Technicians file the charts of every patient who walks in.",
        "FILE THE CHARTS, OF EVERY PATIENT: WHO WALKS",
        "They look after every patient who walks through the hospital’s door.",
    ],
)
def test_eight_words_of_an_article_are_refused(tmp_path: Path, articles: dict[str, set[str]], text: str) -> None:
    (problem,) = faults(tmp_path, changed(TASK, text=text), articles=articles)
    assert problem.fault.startswith("repeats 8 words of own: “")
    assert problem.file == FILE and problem.mend == "Say it in your own words"


@pytest.mark.parametrize(
    "text",
    [
        "File the charts of every patient who comes in.",
        "The charts of every patient who walks out are filed.",
        "Some file the charts. Every patient who walks through the door of the hospital has one.",
    ],
)
def test_seven_words_are_no_quotation(tmp_path: Path, articles: dict[str, set[str]], text: str) -> None:
    assert faults(tmp_path, changed(TASK, text=text), articles=articles) == []


def test_no_article_no_refusal(tmp_path: Path) -> None:
    assert article_shingles(tmp_path / "none") == {}
    assert shingles("too few words to make one") == set()


# --- the real facts


def test_the_knowledge_has_no_fault() -> None:
    facts = read()
    assert facts.statements and facts.corrections
    assert [str(problem) for problem in check(facts)] == []


def test_the_knowledge_repeats_no_article(shared: Path) -> None:
    articles = article_shingles(shared / "sources")
    assert sorted(articles) == ["careerigniter", "devry", "geteducated", "herzing", "study-com"]
    assert [str(problem) for problem in check(read(), articles=articles)] == []


@pytest.mark.parametrize("name", ["careerigniter", "devry", "geteducated", "herzing", "study-com"])
def test_a_sentence_of_a_real_article_is_refused(tmp_path: Path, shared: Path, name: str) -> None:
    text = (shared / "sources" / f"{name}.txt").read_text(encoding="utf-8")
    sentences = [s.strip() for s in re.split(r"(?<=[.?!])\s", text)]
    copied = next(s for s in sentences if len(s.split()) > SHARED_WORDS + 2 and len(s) <= MAX_TEXT)
    problems = faults(tmp_path, changed(TASK, text=copied), articles=article_shingles(shared / "sources"))
    assert any(f"repeats 8 words of {name}" in problem.fault for problem in problems)
