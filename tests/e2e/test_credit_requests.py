"""*Ask for more*, and its answer. `test_every_moderation_button.py` has who may answer, and second presses."""

from __future__ import annotations

import pytest
from simcord.actors import MemberActor

from bot.domain.quota import AuditAction, AuditReason
from bot.ui import audit_entries, errors
from bot.ui import credit_requests as ui
from data import erasure
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, granted, newest, refused, rows
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH
from tests.helpers.quote_message import quoted
from tests.helpers.reading import actions, answered, custom_ids, ephemeral_text, labels, message_text
from tests.helpers.staff_message import told_besides

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60
YEAR = 365 * DAY


async def test_a_grant_is_the_managers_and_its_member_is_told(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    assert ephemeral_text(await refusal.click(ui.ASK)) == ENGLISH("requests-sent", credits=300)
    request = await newest(admin_bot)
    assert labels(request.message) == [
        ENGLISH("requests-grant-button", credits=300),
        ENGLISH("requests-decline-button"),
    ]
    asked_for = ENGLISH("log-credits-requested", member=admin_bot.alice.mention, credits=300)
    assert request.message.content.endswith(asked_for)
    assert "600" not in request.message.content
    await request.press()
    assert granted(admin_bot) == [(admin_bot.alice.id, 300, admin_bot.dana.id)]
    assert request.message.content.endswith(ENGLISH("log-request-granted", manager=admin_bot.dana.mention))
    assert labels(request.message) == []
    await admin_bot.restart()
    await admin_bot.run_until_idle(5)
    await admin_bot.run_until_idle(DAY)
    [told] = admin_bot.direct_messages(admin_bot.alice)
    place = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}"
    assert told.content == ENGLISH("requests-answer-granted", credits=300, place=place)
    change = admin_bot.audit_entries()[-1]
    assert (change.action, change.actor_id, change.credits) == (AuditAction.GRANT, admin_bot.dana.id, 300)
    assert change.reason_code is AuditReason.REQUESTED
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, change, admin_bot.catalogue)
    assert not (await admin_bot.movie(duration=70)).ephemeral


async def test_a_declined_request_grants_nothing_and_its_member_is_told(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await request.press(ui.DECLINE)
    await admin_bot.run_until_idle(5)
    [told] = admin_bot.direct_messages(admin_bot.alice)
    place = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}"
    assert told.content == ENGLISH("requests-answer-declined", credits=300, place=place)
    assert granted(admin_bot) == []
    assert request.message.content.endswith(ENGLISH("log-request-declined", manager=admin_bot.dana.mention))
    assert [(each.action, each.reason_code) for each in admin_bot.audit_entries()][-2:] == [
        (AuditAction.REQUEST_CREDITS, None),
        (AuditAction.DECLINE_CREDITS, None),
    ]


# ── once ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_asks_once_a_day(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    refusal = await quoted(admin_bot, duration=70)
    again = ephemeral_text(await refusal.press(ui.ASK))
    assert again.startswith(ENGLISH("requests-asked-today", time="<t:1794355200:R>"))  # the next midnight in UTC
    await request.press(ui.DECLINE)
    assert ephemeral_text(await refusal.press(ui.ASK)) == again
    await admin_bot.restart()
    assert ephemeral_text(await refusal.press(ui.ASK)) == again
    assert len(rows(admin_bot)) == 1


async def test_a_request_of_years_ago_has_expired(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await admin_bot.clock.advance(3 * YEAR)
    assert told_besides(await request.press()) == ENGLISH("log-request-lapsed")
    assert request.message.content.endswith(ENGLISH("log-request-lapsed"))
    assert (labels(request.message), granted(admin_bot), rows(admin_bot)[0]["state"]) == ([], [], "lapsed")


async def test_what_prevents_a_grant_is_said_and_the_request_can_be_declined(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await admin_bot.quota("server", credits=699)
    said = ephemeral_text(await request.press())
    assert said == ENGLISH("requests-server-budget", member=admin_bot.alice.mention)
    assert (labels(request.message) != [], granted(admin_bot)) == (True, [])
    await request.press(ui.DECLINE)
    assert rows(admin_bot)[0]["state"] == "declined"


# ── where there is a button ──────────────────────────────────────────────────────────────────────────────────────


async def test_without_a_log_channel_the_refusal_says_whom_to_ask(admin_bot: AdminHarness) -> None:
    refusal = await quoted(admin_bot, duration=70)
    assert ui.ASK not in refusal.actions
    assert ENGLISH("requests-ask-managers") in refusal.text
    refusal = await refused(admin_bot)
    assert ENGLISH("requests-ask-managers") not in refusal.text
    await admin_bot.set_staff_channel(None)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-channel")
    assert rows(admin_bot) == []


async def test_there_is_no_button_where_more_credits_would_not_help(admin_bot: AdminHarness) -> None:
    for limits in ({"server_monthly_credits": 500}, {"server_monthly_credits": 5000, "plan_monthly_credits": 699}):
        await admin_bot.restart(**limits)
        refusal = await refused(admin_bot)
        assert ui.ASK not in refusal.actions
        assert ENGLISH("requests-ask-managers") not in refusal.text


async def test_a_button_that_no_longer_helps_says_why_and_requests_nothing(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    await admin_bot.quota("server", credits=10)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-help")
    await admin_bot.quota("clear server")
    await admin_bot.quota("block", member=admin_bot.alice)
    assert ENGLISH("refusals-blocked") in ephemeral_text(await refusal.press(ui.ASK))
    await admin_bot.quota("unblock", member=admin_bot.alice)
    await admin_bot.app.database.write(erasure.request, admin_bot.alice.id, admin_bot.clock.now())
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("refusals-erasing")
    await configure(admin_bot, channels=(admin_bot.lines.id,))
    told = ephemeral_text(await refusal.press(ui.ASK, admin_bot.bob))
    assert told == ENGLISH("refusals-channel", channels=admin_bot.lines.mention)
    assert rows(admin_bot) == []


async def test_a_forged_price_is_no_request(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    for price in ("0", "7201", "9" * 18, "x", ""):
        pressed = await admin_bot.press(admin_bot.alice, refusal.message, f"m:{ui.ASK}:{price}")
        assert ephemeral_text(pressed) == errors.outdated_command(ENGLISH), price
    assert rows(admin_bot) == []
    dearest = await admin_bot.press(admin_bot.alice, refusal.message, f"m:{ui.ASK}:7200")
    assert ephemeral_text(dearest) == ENGLISH("requests-no-help")


# ── in other places than a refused order ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", ["credits", "help"])
async def test_who_can_pay_for_nothing_may_ask_there_too(admin_bot: AdminHarness, command: str) -> None:
    answers = []

    async def asks(who: MemberActor | None = None, **options: object) -> bool:
        answer = answered(await (who or admin_bot.alice).slash(admin_bot.channel, command, **options))
        answers.append(answer)
        return ui.ASK in actions(answer)

    await configure(admin_bot, video_models=("VEOI2V",), default_seconds=10)
    await admin_bot.quota("member", member=admin_bot.alice, credits=59)
    assert not await asks()
    assert (ENGLISH("requests-ask-managers") in message_text(answers[-1])) == (command == "credits")
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("member", member=admin_bot.alice, credits=60)
    assert not await asks()
    await admin_bot.quota("member", member=admin_bot.alice, credits=59)
    await admin_bot.quota("block", member=admin_bot.alice)
    assert not await asks()
    await admin_bot.quota("unblock", member=admin_bot.alice)
    if command == "credits":
        assert not await asks(admin_bot.dana, member=admin_bot.alice)
    assert await asks()
    await admin_bot.press(admin_bot.alice, answers[-1], custom_ids(answers[-1])[ui.ASK])
    [row] = rows(admin_bot)
    assert (row["credits"], row["price_credits"]) == (600, 600)


# ── telling the member ───────────────────────────────────────────────────────────────────────────────────────────


async def test_a_member_whose_request_cannot_be_posted_is_told(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    await admin_bot.run_until_idle()
    admin_bot.env.inject_error("POST", f"/channels/{admin_bot.lines.id}/messages", status=403, code=50013)
    await refusal.press(ui.ASK)
    await admin_bot.run_until_idle()
    [told] = admin_bot.direct_messages(admin_bot.alice)
    place = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}"
    assert told.content == ENGLISH("requests-answer-unposted", credits=300, place=place)
    assert rows(admin_bot)[0]["state"] == "unposted"
