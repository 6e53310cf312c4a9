"""Which module may import which. Files are read, not imported."""

from __future__ import annotations

import ast
import graphlib
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[1]


class Rule(NamedTuple):
    """What a package may import, besides the standard library."""

    packages: str = ""
    libraries: str = ""


_DOMAIN = "bot.errors bot.domain"
_SERVICES = f"{_DOMAIN} bot.clock data bot.locales bot.ui bot.services"
_COGS = f"{_SERVICES} bot.discord_client bot.tracing cogs"
_PROCESS = (
    f"{_DOMAIN} bot.clock data bot.locales bot.services bot.discord_client bot.tracing bot.worker bot.threads"
    " bot.settings bot.log bot.observability bot.downloads bot.samsar bot.samsar_settings bot.web"
)
_EVERYTHING = f"{_PROCESS} bot.ui cogs"

RULES = {
    # package          may import our                                      and the libraries
    "bot": Rule(),
    "bot.errors": Rule(),
    "bot.clock": Rule(),
    "bot.program": Rule(),
    "bot.threads": Rule(),
    "bot.tracing": Rule("bot.domain"),
    "bot.redaction": Rule(),
    "bot.hardening": Rule(),
    "bot.standard_output": Rule(),
    "bot.domain": Rule("bot.errors"),
    "bot.env_file": Rule("", "dotenv"),
    "bot.http_body": Rule(libraries="aiohttp"),
    "bot.config_checks": Rule(),
    "bot.setting_validators": Rule(
        f"{_DOMAIN} bot.config_checks bot.samsar.profile data.catalogue data.database_url data.style_catalogue",
        "pydantic",
    ),
    "bot.settings": Rule(
        f"{_DOMAIN} bot.env_file bot.setting_validators bot.downloads bot.samsar.profile data.database_url",
        "pydantic pydantic_core pydantic_settings",
    ),
    "bot.log": Rule("bot.settings bot.redaction"),
    "data": Rule(f"{_DOMAIN} bot.program bot.threads", "aiosqlite sqlite3 psycopg psycopg_pool"),
    "bot.samsar": Rule(f"{_DOMAIN} bot.config_checks bot.http_body bot.program", "aiohttp aiolimiter pydantic"),
    "bot.samsar_settings": Rule(f"{_DOMAIN} bot.settings bot.samsar"),
    "bot.downloads": Rule(_DOMAIN, "aiohttp yarl"),
    "bot.locales": Rule(_DOMAIN, "fluent"),
    "bot.ui": Rule(f"{_DOMAIN} bot.locales", "discord matplotlib babel"),
    "bot.services": Rule(
        f"{_DOMAIN} bot.clock data bot.locales bot.ui.chart bot.ui.chart_process bot.ui.csv_export bot.threads"
    ),
    "bot.worker": Rule(f"{_DOMAIN} bot.clock bot.tracing data bot.services"),
    "bot.discord_client": Rule(f"{_SERVICES} bot.downloads bot.observability", "discord aiohttp yarl"),
    "bot.observability": Rule(
        f"{_DOMAIN} bot.services bot.threads bot.tracing",
        "prometheus_client discord aiohttp yarl opentelemetry",
    ),
    "bot.web": Rule(f"{_DOMAIN} bot.samsar.wire bot.http_body", "aiohttp multidict"),
    "cogs": Rule(_COGS, "discord"),
    "bot.app_parts": Rule(_EVERYTHING),
    "bot.app_cogs": Rule(f"{_EVERYTHING} bot.app_parts"),
    "bot.app": Rule(f"{_EVERYTHING} bot.app_parts bot.app_cogs", "discord aiohttp"),
    "bot.maintenance": Rule(f"{_PROCESS} bot.app"),
    "bot.monitoring": Rule(f"{_PROCESS} bot.app"),
    "bot.lifecycle": Rule(f"{_PROCESS} bot.app bot.maintenance bot.monitoring bot.program", "discord aiohttp"),
    "bot.cli": Rule(f"{_PROCESS} bot.app bot.lifecycle bot.program bot.setting_validators", "discord aiohttp rich"),
    "bot.__main__": Rule(f"{_PROCESS} bot.app bot.lifecycle bot.cli bot.hardening bot.standard_output", "uvloop"),
    "bot.sandbox": Rule(
        f"{_PROCESS} bot.ui bot.app bot.cli bot.standard_output", "discord aiohttp simcord av PIL uvloop yarl"
    ),
}
"""The narrowest rule for a module applies. CONTRIBUTING.md draws them. Only tests and scripts import bot.sandbox."""

FREE = frozenset(sys.stdlib_module_names) - {"sqlite3"} | {"__future__", "structlog"}
"""What every package may import: the standard library except sqlite3, and structlog."""

PURE = ("bot.errors", "bot.domain")
OUTSIDE = frozenset(
    {"asyncio", "http", "io", "logging", "os", "pathlib", "socket", "structlog", "subprocess", "threading", "time"}
)
"""What a pure package may not import: files, the network, the clock, threads."""

WITH_ANY = frozenset({})
"""Functions whose signatures say Any, with the reason."""


def sources(*more: str) -> list[Path]:
    """Return every module of the product, and of more folders."""
    return sorted(path for folder in ("bot", "cogs", "data", *more) for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    """Return a module's dotted name."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_within(module: str, package: str) -> bool:
    """Return whether a module is in a package.

    Only `bot/__init__.py` counts as in `bot`.
    """
    return module == package or (package != "bot" and module.startswith(f"{package}."))


def package_of(module: str) -> str | None:
    """Return the narrowest package with a rule that a module is in."""
    return max((package for package in RULES if is_within(module, package)), key=len, default=None)


def imports(tree: ast.AST) -> Iterator[str]:
    """Yield what a module imports.

    For `from package import module`, that is the module.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = "." * node.level + (node.module or "")
            for alias in node.names:
                inner = ROOT / source.replace(".", "/") / alias.name
                yield f"{source}.{alias.name}" if inner.is_dir() or inner.with_suffix(".py").exists() else source


def violations(module: str, tree: ast.AST) -> list[str]:
    """Return the imports that a module may not make, one per line."""
    package = package_of(module)
    if package is None:
        return [f"{module} has no rule: add one in {Path(__file__).name}"]
    rule = RULES[package]
    allowed = {*rule.packages.split(), *rule.libraries.split(), package, "bot"}
    found: list[str] = []
    for target in imports(tree):
        top = target.split(".")[0]
        ours = top in {"bot", "cogs", "data"}
        if package in PURE and top in OUTSIDE:
            found.append(f"{module} is pure and imports {target}")
        elif ours and not any(is_within(target, each) for each in allowed):
            found.append(f"{module} ({package}) may not import {target}")
        elif not ours and top not in FREE and top not in allowed:
            found.append(f"{module} ({package}) may not import the library {target}")
    return found


def test_modules_import_only_what_their_packages_may() -> None:
    """Data flows one way: Discord, cog, service, data, worker, publisher, Discord."""
    trees = {module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sources()}
    assert [each for module, tree in trees.items() for each in violations(module, tree)] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.domain.job", "import aiohttp"),
        ("bot.domain.job", "import asyncio"),
        ("bot.domain.job", "from bot.ui import words"),
        ("bot.worker.status_poller", "import discord"),
        ("bot.worker.status_poller", "from cogs import movie"),
        ("bot.worker.status_poller", "def poll():\n    import sqlite3"),
        ("bot.worker.status_poller", "if TYPE_CHECKING:\n    from bot.samsar.client import SamsarClient"),
        ("bot.ui.job_messages", "from bot import worker"),
        ("bot.discord_client.publisher", "from bot.worker.worker import Worker"),
        ("cogs.movie", "import aiohttp"),
        ("cogs.movie", "from bot.worker.worker import Worker"),
        ("cogs.movie", "from bot.samsar.wire import decode_status"),
        ("data.jobs", "import discord"),
        ("data.ledger", "from bot.services.signals import Signals"),
        ("bot.services.orders", "from bot.worker.interfaces import MessagePublisher"),
        ("bot.app", "from bot import sandbox"),
        ("bot.cli.check", "import bot.sandbox.demo"),
        ("bot.cli.jobs", "from bot.ui import job_messages"),
        ("bot.lifecycle", "from cogs import movie"),
        ("bot.observability.metrics", "from bot.discord_client import client"),
        ("cogs.movie", "from . import credits"),
        ("bot.without_rule.module", ""),
        ("bot.without_rule", ""),
    ],
)
def test_an_import_against_the_rules_is_found(module: str, source: str) -> None:
    assert len(violations(module, ast.parse(source))) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("bot.domain.job", "from dataclasses import dataclass\nfrom bot.domain.request import MovieRequest"),
        ("bot.discord_client.publisher", "from bot.services.durations import DurationHistory\nimport aiohttp"),
        ("cogs.credits", "from data import ledger\nfrom cogs import movie"),
        ("bot.worker.status_poller", "from data import renders"),
        ("data.jobs", "from data import ledger\nimport sqlite3"),
        ("bot.sandbox.demo", "from bot import app\nfrom bot.sandbox import video\nimport simcord"),
    ],
)
def test_an_import_within_the_rules_is_allowed(module: str, source: str) -> None:
    assert violations(module, ast.parse(source)) == []


def first_cycle(modules: Mapping[str, ast.AST]) -> list[str]:
    """Return modules that import each other in a circle; empty without one."""
    graph = {module: {each for each in imports(tree) if each in modules} for module, tree in modules.items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as exc:
        return exc.args[1]
    return []


def test_modules_import_each_other_in_no_circle() -> None:
    """Neither the package rules nor Python itself reports an import cycle.

    `from data import x` works within a cycle.
    """
    assert first_cycle({module_name(path): ast.parse(path.read_text(encoding="utf-8")) for path in sources()}) == []


@pytest.mark.parametrize(
    ("last", "cycle"),
    [("", []), ("from data import jobs", ["data.jobs", "data.pledges", "data.ledger", "data.jobs"])],
)
def test_a_circle_of_three_modules_is_found(last: str, cycle: list[str]) -> None:
    """An import inside a function also closes a circle."""
    sources = {
        "data.jobs": "from data import ledger",
        "data.ledger": "from data.pledges import hold",
        "data.pledges": f"def f():\n    {last or 'pass'}",
    }
    assert first_cycle({module: ast.parse(source) for module, source in sources.items()}) == cycle


@pytest.mark.parametrize("package", RULES)
def test_every_package_with_a_rule_exists(package: str) -> None:
    path = ROOT / package.replace(".", "/")
    assert path.is_dir() or path.with_suffix(".py").exists()


def test_every_module_has_a_docstring() -> None:
    assert [path for path in sources() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))] == []


def test_signatures_have_no_any() -> None:
    """Only the functions in WITH_ANY may use Any."""
    found: set[str] = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                arguments += [each for each in (node.args.vararg, node.args.kwarg) if each]
                hints = [node.returns, *(argument.annotation for argument in arguments)]
                if any(re.search(r"\bAny\b", ast.unparse(hint)) for hint in hints if hint):
                    found.add(f"{path.relative_to(ROOT).as_posix()}:{node.name}")
    assert found == WITH_ANY
