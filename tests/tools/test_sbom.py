"""The list of parts: every locked package with its version and hashes, valid CycloneDX, the same each time."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from settings import ROOT
from tools.environment import PYTHON
from tools.locks import read_lock
from tools.sbom import LOCKS, bom, purl

DEV = ROOT / ".venv-dev" / "bin" / "python"
CHECK = """
import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
sys.exit(str(JsonStrictValidator(SchemaVersion.V1_5).validate_str(open(sys.argv[1]).read()) or "") or 0)
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("sbom") / "parts" / "sbom.json"
    command = [PYTHON, "-m", "tools.sbom", target]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return target


def test_it_holds_every_locked_package_and_nothing_else(file: Path) -> None:
    made = json.loads(file.read_text(encoding="utf-8"))
    found = {
        (part["purl"], part["version"], tuple(one["content"] for one in part["hashes"])) for part in made["components"]
    }
    locked = {(purl(one), one.version, one.hashes) for lock in LOCKS for one in read_lock(ROOT / lock)}
    assert found == locked
    assert len(found) > 150
    assert all(hashes for _, _, hashes in found)
    licensed = [part for part in made["components"] if "licenses" in part]
    assert len(licensed) > 0.9 * len(found)
    assert set(made["dependencies"][0]["dependsOn"]) == {address for address, _, _ in locked}


def test_it_is_valid_cyclonedx(file: Path) -> None:
    if not DEV.is_file():
        pytest.skip("no .venv-dev: make check makes it")
    done = subprocess.run([DEV, "-c", CHECK, file], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def test_it_is_the_same_each_time(file: Path) -> None:
    assert json.loads(file.read_text(encoding="utf-8")) == bom()


def test_a_lock_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    lock = tmp_path / "some.lock"
    lock.write_text("# a comment\nrasa==3.6.21 \\\n    --hash=sha256:" + "a" * 64 + "\nhttps://elsewhere/x.whl\n")
    with pytest.raises(ValueError, match=r"some\.lock, line 4"):
        read_lock(lock)
