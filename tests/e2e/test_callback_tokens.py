"""Each job's callback token, of which only a hash is kept."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.callback_orders import PUBLIC, SLOWLY, ordered, tokens_of


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A bot that the API can call back, and that hardly polls."""
    async with open_bot_harness(tmp_path, public_url=PUBLIC, port=0, **SLOWLY) as opened:
        yield opened


async def test_every_order_has_a_token_of_its_own(bot: BotHarness) -> None:
    """Each token has 256 bits."""
    await ordered(bot)
    await ordered(bot, who=bot.bob)
    first, second = tokens_of(bot)
    assert first != second
    assert len(first) == len(second) == 43


async def test_the_token_is_in_no_file(bot: BotHarness) -> None:
    """Only its hash is kept.

    Anyone who reads the database or a backup of it can't call back.
    """
    token, _ = await ordered(bot)
    with closing(sqlite3.connect(bot.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    files = list(bot.path.parent.rglob("*"))
    assert bot.path in files
    assert bot.job()["callback_token_hash"].encode() in bot.path.read_bytes()
    assert not [file for file in files if file.is_file() and token.encode() in file.read_bytes()]


@pytest.mark.parametrize("have", [{"public_url": PUBLIC}, {"port": 0}, {}])
async def test_no_callback_url_is_sent_without_a_listener(tmp_path: Path, have: dict[str, object]) -> None:
    """Callbacks need both an address and a port.

    Without one of them no webhookUrl is sent, and the API is polled instead.
    """
    async with open_bot_harness(tmp_path, **have) as bot:
        await bot.movie()
        await bot.run_until_idle()
        [order] = [each.body for each in bot.upstream.requests if each.method == "POST"]
        assert isinstance(order, dict)
        assert "webhookUrl" not in order
        await bot.finish()
        assert bot.job()["state"] == "completed"


@pytest.mark.parametrize(("settings", "polls"), [({}, range(8, 30)), ({"public_url": PUBLIC, "port": 0}, range(5))])
async def test_where_callbacks_come_the_api_is_polled_rarely(
    tmp_path: Path, settings: dict[str, object], polls: range
) -> None:
    """Polling is then only for lost callbacks."""
    async with open_bot_harness(tmp_path, **settings) as bot:
        await bot.movie()
        for _ in range(19):
            await bot.run_until_idle(5)
        assert sum(each.path.endswith("/status") for each in bot.upstream.requests) in polls
