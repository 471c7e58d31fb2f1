"""The action server as a process of its own: `python -m actions`; on loopback unless WAYMARK_ACTIONS_HOST says
otherwise."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

import settings
from actions.server import executor, make_app, warm_up
from observe import logs, metrics, request_ids


async def _keep_ids(_app: Any) -> None:
    """Threads know the id of the request that they work for."""
    asyncio.get_running_loop().set_default_executor(request_ids.Threads(thread_name_prefix="work"))


def main() -> None:
    """Serve until stopped."""
    config = settings.load()
    logs.configure(config.log_level, config.log_format, config.secrets)
    metrics.only(metrics.INFO, settings.VERSION)
    warm_up()
    app = make_app(executor(), config.actions_secret, config.metrics_token)
    app.on_startup.append(_keep_ids)
    web.run_app(app, host=config.actions_host, port=config.actions_port, access_log=None, print=lambda *_: None)


if __name__ == "__main__":
    main()
