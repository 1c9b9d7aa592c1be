"""What lies in deploy/: names that are there, settings that exist, logs without secrets, a unit that systemd takes."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.settings import Settings

ROOT = Path(__file__).parents[1]
DEPLOY = ROOT / "deploy"
SETTINGS = {f"ASPEN_{name.upper()}" for name in Settings.model_fields}
OF_THE_PROXY = {"ASPEN_DOMAIN", "ASPEN_UPSTREAM"}


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(read("compose.yaml"))
    return found


def test_every_setting_that_is_named_exists() -> None:
    texts = [path.read_text(encoding="utf-8") for path in DEPLOY.rglob("*") if path.is_file()]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md")]
    named = {name for text in texts for name in re.findall(r"\bASPEN_[A-Z_]*[A-Z]\b", text)}
    assert named - SETTINGS - OF_THE_PROXY - {"ASPEN_TEST_POSTGRESQL"} == set()


def test_what_the_containerfile_copies_is_there_and_is_let_through() -> None:
    copied = [
        name
        for names in re.findall(r"^COPY (?!--)(.+) \S+$", read("Containerfile"), re.MULTILINE)
        for name in names.split()
    ]
    let_through = {line[1:] for line in read("Containerfile.dockerignore").splitlines() if line.startswith("!")}
    assert "services" in copied
    assert set(copied) == let_through
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_container_has_the_libraries_that_the_installation_names() -> None:
    (libraries,) = re.findall(r'^PDF_LIBRARIES="(.+)"$', (ROOT / ".ci" / "install").read_text(), re.MULTILINE)
    assert libraries in read("Containerfile")


def test_the_app_s_container_may_do_little_and_waits_for_its_database() -> None:
    services = compose()["services"]
    for name in ("app", "migrate"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["security_opt"] == ["no-new-privileges:true"]
    assert "ports" not in services["app"], "only the proxy is reached from outside"
    assert services["app"]["depends_on"]["grants"]["condition"] == "service_completed_successfully"
    assert services["grants"]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert "aspen_app" in services["app"]["environment"]["ASPEN_DATABASE_URL"]
    assert "aspen_owner" in services["migrate"]["environment"]["ASPEN_DATABASE_URL"]
    assert re.search(r"^USER (?!0\b|root\b)\S+$", read("Containerfile"), re.MULTILINE)


def test_the_app_in_compose_trusts_the_network_that_its_proxy_is_in() -> None:
    described = compose()
    (network,) = described["networks"]["inside"]["ipam"]["config"]
    assert described["services"]["app"]["environment"]["ASPEN_TRUSTED_PROXIES"] == network["subnet"]
    assert "inside" in described["services"]["proxy"]["networks"]


def test_every_file_that_compose_mounts_is_there() -> None:
    mounted = [
        volume.split(":")[0]
        for service in compose()["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]
    assert mounted
    assert [name for name in mounted if not (DEPLOY / name).exists()] == []


def test_no_secret_has_a_value_here() -> None:
    for name in ("aspen.env.example", "compose.env.example"):
        secrets = re.findall(r"^(\w*(?:SECRET|PASSWORD|TOKEN|SMTP)\w*)=(.*)$", read(name), re.MULTILINE)
        assert secrets
        assert [found for found in secrets if found[1]] == []


def test_nginx_logs_no_query() -> None:
    logged = " ".join(re.findall(r"^log_format aspen (.+?);$", read("nginx.conf"), re.MULTILINE | re.DOTALL))
    assert "$aspen_place" in logged
    assert not re.search(r"\$(request\b|request_uri|args|query_string|http_referer|http_cookie)", logged)
    assert read("nginx.conf").count("access_log ") == len(
        re.findall(r"^    access_log \S+ aspen;$", read("nginx.conf"), re.M)
    )


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_takes_the_unit_and_finds_little_to_object(tmp_path: Path) -> None:
    unit = tmp_path / "aspen.service"
    unit.write_text(read("aspen.service").replace("/srv/aspen/current/.venv/bin/aspen", "/bin/true"))
    systemd = shutil.which("systemd-analyze") or ""
    verified = subprocess.run([systemd, "verify", unit], capture_output=True, text=True, check=False)  # noqa: S603 -- our own unit
    assert (verified.returncode, verified.stderr) == (0, "")
    command = [systemd, "security", "--offline=true", "--threshold=20", unit]
    exposed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own unit
    assert exposed.returncode == 0, exposed.stdout[-300:]
