"""Rasa's generator of the domain's responses, which may name whom the school wants to be asked: {contact}.

It is in Rasa's own process, so that the replies to a crisis need no action server and no database.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Text

from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

import settings


class Replies(TemplatedNaturalLanguageGenerator):
    """Used by endpoints.yml."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None, domain: Optional[Domain] = None) -> None:
        super().__init__((domain or Domain.empty()).responses)
        self._contact = settings.load().contact

    async def generate(
        self, utter_action: Text, tracker: DialogueStateTracker, output_channel: Text, **kwargs: Any
    ) -> Optional[Dict[Text, Any]]:
        """The response, filled in; None if the domain has none of that name."""
        return await super().generate(utter_action, tracker, output_channel, **{"contact": self._contact, **kwargs})
