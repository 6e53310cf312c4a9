"""Movies that wait for staff: approved and declined in the staff channel."""

from __future__ import annotations

import discord
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
    await admin_bot.run_until_idle(DAY)
    assert admin_bot.ordered() == 0
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


@pytest.mark.parametrize("reason", ["", "Too *gory* for @everyone"])
async def test_a_declined_movie_is_refunded_and_its_member_told_once(admin_bot: AdminHarness, reason: str) -> None:
    pending = await awaiting(admin_bot)
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


@pytest.mark.parametrize("action", [ui.APPROVE, ui.DECLINE])
async def test_only_staff_decide(admin_bot: AdminHarness, action: str) -> None:
    """The requester, other members and a role that isn't staff are refused."""
    pending = await awaiting(admin_bot)
    stranger = staff_member(admin_bot)
    for who in (admin_bot.alice, admin_bot.bob, stranger):
        assert ephemeral_text(await pending.press(action, who)) == ENGLISH("approvals-staff-only")
    form = {ui.REASON: "no"}
    custom_id = f"m:{ui.DECLINE_SET}:{admin_bot.stored_job().id}"
    assert ephemeral_text(await admin_bot.submit(stranger, custom_id, form)) == ENGLISH("approvals-staff-only")
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL


async def test_staff_by_role_decide_but_not_about_their_own_movies(admin_bot: AdminHarness) -> None:
    sam = staff_member(admin_bot)
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    pending = await awaiting(admin_bot, who=sam)
    assert ephemeral_text(await pending.press(who=sam)) == ENGLISH("approvals-own")
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL
    other = staff_member(admin_bot, "sue")
    await pending.press(who=other)
    assert admin_bot.stored_job().decided_by == other.id


async def test_a_role_that_was_taken_away_since_decides_nothing(admin_bot: AdminHarness) -> None:
    sam = staff_member(admin_bot)
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    pending = await awaiting(admin_bot)
    await configure(admin_bot, staff_roles=())
    assert ephemeral_text(await pending.press(who=sam)) == ENGLISH("approvals-staff-only")


async def test_managers_movies_do_not_wait(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, approval=ApprovalScope.EVERYONE)
    await admin_bot.movie(admin_bot.dana)
    assert admin_bot.stored_job().state is JobState.QUEUED


async def test_a_trusted_role_spares_the_wait_and_so_does_a_low_price(admin_bot: AdminHarness) -> None:
    roles = (admin_bot.stars.id,)
    await configure(admin_bot, approval=ApprovalScope.UNTRUSTED, trusted_roles=roles, approval_credits=100)
    await admin_bot.movie(staff_member(admin_bot), duration=20)
    await admin_bot.movie(duration=10)
    await admin_bot.movie(duration=11)
    states = [job.state for job in admin_bot.stored_jobs()]
    assert states == [JobState.QUEUED, JobState.QUEUED, JobState.AWAITING_APPROVAL]


# ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_second_of_two_staff_members_reads_who_was_first(admin_bot: AdminHarness) -> None:
    """`tests/data/test_approval_races.py` has decisions at the same time."""
    sam = staff_member(admin_bot)
    await configure(admin_bot, staff_roles=(admin_bot.stars.id,))
    pending = await awaiting(admin_bot)
    form = await pending.press(ui.DECLINE, sam)
    await pending.press()
    expected = ENGLISH("approvals-approved", staff=admin_bot.dana.mention)
    assert told_besides(await sam.submit_modal(form, {ui.REASON: "no"})) == expected
    assert told_besides(await pending.press(who=sam)) == expected
    job = admin_bot.stored_job()
    assert (job.state, job.decided_by, job.decline_reason) == (JobState.QUEUED, admin_bot.dana.id, "")


@pytest.mark.parametrize("restarts", [False, True])
async def test_a_second_press_changes_nothing_even_after_a_restart(admin_bot: AdminHarness, restarts: bool) -> None:
    pending = await awaiting(admin_bot)
    await pending.decline("no")
    if restarts:
        await admin_bot.restart()
    expected = ENGLISH("approvals-declined-because", staff=admin_bot.dana.mention, reason="no")
    assert told_besides(await pending.press()) == expected
    assert admin_bot.stored_job().state is JobState.CANCELLED
    assert admin_bot.ordered() == 0


async def test_buttons_of_before_a_restart_decide(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    await admin_bot.restart()
    await pending.press()
    await admin_bot.finish()
    assert admin_bot.stored_job().state is JobState.COMPLETED


async def test_a_restart_while_a_movie_waits_loses_and_repeats_nothing(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, approval=ApprovalScope.EVERYONE, staff_channel=admin_bot.lines.id)
    await admin_bot.movie()
    await admin_bot.restart()
    await newest(admin_bot)
    await admin_bot.restart()
    await admin_bot.run_until_idle()
    assert len([each for each in admin_bot.lines.history() if each.components]) == 1
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL


async def test_a_press_that_reaches_two_processes_counts_once(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    pending = await awaiting(admin_bot)
    admin_bot.duplicate_interactions()
    await pending.press()
    assert [each.message for each in caplog.records if each.levelname in ("WARNING", "ERROR")] == [
        "interaction_duplicate"
    ]
    decided = [each for each in admin_bot.audit_entries() if each.action is AuditAction.APPROVE_MOVIE]
    assert len(decided) == 1


async def test_a_press_whose_response_was_lost_shows_the_outcome_all_the_same(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await pending.press()
    assert field_of(pending.message, DECISION) == ENGLISH("approvals-approved", staff=admin_bot.dana.mention)


async def test_an_unknown_movie_and_that_of_another_server_are_not_found(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    crew = elsewhere.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    owner = elsewhere.add_member(admin_bot.env.create_user("olga"), roles=[crew])
    channel = elsewhere.create_text_channel("log")
    message = await owner.send(channel, "hello")
    answer = await admin_bot.press(owner, message.id, pending.buttons[ui.APPROVE], channel=channel)
    assert ephemeral_text(answer) == ENGLISH("approvals-unknown")
    gone = f"m:{ui.APPROVE}:0000000000000"
    answer = await admin_bot.press(admin_bot.dana, pending.message_id, gone, channel=admin_bot.lines)
    assert ephemeral_text(answer) == ENGLISH("approvals-unknown")
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL


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


async def test_the_movie_of_a_member_who_was_blocked_meanwhile_is_not_approved(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    await admin_bot.quota("block", member=admin_bot.alice)
    assert ephemeral_text(await pending.press()) == ENGLISH("approvals-blocked", member=admin_bot.alice.mention)
    assert labels(pending.message) != []
    await admin_bot.quota("unblock", member=admin_bot.alice)
    await pending.press()
    assert admin_bot.stored_job().state is JobState.QUEUED


async def test_a_prompt_that_breaks_a_rule_that_is_newer_is_not_approved(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    await configure(admin_bot, filter_rules=(admin_bot.stored_job().request.prompt.split()[-1],))
    assert ephemeral_text(await pending.press()) == ENGLISH("approvals-prompt")
    await pending.decline()
    assert admin_bot.member().held == 0


async def test_a_model_that_is_not_offered_any_more_is_refunded(admin_bot: AdminHarness) -> None:
    pending = await awaiting(admin_bot)
    await configure(admin_bot, video_models=("KLINGIMGTOVIDPRO",))
    assert told_besides(await pending.press()) == ENGLISH("approvals-not-offered")
    await admin_bot.run_until_idle()
    assert ENGLISH("reasons-not-offered") in message_text(admin_bot.messages()[-1])
    assert (admin_bot.member().held, admin_bot.ordered()) == (0, 0)


# ── where the staff channel can't be posted to ───────────────────────────────────────────────────────────────────


def close_staff_channel(bot: AdminHarness) -> None:
    """Make Discord refuse messages in the staff channel."""
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


async def test_movies_start_while_the_staff_channel_is_closed_where_the_server_wants_that(
    admin_bot: AdminHarness,
) -> None:
    fallback = ApprovalFallback.START
    values = {"approval": ApprovalScope.EVERYONE, "approval_fallback": fallback, "staff_channel": admin_bot.lines.id}
    await configure(admin_bot, **values)
    close_staff_channel(admin_bot)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    await admin_bot.movie(admin_bot.bob)
    await admin_bot.finish()
    assert {job.state for job in admin_bot.stored_jobs()} == {JobState.COMPLETED}
    logged = [each for each in admin_bot.audit_entries() if each.action is AuditAction.APPROVE_MOVIE]
    assert [each.actor_id for each in logged] == [0, 0]


async def test_no_movie_starts_unapproved_in_a_server_that_the_bot_was_removed_from(admin_bot: AdminHarness) -> None:
    """Before the gateway's event, the removal looks like a closed channel.

    That event may come only at the next start.
    """
    fallback = ApprovalFallback.START
    values = {"approval": ApprovalScope.EVERYONE, "approval_fallback": fallback, "staff_channel": admin_bot.lines.id}
    await configure(admin_bot, **values)
    await admin_bot.run_until_idle()
    close_staff_channel(admin_bot)
    admin_bot.env.inject_error("GET", f"/guilds/{admin_bot.guild.id}", status=404, code=10004, times=None)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    assert newest_job(admin_bot).state is JobState.AWAITING_APPROVAL
    admin_bot.env.backend.emit("GUILD_DELETE", {"id": str(admin_bot.guild.id)})
    await admin_bot.env.settle()
    ended = newest_job(admin_bot)
    assert (ended.state, ended.end_reason) == (JobState.CANCELLED, EndReason.SERVER_LEFT)
    assert (admin_bot.member().held, admin_bot.ordered()) == (0, 0)


@pytest.mark.parametrize("code", [200000, 240000, 50035])
async def test_a_prompt_that_discord_rejects_in_the_staff_channel_starts_nothing(
    admin_bot: AdminHarness, code: int
) -> None:
    """A link that Discord blocks must not spare a movie its approval."""
    fallback = ApprovalFallback.START
    values = {"approval": ApprovalScope.EVERYONE, "approval_fallback": fallback, "staff_channel": admin_bot.lines.id}
    await configure(admin_bot, **values)
    await admin_bot.run_until_idle()
    admin_bot.env.inject_error("POST", f"/channels/{admin_bot.lines.id}/messages", status=400, code=code, times=1)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    job = newest_job(admin_bot)
    assert job.state is JobState.AWAITING_APPROVAL
    assert job.id in admin_bot.lines.history()[-1].content
    await admin_bot.movie(admin_bot.bob)
    await newest(admin_bot)
    assert {each.state for each in admin_bot.stored_jobs()} == {JobState.AWAITING_APPROVAL}


async def test_a_new_staff_channel_shows_what_waits(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, approval=ApprovalScope.EVERYONE)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    [card] = admin_bot.messages()
    assert ENGLISH("cards-staff-not-informed") in field_of(card, STATUS)
    await admin_bot.set_staff_channel(admin_bot.lines)
    pending = await newest(admin_bot)
    await pending.press()
    assert newest_job(admin_bot).state is JobState.QUEUED


async def test_what_waits_is_shown_in_the_next_staff_channel_too(admin_bot: AdminHarness) -> None:
    """With another nonce: Discord would take it for the first message."""
    await awaiting(admin_bot)
    other = admin_bot.guild.create_text_channel("new-staff")
    await configure(admin_bot, staff_channel=other.id)
    await admin_bot.run_until_idle()
    assert len([each for each in other.history() if each.components]) == 1
    posts = [each.json for each in admin_bot.requests("POST", "/messages") if each.json]
    nonces = [each["nonce"] for each in posts if ui.APPROVE in str(each.get("components"))]
    assert len({*nonces}) == len(nonces) == 2
