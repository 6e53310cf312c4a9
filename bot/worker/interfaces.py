"""How the worker sends messages; implemented in bot/discord_client/publisher.py."""

from __future__ import annotations

from typing import Protocol

from bot.domain.credit_request import CreditRequest
from bot.domain.delivery import Delivery, MoviePlace, PostedMessage, SentMessage
from bot.domain.job import Job
from bot.domain.quota import AuditEntry


class MessagePublisher(Protocol):
    """Sends messages about jobs over Discord."""

    async def wait_ready(self) -> None:
        """Return once messages can be sent."""
        ...

    async def update_card(self, job: Job, place: MoviePlace = MoviePlace.PENDING) -> None:
        """Update the job's card.

        `place` is where its finished movie is. Never raises: a failure is only logged.
        """
        ...

    async def send(self, delivery: Delivery, job: Job) -> SentMessage:
        """Send a notification and return its message.

        One that may be sent already is searched for first.

        Raises:
            DeliveryRejected: Discord rejects it in the channel and for the member.
            DeliveryDeferred: It can be retried.
        """
        ...

    async def find_sent(self, delivery: Delivery, job: Job) -> SentMessage | None:
        """Find the message that an earlier attempt may have sent.

        Raises:
            DeliveryDeferred: Discord is unavailable; retry later.
        """
        ...

    async def delete_message(self, message: PostedMessage) -> None:
        """Delete a message of the bot.

        One that is gone already counts as deleted.

        Raises:
            DeliveryRejected: Discord forbids it.
            DeliveryDeferred: It can be retried.
        """
        ...

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit entry. Raises as `send` does."""
        ...

    async def send_answer(self, request: CreditRequest) -> None:
        """Tell a member the answer to their request, by DM.

        Raises as `send` does.
        """
        ...

    async def show_undelivered_answer(self, request: CreditRequest) -> None:
        """Say in a request's message that its member was not told.

        Raises as `send` does.
        """
        ...
