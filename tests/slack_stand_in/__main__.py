"""python -m tests.slack_stand_in PORT: a stand-in in a process of its own, until SIGTERM."""

from __future__ import annotations

import signal
import sys

from tests.slack_stand_in.server import slack_server

if __name__ == "__main__":
    with slack_server(port=int(sys.argv[1])):
        signal.sigwait((signal.SIGTERM, signal.SIGINT))
