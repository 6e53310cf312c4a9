"""The loop that makes Discord show what the messages table says, and what it sends of each kind.

Audit entries go to the server's staff channel, and so do messages about reported movies, which are edited. The public
messages of pitches and of finished movies are edited, too. Cards that another message replaces, and the messages of
removed movies, are deleted. What members are told goes to them by DM or in a channel.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

import structlog

from bot.core.clock import Clock
from bot.core.errors import (
    ARCHIVED_THREAD,
    UNKNOWN_CHANNEL,
    DeliveryDeferred,
    DeliveryError,
    DeliveryRejected,
    StorageError,
)
from bot.domain.delivery import MAX_ATTEMPTS, MAX_RETRY_SECONDS, PostedMessage, possibly_sent_since, retry_delay_ms
from bot.domain.message import MessageKind, Notice
from bot.domain.pitches import Pitch
from bot.domain.quota import AuditAction, AuditEntry
from bot.services.movie_links import MovieLinks
from bot.worker.interfaces import MessagePublisher
from bot.worker.movie_nights import MovieNights, show_or_plain
from bot.worker.poll_loop import ERROR_BACKOFF_MS
from data import (
    approvals,
    audit_log,
    jobs,
    message_deletions,
    messages,
    movie_reports,
    notices,
    outbox,
    pitch_ends,
    pitches,
    removals,
    shown_movies,
    staff_channel,
)
from data.database import Database, Transaction
from data.engine.instance_lock import InstanceLock
from data.messages import DueMessage

_log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class State:
    """How messages of one kind show a state, and what ends one that Discord forbids, or never takes.

    `show` shows it as it is now, and records that. It raises DeliveryDeferred where it can be retried. `end` is for
    messages that are only edited: they may be repeated at any time, and not for ever.
    """

    show: Callable[[DueMessage], Awaitable[None]]
    end: Callable[[DueMessage, DeliveryError], Awaitable[None]] | None = None


class Messages:
    """Shows due messages, one at a time for each kind and server, where this process leads."""

    def __init__(
        self,
        database: Database,
        publisher: MessagePublisher,
        clock: Clock,
        links: MovieLinks,
        instance_lock: InstanceLock,
    ) -> None:
        self._database = database
        self._clock = clock
        self._instance_lock = instance_lock
        self._notices = State(NoticeSender(database, publisher, clock).process)
        pitch_messages = PitchMessages(database, publisher)
        nights = MovieNights(database, publisher, clock, links)
        movies = MovieMessages(database, publisher)
        deleter = MessageDeleter(database, publisher)
        self._states: Mapping[MessageKind, State] = {
            MessageKind.PITCH: State(pitch_messages.show, self._ended_by(pitches.end_update)),
            MessageKind.PITCH_CHECK: State(pitch_messages.check),
            MessageKind.MOVIE: State(movies.show, self._ended_by(shown_movies.mark_shown)),
            MessageKind.GALLERY: State(movies.show, self._ended_by(shown_movies.mark_shown)),
            MessageKind.CARD: State(movies.show_card, self._ended_by(messages.settle)),
            MessageKind.GONE: State(deleter.show, deleter.end),
            MessageKind.MOVIE_NIGHT_START: State(nights.begin),
            MessageKind.MOVIE_NIGHT: State(nights.show),
            MessageKind.REPORT: State(MovieReportPublisher(database, publisher).show),
            MessageKind.AUDIT_LOG: State(AuditPublisher(database, publisher).show),
        }

    async def fetch(self, limit: int, exclude: Sequence[str]) -> Sequence[DueMessage]:
        """Return what is due; none where another process leads."""
        if not await self._instance_lock.is_leader():
            return ()
        return await self._database.read(messages.due, limit, exclude)

    async def next_due_at(self, now: int) -> int | None:
        """Return when the next message is due."""
        return await self._database.read(messages.next_due_at, now)

    def key(self, message: DueMessage) -> str:
        """Return the kind and the server."""
        return message.key

    async def process(self, message: DueMessage) -> None:
        """Show one message. One that fails by a fault of ours delays no other of its kind and server."""
        try:
            await self._show(message)
        except StorageError:
            raise
        except Exception:  # noqa: BLE001 (an item's outer boundary: it is tried again, after those that wait)
            _log.exception("message_failed", kind=message.kind, subject_id=message.subject_id)
            await self._database.write(messages.put_off, message, self._clock.now() + ERROR_BACKOFF_MS)

    async def _show(self, message: DueMessage) -> None:
        state = self._states.get(message.kind, self._notices)
        try:
            await state.show(message)
        except DeliveryRejected as exc:
            if state.end is None:
                raise
            await state.end(message, exc)
        except DeliveryDeferred as exc:
            if state.end is not None and message.attempts >= MAX_ATTEMPTS:
                await state.end(message, exc)
                return
            _log.warning("message_retry_scheduled", kind=message.kind, subject_id=message.subject_id, error=str(exc))
            retry_at = self._clock.now() + retry_delay_ms(exc, message.attempts, idempotent=state.end is not None)
            await self._database.write(messages.retry, message, retry_at)

    def _ended_by(self, record: Callable[[Transaction, DueMessage], None]) -> Callable[..., Awaitable[None]]:
        """Return what leaves a message as it is, until its subject changes again."""

        async def end(message: DueMessage, exc: DeliveryError) -> None:
            log = _log.info if isinstance(exc, DeliveryRejected) else _log.error
            log("message_not_shown", kind=message.kind, subject_id=message.subject_id, code=exc.code, error=str(exc))
            await self._database.write(record, message)

        return end


class _Sender:
    """Sends or edits messages of some kinds over Discord."""

    def __init__(self, database: Database, publisher: MessagePublisher) -> None:
        self._database = database
        self._publisher = publisher


class AuditPublisher(_Sender):
    """Posts the entries of a server, one by one, until Discord accepts them or forbids the channel."""

    async def show(self, message: DueMessage) -> None:
        """Post the oldest entry."""
        found = await self._database.read(audit_log.next_entry, message.guild_id)
        if found is None:
            await self._database.write(messages.settle, message)
            return
        entry, channel_id = found
        posted = None
        try:
            posted = await self._send(entry, channel_id)
        except DeliveryRejected as exc:
            if _is_closed(entry, exc):
                _log.error(
                    "staff_channel_forbidden", guild_id=entry.by.guild_id, code=exc.code, is_removed=exc.is_removed
                )
                closed = (entry.by.guild_id, channel_id)
                await self._database.write(staff_channel.mark_closed, *closed, is_removed=exc.is_removed)
                return  # the message is still due: without entries, or in another channel
            _log.error("audit_entry_rejected", guild_id=entry.by.guild_id, code=exc.code)
        await self._database.write(_end, message, entry, posted)

    async def _send(self, entry: AuditEntry, channel_id: int) -> PostedMessage | None:
        """Send an entry; return the message of one that asks for approval.

        That is sent only while its job waits. Where Discord objects to its prompt, a line asks staff to look at the
        list.

        Raises:
            DeliveryDeferred: It can be retried.
            DeliveryRejected: Discord forbids the channel.
        """
        if entry.action is not AuditAction.REQUEST_APPROVAL or entry.job_id is None:
            await self._publisher.send_audit_entry(entry, channel_id)
            return None
        job = await self._database.read(jobs.find, entry.job_id)
        if job is None or not job.awaits_approval:
            return None
        try:
            return await self._publisher.send_approval_request(job, channel_id, nonce=entry.id)
        except DeliveryRejected as exc:
            if exc.is_closed:
                raise
            _log.warning("approval_request_rejected", job_id=job.id, code=exc.code)
        await self._publisher.send_audit_entry(entry, channel_id)
        return None


def _end(tx: Transaction, message: DueMessage, entry: AuditEntry, posted: PostedMessage | None) -> None:
    if posted is not None and entry.job_id is not None:
        approvals.mark_posted(tx, entry.job_id, posted)
    audit_log.end_entry(tx, message, entry.id)


def _is_closed(entry: AuditEntry, exc: DeliveryRejected) -> bool:
    """Return whether a rejection closes the staff channel.

    What a member wrote, such as a link that Discord blocks, must close none: orders may start without approval while it
    is closed. A request for credits has no such words, and its member is told where it is rejected.
    """
    return exc.is_closed or entry.action is AuditAction.REQUEST_CREDITS


class MovieReportPublisher(_Sender):
    """Keeps one message for each reported movie.

    More reports and decisions update it. Where the staff channel is closed, new reports wait.
    """

    async def show(self, message: DueMessage) -> None:
        """Post or update one message."""
        found = await self._database.read(movie_reports.place, message.subject_id)
        if found is None:
            await self._database.write(messages.settle, message)
            return
        movie, channel_id = found
        if channel_id is None:
            await self._database.write(movie_reports.wait, message)
            return
        try:
            shown = await show_or_plain(
                movie, movie.without_words(), lambda shown: self._publisher.show_report(shown, channel_id)
            )
        except DeliveryRejected as exc:
            _log.error("report_not_shown", job_id=movie.job.id, code=exc.code)
            rejected = (message, movie, channel_id)
            await self._database.write(movie_reports.reject, *rejected, is_removed=exc.is_removed)
        else:
            await self._database.write(movie_reports.mark_shown, message, movie, shown)


class MessageDeleter(_Sender):
    """Deletes messages until Discord has deleted them, or forbids it.

    The messages of removed movies are tried for a month, even where Discord forbids it.

    Only the process that leads does so. Deleting twice does no harm, so a crash between Discord's response and its
    record needs no lease.
    """

    async def show(self, message: DueMessage) -> None:
        """Delete one message."""
        if found := await self._database.read(message_deletions.get, message):
            job, posted = found
            await self._publisher.delete_message(posted, job.server_language)
            await self._database.write(messages.settle, message)

    async def end(self, message: DueMessage, exc: DeliveryError) -> None:
        """Retry for a removed movie. Otherwise, a card that can't be deleted shows how its job ended instead."""
        found = await self._database.read(message_deletions.get, message)
        if found is None:
            return
        job, posted = found
        refused = (message, job.id, posted)
        if exc.code != UNKNOWN_CHANNEL and await self._database.write(removals.retry_refused, *refused):
            _log.warning("removed_message_not_deleted", job_id=job.id, error=str(exc))
            return
        _log.error("message_not_deleted", job_id=job.id, message_id=posted.message_id, error=str(exc))
        job, venue = await self._database.read(outbox.card, job.id)
        if job.card == posted:
            await self._publisher.update_card(job, venue)
        await self._database.write(messages.settle, message)


class MovieMessages(_Sender):
    """Edits a finished movie's message after each change of its stars or its link, and cards after a decision."""

    async def show(self, message: DueMessage) -> None:
        """Update one message. One that is on its way is updated once it is recorded."""
        found = await self._database.read(shown_movies.find, message)
        if found is None:
            await self._database.write(messages.settle, message)
            return
        movie, posted = found
        if posted is None:
            raise DeliveryDeferred("the message is not recorded yet", definitely_failed=True)
        await self._publisher.show_movie(movie, posted)
        await self._database.write(shown_movies.mark_shown, message)

    async def show_card(self, message: DueMessage) -> None:
        """Update the card of a movie whose storyboard someone must decide about, or has."""
        await self._publisher.show_card(*await self._database.read(outbox.card, message.subject_id))
        await self._database.write(messages.settle, message)


class PitchMessages(_Sender):
    """Edits a message after each change, one edit at a time.

    Where the pitch is funded, its message becomes the card of the movie. A pitch whose message is deleted ends. One in
    an archived thread is tried again: a press opens the thread.
    """

    async def show(self, message: DueMessage) -> None:
        """Update one message. A pitch that has none any more ends."""
        pitch = await self._database.read(pitches.get, message.subject_id)
        try:
            is_shown = await self._show(pitch)
        except DeliveryRejected as exc:
            if exc.code == ARCHIVED_THREAD:
                raise DeliveryDeferred(str(exc)) from exc
            raise
        await self._database.write(pitches.end_update, message, pitch if is_shown else None)

    async def check(self, message: DueMessage) -> None:
        """Look for the message of an open pitch, and end one whose message was deleted.

        Without the intent for messages, Discord tells the bot of no deletion. What it can't answer now is asked again.
        """
        pitch = await self._database.read(pitches.get, message.subject_id)
        is_there = False
        if pitch.state.is_open and pitch.message_id is not None:
            try:
                posted = PostedMessage(pitch.channel_id, pitch.message_id)
                is_there = await self._publisher.movie_nights.is_posted(posted)
            except DeliveryDeferred as exc:
                raise DeliveryDeferred(str(exc), retry_after=MAX_RETRY_SECONDS) from exc
            if not is_there:
                await self._database.write(pitch_ends.end_gone, pitch.id, pitch.message_id)
        await self._database.write(pitches.check_later if is_there else messages.settle, message)

    async def _show(self, pitch: Pitch) -> bool:
        if pitch.job_id is not None:
            await self._publisher.show_card(*await self._database.read(outbox.card, pitch.job_id))
            return True
        is_there = pitch.message_id is not None and await self._publisher.show_pitch(pitch)
        if not is_there:
            await self._database.write(pitch_ends.end_gone, pitch.id, pitch.message_id)
        return is_there


class NoticeSender(_Sender):
    """Sends notices until Discord accepts them, or rejects them on every route.

    Each member is told where they want it: in the channel, several in one message, or by DM. What Discord rejects there
    goes the other way, to each by themselves. So does what is for someone who can't view the channel.
    """

    def __init__(self, database: Database, publisher: MessagePublisher, clock: Clock) -> None:
        super().__init__(database, publisher)
        self._clock = clock

    async def process(self, message: DueMessage) -> None:
        """Send one message."""
        if found := await self._database.read(notices.find, message):
            await self._send(found, found[0].routes)
        else:
            await self._database.write(notices.end_gone, message)

    async def _send(self, told: Sequence[Notice], routes: Sequence[bool]) -> None:
        """Tell members by the first route, and each who can't be told there by the others."""
        direct, *others = routes
        try:
            sent_since = possibly_sent_since(told[0].due_since, self._clock.now())
            hidden = await self._publisher.tell(told, sent_since, direct=direct)
        except DeliveryDeferred as exc:
            await self._retry(told, exc)
            return
        except DeliveryRejected as exc:
            _log.info("notice_rejected", kind=told[0].kind, subject_id=told[0].subject.id, direct=direct, code=exc.code)
            left = told
        else:
            left = [notice for notice in told if notice.member_id in hidden]
            await self._database.write(messages.end, [each.nonce for each in told if each not in left])
        for notice in left:
            await (self._send((notice,), others) if others else self._give_up(notice))

    async def _give_up(self, notice: Notice) -> None:
        """Record that a member can't be told, once those who decided know it."""
        try:
            await self._publisher.show_untold(notice)
        except DeliveryDeferred as exc:
            await self._retry((notice,), exc)
            return
        except DeliveryRejected as exc:
            _log.warning("untold_notice_not_shown", subject_id=notice.subject.id, code=exc.code)
        await self._database.write(messages.end, [notice.nonce], sent=False)

    async def _retry(self, told: Sequence[Notice], exc: DeliveryDeferred) -> None:
        first = told[0]
        _log.warning("notice_retry_scheduled", kind=first.kind, subject_id=first.subject.id, error=str(exc))
        retry_at = self._clock.now() + retry_delay_ms(exc, first.attempts)
        await self._database.write(messages.reschedule, [each.nonce for each in told], retry_at)
