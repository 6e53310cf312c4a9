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

from bot.domain.language import Language
from tests.helpers import locale_files

ROOT = Path(__file__).resolve().parents[3]
SOURCES = sorted(path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py"))
FORWARDING = {"localized", "translate", "__call__"}
"""Functions that hand an id and its arguments on to the texts."""

CALLED = ("texts", "localized")
"""Words of every module that calls for a message."""


class Call(NamedTuple):
    """A call for one of these messages, with these arguments; None where they can't be read."""

    where: str
    ids: tuple[str, ...]
    arguments: frozenset[str] | None


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


@functools.cache
def calls() -> list[Call]:
    """Return all calls for messages."""
    return [
        call
        for path in SOURCES
        if any(word in path.read_text(encoding="utf-8") for word in CALLED)
        for call in _calls(path.relative_to(ROOT).as_posix(), tree(path))
    ]


def _calls(path: str, module: ast.Module) -> Iterator[Call]:
    passed = {
        id(part)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in FORWARDING
        for part in ast.walk(node)
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and is_texts(node.func) and id(node) not in passed:
            readable = len(node.args) == 1 and all(keyword.arg for keyword in node.keywords)
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            yield Call(f"{path}:{node.lineno}", tuple(_ids(node.args[0], module)), names if readable else None)


def _ids(expression: ast.expr, module: ast.Module) -> Iterator[str]:
    """Yield the ids that an expression can be; `?` for one that can't be read."""
    match expression:
        case ast.Constant(value=str(name)):
            yield name
        case ast.IfExp(body=body, orelse=orelse):
            yield from _ids(body, module)
            yield from _ids(orelse, module)
        case ast.Subscript(value=ast.Name(id=mapping)):
            found = _definition(mapping, module)
            for value in found.values if isinstance(found, ast.Dict) else [None]:
                yield str(value.value) if isinstance(value, ast.Constant) else "?"
        case _:
            yield "?"


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


def test_a_call_names_messages_and_gives_exactly_their_arguments() -> None:
    known = locale_files.messages(Language.ENGLISH)
    wrong = [
        (call.where, message_id, call.arguments)
        for call in calls()
        for message_id in call.ids
        if message_id not in known or call.arguments != locale_files.variables(Language.ENGLISH, message_id)
    ]
    assert wrong == []


def test_every_message_is_used() -> None:
    """A message is used by the code or by another message."""
    called = {message_id for call in calls() for message_id in call.ids}
    inner = {name for entry in locale_files.entries(Language.ENGLISH).values() for name in entry.references}
    assert {*locale_files.messages(Language.ENGLISH)} - called - inner == set()
