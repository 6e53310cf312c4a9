"""Sends notifications and audit entries, edits cards, and deletes messages.

Uses the bot's own token: an interaction's token expires after 15 minutes, and movies can take longer.

A notification goes to the channel and falls back to a direct message, or the other way round where the member chose
direct messages. Only an error in `_PERMANENT_CODES` leads to the fallback. After any other error the same route is
retried later, so a transient error never posts a private message in the channel.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, TypeVar

import aiohttp
import discord
import structlog

from bot.discord_client import sent_messages, stray_cards
from bot.discord_client.attachments import Attachments
from bot.discord_client.client import Client
from bot.discord_client.edits import CardEdits
from bot.domain.catalogue import Catalogue
from bot.domain.credit_request import CreditRequest, Notice
from bot.domain.delivery import Delivery, MoviePlace, NotificationType, PostedMessage, SentMessage
from bot.domain.estimates import Estimate
from bot.domain.job import Job
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditEntry, Balance
from bot.errors import DeliveryDeferred, DeliveryRejected, StorageError
from bot.locales.texts import texts_in
from bot.services.accounts import AccountService
from bot.ui import credit_requests, job_messages

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
"""Codes after which a route is not retried. Source: Discord's list of JSON error codes."""

_TOO_LARGE: Final = 40005  # the file; the link alone may fit
_TOO_LARGE_STATUS: Final = 413
_MALFORMED: Final = 50035  # a part of the message is invalid, such as a button's URL

_FINAL_CODES: Final = _PERMANENT_CODES | {_TOO_LARGE, _MALFORMED}
"""Codes after which the same message is not sent again. All others, even unknown ones, are retried."""

_DELETED_ALREADY: Final = 10008  # of a nonce: its message was accepted earlier and then deleted

EDIT_TIMEOUT_SECONDS: Final = 5.0
"""How long a poll loop waits for the edit of a card."""

_MAX_CORRECTIONS: Final = 5
"""Attempts to correct a card, over about ten minutes. After that the notification is sent anyway."""

_NETWORK_ERRORS = (aiohttp.ClientError, OSError, TimeoutError)


T = TypeVar("T")

_Attempt = tuple[job_messages.Message, Path | None]
"""A variant of a message, and the movie that is attached to it."""

_Send = Callable[[job_messages.Message, Path | None], Awaitable[discord.Message]]


class DiscordPublisher:
    """The worker's `MessagePublisher`, over the client's REST session.

    `cancellable`: the API can cancel a movie that renders.
    """

    def __init__(
        self,
        client: Client,
        catalogue: Catalogue,
        accounts: AccountService,
        *,
        attachments: Attachments,
        estimate: Callable[[Job], Awaitable[Estimate]],
        cancellable: bool = False,
        edit_timeout: float = EDIT_TIMEOUT_SECONDS,
    ) -> None:
        self._client = client
        self._catalogue = catalogue
        self._accounts = accounts
        self._attachments = attachments
        self._estimate = estimate
        self._cancellable = cancellable
        self._edits = CardEdits(edit_timeout)

    async def wait_ready(self) -> None:
        """Return once messages can be sent."""
        await self._client.http_ready.wait()

    async def update_card(self, job: Job, place: MoviePlace = MoviePlace.PENDING) -> None:
        """Update the job's card. Errors are only logged.

        `place` is where its finished movie is.
        """
        if job.card_message_id is None or not self._client.http_ready.is_set():
            return
        card_id = job.card_message_id
        await self._edits.run(card_id, lambda: self._edit(job, place, card_id))

    async def _edit(self, job: Job, place: MoviePlace, card_id: int) -> None:
        """Edit the job's card. Errors are only logged."""
        channel = self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)
        try:
            texts = texts_in(job.server_language)
            card = job_messages.job_embed(texts, job, self._catalogue, await self._estimate(job), place)
            view = job_messages.job_view(texts, job, cancellable=self._cancellable)
            await channel.get_partial_message(card_id).edit(embed=card, view=view)
        except (discord.DiscordException, StorageError, *_NETWORK_ERRORS) as exc:
            _log.info("card_update_failed", job_id=job.id, error=str(exc) or type(exc).__name__)
        except RuntimeError as exc:
            if not self._client.is_closed():
                raise
            _log.info("card_update_failed", job_id=job.id, error=str(exc))  # its HTTP session is closed

    async def send(self, delivery: Delivery, job: Job) -> SentMessage:
        """Send a notification and return its message.

        Raises:
            DeliveryRejected: every route fails permanently.
            DeliveryDeferred: a transient failure; retry with the same nonce.
        """
        card_id = await self._correct_card(delivery, job) if delivery.type is NotificationType.CANCELLED else None
        routes = [self._to_channel, self._to_member]
        if delivery.type is NotificationType.FOLLOWED:
            routes.pop()
        elif job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
            routes.reverse()
        async with self._attachments.open_for(delivery, job) as movie:
            while True:
                route = routes.pop(0)
                try:
                    return SentMessage(await route(job, delivery, movie), card_id)
                except DeliveryRejected as exc:
                    _log.warning("delivery_route_rejected", job_id=job.id, route=route.__name__, code=exc.code)
                    if not routes:
                        raise

    async def find_sent(self, delivery: Delivery, job: Job) -> SentMessage | None:
        """Find an earlier attempt's message, in the channel or sent directly.

        Raises:
            DeliveryDeferred: a transient failure; retry later.
        """
        since = replace(delivery, possibly_sent_since=job.finished_at or job.created_at)

        async def find() -> discord.Message | None:
            found = await self._find_sent(self._channel(job), job, since)
            return found or await self._find_sent(await self._member_channel(job), job, since)

        try:
            found = await _map_errors(find)
        except DeliveryRejected as exc:  # such as direct messages that are closed
            _log.warning("sent_message_not_searched", job_id=job.id, code=exc.code)
            return None
        return found and SentMessage(PostedMessage(found.channel.id, found.id))

    async def delete_message(self, message: PostedMessage) -> None:
        """Delete a message of the bot. Raises the errors of `send`."""
        channel = self._client.get_partial_messageable(message.channel_id)
        await _map_errors(lambda: channel.get_partial_message(message.message_id).delete())

    async def _correct_card(self, delivery: Delivery, job: Job) -> int | None:
        """Correct a voided order's card before its notification; return its id.

        Raises:
            DeliveryDeferred: a transient failure, up to _MAX_CORRECTIONS times.
        """
        try:
            return await stray_cards.correct(self._channel(job), job, self._client.user, self._catalogue)
        except DeliveryDeferred as exc:
            if delivery.attempts < _MAX_CORRECTIONS:
                raise
            _log.warning("card_not_corrected", job_id=job.id, error=str(exc))
            return None

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit entry without mentions. Raises the errors of `send`."""
        channel = self._client.get_partial_messageable(channel_id, guild_id=entry.guild_id)
        message = credit_requests.log_message(texts_in(entry.language), entry, self._catalogue)
        view = discord.utils.MISSING if message.view is None else message.view
        await _map_errors(lambda: channel.send(message.content, view=view, nonce=_nonce(entry.id)))

    async def send_answer(self, request: CreditRequest) -> None:
        """Tell a member the answer to their request.

        Raises the errors of `send`.
        """
        text = credit_requests.answer_text(texts_in(request.member_language), request)

        async def send() -> discord.Message:
            channel = await self._client.create_dm(discord.Object(request.member_id))
            return await channel.send(text, nonce=_nonce(f"{request.id}-answer"))

        await _map_errors(send)

    async def show_undelivered_answer(self, request: CreditRequest) -> None:
        """Say in a request's message that its member was not told.

        Raises the errors of `send`.
        """
        if request.message is None:
            return
        channel = self._client.get_partial_messageable(request.message.channel_id, guild_id=request.guild_id)
        message = channel.get_partial_message(request.message.message_id)
        told = replace(request, notice=Notice.UNDELIVERABLE)
        text = credit_requests.request_text(texts_in(request.server_language), told)
        await _map_errors(lambda: message.edit(content=text, view=None))

    async def _message(
        self, delivery: Delivery, job: Job, *, direct: bool, attached: bool = False
    ) -> job_messages.Message:
        """Build a notification: in the member's language, or in the server's.

        Only a direct message says what its member has left. `attached`: it has the movie itself.
        """
        texts = texts_in(job.member_language if direct else job.server_language)
        match delivery.type:
            case NotificationType.FOLLOWED:
                return job_messages.follower_message(texts, job, delivery.followers)
            case NotificationType.UNKNOWN:
                return job_messages.unknown_message(texts, job)
            case NotificationType.CANCELLED:
                return job_messages.cancelled_message(texts, job, direct=direct)
            case NotificationType.COMPLETED:
                balance = await self._balance(job) if direct else None
                message = job_messages.completed_message(
                    texts, job, balance, delivery.followers, direct=direct, attached=attached
                )
                if not message.has_link:
                    _log.warning("link_not_posted", job_id=job.id, characters=len(job.movie_url or ""))
                return message
            case NotificationType.FAILED:
                balance = await self._balance(job) if direct else None
                return job_messages.failed_message(texts, job, balance, direct=direct)

    async def _balance(self, job: Job) -> Balance:
        return await self._accounts.balance(job.guild_id, job.member_id, job.role_ids)

    def _channel(self, job: Job) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(job.channel_id, guild_id=job.guild_id)

    async def _member_channel(self, job: Job) -> discord.DMChannel:
        return await self._client.create_dm(discord.Object(job.member_id))

    async def _to_channel(self, job: Job, delivery: Delivery, movie: Path | None) -> PostedMessage:
        return await self._send_to(self._channel(job), job, delivery, movie, direct=False)

    async def _to_member(self, job: Job, delivery: Delivery, movie: Path | None) -> PostedMessage:
        channel = await _map_errors(lambda: self._member_channel(job))
        assert channel is not None
        return await self._send_to(channel, job, delivery, movie, direct=True)

    async def _send_to(
        self,
        channel: discord.PartialMessageable | discord.DMChannel,
        job: Job,
        delivery: Delivery,
        movie: Path | None,
        *,
        direct: bool,
    ) -> PostedMessage:
        attempts: list[_Attempt] = [(await self._message(delivery, job, direct=direct), None)]
        if movie is not None:
            attempts.insert(0, (await self._message(delivery, job, direct=direct, attached=True), movie))

        async def send(variant: job_messages.Message, path: Path | None) -> discord.Message:
            found = await self._find_sent(channel, job, delivery)
            return found or await _send(channel, job, variant, delivery.nonce, path)

        return PostedMessage(channel.id, await _send_with_fallbacks(send, attempts))

    async def _find_sent(
        self, channel: discord.abc.Messageable, job: Job, delivery: Delivery
    ) -> discord.Message | None:
        """Find the message of an earlier attempt.

        Discord may have forgotten its nonce.
        """
        me = self._client.user
        if me is None or delivery.possibly_sent_since is None:
            return None
        return await sent_messages.find_sent_message(channel, job, delivery.type, me, delivery.possibly_sent_since)


async def _send_with_fallbacks(send: _Send, attempts: list[_Attempt]) -> int:
    """Send with the movie, else its link, else as plain text.

    `attempts` ends with the message without the movie. One whose link is only in its embed is first retried without its
    buttons. Returns the message's id, 0 where it was deleted since.
    """
    message, _ = attempts[-1]
    while True:
        variant, path = attempts.pop(0)
        try:
            posted = await _map_errors(lambda variant=variant, path=path: send(variant, path))
        except DeliveryRejected as exc:
            if exc.code in _PERMANENT_CODES - {_NO_PERMISSION}:
                raise
            if exc.code == _MALFORMED and variant.link_in_embed and variant.view is not None:
                attempts.append((replace(message, view=None), None))
            elif exc.code == _MALFORMED and variant.embed is not None:
                attempts.append((job_messages.Message(message.content, None, None, message.mentions), None))
            if not attempts:
                raise
            _log.warning("message_rejected", code=exc.code, error=str(exc))
        else:
            return 0 if posted is None else posted.id


async def _send(
    channel: discord.abc.Messageable, job: Job, message: job_messages.Message, nonce: str, movie: Path | None
) -> discord.Message:
    """Send a message that mentions only its `mentions`, whatever its text contains."""
    mentioned = [discord.Object(member_id) for member_id in message.mentions]
    mentions = discord.AllowedMentions(everyone=False, roles=False, users=mentioned)
    files = [] if movie is None else [discord.File(movie, f"movie-{job.id}.mp4", description=message.alt_text)]
    view = discord.utils.MISSING if message.view is None else message.view
    embed = discord.utils.MISSING if message.embed is None else message.embed
    return await channel.send(
        message.content, embed=embed, view=view, files=files, nonce=nonce, allowed_mentions=mentions
    )


def _nonce(row_id: str) -> str:
    """Return the nonce of a row's message. Discord takes 25 characters."""
    return hashlib.sha256(row_id.encode()).hexdigest()[:24]


async def _map_errors(request: Callable[[], Awaitable[T]]) -> T | None:
    """Make a request, and map Discord's errors to DeliveryError.

    Returns None where the message that it is about is deleted.
    """
    try:
        return await request()
    except discord.HTTPException as exc:
        if exc.code == _DELETED_ALREADY:
            return None
        if exc.code in _FINAL_CODES or exc.status == _TOO_LARGE_STATUS:
            raise DeliveryRejected(exc.text or str(exc.status), code=exc.code) from exc
        definitely_failed = exc.status < 500  # noqa: PLR2004 (below 500, Discord rejected the request)
        raise DeliveryDeferred(exc.text or str(exc.status), code=exc.code, definitely_failed=definitely_failed) from exc
    except discord.RateLimited as exc:
        raise DeliveryDeferred("rate limited", retry_after=exc.retry_after) from exc
    except _NETWORK_ERRORS as exc:
        raise DeliveryDeferred(str(exc) or type(exc).__name__) from exc
