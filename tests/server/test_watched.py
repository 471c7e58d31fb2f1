"""What an operator sees of the assistant as it runs: one id from the edge to the action, a discreet log, metrics that
the dashboard and the alerts name, readiness, the smoke test. Actions apart, everything logged."""

from __future__ import annotations

import json
import re
import shutil
import ssl
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from settings import ROOT, load
from tools import processes, servers
from tools.environment import PYTHON, child_environment
from tools.prepare import ensure_knowledge, ensure_model
from tools.servers import Addresses

EDGE = "edge-0123456789abcdef"
TOKEN = "the-token-of-the-metrics"
SESSIONS = "the secret that signs the sessions of this test"
BETWEEN = "the-secret-between-rasa-and-the-actions"
BEFORE = "the-secret-that-was-between-them-before"
SIGNING = "5ba1e0f00c0ffee0badc0de0feedbeef"
BOT = "xoxb-000000000000-this-is-the-bots-token"
WORDS = ("Xylander", "zinnia", "pellucid")  # in no file of the project
DOORS = (
    "/version",
    "/status",
    "/domain",
    "/conversations/x/tracker",
    "/conversations/x/messages",
    "/model/parse",
    "/model/train",
    "/webhooks/socketio/",
    "/docs",
    "/openapi.json",
)
METRIC = re.compile(r"\b((?:waymark|process)_[a-z_]+)")
SUFFIX = re.compile(r"_(bucket|count|sum)$")


@dataclass(frozen=True)
class Watched:
    """The running assistant, its logs, and the file of its knowledge database, which tests may take away."""

    addresses: Addresses
    logs: Path
    knowledge: Path
    http: requests.Session

    def get(self, path: str, base: str = "", **headers: str) -> requests.Response:
        return self.http.get(f"{base or self.addresses.base}{path}", headers=headers, timeout=10)

    def log(self, name: str) -> list[dict[str, Any]]:
        """The entries of a process's log, each of which must be one line of JSON."""
        text = (self.logs / f"{name}.log").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]

    def metrics(self, base: str = "") -> str:
        reply = self.get("/metrics", base, Authorization=f"Bearer {TOKEN}")
        assert reply.status_code == 200, reply.text
        assert reply.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        return reply.text

    def ready(self) -> tuple[int, dict[str, Any]]:
        time.sleep(1.1)  # a result is used again for a second
        reply = self.get("/ready")
        found: dict[str, Any] = reply.json()
        return reply.status_code, found

    def smoke(self) -> subprocess.CompletedProcess[str]:
        return smoke(self.addresses.base)


def smoke(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    command, env = [PYTHON, "-m", "tools.smoke", *arguments], child_environment(more)
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    ensure_knowledge()
    ensure_model()
    folder = tmp_path_factory.mktemp("watched")
    knowledge = folder / "knowledge.sqlite"
    shutil.copy(load({}).knowledge_url.removeprefix("sqlite:///"), knowledge)
    env = {
        "WAYMARK_STATE_URL": f"sqlite:///{folder / 'state.sqlite'}",
        "WAYMARK_KNOWLEDGE_URL": f"sqlite:///{knowledge}",
        "WAYMARK_PUBLIC_URL": "",
        "WAYMARK_SECRET": SESSIONS,
        "WAYMARK_ACTIONS_SECRET": f"{BETWEEN},{BEFORE}",  # while it is changed
        "WAYMARK_METRICS_TOKEN": TOKEN,
        "WAYMARK_SLACK_BOT_TOKEN": BOT,
        "WAYMARK_SLACK_SIGNING_SECRET": SIGNING,
        "WAYMARK_SLACK_API_URL": "http://127.0.0.1:9/api/",
        "WAYMARK_TRUSTED_PROXIES": "127.0.0.1",
        "WAYMARK_LOG_FORMAT": "json",
        "WAYMARK_LOG_LEVEL": "DEBUG",
    }
    with servers.running(env=env, logs=folder, actions="apart") as addresses, requests.Session() as http:
        http.trust_env = False
        yield Watched(addresses, folder, knowledge, http)


def test_one_id_goes_from_the_edge_to_the_action_and_back(watched: Watched) -> None:
    body = {"sender": "someone", "message": "How much do registered nurses earn?"}
    reply = watched.http.post(watched.addresses.rest, json=body, headers={"X-Request-ID": EDGE}, timeout=15)
    assert reply.headers["X-Request-ID"] == EDGE
    rasa = [entry for entry in watched.log("rasa") if entry.get("request_id") == EDGE]
    answered = [entry for entry in rasa if entry["message"] == "answered"]
    assert [(one["channel"], one["kind"], one["topic"]) for one in answered] == [("rest", "answer", "pay")]
    assert {entry["logger"].split(".")[0] for entry in rasa} >= {"channels", "rasa"}
    actions = [entry for entry in watched.log("actions") if entry.get("request_id") == EDGE]
    assert [entry["action"] for entry in actions] == ["action_answer_pay"]


def test_no_log_holds_what_is_said_or_a_secret(watched: Watched) -> None:
    web = f"{watched.addresses.base}/webhooks/web/"
    opened = watched.http.post(f"{web}sessions", json={}, timeout=10).json()
    bearer = {"Authorization": f"Bearer {opened['token']}"}
    said = [
        f"My name is {WORDS[0]}, my number is 555-867-5309 and my mail {WORDS[1]}@example.edu: what do nurses earn?",
        f"And in Ohio, {WORDS[2]}?",
        "What was that?",
        f'/{WORDS[0]}{{"place": "{WORDS[1]}"}}',
    ]
    for text in said:
        message = {"id": str(uuid.uuid4()), "text": text}
        assert watched.http.post(f"{web}messages", json=message, headers=bearer, timeout=15).status_code == 200
        rest = {"sender": "someone", "message": text}
        assert watched.http.post(watched.addresses.rest, json=rest, timeout=15).status_code == 200
    watched.http.get(f"{web}{WORDS[0]}?token={opened['token']}", headers=bearer, timeout=10)
    watched.http.post(f"{web}messages", data=WORDS[0].encode(), headers=bearer, timeout=10)
    watched.http.post(watched.addresses.rest, data=b'{"message": "' + WORDS[0].encode(), timeout=10)
    wrong = {"Authorization": f"Bearer {WORDS[0]}", "X-Waymark-Secret": WORDS[1]}
    watched.get("/metrics", **wrong)
    watched.http.post(f"{watched.addresses.actions}/webhook", data=WORDS[0].encode(), headers=wrong, timeout=10)
    watched.http.post(f"{watched.addresses.base}/webhooks/slack/webhook", data=WORDS[0].encode(), timeout=10)
    assert watched.http.delete(f"{web}conversation", headers=bearer, timeout=10).status_code == 204
    logs = "".join(path.read_text(encoding="utf-8") for path in watched.logs.glob("*.log"))
    assert logs.count("answered") >= 2 * len(said)
    texts = ("555-867", "867-5309", "8675309", "example.edu", "Ohio", "what do nurses earn", "What was that")
    hidden = (*WORDS, *texts, opened["token"], SESSIONS, BETWEEN, BEFORE, TOKEN, SIGNING, BOT)
    assert [text for text in hidden if text.lower() in logs.lower()] == []


def test_every_line_of_a_log_has_time_level_logger_and_words(watched: Watched) -> None:
    for name in ("rasa", "actions"):
        entries = watched.log(name)
        assert entries
        assert all({"time", "level", "logger", "message"} <= set(entry) for entry in entries)


# --- metrics


def names(text: str) -> set[str]:
    """The metrics of a scrape."""
    return {line.split()[2] for line in text.splitlines() if line.startswith("# TYPE")}


def expressions() -> dict[str, str]:
    """Every query of the dashboard and the alerts, by where it stands."""
    dashboard = json.loads((ROOT / "deploy" / "grafana" / "waymark.json").read_text(encoding="utf-8"))
    rules = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    found = {
        f"{panel['title']}.{one['refId']}": one["expr"] for panel in dashboard["panels"] for one in panel["targets"]
    }
    found |= {rule["alert"]: rule["expr"] for group in rules["groups"] for rule in group["rules"]}
    variables = dashboard["templating"]["list"]
    return found | {one["name"]: one["definition"] for one in variables if one["type"] == "query"}


def test_the_metrics_are_closed_without_the_token(watched: Watched) -> None:
    for base in (watched.addresses.base, watched.addresses.actions):
        for header in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}, {"Authorization": "Bearer ä"}):
            reply = watched.get("/metrics", base, **{key: value.encode() for key, value in header.items()})  # type: ignore
            assert reply.status_code == 401
            assert "waymark_answers" not in reply.text


def test_an_answer_is_counted_where_it_belongs(watched: Watched) -> None:
    def count(line: str, text: str) -> float:
        return sum(float(found.split()[-1]) for found in text.splitlines() if found.startswith(line))

    before, acted = watched.metrics(), watched.metrics(watched.addresses.actions)
    for text in ("how much does the RHIT exam cost", "How much do pharmacy technicians earn?", "hello"):
        watched.http.post(watched.addresses.rest, json={"sender": "counted", "message": text}, timeout=15)
    after, since = watched.metrics(), watched.metrics(watched.addresses.actions)
    for line, more in (
        ('waymark_answers_total{channel="rest",kind="no_source",topic="tuition"}', 1),
        ('waymark_answers_total{channel="rest",kind="answer",topic="pay"}', 1),
        ('waymark_answers_total{channel="rest",kind="smalltalk"', 1),
        ('waymark_turn_seconds_count{channel="rest"}', 3),
        ('waymark_requests_total{method="POST",route="/webhooks/rest/webhook",status="200"}', 3),
        ("waymark_turn_failures_total", 0),
    ):
        assert count(line, after) - count(line, before) == more, line
    line = 'waymark_action_seconds_count{action="action_answer_pay"}'
    assert count(line, since) - count(line, acted) == 1


def test_every_metric_of_the_dashboard_and_the_alerts_is_there(watched: Watched) -> None:
    known = names(watched.metrics()) | names(watched.metrics(watched.addresses.actions))
    queries = expressions()
    assert len(queries) > 40
    missing = {
        where: name
        for where, query in queries.items()
        for name in METRIC.findall(query)
        if name not in known and SUFFIX.sub("", name) not in known
    }
    assert missing == {}
    values = {line for line in watched.metrics().splitlines() if not line.startswith("#")}
    for label in (
        'check="model"',
        'check="state"',
        'check="actions"',
        'queue="slack_events"',
        'queue="slack_calls"',
        'queue="people"',
        'task="forget"',
        'task="end_overdue"',
    ):
        assert any(label in line for line in values), label


def test_every_metric_is_explained_and_every_alert_has_a_runbook(watched: Watched) -> None:
    page = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")
    known = names(watched.metrics()) | names(watched.metrics(watched.addresses.actions))
    assert {name for name in known if name.startswith("waymark_") and f"`{name}`" not in page} == set()
    rules = yaml.safe_load((ROOT / "deploy" / "prometheus" / "alerts.yml").read_text(encoding="utf-8"))
    alerts = [rule for group in rules["groups"] for rule in group["rules"]]
    for rule in alerts:
        assert rule["annotations"]["runbook"] == f"docs/operate.md#{rule['alert'].lower()}"
        assert f"### {rule['alert']}\n" in page, rule["alert"]
        assert rule["labels"]["severity"] in ("critical", "warning")
    promtool = shutil.which("promtool")  # Prometheus' own check, where it is installed
    if promtool:
        file = ROOT / "deploy" / "prometheus" / "alerts.yml"
        subprocess.run([promtool, "check", "rules", file], check=True, capture_output=True, timeout=30)


# --- readiness, closed doors, the smoke test


def test_all_is_ready(watched: Watched) -> None:
    assert watched.get("/health").json() == watched.get("/").json() == {"status": "ok"}
    checks = {"model": "ok", "knowledge": "ok", "state": "ok", "actions": "ok"}
    assert watched.ready() == (200, {"status": "ok", "checks": checks})


def test_without_its_knowledge_it_is_not_ready_and_says_so_without_a_path(watched: Watched) -> None:
    away = watched.knowledge.with_name("away.sqlite")
    watched.knowledge.rename(away)
    try:
        status, found = watched.ready()
        assert (status, found["status"], found["checks"]["knowledge"]) == (503, "unavailable", "unavailable")
        assert "sqlite" not in json.dumps(found)
        assert watched.get("/health").status_code == 200
        assert 'waymark_check_up{check="knowledge"} 0.0' in watched.metrics()
    finally:
        away.rename(watched.knowledge)
    assert watched.ready()[0] == 200
    changes = [(one["check"], one["outcome"]) for one in watched.log("rasa") if one["message"] == "check"]
    assert changes == [("knowledge", "unavailable"), ("knowledge", "ok")]


@pytest.mark.parametrize("path", DOORS)
def test_rasas_own_doors_are_closed(path: str, watched: Watched) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        url = f"{watched.addresses.base}{path}?token={WORDS[0]}"
        reply = watched.http.request(method, url, json={"text": WORDS[1]}, timeout=10)
        assert reply.status_code in (404, 405), (method, path)
        assert reply.headers["Content-Type"] == "application/problem+json"
        assert "rasa" not in reply.text.lower()
        assert WORDS[0] not in reply.text + str(reply.headers)
        assert not {"Access-Control-Allow-Origin", "Server", "X-Powered-By"} & set(reply.headers)


@pytest.mark.parametrize("path", ["/webhooks/rest/webhook", "/webhooks/web/messages", "/webhooks/slack/webhook"])
def test_a_body_has_a_limit_at_every_address(path: str, watched: Watched) -> None:
    body = b'{"sender": "someone", "message": "' + b"a" * 1_100_000 + b'"}'
    headers = {"Content-Type": "application/json"}
    reply = watched.http.post(f"{watched.addresses.base}{path}", data=body, headers=headers, timeout=10)
    assert (reply.status_code, reply.headers["Content-Type"]) == (413, "application/problem+json")
    assert "aaaa" not in reply.text


def test_the_action_server_lets_nobody_else_in(watched: Watched) -> None:
    base = watched.addresses.actions
    assert watched.get("/health", base).json() == {"status": "ok"}
    for reply in (
        watched.get("/actions", base),
        watched.http.post(f"{base}/webhook", json={"next_action": "action_answer_pay"}, timeout=10),
        watched.http.post(f"{base}/webhook", json={}, headers={"X-Waymark-Secret": "ä".encode()}, timeout=10),
    ):
        assert reply.status_code == 401
        assert reply.headers["Server"] == "waymark"
    assert watched.get("/actions", base, **{"X-Waymark-Secret": BEFORE}).status_code == 200
    assert watched.get("/none", base).json() == {"error": "Not Found"}
    with pytest.raises(requests.ConnectionError):  # on the loopback address only
        requests.get(base.replace("127.0.0.1", "127.0.0.2"), timeout=5)


def test_a_good_deployment_passes_the_smoke_test(watched: Watched) -> None:
    done = watched.smoke()
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[-1] == "all is well"
    assert all(line.startswith("ok ") for line in lines[:-1])
    assert len(lines) == 10


def test_a_deployment_without_actions_fails_it(watched: Watched) -> None:
    """Runs last: it ends the action server."""
    processes.stop([watched.addresses.children["actions"]])
    status, found = watched.ready()
    assert (status, found["status"], found["checks"]["actions"]) == (200, "degraded", "unavailable")
    done = watched.smoke()
    assert done.returncode == 1
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAILED")]
    assert len(failed) == 1
    assert "no cited answer" in failed[0]
    assert re.search(r'waymark_answers_total\{channel="web",kind="failed",topic=""\} [1-9]', watched.metrics())


class OpenHouse(BaseHTTPRequestHandler):
    """A server that says yes to everything, as Rasa's own with its interface open."""

    strict = False

    def do_GET(self) -> None:
        body = b'{"status": "ok", "token": "t", "messages": []}'
        self.send_response(200)
        if self.strict:
            self.send_header("Strict-Transport-Security", "max-age=31536000")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_DELETE = do_GET

    def log_message(self, *_arguments: object) -> None:
        pass


def test_what_is_no_waymark_fails_nearly_everything() -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OpenHouse)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    done = smoke(f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()
    assert done.returncode == 1
    text = done.stdout
    for name in ("pages", "headers", "other websites", "a conversation", "its deletion", "what must be closed"):
        assert f"FAILED  {name}: " in text
    assert "/metrics" in text


def certificate(folder: Path, days: int) -> Path:
    """A certificate for 127.0.0.1 that signs itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + key.private_bytes(*form))
    return file


@pytest.mark.parametrize(
    ("trusted", "strict", "expected"),
    [
        (False, True, "FAILED  transport: TLS with 127.0.0.1 fails: self"),
        (True, False, "warn    transport: no Strict-Transport-Security"),
        (True, True, "warn    transport: the certificate ends in 5 days"),
    ],
)
def test_the_smoke_test_looks_at_the_certificate(trusted: bool, strict: bool, expected: str, tmp_path: Path) -> None:
    file = certificate(tmp_path, 5)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    house = type("House", (OpenHouse,), {"strict": strict})
    server = ThreadingHTTPServer(("127.0.0.1", 0), house)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trust = {"SSL_CERT_FILE": str(file)} if trusted else {}
    done = smoke(f"https://127.0.0.1:{server.server_port}", **trust)
    server.shutdown()
    server.server_close()
    assert expected in done.stdout, done.stdout + done.stderr


def test_where_nothing_answers_every_line_says_what_to_do() -> None:
    (port,) = servers.free_ports(1)
    done = smoke(f"http://127.0.0.1:{port}", "--patience", "1")
    assert done.returncode == 1
    assert "FAILED  health: no answer from" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert smoke("bot.example.edu").returncode == 2
