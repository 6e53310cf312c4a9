"""Corrects cards of voided orders that the database does not know.

A process that is killed after Discord accepted a card, and before the job is queued, leaves a card of a waiting movie.
The order is voided, which is final, so the corrected card stays true until the message about the order replaces it.
"""

from __future__ import annotations

from typing import Final

import aiohttp
import discord
import structlog

from bot.discord_client import sent_messages
from bot.domain.catalogue import Catalogue
from bot.domain.job import Job, JobState
from bot.errors import DeliveryDeferred
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
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake | None, catalogue: Catalogue
) -> int | None:
    """Update the card of a voided order, and return its id.

    None where the channel has none.

    Raises:
        DeliveryDeferred: Discord is unavailable; retry later.
    """
    if author is None or job.state is not JobState.CANCELLED or job.card_message_id is not None:
        return None
    try:
        card = await sent_messages.find_card(channel, job, author)
        if card is None or not job_messages.is_outdated(job, card):
            return card and card.id
        texts = texts_in(job.server_language)
        await card.edit(embed=job_messages.job_embed(texts, job, catalogue), view=job_messages.job_view(texts, job))
    except discord.RateLimited as exc:
        raise DeliveryDeferred("rate limited", retry_after=exc.retry_after, definitely_failed=True) from exc
    except discord.HTTPException as exc:
        if exc.code not in _PERMANENT_CODES:
            raise DeliveryDeferred(exc.text or str(exc.status), code=exc.code, definitely_failed=True) from exc
        _log.warning("card_not_corrected", job_id=job.id, code=exc.code)
        return None
    except (aiohttp.ClientError, OSError) as exc:
        raise DeliveryDeferred(str(exc) or type(exc).__name__, definitely_failed=True) from exc
    else:
        _log.warning("card_corrected", job_id=job.id, message_id=card.id)
        return card.id
