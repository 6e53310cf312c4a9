"""No text that people on Discord read stands outside bot/ui: whoever translates it looks in one room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
ROOMS = ("cogs", "bot/discord_client", "bot/worker", "bot/domain")
"""Where what is shown on Discord is decided. The command line and the log speak to the operator."""

NOT_SHOWN = {"re.compile", "contextlib.suppress", "cast"}


def sources() -> list[Path]:
    """Every module of those rooms."""
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def sentences(tree: ast.Module) -> Iterator[str]:
    """The literals of a module that read like a text, but for docstrings, what is logged, and what is raised."""
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


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_sentence_stands_outside_the_texts(path: Path) -> None:
    """A literal with a space in it is a text, and belongs in bot/ui."""
    assert list(sentences(ast.parse(path.read_text(encoding="utf-8")))) == []


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
def test_a_sentence_would_be_seen(source: str) -> None:
    """However it is written."""
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
def test_words_to_the_operator_may_stay(source: str) -> None:
    """Docstrings, the log, errors and names are no texts."""
    assert list(sentences(ast.parse(source))) == []
