"""What the engine needs of the world. The real ones are bot/samsar, data, bot/discord_client and the system's clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.domain.breaker import Breaker, Outage
from bot.domain.callback_token import CallbackToken
from bot.domain.delivery import Delivery, NotificationType
from bot.domain.durations import RenderSample
from bot.domain.followers import FollowResult
from bot.domain.job import EndReason, Job, Progress
from bot.domain.preferences import DeliveryTarget
from bot.domain.quota import AuditEntry
from bot.domain.request import MovieRequest
from bot.domain.upstream import Status


class Clock(Protocol):
    """Time, handed in so that tests can turn it by hand."""

    def now(self) -> int:
        """UTC epoch milliseconds."""
        ...

    async def wait(self, event: asyncio.Event, until: int | None) -> None:
        """Return when the event is set, or at `until` (UTC epoch milliseconds; None: only for the event)."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> int:
        """UTC epoch milliseconds."""
        return time.time_ns() // 1_000_000

    async def wait(self, event: asyncio.Event, until: int | None) -> None:
        """Return when the event is set, or at `until`."""
        try:
            async with asyncio.timeout(None if until is None else max(0, until - self.now()) / 1000):
                await event.wait()
        except TimeoutError:
            return


class MovieApi(Protocol):
    """The API. Raises the SamsarError that tells what happened; see bot/errors.py."""

    async def create_movie(self, request: MovieRequest, webhook_url: str | None = None) -> str:
        """Ask for a movie, once, and return its request_id. Cancelled `from Unreachable`, it has not left."""
        ...

    async def get_status(self, request_id: str) -> Status:
        """How far a movie is."""
        ...

    async def ping(self) -> None:
        """Return if the API answers and takes the key. Makes nothing.

        Raises:
            SamsarError: It doesn't.
        """
        ...


class InstanceLock(Protocol):
    """Which processes work on the database; see data/instance_lock.py."""

    def register(self) -> AbstractAsyncContextManager[bool]:
        """Join them; the block knows whether there is certainly nobody else, and nobody starts before its end."""
        ...


class MessagePublisher(Protocol):
    """The Discord side: where members see what the engine did."""

    async def wait_ready(self) -> None:
        """Return once messages can be sent."""
        ...

    async def update_card(self, job: Job) -> None:
        """Bring the job's card up to date: a courtesy, which never raises."""
        ...

    async def send(self, delivery: Delivery, job: Job) -> int:
        """Send the owed message and return its id; one that may have been posted before is looked for first.

        Raises:
            DeliveryRejected: Every way to the member is closed.
            DeliveryDeferred: Not now.
        """
        ...

    async def send_audit_entry(self, entry: AuditEntry, channel_id: int) -> None:
        """Post an audit line. Raises as `deliver` does."""
        ...


class Queue(Protocol):
    """The store's part for submitting."""

    async def claim(  # noqa: D102 (said where it is kept)
        self, now: int, limit: int, most_rendering: int, most_per_member: int
    ) -> Sequence[tuple[Job, CallbackToken]]: ...
    async def next_claimable_at(self, now: int) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def mark_rendering(self, job_id: str, request_id: str, due_at: int, now: int) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def requeue(  # noqa: D102 (said where it is kept)
        self, job_id: str, now: int, attempts: int, outage: Outage | None = None, retry_after_ms: int | None = None
    ) -> Job | None: ...
    async def refuse(  # noqa: D102 (said where it is kept)
        self,
        job_id: str,
        reason: EndReason,
        detail: str | None,
        now: int,
        outage: Outage | None = None,
        retry_after_ms: int | None = None,
    ) -> Job | None: ...
    async def end_waiting(self, now: int) -> tuple[Outage, Sequence[Job]] | None: ...  # noqa: D102 (said where it is kept)
    async def mark_unknown(self, job_id: str, now: int) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def recover_stalled(  # noqa: D102 (said where it is kept)
        self, now: int, *, before: int | None = None, exclude: Sequence[str] = ()
    ) -> Sequence[Job]: ...


class BreakerStore(Protocol):
    """The store's part for the circuit breaker; see data/store_breaker.py."""

    async def breaker(self) -> Breaker: ...  # noqa: D102 (said where it is kept)
    async def outage(self) -> Outage | None: ...  # noqa: D102 (said where it is kept)
    async def take_probe(self, now: int) -> bool: ...  # noqa: D102 (said where it is kept)
    async def probe_answered(self) -> None: ...  # noqa: D102 (said where it is kept)
    async def probe_failed(self, outage: Outage, now: int, retry_after_ms: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def release_probe(self, now: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def take_report(self) -> Breaker | None: ...  # noqa: D102 (said where it is kept)


class SubmissionStore(Queue, BreakerStore, Protocol):
    """What the submissions need: the queue, and the circuit breaker before it."""


class WatchList(Protocol):
    """The store's part for watching."""

    async def due_polls(self, now: int, limit: int, exclude: Sequence[str]) -> Sequence[Job]: ...  # noqa: D102 (said where it is kept)
    async def next_poll_at(self, now: int) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def reschedule_poll(  # noqa: D102 (said where it is kept)
        self, job_id: str, due_at: int, seen_due: int | None, pending_at: int
    ) -> None: ...
    async def record_poll(  # noqa: D102 (said where it is kept)
        self,
        job_id: str,
        due_at: int,
        misses: int,
        progress: Progress,
        seen_due: int | None = None,
        pending_at: int | None = None,
    ) -> Job | None: ...
    async def attach_request_id(self, job_id: str, request_id: str, due_at: int) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def reject_candidate(self, job_id: str, candidate_id: str | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def reschedule_candidate(self, job_id: str, due_at: int, misses: int, seen_due: int | None) -> None: ...  # noqa: D102 (said where it is kept)
    async def complete(  # noqa: D102 (said where it is kept)
        self, job_id: str, movie_url: str, now: int, took_ms: int | None = None
    ) -> Job | None: ...
    async def fail(
        self, job_id: str, reason: EndReason, detail: str | None, now: int, *, upstream_charged: bool
    ) -> Job | None: ...


class Outbox(Protocol):
    """The store's part for delivering."""

    async def due_deliveries(  # noqa: D102 (said where it is kept)
        self,
        now: int,
        limit: int,
        exclude: Sequence[str],
        notices: Sequence[NotificationType],
        *,
        under_way: Sequence[str],
        per_channel: int | None,
    ) -> Sequence[tuple[Delivery, Job]]: ...
    async def next_delivery_at(self, now: int, notices: Sequence[NotificationType]) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def delivered(self, delivery: Delivery, message_id: int, now: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def postpone(self, delivery: Delivery, due_at: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def hurry(self, now: int) -> bool: ...  # noqa: D102 (said where it is kept)
    async def keep(self, delivery: Delivery) -> None: ...  # noqa: D102 (said where it is kept)
    async def job(self, job_id: str) -> Job | None: ...  # noqa: D102 (said where it is kept)


class LineStore(Protocol):
    """The store's part for audit lines."""

    async def due_audit_entries(
        self, now: int, limit: int, exclude: Sequence[str]
    ) -> Sequence[tuple[AuditEntry, int]]: ...
    async def next_audit_entry_at(self, now: int) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def close_channel(self, line_id: str, now: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def reschedule_line(self, line_id: str, due_at: int | None) -> None: ...  # noqa: D102 (said where it is kept)


class Members(Protocol):
    """The store's part for what members do with their movies; see data/job_actions.py."""

    async def job(self, job_id: str) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def cancel(self, job_id: str, member_id: int, now: int) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def follow(self, job_id: str, member_id: int) -> FollowResult: ...  # noqa: D102 (said where it is kept)
    async def unfollow(self, job_id: str, member_id: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def set_delivery_target(self, job_id: str, member_id: int, delivery_target: DeliveryTarget) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def update_movie_url(self, job_id: str, movie_url: str) -> Job | None: ...  # noqa: D102 (said where it is kept)
    async def mark_claimed(self, job_id: str, member_id: int, now: int) -> None: ...  # noqa: D102 (said where it is kept)
    async def queue_position(self, job: Job) -> int | None: ...  # noqa: D102 (said where it is kept)
    async def queue_head(self, limit: int) -> Sequence[Job]: ...  # noqa: D102 (said where it is kept)


class Past(Protocol):
    """The store's part for what is usual."""

    async def render_samples(self, limit: int) -> Mapping[str, Sequence[RenderSample]]: ...  # noqa: D102 (said where it is kept)


class Overdue(Protocol):
    """The store's part for a clock that was set back."""

    async def newest_moment(self) -> int: ...  # noqa: D102 (said where it is kept)
    async def make_due(self, now: int, after: int) -> int: ...  # noqa: D102 (said where it is kept)


class Store(SubmissionStore, WatchList, Outbox, LineStore, Members, Past, Overdue, Protocol):
    """The whole store, as data/store.py keeps it."""

    async def record_callback(self, digest: str, request_id: str | None, now: int) -> bool: ...  # noqa: D102 (said where it is kept)
    async def late_callback(self, digest: str, request_id: str | None, now: int) -> str | None: ...  # noqa: D102 (said where it is kept)
