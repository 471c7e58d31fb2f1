"""Writers of one SQLite file: threads take turns, and nobody waits longer than the one before needs."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from state import writers
from state.conversations import exists, touch, transaction
from state.database import open_state
from state.errors import StateError


@pytest.fixture
def engines(tmp_path: Path) -> tuple[Engine, Engine]:
    """Two parts of one process that use the same file."""
    url = f"sqlite:///{tmp_path / 'state.sqlite'}"
    return open_state(url), open_state(url)


def write(engine: Engine, name: str, inside: Callable[[], None] = lambda: None) -> float:
    """Write, do something before the end; when it was done."""
    with transaction(engine) as connection:
        touch(connection, name, "rest")
        inside()
    return time.perf_counter()


def lag(one: Engine, other: Engine) -> float:
    """Seconds from the end of a transaction that took a while to the end of one that waited for it."""
    done: list[float] = []
    waiting = threading.Thread(target=lambda: done.append(write(other, "second")))

    def meanwhile() -> None:
        waiting.start()
        time.sleep(0.2)

    ended = write(one, "first", meanwhile)
    waiting.join()
    return done[0] - ended


def test_who_waits_goes_on_as_soon_as_the_other_is_done(engines: tuple[Engine, Engine]) -> None:
    lags = sorted(lag(*engines) for _ in range(7))
    assert lags[3] < 0.03  # SQLite's own pauses are 100 ms long by then


def test_readers_do_not_wait(engines: tuple[Engine, Engine]) -> None:
    one, other = engines
    write(one, "before")

    def read() -> None:
        begin = time.perf_counter()
        with transaction(other) as connection:
            assert exists(connection, "before") and not exists(connection, "now")
        assert time.perf_counter() - begin < 1

    thread = threading.Thread(target=read)

    def meanwhile() -> None:
        thread.start()
        thread.join()

    write(one, "now", meanwhile)


def test_a_writer_that_does_not_end_makes_the_next_say_so(
    engines: tuple[Engine, Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writers, "SECONDS", 0.2)
    one, other = engines
    said: list[str] = []

    def meanwhile() -> None:
        def second() -> None:
            with pytest.raises(StateError) as raised:
                write(other, "second")
            said.append(str(raised.value))

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()

    write(one, "first", meanwhile)
    assert said == [writers.BUSY]
    write(other, "third")  # and afterwards all is well
    with transaction(one) as connection:
        assert [exists(connection, name) for name in ("first", "second", "third")] == [True, False, True]


def test_a_failed_transaction_lets_the_next_one_write(engines: tuple[Engine, Engine]) -> None:
    one, other = engines
    with pytest.raises(ZeroDivisionError):
        write(one, "failed", lambda: [][1 // 0])
    thread = threading.Thread(target=write, args=(other, "next"))
    thread.start()
    thread.join(1)
    assert not thread.is_alive()
    with transaction(one) as connection:
        assert exists(connection, "next") and not exists(connection, "failed")
