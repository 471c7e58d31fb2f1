"""The action server as a thread of Rasa's process: Rasa calls the actions directly, others over HTTP as before.

A call over HTTP writes the whole tracker as JSON and reads it again (docs/performance.md says what that costs). The
actions have an event loop and a thread of their own, so that one that hangs does not stop Rasa, which waits only so
long and then says so. A thread that does not come back is left to itself, and another takes its place.

With an action server beside (actions/beside.py), the thread answers what comes while nobody else asks, and whatever the
other one leaves unanswered.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from time import monotonic
from typing import Any

from aiohttp import web
from rasa_sdk.executor import ActionExecutor

from actions.beside import Beside
from actions.running import run as run_action
from actions.server import executor, make_app, warm_up
from observe import request_ids

logger = logging.getLogger(__name__)
START_SECONDS = 60.0
BEAT_SECONDS = 0.5
HUNG_SECONDS = 8.0  # without a beat; the slowest answer takes a fraction of a second
AT_ONCE = 4  # calls; one that comes back from the database must not go to the end of a long queue again
CROWD_SECONDS = 0.5  # after two calls came together, in which all go beside: Rasa's process has messages to understand
LEFT = 5  # threads that may hang at a time: more would only use up the machine


class Reply(dict[str, Any]):
    """What an action of this process gave: rasa-sdk has checked its events, Rasa need not check them again."""

    checked = True


class _Worker:
    """One thread with its event loop."""

    def __init__(
        self, run: ActionExecutor, secrets: Sequence[str], listening: socket.socket | None, warm: bool
    ) -> None:
        self.run, self.secrets, self.listening, self.warm = run, secrets, listening, warm
        self.loop = asyncio.new_event_loop()
        self.places = asyncio.Semaphore(AT_ONCE)
        self.loop.set_default_executor(request_ids.Threads(thread_name_prefix="actions-work"))
        self.ready = threading.Event()
        self.failed: Exception | None = None
        self.beaten = monotonic()
        self.thread = threading.Thread(target=self._serve, name="actions", daemon=True)
        self.thread.start()

    @property
    def hung(self) -> bool:
        """Whether something has kept the loop from going on for too long."""
        return self.ready.is_set() and monotonic() - self.beaten > HUNG_SECONDS

    def _serve(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            if self.warm:
                warm_up()
            if self.listening is not None:
                self.loop.run_until_complete(self._listen(self.listening))
        except Exception as error:  # noqa: BLE001 - given to the thread that waits
            self.failed = error
        self._beat()
        self.ready.set()
        if self.failed is None:
            self.loop.run_forever()

    def _beat(self) -> None:
        self.beaten = monotonic()
        self.loop.call_later(BEAT_SECONDS, self._beat)

    async def _listen(self, listening: socket.socket) -> None:
        runner = web.AppRunner(make_app(self.run, self.secrets), access_log=None)
        await runner.setup()
        await web.SockSite(runner, listening).start()


class InProcess:
    """Stands where Rasa expects the endpoint of the action server; `request` is all that Rasa uses of one.

    `address`: host and port of the HTTP side, or None for none. `seconds`: the time limit of one call. `run`: the
    actions, by default Waymark's. `beside`: an action server that shares the work. The metrics are those of the
    process, and read at Rasa's port.
    """

    kwargs = {"enable_selective_domain": True}  # the actions do not need the domain

    def __init__(
        self,
        address: tuple[str, int] | None = None,
        secrets: Sequence[str] = (),
        seconds: float = 10.0,
        run: ActionExecutor | None = None,
        beside: Beside | None = None,
    ) -> None:
        inside = f"http://{address[0]}:{address[1]}/webhook" if address else "in this process"
        self.url = beside.url if beside else inside
        self._beside = beside
        self._at_work = 0
        self._crowd_until = 0.0
        self._address, self._secrets, self._seconds = address, secrets, seconds
        self._run = run or executor()
        self._listening: socket.socket | None = None
        self._worker: _Worker | None = None
        self._left: list[_Worker] = []

    def start(self) -> None:
        """Start the thread; returns when the actions can answer. Raises OSError if the port cannot be used."""
        if self._address is not None:
            self._listening = socket.create_server(self._address, reuse_port=False)
        self._worker = _Worker(self._run, self._secrets, self._listening, warm=True)
        self._worker.ready.wait(START_SECONDS)
        if self._worker.failed is not None:
            raise self._worker.failed

    async def request(self, json: Any = None, **_options: Any) -> Any:
        """Run the action of a call as Rasa writes it; the reply as the action server gives it."""
        self._at_work += 1
        try:
            if self._beside is not None and self._crowded():
                reply = await self._beside.ask(json)
                if reply is not None:
                    return Reply(reply)
            return await self._inside(json)
        finally:
            self._at_work -= 1

    def _crowded(self) -> bool:
        """Whether calls come together, now or a moment ago."""
        now = monotonic()
        if self._at_work > 1:
            self._crowd_until = now + CROWD_SECONDS
        return now < self._crowd_until

    async def _inside(self, json: Any) -> Reply:
        worker = self._working()
        running: Future[Any] = asyncio.run_coroutine_threadsafe(self._call(worker, json), worker.loop)
        return Reply(await asyncio.wait_for(asyncio.wrap_future(running), self._seconds) or {})

    async def _call(self, worker: _Worker, json: Any) -> dict[str, Any]:
        async with worker.places:
            return await run_action(self._run, json)

    def _working(self) -> _Worker:
        """The thread that answers: a new one if the old one hangs."""
        worker = self._worker
        assert worker is not None, "start() comes first"
        self._left = [one for one in self._left if one.thread.is_alive()]
        if not worker.hung or len(self._left) >= LEFT:
            return worker
        self._left.append(worker)
        logger.error("an action hangs: its thread is left, another one answers (%d of %d)", len(self._left), LEFT)
        with suppress(RuntimeError):
            worker.loop.call_soon_threadsafe(worker.loop.stop)  # should it come back, it has nothing more to do
        listening = None if self._listening is None else self._listening.dup()
        self._worker = _Worker(self._run, self._secrets, listening, warm=False)
        self._worker.ready.wait(1.0)
        return self._worker
