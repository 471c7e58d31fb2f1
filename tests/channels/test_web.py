"""The web channel over HTTP: the demo page and the evidence."""

from __future__ import annotations

import pytest

from channels.web import DEMO
from knowledge.query import KnowledgeBase
from tests.channels.conftest import Client


@pytest.fixture(scope="module")
def statement(knowledge_url: str) -> str:
    return KnowledgeBase(knowledge_url).statements("medical-records-technician", "duties.task")[0].id


def test_evidence_is_json_for_programs_and_a_page_for_people(client: Client, statement: str) -> None:
    program = client.get(f"/web/evidence/{statement}")
    assert (program.status_code, program.headers["Content-Type"]) == (200, "application/json")
    assert program.json()["statement"] == statement
    person = client.get(f"/web/evidence/{statement}", Accept="text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")
    assert person.status_code == 200
    assert person.headers["Content-Type"].startswith("text/html")
    assert program.json()["edition"]["url"] in person.text


def test_a_figure_of_the_pay_statistics_has_evidence(client: Client) -> None:
    found = client.get("/web/evidence/oews2025-N0000000-000000-292072-13").json()
    assert (found["value"], found["unit"], found["statistic"], found["place"]) == (51140, "USD/year", "median", "US")


@pytest.mark.parametrize(
    "id",
    [
        "0000000000000000",
        "oews2025-N0000000-000000-999999-13",
        "oews2025-N0000000-000000-292072-99",
        "x'%20OR%20'1'='1",
        "%00",
        "..%2f..%2fsettings.py",
        "<script>",
        "a" * 2000,
    ],
)
def test_an_unknown_id_is_not_found_and_not_repeated(id: str, client: Client) -> None:
    reply = client.get(f"/web/evidence/{id}", Accept="text/html")
    assert reply.status_code == 404
    assert "<script>" not in reply.text
    assert "settings.py" not in reply.text


@pytest.mark.parametrize("path", ["/web/demo", "/web/demo/demo.js", "/web/demo/demo.css", "/web/evidence/{statement}"])
def test_pages_allow_no_foreign_script_and_no_frame(path: str, client: Client, statement: str) -> None:
    reply = client.get(path.format(statement=statement), Accept="text/html")
    assert reply.status_code == 200
    policy = {rule.split()[0]: rule.split()[1:] for rule in reply.headers["Content-Security-Policy"].split("; ")}
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert not any("unsafe" in value for values in policy.values() for value in values)
    assert reply.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["..%2fweb.py", "%2e%2e/web.py", "..%2f..%2f..%2fsettings.py", "none.js", "index.html.bak"]
)
def test_only_the_demos_own_files_are_served(name: str, client: Client) -> None:
    reply = client.get(f"/web/demo/{name}")
    assert reply.status_code == 404
    assert "import" not in reply.text


def test_the_demo_page_is_what_is_in_the_folder(client: Client) -> None:
    assert client.get("/web/demo").text == (DEMO / "index.html").read_text(encoding="utf-8")
    assert client.get("/web/demo/demo.js").headers["Content-Type"].startswith("text/javascript")
    assert client.get("/web/demo/demo.css").headers["Content-Type"].startswith("text/css")


def test_the_channel_tells_that_it_is_up(client: Client) -> None:
    assert client.get("/web/").json() == {"status": "ok"}
