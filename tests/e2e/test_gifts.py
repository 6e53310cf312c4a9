"""/gift: one member gives another bonus credits, and both read it."""

from __future__ import annotations

import pytest

from bot.domain.gift import GiftRefusal, GiftRefused
from bot.ui import audit_entries, gifts, quota_admin
from cogs.gift import GIFT_BURST, TRIES
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE
from tests.helpers.giving import allow_gifts
from tests.helpers.ledger_checks import query
from tests.helpers.reading import ephemeral_text, response_text

pytestmark = pytest.mark.both_engines


async def test_both_read_of_a_gift_and_staff_see_it(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    await allow_gifts(admin_bot.app.database, admin_bot.guild.id, 100, admin_bot.clock.now())
    await admin_bot.quota("grant", member=admin_bot.alice, credits=100, reason="a prize")
    gift = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=40)
    assert ephemeral_text(gift) == gifts.given(ENGLISH, admin_bot.bob.id, 40)
    await admin_bot.restart()
    await admin_bot.run_until_idle()
    [message] = admin_bot.messages()
    assert message.content.startswith(
        f"🎁 {admin_bot.bob.mention}, {admin_bot.alice.mention} gave you 40 bonus credits"
    )
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, admin_bot.audit_entries()[-1], CATALOGUE)
    for who, line in (
        (admin_bot.alice, f"gave 40 bonus credits to {admin_bot.bob.mention}"),
        (admin_bot.bob, f"40 bonus credits from {admin_bot.alice.mention}"),
    ):
        assert line in response_text(await who.slash(admin_bot.channel, "credits"))


async def test_nobody_gives_to_a_bot_a_stranger_or_without_leave(admin_bot: AdminHarness) -> None:
    off = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=1)
    assert ephemeral_text(off) == gifts.refused(ENGLISH, GiftRefused(GiftRefusal.OFF))
    before = ephemeral_text(await admin_bot.alice.slash(admin_bot.channel, "help"))
    await allow_gifts(admin_bot.app.database, admin_bot.guild.id, 100, admin_bot.clock.now())
    after = ephemeral_text(await admin_bot.alice.slash(admin_bot.channel, "help"))
    assert [ENGLISH("commands-gift") in each for each in (before, after)] == [False, True]
    stranger = admin_bot.env.create_user("eve")
    gone = await admin_bot.forged(admin_bot.alice, "gift", member=stranger, credits=1)
    assert ephemeral_text(gone) == quota_admin.not_a_member(ENGLISH, stranger.id)
    machine = admin_bot.guild.add_member(admin_bot.env.create_user("machine", bot=True))
    to_bot = await admin_bot.alice.slash(admin_bot.channel, "gift", member=machine, credits=1)
    assert ephemeral_text(to_bot) == quota_admin.no_bots(ENGLISH, machine.id)
    odd = await admin_bot.forged(admin_bot.alice, "gift", member=admin_bot.bob, credits=-5)
    assert ephemeral_text(odd) == quota_admin.bad_amount(ENGLISH, -5, 1)
    assert query(admin_bot.place, "SELECT 1 FROM gifts") == []


async def test_who_gives_too_fast_reads_when_to_come_back(admin_bot: AdminHarness) -> None:
    """Each gift mentions its recipient, so gifts have a rate limit. A refused gift counts only as a try."""
    await allow_gifts(admin_bot.app.database, admin_bot.guild.id, 100, admin_bot.clock.now())
    await admin_bot.quota("grant", member=admin_bot.alice, credits=100, reason="a prize")
    for _ in range(TRIES - GIFT_BURST - 1):
        refused = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=101)
        assert ephemeral_text(refused) == gifts.refused(ENGLISH, GiftRefused(GiftRefusal.OVER_BOUND, 100))
    for _ in range(GIFT_BURST):
        gift = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=1)
        assert ephemeral_text(gift) == gifts.given(ENGLISH, admin_bot.bob.id, 1)
    soon = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=1)
    assert ephemeral_text(soon) == gifts.too_fast(ENGLISH, admin_bot.clock.now() + 60_000)
    tried = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=101)
    assert ephemeral_text(tried) == gifts.too_fast(ENGLISH, admin_bot.clock.now() + 60_000 // TRIES)
    await admin_bot.clock.advance(60)
    later = await admin_bot.alice.slash(admin_bot.channel, "gift", member=admin_bot.bob, credits=1)
    assert ephemeral_text(later) == gifts.given(ENGLISH, admin_bot.bob.id, 1)
    assert len(query(admin_bot.place, "SELECT 1 FROM gifts")) == GIFT_BURST + 1
