"""The description of the web channel is true: calls made from it, right and wrong, alone and in sequences, get what it
promises, and none gets a server error."""

from __future__ import annotations

import json
import re
import urllib.request
from pathlib import Path
from typing import Any, Protocol

import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis import Case, GenerationMode, Response
from schemathesis.specs.openapi.checks import positive_data_acceptance

DESCRIPTION = Path(__file__).parents[2] / "channels" / "openapi.yml"
EXAMPLES = 40  # of each call, and as many again that are wrong in one point
SEQUENCES, STEPS = 20, 12
QUESTION = "How much do medical records technicians earn?"
HYPOTHESIS = {"deadline": None, "database": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


class Running(Protocol):
    """The assistant of conftest.py; `bot` is the channel's address and ends with a slash."""

    bot: str


def open_session(bot: str) -> str:
    """A new session's token."""
    asked = urllib.request.Request(f"{bot}sessions", b"{}", {"Content-Type": "application/json"})
    with urllib.request.urlopen(asked, timeout=20) as reply:
        token: str = json.load(reply)["token"]
    return token


schema = schemathesis.openapi.from_path(DESCRIPTION)
schema.config.generation.update(with_security_parameters=False)  # the token is a good one


@schema.parametrize()
@settings(max_examples=EXAMPLES, **HYPOTHESIS)
def test_every_call_keeps_its_promise(case: Case, assistant: Running) -> None:
    """Each with a session of its own, which it may delete."""
    headers = {"Authorization": f"Bearer {open_session(assistant.bot)}"}
    text = case.body.get("text") if isinstance(case.body, dict) else None
    unseen = isinstance(text, str) and not re.search("[A-Za-z0-9]", text)  # no schema can say what can be seen
    excluded = [positive_data_acceptance] if unseen else []
    case.call_and_validate(base_url=assistant.bot.rstrip("/"), headers=headers, excluded_checks=excluded, timeout=20)


def test_sequences_of_calls_of_one_visitor_keep_their_promises(assistant: Running) -> None:
    """A visitor asks, judges the answer, opens its evidence, asks for a person, exports, deletes, in any order."""
    judged: list[int] = []
    calls = schemathesis.openapi.from_path(DESCRIPTION)
    calls.config.generation.update(modes=[GenerationMode.POSITIVE], with_security_parameters=False)

    class Visitor(calls.as_state_machine()):  # type: ignore[misc]
        def setup(self) -> None:
            self.token = open_session(assistant.bot)

        def get_call_kwargs(self, case: Case) -> dict[str, Any]:
            base = assistant.bot.rstrip("/")
            return {"base_url": base, "headers": {"Authorization": f"Bearer {self.token}"}, "timeout": 20}

        def before_call(self, case: Case) -> None:
            if (
                case.method == "POST"
                and case.path == "/messages"
                and isinstance(case.body, dict)
                and "text" in case.body
            ):
                case.body["text"] = QUESTION  # an answer with an id and citations, which other calls then name

        def after_call(self, response: Response, case: Case) -> None:
            if case.method == "PUT" and response.status_code == 200:
                judged.append(response.status_code)

    Visitor.run(settings=settings(max_examples=SEQUENCES, stateful_step_count=STEPS, **HYPOTHESIS))
    assert judged, "no sequence got as far as feedback on an answer"


def test_the_description_is_served(assistant: Running) -> None:
    with urllib.request.urlopen(f"{assistant.bot}openapi.json", timeout=20) as reply:
        assert json.load(reply) == yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))
