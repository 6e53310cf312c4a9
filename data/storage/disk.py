"""Files on the disk: created, synced, and given their names."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Generator
from pathlib import Path

from bot.core.errors import one_line


def create_file(path: Path) -> None:
    """Create an empty file that only its owner can read.

    Raises:
        OSError: It exists, or can't be created.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


@contextlib.contextmanager
def unfinished(path: Path) -> Generator[Path]:
    """Yield an unused name for a file until it is finished. What then has this name, and side files, is removed."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
    finally:
        remove_with_sidecars(part)


def atomic_install(part: Path, target: Path, *, overwrite: bool) -> None:
    """Sync a finished file and rename it, atomically and durably.

    Raises:
        FileExistsError: the target exists, without `overwrite`.
        OSError: it failed.
    """
    fsync_path(part)
    if overwrite:
        part.replace(target)
    else:
        try:
            os.link(part, target)  # unlike a rename, it never replaces a file
        except FileExistsError:
            raise
        except OSError as exc:  # a file system without hard links
            if target.exists():
                raise FileExistsError(str(target)) from exc
            part.rename(target)
    fsync_path(target.parent)


def fsync_path(path: Path) -> None:
    """Sync a file, or a folder's entries, to disk.

    Windows can't sync folders.
    """
    if os.name == "nt" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_with_sidecars(path: Path) -> None:
    """Remove a temporary file with its -wal, -shm and -journal."""
    for each in (path, *sidecar_files(path)):
        with contextlib.suppress(OSError):  # a later backup prunes unfinished files
            each.unlink(missing_ok=True)


def sidecar_files(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite keeps beside a database."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal"))


def move_aside(files: tuple[Path, ...], beside: Path) -> None:
    """Move a database's side files to those of its copy."""
    for file in files:
        if file.exists():
            suffix = file.name[file.name.rindex("-") :]
            file.replace(beside.with_name(beside.name + suffix))


def error_text(exc: Exception, in_the_way: str = "a file is in the way") -> str:
    """Describe an error in a few words."""
    if isinstance(exc, FileExistsError | NotADirectoryError):
        return in_the_way
    return one_line(exc)
