"""Messages in servers' staff channels.

A rejection there may start orders without approval. So it says whether the bot is still in the server: Discord answers
the same where a channel is closed and where the bot was removed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.core.errors import DeliveryRejected
from bot.discord_client.client import Client
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.sent_messages import Messenger, nonce_of
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage
from bot.domain.jobs import Job
from bot.domain.movie_reports import ReportedMovie
from bot.domain.quota import AuditEntry
from bot.locales.texts import texts_in
from bot.ui import approvals, credit_requests, movie_reports
from bot.ui.components import Message
from bot.ui.storyboards import Storyboard

T = TypeVar("T")


class StaffChannels(Messenger):
    """Posts and updates what staff read.

    Each method raises DeliveryRejected where Discord forbids it, and DeliveryDeferred after a transient failure.
    """

    def __init__(self, client: Client, catalogue: Catalogue) -> None:
        super().__init__(client)
        self._catalogue = catalogue

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit entry without mentions."""
        message = credit_requests.log_message(texts_in(entry.by.language), entry, self._catalogue)
        await self._post(entry.by.guild_id, channel_id, message, entry.id)

    async def _ask_staff(
        self, job: Job, channel_id: int, *, nonce: str, board: Storyboard | None = None
    ) -> PostedMessage:
        """Ask staff in a channel to approve a job, or its storyboard, without mentions."""
        request = approvals.request_message(texts_in(job.server_language), job, self._catalogue, board)
        posted = await self._post(job.guild_id, channel_id, request, f"{nonce}-{channel_id}")
        return posted or PostedMessage(channel_id, 0)

    async def show_report(self, movie: ReportedMovie, channel_id: int) -> PostedMessage | None:
        """Update the message about a reported movie, or post it.

        An open one that is in another channel is posted anew. Returns None where someone has deleted it.
        """
        texts, guild_id = texts_in(movie.language), movie.job.guild_id
        report = movie_reports.staff_message(texts, movie)
        known = None if movie.moves_to(channel_id) else movie.message
        if known is not None:
            edited = await self._request(guild_id, lambda: self._posted(known).edit(**report.edited()))
            return None if edited is None else known
        return await self._post(guild_id, channel_id, report, f"{movie.job.id}-report-{channel_id}")

    async def _post(self, guild_id: int, channel_id: int, message: Message, key: str) -> PostedMessage | None:
        """Post a message once for a key. None: it was accepted earlier, and deleted since."""
        channel = self._text_channel(channel_id, guild_id)
        posted = await self._request(guild_id, lambda: channel.send(**message.sent(), nonce=nonce_of(key)))
        return None if posted is None else PostedMessage(channel_id, posted.id)

    async def _request(self, guild_id: int, request: Callable[[], Awaitable[T]]) -> T | None:
        """Make a request; a rejection tells whether the bot was removed."""
        try:
            return await map_errors(request)
        except DeliveryRejected as exc:
            if exc.is_closed and not await self._is_in(guild_id):
                raise DeliveryRejected(str(exc), code=exc.code, is_removed=True) from exc
            raise

    async def _is_in(self, guild_id: int) -> bool:
        """Ask Discord: a new session may not have begun, which would tell."""
        try:
            await map_errors(lambda: self._client.http.get_guild(guild_id, with_counts=False))
        except DeliveryRejected:
            return False
        return True
