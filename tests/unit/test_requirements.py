"""The hash-locked lists match pyproject.toml and the imports."""

import re
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(each) for each in PROJECT["project"]["dependencies"]]
OPTIONAL = {
    extra: [Requirement(each) for each in wanted]
    for extra, wanted in PROJECT["project"]["optional-dependencies"].items()
}
GROUPS = PROJECT["dependency-groups"]
IMPORT = re.compile(r"^ *(?:from|import) (\w+)", re.MULTILINE)
DOCS = [Requirement(each) for each in GROUPS["docs"]]
DEV = [Requirement(each) for each in (*GROUPS["dev"], *GROUPS["docs"]) if isinstance(each, str)]


@cache
def pins(name: str) -> frozenset[tuple[str, str, str]]:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([\w.-]+)==([\w.+-]+)[^\n]*((?:\n    --hash=[^\n]+)+)", text, re.MULTILINE)
    return frozenset(
        (package, version, " ".join(re.findall(r"sha256:\w+", hashes))) for package, version, hashes in found
    )


def names(*lists: str) -> set[str]:
    return {package for each in lists for package, _, _ in pins(each)}


def distributions(*folders: str, but: str = "none") -> set[str]:
    files = {path for folder in folders for path in (ROOT / folder).rglob("*.py")} - {*(ROOT / but).rglob("*.py")}
    modules = {name for path in files for name in IMPORT.findall(path.read_text(encoding="utf-8"))}
    provided = packages_distributions()
    return {canonicalize_name(each) for module in modules for each in provided.get(module, ())}


def test_each_list_holds_the_smaller_one_with_the_same_releases() -> None:
    assert pins("requirements.txt")
    assert pins("requirements-docs.txt") < pins("requirements.lock")
    for extra in OPTIONAL:
        assert pins("requirements.txt") < pins(f"requirements-{extra}.txt") < pins("requirements.lock"), extra


def test_each_direct_dependency_is_pinned_to_a_release_that_pyproject_allows() -> None:
    """If it fails, run `make lock`."""
    lists = {"requirements.txt": RUNTIME, "requirements.lock": DEV, "requirements-docs.txt": DOCS}
    lists |= {f"requirements-{extra}.txt": wanted for extra, wanted in OPTIONAL.items()}
    for name, wanted in lists.items():
        pinned = {package: version for package, version, _ in pins(name)}
        assert [each for each in wanted if not each.specifier.contains(pinned[canonicalize_name(each.name)])] == [], (
            name
        )


def test_the_test_tools_and_the_demo_are_not_among_the_bot_s_own_packages() -> None:
    installed = names("requirements-postgresql.txt", "requirements-traces.txt")
    assert installed.isdisjoint({"simcord", "av", "pytest", "playwright", "uv", "pip", "pyright"})
    assert names("requirements-demo.txt").isdisjoint({"pytest", "playwright", "uv", "pip", "pyright", "hypothesis"})


def test_the_code_imports_only_what_make_install_or_make_demo_installs() -> None:
    found = distributions("bot", "cogs", "data", but="bot/sandbox")
    assert {"discord-py", "aiohttp", "psycopg"} <= found
    assert found <= names("requirements-postgresql.txt", "requirements-traces.txt")
    assert {"simcord", "av"} <= distributions("bot/sandbox") <= names("requirements-demo.txt")
