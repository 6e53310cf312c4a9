"""The three hash-locked lists match pyproject.toml and the imports."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(each) for each in PROJECT["project"]["dependencies"]]
DEMO = [Requirement(each) for each in PROJECT["project"]["optional-dependencies"]["demo"]]
GROUPS = PROJECT["dependency-groups"]
DEV = [Requirement(each) for each in (*GROUPS["dev"], *GROUPS["docs"]) if isinstance(each, str)]


@cache
def pins(name: str) -> frozenset[tuple[str, str, str]]:
    """Return each pinned package of a list: name, version, hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==([\w.+-]+)[^\n]*((?:\n    --hash=[^\n]+)+)", text, re.MULTILINE)
    return frozenset(
        (package, version, " ".join(re.findall(r"sha256:\w+", hashes))) for package, version, hashes in found
    )


def top_level_imports(folder: str, *, but: str) -> Iterator[str]:
    """Yield a folder's top-level imports, without its folder `but`."""
    for path in sorted({*(ROOT / folder).rglob("*.py")} - {*(ROOT / but).rglob("*.py")}):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name.partition(".")[0] for each in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.partition(".")[0]


def distributions(folder: str, *, but: str = "none") -> set[str]:
    """Return the packages that provide what the code in a folder imports."""
    provided = packages_distributions()
    modules = top_level_imports(folder, but=but)
    return {canonicalize_name(each) for module in modules for each in provided.get(module, ())}


def test_each_list_holds_the_smaller_one_with_the_same_releases() -> None:
    assert pins("requirements.txt")
    assert pins("requirements.txt") < pins("requirements-demo.txt") < pins("requirements.lock")


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("requirements.txt", RUNTIME), ("requirements-demo.txt", DEMO), ("requirements.lock", DEV)],
)
def test_each_direct_dependency_is_pinned_to_a_release_that_pyproject_allows(
    name: str, wanted: list[Requirement]
) -> None:
    """If it fails, run `make lock`."""
    pinned = {package: version for package, version, _ in pins(name)}
    assert [each for each in wanted if not each.specifier.contains(pinned[canonicalize_name(each.name)])] == []


def test_the_test_tools_and_the_demo_are_not_among_the_bot_s_own_packages() -> None:
    own = {package for package, _, _ in pins("requirements.txt")}
    assert own.isdisjoint({"simcord", "av", "pytest", "playwright", "uv", "pip", "pyright"})
    demo = {package for package, _, _ in pins("requirements-demo.txt")}
    assert demo.isdisjoint({"pytest", "playwright", "uv", "pip", "pyright", "hypothesis"})


@pytest.mark.parametrize("folder", ["bot", "cogs", "data"])
def test_the_bot_s_code_imports_only_what_make_install_installs(folder: str) -> None:
    own = {package for package, _, _ in pins("requirements.txt")}
    assert distributions(folder, but="bot/sandbox") <= own


def test_the_demo_s_code_imports_only_what_make_demo_installs() -> None:
    assert distributions("bot/sandbox") <= {package for package, _, _ in pins("requirements-demo.txt")}
