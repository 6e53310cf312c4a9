"""/setup: what a server's managers decide for it.

Where and by whom movies may be made, and which. Each command, press and modal checks the permission for itself: it may
have been taken away since the panel was opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import modal_values, selected_values
from bot.discord_client.responses import respond_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.quota import MAX_CREDITS
from bot.domain.server_setup import LISTS, NUMBERS, ServerSetup, Setting, SettingValue
from bot.domain.setup_values import InvalidValue, check, check_together
from bot.services.server_setup import ServerSetupService
from bot.ui import command_descriptions as names
from bot.ui import modals, setup_modals
from bot.ui import setup_panel as messages
from bot.ui.setup_modals import DURATIONS
from bot.ui.setup_panel import NOT_CHOSEN, Panel, SetupPage, page_of
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId
from cogs.quota_changes import audit_context
from cogs.server_ids import fitting, manageable_guild, panel_of
from cogs.setup_files import SetupFiles
from cogs.setup_filter import SetupFilter
from data.setup_changes import SetupChanged, SetupConflict


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SetupCog(commands.GroupCog, group_name="setup", group_description=names.SETUP):
    """A private panel with selects and a modal."""

    def __init__(self, setups: ServerSetupService, files: SetupFiles, prompt_filter: SetupFilter) -> None:
        self._setups = setups
        self._files = files
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "setup": self._choose,
            "setup-page": self._turn_page,
            "setup-durations": self._open_durations,
            "setup-durations-set": self._set_durations,
            "setup-price": self._open_price,
            "setup-price-set": self._set_price,
            **files.component_handlers,
            **prompt_filter.component_handlers,
        }

    @app_commands.command(name="panel", description=names.SETUP_PANEL)
    async def panel(self, interaction: Interaction) -> None:
        """Show the panel."""
        guild = await manageable_guild(interaction)
        if guild is not None:
            await self._show(interaction, guild, await self._setups.get(guild.id), SetupPage.MEMBERS, edit=False)

    @app_commands.command(name="export", description=names.SETUP_EXPORT)
    async def export(self, interaction: Interaction) -> None:
        """Send the setup as a JSON file."""
        await self._files.export(interaction)

    @app_commands.command(name="import", description=names.SETUP_IMPORT)
    @app_commands.describe(file=names.SETUP_IMPORT_FILE)
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a JSON file would change."""
        await self._files.show_changes(interaction, file)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        page = _page(arguments)
        guild = await manageable_guild(interaction)
        if guild is not None:
            await self._show(interaction, guild, await self._setups.get(guild.id), page)

    async def _choose(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Change a setting to what was picked."""
        match arguments:
            case (name, expected) if name in tuple(Setting):
                setting = Setting(name)
            case _:
                raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        picked = [value for value in selected_values(interaction) if value != NOT_CHOSEN]
        given = picked if setting in LISTS else next(iter(picked), None)
        if setting in NUMBERS and isinstance(given, str):
            given = _number(given)
        await self._change(interaction, guild, {setting: given}, expected, page_of(setting))

    async def _open_durations(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        page = _page(arguments)
        guild = await manageable_guild(interaction)
        if guild is not None:
            panel = Panel(await self._setups.get(guild.id), await self._setups.available())
            await interaction.response.send_modal(setup_modals.durations_modal(private_texts(interaction), panel, page))

    async def _set_durations(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set what the modal contains; an empty input is not set."""
        match arguments:
            case (_, expected):
                page = _page(arguments)
            case _:
                raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        typed = {name: values[0].strip() for name, values in modal_values(interaction).items()}
        given = {setting: _seconds(typed.get(setting.value, "")) for setting in DURATIONS}
        await self._change(interaction, guild, given, expected, page)

    async def _open_price(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        guild = await manageable_guild(interaction)
        if guild is not None:
            panel = Panel(await self._setups.get(guild.id), await self._setups.available())
            await interaction.response.send_modal(setup_modals.price_modal(private_texts(interaction), panel))

    async def _set_price(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set the price above which staff approves.

        An empty input is not set.
        """
        if len(arguments) != 1:
            raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        setting = Setting.APPROVAL_CREDITS
        typed = next(iter(modal_values(interaction).get(setting.value, ())), "").strip()
        given = {setting: _number(typed)}
        await self._change(interaction, guild, given, arguments[0], page_of(setting))

    async def _change(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        given: Mapping[Setting, object],
        expected: str,
        page: SetupPage,
    ) -> None:
        """Check and make changes, and show the panel as it is afterwards."""
        catalogue = await self._setups.available()
        changes = _checked(given, catalogue, guild)
        if isinstance(changes, InvalidValue):
            note = messages.invalid_note(private_texts(interaction), changes)
            await self._show(interaction, guild, await self._setups.get(guild.id), page, note)
            return
        outcome = await self._setups.change(audit_context(interaction, None), changes, expected)
        panel, texts = panel_of(guild, outcome.setup, catalogue), private_texts(interaction)
        notes: Sequence[str] = ()
        if isinstance(outcome, SetupChanged):
            notes = messages.changed_notes(texts, panel, outcome.settings)
        elif isinstance(outcome, SetupConflict):
            notes = [messages.conflict_note(texts)]
        await _respond(interaction, panel, page, notes)

    async def _show(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        setup: ServerSetup,
        page: SetupPage,
        *notes: str,
        edit: bool = True,
    ) -> None:
        """Show a page of the panel.

        `edit` replaces the message that was used.
        """
        panel = panel_of(guild, setup, await self._setups.available())
        await _respond(interaction, panel, page, notes, edit=edit)


async def _respond(
    interaction: Interaction, panel: Panel, page: SetupPage, notes: Sequence[str], *, edit: bool = True
) -> None:
    texts = private_texts(interaction)
    embed, view = messages.panel_embed(texts, panel, notes), messages.panel_view(texts, panel, page)
    await respond_ephemeral(interaction, embed, view, edit=edit)


def _checked(
    given: Mapping[Setting, object], catalogue: Catalogue, guild: discord.Guild
) -> Mapping[Setting, SettingValue] | InvalidValue:
    """Return checked values, or the first problem."""
    changes: dict[Setting, SettingValue] = {}
    for setting, value in given.items():
        checked = check(setting, value, catalogue)
        if not isinstance(checked, InvalidValue):
            checked = fitting(guild, setting, checked)
        if isinstance(checked, InvalidValue):
            return checked
        changes[setting] = checked
    return check_together(ServerSetup().changed(changes)) or changes


def _page(arguments: tuple[str, ...]) -> SetupPage:
    if not arguments or arguments[0] not in tuple(SetupPage):
        raise InvalidCustomId
    return SetupPage(arguments[0])


def _number(typed: str) -> int | str | None:
    """Return what was typed, as a number where it is one."""
    if not typed:
        return None
    return int(typed) if typed.isdecimal() and len(typed) <= len(str(MAX_CREDITS)) else typed


def _seconds(typed: str) -> int | str | None:
    """Return what was typed, as a number where it is one."""
    if not typed:
        return None
    seconds = modals.parse_seconds(typed)
    return typed if seconds is None else seconds
