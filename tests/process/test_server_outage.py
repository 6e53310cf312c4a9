"""A server with an outage is known by its id alone.

Its members can still order, and one that the operator did not name is left.
"""

from pathlib import Path

from tests.helpers.expected_text import LUMA_LABEL, insufficient_credits
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, matinee


async def test_a_role_without_credits_spends_none_during_an_outage_of_its_server(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """READY lists the server as unavailable, no GUILD_CREATE follows.

    The member's roles come with the command.
    """
    quiet = discord.state.add_role(discord.guild_id, "Quiet")
    discord.state.join(discord.guild_id, discord.user_id, role_ids=(quiet,))
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        await discord.slash(discord.owner_id, "quota role", {"role": quiet, "credits": 0})
        bot.terminate()
        assert await bot.wait_exit() == 0, bot.log
    discord.withhold_guild(discord.guild_id)
    async with matinee(discord, api, tmp_path):
        await discord.ready()
        answer = await discord.slash(discord.user_id, "movie", MOVIE)
    assert answer.ephemeral
    assert insufficient_credits(120, 0, label=LUMA_LABEL).partition("\n")[2] in answer.embeds[0]["description"]
    assert api.orders == []


async def test_a_server_that_the_operator_did_not_name_is_left_during_its_outage(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Only READY names it."""
    discord.withhold_guild(discord.state.add_guild("Elsewhere", discord.owner_id))
    async with matinee(discord, api, tmp_path, ALLOWED_SERVERS=str(discord.guild_id)) as bot:
        await bot.wait_for_line("server_left")
    assert list(discord.state.guilds) == [discord.guild_id]
