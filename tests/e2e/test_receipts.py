"""Receipts: a balance for its member only, never in a channel."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor

from bot.domain.job import JobState
from bot.ui import button_responses, job_messages
from bot.ui.amounts import format_credits
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import about_movie, button, ephemeral_text, message_text
from tests.helpers.steps import finish

LEFT = {JobState.COMPLETED: 400, JobState.FAILED: 600}
"""What alice has left of her 600 credits after a movie for 200."""


@pytest.mark.parametrize("state", LEFT)
async def test_a_channel_reads_the_price_and_its_member_the_receipt(bot: BotHarness, state: JobState) -> None:
    if state is JobState.FAILED:
        bot.upstream.fail_renders(lambda _prompt: True)
    await bot.movie(duration=20)
    early = about_movie(await bot.press(bot.alice, bot.messages()[0], f"m:receipt:{bot.job()['id']}"))
    assert early == ENGLISH("buttons-receipt-open", held=format_credits(ENGLISH, 200))
    await finish(bot)
    assert bot.stored_job().state is state
    message, left = bot.messages()[-1], format_credits(ENGLISH, LEFT[state])
    assert format_credits(ENGLISH, 200) in message_text(message)
    for shown in bot.messages():
        assert left not in message_text(shown)
    receipt = button(message, ENGLISH("buttons-receipt-button"))
    first = ephemeral_text(await bot.press(bot.alice, message, receipt))
    assert f"**{left}**" in first
    assert ENGLISH("buttons-receipts") in first
    await bot.restart()
    assert ephemeral_text(await bot.press(bot.alice, bot.messages()[-1], receipt)) == first
    text = ephemeral_text(await bot.press(bot.bob, message, receipt))
    assert text == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert "400" not in text


async def star_with_a_movie(bot: AdminHarness, *, direct: bool = False) -> MemberActor:
    star = bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])
    await bot.quota("role", role=bot.stars, credits=900)
    await star.slash(bot.channel, "movie", prompt="a cat", duration=20)
    if direct:
        await star.click(bot.messages()[0], label=ENGLISH("buttons-direct-button"))
    await finish(bot)
    return star


async def test_a_receipt_counts_the_roles_in_the_movies_server(admin_bot: AdminHarness) -> None:
    """Discord sends only the roles of the server that is pressed in."""
    star = await star_with_a_movie(admin_bot)
    receipt, left = f"m:receipt:{admin_bot.job()['id']}", f"**{format_credits(ENGLISH, 700)}**"
    assert left in ephemeral_text(await admin_bot.press(star, admin_bot.messages()[-1], receipt))
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("room")
    star = elsewhere.add_member(star.user)
    message = await star.send(room, "hello")
    assert left in ephemeral_text(await admin_bot.press(star, message, receipt, channel=room))


async def test_a_direct_message_says_what_is_left(admin_bot: AdminHarness) -> None:
    """It counts the roles of the order, because the worker knows no others."""
    star = await star_with_a_movie(admin_bot, direct=True)
    [movie] = admin_bot.direct_messages(star)
    balance = await admin_bot.app.accounts.balance(admin_bot.guild.id, star.id, (admin_bot.stars.id,))
    assert balance.member_available == 700
    assert job_messages.credits_line(ENGLISH, admin_bot.stored_job(), balance) in message_text(movie)
