"""The web channel: plain HTTPS and JSON for the widget, the widget's files, the demo pages, the evidence.

docs/web.md describes it for those who write clients, openapi.yml for programs. What every request goes through is in
edge.py, what a call does in web_calls.py and web_pages.py.
"""

from __future__ import annotations

from typing import Any, Awaitable, Callable, Dict, Optional, Text

from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

import settings
from channels.background import Background
from channels.edge import METHODS, Edge, guard_server
from channels.turns import State, Turns
from channels.web_calls import Calls
from channels.web_pages import Pages
from knowledge.query import KnowledgeBase
from observe import metrics
from state.database import open_state

NO_SECRET = (
    "WAYMARK_SECRET is not set: the web channel signs the sessions of its visitors with it, the same in every replica. "
    'Make one: python -c "import secrets; print(secrets.token_urlsafe(48))"'
)


class WebChannel(InputChannel):
    """See the module. Raises SettingError without a secret, StateError without a state database."""

    def __init__(self) -> None:
        self._config = settings.load()
        if not self._config.secret:
            raise settings.SettingError(NO_SECRET)
        self._state = State(open_state(self._config.state_url))

    @classmethod
    def name(cls) -> Text:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> WebChannel:
        return cls()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        config, state = self._config, self._state
        metrics.expect(self.name())
        background = Background(state, config)
        calls = Calls(state, Turns(state, on_new_message, config), config, background)
        pages = Pages(state, KnowledgeBase(config.knowledge_url), config)
        edge = Edge([*calls.routes(), *pages.routes()], config)
        routes = Blueprint(f"waymark_{self.name()}", __name__)

        async def serve(request: Request, path: str = "") -> HTTPResponse:
            return await edge.serve(request, path)

        for address in ("/", "/<path:path>"):
            routes.add_route(serve, address, methods=METHODS, stream=True)

        async def start(app: Sanic, _loop: Any) -> None:
            guard_server(app)
            background.start()

        async def stop(_app: Sanic, _loop: Any) -> None:
            await background.stop()

        routes.listener(start, "before_server_start")
        routes.listener(stop, "before_server_stop")
        return routes
