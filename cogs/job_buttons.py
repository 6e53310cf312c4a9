"""The buttons of a job: ⋯, follow, target, remix, retry, link, receipt, cancel, delete.

bot/ui/job_buttons.py draws them, and bot/ui/movie_actions.py the card behind ⋯. They work after a restart and a year
later, because their state is in the database, never in memory. The receipt, the delivery target and *Cancel* are for
the job's own member; the others are for everyone who may see it, and a new order is paid by the member who clicks. A
movie that waits is cancelled at once, also by the server's staff. One that renders costs what the movie service has
charged, so its member sees that first, and confirms.

A finished movie is deleted by its member, where nobody else paid for it, or by the staff of its server. They read first
what is deleted and who else paid for it, and confirm. In the gallery of movies with many stars, they may also delete
only the message there. A button of an older message may be pressed at any time: what it may do is decided by the
database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.discord_client.responses import private_texts, replace_or_send, send_ephemeral, send_private
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.request import to_new_draft, to_offered_draft
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.privacy import read_balance
from bot.ui import button_responses, job_messages, modals, movie_actions, refusals
from bot.ui.components import in_rows
from bot.ui.job_buttons import MORE, buttons
from cogs.checks import Interaction, decline, role_ids
from cogs.component_router import ComponentHandler, id_argument
from cogs.job_access import JobAccess, only_staff, sees
from cogs.orders import OrderFlow
from data import job_actions, jobs, removals, shown_movies
from data.database import Database


class JobButtons:
    """Responds to the buttons of a job.

    `update_card` edits the job's card, and `update_messages` also the message that asks staff about it.
    """

    def __init__(
        self,
        database: Database,
        access: JobAccess,
        *,
        order_flow: OrderFlow,
        links: MovieLinks,
        cancellations: CancellationService,
        update_card: Callable[[Job], Awaitable[None]],
        update_messages: Callable[[Job], Awaitable[None]],
    ) -> None:
        self._database = database
        self._access = access
        self._order_flow = order_flow
        self._links = links
        self._cancellations = cancellations
        self._update_card = update_card
        self._update_messages = update_messages
        self.component_handlers: Mapping[str, ComponentHandler] = {
            MORE: self._more,
            "follow": self._follow,
            "unfollow": self._unfollow,
            "target": self._set_target,
            "remix": self._remix,
            "retry": self._retry,
            "refresh": self._refresh_link,
            "receipt": self._show_receipt,
            "cancel": self._cancel,
            "cancel-staff": self._cancel_as_staff,
            "cancel-confirm": self._request_cancel,
            "delete": self._ask_to_delete,
            "delete-confirm": self._delete,
        }

    async def _more(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show privately what the member may do now with the movie."""
        job, reader = await self._access.readable(
            interaction, id_argument(arguments), cancellable=self._cancellations.supported
        )
        await self._access.record_place(interaction, job)
        await send_private(interaction, movie_actions.more_message(private_texts(interaction), job, reader))

    async def _follow(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.visible_corrected(interaction, id_argument(arguments))
        if job.member_id == interaction.user.id:
            await self._access.answer(interaction, job, texts("buttons-own-movie"))
            return
        refused = await self._database.write(job_actions.follow, job.id, interaction.user.id)
        if refused is None:
            await self._access.answer(
                interaction, job, texts("buttons-following"), in_rows(*buttons(texts, job, "unfollow"))
            )
        else:
            await self._access.answer(interaction, job, refusals.refusal_text(texts, refused))

    async def _unfollow(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job_id, text = id_argument(arguments), private_texts(interaction)("buttons-unfollowed")
        await self._database.write(job_actions.unfollow, job_id, interaction.user.id)
        found = await self._database.read(job_actions.item, job_id, interaction.user.id)
        if found is None or not sees(interaction, found):
            await send_ephemeral(interaction, text)
        else:
            await self._access.answer(interaction, found.job, text)

    async def _set_target(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.owned(interaction, id_argument(arguments))
        direct = arguments[1:] == (DeliveryTarget.DIRECT_MESSAGE.value,)
        target = DeliveryTarget.DIRECT_MESSAGE if direct else DeliveryTarget.CHANNEL
        changed = await self._database.write(job_actions.set_delivery_target, job.id, interaction.user.id, target)
        if changed is None:
            await self._access.answer(
                interaction, job, texts("pledges-to-channel" if job.is_shared else "buttons-finished")
            )
            return
        await self._access.answer(interaction, changed, texts("buttons-to-direct" if direct else "buttons-to-channel"))
        await self._update_card(changed)

    async def _remix(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        job = await self._access.with_prompt(interaction, id_argument(arguments))
        purpose, action = modals.ModalPurpose.REMIX, ("order-remix", job.id)
        draft = to_new_draft(job.request, self._database.policy.catalogue.limits)
        await self._order_flow.open_modal(interaction, draft, purpose=purpose, action=action)

    async def _retry(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Order the movie again, which whoever presses pays."""
        job = await self._access.with_prompt(interaction, id_argument(arguments))
        draft = to_offered_draft(job.request, await self._order_flow.offered(interaction))
        await self._order_flow.submit(interaction, draft, show_price=True, is_new=False)

    async def _show_receipt(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Show the requester, and no one else, what the movie cost."""
        job = await self._access.owned(interaction, id_argument(arguments))
        here = job.guild_id == interaction.guild_id  # elsewhere, Discord does not say which roles the member has
        roles = role_ids(interaction.user) if here else job.role_ids
        balance = await read_balance(self._database, job.guild_id, job.member_id, roles)
        text = button_responses.receipt(private_texts(interaction), job, balance)
        await self._access.answer(interaction, job, text)

    async def _refresh_link(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Send a fresh link, and let the movie's messages show it, too."""
        texts = private_texts(interaction)
        job = await self._access.visible(interaction, id_argument(arguments))
        if job.removed_at is not None:
            await self._access.record_place(interaction, job)
            await decline(interaction, "buttons-link-deleted")
        await interaction.response.defer()
        await self._access.record_place(interaction, job)
        fresh = await self._links.refresh_for(interaction.user.id, job)
        if isinstance(fresh, Refused):
            await self._access.answer(interaction, job, refusals.refusal_text(texts, fresh))
            return
        if fresh is None:
            await send_private(interaction, button_responses.no_fresh_link(texts, job))
            return
        if interaction.user.id == fresh.member_id:
            await self._database.write(job_actions.mark_claimed, fresh.id, fresh.member_id)
        await self._database.write(shown_movies.show, fresh)
        await send_private(interaction, button_responses.fresh_link(texts, fresh))

    async def _cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.owned(interaction, id_argument(arguments))
        cancelled = await self._database.write(job_actions.cancel, job.id, interaction.user.id)
        if cancelled is not None:
            await self._access.answer(interaction, cancelled, button_responses.cancelled(texts, cancelled))
            await self._update_messages(cancelled)
            return
        job = await self._database.read(jobs.find, job.id) or job
        if self._cancellations.can_ask(job):
            await self._ask_to_cancel(interaction, job)
        else:
            await self._access.answer(interaction, job, self._why_not(interaction, job))

    async def _cancel_as_staff(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        """Cancel someone's movie that waits."""
        job = await self._access.visible(interaction, id_argument(arguments))
        await only_staff(interaction, self._database)
        by = AuditContext(interaction.user.id, interaction.guild_id or 0, interaction_id=interaction.id)
        cancelled = await self._database.write(job_actions.cancel_as_staff, job.id, by=by)
        if cancelled is None:
            job = await self._database.read(jobs.find, job.id) or job
            await self._access.answer(interaction, job, self._why_not(interaction, job))
            return
        await self._access.answer(
            interaction, cancelled, button_responses.cancelled(private_texts(interaction), cancelled)
        )
        await self._update_messages(cancelled)

    async def _ask_to_cancel(self, interaction: Interaction, job: Job) -> None:
        """Show what a cancellation would cost, if there is time."""
        texts = private_texts(interaction)
        if not interaction.response.is_done():
            await interaction.response.defer()  # the API may take longer than Discord's 3 seconds
        preview = await self._cancellations.preview(job)
        if isinstance(preview, Refused):
            await self._access.answer(interaction, job, refusals.refusal_text(texts, preview))
            return
        question = button_responses.cancel_question(texts, preview)
        view = in_rows(*buttons(texts, job, "cancel-confirm"))
        await self._access.answer(interaction, job, question, view)

    async def _request_cancel(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.owned(interaction, id_argument(arguments))
        requested = await self._cancellations.request(job.id, interaction.user.id)
        if requested is None:
            job = await self._database.read(jobs.find, job.id) or job
            await self._access.answer(interaction, job, self._why_not(interaction, job), replaces=True)
            return
        await self._access.answer(interaction, requested, texts("buttons-cancel-requested"), replaces=True)
        await self._update_messages(requested)

    def _why_not(self, interaction: Interaction, job: Job) -> str:
        texts = private_texts(interaction)
        return button_responses.not_cancelled(texts, job, cancellable=self._cancellations.supported)

    async def _ask_to_delete(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.deletable(interaction, id_argument(arguments))
        await self._access.record_place(interaction, job)
        if job.state is not JobState.COMPLETED or job.removed_at is not None:
            await self._access.answer(interaction, job, button_responses.not_deleted(texts, job))
            return
        mine = job.member_id == interaction.user.id
        message, offered = interaction.message, [*buttons(texts, job, "delete-confirm")]
        if message is not None and job_messages.is_notification(job, message, NotificationType.STARRED):
            offered.append(button_responses.leave_gallery(texts, job))
        view = in_rows(*offered)
        others = await self._access.other_payers(job, interaction.user.id)
        await self._access.answer(
            interaction, job, button_responses.delete_question(texts, job, others, mine=mine), view
        )

    async def _delete(self, interaction: Interaction, arguments: tuple[str, ...]) -> None:
        texts = private_texts(interaction)
        job = await self._access.deletable(interaction, id_argument(arguments))
        by = AuditContext(interaction.user.id, job.guild_id, interaction_id=interaction.id)
        if button_responses.GALLERY in arguments[1:] and job.removed_at is None:
            await self._database.write(removals.leave_gallery, job.id, by)
            await replace_or_send(interaction, texts("buttons-left-gallery"))
            return
        if await self._database.write(removals.remove, job.id, by) is not None:
            await replace_or_send(interaction, texts("buttons-deleted"))
            return
        job = await self._access.deletable(interaction, job.id)
        await self._access.answer(interaction, job, button_responses.not_deleted(texts, job), replaces=True)
