"""Which websites may use the web channel. Pure.

A browser names the site that a request comes from in `Origin`; for simple same-site reads it leaves it out. Programs
send what they like: the origin keeps other sites from using a student's browser, the token keeps everyone else out.
"""

from __future__ import annotations

from collections.abc import Sequence


def allowed(origin: str | None, allow_list: Sequence[str], *, host: str = "", own: str = "") -> bool:
    """Whether a request with this `Origin` header is let in.

    `allow_list`: origins such as "https://www.example.edu"; "https://*.example.edu" stands for every name below. `own`:
    the assistant's public origin; if that is not known (""), its own pages are told by `host`, the Host header.
    """
    if origin is None:
        return True
    origin = origin.lower()
    if any(_fits(origin, pattern) for pattern in allow_list):
        return True
    if own:
        return origin == own.lower()
    scheme, _, site = origin.partition("://")
    return bool(host) and site == host.lower() and scheme in ("http", "https")


def _fits(origin: str, pattern: str) -> bool:
    scheme, star, rest = pattern.partition("*.")
    if not star:
        return origin == pattern
    return origin.startswith(scheme) and origin.endswith(f".{rest}") and "/" not in origin[len(scheme) :]
