"""Stamps: the same inputs, the same hash; and one maker at a time."""
from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools.environment import ROOT
from tools.stamps import digest, only_one, read_stamp, write_stamp


def test_the_hash_depends_on_names_contents_and_extras_only(tmp_path: Path) -> None:
    a, b = tmp_path / "a", tmp_path / "b"
    a.write_text("1")
    b.write_text("2")
    first = digest([a, b], tmp_path, ["x"])
    assert digest([b, a, a], tmp_path, ["x"]) == first
    assert digest([a, b], tmp_path, ["y"]) != first
    assert digest([a], tmp_path, ["x"]) != first
    b.write_text("3")
    assert digest([a, b], tmp_path, ["x"]) != first
    b.write_text("2")
    assert digest([a, b], tmp_path, ["x"]) == first
    b.rename(tmp_path / "c")
    assert digest([a, tmp_path / "c"], tmp_path, ["x"]) != first


def test_a_stamp_is_read_back_and_a_damaged_one_counts_as_none(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert read_stamp(stamp) == {}
    write_stamp(stamp, {"inputs": "abc"})
    assert read_stamp(stamp) == {"inputs": "abc"}
    assert [path.name for path in tmp_path.iterdir()] == ["stamp"]
    for damage in ("", "{", "[1]", "null"):
        stamp.write_text(damage)
        assert read_stamp(stamp) == {}


def test_a_second_maker_waits_and_says_so(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tools.stamps import only_one\n"
        "with only_one('model', Path(sys.argv[1])): print('mine')")
    with only_one("model", tmp_path):
        second = subprocess.Popen(
            [sys.executable, "-c", code, tmp_path], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert "waiting" in second.stdout.readline()
        assert second.poll() is None
    assert second.communicate(timeout=10)[0] == "mine\n"
