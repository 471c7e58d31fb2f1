"""What must agree across files: the domain and the code, the topics and their training data, who may import whom."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.context import TOPIC_INTENTS, Context
from components.follow_up_lessons import read_follow_ups
from components.following import ANY
from settings import ROOT

MIN_PHRASES = 60
TO_READ = ROOT / "tools" / "tuning" / "questions"
SHORT = 5  # words: "and in new york" is said the same by everyone
BUILT_IN = {"nlu_fallback"}  # Rasa's own intent
PACKAGES = ("observe", "knowledge", "state", "replicas", "actions", "components", "channels")
# who may not import whom; statement, scope <- resolve <- query <- actions
FORBIDDEN: Mapping[str, frozenset[str]] = {
    "observe": frozenset(
        ("rasa", "rasa_sdk", "sanic", "sqlalchemy", "knowledge", "state", "actions", "channels", "components")
    )
    | {"tools", "tests", "settings"},
    "knowledge": frozenset(("rasa", "rasa_sdk", "sanic", "actions", "channels", "components", "tools", "tests")),
    "state": frozenset(
        ("rasa", "rasa_sdk", "sanic", "knowledge", "actions", "channels", "components", "tools", "tests", "settings")
    ),
    "replicas": frozenset(
        "rasa rasa_sdk sanic settings knowledge state actions channels components tools tests".split()
    ),
    "actions": frozenset(("rasa", "sanic", "replicas", "channels", "components", "tools", "tests")),
    "channels": frozenset(("rasa_sdk", "actions", "components", "tools", "tests")),
    "components": frozenset(("rasa_sdk", "sanic", "actions", "channels", "tools", "tests")),
    "settings": frozenset(("rasa", "rasa_sdk", "sanic", *PACKAGES, "tools", "tests")),
}
# the command line of a package is where its settings come in
EXEMPT: Mapping[str, frozenset[str]] = {"state.cli": frozenset(("settings",))}
# modules that decide and do no I/O, and all of our own that each may import
PURE: Mapping[str, frozenset[str]] = {
    "observe.redaction": frozenset(),
    "knowledge.scope": frozenset(),
    "knowledge.statement": frozenset(("knowledge.scope",)),
    "knowledge.resolve": frozenset(("knowledge.scope", "knowledge.statement")),
    "channels.addresses": frozenset(),
    "channels.limits": frozenset(),
    "channels.masking": frozenset(),
    "channels.origins": frozenset(),
    "channels.session_tokens": frozenset(),
    "actions.wording": frozenset(("knowledge.scope", "knowledge.statement")),
    "actions.draft": frozenset(("knowledge.resolve", "knowledge.scope", "knowledge.statement")),
}


def read(path: str) -> Any:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


DOMAIN: Mapping[str, Any] = read("domain.yml")
INTENTS, ACTIONS = set(DOMAIN["intents"]), set(DOMAIN["actions"])
SLOTS, RESPONSES, ENTITIES = set(DOMAIN["slots"]), set(DOMAIN["responses"]), set(DOMAIN["entities"])
TOPICS: Mapping[str, Any] = read("knowledge/vocabulary/topics.yml")


def steps() -> list[tuple[str, str]]:
    """(intent, action) of every rule."""
    found = []
    for rule in read("data/rules.yml")["rules"]:
        intents = [step["intent"] for step in rule["steps"] if "intent" in step]
        actions = [step["action"] for step in rule["steps"] if "action" in step]
        assert len(intents) == len(actions) == 1, f"{rule['rule']}: one intent and one action a rule"
        found.append((intents[0], actions[0]))
    return found


@cache
def phrases(file: str) -> Mapping[str, list[str]]:
    """The training phrases of a file by intent, without annotations."""
    found: dict[str, list[str]] = {}
    for entry in read(file)["nlu"]:
        lines = [line.strip()[1:].strip() for line in entry.get("examples", "").splitlines() if line.strip()]
        plain = [re.sub(r"\[([^]]+)\](?:\([^)]*\)|\{[^}]*\})", r"\1", line) for line in lines]
        found.setdefault(entry.get("intent", ""), []).extend(plain)
    return found


def training_files() -> list[str]:
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "data").rglob("*.yml"))
    return [file for file in files if "nlu" in read(file)]


def modules(package: str) -> Iterator[tuple[str, ast.Module]]:
    """Every module of a package by its dotted name, as its syntax tree."""
    folder = ROOT / package
    files = sorted(folder.rglob("*.py")) if folder.is_dir() else [ROOT / f"{package}.py"]
    for path in files:
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        yield name, ast.parse(path.read_text(encoding="utf-8"), str(path))


def imports(tree: ast.Module) -> set[str]:
    """The dotted names that a module imports, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where a name comes from"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def names_in_code(prefix: str) -> dict[str, str]:
    """Every string of the code that is a name with this prefix ("ask_pay"), and a module that has it."""
    whole = re.compile(rf"{prefix}_[a-z0-9_]*[a-z0-9]")
    return {
        node.value: module
        for package in PACKAGES
        for module, tree in modules(package)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and whole.fullmatch(node.value)
    }


# --- the domain


def test_follow_ups_mean_intents_of_the_domain_after_every_topic() -> None:
    known = read_follow_ups()
    assert {one.intent for one in known} <= set(read("domain.yml")["intents"])
    assert {one.after for one in known} == {*TOPIC_INTENTS.values(), ANY}


def test_every_intent_has_training_phrases_and_one_rule() -> None:
    trained = {intent for file in training_files() for intent in phrases(file)} - {""}
    assert trained == INTENTS
    ruled = Counter(intent for intent, _ in steps())
    assert set(ruled) - BUILT_IN == INTENTS
    assert set(ruled) >= BUILT_IN
    assert set(ruled.values()) == {1}


def test_every_action_and_response_is_in_a_rule_and_the_reverse() -> None:
    done = {action for _, action in steps()}
    said = set(names_in_code("utter")) | {f"utter_{intent}" for intent, action in steps() if action == "action_talk"}
    assert {action for action in done if action.startswith("action_")} == ACTIONS
    assert {action for action in done if action.startswith("utter_")} | said == RESPONSES


@pytest.mark.parametrize(("prefix", "known"), [("ask", INTENTS), ("utter", RESPONSES), ("action", ACTIONS)])
def test_every_name_in_the_code_is_in_the_domain(prefix: str, known: set[str]) -> None:
    protocol = {"action_name", "action_id", "action_ts", "action_endpoint"}  # rasa-sdk's, Slack's, Rasa's
    assert {name: module for name, module in names_in_code(prefix).items() if name not in known | protocol} == {}


def test_the_action_server_registers_every_action_of_the_domain() -> None:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions.actions")
    assert set(executor.actions) == ACTIONS


def test_the_slots_are_the_context_and_nothing_else_sets_them() -> None:
    assert set(Context().to_slots()) == SLOTS
    noted = ["greet", "distress", "emergency"]  # no action answers these
    for name, slot in DOMAIN["slots"].items():
        mappings = [{"type": "custom"}]
        if name in ("occupation", "place"):  # an id of the gazetteer, which reads the messages
            mappings.insert(0, {"type": "from_entity", "entity": name, "intent": noted})
        assert slot["mappings"] == mappings, f"{name} could be set by a message"
        assert slot["influence_conversation"] is False


def test_the_entities_are_what_a_message_may_name() -> None:
    from components import figures
    from components.reading import STAND_INS

    kinds = {kind for kind, _, _ in figures._RULES} | set(STAND_INS) | {"cue", "level"}
    used = {
        node.args[1].value if node.func.id == "_first" else node.args[0].value  # type: ignore[attr-defined]
        for _, tree in modules("actions")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_first"
    }
    assert used <= ENTITIES
    assert kinds - {"abbreviation"} <= ENTITIES  # an abbreviation is given as the place it means


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_every_response_of_the_domain_keeps_the_contract(name: str) -> None:
    from tests import checks

    for response in DOMAIN["responses"][name]:
        assert not checks.shape_faults(response["text"], response["custom"])
        assert response["custom"]["type"] in ("smalltalk", "handoff")
        assert not re.search(r"\$\d|\d%|\b20\d\d\b", response["text"]), "a fact without a source"


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("utter_distress", ["988", "911", "{contact}"]),
        ("utter_emergency", ["911", "1-800-222-1222", "988", "{contact}"]),
        ("utter_abuse", ["911", "1-800-799-7233", "1-800-656-4673", "988", "{contact}"]),
    ],
)
def test_the_reply_to_a_crisis_names_what_to_call_first(name: str, order: list[str]) -> None:
    (response,) = DOMAIN["responses"][name]
    places = [response["text"].index(line) for line in order]
    assert places == sorted(places)
    assert response["custom"] == {"type": "handoff", "topic": "distress", "citations": [], "suggestions": []}


# --- the topics


def test_the_topics_of_the_vocabulary_are_those_of_the_code() -> None:
    assert {intent: intent.removeprefix("ask_") for intent in TOPIC_INTENTS} == TOPIC_INTENTS
    assert set(TOPIC_INTENTS.values()) == set(TOPICS)


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_every_topic_has_intent_action_rule_and_phrases(topic: str) -> None:
    assert f"ask_{topic}" in INTENTS
    assert f"action_answer_{topic}" in ACTIONS
    assert (f"ask_{topic}", f"action_answer_{topic}") in steps()
    own = phrases(f"data/nlu/{topic}.yml")[f"ask_{topic}"]
    assert len({words(phrase) for phrase in own}) >= MIN_PHRASES


# --- held-out questions


def words(text: str) -> str:
    """A text without case and punctuation."""
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", "")))


def held_out() -> dict[str, str]:
    """Every question that the assistant is measured by, as words, and its file."""
    found = {}
    for path in sorted((ROOT / "tests" / "questions").rglob("*.yml")):
        found.update({words(entry["text"]): path.name for entry in read(str(path.relative_to(ROOT)))})
    for path in sorted((ROOT / "tests" / "dialogues").rglob("*.yml")):
        turns = [words(turn["user"]) for turn in read(str(path.relative_to(ROOT)))["turns"]]
        found.update({turn: path.name for turn in turns if long(turn)})
    found.pop("", None)  # "???"
    return found


def test_no_held_out_question_is_training_data() -> None:
    questions = held_out()
    assert len(questions) > 200
    trained = {words(phrase): file for file in training_files() for own in phrases(file).values() for phrase in own}
    assert {text: (file, trained[text]) for text, file in questions.items() if text in trained} == {}
    safety = {
        words(line.strip().removeprefix("- ")): path.name
        for path in (ROOT / "data" / "safety").glob("*.yml")
        for lines in read(str(path.relative_to(ROOT))).values()
        for line in lines.splitlines()
    }
    assert {text: (file, safety[text]) for text, file in questions.items() if text in safety} == {}
    follow_ups = {words(one.text): one.after for one in read_follow_ups()}
    assert {text: (file, follow_ups[text]) for text, file in questions.items() if text in follow_ups} == {}
    beside = {words(text): path.name for path in (ROOT / "knowledge" / "asked").glob("*.yml") for text in asked(path)}
    assert {text: (file, beside[text]) for text, file in questions.items() if text in beside} == {}
    to_read = {words(text): path.name for path in sorted(TO_READ.glob("*.jsonl")) for text in texts_to_read(path)}
    assert {text: (file, to_read[text]) for text, file in questions.items() if text in to_read and long(text)} == {}


def texts_to_read(path: Path) -> list[str]:
    """The questions from which the cross-encoder learns."""
    found = []
    for one in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        found += [one.get("question", ""), *one.get("answered", ()), *one.get("unanswered", ())]
    return found


def long(text: str) -> bool:
    """Whether a text is not one that anybody may write: "how much is it"."""
    return len(text.split()) > SHORT


def asked(path: Path) -> list[str]:
    """The questions beside statements in a file of knowledge/asked/."""
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return [text for entry in content.get("asked") or content["uncovered"] for text in entry["questions"]]


# --- who may import whom


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_dependencies_point_one_way(package: str) -> None:
    seen = 0
    for module, tree in modules(package):
        roots = {name.split(".")[0] for name in imports(tree)}
        assert not roots & (FORBIDDEN[package] - EXEMPT.get(module, frozenset())), module
        seen += 1
    assert seen


@pytest.mark.parametrize("module", sorted(PURE))
def test_what_decides_does_no_input_or_output(module: str) -> None:
    tree = dict(modules(module.split(".")[0]))[module]
    own = {name for name in imports(tree) if name.split(".")[0] in (*PACKAGES, "settings")}
    known = {name for package in PACKAGES for name, _ in modules(package)}
    assert own & known <= PURE[module]
    roots = {name.split(".")[0] for name in imports(tree)}
    assert not roots & {"sqlalchemy", "os", "pathlib", "sqlite3", "requests", "urllib", "logging", "socket", "yaml"}


def test_actions_write_no_sql() -> None:
    for module, tree in modules("actions"):
        assert not {"sqlalchemy.select", "sqlalchemy.text", "sqlalchemy.insert"} & imports(tree), module


@pytest.mark.parametrize("package", [*PACKAGES, "settings"])
def test_only_the_settings_read_the_environment(package: str) -> None:
    reading = {"os.environ", "os.environb", "os.getenv", "dotenv"}
    reads = {
        module
        for module, tree in modules(package)
        if {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)} & reading
        or imports(tree) & reading
    }
    assert reads == ({"settings"} if package == "settings" else set())


def test_a_package_has_a_folder_of_tests_that_shadows_nothing() -> None:
    for package in PACKAGES:
        assert not (ROOT / "tests" / package / "__init__.py").exists()
    assert not (ROOT / "tests" / "__init__.py").exists()


def test_nothing_happens_when_the_actions_are_imported() -> None:
    """No database is opened and no setting read at import: every statement of the module's top level only defines."""
    tree: ast.Module = dict(modules("actions"))["actions.actions"]
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    calls = {
        ast.unparse(node.func)
        for top in tree.body
        if not isinstance(top, defined)
        for node in ast.walk(top)
        if isinstance(node, ast.Call)
    }
    assert calls <= {"logging.getLogger", "tuple", "TypeVar", "_named"}
