"""Removes what a killed process left of the movies that it was fetching."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from bot.downloads.downloader import FILE_PREFIX

STALE_AFTER_SECONDS = 3600.0
"""Since a file was last written to. A movie is fetched and sent within minutes: an older file is nobody's, whatever
other process may live beside us."""

_OURS = re.compile(rf"{re.escape(FILE_PREFIX)}[0-9a-f]{{32}}\.mp4")


def remove_stale(folder: Path, now: float) -> int:
    """Remove our own old files from a folder, and return how many. `now` is in seconds since 1970, as files have it.

    Only plain files, of exactly the names that we make, that belong to the user whom we run as.

    Raises:
        OSError: The folder can't be read.
    """
    return sum(_remove(path, now) for path in folder.iterdir() if _OURS.fullmatch(path.name))


def _remove(path: Path, now: float) -> bool:
    try:
        found = path.lstat()
        mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        if not (mine and stat.S_ISREG(found.st_mode) and now - found.st_mtime > STALE_AFTER_SECONDS):
            return False
        path.unlink()
    except OSError:  # another process was faster, or it is not ours to remove
        return False
    return True
