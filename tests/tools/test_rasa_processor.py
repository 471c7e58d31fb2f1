"""Rasa's work done more plainly: the graph gives what Rasa's own runner gives; in the thread that understands, every
message gets its own result, whatever happens to the others."""
from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Dict, Text

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker

from tools.rasa_processor import TOGETHER, PlainRunner, Said, Understanding


def message(text: str) -> UserMessage:
    return UserMessage(text, sender_id=text)


class Graph:
    """Takes its time; fails for a message that says so."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def run(self, said: Sequence[Said]) -> list[dict[str, Any]]:
        texts = [one.text or "" for one, _ in said]
        self.batches.append(texts)
        time.sleep(0.02)
        if "bad" in texts:
            raise ValueError("bad")
        return [{"text": text} for text in texts]


async def test_messages_that_wait_are_taken_together_and_each_gets_its_own_result() -> None:
    graph = Graph()
    understanding = Understanding(graph.run)
    texts = [f"question {number}" for number in range(3 * TOGETHER)]
    found = await asyncio.gather(*(understanding.parse(message(text)) for text in texts))
    assert [one["text"] for one in found] == texts
    assert [text for batch in graph.batches for text in batch] == texts  # in the order in which they came
    assert max(map(len, graph.batches)) == TOGETHER  # never more: the first must not wait long
    assert len(graph.batches) < len(texts)


async def test_each_message_comes_with_its_own_conversation() -> None:
    seen: list[tuple[str | None, str | None]] = []

    def run(said: Sequence[Said]) -> list[dict[str, Any]]:
        seen.extend((one.text, tracker.sender_id if tracker else None) for one, tracker in said)
        return [{} for _ in said]

    understanding = Understanding(run)
    of_ada = DialogueStateTracker("ada", [])
    await asyncio.gather(understanding.parse(message("and there?"), of_ada), understanding.parse(message("warm up")))
    assert seen == [("and there?", "ada"), ("warm up", None)]


async def test_one_message_that_fails_does_not_take_the_others_with_it() -> None:
    understanding = Understanding(Graph().run)
    texts = ["first", "good", "bad", "better"]
    found = await asyncio.gather(*(understanding.parse(message(text)) for text in texts), return_exceptions=True)
    assert [found[0], found[1], found[3]] == [{"text": "first"}, {"text": "good"}, {"text": "better"}]
    assert isinstance(found[2], ValueError)
    assert await understanding.parse(message("after it")) == {"text": "after it"}


async def test_the_event_loop_goes_on_while_a_message_is_understood() -> None:
    understanding = Understanding(Graph().run)
    waiting = asyncio.ensure_future(understanding.parse(message("slow")))
    turns = 0
    while not waiting.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10


async def test_who_gives_up_is_skipped() -> None:
    graph = Graph()
    understanding = Understanding(graph.run)
    first = asyncio.ensure_future(understanding.parse(message("first")))
    await asyncio.sleep(0.005)
    gone = asyncio.ensure_future(understanding.parse(message("gone")))
    last = asyncio.ensure_future(understanding.parse(message("last")))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await first)["text"] == "first" and (await last)["text"] == "last"
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert "gone" not in [text for batch in graph.batches for text in batch]


class Sum(GraphComponent):
    """Adds what it needs to a number of its own, and counts its runs."""

    runs = 0

    def __init__(self, plus: int) -> None:
        self._plus = plus

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Sum:
        return cls(config["plus"])

    def add(self, a: int, b: int = 0) -> int:
        Sum.runs += 1
        return a + b + self._plus


def node(plus: int, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Sum, "create", "add", {"plus": plus}, eager=True)


def runners(schema: GraphSchema) -> list[DaskGraphRunner]:
    storage, context = LocalModelStorage.__new__(LocalModelStorage), ExecutionContext(schema, "model")
    return [kind.create(schema, storage, context) for kind in (DaskGraphRunner, PlainRunner)]


def test_a_graph_gives_what_rasas_own_runner_gives() -> None:
    schema = GraphSchema(
        {
            "last": node(1000, a="left", b="right"),
            "left": node(10, a="first"),
            "right": node(100, a="first", b="message"),
            "first": node(1, a="message"),
            "aside": node(5, a="message"),
        }
    )
    rasas, plain = runners(schema)
    for targets in (["last"], ["left", "right"], ["aside"]):
        for message in (0, 7):
            expected = rasas.run({"message": message}, targets)
            Sum.runs = 0
            assert plain.run({"message": message}, targets) == expected
            assert Sum.runs == {"last": 4, "left": 3, "aside": 1}[targets[0]]  # nothing twice, nothing for nothing
    assert plain.run({"message": 0}, ["last"]) == {"last": 1112}


def test_a_graph_without_its_input_says_what_is_missing() -> None:
    _, plain = runners(GraphSchema({"first": node(1, a="message")}))
    with pytest.raises(GraphRunError, match=r"'first' needs message"):
        plain.run({}, ["first"])
