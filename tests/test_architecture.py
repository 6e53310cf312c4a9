"""What each module of the product may contain. pyproject.toml says what it may import.

Files are read, not imported.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

SHOWN = re.compile(
    r"Embed|add_field|set_(?:footer|author)|Modal|TextInput|Label|Button|Link|Select\w*|Option|Choice"
    r"|(?:edit|followup|respond|replace|send|answer)\w*"
)
"""Calls whose own arguments members read."""


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """Return the syntax tree of each module by its path."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def test_signatures_have_no_any() -> None:
    found = [
        f"{path}:{node.name}"
        for path, tree in modules("bot", "cogs", "data").items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if any(re.search(r"\bAny\b", ast.unparse(hint)) for hint in (node.args, node.returns) if hint)
    ]
    assert found == []


def test_cogs_run_transactions_of_data_and_define_none() -> None:
    """Nor have they a clock of their own: what a transaction writes, and what is said of it, has one time."""
    found = [(path, use) for path, tree in modules("cogs").items() for use in _work_of_data(tree)]
    assert found == []


def _work_of_data(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name("Transaction") | ast.alias("Transaction"):
                yield ast.unparse(node)
            case ast.Call(ast.Attribute(value, "read" | "read_long" | "write"), [ast.Lambda() as function, *_]) if (
                ast.unparse(value).endswith("database")
            ):
                yield ast.unparse(function)
            case ast.ImportFrom("bot.core.clock"):
                yield ast.unparse(node)
            case ast.arg(annotation=ast.expr() as hint) if ast.unparse(hint) == "Callable[[], int]":
                yield node.arg
            case _:
                pass


def test_messages_have_no_embeds() -> None:
    """Those of older versions are only read."""
    found = [
        f"{path}:{node.lineno}"
        for path, tree in modules("bot", "cogs").items()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Call) and re.search(r"\bEmbed$", ast.unparse(node.func)))
        or (isinstance(node, ast.keyword) and node.arg in ("embed", "embeds"))
    ]
    assert found == []


def test_texts_for_members_are_in_bot_locales() -> None:
    """A literal with a space is such a text, and so is one that is handed to a message."""
    where = ("cogs", "bot/discord_client", "bot/worker", "bot/services", "bot/domain", "bot/ui")
    found = {path: [*_sentences(tree), *_shown_literals(tree)] for path, tree in modules(*where).items()}
    assert {path: texts for path, texts in found.items() if texts} == {}


def _sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the literals that read like text, but for docstrings, log events and exceptions."""
    for_the_operator = {id(part) for node in ast.walk(tree) if _is_for_the_operator(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in for_the_operator:
            text = node.value.strip()
            if " " in text and any(map(str.isalpha, text)):
                yield text


def _is_for_the_operator(node: ast.AST) -> bool:
    match node:
        case ast.Raise(exc=ast.Call(func=ast.Name(id="Declined"))):  # which the member reads
            return False
        case ast.Expr(value=ast.Constant(value=str())) | ast.Raise() | ast.Assert():
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="_log"))):
            return True
        case ast.Call(func=function):
            return ast.unparse(function) in {"re.compile", "contextlib.suppress", "cast"}
        case _:
            return False


def _shown_literals(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and SHOWN.fullmatch(name) and name != "send_text":  # which takes an id
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _own_literals(argument)


def _own_literals(node: ast.AST) -> Iterator[str]:
    """Yield the literals of an expression, without arguments of inner calls and parts of a custom_id."""
    if isinstance(node, ast.Call | ast.Subscript | ast.Compare | ast.Tuple):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value)):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _own_literals(child)
