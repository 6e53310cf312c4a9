"""`privacy export|erase`: a member's data, by the operator.

Both work while the bot runs.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

from bot import log
from bot.cli.databases import open_database
from bot.cli.terminal import Output, confirm, format_member
from bot.core.clock import SystemClock
from bot.core.errors import CommandError
from bot.core.program import PROGRAM
from bot.domain.erasure import OpenWork
from bot.services.privacy import PrivacyService
from bot.services.request_limits import LimitFactory
from bot.settings import Settings
from data import job_actions


async def export(settings: Settings, options: argparse.Namespace) -> Output:
    """Write everything about a member to FILE.

    Only its owner can read it.

    Raises:
        CommandError: the file exists, or can't be written.
    """
    async with _open_service(settings) as service:
        made = await service.export_now(options.member)
    file = Path(options.file or f"member-{options.member}.zip")
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(made)
    except FileExistsError as exc:
        raise CommandError(f"{file} already exists. Nothing was exported.") from exc
    except OSError as exc:
        raise CommandError(f"Can't write {file}: {exc.strerror}") from exc
    size = len(made)
    text = f"Exported to {file} ({size:,} bytes). Send it only to the member."
    return Output(text, {"file": str(file), "bytes": size})


async def erase(settings: Settings, options: argparse.Namespace) -> Output:
    """Erase a member's data, also in the bot's copies.

    Returns 1 where a copy could not be erased.

    Raises:
        CommandError: the operator declined.
    """
    async with open_database(settings) as database:
        member = format_member(options.member, await database.read(job_actions.last_name, options.member))
    question = (
        f"Everything about {member} will be erased, in all servers, and can't be restored.\n"
        "Their queued movies will be canceled and refunded. Continue?"
    )
    await confirm(question, "privacy erase", yes=options.yes)
    async with _open_service(settings) as service:
        outcome = await service.erase(options.member)
        copies = await service.run_once()
    left = outcome.left
    values = {
        "erased": outcome.done,
        "cancelled": len(outcome.cancelled),
        "in_progress": left.in_progress,
        "unknown": left.unknown,
        "undelivered": left.undelivered,
        "unsettled": left.unsettled,
        "copies_erased": [str(file) for file in copies.erased],
        "copies_not_erased": [str(file) for file in copies.failed],
    }
    lines = ["Erased."] if outcome.done else [*_left_lines(left)]
    lines += [f"Erased from {file}" for file in copies.erased]
    for file, problem in copies.failed.items() if not options.json else ():
        print(
            f"Can't erase from {file}: {problem}. It still has the member's data: delete it if you can.",
            file=sys.stderr,
        )
    return Output("\n".join(lines), values, 1 if copies.failed else 0)


def _left_lines(left: OpenWork) -> Iterator[str]:
    yield "They can't order anymore. The bot will erase them as soon as these have ended:"
    counts = (
        ("in progress", left.in_progress),
        ("unknown", left.unknown),
        ("not posted yet", left.undelivered),
        ("canceled, and charged for in a few minutes", left.unsettled),
    )
    yield from (f"  {what}: {number:,}" for what, number in counts if number)
    if left.unknown:
        yield f"Unknown jobs wait for you: {PROGRAM} jobs list --state unknown"


@contextlib.asynccontextmanager
async def _open_service(settings: Settings) -> AsyncGenerator[PrivacyService]:
    log.configure_structlog()  # else what the service logs is printed among the command's own lines
    clock = SystemClock()
    async with open_database(settings) as database:
        yield PrivacyService(database, clock, settings.backup_dir, settings.database_path, LimitFactory(clock))
