"""Knowledge and model: built when something they are made from changed, and only then."""
from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

import knowledge.load
from knowledge.database import rebuild
from knowledge.errors import FaultyKnowledge, Problem
from knowledge.importers import oews
from knowledge.models import AskedRow, LabelRow
from tools import prepare
from tools.console import Outcome, ToolError

LEARNED = prepare._learned


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of a few small files, with nothing built."""
    files = {
        "config.yml": "pipeline: []\n", "domain.yml": "intents: []\n", "endpoints.yml": "{}\n",
        "credentials.yml": "rest:\n",
        "requirements.lock": "six==1.16.0\n", "data/nlu/pay.yml": "nlu: []\n",
        "components/reading.py": "from knowledge.importers.titles import singular\n",
        "knowledge/vocabulary/places.yml": "places: {}\n", "knowledge/load.py": "# code\n",
        "knowledge/asked/any.yml": "asked: []\n", "actions/gate.json": "{}\n",
        "knowledge/importers/titles.py": "# code\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "LOGS", tmp_path / "var" / "log")
    monkeypatch.setattr(prepare, "KNOWLEDGE_STAMP", tmp_path / "var" / "knowledge.stamp")
    monkeypatch.setattr(prepare, "MODEL", tmp_path / "models" / "waymark.tar.gz")
    monkeypatch.setattr(prepare, "MODEL_STAMP", tmp_path / "models" / "waymark.stamp")
    monkeypatch.setenv("WAYMARK_KNOWLEDGE_URL", f"sqlite:///{tmp_path}/var/knowledge.sqlite")
    monkeypatch.setattr(prepare, "_learned", lambda _: "learned")
    return tmp_path


@pytest.fixture
def builds(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Builds of the knowledge database, which here is an empty file."""
    done: list[str] = []

    def build(url: str, **_: Any) -> dict[str, int]:
        done.append(url)
        (root / "var" / "knowledge.sqlite").touch()
        return {"statement": 1}

    monkeypatch.setattr(knowledge.load, "build", build)
    return done


def learn(root: Path, *questions: tuple[str, str]) -> None:
    """Put a name and questions (with their indicators) into the knowledge database, and call it built."""
    url = f"sqlite:///{root}/var/knowledge.sqlite"
    (root / "var").mkdir(exist_ok=True)
    with rebuild(url) as connection:
        connection.execute(insert(LabelRow), {"kind": "place", "target": "US-TX", "text": "texas"})
        for question, indicator in questions:
            row = {"occupation": "registered-nurse", "topic": "duties", "item": "", "qualifiers": "", "what": ""}
            connection.execute(insert(AskedRow), {**row, "question": question, "indicator": indicator})
    prepare.write_stamp(prepare.KNOWLEDGE_STAMP, {"inputs": "same", "learned": LEARNED(url)})


@pytest.fixture
def commands() -> list[list[Any]]:
    """The training commands, as they were run."""
    return []


@pytest.fixture
def trainings(root: Path, commands: list[list[Any]], monkeypatch: pytest.MonkeyPatch) -> list[Outcome]:
    """How the trainings end, to be filled by the test; a good one writes a model. Data is valid without a word."""
    outcomes: list[Outcome] = []

    def run(command: list[Any], **_: Any) -> Outcome:
        if "validate" in command:
            return Outcome(int("typo" in (root / "domain.yml").read_text()), ("no such intent",))
        commands.append(command)
        outcome = outcomes.pop(0)
        if outcome.code == 0:
            folder = Path(command[command.index("--out") + 1])
            folder.mkdir(parents=True)
            (folder / "waymark.tar.gz").write_text(f"model {len(outcomes)}")
        return outcome

    monkeypatch.setattr(prepare, "run_command", run)
    return outcomes


GOOD = Outcome(0, ())


def test_knowledge_is_built_once(builds: list[str]) -> None:
    assert prepare.ensure_knowledge() is True
    assert prepare.ensure_knowledge() is False
    assert prepare.ensure_knowledge(force=True) is True
    assert len(builds) == 2


@pytest.mark.parametrize("change", [
    "knowledge/vocabulary/places.yml", "knowledge/load.py", "knowledge/asked/any.yml", "knowledge/asked/new.yml",
])
def test_knowledge_is_built_again_when_a_file_changes(change: str, root: Path, builds: list[str]) -> None:
    prepare.ensure_knowledge()
    (root / change).write_text("places: {us: {}}\n")
    assert prepare.ensure_knowledge() is True


def test_knowledge_is_built_again_when_the_data_package_or_the_file_changes(
    root: Path, builds: list[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    prepare.ensure_knowledge()
    monkeypatch.setattr(metadata, "version", lambda _: "9.9.9")
    assert prepare.ensure_knowledge() is True
    (root / "var" / "knowledge.sqlite").unlink()
    assert prepare.ensure_knowledge() is True


def test_broken_yaml_in_the_knowledge_is_one_line(root: Path, builds: list[str]) -> None:
    (root / "knowledge" / "vocabulary" / "places.yml").write_text("places: {\n")
    with pytest.raises(ToolError, match=r"^knowledge/vocabulary/places\.yml:2:1: not valid YAML[^\n]*$"):
        prepare.ensure_knowledge()
    assert not builds


def test_faults_in_the_knowledge_are_the_first_and_a_count(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*_: Any, **__: Any) -> dict[str, int]:
        raise FaultyKnowledge([Problem("facts/a.yml", "entry 1", "no source", "Name one."), Problem("b", "", "x", "y")])

    monkeypatch.setattr(knowledge.load, "build", build)
    expected = r"^knowledge/facts/a\.yml: entry 1: no source\. Name one\. \(and 1 more;[^\n]*$"
    with pytest.raises(ToolError, match=expected):
        prepare.ensure_knowledge()


def test_a_missing_data_package_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oews, "PACKAGE", "no_such_package")
    with pytest.raises(Exception, match="make setup") as caught:
        oews.find_package("")
    assert "\n" not in str(caught.value)


def test_the_model_is_trained_once(root: Path, trainings: list[Outcome]) -> None:
    trainings += [GOOD, GOOD]
    assert prepare.ensure_model() is True
    assert prepare.ensure_model() is False
    assert prepare.ensure_model(force=True) is True
    assert sorted(path.name for path in (root / "models").iterdir()) == ["waymark.stamp", "waymark.tar.gz"]


@pytest.mark.parametrize("change", [
    "config.yml", "domain.yml", "data/nlu/pay.yml", "data/nlu/new.yml", "components/reading.py", "requirements.lock",
    "knowledge/vocabulary/places.yml", "knowledge/importers/titles.py",
])
def test_the_model_is_trained_again_when_its_inputs_change(change: str, root: Path, trainings: list[Outcome]) -> None:
    trainings += [GOOD, GOOD]
    prepare.ensure_model()
    (root / change).write_text("changed: 1\n")
    assert prepare.ensure_model() is True


def test_the_model_is_not_trained_again_for_what_it_does_not_learn_from(root: Path, trainings: list[Outcome]) -> None:
    trainings += [GOOD]
    prepare.ensure_model()
    (root / "endpoints.yml").write_text("action_endpoint: {}\n")
    (root / "knowledge" / "load.py").write_text("# other code\n")
    (root / "actions" / "gate.json").write_text('{"threshold": 0.5}\n')  # read by the actions when they start
    assert prepare.ensure_model() is False


def test_the_model_is_trained_again_when_the_questions_change(root: Path, trainings: list[Outcome]) -> None:
    """They are learned from the database: from the one that was built last."""
    trainings += [GOOD] * 4
    for questions in (
        [("do nurses give pills?", "duties.task")],
        [("do nurses give pills?", "duties.task"), ("who brings drugs", "duties.task")],
        [("do nurses give pills?", "duties.task"), ("who brings drugs", "")],  # no source says so any more
    ):
        learn(root, *questions)
        assert prepare.ensure_model() is True
        learn(root, *reversed(questions))
        assert prepare.ensure_model() is False


@pytest.mark.parametrize(("change", "afresh"), [
    ("domain.yml", False), ("data/nlu/pay.yml", False), ("components/reading.py", True), ("requirements.lock", True),
    ("knowledge/importers/titles.py", True),
])
def test_nothing_that_other_code_has_read_is_taken_from_rasas_cache(
    change: str, afresh: bool, root: Path, trainings: list[Outcome], commands: list[list[Any]],
) -> None:
    trainings += [GOOD, Outcome(1, ("killed",)), GOOD, GOOD]
    prepare.ensure_model()
    (root / change).write_text("changed: 1\n")
    with pytest.raises(ToolError):
        prepare.ensure_model()
    prepare.ensure_model()
    prepare.ensure_model(force=True)
    assert ["--force" in command for command in commands] == [True, afresh, afresh, True]


@pytest.mark.parametrize(("line", "cause"), [
    ("InvalidDomain: no such intent", "the reason is above"),
    ("OSError: [Errno 28] No space left on device", "the disk is full"),
])
def test_a_failed_training_leaves_the_old_model(
    line: str, cause: str, root: Path, trainings: list[Outcome], capsys: pytest.CaptureFixture[str],
) -> None:
    trainings += [GOOD, Outcome(1, ("Training …", line)), GOOD]
    prepare.ensure_model()
    before = (root / "models" / "waymark.tar.gz").read_text()
    (root / "domain.yml").write_text("intents: [greet]\n")
    with pytest.raises(ToolError, match=cause) as caught:
        prepare.ensure_model()
    assert "var/log/train.log" in str(caught.value)
    assert line in capsys.readouterr().err
    assert (root / "models" / "waymark.tar.gz").read_text() == before
    assert prepare.ensure_model() is True  # not taken for up to date


def test_data_that_is_not_valid_leaves_the_old_model(
    root: Path, trainings: list[Outcome], capsys: pytest.CaptureFixture[str],
) -> None:
    trainings += [GOOD, GOOD]
    prepare.ensure_model()
    before = (root / "models" / "waymark.tar.gz").read_text()
    (root / "domain.yml").write_text("intents: [typo]\n")
    with pytest.raises(ToolError, match="validating the training data failed") as caught:
        prepare.ensure_model()
    assert "var/log/validate.log" in str(caught.value)
    assert "no such intent" in capsys.readouterr().err
    assert (root / "models" / "waymark.tar.gz").read_text() == before


def test_broken_yaml_is_said_before_training(root: Path, trainings: list[Outcome]) -> None:
    (root / "domain.yml").write_text("intents:\n  - [a\nb: 1\n")
    with pytest.raises(ToolError, match=r"^domain\.yml:3:2: not valid YAML"):
        prepare.ensure_model()
