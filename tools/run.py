"""`make run`: build what changed, start everything, say where it answers, and stop all of it on Ctrl-C."""
from __future__ import annotations

import signal
import sys
from threading import Event

import settings
from tools.console import Stopped, guarded, say
from tools.environment import LOGS, ROOT
from tools.prepare import ensure_knowledge, ensure_model
from tools.servers import Addresses, check_alive, check_ports, running

WATCH = 0.5  # seconds between two looks at the servers


def announce(addresses: Addresses) -> None:
    """Say where the assistant answers."""
    say("the assistant is ready, on this machine only:")
    say(f"  demo page  {addresses.demo}")
    say(f"  REST       {addresses.rest}")
    say("  terminal   make chat")
    say(f"  logs       {LOGS.relative_to(ROOT)}/   (WAYMARK_VERBOSE=1 shows them here)")
    say("Ctrl-C stops it.")


def main() -> int:
    """Run until a signal (0) or until a server dies (1)."""
    config = settings.load()
    try:
        check_ports(config.rasa_port, config.actions_port)
        ensure_knowledge()
        ensure_model()
        with running(rasa_port=config.rasa_port, actions_port=config.actions_port) as addresses:
            announce(addresses)
            never = Event()
            try:
                while True:
                    check_alive(addresses)
                    never.wait(WATCH)
            finally:
                print(flush=True)
                say("stopping")
    except (KeyboardInterrupt, Stopped):
        say("stopped")
        return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs start with it ignored
    sys.exit(guarded(main, (settings.SettingError,)))
