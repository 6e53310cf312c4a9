"""Makes the database, side files and backups readable by their owner only.

They hold prompts, member ids and movie links. The program creates them so; what an older version or a copy has left
open is corrected here.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final

from data.storage import backups

FOLDER_MODE: Final = 0o700

_FILE_MODE: Final = 0o600

_SUFFIX: Final = re.compile(r"(-wal|-shm|-journal|\.lock|\.ready|\.before-.+|\.moving.*|\.[0-9a-f]{8}\.part.*)?")
"""What follows on the database's name in the names of the files beside it."""

_FAMILIAR: Final = frozenset({backups.FOLDER, "demo", "pictures", "benchmarks", "sbom.cdx.json", "lost+found"})
"""What else may lie beside the database: what the project itself writes, and a new volume's own folder."""


def restrict_to_owner(database: Path) -> None:
    """Make a database's files 0600 and its own folders 0700.

    Only what belongs to this user is changed. The database may lie in a folder that others use, so its folder is left
    alone where anything else lies in it. What can't be changed is left as it is.
    """
    place = database.resolve()
    for folder in {place.parent, database.absolute().parent}:
        copies = folder / backups.FOLDER
        entries = _entries(folder)
        own = [entry for entry in entries if _is_beside(place, entry) or _is_beside(database, entry)]
        for file in (*own, *(entry for entry in _entries(copies) if backups.is_backup_name(entry.name))):
            _restrict(file, _FILE_MODE, stat.S_ISREG)
        if len(own) == len([entry for entry in entries if entry.name not in _FAMILIAR]):
            _restrict(folder, FOLDER_MODE, stat.S_ISDIR)
        if all(backups.is_backup_name(entry.name) for entry in _entries(copies)):
            _restrict(copies, FOLDER_MODE, stat.S_ISDIR)


def _is_beside(database: Path, entry: Path) -> bool:
    name = entry.name
    return name.startswith(database.name) and _SUFFIX.fullmatch(name.removeprefix(database.name)) is not None


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _restrict(path: Path, mode: int, is_kind: Callable[[int], bool]) -> None:
    with contextlib.suppress(OSError):  # gone, or on a file system without modes; `check` names what others can read
        found = path.lstat()
        owned = hasattr(os, "getuid") and found.st_uid == os.getuid()
        shared = found.st_mode & stat.S_ISVTX  # a folder such as /tmp is meant for everyone
        if owned and not shared and is_kind(found.st_mode) and stat.S_IMODE(found.st_mode) & 0o077:
            path.chmod(mode | found.st_mode & stat.S_ISGID)
