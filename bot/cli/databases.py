"""How commands open the database, and `backup`, `restore`, `hold` and `move`: whole databases.

A backup works while the bot runs, the others need it stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path
from typing import Final

from bot.cli.terminal import Output, confirm, format_count, show_progress
from bot.core.clock import SYSTEM_CLOCK
from bot.core.errors import ConfigurationError, StartupError
from bot.core.program import PROGRAM
from bot.core.threads import run_in_daemon_thread
from bot.domain.jobs import JobState
from bot.settings import Settings, check_database_url
from data.database import Database
from data.engine import move_record
from data.engine.migration_files import OLDER_VERSION
from data.policy import Policy
from data.restore_review import HeldForReview
from data.storage import backups, engines
from data.storage.move import Moved
from data.storage.move import move as run_move

now_ms: Final = SYSTEM_CLOCK.now
"""Returns UTC epoch milliseconds."""

_PAST = "Anything after the backup (movies, grants, limits, API spending) is not included."

_MAX_LISTED = 50
"""Messages listed by name; --json lists all."""


@contextlib.asynccontextmanager
async def open_database(settings: Settings, *, even_moved: bool = False) -> AsyncGenerator[Database]:
    """Open the bot's existing database.

    One that was moved is out of date, and opened with `even_moved` only.

    Raises:
        StartupError: it does not exist, or needs a migration.
        SchemaTooNew: a newer version has migrated it.
        DatabaseMoved: its rows are in another database.
    """
    path = settings.database_path
    if path is not None and not path.is_file():
        raise StartupError(f"No database at {path}. Check DATABASE_URL, or start the bot once to create it.")
    engine = engines.engine(settings.database_url)
    if await asyncio.to_thread(engine.pending_migrations):
        raise StartupError(OLDER_VERSION)
    async with await engine.open() as database:
        database.policy = Policy(limits=settings.limits, allowed_servers=settings.allowed_servers)
        if not even_moved:
            await database.read(move_record.reject_moved)
            database.check_write = move_record.reject_moved  # a change may have waited for the end of a move
        yield database


async def backup(settings: Settings, options: argparse.Namespace) -> Output:
    """Write a verified backup to FILE or to the backups folder.

    Raises:
        StorageError: it failed; nothing is left of it.
    """
    back_up = engines.engine(settings.database_url).create_backup
    target = await asyncio.to_thread(_target, settings.backup_dir, options.file)
    with show_progress() as progress:
        made = await asyncio.to_thread(back_up, target, progress=progress)
    values = {"file": str(made.path), "bytes": made.bytes, "jobs": made.jobs, "taken_at": made.taken_at}
    size = f"{format_count(made.jobs, 'job')}, {made.bytes:,} bytes"
    return Output(f"Backup written and verified: {made.path} ({size}).", values)


async def restore(settings: Settings, options: argparse.Namespace) -> Output:
    """Restore a backup and print what needs the operator's review.

    Raises:
        StorageError: it failed; the database is unchanged.
    """
    url, file = settings.database_url, Path(options.file)
    with show_progress() as progress:
        done = await asyncio.to_thread(
            engines.engine(url).restore, file, settings.backup_dir, now_ms(), progress=progress
        )
    lines = [f"Restored {done.place} from {options.file}."]
    if done.replaced:
        lines.append(f"The previous database is kept as {done.replaced}.")
    if done.migrated:
        lines.append(f"The restored database was upgraded: {', '.join(done.migrated)}.")
    lines += ["", *_review_lines(_PAST, done.held)]
    values = {
        "database": done.place,
        "replaced": str(done.replaced) if done.replaced else None,
        "migrated": done.migrated,
    }
    return Output("\n".join(lines), values | _held_values(done.held))


async def hold(settings: Settings, options: argparse.Namespace) -> Output:
    """Put open jobs on hold and print what needs the operator's review.

    For a database restored by other means than `restore`.

    Raises:
        CommandError: the operator declined.
        StorageError: a bot runs, or the database fails; nothing has changed.
    """
    place = engines.engine(settings.database_url).place
    question = (
        f"Use this for a database that was restored by other means, such as pg_dump or a snapshot. In {place},\n"
        "open movies won't be ordered and pending messages won't be sent until you resolve them. Continue?"
    )
    await confirm(question, "hold", yes=options.yes)
    held = await asyncio.to_thread(engines.hold_open_work, settings.database_url, settings.backup_dir, now_ms())
    lines = _review_lines(f"Open movies in {place} are on hold.", held)
    return Output("\n".join(lines), _held_values(held))


async def move(settings: Settings, options: argparse.Namespace) -> Output:
    """Move everything to the database at a URL.

    Raises:
        CommandError: the operator declined.
        ConfigurationError: the URL is none, or there is no terminal to ask on.
        StorageError: a bot runs, the other database has rows, or one of both fails.
    """
    try:
        url = check_database_url(options.target)
    except ValueError as exc:
        raise ConfigurationError((f"URL {exc}.",)) from None
    source, target = engines.engine(settings.database_url), engines.engine(url)
    question = f"Move everything from {source.place} to {target.place}?"
    await confirm(question, "move", yes=options.yes, declined="Nothing was moved.")
    with show_progress() as progress:
        # Ctrl-C ends it at once, which is as safe as any kill
        moved = await run_in_daemon_thread(lambda: run_move(source, target, settings.backup_dir, now_ms, progress))
    kept = str(moved.kept) if moved.kept else None
    values = {"source": moved.source, "target": moved.target, "rows": moved.rows, "kept": kept}
    return Output("\n".join(_move_lines(moved)), values)


def _target(folder: Path, given: str | None) -> Path:
    named = folder if given is None else Path(given)
    return backups.new_backup_path(named, now_ms()) if given is None or named.is_dir() else named


def _held_values(held: HeldForReview) -> dict[str, object]:
    return {
        "jobs_on_hold": held.jobs,
        "messages_on_hold": [{"job": job_id, "notice": notice.value} for job_id, notice in held.messages],
        "unknown_before": held.unknown,
        "rendering": held.rendering,
    }


def _review_lines(first: str, held: HeldForReview) -> list[str]:
    lines = [first]
    unknown = len(held.jobs) + held.unknown
    if unknown:
        lines += [
            f"{format_count(unknown, 'job')} may already be at the API and won't be ordered again.",
            f"  List: {PROGRAM} jobs list --state {JobState.UNKNOWN.value}",
            f"  Resolve each: {PROGRAM} jobs resolve JOB --request-id ID, or --failed (with --charged if the API",
            "  charged for it)",
        ]
    if held.messages:
        rest = len(held.messages) - _MAX_LISTED
        lines += [
            f"{format_count(len(held.messages), 'message')} may already have been posted and won't be posted again.",
            "Members find their movies in /movies.",
            *(f"  {job_id}: {notice.value}" for job_id, notice in held.messages[:_MAX_LISTED]),
            *([f"  and {rest:,} more (--json lists all)"] if rest > 0 else []),
        ]
    if held.rendering:
        lines.append(
            f"Still rendering: {format_count(held.rendering, 'job')}. Credits settle when a job finishes, but its movie"
            " isn't posted, since it may already have been: members find it in /movies."
        )
    return [*lines, f"Start the bot when you're ready: {PROGRAM}"]


def _move_lines(moved: Moved) -> Iterator[str]:
    if moved.rows is None:
        yield f"Everything is already in {moved.target}: an earlier run moved it."
    else:
        yield f"Moved {moved.rows:,} rows to {moved.target}. Audit passed: all balances match."
    if moved.kept is not None:
        yield f"The file that was there before is kept as {moved.kept}."
    yield ""
    yield f"Set DATABASE_URL to the new database, then start the bot: {PROGRAM}"
    yield f"{moved.source} keeps its rows, but the bot no longer starts on it. Delete it whenever you like."
