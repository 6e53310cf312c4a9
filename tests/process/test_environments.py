"""scripts/make_environment.py makes each environment; `make install` keeps its extras, and `make clean` the bot's."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "scripts" / "make_environment.py"
BOTH = ["requirements-postgresql.txt", "requirements-traces.txt"]
MISSING = f"./missing-1.0-py3-none-any.whl --hash=sha256:{'0' * 64}\n"


def make(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, str(SCRIPT), *arguments)
    return subprocess.run(command, cwd=folder, env=os.environ | environ, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_an_environment_says_how_far_it_is_and_is_marked_when_it_is_whole(tmp_path: Path) -> None:
    small, large, old = (tmp_path / name for name in ("small.txt", "large.txt", "env/old"))
    small.touch()
    large.touch()
    made = make(tmp_path, "env", "small.txt")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Making env from small.txt")
    assert (tmp_path / "env/.made-from-small.txt").exists()
    old.touch()
    assert make(tmp_path, "env", "large.txt", "--on-top-of", "small.txt").returncode == 0
    assert old.exists()
    assert (tmp_path / "env/.made-from-large.txt").exists()
    later = (tmp_path / "env/.made-from-small.txt").stat().st_mtime + 60
    os.utime(small, (later, later))
    assert make(tmp_path, "env", "large.txt", "--on-top-of", "small.txt").returncode == 0
    assert not old.exists()
    python = tmp_path / "env/bin/python"
    python.unlink()
    python.symlink_to("removed")
    made = make(tmp_path, "env", "large.txt", "--on-top-of", "small.txt")
    assert made.returncode == 0, made.stderr
    subprocess.run([python, "-c", ""], check=True)


def test_a_failed_install_leaves_the_bot_s_environment_and_a_whole_one_takes_its_place(tmp_path: Path) -> None:
    """Python's venv brings pip, and before 3.12 setuptools, often with known vulnerabilities."""
    venv.create(tmp_path / "env", symlinks=True)
    old = tmp_path / "env/old"
    old.touch()
    (tmp_path / "list.txt").write_text(MISSING)
    failed = make(tmp_path, "env", "list.txt", "--remove-installer", "--swap")
    assert failed.returncode != 0
    assert "env.new/pip.log" in failed.stderr
    assert old.exists()
    subprocess.run([tmp_path / "env/bin/python", "-c", ""], check=True)
    (tmp_path / "list.txt").write_text("")
    made = make(tmp_path, "env", "list.txt", "--remove-installer", "--swap")
    assert (made.returncode, made.stderr) == (0, "")
    assert not old.exists()
    assert [each.name for each in tmp_path.glob("env/lib/python3*/site-packages/*.dist-info")] == []
    subprocess.run([tmp_path / "env/bin/python", "-c", ""], check=True)
    assert (tmp_path / "env/.made-from-list.txt").exists()
    assert {each.name for each in tmp_path.iterdir()} == {"env", "list.txt"}
    assert [each.name for each in (tmp_path / "env/bin").iterdir() if not each.name.startswith("python")] == []


def test_the_venv_module_is_named_only_where_it_is_missing(tmp_path: Path) -> None:
    """Debian packages it separately. In the other case, a file is where a folder should be."""
    (tmp_path / "list.txt").touch()
    (tmp_path / "file").touch()
    for module, told in (("ensurepip", True), ("unrelated", False)):
        path = tmp_path / module  # each its own, since a compiled file of the same second and length counts as fresh
        path.mkdir()
        (path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{module!r}] = None\n")
        made = make(tmp_path, "file/env", "list.txt", PYTHONPATH=str(path))
        assert made.returncode == 1
        assert ("venv module is missing" in made.stderr) is told
        assert ("file/env could not be made" in made.stderr) is not told


@pytest.mark.parametrize(
    ("held", "arguments", "lists"),
    [
        (None, [], ["requirements.txt"]),
        (None, ["EXTRAS=traces postgresql traces"], BOTH),
        (["requirements.txt"], ["EXTRAS=traces"], ["requirements-traces.txt"]),
        (["requirements-postgresql.txt"], [], ["requirements-postgresql.txt"]),
        (["requirements-postgresql.txt"], ["EXTRAS="], ["requirements-postgresql.txt"]),
        (["requirements-postgresql.txt"], ["EXTRAS=traces"], BOTH),
        (BOTH, [], BOTH),
        (None, ["EXTRAS=postgresql,traces"], None),
        (["requirements.txt"], ["EXTRAS=docs"], None),
    ],
)
def test_make_install_adds_the_extras_to_those_that_are_installed(
    held: list[str] | None, arguments: list[str], lists: list[str] | None, tmp_path: Path
) -> None:
    for path in (ROOT / "Makefile", *ROOT.glob("requirements*.txt")):
        shutil.copy(path, tmp_path)
    if held:
        (tmp_path / ".venv-bot").mkdir()
        (tmp_path / f".venv-bot/.made-from-{'+'.join(held)}").touch()
    command = (shutil.which("make") or "make", "--dry-run", "install", *arguments)
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    if lists is None:
        assert "EXTRAS can name postgresql and traces, with a space between them" in run.stderr
    else:
        assert f"make_environment.py .venv-bot {' '.join(lists)} --remove-installer --swap" in run.stdout, run.stderr


def test_make_clean_keeps_the_database_its_backups_and_the_bot_s_environment(tmp_path: Path) -> None:
    kept = {"Makefile", "var/movies.db", "var/movies.db-wal", "var/backups/matinee.db", ".venv-bot/bin/python", ".env"}
    generated = {".venv/bin/python", ".venv-3.13/bin/python", ".ruff_cache/a", "htmlcov/a", ".coverage"}
    for name in kept | generated | {"var/demo/a.mp4", "var/sbom.cdx.json"}:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / "Makefile", tmp_path)
    subprocess.run([shutil.which("make") or "make", "clean"], cwd=tmp_path, check=True, capture_output=True)
    assert {str(each.relative_to(tmp_path)) for each in tmp_path.rglob("*") if each.is_file()} == kept
