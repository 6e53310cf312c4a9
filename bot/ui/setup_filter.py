"""The form of a server's own rules for prompts, and their problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.domain.prompt_filter import (
    MAX_GAPS,
    MAX_RULE_LENGTH,
    MAX_RULE_WORDS,
    MIN_STARRED,
    RuleProblem,
    WrongRules,
)
from bot.domain.refusal import Refused
from bot.domain.text import MAX_INPUT_LENGTH
from bot.domain.text_folding import MAX_WORD
from bot.locales.texts import Texts, message_id
from bot.ui.components import Accent, Button, Message, Part, TextField, build_modal, in_rows, text_file
from bot.ui.formatting import escape_line, heading, small

FILE_NAME: Final = "rules.txt"

INPUTS: Final = tuple(f"rules-{number}" for number in range(5))
"""The custom_ids of the form's inputs: Discord allows five."""

_ROOM: Final = 1000
"""Characters that are free in the last input; with fewer, an empty one follows."""

_MAX_LINES: Final = 15

_MOST: Final[Mapping[RuleProblem, int]] = {
    RuleProblem.TOO_LONG: MAX_RULE_LENGTH,
    RuleProblem.TOO_MANY_WORDS: MAX_RULE_WORDS,
    RuleProblem.WORD_TOO_LONG: MAX_WORD,
    RuleProblem.TOO_MANY_GAPS: MAX_GAPS,
}


def rules_modal(texts: Texts, text: str, expected: str) -> discord.ui.Modal:
    """Build the form with a text of rules.

    `expected` is the fingerprint of the rules that it replaces.
    """
    return build_modal(
        texts("setup-rules-modal-title"),
        ("setup-rules-set", expected),
        *(
            TextField(
                name,
                texts("setup-rules-label" if name == INPUTS[0] else "setup-rules-more-label"),
                texts("setup-rules-hint"),
                MAX_INPUT_LENGTH,
                part or None,
                is_paragraph=True,
            )
            for name, part in zip(INPUTS, _inputs(text), strict=False)
        ),
    )


def wrong_message(texts: Texts, problem: WrongRules | Refused, text: str, expected: str) -> Message:
    """List the rules that can't be used, by their lines, with what was typed."""
    if isinstance(problem, Refused):
        lines = [texts(problem.code, **problem.data)]
    else:
        lines = [
            texts(
                "setup-rules-line",
                line=str(wrong.line),
                rule=escape_line(wrong.text, 60),
                problem=rule_problem(texts, wrong.problem),
            )
            for wrong in problem.wrong[:_MAX_LINES]
        ]
        if len(problem.wrong) > _MAX_LINES:
            lines.append(texts("units-more-lines", more=len(problem.wrong) - _MAX_LINES))
    title, kept = heading(texts("setup-rules-wrong-title")), small(texts("setup-rules-kept"))
    return Message(Accent.NEUTRAL, (title, *lines, kept, *_kept(texts, text, expected)))


def conflict_message(texts: Texts, text: str, expected: str) -> Message:
    """Say that someone has changed the rules meanwhile, with what was typed."""
    return Message(Accent.NEUTRAL, (texts("setup-rules-conflict"), *_kept(texts, text, expected)))


def _kept(texts: Texts, text: str, expected: str) -> tuple[Part, ...]:
    """Attach a text, with the button that opens the form with it."""
    return (
        text_file(text, FILE_NAME),
        *in_rows(Button(texts("setup-rules-fix-button"), ("setup-rules-fix", expected))),
    )


def rule_problem(texts: Texts, problem: RuleProblem) -> str:
    """Say why a text is no rule."""
    return texts(message_id("setup-rule", problem), min=MIN_STARRED, max=_MOST.get(problem, 0))


def _inputs(text: str) -> Sequence[str]:
    """Split a text by its lines into what the inputs hold."""
    parts = [""]
    for line in text.splitlines():
        shown = line[:MAX_INPUT_LENGTH]
        if parts[-1] and len(parts[-1]) + 1 + len(shown) > MAX_INPUT_LENGTH:
            parts.append(shown)
        else:
            parts[-1] = f"{parts[-1]}\n{shown}" if parts[-1] else shown
    if len(parts[-1]) > MAX_INPUT_LENGTH - _ROOM:
        parts.append("")
    return parts[: len(INPUTS)]
