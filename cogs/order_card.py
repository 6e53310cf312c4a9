"""Shows the card of a new job.

Only an accepted response queues the job.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog

from bot.discord_client.interaction_texts import private_texts
from bot.discord_client.responses import (
    correct_card,
    replace_ephemeral,
    respond,
    respond_with_followup,
    send_ephemeral,
)
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage
from bot.domain.estimates import Estimate
from bot.domain.job import Job, JobState
from bot.domain.order import OrderPlaced
from bot.errors import AnsweredElsewhere, DeliveryRejected, DeliveryUnconfirmed, StorageError
from bot.locales.texts import texts_in
from bot.services.orders import OrderService
from bot.ui import errors, job_messages, links, quotes
from cogs.checks import Interaction

_log = structlog.stdlib.get_logger(__name__)


class OrderCard:
    """Responds to an order with its job's card.

    `estimate` says how long a new job may take.
    """

    def __init__(self, orders: OrderService, catalogue: Catalogue, estimate: Callable[[OrderPlaced], Estimate]) -> None:
        self._orders = orders
        self._catalogue = catalogue
        self._estimate = estimate

    async def show(self, interaction: Interaction, placed: OrderPlaced, *, edit: bool) -> bool:
        """Show the card and queue the job.

        The job is voided where Discord does not accept the response. Returns False where the job was voided and this
        interaction's ephemeral message may still say "ordered". Where another process responded, it returns True.
        """
        job = placed.job
        texts = texts_in(job.server_language)
        card = job_messages.job_embed(texts, job, self._catalogue, self._estimate(placed))
        view = job_messages.job_view(texts, job)
        try:
            if edit:
                card_message_id = await respond_with_followup(
                    interaction, quotes.accepted_embed(private_texts(interaction)), card, view
                )
            else:
                card_message_id = await respond(interaction, card, view)
        except AnsweredElsewhere:
            await self._orders.void(job, notify=False)
            return True
        except (DeliveryRejected, DeliveryUnconfirmed) as exc:
            await self._orders.void(job, notify=isinstance(exc, DeliveryUnconfirmed))
            _log.warning("response_unconfirmed", job_id=job.id, error_type=type(exc).__name__, error=str(exc))
            return False
        if card_message_id is None:  # accepted, but Discord did not say which message it is
            await self._orders.void(job, notify=False)
        elif await self._orders.enqueue(job, card_message_id):
            if edit:
                await self._link_to_card(interaction, job, card_message_id)
            return True
        return await self._not_confirmed(interaction, job, card_message_id if edit else None)

    async def _link_to_card(self, interaction: Interaction, job: Job, card_message_id: int) -> None:
        """Link to the card, which was sent after the private answer."""
        texts = private_texts(interaction)
        link = links.jump_to_movie(texts, job, PostedMessage(job.channel_id, card_message_id), mine=True)
        await replace_ephemeral(interaction, quotes.accepted_embed(texts, link), None)

    async def _not_confirmed(self, interaction: Interaction, job: Job, followup_id: int | None) -> bool:
        """Tell the member that nothing will be made, and correct the card.

        `followup_id` is the card's id where the card is a followup message. Returns True if the job is queued after
        all.
        """
        try:
            job = await self._orders.current(job)
        except StorageError:  # `void_unacknowledged` voids it, and its card is found later
            _log.warning("job_not_read", job_id=job.id)
        if job.acknowledged_at is not None:  # the commit only seemed to fail
            return True
        if job.state is JobState.CANCELLED:
            texts = texts_in(job.server_language)
            embed, view = job_messages.job_embed(texts, job, self._catalogue), job_messages.job_view(texts, job)
            await correct_card(interaction, followup_id, embed, view)
            await send_ephemeral(interaction, errors.order_voided(private_texts(interaction)))
        else:
            await send_ephemeral(interaction, errors.not_queued(private_texts(interaction)))
        return False
