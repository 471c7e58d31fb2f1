"""Errors as RFC 9457 problems. What a client sent is never repeated in them."""

from __future__ import annotations

from collections.abc import Mapping

from sanic import response
from sanic.response import HTTPResponse

from observe import request_ids

# code -> (status, title)
KINDS: Mapping[str, tuple[int, str]] = {
    "not_a_message": (400, "Not a message"),
    "too_long": (400, "Too long"),
    "invalid": (400, "Not valid"),
    "no_session": (401, "No session"),
    "session_expired": (401, "Session expired"),
    "origin_not_allowed": (403, "Origin not allowed"),
    "not_found": (404, "Not found"),
    "method_not_allowed": (405, "Method not allowed"),
    "conflict": (409, "Conflict"),
    "unsupported": (409, "Not supported"),
    "timeout": (408, "Too slow"),
    "too_large": (413, "Too large"),
    "unsupported_media_type": (415, "Not JSON"),
    "rate_limited": (429, "Too many requests"),
    "internal": (500, "Internal error"),
    "unavailable": (503, "Not available"),
}
BY_STATUS = {400: "invalid", 404: "not_found", 405: "method_not_allowed", 408: "timeout", 413: "too_large"}


class Problem(Exception):
    """Ends a request with a problem of one of KINDS; `detail` says what to do and holds nothing of the request."""

    def __init__(self, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code, self.detail, self.headers = code, detail, dict(headers or {})
        self.status, self.title = KINDS[code]

    def response(self) -> HTTPResponse:
        return problem(self.status, self.title, self.detail, self.code, self.headers)


def problem(
    status: int, title: str, detail: str, code: str | None = None, headers: Mapping[str, str] | None = None
) -> HTTPResponse:
    """An RFC 9457 problem, with the request's id for who asks the operator about it."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if code is not None:
        body["code"] = code
    if request_id := request_ids.current():
        body["request_id"] = request_id
    kind = "application/problem+json"
    return response.json(body, status=status, content_type=kind, headers=dict(headers or {}))


def of_status(status: int) -> HTTPResponse:
    """The problem for a status that the server itself raised: it says only what kind it is."""
    code = BY_STATUS.get(status, "invalid" if 400 <= status < 500 else "internal")
    titled, detail = KINDS[code][1], DETAILS.get(code, "This request cannot be answered.")
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return problem(status, titled, detail, code, headers)


DETAILS = {
    "not_found": "There is nothing at this address.",
    "method_not_allowed": "This address does not take this method.",
    "timeout": "The request did not arrive in time.",
    "too_large": "The request is too large.",
    "internal": "Something went wrong here; it was noted. Please try again in a minute.",
}
