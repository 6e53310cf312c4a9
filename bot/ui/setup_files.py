"""The setup as a file: changes of an import, and problems."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import discord

from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import (
    NOTHING_SET,
    SETTINGS,
    DocumentProblem,
    ServerSetup,
    write_document,
)
from bot.domain.setting_kinds import InvalidValue, Setting
from bot.locales.texts import Texts, message_id
from bot.ui.components import Accent, Button, Message, build_modal, in_rows, text_file
from bot.ui.formatting import escape_line, fitting_lines, heading, small
from bot.ui.server_setup import problem_text, setting_name, value_text

FILE_NAME: Final = "setup.json"

_MAX_KEY_LENGTH: Final = 60
_MAX_LENGTH: Final = 3_500
"""Of the lines of a message, with room for the rest."""


def import_modal(texts: Texts) -> discord.ui.Modal:
    """Build the form that takes a file."""
    upload = discord.ui.FileUpload[discord.ui.Modal](custom_id="file", required=True)
    label = discord.ui.Label[discord.ui.Modal](
        text=texts("setup-file-label"), description=texts("setup-file-hint"), component=upload
    )
    return build_modal(texts("setup-import-button"), ("setup-import-set",), label)


def problems_message(texts: Texts, problems: Sequence[DocumentProblem]) -> Message:
    """List what is wrong with a file, by line and key."""
    lines = fitting_lines(texts, [_problem(texts, problem) for problem in problems], _MAX_LENGTH)
    return Message(Accent.NEUTRAL, (heading(texts("setup-file-problems-title")), *lines))


def changes_message(
    texts: Texts,
    before: ServerSetup,
    after: ServerSetup,
    catalogue: Catalogue,
    deleted: Collection[int] = (),
    *,
    conflict: bool = False,
) -> Message:
    """Show what an import would change, with the file and the buttons that apply it, or drop it.

    `deleted` are ids of the present setup that no longer exist. `conflict`: it has changed since this was shown.
    """
    settings = differing(before, after)
    lines = [_difference(texts, setting, before, after, catalogue, deleted) for setting in settings]
    buttons = in_rows(
        Button(texts("setup-apply-button"), ("setup-apply", before.fingerprint(settings)), discord.ButtonStyle.success),
        Button(texts("setup-drop-button"), ("setup-drop",)),
    )
    intro = texts("setup-import-conflict") if conflict else small(texts("setup-import-intro"))
    title, file = heading(texts("setup-import-title")), text_file(write_document(after, settings), FILE_NAME)
    return Message(Accent.BRAND, (title, intro, *fitting_lines(texts, lines, _MAX_LENGTH), file, *buttons))


def reset_message(texts: Texts, before: ServerSetup, catalogue: Catalogue, deleted: Collection[int] = ()) -> Message:
    """Ask whether to set nothing any more."""
    settings = differing(before, NOTHING_SET)
    lines = [_difference(texts, setting, before, NOTHING_SET, catalogue, deleted) for setting in settings]
    expected = before.fingerprint(SETTINGS.values())
    buttons = in_rows(
        Button(texts("setup-reset-button"), ("setup-reset-confirm", expected), discord.ButtonStyle.danger),
        Button(texts("setup-drop-button"), ("setup-panel",)),
    )
    title, intro = heading(texts("setup-reset-title")), small(texts("setup-reset-intro"))
    return Message(Accent.WAITING, (title, *fitting_lines(texts, lines, _MAX_LENGTH), intro, *buttons))


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
