"""Static files: those that the folder lists, as they are now, and nothing beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from channels.static_files import Folder
from tests.channels.conftest import Client, Visitor


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    root = tmp_path / "site"
    for name in ("index.html", "a/b.js", ".hidden.js", ".git/x.js", "tests/t.js", "node_modules/m.js", "secret.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (tmp_path / "outside.js").write_text("outside")
    (root / "link.js").symlink_to(tmp_path / "outside.js")
    (root / "inside.js").symlink_to(root / "a" / "b.js")
    return Folder(root)


def test_only_what_may_be_seen_is_listed(folder: Folder) -> None:
    assert sorted(folder.names()) == ["a/b.js", "index.html", "inside.js"]


@pytest.mark.parametrize(
    "name",
    ["../outside.js", "a/../../outside.js", "/etc/passwd", "link.js", ".hidden.js", "secret.py", "a", "", "a/./b.js"],
)
def test_nothing_else_can_be_had(name: str, folder: Folder) -> None:
    assert folder.get(name) is None


def test_a_changed_file_is_served_as_it_is_now(folder: Folder, tmp_path: Path) -> None:
    before = folder.get("index.html")
    path = tmp_path / "site" / "index.html"
    path.write_text("new")
    os.utime(path, ns=(1, 1))
    after = folder.get("index.html")
    assert before is not None
    assert after is not None
    assert (before.content, after.content) == (b"index.html", b"new")
    assert before.etag != after.etag
    assert after.type == "text/html; charset=utf-8"


def test_a_folder_that_is_missing_has_no_files(tmp_path: Path) -> None:
    assert Folder(tmp_path / "none").names() == {}


def test_a_browser_asks_again_only_for_what_has_changed(client: Client) -> None:
    first = client.get("/web/page.css")
    assert first.status_code == 200
    again = client.get("/web/page.css", **{"If-None-Match": f'"other", W/{first.headers["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


PATHS = (
    "demo/..%2fweb.py demo/%2e%2e/web.py demo/..%2f..%2f..%2fsettings.py demo/none.js demo//etc/passwd page.css/x %00 "
    "widget/../settings.py widget/%2e%2e/%2e%2e/etc/passwd widget/ widget/package.json"
).split()


@pytest.mark.parametrize("path", PATHS)
def test_no_file_beside_the_folders_can_be_had(path: str, client: Client) -> None:
    reply = client.get(f"/web/{path}")
    assert reply.status_code in (404, 400)
    assert "import" not in reply.text
    assert reply.headers["Content-Type"] == "application/problem+json"


def test_the_demo_begins_one_level_down(client: Client) -> None:
    for name, target in (("demo", "demo/"), ("embed", "demo/embed.html")):
        moved = client.get(f"/web/{name}")
        assert (moved.status_code, moved.headers["Location"]) == (308, target)  # relative: right behind any path prefix
    page = client.get("/web/demo/")
    assert page.status_code == 200
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.text == client.get("/web/demo/index.html").text == client.get("/web/demo/index").text
    assert "https://img.example.edu" in client.get("/public/demo/").headers["Content-Security-Policy"]


def test_any_site_may_load_the_widget(client: Client) -> None:
    reply = Visitor(client, origin="https://anything.example").call("GET", "widget/none.js")
    assert reply.status_code == 404
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
