"""Rasa component: a message that speaks of self-harm or abuse is never taken for anything else.

The classifier finds most of them; short or misspelt ones ("kms") embed weakly, so words decide before it. The reply is
fixed (utter_distress). A needless reply costs little, a missed one much; mild hyperbole ("this is killing me") is
left out.
"""

from __future__ import annotations

import re
from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

DISTRESS = "distress"
_PATTERN = re.compile(
    r"\bkms\b|\b(?:kill|killing|hurt|hurting|cut|cutting|harm|harming|hang|hanging) (?:my ?self|me self)\b"
    r"|\bsuic\w*|\bsucid\w*|\bself[- ]?harm\w*|\bend(?:ing)? (?:my (?:own )?life|it all|it tonight)\b"
    r"|\b(?:want|wanna|going|gonna|ready|wish) (?:to |i could )?die\b|\bwish i (?:was|were) (?:dead|never born)\b"
    r"|\b(?:don'?t|do not|dont) (?:want to|wanna) (?:live|be alive|exist|be here any ?more|wake up)\b"
    r"|\bno (?:reason|point) (?:to live|in living|to go on)\b|\bbetter off (?:dead|without me)\b"
    r"|\b(?:goodbye|suicide) note\b"
    r"|\b(?:took|swallowed|taking) (?:a bunch of|too many|all (?:of )?my|a whole bottle of) pills\b|\boverdos\w*"
    r"|\bcan'?t (?:go on|do this anymore|take it anymore|keep going)\b"
    r"|\b(?:touches|touching|hits|hitting|beats|beating|hurts|hurting|rapes?|raped|molest\w*|abus(?:es|ing|ed)) me\b"
    r"|\b(?:matarme|suicidarme|quiero morir(?:me)?|quitarme la vida|hacerme da[ñn]o|no quiero vivir)\b"
    r"|\b(?:me tuer|envie de mourir|me suicider)\b"
    r"|\bcrisis (?:line|hotline)\b|\bsuicide hotline\b",
    re.IGNORECASE,
)


def speaks_of_distress(text: str) -> bool:
    """Whether the words alone show it."""
    return bool(_PATTERN.search(text.replace("’", "'")))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Safety(GraphComponent):
    """Sets the intent to distress where words show it; leaves every other message alone."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Safety:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            if speaks_of_distress(message.get(TEXT) or ""):
                message.set(INTENT, {"name": DISTRESS, "confidence": 1.0}, add_to_output=True)
        return messages
