"""The command line of `python -m bot`.

A start without arguments does not import it.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from bot import __version__
from bot.domain.job import JobState
from bot.program import PROGRAM

Command: TypeAlias = Coroutine[None, None, int]
"""A command, about to run; returns the exit status."""

_Run = Callable[[argparse.Namespace], Command]
_AddParser = Callable[..., argparse.ArgumentParser]

_AGO = re.compile(r"([0-9]{1,6})([smhd])")
_UNITS_MS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}

_MAX_ROWS = 1_000_000
"""Rows that one list prints."""


def parse(arguments: Sequence[str], run: Callable[[str], Command]) -> Command:
    """Parse the command line; `run` runs the bot in a role.

    Raises:
        SystemExit: it is invalid, or help was requested.
    """
    options = _parser(lambda options: run(options.role)).parse_args(arguments)
    command: Command = options.run(options)
    return command


async def _check(_options: argparse.Namespace) -> int:
    from bot.cli import check

    return await check.check()


def _lazy_command(module: str, name: str, *, secrets: Callable[[argparse.Namespace], bool] = lambda _: False) -> _Run:
    """Wrap a command of bot/cli that takes the settings.

    Most need no secrets. Its module is imported when it runs, because database commands need no discord.py.
    """

    async def run(options: argparse.Namespace) -> int:
        from bot.settings import load_settings

        settings = load_settings(secrets_needed=secrets(options))
        command = getattr(importlib.import_module(f"bot.cli.{module}"), name)
        return await command(settings, options)

    return run


def _parser(run: _Run) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Run and manage Matinee, the movie bot.")
    parser.set_defaults(run=run, role="all")
    parser.add_argument("--version", action="version", version=f"matinee {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="command").add_parser
    _command(commands, "run", "run the bot (default)", run)
    for role, about in (
        ("gateway", "run a process that answers members (PostgreSQL only)"),
        ("worker", "run a process that submits, polls and delivers movies (PostgreSQL only)"),
        ("web", "run a process that receives the API's callbacks (PostgreSQL only)"),
    ):
        _command(commands, role, about, run).set_defaults(role=role)
    _json(
        _command(
            commands,
            "processes",
            "list the bot's processes and show which are alive",
            _lazy_command("processes", "list_processes"),
        )
    )
    _command(commands, "check", "check the setup and print the invite link", _check)
    _json(
        _command(commands, "audit", "recompute all balances and list mismatches", _lazy_command("ledger", "reconcile"))
    )
    report = _json(_command(commands, "report", "show a monthly report", _lazy_command("ledger", "report")))
    report.add_argument("month", nargs="?", help="YYYY-MM, such as 2026-11 (default: this month)")
    report.add_argument("--server", type=_id, help="only the server with this ID")
    _credits(commands)
    _jobs(commands)
    _catalogue(commands)
    _servers(commands)
    _members(commands)
    _privacy(commands)
    for name, about in (("pause", "stop taking orders (movies in progress finish)"), ("resume", "take orders again")):
        _json(_command(commands, name, about, _lazy_command("servers", name)))
    _databases(commands)
    return parser


def _credits(add_parser: _AddParser) -> None:
    group = add_parser("credits", help="show or grant a member's credits").add_subparsers(required=True).add_parser
    show = _json(
        _command(group, "show", "show a member's credits in a server", _lazy_command("ledger", "credits_show"))
    )
    grant = _json(_command(group, "grant", "grant bonus credits to a member", _lazy_command("ledger", "credits_grant")))
    for each in (show, grant):
        each.add_argument("server", type=_id, help="server ID")
        each.add_argument("member", type=_id, help="member ID")
    grant.add_argument("credits", type=int, metavar="CREDITS", help="number of bonus credits")
    grant.add_argument("--reason", type=_text, default="granted by the operator", help="saved in the log")


def _catalogue(add_parser: _AddParser) -> None:
    group = add_parser("catalogue", help="compare the catalogue with the API's models and prices").add_subparsers(
        required=True
    )
    commands = group.add_parser
    comparing = _lazy_command("catalogue", "compare_catalogue", secrets=lambda _: True)
    _json(_command(commands, "compare", "list what differs from the API's models and prices", comparing))
    allowing = _lazy_command("catalogue", "allow_model")
    allow = _json(_command(commands, "allow", "re-enable a model that the API refused", allowing))
    allow.add_argument("model", type=_text, help="the model's key")


def _servers(add_parser: _AddParser) -> None:
    group = add_parser("servers", help="control which servers can order, and how much").add_subparsers(required=True)
    commands = group.add_parser
    with_token = _lazy_command("servers", "list_servers", secrets=lambda _: True)
    _json(_command(commands, "list", "list the servers and what each spent this month", with_token))
    limit = _command(
        commands, "limit", "set what a server can cost you per month", _lazy_command("servers", "limit_server")
    )
    block = _command(commands, "block", "stop taking orders from a server", _lazy_command("servers", "block_server"))
    unblock = _command(
        commands, "unblock", "take orders from a server again", _lazy_command("servers", "unblock_server")
    )
    leaving = _lazy_command("servers", "leave_server", secrets=lambda _: True)
    leave = _command(commands, "leave", "leave a server", leaving)
    for each in (limit, block, unblock, leave):
        _json(each).add_argument("server", type=_id, help="server ID")
    limit.add_argument(
        "credits",
        type=_credits_or_default,
        metavar="CREDITS",
        help="credits a month, or `default` for SERVER_MONTHLY_CREDITS",
    )


def _members(add_parser: _AddParser) -> None:
    commands = add_parser("members", help="block members in all servers").add_subparsers(required=True).add_parser
    block = _command(commands, "block", "stop taking orders from a member", _lazy_command("servers", "block_member"))
    unblock = _command(
        commands, "unblock", "take orders from a member again", _lazy_command("servers", "unblock_member")
    )
    for each in (block, unblock):
        _json(each).add_argument("member", type=_id, help="member ID")
    block.add_argument("--reason", type=_text, default="", help="shown to the member")


def _privacy(add_parser: _AddParser) -> None:
    commands = add_parser("privacy", help="export or erase a member's data").add_subparsers(required=True).add_parser
    exporting = _lazy_command("privacy", "export")
    export = _command(commands, "export", "write everything about a member into a zip file", exporting)
    erase = _command(commands, "erase", "erase a member's data, also in backups", _lazy_command("privacy", "erase"))
    for each in (export, erase):
        _json(each).add_argument("member", type=_id, help="member ID")
    export.add_argument("file", type=_text, nargs="?", help="the new file (default: member-ID.zip here)")
    erase.add_argument("--yes", action="store_true", help="don't ask for confirmation")


def _jobs(add_parser: _AddParser) -> None:
    group = (
        add_parser("jobs", help="list jobs and resolve unknown ones (a job's ID is its movie's)")
        .add_subparsers(required=True)
        .add_parser
    )
    listing = _json(_command(group, "list", "list the latest jobs", _lazy_command("jobs", "list_jobs")))
    listing.add_argument("--state", choices=[state.value for state in JobState], help="only jobs in this state")
    listing.add_argument("--limit", type=_count, default=50, help="how many (default: %(default)s)")
    show = _json(_command(group, "show", "show everything about a job", _lazy_command("jobs", "show_job")))
    show.add_argument("job", type=_text, metavar="JOB", help="the job's ID")
    resolving = _lazy_command("jobs", "resolve_job", secrets=lambda options: options.request_id is not None)
    resolve = _json(_command(group, "resolve", "record what happened to an unknown job, or to many", resolving))
    resolve.add_argument("job", type=_text, nargs="?", metavar="JOB", help="the job's ID")
    resolve.add_argument(
        "--all-unknown-since",
        type=_timestamp,
        metavar="TIME",
        help="resolve all jobs that became unknown after TIME: 2h (ago), or 2026-11-10T12:00 (UTC)",
    )
    how = resolve.add_mutually_exclusive_group(required=True)
    how.add_argument("--failed", action="store_true", help="it failed: refund the member")
    how.add_argument("--request-id", type=_text, help="it exists at the API under this ID")
    resolve.add_argument("--charged", action="store_true", help="with --failed: the API charged for it anyway")
    resolve.add_argument("--yes", action="store_true", help="with --all-unknown-since: don't ask for confirmation")


def _databases(add_parser: _AddParser) -> None:
    backup = _json(
        _command(
            add_parser, "backup", "back up the database (safe while the bot runs)", _lazy_command("backups", "backup")
        )
    )
    backup.add_argument(
        "file", nargs="?", help="target file or folder (default: a timestamped file in the backups folder)"
    )
    restore = _json(
        _command(
            add_parser,
            "restore",
            "replace the database with a backup (stop the bot first)",
            _lazy_command("backups", "restore"),
        )
    )
    restore.add_argument("file", help="the backup file")
    about = "put open movies on hold in a database restored by other means, such as pg_dump (stop the bot first)"
    hold = _json(_command(add_parser, "hold", about, _lazy_command("backups", "hold")))
    about = "move everything from the SQLite file to PostgreSQL, or back (stop the bot first)"
    move = _json(_command(add_parser, "move", about, _lazy_command("move", "move")))
    move.add_argument(
        "target",
        type=_text,
        metavar="URL",
        help="the new database, as in DATABASE_URL; the password can be in PGPASSWORD",
    )
    for each in (hold, move):
        each.add_argument("--yes", action="store_true", help="don't ask for confirmation")


def _command(add_parser: _AddParser, name: str, about: str, command: _Run) -> argparse.ArgumentParser:
    parser = add_parser(name, help=about, description=about)
    parser.set_defaults(run=command)
    return parser


def _json(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _id(given: str) -> int:
    """Parse a Discord id.

    0 is excluded, because it means all servers.
    """
    if not given.isdecimal() or not 0 < int(given) < 2**63:
        raise argparse.ArgumentTypeError(f"{given!r} isn't a Discord ID")
    return int(given)


def _credits_or_default(given: str) -> int | None:
    if given == "default":
        return None
    if not given.isdecimal():
        raise argparse.ArgumentTypeError(f"{given!r} isn't a whole number of credits or `default`")
    return int(given)


def _count(given: str) -> int:
    if not given.isdecimal() or not 0 < int(given) <= _MAX_ROWS:
        raise argparse.ArgumentTypeError(f"{given!r} isn't between 1 and {_MAX_ROWS:,}")
    return int(given)


def _timestamp(given: str) -> int:
    """Parse a time into UTC epoch milliseconds.

    It is ISO 8601 or an age such as 2h.
    """
    if found := _AGO.fullmatch(given):
        return time.time_ns() // 1_000_000 - int(found[1]) * _UNITS_MS[found[2]]
    try:
        parsed = datetime.fromisoformat(given)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{given!r} isn't a valid time: use 2h, 30m, 1d or 2026-11-10T12:00 (UTC)"
        ) from None
    return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp() * 1000)


def _text(given: str) -> str:
    if not given.isprintable():  # bytes that are no UTF-8 arrive as lone surrogates
        raise argparse.ArgumentTypeError(f"{given!r} isn't plain text")
    return given
