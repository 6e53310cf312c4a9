"""DATABASE_URL: `sqlite:///` and a path, or the address of a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from typing import Final

SQLITE: Final = "sqlite:///"


def sqlite_path(url: str) -> Path:
    """Return the file that a URL of SQLite names."""
    return Path(url.removeprefix(SQLITE))
