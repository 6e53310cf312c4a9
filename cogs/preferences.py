"""/preferences: a member's own choices.

Everyone who clicks sees and changes only their own.
"""

from __future__ import annotations

from collections.abc import Mapping

from discord import app_commands
from discord.ext import commands

from bot.discord_client.modals import selected_value
from bot.discord_client.responses import private_texts, respond_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.operations import Operation
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.ui import preferences as messages
from bot.ui.command_descriptions import localized
from bot.ui.preferences import PreferencesPage
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, InvalidCustomId
from data import availability, movie_nights, preferences
from data.database import Database


class PreferencesCog(commands.Cog):
    """Shows, changes and deletes a member's preferences."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "preferences": self._choose,
            "preferences-page": self._turn_page,
            "preferences-target": self._set_target,
            "preferences-listed": self._set_listed,
            "preferences-storyboard": self._set_storyboard,
            "preferences-forget": self._forget,
        }

    @app_commands.command(name="preferences", description=localized("commands-preferences"))
    @app_commands.guild_only()
    async def preferences(self, interaction: Interaction) -> None:
        """Show the member's preferences."""
        await self._show(interaction, await self._database.read(preferences.get, interaction.user.id))

    async def _choose(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Change a preference. The option may be forged."""
        if not arguments or arguments[0] not in tuple(PreferenceField):
            raise InvalidCustomId
        member_id, option = interaction.user.id, selected_value(interaction)
        value, field = None if option == messages.DEFAULT else option, PreferenceField(arguments[0])
        page = PreferencesPage.EXTRAS if field in messages.EXTRA_FIELDS else PreferencesPage.MOVIE
        offered = await self._offered(interaction)
        updated = await self._database.write(preferences.update, member_id, field, value, offered)
        if updated is None:
            current = await self._database.read(preferences.get, member_id)
            await self._show(interaction, current, private_texts(interaction)("preferences-not-offered"), page)
        else:
            note = messages.conflict_note(private_texts(interaction), updated, offered)
            await self._show(interaction, updated.preferences, note, page)

    async def _turn_page(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the other page.

        The button may come from a version of the API that had extras.
        """
        if not arguments or arguments[0] not in tuple(PreferencesPage):
            raise InvalidCustomId
        page = PreferencesPage(arguments[0])
        current = await self._database.read(preferences.get, interaction.user.id)
        offered = page is PreferencesPage.MOVIE or (await self._offered(interaction)).limits.extras
        await self._show(
            interaction, current, "" if offered else private_texts(interaction)("preferences-not-offered"), page
        )

    async def _set_target(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Set the delivery target. Idempotent: the button names the target."""
        if not arguments or arguments[0] not in tuple(DeliveryTarget):
            raise InvalidCustomId
        target = DeliveryTarget(arguments[0])
        current = await self._database.write(preferences.set_delivery_target, interaction.user.id, target)
        note = private_texts(interaction)(
            "preferences-dm-set" if target is DeliveryTarget.DIRECT_MESSAGE else "preferences-channel-set"
        )
        await self._show(interaction, current, note)

    async def _set_listed(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the member's movies by their stars, or don't.

        Idempotent: the button names the choice.
        """
        if arguments not in (("yes",), ("no",)):
            raise InvalidCustomId
        hidden = arguments == ("no",)
        current = await self._database.write(movie_nights.set_unlisted, interaction.user.id, unlisted=hidden)
        note = private_texts(interaction)("preferences-unlisted" if hidden else "preferences-listed")
        await self._show(interaction, current, note)

    async def _set_storyboard(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Begin the member's movies with a storyboard, or don't.

        Idempotent: the button names the choice. It may come from a version of the API that had storyboards.
        """
        offered = self._database.policy.catalogue.limits.operations
        if arguments not in (("yes",), ("no",)) or Operation.STORYBOARD not in offered:
            raise InvalidCustomId
        chosen = arguments == ("yes",)
        current = await self._database.write(preferences.set_storyboard, interaction.user.id, storyboard=chosen)
        await self._show(interaction, current, messages.storyboard_choice(private_texts(interaction), current))

    async def _forget(self, interaction: Interaction, _: tuple[str, ...]) -> None:
        current = await self._database.write(preferences.reset, interaction.user.id)
        await self._show(interaction, current, private_texts(interaction)("preferences-reset"))

    async def _offered(self, interaction: Interaction) -> Catalogue:
        """Return what this server offers, with its defaults."""
        return await self._database.read(availability.of_server, interaction.guild_id or 0)

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
        clicked = interaction.message
        await respond_ephemeral(interaction, shown, edit=clicked is not None and clicked.flags.ephemeral)
