"""scripts/break_code.py, which breaks code and prints what no test notices."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
EQUIVALENT = """
path = "bot/prices.py"
scope = "price"
before = "if seconds > 10:"
after = "if seconds > 11:"
reason = "Nobody asks for 11."
"""
UNNOTICED = """
[[equivalent]]
path = "cogs/idle.py"
scope = "idle"
before = "return 1"
after = "return 2"
reason = ""
"""
FILES = {
    "bot/prices.py": "def price(seconds):\n    if seconds > 10:\n        seconds = 10\n    return seconds * 3\n",
    "cogs/idle.py": "def idle():\n    return 1\n",
    "data/empty.py": "",
    "scripts/break_code.py": (ROOT / "scripts/break_code.py").read_text(),
    "scripts/breakages.py": (ROOT / "scripts/breakages.py").read_text(),
    "tests/test_prices.py": "from bot import prices\n\ndef test_price():\n    assert prices.price(5) == 15\n",
    "tests/equivalent_breakages.toml": f"[[equivalent]]{EQUIVALENT}",
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\n',
    ".gitignore": "var\n__pycache__/\n",
}


def test_each_breakage_is_shown_with_the_test_that_notices_it(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    subprocess.run([shutil.which("git") or "git", "init", "--quiet"], cwd=tmp_path, check=True)
    # When this test itself runs against a breakage, or is recorded, it must not take part in that.
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("BREAKAGES_", "COVERAGE_"))}
    command = [sys.executable, "scripts/break_code.py", "--count", "4", "--seed", "1"]
    report = subprocess.run(command, cwd=tmp_path, env=environ, check=True, stdout=subprocess.PIPE, text=True).stdout
    noticed = "noticed by tests/test_prices.py::test_price (test, one of 1 that reach it, "
    outcomes = [line.strip() for line in report.splitlines() if line.startswith("    ")]
    assert sorted(each.rpartition(noticed)[1] or each.partition(" (")[0] for each in outcomes) == [
        "NOT NOTICED",
        "equivalent: Nobody asks for 11.",
        noticed,
        noticed,
    ]
    assert "make test notices 2 of 3: 67%" in report
    assert report.endswith(UNNOTICED)
