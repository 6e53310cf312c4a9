"""/pitch: members pay for a movie together, over the loopback Discord."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import discord
import pytest
from simcord.actors import MemberActor

from bot.domain.approvals import ApprovalScope
from bot.domain.jobs import JobState
from bot.domain.orders import Order
from bot.domain.pitches import MAX_CHIP_IN, Pitch, PitchSort, PitchState, Pledged
from bot.domain.preferences import DeliveryTarget
from bot.domain.request import Draft
from bot.ui import job_messages, pitches
from bot.ui.components import custom_id
from data import pitch_ends, pledging, preferences
from data import pitches as stored_pitches
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure, newest_job
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH, NOTHING_SPENT, refusal
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.movie_list import listed, open_one
from tests.helpers.pitching import pressing, state_after
from tests.helpers.reading import (
    actions,
    addresses,
    answered,
    custom_ids,
    ephemeral_text,
    footer_of,
    labels,
    message_text,
    response_text,
)

pytestmark = pytest.mark.both_engines

PRICE = 300


async def pitched(bot: AdminHarness, who: MemberActor | None = None, **options: object) -> discord.Message:
    await (who or bot.alice).slash(bot.channel, "pitch", **{"prompt": "a red balloon", "duration": 30, **options})
    return bot.messages()[-1]


def the_message(bot: AdminHarness) -> discord.Message:
    return bot.messages()[0]


def pitch_id(message: discord.Message) -> str:
    return footer_of(message).rpartition("ID ")[2]


def states(bot: AdminHarness) -> list[str]:
    return [row["state"] for row in query(bot.place, "SELECT state FROM pitches ORDER BY id")]


async def test_only_its_member_withdraws_a_pitch_and_only_staff_removes_one(bot: AdminHarness) -> None:
    message = await pitched(bot)
    id_ = pitch_id(message)
    await bot.press(bot.bob, message, custom_id(pitches.ADD, id_, 50))
    assert bot.budget("member", bot.bob).held == 50
    for custom in (custom_id(pitches.WITHDRAW, id_), custom_id(pitches.WITHDRAW_CONFIRM, id_)):
        refused = await bot.press(bot.bob, message, custom)
        assert ephemeral_text(refused) == ENGLISH("pitch-not-yours", member="alice")
    for custom in (custom_id(pitches.REMOVE, id_), custom_id(pitches.REMOVE_CONFIRM, id_)):
        assert ephemeral_text(await bot.press(bot.alice, message, custom)) == ENGLISH("refusals-not-staff")
    question = answered(await bot.press(bot.dana, message, custom_id(pitches.REMOVE, id_)))
    confirmed = await bot.dana.click(question.message, custom_id=custom_ids(question)[pitches.REMOVE_CONFIRM])
    assert response_text(confirmed) == ENGLISH("pitch-removed")
    await bot.run_until_idle()
    over = bot.messages()[0]
    assert (actions(over), "balloon" in message_text(over)) == ([], False), "nobody presses it, and the prompt is gone"
    assert bot.budget("member", bot.bob).held == 0
    again = await bot.press(bot.alice, over, custom_id(pitches.WITHDRAW_CONFIRM, id_))
    assert ephemeral_text(again) == f"{ENGLISH('pitch-over')} {ENGLISH('pitch-ended-removed-by-staff')}"


async def test_every_press_is_answered_and_no_more_is_taken_than_was_read(bot: AdminHarness) -> None:
    message = await pitched(bot)
    buttons, id_ = custom_ids(message), pitch_id(message)

    async def press(who: MemberActor, *action: str | int) -> str:
        return ephemeral_text(await bot.press(who, message, custom_id(*action)))

    async def type_amount(amount: str) -> str:
        form = custom_id(pitches.OTHER_SEND, id_)
        return ephemeral_text(await bot.submit(bot.bob, form, {pitches.AMOUNT: amount}, message))

    assert await press(bot.bob, pitches.BACK, id_) == ENGLISH("pitch-no-pledge")
    assert await press(bot.bob, pitches.VOTE, id_) == ENGLISH("pitch-voted")
    assert await press(bot.bob, pitches.VOTE, id_) == ENGLISH("pitch-voted-already")
    for amount in ("0", "-5", "ten", "1.5", "1" * (len(str(MAX_CHIP_IN)) + 1), "9" * 30):
        assert await type_amount(amount) == ENGLISH("pitch-amount-invalid")
    assert await type_amount("301") == ENGLISH("pitch-too-much", missing="300 credits")
    assert (await type_amount("250")).startswith("You chipped in 250 credits.")
    rest = (pitches.REST, id_, 50)
    taken = await press(bot.bob, pitches.BACK, id_)
    assert taken == ENGLISH("pitch-taken-back", share="250 credits", missing="300 credits")
    assert (await press(bot.alice, *rest)).startswith("You chipped in 50 credits."), "its button said 50"
    for forged in ((pitches.ADD, id_, 40), (pitches.REST, id_, 0), (pitches.VOTE, "nonsense")):
        assert await press(bot.bob, *forged) == ENGLISH("errors-outdated")
    assert await press(bot.bob, pitches.REST, "0" * 13, 5) == ENGLISH("pitch-unknown")
    await bot.run_until_idle()
    assert "▲ 1" in labels(the_message(bot))
    assert bot.budget("member").held == 50
    assert buttons.keys() == set(actions(the_message(bot)))


async def test_a_pitch_and_chipping_in_count_as_orders_of_the_minute(tmp_path: Path, database_url: str) -> None:
    async with open_admin_harness(tmp_path, database_url=database_url, orders_per_minute=2) as bot:
        message = await pitched(bot)
        ten, back = custom_id(pitches.ADD, pitch_id(message), 10), custom_id(pitches.BACK, pitch_id(message))
        pressed = [ephemeral_text(await bot.press(bot.bob, message, each)) for each in (ten, back, ten, back, ten)]
        assert pressed[-1] == refusal("refusals-too-fast", time=START + 30_000)
        assert refusal("refusals-too-fast", time=START + 30_000) not in pressed[:-1]
        assert bot.budget("member", bot.bob).held == 0
        again = [await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5) for _ in range(2)]
        assert not again[0].ephemeral
        assert ephemeral_text(again[1]) == refusal("refusals-too-fast", time=START + 30_000)


async def test_where_the_bot_may_not_post_nothing_is_pitched(bot: AdminHarness) -> None:
    bot.set_bot_permissions(discord.PermissionOverwrite(embed_links=False))
    refused = await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5)
    assert ephemeral_text(refused) == refusal("errors-missing-permissions", permissions=("embed_links",))
    assert states(bot) == []


async def test_a_pitch_that_another_process_answered_or_that_came_too_late_is_withdrawn(bot: AdminHarness) -> None:
    for status, code in ((400, 40060), (404, 10062)):
        bot.fail_answers(status, code)
        result = await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=5, chip_in=10)
        assert [message_text(each) for each in result.followups] == []
    assert not bot.env.errors
    assert (states(bot), bot.member().held) == ([PitchState.WITHDRAWN] * 2, 0)
    assert not query(bot.place, "SELECT 1 FROM ledger_entries WHERE taken_back = 1"), "no cancellation of alice's"


async def test_those_who_paid_are_told_once_named_with_the_movie_and_find_it_in_their_list(bot: AdminHarness) -> None:
    eve = bot.guild.add_member(bot.env.create_user("eve"))
    await bot.app.database.write(preferences.change, bot.bob.id, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    write = bot.app.database.write
    made = await write(pledging.pitch, Order(bot.pressing(1, bot.alice.id), Draft("a red balloon", 10)))
    assert isinstance(made, Pitch), made
    assert isinstance(await write(pledging.chip_in, bot.pressing(2, bot.alice.id), made.id, 60), Pledged)
    funded = await write(pledging.chip_in, bot.pressing(3, bot.bob.id), made.id, None)
    assert state_after(funded) is PitchState.FUNDED
    await bot.restart()
    await bot.run_until_idle()
    await bot.finish()
    told = [message_text(each) for each in bot.messages() if "funded" in message_text(each)]
    assert [each.count(bot.alice.mention) for each in told] == [1]
    funded, ready = (message_text(each) for each in bot.direct_messages(bot.bob))
    assert "40 credits" in funded
    assert "/movies" in ready
    assert "40 credits" in ready
    assert job_messages.paid_by(ENGLISH, [bot.alice.id, bot.bob.id]) in message_text(bot.messages()[-1])
    for who in (bot.alice, bot.bob):
        assert ENGLISH("movies-with-others") in response_text(await who.slash(bot.channel, "movies"))
    assert ENGLISH("movies-none-all") in response_text(await eve.slash(bot.channel, "movies"))
    for who, found in ((bot.bob, True), (eve, False)):
        opened = response_text(await who.slash(bot.channel, "movies", id=bot.stored_job().id))
        assert (ENGLISH("movies-share-value", credits=40) in opened) is found
    page = await listed(bot, bot.dana, member=bot.bob)
    await open_one(bot, page, who=bot.dana)
    assert ENGLISH("movies-share-value", credits=40) in message_text(page)
    assert (await bot.press(eve, bot.messages()[-1], f"m:remix:{bot.stored_job().id}")).modal is not None


async def test_a_pledge_that_cannot_be_says_why_and_counts_once(bot: AdminHarness) -> None:
    await bot.quota("member", member=bot.bob, credits=30)
    emit = bot.env.backend.emit
    bot.duplicate_interactions()
    message = await pitched(bot)
    ten, fifty = [custom_id(pitches.ADD, pitch_id(message), each) for each in (10, 50)]
    short = ephemeral_text(await bot.press(bot.bob, message, fifty))
    assert short.startswith("That's 50 credits, but you have 30 credits left. You weren't charged.")
    await bot.press(bot.bob, message, ten)
    assert bot.budget("member", bot.bob).held == 10
    bot.env.backend.emit = emit
    await bot.quota("server", credits=10)
    rest = await bot.press(bot.alice, message, custom_id(pitches.REST, pitch_id(message), 290))
    assert ephemeral_text(rest).startswith(ENGLISH("pitch-completed-waiting", share="290 credits"))
    assert states(bot) == [PitchState.WAITING_FOR_PLAN]
    opened = await bot.press(bot.alice, message, custom_id(pitches.OTHER, pitch_id(message)))
    assert ephemeral_text(opened) == ENGLISH("pitch-complete")


async def test_a_pitch_that_cannot_be_says_why(bot: AdminHarness) -> None:
    message = await pitched(bot, bot.bob)
    wrong = await bot.forge("pitch", prompt="a red balloon", duration=100_000)
    assert NOTHING_SPENT in ephemeral_text(wrong)
    await bot.quota("server", credits=PRICE - 1)
    press = custom_id(pitches.ADD, pitch_id(message), 10)
    pitch = {"prompt": "a red balloon", "duration": 30}
    never = await bot.alice.slash(bot.channel, "pitch", **pitch)
    assert ephemeral_text(never) == refusal("pitch-never-fits-server", price=PRICE, left=PRICE - 1)
    await bot.quota("block", member=bot.alice, reason="spam")
    blocked = await bot.alice.slash(bot.channel, "pitch", **pitch)
    presses = (press, custom_id(pitches.VOTE, pitch_id(message)))
    for answer in (blocked, *[await bot.press(bot.alice, message, each) for each in presses]):
        assert ephemeral_text(answer).startswith(ENGLISH("refusals-blocked"))
    assert [*states(bot), bot.member()] == ["open", BudgetTotals()]


@pytest.mark.parametrize("demoted", [True, False])
async def test_a_pitch_of_a_manager_who_manages_no_longer_waits_for_staff(bot: AdminHarness, demoted: bool) -> None:
    await configure(bot, approval=ApprovalScope.EVERYONE, staff_channel=bot.lines.id)
    message = await pitched(bot, bot.dana)
    if demoted:
        bot.env.backend.remove_member_role(bot.guild.id, bot.dana.id, bot.guild.roles["Crew"].id)
    await bot.press(bot.bob, message, custom_ids(message)[pitches.REST])
    assert (newest_job(bot).state is JobState.AWAITING_APPROVAL) == demoted


@pytest.mark.parametrize("gone", ["channel", "thread"])
async def test_a_pitch_that_nobody_can_press_any_more_ends_and_each_is_told_by_dm(bot: AdminHarness, gone: str) -> None:
    backend, where = bot.env.backend, bot.channel
    if gone == "thread":
        backend.create_thread(where.id, "our films", bot.bob.id)
        where = where.threads[-1]
    message = answered(await bot.alice.slash(where, "pitch", prompt="a red balloon", duration=30))
    add = custom_id(pitches.ADD, pitch_id(message.message), 50)
    await bot.press(bot.bob, message.message, add, channel=where)
    await bot.run_until_idle()
    backend.delete_channel(where.id)
    await bot.env.settle()
    await bot.run_until_idle()
    assert states(bot) == [PitchState.REMOVED]
    assert bot.budget("member", bot.bob).held == 0
    why = f" – {ENGLISH('pledges-why-message-gone')}."
    [paid], [made] = bot.direct_messages(bot.bob), bot.direct_messages(bot.alice)
    for told, begins in ((paid, "↩️ Refunded: 50 credits for [the pitch]("), (made, "🎟️ [Your pitch](")):
        assert message_text(told).startswith(begins)
        assert message_text(told).endswith(why)


async def test_behind_the_dots_and_in_the_list_is_what_each_may_do_also_where_the_message_is_deleted(
    bot: AdminHarness,
) -> None:
    message = await pitched(bot)
    made = pitch_id(message)
    await bot.press(bot.bob, message, custom_id(pitches.ADD, made, 50))
    carol = bot.guild.add_member(bot.env.create_user("carol"))
    may = {bot.bob: pitches.BACK, bot.alice: pitches.WITHDRAW, bot.dana: pitches.REMOVE, carol: None}
    shown: dict[str | None, discord.Message] = {}
    more = {who: await bot.press(who, message, custom_ids(message)[pitches.MORE]) for who in may}
    bot.env.backend.delete_message(bot.channel.id, message.id)
    for who, action in may.items():
        listed = answered(await who.slash(bot.channel, "pitches"))
        chosen = await bot.press(who, listed.message, custom_id(pitches.MANAGE), [made])
        assert ephemeral_text(chosen) == ephemeral_text(more[who])
        shown[action] = answered(chosen).message
        assert actions(shown[action]) == actions(answered(more[who])) == [pitches.OTHER, *filter(None, [action])]
    assert ENGLISH("pitch-back-line", share="50 credits") in message_text(shown[pitches.BACK])
    assert (await bot.press(carol, shown[None], custom_id(pitches.OTHER, made))).modal is not None
    taken = await bot.press(bot.bob, shown[pitches.BACK], custom_id(pitches.BACK, made))
    assert ephemeral_text(taken) == ENGLISH("pitch-taken-back", share="50 credits", missing="300 credits")
    asked = await bot.press(bot.alice, shown[pitches.WITHDRAW], custom_id(pitches.WITHDRAW, made))
    await bot.press(bot.alice, answered(asked).message, custom_id(pitches.WITHDRAW_CONFIRM, made))
    assert states(bot) == [PitchState.WITHDRAWN]
    for late in (custom_id(pitches.MORE, made), custom_id(pitches.REMOVE, made)):
        pressed = await bot.press(bot.dana, shown[pitches.REMOVE], late)
        assert ephemeral_text(pressed) == f"{ENGLISH('pitch-over')} {ENGLISH('pitch-ended-withdrawn')}"


async def test_who_pitches_chips_in_with_the_command_once_or_pitches_nothing(bot: AdminHarness) -> None:
    await bot.quota("member", member=bot.alice, credits=60)
    options = {"prompt": "a red balloon", "duration": 30}
    short = await bot.alice.slash(bot.channel, "pitch", **options, chip_in=70)
    refused = "You can't chip in 70 credits: you have 60 credits left, so nothing was pitched."
    assert ephemeral_text(short).startswith(refused)
    whole = await bot.alice.slash(bot.channel, "pitch", **options, chip_in=PRICE)
    assert ephemeral_text(whole) == refusal("pitch-alone", price=PRICE)
    for amount in (0, -5, 10**12):
        forged = await bot.forge("pitch", **options, chip_in=amount)
        assert ephemeral_text(forged) == ENGLISH("pitch-amount-invalid")
    assert (states(bot), bot.member()) == ([], BudgetTotals())
    bot.duplicate_interactions()
    await bot.alice.slash(bot.channel, "pitch", **options, chip_in=50)
    assert (states(bot), bot.member().held) == (["open"], 50)
    await bot.restart()
    await bot.run_until_idle(60)
    assert "**50** of 300 credits · 1 person" in message_text(the_message(bot))
    assert bot.requests("PATCH", "/messages/") == [], "it shows that from the start"
    taken = await bot.press(bot.alice, the_message(bot), custom_id(pitches.BACK, pitch_id(the_message(bot))))
    assert ephemeral_text(taken) == ENGLISH("pitch-taken-back", share="50 credits", missing="300 credits")
    assert bot.member().held == 0


async def test_one_too_many_is_not_pitched_and_leads_to_the_open_ones_whose_messages_are_found(
    bot: AdminHarness,
) -> None:
    first, *_ = [await pitched(bot, prompt=f"balloon {number}", duration=10, chip_in=10) for number in range(3)]
    await bot.app.database.write(lambda tx: tx.execute("UPDATE pitches SET message_id = NULL"))
    refused = await bot.alice.slash(bot.channel, "pitch", prompt="a fox", duration=10, chip_in=10)
    assert ephemeral_text(refused) == ENGLISH("pitch-too-many", pitches=3)
    chosen = await bot.press(bot.alice, answered(refused).message, custom_id(pitches.MANAGE), [pitch_id(first)])
    assert actions(answered(chosen)) == [pitches.OTHER, pitches.BACK, pitches.WITHDRAW]
    await bot.press(bot.bob, first, custom_id(pitches.ADD, pitch_id(first), 10))
    await bot.run_until_idle()
    assert "**20** of 100 credits" in message_text(the_message(bot))


async def pitched_here(bot: AdminHarness, number: int) -> Pitch:
    draft = Draft(f"movie {number}", 10 + number)
    contexts = [replace(pressing(100 + number, guild=each), channel_id=bot.channel.id) for each in (99, bot.guild.id)]
    made = [await bot.app.database.write(pledging.pitch, Order(each, draft)) for each in contexts]
    pitches = [each for each in made if isinstance(each, Pitch)]
    for pitch in pitches:
        assert await bot.app.database.write(stored_pitches.record, pitch.id, 1000 + number)
    _, here = pitches
    return here


async def test_the_pitches_of_this_server_are_listed_and_sorted(bot: AdminHarness) -> None:
    assert ENGLISH("pitches-empty") in response_text(await bot.alice.slash(bot.channel, "pitches"))
    first, *_ = [await pitched_here(bot, number) for number in range(pitches.PAGE_SIZE + 1)]
    found = await bot.bob.slash(bot.channel, "pitches")
    assert "**movie 0**" in response_text(found)
    assert len(addresses(answered(found))) == pitches.PAGE_SIZE
    await bot.restart()
    message = answered(found)
    last = f"**movie {pitches.PAGE_SIZE + 1}**"
    await pitched_here(bot, pitches.PAGE_SIZE + 1)
    assert isinstance(await bot.app.database.write(pitch_ends.withdraw, first.id, bot.guild.id, first.member_id), Pitch)
    turned = await bot.press(bot.bob, message, f"m:{pitches.PAGE}:{PitchSort.MISSING}:1")
    assert last in response_text(turned)
    back = await bot.press(bot.bob, message, f"m:{pitches.PAGE}:{PitchSort.MISSING}:0")
    assert "**movie 1**" in response_text(back)
    newest = await bot.press(bot.bob, message, f"m:{pitches.SORT}", [PitchSort.AGE])
    assert last in response_text(newest)
    await bot.bob.click(message.message, custom_id=f"m:{pitches.PAGE}:{PitchSort.AGE}:1")
    assert "**movie 1**" in message_text(message), "the next page has the same order"
    typed = await bot.bob.slash(bot.channel, "pitches", sort=PitchSort.AGE.value)
    assert last in response_text(typed)
    forged = await bot.press(bot.bob, message, f"m:{pitches.PAGE}:cheapest:-1")
    assert response_text(forged) == ENGLISH("errors-outdated")
