"""*Report*: a member's report, and the decision of the server's staff."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor

from bot.domain.quota import MAX_REASON_LENGTH, AuditAction
from bot.domain.server_setup import Setting
from bot.ui import movie_reports as ui
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import execute, query
from tests.helpers.reading import actions, ephemeral_text, field_of, message_text
from tests.helpers.reporting import REPORT, cases, newest, report, reported
from tests.helpers.staff_message import told_besides
from tests.helpers.steps import completed_movie, rendering

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60
OPEN = [ui.REMOVE, ui.BLOCK, ui.DISMISS]
REPEATED = ENGLISH("reported-repeated")


def helper(bot: AdminHarness) -> MemberActor:
    execute(
        bot.place,
        f"UPDATE guild_settings SET {Setting.STAFF_ROLES} = '[{bot.stars.id}]' WHERE guild_id = {bot.guild.id}",
    )
    return bot.guild.add_member(bot.env.create_user("hugo"), roles=[bot.stars])


# ── reporting ────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_staff_read_what_is_reported_and_why_but_not_by_whom(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot)
    early, job = await admin_bot.bob.click(movie, label=REPORT), admin_bot.stored_job()
    await admin_bot.submit(admin_bot.bob, f"m:{ui.SEND}:{job.id}", {"reason": "x" * 301})
    assert cases(admin_bot) == [], "no form takes so much"
    assert await report(admin_bot.bob, movie, "It's **scary**.") == ENGLISH("reported-saved")
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


# ── the staff's decision ─────────────────────────────────────────────────────────────────────────────────────────


async def test_staff_remove_a_movie(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    admin_bot.env.inject_error("DELETE", f"/channels/{admin_bot.channel.id}/messages/*", status=503, times=1)
    await case.press(ui.REMOVE, hugo)
    removed = ENGLISH("reported-removed", staff=hugo.mention)
    assert field_of(case.message, ENGLISH("approvals-decision-field")) == removed
    assert actions(case.message) == [ui.BLOCK]
    await admin_bot.restart()
    for _ in range(3):
        await admin_bot.run_until_idle(3600)
    assert (admin_bot.messages(), admin_bot.stored_job().movie_url) == ([], None)
    for second in (ui.REMOVE, ui.DISMISS):
        assert told_besides(await case.press(second)) == removed
    assert cases(admin_bot)[0]["decided_by"] == hugo.id
    [entry] = [each for each in admin_bot.audit_entries() if each.action is AuditAction.MOVIE_REMOVED]
    assert (entry.actor_id, entry.subject_id) == (hugo.id, admin_bot.alice.id)
    assert actions(case.message) == [ui.BLOCK]


async def test_staff_dismiss_a_report_and_the_movie_stays(admin_bot: AdminHarness) -> None:
    case = await reported(admin_bot)
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await case.press(ui.DISMISS)
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
    assert told_besides(await case.press(ui.REMOVE, helper(admin_bot))) == dismissed
    assert [each.id for each in admin_bot.messages()] == [case.movie.id]


async def test_staff_block_the_member_of_a_movie_once(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    case = await reported(admin_bot)
    hugo = helper(admin_bot)
    mine, theirs = [await case.press(ui.BLOCK, who) for who in (hugo, admin_bot.dana)]
    form = f"m:{ui.BLOCK_CONFIRM}:{admin_bot.stored_job().id}"
    wrong = [{"hours": each} for each in ("0", "8761", "x", "-1", "1.5")] + [{"reason": "x" * (MAX_REASON_LENGTH + 1)}]
    for fields in wrong:
        assert (await admin_bot.submit(hugo, form, fields)).ephemeral
    assert (query(admin_bot.place, "SELECT * FROM member_blocks"), actions(case.message)) == ([], OPEN)
    await hugo.submit_modal(mine, {"hours": "8760", "reason": "Not here"})
    blocked = ENGLISH("reported-blocked", staff=hugo.mention, member=admin_bot.alice.mention)
    assert blocked in message_text(case.message)
    assert actions(case.message) == [ui.REMOVE, ui.DISMISS]
    assert told_besides(await admin_bot.dana.submit_modal(theirs, {"hours": " ", "reason": " "})) == blocked
    assert told_besides(await case.press(ui.BLOCK)) == blocked
    [entry] = [each for each in admin_bot.audit_entries() if each.action is AuditAction.BLOCK]
    assert (entry.duration_hours, entry.reason) == (8760, "Not here")
    assert ENGLISH("refusals-reason", reason="Not here") in ephemeral_text(await admin_bot.movie())
    admin_bot.duplicate_interactions()
    assert (await case.press(ui.DISMISS, hugo)).followups == [], "two processes have the press, and one answers"
    assert "interaction_duplicate" in caplog.messages
    assert actions(case.message) == []


async def test_nobody_decides_about_their_own_movie(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    movie = await completed_movie(admin_bot, who=admin_bot.dana)
    await report(admin_bot.bob, movie)
    own = await newest(admin_bot, movie)
    for action in (ui.BLOCK, ui.DISMISS):
        assert ephemeral_text(await own.press(action)) == ENGLISH("reported-own-decision")
    assert actions(own.message) == OPEN
    await own.press(ui.DISMISS, helper(admin_bot))
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
    assert len({each["nonce"] for each in posts if ui.DISMISS in str(each.get("components"))}) == 2
