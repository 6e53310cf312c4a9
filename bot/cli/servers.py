"""`servers`, `members`, `pause` and `resume`: whose orders the bot accepts; `processes`: which of the bot are alive.

They also set what each server may cost. The decisions are in the database: a running bot reads them with every order.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
from collections.abc import AsyncGenerator, Mapping
from dataclasses import asdict, dataclass

import aiohttp
import discord

from bot.cli.databases import now_ms, open_database
from bot.cli.terminal import Output, format_count, format_member, format_table, format_utc
from bot.core.errors import ConfigurationError, StartupError, TokenRejected, one_line
from bot.core.program import PROGRAM
from bot.domain.credits import Month
from bot.domain.process import ProcessInfo
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditContext
from bot.settings import Settings
from data import account_queries, blocks, failures, job_actions, leases, server_policies
from data.database import Transaction

NETWORK_ERRORS = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)

_MAX_CREDITS = 1_000_000_000
_UNKNOWN_SERVER = 10004
"""Discord's error code."""


@dataclass(frozen=True, slots=True)
class ServerRow:
    """One server this month, in credits.

    `limit` is None without a limit, `name` None where the bot has not joined. `failed` and `above_price` are what its
    movies cost the plan beside what its members paid.
    """

    id: int
    name: str | None
    allowed: bool
    blocked: bool
    limit: int | None
    used: int
    held: int
    failed: int
    above_price: int


@contextlib.asynccontextmanager
async def log_in(settings: Settings) -> AsyncGenerator[discord.Client]:
    """Log in with the bot's token.

    Raises:
        TokenRejected: Discord does not accept the token.
        StartupError: Discord can't be reached.
    """
    client = discord.Client(intents=discord.Intents.none(), max_ratelimit_timeout=30.0)
    try:
        await client.login(settings.discord_token.get_secret_value())
        yield client
    except discord.LoginFailure as exc:
        raise TokenRejected from exc
    except NETWORK_ERRORS as exc:
        raise StartupError(f"Can't reach Discord ({one_line(exc)}). Check your network and discordstatus.com.") from exc
    finally:
        await client.close()


async def joined_servers(client: discord.Client) -> dict[int, str]:
    """Return the names of the bot's servers, by id."""
    return {guild.id: guild.name async for guild in client.fetch_guilds(limit=None)}


async def server_names(settings: Settings) -> dict[int, str]:
    """Return the names of the bot's servers, by id; none, with a line that says why, where Discord can't be asked."""
    try:
        async with log_in(settings) as client:
            return await joined_servers(client)
    except StartupError as exc:
        print(f"{exc} Listing from the database only.", file=sys.stderr)
        return {}


async def list_servers(settings: Settings, _options: argparse.Namespace) -> Output:
    """Print the servers that are joined, spent credits, or have a policy.

    Spending is that of this month, and a policy is the operator's decision.
    """
    names = await server_names(settings)
    async with open_database(settings) as database:
        rows = await database.read(server_rows, names)
        paused = await database.read(server_policies.paused_at)
    header = ("server", "name", "monthly limit", "used", "on hold", "failed", "above price", "")
    table = format_table(header, [_cells(row) for row in rows], empty="The bot isn't in any server yet.")
    notice = "" if paused is None else f"Orders are paused in all servers. To resume: {PROGRAM} resume\n\n"
    values = {"paused": paused is not None, "servers": [asdict(row) for row in rows]}
    return Output(f"{notice}{table}", values)


async def limit_server(settings: Settings, options: argparse.Namespace) -> Output:
    """Set what a server may cost a month."""
    if options.credits is not None and not 0 <= options.credits <= _MAX_CREDITS:
        raise ConfigurationError((f"CREDITS must be between 0 and {_MAX_CREDITS:,}.",))
    async with open_database(settings) as database:
        await database.write(server_policies.set_monthly_credits, options.server, options.credits)
    limit = settings.limits.server if options.credits is None else options.credits
    shown = "as much as the plan allows" if limit is None else f"{format_count(limit, 'credit')} a month"
    return Output(f"Server {options.server} can now spend {shown}.", {"server": options.server, "limit": limit})


async def leave_server(settings: Settings, options: argparse.Namespace) -> Output:
    """Leave a server.

    Raises:
        StartupError: The bot is not in it, or Discord does not let it leave.
    """
    async with log_in(settings) as client:
        try:
            await client.http.leave_guild(options.server)
        except discord.HTTPException as exc:
            why = "the bot isn't in it" if exc.code == _UNKNOWN_SERVER else str(exc)
            raise StartupError(f"Can't leave server {options.server}: {why}") from exc
    return Output(
        f"Left server {options.server}. Its managers can invite the bot again. "
        f"To refuse its orders: {PROGRAM} servers block {options.server}",
        {"left": options.server},
    )


async def block_member(settings: Settings, options: argparse.Namespace) -> Output:
    """Take no more orders from a member, in any server."""
    async with open_database(settings) as database:
        await database.write(blocks.block, options.member, None, by=_operator(options.reason))
        name = await database.read(job_actions.last_name, options.member)
    values = {"member": options.member, "blocked": True}
    return Output(f"{format_member(options.member, name)} can no longer order movies.", values)


async def unblock_member(settings: Settings, options: argparse.Namespace) -> Output:
    """Unblock a member: accept their orders again.

    Lifts the operator's block, and the stop after failed movies.
    """
    async with open_database(settings) as database:
        lifted = await database.write(blocks.unblock, options.member, by=_operator()) is not None
        name = await database.read(job_actions.last_name, options.member)
    text = "can order movies again" if lifted else "wasn't blocked by you"
    values = {"member": options.member, "blocked": False, "changed": lifted}
    return Output(f"{format_member(options.member, name)} {text}.", values)


async def set_server_blocked(settings: Settings, options: argparse.Namespace) -> Output:
    """Take no more orders from a server, or take them again."""
    blocked: bool = options.blocked
    async with open_database(settings) as database:
        changed = await database.write(server_policies.set_blocked, options.server, blocked=blocked)
    now = "can no longer order movies; its movies in progress will finish" if blocked else "can order movies again"
    before = "was already blocked" if blocked else "wasn't blocked"
    values = {"server": options.server, "blocked": blocked, "changed": changed}
    return Output(f"Server {options.server} {now if changed else before}.", values)


async def set_paused(settings: Settings, options: argparse.Namespace) -> Output:
    """Take no more orders anywhere, or take them again. Movies in progress go on."""
    paused: bool = options.paused
    async with open_database(settings) as database:
        changed = await database.write(server_policies.set_paused, paused=paused)
    now = "Orders are paused. Movies in progress will finish." if paused else "Orders are no longer paused."
    before = "Orders were already paused." if paused else "Orders weren't paused."
    return Output(now if changed else before, {"paused": paused, "changed": changed})


def server_rows(tx: Transaction, names: Mapping[int, str], of: Month | None = None) -> list[ServerRow]:
    """List what each server spent in a month, by default this one, and what it may."""
    month, allowed = of or Month.containing(tx.now), tx.policy.allowed_servers
    policies = server_policies.list_all(tx)
    spent = account_queries.server_totals(tx, month)
    rows: list[ServerRow] = []
    for guild_id in sorted({*names, *policies, *spent, *allowed}):
        policy = policies.get(guild_id, server_policies.ServerPolicy())
        limit = policy.monthly_limit(tx.policy.limits)
        used, held = spent.get(guild_id, (0, 0))
        charges = failures.server_charges(tx, guild_id, month)
        rows.append(
            ServerRow(
                guild_id,
                names.get(guild_id),
                not allowed or guild_id in allowed,
                policy.blocked,
                limit,
                used,
                held,
                charges.failed,
                charges.above_price,
            )
        )
    return rows


def _cells(row: ServerRow) -> tuple[object, ...]:
    notes = [
        "blocked" if row.blocked else "",
        "" if row.allowed else "not in ALLOWED_SERVERS",
        "" if row.name is not None else "not joined",
    ]
    limit = "no limit" if row.limit is None else row.limit
    noted = ", ".join(note for note in notes if note)
    return (str(row.id), row.name or "", limit, row.used, row.held, row.failed, row.above_price, noted)


def _operator(reason: str = "") -> AuditContext:
    return AuditContext(SYSTEM_ACTOR_ID, blocks.EVERYWHERE, reason.strip())


async def list_processes(settings: Settings, _options: argparse.Namespace) -> Output:
    """Print the processes.

    One that died is listed for a day.
    """
    async with open_database(settings) as database:
        found = await database.read(leases.list_all)
    now = now_ms()
    values = [asdict(each) | {"alive": each.is_alive(now)} for each in found]
    header = ("role", "shards", "version", "host", "pid", "since", "process", "state")
    table = format_table(header, [_row(each, now) for each in found], empty="No processes are alive.")
    return Output(table, values)


def _row(process: ProcessInfo, now: int) -> tuple[object, ...]:
    state = "alive" if process.is_alive(now) else f"last seen {format_utc(process.seen_at)}"
    return (
        process.role,
        process.shards or ("all" if process.role.answers_members else ""),
        process.version,
        process.host,
        str(process.pid),
        format_utc(process.started_at),
        process.id,
        state,
    )
