"""scripts/release.py makes a version, scripts/breakages.py finds what can be broken."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot import __version__
from scripts.break_code import identity, read_reasons
from scripts.breakages import find

ROOT = Path(__file__).parent.parent.parent
CHANGELOG = "# Changelog\n\n## Unreleased\n\n{}\n\n## {} (2026-01-02)\n\n- Before.\n"


@pytest.fixture(autouse=True)
def git_identity(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "a@example.org")


def git(folder: Path, *arguments: str) -> str:
    command = [shutil.which("git") or "git", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def project(folder: Path, version: str, unreleased: str) -> Path:
    (folder / "bot").mkdir()
    (folder / "bot/__init__.py").write_text(f'"""The bot."""\n\n__version__ = "{version}"\n')
    (folder / "pyproject.toml").write_text(f'[project]\nversion = "{version}"  # as in bot\n\n[tool]\nversion = "9"\n')
    (folder / "CHANGELOG.md").write_text(CHANGELOG.format(unreleased, version))
    (folder / "Dockerfile").write_text("ARG PYTHON=python:3\nFROM ${PYTHON}\n")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Begin")
    return folder


def release(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts/release.py"), *arguments]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)


BASE = ("--base-digest", "sha256:" + "0a" * 32)
PREPARE = "**Before you upgrade**\n\n- Prepare."
RELEASES = {
    "0.2.0": ("0.1.0", PREPARE, ()),
    "2.0.0": ("1.2.3", PREPARE, ()),
    "1.2.4": ("1.2.3", "- Fixed.", ("--fixes-only",)),
}


@pytest.mark.full
@pytest.mark.parametrize("released", RELEASES)
def test_what_is_unreleased_becomes_a_version_with_a_commit_and_a_tag(tmp_path: Path, released: str) -> None:
    version, unreleased, options = RELEASES[released]
    folder = project(tmp_path, version, unreleased)
    assert "base image has no digest" in release(folder, "verify", f"v{version}").stderr
    made = release(folder, "make", *BASE, *options)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == f"v{released} is tagged. To publish it: git push origin HEAD v{released}\n"
    versions = re.findall(r'ion.* = "(.*)"', git(folder, "show", "HEAD:bot/__init__.py", "HEAD:pyproject.toml"))
    assert versions == [released, released, "9"]
    assert git(folder, "describe", "--exact-match") == f"v{released}"
    assert git(folder, "status", "--porcelain") == ""
    assert (folder / "Dockerfile").read_text() == f"ARG PYTHON=python:3@{BASE[1]}\nFROM ${{PYTHON}}\n"
    assert release(folder, "notes").stdout.strip() == unreleased
    assert release(folder, "verify", f"v{released}").returncode == 0
    assert release(folder, "verify", "v9.9.9").returncode == 1
    assert release(folder, "make", *BASE).stderr == "CHANGELOG.md has nothing under Unreleased.\n"


@pytest.mark.full
def test_a_release_is_refused_where_it_would_hide_something(tmp_path: Path) -> None:
    folder = project(tmp_path, "1.2.3", PREPARE)
    assert "--base-digest" in release(folder, "make").stderr
    assert "64 hexadecimal digits" in release(folder, "make", "--base-digest", "sha256:0").stderr
    assert "not only fixes" in release(folder, "make", *BASE, "--fixes-only").stderr
    git(folder, "tag", "v2.0.0")
    assert release(folder, "make", *BASE).stderr == "v2.0.0 exists already.\n"
    (folder / "CHANGELOG.md").write_text("changed")
    assert release(folder, "make", *BASE).stderr == "There are changes that are not committed.\n"
    assert git(folder, "log", "--format=%s") == "Begin"


def test_the_changelog_has_a_place_for_what_is_unreleased_and_both_versions_agree() -> None:
    assert "\n## Unreleased\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert __version__ == project["version"]


SQL = '"SELECT a FROM t WHERE b = :b AND (c >= 1 OR d IN (2)) ORDER BY a DESC LIMIT 1"'


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("if a: b", {"if not (a): b", "if True: b", "if False: b"}),
        ("while a: b", {"while not (a): b", "while False: b"}),
        ("[a for a in b if c]", {f"[a for a in b if {condition}]" for condition in ("not (c)", "True", "False")}),
        ("a = b if c else d", {f"a = b if {condition} else d" for condition in ("not (c)", "True", "False")}),
        ("a = (b or c) and d", {
            f"a = {changed}"
            for changed in ("(b or c) or d", "(b or c)", "d", "(b and c) and d", "(b) and d", "(c) and d")
        }),
        ("a = not b", {"a = b"}),
        ("a = b <= c is not d", {"a = b < c is not d", "a = b <= c is d"}),
        ("a = b * c + d", {"a = b // c + d", "a = b * c - d"}),
        ("a += b", {"a -= b"}),
        ("a = [1, 0.5, True, 'b', 'some prose']", {
            "a = [2, 0.5, True, 'b', 'some prose']",
            "a = [1, 1.0, True, 'b', 'some prose']",
            "a = [1, 0.5, False, 'b', 'some prose']",
            "a = [1, 0.5, True, 'XXb', 'some prose']",
        }),
        ("a(b(c), d=e)", {"pass", "a(c, d=e)", "a(b(c))"}),
        ("import a\nb = a.c(d)", {"b = d"}),
        ("b = a.c(d)", {"b = a"}),
        ("async def a(): await b()", {"async def a(): pass"}),
        ("def a(): return b", {"def a(): return None"}),
        ("def a(): return b == c", {"def a(): return None", "def a(): return not (b == c)", "def a(): return b != c"}),
        (f"a = {SQL}", {
            f"a = {SQL.replace(*change)}"
            for change in [
                ("b = :b AND ", ""), ("AND (c >= 1 OR d IN (2)) ", ""), (" >= ", " > "),
                ("ORDER BY a DESC ", ""), (" DESC", ""), ("LIMIT 1", ""),
            ]
        }),
        ("'Docs'\nfrom a import b\nassert c == 1\n__all__ = ['d']", set()),
        ("def a(b: Literal['c']) -> 'd': _log.info('e', f=g)", set()),
    ],
)  # fmt: skip
def test_each_kind_of_place_is_broken_and_the_rest_stays(source: str, broken: set[str]) -> None:
    found = find("a.py", source)
    assert {each.broken(source).rpartition("\n")[2] for each in found} == broken
    assert all(each.changes_code(source) for each in found)


@pytest.mark.full
def test_every_equivalent_breakage_is_still_found() -> None:
    """If it fails, the place has changed: remove its entry."""
    for path, *rest in read_reasons():
        source = (ROOT / path).read_text(encoding="utf-8")
        assert (path, *rest) in {identity(each.key(source)) for each in find(path, source)}
