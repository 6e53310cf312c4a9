"""A database file with this version's schema, made once, then copied."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from data.storage.sqlite_migrations import migrate


def create(path: Path) -> None:
    """Migrated, empty, in WAL mode, and for its owner only, as a start makes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_migrated())


@functools.cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "movies.db"
        migrate(path)
        return path.read_bytes()
