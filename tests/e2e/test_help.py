"""/help: a member's credits and permissions, prices and commands."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle
from simcord.results import ResponseMessage

from bot.domain.quota import Block
from bot.ui import credits, refusals
from bot.ui.formatting import format_credits, format_duration
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL
from tests.helpers.reading import answered, field_of

pytestmark = pytest.mark.settings(confirm_above_credits=250, confirm_above_percent=20)


async def guide(
    bot: AdminHarness, who: MemberActor | None = None, where: ChannelHandle | None = None
) -> ResponseMessage:
    result = await (who or bot.alice).slash(where or bot.channel, "help")
    assert result.ephemeral
    return answered(result)


HERE, CREDITS = ENGLISH("help-status-field"), ENGLISH("help-credits-field")
PRICES, COMMANDS = ENGLISH("help-prices-field"), ENGLISH("help-commands-field")
"""Names of fields."""


def may_order(shown: ResponseMessage) -> bool:
    return field_of(shown, HERE).startswith("✅")


def running(shown: ResponseMessage) -> str:
    return field_of(shown, HERE).partition("🎬 ")[2]


def registered(bot: AdminHarness, name: str) -> str:
    return str(bot.env.backend.find_command(name, bot.guild.id, type=1)["id"])


async def test_a_member_sees_what_they_have_what_it_costs_and_what_they_can_type(bot: AdminHarness) -> None:
    await bot.restart()
    assert len(bot.requests("PUT", "/commands")) == 1
    shown = await guide(bot)
    assert may_order(shown)
    for part in (format_credits(ENGLISH, 600), "<t:1796083200:R>"):
        assert part in field_of(shown, CREDITS)
    costs = field_of(shown, PRICES)
    assert f"**{LUMA_LABEL}**: {format_credits(ENGLISH, 10)} · 16:9\n" in costs
    assert f"**Google Veo**: {format_credits(ENGLISH, 60)} · 16:9, 9:16\n" in costs
    assert "Retired" not in costs
    share, longest = ENGLISH("units-percent", percent=20), format_duration(ENGLISH, 120)
    assert costs.splitlines()[-1] == ENGLISH("help-asks-above-or-share", duration=longest, credits=250, share=share)
    commands = field_of(shown, COMMANDS)
    for name in ("movie", "movies", "credits", "preferences"):
        assert f"</{name}:{registered(bot, name)}>" in commands
    assert ENGLISH("commands-make-movie-menu") in commands
    assert "quota" not in commands
    commands = field_of(await guide(bot, bot.dana), COMMANDS)
    for path in ("quota show", "quota report"):
        assert f"</{path}:{registered(bot, 'quota')}>" in commands


async def test_a_blocked_member_sees_until_when_and_why(bot: AdminHarness) -> None:
    await bot.quota("block", member=bot.alice, hours=2, reason="spam")
    shown = await guide(bot)
    assert credits.blocked_text(ENGLISH, Block(1_794_319_200_000, "spam")) in field_of(shown, HERE)
    assert not may_order(shown)
    assert may_order(await guide(bot, bot.bob))
    await bot.quota("block", member=bot.alice)
    assert credits.blocked_text(ENGLISH, Block(None, "")) in field_of(await guide(bot), HERE)


async def test_where_the_bot_may_not_post_the_missing_permissions_are_named(bot: AdminHarness) -> None:
    """The answer is private, so it needs no permission to post."""
    everyone = bot.guild.default_role
    denied = discord.PermissionOverwrite(send_messages=False, embed_links=False)
    shown = await guide(bot, bot.alice, bot.guild.create_text_channel("closed", overwrites={everyone: denied}))
    assert refusals.permissions(ENGLISH, ["send_messages", "embed_links"]) in field_of(shown, HERE)
    assert not may_order(shown)


async def test_used_up_credits_are_told_with_whose_they_are_and_when_they_reset(bot: AdminHarness) -> None:
    star = bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])
    await bot.quota("role", role=bot.stars, credits=777)
    assert field_of(await guide(bot, star), CREDITS).startswith(f"**{format_credits(ENGLISH, 777)}**")
    await bot.quota("member", member=bot.alice, credits=9)
    assert ENGLISH("help-no-member-credits", time="<t:1796083200:R>") in field_of(await guide(bot), HERE)
    await bot.quota("block", member=bot.alice)
    assert field_of(await guide(bot), HERE).count("🚫") == 2
    await bot.quota("server", credits=5)
    shown = await guide(bot, bot.bob)
    assert ENGLISH("help-no-server-credits", time="<t:1796083200:R>") in field_of(shown, HERE)
    assert format_credits(ENGLISH, 5) in field_of(shown, CREDITS)


async def test_running_movies_are_counted_and_extra_credits_told(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bot.quota("grant", member=bot.alice, credits=50, reason="thanks")
    await bot.movie(duration=5)
    assert running(await guide(bot)).startswith("1 ")
    await bot.movie(duration=5)
    shown = await guide(bot)
    assert running(shown).startswith("2 ")
    assert field_of(shown, CREDITS).startswith(f"**{format_credits(ENGLISH, 550)}**")
    assert ENGLISH("help-bonus", credits=50) in field_of(shown, CREDITS).splitlines()
    assert running(await guide(bot, bot.bob)) == ""
    monkeypatch.setattr("cogs.help._MAX_COUNTED", 1)
    many = ENGLISH("help-many-in-progress", movies=1, command=f"</movies:{registered(bot, 'movies')}>")
    assert many in field_of(await guide(bot), HERE)
    for _ in range(2):  # two of a member's are made at a time
        await bot.finish()
    assert running(await guide(bot)) == ""
