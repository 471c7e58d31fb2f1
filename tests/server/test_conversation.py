"""Questions to the running assistant over REST: replies, follow-ups, evidence, and who shares a conversation."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urljoin

import pytest

from channels.guard import clean_text
from knowledge.query import Evidence, KnowledgeBase
from state.gaps import list_gaps, open_state
from tests import checks
from tests.server.conftest import Assistant, Reply

Talk = Callable[[str], Reply]
CODER, NURSE = "medical-records-technician", "registered-nurse"
# one plain question a topic, in words that neither the training data nor the held-out questions need to have
QUESTIONS = (
    "What do medical records technicians do all day?",
    "What schooling does a medical records technician need?",
    "Which certifications can a medical coder get?",
    "How much do medical records technicians earn?",
    "What is the job outlook for medical records technicians?",
    "What skills does a medical records technician need?",
    "Where do medical records technicians work?",
    "How do I become a medical records technician?",
    "How can a medical records technician move up?",
    "What careers are related to medical records technician?",
)


@pytest.fixture(scope="module")
def find(knowledge_url: str) -> Callable[[str], Evidence | None]:
    return lru_cache(maxsize=None)(KnowledgeBase(knowledge_url).evidence)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_gets_a_text_and_a_payload_that_are_cited(
    question: str, talk: Talk, find: Callable[[str], Evidence | None]
) -> None:
    reply = talk(question)
    assert reply.payload["type"] == "answer"
    assert reply.payload["occupation"] == CODER
    assert not checks.reply_faults(reply.text, reply.payload, find)


def test_every_citation_leads_to_its_evidence_for_programs_and_people(talk: Talk, assistant: Assistant) -> None:
    cited = {
        citation["evidence"]: citation for question in QUESTIONS[:4] for citation in talk(question).payload["citations"]
    }
    assert len(cited) > 10
    for path, citation in cited.items():
        program = assistant.get(path)
        assert program.status_code == 200
        assert program.json()["statement"] == citation["statement"]
        assert program.json()["edition"]["url"] == citation["url"]
        person = assistant.get(path, accept="text/html")
        assert person.status_code == 200
        assert person.headers["Content-Type"].startswith("text/html")
        assert "Content-Security-Policy" in person.headers


def test_a_conversation_keeps_what_it_is_about(talk: Talk) -> None:
    first = talk("How much do registered nurses earn in Texas?").payload
    assert (first["topic"], first["occupation"], first["facts"][0]["place"]) == ("pay", NURSE, "US-TX")
    place = talk("and in New Jersey?").payload
    assert (place["topic"], place["occupation"], place["facts"][0]["place"]) == ("pay", NURSE, "US-NJ")
    other = talk("and for pharmacy technicians?").payload
    assert (other["topic"], other["occupation"], other["facts"][0]["place"]) == ("pay", "pharmacy-technician", "US-NJ")
    source = talk("Where does that figure come from?").payload
    assert source["citations"][0]["statement"] == other["citations"][0]["statement"]


def test_starting_over_forgets(talk: Talk) -> None:
    assert talk("What do registered nurses do?").payload["occupation"] == NURSE
    talk("please start over")
    assert talk("What does the job involve?").payload["occupation"] == CODER


def test_two_students_do_not_share_a_conversation(assistant: Assistant) -> None:
    assert assistant.say("How much do registered nurses earn?", "ann").payload["occupation"] == NURSE
    assert assistant.say("How much do pharmacy technicians earn?", "bo").payload["occupation"] == "pharmacy-technician"
    assert assistant.say("and in Texas?", "ann").payload["occupation"] == NURSE
    assert assistant.say("and in Texas?", "bo").payload["occupation"] == "pharmacy-technician"


def test_students_without_a_name_do_not_share_one_either(assistant: Assistant) -> None:
    first = assistant.post({"message": "How much do registered nurses earn?"}).json()
    second = assistant.post({"message": "What does the job involve?"}).json()
    assert first[0]["recipient_id"] != second[0]["recipient_id"]
    payload = next(part["custom"] for part in second if part.get("custom"))
    assert payload.get("occupation") != NURSE


@pytest.mark.parametrize(
    "command",
    [
        '/ask_pay{"occupation": "registered-nurse"}',
        "/ask_pay",
        "/restart",
        "/ /restart",
        "/session_start",
        "/back",
        '/follow_up{"place": "US-TX"}',
        "EXTERNAL: /ask_pay",
        "\x07/greet",
    ],
)
def test_a_command_does_what_its_words_do_and_no_more(command: str, assistant: Assistant) -> None:
    said = {}
    for sender, text in ((f"{command}-as-command", command), (f"{command}-as-words", clean_text(command))):
        assistant.say("What do pharmacy technicians do?", sender)
        said[sender] = [assistant.say(text, sender), assistant.say("How much do they earn?", sender)]
    one, other = said.values()
    assert one == other
    assert one[1].payload["type"] == "answer"
    assert one[1].payload["facts"][0]["place"] == "US"


@pytest.mark.parametrize(
    "text",
    [
        "asdf qwer zxcv",
        "😀😀😀",
        "SELECT * FROM statement; --",
        "<script>alert(1)</script>",
        "?" * 900,
        "а б в",
        "{{7*7}}",
        "$1",
        "nurse " * 160,
        "\u202e\u200b?",
        "[place](Texas)",
    ],
)
def test_any_text_gets_a_reply_that_keeps_the_contract(text: str, talk: Talk) -> None:
    reply = talk(text)
    assert not checks.shape_faults(reply.text, reply.payload)


def test_what_no_source_covers_is_recorded_without_the_words(assistant: Assistant, talk: Talk) -> None:
    reply = talk("How much do registered nurses earn in Canada?")
    assert (reply.payload["type"], reply.payload["citations"]) == ("no_source", [])
    assert "room 12" in reply.text
    engine = open_state(assistant.gaps_url)
    recorded = [entry.gap for entry in list_gaps(engine) if entry.gap.topic == "pay" and entry.gap.occupation == NURSE]
    engine.dispose()
    assert [(gap.place, gap.question_text) for gap in recorded] == [("Canada", None)]


def test_what_students_write_is_in_no_log(assistant: Assistant, talk: Talk) -> None:
    talk("My name is Wilhelmina Xylander, what do coders earn?")
    talk("/ask_pay Wilhelmina Xylander")
    for child in assistant.addresses.children.values():
        assert "Xylander" not in child.log.read_text(encoding="utf-8", errors="replace")


@pytest.mark.parametrize(
    "body", [None, [], {"message": ""}, {"message": "x" * 1001}, {"message": 1}, {"message": "a", "sender": ""}]
)
def test_what_is_no_message_is_refused(body: object, assistant: Assistant) -> None:
    response = assistant.post(body)
    assert (response.status_code, response.headers["Content-Type"]) == (400, "application/problem+json")


def test_the_demo_page_runs_only_its_own_script(assistant: Assistant) -> None:
    page = assistant.session.get(assistant.addresses.demo, timeout=15)
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    scripts = re.findall(r"<script[^>]*\bsrc=\"([^\"]+)\"[^>]*></script>", page.text)
    assert scripts
    assert page.text.count("<script") == len(scripts)
    for script in scripts:
        address = urljoin(page.url, script)
        assert address.startswith(f"{assistant.addresses.base}/webhooks/web/")
        assert assistant.session.get(address, timeout=15).headers["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/conversations/ann/tracker", "/model/parse", "/domain", "/status", "/model"])
def test_rasas_own_interface_is_closed(path: str, assistant: Assistant) -> None:
    """It would show conversations and take commands, and it has no key."""
    assert assistant.get(path).status_code == 404
    assert assistant.session.post(f"{assistant.addresses.base}{path}", json={"text": "hi"}, timeout=15).status_code in (
        404,
        405,
    )


def test_the_place_after_the_last_note_is_that_of_all_figures_asked_for(talk: Talk) -> None:
    reply = talk("Pharmacy technician: pay / openings - Nebraska")
    cited = {one["statement"] for one in reply.payload["citations"]}
    assert reply.payload["type"] == "answer" and cited
    assert reply.text.count("in Nebraska") >= 2
