"""How the worker sends messages; implemented in bot/discord_client/publisher.py."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.delivery import PostedMessage, Venue
from bot.domain.jobs import Job
from bot.domain.message import Delivery, Notice, SentMessage
from bot.domain.movie_nights import MovieNight
from bot.domain.movie_reports import ReportedMovie
from bot.domain.pitches import Pitch
from bot.domain.quota import AuditEntry
from bot.domain.text import Language
from bot.domain.visibility import ServerReaders


class MovieNightPublisher(Protocol):
    """Sends the messages of movie nights over Discord."""

    async def is_posted(self, message: PostedMessage) -> bool:
        """Return whether a movie's message is still there.

        Raises:
            DeliveryDeferred: It can be retried.
        """
        ...

    async def readers(self, guild_id: int, channel_ids: Collection[int]) -> ServerReaders:
        """Return who may view some channels of a server.

        Raises:
            DeliveryRejected: The bot is not in the server.
            DeliveryDeferred: It can be retried.
        """
        ...

    async def send(self, night: MovieNight, sent_since: int | None) -> PostedMessage:
        """Post a movie night.

        `sent_since`: an earlier attempt may have posted it, since then. Raises as `MessagePublisher.send` does.
        """
        ...

    async def update(self, night: MovieNight) -> None:
        """Show the movies that are left, or delete the message without any, which may not be known yet.

        Raises as `send` does.
        """
        ...


class MessagePublisher(Protocol):
    """Sends messages about jobs over Discord."""

    @property
    def movie_nights(self) -> MovieNightPublisher:
        """What sends the messages of movie nights."""
        ...

    async def wait_ready(self) -> None:
        """Return once messages can be sent."""
        ...

    async def update_card(self, job: Job, venue: Venue | None = Venue.UNDECIDED) -> None:
        """Update the job's card.

        `venue` is where its finished movie is, as in `job_card`. Never raises: a failure is only logged.
        """
        ...

    async def show_card(self, job: Job, venue: Venue | None) -> None:
        """Update the job's card, which must change. A deleted one need not.

        Raises:
            DeliveryRejected: Discord forbids it.
            DeliveryDeferred: It can be retried.
        """
        ...

    async def send(self, delivery: Delivery) -> SentMessage:
        """Send a notification and return its message.

        One that may be sent already is searched for first.

        Raises:
            GalleryRejected: Discord rejects it in the server's gallery.
            DeliveryRejected: Discord rejects it in the channel and for the member.
            DeliveryDeferred: It can be retried.
        """
        ...

    async def find_sent(self, delivery: Delivery) -> SentMessage | None:
        """Find the message that an earlier attempt may have sent.

        Raises:
            DeliveryDeferred: Discord is unavailable; retry later.
        """
        ...

    async def delete_message(self, message: PostedMessage, language: Language) -> None:
        """Delete a message of the bot.

        A post that can't be deleted gets a title in this language, without the prompt. What is gone already counts as
        deleted.

        Raises:
            DeliveryRejected: Discord forbids it.
            DeliveryDeferred: It can be retried.
        """
        ...

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit entry. Raises as `send` does."""
        ...

    async def send_approval_request(self, job: Job, channel_id: int, *, nonce: str) -> PostedMessage:
        """Ask staff in a channel to approve a job; return the message.

        Raises as `send` does. `nonce` is the same for every attempt.
        """
        ...

    async def tell(self, notices: Sequence[Notice], sent_since: int | None, *, direct: bool) -> frozenset[int]:
        """Tell members in the channel, or one by DM; return who can't view the channel, and so is not told.

        `sent_since`: an earlier attempt may have told them, since then. Raises as `send` does.
        """
        ...

    async def show_untold(self, notice: Notice) -> None:
        """Show, where someone decided, that a member was not told of it. Raises as `send` does."""
        ...

    async def show_pitch(self, pitch: Pitch) -> bool:
        """Update a pitch's message; False where it, or its channel, is deleted.

        Raises as `send` does.
        """
        ...

    async def show_movie(self, movie: Delivery, posted: PostedMessage) -> None:
        """Update the message of a finished movie. One that is deleted need not change.

        Raises as `send` does. An archived thread defers.
        """
        ...

    async def show_report(self, movie: ReportedMovie, channel_id: int) -> PostedMessage | None:
        """Update the staff's message about a reported movie, or post it.

        It is posted in this channel. Return None where someone has deleted it. Raises as `send` does.
        """
        ...
