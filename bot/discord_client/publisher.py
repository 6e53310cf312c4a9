"""Shows members what became of their movies.

With the bot's own token: an interaction's lasts 15 minutes, and movies take longer.

A delivery goes to the channel; where that is closed for good, to the member directly. Which of Discord's answers are
for good stands in `_CLOSED`. Any other answer may pass: the message waits, ever longer, and goes the same way again. So
what was wanted directly is never posted in the channel because of a passing error.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

import aiohttp
import discord
import structlog

from bot.discord_client import sent_messages, stray_cards
from bot.discord_client.attachments import Attachments
from bot.discord_client.client import Client
from bot.discord_client.edits import CardEdits
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import Delivery, NotificationType
from bot.domain.estimates import Estimate
from bot.domain.job import Job
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditEntry
from bot.errors import DeliveryDeferred, DeliveryRejected, StorageError
from bot.services.accounts import AccountService
from bot.ui import job_messages, quota_admin

_log = structlog.stdlib.get_logger(__name__)

_NO_PERMISSION: Final = 50013  # to post here, or only to attach files

_PERMANENT_CODES: Final = frozenset(
    {
        10003,  # unknown channel
        10004,  # unknown server
        10013,  # unknown user
        40058,  # a forum, where only posts can be written
        50001,  # missing access
        50007,  # cannot send messages to this user
        50008,  # no text channel
        50009,  # the channel's verification level is too high
        _NO_PERMISSION,
        50024,  # not in this kind of channel
        50033,  # invalid recipient
        50083,  # the thread is archived
        50278,  # no server in common with this user
        160005,  # the thread is locked
        200000,  # blocked by AutoMod
        240000,  # blocked by a link filter
    }
)
"""Codes after which this way is never tried again. Source: Discord's list of JSON error codes."""

_TOO_LARGE: Final = 40005  # the file; the link alone may fit
_TOO_LARGE_STATUS: Final = 413
_MALFORMED: Final = 50035  # Discord dislikes something in the message, such as a button's address

_FINAL: Final = _PERMANENT_CODES | {_TOO_LARGE, _MALFORMED}
"""All codes after which the same message is not sent again. Every other one, also an unknown one, may pass."""

_DELETED_ALREADY: Final = 10008  # the nonce's message was accepted once and deleted since

COURTESY_SECONDS: Final = 5.0
"""How long a card's edit may keep a lane from its paid work."""

_CORRECTIONS_MOST: Final = 5
"""Tries to correct a card, over some ten minutes, before the message to its member waits for it no longer."""

_NETWORK_ERRORS = (aiohttp.ClientError, OSError, TimeoutError)


_Send = Callable[[job_messages.Message, Path | None], Awaitable[discord.Message]]


class DiscordPublisher:
    """The engine's `Screen`, over the connected client."""

    def __init__(
        self,
        client: Client,
        catalogue: Catalogue,
        accounts: AccountService,
        *,
        attachments: Attachments,
        outlook: Callable[[Job], Awaitable[Estimate]],
        courtesy_seconds: float = COURTESY_SECONDS,
    ) -> None:
        self._client = client
        self._catalogue = catalogue
        self._accounts = accounts
        self._attachments = attachments
        self._outlook = outlook
        self._edits = CardEdits(courtesy_seconds)

    async def wait_ready(self) -> None:
        """Return once messages can be sent."""
        await self._client.http_ready.wait()

    async def update_card(self, job: Job) -> None:
        """Bring the job's card up to date: a courtesy, so what Discord does not take is logged and forgotten."""
        if job.card_message_id is None or not self._client.http_ready.is_set():
            return
        card_id = job.card_message_id
        await self._edits.run(card_id, lambda: self._edit(job, card_id))

    async def _edit(self, job: Job, card_id: int) -> None:
        """Edit the job's card; what goes wrong is logged."""
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)
        try:
            card = job_messages.job_embed(job, self._catalogue, await self._outlook(job))
            await channel.get_partial_message(card_id).edit(embed=card, view=job_messages.job_view(job))
        except (discord.DiscordException, StorageError, *_NETWORK_ERRORS) as exc:
            _log.info("card_update_failed", job_id=job.id, error=str(exc) or type(exc).__name__)
        except RuntimeError as exc:
            if not self._client.is_closed():
                raise
            _log.info("card_update_failed", job_id=job.id, error=str(exc))  # its HTTP session is closed

    async def send(self, delivery: Delivery, job: Job) -> int:
        """Send the owed message to the channel, or else to the member, and return its id.

        The other way round where the member wants it directly.

        Raises:
            DeliveryRejected: Both ways are closed for good.
            DeliveryDeferred: Discord is not well; the same message may be sent again with the same nonce.
        """
        if delivery.type is NotificationType.CANCELLED:
            await self._correct_card(delivery, job)
        ways = [self._to_channel, self._to_member]
        if delivery.type is NotificationType.FOLLOWED:
            ways.pop()
        elif job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
            ways.reverse()
        async with self._attachments.open_for(delivery, job) as movie:
            while True:
                way = ways.pop(0)
                try:
                    return await way(job, delivery, movie)
                except DeliveryRejected as exc:
                    _log.warning("delivery_route_rejected", job_id=job.id, route=way.__name__, code=exc.code)
                    if not ways:
                        raise

    async def _correct_card(self, delivery: Delivery, job: Job) -> None:
        """Correct the card that a withdrawn order may have left, before its member is told.

        Raises:
            DeliveryDeferred: Not now. After some tries the message is sent all the same.
        """
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)
        try:
            await stray_cards.correct(channel, job, self._client.user, self._catalogue)
        except DeliveryDeferred as exc:
            if delivery.attempts < _CORRECTIONS_MOST:
                raise
            _log.warning("card_not_corrected", job_id=job.id, error=str(exc))

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit line; it mentions nobody, whatever the reason says. Raises as `deliver` does."""
        channel = self._client.get_partial_messageable(channel_id, guild_id=entry.guild_id)
        nonce = hashlib.sha256(entry.id.encode()).hexdigest()[:24]
        await _translated(lambda: channel.send(quota_admin.audit_entry_text(entry), nonce=nonce))

    async def _message(self, delivery: Delivery, job: Job, *, direct: bool) -> job_messages.Message:
        match delivery.type:
            case NotificationType.FOLLOWED:
                return job_messages.follower_message(job, delivery.followers)
            case NotificationType.UNKNOWN:
                return job_messages.unknown_message(job)
            case NotificationType.CANCELLED:
                return job_messages.cancelled_message(job)
            case NotificationType.COMPLETED:
                balance = await self._accounts.balance(job.guild_id, job.member_id, job.role_ids)
                followers = () if job.delivery_target is DeliveryTarget.DIRECT_MESSAGE else delivery.followers
                message = job_messages.completed_message(job, balance, followers, direct=direct)
                if not message.has_link:
                    _log.warning("link_not_posted", job_id=job.id, characters=len(job.movie_url or ""))
                return message
            case NotificationType.FAILED:
                balance = await self._accounts.balance(job.guild_id, job.member_id, job.role_ids)
                return job_messages.failed_message(job, balance, direct=direct)

    async def _to_channel(self, job: Job, delivery: Delivery, movie: Path | None) -> int:
        message = await self._message(delivery, job, direct=False)
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)

        async def send(shown: job_messages.Message, path: Path | None) -> discord.Message:
            found = await self._found(channel, shown, delivery)
            return found or await _send(channel, job, shown, delivery.nonce, path)

        return await self._sent(send, message, movie)

    async def _to_member(self, job: Job, delivery: Delivery, movie: Path | None) -> int:
        message = await self._message(delivery, job, direct=True)

        async def send(shown: job_messages.Message, path: Path | None) -> discord.Message:
            channel = await self._client.create_dm(discord.Object(job.member_id))
            found = await self._found(channel, shown, delivery)
            return found or await _send(channel, job, shown, delivery.nonce, path)

        return await self._sent(send, message, movie)

    async def _found(
        self, channel: discord.abc.Messageable, message: job_messages.Message, delivery: Delivery
    ) -> discord.Message | None:
        """The message, where an earlier try has posted it whose nonce Discord may have forgotten."""
        me = self._client.user
        if me is None or delivery.possibly_sent_since is None:
            return None
        return await sent_messages.find_sent_message(channel, message, me, delivery.possibly_sent_since)

    async def _sent(self, send: _Send, message: job_messages.Message, movie: Path | None) -> int:
        """Send with the movie attached; where Discord won't have that, with the link alone; else the bare words.

        Where only the embed has the link, it stays as long as Discord takes it without the buttons.
        """
        tries = [(message, movie)]
        if movie is not None:
            tries.append((message, None))
        while True:
            shown, path = tries.pop(0)
            try:
                return await _translated(lambda shown=shown, path=path: send(shown, path))
            except DeliveryRejected as exc:
                if exc.code in _PERMANENT_CODES - {_NO_PERMISSION}:
                    raise
                if exc.code == _MALFORMED and shown.link_in_embed and shown.view is not None:
                    tries.append((replace(message, view=None), None))
                elif exc.code == _MALFORMED and shown.embed is not None:
                    tries.append((job_messages.Message(message.content, None, None, message.mentions), None))
                if not tries:
                    raise
                _log.warning("message_rejected", code=exc.code, error=str(exc))


async def _send(
    channel: discord.abc.Messageable, job: Job, message: job_messages.Message, nonce: str, movie: Path | None
) -> discord.Message:
    """Send with a nonce made from the job; only those who are meant are mentioned, whatever the texts contain."""
    mentioned = [discord.Object(member_id) for member_id in message.mentions]
    mentions = discord.AllowedMentions(everyone=False, roles=False, users=mentioned)
    files = [] if movie is None else [discord.File(movie, f"movie-{job.id}.mp4")]
    view = discord.utils.MISSING if message.view is None else message.view
    embed = discord.utils.MISSING if message.embed is None else message.embed
    return await channel.send(
        message.content, embed=embed, view=view, files=files, nonce=nonce, allowed_mentions=mentions
    )


async def _translated(send: Callable[[], Awaitable[discord.Message]]) -> int:
    """Send, and turn what Discord answers into ours."""
    try:
        return (await send()).id
    except discord.HTTPException as exc:
        if exc.code == _DELETED_ALREADY:
            return 0
        if exc.code in _FINAL or exc.status == _TOO_LARGE_STATUS:
            raise DeliveryRejected(exc.text or str(exc.status), code=exc.code) from exc
        certain = exc.status < 500  # noqa: PLR2004 (HTTP's own: Discord answered, and did not take it)
        raise DeliveryDeferred(exc.text or str(exc.status), code=exc.code, definitely_failed=certain) from exc
    except discord.RateLimited as exc:
        raise DeliveryDeferred("rate limited", retry_after=exc.retry_after) from exc
    except _NETWORK_ERRORS as exc:
        raise DeliveryDeferred(str(exc) or type(exc).__name__) from exc
