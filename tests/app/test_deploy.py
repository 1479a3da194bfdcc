"""What is deployed agrees with itself and with the settings, as far as a machine without containers can show."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import yaml

from app.main import create_app
from app.settings import Settings
from descent_lab.limits import PREFIX
from tests.services import configuration, free_port, needs

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}


def composed() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]


def test_nginx_takes_the_configuration_that_is_deployed(tmp_path: Path) -> None:
    program = needs("nginx")
    (tmp_path / "nginx.conf").write_text(configuration(free_port(), [8001, 8002], tmp_path))
    command = [program, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", "error.log"]
    tried = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert tried.returncode == 0, tried.stderr


def test_the_composed_services_are_those_that_are_named() -> None:
    services = composed()
    assert services.keys() == {
        "lab-1", "lab-2", "nginx", "valkey", "scheduler", "worker-1", "worker-2"
    }  # fmt: skip
    named = set(re.findall(r"server (lab-\d):8000", (ROOT / "deploy" / "nginx.conf").read_text()))
    assert named == {"lab-1", "lab-2"}
    for name in named:
        given = services[name]["environment"]
        assert given.keys() <= SETTINGS
        Settings.model_validate({key.removeprefix(PREFIX).lower(): value for key, value in given.items()})
        assert {"valkey", "scheduler"} <= services.keys() & set(services[name]["depends_on"])
    assert all((ROOT / each.split(":")[0]).exists() for each in services["nginx"]["volumes"])


def test_kubernetes_asks_for_routes_that_there_are() -> None:
    parts = {
        each["kind"]: each for each in yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text())
    }
    (container,) = parts["Deployment"]["spec"]["template"]["spec"]["containers"]
    kinds = ("startupProbe", "livenessProbe", "readinessProbe")
    probed = {container[kind]["httpGet"]["path"].split("?")[0] for kind in kinds}
    assert probed <= create_app().openapi()["paths"].keys()
    assert {each["name"] for each in container["env"]} <= SETTINGS
    assert (
        parts["Service"]["spec"]["selector"] == parts["Deployment"]["spec"]["template"]["metadata"]["labels"]
    )
    assert (
        parts["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]["name"]
        == parts["Deployment"]["metadata"]["name"]
    )
