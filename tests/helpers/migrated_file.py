"""A database file with this version's schema, made once, then copied."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from data.migrations_runner import migrate


def create(path: Path) -> None:
    """Create the file as a start does.

    It is migrated, empty, in WAL mode, and for its owner only.

    Raises:
        FileExistsError: The file exists.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_migrated())


@functools.cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "movies.db"
        migrate(path)
        return path.read_bytes()
