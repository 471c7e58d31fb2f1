"""A message that is but a link or a picture is no question on careers."""

from __future__ import annotations

import pytest

from components.wordless import LINKS, PICTURES, wordless


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("https://example.org/a?b=c", LINKS),
        ("www.example.net", LINKS),
        ("example.com/nurses", LINKS),
        ("http://a.example http://b.example", LINKS),
        ("🎉🎉", PICTURES),
        ("👏!", PICTURES),
        ("is www.example.net any good", None),
        ("thanks 👍", None),
        ("?", None),
        ("2", None),
        ("U.S. pay", None),
    ],
)
def test_what_has_no_word_is_told(text: str, intent: str | None) -> None:
    assert wordless(text) == intent
