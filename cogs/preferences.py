"""/preferences: what is remembered of a member. Whoever presses sees and changes their own, whoever's card it is."""

from __future__ import annotations

from collections.abc import Mapping

from discord import app_commands
from discord.ext import commands

from bot.domain.catalogue import Catalogue
from bot.domain.preferences import Choice, Preferences, Tell
from bot.front.answers import say, whisper
from bot.front.forms import chosen
from bot.texts import commands as names
from bot.texts import preferences as texts
from bot.texts import refusals
from cogs.people import Interaction
from cogs.presses import Handler
from data.protocols import PreferenceKeeper


class PreferencesCog(commands.Cog):
    """Shows, changes and forgets what is remembered."""

    def __init__(self, preferences: PreferenceKeeper, catalogue: Catalogue) -> None:
        self._preferences = preferences
        self._catalogue = catalogue
        self.presses: Mapping[str, Handler] = {
            "preferences": self._choose,
            "preferences-tell": self._tell,
            "preferences-forget": self._forget,
        }

    @app_commands.command(name="preferences", description=names.PREFERENCES)
    @app_commands.guild_only()
    async def preferences(self, interaction: Interaction) -> None:
        """Show what is remembered of whoever asks."""
        await self._show(interaction, await self._preferences.of(interaction.user.id))

    async def _choose(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """A menu's line was chosen: a text that anyone may have forged."""
        if not arguments or arguments[0] not in tuple(Choice):
            await say(interaction, refusals.out_of_date())
            return
        line = chosen(interaction)
        value = None if line == texts.DEFAULT else line
        made = await self._preferences.choose(interaction.user.id, Choice(arguments[0]), value, self._catalogue)
        if made is None:
            await self._show(interaction, await self._preferences.of(interaction.user.id), texts.not_offered())
        else:
            await self._show(interaction, made.preferences, texts.chosen(made, self._catalogue))

    async def _tell(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """The button names where movies go from now on, so that pressing it twice changes nothing more."""
        if not arguments or arguments[0] not in tuple(Tell):
            await say(interaction, refusals.out_of_date())
            return
        tell = Tell(arguments[0])
        await self._show(interaction, await self._preferences.tell(interaction.user.id, tell), texts.told(tell))

    async def _forget(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        await self._preferences.forget(interaction.user.id)
        await self._show(interaction, Preferences(), texts.forgotten())

    async def _show(self, interaction: Interaction, kept: Preferences, note: str = "") -> None:
        """Show the card, in place of the private one that was pressed."""
        embed, view = texts.preferences(kept, self._catalogue, note), texts.preferences_buttons(kept, self._catalogue)
        pressed = interaction.message
        await whisper(interaction, embed, view, instead=pressed is not None and pressed.flags.ephemeral)
