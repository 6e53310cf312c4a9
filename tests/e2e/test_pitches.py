"""/pitch: members pay for a movie together, over the loopback Discord."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.delivery import NotificationType
from bot.domain.pitch import RETRY_MS
from bot.ui import errors, job_messages, pitch_answers, pitches, refusals
from bot.ui.components import custom_id
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH, notification_text
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.reading import actions, custom_ids, ephemeral_text, labels, message_text, response_text
from tests.helpers.silencing import silence

pytestmark = pytest.mark.both_engines

PRICE = 300


async def pitched(bot: AdminHarness) -> discord.Message:
    """Alice's pitch of 300 credits, in the channel."""
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=30)
    return the_message(bot)


def the_message(bot: AdminHarness) -> discord.Message:
    """The pitch's message: the channel's first."""
    return bot.messages()[0]


def pitch_id(message: discord.Message) -> str:
    """The id in a pitch's footer."""
    return (message.embeds[0].footer.text or "").removeprefix("ID ")


async def test_three_members_fund_a_pitch_and_its_movie_is_posted(admin_bot: AdminHarness) -> None:
    """Each kind of amount works, and the message shows the progress."""
    carol = admin_bot.guild.add_member(admin_bot.env.create_user("carol"))
    message = await pitched(admin_bot)
    assert "0 of 300 credits · 0 people · ends <t:" in message_text(message)
    ten = await admin_bot.press(admin_bot.bob, message, custom_id(pitches.ADD, pitch_id(message), 10))
    assert ephemeral_text(ten) == ENGLISH("pitch-pledged", share="10 credits", mine="10 credits", missing="290 credits")
    await admin_bot.run_until_idle()
    assert "10 of 300 credits · 1 person · ends" in message_text(the_message(admin_bot))
    opened = await admin_bot.press(carol, message, custom_ids(message)[pitches.OTHER])
    typed = await carol.submit_modal(opened, {pitches.AMOUNT: "140"})
    assert ephemeral_text(typed).startswith("You chipped in 140 credits.")
    await admin_bot.restart()
    await admin_bot.run_until_idle()
    shown = the_message(admin_bot)
    assert "150 of 300 credits · 2 people" in message_text(shown)
    rest = await admin_bot.press(admin_bot.alice, shown, custom_ids(shown)[pitches.REST])
    assert ephemeral_text(rest) == ENGLISH("pitch-completed", share="150 credits")
    await admin_bot.run_until_idle()
    [card, *_] = admin_bot.messages()
    assert (card.id, pitches.REST in actions(card)) == (message.id, False), "its message is the movie's card now"
    late = await admin_bot.press(admin_bot.bob, card, custom_id(pitches.BACK, pitch_id(message)))
    assert ephemeral_text(late) == f"{ENGLISH('pitch-over')} {ENGLISH('pitch-ended-funded')}"
    await admin_bot.finish()
    job, sent = admin_bot.stored_job(), NotificationType.COMPLETED
    [movie] = [each for each in admin_bot.messages() if job_messages.is_notification(job, each, sent)]
    assert notification_text(sent, pitch_id=job.pitch_id) in movie.content
    assert str(job.movie_url) in movie.content
    payers = [each.id for each in (admin_bot.alice, admin_bot.bob, carol)]
    assert job_messages.paid_by(ENGLISH, payers) in message_text(movie)
    assert admin_bot.member().used == PRICE


async def test_only_its_member_withdraws_a_pitch_and_only_staff_removes_one(admin_bot: AdminHarness) -> None:
    """Others are refused, also with a forged confirmation."""
    message = await pitched(admin_bot)
    buttons, id_ = custom_ids(message), pitch_id(message)
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.ADD, id_, 50))
    assert admin_bot.budget("member", admin_bot.bob).held == 50
    for custom in (buttons[pitches.WITHDRAW], custom_id(pitches.WITHDRAW_CONFIRM, id_)):
        refused = await admin_bot.press(admin_bot.bob, message, custom)
        assert ephemeral_text(refused) == ENGLISH("pitch-not-yours", member="alice")
    for custom in (buttons[pitches.REMOVE], custom_id(pitches.REMOVE_CONFIRM, id_)):
        refused = await admin_bot.press(admin_bot.alice, message, custom)
        assert ephemeral_text(refused) == refusals.not_staff(ENGLISH)
    await ask_and_confirm(admin_bot, admin_bot.dana, message, pitches.REMOVE, pitch_answers.removed(ENGLISH))
    await admin_bot.run_until_idle()
    over = admin_bot.messages()[0]
    assert (actions(over), over.embeds[0].description) == ([], None), "nobody presses it, and the prompt is gone"
    assert admin_bot.budget("member", admin_bot.bob).held == 0
    again = await admin_bot.press(admin_bot.alice, over, custom_id(pitches.WITHDRAW_CONFIRM, id_))
    assert ephemeral_text(again) == f"{ENGLISH('pitch-over')} {ENGLISH('pitch-ended-removed')}"


async def test_a_pitch_is_withdrawn_by_its_member(admin_bot: AdminHarness) -> None:
    message = await pitched(admin_bot)
    await ask_and_confirm(admin_bot, admin_bot.alice, message, pitches.WITHDRAW, pitch_answers.withdrawn(ENGLISH))
    await admin_bot.run_until_idle()
    assert ENGLISH("pitch-ended-withdrawn") in message_text(the_message(admin_bot))


async def test_every_press_is_answered_and_no_more_is_taken_than_was_read(admin_bot: AdminHarness) -> None:
    """*The rest* takes what its button said, though more is missing now."""
    message = await pitched(admin_bot)
    buttons, id_ = custom_ids(message), pitch_id(message)

    async def press(who: MemberActor, *action: str | int) -> str:
        return ephemeral_text(await admin_bot.press(who, message, custom_id(*action)))

    async def type_amount(amount: str) -> str:
        form = custom_id(pitches.OTHER_SEND, id_)
        return ephemeral_text(await admin_bot.submit(admin_bot.bob, form, {pitches.AMOUNT: amount}, message))

    assert await press(admin_bot.bob, pitches.BACK, id_) == ENGLISH("pitch-no-pledge")
    assert await press(admin_bot.bob, pitches.VOTE, id_) == ENGLISH("pitch-voted")
    assert await press(admin_bot.bob, pitches.VOTE, id_) == ENGLISH("pitch-voted-already")
    for amount in ("0", "-5", "ten", "1.5"):
        assert await type_amount(amount) == ENGLISH("pitch-amount-invalid")
    assert await type_amount("301") == ENGLISH("pitch-too-much", missing="300 credits")
    assert (await type_amount("250")).startswith("You chipped in 250 credits.")
    rest = (pitches.REST, id_, 50)
    taken = await press(admin_bot.bob, pitches.BACK, id_)
    assert taken == ENGLISH("pitch-taken-back", share="250 credits", missing="300 credits")
    assert (await press(admin_bot.alice, *rest)).startswith("You chipped in 50 credits."), "its button said 50"
    for forged in ((pitches.ADD, id_, 40), (pitches.REST, id_, 0), (pitches.VOTE, "nonsense")):
        assert await press(admin_bot.bob, *forged) == errors.outdated_command(ENGLISH)
    assert await press(admin_bot.bob, pitches.REST, "0" * 13, 5) == ENGLISH("pitch-unknown")
    await admin_bot.run_until_idle()
    assert ENGLISH("pitch-vote-button", votes=1) in labels(the_message(admin_bot))
    assert admin_bot.budget("member").held == 50
    assert buttons.keys() == set(actions(the_message(admin_bot)))


async def test_who_has_too_little_reads_what_is_left_and_who_is_blocked_that(admin_bot: AdminHarness) -> None:
    await admin_bot.quota("member", member=admin_bot.bob, credits=30)
    message = await pitched(admin_bot)
    fifty = custom_id(pitches.ADD, pitch_id(message), 50)
    short = ephemeral_text(await admin_bot.press(admin_bot.bob, message, fifty))
    assert short.startswith("That's 50 credits, but you have 30 credits left. You weren't charged.")
    await admin_bot.quota("block", member=admin_bot.bob)
    blocked = ephemeral_text(await admin_bot.press(admin_bot.bob, message, fifty))
    assert ENGLISH("refusals-blocked-title") in blocked


async def test_chipping_in_counts_as_an_order_of_the_minute(tmp_path: Path, database_url: str) -> None:
    """Each press adds to the ledger, which only grows.

    Taking credits back is not counted.
    """
    async with open_admin_harness(tmp_path, database_url=database_url, orders_per_minute=2) as bot:
        message = await pitched(bot)
        ten, back = custom_id(pitches.ADD, pitch_id(message), 10), custom_id(pitches.BACK, pitch_id(message))
        pressed = [ephemeral_text(await bot.press(bot.bob, message, each)) for each in (ten, back, ten, back, ten)]
        assert pressed[-1] == refusals.too_fast(ENGLISH, START + 30_000)
        assert refusals.too_fast(ENGLISH, START + 30_000) not in pressed[:-1]
        assert bot.budget("member", bot.bob).held == 0


async def test_a_pitch_counts_as_an_order_of_the_minute(tmp_path: Path, database_url: str) -> None:
    async with open_admin_harness(tmp_path, database_url=database_url, orders_per_minute=1) as bot:
        await pitched(bot)
        again = await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
        assert ephemeral_text(again) == refusals.too_fast(ENGLISH, START + 60_000)


async def test_a_member_who_may_not_write_pays_and_votes_for_nothing_and_gets_back_what_they_paid(
    admin_bot: AdminHarness,
) -> None:
    message = await pitched(admin_bot)
    buttons, ten = custom_ids(message), custom_id(pitches.ADD, pitch_id(message), 10)
    await admin_bot.press(admin_bot.bob, message, ten)
    opened = await admin_bot.press(admin_bot.bob, message, buttons[pitches.OTHER])
    silence(admin_bot, admin_bot.bob, "send_messages")
    await admin_bot.env.settle()
    pressed = [
        await admin_bot.press(admin_bot.bob, message, each)
        for each in (ten, buttons[pitches.REST], buttons[pitches.OTHER], buttons[pitches.VOTE])
    ]
    pressed.append(await admin_bot.bob.submit_modal(opened, {pitches.AMOUNT: "20"}))
    assert [ephemeral_text(each) for each in pressed] == [refusals.member_may_not_post(ENGLISH)] * 5
    assert admin_bot.budget("member", admin_bot.bob).held == 10
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.BACK, pitch_id(message)))
    assert admin_bot.budget("member", admin_bot.bob).held == 0


async def test_a_pitch_that_discord_hands_over_twice_is_made_and_paid_once(admin_bot: AdminHarness) -> None:
    admin_bot.duplicate_interactions()
    message = await pitched(admin_bot)
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.ADD, pitch_id(message), 50))
    assert admin_bot.budget("member", admin_bot.bob).held == 50


async def test_a_pitch_that_discord_does_not_confirm_is_withdrawn(admin_bot: AdminHarness) -> None:
    """The message may exist, and a press on it removes the buttons."""
    admin_bot.drop_response(after=True)
    message = await pitched(admin_bot)
    pressed = await admin_bot.press(admin_bot.bob, message, custom_ids(message)[pitches.VOTE])
    assert ENGLISH("pitch-ended-withdrawn") in "".join(map(message_text, pressed.followups))
    assert actions(the_message(admin_bot)) == []


async def test_a_press_finds_the_message_that_was_not_recorded(admin_bot: AdminHarness) -> None:
    """A running process has a minute to record the message.

    After a restart, the pitch is withdrawn.
    """
    message = await pitched(admin_bot)
    await admin_bot.app.database.write(lambda tx: tx.execute("UPDATE pitches SET message_id = NULL"))
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.ADD, pitch_id(message), 10))
    await admin_bot.run_until_idle()
    assert "10 of 300 credits" in message_text(the_message(admin_bot))
    await admin_bot.app.database.write(lambda tx: tx.execute("UPDATE pitches SET message_id = NULL"))
    await admin_bot.restart()
    shown = the_message(admin_bot)
    pressed = await admin_bot.press(admin_bot.bob, shown, custom_ids(shown)[pitches.VOTE])
    assert ENGLISH("pitch-ended-withdrawn") in "".join(map(message_text, pressed.followups))
    assert actions(the_message(admin_bot)) == []
    assert admin_bot.budget("member", admin_bot.bob).held == 0


async def test_a_press_that_funds_a_pitch_makes_its_unrecorded_message_the_card(admin_bot: AdminHarness) -> None:
    message = await pitched(admin_bot)
    await admin_bot.app.database.write(lambda tx: tx.execute("UPDATE pitches SET message_id = NULL"))
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.REST, pitch_id(message), PRICE))
    await admin_bot.run_until_idle()
    card = the_message(admin_bot)
    assert (card.id, job_messages.is_card_of(admin_bot.stored_job(), card)) == (message.id, True)


async def test_years_later_a_pitch_says_that_it_is_over(admin_bot: AdminHarness) -> None:
    """A press corrects the message whose update was lost."""
    message = await pitched(admin_bot)
    await admin_bot.press(admin_bot.bob, message, custom_id(pitches.ADD, pitch_id(message), 50))
    admin_bot.env.inject_error("PATCH", "/channels/*/messages/*", status=403, code=50001)
    await admin_bot.run_until_idle(3 * 365 * 24 * 3600)
    await admin_bot.restart()
    stale = the_message(admin_bot)
    assert pitches.REST in actions(stale)
    pressed = await admin_bot.press(admin_bot.bob, stale, custom_ids(stale)[pitches.REST])
    assert ENGLISH("pitch-ended-lapsed") in "".join(map(message_text, pressed.followups))
    assert actions(the_message(admin_bot)) == []
    assert admin_bot.budget("member", admin_bot.bob).held == 0


async def test_a_pitch_of_a_server_that_the_operator_no_longer_names_spends_nothing(
    tmp_path: Path, database_url: str
) -> None:
    """The pitch was fully funded, and waited for the server's budget.

    The bot can't leave the server, as where only its commands were authorized.
    """
    async with open_admin_harness(tmp_path, database_url=database_url) as bot:
        message = await pitched(bot)
        await bot.quota("server", credits=10)
        await bot.press(bot.bob, message, custom_ids(message)[pitches.REST])
        assert bot.budget("member", bot.bob).held == PRICE
        await bot.quota("server", credits=1_000)
        bot.env.inject_error("DELETE", "/users/@me/guilds/*", status=500, code=0)
        await bot.restart(allowed_servers=str(bot.guild.id + 1))
        await bot.run_until_idle(RETRY_MS / 1000)
        assert (bot.stored_jobs(), bot.budget("member", bot.bob).held) == ([], 0)
        assert bot.budget("plan") == BudgetTotals()


async def ask_and_confirm(
    bot: AdminHarness, who: MemberActor, message: discord.Message, action: str, confirmed: str
) -> None:
    """Press a button, and the one of the question after it."""
    question = await bot.press(who, message, custom_ids(message)[action])
    assert question.response is not None
    [(_, confirm)] = custom_ids(question.response).items()
    assert response_text(await who.click(question.response.message, custom_id=confirm)) == confirmed
