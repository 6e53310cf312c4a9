"""Asking for credits in other places than a refused order."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.quota import AuditReason
from bot.ui import audit_entries
from bot.ui import credit_requests as ui
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, refused, rows
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import actions, custom_ids, ephemeral_text

pytestmark = pytest.mark.both_engines

COMMANDS = pytest.mark.parametrize("command", ["credits", "help"])


async def typed(bot: AdminHarness, command: str, who: MemberActor | None = None, **options: object) -> list[str]:
    """Press *Ask for more* below a command's answer, and return its buttons."""
    answer = (await (who or bot.alice).slash(bot.channel, command, **options)).response
    assert answer is not None
    if ui.ASK in actions(answer):
        await bot.press(who or bot.alice, answer, custom_ids(answer)[ui.ASK])
    return actions(answer)


@COMMANDS
async def test_the_price_is_that_of_the_models_that_the_server_offers(admin_bot: AdminHarness, command: str) -> None:
    """For 30 credits there is another model, but not in this server."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await configure(admin_bot, video_models=("VEOI2V",), default_seconds=10)
    await admin_bot.quota("member", member=admin_bot.alice, credits=30)
    await typed(admin_bot, command)
    [row] = rows(admin_bot)
    assert row["price_credits"] == 600


@COMMANDS
async def test_a_blocked_member_has_no_button(admin_bot: AdminHarness, command: str) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("member", member=admin_bot.alice, credits=0)
    await admin_bot.quota("block", member=admin_bot.alice)
    assert ui.ASK not in await typed(admin_bot, command)


async def test_who_has_nothing_left_asks_beneath_the_refused_order(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("member", member=admin_bot.alice, credits=0)
    assert await typed(admin_bot, "movie", prompt="a cat", duration=50) == ["quote-edit", ui.ASK]
    [row] = rows(admin_bot)
    assert (row["price_credits"], row["credits"]) == (500, 500)


async def test_what_is_missing_counts_the_members_roles(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("role", role=admin_bot.stars, credits=650)
    star = admin_bot.guild.add_member(admin_bot.env.create_user("star"), roles=[admin_bot.stars])
    await typed(admin_bot, "movie", star, prompt="a cat", duration=95)
    [row] = rows(admin_bot)
    assert (row["price_credits"], row["credits"]) == (950, 300), "without the role, 350 would be missing"


async def test_the_log_says_that_a_grant_was_requested(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await request.press()
    grant = admin_bot.audit_entries()[-1]
    assert grant.reason_code is AuditReason.REQUESTED
    await admin_bot.run_until_idle()
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, grant, admin_bot.catalogue)
    assert ENGLISH("log-reason-requested") in admin_bot.posted()[-1]


async def test_credits_say_whom_to_ask_where_there_is_no_staff_channel(admin_bot: AdminHarness) -> None:
    await admin_bot.quota("member", member=admin_bot.alice, credits=9)
    shown = await admin_bot.alice.slash(admin_bot.channel, "credits")
    assert ENGLISH("requests-ask-managers") in ephemeral_text(shown)


async def test_a_deleted_channel_is_not_named_as_the_one_where_movies_are_made(admin_bot: AdminHarness) -> None:
    """Neither to who asks for credits nor in /help."""
    refusal = await refused(admin_bot)
    films = admin_bot.guild.create_text_channel("films")
    await configure(admin_bot, channels=(films.id,))
    admin_bot.env.backend.delete_channel(films.id)
    await admin_bot.env.settle()
    answers: list[InteractionResult] = [
        await refusal.press(ui.ASK),
        await admin_bot.alice.slash(admin_bot.channel, "help"),
    ]
    for each in answers:
        assert ENGLISH("refusals-channel-deleted") in ephemeral_text(each)
        assert str(films.id) not in ephemeral_text(each)
