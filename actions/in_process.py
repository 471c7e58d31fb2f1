"""The action server as a thread of Rasa's process: Rasa calls the actions directly, others over HTTP as before.

A call over HTTP writes the whole tracker as JSON and reads it again (docs/performance.md says what that costs). The
actions have an event loop and a thread of their own, so that one that hangs does not stop Rasa, which waits only so
long and then says so.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from aiohttp import web

from actions.running import run as run_action
from actions.server import executor, make_app, warm_up
from observe import request_ids

START_SECONDS = 60.0


class Reply(dict[str, Any]):
    """What an action of this process gave: rasa-sdk has checked its events, Rasa need not check them again."""

    checked = True


class InProcess:
    """Stands where Rasa expects the endpoint of the action server; `request` is all that Rasa uses of one.

    `address`: host and port of the HTTP side, or None for none. `seconds`: the time limit of one call. The metrics are
    those of the process, and read at Rasa's port.
    """

    kwargs = {"enable_selective_domain": True}  # the actions do not need the domain

    def __init__(
        self, address: tuple[str, int] | None = None, secrets: Sequence[str] = (), seconds: float = 10.0
    ) -> None:
        self.url = f"http://{address[0]}:{address[1]}/webhook" if address else "in this process"
        self._address = address
        self._secrets = secrets
        self._seconds = seconds
        self._executor = executor()
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(request_ids.Threads(thread_name_prefix="actions-work"))
        self._ready = threading.Event()
        self._failed: Exception | None = None

    def start(self) -> None:
        """Start the thread; returns when the actions can answer. Raises OSError if the port cannot be used."""
        threading.Thread(target=self._serve, name="actions", daemon=True).start()
        self._ready.wait(START_SECONDS)
        if self._failed is not None:
            raise self._failed

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            warm_up()
            if self._address is not None:
                self._loop.run_until_complete(self._listen(*self._address))
        except Exception as error:  # noqa: BLE001 - given to the thread that waits
            self._failed = error
        self._ready.set()
        if self._failed is None:
            self._loop.run_forever()

    async def _listen(self, host: str, port: int) -> None:
        runner = web.AppRunner(make_app(self._executor, self._secrets), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, host, port).start()

    async def request(self, json: Any = None, **_options: Any) -> Any:
        """Run the action of a call as Rasa writes it; the reply as the action server gives it."""
        running: Future[Any] = asyncio.run_coroutine_threadsafe(run_action(self._executor, json), self._loop)
        return Reply(await asyncio.wait_for(asyncio.wrap_future(running), self._seconds) or {})
