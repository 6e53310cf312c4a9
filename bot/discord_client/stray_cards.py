"""Corrects cards of voided orders that the database does not know.

A process that is killed after Discord accepted a card, and before the job is queued, leaves a card of a waiting movie.
The order is voided, which is final, so the corrected card stays true until the message about the order replaces it.
"""

from __future__ import annotations

from typing import Final

import aiohttp
import discord
import structlog

from bot.core.errors import DeliveryDeferred
from bot.discord_client import sent_messages
from bot.domain.catalogue import Catalogue
from bot.domain.job import Job, JobState
from bot.locales.texts import texts_in
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)

_PERMANENT_CODES: Final = frozenset(
    {
        10003,  # unknown channel
        10004,  # unknown server
        10008,  # unknown message: it was deleted since
        50001,  # missing access
        50013,  # missing permissions
        50083,  # the thread is archived
        160005,  # the thread is locked
    }
)
"""Codes after which the card is left as it is. Source: Discord's list of JSON error codes."""


async def correct(
    channel: discord.abc.Messageable,
    job: Job,
    author: discord.abc.Snowflake | None,
    catalogue: Catalogue,
    *,
    last_attempt: bool,
) -> int | None:
    """Update the card of a voided order, and return its id.

    None where the channel has none. The id is returned, too, where the card can't be edited: the message about the
    order replaces it all the same.

    Raises:
        DeliveryDeferred: Discord is unavailable, and it is not the `last_attempt`; retry later.
    """
    if author is None or job.state is not JobState.CANCELLED or job.card_message_id is not None:
        return None
    card: discord.Message | None = None
    try:
        card = await sent_messages.find_card(channel, job, author)
        if card is not None and job_messages.is_outdated(job, card):
            await _edit(card, job, catalogue)
    except (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError) as exc:
        if not last_attempt and not (isinstance(exc, discord.HTTPException) and exc.code in _PERMANENT_CODES):
            raise _deferred(exc) from exc
        _log.warning("card_not_corrected", job_id=job.id, error=str(exc))
    return card and card.id


async def _edit(card: discord.Message, job: Job, catalogue: Catalogue) -> None:
    texts = texts_in(job.server_language)
    await card.edit(embed=job_messages.job_embed(texts, job, catalogue), view=job_messages.job_view(texts, job))
    _log.warning("card_corrected", job_id=job.id, message_id=card.id)


def _deferred(exc: Exception) -> DeliveryDeferred:
    """Describe a failure after which nothing was posted."""
    return DeliveryDeferred(
        str(exc) or type(exc).__name__,
        code=exc.code if isinstance(exc, discord.HTTPException) else 0,
        retry_after=exc.retry_after if isinstance(exc, discord.RateLimited) else None,
        definitely_failed=True,
    )
