"""Movies that wait for staff: approved and declined in the staff channel."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor

from bot.domain.approval import ApprovalFallback, ApprovalScope
from bot.domain.job import EndReason, JobState
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction
from bot.ui import approvals as ui
from bot.ui.end_reasons import reason_text
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, newest, newest_job
from tests.helpers.expected_text import ENGLISH, card_title
from tests.helpers.reading import button, ephemeral_text, field_of, labels, message_text
from tests.helpers.staff_message import told_besides

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60
STATUS = ENGLISH("cards-status-field")
DECISION = ENGLISH("approvals-decision-field")


def staff_member(bot: AdminHarness, name: str = "sam") -> MemberActor:
    """Return a member with the role Stars, who manages nothing."""
    return bot.guild.add_member(bot.env.create_user(name), roles=[bot.stars])


async def test_a_movie_waits_with_its_credits_until_it_is_approved(admin_bot: AdminHarness) -> None:
    """A restart loses and repeats nothing, also where the response to the press is lost."""
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
    """A role that is taken away decides nothing."""
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


async def test_what_prevents_an_approval_is_said(admin_bot: AdminHarness) -> None:
    """A block and a newer rule leave the buttons; a model that is gone ends the movie with a refund."""
    pending = await awaiting(admin_bot)
    await admin_bot.quota("block", member=admin_bot.alice)
    assert ephemeral_text(await pending.press()) == ENGLISH("approvals-blocked", member=admin_bot.alice.mention)
    await admin_bot.quota("unblock", member=admin_bot.alice)
    await configure(admin_bot, filter_rules=("balloon",))
    assert ephemeral_text(await pending.press()) == ENGLISH("approvals-prompt")
    await configure(admin_bot, filter_rules=(), video_models=("KLINGIMGTOVIDPRO",))
    assert labels(pending.message) != []
    assert told_besides(await pending.press()) == ENGLISH("approvals-not-offered")
    await admin_bot.run_until_idle()
    assert ENGLISH("reasons-not-offered") in message_text(admin_bot.messages()[-1])
    assert (admin_bot.member().held, admin_bot.ordered()) == (0, 0)


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


async def test_no_movie_starts_unapproved_in_a_server_that_the_bot_was_removed_from(admin_bot: AdminHarness) -> None:
    """Before the gateway's event, which may come only at the next start, the removal looks like a closed channel."""
    fallback, channel = ApprovalFallback.START, admin_bot.lines.id
    await configure(admin_bot, approval=ApprovalScope.EVERYONE, approval_fallback=fallback, staff_channel=channel)
    close_staff_channel(admin_bot)
    admin_bot.env.inject_error("GET", f"/guilds/{admin_bot.guild.id}", status=404, code=10004, times=None)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    assert newest_job(admin_bot).state is JobState.AWAITING_APPROVAL


async def test_every_next_staff_channel_shows_what_waits(admin_bot: AdminHarness) -> None:
    """The request has another nonce there: Discord would take it for the first one."""
    await configure(admin_bot, approval=ApprovalScope.EVERYONE)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    [card] = admin_bot.messages()
    assert ENGLISH("cards-staff-not-informed") in field_of(card, STATUS)
    await admin_bot.set_staff_channel(admin_bot.guild.create_text_channel("old-staff"))
    await admin_bot.run_until_idle()
    await admin_bot.set_staff_channel(admin_bot.lines)
    pending = await newest(admin_bot)
    posts = [each.json for each in admin_bot.requests("POST", "/messages") if each.json]
    nonces = [each["nonce"] for each in posts if ui.APPROVE in str(each.get("components"))]
    assert len({*nonces}) == len(nonces) == 2
    await pending.press()
    assert newest_job(admin_bot).state is JobState.QUEUED
