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

from dataclasses import dataclass

from bot.discord_client.publisher import DiscordPublisher
from bot.discord_client.responses import (
    Declined,
    Interaction,
    private_texts,
    replace_or_send,
    send_private,
    send_text,
)
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.domain.request import to_new_draft, to_offered_draft
from bot.services.cancellations import CancellationService
from bot.services.movie_links import MovieLinks
from bot.services.privacy import read_balance
from bot.ui import button_responses, job_messages, movie_actions, refusals
from bot.ui.components import in_rows
from bot.ui.job_buttons import MORE, buttons
from cogs.answering import Answering
from cogs.checks import role_ids
from cogs.component_router import IdArgument, component
from cogs.job_access import JobAccess, only_staff, sees
from cogs.order_flow import of_press
from data import job_actions, jobs, removals, shown_movies


@dataclass(eq=False, kw_only=True)
class JobButtons(Answering):
    """Responds to the buttons of a job."""

    links: MovieLinks
    cancellations: CancellationService
    publisher: DiscordPublisher

    @component(MORE)
    async def _more(self, interaction: Interaction, job_id: IdArgument) -> None:
        """Show privately what the member may do now with the movie."""
        cancellable = self.cancellations.supported
        job, reader = await self.readable(interaction, job_id, cancellable=cancellable)
        await self.record_place(interaction, job)
        await send_private(interaction, movie_actions.more_message(private_texts(interaction), job, reader))

    @component("follow", given=JobAccess.visible_corrected)
    async def _follow(self, interaction: Interaction, job: Job) -> None:
        texts = private_texts(interaction)
        if job.member_id == interaction.user.id:
            await self.decline(interaction, job, texts("buttons-own-movie"))
        refused = await self._database.write(job_actions.follow, job.id, interaction.user.id)
        if refused is not None:
            await self.decline(interaction, job, refusals.refusal_text(texts, refused))
        unfollow = in_rows(*buttons(texts, job, "unfollow"))
        await self.answer(interaction, job, texts("buttons-following"), *unfollow)

    @component("unfollow")
    async def _unfollow(self, interaction: Interaction, job_id: IdArgument) -> None:
        await self._database.write(job_actions.unfollow, job_id, interaction.user.id)
        found = await self._database.read(job_actions.item, job_id, interaction.user.id)
        if found is not None and sees(interaction, found):
            await self.answer(interaction, found.job, private_texts(interaction)("buttons-unfollowed"))
        else:
            await send_text(interaction, "buttons-unfollowed")

    @component("target", given=JobAccess.owned)
    async def _set_target(self, interaction: Interaction, job: Job, where: str = "") -> None:
        texts = private_texts(interaction)
        target = DeliveryTarget.DIRECT_MESSAGE if where == DeliveryTarget.DIRECT_MESSAGE else DeliveryTarget.CHANNEL
        changed = await self._database.write(job_actions.set_delivery_target, job.id, interaction.user.id, target)
        if changed is None:
            await self.decline(interaction, job, texts("pledges-to-channel" if job.is_shared else "buttons-finished"))
        direct = target is DeliveryTarget.DIRECT_MESSAGE
        await self.answer(interaction, changed, texts("buttons-to-direct" if direct else "buttons-to-channel"))
        await self.publisher.update_card(changed)

    @component("remix", given=JobAccess.with_prompt)
    async def _remix(self, interaction: Interaction, job: Job) -> None:
        draft, action = to_new_draft(job.request, self._catalogue.limits), ("order-remix", job.id)
        await self._flow.open_modal(interaction, draft, title="forms-remix-modal-title", action=action)

    @component("retry", given=JobAccess.with_prompt)
    async def _retry(self, interaction: Interaction, job: Job) -> None:
        """Order the movie again, which whoever presses pays."""
        draft = to_offered_draft(job.request, await self._flow.offered(interaction))
        await self._flow.submit(interaction, of_press(interaction, draft))

    @component("receipt", given=JobAccess.owned)
    async def _show_receipt(self, interaction: Interaction, job: Job) -> None:
        """Show the requester, and no one else, what the movie cost."""
        here = job.guild_id == interaction.guild_id  # elsewhere, Discord does not say which roles the member has
        roles = role_ids(interaction.user) if here else job.role_ids
        balance = await read_balance(self._database, job.guild_id, job.member_id, roles)
        text = button_responses.receipt(private_texts(interaction), job, balance)
        await self.answer(interaction, job, text)

    @component("refresh", given=JobAccess.visible)
    async def _refresh_link(self, interaction: Interaction, job: Job) -> None:
        """Send a fresh link, and let the movie's messages show it, too."""
        texts = private_texts(interaction)
        if job.removed_at is not None:
            await self.record_place(interaction, job)
            raise Declined("buttons-link-deleted")
        await interaction.response.defer()
        await self.record_place(interaction, job)
        fresh = await self.links.refresh_for(interaction.user.id, job)
        if isinstance(fresh, Refused):
            await self.decline(interaction, job, refusals.refusal_text(texts, fresh))
        if fresh is None:
            raise Declined(button_responses.no_fresh_link(texts, job))
        if interaction.user.id == fresh.member_id:
            await self._database.write(job_actions.mark_claimed, fresh.id, fresh.member_id)
        await self._database.write(shown_movies.show, fresh)
        await send_private(interaction, button_responses.fresh_link(texts, fresh))

    @component("cancel", given=JobAccess.owned)
    async def _cancel(self, interaction: Interaction, job: Job) -> None:
        cancelled = await self._database.write(job_actions.cancel, job.id, interaction.user.id)
        if cancelled is not None:
            await self._say_cancelled(interaction, cancelled)
            return
        job = await self._database.read(jobs.find, job.id) or job
        if not (self.cancellations.supported and job.can_be_stopped):
            await self.decline(interaction, job, self._why_not(interaction, job))
        await self._ask_to_cancel(interaction, job)

    @component("cancel-staff", given=JobAccess.visible)
    async def _cancel_as_staff(self, interaction: Interaction, job: Job) -> None:
        """Cancel someone's movie that waits."""
        await only_staff(interaction, self._database)
        by = AuditContext(interaction.user.id, interaction.guild_id or 0, interaction_id=interaction.id)
        cancelled = await self._database.write(job_actions.cancel_as_staff, job.id, by=by)
        if cancelled is None:
            job = await self._database.read(jobs.find, job.id) or job
            await self.decline(interaction, job, self._why_not(interaction, job))
        await self._say_cancelled(interaction, cancelled)

    async def _say_cancelled(self, interaction: Interaction, job: Job) -> None:
        await self.answer(interaction, job, button_responses.cancelled(private_texts(interaction), job))
        await self.publisher.update_messages(job)

    async def _ask_to_cancel(self, interaction: Interaction, job: Job) -> None:
        """Show what a cancellation would cost, if there is time."""
        texts = private_texts(interaction)
        if not interaction.response.is_done():
            await interaction.response.defer()  # the API may take longer than Discord's 3 seconds
        preview = await self.cancellations.preview(job)
        if isinstance(preview, Refused):
            await self.decline(interaction, job, refusals.refusal_text(texts, preview))
        view = in_rows(*buttons(texts, job, "cancel-confirm"))
        await self.answer(interaction, job, button_responses.cancel_question(texts, preview), *view)

    @component("cancel-confirm", given=JobAccess.owned)
    async def _request_cancel(self, interaction: Interaction, job: Job) -> None:
        requested = None
        if self.cancellations.supported:
            requested = await self._database.write(job_actions.request_cancel, job.id, interaction.user.id)
        if requested is None:
            job = await self._database.read(jobs.find, job.id) or job
            await self.replace(interaction, job, self._why_not(interaction, job))
            return
        await self.replace(interaction, requested, private_texts(interaction)("buttons-cancel-requested"))
        await self.publisher.update_messages(requested)

    def _why_not(self, interaction: Interaction, job: Job) -> str:
        cancellable = self.cancellations.supported
        return button_responses.not_cancelled(private_texts(interaction), job, cancellable=cancellable)

    @component("delete", given=JobAccess.deletable)
    async def _ask_to_delete(self, interaction: Interaction, job: Job) -> None:
        texts = private_texts(interaction)
        await self.record_place(interaction, job)
        if job.state is not JobState.COMPLETED or job.removed_at is not None:
            await self.decline(interaction, job, button_responses.not_deleted(texts, job))
        mine = job.member_id == interaction.user.id
        message, offered = interaction.message, [*buttons(texts, job, "delete-confirm")]
        if message is not None and job_messages.is_notification(job, message, NotificationType.STARRED):
            offered.append(button_responses.leave_gallery(texts, job))
        others = await self.other_payers(job, interaction.user.id)
        question = button_responses.delete_question(texts, job, others, mine=mine)
        await self.answer(interaction, job, question, *in_rows(*offered))

    @component("delete-confirm", given=JobAccess.deletable)
    async def _delete(self, interaction: Interaction, job: Job, where: str = "") -> None:
        texts = private_texts(interaction)
        by = AuditContext(interaction.user.id, job.guild_id, interaction_id=interaction.id)
        if where == button_responses.GALLERY and job.removed_at is None:
            await self._database.write(removals.leave_gallery, job.id, by)
            await replace_or_send(interaction, texts("buttons-left-gallery"))
            return
        if await self._database.write(removals.remove, job.id, by) is not None:
            await replace_or_send(interaction, texts("buttons-deleted"))
            return
        job = await self.deletable(interaction, job.id)
        await self.replace(interaction, job, button_responses.not_deleted(texts, job))
