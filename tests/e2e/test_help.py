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
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL, quote_title
from tests.helpers.reading import answered, ephemeral_text, labels, message_text
from tests.helpers.steps import all_of_help

pytestmark = pytest.mark.settings(confirm_above_credits=250, confirm_above_percent=20)


async def guide(
    bot: AdminHarness, who: MemberActor | None = None, where: ChannelHandle | None = None
) -> ResponseMessage:
    result = await (who or bot.alice).slash(where or bot.channel, "help")
    assert result.ephemeral
    return answered(result)


def may_order(shown: ResponseMessage) -> bool:
    """Return whether the member is told so, and has the button."""
    told = ENGLISH("help-available") in message_text(shown)
    assert (ENGLISH("help-make-button") in labels(shown)) == told
    return told


def running(text: str) -> str:
    return text.partition("🎬 ")[2]


def registered(bot: AdminHarness, name: str) -> str:
    return str(bot.env.backend.find_command(name, bot.guild.id, type=1)["id"])


async def test_a_member_sees_what_they_have_what_it_costs_and_what_they_can_type(bot: AdminHarness) -> None:
    await bot.restart()
    assert len(bot.requests("PUT", "/commands")) == 1
    shown = await guide(bot)
    assert may_order(shown)
    for part in (format_credits(ENGLISH, 600), "<t:1796083200:R>"):
        assert part in message_text(shown)
    assert [line.partition(" · ")[0] for line in message_text(shown).splitlines()[-3:]] == [
        f"</{name}:{registered(bot, name)}>" for name in ("movie", "pitch", "movies")
    ]
    form = await bot.alice.click(shown, label=ENGLISH("help-make-button"))
    assert quote_title(50) in ephemeral_text(await bot.alice.submit_modal(form, {"prompt": "a cat", "seconds": "5"}))
    text = await all_of_help(bot)
    assert f"**{LUMA_LABEL}**: {format_credits(ENGLISH, 10)} · 16:9\n" in text
    assert f"**Google Veo**: {format_credits(ENGLISH, 60)} · 16:9, 9:16\n" in text
    assert "Retired" not in text
    share, longest = ENGLISH("units-percent", percent=20), format_duration(ENGLISH, 120)
    assert ENGLISH("help-asks-above-or-share", duration=longest, credits=250, share=share) in text
    for name in ("movie", "movies", "credits", "preferences"):
        assert f"</{name}:{registered(bot, name)}>" in text
    assert ENGLISH("commands-make-movie-menu") in text
    assert "quota" not in text
    assert f"</setup panel:{registered(bot, 'setup')}>" in message_text(await guide(bot, bot.dana))
    for path in ("quota show", "quota report"):
        assert f"</{path}:{registered(bot, 'quota')}>" in await all_of_help(bot, bot.dana)


async def test_a_blocked_member_sees_until_when_and_why(bot: AdminHarness) -> None:
    await bot.quota("block", member=bot.alice, hours=2, reason="spam")
    shown = await guide(bot)
    assert credits.blocked_text(ENGLISH, Block(1_794_319_200_000, "spam")) in message_text(shown)
    assert not may_order(shown)
    assert may_order(await guide(bot, bot.bob))
    await bot.quota("block", member=bot.alice)
    assert credits.blocked_text(ENGLISH, Block(None, "")) in message_text(await guide(bot))


async def test_where_the_bot_may_not_post_the_missing_permissions_are_named(bot: AdminHarness) -> None:
    """The answer is private, so it needs no permission to post."""
    everyone = bot.guild.default_role
    denied = discord.PermissionOverwrite(send_messages=False, embed_links=False)
    shown = await guide(bot, bot.alice, bot.guild.create_text_channel("closed", overwrites={everyone: denied}))
    assert refusals.permissions(ENGLISH, ["send_messages", "embed_links"]) in message_text(shown)
    assert not may_order(shown)


async def test_used_up_credits_are_told_with_whose_they_are_and_when_they_reset(bot: AdminHarness) -> None:
    star = bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])
    await bot.quota("role", role=bot.stars, credits=777)
    assert ENGLISH("credits-spend-own", credits=777) in message_text(await guide(bot, star))
    await bot.quota("member", member=bot.alice, credits=9)
    assert ENGLISH("help-no-member-credits", time="<t:1796083200:R>") in message_text(await guide(bot))
    await bot.quota("block", member=bot.alice)
    assert message_text(await guide(bot)).count("🚫") == 2
    await bot.quota("server", credits=5)
    shown = await guide(bot, bot.bob)
    assert ENGLISH("help-no-server-credits", time="<t:1796083200:R>") in message_text(shown)
    assert format_credits(ENGLISH, 5) in await all_of_help(bot, bot.bob)


async def test_running_movies_are_counted_and_extra_credits_told(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=50, reason="thanks")
    await bot.movie(duration=5)
    await bot.movie(duration=5)
    text = await all_of_help(bot)
    assert running(text).startswith("2 ")
    assert ENGLISH("help-bonus", credits=50) in text.splitlines()
    first = message_text(await guide(bot))
    assert ENGLISH("credits-spend-own", credits=550) in first
    assert f"</movies:{registered(bot, 'movies')}>" in first.splitlines()[-3], "what they need next"
    assert running(await all_of_help(bot, bot.bob)) == ""
