"""Sends messages once: finds those that were sent but never recorded, and makes nonces, by which Discord drops repeats.

A process that dies after Discord accepted a message and before the database recorded it leaves such a message. Sending
a notification again would duplicate it once Discord has forgotten its nonce, and such a card would never be updated.
Both are recognized by author and mark, never by their words; older ones by footer and color. Only a notice, which has
no mark, is recognized by its text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, TypeVar

import discord
import structlog
from discord.http import HTTPClient, Route, handle_message_parameters

from bot.core.errors import DeliveryRejected
from bot.discord_client.client import Client
from bot.discord_client.rest_errors import MALFORMED, NO_HISTORY, NO_PERMISSION, PERMANENT_CODES, map_errors
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.message import Delivery
from bot.ui import job_messages
from bot.ui.components import Message

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

_PUBLIC_THREAD: Final = 11

_ARCHIVE_MINUTES: Final = 10_080
"""A week, the longest that Discord shows a quiet post in its list."""

_CARD_WINDOW = timedelta(minutes=2)
"""How long after its order a card can appear: an order is confirmed within a minute, or voided."""


T = TypeVar("T")

Channel = discord.PartialMessageable | discord.DMChannel | discord.TextChannel | discord.ForumChannel

Send = Callable[[Message], Awaitable[T]]
IsSought = Callable[[discord.Message], bool]


class Messenger:
    """Posts, finds and edits messages of the bot. All raise the errors of `map_errors`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def _posted(self, message: PostedMessage) -> discord.PartialMessage:
        return self._client.get_partial_messageable(message.channel_id).get_partial_message(message.message_id)

    def _text_channel(self, channel_id: int, guild_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id, guild_id=guild_id)

    async def _direct_channel(self, member_id: int) -> discord.DMChannel:
        channel = await map_errors(lambda: self._client.create_dm(discord.Object(member_id)))
        assert channel is not None
        return channel

    async def _edit(self, message: PostedMessage, shown: Message) -> discord.Message | None:
        return await map_errors(lambda: self._posted(message).edit(**shown.edited()))

    async def _post_message(
        self,
        channel: Channel,
        variants: Sequence[Message],
        venue: Venue,
        *,
        nonce: str,
        title: str = "",
        bare: Message | None = None,
        original: discord.MessageReference | None = None,
    ) -> PostedMessage:
        """Post a message, whose `variants` are tried as in `with_fallbacks`. It answers the `original`.

        In a forum, it is a post with this title, for which Discord knows no nonces.
        """
        if isinstance(channel, discord.ForumChannel):
            post = await with_fallbacks(
                lambda variant: create_post(self._client.http, channel, title, variant), variants, bare
            )
            return PostedMessage(*post or (channel.id, 0), Venue.FORUM)

        async def send(variant: Message) -> discord.Message:
            if original is not None:
                try:
                    return await channel.send(**variant.sent(), nonce=nonce, reference=original, mention_author=False)
                except discord.HTTPException as exc:
                    if exc.code != NO_HISTORY:
                        raise
            return await channel.send(**variant.sent(), nonce=nonce)

        posted = await with_fallbacks(send, variants, bare)
        return PostedMessage(channel.id, 0 if posted is None else posted.id, venue)

    async def _find_message(
        self, channel: Channel, is_sought: IsSought, since: int | None, venue: Venue
    ) -> PostedMessage | None:
        """Find a message that an earlier attempt has posted in a channel, or the first one of a post in a forum.

        It is searched since `since`, in UTC epoch milliseconds. None: a repeat can't create a second one. Returns None
        also where the channel can't be read.
        """
        author = self._client.user
        if author is None or since is None:
            return None
        in_forum = isinstance(channel, discord.ForumChannel)
        sent = _posts(channel, author, since) if in_forum else _history(channel, since)
        found = await map_errors(lambda: _search(sent, is_sought, author))
        if found is None:
            _log.info("duplicate_message_not_found")
            return None
        _log.warning("duplicate_message_found", message_id=found.id)
        return PostedMessage(found.channel.id, found.id, Venue.FORUM if in_forum else venue)

    async def _send_once(
        self,
        channel: Channel,
        delivery: Delivery,
        variants: Sequence[Message],
        venue: Venue,
        original: discord.MessageReference | None = None,
    ) -> PostedMessage:
        """Send a notification, unless an earlier attempt has. It answers the `original`."""
        sent_since = delivery.possibly_sent_since
        if isinstance(channel, discord.ForumChannel):
            sent_since = None if delivery.first_attempt else delivery.queued_at
        found = await self._find_message(channel, _is_notification(delivery), sent_since, venue)
        return found or await self._post_message(
            channel,
            variants,
            venue,
            nonce=delivery.nonce,
            title=job_messages.post_title(delivery.job),
            bare=variants[-1].bare(),
            original=original,
        )

    async def _find_sent(self, channel: Channel, delivery: Delivery, venue: Venue) -> PostedMessage | None:
        """Find a notification that an earlier attempt may have sent."""
        return await self._find_message(channel, _is_notification(delivery), delivery.queued_at, venue)


def _is_notification(delivery: Delivery) -> IsSought:
    return lambda sent: job_messages.is_notification(delivery.job, sent, delivery.type)


async def find_card(
    channel: discord.abc.Messageable, job: Job, author: discord.abc.Snowflake
) -> discord.Message | None:
    """Find a job's card. Returns None where there is none or the history can't be read.

    Raises:
        discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError: a transient failure.
    """
    return await _search(_since_order(channel, job), lambda posted: job_messages.is_card_of(job, posted), author)


async def _search(
    sent: AsyncIterator[discord.Message], is_sought: IsSought, author: discord.abc.Snowflake
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


def nonce_of(text: str) -> str:
    """Return the nonce of what a text identifies.

    Discord takes 25 characters.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:24]


async def with_fallbacks(send: Send[T], variants: Sequence[Message], bare: Message | None = None) -> T | None:
    """Send the first variant that Discord takes: with the movie, else with its link.

    Where a part of the last one is malformed, send the `bare` texts. Returns None where it was deleted since.
    """
    left = [*variants]
    while True:
        variant = left.pop(0)
        try:
            return await map_errors(lambda variant=variant: send(variant))
        except DeliveryRejected as exc:
            if exc.code in PERMANENT_CODES - {NO_PERMISSION}:
                raise
            if exc.code == MALFORMED and not left and bare is not None and variant != bare:
                left.append(bare)
            if not left:
                raise
            _log.warning("message_rejected", code=exc.code, error=str(exc))


class _Once(Iterable[dict[str, object]]):
    """A form that can be sent once.

    discord.py repeats a request after some errors, although Discord may have accepted it. It reads the form each time.
    """

    def __init__(self, fields: list[dict[str, object]]) -> None:
        self._fields = fields
        self._sent = False

    def __iter__(self) -> Iterator[dict[str, object]]:
        if self._sent:
            raise TimeoutError("Discord did not confirm the post")
        self._sent = True
        return iter(self._fields)


async def create_post(http: HTTPClient, forum: discord.ForumChannel, title: str, message: Message) -> tuple[int, int]:
    """Create a post of a forum; return the ids of its thread and its message.

    A post is a thread, and its first message has the movie. Discord knows no nonces for posts. So it is not sent twice
    by itself, and an earlier attempt's post is searched for before the next attempt.

    Raises:
        TimeoutError: Discord may have accepted it.
        discord.HTTPException, aiohttp.ClientError, OSError: as for every request.
    """
    thread = {
        "name": title,
        "auto_archive_duration": _ARCHIVE_MINUTES,
        "type": _PUBLIC_THREAD,
        "applied_tags": [str(tag.id) for tag in forum.available_tags[:1]] if forum.flags.require_tag else [],
    }
    with handle_message_parameters(**message.sent(), channel_payload=thread) as params:
        # its content type makes a form without files multipart, too: Discord reads payload_json in no other one
        plain = {"name": "payload_json", "value": json.dumps(params.payload), "content_type": "application/json"}
        form = params.multipart or [plain]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum.id)
        created = await http.request(route, files=params.files, form=_Once(list(form)), params={"use_nested_fields": 1})
    return int(created["id"]), int(created["message"]["id"])
