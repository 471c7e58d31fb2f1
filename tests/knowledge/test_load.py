"""The build replaces the knowledge whole or not at all. One body of tests for SQLite and PostgreSQL."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import create_engine, select
from sqlalchemy.exc import SQLAlchemyError

import settings
from knowledge.database import sqlite_path
from knowledge.errors import FaultyKnowledge, KnowledgeError
from knowledge.facts import read
from knowledge.load import Progress, build, folder_hash
from knowledge.models import Base
from knowledge.query import KnowledgeBase, Question
from tests.knowledge import samples

NURSES = "registered-nurse"
GROWTH = {
    "indicator": "outlook.growth",
    "value": 4.9,
    "unit": "percent",
    "place": "US",
    "period": "2024/2034",
    "edition": "bls-ep-2024",
    "locator": "Table 1.2",
}
DEGREE = {
    "indicator": "education.requirement",
    "item": "typical",
    "qualifiers": {"level": "bachelor"},
    "text": "Most nurses have a bachelor's degree: “BSN”.",
    "edition": "ooh-2024-registered-nurses",
    "locator": "Education",
}
NO_DEGREE = {
    "indicator": "education.requirement",
    "item": "not-required",
    "qualifiers": {"level": "bachelor"},
    "text": "A nurse may start without one.",
    "edition": "devry-2023",
    "locator": "FAQ",
}
FACTS: dict[str, list[samples.Entry]] = {NURSES: [GROWTH, DEGREE], "medical-records-technician": [GROWTH]}
CORRECTION = {
    "id": "devry-nurses",
    "edition": "ooh-2024-registered-nurses",
    "locator": "Education",
    "published": "BSN",
    "corrected": "RN",
    "reason": "A test.",
    "applies_to": {"indicator": "education.requirement", "item": "typical"},
}
SLOW_BUILD = """
import sys, time
from pathlib import Path
from knowledge.load import build

def progress(line):
    print(line, flush=True)
    if "wages" in line:
        time.sleep(120)

build(sys.argv[1], folder=Path(sys.argv[2]), oews_file=sys.argv[3], vectors=False, progress=progress)
"""


@pytest.fixture
def statistics(tmp_path: Path) -> Path:
    return samples.oews(tmp_path / "oews")


@pytest.fixture
def folder(tmp_path: Path, statistics: Path) -> Path:
    made = samples.knowledge_folder(tmp_path / "knowledge", FACTS, statistics)
    (made / "corrections").mkdir()
    (made / "corrections" / "one.yml").write_text(yaml.safe_dump(CORRECTION), encoding="utf-8")
    return made


@pytest.fixture
def built(database_url: str, folder: Path, statistics: Path) -> Iterator[str]:
    rebuild(database_url, folder, statistics)
    yield database_url


def rebuild(url: str, folder: Path, statistics: Path | None, progress: Progress = lambda line: None) -> dict[str, int]:
    """A build without the embeddings, which have tests of their own."""
    return build(
        url, folder=folder, oews_file=str(statistics) if statistics else None, vectors=False, progress=progress
    )


def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    engine = create_engine(url, future=True)
    try:
        with engine.connect() as connection:
            return {
                table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
                for table in Base.metadata.sorted_tables
            }
    finally:
        engine.dispose()


def remains(url: str) -> list[str]:
    """What lies beside a SQLite database: nothing may be left there."""
    path = sqlite_path(url)
    return [] if path is None else sorted(other.name for other in path.parent.iterdir() if other != path)


def test_a_build_counts_what_it_wrote(database_url: str, folder: Path, statistics: Path) -> None:
    lines: list[str] = []
    counts = rebuild(database_url, folder, statistics, lines.append)
    rows = dump(database_url)
    assert {name: len(rows[name]) for name in counts} == counts
    assert (counts["statement"], counts["wage"], counts["correction"]) == (3, len(samples.CELLS), 1)
    assert lines[0].startswith("3 statements from ")
    assert remains(database_url) == []


def test_a_second_build_is_the_same_to_the_row(built: str, folder: Path, statistics: Path) -> None:
    before = dump(built)
    rebuild(built, folder, statistics)
    assert dump(built) == before


def test_statements_are_read_back_as_they_were_written(built: str, folder: Path) -> None:
    written = {s.id: s for s in read(folder).statements}
    knowledge = KnowledgeBase(built)
    assert [s.id for s in knowledge.all_statements()] == list(written)
    for id, statement in written.items():
        found = knowledge.evidence(id)
        assert found is not None
        assert (found.statement.scope, found.statement.text, found.statement.number, found.statement.locator) == (
            statement.scope,
            statement.text,
            statement.number,
            statement.locator,
        )
        assert found.edition.id == statement.edition


def test_a_correction_is_shown_with_the_statement_it_explains(built: str) -> None:
    knowledge = KnowledgeBase(built)
    (wanted,) = knowledge.statements(NURSES, "education.requirement")
    found = knowledge.evidence(wanted.id)
    assert found is not None and found.corrections == (("BSN", "RN", "A test."),)
    assert list(knowledge.catalog.corrections) == [wanted.id]


def test_ids_survive_a_rebuild_with_more_facts(built: str, folder: Path, statistics: Path) -> None:
    before = {s.id for s in KnowledgeBase(built).all_statements()}
    samples.write_facts(folder, NURSES, [NO_DEGREE, {**DEGREE, "locator": "Elsewhere"}, GROWTH])
    rebuild(built, folder, statistics)
    after = {s.id for s in KnowledgeBase(built).all_statements()}
    assert len(after - before) == 1 and before < after


def test_the_pay_statistics_can_be_left_out(database_url: str, folder: Path) -> None:
    counts = rebuild(database_url, folder, None)
    assert "wage" not in counts and dump(database_url)["wage"] == []
    assert not KnowledgeBase(database_url).answer(Question("pay", NURSES)).found


def test_faulty_facts_leave_the_old_knowledge(built: str, folder: Path, statistics: Path) -> None:
    before = dump(built)
    samples.write_facts(folder, NURSES, [{**GROWTH, "value": 4900}, {**DEGREE, "edition": "none"}])
    with pytest.raises(FaultyKnowledge) as caught:
        rebuild(built, folder, statistics)
    assert len(caught.value.problems) == 2, "every fault is told at once"
    assert dump(built) == before
    assert remains(built) == []


def test_an_article_that_is_repeated_stops_the_build(built: str, folder: Path, tmp_path: Path) -> None:
    before = dump(built)
    articles = tmp_path / "articles"
    articles.mkdir()
    long = "Most nurses have a bachelor's degree and like it a lot."
    (articles / "own.txt").write_text(long, encoding="utf-8")
    samples.write_facts(folder, NURSES, [{**DEGREE, "text": long}])
    with pytest.raises(FaultyKnowledge, match="repeats 8 words of own"):
        build(built, folder=folder, oews_file=None, articles=articles)
    assert dump(built) == before


class Interrupted(Exception):
    """Something that goes wrong in the middle of a build."""


def test_a_build_that_breaks_in_the_middle_leaves_the_old_knowledge(built: str, folder: Path, statistics: Path) -> None:
    before = dump(built)

    def stop(line: str) -> None:
        if "wages" in line:
            raise Interrupted

    samples.write_facts(folder, NURSES, [NO_DEGREE])
    with pytest.raises(Interrupted):
        rebuild(built, folder, statistics, stop)
    assert dump(built) == before
    assert remains(built) == []


def start_slow_build(url: str, folder: Path, statistics: Path) -> subprocess.Popen[str]:
    """A build in a process of its own that has written everything but the wages, and waits."""
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_BUILD, url, str(folder), str(statistics)],
        cwd=settings.ROOT,
        text=True,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "wages" in line:
            return process
    raise AssertionError(f"the build ended by itself: {process.wait()}")


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    assert process.stdout is not None
    process.stdout.close()


def test_a_killed_build_leaves_the_old_knowledge(built: str, folder: Path, statistics: Path) -> None:
    before = dump(built)
    knowledge = KnowledgeBase(built)
    samples.write_facts(folder, NURSES, [NO_DEGREE])
    kill(start_slow_build(built, folder, statistics))
    assert dump(built) == before
    assert knowledge.answer(Question("education", NURSES)).found
    assert rebuild(built, folder, statistics)["statement"] == 2, "the next build works"


def test_a_killed_first_build_is_no_knowledge(database_url: str, folder: Path, statistics: Path) -> None:
    kill(start_slow_build(database_url, folder, statistics))
    with pytest.raises((KnowledgeError, SQLAlchemyError)):
        KnowledgeBase(database_url).answer(Question("education", NURSES))
    assert rebuild(database_url, folder, statistics)["statement"] == 3


def test_readers_read_the_old_knowledge_while_a_build_runs(built: str, folder: Path, statistics: Path) -> None:
    knowledge = KnowledgeBase(built)
    read_meanwhile: list[str] = []

    def look(line: str) -> None:
        if "wages" in line:
            read_meanwhile.extend(
                s.item or "" for s in KnowledgeBase(built).statements(NURSES, "education.requirement")
            )
            read_meanwhile.extend(s.item or "" for s in knowledge.statements(NURSES, "education.requirement"))

    samples.write_facts(folder, NURSES, [NO_DEGREE])
    rebuild(built, folder, statistics, look)
    assert read_meanwhile == ["typical", "typical"]


def test_an_open_knowledge_base_follows_the_file(folder: Path, statistics: Path, tmp_path: Path) -> None:
    built = f"sqlite:///{tmp_path / 'knowledge.sqlite'}"
    rebuild(built, folder, statistics)
    knowledge = KnowledgeBase(built)
    question = Question("education", NURSES)
    assert [f.lead.item for f in knowledge.answer(question).findings] == ["typical"]
    samples.write_facts(folder, NURSES, [NO_DEGREE])
    rebuild(built, folder, statistics)
    assert [f.lead.item for f in knowledge.answer(question).findings] == ["not-required"]


def test_an_answer_is_of_one_state_though_a_rebuild_comes_between(
    folder: Path, statistics: Path, tmp_path: Path
) -> None:
    """What is read in several steps is read again when the file is replaced between two of them."""
    url = f"sqlite:///{tmp_path / 'knowledge.sqlite'}"
    rebuild(url, folder, statistics)
    knowledge = KnowledgeBase(url)
    early: list[int] = []

    def read_twice() -> tuple[int, int]:
        early.append(len(knowledge.all_statements()))
        if len(early) == 1:
            samples.write_facts(folder, NURSES, [NO_DEGREE])
            rebuild(url, folder, statistics)
        return early[-1], len(knowledge.all_statements())

    assert knowledge.whole(read_twice) == (2, 2)
    assert early == [3, 2]


def test_one_that_is_replaced_again_and_again_is_said(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'knowledge.sqlite'}"
    rebuild(url, folder, None)
    knowledge = KnowledgeBase(url)

    def read() -> int:
        assert knowledge.catalog.occupations
        rebuild(url, folder, None)
        return len(knowledge.all_statements())

    with pytest.raises(KnowledgeError, match="again and again"):
        knowledge.whole(read)


def test_the_remains_of_a_killed_build_do_not_stop_the_next(folder: Path, tmp_path: Path) -> None:
    """In a container every build has the same process id."""
    url = f"sqlite:///{tmp_path / 'knowledge.sqlite'}"
    rebuild(url, folder, None)
    os.replace(tmp_path / "knowledge.sqlite", tmp_path / f".knowledge.sqlite.{os.getpid()}.new")
    assert rebuild(url, folder, None)["statement"] == 3
    assert KnowledgeBase(url).answer(Question("education", NURSES)).found


@pytest.mark.parametrize("place", ["/proc/none/knowledge.sqlite", "/dev/null/knowledge.sqlite"])
def test_a_place_that_cannot_be_written_is_said(folder: Path, place: str) -> None:
    with pytest.raises(KnowledgeError, match="could not be written") as caught:
        rebuild(f"sqlite:///{place}", folder, None)
    assert place in str(caught.value)


def test_a_full_disk_is_said_and_leaves_the_old_knowledge(folder: Path, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'knowledge.sqlite'}"
    rebuild(url, folder, None)
    before = dump(url)
    code = (
        "import resource, sys; from pathlib import Path; from knowledge import errors, load\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try: load.build(sys.argv[1], folder=Path(sys.argv[2]), oews_file=None, vectors=False)\n"
        "except errors.KnowledgeError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, url, str(folder)],
        cwd=settings.ROOT,
        text=True,
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert "could not be written" in done.stdout and "untouched" in done.stdout
    assert dump(url) == before


@pytest.mark.parametrize("name", ["with space.sqlite", "ü #1%20?.sqlite"])
def test_any_file_name_will_do(folder: Path, tmp_path: Path, name: str) -> None:
    if "?" in name:
        name = name.replace("?", "")  # the mark begins the options of a database url
    url = f"sqlite:///{tmp_path / name}"
    rebuild(url, folder, None)
    assert (tmp_path / name).is_file()
    assert KnowledgeBase(url).answer(Question("education", NURSES)).found


@pytest.mark.parametrize("content", [b"", b"not a database, but long enough to be looked at" * 50])
def test_a_file_that_is_no_knowledge_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "knowledge.sqlite"
    path.write_bytes(content)
    with pytest.raises(KnowledgeError, match="make knowledge"):
        KnowledgeBase(f"sqlite:///{path}").answer(Question("pay", NURSES))
    assert path.read_bytes() == content


def test_a_missing_database_is_said_and_not_made(tmp_path: Path) -> None:
    path = tmp_path / "knowledge.sqlite"
    with pytest.raises(KnowledgeError, match=r"no knowledge database.*make knowledge"):
        KnowledgeBase(f"sqlite:///{path}").answer(Question("pay", NURSES))
    assert not path.exists()


def test_reading_never_writes(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "knowledge.sqlite"
    rebuild(f"sqlite:///{path}", folder, None)
    before, state = path.read_bytes(), path.stat().st_mtime_ns
    knowledge = KnowledgeBase(f"sqlite:///{path}")
    assert knowledge.covered(NURSES) and knowledge.all_statements()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, state)
    assert [other.name for other in tmp_path.iterdir() if "knowledge.sqlite" in other.name] == ["knowledge.sqlite"]


def test_the_hash_of_the_folder_follows_content_and_names(folder: Path) -> None:
    hashes = [folder_hash(folder)]
    (folder / "corrections" / "one.yml").rename(folder / "corrections" / "two.yml")
    hashes.append(folder_hash(folder))
    samples.write_facts(folder, NURSES, [NO_DEGREE])
    hashes.append(folder_hash(folder))
    (folder / "notes.txt").write_text("not knowledge", encoding="utf-8")
    assert folder_hash(folder) == hashes[-1]
    assert len(set(hashes)) == 3
