"""`privacy export|erase`: a member's data, by the operator.

Both work while the bot runs.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
from collections.abc import AsyncGenerator
from pathlib import Path

from bot import log
from bot.cli.ledger import open_database
from bot.cli.questions import ask
from bot.clock import SystemClock
from bot.errors import CommandError
from bot.services.privacy import PrivacyService
from bot.services.request_limits import LimitFactory
from bot.settings import Settings


async def export(settings: Settings, options: argparse.Namespace) -> int:
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
            opened.write(made.content)
    except FileExistsError as exc:
        raise CommandError(f"{file} already exists. Nothing was exported.") from exc
    except OSError as exc:
        raise CommandError(f"Can't write {file}: {exc.strerror}") from exc
    if options.json:
        print(json.dumps({"file": str(file), "bytes": len(made.content)}))
    else:
        print(f"Exported to {file} ({len(made.content):,} bytes). Send it to nobody but the member.")
    return 0


async def erase(settings: Settings, options: argparse.Namespace) -> int:
    """Erase a member's data, also in the bot's copies.

    Returns 1 where it was declined, or a copy could not be erased.
    """
    question = (
        f"Everything about member {options.member} will be erased, in all servers, and can't be brought back.\n"
        "Their queued movies are cancelled and refunded. Continue?"
    )
    if not options.yes and not await ask(question, "privacy erase"):
        print("Nothing was changed.", file=sys.stderr)
        return 1
    async with _open_service(settings) as service:
        outcome = await service.erase(options.member)
        copies = await service.run_once()
    left = outcome.left
    if options.json:
        values = {
            "erased": outcome.done,
            "cancelled": len(outcome.cancelled),
            "in_progress": left.in_progress,
            "unknown": left.unknown,
            "undelivered": left.undelivered,
            "copies_erased": [str(file) for file in copies.erased],
            "copies_not_erased": [str(file) for file in copies.failed],
        }
        print(json.dumps(values))
        return 1 if copies.failed else 0
    if outcome.done:
        print("Erased.")
    else:
        print("They can't order any more. The bot erases them as soon as these have ended:")
        counts = (("in progress", left.in_progress), ("unknown", left.unknown), ("not posted yet", left.undelivered))
        print("\n".join(f"  {what}: {number:,}" for what, number in counts if number))
        if left.unknown:
            print("Unknown jobs wait for you: python -m bot jobs list --state unknown")
    for file in copies.erased:
        print(f"Erased from {file}")
    for file, problem in copies.failed.items():
        print(f"Can't erase from {file}: {problem}. Delete it, or keep it knowing that.", file=sys.stderr)
    return 1 if copies.failed else 0


@contextlib.asynccontextmanager
async def _open_service(settings: Settings) -> AsyncGenerator[PrivacyService]:
    log.configure_structlog()  # else what the service logs is printed among the command's own lines
    clock = SystemClock()
    async with open_database(settings) as database:
        yield PrivacyService(database, clock, settings.backup_dir, settings.database_path, LimitFactory(clock))
