"""Names that people use, from the titles of the statistics."""

from __future__ import annotations

import pytest

from knowledge.gazetteer import read_names
from knowledge.importers.titles import area_aliases, sentence_case, singular, slug, title_aliases


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Registered Nurses", "registered-nurses"),
        ("Plumbers, Pipefitters, and Steamfitters", "plumbers-pipefitters-and-steamfitters"),
        ("Cooks, All Other", "cooks-all-other"),
        ("Farmers, Ranchers, and Other Agricultural Managers", "farmers-ranchers-and-other-agricultural-managers"),
    ],
)
def test_a_slug_is_lower_case_with_hyphens(title: str, expected: str) -> None:
    assert slug(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Registered Nurses", "registered nurses"),
        ("HVAC Mechanics", "HVAC mechanics"),
        ("Medical Records Specialists", "medical records specialists"),
        ("EMTs, Paramedics", "emts, paramedics"),
    ],
)
def test_acronyms_keep_their_capitals(title: str, expected: str) -> None:
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("plural", "expected"),
    [
        ("nurses", "nurse"),
        ("technicians", "technician"),
        ("secretaries", "secretary"),
        ("bosses", "boss"),
        ("boxes", "box"),
        ("coaches", "coach"),
        ("dishes", "dish"),
        ("firemen", "fireman"),
        ("salary", "salary"),
        ("boss", "boss"),
        ("campus", "campus"),
        ("analysis", "analysis"),
        ("is", "is"),
        ("gas", "gas"),
        ("", ""),
        ("s", "s"),
    ],
)
def test_singulars(plural: str, expected: str) -> None:
    assert singular(plural) == expected


@pytest.mark.parametrize(
    ("title", "named", "not_named"),
    [
        ("Registered Nurses", {"registered nurses"}, set()),
        ("Plumbers, Pipefitters, and Steamfitters", {"plumbers", "pipefitters", "steamfitters"}, set()),
        ("Heavy and Tractor-Trailer Truck Drivers", {"heavy and tractor-trailer truck drivers"}, {"heavy"}),
        ("Elementary School Teachers, Except Special Education", {"elementary school teachers"}, {"special education"}),
        ("Managers, All Other", {"managers, all other"}, {"managers", "all other"}),
        (
            "Nursing Instructors and Teachers, Postsecondary",
            {"nursing instructors and teachers, postsecondary"},
            {"postsecondary"},
        ),
        ("Firefighters", {"firefighters"}, set()),
        ("Opticians, Dispensing", {"opticians", "dispensing opticians"}, {"dispensing"}),
        ("Cooks, Fast Food", {"fast food cooks"}, {"fast food"}),
    ],
)
def test_the_parts_of_a_title_are_names_where_they_are_jobs(title: str, named: set[str], not_named: set[str]) -> None:
    aliases = set(title_aliases(title))
    assert named <= aliases
    assert not aliases & not_named
    assert title.lower() in aliases


@pytest.mark.parametrize(
    ("name", "named", "not_named"),
    [
        (
            "San Jose-Sunnyvale-Santa Clara, CA",
            {
                "san jose",
                "sunnyvale",
                "santa clara",
                "san jose, ca",
                "san jose ca",
                "san jose california",
                "sunnyvale, california",
            },
            {"ca"},
        ),
        ("St. Louis, MO-IL", {"st. louis", "saint louis", "st louis", "st louis mo", "saint louis, il"}, {"mo"}),
        ("Fort Wayne, IN", {"fort wayne", "ft wayne", "ft wayne in", "fort wayne, indiana"}, {"in"}),
        ("Oklahoma City, OK", {"oklahoma city", "oklahoma city, ok"}, {"ok"}),
        (
            "Louisville/Jefferson County, KY-IN",
            {"louisville", "jefferson county", "louisville, ky", "louisville in"},
            set(),
        ),
        (
            "Nashville-Davidson--Murfreesboro--Franklin, TN",
            {"nashville", "davidson", "murfreesboro", "franklin tn"},
            {"", "-"},
        ),
        (
            "Northwest Alabama nonmetropolitan area",
            {"northwest alabama nonmetropolitan area"},
            {"northwest", "alabama"},
        ),
    ],
)
def test_each_city_of_an_area_is_a_name_with_and_without_its_state(
    name: str, named: set[str], not_named: set[str]
) -> None:
    states = {"ca": "california", "in": "indiana", "ok": "oklahoma", "ky": "kentucky"}
    aliases = area_aliases(name, states)
    assert named <= set(aliases)
    assert not set(aliases) & not_named
    assert len(aliases) == len(set(aliases)) and name.lower() in aliases


@pytest.mark.parametrize(
    ("name", "occupation"),
    [
        ("phlebotomists", "phlebotomists"),
        ("plumber", "plumbers-pipefitters-and-steamfitters"),
        ("home health aide", "home-health-and-personal-care-aides"),
        ("ceo", "chief-executives"),
        ("registered nurses", "registered-nurse"),
        ("medical records specialists", "medical-records-technician"),
    ],
)
def test_names_in_the_database(knowledge_url: str, name: str, occupation: str) -> None:
    assert {n.target for n in read_names(knowledge_url) if (n.kind, n.text) == ("occupation", name)} == {occupation}


def test_cities_beside_those_in_an_areas_name_lead_to_it(knowledge_url: str) -> None:
    names = {(name.text, name.target) for name in read_names(knowledge_url) if name.kind == "place"}
    assert {("scottsdale", "M38060"), ("plano, tx", "M19100"), ("bethesda md", "M47900")} <= names
    assert any(text == "rural kansas" for text, _ in names)
