"""`move`: moves everything to another database.

Such as from a SQLite file to PostgreSQL.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from bot.cli.ledger import now_ms
from bot.cli.progress import show_progress
from bot.cli.questions import confirmed
from bot.errors import ConfigurationError
from bot.program import PROGRAM
from bot.setting_validators import database_url
from bot.settings import Settings
from bot.threads import run_in_daemon_thread
from data.storage import engines
from data.storage.move import Moved
from data.storage.move import move as run_move


async def move(settings: Settings, options: argparse.Namespace) -> int:
    """Move everything to the database at a URL.

    Returns 1 where the operator declined.

    Raises:
        ConfigurationError: the URL is none, or there is no terminal to ask on.
        StorageError: a bot runs, the other database has rows, or one of both fails.
    """
    try:
        url = database_url(options.target)
    except ValueError as exc:
        raise ConfigurationError((f"URL {exc}.",)) from None
    source, target = engines.engine(settings.database_url), engines.engine(url)
    question = f"Move everything from {source.place} to {target.place}?"
    if not await confirmed(question, "move", yes=options.yes, declined="Nothing was moved."):
        return 1
    with show_progress() as progress:
        # Ctrl-C ends it at once, which is as safe as any kill
        moved = await run_in_daemon_thread(lambda: run_move(source, target, settings.backup_dir, now_ms, progress))
    if options.json:
        kept = str(moved.kept) if moved.kept else None
        print(json.dumps({"source": moved.source, "target": moved.target, "rows": moved.rows, "kept": kept}))
    else:
        print("\n".join(_lines(moved)))
    return 0


def _lines(moved: Moved) -> Iterator[str]:
    if moved.rows is None:
        yield f"Everything is already in {moved.target}: an earlier run moved it."
    else:
        yield f"Moved {moved.rows:,} rows to {moved.target}. Audit passed: all balances match."
    if moved.kept is not None:
        yield f"The file that was there before is kept as {moved.kept}."
    yield ""
    yield f"Set DATABASE_URL to the new database, then start the bot: {PROGRAM}"
    yield f"{moved.source} keeps its rows, but the bot no longer starts on it. Delete it whenever you like."
