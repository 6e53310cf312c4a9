"""Credits from others: /gift, and *Ask for more* with its answer."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor

from bot.domain.quota import MAX_CREDITS, AuditAction, AuditReason
from bot.ui import credit_requests as ui
from bot.ui import credits
from cogs.credits import GIFT_BURST, TRIES
from data import erasure
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, granted, newest, refused, rows
from tests.helpers.at_time import at_time
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH, refusal
from tests.helpers.ledger_checks import query
from tests.helpers.quote_message import quoted
from tests.helpers.reading import actions, answered, custom_ids, ephemeral_text, labels, message_text, response_text
from tests.helpers.staff_message import told_besides

pytestmark = pytest.mark.both_engines


async def test_both_read_of_a_gift_and_staff_see_it(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    await configure(bot, gift_credits=100)
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    gift = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=40)
    assert ephemeral_text(gift) == credits.given(ENGLISH, bot.bob.id, 40)
    await bot.restart()
    await bot.run_until_idle()
    assert len(bot.messages()) == 1
    for who, line in (
        (bot.alice, f"gave 40 bonus credits to {bot.bob.mention}"),
        (bot.bob, f"40 bonus credits from {bot.alice.mention}"),
    ):
        assert line in response_text(await who.slash(bot.channel, "credits"))


async def test_nobody_gives_to_a_bot_a_stranger_or_without_leave(bot: AdminHarness) -> None:
    off = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
    assert ephemeral_text(off) == refusal("gifts-off")
    before = ephemeral_text(await bot.alice.slash(bot.channel, "help"))
    await configure(bot, gift_credits=100)
    after = ephemeral_text(await bot.alice.slash(bot.channel, "help"))
    assert [ENGLISH("commands-gift") in each for each in (before, after)] == [False, True]
    stranger = bot.env.create_user("eve")
    gone = await bot.forged(bot.alice, "gift", member=stranger, credits=1)
    assert ephemeral_text(gone) == refusal("quota-not-a-member", member=stranger.id)
    machine = bot.guild.add_member(bot.env.create_user("machine", bot=True))
    to_bot = await bot.alice.slash(bot.channel, "gift", member=machine, credits=1)
    assert ephemeral_text(to_bot) == refusal("quota-bot-member", member=machine.id)
    odd = await bot.forged(bot.alice, "gift", member=bot.bob, credits=-5)
    assert ephemeral_text(odd) == refusal("quota-bad-credits", given=-5, min=1, max=MAX_CREDITS)
    assert query(bot.place, "SELECT 1 FROM gifts") == []


async def test_who_gives_too_fast_reads_when_to_come_back(bot: AdminHarness) -> None:
    """Each gift mentions its recipient, so gifts have a rate limit. A refused gift counts only as a try."""
    await configure(bot, gift_credits=100)
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    for _ in range(TRIES - GIFT_BURST - 1):
        refused = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=101)
        assert ephemeral_text(refused) == refusal("gifts-over-bound", credits=100)
    for _ in range(GIFT_BURST):
        gift = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
        assert ephemeral_text(gift) == credits.given(ENGLISH, bot.bob.id, 1)
    soon = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
    assert ephemeral_text(soon) == refusal("gifts-too-fast", time=bot.clock.now() + 60_000)
    tried = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=101)
    assert ephemeral_text(tried) == refusal("gifts-too-fast", time=bot.clock.now() + 60_000 // TRIES)
    await bot.clock.advance(60)
    later = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
    assert ephemeral_text(later) == credits.given(ENGLISH, bot.bob.id, 1)
    assert len(query(bot.place, "SELECT 1 FROM gifts")) == GIFT_BURST + 1


DAY = 24 * 60 * 60
YEAR = 365 * DAY


async def test_a_grant_is_the_managers_and_its_member_is_told(bot: AdminHarness) -> None:
    refusal = await refused(bot)
    assert ephemeral_text(await refusal.click(ui.ASK)) == ENGLISH("requests-sent", credits=300)
    request = await newest(bot)
    assert "600" not in request.message.content
    await request.press()
    assert granted(bot) == [(bot.alice.id, 300, bot.dana.id)]
    await bot.restart()
    await bot.run_until_idle(5)
    await bot.run_until_idle(DAY)
    assert len(bot.direct_messages(bot.alice)) == 1
    change = bot.audit_entries()[-1]
    assert (change.action, change.by.reason_code) == (AuditAction.GRANT, AuditReason.REQUESTED)
    assert not (await bot.movie(duration=70)).ephemeral


async def test_a_declined_request_grants_nothing_and_its_member_is_told(bot: AdminHarness) -> None:
    request = await asked(bot)
    await request.press(ui.DECLINE)
    await bot.run_until_idle(5)
    [told] = bot.direct_messages(bot.alice)
    place = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}"
    assert told.content == ENGLISH("requests-answer-declined", credits=300, place=place)
    assert granted(bot) == []
    assert request.message.content.endswith(ENGLISH("log-request-declined", manager=bot.dana.mention))
    assert [(each.action, each.by.reason_code) for each in bot.audit_entries()][-2:] == [
        (AuditAction.REQUEST_CREDITS, None),
        (AuditAction.DECLINE_CREDITS, None),
    ]


async def test_a_request_of_years_ago_has_expired(bot: AdminHarness) -> None:
    request = await asked(bot)
    await bot.clock.advance(3 * YEAR)
    assert told_besides(await request.press()) == ENGLISH("log-request-lapsed")
    assert request.message.content.endswith(ENGLISH("log-request-lapsed"))
    assert (labels(request.message), granted(bot), rows(bot)[0]["state"]) == ([], [], "lapsed")


async def test_what_prevents_a_grant_is_said_and_the_request_can_be_declined(bot: AdminHarness) -> None:
    request = await asked(bot)
    await bot.quota("server", credits=699)
    said = ephemeral_text(await request.press())
    assert said == ENGLISH("requests-server-budget", member=bot.alice.mention)
    assert (labels(request.message) != [], granted(bot)) == (True, [])
    await request.press(ui.DECLINE)
    assert rows(bot)[0]["state"] == "declined"


async def test_without_a_log_channel_the_refusal_says_whom_to_ask(bot: AdminHarness) -> None:
    refusal = await quoted(bot, duration=70)
    assert ui.ASK not in refusal.actions
    assert ENGLISH("requests-ask-managers") in refusal.text
    refusal = await refused(bot)
    assert ENGLISH("requests-ask-managers") not in refusal.text
    await bot.set_staff_channel(None)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-channel")
    assert rows(bot) == []


async def test_there_is_no_button_where_more_credits_would_not_help(bot: AdminHarness) -> None:
    for limits in ({"server_monthly_credits": 500}, {"server_monthly_credits": 5000, "plan_monthly_credits": 699}):
        await bot.restart(**limits)
        refusal = await refused(bot)
        assert ui.ASK not in refusal.actions
        assert ENGLISH("requests-ask-managers") not in refusal.text


async def test_a_button_that_no_longer_helps_says_why_and_requests_nothing(bot: AdminHarness) -> None:
    refusal = await refused(bot)
    await bot.quota("server", credits=10)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-help")
    await bot.quota("clear server")
    await bot.quota("block", member=bot.alice)
    assert ENGLISH("refusals-blocked") in ephemeral_text(await refusal.press(ui.ASK))
    await bot.quota("unblock", member=bot.alice)
    await bot.app.database.write(at_time(bot.clock.now(), erasure.request), bot.alice.id)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("refusals-erasing")
    await configure(bot, channels=(bot.lines.id,))
    told = ephemeral_text(await refusal.press(ui.ASK, bot.bob))
    assert told == ENGLISH("refusals-channel", channels=bot.lines.mention)
    assert rows(bot) == []


async def test_a_forged_price_is_no_request(bot: AdminHarness) -> None:
    refusal = await refused(bot)
    for price in ("0", "7201", "9" * 18, "x", ""):
        pressed = await bot.press(bot.alice, refusal.message, f"m:{ui.ASK}:{price}")
        assert ephemeral_text(pressed) == ENGLISH("errors-outdated"), price
    assert rows(bot) == []
    dearest = await bot.press(bot.alice, refusal.message, f"m:{ui.ASK}:7200")
    assert ephemeral_text(dearest) == ENGLISH("requests-no-help")


@pytest.mark.parametrize("command", ["credits", "help"])
async def test_who_can_pay_for_nothing_may_ask_there_too(bot: AdminHarness, command: str) -> None:
    answers = []

    async def asks(who: MemberActor | None = None, **options: object) -> bool:
        answer = answered(await (who or bot.alice).slash(bot.channel, command, **options))
        answers.append(answer)
        return ui.ASK in actions(answer)

    await configure(bot, video_models=("VEOI2V",), default_seconds=10)
    await bot.quota("member", member=bot.alice, credits=59)
    assert not await asks()
    assert (ENGLISH("requests-ask-managers") in message_text(answers[-1])) == (command == "credits")
    await bot.set_staff_channel(bot.lines)
    await bot.quota("member", member=bot.alice, credits=60)
    assert not await asks()
    await bot.quota("member", member=bot.alice, credits=59)
    await bot.quota("block", member=bot.alice)
    assert not await asks()
    await bot.quota("unblock", member=bot.alice)
    if command == "credits":
        assert not await asks(bot.dana, member=bot.alice)
    assert await asks()
    await bot.press(bot.alice, answers[-1], custom_ids(answers[-1])[ui.ASK])
    [row] = rows(bot)
    assert (row["credits"], row["price_credits"]) == (600, 600)


async def test_a_member_whose_request_cannot_be_posted_is_told(bot: AdminHarness) -> None:
    refusal = await refused(bot)
    await bot.run_until_idle()
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50013)
    await refusal.press(ui.ASK)
    await bot.run_until_idle()
    [told] = bot.direct_messages(bot.alice)
    place = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}"
    assert told.content == ENGLISH("requests-answer-unposted", credits=300, place=place)
    assert rows(bot)[0]["state"] == "unposted"
