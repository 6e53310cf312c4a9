"""Moves all rows from one database to another: backup, restore, and the mark of departure.

At most one of them can be used at any time, and both are held exclusively. A verified file has the rows, and says by
which move they came; it replaces the target in one transaction. Before its commit, the source's commit says where they
go, and the source is refused at a start from then on. A move that is killed earlier leaves the source as it was. One
that is killed between the two commits is repeated: the target has the rows, or none.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.core.errors import StorageError, one_line
from bot.core.program import PROGRAM
from data.database import Transaction
from data.engine import move_record, table_copy
from data.engine.move_record import Departure
from data.engine.rows import Progress, no_progress
from data.storage import backups, disk, sqlite_file
from data.storage.engines import Engine
from data.storage.exclusive import ExclusiveDatabase


@dataclass(frozen=True, slots=True)
class Moved:
    """A complete move.

    `rows` is None where an earlier run had moved them. `kept` is where the file that the target replaced is kept.
    """

    source: str
    target: str
    rows: int | None
    kept: Path | None = None


def move(
    source: Engine, target: Engine, folder: Path, now: Callable[[], int], progress: Progress = no_progress
) -> Moved:
    """Move all rows. Blocks the calling thread. `now` returns UTC epoch milliseconds.

    Between two servers, the rows are in a file in `folder` meanwhile, else in one beside the database that is a file.
    A move that is killed leaves it. The next move removes it from beside a file, and the bot's start from both.

    Raises:
        StorageError: Nothing was moved; the message says why. Or it is unknown, and the message says so.
    """
    if source.place == target.place:
        raise StorageError(f"{source.place} is the database itself. Choose another target.")
    file = target.file or source.file
    try:
        with source.hold() as old:
            old.freeze()
            if target.examine is not None:
                target.examine(now)  # rejects one that the bot can't run on
            beside = file or folder / backups.POSTGRESQL
            with target.hold() as new, disk.unfinished(beside.with_name(f"{beside.name}.moving")) as copy:
                if file is not None:
                    # A restore that is not holding the file yet, and a move to the same new file, which can't be held,
                    # fail without theirs. Nothing is lost.
                    backups.remove_unfinished(file)
                return _move(old, new, copy, now(), progress)
    except (OSError, sqlite3.Error) as exc:
        raise StorageError(f"Can't move {source.place} to {target.place}: {disk.error_text(exc)}") from exc


def _move(old: ExclusiveDatabase, new: ExclusiveDatabase, copy: Path, now: int, progress: Progress) -> Moved:
    if _is_finished(old, new):
        return Moved(old.place, new.place, None)
    if (table := new.filled_table()) is not None:
        raise StorageError(f"{new.place} already has rows (in {table}). Use an empty database.")
    moved = Departure(secrets.token_hex(8), new.place, now)
    rows = _back_up(old, copy, moved, progress)
    return Moved(old.place, new.place, rows, _restore(old, new, copy, moved, progress))


def _is_finished(old: ExclusiveDatabase, new: ExclusiveDatabase) -> bool:
    """Finish a move that was interrupted, or give the source back.

    Raises:
        StorageError: The source was moved, and not to this target.
    """
    moved = old.read(move_record.departure)
    if moved is None:
        return False
    if new.read(move_record.arrival) == moved.move_id:
        _mark(old, replace(moved, complete=True))
        return True
    if moved.complete:
        raise StorageError(
            f"{old.place} was moved to {moved.place}, so its rows are out of date. If they are lost there, restore a"
            f" backup, or run `{PROGRAM} hold` to go on with this database."
        )
    if moved.place != new.place:
        raise StorageError(
            f"The move of {old.place} to {moved.place} was interrupted. Use that database as the target."
        )
    if (table := new.filled_table()) is not None:  # they may have arrived, and been changed since by a restore
        raise StorageError(
            f"The move of {old.place} to {moved.place} was interrupted, and there are rows now (in {table}). Go on"
            f" with {moved.place}, or run `{PROGRAM} hold` to go on with {old.place}."
        )
    _mark(old, None)  # nothing has arrived, and the target is held exclusively
    old.freeze()
    return False


def _back_up(old: ExclusiveDatabase, copy: Path, moved: Departure, progress: Progress) -> int:
    """Write all rows to a verified file that says by which move they came; return how many."""

    def depart(tx: Transaction) -> int:
        table_copy.forget_processes(tx)
        move_record.forget_moves(tx)
        rows = sum(table_copy.count_rows(tx).values())
        move_record.record_arrival(tx, moved.move_id)
        return rows

    old.back_up(copy, progress)
    rows = sqlite_file.change(copy, depart)
    backups.reconcile(copy, old.place, progress)
    return rows


def _restore(
    old: ExclusiveDatabase, new: ExclusiveDatabase, copy: Path, moved: Departure, progress: Progress
) -> Path | None:
    """Replace the target by the file. Just before the commit, the source is marked."""
    is_marked = False

    def mark() -> None:
        nonlocal is_marked
        is_marked = True
        _mark(old, moved)
        old.freeze()

    try:
        kept = new.replace_by(copy, moved.at, progress, mark)
        _mark(old, replace(moved, complete=True))
    except BaseException as exc:  # whatever ends it, also Ctrl-C
        if is_marked and _may_have_arrived(new, moved):
            raise StorageError(
                f"The move failed at its end, so it's unclear whether the rows are in {new.place}. Run the same command"
                f" again to find out. ({one_line(exc)})"
            ) from exc
        if is_marked:
            try:
                _mark(old, None)  # it is in use again
            except StorageError:
                raise StorageError(
                    f"The move failed, and a bot refuses to start on {old.place} until you run the same command again."
                    f" ({one_line(exc)})"
                ) from exc
        raise
    return kept


def _may_have_arrived(new: ExclusiveDatabase, moved: Departure) -> bool:
    try:
        return new.read(move_record.arrival) == moved.move_id
    except Exception:  # noqa: BLE001 (such as a lost connection: nobody knows)
        return True


def _mark(old: ExclusiveDatabase, moved: Departure | None) -> None:
    old.write(lambda tx: move_record.set_departure(tx, moved))
