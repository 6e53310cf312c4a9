"""/privacy against a real process, on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.ui import privacy
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH
from tests.helpers.fake_discord.interactions import ResponseType
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.member_data import traces
from tests.process.bot_process import MOVIE, matinee


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_a_member_is_erased_once_by_themselves(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, request: pytest.FixtureRequest, engine: str
) -> None:
    """The button works after a restart, and only for the member."""
    on_server = engine == "postgresql"
    place = request.getfixturevalue("postgresql_url") if on_server else tmp_path / "movies.db"
    url = place if on_server else f"sqlite:///{place}"
    bob = discord.state.add_user("bob")
    discord.state.join(discord.guild_id, bob)
    settings = {"DATABASE_URL": url, "POLL_FASTEST_SECONDS": "0.05", "POLL_SLOWEST_SECONDS": "0.1"}
    member, prompt = discord.user_id, MOVIE["prompt"]
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        await discord.slash(member, "movie", MOVIE)
        await api.ordered(1)
        api.finish("movie-1")
        await discord.wait_for_message(lambda message: "movie-1" in message.content, what="the movie")
        opened = await discord.slash(member, "privacy")
        assert opened.message_id is not None
        question = await discord.component(member, opened.message_id, ENGLISH("privacy-erase-button"))
        assert question.ephemeral
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log
    assert traces(place, prompt)
    async with matinee(discord, api, tmp_path, **settings) as bot:
        await discord.ready()
        assert question.message_id is not None
        confirm = f"m:{privacy.CONFIRM}:{member}"
        stranger = await discord.component(bob, question.message_id, confirm)
        assert stranger.content == ENGLISH("privacy-not-yours")
        presses = await asyncio.gather(*(discord.component(member, question.message_id, confirm) for _ in range(2)))
        for press in presses:
            if press.type == ResponseType.DEFERRED_UPDATE:
                await discord.wait_for_request("PATCH", f"/webhooks/*/{press.token}/messages/@original")
        again = await discord.slash(member, "privacy")
        assert ENGLISH("privacy-nothing") in str(again.embeds)
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log
    assert traces(place, member, prompt) == set()
    assert len(ledger_checks.query(place, "SELECT id FROM erasures")) == 1
    assert str(member) not in bot.log
    ledger_checks.assert_ledger_consistent(place)
