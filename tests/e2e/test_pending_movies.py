"""/movies for what waits for staff, and movies in the queue that staff may cancel after a block."""

from __future__ import annotations

import pytest
from simcord.results import InteractionResult

from bot.domain.approval import ApprovalScope
from bot.domain.job import EndReason, JobState
from bot.domain.quota import AuditAction
from bot.ui import approvals as ui
from bot.ui import movie_reports, quota_admin
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.reading import answered, button, custom_ids, ephemeral_text, field_of, labels, message_text
from tests.helpers.reporting import reported

pytestmark = pytest.mark.both_engines


async def several(bot: AdminHarness, count: int) -> None:
    await configure(bot, approval=ApprovalScope.EVERYONE)
    for number in range(count):
        await bot.movie(bot.bob if number % 2 else bot.alice, prompt=f"movie {number + 1}", duration=5)


async def test_staff_see_what_waits_and_nobody_else_does(admin_bot: AdminHarness) -> None:
    empty = await listed(admin_bot)
    assert ENGLISH("approvals-list-empty") in ephemeral_text(empty)
    assert labels(answered(empty)) == []
    await several(admin_bot, 1)
    for who in (admin_bot.alice, admin_bot.bob):
        assert ephemeral_text(await listed(admin_bot, who)) == ENGLISH("approvals-staff-only")
    text = ephemeral_text(await listed(admin_bot))
    assert all(each in text for each in (ENGLISH("approvals-list-title", movies=1), "movie 1", admin_bot.alice.mention))
    sam = admin_bot.guild.add_member(admin_bot.env.create_user("sam"), roles=[admin_bot.stars])
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    assert "movie 1" in ephemeral_text(await listed(admin_bot, sam))


async def test_a_movie_is_approved_in_the_list_and_the_staff_channel_shows_it(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    message = answered(await listed(admin_bot))
    await admin_bot.dana.click(message.message, label=ENGLISH("approvals-list-approve-button", number=1))
    expected = ENGLISH("approvals-approved", staff=admin_bot.dana.mention)
    assert expected in message_text(message)
    assert ENGLISH("approvals-list-empty") in message_text(message)
    assert admin_bot.stored_job().state is JobState.QUEUED
    assert field_of(pending.message, ENGLISH("approvals-decision-field")) == expected
    assert labels(pending.message) == []


async def test_a_movie_is_declined_in_the_list_even_after_a_restart(admin_bot: AdminHarness) -> None:
    await several(admin_bot, 2)
    message = answered(await listed(admin_bot))
    await admin_bot.restart()
    label = ENGLISH("approvals-list-decline-button", number=2)
    form = await admin_bot.press(admin_bot.dana, message, button(message, label))
    await admin_bot.dana.submit_modal(form, {ui.REASON: "no"})
    assert [job.state for job in admin_bot.stored_jobs()] == [JobState.AWAITING_APPROVAL, JobState.CANCELLED]
    assert ENGLISH("approvals-declined-because", staff=admin_bot.dana.mention, reason="no") in message_text(message)
    assert ENGLISH("approvals-list-title", movies=1) in message_text(message), "the list goes on with the others"
    await admin_bot.run_until_idle()
    assert ENGLISH("reasons-declined-because", reason="no") in message_text(admin_bot.messages()[-1])


async def test_the_list_has_pages_for_staff_alone(admin_bot: AdminHarness) -> None:
    await several(admin_bot, ui.PAGE_SIZE + 1)
    message = answered(await listed(admin_bot))
    for label in (ENGLISH("approvals-list-approve-button", number=1), ENGLISH("approvals-next-button")):
        answer = await admin_bot.press(admin_bot.bob, message, button(message, label))
        assert ephemeral_text(answer) == ENGLISH("approvals-staff-only")
    for arguments in ("", ":x", ":9999999"):
        forged = await admin_bot.press(admin_bot.dana, message, f"m:{ui.PAGE}{arguments}")
        assert "movie 1" not in ephemeral_text(forged)
    message = answered(await listed(admin_bot))
    assert f"movie {ui.PAGE_SIZE}" in message_text(message)
    assert f"movie {ui.PAGE_SIZE + 1}" not in message_text(message)
    await admin_bot.dana.click(message.message, label=ENGLISH("approvals-next-button"))
    assert f"movie {ui.PAGE_SIZE + 1}" in message_text(message)
    await admin_bot.dana.click(message.message, label=ENGLISH("approvals-list-approve-button", number=1))
    assert f"movie {ui.PAGE_SIZE}" in message_text(message)
    assert admin_bot.stored_jobs()[-1].state is JobState.QUEUED


# ── what staff may cancel after a block ──────────────────────────────────────────────────────────────────────────────


async def blocked_with_movies(bot: AdminHarness) -> tuple[int, str]:
    for _ in range(2):
        await bot.movie(duration=20)
    return offer_of(await bot.quota("block", member=bot.alice))


def offer_of(result: InteractionResult) -> tuple[int, str]:
    [offer] = result.followups
    assert offer.ephemeral
    assert message_text(offer) == ENGLISH("quota-queued", movies=2)
    return offer.message.id, custom_ids(offer)[quota_admin.CANCEL_QUEUED]


async def test_what_waits_is_cancelled_and_refunded(admin_bot: AdminHarness) -> None:
    """The public cards name staff. The message about what waits for staff has no buttons any more."""
    assert (await admin_bot.quota("block", member=admin_bot.bob)).followups == [], "nothing of Bob's waits"
    message_id, button = await blocked_with_movies(admin_bot)
    await admin_bot.press(admin_bot.dana, message_id, button)
    assert admin_bot.budget("member") == BudgetTotals(used=0, held=0)
    rows = query(admin_bot.place, "SELECT state, end_reason FROM jobs")
    assert rows == [{"state": "cancelled", "end_reason": EndReason.CANCELLED_BY_STAFF}] * 2
    for card in admin_bot.messages():
        assert ENGLISH("reasons-cancelled-by-staff") in message_text(card)
    [entry] = [each for each in admin_bot.audit_entries() if each.action is AuditAction.CANCEL_QUEUED]
    assert (entry.subject_id, entry.credits) == (admin_bot.alice.id, 400)
    await admin_bot.quota("unblock", member=admin_bot.alice)
    pending = await awaiting(admin_bot)
    assert labels(pending.message) != []
    [offer] = (await admin_bot.quota("block", member=admin_bot.alice)).followups
    await admin_bot.press(admin_bot.dana, offer.message.id, custom_ids(offer)[quota_admin.CANCEL_QUEUED])
    assert admin_bot.stored_jobs()[-1].end_reason is EndReason.CANCELLED_BY_STAFF
    assert labels(pending.message) == []


async def test_movies_in_progress_finish(admin_bot: AdminHarness) -> None:
    message_id, button = await blocked_with_movies(admin_bot)
    await admin_bot.run_until_idle()
    await admin_bot.press(admin_bot.dana, message_id, button)
    assert {row["state"] for row in query(admin_bot.place, "SELECT state FROM jobs")} == {"rendering"}
    assert [each.action for each in admin_bot.audit_entries()] == [AuditAction.BLOCK]


async def test_a_block_from_a_report_offers_it_too(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    for _ in range(2):
        await admin_bot.movie(duration=10)
    form, second = [await case.press(movie_reports.BLOCK) for _ in range(2)]
    offer_of(await admin_bot.dana.submit_modal(form, {"hours": "", "reason": ""}))
    again = await admin_bot.dana.submit_modal(second, {"hours": "", "reason": ""})
    assert [labels(each) for each in again.followups] == [[]], "the block does not count twice"
