"""The messages in bot/locales, read with Fluent's own parser."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fluent.syntax import FluentParser, ast, visitor

from bot.domain.text import Language
from bot.locales.texts import FOLDER


@dataclass(frozen=True)
class Entry:
    """A term's id begins with -. `references` are what it names, `texts` its words without arguments."""

    id: str
    area: str
    variables: frozenset[str]
    references: frozenset[str]
    texts: tuple[str, ...]


class _Reader(visitor.Visitor):
    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.texts: list[str] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.references.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:
        self.references.add(f"-{node.id.name}")

    def visit_TextElement(self, node: ast.TextElement) -> None:
        self.texts.append(node.value)


@functools.cache
def parsed(language: Language) -> list[ast.EntryType]:
    return FluentParser().parse((FOLDER / f"{language}.ftl").read_text(encoding="utf-8")).body


@functools.cache
def entries(language: Language) -> Mapping[str, Entry]:
    return {entry.id: entry for entry in every_entry(language)}


@functools.cache
def messages(language: Language) -> Mapping[str, Entry]:
    return {name: entry for name, entry in entries(language).items() if not name.startswith("-")}


@functools.cache
def variables(language: Language, message_id: str) -> frozenset[str]:
    entry = entries(language)[message_id]
    inner = [variables(language, name) for name in entry.references if not name.startswith("-")]
    return entry.variables.union(*inner)


def every_entry(language: Language) -> Iterator[Entry]:
    """Read a language's file from its first line to its last; an id may come twice."""
    area = ""
    for node in parsed(language):
        if isinstance(node, ast.GroupComment):
            area = (node.content or "").partition("\n")[0]
        if isinstance(node, ast.Message | ast.Term):
            reader = _Reader()
            reader.visit(node)
            name = f"-{node.id.name}" if isinstance(node, ast.Term) else node.id.name
            yield Entry(name, area, frozenset(reader.variables), frozenset(reader.references), tuple(reader.texts))
