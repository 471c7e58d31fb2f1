"""`make sbom`: the list of parts (SBOM) as CycloneDX 1.5 JSON, made from the lock files: what runs at a school.

    python -m tools.sbom [FILE]      default: var/sbom.json

The same locks give the same list, byte for byte, where the same packages are installed: licences are what those state.
"""
from __future__ import annotations

import json
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

import settings
from tools.console import ToolError, guarded, say
from tools.environment import ROOT
from tools.locks import Locked, read_lock

LOCKS = ("requirements.lock", "requirements-data.lock")
NAMESPACE = uuid.UUID("5b6e9a3e-3c1c-5d0e-9a57-6d0c6d2f5a10")  # any constant; the rest comes from the content
REPOSITORY = "pkg:generic/waymark"
LONGEST_NAME = 80  # some packages put the whole text of a licence where its name belongs


def purl(package: Locked) -> str:
    """The package's address in the form that scanners look up."""
    name = re.sub(r"[-_.]+", "-", package.name).lower()
    return f"pkg:pypi/{name}@{package.version}"


def licence(name: str) -> str | None:
    """What the installed package says its licence is; None if it is not installed or says nothing."""
    try:
        about: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    said = about.get("License-Expression") or about.get("License") or ""
    if said and said.upper() != "UNKNOWN" and len(said) <= LONGEST_NAME and "\n" not in said:
        return said.strip()
    classes = [text for text in about.get_all("Classifier") or () if text.startswith("License :: ")]
    names = [text.rpartition(" :: ")[2] for text in classes if text.count(" :: ") > 1 or "OSI" not in text]
    return "; ".join(names) or None


def component(package: Locked, lock: str) -> dict[str, Any]:
    """A package as CycloneDX has it. The hashes are those of all its files, one of which is installed."""
    properties = [{"name": "waymark:lock", "value": lock}]
    if package.marker:
        properties.append({"name": "waymark:marker", "value": package.marker})
    made: dict[str, Any] = {
        "type": "library", "bom-ref": purl(package), "name": package.name, "version": package.version,
        "scope": "optional" if package.marker else "required",
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes],
        "purl": purl(package), "properties": properties,
    }
    if said := licence(package.name):
        made["licenses"] = [{"license": {"name": said}}]
    return made


def bom(root: Path = ROOT) -> dict[str, Any]:
    """The whole list."""
    parts: dict[str, dict[str, Any]] = {}
    for lock in LOCKS:
        for package in read_lock(root / lock):
            parts.setdefault(purl(package), component(package, lock))
    us = f"{REPOSITORY}@{settings.VERSION}"
    content = {
        "metadata": {
            "component": {
                "type": "application", "bom-ref": us, "name": "waymark", "version": settings.VERSION,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            },
            "tools": {"components": [{"type": "application", "name": "waymark tools/sbom.py"}]},
        },
        "components": [parts[name] for name in sorted(parts)],
        "dependencies": [{"ref": us, "dependsOn": sorted(parts)}],
    }
    serial = uuid.uuid5(NAMESPACE, json.dumps(content, sort_keys=True))
    schema = "http://cyclonedx.org/schema/bom-1.5.schema.json"
    head = {"$schema": schema, "bomFormat": "CycloneDX", "specVersion": "1.5"}
    return {**head, "serialNumber": f"urn:uuid:{serial}", "version": 1, **content}


def main() -> int:
    """Write the list."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "var" / "sbom.json"
    try:
        made = bom()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except (OSError, ValueError) as error:
        raise ToolError(f"the list of parts could not be written: {error}") from error
    say(f"{target}: {len(made['components'])} packages, CycloneDX {made['specVersion']}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
