"""Finds messages in a channel that were sent but never recorded.

A process that dies after Discord accepted a message and before the database recorded it leaves such a message. Sending
a notification again would duplicate it once Discord has forgotten its nonce, and such a card would never be updated.
Both are recognized by author, footer and color, never by their words. Only a notice, which has no footer, is recognized
by its text.

Tells members what others did for them, and what became of their requests.

Nonces of messages whose repeats Discord drops.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import discord
import structlog

from bot.discord_client.channel_viewers import fetch_hidden
from bot.discord_client.client import Client
from bot.discord_client.rest_errors import map_errors
from bot.domain.credit_request import CreditRequest
from bot.domain.credits import Gift
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.message import Notice
from bot.domain.pitches import Pitch
from bot.locales.texts import Texts, texts_in
from bot.ui import credit_requests, credits, job_messages, pitches

_log = structlog.stdlib.get_logger(__name__)

_MAX_SCANNED = 1000
"""Messages read, oldest first: an earlier attempt came soon after the notification was queued."""

_MAX_SEARCHED: Final = 200
"""Posts of the bot that are read, and archived posts that are looked at: an earlier attempt was minutes ago, or hours
after a long failure."""

_CLOCK_TOLERANCE = timedelta(minutes=1)
"""How far Discord's clock may be behind."""

_NO_ACCESS_CODES = frozenset({50001, 50013})
"""Missing access, missing permissions. Other errors may pass, such as a proxy's 403."""

_CARD_WINDOW = timedelta(minutes=2)
"""How long after its order a card can appear: an order is confirmed within a minute, or voided."""


async def find(
    channel: discord.ForumChannel | discord.abc.Messageable,
    is_sought: Callable[[discord.Message], bool],
    author: discord.abc.Snowflake | None,
    since: int,
    venue: Venue,
) -> PostedMessage | None:
    """Find a message of the author in a channel, or the first one of a post in a forum.

    It is searched since `since`, in UTC epoch milliseconds. Returns None also where the channel can't be read. Raises
    the errors of `map_errors`.
    """
    if author is None:
        return None
    in_forum = isinstance(channel, discord.ForumChannel)
    sent = _posts(channel, author, since) if in_forum else _history(channel, since)
    found = await map_errors(lambda: _search(sent, is_sought, author))
    if found is None:
        _log.info("duplicate_message_not_found")
        return None
    _log.warning("duplicate_message_found", message_id=found.id)
    return PostedMessage(found.channel.id, found.id, Venue.FORUM if in_forum else venue)


async def find_card(
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake
) -> discord.Message | None:
    """Find a job's card. Returns None where there is none or the history can't be read.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: a transient failure.
    """
    return await _search(_since_order(channel, job), lambda posted: job_messages.is_card_of(job, posted), author)


async def _search(
    sent: AsyncIterator[discord.Message], is_sought: Callable[[discord.Message], bool], author: discord.abc.Snowflake
) -> discord.Message | None:
    """Return the first message that is sought; None also where they can't be read.

    Without READ_MESSAGE_HISTORY, Discord returns no messages.
    """
    try:
        async for message in sent:
            if message.author.id == author.id and is_sought(message):
                return message
    except discord.Forbidden as exc:
        if exc.code not in _NO_ACCESS_CODES:
            raise
        _log.warning("channel_history_forbidden", code=exc.code)
    return None


def _history(channel: discord.abc.Messageable, since: int) -> AsyncIterator[discord.Message]:
    return channel.history(limit=_MAX_SCANNED, after=_earliest(since), oldest_first=True)


async def _since_order(channel: discord.abc.Messageable, job: Job) -> AsyncIterator[discord.Message]:
    """Yield what was sent after the interaction that ordered a job, by Discord's clock, which both ids tell."""
    ordered = discord.Object(job.interaction_id)
    async for message in channel.history(limit=_MAX_SCANNED, after=ordered, oldest_first=True):
        if message.created_at > ordered.created_at + _CARD_WINDOW:
            break
        yield message


async def _posts(
    forum: discord.ForumChannel, author: discord.abc.Snowflake, since: int
) -> AsyncIterator[discord.Message]:
    """Yield the first messages of the author's posts, those in the forum's list first."""
    searched = 0
    async for thread in _threads(forum):
        if thread.owner_id != author.id or discord.utils.snowflake_time(thread.id) < _earliest(since):
            continue
        searched += 1
        async for message in thread.history(limit=1, oldest_first=True):
            yield message
        if searched == _MAX_SEARCHED:
            break


async def _threads(forum: discord.ForumChannel) -> AsyncIterator[discord.Thread]:
    active = [thread for thread in await forum.guild.active_threads() if thread.parent_id == forum.id]
    for thread in sorted(active, key=lambda thread: -thread.id):
        yield thread
    async for thread in forum.archived_threads(limit=_MAX_SEARCHED):
        yield thread


def _earliest(since: int) -> datetime:
    return datetime.fromtimestamp(since / 1000, UTC) - _CLOCK_TOLERANCE


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
        venue = Venue.DIRECT if direct else Venue.CHANNEL
        if sent_since is not None and await find(channel, lambda sent: sent.content == text, me, sent_since, venue):
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


def nonce_of(text: str) -> str:
    """Return the nonce of what a text identifies.

    Discord takes 25 characters.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:24]
