"""`jobs resolve --all-unknown-since TIME --failed`: resolves many jobs after an outage."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence

from bot.cli.ledger import open_database
from bot.cli.questions import confirmed
from bot.cli.tables import format_count, format_utc
from bot.domain.job import Job
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from bot.errors import ConfigurationError
from bot.settings import Settings
from data import renders
from data.audit_log import AuditEvent
from data.database import Database


async def resolve_all(settings: Settings, options: argparse.Namespace) -> int:
    """Fail every job that became unknown since a time.

    Each job and its hold's release are one transaction. Jobs with a callback are skipped, because the API has accepted
    them. Idempotent. Returns 1 where the operator declined.

    Raises:
        ConfigurationError: the options contradict each other, or there is no terminal to ask on.
    """
    if options.job is not None or not options.failed:
        raise ConfigurationError(("Use --all-unknown-since with --failed and without a job ID.",))
    async with open_database(settings) as database:
        found = await database.read(renders.unknown_since, options.all_unknown_since)
        jobs = [job for job in found if not job.has_callback]
        if jobs and not await _confirmed(jobs, options.all_unknown_since, yes=options.yes):
            return 1
        ended = [job for job in jobs if await _fail(database, job, charged=options.charged)]
    _print(options, ended, skipped=[job for job in found if job not in ended])
    return 0


async def _fail(database: Database, job: Job, *, charged: bool) -> bool:
    """Fail one job; False where its state has changed meanwhile."""
    by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, reason_code=AuditReason.ENDED_AS_FAILED)
    change = AuditEvent(by, AuditAction.JOB_RESOLVED, job.member_id, None, job_id=job.id)
    ended = await database.write(
        renders.resolve_failed,
        job.id,
        change,
        upstream_charged=charged,
        without_callback=True,
    )
    return ended is not None


async def _confirmed(jobs: Sequence[Job], since: int, *, yes: bool) -> bool:
    have = "has" if len(jobs) == 1 else "have"
    held = format_count(_credits(jobs), "credit")
    became = f"{format_count(len(jobs), 'job')} {have} become unknown since {format_utc(since)}. On hold: {held}."
    question = f"{became}\nMark them as failed and refund the credits?"
    return await confirmed(question, "--all-unknown-since", yes=yes)


def _print(options: argparse.Namespace, ended: Sequence[Job], skipped: Sequence[Job]) -> None:
    if options.json:
        values = {
            "since": options.all_unknown_since,
            "failed": [job.id for job in ended],
            "credits": _credits(ended),
            "skipped": [job.id for job in skipped],
        }
        print(json.dumps(values))
        return
    if ended:
        print(
            f"Marked {format_count(len(ended), 'job')} as failed and refunded"
            f" {format_count(_credits(ended), 'credit')}. The bot will notify the members as soon as it runs."
        )
    elif skipped:
        print("No jobs were resolved.")
    else:
        print(f"No jobs were resolved: none has become unknown since {format_utc(options.all_unknown_since)}.")
    if skipped:
        print(f"Skipped, because the API may have accepted them: {', '.join(job.id for job in skipped)}")


def _credits(jobs: Sequence[Job]) -> int:
    return sum(job.price for job in jobs)
