"""/preferences: a member's own choices.

Everyone who clicks sees and changes only their own.
"""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.discord_client.modals import selected_value
from bot.discord_client.responses import Interaction, is_private, private_texts, respond_ephemeral
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.ui import preferences as messages
from bot.ui.command_descriptions import localized
from bot.ui.preferences import PreferencesPage
from cogs.answering import Answering
from cogs.component_router import InvalidCustomId, YesNo, component
from data import movie_nights, preferences


class PreferencesCog(Answering, commands.Cog):
    """Shows, changes and deletes a member's preferences."""

    @app_commands.command(name="preferences", description=localized("commands-preferences"))
    @app_commands.guild_only()
    async def preferences(self, interaction: Interaction) -> None:
        """Show the member's preferences."""
        await self._show(interaction, await self._database.read(preferences.get, interaction.user.id))

    @component("preferences")
    async def _choose(self, interaction: Interaction, field: PreferenceField) -> None:
        """Change a preference. The option may be forged."""
        member_id, option = interaction.user.id, selected_value(interaction)
        value = None if option == messages.DEFAULT else option
        page = PreferencesPage.EXTRAS if field in messages.EXTRA_FIELDS else PreferencesPage.MOVIE
        offered = await self._offered(interaction)
        updated = await self._database.write(preferences.update, member_id, field, value, offered)
        if updated is None:
            current = await self._database.read(preferences.get, member_id)
            await self._show(interaction, current, private_texts(interaction)("preferences-not-offered"), page)
        else:
            note = messages.conflict_note(private_texts(interaction), updated, offered)
            await self._show(interaction, updated.preferences, note, page)

    @component("preferences-page")
    async def _turn_page(self, interaction: Interaction, page: PreferencesPage) -> None:
        """Show the other page.

        The button may come from a version of the API that had extras.
        """
        current = await self._database.read(preferences.get, interaction.user.id)
        offered = page is PreferencesPage.MOVIE or (await self._offered(interaction)).limits.extras
        note = "" if offered else private_texts(interaction)("preferences-not-offered")
        await self._show(interaction, current, note, page)

    @component("preferences-target")
    async def _set_target(self, interaction: Interaction, target: DeliveryTarget) -> None:
        """Set the delivery target. Idempotent: the button names the target."""
        current = await self._database.write(preferences.change, interaction.user.id, delivery_target=target)
        note = private_texts(interaction)(
            "preferences-dm-set" if target is DeliveryTarget.DIRECT_MESSAGE else "preferences-channel-set"
        )
        await self._show(interaction, current, note)

    @component("preferences-listed")
    async def _set_listed(self, interaction: Interaction, listed: YesNo) -> None:
        """Show the member's movies by their stars, or don't.

        Idempotent: the button names the choice.
        """
        hidden = listed == "no"
        current = await self._database.write(movie_nights.set_unlisted, interaction.user.id, unlisted=hidden)
        note = private_texts(interaction)("preferences-unlisted" if hidden else "preferences-listed")
        await self._show(interaction, current, note)

    @component("preferences-storyboard")
    async def _set_storyboard(self, interaction: Interaction, chosen: YesNo) -> None:
        """Begin the member's movies with a storyboard, or don't.

        Idempotent: the button names the choice. It may come from a version of the API that had storyboards.
        """
        if Operation.STORYBOARD not in self._catalogue.limits.operations:
            raise InvalidCustomId
        member_id = interaction.user.id
        current = await self._database.write(preferences.change, member_id, storyboard=chosen == "yes")
        await self._show(interaction, current, messages.storyboard_choice(private_texts(interaction), current))

    @component("preferences-forget")
    async def _forget(self, interaction: Interaction) -> None:
        current = await self._database.write(preferences.reset, interaction.user.id)
        await self._show(interaction, current, private_texts(interaction)("preferences-reset"))

    async def _show(
        self,
        interaction: Interaction,
        current: Preferences,
        note: str = "",
        page: PreferencesPage = PreferencesPage.MOVIE,
    ) -> None:
        """Show the preferences, in place of a clicked ephemeral message."""
        texts, offered = private_texts(interaction), await self._offered(interaction)
        shown = messages.preferences_message(texts, current, offered, note, page)
        await respond_ephemeral(interaction, shown, edit=is_private(interaction))
