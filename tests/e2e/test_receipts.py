"""Receipts: a balance for its member only, never in a channel."""

from __future__ import annotations

from pathlib import Path

import pytest
from simcord.actors import MemberActor

from bot.domain.job import JobState
from bot.ui import button_responses, job_messages
from bot.ui.amounts import format_credits
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import about_movie, button, ephemeral_text, message_text

LEFT = {JobState.COMPLETED: 400, JobState.FAILED: 600}
"""What alice has left of her 600 credits after a movie for 200."""


async def ended(bot: BotHarness, state: JobState) -> None:
    """Let a movie for 200 credits end."""
    if state is JobState.FAILED:
        bot.upstream.fail_renders(lambda _prompt: True)
    await bot.movie(duration=20)
    await bot.run_until_idle()
    await bot.run_until_idle(RENDER_SECONDS)
    assert bot.stored_job().state is state


@pytest.mark.parametrize("state", LEFT)
async def test_a_channel_reads_the_price_and_its_member_the_receipt(bot: BotHarness, state: JobState) -> None:
    """The receipt is private, and its button works after a restart."""
    await ended(bot, state)
    message, left = bot.messages()[-1], format_credits(ENGLISH, LEFT[state])
    assert format_credits(ENGLISH, 200) in message_text(message)
    for shown in bot.messages():
        assert left not in message_text(shown)
    receipt = button(message, ENGLISH("buttons-receipt-button"))
    first = ephemeral_text(await bot.press(bot.alice, message, receipt))
    assert f"**{left}**" in first
    assert ENGLISH("buttons-receipts") in first
    assert ephemeral_text(await bot.press(bot.alice, message, receipt)) == first
    await bot.restart()
    assert ephemeral_text(await bot.press(bot.alice, bot.messages()[-1], receipt)) == first


async def test_nobody_else_reads_a_receipt(bot: BotHarness) -> None:
    """Other members read whose it is, and see no amount."""
    await ended(bot, JobState.COMPLETED)
    message = bot.messages()[-1]
    text = ephemeral_text(await bot.press(bot.bob, message, button(message, ENGLISH("buttons-receipt-button"))))
    assert text == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert "400" not in text


async def test_a_forged_press_before_the_end_says_what_is_on_hold(bot: BotHarness) -> None:
    """Nothing was spent yet."""
    await bot.movie(duration=20)
    text = about_movie(await bot.press(bot.alice, bot.messages()[0], f"m:receipt:{bot.job()['id']}"))
    assert text == ENGLISH("buttons-receipt-open", held=format_credits(ENGLISH, 200))


async def star_with_a_movie(bot: AdminHarness, *, direct: bool = False) -> MemberActor:
    """Return a member who spent 200 of their role's 900 credits."""
    star = bot.guild.add_member(bot.env.create_user("star"), roles=[bot.stars])
    await bot.quota("role", role=bot.stars, credits=900)
    await star.slash(bot.channel, "movie", prompt="a cat", duration=20)
    if direct:
        await star.click(bot.messages()[0], label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle()
    await bot.run_until_idle(RENDER_SECONDS)
    return star


async def test_a_receipt_counts_the_roles_in_the_movies_server(tmp_path: Path) -> None:
    """Discord sends only the roles of the server that is pressed in."""
    async with open_admin_harness(tmp_path) as bot:
        star = await star_with_a_movie(bot)
        receipt, left = f"m:receipt:{bot.job()['id']}", f"**{format_credits(ENGLISH, 700)}**"
        assert left in ephemeral_text(await bot.press(star, bot.messages()[-1], receipt))
        elsewhere = bot.env.create_guild("Elsewhere")
        bot.channel = elsewhere.create_text_channel("room")
        star = elsewhere.add_member(star.user)
        message = await star.send(bot.channel, "hello")
        assert left in ephemeral_text(await bot.press(star, message, receipt))


async def test_a_direct_message_counts_the_roles_of_the_order(tmp_path: Path) -> None:
    """The worker knows the roles only from the order."""
    async with open_admin_harness(tmp_path) as bot:
        star = await star_with_a_movie(bot, direct=True)
        [movie] = bot.direct_messages(star)
        assert format_credits(ENGLISH, 700) in message_text(movie)


async def test_a_direct_message_says_what_is_left(bot: BotHarness) -> None:
    """Only its member reads a direct message."""
    await bot.movie(duration=20)
    await bot.alice.click(bot.messages()[0], label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle()
    await bot.run_until_idle(RENDER_SECONDS)
    [movie] = bot.direct_messages(bot.alice)
    balance = await bot.app.accounts.balance(bot.guild.id, bot.alice.id, ())
    assert balance.member_available == 400
    assert job_messages.credits_line(ENGLISH, bot.stored_job(), balance) in message_text(movie)
