"""`audit`, `report` and `credits`: reads the ledger while the bot runs, and grants credits."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import dataclasses
import json
import time
from collections.abc import AsyncGenerator
from typing import Final

from bot.cli.tables import format_table
from bot.clock import SystemClock
from bot.domain.credits import Month
from bot.domain.quota import MAX_CREDITS, MAX_REASON_LENGTH, SYSTEM_ACTOR_ID, AuditContext
from bot.errors import ConfigurationError, StartupError
from bot.settings import Settings
from data import account_queries, grants, job_queries, ledger, reconciliation, reports
from data.database import Database
from data.migrations_runner import pending_migrations

now_ms: Final = SystemClock().now
"""Returns UTC epoch milliseconds."""


@contextlib.asynccontextmanager
async def open_database(settings: Settings) -> AsyncGenerator[Database]:
    """Open the bot's existing database.

    Raises:
        StartupError: it does not exist, or needs a migration.
        SchemaTooNew: a newer version has migrated it.
    """
    if not settings.database_path.is_file():
        raise StartupError(
            f"there is no database at {settings.database_path}: has the bot run here, or is DATABASE_URL wrong?"
        )
    if await asyncio.to_thread(pending_migrations, settings.database_path):
        raise StartupError("the database is an older version's: start the bot once, which brings it up to date")
    database = await Database.open(settings.database_path)
    try:
        yield database
    finally:
        await database.close()


async def reconcile(settings: Settings, options: argparse.Namespace) -> int:
    """Compare all totals with the ledger; return 1 if there are discrepancies."""
    async with open_database(settings) as database:
        found = await database.read_long(reconciliation.find_discrepancies)
    if options.json:
        print(json.dumps({"differences": found}))
    else:
        print("\n".join(found) or "Every sum is right.")
    return 1 if found else 0


async def report(settings: Settings, options: argparse.Namespace) -> int:
    """Print a month's figures, for one server or all."""
    month = Month.containing(now_ms()) if options.month is None else Month.parse(options.month)
    if month is None:
        raise ConfigurationError((f"{options.month!r} is no month; write it like 2026-11",))
    async with open_database(settings) as database:
        figures = await database.read_long(reports.report, options.server, month, settings.limits)
    if options.json:
        print(json.dumps({**dataclasses.asdict(figures), "month": str(month)}))
        return 0
    rows = [
        ("month", str(month)),
        ("movies made", f"{figures.movies:,}"),
        ("in the making", f"{figures.running:,}"),
        ("credits spent", f"{figures.spent:,}"),
        ("held", f"{figures.held:,}"),
        ("given back", f"{figures.given_back:,}"),
        ("lost upstream", f"{figures.lost:,}"),
        ("granted", f"{figures.granted:,}"),
        ("plan left", f"{figures.plan.available:,} of {figures.plan.limit:,}"),
    ]
    print(format_table((), rows))
    if figures.members:
        print(
            "\n"
            + format_table(
                ("member", "name", "movies", "credits"), [(m.key, m.name, m.movies, m.credits) for m in figures.members]
            )
        )
    if figures.models:
        print(
            "\n" + format_table(("model", "movies", "credits"), [(m.key, m.movies, m.credits) for m in figures.models])
        )
    if figures.failures:
        failures = [(f.reason.value, f.movies, f.credits, f.lost) for f in figures.failures]
        print("\n" + format_table(("failure", "movies", "given back", "lost"), failures))
    for difference in figures.differences:
        print(f"wrong: {difference}")
    return 0


async def credits_show(settings: Settings, options: argparse.Namespace) -> int:
    """Print a member's balance in a server, with the roles of their last order."""
    async with open_database(settings) as database:
        roles = await database.read(job_queries.last_role_ids, options.server, options.member)
        balance = await database.read(
            account_queries.balance, options.server, options.member, roles, defaults=settings.limits, now=now_ms()
        )
        movements = await database.read(ledger.member_entries, options.server, options.member, 20)
    if options.json:
        entries = [dataclasses.asdict(entry) for entry in movements]
        print(json.dumps({**dataclasses.asdict(balance), "left": balance.spendable, "movements": entries}))
        return 0
    rows = [
        ("allowance", f"{balance.allowance.limit:,} a month ({balance.source.source.value})"),
        ("used", f"{balance.allowance.used:,}"),
        ("held", f"{balance.allowance.held + balance.extra.held:,}"),
        ("extra left", f"{balance.extra.available:,}"),
        ("left", f"{balance.member_available:,}"),
    ]
    print(format_table((), rows))
    print()
    print(
        format_table(
            ("when", "what", "credits", "movie", "why"),
            [
                (_when(entry.created_at), entry.kind.value, entry.credits, entry.job_id or "", entry.reason)
                for entry in movements
            ],
        )
    )
    return 0


async def credits_grant(settings: Settings, options: argparse.Namespace) -> int:
    """Grant a member extra credits."""
    if not 1 <= options.credits <= MAX_CREDITS:
        raise ConfigurationError((f"CREDITS: {options.credits} is not possible; 1 to {MAX_CREDITS:,} is",))
    if not 0 < len(options.reason.strip()) <= MAX_REASON_LENGTH:
        raise ConfigurationError(
            (f"--reason: say why in 1 to {MAX_REASON_LENGTH} characters; it is kept with the change",)
        )
    async with open_database(settings) as database:
        by = AuditContext(SYSTEM_ACTOR_ID, options.server, options.reason.strip())
        await database.write(grants.grant, options.member, options.credits, by=by, now=now_ms())
        balance = await database.read(
            account_queries.balance, options.server, options.member, (), defaults=settings.limits, now=now_ms()
        )
    if options.json:
        print(json.dumps({"granted": options.credits, "left": balance.member_available}))
    else:
        print(f"Granted {options.credits:,} credits; {balance.member_available:,} left now.")
    return 0


def _when(at: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.gmtime(at / 1000))
