"""Which questions a message asks."""

from __future__ import annotations

import pytest

from components.parts import MAX_PARTS, asking, parts
from components.question_forms import asks


def texts(message: str) -> list[str]:
    return [part.text for part in parts(message)]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        # one after the other
        ("What is the pay? Do I need a degree?", ["What is the pay?", "Do I need a degree?"]),
        ("what do they do and how much do they make?", ["what do they do", "how much do they make?"]),
        ("Where can I study and what will it cost me?", ["Where can I study", "what will it cost me?"]),
        ("is a degree required, or can I just get certified?", ["is a degree required", "can I just get certified?"]),
        ("what is the rhit\nis it hard to get", ["what is the rhit", "is it hard to get"]),
        (
            "difference between rhit and rhia and which one pays more",
            ["difference between rhit and rhia", "which one pays more"],
        ),
        (
            "is a license needed, is typing fast needed",
            ["is a license needed", "is typing fast needed"],
        ),
        ("what does each earn and does either work nights", ["what does each earn", "does either work nights"]),
        ("which city pays best and does experience matter?", ["which city pays best", "does experience matter?"]),
        (
            "she'd like to know where aides work, and if loans pay for school",
            ["she'd like to know where aides work", "whether loans pay for school"],
        ),
        ("how is tech pay in Utah n what do they need", ["how is tech pay in Utah", "what do they need"]),
        ("is billing steady & will ai replace it", ["is billing steady", "will ai replace it"]),
        ("what do aides do + is math a big part", ["what do aides do", "is math a big part"]),
        ("CCS vs CCA and which is harder to get", ["CCS vs CCA", "which is harder to get"]),
        # whatever the second question is about
        (
            "which classes help a cook and do trade schools teach them",
            ["which classes help a cook", "do trade schools teach them"],
        ),
        ("do bakers need a license and is overtime common", ["do bakers need a license", "is overtime common"]),
        ("do clerks file papers and do clerical work", []),
        # a wish
        (
            "I look at vet tech but would like to see careers like it. also how long is training",
            ["I look at vet tech but would like to see careers like it.", "also how long is training"],
        ),
        # things before one name
        ("duties and salary of a coder", ["duties of a coder", "salary of a coder"]),
        (
            "salary + outlook + education of registered nurses",
            ["salary of registered nurses", "outlook of registered nurses", "education of registered nurses"],
        ),
        (
            "what are the education requirements and certifications for a coder?",
            ["what are the education requirements for a coder?", "what are the certifications for a coder?"],
        ),
        (
            "We are writing a flyer: mean salary and job openings for welders",
            ["mean salary for welders", "job openings for welders"],
        ),
        ("work hours and perks for pharmacy techs", ["work hours for pharmacy techs", "perks for pharmacy techs"]),
        (
            "I need info on pay, how long school is, and whether it's growing for lab techs.",
            ["pay", "how long school is", "whether it's growing for lab techs"],
        ),
        (
            "im 15, what should i study now and where would i go later",
            ["what should i study now", "where would i go later"],
        ),
        (
            "lpn - do i need college, do they test you, will i work nights",
            ["do i need college", "do they test you", "will i work nights"],
        ),
        # a question behind other words
        (
            "About how long is school, and roughly what would I earn?",
            ["About how long is school", "roughly what would I earn?"],
        ),
        (
            "Who runs the CPC? And for the CCS how much work do I need",
            ["Who runs the CPC?", "And for the CCS how much work do I need"],
        ),
        (
            "do I need a license, and if there's a test who pays for it?",
            ["do I need a license", "if there's a test who pays for it?"],
        ),
        ("is it taught online, and at what age can one start", ["is it taught online", "at what age can one start"]),
        ("cca stands for what n who gives it", ["cca stands for what", "who gives it"]),
        ("Walk me through it, then tell me the pay", ["Walk me through it", "tell me the pay"]),
        (
            "My aunt wants to know what vets do all day and the usual wage in Boise",
            ["what vets do all day", "the usual wage in Boise"],
        ),
        # what a question chooses among stands with it
        (
            "LPN or RN in Iowa... which earns more, and how long would the RN take",
            ["LPN or RN in Iowa... which earns more", "how long would the RN take"],
        ),
        (
            "CPC and CCS, what does each prove, and does either expire?",
            ["CPC and CCS, what does each prove", "does either expire?"],
        ),
        # a thing asked for by its name
        (
            "pay for a cook in a hospital and does it mean nights",
            ["pay for a cook in a hospital", "does it mean nights"],
        ),
        (
            "can I train in the evenings, any grants to help pay",
            ["can I train in the evenings", "any grants to help pay"],
        ),
        (
            "baker: what's the work, who hires them, money in Ohio?",
            ["what's the work", "who hires them", "money in Ohio?"],
        ),
        ("Vet vs nurse: pay difference, length of school, growth?", ["pay difference", "length of school", "growth"]),
        # what is added to the question before
        (
            "The top tenth of cooks gets what? And the top tenth of bakers",
            ["The top tenth of cooks gets what?", "And the top tenth of bakers"],
        ),
        # the question in a story
        (
            "I work nights at a warehouse and I am tired of it, my sister told me about medical records. "
            "Do I need a degree for that?",
            ["Do I need a degree for that?"],
        ),
    ],
)
def test_the_questions_of_a_message(message: str, expected: list[str]) -> None:
    assert texts(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "how much do medical coders and nurses make",
        "What do coders and billers do",
        "do they work from home or do they have to go in",
        "do you need to know anatomy and physiology",
        "hello! what is a nurse?",
        "is it a good job? im thinking about it",
        "tell me the job outlook",
        "Hi. I have a question. How long does a certificate take?",
        "compare pay in Ohio and Texas",
        "how big is the gap between what a nurse makes and what a cook makes?",
        "at what point do people test, when they apply or later on",
        "coder vs biller, which pays better",
        "can I do the RHIT and the degree together?",
        "He asked whether you need a license. Do you?",
        "what about becoming a medic, what are the requirements?",
        "could i work as an aide first and then do that",
        "ok thanks",
        "nurse",
        "pay",
        "?",
        "",
        "   ",
        "\n\n",
    ],
)
def test_one_question_is_taken_as_a_whole(message: str) -> None:
    assert parts(message) == []


def test_a_list_after_a_story_is_asked_of_what_the_story_names() -> None:
    found = parts("Counselor here, with a flyer on nursing. I need the typical duties, schooling and median pay.")
    assert [(part.topic, part.about.split()[-1].rstrip(".")) for part in found] == [
        ("duties", "nursing"),
        ("education", "nursing"),
        ("pay", "nursing"),
    ]


@pytest.mark.parametrize(
    ("message", "about", "topics"),
    [
        ("My brother would like to be a baker one day. wages? openings?", "baker", ["pay", "outlook"]),
        ("I'm thinking of welding for my nephew. tasks, prereqs", "welding", ["duties", "how_to_become"]),
        ("baker: duties + hourly", "baker", ["duties", "pay"]),
        ("baker: median wage, yearly openings", "baker", ["pay", "outlook"]),
    ],
)
def test_notes_are_about_what_stands_before_them(message: str, about: str, topics: list[str]) -> None:
    found = parts(message)
    assert [part.topic for part in found] == topics
    assert all(about in part.about for part in found)
    assert [message[part.start : part.end] for part in found] == [part.text for part in found]


def test_what_is_told_before_a_question_makes_it_no_note() -> None:
    assert parts("My brother would like to be a baker one day. Do they work nights?") == []
    assert parts("insane pay! do bakers get sundays off") == []
    assert len(parts("I was a waiter for years. nights, weekends. do bakers work nights?")) < 2


def test_an_open_question_is_not_what_the_next_one_supposes() -> None:
    found = texts("what could I do instead of baking, how long is the school and what does it pay?")
    assert len(found) == 3


def test_no_more_than_six_questions_are_answered_at_once() -> None:
    six = "what does a coder do? where do they work? how do I become one? what is the pay? is it hard? is it growing?"
    found = texts(f"{six} which classes are there?")
    assert found == texts(six)
    assert len(found) == MAX_PARTS


@pytest.mark.parametrize(
    "message",
    [
        "What is the pay?  Do I need a degree?",
        "hi there, what do they do and how much do they make?",
        "duties and salary of a coder please",
    ],
)
def test_each_part_knows_its_place(message: str) -> None:
    for part in parts(message):
        place = message[part.start : part.end]
        assert set(part.text.split()) <= set(place.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("how long does it take", True),
        ("so, do I need one", True),
        ("pay?", True),
        ("tell me about the job", True),
        ("I'm wondering about the hours", True),
        ("any tips for the exam", True),
        ("I have two kids", False),
        ("thanks for that", False),
        ("doctors are nice", False),
        ("whatever you say", False),
    ],
)
def test_what_asks_something(text: str, expected: bool) -> None:
    assert asks(text) is expected


def test_a_very_long_message_takes_no_time() -> None:
    """The patterns must not go back and forth in what a student pastes: a message has at most 1,000 characters."""
    import time

    for text in ("what and " * 110, "pay, " * 200, "a and " * 160, "? " * 500, "how - " * 160, " " * 1000):
        started = time.process_time()
        parts(text[:1000])
        assert time.process_time() - started < 0.2, text[:20]


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("we're leaving Fresno for Reno. what do nurses make in reno", "what do nurses make in reno"),
        ("What does a coder do all day? My niece is curious.", "What does a coder do all day?"),
        (
            "plumber, 40, bad knees. dental assistant or coder, which pays more",
            "dental assistant or coder, which pays more",
        ),
        ("what do nurses make in reno", None),
        ("Of cook, baker and butcher at work, which pays the most?", None),
        ("dental assistant, pharmacy tech and phlebotomist. compare them", None),
        ("I like computers. I type fast.", None),
        ("What is it? What does it pay?", None),
        ("I am a nurse. why?", None),
    ],
)
def test_the_one_sentence_that_asks(message: str, question: str | None) -> None:
    found = asking(message)
    assert (found and found.text) == question
    assert found is None or message[found.start : found.end] == question


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("hmm. what about a quiet job like records, what does that pay?", False),
        ("a college nurse seems nice, what would that pay", False),
        ("What about nursing instead. How's the money?", False),
        ("what about the hours, and does it pay well?", True),
        ("what about nurses, and what do pharmacy techs make in Ohio", True),
    ],
)
def test_what_about_it_only_says_what_the_next_question_is_about(text: str, several: bool) -> None:
    assert (len(parts(text)) > 1) is several


def test_a_part_behind_a_blanked_frame_stands_where_its_text_does() -> None:
    message = " " * 31 + "what coders do and how much they make in Ohio"
    found = parts(message)
    assert [message[part.start : part.end].strip() for part in found] == [part.text for part in found]
    assert found[0].start == 31


@pytest.mark.parametrize(
    "message",
    [
        "I want to learn medical coding. How long does it take?",
        "What do coders make? And please be honest.",
        "I'm 45 and so is my wife. What do coders make?",
    ],
)
def test_what_only_tells_is_no_question(message: str) -> None:
    assert parts(message) == []


def test_the_head_of_a_question_stays() -> None:
    found = parts("What do I need to know if I want to be a coder, and how long does it take?")
    assert found[0].text == "What do I need to know if I want to be a coder"


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("where do aides work, also pay", ["where do aides work", "pay"]),
        ("do aides need a license, also job growth", ["do aides need a license", "job growth"]),
        ("what does an aide do plus wages in Utah", ["what does an aide do", "wages in Utah"]),
        ("how long is school for an aide, and hours?", ["how long is school for an aide", "hours?"]),
        ("do they teach billing and coding classes", []),
        ("do they do billing also coding", []),
    ],
)
def test_a_thing_asked_for_besides_is_a_question_of_its_own(message: str, expected: list[str]) -> None:
    assert texts(message) == expected


def test_what_stands_before_the_first_question_is_what_all_of_them_are_about() -> None:
    found = parts("tumor registrar: what do they do, which exam, how long is school")
    assert [part.about for part in found] == ["tumor registrar"] * 3
    assert [part.about for part in parts("What is the pay? Do I need a degree?")] == ["", ""]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("what if i went for dental assisting, how long is that course", []),
        ("until then could he work as an orderly? does that take a license", []),
        (
            "what if she did bookkeeping instead, how long is school, what does it pay",
            ["how long is school", "what does it pay"],
        ),
        ("what if i have no diploma, can i still be a baker", ["what if i have no diploma", "can i still be a baker"]),
        ("could I become a baker? what does it pay", ["could I become a baker?", "what does it pay"]),
    ],
)
def test_what_is_only_supposed_is_no_question_of_its_own(message: str, expected: list[str]) -> None:
    assert texts(message) == expected


def test_what_is_supposed_is_what_all_questions_after_it_are_about() -> None:
    found = parts("what if she did bookkeeping instead, how long is school, what does it pay")
    assert {part.about for part in found} == {"what if she did bookkeeping instead"}
