"""`scripts/audit.sh` tells an unreachable vulnerability service from every other failure of pip-audit."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
POOL = "HTTPSConnectionPool(host='vulnerabilities.example', port=443)"
FOUND = "Name    Version ID             Fix Versions\naiohttp 3.0.0   PYSEC-2021-76  3.7.4"


def audit(folder: Path, output: str, status: int) -> subprocess.CompletedProcess[str]:
    """Run the script with a fake pip-audit and linters that find nothing."""
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts/audit.sh", folder / "scripts")
    tools = folder / "bin"
    tools.mkdir()
    (folder / "output").write_text(f"{output}\n")
    tell = f"cat '{folder}/output' >&2; exit {status}"
    for name, does in (("pip-audit", tell), ("shellcheck", "exit 0"), ("zizmor", "exit 0"), ("actionlint", "exit 0")):
        (tools / name).write_text(f"#!/bin/sh\n{does}\n")
        (tools / name).chmod(0o755)
    environ = os.environ | {"BIN": str(tools), "PATH": f"{tools}:{os.environ['PATH']}"}
    return subprocess.run([folder / "scripts/audit.sh"], env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "line",
    [
        "requests.exceptions.ConnectionError: ('Connection aborted.', RemoteDisconnected('Remote end closed'))",
        f"{POOL}: Max retries exceeded with url: /pypi/aiohttp/3.0.0/json",
        f"urllib3.exceptions.NameResolutionError: {POOL}: Failed to resolve 'vulnerabilities.example'",
        "ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed",
        "requests.exceptions.ProxyError: Cannot connect to proxy.",
        f"requests.exceptions.ReadTimeout: {POOL}: Read timed out. (read timeout=20)",
    ],
)
def test_a_service_that_cannot_be_reached_leaves_it_open(tmp_path: Path, line: str) -> None:
    done = audit(tmp_path, f"Traceback (most recent call last):\n{line}", 1)
    assert done.returncode == 3, done.stdout
    assert "NOT CHECKED: the vulnerability service cannot be reached" in done.stdout


@pytest.mark.parametrize(
    "line",
    [
        "ResolutionImpossible: cannot resolve dependencies",
        "pip_audit._service.interface.ServiceError: the answer is not JSON",
        "requests.exceptions.HTTPError: 400 Client Error: Bad Request",
        "ModuleNotFoundError: No module named 'requests.connection'",
        "pip-audit: error: argument --timeout: invalid int value",
        "    raise ConnectionError(timed out)\nKeyError: 'vulnerabilities'",
    ],
)
def test_every_other_crash_is_a_failure_and_is_shown(tmp_path: Path, line: str) -> None:
    done = audit(tmp_path, f"Traceback (most recent call last):\n{line}", 1)
    assert done.returncode == 1
    assert line in done.stdout
    assert "NOT CHECKED" not in done.stdout


def test_a_known_hole_is_a_failure(tmp_path: Path) -> None:
    done = audit(tmp_path, FOUND, 1)
    assert done.returncode == 1
    assert "PYSEC-2021-76" in done.stdout


@pytest.mark.parametrize(
    ("output", "status"),
    [
        ("No known vulnerabilities found", 0),
        ("aiohttp  Dependency not found on PyPI and could not be audited: aiohttp (3.0.0)", 3),
    ],
)
def test_a_success_counts_only_where_every_package_was_audited(tmp_path: Path, output: str, status: int) -> None:
    assert audit(tmp_path, output, 0).returncode == status
