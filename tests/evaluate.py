"""`make evaluate`: the held-out questions and dialogues through the trained model and the real knowledge base.

Runs NLU and actions in one process (no HTTP), so that a run takes seconds. Prints a table and the misses;
`--json FILE` writes them for comparison. Evaluation data is never training data: a test keeps them apart.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "questions"
DIALOGUES = ROOT / "tests" / "dialogues"
UTTERED = {  # intents that domain.yml answers, with the type of their response
    "greet": "smalltalk",
    "thanks": "smalltalk",
    "goodbye": "smalltalk",
    "bot_challenge": "smalltalk",
    "ask_capabilities": "smalltalk",
    "start_over": "smalltalk",
    "affirm": "smalltalk",
    "deny": "smalltalk",
    "smalltalk": "smalltalk",
    "out_of_scope": "smalltalk",
    "distress": "handoff",
}

TALK = frozenset(("goodbye", "bot_challenge", "affirm", "deny", "smalltalk", "out_of_scope"))


@dataclass
class Assistant:
    """The trained model and the actions, without servers. `ask` is one turn; `context` lives between turns."""

    agent: Any
    service: Any
    context: Any = None
    responses: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls) -> Assistant:
        import structlog
        from rasa.core.agent import Agent

        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
        import settings
        from actions.service import Service
        from knowledge.query import KnowledgeBase

        config = settings.load()
        domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
        return cls(
            Agent.load(str(ROOT / "models" / "waymark.tar.gz")),
            Service(KnowledgeBase(config.knowledge_url), config),
            responses=domain["responses"],
        )

    def reset(self) -> None:
        from actions.context import Context

        self.context = Context()

    def parse(self, text: str) -> dict[str, Any]:
        parsed: dict[str, Any] = asyncio.run(self.agent.parse_message(text))
        return parsed

    def ask(self, text: str) -> tuple[str, dict[str, Any]]:
        """(text, payload) of the reply."""
        from actions.context import TOPIC_INTENTS, Mention, Turn
        from actions.service import mentions_of

        parsed = self.parse(text)
        mentions = tuple(
            Mention(e["entity"], str(e["value"]), tuple(e.get("candidates") or ()), e["start"], e["end"])
            for e in mentions_of(parsed)
        )
        ranking = tuple((r["name"], r["confidence"]) for r in parsed["intent_ranking"])
        intent = parsed["intent"]["name"]
        turn = Turn(intent, text, mentions, parsed["intent"]["confidence"], ranking, parsed.get("waymark_vector"))
        if intent in TALK or intent == "talk_to_person":
            outcome = self.service.talk(self.context, turn)
            if outcome is not None:
                self.context = outcome.context
                return outcome.message[0], {**outcome.message[1], "intent": intent}
        if intent in UTTERED:
            if intent == "start_over":
                self.reset()
            response = self.responses["utter_" + {"ask_capabilities": "capabilities"}.get(intent, intent)][0]
            return response["text"], {**response["custom"], "intent": intent}
        if intent == "nlu_fallback":
            outcome = self.service.unsure(self.context, turn)
        elif intent == "ask_uncovered":
            outcome = self.service.uncovered(self.context, turn)
        elif intent == "talk_to_person":
            outcome = self.service.handoff(self.context)
        elif intent in TOPIC_INTENTS or intent == "follow_up":
            outcome = self.service.topic(self.context, turn)
        else:
            outcome = self.service.about(self.context, turn)
        self.context = outcome.context
        said, payload = outcome.message
        return said, {**payload, "intent": intent, "confidence": parsed["intent"]["confidence"]}


def read(name: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = yaml.safe_load((QUESTIONS / f"{name}.yml").read_text(encoding="utf-8"))
    return content


def faults(entry: Mapping[str, Any], said: str, payload: Mapping[str, Any]) -> list[str]:
    """What is wrong with a reply, by what its entry expects."""
    found = []
    expected = entry.get("type", "answer" if entry.get("must_say") or entry.get("topic") else None)
    if expected == "no_answer":
        if payload["type"] == "answer":
            found.append("answered")
    elif expected and payload["type"] != expected:
        found.append(f"type {payload['type']}")
    if expected == "answer" and entry.get("topic") and payload.get("topic") != entry["topic"]:
        found.append(f"topic {payload.get('topic')}")
    for key in ("occupation",):
        if entry.get(key) and payload["type"] == "answer" and payload.get(key) != entry[key]:
            found.append(f"{key} {payload.get(key)}")
    lower = said.lower()
    if expected == "answer" and entry.get("must_say") and not any(str(s).lower() in lower for s in entry["must_say"]):
        found.append("does not say it")
    for text in entry.get("says", ()):
        if str(text).lower() not in lower:
            found.append(f"lacks {text!r}")
    for text in entry.get("not_says", ()):
        if str(text).lower() in lower:
            found.append(f"says {text!r}")
    if payload["type"] == "answer" and not payload["citations"]:
        found.append("no citation")
    return found


def questions(assistant: Assistant) -> dict[str, Any]:
    """Every single question, each in a conversation of its own."""
    report: dict[str, Any] = {}
    for name in ("covered", "uncovered", "out_of_scope"):
        misses: list[dict[str, Any]] = []
        right = Counter[str]()
        total = Counter[str]()
        for entry in read(name):
            assistant.reset()
            said, payload = assistant.ask(entry["text"])
            found = faults(entry, said, payload)
            key = str(entry.get("topic") or entry.get("type"))
            total[key] += 1
            right[key] += not found
            if found:
                misses.append(
                    {
                        "text": entry["text"],
                        "expected": entry.get("topic") or entry.get("type"),
                        "faults": found,
                        "intent": payload.get("intent"),
                        "said": said.split("\n")[0],
                    }
                )
        report[name] = {
            "right": sum(right.values()),
            "total": sum(total.values()),
            "misses": misses,
            "by": {key: [right[key], total[key]] for key in sorted(total)},
            "answered": sum("answered" in str(m["faults"]) or "type answer" in str(m["faults"]) for m in misses),
            "said_it": sum(total.values())
            - sum("does not say it" in m["faults"] or any(f.startswith("type") for f in m["faults"]) for m in misses),
        }
    return report


def dialogues(assistant: Assistant) -> dict[str, Any]:
    """Every dialogue; one is right if all its turns are."""
    right, misses, turns = 0, [], 0
    files = sorted(DIALOGUES.glob("*.yml"))
    for path in files:
        dialogue = yaml.safe_load(path.read_text(encoding="utf-8"))
        assistant.reset()
        wrong = []
        for turn in dialogue["turns"]:
            turns += 1
            said, payload = assistant.ask(turn["user"])
            found = faults(turn.get("expect") or {}, said, payload)
            if found:
                wrong.append(
                    {
                        "user": turn["user"],
                        "faults": found,
                        "intent": payload.get("intent"),
                        "said": said.split("\n")[0],
                    }
                )
        right += not wrong
        if wrong:
            misses.append({"dialogue": path.name, "turns": wrong})
    return {"right": right, "total": len(files), "turns": turns, "misses": misses}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--quiet", action="store_true", help="figures only")
    options = parser.parse_args(arguments)
    assistant = Assistant.load()
    report = {"questions": questions(assistant), "dialogues": dialogues(assistant)}
    for name, part in report["questions"].items():
        print(
            f"{name:14} {part['right']}/{part['total']} right, said what is known {part['said_it']}, "
            f"wrongly answered {part['answered']}"
        )
        if not options.quiet:
            print("   ", "  ".join(f"{key} {r}/{t}" for key, (r, t) in part["by"].items()))
            for miss in part["misses"]:
                print(
                    f"    - {miss['text'][:100]} | {miss['expected']} | {miss['intent']} | "
                    f"{', '.join(miss['faults'])} | {miss['said'][:160]}"
                )
    part = report["dialogues"]
    print(f"{'dialogues':14} {part['right']}/{part['total']} right ({part['turns']} turns)")
    if not options.quiet:
        for miss in part["misses"]:
            for turn in miss["turns"]:
                print(
                    f"    - {miss['dialogue']}: {turn['user'][:80]} | {turn['intent']} | "
                    f"{', '.join(turn['faults'])} | {turn['said'][:140]}"
                )
    if options.json:
        options.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
