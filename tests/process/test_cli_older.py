"""Commands leave a database of an older version alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.migrations_runner import pending_migrations
from tests.helpers import migrated_file
from tests.helpers.fake_discord.process import BotProcess


@pytest.mark.parametrize("command", [("audit",), ("jobs", "list"), ("credits", "grant", "1", "2", "3")])
async def test_an_older_database_is_left_alone(tmp_path: Path, command: tuple[str, ...]) -> None:
    """The next start migrates it, after a backup."""
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM schema_migrations WHERE number = (SELECT MAX(number) FROM schema_migrations)")
    env = {"DATABASE_URL": "sqlite:///movies.db"}
    async with BotProcess("http://127.0.0.1:1", workdir=tmp_path, env=env, args=command) as process:
        assert await process.wait_exit() == 1
    assert process.stdout == []
    assert process.stderr == [
        "The database is from an older version. Start the bot once to upgrade it.",
    ]
    assert len(pending_migrations(path)) == 1
