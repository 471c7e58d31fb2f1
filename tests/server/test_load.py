"""The load generator against the running assistant: students of both channels are answered, and it is counted."""

from __future__ import annotations

import pytest
import requests

import settings
from bench import generator, students
from bench.generator import Load
from tools.environment import in_ci
from tools.servers import running


def test_students_of_both_channels_are_answered(tmp_path_factory: pytest.TempPathFactory) -> None:
    if not generator.LOCUST.is_file() and not in_ci():
        pytest.skip("locust is not installed (.venv-e2e): make setup of the browser tests installs it")
    folder = tmp_path_factory.mktemp("load")
    env = {**generator.SERVER, "WAYMARK_STATE_URL": f"sqlite:///{folder / 'state.sqlite'}"}
    asked = students.feed(students.read_questions(), students.read_names(settings.load().knowledge_url))
    with running(env=env, logs=folder) as addresses:
        for channel in ("rest", "web"):
            seen = generator.run(addresses.base, Load(5, 4, channel), asked, ramp=1)
            assert len(seen.kinds) > 10, seen
            assert seen.errors == 0, seen.counts
            assert seen.counts["answer"] > len(seen.kinds) / 2
            assert seen.throughput > 1 and 0 < seen.spread.median <= seen.spread.p95
        health = requests.get(f"{addresses.base}/webhooks/web/health", timeout=5)
        assert health.status_code == 200
