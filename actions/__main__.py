"""The action server as a process of its own: `python -m actions`; on loopback unless WAYMARK_ACTIONS_HOST says
otherwise."""

from __future__ import annotations

import logging

from aiohttp import web

import settings
from actions.server import executor, make_app, warm_up


def main() -> None:
    """Serve until stopped."""
    config = settings.load()
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s  %(message)s")
    warm_up()
    app = make_app(executor(), config.actions_secret)
    web.run_app(app, host=config.actions_host, port=config.actions_port, access_log=None, print=lambda *_: None)


if __name__ == "__main__":
    main()
