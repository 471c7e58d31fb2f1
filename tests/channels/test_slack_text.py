"""Texts to and from Slack: nothing that people or sources write becomes a mention, a link or formatting."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels import slack_text

BOT = "U0BOT"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("<@U0BOT> what do coders earn?", "what do coders earn?"),
        ("<@U0BOT|waymark>: pay", ": pay"),
        ("ask <@U0BOB> or <@U0EVE|eve>", "ask @someone or @eve"),
        ("see <#C1|general> and <#C2>", "see #general and #channel"),
        ("<!here> hi <!subteam^S1|@staff> <!channel|@channel>", "@here hi @staff @channel"),
        ("<https://a.example/x?y=1&amp;z=2>", "https://a.example/x?y=1&z=2"),
        ("<https://a.example|the page>", "the page"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("pay &lt; 50k &amp; &gt; 20k", "pay < 50k & > 20k"),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;"),
        ("two\nlines  and   spaces", "two lines and spaces"),
        ("a < b and c > d", "a < b and c > d"),
        ("", ""),
    ],
)
def test_what_people_typed_is_read_plainly(typed: str, meant: str) -> None:
    assert slack_text.plain(typed, BOT) == meant


@pytest.mark.parametrize(
    ("text", "found"), [("hi <@U0BOT>", True), ("<@U0BOT|w> hi", True), ("<@U0BOTX> hi", False), ("@U0BOT", False)]
)
def test_a_mention_is_told_from_what_looks_like_one(text: str, found: bool) -> None:
    assert slack_text.mentions(text, BOT) is found


@pytest.mark.parametrize(
    "hostile",
    ["<!channel>", "<@U0ANN>", "<https://evil.example|bls.gov>", "*bold*", "_it_", "~no~", "`code`", ":tada:"],
)
def test_what_is_escaped_starts_nothing_in_mrkdwn(hostile: str) -> None:
    safe = slack_text.escape(f"x {hostile} y")
    assert not re.search(r"<[@!#h]", safe)
    assert not re.search(r"([*_~`])\S[^\u2060]*\1(?!\u2060)", safe)
    assert not re.search(r":\w+:", safe)
    shown = safe.replace(slack_text.WORD_JOINER, "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == f"x {hostile} y"


@given(st.text())
def test_any_text_reads_back_as_it_was(text: str) -> None:
    escaped = slack_text.entities(text)
    assert "<" not in escaped and ">" not in escaped
    assert escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


def test_times_and_urls_keep_their_colons() -> None:
    assert slack_text.escape("at 10:30, 12:00") == "at 10:30, 12:00"


@pytest.mark.parametrize(
    ("url", "label", "expected"),
    [
        ("https://a.example/x?a=1&b=2", "BLS & co", "<https://a.example/x?a=1&amp;b=2|BLS &amp; co>"),
        ("https://a.example/>|<!here>", "x", "<https://a.example/%3E%7C%3C!here%3E|x>"),
        ("https://a.example", "a|b>", "<https://a.example|a¦b&gt;>"),
        ("javascript:alert(1)", "x", "x"),
        ("/webhooks/web/evidence/1", "x", "x"),
    ],
)
def test_a_link_leads_to_its_address_and_nothing_else(url: str, label: str, expected: str) -> None:
    assert slack_text.link(url, label) == expected


@given(st.text(min_size=1), st.integers(min_value=2, max_value=200))
def test_a_shortened_text_fits(text: str, limit: int) -> None:
    short = slack_text.shorten(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")


def test_markers_become_links_and_the_rest_stays_text() -> None:
    made = slack_text.cited("It pays $1 *a lot* <b>. [1][2] [3]", {"[1]": "https://a.example/1", "[2]": "/relative"})
    assert [(e["type"], e["text"]) for e in made] == [
        ("text", "It pays $1 *a lot* <b>. "),
        ("link", "[1]"),
        ("text", "[2]"),
        ("text", " "),
        ("text", "[3]"),
    ]
