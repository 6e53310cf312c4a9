"""What staff decide: movies that wait for them, what a block leaves in the queue, and reports."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.approvals import ApprovalScope
from bot.domain.jobs import EndReason, JobState
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction
from bot.ui import approvals as ui
from bot.ui import credit_requests, movie_list, movie_reports, quota, staff_subjects
from tests.helpers import asking
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, listed, newest_job
from tests.helpers.expected_text import ENGLISH, card_title, refusal
from tests.helpers.ledger_checks import BudgetTotals, execute, query
from tests.helpers.reading import (
    actions,
    answered,
    custom_ids,
    ephemeral_text,
    footer_of,
    labels,
    message_text,
    title_of,
)
from tests.helpers.reporting import cases, newest, report, reported
from tests.helpers.staff_message import StaffMessage, told_besides
from tests.helpers.steps import behind_more, completed_movie, rendering

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60


def staff_member(bot: AdminHarness, name: str = "sam") -> MemberActor:
    return bot.guild.add_member(bot.env.create_user(name), roles=[bot.stars])


async def test_a_movie_waits_with_its_credits_until_it_is_approved(bot: AdminHarness) -> None:
    pending = await awaiting(bot)
    job, (card,) = bot.stored_job(), bot.messages()
    assert job.state is JobState.AWAITING_APPROVAL
    assert bot.member().held == job.price
    assert str(card.id) in message_text(pending.message)
    await bot.restart()
    await bot.run_until_idle(DAY)
    assert bot.ordered() == 0
    assert len([each for each in bot.lines.history() if actions(each)]) == 1
    bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await pending.press()
    assert labels(pending.message) == []
    [card] = bot.messages()
    assert title_of(card) == card_title(JobState.QUEUED)
    await bot.finish()
    assert bot.ordered() == 1
    assert bot.member().used == job.price


async def test_staff_by_role_decide_but_not_about_their_own_movies_and_managers_movies_do_not_wait(
    bot: AdminHarness,
) -> None:
    sam, sue = staff_member(bot), staff_member(bot, "sue")
    await configure(bot, staff_roles=(bot.stars.id,))
    pending = await awaiting(bot, who=sam)
    assert ephemeral_text(await pending.press(who=sam)) == ENGLISH("approvals-own")
    await pending.press(who=sue)
    assert bot.stored_job().decided_by == sue.id
    await bot.movie(bot.dana)
    assert newest_job(bot).state is JobState.QUEUED


async def test_a_reason_that_no_client_sends_declines_nothing(bot: AdminHarness) -> None:
    await awaiting(bot)
    custom_id = f"m:{ui.DECLINE_SET}:{bot.stored_job().id}"
    answer = await bot.submit(bot.dana, custom_id, {ui.REASON: "x" * (MAX_REASON_LENGTH + 1)})
    assert ephemeral_text(answer) == refusal("approvals-reason-too-long", max=MAX_REASON_LENGTH)
    assert bot.stored_job().state is JobState.AWAITING_APPROVAL
    await bot.submit(bot.dana, custom_id, {ui.REASON: "x" * MAX_REASON_LENGTH})
    assert bot.stored_job().state is not JobState.AWAITING_APPROVAL


async def test_a_movie_that_nobody_decides_about_is_refunded_after_two_days(bot: AdminHarness) -> None:
    pending = await awaiting(bot)
    await bot.run_until_idle(2 * DAY - 60)
    assert bot.stored_job().state is JobState.AWAITING_APPROVAL
    await bot.run_until_idle(60)
    await bot.run_until_idle(DAY)
    [told] = bot.messages()
    assert ENGLISH("deliveries-not-started", member=bot.alice.mention) in message_text(told)
    assert ENGLISH("reasons-approval-lapsed") in message_text(told)
    assert ENGLISH("approvals-lapsed") in message_text(pending.message).splitlines()
    assert bot.member().held == 0
    assert told_besides(await pending.press()) == ENGLISH("approvals-lapsed")


async def test_movies_wait_while_the_staff_channel_is_closed_and_the_card_says_so(bot: AdminHarness) -> None:
    await configure(bot, approval=ApprovalScope.EVERYONE, staff_channel=bot.lines.id)
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50001, times=None)
    await bot.made()
    await bot.movie(bot.bob)
    assert {job.state for job in bot.stored_jobs()} == {JobState.AWAITING_APPROVAL}
    assert ENGLISH("cards-staff-not-informed") in message_text(bot.messages()[-1])


async def several(bot: AdminHarness, count: int) -> None:
    await configure(bot, approval=ApprovalScope.EVERYONE)
    for number in range(count):
        await bot.movie(bot.bob if number % 2 else bot.alice, prompt=f"movie {number + 1}", duration=5)


async def test_staff_see_what_waits_and_nobody_else_does(bot: AdminHarness) -> None:
    empty = await listed(bot)
    assert ENGLISH("approvals-list-empty") in ephemeral_text(empty)
    assert labels(answered(empty)) == []
    await several(bot, 1)
    assert ephemeral_text(await listed(bot, bot.alice)) == ENGLISH("approvals-staff-only")
    text = ephemeral_text(await listed(bot))
    assert all(each in text for each in (ENGLISH("approvals-list-title", movies=1), "movie 1", bot.alice.mention))
    await configure(bot, staff_roles=(bot.stars.id,))
    assert "movie 1" in ephemeral_text(await listed(bot, staff_member(bot)))


async def test_a_movie_is_approved_in_the_list_and_the_staff_channel_shows_it(bot: AdminHarness) -> None:
    pending = await awaiting(bot)
    message = answered(await listed(bot))
    await bot.press(bot.dana, message, custom_ids(message)[ui.APPROVE])
    expected = ENGLISH("approvals-approved", staff=bot.dana.mention)
    assert expected in message_text(message)
    assert ENGLISH("approvals-list-empty") in message_text(message)
    assert bot.stored_job().state is JobState.QUEUED
    assert expected in message_text(pending.message).splitlines()
    assert labels(pending.message) == []


async def test_a_movie_is_declined_in_the_list_even_after_a_restart(bot: AdminHarness) -> None:
    await several(bot, 2)
    message = answered(await listed(bot))
    await bot.restart()
    form = await bot.press(bot.dana, message, custom_ids(message)[ui.DECLINE])
    await bot.dana.submit_modal(form, {ui.REASON: "no"})
    assert [job.state for job in bot.stored_jobs()] == [JobState.AWAITING_APPROVAL, JobState.CANCELLED]
    assert ENGLISH("approvals-declined-because", staff=bot.dana.mention, reason="no") in message_text(message)
    assert ENGLISH("approvals-list-title", movies=1) in message_text(message), "the list goes on with the others"
    await bot.run_until_idle()
    assert ENGLISH("reasons-declined-because", reason="no") in message_text(bot.messages()[-1])


async def test_the_list_has_pages(bot: AdminHarness) -> None:
    await several(bot, ui.PAGE_SIZE + 1)
    message = answered(await listed(bot))
    assert f"movie {ui.PAGE_SIZE}" in message_text(message)
    assert f"movie {ui.PAGE_SIZE + 1}" not in message_text(message)
    await bot.dana.click(message.message, label=ENGLISH("approvals-next-button"))
    assert f"movie {ui.PAGE_SIZE + 1}" in message_text(message)
    await bot.press(bot.dana, message, custom_ids(message)[ui.APPROVE])
    assert f"movie {ui.PAGE_SIZE}" in message_text(message)
    assert bot.stored_jobs()[-1].state is JobState.QUEUED


def offer_of(result: InteractionResult) -> tuple[int, str]:
    [offer] = result.followups
    assert offer.ephemeral
    assert message_text(offer) == ENGLISH("quota-queued", movies=2)
    return offer.message.id, custom_ids(offer)[quota.CANCEL_QUEUED]


async def test_what_waits_is_cancelled_and_refunded(bot: AdminHarness) -> None:
    assert (await bot.quota("block", member=bot.bob)).followups == [], "nothing of Bob's waits"
    for _ in range(2):
        await bot.movie(duration=20)
    message_id, button = offer_of(await bot.quota("block", member=bot.alice))
    await bot.press(bot.dana, message_id, button)
    assert bot.budget("member") == BudgetTotals(used=0, held=0)
    rows = query(bot.place, "SELECT state, end_reason FROM jobs")
    assert rows == [{"state": "cancelled", "end_reason": EndReason.CANCELLED_BY_STAFF}] * 2
    for card in bot.messages():
        assert ENGLISH("reasons-cancelled-by-staff") in message_text(card)
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.CANCEL_QUEUED]
    assert (entry.subject_id, entry.credits) == (bot.alice.id, 400)
    await bot.quota("unblock", member=bot.alice)
    pending = await awaiting(bot)
    assert labels(pending.message) != []
    [offer] = (await bot.quota("block", member=bot.alice)).followups
    await bot.press(bot.dana, offer.message.id, custom_ids(offer)[quota.CANCEL_QUEUED])
    assert bot.stored_jobs()[-1].end_reason is EndReason.CANCELLED_BY_STAFF
    assert labels(pending.message) == []


async def test_a_block_from_a_report_offers_it_too(bot: AdminHarness) -> None:
    case = await reported(bot)
    for _ in range(2):
        await bot.movie(duration=10)
    form, second = [await case.press(staff_subjects.BLOCK) for _ in range(2)]
    offer_of(await bot.dana.submit_modal(form, {"hours": "", "reason": ""}))
    again = await bot.dana.submit_modal(second, {"hours": "", "reason": ""})
    assert again.followups == [], "the block does not count twice"


OPEN = [movie_reports.REMOVE, movie_reports.DISMISS, staff_subjects.MORE]
REPEATED = ENGLISH("reported-repeated")


def helper(bot: AdminHarness) -> MemberActor:
    settings = f'{{"staff_roles": [{bot.stars.id}]}}'
    execute(bot.place, f"UPDATE guild_settings SET settings = '{settings}' WHERE guild_id = {bot.guild.id}")
    return bot.guild.add_member(bot.env.create_user("hugo"), roles=[bot.stars])


async def test_staff_read_what_is_reported_and_why_but_not_by_whom(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    movie = await completed_movie(bot)
    early, job = await behind_more(bot.bob, movie, "report"), bot.stored_job()
    await bot.submit(bot.bob, f"m:{movie_reports.SEND}:{job.id}", {"reason": "x" * 301})
    assert cases(bot) == [], "no form takes so much"
    assert await report(bot.bob, movie, " It's **scary**.\n") == ENGLISH("reported-saved")
    assert query(bot.place, "SELECT reason FROM movie_reports") == [{"reason": "It's **scary**."}]
    case = await newest(bot, movie)
    text = message_text(case.message)
    link = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}/{case.movie.id}"
    assert ENGLISH("reported-title", reports=1) in text
    assert f"{ENGLISH('cards-requester', member=bot.alice.mention)} · [" in footer_of(case.message)
    assert all(each in text for each in (f"({link})", "a red balloon", "It's \\*\\*scary\\*\\*.", job.id))
    assert not [each for each in (str(bot.bob.id), "bob") if each in text]
    assert actions(case.message) == OPEN
    assert ephemeral_text(await bot.bob.submit_modal(early, {"reason": ""})) == REPEATED
    await bot.restart()
    assert ephemeral_text(await bot.press(bot.bob, movie, f"m:report:{job.id}")) == REPEATED
    assert await report(bot.dana, movie, "x" * 300) == ENGLISH("reported-saved")
    await bot.run_until_idle(15)
    assert ENGLISH("reported-title", reports=2) in message_text(case.message)
    assert sum(bool(actions(each)) for each in bot.lines.history()) == 1
    assert actions(case.message) == OPEN


async def test_a_report_without_a_staff_channel_is_kept_until_there_is_one(bot: AdminHarness) -> None:
    movie = await completed_movie(bot)
    assert await report(bot.bob, movie, "Bad") == ENGLISH("reported-no-channel")
    await bot.restart()
    await bot.set_staff_channel(bot.lines)
    assert "Bad" in message_text((await newest(bot, movie)).message)


async def test_a_movie_is_reported_once_it_is_in_the_channel(bot: AdminHarness) -> None:
    await rendering(bot)
    [card] = bot.messages()
    assert "report" not in actions(card)
    forged = await bot.press(bot.bob, card, f"m:report:{bot.stored_job().id}")
    assert ephemeral_text(forged) == ENGLISH("buttons-unknown-movie")
    await bot.act(bot.alice, card, "target", "direct")
    await bot.run_until_idle(600)
    [movie] = bot.direct_messages(bot.alice)
    assert "report" not in actions(movie)
    assert cases(bot) == []


async def test_staff_block_the_member_of_a_movie_once(bot: AdminHarness) -> None:
    case = await reported(bot)
    hugo = helper(bot)
    more = answered(await case.press(staff_subjects.MORE, hugo))
    mine = await bot.press(hugo, more, custom_ids(more)[staff_subjects.BLOCK], channel=bot.lines)
    theirs = await case.press(staff_subjects.BLOCK)
    form = f"m:{staff_subjects.BLOCK_CONFIRM}:{bot.stored_job().id}"
    wrong = [{"hours": each} for each in ("0", "8761", "x", "-1", "1.5")] + [{"reason": "x" * (MAX_REASON_LENGTH + 1)}]
    for fields in wrong:
        assert (await bot.submit(hugo, form, fields)).ephemeral
    assert (query(bot.place, "SELECT * FROM member_blocks"), actions(case.message)) == ([], OPEN)
    await hugo.submit_modal(mine, {"hours": "8760", "reason": "Not here"})
    blocked = ENGLISH("reported-blocked", staff=hugo.mention, member=bot.alice.mention)
    done = ENGLISH("log-confirmation", change=ENGLISH("log-block-hours", member=bot.alice.mention, hours=8760))
    assert (message_text(more), actions(more)) == (done, [])
    await bot.run_until_idle(15)
    assert blocked in message_text(case.message)
    assert actions(case.message) == OPEN, "managers may end the block"
    assert ephemeral_text(await bot.dana.submit_modal(theirs, {"hours": " ", "reason": " "})) == blocked
    assert ephemeral_text(await case.press(staff_subjects.BLOCK)) == blocked
    assert staff_subjects.BLOCK not in actions(answered(await case.press(staff_subjects.MORE)))
    [entry] = [each for each in bot.audit_entries() if each.action is AuditAction.BLOCK]
    assert (entry.duration_hours, entry.by.reason) == (8760, "Not here")
    assert ENGLISH("refusals-reason", reason="Not here") in ephemeral_text(await bot.movie())


async def test_nobody_decides_about_their_own_movie(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    movie = await completed_movie(bot, who=bot.dana)
    await report(bot.bob, movie)
    own = await newest(bot, movie)
    for action, said in ((staff_subjects.BLOCK, "staff-own"), (movie_reports.DISMISS, "reported-own-decision")):
        assert ephemeral_text(await own.press(action)) == ENGLISH(said)
    assert staff_subjects.BLOCK not in actions(answered(await own.press(staff_subjects.MORE)))
    assert actions(own.message) == OPEN
    await own.press(movie_reports.DISMISS, helper(bot))
    assert [row["state"] for row in cases(bot)] == ["dismissed"]


HISTORY = [movie_list.PAGE_ACTION, "credits"]


async def offered(message: StaffMessage, who: MemberActor | None = None) -> ResponseMessage:
    return answered(await message.press(staff_subjects.MORE, who))


async def test_staff_block_the_member_of_a_movie_that_waits_and_only_managers_end_it_or_see_money(
    bot: AdminHarness,
) -> None:
    pending, hugo = await awaiting(bot), helper(bot)
    card = await offered(pending, hugo)
    assert actions(card) == [staff_subjects.BLOCK], "no history: it says what movies cost"
    form = await bot.press(hugo, card, custom_ids(card)[staff_subjects.BLOCK], channel=bot.lines)
    await hugo.submit_modal(form, {staff_subjects.HOURS: "", staff_subjects.REASON: "Enough"})
    assert "Enough" in ephemeral_text(await bot.movie())
    card = await offered(pending, hugo)
    assert ("Enough" in message_text(card), actions(card)) == (True, [])
    job_id = bot.stored_job().id
    forged = await bot.press(hugo, card, f"m:{staff_subjects.UNBLOCK}:{job_id}", channel=bot.lines)
    assert ephemeral_text(forged) == ENGLISH("quota-not-allowed")
    card = await offered(pending)
    assert actions(card) == [staff_subjects.UNBLOCK, *HISTORY]
    await bot.press(bot.dana, card, custom_ids(card)[staff_subjects.UNBLOCK], channel=bot.lines)
    assert query(bot.place, "SELECT * FROM member_blocks") == []
    await pending.press()
    assert bot.stored_job().state is JobState.QUEUED, "the message works as before"


async def test_managers_see_what_who_asks_for_credits_did_in_this_server(bot: AdminHarness) -> None:
    request, hugo = await asking.asked(bot), helper(bot)
    await completed_movie(bot, prompt="a cat", duration=1)
    assert ephemeral_text(await request.press(staff_subjects.MORE, hugo)) == ENGLISH("quota-not-allowed")
    for action in HISTORY:
        card = await offered(request)
        assert actions(card) == [staff_subjects.BLOCK, *HISTORY]
        await bot.press(bot.dana, card, custom_ids(card)[action], channel=bot.lines)
        assert all(each in message_text(card) for each in ("a cat", str(10)))
    card = await offered(request)
    form = await bot.press(bot.dana, card, custom_ids(card)[staff_subjects.BLOCK], channel=bot.lines)
    await bot.dana.submit_modal(form, {staff_subjects.HOURS: "2"})
    refused = ENGLISH("requests-blocked", member=bot.alice.mention)
    assert ephemeral_text(await request.press()) == refused
    assert actions(request.message) == [credit_requests.GRANT, credit_requests.DECLINE, staff_subjects.MORE]


async def test_staff_cannot_block_the_member_of_a_movie_that_they_were_asked_nothing_about(bot: AdminHarness) -> None:
    await bot.set_staff_channel(bot.lines)
    movie = await completed_movie(bot)
    form = f"m:{staff_subjects.BLOCK_CONFIRM}:{bot.stored_job().id}"
    for custom_id in (form, form.replace(staff_subjects.BLOCK_CONFIRM, staff_subjects.MORE)):
        assert ephemeral_text(await bot.press(helper(bot), movie, custom_id)) == ENGLISH("staff-unknown")
    assert query(bot.place, "SELECT * FROM member_blocks") == []
