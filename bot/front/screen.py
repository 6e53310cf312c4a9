"""Shows members what became of their movies.

With the bot's own token: an interaction's lasts 15 minutes, and movies take longer.

A delivery goes to the channel; where that is closed for good, to the member directly. Which of Discord's answers are
for good stands in `_FOR_GOOD`.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Awaitable, Callable
from typing import Final

import aiohttp
import discord

from bot.domain.catalogue import Catalogue
from bot.domain.delivery import Delivery, Notice
from bot.domain.job import Job
from bot.domain.quota import AuditEntry
from bot.errors import DeliveryDelayed, DeliveryRefused
from bot.front.client import Client
from bot.texts import cards, quotas
from data.protocols import Accounts

_log = logging.getLogger(__name__)

_FOR_GOOD: Final = frozenset(
    {
        10003,  # unknown channel
        10004,  # unknown server
        50001,  # missing access
        50007,  # cannot send messages to this user
        50013,  # missing permissions
        200000,  # blocked by AutoMod
        240000,  # blocked by a link filter
    }
)
_PASSING: Final = frozenset({130000})  # the API is overloaded
_PASSING_STATUS: Final = frozenset({401, 429})  # 401: the token was renewed; what is owed waits for the new one
_DELETED_ALREADY: Final = 10008  # the nonce's message was accepted once and deleted since

_TROUBLES = (aiohttp.ClientError, OSError, TimeoutError)


class DiscordScreen:
    """The engine's `Screen`, over the connected client."""

    def __init__(self, client: Client, catalogue: Catalogue, accounts: Accounts) -> None:
        self._client = client
        self._catalogue = catalogue
        self._accounts = accounts

    async def opened(self) -> None:
        """Return once messages can be sent."""
        await self._client.opened.wait()

    async def show(self, job: Job) -> None:
        """Bring the job's card up to date: a courtesy, so what Discord does not take is logged and forgotten."""
        if job.card_id is None or not self._client.opened.is_set():
            return
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)
        try:
            await channel.get_partial_message(job.card_id).edit(embed=cards.card(job, self._catalogue))
        except (discord.HTTPException, *_TROUBLES) as exc:
            _log.info("card_not_updated", extra={"job": job.id, "reason": str(exc)})

    async def deliver(self, delivery: Delivery, job: Job) -> int:
        """Send the owed message to the channel, or else to the member, and return its id.

        Raises:
            DeliveryRefused: Both ways are closed for good.
            DeliveryDelayed: Discord is not well; the same message may be sent again with the same nonce.
        """
        message = await self._message(delivery, job)
        try:
            return await self._to_channel(job, message, delivery.nonce)
        except DeliveryRefused as exc:
            _log.warning("channel_closed", extra={"job": job.id, "code": exc.code})
            return await self._to_member(job, message, delivery.nonce)

    async def post_line(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit line; it mentions nobody, whatever the reason says. Raises as `deliver` does."""
        channel = self._client.get_partial_messageable(channel_id, guild_id=entry.guild_id)
        nonce = hashlib.sha256(entry.id.encode()).hexdigest()[:24]
        await _sent(lambda: channel.send(quotas.audit_line(entry), nonce=nonce))

    async def _message(self, delivery: Delivery, job: Job) -> cards.Message:
        match delivery.notice:
            case Notice.UNKNOWN:
                return cards.unknown(job)
            case Notice.CANCELLED:
                return cards.cancelled(job)
            case Notice.COMPLETED:
                return cards.finished(job, await self._accounts.balance(job.guild_id, job.member_id, job.role_ids))
            case Notice.FAILED:
                return cards.failed(job, await self._accounts.balance(job.guild_id, job.member_id, job.role_ids))

    async def _to_channel(self, job: Job, message: cards.Message, nonce: str) -> int:
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)
        return await _sent(lambda: _send(channel, job, message, nonce))

    async def _to_member(self, job: Job, message: cards.Message, nonce: str) -> int:
        async def send() -> discord.Message:
            channel = await self._client.create_dm(discord.Object(job.member_id))
            return await _send(channel, job, message, nonce)

        return await _sent(send)


async def _send(channel: discord.abc.Messageable, job: Job, message: cards.Message, nonce: str) -> discord.Message:
    """Send with a nonce made from the job; only the member who paid is mentioned, whatever the texts contain."""
    mentions = discord.AllowedMentions(everyone=False, roles=False, users=[discord.Object(job.member_id)])
    if message.view is None:
        return await channel.send(message.content, embed=message.embed, nonce=nonce, allowed_mentions=mentions)
    return await channel.send(
        message.content, embed=message.embed, view=message.view, nonce=nonce, allowed_mentions=mentions
    )


async def _sent(send: Callable[[], Awaitable[discord.Message]]) -> int:
    """Send, and turn Discord's answer into ours."""
    try:
        return (await send()).id
    except discord.HTTPException as exc:
        if exc.code == _DELETED_ALREADY:
            return 0
        passing = exc.status in _PASSING_STATUS or exc.status >= 500 or exc.code in _PASSING  # noqa: PLR2004 (HTTP)
        if passing and exc.code not in _FOR_GOOD:
            raise DeliveryDelayed(exc.text or str(exc.status), code=exc.code) from exc
        raise DeliveryRefused(exc.text or str(exc.status), code=exc.code) from exc
    except discord.RateLimited as exc:
        raise DeliveryDelayed("rate limited", retry_after=exc.retry_after) from exc
    except _TROUBLES as exc:
        raise DeliveryDelayed(str(exc) or type(exc).__name__) from exc
