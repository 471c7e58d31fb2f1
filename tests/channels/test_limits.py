"""Token buckets: so many in a time, for each key, in bounded memory."""

from __future__ import annotations

from channels.limits import Buckets


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_so_many_at_once_then_evenly() -> None:
    clock = Clock()
    buckets = Buckets(3, 60, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 20]
    clock.now += 19
    assert buckets.take("a") == 1
    clock.now += 1
    assert [buckets.take("a") for _ in range(2)] == [0, 20]
    clock.now += 6000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 20]


def test_who_is_refused_is_not_kept_out_longer_by_asking() -> None:
    clock = Clock()
    buckets = Buckets(1, 60, clock=clock)
    buckets.take("a")
    for _ in range(59):
        clock.now += 1
        assert buckets.take("a")
    clock.now += 1
    assert buckets.take("a") == 0


def test_each_key_has_its_own() -> None:
    buckets = Buckets(1, 60, clock=Clock())
    assert [buckets.take(key) for key in ("a", "b", "a")] == [0, 0, 60]


def test_memory_is_bounded_and_those_at_work_are_remembered() -> None:
    buckets = Buckets(1, 60, keys=10, clock=Clock())
    for number in range(1000):
        buckets.take(f"passer-by {number}")
        assert bool(buckets.take("a")) is bool(number)
    assert len(buckets) == 10


def test_a_clock_that_jumps_back_gives_nothing_away_and_takes_nothing() -> None:
    clock = Clock()
    buckets = Buckets(2, 60, clock=clock)
    buckets.take("a")
    clock.now -= 1000
    assert [buckets.take("a"), buckets.take("a")] == [0, 30]
