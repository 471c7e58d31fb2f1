"""What stands around a question that somebody passes on is blanked, so that the message is read by its question."""

from __future__ import annotations

import pytest

from components.framing import Name, unframed


def left(text: str, *named: tuple[str, str]) -> str | None:
    """What is left of a message, with single spaces; `named`: the names in it by kind, as written."""
    names: list[Name] = [(kind, text.index(name), text.index(name) + len(name)) for kind, name in named]
    found = unframed(text, names)
    if found is None:
        return None
    assert len(found) == len(text)
    return " ".join(found.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My nephew is wondering if medical assistants can draw blood", "can medical assistants draw blood"),
        ("somebody at church asked me whether you need a degree", "do you need a degree"),
        ("one of my homeschool moms asked what a registrar does all day", "what a registrar does all day"),
        ("a client (she has two kids) wants to know how long it takes", "how long it takes"),
        ("caller wants to know if the work is remote", "is the work remote"),
        ("I was asked by a student if the VA hires coders", "does the VA hires coders"),
        ("my sister wonders if the program has to be accredited", "does the program has to be accredited"),
        ("someone asked me if it's hard to pass", "it's hard to pass"),
        ("my boss told me to ask what the RHIT costs", "what the RHIT costs"),
        ("several of my runners ask how one gets licensed", "how one gets licensed"),
        ("she wonders whether the exam is timed", "is the exam timed"),
        ("got a senior asking what coders do at night", "what coders do at night"),
        ("hey! making a poster for my english class, how long is the program", "how long is the program"),
        ("explain what coders do, I have to give four facts", "explain what coders do"),
        ("coding school on saturdays, is that a thing", "coding school on saturdays"),
        ("is there a shorter way in for someone like me", "is there a shorter way in"),
    ],
)
def test_who_asked_is_set_aside_and_the_question_is_in_its_own_order(text: str, expected: str) -> None:
    assert left(text) == expected


def test_what_was_told_before_it_is_a_sentence_of_its_own() -> None:
    assert left("I run a job club, and people keep asking if billing is dying") == "I run a job club. is billing dying"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For a career fair flyer: what do nurses earn", "what do nurses earn"),
        ("quick question: do coders need a degree", "do coders need a degree"),
        ("Serious question from my class: is it dying", "is it dying"),
        ("checking this for a friend: is there a test", "is there a test"),
        ("drafting a page for our juniors - how long does it take", "how long does it take"),
        ("I'm making a poster on health jobs: what do coders do", "what do coders do"),
        ("what do nurses make? asking for my daughter", "what do nurses make?"),
        ("how long is school, asking on behalf of a student", "how long is school"),
    ],
)
def test_what_it_is_for_is_set_aside(text: str, expected: str) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "what do nurses make",
        "coder: pay, growth, school?",
        "I want to know if coders work at home",
        "my kid asked for help",
        "my wife is a nurse and wants to know if coding pays more",
        "what would you tell someone who asks if a GED is enough",
        "do patients ask for their records",
        "",
    ],
)
def test_other_messages_stay_whole(text: str) -> None:
    assert left(text) is None


def test_a_frame_that_names_a_place_may_be_meant() -> None:
    assert left("a student in Ohio wants to know what coders make", ("place", "Ohio")) is None
    assert left("for nurses: what do they make", ("occupation", "nurses")) is None


def test_a_job_in_the_frame_is_not_meant_where_the_question_names_one() -> None:
    named = ("occupation", "technologist"), ("occupation", "billing")
    assert left("what does a technologist do, asking for a billing student", *named) == "what does a technologist do"


def test_a_job_in_the_frame_is_meant_where_something_is_measured_by_it() -> None:
    named = ("occupation", "billing"), ("occupation", "welder")
    assert left("would billing be a pay cut? asking for my brother who is a welder", *named) is None


def test_somebody_whose_job_is_told_is_but_who_asked() -> None:
    assert left("A nurse friend of mine asked if coding pays", ("occupation", "nurse")) == "does coding pays"


@pytest.mark.parametrize(
    "text",
    [
        "I'm tired of retail, looking for a job that pays well without a degree",
        "Is that enough to live on? It's for a family of four.",
        "for the exam: how long is it and what does it cost?",
        "for a bachelor's degree: which schools have it online?",
        "For a night shift: what's the pay?",
        "I need an evening class, is there one for coders",
        "is there a program for someone like me",
        "the renewal, is it a yearly thing?",
    ],
)
def test_what_is_asked_about_is_no_frame(text: str) -> None:
    assert left(text) is None


def test_the_only_job_that_a_question_points_at_stays() -> None:
    assert left("my friend who is a nurse wants to know what she would make", ("occupation", "nurse")) is None


def test_what_is_told_on_a_line_of_its_own_ends_there() -> None:
    assert left("I hate sales.\nmy mom wants to know what coders make") == "I hate sales. what coders make"
