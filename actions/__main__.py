"""The action server: `python -m actions`, on loopback unless WAYMARK_ACTIONS_HOST says otherwise."""

from __future__ import annotations

import logging

from rasa_sdk.endpoint import create_app

import settings
from actions import actions


def main() -> None:
    """Serve until stopped. The knowledge base is opened before the first question, so that it is not slower."""
    config = settings.load()
    logging.basicConfig(level=config.log_level, format="%(asctime)s %(levelname)s %(name)s  %(message)s")
    app = create_app(actions, cors_origins=[])
    try:
        actions.service().warm_up()
    except Exception as error:  # noqa: BLE001 - the server starts all the same and says so on every question
        logging.getLogger(__name__).error("the knowledge base could not be opened: %s", error)
    app.run(host=config.actions_host, port=config.actions_port, workers=1, access_log=False)


if __name__ == "__main__":
    main()
