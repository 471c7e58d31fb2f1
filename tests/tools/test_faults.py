"""What pip and uv print, and the one line that is made of it."""
from __future__ import annotations

import errno

import pytest

from tools.faults import HASHES, NETWORK, NO_VENV, SPACE, explain, no_space

CASES = [
    ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", SPACE),
    ("error: Failed to write\n  Caused by: No space left on device (os error 28)", SPACE),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", HASHES),
    ("error: Hash mismatch for `six==1.16.0`", HASHES),
    ("WARNING: Retrying after connection broken by 'NewConnectionError(... Name or service not known)'", NETWORK),
    ("error: Failed to fetch: `…/six/`\n  Caused by: client error (Connect)\n  Caused by: dns error", NETWORK),
    ("ERROR: No matching distribution found for six==1.16.0", NETWORK),
    ("The virtual environment was not created successfully because ensurepip is not available.", NO_VENV),
    ("Error: Command '['python', '-m', 'ensurepip']' returned non-zero exit status 1.", NO_VENV),
    ("No module named venv", NO_VENV),
    ("error: command 'gcc' failed: No such file or directory", None),
    ("", None),
]


@pytest.mark.parametrize(("output", "expected"), CASES)
def test_known_causes(output: str, expected: str | None) -> None:
    assert explain(output.splitlines()) == expected


def test_a_full_disk_wins_over_what_it_breaks() -> None:
    assert explain(["Failed to fetch", "No space left on device"]) == SPACE


def test_messages_are_one_line_and_say_what_to_do() -> None:
    for message in (SPACE, NETWORK, HASHES, NO_VENV):
        assert "\n" not in message
        assert message.count(".") >= 1


def test_full_disk_errors() -> None:
    assert no_space(OSError(errno.ENOSPC, "full"))
    assert not no_space(OSError(errno.EACCES, "denied"))
