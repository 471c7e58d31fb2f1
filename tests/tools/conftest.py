"""What the tests of the tools share."""
from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from tools.environment import ROOT


@pytest.fixture
def run_python() -> Callable[..., str]:
    """Run this Python in the project's root; returns its output, fails if it fails."""
    def run(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=30, check=True).stdout
    return run
