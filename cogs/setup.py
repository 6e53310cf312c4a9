"""/setup: what a server's managers decide for it.

Where and by whom movies may be made, and which. Each command, press and modal checks the permission for itself: it may
have been taken away since the panel was opened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.modals import modal_values, selected_values
from bot.discord_client.responses import respond_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.server_setup import FORMS, NOTHING_SET, SETTINGS, ServerSetup
from bot.domain.setting_kinds import Form, InvalidValue, Setting, SettingValue, SetupPage
from bot.ui import setup_panel as messages
from bot.ui.command_descriptions import localized
from bot.ui.setup_modals import NUMBER_FORMS, number_modal, page_of_form
from bot.ui.setup_panel import NOT_CHOSEN, Panel
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId
from cogs.quota_changes import audit_context
from cogs.server_ids import fitting, manageable_guild, panel_of
from cogs.setup_files import SetupFiles
from cogs.setup_filter import SetupFilter
from data import refused_models, server_setup, setup_changes
from data.database import Database
from data.setup_changes import SetupChanged, SetupConflict


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class SetupCog(commands.GroupCog, group_name="setup", group_description=localized("commands-setup")):
    """A private panel with selects and a modal."""

    def __init__(self, database: Database, files: SetupFiles, prompt_filter: SetupFilter) -> None:
        self._database = database
        self._files = files
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "setup": self._choose,
            "setup-page": self._turn_page,
            **{f"setup-{form}": partial(self._open_form, form) for form in NUMBER_FORMS},
            **{f"setup-{form}-set": partial(self._set_form, form) for form in NUMBER_FORMS},
            **files.component_handlers,
            **prompt_filter.component_handlers,
        }

    @app_commands.command(name="panel", description=localized("commands-setup-panel"))
    async def panel(self, interaction: Interaction) -> None:
        """Show the panel."""
        guild = await manageable_guild(interaction)
        if guild is not None:
            await self._show(
                interaction, guild, await self._database.read(server_setup.get, guild.id), SetupPage.MEMBERS, edit=False
            )

    @app_commands.command(name="export", description=localized("commands-setup-export"))
    async def export(self, interaction: Interaction) -> None:
        """Send the setup as a JSON file."""
        await self._files.export(interaction)

    @app_commands.command(name="import", description=localized("commands-setup-import"))
    @app_commands.describe(file=localized("commands-setup-import-file"))
    async def import_file(self, interaction: Interaction, file: discord.Attachment) -> None:
        """Show what a JSON file would change."""
        await self._files.show_changes(interaction, file)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        page = _page(arguments)
        guild = await manageable_guild(interaction)
        if guild is not None:
            await self._show(interaction, guild, await self._database.read(server_setup.get, guild.id), page)

    async def _choose(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Change a setting to what was picked."""
        match arguments:
            case (name, expected) if name in SETTINGS:
                setting = SETTINGS[name]
            case _:
                raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        picked = [value for value in selected_values(interaction) if value != NOT_CHOSEN]
        await self._change(interaction, guild, {setting: setting.parse(picked)}, expected, setting.page)

    async def _open_form(self, form: Form, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        page = page_of_form(form, arguments)
        if page is None:
            raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is not None:
            setup = await self._database.read(server_setup.get, guild.id)
            catalogue = await self._database.read(refused_models.available)
            await interaction.response.send_modal(
                number_modal(private_texts(interaction), form, page, setup, catalogue)
            )

    async def _set_form(self, form: Form, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set what a form contains; an empty input is not set."""
        *origin, expected = arguments or ("",)
        page = page_of_form(form, tuple(origin))
        if page is None or not expected:
            raise InvalidCustomId
        guild = await manageable_guild(interaction)
        if guild is None:
            return
        typed = {name: values[0].strip() for name, values in modal_values(interaction).items()}
        given = {setting: setting.parse([typed.get(setting.name, "")]) for setting in FORMS[form]}
        await self._change(interaction, guild, given, expected, page)

    async def _change(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        given: Mapping[Setting, object],
        expected: str,
        page: SetupPage,
    ) -> None:
        """Check and make changes, and show the panel as it is afterwards."""
        catalogue = await self._database.read(refused_models.available)
        changes = _checked(given, catalogue, guild)
        if isinstance(changes, InvalidValue):
            note = messages.invalid_note(private_texts(interaction), changes)
            await self._show(interaction, guild, await self._database.read(server_setup.get, guild.id), page, note)
            return
        outcome = await self._database.write(
            setup_changes.change, changes, expected, by=audit_context(interaction, None)
        )
        panel, texts = panel_of(guild, outcome.setup, catalogue), private_texts(interaction)
        notes: Sequence[str] = ()
        if isinstance(outcome, SetupChanged):
            notes = messages.changed_notes(texts, panel, outcome.settings)
        elif isinstance(outcome, SetupConflict):
            notes = [texts("setup-conflict")]
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
        panel = panel_of(guild, setup, await self._database.read(refused_models.available))
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
        checked = setting.check(value, catalogue)
        if not isinstance(checked, InvalidValue):
            checked = fitting(guild, setting, checked)
        if isinstance(checked, InvalidValue):
            return checked
        changes[setting] = checked
    return NOTHING_SET.changed(changes).problem() or changes


def _page(arguments: tuple[str, ...]) -> SetupPage:
    if not arguments or arguments[0] not in tuple(SetupPage):
        raise InvalidCustomId
    return SetupPage(arguments[0])
