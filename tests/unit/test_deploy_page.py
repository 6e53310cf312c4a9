"""What the pages and their links tell operators to copy and follow."""

import ipaddress
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.core.errors import StartupError
from bot.lifecycle import check_persistent_disk
from bot.settings import Settings
from scripts import generate_costs_page
from tests.helpers.programs import find
from tests.helpers.settings import make_settings

ROOT = Path(__file__).parent.parent.parent
DEPLOY = ROOT / "docs" / "deploy"
HADOLINT = find("hadolint") or ""


@pytest.mark.full
@pytest.mark.skipif(not HADOLINT, reason="no wheel of hadolint for this machine")
def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    found = subprocess.run([HADOLINT, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")


def test_the_page_of_costs_is_what_the_catalogues_make_of_it() -> None:
    """If it fails, run scripts/generate_costs_page.py."""
    assert generate_costs_page.PAGE.read_text(encoding="utf-8") == generate_costs_page.page()


def test_every_version_of_the_api_that_the_simulator_follows_is_named() -> None:
    page = (ROOT / "docs/compatibility.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "bot/sandbox").glob("*.py")]
    followed = {found for source in sources for found in re.findall(r"(\w+\.js)@([0-9a-f]{8})", source)}
    named = {
        (file, files[1])
        for files in re.findall(r"((?:`[\w/.]+\.js`(?:, )?)+) `([0-9a-f]{8})`", page)
        for file in re.findall(r"(\w+\.js)`", files[0])
    }
    assert {each for each in followed if each[0] != "Distribution.js"} == named


def test_the_configuration_for_fly_reads_as_toml() -> None:
    page = (DEPLOY / "fly.md").read_text(encoding="utf-8")
    config = tomllib.loads("\n".join(re.findall(r"^```toml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)))
    assert config["mounts"]["destination"] == "/data"
    assert config["http_service"]["internal_port"] == config["checks"]["alive"]["port"] == 8080


def test_the_bot_never_starts_beside_several_processes_in_compose() -> None:
    """Compose always starts services without a profile."""
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    profiles = {name: set(service["profiles"]) for name, service in services.items()}
    assert profiles["bot"] == {"single"}
    ours = {name for name, service in services.items() if service["image"] == "matinee"}
    assert "bot" in ours
    assert {name for name in ours if profiles[name] == {"scale"}} == ours - {"bot"}
    assert all(services[name]["read_only"] and services[name]["cap_drop"] == ["ALL"] for name in ours)
    assert "DATABASE_URL" not in services["bot"]["environment"], "the operator's own, or the file in /data"
    assert services["bot"]["volumes"] == ["data:/data"]


def test_no_container_may_take_all_memory_or_start_processes_without_end() -> None:
    services: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert [name for name, each in services.items() if not {"mem_limit", "pids_limit"} <= {*each}] == []


def test_the_job_that_signs_a_release_runs_no_code_of_the_release() -> None:
    """A package of the tests, or of the build, could sign anything with its token."""
    workflow = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))
    [signs] = [job for job in workflow["jobs"].values() if "id-token" in job["permissions"]]
    assert {each["uses"].partition("@")[0] for each in signs["steps"] if "uses" in each} == {
        "actions/download-artifact",
        "actions/attest",
    }
    assert [each["name"] for each in signs["steps"] if "run" in each] == ["Log in to the registry"]


def test_compose_names_settings_that_exist_and_the_port_where_the_bot_is_asked() -> None:
    """The values of compose.yaml override .env, whose PORT could hide the bot."""
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    prometheus = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yaml").read_text(encoding="utf-8"))
    asked = compose["services"]["caddy"]["environment"]["UPSTREAM"].rpartition(":")[2]
    [found] = prometheus["scrape_configs"][0]["dns_sd_configs"]
    [behind_caddy] = compose["networks"]["callbacks"]["ipam"]["config"]
    for environment in (each["environment"] for each in compose["services"].values() if each["image"] == "matinee"):
        assert set(environment) <= {"PGPASSWORD", *(name.upper() for name in Settings.model_fields)}
        assert str(environment["PORT"]) == asked == str(found["port"])
        assert environment["TRUSTED_PROXIES"] == behind_caddy["subnet"]


def test_a_host_without_a_disk_takes_postgresql_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heroku sets DYNO, and its database URL begins with postgres://."""
    monkeypatch.setenv("DYNO", "worker.1")
    check_persistent_disk(make_settings(tmp_path, database_url="postgres://u:p@ec2-1-2-3-4.example.org:5432/d1"))
    with pytest.raises(StartupError, match="no persistent disk"):
        check_persistent_disk(make_settings(tmp_path))


def test_the_env_file_is_made_for_its_owner_alone() -> None:
    """`cp` would leave the token readable by everyone."""
    for name in ("docs/operators.md", "docs/settings.md", ".env.example"):
        assert "install -m 600 .env.example .env" in (ROOT / name).read_text(encoding="utf-8")
    assert [page for page in PAGES if "cp .env.example" in page.read_text(encoding="utf-8")] == []


def test_nginx_counts_an_ipv6_network_as_one_address() -> None:
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert "limit_conn_zone $matinee_network zone=matinee_address" in text
    found = re.search(r'"~(.+)" \$matinee_prefix;', text)
    assert found
    pattern = re.compile(found[1].replace("?<", "?P<").encode())

    def network(address: str) -> bytes:
        packed = ipaddress.ip_address(address).packed
        matched = pattern.search(packed)
        return matched["matinee_prefix"] if matched else packed

    assert network("2001:db8:a:b::1") == network("2001:db8:a:b:ffff::2") != network("2001:db8:a:c::1")
    assert network("2001:a0a::1") != network("2001:a0b::1"), "a byte may be a line break"
    assert network("192.0.2.1") != network("192.0.2.2")


FOLDERS = ("*.md", "docs/**/*.md", "benchmarks/*.md", ".github/*.md")
PAGES = sorted(page for pattern in FOLDERS for page in ROOT.glob(pattern))
TARGET = re.compile(r'\]\(([^)\s]+)\)|\bsrc="([^"]+)"')
CODE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", CODE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_each_link_of_a_page_leads_to_something() -> None:
    broken: list[tuple[str, str]] = []
    for page in PAGES:
        links = [one or other for one, other in TARGET.findall(CODE.sub("", page.read_text(encoding="utf-8")))]
        for link in (each for each in links if not re.match(r"\w+:", each)):
            path, _, anchor = link.partition("#")
            to = page.parent / path if path else page
            if not to.exists() or (anchor and anchor not in anchors(to)):
                broken.append((str(page.relative_to(ROOT)), link))
    assert broken == []


def test_the_security_page_names_a_contact_times_versions_and_files_that_exist() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for words in ("*Report a vulnerability*", "3 working days", "## Supported versions"):
        assert words in page
    named = re.findall(r"`((?:tests|scripts|\.github)/[\w./-]+)`", page)
    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []
