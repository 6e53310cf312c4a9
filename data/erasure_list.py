"""The list of erasures beside the backups.

It lets a restored backup be erased again. It names no member: a record recognizes one whose id is known. It has one
line of JSON for each erasure.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot.errors import StorageError
from data.backups import error_text, fsync_path
from data.file_modes import FOLDER_MODE
from data.member_digest import ErasureRecord

NAME: Final = "erasures.jsonl"


def read(*folders: Path) -> Sequence[ErasureRecord]:
    """Read the lists of these folders, each erasure once.

    A line that a crash cut off is left out: its erasure was not done either.

    Raises:
        StorageError: A list can't be read.
    """
    found: dict[str, ErasureRecord] = {}
    for folder in dict.fromkeys(folders):
        try:
            lines = (folder / NAME).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            continue
        except (OSError, ValueError) as exc:
            raise StorageError(f"Can't read {folder / NAME}: {exc}") from exc
        for record in map(_parse, lines):
            if record is not None:
                found[record.id] = record
    return tuple(found.values())


def add(folder: Path, records: Iterable[ErasureRecord]) -> None:
    """Add records that the list of a folder does not have yet.

    Blocks the calling thread until they are on the disk. Only the owner can read the list.

    Raises:
        StorageError: It can't be written.
    """
    known = {record.id for record in read(folder)}
    new = [record for record in records if record.id not in known]
    if not new:
        return
    file = folder / NAME
    try:
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as opened:
            for record in new:  # a line of its own also after one that was cut off
                opened.write(f"\n{json.dumps(asdict(record))}\n")
        fsync_path(file)
        fsync_path(folder)
    except OSError as exc:
        raise StorageError(f"Can't write {file}: {error_text(exc)}") from exc


def _parse(line: str) -> ErasureRecord | None:
    try:
        return ErasureRecord(**json.loads(line))
    except (ValueError, TypeError):
        return None
