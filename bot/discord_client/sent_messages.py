"""Finds messages in a channel that were sent but never recorded.

A process that dies after Discord accepted a message and before the database recorded it leaves such a message. Sending
a notification again would duplicate it once Discord has forgotten its nonce, and such a card would never be updated.
Both are recognized by author, footer and color, never by their words. Only an answer by direct message, which has no
footer, is recognized by its text.

Tells members what others did for them, and what became of their requests.

Nonces of messages whose repeats Discord drops.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import discord
import structlog

from bot.discord_client.channel_viewers import fetch_hidden
from bot.discord_client.client import Client
from bot.discord_client.rest_errors import map_errors
from bot.domain.credit_request import CreditRequest
from bot.domain.credits import Gift
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job
from bot.domain.message import Notice
from bot.domain.pitches import Pitch
from bot.locales.texts import Texts, texts_in
from bot.ui import credit_requests, credits, job_messages, pitches

_log = structlog.stdlib.get_logger(__name__)

_MAX_SCANNED = 1000
"""Messages read, oldest first: an earlier attempt came soon after the notification was queued."""

CLOCK_TOLERANCE = timedelta(minutes=1)
"""How far Discord's clock may be behind."""

NO_ACCESS_CODES = frozenset({50001, 50013})
"""Missing access, missing permissions. Other errors may pass, such as a proxy's 403."""

_CARD_WINDOW = timedelta(minutes=2)
"""How long after its order a card can appear: an order is confirmed within a minute, or voided."""


async def find_sent_message(
    channel: discord.abc.Messageable, job: Job, type_: NotificationType, author: discord.abc.Snowflake, since: int
) -> discord.Message | None:
    """Find the author's notification in the channel, as `find` does."""
    return await find(channel, lambda posted: job_messages.is_notification(job, posted, type_), author, since)


async def find(
    channel: discord.abc.Messageable,
    is_sought: Callable[[discord.Message], bool],
    author: discord.abc.Snowflake,
    since: int,
) -> discord.Message | None:
    """Find a message of the author in the channel.

    It is searched since `since`, in UTC epoch milliseconds. Returns None also where the history can't be read; without
    READ_MESSAGE_HISTORY, Discord returns an empty one.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: a transient failure.
    """
    scanned = 0
    try:
        async for posted in _history(channel, since):
            scanned += 1
            if posted.author.id == author.id and is_sought(posted):
                _log.warning("duplicate_message_found", message_id=posted.id)
                return posted
    except discord.Forbidden as exc:
        if exc.code not in NO_ACCESS_CODES:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    else:
        _log.info("duplicate_message_not_found", scanned=scanned)
    return None


async def has_text(channel: discord.abc.Messageable, text: str, author: discord.abc.Snowflake, since: int) -> bool:
    """Return whether the author has sent this very text to a channel.

    For direct messages, which have no footer. Raises the errors of `find`.
    """
    async for posted in _history(channel, since):
        if posted.author.id == author.id and posted.content == text:
            _log.warning("duplicate_message_found", message_id=posted.id)
            return True
    return False


async def find_card(
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake
) -> discord.Message | None:
    """Find a job's card.

    It comes after the interaction that ordered it, by Discord's clock, which both ids tell. Returns None where there is
    none or the history can't be read. Raises the errors of `find`.
    """
    try:
        ordered = discord.Object(job.interaction_id)
        async for posted in channel.history(limit=_MAX_SCANNED, after=ordered, oldest_first=True):
            if posted.created_at > ordered.created_at + _CARD_WINDOW:
                break
            if posted.author.id == author.id and job_messages.is_card_of(job, posted):
                return posted
    except discord.Forbidden as exc:
        if exc.code not in NO_ACCESS_CODES:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    return None


def _history(channel: discord.abc.Messageable, since: int) -> AsyncIterator[discord.Message]:
    return channel.history(limit=_MAX_SCANNED, after=to_datetime(since) - CLOCK_TOLERANCE, oldest_first=True)


def to_datetime(at: int) -> datetime:
    """Convert UTC epoch milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC)


class Notices:
    """Sends notices by either route."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def tell(self, notices: Sequence[Notice], sent_since: int | None, *, direct: bool) -> frozenset[int]:
        """Tell members in the subject's channel, or one by DM; return who can't view the channel.

        Those are not told. Not again where an earlier attempt has.

        Raises:
            DeliveryRejected: Discord rejects it there.
            DeliveryDeferred: A transient failure; retry later.
        """
        subject = notices[0].subject
        hidden = frozenset[int]()
        if not direct:
            members = [each.member_id for each in notices]
            hidden = await fetch_hidden(self._client, subject.guild_id, subject.channel_id, members)
        told = [each for each in notices if each.member_id not in hidden]
        if told:
            await map_errors(lambda: self._send(told, sent_since, direct=direct))
        return hidden

    async def show_untold(self, notice: Notice) -> None:
        """Say in a request's message that its member was not told. Raises the errors of `tell`."""
        request = notice.subject
        if not isinstance(request, CreditRequest) or request.message is None:
            return
        channel = self._client.get_partial_messageable(request.message.channel_id, guild_id=request.guild_id)
        message = channel.get_partial_message(request.message.message_id)
        text = credit_requests.request_text(texts_in(request.server_language), replace(request, untold=True))
        await map_errors(lambda: message.edit(content=text, view=None))

    async def _send(self, notices: Sequence[Notice], sent_since: int | None, *, direct: bool) -> None:
        first, me = notices[0], self._client.user
        members = [discord.Object(each.member_id) for each in notices]
        channel: discord.DMChannel | discord.PartialMessageable
        if direct:
            channel = await self._client.create_dm(members[0])
        else:
            subject = first.subject
            channel = self._client.get_partial_messageable(subject.channel_id, guild_id=subject.guild_id)
        text = _text(texts_in(first.language if direct else first.subject.server_language), notices, direct=direct)
        if me is not None and sent_since is not None and await _has_text(channel, text, me, sent_since):
            return
        mentions = discord.AllowedMentions(everyone=False, users=members, roles=False)
        await channel.send(text, nonce=nonce_of(first.nonce_for(direct=direct)), allowed_mentions=mentions)


def _text(texts: Texts, notices: Sequence[Notice], *, direct: bool) -> str:
    """Return what a message of some notices says."""
    match notices[0].subject:
        case Gift() as gift:
            return credits.received(texts, gift, direct=direct)
        case CreditRequest() as request:
            return credit_requests.answer_text(texts, request)
        case Job() as job:
            return job_messages.follower_notice(texts, job)
        case Pitch():
            return pitches.notice_text(texts, notices, direct=direct)


async def _has_text(channel: discord.abc.Messageable, text: str, me: discord.abc.Snowflake, sent_since: int) -> bool:
    """Return whether a text was sent; False where it can't be read."""
    try:
        return await has_text(channel, text, me, sent_since)
    except discord.Forbidden as exc:
        if exc.code not in NO_ACCESS_CODES:
            raise
        return False


def nonce_of(text: str) -> str:
    """Return the nonce of what a text identifies.

    Discord takes 25 characters.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:24]
