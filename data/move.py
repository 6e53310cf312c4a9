"""Moves all rows from one database to another.

At most one of them can be used at any time, and both are held exclusively. The rows, and which move they came by, are
one transaction of the target. Before its commit, the source's commit says where they go, and the source is refused at a
start from then on. A move that is killed earlier leaves the source as it was. One that is killed between the two
commits is repeated: the target has the rows, or none.
"""

from __future__ import annotations

import secrets
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

from bot.errors import StorageError
from bot.program import PROGRAM
from data import move_record, table_copy
from data.database import Transaction
from data.move_record import Departure
from data.progress import Progress


class MoveSource(Protocol):
    """A database that nothing else writes to while it is entered."""

    place: str
    """The database, without a password."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def departure(self) -> Departure | None:
        """Return the move away from it, if there was one."""
        ...

    def set_departure(self, moved: Departure | None) -> None:
        """Commit where the rows go; None: nowhere."""
        ...

    def verified_rows(self, progress: Progress) -> AbstractContextManager[Transaction]:
        """Open its rows, verified, in this version's schema.

        Raises:
            StorageError: its sums are wrong, or it is damaged.
        """
        ...


class MoveTarget(Protocol):
    """A database that nothing else uses, from the entry to the exit."""

    place: str
    """The database, without a password."""

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def arrival(self) -> str | None:
        """Return the id of the move that brought its rows."""
        ...

    def filled_table(self) -> str | None:
        """Return a table that has rows, or None."""
        ...

    def begin(self) -> Transaction:
        """Bring it to this version's schema, and begin to write."""
        ...

    def check(self, progress: Progress) -> None:
        """Audit what was written.

        Raises:
            StorageError: a sum is wrong.
        """
        ...

    def commit(self) -> Path | None:
        """Commit what was written.

        Return where the file that it replaces is kept.

        Raises:
            CommitUnknown: whether it was committed is unknown.
            StorageError: it was not committed.
        """
        ...


class CommitUnknown(StorageError):
    """Whether a commit lasts is unknown; the message says why."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A complete move.

    `rows` is None where an earlier run had moved them. `kept` is where the file that the target replaced is kept.
    """

    source: str
    target: str
    rows: int | None
    kept: Path | None = None


def move(source: MoveSource, target: MoveTarget, now: int, progress: Progress) -> Moved:
    """Move all rows. Blocks the calling thread. `now` is UTC epoch milliseconds.

    Raises:
        StorageError: Nothing was moved; the message says why. Or it is unknown, and the message says so.
    """
    if source.place == target.place:
        raise StorageError(f"{source.place} is the database itself. Choose another target.")
    with source, target:
        if _is_finished(source, target):
            return Moved(source.place, target.place, None)
        if (table := target.filled_table()) is not None:
            raise StorageError(f"{target.place} already has rows (in {table}). Use an empty database.")
        moved = Departure(secrets.token_hex(8), target.place, now)
        with source.verified_rows(progress) as rows:
            written = target.begin()
            copied = table_copy.copy_tables(rows, written, progress)
            move_record.record_arrival(written, moved.move_id)
            target.check(progress)
            kept = _commit(source, target, moved)
        return Moved(source.place, target.place, copied, kept)


def _is_finished(source: MoveSource, target: MoveTarget) -> bool:
    """Finish a move that was interrupted, or give the source back.

    Raises:
        StorageError: The source was moved, and not to this target.
    """
    moved = source.departure()
    if moved is None:
        return False
    if target.arrival() == moved.move_id:
        source.set_departure(replace(moved, complete=True))
        return True
    if moved.complete:
        raise StorageError(
            f"{source.place} was moved to {moved.place}, so its rows are out of date. If they are lost there, restore a"
            f" backup, or run `{PROGRAM} hold` to go on with this database."
        )
    if moved.place != target.place:
        raise StorageError(
            f"The move of {source.place} to {moved.place} was interrupted. Use that database as the target."
        )
    if (table := target.filled_table()) is not None:  # they may have arrived, and been changed since by a restore
        raise StorageError(
            f"The move of {source.place} to {moved.place} was interrupted, and there are rows now (in {table}). Go on"
            f" with {moved.place}, or run `{PROGRAM} hold` to go on with {source.place}."
        )
    source.set_departure(None)  # nothing has arrived, and the target is held exclusively
    return False


def _commit(source: MoveSource, target: MoveTarget, moved: Departure) -> Path | None:
    source.set_departure(moved)
    try:
        kept = target.commit()
    except CommitUnknown as exc:
        raise StorageError(
            f"{exc}, so it's unclear whether the rows are in {target.place}. Run the same command again to find out."
        ) from exc
    except BaseException:  # whatever ends it, also Ctrl-C: the source is in use again
        source.set_departure(None)
        raise
    source.set_departure(replace(moved, complete=True))
    return kept
