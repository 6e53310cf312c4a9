"""The command line of `python -m bot`.

A start without arguments does not import it.
"""

from __future__ import annotations

import argparse
import importlib
import json
import re
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from operator import methodcaller
from typing import Final, TypeAlias

from bot import __version__
from bot.core.program import PROGRAM
from bot.domain.jobs import JobState

Command: TypeAlias = Coroutine[None, None, int]
"""A command, about to run; returns the exit status."""

_AGO = re.compile(r"([0-9]{1,6})([smhd])")
_UNITS_MS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000}

_MAX_ROWS = 1_000_000
"""Rows that one list prints."""

_MAX_WAIT_SECONDS = 86_400

# Types of arguments ---------------------------------------------------------------------------------------------------


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


def _seconds(given: str) -> int:
    if not given.isdecimal() or int(given) > _MAX_WAIT_SECONDS:
        raise argparse.ArgumentTypeError(f"{given!r} isn't between 0 and {_MAX_WAIT_SECONDS:,}")
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


# The commands ---------------------------------------------------------------------------------------------------------

_argument = partial(methodcaller, "add_argument")
"""An argument of a command, in the words of `ArgumentParser.add_argument`."""

_JSON: Final = _argument("--json", action="store_true", help="print JSON")
_YES: Final = _argument("--yes", action="store_true", help="don't ask for confirmation")
_SERVER: Final = _argument("server", type=_id, help="server ID")
_MEMBER: Final = _argument("member", type=_id, help="member ID")


def _either_failed_or_found(parser: argparse.ArgumentParser) -> None:
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--failed", action="store_true", help="it failed: refund the member")
    how.add_argument("--request-id", type=_text, help="it exists at the API under this ID")


@dataclass(frozen=True, slots=True)
class _Command:
    """A command, and the function of bot/cli that runs it with the settings and the options.

    `secrets`: whether it needs the token and the key. `reads_settings`: it reads the settings and prints by itself.
    `fixed` are options that its name decides.
    """

    name: str
    about: str
    function: str
    arguments: tuple[Callable[[argparse.ArgumentParser], object], ...] = ()
    secrets: Callable[[argparse.Namespace], bool] = lambda _: False
    reads_settings: bool = False
    fixed: Mapping[str, object] = field(default_factory=dict[str, object])


_ROLES: Final = {
    "run": "run the bot (default)",
    "gateway": "run a process that answers members (PostgreSQL only)",
    "worker": "run a process that submits, polls and delivers movies (PostgreSQL only)",
    "web": "run a process that receives the API's callbacks (PostgreSQL only)",
}

_GROUPS: Final = {
    "credits": "show or grant a member's credits",
    "jobs": "list jobs and resolve unknown ones (a job's ID is its movie's)",
    "catalogue": "compare the catalogue with the API's models and prices",
    "servers": "control which servers can order, and how much",
    "members": "block members in all servers",
    "privacy": "export or erase a member's data",
}

_COMMANDS: Final = (
    _Command(
        "init",
        "set up the bot: ask for what it needs, and write .env",
        "init.init",
        (
            _argument(
                "--token", metavar="TOKEN", help="the bot's token (only in DISCORD_TOKEN, other users can't see it)"
            ),
            _argument("--key", metavar="KEY", help="the API's key (only in SAMSAR_API_KEY, other users can't see it)"),
            _argument("--servers", choices=["own", "any"], help="who may use it: the servers that it's in, or any"),
            _argument(
                "--wait",
                type=_seconds,
                default=600,
                metavar="SECONDS",
                help="how long to wait until the bot is in a server (default: %(default)s)",
            ),
            _YES,
        ),
        reads_settings=True,
    ),
    _Command("processes", "list the bot's processes and show which are alive", "servers.list_processes"),
    _Command("check", "check the setup and print the invite link", "check.check", reads_settings=True),
    _Command("audit", "recompute all balances and list mismatches", "ledger.reconcile"),
    _Command(
        "report",
        "show a monthly report",
        "ledger.report",
        (
            _argument("month", nargs="?", help="YYYY-MM, such as 2026-11 (default: this month)"),
            _argument("--server", type=_id, help="only the server with this ID"),
            _argument("--html", type=_text, metavar="FILE", help="write it as a page for the browser, with charts"),
            _argument("--prompts", action="store_true", help="with --html: show prompts and the API's messages"),
        ),
    ),
    _Command("credits show", "show a member's credits in a server", "ledger.credits_show", (_SERVER, _MEMBER)),
    _Command(
        "credits grant",
        "grant bonus credits to a member",
        "ledger.credits_grant",
        (
            _SERVER,
            _MEMBER,
            _argument("credits", type=int, metavar="CREDITS", help="number of bonus credits"),
            _argument("--reason", type=_text, default="granted by the operator", help="saved in the log"),
        ),
    ),
    _Command(
        "jobs list",
        "list the latest jobs",
        "jobs.list_jobs",
        (
            _argument("--state", choices=[state.value for state in JobState], help="only jobs in this state"),
            _argument("--limit", type=_count, default=50, help="how many (default: %(default)s)"),
        ),
    ),
    _Command(
        "jobs show",
        "show a job: where its credits are, and what you can do",
        "jobs.show_job",
        (_argument("job", type=_text, metavar="JOB", help="the job's ID"),),
    ),
    _Command(
        "jobs resolve",
        "record what happened to an unknown job, or to many",
        "jobs.resolve_job",
        (
            _argument("job", type=_text, nargs="?", metavar="JOB", help="the job's ID"),
            _argument(
                "--all-unknown-since",
                type=_timestamp,
                metavar="TIME",
                help="resolve all jobs that became unknown after TIME: 2h (ago), or 2026-11-10T12:00 (UTC)",
            ),
            _either_failed_or_found,
            _argument("--charged", action="store_true", help="with --failed: the API charged for it anyway"),
            _argument("--yes", action="store_true", help="with --all-unknown-since: don't ask for confirmation"),
        ),
        secrets=lambda options: options.request_id is not None,
    ),
    _Command(
        "catalogue compare",
        "list what differs from the API's models and prices",
        "catalogue.compare_catalogue",
        secrets=lambda _: True,
    ),
    _Command(
        "catalogue allow",
        "re-enable a model that the API refused",
        "catalogue.allow_model",
        (_argument("model", type=_text, help="the model's key"),),
    ),
    _Command(
        "servers list",
        "list the servers and what each spent this month",
        "servers.list_servers",
        secrets=lambda _: True,
    ),
    _Command(
        "servers limit",
        "set what a server can cost you per month",
        "servers.limit_server",
        (
            _SERVER,
            _argument(
                "credits",
                type=_credits_or_default,
                metavar="CREDITS",
                help="credits a month, or `default` for SERVER_MONTHLY_CREDITS",
            ),
        ),
    ),
    _Command(
        "servers block",
        "stop taking orders from a server",
        "servers.set_server_blocked",
        (_SERVER,),
        fixed={"blocked": True},
    ),
    _Command(
        "servers unblock",
        "take orders from a server again",
        "servers.set_server_blocked",
        (_SERVER,),
        fixed={"blocked": False},
    ),
    _Command("servers leave", "leave a server", "servers.leave_server", (_SERVER,), secrets=lambda _: True),
    _Command(
        "members block",
        "stop taking orders from a member",
        "servers.block_member",
        (_MEMBER, _argument("--reason", type=_text, default="", help="shown to the member")),
    ),
    _Command("members unblock", "take orders from a member again", "servers.unblock_member", (_MEMBER,)),
    _Command(
        "privacy export",
        "write everything about a member into a zip file",
        "privacy.export",
        (_MEMBER, _argument("file", type=_text, nargs="?", help="the new file (default: member-ID.zip here)")),
    ),
    _Command("privacy erase", "erase a member's data, also in backups", "privacy.erase", (_MEMBER, _YES)),
    _Command("pause", "stop taking orders (movies in progress finish)", "servers.set_paused", fixed={"paused": True}),
    _Command("resume", "take orders again", "servers.set_paused", fixed={"paused": False}),
    _Command(
        "backup",
        "back up the database (safe while the bot runs)",
        "databases.backup",
        (
            _argument(
                "file", nargs="?", help="target file or folder (default: a timestamped file in the backups folder)"
            ),
        ),
    ),
    _Command(
        "restore",
        "replace the database with a backup (stop the bot first)",
        "databases.restore",
        (_argument("file", help="the backup file"),),
    ),
    _Command(
        "hold",
        "put open movies on hold in a database restored by other means, such as pg_dump (stop the bot first)",
        "databases.hold",
        (_YES,),
    ),
    _Command(
        "move",
        "move everything from the SQLite file to PostgreSQL, or back (stop the bot first)",
        "databases.move",
        (
            _argument(
                "target",
                type=_text,
                metavar="URL",
                help="the new database, as in DATABASE_URL; the password can be in PGPASSWORD",
            ),
            _YES,
        ),
    ),
)


def parse(arguments: Sequence[str], run: Callable[[str], Command]) -> Command:
    """Parse the command line; `run` runs the bot in a role.

    Raises:
        SystemExit: it is invalid, or help was requested.
    """
    options = _parser(lambda options: run(options.role)).parse_args(arguments)
    command: Command = options.run(options)
    return command


def _parser(run: Callable[[argparse.Namespace], Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="Run and manage Matinee, the movie bot.")
    parser.set_defaults(run=run, role="all")
    parser.add_argument("--version", action="version", version=f"matinee {__version__}")
    groups = {"": parser.add_subparsers(title="commands", metavar="command")}
    for role, about in _ROLES.items():
        added = groups[""].add_parser(role, help=about, description=about)
        added.set_defaults(run=run, role="all" if role == "run" else role)
    for command in _COMMANDS:
        group, _, name = command.name.rpartition(" ")
        if group not in groups:
            groups[group] = groups[""].add_parser(group, help=_GROUPS[group]).add_subparsers(required=True)
        added = groups[group].add_parser(name, help=command.about, description=command.about)
        added.set_defaults(run=partial(_run, command), **command.fixed)
        for add_to in command.arguments if command.reads_settings else (_JSON, *command.arguments):
            add_to(added)
    return parser


async def _run(command: _Command, options: argparse.Namespace) -> int:
    """Run a command. Its module is imported only now, because database commands need no discord.py."""
    from bot.settings import load_settings

    module, name = command.function.split(".")
    function = getattr(importlib.import_module(f"bot.cli.{module}"), name)
    if command.reads_settings:
        return await function(options)
    output = await function(load_settings(secrets_needed=command.secrets(options)), options)
    print(json.dumps(output.values) if options.json else output.text)
    return output.status
