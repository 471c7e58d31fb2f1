"""Replies as Slack messages: everything that they say, within Slack's limits, and nothing that reads as markup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from channels import slack_blocks, slack_cards, slack_home
from channels import slack_wording as said
from channels.slack_blocks import Setting
from channels.slack_content import Reply
from state.handoffs import Handoff
from state.messages import Message
from state.slack_relay import Unsaid
from tests.slack_stand_in import shapes

HOSTILE = "<!channel> <@U0ANN> *x* _y_ `z` ~s~ :tada: <https://evil.example|BLS> & \u202e"
PUBLIC = "https://bot.school.example"


def citation(
    n: int, *, source: str = "", public: bool = True, url: str = "https://src.example/", extra: str = ""
) -> dict[str, Any]:
    return {
        "n": n,
        "statement": f"s{n}",
        "source": source or f"src-{n}",
        "publisher": f"Publisher {n}{extra}",
        "title": f"Title {n}{extra}",
        "url": f"{url}{n}",
        "published": "2026-05-15",
        "dated": "15 May 2026",
        "evidence": f"{PUBLIC if public else ''}/webhooks/web/evidence/s{n}",
    }


def answer(lines: int = 3, citations: int = 4, words: str = "It pays $51,140 a year.", **more: Any) -> Reply:
    given = more.pop("sources", [citation(n) for n in range(1, citations + 1)])
    marks = [f"[{n % max(1, len(given)) + 1}]" for n in range(200)]
    payload = {
        "type": "answer",
        "topic": "pay",
        "headline": f"{words} [1]",
        "points": [{"text": f"{words} {marks[n]}", "citations": [1]} for n in range(lines)],
        "conflict": {
            "note": "Older or different figures:",
            "facts": [{"said": f"{words} {marks[n]}"} for n in range(lines)],
        },
        "notes": [{"text": f"Note: {words}", "citations": []}],
        "chart": None,
        "citations": given,
        "suggestions": ["And in Ohio?", "Tell me more"],
        "answer_id": "0123456789abcdef",
        **more,
    }
    return Reply(f"{words}\n" * 4, payload)


def strings(value: Any) -> Iterator[str]:
    """Every text that a reader sees."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            elif name not in ("value", "confirm"):
                yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def shown(made: Mapping[str, Any]) -> str:
    return "\n".join(strings(made["blocks"]))


def links(made: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for block in made["blocks"]:
        for element in block.get("elements") or ():
            for part in element.get("elements") or ():
                for inner in part.get("elements") or [part]:
                    if inner.get("type") == "link":
                        found[inner["text"]] = inner["url"]
    return found


def faults(made: Mapping[str, Any]) -> list[str]:
    return list(shapes.message_faults(made))


def test_an_answer_is_one_message_with_all_its_parts() -> None:
    made = slack_blocks.message(answer(), Setting(question="pay?", conversation="slack-x", staff=True))
    assert not faults(made)
    text = shown(made)
    for part in (
        "It pays $51,140 a year.",
        "Older or different figures:",
        "Note:",
        "Publisher 2, Title 2",
        "15 May 2026",
        "And in Ohio?",
    ):
        assert part in text
    assert links(made)["[2]"] == f"{PUBLIC}/webhooks/web/evidence/s2"
    buttons = [e for block in made["blocks"] if block["type"] == "actions" for e in block["elements"]]
    labels = [button["text"]["text"] for button in buttons]
    assert labels == ["And in Ohio?", "Tell me more", said.FEEDBACK_YES, said.FEEDBACK_NO, said.ASK_PERSON]
    assert json.loads(buttons[2]["value"]) == {"answer": "0123456789abcdef", "in": "slack-x"}
    assert buttons[4]["value"] == "pay?"
    assert buttons[4]["confirm"]["text"]["text"] == said.PERSON_CONFIRM


def test_without_a_public_address_citations_lead_to_the_sources_themselves() -> None:
    made = slack_blocks.message(answer(sources=[citation(1, public=False)]))
    assert links(made)["[1]"] == "https://src.example/1"
    assert "<https://src.example/1|Publisher 1, Title 1>" in shown(made)


def test_statements_of_one_edition_share_a_line_among_the_sources() -> None:
    made = slack_blocks.message(
        answer(sources=[citation(1, source="a"), citation(2, source="b"), citation(3, source="a")])
    )
    lines = shown(made).split("\n")
    assert any(line.startswith("[1, 3] <") for line in lines)
    assert any(line.startswith("[2] <") for line in lines)


def test_a_question_that_no_source_covers_says_so_with_what_is_near_it() -> None:
    text = (
        "I have no source that covers fees.\nWhat I do have:\n• RHIT is a certification. [1]\nSources:\n"
        "[1] DeVry, Page (2023). https://d.example\nI have noted the question."
    )
    payload = {
        "type": "no_source",
        "headline": "I have no source that covers fees.",
        "nearby": [{"text": "RHIT is a certification. [1]", "sources": [citation(1)]}],
        "citations": [],
        "suggestions": [],
        "answer_id": "a1",
    }
    made = slack_blocks.message(Reply(text, payload), Setting(conversation="c"))
    assert not faults(made)
    assert shown(made).count("DeVry") == 0
    assert "Publisher 1, Title 1" in shown(made)
    assert "I have noted the question." in shown(made)
    assert links(made) == {"[1]": f"{PUBLIC}/webhooks/web/evidence/s1"}


@pytest.mark.parametrize("kind", ["clarify", "handoff", "smalltalk"])
def test_other_replies_are_plain(kind: str) -> None:
    payload = {"type": kind, "headline": "Which one?", "citations": [], "suggestions": ["A", "B"]}
    made = slack_blocks.message(Reply("Which one?", payload))
    assert not faults(made)
    assert ("Ask a person" in shown(made)) == (kind != "smalltalk")
    assert made["text"] == "Which one?"


def test_a_reply_without_a_payload_is_still_shown() -> None:
    made = slack_blocks.message(Reply("Hello.\n• one\n• two", {}))
    assert not faults(made)
    assert [t for t in strings(made["blocks"]) if t in ("Hello.", "one", "two")] == ["Hello.", "one", "two"]


def test_a_clicked_question_stands_above_its_answer() -> None:
    made = slack_blocks.message(answer(), Setting(question="And in *Ohio*?", user="U0ANN", shown=True))
    first = made["blocks"][0]["elements"][0]["text"].replace("\u2060", "")
    assert first == "<@U0ANN> asked: And in *Ohio*?"
    assert (
        slack_blocks.message(answer(), Setting(question="x", user="<!channel>", shown=True))["blocks"][0]["elements"][
            0
        ]["text"]
        == "asked: x"
    )


def test_pay_is_shown_as_an_image_if_it_has_an_address_and_as_bars_if_not() -> None:
    chart = {
        "kind": "percentiles",
        "unit": "USD/year",
        "points": [{"percentile": p, "value": p * 1000.0} for p in (10, 50)],
    }
    image = slack_blocks.message(answer(chart=chart), Setting(chart_address=lambda _: f"{PUBLIC}/c.png"))
    (block,) = [b for b in image["blocks"] if b["type"] == "image"]
    assert not faults(image)
    assert "Median $50,000" in block["alt_text"]
    bars = slack_blocks.message(answer(chart=chart))
    assert not faults(bars)
    assert "Median           $50,000  ████" in shown(bars)


def test_an_image_that_slack_cannot_fetch_is_said_in_words() -> None:
    chart = {
        "kind": "bars",
        "unit": "USD/year",
        "points": [{"label": "Ohio", "value": 1}, {"label": "Iowa", "value": 2}],
    }
    made = slack_blocks.message(answer(chart=chart), Setting(chart_address=lambda _: f"{PUBLIC}/c.png"))
    blocks = slack_blocks.without_images(made["blocks"])
    assert not faults({**made, "blocks": blocks})
    assert "Ohio $1, Iowa $2" in shown({"blocks": blocks})
    assert len(blocks) == len(made["blocks"])


def test_nothing_that_anybody_writes_becomes_markup() -> None:
    reply = answer(words=HOSTILE, sources=[citation(n, extra=HOSTILE) for n in (1, 2)], suggestions=[HOSTILE])
    made = slack_blocks.message(reply, Setting(question=HOSTILE, user="U0ANN", shown=True))
    assert not faults(made)
    for block in made["blocks"]:
        if block["type"] in ("context", "section"):
            for element in block["elements"]:
                text = element["text"].replace("<@U0ANN> asked:", "")
                assert "<!" not in text and "<@" not in text and "<https://evil" not in text
                assert all(link.startswith(f"<{PUBLIC}/") for link in text.split() if link.startswith("<http"))


def test_the_longest_answers_fit_and_keep_what_matters_most() -> None:
    long = "word " * 400
    sources = [citation(n, url="https://src.example/" + "p" * 900, extra=" title" * 100) for n in range(1, 61)]
    made = slack_blocks.message(
        answer(40, 60, long, sources=sources, suggestions=["s" * 290] * 30), Setting(question="q" * 1000, shown=True)
    )
    assert not faults(made)
    assert made["blocks"][1]["elements"][0]["elements"][0]["text"].startswith("word word")
    assert "more" in shown(made)
    assert said.FEEDBACK_YES in shown(made)


def test_what_is_left_out_is_said_and_is_the_least_important() -> None:
    sources = [citation(n, extra=" title" * 20) for n in range(1, 13)]
    made = slack_blocks.message(
        answer(12, 12, "A line of a usual length, as answers have them, with a figure. " * 4, sources=sources)
    )
    assert not faults(made)
    text = shown(made)
    assert "more that do not fit here" in text or "under the numbers in the text" in text
    assert text.index("A line of a usual length") < text.index("more")


words = st.text(max_size=400)


@effort(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    headline=words,
    points=st.lists(words, max_size=12),
    said_by_others=st.lists(words, max_size=12),
    notes=st.lists(words, max_size=4),
    suggestions=st.lists(words, max_size=30),
    kind=st.sampled_from(["answer", "no_source", "clarify", "handoff", "smalltalk", "other"]),
    text=words,
    count=st.integers(0, 30),
)
def test_any_payload_fits(
    headline: str,
    points: list[str],
    said_by_others: list[str],
    notes: list[str],
    suggestions: list[str],
    kind: str,
    text: str,
    count: int,
) -> None:
    payload = {
        "type": kind,
        "headline": headline,
        "points": [{"text": line} for line in points],
        "conflict": {"note": text, "facts": [{"said": line} for line in said_by_others]},
        "notes": [{"text": line} for line in notes],
        "citations": [citation(n, extra=text[:80]) for n in range(1, count + 1)],
        "suggestions": suggestions,
        "answer_id": "a",
    }
    made = slack_blocks.message(
        Reply(text, payload), Setting(question=text, user="U0ANN", conversation="c", shown=True, share="s")
    )
    assert not faults(made)


# --- the home tab, cards


def test_the_home_tab_fits_and_says_how_new_the_knowledge_is() -> None:
    view = slack_home.view("D0ANN", "/career", HOSTILE, slack_home.Knowledge(12, "2026-05-15", "2026-06-01"))
    assert not list(shapes.view_faults(view))
    text = "\n".join(strings(view["blocks"]))
    assert "2026-05-15" in text and "/career" in text
    assert "<!" not in text and "<@" not in text
    assert not list(shapes.view_faults(slack_home.view("", "/career", "x", None)))


def asked(**more: Any) -> Handoff:
    values = {
        "id": "h1",
        "conversation_id": "web-1",
        "status": "waiting",
        "via": "slack",
        "email": "ann@school.example",
        "name": "Ann",
        "question": "Help?",
        "share_transcript": True,
        "created": "2026-11-21T20:00:00.000Z",
    }
    return Handoff(**{**values, **more})


def test_a_card_says_who_asks_what_and_how_to_answer() -> None:
    made = slack_cards.card(asked())
    assert not faults(made)
    text = shown(made)
    for part in ("Ann", "asks for a person", "Help?", "ann@school.example", "Answer in this thread", said.CLOSE):
        assert part in text


@pytest.mark.parametrize(
    "made",
    [
        slack_cards.card(asked(name=HOSTILE * 9, question=HOSTILE * 90, email=HOSTILE)),
        slack_cards.card(asked(name=None, question=None, email="")),
        slack_cards.card(asked(conversation_id="slack-T1-C1-17.1", name="U0ANN")),
        slack_cards.card(asked(conversation_id="slack-T1-D1", name="U0ANN"), "Again."),
        {**slack_cards.over(asked(), "student"), "channel": "C1", "ts": "1"},
        {**slack_cards.over(None, "deleted"), "channel": "C1", "ts": "1"},
        slack_cards.of_student(HOSTILE * 20),
        slack_cards.passed_on("x"),
        slack_cards.to_student(Unsaid("m1", "slack-T1-C1-17.1", "staff", HOSTILE * 30)).body,
        slack_cards.to_student(Unsaid("m1", "slack-T1-D1", "notice", "x")).body,
    ],
)  # fmt: skip
def test_what_staff_and_students_write_fits_and_is_text(made: dict[str, Any]) -> None:
    assert not faults({name: value for name, value in made.items() if name not in ("channel", "ts", "thread_ts")})
    for block in made["blocks"]:
        assert block["type"] in ("rich_text", "actions")


def test_a_deleted_conversation_leaves_nothing_on_its_card() -> None:
    text = json.dumps(slack_cards.over(asked(), "deleted"))
    assert "Ann" not in text and "Help?" not in text and "ann@" not in text


def test_a_transcript_of_any_length_fits_into_a_few_posts() -> None:
    spoken = [
        Message(n, f"m{n}", "web-1", ("user", "assistant", "notice")[n % 3], f"{n} {HOSTILE * 40}", "t")
        for n in range(60)
    ]
    posts = list(slack_cards.transcript(spoken))
    assert 1 < len(posts) <= slack_cards.MAX_PARTS
    assert not [fault for post in posts for fault in faults(post)]
    assert "58 " in shown(posts[-1])
    assert not list(slack_cards.transcript([]))
