"""Sends notifications and audit entries, edits cards, and deletes messages.

Uses the bot's own token: an interaction's token expires after 15 minutes, and movies can take longer.

A notification goes to the channel and falls back to a direct message, or the other way round where the member chose
direct messages. Only an error in `PERMANENT_CODES` leads to the fallback. After any other error the same route is
retried later, so a transient error never posts a private message in the channel.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import discord
import structlog

from bot.core.errors import UNKNOWN_CHANNEL, DeliveryDeferred, DeliveryError, DeliveryRejected
from bot.discord_client.cards import Cards, with_board
from bot.discord_client.channel_viewers import fetch_hidden
from bot.discord_client.client import Client
from bot.discord_client.gallery import Gallery
from bot.discord_client.movie_nights import MovieNightMessages
from bot.discord_client.notices import Notices
from bot.discord_client.responses import request_deadline
from bot.discord_client.rest_errors import ARCHIVED_THREAD, map_errors
from bot.discord_client.staff_channels import StaffChannels
from bot.discord_client.uploads import Attachments
from bot.domain.delivery import MAX_RETRY_SECONDS, NotificationType, PostedMessage, Venue
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, Step, Still
from bot.domain.message import Delivery, SentMessage
from bot.domain.operations import Operation
from bot.domain.pitches import Pitch
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import Balance
from bot.domain.server_setup import AgeRule
from bot.domain.text import Language
from bot.locales.texts import Texts, texts_in
from bot.services.privacy import read_balance
from bot.ui import approvals, job_messages, pitches, rankings
from bot.ui.components import Message, file_name, files_of, texts_of
from bot.ui.formatting import mention
from bot.ui.player import MOVIE_SUFFIX
from bot.ui.storyboards import Storyboard, posted_still
from data import jobs, outbox, pictures, server_setup, storyboards
from data.database import Database

_log = structlog.stdlib.get_logger(__name__)

EDIT_TIMEOUT_SECONDS: Final = 5.0
"""How long a poll loop waits for the edit of a card."""

_MAX_CORRECTIONS: Final = 5
"""Attempts to correct a card, over about ten minutes. After that the notification is sent anyway."""


class DiscordPublisher(StaffChannels, Notices):
    """The worker's `MessagePublisher`, over the client's REST session."""

    def __init__(
        self,
        client: Client,
        database: Database,
        *,
        attachments: Attachments,
        estimate: Callable[[Job], Awaitable[Estimate]],
        fresh_stills: Callable[[Job], Awaitable[tuple[Still, ...]]],
    ) -> None:
        super().__init__(client, database.policy.catalogue)
        self._database = database
        self._attachments = attachments
        self._fresh_stills = fresh_stills
        self._cards = Cards(client, self._catalogue, estimate, self._public_board, edit_timeout=EDIT_TIMEOUT_SECONDS)
        self.update_card = self._cards.update
        self.show_card = self._cards.show
        self._gallery = Gallery(client)
        self.movie_nights = MovieNightMessages(client, self._gallery)

    async def wait_ready(self) -> None:
        """Return once messages can be sent."""
        await self._client.http_ready.wait()

    async def send(self, delivery: Delivery) -> SentMessage:
        """Send a notification and return its message.

        Raises:
            GalleryRejected: the gallery does not take it, but other routes may.
            DeliveryRejected: every route fails permanently.
            DeliveryDeferred: a transient failure, or the lease has ended; retry with the same nonce.
        """
        with request_deadline(delivery.leased_until):
            card_message_id = None
            if delivery.type is NotificationType.CANCELLED:
                is_last = delivery.attempts >= _MAX_CORRECTIONS
                card_message_id = await self._cards.correct(delivery.job, last_attempt=is_last)
                await self._update_request(delivery.job)
            if delivery.gallery_id is not None:
                return await self._to_gallery(delivery, delivery.gallery_id)
            return replace(await self._send_by_route(delivery), card_message_id=card_message_id)

    async def _send_by_route(self, delivery: Delivery) -> SentMessage:
        routes = [self._to_channel, self._to_member]
        match delivery.type:
            case NotificationType.STARRED:
                raise DeliveryRejected("no gallery")
            case NotificationType.FOLLOWED:
                routes.pop()
            case _ if delivery.job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
                routes.reverse()
            case _:
                pass
        async with self._attachments.open_for(delivery) as movie:
            while True:
                route = routes.pop(0)
                try:
                    return await route(delivery, movie)
                except DeliveryRejected as exc:
                    _log.warning("delivery_route_rejected", job_id=delivery.job.id, route=route.__name__, code=exc.code)
                    if not routes:
                        raise

    async def find_sent(self, delivery: Delivery) -> SentMessage | None:
        """Find an earlier attempt's message, wherever it was sent.

        Raises:
            DeliveryDeferred: a transient failure; retry later.
        """
        job = delivery.job
        try:
            if delivery.gallery_id is not None:
                found = await self._gallery.find(delivery.gallery_id, delivery)
            else:
                channel = self._text_channel(job.channel_id, job.guild_id)
                found = await self._find_sent(channel, delivery, Venue.CHANNEL)
                found = found or await self._find_sent(
                    await self._direct_channel(job.member_id), delivery, Venue.DIRECT
                )
        except DeliveryRejected as exc:  # such as direct messages that are closed
            _log.warning("sent_message_not_searched", job_id=job.id, code=exc.code)
            return None
        return found and SentMessage(found)

    async def delete_message(self, message: PostedMessage, language: Language) -> None:
        """Delete a message of the bot. Raises the errors of `send`."""
        if message.venue is Venue.FORUM:
            await self._gallery.delete_post(message, texts_in(language)("buttons-deleted-post-title"))
            return
        await map_errors(self._posted(message).delete)

    async def send_approval_request(self, job: Job, channel_id: int, *, nonce: str) -> PostedMessage:
        """Ask staff in a channel to approve a job, without mentions, and without pictures that Discord refuses.

        Raises the errors of `send`.
        """
        board = await self._staff_board(channel_id, job)
        asked = await with_board(job, board, lambda shown: self._ask_staff(job, channel_id, nonce=nonce, board=shown))
        assert asked is not None
        return asked

    async def _staff_board(self, channel_id: int, job: Job) -> Storyboard | None:
        """Return the pictures that staff decide about: a storyboard's stills, or those that the movie is made of."""
        if job.step is Step.REVIEW:
            return await self._board_in(channel_id, job)
        spoiler = await self._is_spoiler(channel_id, job) if job.request.operation is Operation.PICTURES else None
        if spoiler is None:
            return None
        found = [await self._database.read(pictures.read, each) for each in job.request.sources]
        shown = [picture for picture in found if picture is not None]
        return Storyboard((), await self._attachments.pictures_of(job, shown, spoiler=spoiler))

    async def storyboard(self, job: Job) -> Storyboard:
        """Fetch a storyboard's stills for its member."""
        return await self._storyboard(job, spoiler=await self._age_rule(job) is AgeRule.SPOILER)

    async def _storyboard(self, job: Job, *, spoiler: bool) -> Storyboard:
        """Fetch a storyboard's stills. Where their links have ended, the API is asked for fresh ones."""
        stills = await self._database.read(storyboards.stills, job.id)
        files = await self._attachments.stills_of(job, stills, spoiler=spoiler)
        if not files:  # the API signs all of them at once
            stills = await self._fresh_stills(job) or stills
            files = await self._attachments.stills_of(job, stills, spoiler=spoiler)
        return Storyboard(stills, files)

    async def stills(self, job: Job, stills: Sequence[Still]) -> Storyboard:
        """Fetch stills whose links are fresh."""
        is_spoiler = await self._age_rule(job) is AgeRule.SPOILER
        return Storyboard(tuple(stills), await self._attachments.stills_of(job, stills, spoiler=is_spoiler))

    async def _public_board(self, job: Job) -> Storyboard | None:
        """Return the stills that a card shows: a storyboard, or a movie's newest; none where the movie goes by DM."""
        if job.shows_still:
            return await self._newest_still(job)
        if not job.awaits_decision or job.delivery_target is DeliveryTarget.DIRECT_MESSAGE:
            return None
        return await self._board_in(job.channel_id, job)

    async def _newest_still(self, job: Job) -> Storyboard | None:
        """Return a movie's newest still, which is not sent again where its card has it."""
        stills = (await self._database.read(storyboards.stills, job.id))[-1:]
        spoiler = await self._is_spoiler(job.channel_id, job) if stills else None
        if spoiler is None:
            return None
        texts, names = texts_in(job.server_language), await self._files_of_card(job)
        posted = posted_still(texts, stills[0], names, spoiler=spoiler)
        files = (posted,) if posted else await self._attachments.stills_of(job, stills, spoiler=spoiler)
        return Storyboard((), files) if files else None

    async def _files_of_card(self, job: Job) -> list[str]:
        """Return the names of the files that a card has; none where it can't be read."""
        assert job.card is not None
        try:
            card = await map_errors(self._posted(job.card).fetch)
        except DeliveryRejected as exc:
            _log.info("card_not_read", job_id=job.id, code=exc.code)
            return []
        return [] if card is None else [*map(file_name, files_of(card))]

    async def _board_in(self, channel_id: int, job: Job) -> Storyboard | None:
        """Return a storyboard for a channel; None where only age-restricted ones may have it."""
        spoiler = await self._is_spoiler(channel_id, job)
        return None if spoiler is None else await self._storyboard(job, spoiler=spoiler)

    async def _is_spoiler(self, channel_id: int, job: Job) -> bool | None:
        """Return whether stills are hidden until someone clicks; None where the channel may not have them."""
        age = await self._age_rule(job)
        if age is AgeRule.RESTRICTED and not await self._gallery.is_age_restricted(channel_id):
            return None
        return age is AgeRule.SPOILER

    async def _age_rule(self, job: Job) -> AgeRule | None:
        return (await self._database.read(server_setup.get, job.guild_id)).age

    async def update_messages(self, job: Job) -> None:
        """Update a job's card, and the message that asks staff about it.

        Errors are only logged.
        """
        await self.update_card(job)
        await self._update_request(job)

    async def _update_request(self, job: Job) -> None:
        """Show in the staff channel's message what became of a job.

        Errors are only logged: a press of its buttons shows it, too.
        """
        message = job.staff_message
        if message is None or job.awaits_approval or not self._client.http_ready.is_set():
            return
        request = approvals.request_message(texts_in(job.server_language), job, self._catalogue)
        try:
            await self._edit(message, request)
        except DeliveryError as exc:
            _log.info("request_update_failed", job_id=job.id, error=str(exc))

    async def show_pitch(self, pitch: Pitch) -> bool:
        """Update a pitch's message; False where it, or its channel, is deleted.

        Raises the errors of `send`.
        """
        assert pitch.message_id is not None
        shown = pitches.pitch_message(texts_in(pitch.server_language), pitch, self._catalogue)
        try:
            return await self._edit(PostedMessage(pitch.channel_id, pitch.message_id), shown) is not None
        except DeliveryRejected as exc:
            if exc.code != UNKNOWN_CHANNEL:
                raise
            return False

    async def show_movie(self, movie: Delivery, posted: PostedMessage) -> None:
        """Update the message of a finished movie. Raises the errors of `send`; an archived thread defers."""
        try:
            message = await map_errors(self._posted(posted).fetch)
            if message is not None:
                attached = next((name for name in map(file_name, files_of(message)) if name.endswith(MOVIE_SUFFIX)), "")
                movie = replace(movie, followers=_named(message, movie.followers))
                shown = self._movie_message(movie, attached=attached, direct=posted.venue is Venue.DIRECT)
                await map_errors(lambda: message.edit(**shown.edited(message.attachments or None)))
        except DeliveryRejected as exc:
            if exc.code != ARCHIVED_THREAD:
                raise
            raise DeliveryDeferred(str(exc), code=exc.code, retry_after=MAX_RETRY_SECONDS) from exc

    async def _message(self, delivery: Delivery, *, direct: bool, movie: Path | None = None) -> Message:
        """Build a notification: in the member's language, or in the server's.

        Only a direct message says what its member has left. `movie` is attached to it.
        """
        job = delivery.job
        texts = _texts(job, direct=direct)
        shows_balance = direct and delivery.type in (NotificationType.COMPLETED, NotificationType.FAILED)
        balance = await self._balance(job) if shows_balance else None
        match delivery.type:
            case NotificationType.COMPLETED | NotificationType.STARRED:
                return self._movie_message(delivery, balance, direct=direct, movie=movie)
            case NotificationType.FOLLOWED:
                return job_messages.follower_message(texts, job, delivery.followers)
            case NotificationType.UNKNOWN:
                return job_messages.unknown_message(texts, job)
            case NotificationType.CANCELLED:
                return job_messages.cancelled_message(texts, job, direct=direct)
            case NotificationType.FAILED:
                return job_messages.failed_message(texts, job, balance, direct=direct)

    def _movie_message(
        self,
        delivery: Delivery,
        balance: Balance | None = None,
        *,
        direct: bool,
        movie: Path | None = None,
        attached: str = "",
    ) -> Message:
        """Build a message with a movie, which is attached: as a new file, or as the one that it has."""
        texts = _texts(delivery.job, direct=direct)
        if delivery.type is NotificationType.STARRED:
            return rankings.gallery_message(
                texts,
                delivery.job,
                self._catalogue,
                stars=delivery.stars,
                movie=movie,
                attached=attached,
                spoiler=delivery.spoiler,
            )
        return job_messages.completed_message(
            texts,
            delivery.job,
            self._catalogue,
            balance,
            delivery.followers,
            stars=delivery.stars,
            payers=delivery.payers,
            direct=direct,
            movie=movie,
            attached=attached,
            spoiler=delivery.spoiler,
        )

    async def _balance(self, job: Job) -> Balance:
        return await read_balance(self._database, job.guild_id, job.member_id, job.role_ids)

    async def _to_gallery(self, delivery: Delivery, gallery_id: int) -> SentMessage:
        hidden = await fetch_hidden(self._client, delivery.job.guild_id, gallery_id, delivery.followers)
        shown = delivery.without(hidden)
        async with self._attachments.open_for(delivery) as movie:
            posted = await self._gallery.send(gallery_id, shown, await self._variants(shown, movie, direct=False))
            return SentMessage(posted, unmentioned=tuple(sorted(hidden)))

    async def _to_channel(self, delivery: Delivery, movie: Path | None) -> SentMessage:
        job = delivery.job
        restricted = delivery.type is NotificationType.COMPLETED and delivery.age is AgeRule.RESTRICTED
        if restricted and not await self._gallery.is_age_restricted(job.channel_id):
            raise DeliveryRejected("not age-restricted")  # its member still gets it
        hidden = await fetch_hidden(self._client, job.guild_id, job.channel_id, delivery.followers)
        shown = delivery.without(hidden)
        if delivery.type is NotificationType.FOLLOWED and not shown.followers:
            raise DeliveryRejected("no follower can view the channel")
        channel, original = self._text_channel(job.channel_id, job.guild_id), await self._original(delivery)
        variants = await self._variants(shown, movie, direct=False)
        posted = await self._send_once(channel, shown, variants, Venue.CHANNEL, original)
        return SentMessage(posted, unmentioned=tuple(sorted(hidden)))

    async def _original(self, delivery: Delivery) -> discord.MessageReference | None:
        """Return the message of the movie that a finished copy is made from, in the same channel: it answers that."""
        job = delivery.job
        if delivery.type is not NotificationType.COMPLETED or not job.request.operation.declared.is_copy:
            return None
        source = await self._database.read(jobs.find, job.request.sources[0])
        posted = source and await self._database.read(outbox.message_about, source)
        if posted is None or posted.channel_id != job.channel_id:
            return None
        return discord.MessageReference(
            message_id=posted.message_id, channel_id=posted.channel_id, guild_id=job.guild_id, fail_if_not_exists=False
        )

    async def _to_member(self, delivery: Delivery, movie: Path | None) -> SentMessage:
        channel = await self._direct_channel(delivery.job.member_id)
        variants = await self._variants(delivery, movie, direct=True)
        posted = await self._send_once(channel, delivery, variants, Venue.DIRECT)
        return SentMessage(posted, unmentioned=delivery.followers)

    async def _variants(self, delivery: Delivery, movie: Path | None, *, direct: bool) -> list[Message]:
        """Return the variants of a message: with the movie, and without."""
        files = [None] if movie is None else [movie, None]
        return [await self._message(delivery, direct=direct, movie=each) for each in files]


def _texts(job: Job, *, direct: bool) -> Texts:
    return texts_in(job.member_language if direct else job.server_language)


def _named(message: discord.Message, followers: Sequence[int]) -> tuple[int, ...]:
    """Return the followers whom a message names: not those who could not view it when it was posted."""
    written = message.content + texts_of(message)
    return tuple(each for each in followers if mention(each) in written)
