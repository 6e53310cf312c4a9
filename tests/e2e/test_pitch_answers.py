"""What /pitch and a pitch's buttons answer in rarer cases."""

from __future__ import annotations

import discord
import pytest

from bot.domain.pitch import PitchState
from bot.ui import errors, pitches
from bot.ui.components import custom_id
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import query
from tests.helpers.reading import custom_ids, ephemeral_text, message_text

pytestmark = pytest.mark.both_engines


async def pitched(bot: AdminHarness, **options: object) -> discord.Message:
    """Return the message of Alice's pitch."""
    await bot.alice.slash(bot.channel, "pitch", **{"prompt": "a red balloon", "duration": 30, **options})
    return bot.messages()[-1]


def states(bot: AdminHarness) -> list[str]:
    """Return the state of each pitch."""
    return [row["state"] for row in query(bot.place, "SELECT state FROM pitches ORDER BY id")]


async def test_a_pitch_has_what_its_member_chose_last(admin_bot: AdminHarness) -> None:
    await admin_bot.movie(duration=7, video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    await admin_bot.alice.slash(admin_bot.channel, "pitch", prompt="a red balloon")
    shown = message_text(admin_bot.messages()[-1])
    for words in ("7 s", "9:16", "Kling Pro", "70 credits"):
        assert words in shown


async def test_where_the_bot_may_not_post_nothing_is_pitched(admin_bot: AdminHarness) -> None:
    admin_bot.set_bot_permissions(discord.PermissionOverwrite(embed_links=False))
    refused = await admin_bot.alice.slash(admin_bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert ephemeral_text(refused) == errors.missing_permissions(ENGLISH, ["embed_links"])
    assert states(admin_bot) == []


@pytest.mark.parametrize(("status", "code"), [(400, 40060), (404, 10062)], ids=["other-process", "too-late"])
async def test_a_pitch_that_another_process_answered_or_that_came_too_late_is_withdrawn(
    admin_bot: AdminHarness, status: int, code: int
) -> None:
    """Nobody has seen its message."""
    admin_bot.fail_answers(status, code)
    result = await admin_bot.alice.slash(admin_bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert [message_text(each) for each in result.followups] == []
    assert not admin_bot.env.errors
    assert states(admin_bot) == [PitchState.WITHDRAWN]


async def test_nothing_more_is_asked_for_a_pitch_that_is_complete(admin_bot: AdminHarness) -> None:
    """It waits for the server's budget."""
    message = await pitched(admin_bot)
    await admin_bot.quota("server", credits=10)
    await admin_bot.press(admin_bot.bob, message, custom_ids(message)[pitches.REST])
    assert states(admin_bot) == [PitchState.WAITING_FOR_PLAN]
    opened = await admin_bot.press(admin_bot.alice, message, custom_ids(message)[pitches.OTHER])
    assert ephemeral_text(opened) == ENGLISH("pitch-complete")


async def test_an_amount_beyond_every_price_is_none(admin_bot: AdminHarness) -> None:
    message = await pitched(admin_bot)
    form = custom_ids(message)[pitches.OTHER].replace(pitches.OTHER, pitches.OTHER_SEND)
    for amount in ("1" * (pitches.MAX_AMOUNT_DIGITS + 1), "9" * 30):
        answer = await admin_bot.submit(admin_bot.bob, form, {pitches.AMOUNT: amount}, message)
        assert ephemeral_text(answer) == ENGLISH("pitch-amount-invalid")


async def test_a_pitch_of_another_server_is_unknown(admin_bot: AdminHarness) -> None:
    """Neither its buttons nor forged confirmations tell of it.

    That is so for a manager there, too.
    """
    message = await pitched(admin_bot)
    buttons = custom_ids(message)
    pitch_id = (message.embeds[0].footer.text or "").removeprefix("ID ")
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    crew = elsewhere.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    olga = elsewhere.add_member(admin_bot.env.create_user("olga"), roles=[crew])
    room = elsewhere.create_text_channel("room")
    hello = await olga.send(room, "hello")
    forged = [custom_id(each, pitch_id) for each in (pitches.WITHDRAW_CONFIRM, pitches.REMOVE_CONFIRM)]
    for each in (*buttons.values(), *forged):
        answer = await admin_bot.press(olga, hello.id, each, channel=room)
        assert ephemeral_text(answer) == ENGLISH("pitch-unknown"), each
    assert states(admin_bot) == [PitchState.OPEN]
