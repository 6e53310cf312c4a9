"""Repeats erasures in databases that show the past: backups, copies before upgrades, and what is restored.

A list beside the backups has one line of JSON for each erasure. It names no member: a record recognizes one whose id is
known. A copy is erased in a copy of its own, which then replaces it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from bot.core.errors import MatineeError, StorageError, one_line
from data import erased_members, erasure, personal
from data.database import Transaction
from data.engine import sqlite
from data.engine.rows import no_progress
from data.erasure import ErasureRecord
from data.storage import backups, checksum, disk, sqlite_file
from data.storage.file_modes import FOLDER_MODE
from data.storage.sqlite_migrations import migrate, pending_migrations

LIST_NAME: Final = "erasures.jsonl"


def read_list(*folders: Path) -> Sequence[ErasureRecord]:
    """Read the lists of these folders, each erasure once.

    A line that a crash cut off is left out: its erasure was not done either.

    Raises:
        StorageError: A list can't be read.
    """
    found: dict[str, ErasureRecord] = {}
    for folder in dict.fromkeys(folders):
        try:
            lines = (folder / LIST_NAME).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as exc:
            raise StorageError(f"Can't read {folder / LIST_NAME}: {one_line(exc)}") from exc
        found |= {record.id: record for record in map(_parse, lines) if record is not None}
    return tuple(found.values())


def add_to_list(folder: Path, records: Iterable[ErasureRecord]) -> None:
    """Add records that the list of a folder does not have yet.

    Blocks the calling thread until they are on the disk. Only the owner can read the list.

    Raises:
        StorageError: It can't be written.
    """
    known = {record.id for record in read_list(folder)}
    new = [record for record in records if record.id not in known]
    if not new:
        return
    file = folder / LIST_NAME
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as opened:
            for record in new:  # a line of its own also after one that was cut off
                opened.write(f"\n{json.dumps(asdict(record))}\n")
        disk.fsync_path(file)
        disk.fsync_path(folder)
    except OSError as exc:
        raise StorageError(f"Can't write {file}: {disk.error_text(exc)}") from exc


def _parse(line: str) -> ErasureRecord | None:
    try:
        return ErasureRecord(**json.loads(line))
    except (ValueError, TypeError):
        return None


@dataclass(slots=True)
class ErasedCopies:
    """The copies that were erased, and why others could not be."""

    erased: list[Path] = field(default_factory=list[Path])
    failed: dict[Path, str] = field(default_factory=dict[Path, str])


def apply(tx: Transaction, records: Sequence[ErasureRecord]) -> int:
    """Repeat the erasures that a database has not seen; return how many."""
    known = erasure.known_ids(tx)
    missing = [record for record in records if record.id not in known]
    for record in missing:
        whose = [member_id for member_id in personal.known_members(tx) if record.matches(member_id)]
        erasure.erase_in_copy(tx, record.id, whose)
    return len(missing)


def erase_copies(files: Sequence[Path], records: Sequence[ErasureRecord], now: int) -> ErasedCopies:
    """Repeat erasures in files that the bot made.

    Blocks the calling thread. A copy of an older version gets this version's schema.
    """
    done = ErasedCopies()
    for file in files:
        try:
            if _needs_erasure(file, records):
                _replace(file, records, now)
                done.erased.append(file)
        except (OSError, sqlite3.Error, MatineeError) as exc:
            if file.exists():  # else it was removed meanwhile, because newer ones were made
                done.failed[file] = disk.error_text(exc)
    return done


def _needs_erasure(file: Path, records: Sequence[ErasureRecord]) -> bool:
    with sqlite.reading(file) as tx:
        if tx.fetch_one("SELECT 1 FROM sqlite_master WHERE name = 'erasures'") is None:
            return bool(records)
        has_keys = tx.fetch_one(f"SELECT 1 FROM erasure_keys WHERE {erased_members.OF_MONTHS} LIMIT 1") is not None
        return has_keys or not {record.id for record in records} <= erasure.known_ids(tx)


def _replace(file: Path, records: Sequence[ErasureRecord], now: int) -> None:
    def erase(tx: Transaction) -> None:
        apply(tx, records)
        tx.execute(f"DELETE FROM erasure_keys WHERE {erased_members.OF_MONTHS}")

    if checksum.is_last_write(file) and not checksum.matches(file):
        raise StorageError("it is damaged: its checksum is wrong")
    pending_migrations(file)  # a copy that can't be upgraded stays, and each run would copy it in vain
    with disk.unfinished(file) as part:
        disk.create_file(part)
        backups.copy_pages(file, part, no_progress)
        migrate(part, backup=False)
        sqlite_file.change(part, erase, now, vacuum=True)
        backups.check_file(part, "it")
        checksum.write(part)
        disk.atomic_install(part, file, overwrite=True)
