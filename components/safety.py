"""Rasa component: a message that speaks of self-harm, abuse or an emergency is never taken for anything else.

The classifier finds most of them; short or misspelt ones ("kms") embed weakly, so words decide before it. The reply is
fixed (utter_distress). A needless reply costs little, a missed one much; mild hyperbole ("this is killing me") is
left out. Nor is a message that gives the assistant orders or plays its part ("SYSTEM: …", "ignore all previous
instructions"): it gets the fixed reply to what is out of scope. There is no language model that it could talk into
anything; but an answer to it would look as if there were.
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
OUTSIDE = "out_of_scope"
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
    r"|\bcrisis (?:line|hotline|text)\b|\bsuicide hotline\b|\bunalive\b|\b(?:slit|cut) my wrists?\b"
    r"|\b(?:life|living) (?:is|isn'?t|is ?nt|is not|feels) (?:not )?(?:worth (?:it|living)|pointless|unbearable)\b"
    r"|\bwhat'?s the point (?:of|in) (?:living|life|going on|being alive)\b|\btired of (?:living|being alive|life)\b"
    r"|\b(?:no ?one|nobody|noone) (?:would|will|'?d) (?:even )?(?:miss me|care if i|notice if i)\b"
    r"|\b(?:want|wanna|wish i could|going) (?:to )?(?:just )?(?:disappear|vanish|(?:not|never) wake up|end things)\b"
    r"|\b(?:a?sleep|to bed) and (?:not|never) wake up\b|\bjump(?:ing)? off (?:a|the|this) (?:bridge|roof|building)\b"
    r"|\bi(?:'?m| am| feel)(?: so| completely| totally)? (?:hopeless|suicidal|worthless)\b"
    r"|\b(?:thinking|thoughts?) (?:about|of) (?:ending|dying|death|killing|hurting)\b"
    r"|\bwant it (?:all )?to (?:end|stop)\b"
    r"|\bhate (?:myself|my ?self|being alive)\b|\bhaving a (?:mental )?break ?down\b|\bpanic attack right now\b"
    # harm by others
    r"|\b(?:hit|beat|beats|hits|chok(?:es|ed|ing)|threaten(?:s|ed|ing)?(?: to (?:kill|hurt))?|stalk(?:s|ed|ing)"
    r"|assaulted|attacked|punch(?:es|ed)|slap(?:s|ped)|kick(?:s|ed)) me\b"
    r"|\bi (?:was|got|have been|'?ve been|am being|'?m being) (?:raped|molested|assaulted|abused|stalked|trafficked)\b"
    r"|\b(?:not|don'?t feel|never feel|isn'?t) safe (?:at home|with (?:him|her|them)|here|in my (?:home|house))\b"
    r"|\bi'?m (?:in danger|scared for my life|being followed)\b|\bdomestic (?:violence|abuse) (?:help|hotline)\b"
    # an emergency of the body, told in the first person or as happening now
    r"|\b(?:i(?:'m| am|m)?|my \w+(?: is|'s)?|she|he|someone)(?: is|'s)? (?:having|think i'?m having)(?: a| an)?"
    r" (?:heart attack|stroke|seizure|chest pains?|allergic reaction|trouble breathing)\b"
    r"|\b(?:can'?t|cannot|can not|not|stopped) breath(?:e|ing)\b(?! easy)"
    r"|\b(?:i have|i'?ve got|i'?m having|my) (?:bad |severe |sharp )?chest (?:pains?|hurts)\b"
    r"|\b(?:won'?t|doesn'?t|can'?t) stop(?: the)? bleeding\b|\bbleeding (?:out|badly|a lot|to death)\b"
    r"|\b(?:drank|drunk|swallowed|ate) (?:some )?(?:bleach|poison|antifreeze|detergent)\b"
    r"|\b(?:passed out|unconscious|unresponsive|collapsed) (?:and|right now|on the)\b",
    re.IGNORECASE,
)
_ORDERS = re.compile(
    r"^\W*(?:system|assistant|developer|admin|root)(?: (?:prompt|message|note|override))?\s*[:>\]]"
    r"|</?\s*(?:system|assistant|user|inst|instructions?|prompt)\s*>|\[/?inst\]|<\|[a-z_]+\|>"
    r"|\b(?:ignore|disregard|forget|override|bypass) (?:all |any |the |every |your |my )*"
    r"(?:previous|prior|above|earlier|preceding|other|system|safety)?\s*(?:instruction|prompt|rule|guideline|polic)\w*"
    r"|\b(?:system|hidden|initial|secret) prompt\b|\bjailbreak\w*|\bdan mode\b|\bdeveloper mode\b"
    r"|\byou are now (?:a|an|in|dan)\b|\bfrom now on,? you (?:are|will|must)\b",
    re.IGNORECASE,
)


def gives_orders(text: str) -> bool:
    """Whether a message speaks to a language model's instructions."""
    return bool(_ORDERS.search(text))


def speaks_of_distress(text: str) -> bool:
    """Whether the words alone show it."""
    return bool(_PATTERN.search(text.replace("’", "'")))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Safety(GraphComponent):
    """Sets the intent to distress, or to out of scope, where words show it; leaves every other message alone."""

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
            text = message.get(TEXT) or ""
            if speaks_of_distress(text):
                message.set(INTENT, {"name": DISTRESS, "confidence": 1.0}, add_to_output=True)
            elif gives_orders(text):
                message.set(INTENT, {"name": OUTSIDE, "confidence": 1.0}, add_to_output=True)
        return messages
