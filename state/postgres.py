"""A time limit for PostgreSQL on our side: a server that is stopped or unreachable says nothing, for hours if need be.

psycopg2 then waits in C for as long as the network does. With a wait callback it asks us instead; it is one for the
whole process, so only connections that carry NAME are limited (a build of the knowledge may take longer).
"""

from __future__ import annotations

import select
from time import monotonic
from typing import Any

NAME = "waymark-server"  # application_name, also for whoever looks at pg_stat_activity
SECONDS = 6.0  # for one statement; the server itself breaks off after five, and then says why
OPTIONS = {"connect_timeout": 2, "application_name": NAME, "options": "-c statement_timeout=5000"}


def limit_waiting() -> None:
    """Install the limit, for this process."""
    import psycopg2.extensions  # here: without PostgreSQL it need not be loaded

    psycopg2.extensions.set_wait_callback(_wait)


def _wait(connection: Any) -> None:
    """Wait for the server. Raises OperationalError after SECONDS; psycopg2 then closes the connection."""
    import psycopg2

    limited = NAME in connection.dsn
    deadline = monotonic() + SECONDS
    while True:
        state = connection.poll()
        if state == psycopg2.extensions.POLL_OK:
            return
        waiting = select.poll()  # not select(): that knows only the first 1,024 files
        reading = state == psycopg2.extensions.POLL_READ
        waiting.register(connection.fileno(), select.POLLIN if reading else select.POLLOUT)
        left = max(0.0, deadline - monotonic())
        if not waiting.poll(1000 * left if limited else None) and limited:
            raise psycopg2.OperationalError(f"no reply within {SECONDS:.0f} s")
