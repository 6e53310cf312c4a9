"""Where the migrations are, and the newest of this version."""

from __future__ import annotations

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


def newest_migration() -> int:
    """Return the number of the newest migration."""
    return max(int(file.name[:4]) for file in MIGRATIONS.glob("[0-9]*.sql"))
