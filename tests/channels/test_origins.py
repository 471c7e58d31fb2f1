"""Which websites may use the channel."""

from __future__ import annotations

import pytest

from channels.origins import allowed

LIST = ("https://www.example.edu", "https://*.example.org", "http://localhost:8000")


@pytest.mark.parametrize(
    ("origin", "host", "own", "expected"),
    [
        (None, "", "", True),
        ("https://www.example.edu", "", "", True),
        ("HTTPS://WWW.EXAMPLE.EDU", "", "", True),
        ("http://localhost:8000", "", "", True),
        ("https://a.example.org", "", "", True),
        ("https://a.b.example.org", "", "", True),
        ("http://www.example.edu", "", "", False),
        ("https://www.example.edu:8443", "", "", False),
        ("https://example.edu", "", "", False),
        ("https://example.org", "", "", False),
        ("http://a.example.org", "", "", False),
        ("https://evilexample.org", "", "", False),
        ("https://www.example.edu.evil.example", "", "", False),
        ("https://evil.example/.example.org", "", "", False),
        ("http://localhost:8001", "", "", False),
        ("null", "", "", False),
        ("", "", "", False),
        ("https://bot.example.net", "bot.example.net", "", True),
        ("http://127.0.0.1:5005", "127.0.0.1:5005", "", True),
        ("http://127.0.0.1:5006", "127.0.0.1:5005", "", False),
        ("file://bot.example.net", "bot.example.net", "", False),
        ("https://bot.example.net", "", "https://bot.example.net", True),
        ("https://evil.example", "evil.example", "https://bot.example.net", False),
    ],
)
def test_origins(origin: str | None, host: str, own: str, expected: bool) -> None:
    assert allowed(origin, LIST, host=host, own=own) is expected
