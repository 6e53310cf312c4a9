"""Restores a backup so that nothing is ordered or sent twice.

A backup shows the past: its queued jobs may have been submitted since, and its pending notifications sent. So the copy
is verified, migrated, and its open jobs are put on hold for the operator, before it replaces the database. Rendering
jobs are still polled, which is harmless, and their credits move at their end; but the notification is suppressed
beforehand, because it may have been sent since.

The database is replaced by one SQLite transaction under an exclusive lock: a bot that starts meanwhile waits and then
reads the restored one, and a crash rolls back. A running bot is detected because it keeps the file open in WAL mode,
which SQLite then refuses to leave. A file too damaged to be locked is moved aside instead; a bot running on it can't be
detected.
"""

from __future__ import annotations

import contextlib
import itertools
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.domain.delivery import Delivery, NotificationType
from bot.domain.job import Job, JobState
from bot.domain.quota import SYSTEM_ACTOR_ID, AuditAction, AuditContext, AuditReason
from bot.errors import SchemaTooNew, StorageError
from data import audit_log, backups, blocks, breakers, jobs, outbox, server_policies
from data.audit_log import AuditEvent
from data.database import Transaction
from data.migrations_runner import load_migrations, migrate
from data.progress import Progress, Step, no_progress
from data.sqlite import SqliteTransaction

_ENDS: Final = (NotificationType.COMPLETED, NotificationType.FAILED, NotificationType.FOLLOWED)

_DECISIONS: Final = {
    "server_policies": "TRUE",
    "member_blocks": f"guild_id = {blocks.EVERYWHERE}",
    "key_value": f"key = '{server_policies.PAUSED_AT}'",
}
"""The rows that hold the operator's decisions, by table."""

_Decisions = dict[str, list[dict[str, int | str | None]]]
"""These rows, by table and column."""

_BUSY_SECONDS: Final = 1.0
"""How long to wait for a process that only reads, such as the command line."""

_UNUSABLE: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_IN_USE: Final = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


@dataclass(frozen=True, slots=True)
class HeldForReview:
    """What the operator must review after a restore.

    That is unknown jobs, and notifications that may have been sent. `rendering` counts jobs that are still polled and
    whose end is not announced; `unknown` those already unknown in the backup.
    """

    jobs: tuple[str, ...] = ()
    messages: tuple[tuple[str, NotificationType], ...] = ()
    rendering: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored database; `replaced` is where the previous one is kept."""

    database: Path
    replaced: Path | None
    migrated: tuple[str, ...]
    held: HeldForReview


def restore(backup: Path, database: Path, now: int, *, progress: Progress = no_progress) -> Restored:
    """Replace `database` by `backup`, with its open jobs on hold.

    Blocks. `now` is UTC epoch milliseconds. The backup is only read.

    Raises:
        StorageError: the backup is damaged, a process has the database open, or the disk is full. The database is
            unchanged.
        SchemaTooNew: the backup was made by a newer version.
    """
    database = database.resolve()  # SQLite keeps the files beside a database where a link leads to
    if not backup.is_file():
        raise StorageError(f"there is no backup at {backup}")
    if database.exists() and not database.is_file():
        raise StorageError(f"{database} is no file: is DATABASE_URL wrong?")
    if database.exists() and backup.samefile(database):
        raise StorageError(f"{backup} is the database itself: name a backup of it")
    prepared = database.with_name(f"{database.name}.{secrets.token_hex(4)}.part")
    try:
        backups.create_backup(backup, prepared, progress=progress)
        _check_schema(prepared, backup)
        progress(Step.MIGRATE, 0, 0)
        migrated = migrate(prepared, backup=False)
        progress(Step.HOLD_JOBS, 0, 0)
        held = _put_on_hold(prepared, now, _read_decisions(database))
        backups.verify(prepared, f"{backup}, put on hold,", progress)
        replaced = _replace(database, prepared, now, progress)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"{backup} could not be restored to {database}: {backups.error_text(exc)}") from exc
    finally:
        backups.remove_with_sidecars(prepared)
    return Restored(database, replaced, migrated, held)


def _read_decisions(database: Path) -> _Decisions:
    """Read the operator's decisions, which hold after the restore.

    None are read where the database can't be opened.
    """
    try:
        with contextlib.closing(backups.connect(database, mode="ro")) as connection:
            return {
                table: [dict(row) for row in connection.execute(f"SELECT * FROM {table} WHERE {where}")]
                for table, where in _DECISIONS.items()
            }
    except sqlite3.Error:  # there is none, it is damaged, or of an older version: those of the backup hold
        return {}


def _write_decisions(tx: Transaction, decisions: _Decisions) -> None:
    for table, rows in decisions.items():
        tx.execute(f"DELETE FROM {table} WHERE {_DECISIONS[table]}")
        for row in rows:
            values = ", ".join(f":{column}" for column in row)
            tx.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({values})", row)


def _check_schema(prepared: Path, backup: Path) -> None:
    newest = max(migration.number for migration in load_migrations())
    with contextlib.closing(backups.connect(prepared)) as connection:
        found: int | None = connection.execute("SELECT MAX(number) FROM schema_migrations").fetchone()[0]
    if found is None:
        raise StorageError(f"{backup} is no backup of this bot's database: it is empty")
    if found > newest:
        raise SchemaTooNew(found, newest)


# ── holding for review ────────────────────────────────────────────────────────────────────────────────────────────────


def _put_on_hold(prepared: Path, now: int, decisions: _Decisions) -> HeldForReview:
    """Put all open work on hold, and keep the operator's decisions.

    Both happen in one transaction, which leaves a single plain file.
    """
    with contextlib.closing(backups.connect(prepared)) as connection:
        connection.execute("PRAGMA synchronous = OFF")  # the file counts only once it is installed
        connection.execute("BEGIN IMMEDIATE")
        held = _hold_open_work(SqliteTransaction(connection), now)
        _write_decisions(SqliteTransaction(connection), decisions)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")
    backups.fsync_path(prepared)
    return held


def _hold_open_work(tx: Transaction, now: int) -> HeldForReview:
    counts = {row["state"]: row["n"] for row in tx.fetch_all("SELECT state, COUNT(*) AS n FROM jobs GROUP BY state")}
    # such as which commands were synced: outdated now. A pause stays until the operator ends it.
    tx.execute("DELETE FROM key_value WHERE key <> :paused", {"paused": server_policies.PAUSED_AT})
    breakers.reset(tx)
    tx.execute("UPDATE audit_log SET next_attempt_at = NULL")  # entries that may have been posted; they stay in the log
    messages = tuple(_hold_messages(tx, now))
    maybe_submitted = tx.fetch_all(
        "SELECT id FROM jobs WHERE state IN ('reserved', 'queued', 'submitting') ORDER BY id"
    )
    for row in maybe_submitted:
        _mark_unknown(tx, jobs.get(tx, row["id"]), now)
    _suppress_outcomes(tx, now)
    return HeldForReview(
        jobs=tuple(row["id"] for row in maybe_submitted),
        messages=messages,
        rendering=counts.get(JobState.RENDERING, 0),
        unknown=counts.get(JobState.UNKNOWN, 0),
    )


def _mark_unknown(tx: Transaction, job: Job, now: int) -> None:
    """Mark a job as unknown that may have been submitted since.

    It keeps its hold. A reserved or queued job goes through the transitions of a submission without an answer.
    """
    if job.state is JobState.RESERVED:
        jobs.set_state(tx, job.id, JobState.QUEUED, {})
    if job.state in (JobState.RESERVED, JobState.QUEUED):
        jobs.set_state(tx, job.id, JobState.SUBMITTING, {})
    candidate_due = now if job.unverified_request_id else None
    jobs.set_state(tx, job.id, JobState.UNKNOWN, {"next_run_at": candidate_due}, only_from=(JobState.SUBMITTING,))
    outbox.enqueue(tx, job.id, NotificationType.UNKNOWN, now)
    _record(tx, job, AuditReason.MAY_BE_SUBMITTED, job.state.value, now)


def _hold_messages(tx: Transaction, now: int) -> Iterator[tuple[str, NotificationType]]:
    """Send no pending notification: members find their movies with /movies."""
    for row in tx.fetch_all("SELECT job_id, type FROM outbox WHERE status = 'pending' ORDER BY job_id, type"):
        job, type_ = jobs.get(tx, row["job_id"]), NotificationType(row["type"])
        outbox.mark_undeliverable(tx, Delivery(job.id, type_, 0))
        _record(tx, job, AuditReason.MAY_BE_SENT, type_.value, now)
        yield job.id, type_


def _suppress_outcomes(tx: Transaction, now: int) -> None:
    """Suppress notifications of outcomes that come without the operator.

    Those of rendering jobs, and of unknown jobs with a callback's candidate. A notification is queued once, so a
    suppressed one is never queued again.
    """
    rows = tx.fetch_all(
        "SELECT id FROM jobs WHERE state = 'rendering' OR (state = 'unknown' AND unverified_request_id IS NOT NULL)"
    )
    for row, type_ in itertools.product(rows, _ENDS):
        outbox.suppress(tx, row["id"], type_, now)


def _record(tx: Transaction, job: Job, code: AuditReason, detail: str, now: int) -> None:
    by = AuditContext(SYSTEM_ACTOR_ID, job.guild_id, detail, reason_code=code)
    audit_log.record(tx, AuditEvent(by, AuditAction.RESTORE_BACKUP, job.member_id, None, now, job_id=job.id))


# ── installing ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _replace(database: Path, prepared: Path, now: int, progress: Progress) -> Path | None:
    """Install the prepared file and return where the previous one is kept."""
    kept = backups.sibling_path(database, "before-restore", now)
    if not database.exists():
        _move_aside(
            backups.sidecar_files(database), kept
        )  # the -wal of a deleted database must not be applied to this one
        backups.atomic_install(prepared, database, overwrite=False)
        return None
    part = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}.part")
    try:
        with contextlib.closing(_open_exclusive(database)) as connection:
            _keep(connection, part, kept, progress)
            _overwrite(connection, prepared, progress)
    except sqlite3.DatabaseError as exc:
        kept.unlink(missing_ok=True)  # nothing was replaced
        code = exc.sqlite_errorcode & 0xFF
        if code in _IN_USE:
            raise StorageError(f"{database} is in use: stop the bot, then restore again") from exc
        if code not in _UNUSABLE:
            raise
        _replace_broken(database, prepared, part, kept)
    finally:
        backups.remove_with_sidecars(part)
    return kept


def _replace_broken(database: Path, prepared: Path, part: Path, kept: Path) -> None:
    """Replace a file that SQLite can't use.

    It is kept byte for byte with its side files.
    """
    part.touch(0o600, exist_ok=False)
    shutil.copyfile(database, part)
    backups.fsync_path(part)
    backups.atomic_install(part, kept, overwrite=True)
    _move_aside(backups.sidecar_files(database), kept)
    backups.atomic_install(prepared, database, overwrite=True)


def _open_exclusive(database: Path) -> sqlite3.Connection:
    """Open the database exclusively, with its -wal checkpointed.

    Raises:
        sqlite3.DatabaseError: SQLITE_BUSY where another process has it open; or it is damaged.
    """
    connection = backups.connect(database, busy_seconds=_BUSY_SECONDS)
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # refused while any other connection is open in WAL mode
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")  # keeps the exclusive lock
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _keep(connection: sqlite3.Connection, part: Path, kept: Path, progress: Progress) -> None:
    """Copy the pages of the database that is replaced, damaged or not."""
    part.touch(0o600, exist_ok=False)
    with contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
        watched = backups.page_progress(Step.KEEP_PREVIOUS, progress)
        connection.backup(copy, pages=backups.PAGES_A_STEP, progress=watched)
    backups.fsync_path(part)
    backups.atomic_install(part, kept, overwrite=False)


def _overwrite(connection: sqlite3.Connection, prepared: Path, progress: Progress) -> None:
    """Overwrite the database with the prepared one in one transaction."""
    with contextlib.closing(backups.connect(prepared, mode="ro")) as source:
        watched = backups.page_progress(Step.REPLACE, progress)
        source.backup(connection, pages=backups.PAGES_A_STEP, progress=watched)


def _move_aside(files: tuple[Path, ...], beside: Path) -> None:
    """Move a database's side files to its copy."""
    for file in files:
        if file.exists():
            suffix = file.name[file.name.rindex("-") :]
            file.replace(beside.with_name(beside.name + suffix))
