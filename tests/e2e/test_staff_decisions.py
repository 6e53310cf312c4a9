"""What staff decide: movies that wait for them, what a block leaves in the queue, and reports."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.domain.approvals import ApprovalScope
from bot.domain.jobs import EndReason, JobState
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction
from bot.ui import approvals as ui
from bot.ui import movie_reports, quota
from bot.ui.job_status import reason_text
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed, newest_job
from tests.helpers.expected_text import ENGLISH, card_title
from tests.helpers.ledger_checks import BudgetTotals, execute, query
from tests.helpers.reading import actions, answered, button, custom_ids, ephemeral_text, field_of, labels, message_text
from tests.helpers.reporting import REPORT, cases, newest, report, reported
from tests.helpers.staff_message import told_besides
from tests.helpers.steps import completed_movie, rendering

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
    assert str(card.id) in message_text(pending.message)
    await admin_bot.restart()
    await admin_bot.run_until_idle(DAY)
    assert admin_bot.ordered() == 0
    assert len([each for each in admin_bot.lines.history() if each.components]) == 1
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await pending.press()
    assert labels(pending.message) == []
    [card] = admin_bot.messages()
    assert card.embeds[0].title == card_title(JobState.QUEUED)
    await admin_bot.finish()
    assert admin_bot.ordered() == 1
    assert admin_bot.member().used == job.price


async def test_a_declined_movie_is_refunded_and_its_member_told_once(admin_bot: AdminHarness) -> None:
    pending, reason = await awaiting(admin_bot), "Too *gory* for @everyone"
    await pending.decline(reason)
    await admin_bot.run_until_idle()
    await admin_bot.run_until_idle(DAY)
    job, (told,) = admin_bot.stored_job(), admin_bot.messages()
    assert (job.end_reason, job.decline_reason) == (EndReason.DECLINED, reason)
    assert reason_text(ENGLISH, job) in message_text(told)
    assert told.mentions == [] or {each.id for each in told.mentions} == {admin_bot.alice.id}
    assert not told.mention_everyone
    assert (admin_bot.member().held, admin_bot.ordered()) == (0, 0)


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


async def test_a_reason_that_no_client_sends_declines_nothing(admin_bot: AdminHarness) -> None:
    await awaiting(admin_bot)
    custom_id = f"m:{ui.DECLINE_SET}:{admin_bot.stored_job().id}"
    answer = await admin_bot.submit(admin_bot.dana, custom_id, {ui.REASON: "x" * (MAX_REASON_LENGTH + 1)})
    assert ephemeral_text(answer) == ui.reason_too_long(ENGLISH)
    assert admin_bot.stored_job().state is JobState.AWAITING_APPROVAL
    await admin_bot.submit(admin_bot.dana, custom_id, {ui.REASON: "x" * MAX_REASON_LENGTH})
    assert admin_bot.stored_job().state is not JobState.AWAITING_APPROVAL


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


async def test_movies_wait_while_the_staff_channel_is_closed_and_the_card_says_so(admin_bot: AdminHarness) -> None:
    await configure(admin_bot, approval=ApprovalScope.EVERYONE, staff_channel=admin_bot.lines.id)
    lines = f"/channels/{admin_bot.lines.id}/messages"
    admin_bot.env.inject_error("POST", lines, status=403, code=50001, times=None)
    await admin_bot.movie()
    await admin_bot.run_until_idle()
    await admin_bot.made(admin_bot.bob)
    assert {job.state for job in admin_bot.stored_jobs()} == {JobState.AWAITING_APPROVAL}
    assert ENGLISH("cards-staff-not-informed") in field_of(admin_bot.messages()[-1], STATUS)
    assert admin_bot.ordered() == 0


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


async def blocked_with_movies(bot: AdminHarness) -> tuple[int, str]:
    for _ in range(2):
        await bot.movie(duration=20)
    return offer_of(await bot.quota("block", member=bot.alice))


def offer_of(result: InteractionResult) -> tuple[int, str]:
    [offer] = result.followups
    assert offer.ephemeral
    assert message_text(offer) == ENGLISH("quota-queued", movies=2)
    return offer.message.id, custom_ids(offer)[quota.CANCEL_QUEUED]


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
    await admin_bot.press(admin_bot.dana, offer.message.id, custom_ids(offer)[quota.CANCEL_QUEUED])
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


OPEN = [movie_reports.REMOVE, movie_reports.BLOCK, movie_reports.DISMISS]
REPEATED = ENGLISH("reported-repeated")


def helper(bot: AdminHarness) -> MemberActor:
    settings = f'{{"staff_roles": [{bot.stars.id}]}}'
    execute(bot.place, f"UPDATE guild_settings SET settings = '{settings}' WHERE guild_id = {bot.guild.id}")
    return bot.guild.add_member(bot.env.create_user("hugo"), roles=[bot.stars])


async def test_staff_read_what_is_reported_and_why_but_not_by_whom(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot)
    early, job = await admin_bot.bob.click(movie, label=REPORT), admin_bot.stored_job()
    await admin_bot.submit(admin_bot.bob, f"m:{movie_reports.SEND}:{job.id}", {"reason": "x" * 301})
    assert cases(admin_bot) == [], "no form takes so much"
    assert await report(admin_bot.bob, movie, " It's **scary**.\n") == ENGLISH("reported-saved")
    assert query(admin_bot.place, "SELECT reason FROM movie_reports") == [{"reason": "It's **scary**."}]
    case = await newest(admin_bot, movie)
    text = message_text(case.message)
    link = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}/{case.movie.id}"
    assert ENGLISH("reported-title", reports=1) in text
    assert f"{admin_bot.alice.mention}\n[" in field_of(case.message, ENGLISH("cards-requester-field"))
    assert all(each in text for each in (f"({link})", "a red balloon", "It's \\*\\*scary\\*\\*.", job.id))
    assert not [each for each in (str(admin_bot.bob.id), "bob") if each in text]
    assert actions(case.message) == OPEN
    assert ephemeral_text(await admin_bot.bob.submit_modal(early, {"reason": ""})) == REPEATED
    await admin_bot.restart()
    assert ephemeral_text(await admin_bot.bob.click(movie, label=REPORT)) == REPEATED
    assert await report(admin_bot.dana, movie, "x" * 300) == ENGLISH("reported-saved")
    await admin_bot.run_until_idle(15)
    assert ENGLISH("reported-title", reports=2) in message_text(case.message)
    assert sum(bool(each.components) for each in admin_bot.lines.history()) == 1
    assert actions(case.message) == OPEN


async def test_a_report_without_a_staff_channel_is_kept_until_there_is_one(admin_bot: AdminHarness) -> None:
    movie = await completed_movie(admin_bot)
    execute(admin_bot.place, "UPDATE outbox SET channel_id = NULL, message_id = 0")
    assert await report(admin_bot.bob, movie, "Bad") == ENGLISH("reported-no-channel")
    await admin_bot.run_until_idle(DAY)
    await admin_bot.restart()
    await admin_bot.set_staff_channel(admin_bot.lines)
    text = message_text((await newest(admin_bot, movie)).message)
    assert "Bad" in text
    assert f"(https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}/{movie.id})" in text


async def test_a_movie_is_reported_once_it_is_in_the_channel(admin_bot: AdminHarness) -> None:
    await rendering(admin_bot)
    [card] = admin_bot.messages()
    assert "report" not in actions(card)
    forged = await admin_bot.press(admin_bot.bob, card, f"m:report:{admin_bot.stored_job().id}")
    assert ephemeral_text(forged) == ENGLISH("buttons-unknown-movie")
    await admin_bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await admin_bot.run_until_idle(600)
    [movie] = admin_bot.direct_messages(admin_bot.alice)
    assert "report" not in actions(movie)
    assert cases(admin_bot) == []


async def test_staff_remove_a_movie(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    admin_bot.env.inject_error("DELETE", f"/channels/{admin_bot.channel.id}/messages/*", status=503, times=1)
    await case.press(movie_reports.REMOVE, hugo)
    removed = ENGLISH("reported-removed", staff=hugo.mention)
    assert field_of(case.message, ENGLISH("approvals-decision-field")) == removed
    assert actions(case.message) == [movie_reports.BLOCK]
    await admin_bot.restart()
    for _ in range(3):
        await admin_bot.run_until_idle(3600)
    assert (admin_bot.messages(), admin_bot.stored_job().movie_url) == ([], None)
    for second in (movie_reports.REMOVE, movie_reports.DISMISS):
        assert told_besides(await case.press(second)) == removed
    assert cases(admin_bot)[0]["decided_by"] == hugo.id
    [entry] = [each for each in admin_bot.audit_entries() if each.action is AuditAction.MOVIE_REMOVED]
    assert (entry.by.actor_id, entry.subject_id) == (hugo.id, admin_bot.alice.id)
    assert actions(case.message) == [movie_reports.BLOCK]


async def test_staff_dismiss_a_report_and_the_movie_stays(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await case.press(movie_reports.DISMISS)
    assert actions(case.message) == OPEN
    await admin_bot.run_until_idle(15)
    dismissed = ENGLISH("reported-dismissed", staff=admin_bot.dana.mention)
    assert dismissed in message_text(case.message)
    assert actions(case.message) == []
    assert admin_bot.posted()[-1].endswith(
        ENGLISH("log-report-dismissed", member=admin_bot.alice.mention, id=admin_bot.stored_job().id)
    )
    erin = admin_bot.guild.add_member(admin_bot.env.create_user("erin"))
    assert await report(erin, case.movie) == ENGLISH("reported-reviewed")
    await admin_bot.run_until_idle(15)
    assert ENGLISH("reported-title", reports=2) in message_text(case.message)
    assert dismissed in message_text(case.message)
    assert actions(case.message) == []
    assert told_besides(await case.press(movie_reports.REMOVE, helper(admin_bot))) == dismissed
    assert [each.id for each in admin_bot.messages()] == [case.movie.id]


async def test_staff_block_the_member_of_a_movie_once(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    mine, theirs = [await case.press(movie_reports.BLOCK, who) for who in (hugo, admin_bot.dana)]
    form = f"m:{movie_reports.BLOCK_CONFIRM}:{admin_bot.stored_job().id}"
    wrong = [{"hours": each} for each in ("0", "8761", "x", "-1", "1.5")] + [{"reason": "x" * (MAX_REASON_LENGTH + 1)}]
    for fields in wrong:
        assert (await admin_bot.submit(hugo, form, fields)).ephemeral
    assert (query(admin_bot.place, "SELECT * FROM member_blocks"), actions(case.message)) == ([], OPEN)
    await hugo.submit_modal(mine, {"hours": "8760", "reason": "Not here"})
    blocked = ENGLISH("reported-blocked", staff=hugo.mention, member=admin_bot.alice.mention)
    assert blocked in message_text(case.message)
    assert actions(case.message) == [movie_reports.REMOVE, movie_reports.DISMISS]
    assert told_besides(await admin_bot.dana.submit_modal(theirs, {"hours": " ", "reason": " "})) == blocked
    assert told_besides(await case.press(movie_reports.BLOCK)) == blocked
    [entry] = [each for each in admin_bot.audit_entries() if each.action is AuditAction.BLOCK]
    assert (entry.duration_hours, entry.by.reason) == (8760, "Not here")
    assert ENGLISH("refusals-reason", reason="Not here") in ephemeral_text(await admin_bot.movie())
    admin_bot.duplicate_interactions()
    assert (await case.press(movie_reports.DISMISS, hugo)).followups == [], "of two processes, one answers"
    assert "interaction_duplicate" in caplog.messages
    assert actions(case.message) == []


async def test_nobody_decides_about_their_own_movie(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot, who=admin_bot.dana)
    await report(admin_bot.bob, movie)
    own = await newest(admin_bot, movie)
    for action in (movie_reports.BLOCK, movie_reports.DISMISS):
        assert ephemeral_text(await own.press(action)) == ENGLISH("reported-own-decision")
    assert actions(own.message) == OPEN
    await own.press(movie_reports.DISMISS, helper(admin_bot))
    assert [row["state"] for row in cases(admin_bot)] == ["dismissed"]


async def test_an_open_report_is_where_staff_find_it(admin_bot: AdminHarness) -> None:
    deleted = await reported(admin_bot)
    await admin_bot.clock.advance(DAY)
    await deleted.message.delete()
    await report(admin_bot.dana, deleted.movie, "Still there")
    await admin_bot.run_until_idle(15)
    case = await newest(admin_bot, deleted.movie)
    assert case.message_id != deleted.message_id
    other = admin_bot.guild.create_text_channel("new-staff")
    await admin_bot.set_staff_channel(other)
    await admin_bot.run_until_idle()
    [moved] = [each for each in other.history() if each.components]
    assert actions(moved) == OPEN
    assert case.message_id not in [each.id for each in admin_bot.lines.history()]
    posts = [each.json for each in admin_bot.requests("POST", "/messages") if each.json]
    assert len({each["nonce"] for each in posts if movie_reports.DISMISS in str(each.get("components"))}) == 2
