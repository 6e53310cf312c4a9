"""The work that cogs leave to services, by CONTRIBUTING.md.

Files are read, not imported.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, imports, module_name

COGS = sorted((ROOT / "cogs").glob("*.py"))


def work_of_services(tree: ast.Module) -> set[str]:
    """Return a module's uses of writes, the clock and signals.

    Cogs leave these to services.
    """
    found = {target for target in imports(tree) if target in {"bot.clock", "bot.services.signals"}}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value, "write") if ast.unparse(value).endswith("database"):
                found.add(ast.unparse(node))
            case ast.Name("write_checked"):
                found.add(node.id)
            case ast.arg(annotation=ast.expr() as hint) if ast.unparse(hint) == "Callable[[], int]":
                found.add(node.arg)
            case _:
                pass
    return found


@pytest.mark.parametrize("path", COGS, ids=module_name)
def test_a_cog_only_reads_what_is_not_a_service(path: Path) -> None:
    """Writes, the clock and signals belong to services."""
    assert work_of_services(ast.parse(path.read_text(encoding="utf-8"))) == set()


@pytest.mark.parametrize(
    "source",
    [
        "async def f(self):\n    await self._database.write(stars.toggle, 1)",
        "def f(database):\n    return functools.partial(database.write, stars.toggle)",
        "async def f(self):\n    await write_checked(self._database, self._filters, pledging.pitch)",
        "def f(now: Callable[[], int]) -> None: ...",
        "from bot.clock import Clock",
        "from bot.services.signals import Signals",
    ],
)
def test_a_cog_that_does_a_services_work_is_found(source: str) -> None:
    assert len(work_of_services(ast.parse(source))) == 1


def test_a_cog_may_read() -> None:
    source = "async def f(self):\n    await self._database.read(jobs.find, job_id)"
    assert work_of_services(ast.parse(source)) == set()
