"""Rasa's processor without what costs time and changes no answer. docs/performance.md says what each part saves.

- Messages are understood in a thread of their own: the embedding leaves the interpreter free, so that the event loop
  serves other students meanwhile. Those that wait are understood together: a batch costs less than its messages.
- The graph's nodes are called one after the other. Rasa plans the graph anew for every message and hands it to dask,
  which plans it once more.
"""
from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Sequence
from typing import Any, Dict, List, Optional, Text, Tuple

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNodeHook, GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, PREDICTED_CONFIDENCE_KEY, TEXT

logger = logging.getLogger(__name__)
TOGETHER = 8  # messages at a time: more gain little and let the first of them wait
Parsed = Dict[Text, Any]
Said = Tuple[UserMessage, Optional[DialogueStateTracker]]  # a message and its conversation, if it has one
Waiting = Tuple[Said, "asyncio.Future[Parsed]", asyncio.AbstractEventLoop]


class PlainRunner(DaskGraphRunner):
    """Runs a graph node by node, in an order that is worked out once for each set of targets."""

    def __init__(
        self,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> None:
        super().__init__(graph_schema, model_storage, execution_context, hooks)
        self._orders: Dict[Tuple[Text, ...], List[Tuple[Text, List[Text]]]] = {}

    def run(self, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None) -> Dict[Text, Any]:
        """As Rasa's: the outputs of the targets by name."""
        wanted = tuple(targets or self._graph_schema.target_names)
        order = self._orders.get(wanted)
        if order is None:
            order = self._orders[wanted] = self._order(wanted)
        given = inputs or {}
        results: Dict[Text, Tuple[Text, Any]] = {name: (name, value) for name, value in given.items()}
        for name, needs in order:
            missing = [need for need in needs if need not in results]
            if missing:
                raise GraphRunError(f"Node '{name}' needs {', '.join(missing)}, which nothing gives.")
            results[name] = self._instantiated_nodes[name](*(results[need] for need in needs))
        return {name: results[name][1] for name in wanted}

    def _order(self, targets: Tuple[Text, ...]) -> List[Tuple[Text, List[Text]]]:
        """Each node after all that it needs; what is no node (an input) is not in it."""
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        order: Dict[Text, List[Text]] = {}

        def add(name: Text) -> None:
            if name in nodes and name not in order:
                needs = list(nodes[name].needs.values())
                for need in needs:
                    add(need)
                order[name] = needs

        for target in targets:
            add(target)
        return list(order.items())


class Understanding:
    """A thread that parses messages with `run` (a list of them -> what each means, in order)."""

    def __init__(self, run: Callable[[Sequence[Said]], List[Parsed]]) -> None:
        self._run = run
        self._waiting: queue.SimpleQueue[Waiting] = queue.SimpleQueue()
        threading.Thread(target=self._work, name="understanding", daemon=True).start()

    async def parse(self, message: UserMessage, tracker: Optional[DialogueStateTracker] = None) -> Parsed:
        """What a message means in its conversation. Raises whatever the graph raised for it."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[Parsed] = loop.create_future()
        self._waiting.put(((message, tracker), result, loop))
        return await result

    def _work(self) -> None:
        while True:
            taken = [self._waiting.get()]
            while len(taken) < TOGETHER:
                try:
                    taken.append(self._waiting.get_nowait())
                except queue.Empty:
                    break
            # who gave up has an answer already (channels/guard.py)
            self._parse([one for one in taken if not one[1].cancelled()])

    def _parse(self, taken: Sequence[Waiting]) -> None:
        if not taken:
            return
        try:
            found = self._run([said for said, _, _ in taken])
        except Exception as error:  # noqa: BLE001 - whoever waits gets it
            if len(taken) == 1:
                _, result, loop = taken[0]
                loop.call_soon_threadsafe(_fail, result, error)
                return
            for one in taken:  # one message must not spoil the others
                self._parse([one])
            return
        for (_, result, loop), parsed in zip(taken, found):
            loop.call_soon_threadsafe(_finish, result, parsed)


def _finish(result: asyncio.Future[Parsed], parsed: Parsed) -> None:
    if not result.done():
        result.set_result(parsed)


def _fail(result: asyncio.Future[Parsed], error: BaseException) -> None:
    if not result.done():
        result.set_exception(error)


class Processor(MessageProcessor):
    """See the module. Used in the place of Rasa's (rasa_tuning.py)."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._understanding = Understanding(self._parse_together)
        self._known_intents = frozenset(self.domain.intents)
        self._known_entities = frozenset(self.domain.entities)

    async def parse_message(
        self, message: UserMessage, tracker: Optional[DialogueStateTracker] = None, only_output_properties: bool = True
    ) -> Parsed:
        """As Rasa's, in the thread."""
        if self.http_interpreter or not only_output_properties:
            found: Parsed = await super().parse_message(message, tracker, only_output_properties)
            return found
        parsed = await self._understanding.parse(message, tracker)
        self._update_full_retrieval_intent(parsed)
        self._check_for_unseen_features(parsed)
        return parsed

    def _parse_together(self, said: Sequence[Said]) -> List[Parsed]:
        target = self.model_metadata.nlu_target
        messages, trackers = [message for message, _ in said], [tracker for _, tracker in said]
        inputs = {PLACEHOLDER_MESSAGE: messages, PLACEHOLDER_TRACKER: trackers}  # one a message
        found = self.graph_runner.run(inputs=inputs, targets=[target])[target]
        nothing = {TEXT: "", INTENT: {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}, ENTITIES: []}
        return [{**nothing, **message.as_dict(only_output_properties=True)} for message in found]

    def _check_for_unseen_features(self, parse_data: Parsed) -> None:
        """Rasa's warnings, without writing the whole domain out for every message."""
        intent = parse_data[INTENT][INTENT_NAME_KEY]
        entities = {entity["entity"] for entity in parse_data[ENTITIES] or ()}
        if (intent and intent not in self._known_intents) or entities - self._known_entities:
            super()._check_for_unseen_features(parse_data)
