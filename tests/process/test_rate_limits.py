"""A Discord that asks the bot to slow down: what waits, what continues, and that no movie is dropped."""

from __future__ import annotations

from pathlib import Path

from bot.domain.delivery import NotificationType
from tests.helpers.expected_text import notification_text
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, all_posted, matinee

MANY = {
    "MEMBER_MONTHLY_CREDITS": "5000",
    "PLAN_MONTHLY_CREDITS": "50000",  # of which a fifth is for one member's queue
    "MAX_RENDERING_JOBS": "20",
    "MAX_RENDERING_JOBS_PER_MEMBER": "20",
    "ATTACH_MOVIES": "off",
    "POLL_FASTEST_SECONDS": "0.5",
    "POLL_SLOWEST_SECONDS": "0.5",
}
"""One member may have many movies at once, also in the queue, and frequent polls find their ends."""

READY = notification_text(NotificationType.COMPLETED)


def posted(discord: FakeDiscord, channel_id: int | None = None) -> int:
    return sum(READY in written(message) for message in discord.messages(channel_id))


async def test_global_rate_limit_on_card_edits_lets_every_movie_be_posted(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    async with matinee(discord, api, tmp_path, **MANY) as bot:
        await discord.ready()
        limited = discord.fail("PATCH", "/channels/**", status=429, retry_after=2.0, everywhere=True, times=3)
        for _ in range(10):
            await discord.slash(discord.user_id, "movie", MOVIE)
        await api.ordered(10, timeout=20)
        await discord.until(lambda: not limited.live, timeout=20, what="the third 429")
        for number in range(1, 11):
            api.finish(f"movie-{number}")
        await all_posted(discord, 10)
        await bot.stop()


async def test_channel_that_discord_slows_down_keeps_no_other_one_waiting(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    other = discord.state.add_channel(discord.guild_id, "elsewhere")
    async with matinee(discord, api, tmp_path, **MANY) as bot:
        await bot.wait_for_line("gateway_ready")  # it makes the bot try again what waits
        limited = discord.fail(
            "POST", f"/channels/{discord.channel_id}/messages", status=429, retry_after=120.0, times=None
        )
        for _ in range(10):
            await discord.slash(discord.user_id, "movie", MOVIE)
        await api.ordered(10)
        for number in range(1, 11):
            api.finish(f"movie-{number}")
        await discord.until(lambda: limited.hits, what="a movie that must wait")
        await discord.slash(discord.user_id, "movie", MOVIE, channel_id=other)
        await api.ordered(11)
        api.finish("movie-11")
        await discord.until(lambda: posted(discord, other) == 1, what="the movie in the other channel")
        await discord.until(lambda: limited.hits == 10, what="one try of each movie")
        assert posted(discord) == 0
        await bot.stop()
