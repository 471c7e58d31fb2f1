"""The page and the JSON behind a citation."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from channels import evidence
from channels.evidence import Names
from channels.evidence_page import render
from knowledge.query import Evidence, KnowledgeBase, Other, Question
from knowledge.scope import Scope
from knowledge.statement import Edition, Source, Statement

HOSTILE = '<script>alert("1")</script>\' onmouseover="x" <img src=x onerror=alert(1)> &amp;'


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def made(text: str | None = "People file records.", *, hostile: str = "plain", number: float | None = None) -> Evidence:
    source = Source(
        "src",
        f"Publisher {hostile}",
        f"Title {hostile}",
        "https://src.example/",
        f"kind {hostile}",
        1,
        f"reason {hostile}",
        f"licence {hostile}",
    )
    edition = Edition(
        "src-1",
        source,
        f"v {hostile}",
        f"Edition {hostile}",
        f"https://src.example/?a=1&b={hostile}",
        "unknown",
        "2026-06-01",
        "cite",
        None,
        f"about {hostile}",
        f"because {hostile}",
    )
    statement = Statement(
        "registered-nurse",
        "duties.task",
        "src-1",
        f"part {hostile}",
        Scope("US", "2025-05", "median"),
        number=number,
        unit="USD/year" if number else None,
        text=text,
        note=f"note {hostile}",
        original=f"original {hostile}",
    )
    other = replace(statement, number=None, text=f"other {hostile}", given_id=f"id-{hostile}")
    corrections = ((f"printed {hostile}", f"right {hostile}", f"why {hostile}"),)
    return Evidence(statement, edition, corrections, (Other(other, edition, "differs"),))


def shown(found: Evidence, hostile: str = "plain") -> str:
    qualifiers = {f"key {hostile}": f"value {hostile}"}
    names = Names(f"nurses {hostile}", f"task {hostile}", f"place {hostile}", f"employers {hostile}", qualifiers)
    return render(found, names)


def test_everything_that_a_source_says_is_text_never_markup() -> None:
    plain, hostile = Page(shown(made())), Page(shown(made(HOSTILE, hostile=HOSTILE), HOSTILE))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert [set(attributes) for _, attributes in hostile.elements] == [
        set(attributes) for _, attributes in plain.elements
    ]
    assert "script" not in {tag for tag, _ in hostile.elements}
    words = "Publisher Edition part note reason licence why printed right about original other task place employers"
    for part in (*words.split(), "value", "Nurses"):
        assert f"{part} {HOSTILE}" in hostile.text
    assert HOSTILE in hostile.text


def test_the_page_leads_to_the_source_and_tells_it_nothing() -> None:
    page = Page(shown(made(hostile=HOSTILE), HOSTILE))
    (link,) = [attributes for tag, attributes in page.elements if tag == "a" and attributes.get("class") == "button"]
    assert link["href"] == f"https://src.example/?a=1&b={HOSTILE}"
    assert link["rel"] == "noreferrer"


def test_the_page_has_no_script_and_one_sheet_of_its_own() -> None:
    page = Page(shown(made()))
    tags = [tag for tag, _ in page.elements]
    assert dict(page.elements)["html"] == {"lang": "en"}
    assert {"title", "h1", "dl"} <= set(tags)
    assert tags.count("h1") == 1
    assert tags.count("dt") == tags.count("dd") > 5
    assert not {"script", "style", "img", "iframe"} & set(tags)
    assert not any("style" in attributes for _, attributes in page.elements)
    sheets = [attributes["href"] for tag, attributes in page.elements if tag == "link"]
    assert sheets == ["../page.css"]  # relative: right behind any path prefix


def test_a_correction_shows_what_was_printed_and_what_is_right() -> None:
    content = evidence.as_json(made())
    assert content["corrections"] == [{"published": "printed plain", "corrected": "right plain", "reason": "why plain"}]
    assert "printed plain" in Page(shown(made())).text


def test_an_undated_source_says_why_its_date_is_estimated() -> None:
    assert "about plain: because plain" in Page(shown(made())).text


def test_a_figure_is_shown_with_its_unit_and_what_it_is_for() -> None:
    text = Page(shown(made(None, number=51140))).text
    for part in ("$51,140 a year", "May 2025", "median", "place plain", "employers plain", "original plain"):
        assert part in text


def test_what_others_say_is_there_with_its_date_and_leads_to_its_own_evidence(knowledge_url: str) -> None:
    knowledge = KnowledgeBase(knowledge_url)
    found = knowledge.evidence("oews2025-N0000000-000000-292072-13")
    assert found is not None
    page = Page(render(found, evidence.names(knowledge.catalog, found)))
    assert "Medical records technicians" in page.text
    for part in ("$51,140 a year", "older figure", "$42,630 a year", "(2019)", "Herzing University", "undated"):
        assert part in page.text
    links = [attributes["href"] for tag, attributes in page.elements if tag == "a"]
    others = evidence.as_json(found)["others"]
    assert len(others) >= 3
    for other in others:
        assert other["statement"] in links
        assert knowledge.evidence(other["statement"]) is not None


def test_that_nobody_else_speaks_of_it_is_said() -> None:
    assert "No other source" in Page(shown(replace(made(), others=()))).text


@pytest.mark.parametrize("topic", ["duties", "pay", "outlook", "certification"])
def test_every_real_statement_has_a_page_that_names_publisher_place_and_address(topic: str, knowledge_url: str) -> None:
    knowledge = KnowledgeBase(knowledge_url)
    statements = [
        s
        for finding in knowledge.answer(Question(topic, "medical-records-technician")).findings
        for s in finding.statements
    ]
    assert statements
    for statement in statements:
        found = knowledge.evidence(statement.id)
        assert found is not None
        page = Page(render(found, evidence.names(knowledge.catalog, found)))
        assert found.edition.source.publisher in page.text
        assert statement.locator in page.text
        assert found.edition.url in [attributes.get("href") for _, attributes in page.elements]
        assert evidence.as_json(found)["statement"] == statement.id
