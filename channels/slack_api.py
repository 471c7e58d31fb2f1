"""Slack's Web API: one call, and what became of it. Nothing is repeated here; slack_send.py does that."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

SECONDS = 6.0
DEFAULT_PAUSE = 30.0  # seconds, if Slack asks for a pause and does not say how long
# Slack's own troubles: the call may or may not have been carried out
TROUBLES = frozenset(
    ("internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org", "unknown_error")
)
# what an administrator must mend; the call is right
CREDENTIALS = frozenset(
    "invalid_auth not_authed token_revoked token_expired account_inactive missing_scope no_permission "
    "not_allowed_token_type access_denied ekm_access_denied org_login_required".split()
)
SCOPES = "_scopes"  # what Slack says in a header, beside a reply
Body = Mapping[str, Any]


class CallError(Exception):
    """A call that was not answered with ok. `reason` is Slack's word for it, or ours; never what was said."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Refused(CallError):
    """Slack read it and will not do it."""


class NotAllowed(CallError):
    """The token or a scope is not right; the administrator can mend that. `needed`: the scope, if Slack named it."""

    def __init__(self, reason: str, needed: str = "") -> None:
        super().__init__(f"{reason} ({needed})" if needed else reason)


class Limited(CallError):
    """Too many calls: not carried out, and to be repeated after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__("ratelimited")
        self.seconds = seconds


class NotSent(CallError):
    """Slack was not reached."""


class Unclear(CallError):
    """It may have been carried out: the connection broke, or Slack has troubles of its own."""


class SlackApi:
    """Calls with one token. `session` is the caller's to close."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, token: str) -> None:
        self._session, self._base, self._token = session, base_url.rstrip("/") + "/", token

    async def call(self, method: str, body: Body) -> Body:
        """POST a method that writes. Returns Slack's reply; raises CallError."""
        return await self._request("POST", method, json=dict(body))

    async def read(self, method: str, params: Body) -> Body:
        """GET a method that reads (these take no JSON). Returns Slack's reply; raises CallError."""
        return await self._request("GET", method, params={name: str(value) for name, value in params.items()})

    async def who(self) -> tuple[Body, frozenset[str]]:
        """Whose token it is (auth.test), and its scopes; none if Slack does not say. Raises CallError."""
        reply = dict(await self._request("POST", "auth.test", json={}))
        return reply, frozenset(str(reply.pop(SCOPES, "")).replace(" ", "").split(",")) - {""}

    async def respond(self, url: str, body: Body) -> None:
        """POST to the response_url of a command or a click. Raises CallError."""
        host, ours = urlsplit(url).hostname or "", urlsplit(self._base).hostname
        if not (host == ours or host.endswith(".slack.com")):
            raise Refused("response_url_is_not_slack")
        await self._request("POST", url, json=dict(body), own=False)

    async def _request(self, verb: str, method: str, *, own: bool = True, **content: Any) -> Body:
        headers = {"Authorization": f"Bearer {self._token}"} if own else {}
        try:
            request = self._session.request(
                verb,
                self._base + method if own else method,
                headers=headers,
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=SECONDS),
                **content,
            )
            async with request as reply:
                return _judged(reply.status, reply.headers, await reply.text(), own)
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from error
        except (aiohttp.ClientError, asyncio.TimeoutError, OSError, UnicodeError) as error:
            raise Unclear(type(error).__name__) from error


def _judged(status: int, headers: Mapping[str, str], text: str, own: bool) -> Body:
    if status == 429:
        raise Limited(_pause(headers.get("Retry-After", "")))
    if status >= 500:
        raise Unclear(f"http_{status}")
    reply = _parsed(text)
    if not own:  # a response_url says "ok" as text or JSON
        if status == 200 and (reply is None or reply.get("ok", True)):
            return {}
        raise Refused(str((reply or {}).get("error") or f"http_{status}"))
    if reply is None:
        raise Unclear(f"http_{status}_without_json")
    if reply.get("ok"):
        return {**reply, SCOPES: headers.get("X-OAuth-Scopes", "")}
    error = str(reply.get("error") or f"http_{status}")
    if error == "ratelimited":
        raise Limited(_pause(headers.get("Retry-After", "")))
    if error in TROUBLES:
        raise Unclear(error)
    if error in CREDENTIALS:
        raise NotAllowed(error, str(reply.get("needed") or ""))
    raise Refused(error)


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _pause(text: str) -> float:
    try:
        return min(max(float(text), 1.0), 3600.0)
    except ValueError:
        return DEFAULT_PAUSE
