"""`jobs list|show|resolve`: lists jobs, and resolves unknown ones, also many after an outage."""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from bot.cli.databases import now_ms, open_database
from bot.cli.job_page import job_page
from bot.cli.terminal import Output, confirm, format_count, format_member, format_table, format_utc
from bot.core.errors import CommandError, ConfigurationError, SamsarError
from bot.core.program import PROGRAM
from bot.domain.jobs import Job, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditEvent, AuditReason
from bot.domain.upstream import RecentRequest
from bot.samsar.wire import parse_request_id
from bot.settings import Settings
from data import account_queries, failures, job_actions, jobs, renders
from data.database import Database

_CLOCKS_DIFFER_MS = 60_000
"""How much the API's clock may differ from this one."""


async def list_jobs(settings: Settings, options: argparse.Namespace) -> Output:
    """Print the newest jobs."""
    states = [JobState(options.state)] if options.state else []
    async with open_database(settings) as database:
        newest = await database.read_long(job_actions.newest, states, options.limit)
    rows = [
        (
            job.id,
            job.state.value,
            format_utc(job.created_at),
            str(job.guild_id),
            format_member(job.member_id, job.member_name),
            job.price,
            job.request.prompt[:40],
        )
        for job in newest
    ]
    empty = f"No {options.state} jobs." if options.state else "No jobs yet."
    table = format_table(("job", "state", "ordered", "server", "member", "credits", "prompt"), rows, empty=empty)
    return Output(table, [dataclasses.asdict(job) for job in newest])


async def show_job(settings: Settings, options: argparse.Namespace) -> Output:
    """Print what a job is, and what can be done now. --json has all fields."""
    async with open_database(settings) as database:
        job = await _get_job(database, options.job)
        late = await database.read(job_actions.late_callback, job.id)
        entries = await database.read(account_queries.job_entries, job.id)
        candidates = await _candidates(settings, database, job)
    values = dataclasses.asdict(job) | {
        "late_callback_at": late and late.received_at,
        "late_callback_request_id": late and late.request_id,
        "candidates": None if candidates is None else [dataclasses.asdict(each) for each in candidates],
    }
    return Output(job_page(job, entries, late, candidates), values)


async def _candidates(settings: Settings, database: Database, job: Job) -> Sequence[RecentRequest] | None:
    """Return the requests at the API that may be an unknown job.

    None where the API has no list, does not answer, or its list does not reach back. They are evidence, never adopted
    by themselves.
    """
    if job.state is not JobState.UNKNOWN or job.submitted_at is None or not settings.has_api_key:
        return None
    from bot.samsar.client import SamsarClient
    from bot.samsar.wire import MAX_LISTED_REQUESTS

    config = settings.samsar_config
    async with SamsarClient.open(config) as api:
        try:
            listed = await api.recent_requests()
        except SamsarError as exc:
            print(f"Can't list the API's latest requests: {exc}", file=sys.stderr)
            return None
    if listed is None:
        return None
    since = job.submitted_at - _CLOCKS_DIFFER_MS
    until = job.submitted_at + int(1000 * config.options.total_seconds) + _CLOCKS_DIFFER_MS
    created = [each for each in listed if since <= each.created_at <= until]
    found = [each for each in created if not await database.read(jobs.has_request_id, each.request_id)]
    oldest = min((each.created_at for each in listed), default=0)
    if not found and len(listed) >= MAX_LISTED_REQUESTS and oldest > since:
        print(f"The API's list of requests goes back only to {format_utc(oldest)}.", file=sys.stderr)
        return None
    return found


async def resolve_job(settings: Settings, options: argparse.Namespace) -> Output:
    """Resolve an unknown job as failed, or attach its request id.

    The operator found the id. With --all-unknown-since, resolve all jobs that became unknown since then. A job that
    renders without end can be resolved as failed too; the API then counts as having charged for it.

    Raises:
        ConfigurationError: the options contradict each other.
        CommandError: the job is not unknown, the API does not know the id, or another job has it.
    """
    if options.all_unknown_since is not None:
        return await _resolve_all(settings, options)
    if options.job is None or options.yes:
        raise ConfigurationError(("Give a job ID (without --yes), or use --all-unknown-since TIME.",))
    if options.charged and not options.failed:
        raise ConfigurationError(("--charged needs --failed. Other movies are always charged.",))
    async with open_database(settings) as database:
        job = await _get_job(database, options.job)
        resolved = await _resolve(settings, database, job, options)
        stopped = options.failed and await database.read(failures.is_stopped, job.member_id)
    if stopped:
        member = format_member(job.member_id, job.member_name)
        print(
            f"{member} can't order more this month, because of the cost of their failed movies."
            f" To allow it: {PROGRAM} members unblock {job.member_id}",
            file=sys.stderr,
        )
    text = f"Job {resolved.id} is now {resolved.state.value}. The bot will notify the member as soon as it runs."
    return Output(text, dataclasses.asdict(resolved))


async def _resolve_all(settings: Settings, options: argparse.Namespace) -> Output:
    """Fail every job that became unknown since a time.

    Each job and its hold's release are one transaction. Jobs with a callback are skipped, because the API has accepted
    them. Idempotent.

    Raises:
        CommandError: the operator declined.
        ConfigurationError: the options contradict each other, or there is no terminal to ask on.
    """
    since = options.all_unknown_since
    if options.job is not None or not options.failed:
        raise ConfigurationError(("Use --all-unknown-since with --failed and without a job ID.",))
    async with open_database(settings) as database:
        found = await database.read(renders.unknown_since, since)
        jobs = [job for job in found if job.called_back_at is None]
        if jobs:
            await confirm(_question(jobs, since), "--all-unknown-since", yes=options.yes)
        change = partial(renders.resolve_failed, upstream_charged=options.charged, without_callback=True)
        ended = [job for job in jobs if await database.write(change, job.id, _resolved_by_operator(job))]
    skipped = [job.id for job in found if job not in ended]
    values = {"since": since, "failed": [job.id for job in ended], "credits": _credits(ended), "skipped": skipped}
    return Output("\n".join(_resolved_lines(ended, skipped, since)), values)


def _question(jobs: Sequence[Job], since: int) -> str:
    have = "has" if len(jobs) == 1 else "have"
    held = format_count(_credits(jobs), "credit")
    became = f"{format_count(len(jobs), 'job')} {have} become unknown since {format_utc(since)}. On hold: {held}."
    return f"{became}\nMark them as failed and refund the credits?"


def _resolved_lines(ended: Sequence[Job], skipped: Sequence[str], since: int) -> Iterator[str]:
    if ended:
        yield (
            f"Marked {format_count(len(ended), 'job')} as failed and refunded"
            f" {format_count(_credits(ended), 'credit')}. The bot will notify the members as soon as it runs."
        )
    elif skipped:
        yield "No jobs were resolved."
    else:
        yield f"No jobs were resolved: none has become unknown since {format_utc(since)}."
    if skipped:
        yield f"Skipped, because the API may have accepted them: {', '.join(skipped)}"


def _credits(jobs: Sequence[Job]) -> int:
    return sum(job.price for job in jobs)


async def _resolve(settings: Settings, database: Database, job: Job, options: argparse.Namespace) -> Job:
    """Resolve a job as the options say.

    Raises:
        CommandError: as `resolve_job`; nothing was changed.
    """
    stuck = options.failed and job.state is JobState.RENDERING
    if job.state is not JobState.UNKNOWN and not stuck:
        raise CommandError(
            f"Job {job.id} is {job.state.value}. Only unknown jobs can be resolved, and rendering ones with --failed."
        )
    change = _resolved_by_operator(job, options.request_id)
    if options.failed:
        resolved = await database.write(
            renders.resolve_failed, job.id, change, upstream_charged=options.charged or stuck
        )
    else:
        request_id = await _verify_request_id(settings, options.request_id)
        resolved = await database.write(renders.attach_request_id, job.id, request_id, now_ms(), change)
    if resolved is None:
        raise CommandError(
            f"Job {job.id} changed in the meantime, or that request ID belongs to another job. Nothing was changed."
        )
    return resolved


def _resolved_by_operator(job: Job, request_id: str | None = None) -> AuditEvent:
    """Describe that a job ended as failed, or has this request id."""
    reason = AuditReason.ENDED_AS_FAILED if request_id is None else AuditReason.REQUEST_ID_FOUND
    by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, request_id or "", reason_code=reason)
    return AuditEvent(by, AuditAction.JOB_RESOLVED, job.member_id, None, job_id=job.id)


async def _verify_request_id(settings: Settings, given: str) -> str:
    """Return the request id if the API knows it."""
    request_id = parse_request_id(given)
    if request_id is None:
        raise CommandError(f"{given!r} isn't a request ID.")
    from bot.samsar.client import SamsarClient

    async with SamsarClient.open(settings.samsar_config) as api:
        try:
            await api.get_status(request_id)
        except SamsarError as exc:
            raise CommandError(f"The API didn't confirm the request ID {request_id}: {exc}") from exc
    return request_id


async def _get_job(database: Database, job_id: str) -> Job:
    job = await database.read(jobs.find, job_id)
    if job is None:
        raise CommandError(f"No job with ID {job_id!r}.")
    return job
