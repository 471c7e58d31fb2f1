"""Session tokens: only what was signed here, and only until it ends."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import jwt
import pytest

from channels.session_tokens import AUDIENCE, ExpiredToken, InvalidToken, issue, new_session, read

OLD, NEW = (f"{age} secret that is long enough for every algorithm that is tried here, truly" for age in ("old", "new"))
NOON = datetime(2026, 3, 1, 12, 0, 0, 999, tzinfo=timezone.utc)


def made(secret: str = OLD, algorithm: str = "HS256", **claims: Any) -> str:
    good = {"sub": "a" * 32, "aud": AUDIENCE, "exp": NOON + timedelta(days=1)}
    merged = {key: value for key, value in {**good, **claims}.items() if value is not None}
    return jwt.encode(merged, secret if algorithm != "none" else None, algorithm=algorithm)


def test_a_token_names_its_session_until_it_ends() -> None:
    token, expires = issue([OLD], "a" * 32, 30, NOON)
    assert expires == datetime(2026, 3, 31, 12, 0, 0, tzinfo=timezone.utc)
    assert read([OLD], token, NOON) == "a" * 32
    assert read([OLD], token, expires - timedelta(seconds=1)) == "a" * 32
    with pytest.raises(ExpiredToken):
        read([OLD], token, expires)


def test_secrets_can_be_changed_without_ending_sessions() -> None:
    token, _ = issue([OLD], "a" * 32, 30, NOON)
    assert read([NEW, OLD], token, NOON) == "a" * 32
    fresh, _ = issue([NEW, OLD], "a" * 32, 30, NOON)
    with pytest.raises(InvalidToken):
        read([OLD], fresh, NOON)
    with pytest.raises(InvalidToken):
        read([NEW], token, NOON)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "x",
        "a.b.c",
        "ü",
        "\udcff\udcfe",
        "\x00",
        made(NEW),
        made(algorithm="none"),
        made(algorithm="HS512"),
        made(aud="another program"),
        made(aud=None),
        made(sub=None),
        made(exp=None),
    ],
)
def test_nothing_else_is_a_token(token: str) -> None:
    with pytest.raises(InvalidToken):
        read([OLD], token, NOON)


def test_an_expired_token_of_somebody_else_is_no_token() -> None:
    with pytest.raises(InvalidToken):
        read([OLD], made(NEW, exp=NOON - timedelta(days=1)), NOON)


def test_every_session_is_new() -> None:
    assert len({new_session() for _ in range(1000)}) == 1000
    assert all(len(new_session()) == 32 for _ in range(10))
