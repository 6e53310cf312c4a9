"""Edits the cards of movies."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import discord
import structlog

from bot.core.errors import DeliveryDeferred, DeliveryError, StorageError
from bot.discord_client.client import Client
from bot.discord_client.edits import CardEdits
from bot.discord_client.rest_errors import map_errors
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import MoviePlace
from bot.domain.estimates import Estimate
from bot.domain.job import Job
from bot.locales.texts import texts_in
from bot.ui import job_messages

_log = structlog.stdlib.get_logger(__name__)


class Cards:
    """The cards of a client, each edited one request at a time.

    `cancellable`: the API can cancel a movie that renders. `edit_timeout`: how many seconds a caller waits for an edit.
    """

    def __init__(
        self,
        client: Client,
        catalogue: Catalogue,
        estimate: Callable[[Job], Awaitable[Estimate]],
        *,
        cancellable: bool,
        edit_timeout: float,
    ) -> None:
        self._client = client
        self._catalogue = catalogue
        self._estimate = estimate
        self._cancellable = cancellable
        self._edits = CardEdits(edit_timeout)

    async def update(self, job: Job, place: MoviePlace) -> None:
        """Update a card. Errors are only logged.

        That it is deleted is no error.
        """
        if job.card_message_id is None or not self._client.http_ready.is_set():
            return
        await self._edits.run(job.card_message_id, lambda: self._try_and_log(job, place))

    async def show(self, job: Job, place: MoviePlace) -> None:
        """Update a card that must change; one that is deleted need not.

        Raises:
            DeliveryRejected: Discord forbids it.
            DeliveryDeferred: It failed, or is not confirmed within the timeout; retry later.
        """
        if job.card_message_id is None:
            return
        outcomes: list[DeliveryError | None] = []

        async def edit() -> None:
            outcomes.append(await self._try(job, place))

        await self._edits.run(job.card_message_id, edit)
        if not outcomes:
            raise DeliveryDeferred("the edit is not confirmed", definitely_failed=True)
        if outcomes[-1] is not None:
            raise outcomes[-1]

    async def _try_and_log(self, job: Job, place: MoviePlace) -> None:
        error = await self._try(job, place)
        if error is not None:
            _log.info("card_update_failed", job_id=job.id, error=str(error))

    async def _try(self, job: Job, place: MoviePlace) -> DeliveryError | None:
        """Edit a card, and return what went wrong."""
        try:
            await map_errors(lambda: self._edit(job, place))
        except DeliveryError as exc:
            return exc
        except (discord.DiscordException, StorageError) as exc:
            return DeliveryDeferred(str(exc) or type(exc).__name__, definitely_failed=True)
        except RuntimeError as exc:
            if not self._client.is_closed():
                raise
            return DeliveryDeferred(str(exc), definitely_failed=True)  # its HTTP session is closed
        return None

    async def _edit(self, job: Job, place: MoviePlace) -> None:
        assert job.card_message_id is not None
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)
        texts = texts_in(job.server_language)
        card = job_messages.job_embed(texts, job, self._catalogue, await self._estimate(job), place)
        view = job_messages.job_view(texts, job, cancellable=self._cancellable)
        await channel.get_partial_message(job.card_message_id).edit(embed=card, view=view)
