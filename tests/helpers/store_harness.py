"""Jobs and accounts over one database, with setup steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.breaker import Outage
from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.credit_request import CreditRequest
from bot.domain.credits import Budget, EntryType, Limits
from bot.domain.delivery import NotificationType, PostedMessage, Venue
from bot.domain.jobs import Approval, EndReason, Job, JobState
from bot.domain.message import Delivery, SentMessage
from bot.domain.orders import OrderPlaced
from bot.domain.quota import AuditContext, AuditEntry
from bot.domain.request import MovieRequest
from bot.domain.text import Language
from bot.services.privacy import read_balance
from data import account_queries, credit_requests, job_actions, jobs, orders, outbox, renders, submissions
from data.database import Database
from data.engine.postgresql import PostgresDatabase
from data.engine.sqlite import SqliteDatabase
from data.policy import Policy
from tests.helpers.at_time import WithLimits, at_time
from tests.helpers.clock import WithClock, clock_of
from tests.helpers.due_work import due_notifications, end_entries
from tests.helpers.ledger_checks import Place
from tests.helpers.reserving import reserve
from tests.helpers.staff_channel import choose_staff_channel

GUILD, CHANNEL, ALICE, BOB, CAROL = 10, 20, 1, 2, 3

NOW = int(datetime(2026, 11, 10, 12, tzinfo=UTC).timestamp() * 1000)
HOUR = 3_600_000
DAY = 24 * HOUR

LIMITS = Limits(member=600, plan=1000)
CATALOGUE = Catalogue(
    (VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)), VideoModel("KLING", "Kling", 10, (AspectRatio.WIDE,))),
    (ImageModel("FLUX1.1PRO", "Flux 1.1 Pro"), ImageModel("IMAGEN", "Imagen")),
)


def a_job(number: int, member: int = ALICE, *, cost: int = 100, at: int = NOW, guild: int = GUILD) -> Job:
    """Return a new job. `number` makes its id and its interaction, and jobs sort by it."""
    return Job(
        id=f"{number:013}",
        interaction_id=number,
        guild_id=guild,
        channel_id=CHANNEL,
        member_id=member,
        request=MovieRequest("a red balloon", 10, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE),
        price=cost,
        state=JobState.RESERVED,
        created_at=at,
    )


def a_message(message_id: int = 4711, channel_id: int = CHANNEL) -> SentMessage:
    venue = Venue.CHANNEL if channel_id == CHANNEL else Venue.DIRECT
    return SentMessage(PostedMessage(channel_id, message_id, venue))


class StoreHarness(WithClock, WithLimits):
    """Steps through the states of a job. Each asserts that it succeeded."""

    def __init__(self, database: Database, limits: Limits = LIMITS) -> None:
        self.database = database
        self.clock = clock_of(database)
        database.policy = Policy(CATALOGUE, limits)

    @property
    def path(self) -> Path:
        assert isinstance(self.database, SqliteDatabase)
        return self.database.path

    @property
    def place(self) -> Place:
        return self.database.url if isinstance(self.database, PostgresDatabase) else self.path

    async def reserved(self, job: Job) -> Job:
        placed = await reserve(self.database, job, (), self.limits)
        assert isinstance(placed, OrderPlaced), placed
        return placed.job

    async def queued(self, job: Job) -> Job:
        await self.reserved(job)
        assert await self.database.write(at_time(job.created_at, orders.enqueue), job.id, 77)
        return await self.found(job.id)

    async def awaiting(self, job: Job, *, channel_id: int | None = 555) -> Job:
        """Return a job that waits for approval. The server's staff channel is set, unless `channel_id` is None."""
        if channel_id is not None:
            by = AuditContext(ALICE, job.guild_id)
            await choose_staff_channel(self.database, by, channel_id, job.created_at)
        await self.queued(replace(job, approval=Approval.REQUIRED))
        assert await self.state(job) is JobState.AWAITING_APPROVAL
        return await self.found(job.id)

    async def claimed(self, now: int, limit: int, max_rendering: int, max_per_member: int) -> list[Job]:
        return [
            claimed.job
            for claimed in await self.database.write(
                at_time(now, submissions.claim), limit, max_rendering, max_per_member
            )
        ]

    async def voided(self, before: int, now: int) -> list[str]:
        found = await self.database.read(at_time(now, orders.unacknowledged), before)
        return [each for each in found if await self.database.write(at_time(now, orders.void), each, notify=True)]

    async def recovered(self, now: int, *, before: int | None = None, exclude: Sequence[str] = ()) -> list[str]:
        found = await self.database.read(at_time(now, submissions.stalled), before=before, exclude=exclude)
        unknown = [
            each
            for each in found
            if await self.database.write(at_time(now, submissions.recover_stalled), each, before=before) is not None
        ]
        await self.database.write(at_time(now, submissions.fail_abandoned_trial))
        return unknown

    async def waited_too_long(self, now: int) -> list[tuple[str, Outage]]:
        found = await self.database.read(at_time(now, submissions.overdue))
        ended = [(each, await self.database.write(at_time(now, submissions.end_waiting), each)) for each in found]
        return [(job_id, outage) for job_id, outage in ended if outage is not None]

    async def posted_lines(self, now: int) -> list[tuple[AuditEntry, int]]:
        posted: list[tuple[AuditEntry, int]] = []
        while due := await self.database.write(at_time(now, end_entries)):
            posted += due
        return posted

    async def decline_credits(self, member: int, guild: int = GUILD, *, by: int) -> None:
        asking = AuditContext(member, guild)
        asked = await self.database.write(
            credit_requests.ask, 900, channel_id=CHANNEL, role_ids=(), language=Language.ENGLISH, by=asking
        )
        assert isinstance(asked, CreditRequest), asked
        await self.database.write(
            credit_requests.answer, asked.id, grant=False, message=PostedMessage(555, 666), by=AuditContext(by, guild)
        )

    async def submitting(self, job: Job) -> Job:
        await self.queued(job)
        [claimed] = await self.claimed(max(NOW, job.created_at), 1, 1000, 1000)
        assert claimed.id == job.id
        return claimed

    async def rendering(self, job: Job, due_at: int = NOW) -> Job:
        await self.submitting(job)
        accepted = await self.database.write(submissions.mark_rendering, job.id, f"request-{job.id}", due_at)
        assert accepted is not None
        return accepted

    async def in_state(self, job: Job, state: JobState) -> Job:
        match state:
            case JobState.RESERVED:
                await self.reserved(job)
            case JobState.AWAITING_APPROVAL:
                await self.awaiting(job, channel_id=None)
            case JobState.QUEUED | JobState.CANCELLED:
                await self.queued(job)
            case JobState.SUBMITTING | JobState.UNKNOWN:
                await self.submitting(job)
            case JobState.RENDERING | JobState.COMPLETED | JobState.FAILED:
                await self.rendering(job)
        if state is JobState.CANCELLED:
            await self.database.write(job_actions.cancel, job.id, job.member_id)
        if state is JobState.UNKNOWN:
            await self.database.write(submissions.mark_unknown, job.id)
        if state is JobState.COMPLETED:
            await self.database.write(renders.complete, job.id, "https://movies.test/a.mp4")
        if state is JobState.FAILED:
            await self.database.write(renders.fail, job.id, EndReason.UPSTREAM_FAILED, None, upstream_charged=True)
        assert await self.state(job) is state
        return job

    async def posted(self, job: Job, venue: Venue = Venue.CHANNEL) -> Job:
        await self.in_state(job, JobState.COMPLETED)
        message = SentMessage(PostedMessage(CHANNEL, 100 + int(job.id), venue))
        delivery = Delivery(job, NotificationType.COMPLETED, 0)
        await self.database.write(outbox.mark_sent, delivery, message)
        return await self.found(job.id)

    async def member(self, member: int = ALICE, guild: int = GUILD) -> Budget:
        return (await read_balance(self.database, guild, member, ())).allowance

    async def plan(self) -> Budget:
        return (await read_balance(self.database, GUILD, ALICE, ())).plan

    async def moves(self) -> list[tuple[EntryType, str | None, int, int]]:
        return [
            (entry.entry_type, entry.job_id, entry.credits, entry.upstream_charge)
            for entry in await self.database.read_long(account_queries.all_entries)
        ]

    async def pending_notifications(self, now: int = NOW + DAY) -> list[tuple[str, str]]:
        return [
            (delivery.job.id, delivery.type.value) for delivery in await due_notifications(self.database, now, 100, ())
        ]

    async def pending_notification(self) -> Delivery:
        [delivery] = await due_notifications(self.database, NOW + DAY, 100, ())
        return delivery

    async def found(self, job_id: str) -> Job:
        found = await self.database.read(jobs.find, job_id)
        assert found is not None
        return found

    async def state(self, job: Job) -> JobState:
        return (await self.found(job.id)).state
