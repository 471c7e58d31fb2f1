"""One process of the assistant in the foreground, as a container or a service manager wants it.

    python -m tools.serve rasa       Rasa; the actions inside, unless WAYMARK_ACTIONS=apart
    python -m tools.serve actions    an action server of its own
    python -m tools.serve migrate    bring the state database up to date, then end
    python -m tools.serve check rasa|actions    0 if that process of this machine answers

It becomes that process, so signals reach it. Nothing is built or trained: `make train` has done that. The port, the
addresses and the rest are settings (README.md).
"""
from __future__ import annotations

import os
import sys

import settings
from state.errors import StateError
from tools.console import ToolError, guarded
from tools.environment import LOOPBACK, PYTHON, ROOT, child_environment
from tools.servers import answers

USAGE = "say what to serve: python -m tools.serve rasa|actions|migrate|check rasa|check actions"
# products this small are slower on two threads, which spin while they wait
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
MODULES = {"rasa": "tools.rasa_server", "actions": "actions"}
CHECK_SECONDS = 4.0


def become(module: str) -> None:
    """Never returns."""
    os.chdir(ROOT)
    environment = {**ONE_THREAD, **child_environment()}
    os.execve(PYTHON, [str(PYTHON), "-m", module], environment)


def check(name: str, config: settings.Settings) -> bool:
    """Whether that process answers on this machine."""
    if name == "rasa":
        return answers(f"http://{LOOPBACK}:{config.rasa_port}/health", CHECK_SECONDS)
    return answers(f"http://{LOOPBACK}:{config.actions_port}/health", CHECK_SECONDS)


def main() -> int:
    """See the module."""
    what = sys.argv[1:]
    config = settings.load()
    if len(what) == 2 and what[0] == "check" and what[1] in MODULES:
        return 0 if check(what[1], config) else 1
    if what == ["migrate"]:
        from state.database import HEAD, open_state  # here: a check every few seconds need not load SQLAlchemy

        open_state(config.state_url).dispose()
        print(f"waymark: the state database is at schema {HEAD}", flush=True)
        return 0
    if len(what) != 1 or what[0] not in MODULES:
        raise ToolError(USAGE)
    if what == ["rasa"] and not config.secret:
        raise ToolError("WAYMARK_SECRET is not set: sessions are signed with it, the same in every replica. Make one: "
                        'python3 -c "import secrets; print(secrets.token_urlsafe(48))"')
    become(MODULES[what[0]])
    return 1


if __name__ == "__main__":
    sys.exit(guarded(main, (settings.SettingError, StateError)))
