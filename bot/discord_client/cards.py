"""Edits the cards of movies, without ever cancelling an edit, and corrects those that the database does not know.

discord.py sleeps inside a request that hits a global 429, while all its other requests wait for an event that this
request sets after its sleep (`HTTPClient.request`). A cancellation during the sleep leaves the event cleared, and no
message is sent any more. So each edit runs in its own task, and only the wait for it has a timeout.

A process that is killed after Discord accepted a card, and before the job is queued, leaves a card of a waiting movie.
The order is voided, which is final, so the corrected card stays true until the message about the order replaces it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import discord
import structlog

from bot.core.errors import DeliveryDeferred, DeliveryError, DeliveryRejected, StorageError
from bot.discord_client import sent_messages
from bot.discord_client.client import Client
from bot.discord_client.rest_errors import map_errors
from bot.discord_client.sent_messages import Messenger
from bot.domain.catalogue import Catalogue
from bot.domain.delivery import PostedMessage, Venue
from bot.domain.durations import Estimate
from bot.domain.jobs import Job, JobState
from bot.locales.texts import texts_in
from bot.ui import job_messages
from bot.ui.storyboards import Storyboard

_log = structlog.stdlib.get_logger(__name__)

MAX_CONCURRENT: Final = 200
"""Further edits are dropped: they would only wait for the same Discord."""

T = TypeVar("T")

Edit = Callable[[], Awaitable[None]]


async def with_board(job: Job, board: Storyboard | None, send: Callable[[Storyboard | None], Awaitable[T]]) -> T | None:
    """Make a request with stills; without them where Discord refuses that, as it does where no files may be attached.

    Raises the errors of `map_errors`.
    """
    if board is not None:
        try:
            return await map_errors(lambda: send(board))
        except DeliveryRejected as exc:
            _log.info("stills_not_shown", job_id=job.id, code=exc.code)
    return await map_errors(lambda: send(None))


class Cards(Messenger):
    """The cards of a client, each edited one request at a time.

    `board` gets the stills that a card shows. `edit_timeout`: how many seconds a caller waits for an edit.
    """

    def __init__(
        self,
        client: Client,
        catalogue: Catalogue,
        estimate: Callable[[Job], Awaitable[Estimate]],
        board: Callable[[Job], Awaitable[Storyboard | None]],
        *,
        edit_timeout: float,
    ) -> None:
        super().__init__(client)
        self._catalogue = catalogue
        self._estimate = estimate
        self._board = board
        self._edits = CardEdits(edit_timeout)

    async def update(self, job: Job, venue: Venue | None = Venue.UNDECIDED) -> None:
        """Update a card. Errors are only logged; that it is deleted is none.

        `venue` is where its finished movie is, as in `job_card`.
        """
        if self._client.http_ready.is_set():
            with contextlib.suppress(DeliveryError):  # it is logged
                await self.show(job, venue)

    async def show(self, job: Job, venue: Venue | None) -> None:
        """Update a card that must change; one that is deleted need not.

        Raises:
            DeliveryRejected: Discord forbids it.
            DeliveryDeferred: It failed, or is not confirmed within the timeout; retry later.
        """
        card = job.card
        if card is None:
            return
        outcomes: list[DeliveryError | None] = []

        async def edit() -> None:
            error = await self._try(job, card, venue)
            if error is not None:
                _log.info("card_update_failed", job_id=job.id, error=str(error))
            outcomes.append(error)

        await self._edits.run(card.message_id, edit)
        if not outcomes:
            raise DeliveryDeferred("the edit is not confirmed", definitely_failed=True)
        if outcomes[-1] is not None:
            raise outcomes[-1]

    async def _try(self, job: Job, card: PostedMessage, venue: Venue | None) -> DeliveryError | None:
        """Edit a card, and return what went wrong."""
        try:
            await with_board(job, await self._board(job), lambda board: self._edit_card(job, card, venue, board))
        except DeliveryError as exc:
            return exc
        except (discord.DiscordException, StorageError) as exc:
            return DeliveryDeferred(str(exc) or type(exc).__name__, definitely_failed=True)
        except RuntimeError as exc:
            if not self._client.is_closed():
                raise
            return DeliveryDeferred(str(exc), definitely_failed=True)  # its HTTP session is closed
        return None

    async def _edit_card(self, job: Job, card: PostedMessage, venue: Venue | None, board: Storyboard | None) -> None:
        texts, estimate = texts_in(job.server_language), await self._estimate(job)
        shown = job_messages.job_card(texts, job, self._catalogue, estimate, venue, board)
        await self._posted(card).edit(**shown.edited(None if board is not None and board.is_posted else ()))

    async def correct(self, job: Job, *, last_attempt: bool) -> int | None:
        """Update the card of a voided order, and return its id.

        None where the channel has none. The id is returned, too, where the card can't be edited: the message about the
        order replaces it all the same.

        Raises:
            DeliveryDeferred: Discord is unavailable, and it is not the `last_attempt`; retry later.
        """
        author = self._client.user
        if author is None or job.state is not JobState.CANCELLED or job.card_message_id is not None:
            return None
        card: discord.Message | None = None
        try:
            channel = self._text_channel(job.channel_id, job.guild_id)
            card = await map_errors(lambda: sent_messages.find_card(channel, job, author))
            if card is not None and job_messages.is_outdated(job, card):
                shown = job_messages.job_card(texts_in(job.server_language), job, self._catalogue)
                if await map_errors(lambda: card.edit(**shown.edited())) is not None:
                    _log.warning("card_corrected", job_id=job.id, message_id=card.id)
        except DeliveryError as exc:
            if isinstance(exc, DeliveryDeferred) and not last_attempt:
                exc.definitely_failed = True  # nothing was posted
                raise
            _log.warning("card_not_corrected", job_id=job.id, error=str(exc))
        return card and card.id


class CardEdits:
    """Runs at most one edit per card at a time.

    `timeout` is how long a caller waits, in seconds. The edit continues after that.
    """

    def __init__(self, timeout: float, limit: int = MAX_CONCURRENT) -> None:
        self._timeout = timeout
        self._limit = limit
        self._running: dict[int, asyncio.Task[None]] = {}
        self._next: dict[int, Edit] = {}

    async def run(self, card_message_id: int, edit: Edit) -> None:
        """Start an edit and wait for it within the timeout; never raises.

        While another edit of the card runs, only the newest is kept, and runs after it.
        """
        if card_message_id in self._running:
            self._next[card_message_id] = edit
            return
        if len(self._running) >= self._limit:
            _log.warning("card_update_failed", card=card_message_id, error="too many edits are under way")
            return
        task = asyncio.create_task(self._run(card_message_id, edit), name=f"card-{card_message_id}")
        self._running[card_message_id] = task
        await asyncio.wait((task,), timeout=self._timeout)

    async def _run(self, card_message_id: int, edit: Edit) -> None:
        following: Edit | None = edit
        try:
            while following is not None:
                await self._execute(card_message_id, following)
                following = self._next.pop(card_message_id, None)
        finally:
            self._next.pop(card_message_id, None)
            del self._running[card_message_id]

    async def _execute(self, card_message_id: int, edit: Edit) -> None:
        time = asyncio.get_running_loop().time
        started = time()
        try:
            await edit()
        except Exception:  # nothing awaits a late edit, so its error would be lost
            _log.exception("card_update_failed", card=card_message_id)
        took = time() - started
        if took > self._timeout:
            _log.warning("card_edit_was_slow", card=card_message_id, seconds=round(took, 1))
