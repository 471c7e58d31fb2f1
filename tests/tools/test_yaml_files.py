"""A broken YAML file is one line with its place."""
from __future__ import annotations

from pathlib import Path

import pytest

from tools.console import ToolError
from tools.yaml_files import check, fault, rasa_files

CASES = {
    "bracket": (b"a:\n  - [1, 2\nb: 3\n", "x.yml:3:2: not valid YAML"),
    "tab": (b"a:\n\tb: 1\n", "x.yml:2:1: not valid YAML"),
    "indent": (b"a: 1\n  b: 2\n", "x.yml:2:4: not valid YAML"),
    "quote": (b'a: "open\nb: 1\n', "x.yml:3:1: not valid YAML"),
    "twice": (b"a: 1\nb:\n  c: 1\n  c: 2\n", "x.yml:4: the key 'c' is there twice"),
    "bytes": (b"a: \xff\xfe\n", "x.yml: not UTF-8"),
    "control": (b"a: \x01\n", "x.yml: not valid YAML"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_names_its_place(name: str, tmp_path: Path) -> None:
    content, expected = CASES[name]
    (tmp_path / "x.yml").write_bytes(content)
    found = fault(tmp_path / "x.yml", tmp_path)
    assert found is not None
    assert found.startswith(expected)
    assert "\n" not in found


@pytest.mark.parametrize("content", [
    "", "a: 1\n", "- a\n- {b: 1, c: [1, 2]}\n", "a: &x {k: 1}\nb:\n  <<: *x\n  <<: *x\n"])
def test_what_is_valid_passes(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(content)
    assert fault(tmp_path / "x.yml", tmp_path) is None


def test_every_file_of_rasa_is_looked_at(tmp_path: Path) -> None:
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "data" / "nlu" / "pay.yml").write_text("nlu: [\n")
    for name in ("config", "domain", "endpoints", "credentials"):
        (tmp_path / f"{name}.yml").write_text("a: 1\n")
    with pytest.raises(ToolError, match=r"^data/nlu/pay\.yml:2:1: not valid YAML"):
        check(rasa_files(tmp_path), tmp_path)
    (tmp_path / "domain.yml").unlink()
    with pytest.raises(ToolError, match=r"^domain\.yml: no such file \(and 1 more broken file\(s\)\)$"):
        check(rasa_files(tmp_path), tmp_path)
