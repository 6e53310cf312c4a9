"""Another process locks the database when Discord accepts a card.

The order is not voided.
"""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, matinee


@pytest.mark.slow  # the bot waits for a lock for five seconds before it retries
async def test_a_movie_is_made_although_the_database_was_locked_at_its_confirmation(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The confirmation is retried once the lock is gone.

    Neither member nor operator reads of a problem.
    """
    taken = asyncio.Event()
    discord.fail("POST", "/interactions/**", at="after", hold=taken)
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        answer = await discord.slash(discord.user_id, "movie", MOVIE)
        with closing(sqlite3.connect(tmp_path / "var" / "movies.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            taken.set()
            await bot.wait_for_line("confirmation_retried", timeout=20)
            other.execute("ROLLBACK")
        await api.polled("movie-1")
        api.finish("movie-1")
        movie = await discord.wait_for_message(lambda m: api.movie_url("movie-1") in m.content)
        await discord.until(lambda: [message.id for message in discord.messages()] == [movie.id])
    assert movie.id != answer.message_id
    assert not [line for line in bot.stderr if "Traceback" in line]
