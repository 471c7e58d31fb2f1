"""What a short message asks beside a remark, and whether it can be understood without it."""

from __future__ import annotations

import pytest

from components.clauses import points
from components.reading import Reader
from components.remarks import set_apart
from components.told import named_beside_remarks, needs_remark, of_the_teller


def apart(reader: Reader, message: str) -> tuple[str | None, list[str]]:
    """What is set apart, if it is, and the names that count then."""
    whole = reader.read(message)
    question = set_apart(message, [(m.kind, m.start, m.end) for m in whole.mentions])
    if question is None or needs_remark(whole, question):
        return None, []
    return question.text, [m.value for m in named_beside_remarks(whole, question).mentions if m.kind != "cue"]


@pytest.mark.parametrize(
    ("message", "question", "names"),
    [
        # a reaction to the last answer
        ("huh, didn't expect that. who hires them", "who hires them", []),
        ("wow thats a ton of school. can i start sooner", "can i start sooner", []),
        ("haha fair enough. wut about the hours", "wut about the hours", []),
        ("pretty close then lol which one is growing", "which one is growing", []),
        ("nice, im kinda quiet haha. how do i get in", "how do i get in", []),
        ("no way?? what do nurses do all day", "what do nurses do all day", ["registered-nurse"]),
        # something told, before the question or behind its comma
        ("my son loves computers. what classes do they take", "what classes do they take", []),
        ("do coders sit all day? i have a bad hip", "do coders sit all day?", ["medical-records-technician"]),
        ("which one is quicker, i start in may", "which one is quicker", []),
        ("im an LPN. what do coders make", "what do coders make", ["medical-records-technician"]),
        # it points at the answer before, not at what stands behind it
        ("is it required everywhere? we are a navy family", "is it required everywhere?", []),
        ("in every state? we might go to Ohio", "in every state?", []),
        ("does a boss want that, my buddy never did it", "does a boss want that", []),
        # a name instead of a question
        ("and in Reno, my cousin lives there", "and in Reno", ["M39900"]),
        ("sorry, i meant Ohio. we moved there from Texas", "sorry, i meant Ohio.", ["US-OH"]),
        ("sorry, nurses. im a medical assistant already", "sorry, nurses.", ["registered-nurse"]),
        # what the remark chooses stays
        ("ok Iowa it is. how many nurses are there", "how many nurses are there", ["US-IA", "registered-nurse"]),
        # the question needs what is told
        ("i took biology in high school, does that count", None, []),
        ("dental assistant here. do nurses earn more", None, []),
        ("I'm 58 and slow. would they take me", None, []),
        # the job that somebody has, by which a figure is measured; what the job asks of everybody
        ("that's what I make as a welder. do nurses work nights", "do nurses work nights", ["registered-nurse"]),
        ("will i have to bend a lot? had my hip done in may", "will i have to bend a lot?", []),
        ("I can not choose between coder and nurse. which pays more", None, []),
        # nothing but one thing is said, or more than one
        ("how high can i go? i mean what do the best ones make", None, []),
        ("i never took chemistry. do i need it?", None, []),  # what the remark told of is asked about
        ("im terrible at math. do they use it a lot?", None, []),
        ("i have a few tattoos. do hospitals care about those?", None, []),
        ("somebody said externships. how long are they?", None, []),
        ("i want to be a nurse but failed a class. would a hospital care about that?", None, []),
        ("my license is suspended. do i need a car", None, []),
        ("since i have my GED, do I need college", None, []),
        ("can you answer this one. I need the pay for nurses", None, []),
        # what is refused, or only told of somebody else, is not what the question is about
        ("my niece can't choose a job but likes nursing. what is the pay", "what is the pay", ["registered-nurse"]),
        ("nursing isnt for me. how long is the schooling?", "how long is the schooling?", []),
        ("i really hate nursing. what other jobs are there", "what other jobs are there", []),
        ("my dad makes 22 an hour. what do coders make", "what do coders make", ["medical-records-technician"]),
        ("I don't want a hospital. what do nurses do?", "what do nurses do?", ["registered-nurse"]),
        ("how much do coders make", None, []),
        ("if i get my GED, can i become a nurse", None, []),
        ("for nurses, what is the pay", None, []),
        ("that sounds great. thanks so much", None, []),
    ],
)
def test_what_is_asked_beside_a_remark(reader: Reader, message: str, question: str | None, names: list[str]) -> None:
    assert apart(reader, message) == (question, names)


def test_somebody_new_is_new_where_pay_is_asked(reader: Reader) -> None:
    message = "i have zero experience. what do coders make?"
    whole = reader.read(message)
    question = set_apart(message, [(m.kind, m.start, m.end) for m in whole.mentions])
    assert question is not None
    assert "starting" in [m.value for m in named_beside_remarks(whole, question).mentions if m.kind == "cue"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("do clinics hire them", False),
        ("is this figure up to date", False),
        ("would that do", True),
        ("can I work there", True),
        ("is there something like that for my brother", True),
    ],
)
def test_a_question_on_the_teller_may_depend_on_what_is_told(question: str, told: bool) -> None:
    assert of_the_teller(question) == told


def test_an_empty_it_points_at_nothing() -> None:
    assert not points("is it possible for nurses to study at night")
    assert points("is it true")
