"""Several visitors who ask on and on while something breaks, and what they saw."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.faults.school import NURSE, School, Visitor, whole

QUESTIONS = (NURSE, "How much do they earn in Ohio?", "and in Texas?", "What does the CPC exam cost?", "thanks")


@dataclass
class Crowd:
    """`failed`: why tries got no answer, and how often; `longest`: seconds of the longest try; `got`: the ids of the
    answers that each visitor was given."""

    visitors: list[Visitor]
    failed: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    longest: float = 0.0
    last_failure: float = 0.0
    got: dict[str, list[str]] = field(default_factory=dict)
    errors: list[BaseException] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def ask(self, visitor: Visitor) -> None:
        number = 0
        try:
            while not self.stop.is_set():
                answered = visitor.ask(QUESTIONS[number % len(QUESTIONS)])
                number += 1
                self.failed.update(answered.failed)
                self.answered += 1
                self.longest = max(self.longest, answered.longest)
                if answered.failed:
                    self.last_failure = time.monotonic()
                self.got.setdefault(visitor.name, []).append(answered.message["id"])
        except BaseException as error:  # noqa: BLE001 - raised again in the test's own thread
            self.errors.append(error)

    def lost(self) -> int:
        """How many answers that a visitor was given are not in the conversation."""
        return sum(
            len(set(self.got.get(visitor.name, ())) - {one["id"] for one in visitor.history()})
            for visitor in self.visitors
        )

    def half_turns(self) -> int:
        """How many conversations have a question without an answer, or two answers to one."""
        return sum(not whole(visitor.history()) for visitor in self.visitors)


@contextmanager
def asking(school: School, count: int = 3) -> Iterator[Crowd]:
    """The block runs while they ask; at its end each waits for the answer to the last question."""
    crowd = Crowd([Visitor(school).open() for _ in range(count)])
    threads = [threading.Thread(target=crowd.ask, args=(visitor,)) for visitor in crowd.visitors]
    for thread in threads:
        thread.start()
    try:
        yield crowd
    finally:
        crowd.stop.set()
        for thread in threads:
            thread.join(90)
    if crowd.errors:
        raise crowd.errors[0]
