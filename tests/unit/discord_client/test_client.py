"""What the bot asks of Discord when it connects."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import discord
import pytest

from bot.discord_client.client import Client
from data.database import Database
from data.migrations_runner import migrate
from data.sqlite import SqliteDatabase


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A new database."""
    path = tmp_path / "movies.db"
    migrate(path)
    opened = await SqliteDatabase.open(path)
    yield opened
    await opened.close()


class Shown:
    """Remembers what the other processes were shown."""

    def __init__(self) -> None:
        self.ready: list[bool] = []

    async def show(self, *, ready: bool) -> None:
        """Remember it."""
        self.ready.append(ready)

    async def another_ready(self) -> bool:
        """Know of no other process."""
        return False


async def test_no_privileged_intent_is_requested(database: Database) -> None:
    """Only servers and their roles."""
    intents = Client(database, None).intents
    assert intents == discord.Intents(guilds=True)


async def test_no_one_is_mentioned_by_default(database: Database) -> None:
    """Whatever the message contains."""
    allowed = Client(database, None).allowed_mentions
    assert allowed is not None
    assert (allowed.everyone, allowed.users, allowed.roles, allowed.replied_user) == (False,) * 4


async def test_others_know_when_the_gateway_is_away_and_when_it_is_back(database: Database) -> None:
    """Discord sends nothing to a process without a gateway."""
    shown = Shown()
    client = Client(database, None, shown)
    await client.on_ready()
    await client.on_disconnect()
    await client.on_resumed()
    assert shown.ready == [True, False, True]


async def test_a_process_that_leaves_never_counts_as_ready_again(database: Database) -> None:
    """Its gateway may come back meanwhile.

    Another process that leaves would be silent, and so is this one.
    """
    shown = Shown()
    client = Client(database, None, shown)
    await client.on_ready()
    await client.reject_new_interactions()
    await client.on_ready()
    await client.on_resumed()
    assert shown.ready == [True, False, False, False]


async def test_what_discord_says_after_the_end_is_not_heard(database: Database) -> None:
    """discord.py's READY waits two seconds for the servers.

    It must not fail where the bot has stopped meanwhile.
    """
    client = Client(database, None)
    async with client:
        pass
    client.dispatch("ready")
