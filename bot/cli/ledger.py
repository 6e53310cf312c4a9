"""`audit`, `report` and `credits`: reads the ledger, and grants credits.

It works while the bot runs.
"""

from __future__ import annotations

import argparse
import asyncio
import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from bot.cli.databases import now_ms, open_database
from bot.cli.terminal import (
    Output,
    describe_entry,
    format_count,
    format_member,
    format_table,
    format_utc,
    show_progress,
    write_file,
)
from bot.core.errors import ConfigurationError, SamsarError
from bot.domain.credits import Month
from bot.domain.quota import MAX_CREDITS, MAX_REASON_LENGTH, SYSTEM_ACTOR_ID, AuditContext, Balance, ServerSpending
from bot.domain.reports import MonthlyReport
from bot.settings import Settings
from data import account_queries, gifts, job_actions, reconciliation, reports
from data.catalogue import load_catalogue
from data.database import Database

_JSON_KEYS: Final = {"released": "given_back", "upstream_charge": "lost", "discrepancies": "differences"}
"""Keys of the JSON report that differ from the names of the fields, because scripts read them."""


_MAX_STUCK: Final = 50
_MAX_FAILED: Final = 20
"""Movies that a page lists."""


async def reconcile(settings: Settings, _options: argparse.Namespace) -> Output:
    """Compare all totals with the ledger; return 1 if there are discrepancies."""
    async with open_database(settings, even_moved=True) as database:
        with show_progress() as progress:
            found = await database.read_long(reconciliation.find_discrepancies, progress)
    return Output("\n".join(found) or "Audit passed: all balances match.", {"differences": found}, 1 if found else 0)


async def report(settings: Settings, options: argparse.Namespace) -> Output:
    """Print a month's figures, for one server or all, or write them as a page.

    Raises:
        CommandError: the page can't be written.
        ConfigurationError: the month is none, or prompts are wanted without a page.
    """
    if options.prompts and not options.html:
        raise ConfigurationError(("--prompts needs --html FILE.",))
    month = Month.containing(now_ms()) if options.month is None else Month.parse(options.month)
    if month is None:
        raise ConfigurationError((f"Invalid month {options.month!r}. Use YYYY-MM, such as 2026-11.",))
    catalogue = load_catalogue(settings.catalogue_path, settings.api_profile.limits)
    async with open_database(settings) as database:
        with show_progress() as progress:
            figures = await database.read_long(reports.report, options.server, month, progress)
        models = [dataclasses.replace(model, name=catalogue.label(model.key)) for model in figures.models]
        figures = dataclasses.replace(figures, models=tuple(models))
        balance = await _api_balance(settings) if options.server is None else None
        page = await _page(settings, database, options, figures, balance) if options.html else ""
    fields = dataclasses.asdict(figures, dict_factory=_json_object)
    spent = figures.server and {**dataclasses.asdict(figures.server.budget), "failed": figures.server.failed}
    values = {**fields, "month": str(month), "server": spent, "api_credits": balance}
    if not page:
        return Output("\n\n".join(_report_sections(figures, balance)), values)
    await asyncio.to_thread(write_file, Path(options.html), page, overwrite=True)
    return Output(f"Report written to {options.html}. Open it in a browser.", values)


async def _page(
    settings: Settings, database: Database, options: argparse.Namespace, figures: MonthlyReport, balance: int | None
) -> str:
    """Build a page of the figures, and of what else it shows."""
    from bot.cli.report_page import report_page
    from bot.cli.servers import server_names, server_rows

    names = await server_names(settings) if settings.has_token else {}
    rows = await database.read_long(server_rows, names, figures.month)
    stuck = await database.read_long(reports.stuck_jobs, options.server, _MAX_STUCK)
    failed = await database.read_long(reports.failed_jobs, options.server, figures.month, _MAX_FAILED)
    return report_page(
        figures,
        place="All servers" if options.server is None else names.get(options.server, f"Server {options.server}"),
        made_at=now_ms(),
        balance=balance,
        servers=[row for row in rows if options.server in (None, row.id)],
        stuck=stuck,
        failed=failed,
        prompts=options.prompts,
    )


async def _api_balance(settings: Settings) -> int | None:
    """Return the credits at the API.

    None without a key or an answer.
    """
    if not settings.has_api_key:
        return None
    from bot.samsar.client import SamsarClient
    from bot.samsar.config import ClientOptions

    options = ClientOptions(connect_seconds=3, read_seconds=5, total_seconds=5)
    async with SamsarClient.open(dataclasses.replace(settings.samsar_config, options=options)) as api:
        try:
            return await api.get_credits()
        except SamsarError:
            return None


def _json_object(fields: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {_JSON_KEYS.get(name, name): value for name, value in fields}


def _report_sections(figures: MonthlyReport, balance: int | None) -> Iterator[str]:
    totals = _totals(figures)
    if balance is not None:
        totals.append(("API balance", f"{balance:,}"))
    yield format_table((), totals)
    members = [(format_member(int(share.key), share.name), share.movies, share.credits) for share in figures.members]
    yield format_table(("member", "movies", "credits"), members, empty="No movies by any member.")
    models = [
        (share.key, share.name, share.movies, share.credits, share.charged, f"{share.charged - share.credits:+,}")
        for share in figures.models
    ]
    head = ("model", "name", "movies", "credits", "API charge", "difference")
    yield format_table(head, models, empty="No movies with any model.")
    failures = [(each.reason.value, each.movies, each.credits, each.upstream_charge) for each in figures.failures]
    yield format_table(("failure", "movies", "refunded", "lost"), failures, empty="No failed movies.")
    if figures.discrepancies:
        yield "\n".join(f"mismatch: {discrepancy}" for discrepancy in figures.discrepancies)


def _totals(figures: MonthlyReport) -> list[tuple[str, str]]:
    budget = [("server budget", _spent(figures.server))] if figures.server else []
    return [
        ("month", f"{figures.month} (UTC)"),
        ("movies completed", f"{figures.movies:,}"),
        ("in progress", f"{figures.running:,}"),
        ("credits spent", f"{figures.spent:,}"),
        ("on hold", f"{figures.held:,}"),
        ("refunded", f"{figures.released:,}"),
        ("lost to failed movies", f"{figures.upstream_charge:,}"),
        ("charged above the price", f"{figures.charge_difference:+,}"),
        ("bonus credits granted", f"{figures.granted:,}"),
        *budget,
        ("plan left", f"{figures.plan.available:,} of {figures.plan.limit:,}"),
    ]


def _spent(spent: ServerSpending) -> str:
    used = f"{spent.budget.used:,} of {spent.budget.limit:,} used"
    return f"{used}, {spent.failed:,} of it on failed movies" if spent.failed else used


async def credits_show(settings: Settings, options: argparse.Namespace) -> Output:
    """Print a member's balance in a server.

    By the roles of their last order.
    """
    async with open_database(settings) as database:
        balance = await _balance(database, options)
        movements = await database.read(account_queries.member_entries, options.server, options.member, 20)
        name = await database.read(job_actions.last_name, options.member)
    rows = [
        ("member", format_member(options.member, name)),
        ("allowance", f"{balance.allowance.limit:,} a month ({balance.source.source.value})"),
        ("used", f"{balance.allowance.used:,}"),
        ("on hold", f"{balance.allowance.held + balance.extra.held:,}"),
        ("bonus left", f"{balance.extra.available:,}"),
        ("left", f"{balance.spendable:,}"),
    ]
    changes = [
        (format_utc(entry.created_at), describe_entry(entry), entry.credits, entry.job_id or "", entry.reason)
        for entry in movements
    ]
    entries = format_table(("time", "entry", "credits", "job", "reason"), changes, empty="No entries yet.")
    values = {
        **dataclasses.asdict(balance),
        "left": balance.spendable,
        "movements": [dataclasses.asdict(entry) for entry in movements],
    }
    return Output(f"{format_table((), rows)}\n\n{entries}", values)


async def credits_grant(settings: Settings, options: argparse.Namespace) -> Output:
    """Grant a member extra credits."""
    if not 1 <= options.credits <= MAX_CREDITS:
        raise ConfigurationError((f"CREDITS must be between 1 and {MAX_CREDITS:,}.",))
    if not 0 < len(options.reason.strip()) <= MAX_REASON_LENGTH:
        raise ConfigurationError((f"--reason must have 1 to {MAX_REASON_LENGTH} characters.",))
    async with open_database(settings) as database:
        by = AuditContext(SYSTEM_ACTOR_ID, options.server, options.reason.strip())
        await database.write(gifts.grant, options.member, options.credits, by=by)
        balance = await _balance(database, options)
        name = await database.read(job_actions.last_name, options.member)
    granted, member = format_count(options.credits, "bonus credit"), format_member(options.member, name)
    text = f"Granted {granted} to {member}. New balance: {balance.spendable:,}."
    return Output(text, {"granted": options.credits, "left": balance.spendable})


async def _balance(database: Database, options: argparse.Namespace) -> Balance:
    """Read a member's balance by the roles of their last order."""
    roles = await database.read(job_actions.last_role_ids, options.server, options.member)
    return await database.read(account_queries.balance, options.server, options.member, roles)
