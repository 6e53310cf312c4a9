"""The places of texts that members read.

They are in bot/locales, and only bot/ui puts them into messages.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import ROOT, module_name

DISCORD_PACKAGES = ("cogs", "bot/discord_client", "bot/worker", "bot/services", "bot/domain")
"""Packages whose literals must not be text that members read."""

NOT_SHOWN = {"re.compile", "contextlib.suppress", "cast"}

SHOWN = re.compile(
    r"Embed|add_field|set_(?:footer|author)|Modal|TextInput|Label|Button|Link|Select\w*|Option|Choice"
    r"|(?:edit|followup|respond|replace|send|answer)\w*"
)
"""Calls whose own arguments members read."""


def text_sources() -> list[Path]:
    """Return every module of those packages."""
    return sorted(path for package in DISCORD_PACKAGES for path in (ROOT / package).rglob("*.py"))


def sentences(tree: ast.Module) -> Iterator[str]:
    """Yield the literals of a module that read like text.

    Docstrings, log events and exceptions are left out.
    """
    passed = {id(part) for node in ast.walk(tree) if _is_for_the_operator(node) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in passed:
            text = node.value.strip()
            if " " in text and any(letter.isalpha() for letter in text):
                yield text


def _is_for_the_operator(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant(value=str())):  # a docstring
            return True
        case ast.Raise() | ast.Assert():
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="_log"))):
            return True
        case ast.Call(func=function):
            return ast.unparse(function) in NOT_SHOWN
        case _:
            return False


@pytest.mark.parametrize("path", text_sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_for_members_is_outside_bot_ui(path: Path) -> None:
    """A literal with a space belongs in bot/ui."""
    assert list(sentences(ast.parse(path.read_text(encoding="utf-8")))) == []


def ui_texts(path: Path) -> list[str]:
    """Return a bot/ui module's literals that read like text, even single words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [*sentences(tree), *(word for word in words if re.fullmatch(r"[A-Z][a-z]+[.…!?]?", word))]


UI_SOURCES = sorted((ROOT / "bot" / "ui").glob("*.py"))


@pytest.mark.parametrize("path", UI_SOURCES, ids=lambda path: path.stem)
def test_texts_for_members_are_in_bot_locales(path: Path) -> None:
    assert ui_texts(path) == []


def shown_literals(tree: ast.Module) -> list[str]:
    """Return the literals that embeds, components and messages are made of.

    Literals in lower case count, too.
    """
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and SHOWN.fullmatch(ast.unparse(node.func).rpartition(".")[2]):
            for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
                found += _own_literals(argument)
    return found


def _own_literals(node: ast.AST) -> Iterator[str]:
    """Yield the literals of an expression.

    Arguments of inner calls and the parts of a custom_id are left out.
    """
    if isinstance(node, ast.Call | ast.Subscript | ast.Compare | ast.Tuple):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and any(map(str.isalpha, node.value)):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from _own_literals(child)


@pytest.mark.parametrize("path", [*text_sources(), *UI_SOURCES], ids=module_name)
def test_no_embed_component_or_message_is_made_of_literals(path: Path) -> None:
    assert shown_literals(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source",
    [
        'discord.Embed(title="ready")',
        'embed.add_field(name=texts("a"), value=f"{left} left")',
        'Select(texts("a") if a else "all", ("pick",), ())',
        'modal.add_item(discord.ui.TextInput(label="prompt"))',
        'Button("ok", ("press", job.id))',
        'await send_ephemeral(interaction, "done" + link)',
    ],
)
def test_a_literal_that_is_shown_is_found(source: str) -> None:
    assert shown_literals(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        'say("Your movie is ready")',
        'async def f():\n    await interaction.response.send_message("Not yours, sorry")',
        'TITLE = "Too late"',
        'say(f"{name} asked for it")',
        'command(description="Make a movie")',
    ],
)
def test_a_text_for_members_is_found(source: str) -> None:
    assert list(sentences(ast.parse(source)))


@pytest.mark.parametrize(
    "source",
    [
        '"""What it does."""',
        '_log.warning("not taken %s", code)',
        'raise LookupError("there is none")',
        'x = "m:quote-accept"',
    ],
)
def test_texts_for_the_operator_are_allowed(source: str) -> None:
    """Docstrings, log events, exceptions and names are no texts for members."""
    assert list(sentences(ast.parse(source))) == []
