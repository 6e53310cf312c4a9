"""Pitches whose message, channel or maker's rights are gone."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.approval import ApprovalScope
from bot.domain.job import JobState
from bot.domain.pitch import PitchState
from bot.ui import pitch_list, pitches
from bot.ui.components import actions_of, custom_id
from data import pitch_messages
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import configure, newest_job
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import query
from tests.helpers.reading import actions, answered, custom_ids, ephemeral_text, labels

pytestmark = pytest.mark.both_engines


async def pitched(bot: AdminHarness, who: MemberActor | None = None, **options: object) -> discord.Message:
    """Return the message of a pitch of 300 credits, by default Alice's."""
    pitch = {"prompt": "a red balloon", "duration": 30, **options}
    await (who or bot.alice).slash(bot.channel, "pitch", **pitch)
    return bot.messages()[-1]


def id_of(message: discord.Message) -> str:
    return (message.embeds[0].footer.text or "").removeprefix("ID ")


def states(bot: AdminHarness) -> list[str]:
    return [row["state"] for row in query(bot.place, "SELECT state FROM pitches ORDER BY id")]


@pytest.mark.parametrize("demoted", [True, False])
async def test_a_pitch_of_a_manager_who_was_demoted_waits_for_staff(admin_bot: AdminHarness, *, demoted: bool) -> None:
    await configure(admin_bot, approval=ApprovalScope.EVERYONE, staff_channel=admin_bot.lines.id)
    message = await pitched(admin_bot, admin_bot.dana)
    if demoted:
        crew = admin_bot.guild.roles["Crew"].id
        admin_bot.env.backend.remove_member_role(admin_bot.guild.id, admin_bot.dana.id, crew)
    await admin_bot.press(admin_bot.bob, message, custom_ids(message)[pitches.REST])
    assert newest_job(admin_bot).state is (JobState.AWAITING_APPROVAL if demoted else JobState.QUEUED)


@pytest.mark.parametrize("gone", ["channel", "thread", "message"])
async def test_a_pitch_that_nobody_can_press_any_more_ends_and_each_is_told_by_dm(
    admin_bot: AdminHarness, gone: str
) -> None:
    backend, where = admin_bot.env.backend, admin_bot.channel
    if gone == "thread":
        backend.create_thread(where.id, "our films", admin_bot.bob.id)
        where = where.threads[-1]
    message = answered(await admin_bot.alice.slash(where, "pitch", prompt="a red balloon", duration=30))
    add = custom_id(pitches.ADD, id_of(message.message), 50)
    await admin_bot.press(admin_bot.bob, message.message, add, channel=where)
    await admin_bot.run_until_idle()
    if gone == "message":
        backend.delete_message(where.id, message.id)
        await admin_bot.run_until_idle(pitch_messages.CHECK_MS / 1000)
    else:
        backend.delete_channel(where.id)
        await admin_bot.env.settle()
        await admin_bot.run_until_idle()
    assert states(admin_bot) == [PitchState.REMOVED]
    assert admin_bot.budget("member", admin_bot.bob).held == 0
    why = ENGLISH("pledges-why-gone")
    [paid], [made] = admin_bot.direct_messages(admin_bot.bob), admin_bot.direct_messages(admin_bot.alice)
    assert paid.content.startswith(f"↩️ 50 credits refunded. {why}")
    assert made.content.startswith(f"🎟️ Your pitch is over. {why}")


async def test_from_the_list_each_gets_out_of_a_pitch_whose_message_is_deleted(admin_bot: AdminHarness) -> None:
    """A payer, its maker and staff have the buttons that they may press."""
    message = await pitched(admin_bot)
    pitch_id = id_of(message)
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.ADD, pitch_id, 50))
    admin_bot.env.backend.delete_message(admin_bot.channel.id, message.id)
    carol = admin_bot.guild.add_member(admin_bot.env.create_user("carol"))
    may = {admin_bot.bob: pitches.BACK, admin_bot.alice: pitches.WITHDRAW, admin_bot.dana: pitches.REMOVE, carol: None}
    shown: dict[str, discord.Message] = {}
    for who, action in may.items():
        listed = answered(await who.slash(admin_bot.channel, "pitches"))
        chosen = await admin_bot.press(who, listed.message, custom_id(pitch_list.MANAGE), [pitch_id])
        assert bool(actions_of(listed.message)) == (action is not None)
        if action is None:
            assert ephemeral_text(chosen) == ENGLISH("pitch-no-pledge")
        else:
            assert actions(answered(chosen).message) == [action]
            shown[action] = answered(chosen).message
    taken = await admin_bot.press(admin_bot.bob, shown[pitches.BACK], custom_id(pitches.BACK, pitch_id))
    assert ephemeral_text(taken) == ENGLISH("pitch-taken-back", share="50 credits", missing="300 credits")
    asked = await admin_bot.press(admin_bot.alice, shown[pitches.WITHDRAW], custom_id(pitches.WITHDRAW, pitch_id))
    await admin_bot.press(admin_bot.alice, answered(asked).message, custom_id(pitches.WITHDRAW_CONFIRM, pitch_id))
    assert states(admin_bot) == [PitchState.WITHDRAWN]
    late = await admin_bot.press(admin_bot.dana, shown[pitches.REMOVE], custom_id(pitch_list.MANAGE), [pitch_id])
    assert ephemeral_text(late) == f"{ENGLISH('pitch-over')} {ENGLISH('pitch-ended-withdrawn')}"


async def test_who_has_too_many_pitches_may_choose_one_to_withdraw(admin_bot: AdminHarness) -> None:
    made = [await pitched(admin_bot, prompt=f"balloon {number}", duration=10) for number in range(3)]
    refused = await admin_bot.alice.slash(admin_bot.channel, "pitch", prompt="a fox", duration=10)
    assert ephemeral_text(refused) == ENGLISH("pitch-too-many", pitches=3)
    chosen = await admin_bot.press(
        admin_bot.alice, answered(refused).message, custom_id(pitch_list.MANAGE), [id_of(made[0])]
    )
    assert labels(answered(chosen).message) == [ENGLISH("pitch-withdraw-button")]
