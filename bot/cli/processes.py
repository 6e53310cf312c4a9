"""`processes`: which processes of the bot are alive."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from bot.cli.ledger import now_ms, open_database
from bot.cli.terminal import format_table, format_utc, print_result
from bot.domain.process import ProcessInfo
from bot.settings import Settings
from data import processes

_HEADER = ("role", "shards", "version", "host", "pid", "since", "process", "state")


async def list_processes(settings: Settings, options: argparse.Namespace) -> int:
    """Print the processes.

    One that died is listed for a day.
    """
    async with open_database(settings) as database:
        found = await database.read(processes.list_all)
    now = now_ms()
    values = [asdict(each) | {"alive": each.is_alive(now)} for each in found]
    table = format_table(_HEADER, [_row(each, now) for each in found], empty="No processes are alive.")
    print_result(options, values, table)
    return 0


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
