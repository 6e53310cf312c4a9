"""Removes temporary files that a killed process left."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from bot.downloads.downloader import FILE_PREFIX

STALE_AFTER_SECONDS = 3600.0
"""Since the last write. A movie is downloaded and sent within minutes, so an older file is not in use, even by
another process."""

_FILE_NAME = re.compile(rf"{re.escape(FILE_PREFIX)}[0-9a-f]{{32}}\.mp4")


def remove_stale(folder: Path, now: float) -> int:
    """Remove stale files from a folder and return their number.

    `now` is in seconds since 1970. Only regular files with this program's names and this user's ownership are removed.

    Raises:
        OSError: the folder can't be read.
    """
    return sum(_remove(path, now) for path in folder.iterdir() if _FILE_NAME.fullmatch(path.name))


def _remove(path: Path, now: float) -> bool:
    try:
        found = path.lstat()
        owned = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if not (owned and stat.S_ISREG(found.st_mode) and now - found.st_mtime > STALE_AFTER_SECONDS):
            return False
        path.unlink()
    except OSError:  # removed by another process, or no permission
        return False
    return True
