"""What a message says by the way is blanked, so that no name in it becomes what the message is about."""

from __future__ import annotations

import pytest

from components.by_the_way import without_by_the_way
from components.clauses import depends
from components.joints import Part
from components.reading import Reader
from components.told import near


def left(reader: Reader, text: str) -> str | None:
    """What is left of a message, with single spaces."""
    found = without_by_the_way(text, [(m.kind, m.start, m.end) for m in reader.read(text).mentions if m.kind != "cue"])
    assert found is None or len(found) == len(text)
    return None if found is None else " ".join(found.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("my boy likes nursing (in june he said welder haha). how long is it", "my boy likes nursing . how long is it"),
        ("do they get tips like waiters do?", "do they get tips ?"),
        ("do coders have the summer off the way dentists do", "do coders have the summer off"),
        ("would I wear scrubs like nurses have", "would I wear scrubs"),
    ],
)
def test_what_only_likens_or_tells_in_brackets_is_set_aside(reader: Reader, text: str, expected: str) -> None:
    assert left(reader, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "what do medical records technicians (coders) earn",  # says which
        "what pays more (nurse or welder)",
        "how long is school (I'm a welder now)",  # the job that somebody has is asked of later
        "is there a job like nurse",
        "do coders get paid like nurses do",  # sets the two against each other
        "do coders make as much as nurses do",
        "what do people who work as nurses get",
        "what should he earn (he is a nurse in Ohio)",  # the only job that is named
        "do coders make more than my mom (she was a nurse)",
    ],
)
def test_what_is_asked_stays(reader: Reader, text: str) -> None:
    assert left(reader, text) is None


@pytest.mark.parametrize(
    ("story", "question", "kept"),
    [
        ("my aunt was a nurse in Ghana for years.", "does she need a license in Ohio", False),
        ("I went to school in Mexico,", "can I be a nurse without a degree", False),
        ("my wife has a diploma from Ghana.", "would they accept it", True),
        ("she studied in Mexico.", "does her degree count", True),
        ("we live in Ghana.", "what do nurses make", True),
        ("I'm moving to Mexico soon.", "do nurses need a license", True),
        ("we live in Ghana.", "what do nurses make in the US", False),
        ("I had a ticket in 2014,", "do they look at my driving", False),
        ("I left nursing in 2014.", "what was the pay then", True),
    ],
)
def test_a_country_or_a_year_of_the_story_is_asked_of_where_the_question_comes_back_to_it(
    reader: Reader, story: str, question: str, kept: bool
) -> None:
    text = f"{story} {question}"
    reading = near(reader.read(text), Part(question, len(story) + 1, len(text)))
    assert bool({"foreign", "period"} & {m.kind for m in reading.mentions}) is kept


def test_what_a_job_asks_of_everybody_needs_no_story() -> None:
    assert not depends("will I have to carry boxes", "will I have to carry boxes")
    assert depends("would I have to start over", "would I have to start over")
    assert depends("would they take me", "would they take me")
