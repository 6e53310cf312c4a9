"""Movies that wait for staff, who approve, decline or cancel them."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.approval import ApprovalScope
from bot.domain.job import EndReason, JobState
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction
from bot.ui import approvals as ui
from bot.ui import movie_reports, quota_admin
from bot.ui.end_reasons import reason_text
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed, newest_job
from tests.helpers.expected_text import ENGLISH, card_title
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.reading import answered, button, custom_ids, ephemeral_text, field_of, labels, message_text
from tests.helpers.reporting import reported
from tests.helpers.staff_message import told_besides

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60
STATUS = ENGLISH("cards-status-field")
DECISION = ENGLISH("approvals-decision-field")


def staff_member(bot: AdminHarness, name: str = "sam") -> MemberActor:
    return bot.guild.add_member(bot.env.create_user(name), roles=[bot.stars])


async def test_a_movie_waits_with_its_credits_until_it_is_approved(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    job, (card,) = admin_bot.stored_job(), admin_bot.messages()
    assert job.state is JobState.AWAITING_APPROVAL
    assert admin_bot.member().held == job.price
    assert card.embeds[0].title == ENGLISH("cards-awaiting-title")
    assert field_of(card, STATUS) == ENGLISH("cards-awaiting")
    assert labels(card)[0] == ENGLISH("buttons-cancel-button")
    assert labels(pending.message) == [ENGLISH("approvals-approve-button"), ENGLISH("approvals-decline-button")]
    text = message_text(pending.message)
    assert "a red balloon" in text
    assert admin_bot.alice.mention in text
    assert f"{job.price} credits" in text
    assert str(card.id) in text
    await admin_bot.restart()
    await admin_bot.run_until_idle(DAY)
    assert admin_bot.ordered() == 0
    assert len([each for each in admin_bot.lines.history() if each.components]) == 1
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await pending.press()
    assert field_of(pending.message, DECISION) == ENGLISH("approvals-approved", staff=admin_bot.dana.mention)
    assert labels(pending.message) == []
    [card] = admin_bot.messages()
    assert card.embeds[0].title == card_title(JobState.QUEUED)
    await admin_bot.finish()
    assert admin_bot.ordered() == 1
    assert admin_bot.stored_job().state is JobState.COMPLETED
    assert admin_bot.member().used == job.price
    assert [each.action for each in admin_bot.audit_entries()][-2:] == [
        AuditAction.REQUEST_APPROVAL,
        AuditAction.APPROVE_MOVIE,
    ]


async def test_a_declined_movie_is_refunded_and_its_member_told_once(admin_bot: AdminHarness) -> None:
    pending, reason = await awaiting(admin_bot), "Too *gory* for @everyone"
    await pending.decline(reason)
    await admin_bot.run_until_idle()
    await admin_bot.run_until_idle(DAY)
    job, (told,) = admin_bot.stored_job(), admin_bot.messages()
    assert (job.end_reason, job.decline_reason) == (EndReason.DECLINED, reason)
    assert told.content == ENGLISH("deliveries-not-started", member=admin_bot.alice.mention)
    assert reason_text(ENGLISH, job) in message_text(told)
    assert told.mentions == [] or {each.id for each in told.mentions} == {admin_bot.alice.id}
    assert not told.mention_everyone
    assert admin_bot.member().held == 0
    decision = field_of(pending.message, DECISION)
    assert decision == ui.outcome(ENGLISH, job)
    assert (labels(pending.message), admin_bot.ordered()) == ([], 0)


async def test_staff_by_role_decide_but_not_about_their_own_movies_and_managers_movies_do_not_wait(
    admin_bot: AdminHarness,
) -> None:
    sam, sue = staff_member(admin_bot), staff_member(admin_bot, "sue")
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    pending = await awaiting(admin_bot, who=sam)
    assert ephemeral_text(await pending.press(who=sam)) == ENGLISH("approvals-own")
    await configure(admin_bot, staff_roles=())
    assert ephemeral_text(await pending.press(who=sue)) == ENGLISH("approvals-staff-only")
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    await pending.press(who=sue)
    assert admin_bot.stored_job().decided_by == sue.id
    await admin_bot.movie(admin_bot.dana)
    assert newest_job(admin_bot).state is JobState.QUEUED


# ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_reason_that_no_client_sends_declines_nothing(admin_bot: AdminHarness) -> None:
    await awaiting(admin_bot)
    custom_id = f"m:{ui.DECLINE_SET}:{admin_bot.stored_job().id}"
    answer = await admin_bot.submit(admin_bot.dana, custom_id, {ui.REASON: "x" * (MAX_REASON_LENGTH + 1)})
    assert ephemeral_text(answer) == ui.reason_too_long(ENGLISH)
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL
    await admin_bot.submit(admin_bot.dana, custom_id, {ui.REASON: "x" * MAX_REASON_LENGTH})
    assert admin_bot.stored_job().state is not JobState.AWAITING_APPROVAL


# ── meanwhile ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_member_cancels_what_waits_and_staff_see_it(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    [card] = admin_bot.messages()
    await admin_bot.press(admin_bot.alice, card, button(card, ENGLISH("buttons-cancel-button")))
    job = admin_bot.stored_job()
    assert (job.end_reason, admin_bot.member().held) == (EndReason.CANCELLED_BY_MEMBER, 0)
    expected = ENGLISH("approvals-withdrawn", member=admin_bot.alice.mention)
    assert field_of(pending.message, DECISION) == expected
    assert labels(pending.message) == []
    assert told_besides(await pending.press()) == expected
    assert admin_bot.ordered() == 0


async def test_a_movie_that_nobody_decides_about_is_refunded_after_two_days(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    await admin_bot.run_until_idle(2 * DAY - 60)
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL
    await admin_bot.run_until_idle(60)
    await admin_bot.run_until_idle(DAY)
    [told] = admin_bot.messages()
    assert told.content == ENGLISH("deliveries-not-started", member=admin_bot.alice.mention)
    assert ENGLISH("reasons-approval-lapsed") in message_text(told)
    assert field_of(pending.message, DECISION) == ENGLISH("approvals-lapsed")
    assert admin_bot.member().held == 0
    assert told_besides(await pending.press()) == ENGLISH("approvals-lapsed")


# ── where the staff channel can't be posted to ───────────────────────────────────────────────────────────────────


def close_staff_channel(bot: AdminHarness) -> None:
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50001, times=None)


async def test_movies_wait_while_the_staff_channel_is_closed_and_the_card_says_so(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, approval=ApprovalScope.EVERYONE, staff_channel=admin_bot.lines.id)
    close_staff_channel(admin_bot)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    await admin_bot.movie(admin_bot.bob)
    await admin_bot.finish()
    assert {job.state for job in admin_bot.stored_jobs()} == {JobState.AWAITING_APPROVAL}
    assert ENGLISH("cards-staff-not-informed") in field_of(admin_bot.messages()[-1], STATUS)
    assert admin_bot.ordered() == 0


# ── /movies for what waits, and what staff may cancel after a block ───────────────────────────────────────────────────


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


async def test_a_block_from_a_report_offers_it_too(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    for _ in range(2):
        await admin_bot.movie(duration=10)
    form, second = [await case.press(movie_reports.BLOCK) for _ in range(2)]
    offer_of(await admin_bot.dana.submit_modal(form, {"hours": "", "reason": ""}))
    again = await admin_bot.dana.submit_modal(second, {"hours": "", "reason": ""})
    assert [labels(each) for each in again.followups] == [[]], "the block does not count twice"
