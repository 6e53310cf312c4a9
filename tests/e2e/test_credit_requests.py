"""*Ask for more*: a member's request and a manager's answer."""

from __future__ import annotations

import discord
import pytest

from bot.domain.language import Language
from bot.domain.quota import AuditAction, AuditContext
from bot.domain.server_setup import NOTHING_SET, Setting, SettingValue
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import audit_entries, errors, quota_admin
from bot.ui import credit_requests as ui
from data import erasure, setup_changes
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, close_direct_messages, granted, newest, refused, rows
from tests.helpers.expected_text import ENGLISH
from tests.helpers.quote_message import quoted
from tests.helpers.reading import actions, button, ephemeral_text, labels, message_text
from tests.helpers.staff_message import told_besides

pytestmark = pytest.mark.both_engines

DAY = 24 * 60 * 60
YEAR = 365 * DAY


async def test_a_request_is_posted_with_two_buttons_and_tells_no_balance(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    told = ephemeral_text(await refusal.click(ui.ASK))
    assert told == ENGLISH("requests-sent", credits=300)
    request = await newest(admin_bot)
    assert labels(request.message) == [
        ENGLISH("requests-grant-button", credits=300),
        ENGLISH("requests-decline-button"),
    ]
    change = ENGLISH("log-credits-requested", member=admin_bot.alice.mention, credits=300)
    assert request.message.content.endswith(change)
    assert "600" not in request.message.content


@pytest.mark.parametrize(("duration", "credits"), [(61, 300), (90, 300), (91, 400), (100, 400)])
async def test_what_is_missing_is_asked_for_rounded_up(admin_bot: AdminHarness, duration: int, credits: int) -> None:
    """At least 300 are asked for, so the exact balance stays private."""
    await asked(admin_bot, duration=duration)
    [row] = rows(admin_bot)
    assert row["credits"] == credits


async def test_a_grant_is_the_managers_and_its_member_is_told(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await request.press()
    assert granted(admin_bot) == [(admin_bot.alice.id, 300, admin_bot.dana.id)]
    assert request.message.content.endswith(ENGLISH("log-request-granted", manager=admin_bot.dana.mention))
    assert labels(request.message) == []
    await admin_bot.run_until_idle(5)
    [told] = admin_bot.direct_messages(admin_bot.alice)
    place = f"https://discord.com/channels/{admin_bot.guild.id}/{admin_bot.channel.id}"
    assert told.content == ENGLISH("requests-answer-granted", credits=300, place=place)
    change = admin_bot.audit_entries()[-1]
    assert (change.action, change.actor_id, change.credits) == (AuditAction.GRANT, admin_bot.dana.id, 300)
    assert admin_bot.posted()[-1] == audit_entries.audit_entry_text(ENGLISH, change, admin_bot.catalogue)
    placed = await admin_bot.movie(duration=70)
    assert not placed.ephemeral


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


@pytest.mark.parametrize("action", [ui.GRANT, ui.DECLINE])
async def test_only_managers_answer(admin_bot: AdminHarness, action: str) -> None:
    request = await asked(admin_bot)
    for who in (admin_bot.alice, admin_bot.bob):
        assert ephemeral_text(await request.press(action, who)) == quota_admin.not_allowed(ENGLISH)
    [row] = rows(admin_bot)
    assert (row["state"], granted(admin_bot)) == ("open", [])


async def test_a_manager_may_grant_their_own_request(admin_bot: AdminHarness) -> None:
    """`/quota grant` allows that, too."""
    refusal = await refused(admin_bot)
    await refusal.press(ui.ASK, admin_bot.dana)
    request = await newest(admin_bot)
    await request.press()
    assert granted(admin_bot) == [(admin_bot.dana.id, 300, admin_bot.dana.id)]


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


async def test_the_next_days_request_replaces_an_open_one(admin_bot: AdminHarness) -> None:
    first = await asked(admin_bot)
    await admin_bot.clock.advance(DAY)
    refusal = await quoted(admin_bot, duration=70)
    await refusal.press(ui.ASK)
    second = await newest(admin_bot)
    assert told_besides(await first.press()) == ENGLISH("log-request-replaced")
    assert granted(admin_bot) == []
    assert labels(first.message) == []
    await second.press()
    assert len(granted(admin_bot)) == 1


async def test_the_second_of_two_managers_is_told_who_was_first(admin_bot: AdminHarness) -> None:
    """`tests/data/test_credit_requests.py` has decisions at the same time."""
    crew = admin_bot.guild.create_role("Second crew", permissions=discord.Permissions(manage_guild=True))
    other = admin_bot.guild.add_member(admin_bot.env.create_user("erin"), roles=[crew])
    request = await asked(admin_bot)
    await request.press(who=other)
    for action in (ui.GRANT, ui.DECLINE):
        assert told_besides(await request.press(action)) == ENGLISH("requests-already-answered", manager=other.mention)
    assert granted(admin_bot) == [(admin_bot.alice.id, 300, other.id)]


@pytest.mark.parametrize("second", [ui.GRANT, ui.DECLINE])
async def test_a_second_press_changes_nothing_even_after_a_restart(admin_bot: AdminHarness, second: str) -> None:
    request = await asked(admin_bot)
    await request.press()
    await admin_bot.restart()
    text = told_besides(await request.press(second))
    assert text == ENGLISH("requests-already-answered", manager=admin_bot.dana.mention)
    assert len(granted(admin_bot)) == 1


async def test_buttons_of_before_a_restart_grant(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    await admin_bot.restart()
    await refusal.press(ui.ASK)
    request = await newest(admin_bot)
    await admin_bot.restart()
    await request.press()
    assert len(granted(admin_bot)) == 1


async def test_presses_that_reach_two_processes_count_once(
    admin_bot: AdminHarness, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = await refused(admin_bot)
    admin_bot.duplicate_interactions()
    told = await refusal.press(ui.ASK)
    assert ephemeral_text(told) == ENGLISH("requests-sent", credits=300)
    request = await newest(admin_bot)
    await request.press()
    assert (len(rows(admin_bot)), len(granted(admin_bot))) == (1, 1)
    assert [each.message for each in caplog.records if each.levelname in ("WARNING", "ERROR")] == [
        "interaction_duplicate"
    ] * 2


async def test_a_press_whose_response_was_lost_shows_the_outcome_when_pressed_again(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    admin_bot.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062)
    await request.press()
    assert labels(request.message) != []
    assert told_besides(await request.press()) == ENGLISH("requests-already-answered", manager=admin_bot.dana.mention)
    assert labels(request.message) == []
    assert len(granted(admin_bot)) == 1


@pytest.mark.parametrize("action", [ui.GRANT, ui.DECLINE])
async def test_a_request_of_years_ago_has_expired(admin_bot: AdminHarness, action: str) -> None:
    request = await asked(admin_bot)
    await admin_bot.clock.advance(3 * YEAR)
    assert told_besides(await request.press(action)) == ENGLISH("log-request-lapsed")
    assert request.message.content.endswith(ENGLISH("log-request-lapsed"))
    assert (labels(request.message), granted(admin_bot), rows(admin_bot)[0]["state"]) == ([], [], "lapsed")


async def test_a_request_can_be_granted_for_a_week(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await admin_bot.clock.advance(7 * DAY)
    await request.press()
    assert len(granted(admin_bot)) == 1


async def test_a_request_that_is_not_known_is_answered(admin_bot: AdminHarness) -> None:
    """A request may be missing from a backup, or be another server's."""
    request = await asked(admin_bot)
    unknown = request.buttons[ui.GRANT].replace(rows(admin_bot)[0]["id"], "1794312000000-000000-0123456789")
    answer = await admin_bot.press(admin_bot.dana, request.message_id, unknown, channel=admin_bot.lines)
    assert ephemeral_text(answer) == ENGLISH("requests-unknown")
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    crew = elsewhere.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    owner = elsewhere.add_member(admin_bot.env.create_user("olga"), roles=[crew])
    channel = elsewhere.create_text_channel("log")
    message = await owner.send(channel, "hello")
    answer = await admin_bot.press(owner, message.id, request.buttons[ui.GRANT], channel=channel)
    assert ephemeral_text(answer) == ENGLISH("requests-unknown")
    assert granted(admin_bot) == []


# ── what prevents a grant ────────────────────────────────────────────────────────────────────────────────────────


async def test_nothing_is_granted_to_a_member_who_was_blocked_meanwhile(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await admin_bot.quota("block", member=admin_bot.alice)
    assert ephemeral_text(await request.press()) == ENGLISH("requests-blocked", member=admin_bot.alice.mention)
    assert (labels(request.message) != [], granted(admin_bot)) == (True, [])
    await admin_bot.quota("unblock", member=admin_bot.alice)
    await request.press()
    assert len(granted(admin_bot)) == 1


async def test_nothing_is_granted_where_the_server_budget_is_used_up_meanwhile(admin_bot: AdminHarness) -> None:
    """Managers can raise the budget, and press again."""
    request = await asked(admin_bot)
    await admin_bot.quota("server", credits=699)
    text = ephemeral_text(await request.press())
    assert text == ENGLISH("requests-server-budget", member=admin_bot.alice.mention)
    assert granted(admin_bot) == []
    await admin_bot.quota("server", credits=700)
    await request.press()
    assert len(granted(admin_bot)) == 1


@pytest.mark.parametrize("limit", ["server_monthly_credits", "plan_monthly_credits"])
async def test_nothing_is_granted_above_what_the_operator_allows(admin_bot: AdminHarness, limit: str) -> None:
    request = await asked(admin_bot)
    await admin_bot.restart(**{limit: 699})
    text = ephemeral_text(await request.press())
    assert text == ENGLISH("requests-operator-limit", member=admin_bot.alice.mention)
    assert granted(admin_bot) == []


async def test_a_request_that_cannot_be_granted_can_be_declined(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await admin_bot.quota("block", member=admin_bot.alice)
    await request.press(ui.DECLINE)
    assert rows(admin_bot)[0]["state"] == "declined"


# ── where there is a button ──────────────────────────────────────────────────────────────────────────────────────


async def test_without_a_log_channel_the_refusal_says_whom_to_ask(admin_bot: AdminHarness) -> None:
    refusal = await quoted(admin_bot, duration=70)
    assert ui.ASK not in refusal.actions
    assert ENGLISH("requests-ask-managers") in refusal.text


async def test_a_log_channel_that_was_removed_meanwhile_is_no_request(admin_bot: AdminHarness) -> None:
    """No request is recorded, so the member may ask later."""
    refusal = await refused(admin_bot)
    assert ENGLISH("requests-ask-managers") not in refusal.text
    await admin_bot.set_staff_channel(None)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-channel")
    assert rows(admin_bot) == []


@pytest.mark.parametrize("limit", ["server_monthly_credits", "plan_monthly_credits"])
@pytest.mark.parametrize("credits", [500, 699])
async def test_there_is_no_button_where_more_credits_would_not_help(
    admin_bot: AdminHarness, limit: str, credits: int
) -> None:
    """The limits are above and below the member's 600 credits."""
    await admin_bot.restart(**{limit: credits})
    refusal = await refused(admin_bot)
    assert ui.ASK not in refusal.actions
    assert ENGLISH("requests-ask-managers") not in refusal.text


async def test_a_button_that_no_longer_helps_requests_nothing(admin_bot: AdminHarness) -> None:
    refusal = await refused(admin_bot)
    await admin_bot.quota("server", credits=10)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-help")
    await admin_bot.quota("clear server")
    await admin_bot.quota("grant", member=admin_bot.alice, credits=100, reason="a prize")
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-enough")
    await admin_bot.quota("take", member=admin_bot.alice, credits=100, reason="no prize")
    await admin_bot.quota("block", member=admin_bot.alice)
    assert ENGLISH("refusals-blocked") in ephemeral_text(await refusal.press(ui.ASK))
    assert rows(admin_bot) == []


async def test_a_member_who_may_not_order_is_told_why_instead(admin_bot: AdminHarness) -> None:
    """A pending erasure or the server's setup can keep members from ordering."""
    refusal = await refused(admin_bot)
    await admin_bot.app.database.write(erasure.request, admin_bot.alice.id, admin_bot.clock.now())
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("refusals-erasing")
    changes: dict[Setting, SettingValue] = {Setting.CHANNELS: (admin_bot.lines.id,)}
    by = AuditContext(admin_bot.dana.id, admin_bot.guild.id)
    seen = NOTHING_SET.fingerprint(changes)
    await admin_bot.app.database.write(setup_changes.change, changes, seen, by=by, now=admin_bot.clock.now())
    told = ephemeral_text(await refusal.press(ui.ASK, admin_bot.bob))
    assert told == ENGLISH("refusals-channel", channels=admin_bot.lines.mention)
    assert rows(admin_bot) == []


@pytest.mark.parametrize("price", ["0", "7201", "9" * 18, "x", ""])
async def test_a_forged_price_is_no_request(admin_bot: AdminHarness, price: str) -> None:
    """The most expensive movie costs 7200 credits."""
    refusal = await refused(admin_bot)
    pressed = await admin_bot.press(admin_bot.alice, refusal.message, f"m:{ui.ASK}:{price}")
    assert ephemeral_text(pressed) == errors.outdated_command(ENGLISH)
    assert rows(admin_bot) == []


@pytest.mark.parametrize("command", ["credits", "help"])
async def test_who_can_pay_for_nothing_may_ask_there_too(admin_bot: AdminHarness, command: str) -> None:
    """The request is for a movie with the default options."""
    await admin_bot.set_staff_channel(admin_bot.lines)
    answers = []
    for credits in (10, 9):
        await admin_bot.quota("member", member=admin_bot.alice, credits=credits)
        answers.append((await admin_bot.alice.slash(admin_bot.channel, command)).response)
    assert [each is not None and ui.ASK in actions(each) for each in answers] == [False, True]
    shown = answers[-1]
    assert shown is not None
    await admin_bot.press(admin_bot.alice, shown, button(shown, ENGLISH("requests-ask-button")))
    [row] = rows(admin_bot)
    assert (row["credits"], row["price_credits"]) == (300, 200)


async def test_a_manager_who_looks_at_someones_credits_has_no_button(admin_bot: AdminHarness) -> None:
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.quota("member", member=admin_bot.alice, credits=0)
    shown = await admin_bot.dana.slash(admin_bot.channel, "credits", member=admin_bot.alice)
    assert shown.response is not None
    assert ui.ASK not in actions(shown.response)


# ── telling the member ───────────────────────────────────────────────────────────────────────────────────────────


async def test_the_log_says_where_a_member_takes_no_direct_messages(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await close_direct_messages(admin_bot, admin_bot.alice)
    await request.press()
    await admin_bot.run_until_idle(5)
    assert request.message.content.splitlines()[1:] == [
        ENGLISH("log-request-granted", manager=admin_bot.dana.mention),
        ENGLISH("log-request-not-told", member=admin_bot.alice.mention),
    ]
    assert admin_bot.messages() == []
    await admin_bot.run_until_idle(DAY)
    assert rows(admin_bot)[0]["notice"] == "undeliverable"


async def test_an_answer_outlives_the_process(admin_bot: AdminHarness) -> None:
    request = await asked(admin_bot)
    await request.press()
    await admin_bot.restart()
    await admin_bot.run_until_idle(5)
    await admin_bot.run_until_idle(DAY)
    assert len(admin_bot.direct_messages(admin_bot.alice)) == 1


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


async def test_everyone_reads_their_own_language(admin_bot: AdminHarness) -> None:
    german, french, japanese = map(texts_in, (Language.GERMAN, Language.FRENCH, Language.JAPANESE))
    spoken = SpokenLanguages(admin_bot.env)
    spoken.members = {admin_bot.alice.id: Language.GERMAN, admin_bot.dana.id: Language.FRENCH}
    spoken.server = Language.JAPANESE
    request = await asked(admin_bot)
    assert labels(request.message)[1] == japanese("requests-decline-button")
    await request.press(ui.DECLINE)
    assert request.message.content.endswith(japanese("log-request-declined", manager=admin_bot.dana.mention))
    assert told_besides(await request.press()) == french("requests-already-answered", manager=admin_bot.dana.mention)
    await admin_bot.run_until_idle(5)
    [told] = admin_bot.direct_messages(admin_bot.alice)
    start = german("requests-answer-declined", credits=300, place="|").partition("|")[0]
    assert message_text(told).startswith(start)
