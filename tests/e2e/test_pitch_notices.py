"""Notices to members who pay for a movie together, and their lists."""

from __future__ import annotations

import discord
import pytest

from bot.domain.order import OrderContext
from bot.domain.pitch import Funded, Pitched, Pledged
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import Draft
from bot.ui import job_messages
from data import preferences
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import message_text, response_text

pytestmark = pytest.mark.both_engines


async def test_those_who_paid_are_told_once_named_with_the_movie_and_find_it_in_their_list(bot: BotHarness) -> None:
    """The notice comes in the channel, or by DM with the amount."""

    def context(number: int, member_id: int) -> OrderContext:
        return OrderContext(number, bot.guild.id, bot.channel.id, member_id, member_name=f"member {member_id}")

    eve = bot.guild.add_member(bot.env.create_user("eve"))
    await bot.app.database.write(preferences.set_delivery_target, bot.bob.id, DeliveryTarget.DIRECT_MESSAGE)
    made = await bot.app.pitches.pitch(context(1, bot.alice.id), Draft("a red balloon", 10))
    assert isinstance(made, Pitched), made
    pitch = made.pitch
    assert isinstance(await bot.app.pitches.chip_in(context(2, bot.alice.id), pitch.id, 60), Pledged)
    assert isinstance(await bot.app.pitches.chip_in(context(3, bot.bob.id), pitch.id, None), Funded)
    await bot.restart()
    await bot.run_until_idle()
    await bot.finish()
    told = [each.content for each in bot.messages() if "funded" in each.content]
    assert [each.count(bot.alice.mention) for each in told] == [1]
    funded, ready = (each.content for each in bot.direct_messages(bot.bob))
    assert "40 credits" in funded
    assert "/movies" in ready
    assert "40 credits" in ready
    posted = message_text(bot.messages()[-1])
    assert job_messages.paid_by(ENGLISH, [bot.alice.id, bot.bob.id]) in posted
    for who in (bot.alice, bot.bob):
        assert ENGLISH("movies-with-others") in response_text(await who.slash(bot.channel, "movies"))
    assert ENGLISH("movies-none") in response_text(await eve.slash(bot.channel, "movies"))
    for who, found in ((bot.bob, True), (eve, False)):
        opened = response_text(await who.slash(bot.channel, "movies", id=bot.stored_job().id))
        assert (ENGLISH("movies-share-value", credits=40) in opened) is found
    crew = bot.guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    dana = bot.guild.add_member(bot.env.create_user("dana"), roles=[crew])
    page = await listed(bot, dana, member=bot.bob)
    await open_one(bot, page, who=dana)
    assert ENGLISH("movies-share-value", credits=40) in message_text(page)
    remixed = await bot.press(eve, bot.messages()[-1], f"m:remix:{bot.stored_job().id}")
    assert remixed.modal is not None
