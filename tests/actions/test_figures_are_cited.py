"""The promise of the product, as a property: every figure that is said stands in a source that its own line cites.

A broad grid over the topics, and conversations that nobody would think of. tests/checks.py says what is checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.context import TOPIC_INTENTS, Context
from actions.draft import MAX_HEADLINE, MAX_POINTS
from actions.service import Outcome, Service
from actions.turn import Mention, Turn
from components.figures import LEVELS
from knowledge.gazetteer import read_cues
from knowledge.query import Evidence, KnowledgeBase
from tests import checks

Find = Callable[[str], "Evidence | None"]
IN_DEPTH = (
    "medical-records-technician",
    "health-information-technician",
    "health-information-technologist",
    "medical-transcriptionist",
    "medical-assistant",
    "pharmacy-technician",
    "health-services-manager",
    "registered-nurse",
)
STATISTICS = ("median", "mean", "percentile:10", "percentile:25", "percentile:75", "percentile:90", "percentile:97")
UNITS = ("hour", "year", "month", "week")
YEARS = ("1998", "2012", "2019", "2024", "2025", "2034", "2035")
ABOUT = ("ask_source", "ask_currency", "ask_disagreement", "ask_more")
# a state, a territory, the area with the longest name, one whose pay figures for records technicians are suppressed
PLACES = ("US-TX", "US-VI", "M0600006", "M21300")
WORDS = ("Tell me about it.", "Do I need it?", "Why is that?", "Do they make more money?", "")


def variants(topic: str, knowledge: KnowledgeBase) -> Iterator[tuple[Mention, ...]]:
    """What a question on a topic may name beside the occupation, one thing at a time, and some pairs."""
    cues = read_cues()
    some = (
        slice(None) if topic in ("pay", "outlook", "comparison") else slice(1)
    )  # elsewhere a figure asked for changes little
    yield ()
    for kind, values in (
        ("place", PLACES),
        ("statistic", STATISTICS[some]),
        ("pay_period", UNITS[some]),
        ("period", YEARS[some]),
        ("employer_type", ("hospitals", "government", "schools")[some]),
        ("credential", list(knowledge.catalog.credentials)),
        ("level", list(LEVELS)),
        ("foreign", ("Canada",)),
        ("cue", [cue for cue in cues if topic in cues[cue]["topics"]]),
    ):
        yield from ((Mention(kind, value),) for value in values if kind != "place" or value in knowledge.catalog.places)
    for kind, first, second in (
        ("occupation", "medical-assistant", ""),
        ("place", "US-TX", "US-NJ"),
        ("credential", "rhit", "cpc"),
        ("employer_type", "hospitals", "physician-offices"),
        ("credential", "cehrs", "nrccs"),
    ):
        yield tuple(Mention(kind, value) for value in (first, second) if value)


def faults(service: Service, find: Find, outcome: Outcome) -> list[str]:
    """What is wrong with a reply, and with the answers to the four questions that one may ask about it."""
    found = checks.reply_faults(*outcome.message, find)
    if outcome.message[1]["type"] == "answer":
        for intent in ABOUT:
            about = service.about(outcome.context, Turn(intent, ""))
            found += [
                f"{intent}: {fault}" for fault in checks.reply_faults(*about.message, find, about=intent != "ask_more")
            ]
    return found


def test_the_occupations_in_depth_are_all_tested(knowledge: KnowledgeBase) -> None:
    assert {id for id, known in knowledge.catalog.occupations.items() if known.depth == "facts"} == set(IN_DEPTH)


@pytest.mark.parametrize("topic", sorted(TOPIC_INTENTS.values()))
def test_every_figure_of_every_topic_is_cited(
    topic: str, service: Service, knowledge: KnowledgeBase, find: Find
) -> None:
    wrong: list[str] = []
    answered = 0
    for occupation in IN_DEPTH:
        for number, mentions in enumerate(variants(topic, knowledge)):
            said = WORDS[number % 2]
            turn = Turn(f"ask_{topic}", said, (Mention("occupation", occupation), *mentions))
            outcome = service.topic(Context(), turn)
            answered += outcome.message[1]["type"] == "answer"
            plain = not mentions or mentions[0].kind == "place"
            found = faults(service, find, outcome) if plain else checks.reply_faults(*outcome.message, find)
            wrong += [f"{occupation} {[(m.kind, m.value) for m in mentions]}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong[:20])
    assert answered > len(IN_DEPTH) / 2  # or nothing was tested


@pytest.mark.parametrize("place", [f"US-{state}" for state in ("CA", "DC", "GU", "NY", "PR", "WY")])
@pytest.mark.parametrize("statistic", ["", *STATISTICS[1:6]])
def test_every_figure_of_local_pay_is_cited(
    place: str, statistic: str, service: Service, knowledge: KnowledgeBase, find: Find
) -> None:
    named = tuple(Mention("statistic", value) for value in (statistic,) if value)
    for id in (*IN_DEPTH, "surgeons-all-other", "actors", "nurse-anesthetists", "cardiologists"):
        assert id in knowledge.catalog.occupations
        for unit in UNITS:
            turn = Turn(
                "ask_pay", "", (Mention("occupation", id), Mention("place", place), Mention("pay_period", unit), *named)
            )
            found = checks.reply_faults(*service.topic(Context(), turn).message, find)
            assert not found, (id, unit, found)


def conversations(knowledge: KnowledgeBase) -> st.SearchStrategy[list[Turn]]:
    """One to four turns, each with a few things named at random; all of the knowledge base may be named."""
    catalog = knowledge.catalog
    kinds: dict[str, Sequence[str]] = {
        "occupation": [*IN_DEPTH, *catalog.occupations],
        "place": list(catalog.places),
        "credential": list(catalog.credentials),
        "statistic": STATISTICS,
        "pay_period": UNITS,
        "employer_type": list(catalog.employers),
        "level": list(LEVELS),
        "period": YEARS,
        "cue": list(read_cues()),
        "foreign": ("Canada",),
    }
    mention = st.sampled_from(sorted(kinds)).flatmap(
        lambda kind: st.sampled_from(kinds[kind]).map(lambda value: Mention(kind, value))
    )
    return st.lists(
        st.builds(
            Turn,
            intent=st.sampled_from([*TOPIC_INTENTS, "follow_up", *ABOUT]),
            text=st.sampled_from(WORDS),
            mentions=st.lists(mention, max_size=4).map(tuple),
        ),
        min_size=1,
        max_size=4,
    )


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_no_conversation_leads_to_a_figure_without_a_source(
    data: st.DataObject, service: Service, knowledge: KnowledgeBase, find: Find
) -> None:
    context = Context()
    for turn in data.draw(conversations(knowledge)):
        outcome = service.about(context, turn) if turn.intent in ABOUT else service.topic(context, turn)
        about = turn.intent in ABOUT[:3] or turn.text.startswith("Why")  # "why?" may ask for the source
        assert not checks.reply_faults(*outcome.message, find, about=about)
        context = Context.from_slots(outcome.context.to_slots())  # as the tracker keeps it


@pytest.fixture
def answer(ask: Callable[..., Outcome]) -> Outcome:
    """An answer with an amount, a year and others' figures."""
    outcome = ask("pay", occupation="medical-records-technician")
    assert outcome.message[1]["type"] == "answer"
    return outcome


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("$51,140", "$51,141"),
        ("May 2025", "May 2024"),
        ("[1]\n", "\n"),
        ("$24.59", "$24.60"),
        ("$42,630", "$42,640"),
    ],
)
def test_the_check_finds_a_figure_that_was_changed(right: str, wrong: str, answer: Outcome, find: Find) -> None:
    text, payload = answer.message
    assert not checks.reply_faults(text, payload, find)
    assert right in text, text
    body, sources = text[: text.index(checks.SOURCES)], text[text.index(checks.SOURCES) :]
    assert checks.figure_faults(body.replace(right, wrong, 1) + sources, payload, find) or checks.uncited_lines(
        body.replace(right, wrong, 1) + sources, payload
    )


def test_the_check_finds_a_difference_that_was_miscalculated(ask: Callable[..., Outcome], find: Find) -> None:
    said = "Do they make more money?"
    text, payload = ask("comparison", occupation=["medical-records-technician", "registered-nurse"], said=said).message
    assert payload["computed"]
    line = next(line for line in checks.body(text) if "(computed" in line)
    cited = [found for c in payload["citations"] if c["n"] in checks.marks(line) and (found := find(c["statement"]))]
    assert not checks.line_faults(line, cited)
    numbers = sorted(one.statement.number or 0 for one in cited)
    difference = f"${numbers[1] - numbers[0]:,.0f}"
    assert difference in line
    assert checks.line_faults(line.replace(difference, "$1,234"), cited)


def test_the_check_finds_a_citation_that_leads_nowhere(answer: Outcome, find: Find) -> None:
    text, payload = answer.message
    first = {**payload["citations"][0], "statement": "0000000000000000"}
    changed = {**payload, "citations": [first, *payload["citations"][1:]]}
    assert any("leads nowhere" in fault for fault in checks.figure_faults(text, changed, find))


def test_the_limits_are_those_of_the_contract() -> None:
    assert (MAX_HEADLINE, MAX_POINTS) == (checks.MAX_HEADLINE, checks.MAX_POINTS)
