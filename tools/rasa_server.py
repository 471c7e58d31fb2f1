"""Rasa's server on the trained model, as `rasa run`, but strict and discreet.

`rasa run` answers "healthy" even if the model did not load, and its error logs quote what the user wrote.
"""
from __future__ import annotations

import logging
import os
import sys
from functools import partial
from pathlib import Path
from typing import Any

import settings
from observe.logs import with_fields
from state.errors import StateError
from tools import rasa_logging, rasa_tuning
from tools.console import ToolError, guarded
from tools.environment import ROOT
from tools.rasa_start import shorten

logger = logging.getLogger("waymark")
# asked before the server listens: the first pass through the pipeline takes seconds, and nobody should wait for it
WARM_UP = ("How much do medical coders earn in Texas?", "what do they do")
SECRET_HEADER = "X-Waymark-Secret"  # as in actions/server.py


def _secret(config: settings.Settings) -> dict[str, str]:
    """What a call of the action server shows."""
    return {SECRET_HEADER: config.actions_secret[0]} if config.actions_secret else {}


def _actions_inside(config: settings.Settings, url: str) -> Any:
    """The actions in a thread of this process, which also listens where the action server would if there is none."""
    from actions.beside import Beside
    from actions.in_process import InProcess

    if config.actions == "both":
        inside = InProcess(beside=Beside(url, _secret(config)))
    else:
        inside = InProcess((config.actions_host, config.actions_port), config.actions_secret)
    try:
        inside.start()
    except OSError as error:
        why = error.strerror or error
        raise ToolError(f"the action server cannot use port {config.actions_port}: {why}") from error
    return inside


def _prepare(app: Any, config: settings.Settings) -> None:
    """What Rasa's server gets before its channels."""
    from channels import admin, requests

    requests.watch(app, config)
    admin.attach(app, config)


def serve(model: Path, config: settings.Settings) -> None:
    """Serve until SIGTERM. Raises ToolError if the model does not load: Rasa alone would serve without one."""
    from rasa import server
    from rasa.core import run
    from rasa.core.utils import AvailableEndpoints
    from rasa.shared.exceptions import RasaException

    load = run.load_agent_on_start

    async def load_or_fail(*arguments: Any) -> Any:
        agent = await load(*arguments)
        if not agent.is_ready():
            raise ToolError(f"{model.name} could not be loaded; the reason is above. Train anew: make train FORCE=1")
        for question in WARM_UP:
            await agent.parse_message(question)
        if not stock:
            rasa_tuning.settle()
        logger.info("ready", extra=with_fields(version=settings.VERSION, model=agent.model_id, actions=config.actions))
        return agent

    run.load_agent_on_start = load_or_fail
    server.configure_cors = lambda *_: None  # it would answer for our channels, which have rules of their own
    server.add_root_route = partial(_prepare, config=config)  # it would say which Rasa this is
    stock = os.environ.get("WAYMARK_ENDPOINTS")  # bench/ measures Rasa as it comes
    endpoints = AvailableEndpoints.read_endpoints(stock or str(ROOT / "endpoints.yml"))
    if not stock:
        rasa_tuning.tune()
    if not stock and config.actions != "apart":
        endpoints.action = _actions_inside(config, endpoints.action.url)
    elif endpoints.action is not None:
        endpoints.action.headers.update(_secret(config))
    try:
        run.serve_application(
            str(model), interface=config.rasa_host, port=config.rasa_port, enable_api=False,
            credentials=str(ROOT / "credentials.yml"),
            endpoints=endpoints)
    except RasaException as error:
        raise ToolError(" ".join(str(error).split())) from error


def main() -> int:
    """python -m tools.rasa_server [MODEL]"""
    config = settings.load()
    model = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "models" / "waymark.tar.gz"
    if not model.is_file():
        raise ToolError(f"{model}: no such model. Train it first: make train")
    # endpoints.yml refers to it; `make run` sets it, a deployment may
    os.environ.setdefault("ACTION_ENDPOINT_URL", f"http://{config.actions_host}:{config.actions_port}/webhook")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"  # however this process was started
    os.environ.pop("SANIC_WORKERS", None)  # one process a replica: the actions' thread would not survive a fork
    shorten()
    rasa_logging.configure(config.log_level, config.log_format, config.secrets)
    rasa_logging.pass_request_id()
    serve(model, config)
    return 0


if __name__ == "__main__":
    code = guarded(main, (settings.SettingError, StateError))
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # the interpreter would take 2 to 5 s to tidy up TensorFlow, and a stop must be quick
