"""What is stored about members: exported, erased, and cleared when it is old.

An erasure is written into the list beside the backups first, then done in one transaction, and then repeated in every
copy that the bot made. A crash in between repeats it. An export reads up to 20,000 rows, so their number is limited.
Retention clears what is older than RETENTION_DAYS, ids of interactions after a day, and what servers left behind, in
small transactions, so that no order waits long.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Concatenate, Final, ParamSpec

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageError
from bot.core.threads import run_in_daemon_thread
from bot.domain.credits import DAY_MS, Month
from bot.domain.erasure import OpenWork
from bot.domain.jobs import Job
from bot.domain.quota import Balance
from bot.domain.refusal import Refused
from bot.services.request_limits import Exports, LimitFactory
from bot.ui import csv_export
from data import (
    account_queries,
    departed_servers,
    erased_members,
    erasure,
    personal,
    pictures,
    pitch_ends,
    preferences,
    reports,
    retention,
    storyboards,
)
from data.database import Database, Transaction, Value
from data.engine import sqlite
from data.erasure import ErasureRecord, ErasureRequest
from data.personal import Records
from data.storage import backups, erasure_copies
from data.storage.erasure_copies import ErasedCopies

_log = structlog.stdlib.get_logger(__name__)

BURST: Final = 3
"""How many exports a member gets at once. After that, one a minute."""

PER_SERVER: Final = 10
"""How many exports the members of a server get in a minute."""

_MAX_ROWS: Final = 20_000
_EXPORTS_AT_ONCE: Final = 2
_ERASURES_A_MINUTE: Final = 0.1
_BURST: Final = 3
"""Three at once, and then one in ten minutes: a member needs no more, and each cancels orders."""

_P = ParamSpec("_P")

_MAX_EXACT: Final = 2**53
"""What reads JSON may take larger integers for fractions. Ids of Discord are larger."""


@dataclass(frozen=True, slots=True)
class ErasureOutcome:
    """What came of a request to erase.

    `cancelled` were waiting. The erasure follows when the work that is `left` has ended.
    """

    cancelled: Sequence[Job] = ()
    left: OpenWork = field(default_factory=OpenWork)

    @property
    def done(self) -> bool:
        """Whether everything is erased."""
        return not self.left


class PrivacyService:
    """Exports and erases members' data.

    `folder` is the one for backups. `path` is the database's file, None on PostgreSQL.
    """

    def __init__(self, database: Database, clock: Clock, folder: Path, path: Path | None, limits: LimitFactory) -> None:
        self._database = database
        self._clock = clock
        self._folder = folder
        self._path = path
        self._exports = Exports(_EXPORTS_AT_ONCE, limits.limit("privacy-export", 1, 2, "credits-too-many-exports"))
        # in memory: a row of the member's would outlive their erasure
        self._erasures = LimitFactory(clock).limit("erase", _ERASURES_A_MINUTE, _BURST, "privacy-too-often")
        self._log_is_old = False
        self._waiting = 0

    async def export(self, member_id: int) -> bytes | Refused:
        """Export everything about a member, within a rate limit, as a zip file.

        Raises:
            StorageError: The database fails.
        """
        return await self._exports.run(partial(self.export_now, member_id), member_id)

    async def export_now(self, member_id: int) -> bytes:
        """Export everything about a member, on a thread of its own."""
        return await self._database.read_long(lambda tx: export_file(personal.export(tx, member_id), member_id, tx.now))

    async def request(self, member_id: int, *, deletes_messages: bool = False) -> ErasureOutcome | Refused:
        """Erase a member's data, within a rate limit.

        A press that comes when nothing is stored any more erases nothing. `deletes_messages`: also those about the
        member's movies, but for movies that others paid for, too.
        """
        if (refused := await self._erasures.try_acquire(member_id)) is not None:
            return refused
        requested = await self._database.write(_request_unless_empty, member_id, deletes_messages=deletes_messages)
        return ErasureOutcome() if requested is None else await self._erase(requested)

    async def erase(self, member_id: int) -> ErasureOutcome:
        """Erase a member's data as soon as nothing of theirs is open.

        What waits in line is cancelled and refunded. Idempotent.

        Raises:
            StorageError: The database fails, or the list of erasures can't be written.
        """
        return await self._erase(await self._database.write(erasure.request, member_id))

    async def _erase(self, requested: ErasureRequest) -> ErasureOutcome:
        cancelled = await self._cancel_waiting(requested.member_id)
        return ErasureOutcome(cancelled, await self._finish(requested))

    async def run_once(self) -> ErasedCopies:
        """Go on with requested erasures, and repeat them in every copy.

        Raises:
            StorageError: The database fails, or the list of erasures can't be written.
        """
        requests = await self._database.read(erasure.pending)
        finished = [await self._go_on(each) for each in requests]
        waiting = finished.count(False)
        if waiting != self._waiting:
            self._waiting = waiting
            _log.info("erasures_waiting", members=waiting)
        await self._database.write(erasure.forget_digests)
        await self._database.write(erased_members.forget_ended)
        records = await self._database.read(erasure.records)
        done = await run_in_daemon_thread(lambda: self._erase_copies(records))
        for file, problem in done.failed.items():
            _log.error("copy_not_erased", file=file.name, error=problem)
        if done.erased:
            _log.info("copies_erased", files=len(done.erased))
        await self._truncate_log()
        return done

    async def _go_on(self, requested: ErasureRequest) -> bool:
        """Go on with one erasure, and return whether it is done.

        One that fails waits for the next run, and holds no other up.
        """
        try:
            await self._cancel_waiting(requested.member_id)  # a crash may have come before
            return not await self._finish(requested)
        except StorageError as exc:
            _log.error("erasure_failed", error=str(exc))
            return False

    async def _cancel_waiting(self, member_id: int) -> Sequence[Job]:
        """Cancel what waits, stop storyboards, and take the member out of pitches."""
        waiting = await self._database.read(erasure.waiting_jobs, member_id)
        await self._database.write(pitch_ends.drop_member, member_id)
        await self._database.write(storyboards.stop_of_member, member_id)
        return [job for job in waiting if await self._database.write(erasure.cancel, job)]

    async def _finish(self, requested: ErasureRequest) -> OpenWork:
        """Erase what was requested, unless something is open; return that."""
        member_id = requested.member_id
        left = await self._database.read(erasure.open_work, member_id)
        if not left:
            record = ErasureRecord.of(requested.id, member_id, self._clock.now())
            await run_in_daemon_thread(lambda: erasure_copies.add_to_list(self._folder, [record]))
            left = await self._database.write(erasure.erase, record, member_id)
        if not left:
            self._log_is_old = True
            await self._truncate_log()
        return left

    def _erase_copies(self, records: Sequence[ErasureRecord]) -> ErasedCopies:
        """Update the list beside the backups, and erase the copies."""
        erasure_copies.add_to_list(self._folder, records)
        beside = self._path or self._folder / backups.POSTGRESQL
        listed = erasure_copies.read_list(self._folder)
        return erasure_copies.erase_copies(backups.copies(self._folder, beside), listed, self._clock.now())

    async def _truncate_log(self) -> None:
        """Remove what was erased from the file's write-ahead log, too.

        A reader may keep it for now; the next run tries again.
        """
        path = self._path
        if path is None or not self._log_is_old:
            return
        try:
            self._log_is_old = not await run_in_daemon_thread(lambda: sqlite.truncate_log(path, kept_bytes=0))
        except StorageError as exc:
            _log.warning("wal_not_truncated", error=str(exc))


def _request_unless_empty(tx: Transaction, member_id: int, *, deletes_messages: bool) -> ErasureRequest | None:
    """Request an erasure; None where nothing is stored about the member."""
    preferences.lock(tx, member_id)  # an erasure that runs ends first
    if not personal.is_known(tx, member_id):
        return None
    return erasure.request(tx, member_id, deletes_messages=deletes_messages)


def export_file(records: Records, member_id: int, now: int) -> bytes:
    """Write all records as a zip file with one JSON file, and a CSV file for each kind of record. Times are UTC.

    Takes a while for thousands of movies: don't call it on the event loop.
    """
    shown = {
        name: [{column: _shown(column, value) for column, value in row.items()} for row in rows]
        for name, rows in records.items()
    }
    about: dict[str, object] = {"member_id": str(member_id), "exported_at": _time(now)}
    sheets = {
        f"{name}.csv": csv_export.write_csv(rows[0], (row.values() for row in rows))
        for name, rows in shown.items()
        if rows
    }
    return csv_export.make_zip({"data.json": json.dumps(about | shown, ensure_ascii=False, indent=2), **sheets})


def _shown(column: str, value: Value) -> Value:
    if not isinstance(value, int):
        return value
    if column.endswith("_at"):
        return _time(value)
    return str(value) if column.endswith("_id") or value > _MAX_EXACT else value


def _time(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class CsvExport:
    """A file with `rows` of a member's `total` movies, the newest."""

    name: str
    content: bytes
    rows: int
    total: int


class ExportService:
    """Makes exports, within a rate limit.

    One at a time for each member who asks, and few at the same time over all.
    """

    def __init__(self, database: Database, limits: LimitFactory) -> None:
        self._database = database
        of_server = limits.limit("exports-of-server", PER_SERVER, PER_SERVER, "credits-too-many-exports")
        of_member = limits.limit("export", 1, BURST, "credits-too-many-exports")
        self._exports = Exports(_EXPORTS_AT_ONCE, of_member, of_server)

    async def export(self, guild_id: int, member_id: int, *, requested_by: int) -> CsvExport | Refused:
        """Export a member's movies in a server.

        Raises:
            StorageError: The database fails.
        """
        return await self._exports.run(
            lambda: self._database.read_long(_make, guild_id, member_id), requested_by, guild_id
        )


def _make(tx: Transaction, guild_id: int, member_id: int) -> CsvExport:
    receipts, total = reports.receipts_of_member(tx, guild_id, member_id, _MAX_ROWS, 0)
    name, content = csv_export.receipts_file(receipts, Month.containing(tx.now))
    return CsvExport(name, content, len(receipts), total)


async def read_balance(database: Database, guild_id: int, member_id: int, role_ids: Sequence[int]) -> Balance:
    """Return a member's balance in all budgets.

    One who had erased their data gets back what was remembered of them.
    """
    if await database.read(erased_members.is_remembered, member_id):
        await database.write(erased_members.recall, member_id)
    return await database.read(account_queries.balance, guild_id, member_id, role_ids)


async def clear_old_data(database: Database, clock: Clock, days: int) -> None:
    """Clear everything that is due. `days`: how long words are kept, 0 for ever.

    Raises:
        StorageError: The database fails. What was cleared stays cleared.
    """
    now = clock.now()
    before = now - days * DAY_MS if days else 0
    await database.write(erasure.clear_ended, now, before)
    await database.write(pictures.forget_unused)
    for table in retention.WITH_INTERACTIONS:
        await _repeat(database, retention.clear_interactions, table, now - DAY_MS)
    if days:
        cleared = [await _repeat(database, retention.clear_old, table, before) for table in retention.WITH_OLD_ROWS]
        cleared.append(await _repeat(database, retention.clear_gifts, before))
        cleared.append(await _repeat(database, retention.delete_movie_nights, before))
        if any(cleared):
            _log.info("old_data_cleared", rows=sum(cleared))
    for guild_id in await database.read(departed_servers.due):
        await _forget_server(database, guild_id)


async def _repeat(
    database: Database, step: Callable[Concatenate[Transaction, _P], int], *args: _P.args, **named: _P.kwargs
) -> int:
    """Repeat a step until it changes no row; return how many it changed."""
    changed = 0
    while rows := await database.write(step, *args, **named):
        changed += rows
    return changed


async def _forget_server(database: Database, guild_id: int) -> None:
    """Forget a server that the bot left.

    Where a member has an open job there, the next run goes on. Each step ends where the bot is back.
    """
    after, complete = 0, True
    while found := await database.read(departed_servers.members, guild_id, after):
        for after in found:
            complete &= await database.write(departed_servers.forget_member, guild_id, after)
    if not complete:
        return
    await _repeat(database, departed_servers.forget_entries, guild_id)
    if await database.write(departed_servers.forget_server, guild_id):
        _log.info("server_forgotten", guild_id=guild_id)
