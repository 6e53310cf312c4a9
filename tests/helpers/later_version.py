"""A version after this one, which has a migration more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.engine import migration_files

NAME = "9998_later"
_SCRIPT = "ALTER TABLE key_value ADD COLUMN note TEXT;"


def begin(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str = _SCRIPT) -> None:
    """Let a database of this version be an older one from here on."""
    migrations = folder / "migrations"
    shutil.copytree(migration_files.MIGRATIONS, migrations)
    (migrations / f"{NAME}.sql").write_text(script, encoding="utf-8")
    monkeypatch.setattr(migration_files, "MIGRATIONS", migrations)
