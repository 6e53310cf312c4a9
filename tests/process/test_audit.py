"""`scripts/audit.sh` tells an unreachable vulnerability service from every other failure of pip-audit."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
POOL = "HTTPSConnectionPool(host='vulnerabilities.example', port=443)"
FOUND, FAILED, NOT_CHECKED = 0, 1, 3
TRACEBACK = "Traceback (most recent call last):\n"

OUTCOMES = {
    (0, "No known vulnerabilities found"): FOUND,
    (0, "aiohttp  Dependency not found on PyPI and could not be audited: aiohttp (3.0.0)"): NOT_CHECKED,
    (1, "Name    Version ID             Fix Versions\naiohttp 3.0.0   PYSEC-2021-76  3.7.4"): FAILED,
    (1, f"{TRACEBACK}requests.exceptions.ConnectionError: ('aborted', RemoteDisconnected('R'))"): NOT_CHECKED,
    (1, f"{TRACEBACK}{POOL}: Max retries exceeded with url: /pypi/aiohttp/3.0.0/json"): NOT_CHECKED,
    (1, f"{TRACEBACK}urllib3.exceptions.NameResolutionError: {POOL}: Failed to resolve 'v.example'"): NOT_CHECKED,
    (1, f"{TRACEBACK}ERROR:pip_audit._cli:Could not connect to PyPI's vulnerability feed"): NOT_CHECKED,
    (1, f"{TRACEBACK}requests.exceptions.ProxyError: Cannot connect to proxy."): NOT_CHECKED,
    (1, f"{TRACEBACK}requests.exceptions.ReadTimeout: {POOL}: Read timed out. (read timeout=20)"): NOT_CHECKED,
    (1, f"{TRACEBACK}ResolutionImpossible: cannot resolve dependencies"): FAILED,
    (1, f"{TRACEBACK}pip_audit._service.interface.ServiceError: the answer is not JSON"): FAILED,
    (1, f"{TRACEBACK}requests.exceptions.HTTPError: 400 Client Error: Bad Request"): FAILED,
    (1, f"{TRACEBACK}ModuleNotFoundError: No module named 'requests.connection'"): FAILED,
    (1, f"{TRACEBACK}pip-audit: error: argument --timeout: invalid int value"): FAILED,
    (1, f"{TRACEBACK}    raise ConnectionError(timed out)\nKeyError: 'vulnerabilities'"): FAILED,
}
"""The script's exit status by that of pip-audit and what it printed."""


def test_every_failure_is_shown_and_only_an_unreachable_service_leaves_it_open(tmp_path: Path) -> None:
    for number, ((status, output), expected) in enumerate(OUTCOMES.items()):
        folder, tools = tmp_path / str(number), tmp_path / str(number) / "bin"
        tools.mkdir(parents=True)
        (folder / "scripts").mkdir()
        shutil.copy(ROOT / "scripts/audit.sh", folder / "scripts")
        (folder / "output").write_text(f"{output}\n")
        tell = f"cat '{folder}/output' >&2; exit {status}"
        others = dict.fromkeys(("shellcheck", "zizmor", "actionlint"), "exit 0")
        for name, does in {"pip-audit": tell, **others}.items():
            (tools / name).write_text(f"#!/bin/sh\n{does}\n")
            (tools / name).chmod(0o755)
        environ = os.environ | {"BIN": str(tools), "PATH": f"{tools}:{os.environ['PATH']}"}
        done = subprocess.run([folder / "scripts/audit.sh"], env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == expected, output
        if status:
            assert ("NOT CHECKED: the vulnerability service cannot be reached" in done.stdout) is (
                expected == NOT_CHECKED
            )
            assert expected == NOT_CHECKED or output.splitlines()[-1] in done.stdout
