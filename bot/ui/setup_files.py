"""The setup as a file: changes of an import, and problems."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import discord

from bot.domain.server_setup import (
    NOTHING_SET,
    SETTINGS,
    DocumentProblem,
    ServerSetup,
    write_document,
)
from bot.domain.setting_kinds import Setting
from bot.locales.texts import Texts
from bot.ui.components import Accent, Button, Message, build_modal, in_rows, text_file
from bot.ui.formatting import escape_line, fitting_lines, heading, small
from bot.ui.server_setup import Panel, panel_value, problem_text, setting_name

FILE_NAME: Final = "setup.json"

_MAX_LENGTH: Final = 3_500
"""Of the lines of a message, with room for the rest."""


def import_modal(texts: Texts) -> discord.ui.Modal:
    """Build the form that takes a file."""
    return build_modal(
        texts("setup-import-button"),
        ("setup-import-set",),
        discord.ui.Label[discord.ui.Modal](
            text=texts("setup-file-label"),
            description=texts("setup-file-hint"),
            component=discord.ui.FileUpload[discord.ui.Modal](custom_id="file", required=True),
        ),
    )


def problems_message(texts: Texts, problems: Sequence[DocumentProblem]) -> Message:
    """List what is wrong with a file, by line and key."""
    return Message(
        Accent.NEUTRAL,
        (
            heading(texts("setup-file-problems-title")),
            *fitting_lines(texts, [_problem(texts, problem) for problem in problems], _MAX_LENGTH),
        ),
    )


def changes_message(texts: Texts, panel: Panel, after: ServerSetup, *, conflict: bool = False) -> Message:
    """Show what an import would change, with the file and the buttons that apply it, or drop it.

    `conflict`: the setup has changed since this was shown.
    """
    settings = differing(panel.setup, after)
    apply = ("setup-apply", panel.setup.fingerprint(settings))
    return Message(
        Accent.BRAND,
        (
            heading(texts("setup-import-title")),
            texts("setup-import-conflict") if conflict else small(texts("setup-import-intro")),
            *_differences(texts, panel, after),
            text_file(write_document(after, settings), FILE_NAME),
            *in_rows(
                Button(texts("setup-apply-button"), apply, discord.ButtonStyle.success),
                Button(texts("setup-drop-button"), ("setup-drop",)),
            ),
        ),
    )


def reset_message(texts: Texts, panel: Panel) -> Message:
    """Ask whether to set nothing any more."""
    confirm = ("setup-reset-confirm", panel.setup.fingerprint(SETTINGS.values()))
    return Message(
        Accent.WAITING,
        (
            heading(texts("setup-reset-title")),
            *_differences(texts, panel, NOTHING_SET),
            small(texts("setup-reset-intro")),
            *in_rows(
                Button(texts("setup-reset-button"), confirm, discord.ButtonStyle.danger),
                Button(texts("setup-drop-button"), ("setup-panel",)),
            ),
        ),
    )


def differing(before: ServerSetup, after: ServerSetup) -> Sequence[Setting]:
    """Return the settings that differ."""
    return [setting for setting in SETTINGS.values() if before.value(setting) != after.value(setting)]


def _differences(texts: Texts, panel: Panel, after: ServerSetup) -> Sequence[str]:
    rules, new_rules = {*panel.setup.filter_rules}, {*after.filter_rules}
    lines = [
        texts(
            "setup-rules-difference" if each is ServerSetup.filter_rules else "setup-difference",
            setting=setting_name(texts, each),
            before=panel_value(texts, panel, each),
            after=panel_value(texts, replace(panel, setup=after), each),
            added=len(new_rules - rules),
            removed=len(rules - new_rules),
        )
        for each in differing(panel.setup, after)
    ]
    return fitting_lines(texts, lines, _MAX_LENGTH)


def _problem(texts: Texts, problem: DocumentProblem) -> str:
    return texts(
        "setup-file-line-key" if problem.key else "setup-file-line",
        line=str(problem.line),
        key=escape_line(problem.key, 60),
        problem=problem_text(texts, problem.refused),
    )
