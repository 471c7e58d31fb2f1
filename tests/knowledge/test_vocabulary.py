"""The vocabulary holds together: what one file names, another has; and no name means two things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pytest

from knowledge.facts import read
from knowledge.gazetteer import read_cues, read_names
from knowledge.importers.titles import singular
from knowledge.query import KnowledgeBase
from knowledge.vocabulary import FOLDER, Topic, load_vocabulary, read_yaml

VOCABULARY = load_vocabulary()
CUES = read_cues()
PSEUDO = {"ranking", "industries", "entry", "range"}  # pay by place, by industry, at the start and from low to high
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def duplicates(names: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """(name, owner) -> the names that have several owners."""
    owners: dict[str, set[str]] = defaultdict(set)
    for name, owner in names:
        owners[" ".join(singular(word) for word in name.lower().split())].add(owner)
    return {name: who for name, who in owners.items() if len(who) > 1}


def test_every_file_of_the_knowledge_is_yaml() -> None:
    files = sorted(
        path for folder in ("vocabulary", "sources", "facts", "corrections") for path in (FOLDER / folder).rglob("*")
    )
    assert {path.suffix for path in files if path.is_file()} == {".yml"}, "another ending would not be read"
    for path in files:
        if path.is_file():
            assert read_yaml(path), path


@pytest.mark.parametrize("topic", VOCABULARY.topics.values(), ids=lambda topic: topic.id)
def test_the_indicators_of_a_topic_exist(topic: Topic) -> None:
    assert topic.indicators
    assert [name for name in topic.indicators if name not in VOCABULARY.indicators] == []


def test_every_indicator_belongs_to_a_topic() -> None:
    assert {i.topic for i in VOCABULARY.indicators.values()} <= set(VOCABULARY.topics)


def test_indicators_are_whole() -> None:
    for indicator in VOCABULARY.indicators.values():
        assert indicator.type in ("text", "choice", "number"), indicator.id
        assert bool(indicator.values) == (indicator.type == "choice"), indicator.id
        assert bool(indicator.units) == (indicator.type == "number"), indicator.id
        assert {unit for unit, _, _ in indicator.range} == set(indicator.units), indicator.id
        assert all(low < high for _, low, high in indicator.range), indicator.id
        assert 0 <= indicator.tolerance < 1, indicator.id
        known = {*VOCABULARY.qualifiers, "statistic", "employer_type"}
        assert {*indicator.qualifiers, *indicator.optional} <= known, indicator.id


@pytest.mark.parametrize("cue", CUES)
def test_the_indicators_of_a_cue_exist(cue: str) -> None:
    entry = CUES[cue]
    assert entry["phrases"] and entry["topics"]
    for topic, indicators in entry["topics"].items():
        assert topic in VOCABULARY.topics
        unknown = set(indicators) - set(VOCABULARY.indicators)
        assert unknown <= (PSEUDO if topic == "pay" else set()), topic
    searched = entry.get("strict") or any(entry["topics"].values())
    assert searched, "nothing to look for in any topic, and not strict"
    assert set(entry) <= {"phrases", "topics", "strict", "yes_item", "items", "qualifiers"}


def test_no_cue_has_a_phrase_twice() -> None:
    for cue, entry in CUES.items():
        assert len(entry["phrases"]) == len(set(entry["phrases"])), cue
        assert all(phrase == phrase.lower().strip() for phrase in entry["phrases"]), cue


# --- names


def test_no_name_of_an_occupation_known_in_depth_belongs_to_another() -> None:
    names = [
        (name, id)
        for id, entry in VOCABULARY.occupations.items()
        for name in (entry["name"], entry["plural"], entry.get("official") or entry["name"], *entry["aliases"])
    ]
    assert duplicates(names) == {}


def test_no_name_of_an_occupation_known_in_depth_means_one_of_the_statistics(
    knowledge: KnowledgeBase, knowledge_url: str
) -> None:
    depth = {id: occupation.depth for id, occupation in knowledge.catalog.occupations.items()}
    shared = duplicates((name.text, name.target) for name in read_names(knowledge_url) if name.kind == "occupation")
    assert {name: who for name, who in shared.items() if len({depth[id] for id in who}) > 1} == {}


def test_an_ambiguous_word_is_no_ones_own_name() -> None:
    own = {
        name
        for entry in VOCABULARY.occupations.values()
        for name in (entry["name"], entry["plural"], *entry["aliases"])
    }
    words = {word for entry in VOCABULARY.occupations.values() for word in entry.get("ambiguous", ())}
    assert words & own == set()


def test_no_name_of_a_credential_school_or_employer_belongs_to_another() -> None:
    for entries, fields in (
        (VOCABULARY.credentials, ("name", "short")),
        (VOCABULARY.schools, ("name",)),
        (VOCABULARY.employers, ("name",)),
    ):
        names = [
            (name, id)
            for id, entry in entries.items()
            for name in (*(entry[field] for field in fields), *entry.get("aliases", ()), *entry.get("misnomers", ()))
        ]
        assert duplicates(names) == {}


def test_no_name_of_a_state_belongs_to_another() -> None:
    names = [
        (name, id)
        for id, entry in VOCABULARY.places.items()
        if entry["level"] != "metro"
        for name in (entry["name"], *filter(None, [entry.get("abbreviation")]), *entry.get("aliases", ()))
    ]
    assert duplicates(names) == {}


def test_names_in_the_database_lead_to_what_is_there(knowledge: KnowledgeBase, knowledge_url: str) -> None:
    catalog = knowledge.catalog
    there = {
        "occupation": set(catalog.occupations),
        "credential": set(catalog.credentials),
        "place": set(catalog.places),
        "abbreviation": set(catalog.places),
        "initials": set(catalog.occupations),
        "letters": set(catalog.occupations),
        "employer_type": set(catalog.employers),
        "foreign": {entry["name"] for entry in VOCABULARY.foreign},
        "school": set(VOCABULARY.schools),
        "publisher": {edition.source.publisher for edition in catalog.editions.values()},
    }
    names = read_names(knowledge_url)
    assert len(names) > 4000
    for name in names:
        assert name.target in there[name.kind], name
        assert name.text == name.text.strip().lower() and name.text, name


def test_the_largest_place_of_a_name_has_the_most_jobs(knowledge_url: str) -> None:
    portlands = {
        name.target: name.weight
        for name in read_names(knowledge_url)
        if (name.kind, name.text) == ("place", "portland")
    }
    assert max(portlands, key=lambda id: portlands[id]) == "M38900", "Oregon, not Maine"
    assert all(weight > 0 for weight in portlands.values())


# --- places, occupations, employers


def test_every_state_is_there() -> None:
    states = {id: entry for id, entry in VOCABULARY.places.items() if entry["level"] == "state"}
    assert len(states) == 54, "50 states, the District of Columbia, Puerto Rico, Guam, the Virgin Islands"
    assert all(entry["parent"] == "US" and id == f"US-{entry['abbreviation']}" for id, entry in states.items())
    assert len({entry["fips"] for entry in states.values()}) == 54


def test_every_place_has_a_parent_that_exists(knowledge: KnowledgeBase) -> None:
    places = knowledge.catalog.places
    assert [p.id for p in places.values() if p.parent is None] == ["US"]
    assert {p.parent for p in places.values() if p.parent} <= set(places)
    assert len({p.area for p in places.values() if p.area}) == 583, "every area of the statistics"


def test_occupations_are_whole() -> None:
    for id, entry in VOCABULARY.occupations.items():
        assert SLUG.fullmatch(id)
        if entry.get("soc"):
            assert re.fullmatch(r"\d\d-\d{4}", entry["soc"]), id
            assert str(entry["onet"]).startswith(entry["soc"]) if entry.get("onet") else True, id
        if entry.get("stands_in"):
            assert entry["stands_in"]["occupation"] in VOCABULARY.occupations
            assert entry["stands_in"]["reason"] and entry["stands_in"]["edition"] in read().editions


def test_the_industry_of_an_employer_type_has_statistics(knowledge: KnowledgeBase) -> None:
    names = knowledge.catalog.industry_names
    assert {code for code in knowledge.catalog.industries.values() if code} - set(names) == set()


def test_nicknames_and_common_titles_lead_to_codes_that_exist(knowledge: KnowledgeBase) -> None:
    areas = {place.area for place in knowledge.catalog.places.values() if place.area}
    nicknames = read_yaml(FOLDER / "vocabulary" / "area_nicknames.yml")
    assert {str(area).zfill(7) for area in nicknames} <= areas
    titles = read_yaml(FOLDER / "vocabulary" / "common_titles.yml")
    assert {str(code) for code in titles} <= set(knowledge.catalog.by_soc)


# --- sources


def test_every_source_says_how_far_it_is_to_be_trusted() -> None:
    facts = read()
    sources = {edition.source.id: edition.source for edition in facts.editions.values()}
    for source in sources.values():
        assert source.authority in (1, 2, 3, 4, 5), source.id
        assert source.authority_reason and source.licence and source.url.startswith("https://"), source.id
    assert {id: source.authority for id, source in sources.items() if id.startswith(("bls", "onet"))} == {
        "bls-oews": 1,
        "bls-ep": 1,
        "bls-ooh": 2,
        "onet": sources["onet"].authority,
    }
    assert sources["herzing"].authority == sources["devry"].authority == 4


def test_every_correction_explains_a_statement(knowledge: KnowledgeBase) -> None:
    assert len(knowledge.catalog.corrections) == len(read().corrections)
