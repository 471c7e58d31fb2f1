"""Messages that tell a story: the job that someone has and the place they leave are not what is asked about."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from actions.stories import asked_about, own_job, question_of
from actions.turn import Mention, Turn

JOBS = {
    "nurse": "registered-nurse",
    "coder": "medical-records-technician",
    "medical assistant": "medical-assistant",
    "waitress": "waiters-and-waitresses",
    "welder": "welders",
    "pharmacy technician": "pharmacy-technician",
}
PLACES = {"Ohio": "US-OH", "Texas": "US-TX", "New York": "US-NY", "Rochester": "M40380", "Dallas": "M19100"}
PARENTS = {"M40380": "US-NY", "M19100": "US-TX"}
DEEP = frozenset(("registered-nurse", "medical-records-technician", "medical-assistant", "pharmacy-technician"))


def turn(text: str, *ranking: tuple[str, float]) -> Turn:
    """A message with the jobs and places above, as the gazetteer finds them."""
    found = [
        Mention(kind, names[match.group()], (), match.start(), match.end())
        for kind, names in (("occupation", JOBS), ("place", PLACES))
        for match in re.finditer("|".join(sorted(names, key=len, reverse=True)), text)
    ]
    return Turn("ask_duties", text, tuple(sorted(found, key=lambda m: m.start)), ranking=ranking)


def about(said: Turn) -> list[str]:
    left = asked_about(said, DEEP.__contains__, lambda place, wider: PARENTS.get(place) == wider)
    return [mention.value for mention in left.mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the job that one has
        ("i'm a waitress and want to be a coder, what school do i need", ["medical-records-technician"]),
        ("I work as a welder. What does a nurse make?", ["registered-nurse"]),
        ("after nine years as a waitress, can I get hired as a medical assistant?", ["medical-assistant"]),
        ("I used to be a medical assistant, how do I become a coder", ["medical-records-technician"]),
        ("former welder here. duties of a pharmacy technician?", ["pharmacy-technician"]),
        # somebody else's
        ("my mom is a nurse, should I be a coder instead", ["medical-records-technician"]),
        ("my best friend's a medical assistant; do coder jobs pay more?", ["medical-records-technician"]),
        # where one comes from, and where one wants to go
        ("from coder to nurse, how?", ["registered-nurse"]),
        ("welder now, aiming for pharmacy technician. Steps?", ["pharmacy-technician"]),
        ("lost my welder job, is coder something I could train for", ["medical-records-technician"]),
        ("burned out nurse here thinking of moving into a coder job", ["medical-records-technician"]),
        ("would going from coder to nurse be a pay cut", ["medical-records-technician", "registered-nurse"]),
        ("how much more does a nurse make than a welder in the whole country", ["registered-nurse", "welders"]),
        (
            "welder for ten years, need a change: waitress or medical assistant, which pays more",
            ["waiters-and-waitresses", "medical-assistant"],
        ),
        ("I'm stuck between welder and waitress, who gets paid more", ["welders", "waiters-and-waitresses"]),
        ("coder or nurse", ["medical-records-technician", "registered-nurse"]),
        # what one does not want
        ("not a nurse, what about the coder", ["medical-records-technician"]),
        ("I hate being a waitress, is pharmacy technician a calm job?", ["pharmacy-technician"]),
        ("nurse is off the table for me, what does a coder do", ["medical-records-technician"]),
        ("something in health other than nurse, like a coder?", ["medical-records-technician"]),
        # the only job named is what is asked about, though one has it
        ("I'm a nurse, how do I move up?", ["registered-nurse"]),
        ("i'm a coder what can i do next", ["medical-records-technician"]),
        # unless it is a long story about a job of which little is known
        ("I'm a waitress with two small kids and no degree and I would love to work in health records somehow", []),
        ("I'm a welder, is that a good job?", ["welders"]),
        # both are asked about
        (
            "we cannot decide here between welder and nurse, so what does each of them make",
            ["welders", "registered-nurse"],
        ),
        ("does a nurse earn more than a coder", ["registered-nurse", "medical-records-technician"]),
        ("what do nurse and coder have in common", ["registered-nurse", "medical-records-technician"]),
    ],
)
def test_the_job_that_is_asked_about(text: str, expected: list[str]) -> None:
    assert about(turn(text)) == expected


def test_whether_one_may_move_up_is_asked_of_where_one_starts_if_sources_say_so() -> None:
    text = "Once I'm a medical assistant, could I become a nurse?"
    said = turn(text)
    for leads, expected in ((True, ["medical-assistant"]), (False, ["registered-nurse"])):
        left = asked_about(said, DEEP.__contains__, lambda place, wider: False, lambda start, end, so=leads: so)
        assert [mention.value for mention in left.mentions] == expected


def test_schooling_that_someone_has_is_not_asked_about() -> None:
    degree = turn("can I get the RHIT with a nurse degree")
    assert about(degree) == ["registered-nurse"]  # nothing else is named
    named = replace(degree, mentions=(Mention("credential", "rhit", (), 14, 18), *degree.mentions))
    assert about(named) == ["rhit"]
    assert about(turn("could I be a coder with my nurse background")) == ["medical-records-technician"]
    assert about(turn("how long does a nurse degree take")) == ["registered-nurse"]


def test_a_comparison_keeps_both_jobs_even_if_one_has_one_of_them() -> None:
    said = turn("I'm a medical assistant, would a coder earn more than me", ("ask_comparison", 0.8))
    assert about(said) == ["medical-assistant", "medical-records-technician"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moving from Ohio to Texas, what does one earn there", ["US-TX"]),
        ("leaving Ohio for Texas, what is the pay", ["US-TX"]),
        ("I live in Ohio but might work in Texas, what would I make", ["US-TX"]),
        ("pay in Rochester, the New York one", ["M40380"]),
        ("Texas pay, around Dallas", ["M19100"]),
        ("I live in Ohio, what do they earn?", ["US-OH"]),
        ("is pay better in Ohio or Texas", ["US-OH", "US-TX"]),
        ("from Ohio to Texas to New York", ["US-OH", "US-TX", "US-NY"]),
        ("either Ohio or Texas for us, what does one earn in Texas", ["US-TX", "US-TX"]),
        ("I'm in Ohio but off to Texas soon, what would I make", ["US-TX"]),
        ("I'm in Ohio, is the pay better in Texas", ["US-OH", "US-TX"]),
        ("grew up in Ohio, living in Texas now, what does one earn here", ["US-TX"]),
    ],
)
def test_the_place_that_is_asked_about(text: str, expected: list[str]) -> None:
    assert about(turn(text)) == expected


def test_an_ambiguous_place_lies_in_the_state_that_is_named_with_it() -> None:
    rochester = Mention("place", "M40340", ("M40340", "M40380"), 7, 16)
    state = Mention("place", "US-NY", (), 18, 26)
    said = Turn("ask_pay", "pay in Rochester, New York", (rochester, state))
    left = asked_about(said, DEEP.__contains__, lambda place, wider: PARENTS.get(place) == wider)
    assert left.mentions == (rochester,)


def test_a_message_without_a_story_is_left_as_it_is() -> None:
    said = turn("how much does a nurse earn in Texas")
    assert asked_about(said, DEEP.__contains__, lambda *_: False) is said


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("I'm a nurse, should I be a coder", "registered-nurse"),
        ("ive been a welder for 9 years", "welders"),
        ("I used to be a waitress. what does a nurse do", "waiters-and-waitresses"),
        ("my mom is a nurse, should I be a coder", None),
        ("what does a nurse do", None),
        ("I'm thinking about a nurse job", None),
    ],
)
def test_the_job_that_someone_has(text: str, job: str | None) -> None:
    assert own_job(turn(text)) == job


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("welder, 28, tired of it. what do nurses make", "welders"),
        ("nurse for 12 years. what does a coder do", "registered-nurse"),
        ("ok so not nurse. what does a coder do", None),
        ("my sister the nurse told me. what does a coder do", None),
    ],
)
def test_the_job_that_only_the_story_has(text: str, job: str | None) -> None:
    said = turn(text)
    assert own_job(replace(said, mentions=said.mentions[1:], told=said.mentions[:1])) == job


def test_what_is_left_out_is_kept_apart() -> None:
    said = turn("I work as a welder. What does a nurse make?")
    left = asked_about(said, DEEP.__contains__, lambda *_: False)
    assert [mention.value for mention in left.told] == ["welders"]


def test_the_question_of_a_story_keeps_its_place_and_the_sum_that_it_is_set_against() -> None:
    story = "welder, $21 an hour, tired of it. what does a coder make"
    start = story.index("what")
    question = question_of(story, start, len(story))
    assert len(question) == len(story)
    assert question.split() == "$21 an hour what does a coder make".split()
    assert question[start:] == story[start:]


def test_who_asks_is_read_from_the_story_beside_the_question() -> None:
    story = "I'm a welder in Ohio, thirty years of it, how does one become a nurse"
    said = turn(story)
    asked = replace(said, text=question_of(story, story.index("how"), len(story)), story=story)
    assert about(asked) == about(said)
    assert own_job(asked) == "welders"


def test_what_someone_studied_is_no_job() -> None:
    assert about(turn("mine is in welder, does that count")) == []
    assert about(turn("my old degree was in welder, ok or not")) == []
    assert about(turn("my degree is in nurse")) == ["registered-nurse"]  # which sources say more of
    assert about(turn("what does a welder make")) == ["welders"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I drive a truck. Do coders need a degree?", ["coders"]),  # the truck driver's own work is only told
        ("my cousin says nurses clear 90k. is that so", ["nurses"]),
        ("do I need experience for nurses' jobs", ["nurses"]),  # "ex" is a word of its own
        ("I drive a truck. would I make more as one of the coders", ["drive a truck", "coders"]),
    ],
)
def test_what_one_does_is_told_unless_it_is_weighed(text: str, kept: list[str]) -> None:
    names = ("drive a truck", "coders", "nurses")
    mentions = tuple(
        Mention("occupation", name, (), text.index(name), text.index(name) + len(name))
        for name in names
        if name in text
    )
    turn = asked_about(Turn("ask_pay", text, mentions), lambda id: id != "drive a truck", lambda one, other: False)
    assert list(turn.values("occupation")) == kept
