"""A server's own rules for prompts, in a form of /setup.

Rules that can't be used are shown with what was typed as a file. Its button opens the form with that again, so nothing
has to be kept in between.
"""

from __future__ import annotations

from collections.abc import Mapping

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import modal_values
from bot.discord_client.responses import log_discord_errors, respond_ephemeral, send_text
from bot.discord_client.uploads import read_upload
from bot.domain.filter_rules import check_rules, split_rules
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import SetupPage
from bot.domain.setup_document import MAX_DOCUMENT_BYTES
from bot.ui import setup_filter as messages
from bot.ui import setup_panel
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId
from cogs.quota_changes import audit_context
from cogs.server_ids import manageable_guild, panel_of
from data import refused_models, server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupChanged, SetupConflict

_RULES = (ServerSetup.filter_rules,)


class SetupFilter:
    """Handler of the form of rules, and of its buttons."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "setup-rules": self._open,
            "setup-rules-set": self._set,
            "setup-rules-fix": self._fix,
        }

    async def _open(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        guild = await manageable_guild(interaction)
        if guild is not None:
            setup = await self._database.read(server_setup.get, guild.id)
            text, expected = "\n".join(setup.filter_rules), setup.fingerprint(_RULES)
            await interaction.response.send_modal(messages.rules_modal(private_texts(interaction), text, expected))

    async def _fix(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Open the form with the text of the attached file."""
        expected = _fingerprint(arguments)
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        attachment = next(iter(interaction.message.attachments if interaction.message else ()), None)
        if attachment is None or attachment.size > MAX_DOCUMENT_BYTES:
            raise InvalidCustomId
        content, texts = await read_upload(attachment), private_texts(interaction)
        if content is None:
            await send_text(interaction, "setup-file-unreadable")
            return
        text = content.decode("utf-8", errors="replace")
        await interaction.response.send_modal(messages.rules_modal(texts, text, expected))

    async def _set(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set the rules of the form, one on each line."""
        expected = _fingerprint(arguments)
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        typed = modal_values(interaction)
        text = "\n".join(value for name in messages.INPUTS for value in typed.get(name, ()))
        rules, texts = check_rules(split_rules(text)), private_texts(interaction)
        if not isinstance(rules, tuple):
            await _show_again(interaction, messages.wrong_embed(texts, rules), text, expected)
            return
        by = audit_context(interaction, None)
        outcome = await self._database.write(setup_changes.change, {ServerSetup.filter_rules: rules}, expected, by=by)
        if isinstance(outcome, SetupConflict):
            now = outcome.setup.fingerprint(_RULES)
            await _show_again(interaction, messages.conflict_embed(texts), text, now)
            return
        panel = panel_of(guild, outcome.setup, await self._database.read(refused_models.available))
        notes = setup_panel.changed_notes(texts, panel, _RULES) if isinstance(outcome, SetupChanged) else ()
        view = setup_panel.panel_view(texts, panel, SetupPage.FILTER)
        await respond_ephemeral(interaction, setup_panel.panel_embed(texts, panel, notes), view, edit=True)


async def _show_again(interaction: Interaction, embed: discord.Embed, text: str, expected: str) -> None:
    """Show why the rules were not set, with what was typed."""
    view, file = messages.fix_view(private_texts(interaction), expected), messages.file_of(text)
    with log_discord_errors():
        await interaction.response.edit_message(content=None, embed=embed, view=view, attachments=[file])


def _fingerprint(arguments: tuple[str, ...]) -> str:
    if len(arguments) != 1:
        raise InvalidCustomId
    return arguments[0]
