"""What Rasa 3.6 does anew for every message and need not. Measured in docs/performance.md."""
from __future__ import annotations

import gc
import json
import logging
from functools import lru_cache
from types import SimpleNamespace, TracebackType
from typing import Any

import aiohttp

KEEP_SECONDS = 3.0  # shorter than the five seconds after which the action server closes an idle connection
STATES = 5_000  # that the rules remember


def tune() -> None:
    """All of it, for this process. To be called before the model is loaded, with logging as it will be."""
    process_plainly()
    remember_rules()
    resolve_events_once()
    copy_slots_plainly()
    copy_nothing_for_the_log()
    validate_once()
    send_the_turn()
    keep_connections()


def settle() -> None:
    """To be called when everything is loaded: what stands in memory now stays, so that the garbage collector need not
    look through it again. It took half a second every few hundred messages, in which nobody was served."""
    gc.collect()
    gc.freeze()


def process_plainly() -> None:
    """Use rasa_processor.py in the place of Rasa's processor and its graph runner."""
    from rasa.core import agent, processor

    from tools.rasa_processor import PlainRunner, Processor

    processor.DaskGraphRunner = PlainRunner
    agent.MessageProcessor = Processor


def remember_rules() -> None:
    """Which rules apply to a state is found by going through all of them, twice a prediction. Here it is remembered by
    the state; and rules that match the user's words are looked for only if there are any."""
    from rasa.core.policies.rule_policy import RULES, RulePolicy

    possible_keys, find = RulePolicy._get_possible_keys, RulePolicy._find_action_from_rules

    def remembered(policy: RulePolicy, lookup: dict[str, str], states: list[Any]) -> set[str]:
        known: dict[Any, set[str]] = policy.__dict__.setdefault("_waymark_keys", {})
        key = (id(lookup), repr(states))
        if key not in known:
            if len(known) >= STATES:
                known.clear()
            known[key] = possible_keys(policy, lookup, states)
        return known[key]

    def found(policy: RulePolicy, tracker: Any, domain: Any, use_text_for_last_user_input: bool) -> Any:
        if use_text_for_last_user_input and not tracker.active_loop_name:
            if "_waymark_text" not in policy.__dict__:
                states = (state for key in policy.lookup[RULES] for state in json.loads(key))
                policy._waymark_text = any("text" in state.get("user", {}) for state in states)
            if not policy._waymark_text:
                return None, None, False
        return find(policy, tracker, domain, use_text_for_last_user_input)

    RulePolicy._get_possible_keys = remembered
    RulePolicy._find_action_from_rules = found


def resolve_events_once() -> None:
    """Rasa looks through all classes of events for every event that an action returns."""
    from rasa.shared.core.events import Event

    Event.resolve_by_type = staticmethod(lru_cache(maxsize=None)(Event.resolve_by_type))


def copy_slots_plainly() -> None:
    """A turn copies the tracker some five times, and with it every slot, in the way that serves any object."""
    from rasa.shared.core.slots import Slot

    def plainly(slot: Slot) -> Slot:
        made = slot.__class__.__new__(slot.__class__)
        made.__dict__.update(slot.__dict__)
        return made

    Slot.__copy__ = plainly


def copy_nothing_for_the_log() -> None:
    """Rasa makes deep copies for its debug log, whether it is written or not."""
    from rasa.core import processor
    from rasa.core.policies import rule_policy

    if not logging.getLogger("rasa").isEnabledFor(logging.DEBUG):
        for module in (processor, rule_policy):  # both copy for nothing else
            module.copy = SimpleNamespace(deepcopy=lambda value: value)


def validate_once() -> None:
    """Rasa checks every reply of the action server against a schema, and the schema itself before each check: a fifth
    of an answer's time. Here the schema is checked once; replies are checked as before."""
    from jsonschema.exceptions import best_match
    from jsonschema.validators import validator_for
    from rasa.core.actions.action import RemoteAction

    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    validator = kind(schema)

    def validate(_action: RemoteAction, result: dict[str, Any]) -> bool:
        if getattr(result, "checked", False):  # actions/in_process.py
            return True
        error = best_match(validator.iter_errors(result))
        if error is not None:
            error.message += ". The action server's reply is not what Rasa expects of one."
            raise error
        return True

    RemoteAction._validate_action_result = validate


def send_the_turn() -> None:
    """Rasa sends an action all events of the conversation. Ours need slots and last message."""
    from rasa.core.actions.action import RemoteAction
    from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

    original = RemoteAction._action_call_format

    class OfTheTurn:
        """The tracker as `_action_call_format` uses it."""

        def __init__(self, tracker: DialogueStateTracker) -> None:
            self.sender_id, self._tracker = tracker.sender_id, tracker

        def current_state(self, _verbosity: EventVerbosity) -> dict[str, Any]:
            return {**self._tracker.current_state(EventVerbosity.NONE), "events": []}

    def of_the_turn(action: RemoteAction, tracker: DialogueStateTracker, domain: Any) -> dict[str, Any]:
        call: dict[str, Any] = original(action, OfTheTurn(tracker), domain)
        return call

    RemoteAction._action_call_format = of_the_turn


class _Kept:
    """A session that stays open when Rasa's `async with` leaves it."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def __aenter__(self) -> aiohttp.ClientSession:
        return self._session

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None


def keep_connections() -> None:
    """Rasa opens a session and a connection for every call of the action server, and closes both. Here an endpoint's
    session stays, and a connection for a few seconds. An endpoint with a password keeps Rasa's own way."""
    from rasa.utils.endpoints import DEFAULT_REQUEST_TIMEOUT, EndpointConfig

    original = EndpointConfig.session
    kept: dict[int, aiohttp.ClientSession] = {}

    def session(endpoint: EndpointConfig) -> Any:
        if endpoint.basic_auth:
            return original(endpoint)
        found = kept.get(id(endpoint))
        if found is None or found.closed:
            found = kept[id(endpoint)] = aiohttp.ClientSession(
                headers=endpoint.headers, timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
                connector=aiohttp.TCPConnector(keepalive_timeout=KEEP_SECONDS))
        return _Kept(found)

    EndpointConfig.session = session
