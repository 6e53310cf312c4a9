"""The setup as a file: changes of an import, and problems."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import MAX_DOCUMENT_BYTES, SETTINGS, DocumentProblem, ServerSetup
from bot.domain.setting_kinds import InvalidValue, Setting
from bot.locales.texts import Texts, message_id
from bot.ui.components import Button, Message, Row, build_card, in_rows
from bot.ui.formatting import BRAND, NEUTRAL, escape_line, fitting_lines
from bot.ui.server_setup import Panel, problem_text, setting_line, setting_name, value_text

FILE_NAME: Final = "setup.json"

_MAX_KEY_LENGTH: Final = 60
_MAX_LENGTH: Final = 3_500
"""Of the lines of an embed, with room for the rest."""


def too_large(texts: Texts) -> str:
    """Refuse a file that is too large for a setup."""
    return texts("setup-file-too-large", max=MAX_DOCUMENT_BYTES // 1024)


def problems_message(texts: Texts, problems: Sequence[DocumentProblem]) -> Message:
    """List what is wrong with a file, by line and key."""
    lines = fitting_lines(texts, [_problem(texts, problem) for problem in problems], _MAX_LENGTH)
    return build_card(texts("setup-file-problems-title"), "\n".join(lines), NEUTRAL)


def changes_message(
    texts: Texts,
    before: ServerSetup,
    after: ServerSetup,
    catalogue: Catalogue,
    deleted: Collection[int] = (),
    *,
    conflict: bool = False,
) -> Message:
    """Show what an import would change.

    `deleted` are ids of the present setup that no longer exist. `conflict`: it has changed since this was shown.
    """
    lines = [_difference(texts, setting, before, after, catalogue, deleted) for setting in differing(before, after)]
    intro = texts("setup-import-conflict" if conflict else "setup-import-intro")
    return build_card(
        texts("setup-import-title"), "\n".join([intro, "", *fitting_lines(texts, lines, _MAX_LENGTH)]), BRAND
    )


def changes_view(texts: Texts, fingerprint: str) -> tuple[Row, ...]:
    """Build the buttons that apply an import, or drop it."""
    return in_rows(
        Button(texts("setup-apply-button"), ("setup-apply", fingerprint), discord.ButtonStyle.success),
        Button(texts("setup-drop-button"), ("setup-drop",)),
    )


def applied_message(texts: Texts, after: ServerSetup, settings: Sequence[Setting], catalogue: Catalogue) -> Message:
    """Confirm what an import has changed."""
    lines = [setting_line(texts, Panel(after, catalogue), setting) for setting in settings]
    return build_card(texts("setup-imported-title"), "\n".join(fitting_lines(texts, lines, _MAX_LENGTH)), BRAND)


def differing(before: ServerSetup, after: ServerSetup) -> Sequence[Setting]:
    """Return the settings that differ."""
    return [setting for setting in SETTINGS.values() if before.value(setting) != after.value(setting)]


def _difference(
    texts: Texts,
    setting: Setting,
    before: ServerSetup,
    after: ServerSetup,
    catalogue: Catalogue,
    deleted: Collection[int],
) -> str:
    name = setting_name(texts, setting)
    old = value_text(texts, setting, before.value(setting), catalogue, deleted)
    new = value_text(texts, setting, after.value(setting), catalogue)
    if setting is not ServerSetup.filter_rules:
        return texts("setup-difference", setting=name, before=old, after=new)
    added = len({*after.filter_rules} - {*before.filter_rules})
    removed = len({*before.filter_rules} - {*after.filter_rules})
    return texts("setup-rules-difference", setting=name, before=old, after=new, added=added, removed=removed)


def _problem(texts: Texts, problem: DocumentProblem) -> str:
    if isinstance(problem.reason, InvalidValue):
        text = problem_text(texts, problem.reason)
    else:
        text = texts(message_id("setup-file", problem.reason))
    if not problem.key:
        return texts("setup-file-line", line=str(problem.line), problem=text)
    key = escape_line(problem.key, _MAX_KEY_LENGTH)
    return texts("setup-file-line-key", line=str(problem.line), key=key, problem=text)
