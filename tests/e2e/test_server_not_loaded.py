"""Commands in a server that is not loaded, or has an outage."""

from __future__ import annotations

from typing import Any, cast

import discord
import pytest

from bot.domain.delivery import NotificationType
from bot.domain.job import JobState
from bot.ui import errors, quota_admin
from bot.ui.amounts import format_monthly_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL, cost_text, insufficient_credits, notification_type
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import ephemeral_text, field_of, response_text


def as_after_ready(admin_bot: AdminHarness) -> None:
    state = cast("Any", admin_bot.app.client)._connection
    state._remove_guild(admin_bot.app.client.get_guild(admin_bot.guild.id))
    state._add_guild_from_data({"id": str(admin_bot.guild.id), "unavailable": True})


def as_never_heard_of(admin_bot: AdminHarness) -> None:
    state = cast("Any", admin_bot.app.client)._connection
    state._remove_guild(admin_bot.app.client.get_guild(admin_bot.guild.id))


@pytest.mark.parametrize("lose", [as_after_ready, as_never_heard_of])
async def test_a_movie_is_made_with_the_roles_and_permissions_that_the_command_brings(
    admin_bot: AdminHarness, lose: Any
) -> None:
    poor, rich = admin_bot.guild.create_role("Poor"), admin_bot.stars
    for role, credits in ((poor, 0), (rich, 2000)):
        await admin_bot.quota("role", role=role, credits=credits)
    beggar, star = [
        admin_bot.guild.add_member(admin_bot.env.create_user(role.name), roles=[role]) for role in (poor, rich)
    ]
    me = admin_bot.guild.me
    assert me is not None
    silent = {me: discord.PermissionOverwrite(send_messages=False, send_messages_in_threads=False)}
    quiet = admin_bot.guild.create_text_channel("quiet", overwrites=silent)
    admin_bot.env.backend.create_thread(quiet.id, "our films", admin_bot.bob.id)
    [thread] = quiet.threads
    lose(admin_bot)
    assert insufficient_credits(10, 0, label=LUMA_LABEL) in ephemeral_text(await admin_bot.movie(beggar, duration=1))
    assert not (await admin_bot.movie(star, duration=100)).ephemeral
    [card] = [message for message in admin_bot.messages() if message.embeds]
    assert field_of(card, "Cost") == cost_text(JobState.QUEUED, 1000)
    assert admin_bot.member() == BudgetTotals(used=0, held=1000)
    account = response_text(await star.slash(admin_bot.channel, "credits"))
    assert ENGLISH("credits-source-role", role=rich.mention) in account
    assert format_monthly_credits(ENGLISH, 2000) in account
    data = admin_bot.forgery(admin_bot.dana, "quota role", role=poor, credits=7)
    assert format_monthly_credits(ENGLISH, 7) in ephemeral_text(await admin_bot.send(admin_bot.dana, data))
    text = ephemeral_text(await admin_bot.forged(admin_bot.alice, "quota default", credits=7))
    assert text == quota_admin.not_allowed(ENGLISH)
    for where, permission in ((quiet, "send_messages"), (thread, "send_messages_in_threads")):
        refused = await admin_bot.alice.slash(where, "movie", prompt="a cat", duration=1)
        assert ephemeral_text(refused) == errors.missing_permissions(ENGLISH, [permission])
    await admin_bot.finish()
    assert notification_type(admin_bot.messages()[-1].content) is NotificationType.COMPLETED
    assert admin_bot.member() == BudgetTotals(used=1000, held=0)
