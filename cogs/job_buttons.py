"""The buttons beneath a movie: cancel, follow, where it goes, remix, again, a fresh link.

bot/ui/job_buttons.py draws them. They work after a restart and a year later: what a press means is read from the
database, never from memory. Cancel, Try again and where it goes are for the member whose movie it is; the others are
for everyone in its server, and who presses pays.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import discord
import structlog

from bot.discord_client.responses import log_discord_errors, say_link, send_ephemeral
from bot.domain.catalogue import Catalogue
from bot.domain.followers import FollowResult
from bot.domain.job import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import to_draft
from bot.services.movie_links import MovieLinks
from bot.ui import button_responses, job_messages, modals
from bot.ui.components import build_view
from bot.ui.job_buttons import finished_buttons, unfollow
from cogs.checks import Interaction
from cogs.component_router import ComponentHandler, id_argument
from cogs.order_flow import OrderFlow
from data.store import JobStore

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Hands:
    """What the buttons can do: `show` brings a job's card up to date.

    `now` returns UTC epoch milliseconds.
    """

    catalogue: Catalogue
    members: JobStore
    ordering: OrderFlow
    show: Callable[[Job], Awaitable[None]]
    links: MovieLinks
    now: Callable[[], int]


class JobButtons:
    """Answers the buttons of a movie."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._members = hands.members
        self.component_handlers: Mapping[str, ComponentHandler] = {
            "cancel": self._cancel,
            "follow": self._follow,
            "unfollow": self._unfollow,
            "target": self._tell,
            "remix": self._remix,
            "retry": self._again,
            "refresh": self._link,
        }

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job = await self._owned(interaction, id_argument(arguments))
        if job is None:
            return
        cancelled = await self._members.cancel(job.id, interaction.user.id, self._hands.now())
        if cancelled is None:
            await send_ephemeral(interaction, button_responses.not_cancelled(await self._members.job(job.id) or job))
            return
        await send_ephemeral(interaction, button_responses.cancelled(cancelled))
        await self._hands.show(cancelled)

    async def _follow(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job = await self._found(interaction, id_argument(arguments))
        if job is None:
            return
        if job.member_id == interaction.user.id:
            await send_ephemeral(interaction, button_responses.own_movie())
            return
        outcome = await self._members.follow(job.id, interaction.user.id)
        view = build_view(unfollow(job)) if outcome is FollowResult.FOLLOWING else None
        await send_ephemeral(interaction, button_responses.follow(outcome), view)

    async def _unfollow(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        await self._members.unfollow(id_argument(arguments), interaction.user.id)
        await send_ephemeral(interaction, button_responses.unfollowed())

    async def _tell(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job = await self._owned(interaction, id_argument(arguments))
        if job is None:
            return
        tell = (
            DeliveryTarget.DIRECT_MESSAGE
            if arguments[1:] == (DeliveryTarget.DIRECT_MESSAGE.value,)
            else DeliveryTarget.CHANNEL
        )
        told = await self._members.set_delivery_target(job.id, interaction.user.id, tell)
        await send_ephemeral(
            interaction, button_responses.already_finished() if told is None else button_responses.target_changed(tell)
        )
        if told is not None:
            await self._hands.show(told)

    async def _remix(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job = await self._visible(interaction, id_argument(arguments))
        if job is not None:
            await self._hands.ordering.open_modal(interaction, to_draft(job.request), title=modals.REMIX_TITLE)

    async def _again(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job = await self._visible(interaction, id_argument(arguments))
        if job is None:
            return
        if job.state is not JobState.COMPLETED and job.member_id != interaction.user.id:
            await send_ephemeral(interaction, button_responses.not_owner(job))
            return
        await self._hands.ordering.submit(interaction, to_draft(job.request), show_price=True)

    async def _link(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Ask for a fresh link; it is put into the movie's message, too, if that is where the button is."""
        job = await self._visible(interaction, id_argument(arguments))
        if job is None:
            return
        await interaction.response.defer()
        fresh = await self._hands.links.refresh(job)
        if fresh is None:
            await say_link(interaction, button_responses.no_fresh_link(job))
            return
        if interaction.user.id == fresh.member_id:
            await self._members.mark_claimed(fresh.id, fresh.member_id, self._hands.now())
        await say_link(interaction, button_responses.fresh_link(fresh))
        await _relink(interaction, fresh)

    async def _owned(self, interaction: Interaction, job_id: str) -> Job | None:
        """The job, if the presser asked for it; None, and they were told whose it is."""
        job = await self._found(interaction, job_id)
        if job is not None and job.member_id != interaction.user.id:
            await send_ephemeral(interaction, button_responses.not_owner(job))
            return None
        return job

    async def _found(self, interaction: Interaction, job_id: str) -> Job | None:
        """The job as `_visible` finds it; the card that was pressed is corrected, which may take the first answer."""
        job = await self._visible(interaction, job_id)
        if job is not None:
            await self._correct(interaction, job)
        return job

    async def _visible(self, interaction: Interaction, job_id: str) -> Job | None:
        """The job, if it may be seen from here: by its member, or in its own server. None, and they were told."""
        job = await self._members.job(job_id)
        if job is None or (job.member_id != interaction.user.id and job.guild_id != interaction.guild_id):
            await send_ephemeral(interaction, button_responses.not_found())
            return None
        return job

    async def _correct(self, interaction: Interaction, job: Job) -> None:
        """Bring the card that was pressed up to date, where its movie has ended and it does not say so.

        Its edit may have been lost, or the database may not know it: see bot/discord_client/stray_cards.py.
        """
        message = interaction.message
        if message is None or message.flags.ephemeral or not job.state.is_terminal:
            return
        if job_messages.is_card_of(job, message) and job_messages.is_outdated(job, message):
            card = job_messages.job_embed(job, self._hands.catalogue)
            with log_discord_errors():
                await interaction.response.edit_message(embed=card, view=job_messages.job_view(job))


async def _relink(interaction: Interaction, job: Job) -> None:
    """Put a fresh link into the movie's message, as a courtesy: the member has it already."""
    message = interaction.message
    if message is None or message.flags.ephemeral or not message.content:
        return
    direct = interaction.guild_id is None
    # beside ours, Discord shows one that it makes of a link in the content
    own = next((embed for embed in message.embeds if embed.footer.text), None)
    content, embed = job_messages.replace_link(message.content, own, job)
    with log_discord_errors():
        await interaction.edit_original_response(
            content=content,
            embed=discord.utils.MISSING if embed is None else embed,
            view=build_view(*finished_buttons(job, direct=direct)),
        )
