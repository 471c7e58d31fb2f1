"""The signed token that a browser keeps of its session. Pure: secrets and the time come in as arguments.

A JSON Web Token (HS256) that holds the session's id and when it ends, nothing else. The id has 128 random bits and is
made here: no client chooses a conversation.
"""

from __future__ import annotations

import secrets as random
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import jwt

AUDIENCE = "waymark-web"
PREFIX = "web-"


class InvalidToken(Exception):
    """The token was not made here, or is damaged."""


class ExpiredToken(Exception):
    """The token was good once."""


def new_session() -> str:
    """The id of a new session: 32 hexadecimal digits."""
    return random.token_hex(16)


def conversation_of(session: str) -> str:
    """Rasa's sender id of a session."""
    return PREFIX + session


def issue(secrets: Sequence[str], session: str, days: float, now: datetime | None = None) -> tuple[str, datetime]:
    """A token for a session, signed with the first secret, and when it ends (UTC, to the second)."""
    issued = (now or datetime.now(timezone.utc)).replace(microsecond=0)
    expires = issued + timedelta(days=days)
    claims = {"sub": session, "aud": AUDIENCE, "iat": issued, "exp": expires}
    return jwt.encode(claims, secrets[0], algorithm="HS256"), expires


def read(secrets: Sequence[str], token: str, now: datetime | None = None) -> str:
    """The session of a token signed with any of the secrets. Raises InvalidToken, ExpiredToken."""
    for secret in secrets:
        try:
            claims = jwt.decode(
                token,
                secret,
                algorithms=["HS256"],
                audience=AUDIENCE,
                options={"require": ["exp", "sub", "aud"], "verify_exp": False, "verify_iat": False},
            )
        except jwt.InvalidSignatureError:
            continue
        except (jwt.InvalidTokenError, ValueError):  # the latter: characters that no token has
            raise InvalidToken from None
        session, expires = claims["sub"], claims["exp"]
        if not isinstance(session, str) or not isinstance(expires, int):
            raise InvalidToken
        if expires <= (now or datetime.now(timezone.utc)).timestamp():
            raise ExpiredToken
        return session
    raise InvalidToken
