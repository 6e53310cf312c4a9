"""Movies in the queue that staff may cancel after a block."""

from __future__ import annotations

import pytest
from simcord.results import InteractionResult

from bot.domain.job import EndReason
from bot.domain.quota import AuditAction
from bot.ui import movie_reports as ui
from bot.ui import quota_admin
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.reading import custom_ids, ephemeral_text, labels, message_text
from tests.helpers.reporting import reported

pytestmark = pytest.mark.both_engines


async def blocked(bot: AdminHarness) -> tuple[int, str]:
    """Block Alice, who has two queued movies, and return the offer.

    The offer is a message's id and its button's custom_id.
    """
    for _ in range(2):
        await bot.movie(duration=20)
    return offer_of(await bot.quota("block", member=bot.alice))


def offer_of(result: InteractionResult) -> tuple[int, str]:
    """Return the private offer that follows a block."""
    [offer] = result.followups
    assert offer.ephemeral
    assert message_text(offer) == ENGLISH("quota-queued", movies=2)
    return offer.message.id, custom_ids(offer)[quota_admin.CANCEL_QUEUED]


@pytest.mark.parametrize("restart", [True, False])
async def test_what_waits_is_cancelled_and_refunded(admin_bot: AdminHarness, *, restart: bool) -> None:
    """The cards name staff, and the audit log has the amount."""
    message_id, button = await blocked(admin_bot)
    if restart:
        await admin_bot.restart()
    await admin_bot.press(admin_bot.dana, message_id, button)
    assert admin_bot.budget("member") == BudgetTotals(used=0, held=0)
    rows = query(admin_bot.place, "SELECT state, end_reason FROM jobs")
    assert rows == [{"state": "cancelled", "end_reason": EndReason.CANCELLED_BY_STAFF}] * 2
    for card in admin_bot.messages():
        assert ENGLISH("reasons-cancelled-by-staff") in message_text(card)
    entry = admin_bot.audit_entries()[-1]
    assert (entry.action, entry.subject_id, entry.credits) == (AuditAction.CANCEL_QUEUED, admin_bot.alice.id, 400)


async def test_what_waits_for_staff_is_cancelled_too_and_their_message_has_no_buttons_any_more(
    admin_bot: AdminHarness,
) -> None:
    pending = await awaiting(admin_bot)
    assert labels(pending.message) != []
    [offer] = (await admin_bot.quota("block", member=admin_bot.alice)).followups
    await admin_bot.press(admin_bot.dana, offer.message.id, custom_ids(offer)[quota_admin.CANCEL_QUEUED])
    assert admin_bot.stored_job().end_reason is EndReason.CANCELLED_BY_STAFF
    assert labels(pending.message) == []


async def test_pressed_twice_it_cancels_once(admin_bot: AdminHarness) -> None:
    message_id, button = await blocked(admin_bot)
    await admin_bot.press(admin_bot.dana, message_id, button)
    await admin_bot.press(admin_bot.dana, message_id, button)
    assert [each.action for each in admin_bot.audit_entries()].count(AuditAction.CANCEL_QUEUED) == 1
    assert admin_bot.budget("member") == BudgetTotals(used=0, held=0)


async def test_movies_in_progress_finish(admin_bot: AdminHarness) -> None:
    message_id, button = await blocked(admin_bot)
    await admin_bot.run_until_idle()
    await admin_bot.press(admin_bot.dana, message_id, button)
    assert {row["state"] for row in query(admin_bot.place, "SELECT state FROM jobs")} == {"rendering"}
    assert [each.action for each in admin_bot.audit_entries()] == [AuditAction.BLOCK]


async def test_nobody_but_staff_cancels(admin_bot: AdminHarness) -> None:
    _, button = await blocked(admin_bot)
    for who in (admin_bot.alice, admin_bot.bob):
        answer = await admin_bot.press(who, admin_bot.messages()[0], button)
        assert ephemeral_text(answer) == ENGLISH("refusals-not-staff")
    assert {row["state"] for row in query(admin_bot.place, "SELECT state FROM jobs")} == {"queued"}


async def test_nothing_is_offered_where_nothing_waits(admin_bot: AdminHarness) -> None:
    assert (await admin_bot.quota("block", member=admin_bot.alice)).followups == []


async def test_a_block_from_a_report_offers_it_too(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    for _ in range(2):
        await admin_bot.movie(duration=10)
    form, second = [await case.press(ui.BLOCK) for _ in range(2)]
    offer_of(await admin_bot.dana.submit_modal(form, {"hours": "", "reason": ""}))
    again = await admin_bot.dana.submit_modal(second, {"hours": "", "reason": ""})
    assert [labels(each) for each in again.followups] == [[]], "the block does not count twice"
