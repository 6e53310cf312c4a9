"""*Report*: a member's report, and the decision of the server's staff."""

from __future__ import annotations

import discord
import pytest
from simcord.actors import MemberActor
from simcord.builders import ChannelHandle

from bot.domain.job import JobState
from bot.domain.movie_report import MAX_REPORTS_A_DAY, ReportOutcome
from bot.domain.quota import MAX_REASON_LENGTH, AuditAction, AuditContext
from bot.domain.server_setup import Setting
from bot.ui import movie_reports as ui
from data import movie_reports
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import execute, query
from tests.helpers.movie_list import has
from tests.helpers.reading import actions, ephemeral_text, field_of, message_text
from tests.helpers.reporting import REPORT, cases, newest, report, reported
from tests.helpers.staff_message import told_besides
from tests.helpers.steps import completed_movie, rendering

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60
OPEN = [ui.REMOVE, ui.BLOCK, ui.DISMISS]


def helper(bot: AdminHarness) -> MemberActor:
    """Add a member who is staff by a role, but no manager."""
    execute(
        bot.place,
        f"UPDATE guild_settings SET {Setting.STAFF_ROLES} = '[{bot.stars.id}]' WHERE guild_id = {bot.guild.id}",
    )
    return bot.guild.add_member(bot.env.create_user("hugo"), roles=[bot.stars])


def stranger(bot: AdminHarness) -> tuple[MemberActor, ChannelHandle]:
    """Return a manager of another server, and a channel there."""
    elsewhere = bot.env.create_guild("Elsewhere")
    chief = elsewhere.create_role("Chief", permissions=discord.Permissions(manage_guild=True))
    return elsewhere.add_member(bot.env.create_user("olga"), roles=[chief]), elsewhere.create_text_channel("room")


# ── reporting ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_staff_read_what_is_reported_and_why_but_not_by_whom(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot, "It's **scary**.")
    text, job = message_text(case.message), admin_bot.stored_job()
    link = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}/{case.movie.id}"
    assert ENGLISH("reported-title", reports=1) in text
    assert f"{admin_bot.alice.mention}\n[" in field_of(case.message, ENGLISH("cards-requester-field"))
    assert f"({link})" in text
    assert "a red balloon" in text
    assert "It's \\*\\*scary\\*\\*." in text
    assert job.id in text
    assert str(admin_bot.bob.id) not in text
    assert "bob" not in text
    assert actions(case.message) == OPEN


async def test_a_report_tells_staff_where_the_message_of_an_older_version_is(admin_bot: AdminHarness) -> None:
    """The press says where it is, so that a removal finds it."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot)
    execute(admin_bot.place, "UPDATE outbox SET channel_id = NULL, message_id = 0")
    await report(admin_bot.bob, movie)
    link = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}/{movie.id}"
    assert f"({link})" in message_text((await newest(admin_bot, movie)).message)


async def test_a_member_reports_a_movie_once(admin_bot: AdminHarness) -> None:
    """A restart or an earlier modal allows no second report."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot)
    early = await admin_bot.bob.click(movie, label=REPORT)
    assert await report(admin_bot.bob, movie) == ENGLISH("reported-saved")
    repeated = ENGLISH("reported-repeated")
    assert ephemeral_text(await admin_bot.bob.submit_modal(early, {"reason": ""})) == repeated
    await admin_bot.restart()
    assert ephemeral_text(await admin_bot.bob.click(movie, label=REPORT)) == repeated
    assert len(query(admin_bot.place, "SELECT * FROM movie_reports")) == 1


async def test_more_reports_update_the_one_message(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    assert await report(admin_bot.dana, case.movie, "Me too") == ENGLISH("reported-saved")
    await admin_bot.run_until_idle(15)
    assert ENGLISH("reported-title", reports=2) in message_text(case.message)
    assert "Me too" in message_text(case.message)
    assert sum(bool(each.components) for each in admin_bot.lines.history()) == 1
    assert actions(case.message) == OPEN


async def test_a_report_without_a_staff_channel_is_kept_until_there_is_one(admin_bot: AdminHarness) -> None:
    movie = await completed_movie(admin_bot)
    assert await report(admin_bot.bob, movie, "Bad") == ENGLISH("reported-no-channel")
    await admin_bot.run_until_idle(DAY)
    await admin_bot.restart()
    await admin_bot.set_staff_channel(admin_bot.lines)
    case = await newest(admin_bot, movie)
    assert "Bad" in message_text(case.message)


async def test_a_report_whose_words_discord_rejects_is_shown_without_them(admin_bot: AdminHarness) -> None:
    """The rejection doesn't mark the staff channel as closed."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot)
    await admin_bot.run_until_idle()
    path = f"/channels/{admin_bot.lines.id}/messages"
    admin_bot.env.inject_error("POST", path, status=400, code=240000, times=1)
    await report(admin_bot.bob, movie, "see a.test")
    shown = message_text((await newest(admin_bot, movie)).message)
    assert "a.test" not in shown
    assert ENGLISH("reported-title", reports=1) in shown


async def test_a_channel_that_is_closed_gets_the_report_later(admin_bot: AdminHarness) -> None:
    """Meanwhile, the bot makes no request to it for minutes."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.run_until_idle()
    movie = await completed_movie(admin_bot)
    path = f"/channels/{admin_bot.lines.id}/messages"
    admin_bot.env.inject_error("POST", path, status=403, code=50001, times=1)
    before = len(admin_bot.requests("POST", path))
    await report(admin_bot.bob, movie)
    for _ in range(5):
        await admin_bot.run_until_idle(60)
    assert len(admin_bot.requests("POST", path)) == before + 1
    await admin_bot.run_until_idle(600)
    assert actions((await newest(admin_bot, movie)).message) == OPEN


async def test_a_member_reports_only_some_movies_a_day(admin_bot: AdminHarness) -> None:
    movie = await completed_movie(admin_bot)
    write, now = admin_bot.app.database.write, admin_bot.clock.now()
    for number, other in enumerate(await has(admin_bot, *[JobState.COMPLETED] * MAX_REPORTS_A_DAY), 1):
        by = AuditContext(admin_bot.bob.id, admin_bot.guild.id, interaction_id=number)
        assert await write(movie_reports.report, other.id, "", by=by, now=now) == ReportOutcome.NO_CHANNEL
    assert ephemeral_text(await admin_bot.bob.click(movie, label=REPORT)) == ENGLISH("reported-too-many")
    await admin_bot.clock.advance(DAY + 1)
    assert await report(admin_bot.bob, movie) == ENGLISH("reported-no-channel")


async def test_nobody_reports_their_own_or_a_deleted_movie(admin_bot: AdminHarness) -> None:
    movie = await completed_movie(admin_bot)
    assert ephemeral_text(await admin_bot.alice.click(movie, label=REPORT)) == ENGLISH("reported-own")
    early = await admin_bot.bob.click(movie, label=REPORT)
    question = (await admin_bot.alice.click(movie, label=ENGLISH("buttons-delete-button"))).response
    assert question is not None
    await admin_bot.alice.click(question.message, label=ENGLISH("buttons-delete-movie-button"))
    gone = ENGLISH("buttons-deleted-already")
    assert ephemeral_text(await admin_bot.bob.click(movie, label=REPORT)) == gone
    assert ephemeral_text(await admin_bot.bob.submit_modal(early, {"reason": ""})) == gone
    assert cases(admin_bot) == []


async def test_a_movie_is_reported_in_its_own_server_alone(admin_bot: AdminHarness) -> None:
    """A direct message has no button, because only its member sees it."""
    await completed_movie(admin_bot)
    olga, room = stranger(admin_bot)
    message = await olga.send(room, "hello")
    for custom_id in (f"m:report:{admin_bot.stored_job().id}", f"m:{ui.SEND}:{admin_bot.stored_job().id}"):
        answer = await admin_bot.press(olga, message.id, custom_id, channel=room)
        assert ephemeral_text(answer) == ENGLISH("buttons-unknown-movie")
    await rendering(admin_bot)
    card = admin_bot.messages()[-1]
    assert "report" not in actions(card)
    early = await admin_bot.press(admin_bot.bob, card, f"m:report:{admin_bot.stored_jobs()[-1].id}")
    assert ephemeral_text(early) == ENGLISH("buttons-unknown-movie")
    await admin_bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await admin_bot.run_until_idle(600)
    [movie] = admin_bot.direct_messages(admin_bot.alice)
    assert "report" not in actions(movie)
    assert cases(admin_bot) == []


async def test_a_forged_reason_is_no_report(admin_bot: AdminHarness) -> None:
    await completed_movie(admin_bot)
    for length, found in ((301, 0), (300, 1)):
        await admin_bot.submit(admin_bot.bob, f"m:{ui.SEND}:{admin_bot.stored_job().id}", {"reason": "x" * length})
        assert len(cases(admin_bot)) == found


# ── the staff's decision ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("with_role", [True, False])
async def test_staff_remove_a_movie(admin_bot: AdminHarness, *, with_role: bool) -> None:
    """The message and the links go, also after a restart."""
    case = await reported(admin_bot)
    who = helper(admin_bot) if with_role else admin_bot.dana
    await case.press(ui.REMOVE, who)
    assert field_of(case.message, ENGLISH("approvals-decision-field")) == ENGLISH("reported-removed", staff=who.mention)
    assert actions(case.message) == [ui.BLOCK]
    await admin_bot.restart()
    for _ in range(3):
        await admin_bot.run_until_idle(3600)
    assert admin_bot.messages() == []
    assert admin_bot.stored_job().movie_url is None
    entry = admin_bot.audit_entries()[-1]
    assert (entry.action, entry.actor_id, entry.subject_id) == (AuditAction.MOVIE_REMOVED, who.id, admin_bot.alice.id)
    assert actions(case.message) == [ui.BLOCK]


async def test_staff_dismiss_a_report_and_the_movie_stays(admin_bot: AdminHarness) -> None:
    """A later reporter is told, and staff see the second report."""
    case = await reported(admin_bot)
    await case.press(ui.DISMISS)
    dismissed = ENGLISH("reported-dismissed", staff=admin_bot.dana.mention)
    assert dismissed in message_text(case.message)
    assert actions(case.message) == []
    await admin_bot.run_until_idle()
    assert admin_bot.posted()[-1].endswith(
        ENGLISH("log-report-dismissed", member=admin_bot.alice.mention, id=admin_bot.stored_job().id)
    )
    erin = admin_bot.guild.add_member(admin_bot.env.create_user("erin"))
    assert await report(erin, case.movie) == ENGLISH("reported-reviewed")
    await admin_bot.run_until_idle(15)
    assert ENGLISH("reported-title", reports=2) in message_text(case.message)
    assert dismissed in message_text(case.message)
    assert actions(case.message) == []
    assert [each.id for each in admin_bot.messages()] == [case.movie.id]


async def test_staff_block_the_member_of_a_movie(admin_bot: AdminHarness) -> None:
    """The report stays open."""
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    form = await case.press(ui.BLOCK, hugo)
    assert form.modal is not None
    await hugo.submit_modal(form, {"hours": "8760", "reason": "Not here"})
    assert ENGLISH("reported-blocked", staff=hugo.mention, member=admin_bot.alice.mention) in message_text(case.message)
    assert actions(case.message) == [ui.REMOVE, ui.DISMISS]
    entry = admin_bot.audit_entries()[-1]
    assert (entry.action, entry.duration_hours, entry.reason) == (AuditAction.BLOCK, 8760, "Not here")
    assert ENGLISH("refusals-reason", reason="Not here") in ephemeral_text(await admin_bot.movie())
    await case.press(ui.DISMISS, hugo)
    assert actions(case.message) == []


async def test_not_even_a_manager_decides_about_reports_of_their_own_movie(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot, who=admin_bot.dana)
    await report(admin_bot.bob, movie)
    case = await newest(admin_bot, movie)
    for action in (ui.BLOCK, ui.DISMISS):
        assert ephemeral_text(await case.press(action)) == ENGLISH("reported-own-decision")
    assert actions(case.message) == OPEN
    await case.press(ui.DISMISS, helper(admin_bot))
    assert cases(admin_bot)[0]["state"] == "dismissed"


@pytest.mark.parametrize("hours", ["0", "8761", "x", "-1", "1.5"])
async def test_a_block_of_no_hours_is_none(admin_bot: AdminHarness, hours: str) -> None:
    case = await reported(admin_bot)
    form = await case.press(ui.BLOCK)
    assert (await admin_bot.dana.submit_modal(form, {"hours": hours})).ephemeral
    forged = f"m:{ui.BLOCK_CONFIRM}:{admin_bot.stored_job().id}"
    assert (await admin_bot.submit(admin_bot.dana, forged, {"reason": "x" * (MAX_REASON_LENGTH + 1)})).ephemeral
    assert query(admin_bot.place, "SELECT * FROM member_blocks") == []
    assert actions(case.message) == OPEN


@pytest.mark.parametrize("action", OPEN)
async def test_only_staff_decide(admin_bot: AdminHarness, action: str) -> None:
    """The requester, the reporter and another server's manager are refused."""
    case = await reported(admin_bot)
    for who in (admin_bot.alice, admin_bot.bob):
        assert ephemeral_text(await case.press(action, who)) == ENGLISH("refusals-not-staff")
    olga, room = stranger(admin_bot)
    message = await olga.send(room, "hello")
    answer = await admin_bot.press(olga, message.id, case.buttons[action], channel=room)
    assert ephemeral_text(answer) == ENGLISH("reported-unknown")
    forged = f"m:{ui.BLOCK_CONFIRM}:{admin_bot.stored_job().id}"
    assert ephemeral_text(await admin_bot.submit(admin_bot.alice, forged, {})) == ENGLISH("refusals-not-staff")
    [row] = cases(admin_bot)
    assert (row["state"], row["blocked_by"]) == ("open", None)
    assert [each.id for each in admin_bot.messages()] == [case.movie.id]


@pytest.mark.parametrize("second", [ui.REMOVE, ui.DISMISS])
@pytest.mark.parametrize("first", [ui.REMOVE, ui.DISMISS])
async def test_a_report_is_decided_once(admin_bot: AdminHarness, first: str, second: str) -> None:
    """The second staff member reads who decided, also after a restart.

    `tests/data/test_movie_reports.py` has decisions at the same time.
    """
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    await case.press(first)
    await admin_bot.restart()
    decided = "reported-removed" if first == ui.REMOVE else "reported-dismissed"
    assert told_besides(await case.press(second, hugo)) == ENGLISH(decided, staff=admin_bot.dana.mention)
    assert cases(admin_bot)[0]["decided_by"] == admin_bot.dana.id


async def test_a_member_is_blocked_from_a_report_once(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    forms = [(who, await case.press(ui.BLOCK, who)) for who in (admin_bot.dana, hugo)]
    results = [await who.submit_modal(form, {"hours": " ", "reason": " "}) for who, form in forms]
    blocked = ENGLISH("reported-blocked", staff=admin_bot.dana.mention, member=admin_bot.alice.mention)
    assert told_besides(results[1]) == blocked
    assert told_besides(await case.press(ui.BLOCK, hugo)) == blocked
    assert [each.action for each in admin_bot.audit_entries()].count(AuditAction.BLOCK) == 1


@pytest.mark.parametrize("by_staff", [True, False])
async def test_a_movie_that_is_deleted_needs_no_decision(admin_bot: AdminHarness, *, by_staff: bool) -> None:
    """The member or staff press *Delete* instead."""
    case = await reported(admin_bot)
    who = helper(admin_bot) if by_staff else admin_bot.alice
    question = (await who.click(case.movie, label=ENGLISH("buttons-delete-button"))).response
    assert question is not None
    await who.click(question.message, label=ENGLISH("buttons-delete-movie-button"))
    await admin_bot.run_until_idle(15)
    removed = ENGLISH("reported-removed", staff=who.mention) if by_staff else ENGLISH("reported-removed-by-requester")
    assert removed in message_text(case.message)
    assert actions(case.message) == [ui.BLOCK]
    assert told_besides(await case.press(ui.REMOVE)) == removed
    assert admin_bot.messages() == []


async def test_a_press_whose_response_is_lost_is_shown_all_the_same(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await case.press(ui.DISMISS)
    assert actions(case.message) == OPEN
    await admin_bot.run_until_idle(15)
    assert actions(case.message) == []


async def test_a_press_that_reaches_two_processes_counts_once(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    case = await reported(admin_bot)
    admin_bot.duplicate_interactions()
    result = await case.press(ui.REMOVE)
    assert result.followups == []
    assert "interaction_duplicate" in [each.message for each in caplog.records]
    assert [each.action for each in admin_bot.audit_entries()].count(AuditAction.MOVIE_REMOVED) == 1


async def test_a_message_that_someone_deleted_is_posted_again_with_the_next_report(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    await admin_bot.clock.advance(DAY)
    await case.message.delete()
    await report(admin_bot.dana, case.movie, "Still there")
    await admin_bot.run_until_idle(15)
    again = await newest(admin_bot, case.movie)
    assert again.message_id != case.message_id
    await again.press(ui.REMOVE)
    assert cases(admin_bot)[0]["state"] == "removed"


async def test_an_open_report_follows_the_staff_channel(admin_bot: AdminHarness) -> None:
    """Otherwise, staff would not find its buttons."""
    case = await reported(admin_bot)
    other = admin_bot.guild.create_text_channel("new-staff")
    await admin_bot.set_staff_channel(other)
    await admin_bot.run_until_idle()
    [moved] = [each for each in other.history() if each.components]
    assert actions(moved) == OPEN
    assert case.message_id not in [each.id for each in admin_bot.lines.history()]
    posts = [each.json for each in admin_bot.requests("POST", "/messages") if each.json]
    assert len({each["nonce"] for each in posts if ui.DISMISS in str(each.get("components"))}) == 2
    await admin_bot.press(admin_bot.dana, moved.id, case.buttons[ui.DISMISS], channel=other)
    assert cases(admin_bot)[0]["state"] == "dismissed"


async def test_the_message_of_a_decided_report_is_updated_where_it_is(admin_bot: AdminHarness) -> None:
    """An erased member is no longer named in the earlier staff channel."""
    case = await reported(admin_bot)
    await case.press(ui.DISMISS)
    await admin_bot.set_staff_channel(admin_bot.guild.create_text_channel("new-staff"))
    await admin_bot.run_until_idle(15)
    assert admin_bot.alice.mention in message_text(case.message)
    assert (await admin_bot.app.privacy.erase(admin_bot.alice.id)).done
    await admin_bot.run_until_idle(15)
    assert admin_bot.alice.mention not in message_text(case.message)


async def test_an_erased_member_is_named_no_more(admin_bot: AdminHarness) -> None:
    """An erased member's words go, and their pseudonym can't be blocked."""
    case = await reported(admin_bot)
    for who in (admin_bot.alice, admin_bot.bob):
        assert (await admin_bot.app.privacy.erase(who.id)).done
    await admin_bot.run_until_idle(15)
    text = message_text(case.message)
    assert not [each for each in (admin_bot.alice.mention, "a red balloon", "scary") if each in text]
    assert actions(case.message) == [ui.REMOVE, ui.DISMISS]
    assert told_besides(await case.press(ui.BLOCK)) == ENGLISH("reported-erased")
    await case.press(ui.REMOVE)
    await admin_bot.run_until_idle()
    assert admin_bot.stored_job().removed_at is not None
