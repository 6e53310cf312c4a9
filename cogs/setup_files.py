"""Export and import of a server's setup.

The file that is confirmed is attached to the private message with the changes, and read again when they are applied. So
nothing is kept in between, and what was shown is what counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import log_discord_errors, respond_ephemeral
from bot.discord_client.uploads import read_upload
from bot.domain.server_setup import ServerSetup
from bot.domain.setting_kinds import InvalidValue, Setting, SettingValue
from bot.domain.setup_document import (
    MAX_DOCUMENT_BYTES,
    DocumentProblem,
    line_of,
    read_document,
    write_document,
)
from bot.ui import setup_files as messages
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId
from cogs.quota_changes import audit_context
from cogs.server_ids import deleted_ids, fitting, manageable_guild
from data import refused_models, server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupChanged, SetupConflict

Changes = Mapping[Setting, SettingValue]


class SetupFiles:
    """Exports a setup, shows what an import would change, and applies it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "setup-apply": self._apply,
            "setup-drop": self._drop,
        }

    async def export(self, interaction: Interaction) -> None:
        """Send the setup as a file."""
        guild = await manageable_guild(interaction)
        if guild is not None:
            file = messages.file_of(write_document(await self._database.read(server_setup.get, guild.id)))
            text = private_texts(interaction)("setup-exported")
            await interaction.response.send_message(text, file=file, ephemeral=True)

    async def show_changes(self, interaction: Interaction, attachment: discord.Attachment) -> None:
        """Show what a file would change, or what is wrong with it."""
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        changes = await self._read(interaction, guild, attachment)
        if changes is not None:
            await self._show(interaction, guild, changes)

    async def _apply(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Make the changes of the attached file.

        Not where the setup has changed since they were shown.
        """
        match arguments:
            case (expected,):
                pass
            case _:
                raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        attachment = next(iter(interaction.message.attachments if interaction.message else ()), None)
        if attachment is None:
            raise InvalidCustomId
        await interaction.response.defer()
        changes = await self._read(interaction, guild, attachment)
        if changes is None:
            return
        texts = private_texts(interaction)
        outcome = await self._database.write(
            setup_changes.change, changes, expected, by=audit_context(interaction, None)
        )
        if isinstance(outcome, SetupConflict):
            await self._show(interaction, guild, changes, conflict=True)
        elif isinstance(outcome, SetupChanged):
            catalogue = await self._database.read(refused_models.available)
            await _replace(interaction, messages.applied_embed(texts, outcome.setup, outcome.settings, catalogue))
        else:
            await _replace(interaction, texts("setup-import-nothing-new"))

    async def _drop(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        await respond_ephemeral(interaction, discord.Embed(description=texts("setup-import-dropped")), edit=True)

    async def _show(
        self, interaction: Interaction, guild: discord.Guild, changes: Changes, *, conflict: bool = False
    ) -> None:
        texts, before = private_texts(interaction), await self._database.read(server_setup.get, guild.id)
        after = before.changed(changes)
        settings = messages.differing(before, after)
        if not settings:
            await _replace(interaction, texts("setup-import-nothing-new"))
            return
        catalogue, deleted = await self._database.read(refused_models.available), deleted_ids(guild, before)
        embed = messages.changes_embed(texts, before, after, catalogue, deleted, conflict=conflict)
        view = messages.changes_view(texts, before.fingerprint(settings))
        await _replace(interaction, embed, view, messages.file_of(write_document(after, settings)))

    async def _read(
        self, interaction: Interaction, guild: discord.Guild, attachment: discord.Attachment
    ) -> Changes | None:
        """Return a file's settings, or say what is wrong with it."""
        texts = private_texts(interaction)
        if attachment.size > MAX_DOCUMENT_BYTES:
            await _replace(interaction, messages.too_large(texts))
            return None
        content = await read_upload(attachment)
        if content is None:
            await _replace(interaction, texts("setup-file-unreadable"))
            return None
        found = read_document(content, await self._database.read(refused_models.available))
        if isinstance(found, Mapping):
            found = _fitting(
                found, await self._database.read(server_setup.get, guild.id), guild, content.decode("utf-8-sig")
            )
        if isinstance(found, Mapping):
            return found
        await _replace(interaction, messages.problems_embed(texts, found))
        return None


def _fitting(
    changes: Changes, before: ServerSetup, guild: discord.Guild, text: str
) -> Changes | Sequence[DocumentProblem]:
    """Return changes that fit this server and each other, or the problems."""
    found: dict[Setting, SettingValue] = {}
    problems: list[InvalidValue] = []
    for setting, value in changes.items():
        known = fitting(guild, setting, value)
        if isinstance(known, InvalidValue):
            problems.append(known)
        else:
            found[setting] = known
    together = before.changed(found).problem()
    if together is not None:
        problems.append(together)
    return [DocumentProblem(line_of(text, each.setting.name), each.setting.name, each) for each in problems] or found


async def _replace(
    interaction: Interaction,
    shown: discord.Embed | str,
    view: discord.ui.View | None = None,
    file: discord.File | None = None,
) -> None:
    """Show this in the private message, in place of what it showed."""
    embed, text = (shown, None) if isinstance(shown, discord.Embed) else (None, shown)
    with log_discord_errors():
        await interaction.edit_original_response(
            content=text, embed=embed, view=view, attachments=[] if file is None else [file]
        )
