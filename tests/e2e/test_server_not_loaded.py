"""Commands in a server that is not loaded, or has an outage.

Between READY and GUILD_CREATE the server is known by its id alone. An interaction brings all that matters with it: the
member's roles, and what the member and the bot may do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.ui import errors, movie_list, quota_admin
from bot.ui.amounts import format_monthly_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import (
    ENGLISH,
    LUMA_LABEL,
    cost_text,
    embed_text,
    insufficient_credits,
    movie_detail,
    notification_type,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.movie_list import open_one
from tests.helpers.reading import ephemeral_text, field_of, response_text


def as_after_ready(admin_bot: AdminHarness) -> None:
    """Put the bot into its state after READY.

    The server is listed as unavailable, without roles, channels or a name.
    """
    state = cast("Any", admin_bot.app.client)._connection
    state._remove_guild(admin_bot.app.client.get_guild(admin_bot.guild.id))
    state._add_guild_from_data({"id": str(admin_bot.guild.id), "unavailable": True})


def as_never_heard_of(admin_bot: AdminHarness) -> None:
    """Put the bot into a state without the server."""
    state = cast("Any", admin_bot.app.client)._connection
    state._remove_guild(admin_bot.app.client.get_guild(admin_bot.guild.id))


BOTH = pytest.mark.parametrize("lose", [as_after_ready, as_never_heard_of])


async def star_with(admin_bot: AdminHarness, credits: int) -> MemberActor:
    """A member whose role has this allowance."""
    await admin_bot.quota("role", role=admin_bot.stars, credits=credits)
    return admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])


@BOTH
async def test_a_role_without_credits_spends_none(admin_bot: AdminHarness, lose: Any) -> None:
    """The default would allow it, but the role does not."""
    star = await star_with(admin_bot, 0)
    lose(admin_bot)
    assert insufficient_credits(10, 0, label=LUMA_LABEL) in ephemeral_text(await admin_bot.movie(star, duration=1))
    assert admin_bot.member() == BudgetTotals(used=0, held=0)


@BOTH
async def test_a_role_with_more_credits_than_the_default_can_spend_them(admin_bot: AdminHarness, lose: Any) -> None:
    """The account names the role."""
    star = await star_with(admin_bot, 2000)
    lose(admin_bot)
    assert not (await admin_bot.movie(star, duration=100)).ephemeral
    assert admin_bot.member() == BudgetTotals(used=0, held=1000)
    account = response_text(await star.slash(admin_bot.channel, "credits"))
    assert ENGLISH("credits-source-role", role=admin_bot.stars.mention) in account
    assert format_monthly_credits(ENGLISH, 2000) in account


@BOTH
async def test_a_manager_may_manage_it(admin_bot: AdminHarness, lose: Any) -> None:
    """The command brings the permissions and the role."""
    lose(admin_bot)
    data = admin_bot.forgery(admin_bot.dana, "quota role", role=admin_bot.stars, credits=7)
    assert format_monthly_credits(ENGLISH, 7) in ephemeral_text(await admin_bot.send(admin_bot.dana, data))
    text = ephemeral_text(await admin_bot.forged(admin_bot.alice, "quota default", credits=7))
    assert text == quota_admin.not_allowed(ENGLISH)


@BOTH
async def test_a_movie_is_made_from_the_command_to_its_message(admin_bot: AdminHarness, lose: Any) -> None:
    """Card, progress and movie need no data of the server."""
    lose(admin_bot)
    await admin_bot.movie(duration=20)
    [card] = [message for message in admin_bot.messages() if message.embeds]
    assert field_of(card, "Cost") == cost_text(JobState.QUEUED, 200)
    await admin_bot.finish()
    movie = admin_bot.messages()[-1]
    assert notification_type(movie.content) is NotificationType.COMPLETED
    assert admin_bot.member() == BudgetTotals(used=200, held=0)


@BOTH
async def test_what_the_bot_lacks_is_known_from_the_command(admin_bot: AdminHarness, lose: Any) -> None:
    """The refusal names the missing permission, in threads, too."""
    admin_bot.set_bot_permissions(discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=False))
    admin_bot.env.backend.create_thread(admin_bot.channel.id, "our films", admin_bot.bob.id)
    [thread] = admin_bot.channel.threads
    lose(admin_bot)
    assert ephemeral_text(await admin_bot.movie(duration=1)) == errors.missing_permissions(ENGLISH, ["send_messages"])
    in_thread = await admin_bot.alice.slash(thread, "movie", prompt="a cat", duration=1)
    assert ephemeral_text(in_thread) == errors.missing_permissions(ENGLISH, ["send_messages_in_threads"])


async def test_a_movie_of_another_server_is_not_said_to_be_of_one_that_the_bot_left(admin_bot: AdminHarness) -> None:
    """The server's name is not known yet."""
    await admin_bot.movie(duration=20)
    await admin_bot.finish()
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("room")
    alice = elsewhere.add_member(admin_bot.alice.user)
    as_after_ready(admin_bot)
    listed = await alice.slash(room, "movies")
    assert listed.response is not None
    await open_one(admin_bot, listed.response, who=alice)
    job, posted = admin_bot.stored_job(), admin_bot.messages()[-1]
    detail = movie_detail(replace(job, card_message_id=posted.id), here=False, server="")
    built = movie_list.detail_embed(ENGLISH, detail, admin_bot.catalogue)
    assert embed_text(listed.response.embeds[0]) == embed_text(built)
