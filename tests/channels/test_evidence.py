"""The page and the JSON behind a citation."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from channels import evidence
from knowledge.query import Evidence, KnowledgeBase, Question
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
    )
    return Evidence(statement, edition, ((f"printed {hostile}", f"right {hostile}", f"why {hostile}"),))


def test_everything_that_a_source_says_is_text_never_markup() -> None:
    plain, hostile = Page(evidence.as_page(made())), Page(evidence.as_page(made(HOSTILE, hostile=HOSTILE)))
    assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in plain.elements]
    assert [set(attributes) for _, attributes in hostile.elements] == [
        set(attributes) for _, attributes in plain.elements
    ]
    assert "script" not in {tag for tag, _ in hostile.elements}
    for part in ("Publisher", "Edition", "part", "note", "reason", "licence", "why", "about", "because"):
        assert f"{part} {HOSTILE}" in hostile.text
    assert HOSTILE in hostile.text


def test_the_page_leads_to_the_source_and_tells_it_nothing() -> None:
    page = Page(evidence.as_page(made(hostile=HOSTILE)))
    (link,) = [attributes for tag, attributes in page.elements if tag == "a"]
    assert link["href"] == f"https://src.example/?a=1&b={HOSTILE}"
    assert link["rel"] == "noreferrer"


def test_the_page_is_readable_without_style_or_script() -> None:
    page = Page(evidence.as_page(made()))
    tags = [tag for tag, _ in page.elements]
    assert dict(page.elements)["html"] == {"lang": "en"}
    assert {"title", "h1", "dl"} <= set(tags)
    assert tags.count("dt") == tags.count("dd") > 5
    assert not {"script", "style", "img", "iframe"} & set(tags)


def test_a_correction_shows_what_was_printed_and_what_is_right() -> None:
    content = evidence.as_json(made())
    assert content["corrections"] == [{"published": "printed plain", "corrected": "right plain", "reason": "why plain"}]
    assert "printed plain" in Page(evidence.as_page(made())).text


def test_an_undated_source_says_why_its_date_is_estimated() -> None:
    assert "about plain: because plain" in Page(evidence.as_page(made())).text


def test_a_figure_is_shown_with_its_unit_and_what_it_is_for() -> None:
    text = Page(evidence.as_page(made(None, number=51140))).text
    assert "51140" in text.replace(",", "")
    assert "USD/year" in text
    assert "US, 2025-05, median" in text


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
        page = Page(evidence.as_page(found))
        assert found.edition.source.publisher in page.text
        assert statement.locator in page.text
        assert found.edition.url in [attributes.get("href") for _, attributes in page.elements]
        assert evidence.as_json(found)["statement"] == statement.id
