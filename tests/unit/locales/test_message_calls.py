"""The code's calls for messages, their arguments, and unused messages.

The source is read, not run. A call for a message is one of `localized`, of a name that is `texts` or ends with
`_texts`, or of what `texts_in` and its like return. Its id is a literal, a choice of two literals, or a value of a
mapping.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.domain.language import Language
from tests.helpers import locale_files

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted(path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py"))
FORWARDING = {"localized", "translate", "__call__"}
"""Functions that hand an id and its arguments on to the texts."""


class Call(NamedTuple):
    """A call for one of these messages, with these arguments."""

    where: str
    ids: tuple[str, ...]
    arguments: frozenset[str]


@functools.cache
def tree(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


def is_texts(function: ast.expr) -> bool:
    """Return whether a called expression is a language's texts."""
    match function:
        case ast.Name(id=name):
            return name in {"localized", "texts"} or (name.endswith("_texts") and not _makes_texts(name))
        case ast.Attribute(attr=name):
            return name in {"_texts", "texts"}
        case ast.Call(func=ast.Name(id=name)):
            return _makes_texts(name)
        case _:
            return False


def _makes_texts(name: str) -> bool:
    return name in {"texts_in", "private_texts"}


def calls(path: Path, module: ast.Module) -> Iterator[Call]:
    """Yield a module's calls for messages."""
    passed = {
        id(part)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in FORWARDING
        for part in ast.walk(node)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and is_texts(node.func) and id(node) not in passed:
            where = f"{path.name}:{node.lineno}"
            assert len(node.args) == 1, where
            assert all(keyword.arg for keyword in node.keywords), f"{where}: arguments by ** can't be checked"
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            yield Call(where, tuple(_ids(node.args[0], path, module, where)), names)


def _ids(expression: ast.expr, path: Path, module: ast.Module, where: str) -> Iterator[str]:
    match expression:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=body, orelse=orelse):
            yield from _ids(body, path, module, where)
            yield from _ids(orelse, path, module, where)
        case ast.Subscript(value=ast.Name(id=mapping)):
            yield from _values(_definition(mapping, module), where)
        case _:
            raise AssertionError(f"{where}: {ast.unparse(expression)} is no literal id and no mapping's value")


def _definition(name: str, module: ast.Module) -> ast.expr | None:
    """Return the expression assigned to a name, following imports of it."""
    for node in module.body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=target), value=value) if target == name:
                return value
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                return value
            case ast.ImportFrom(module=str(source), names=names) if name in {each.name for each in names}:
                return _definition(name, tree(ROOT / f"{source.replace('.', '/')}.py"))
            case _:
                pass
    return None


def _values(mapping: ast.expr | None, where: str) -> Iterator[str]:
    assert isinstance(mapping, ast.Dict), f"{where}: the mapping is not a dict at the top of a module"
    for value in mapping.values:
        assert isinstance(value, ast.Constant), where
        assert isinstance(value.value, str), where
        yield value.value


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_call_names_messages_and_gives_exactly_their_arguments(path: Path) -> None:
    for where, ids, given in calls(path, tree(path)):
        for message_id in ids:
            assert message_id in locale_files.messages(Language.ENGLISH), where
            wanted = locale_files.variables(Language.ENGLISH, message_id)
            assert (where, message_id, given) == (where, message_id, wanted)


def test_every_message_is_used() -> None:
    """A message is used by the code or by another message."""
    called = {message_id for path in SOURCES for call in calls(path, tree(path)) for message_id in call.ids}
    inner = {name for entry in locale_files.entries(Language.ENGLISH).values() for name in entry.references}
    assert set(locale_files.messages(Language.ENGLISH)) - called - inner == set()


@pytest.mark.parametrize(
    "source",
    [
        'texts(f"credits-{name}")',
        "texts(name)",
        'texts("credits-used-value", **arguments)',
        'texts("credits-used-value", 5)',
        "private_texts(interaction)(LABELS[state])",
        "LABELS = {1: name}\ntexts(LABELS[1])",
    ],
)
def test_a_call_that_cannot_be_checked_is_found(source: str) -> None:
    with pytest.raises(AssertionError):
        list(calls(Path("a.py"), ast.parse(source)))


def test_a_call_is_read_in_every_form() -> None:
    source = """
LABELS = {1: "one", 2: "two"}
texts("a", x=1)
server_texts("b" if many else "c", y=2)
private_texts(interaction)(LABELS[3])
self._texts("d")
texts_in(Language.ENGLISH)("e")
messages.texts_of("f")
private_texts(interaction)
"""
    found = list(calls(Path("a.py"), ast.parse(source)))
    assert [each.ids for each in found] == [("a",), ("b", "c"), ("one", "two"), ("d",), ("e",)]
    assert [set(each.arguments) for each in found] == [{"x"}, {"y"}, set(), set(), set()]
