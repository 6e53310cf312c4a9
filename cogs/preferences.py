"""/preferences: what is remembered of a member. Whoever presses sees and changes their own, whoever's card it is."""

from __future__ import annotations

from collections.abc import Mapping

from discord import app_commands
from discord.ext import commands

from bot.discord_client.modals import selected_value
from bot.discord_client.responses import respond_ephemeral, send_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.ui import command_descriptions as names
from bot.ui import errors
from bot.ui import preferences as texts
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler
from data.protocols import PreferenceKeeper


class PreferencesCog(commands.Cog):
    """Shows, changes and forgets what is remembered."""

    def __init__(self, preferences: PreferenceKeeper, catalogue: Catalogue) -> None:
        self._preferences = preferences
        self._catalogue = catalogue
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "preferences": self._choose,
            "preferences-target": self._tell,
            "preferences-forget": self._forget,
        }

    @app_commands.command(name="preferences", description=names.PREFERENCES)
    @app_commands.guild_only()
    async def preferences(self, interaction: Interaction) -> None:
        """Show what is remembered of whoever asks."""
        await self._show(interaction, await self._preferences.get(interaction.user.id))

    async def _choose(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """A menu's line was chosen: a text that anyone may have forged."""
        if not arguments or arguments[0] not in tuple(PreferenceField):
            await send_ephemeral(interaction, errors.outdated_command())
            return
        line = selected_value(interaction)
        value = None if line == texts.DEFAULT else line
        made = await self._preferences.update(
            interaction.user.id, PreferenceField(arguments[0]), value, self._catalogue
        )
        if made is None:
            await self._show(interaction, await self._preferences.get(interaction.user.id), texts.not_offered())
        else:
            await self._show(interaction, made.preferences, texts.conflict_note(made, self._catalogue))

    async def _tell(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """The button names where movies go from now on, so that pressing it twice changes nothing more."""
        if not arguments or arguments[0] not in tuple(DeliveryTarget):
            await send_ephemeral(interaction, errors.outdated_command())
            return
        tell = DeliveryTarget(arguments[0])
        await self._show(
            interaction,
            await self._preferences.set_delivery_target(interaction.user.id, tell),
            texts.target_changed(tell),
        )

    async def _forget(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await self._preferences.delete(interaction.user.id)
        await self._show(interaction, Preferences(), texts.forgotten())

    async def _show(self, interaction: Interaction, kept: Preferences, note: str = "") -> None:
        """Show the card, in place of the private one that was pressed."""
        embed, view = (
            texts.preferences_embed(kept, self._catalogue, note),
            texts.preferences_view(kept, self._catalogue),
        )
        pressed = interaction.message
        await respond_ephemeral(interaction, embed, view, edit=pressed is not None and pressed.flags.ephemeral)
