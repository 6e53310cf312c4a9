"""/credits and /quota report, /gift, and *Ask for more* with its answer."""

from __future__ import annotations

import csv
import io
import itertools
import re
from pathlib import Path
from typing import Final

import pytest
from simcord.actors import MemberActor
from simcord.components import walk_components
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.credits import Month
from bot.domain.jobs import JobState
from bot.domain.quota import MAX_CREDITS, Allowance, AllowanceSource, AuditAction
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import credit_requests as ui
from bot.ui import credits
from bot.ui.components import parse_custom_id
from bot.ui.formatting import format_month
from bot.ui.job_status import state_label
from cogs.credits import GIFT_BURST, TRIES
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.asking import asked, granted, refused, rows
from tests.helpers.awaiting import configure
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL, refusal
from tests.helpers.ledger_checks import execute, query
from tests.helpers.quote_message import quoted
from tests.helpers.reading import (
    actions,
    addresses,
    answered,
    custom_ids,
    ephemeral_text,
    fields,
    labels,
    message_text,
    response_text,
    title_of,
)
from tests.helpers.staff_message import told_besides
from tests.helpers.steps import all_of_help

pytestmark = pytest.mark.both_engines

DECEMBER = 1796083200
"""The first of December 2026, in seconds."""


NEWER, OLDER = ENGLISH("credits-newer-button"), ENGLISH("credits-older-button")
EXPORT = ENGLISH("credits-export-button")


PAGES: Final = ("credits", "credits-csv")
"""The buttons that turn pages and export."""


def enabled(message: ResponseMessage) -> list[bool]:
    """Return which of them can be pressed: newer and older where there are pages, CSV."""
    found = [each for each in walk_components(message.components) if "custom_id" in each]
    return [not each.get("disabled", False) for each in found if parse_custom_id(each["custom_id"])[0] in PAGES]


def page_of(message: ResponseMessage) -> tuple[int, ...]:
    [line] = [line for line in message_text(message).splitlines() if line.startswith(("-# Page", "-# Seite"))]
    return tuple(map(int, re.findall(r"\d+", line)))


def receipts(message: ResponseMessage) -> dict[str, str]:
    """Return what is said of each movie, by its prompt."""
    lines = message_text(message).splitlines()
    return {movie: facts.removeprefix("-# ") for movie, facts in itertools.pairwise(lines) if LUMA_LABEL in facts}


async def make(bot: AdminHarness, count: int, seconds: int = 1) -> None:
    for number in range(count):
        await bot.movie(prompt=f"movie {number + 1}", duration=seconds)
        await bot.clock.advance(1)
    await bot.finish()


def sheet_of(bot: AdminHarness, result: InteractionResult) -> list[dict[str, str]]:
    attachment, *_ = answered(result).attachments
    assert attachment.filename.endswith(".csv")
    sheet = bot.env.backend.cdn.get(attachment.url) or b""
    assert sheet.startswith(b"\xef\xbb\xbf"), "a spreadsheet would not know that it is UTF-8"
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


async def test_a_member_sees_what_they_have(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=50, reason="a prize")
    await make(bot, 1, seconds=20)
    await bot.movie(duration=10)
    account = answered(await bot.alice.slash(bot.channel, "credits"))
    text = message_text(account)
    assert title_of(account) == ENGLISH("credits-spend-own", credits=350)
    source = credits.allowance_source(ENGLISH, Allowance(600, AllowanceSource.BOT_DEFAULT))
    for words in (
        *("50%", f"<t:{DECEMBER}:R>", ENGLISH("credits-allowance", left="300", credits=600, source=source)),
        *(ENGLISH("credits-bonus", credits=50), ENGLISH("credits-held", credits=100)),
    ):
        assert words in text
    assert {movie: facts.partition(" · ")[2] for movie, facts in receipts(account).items()} == {
        "a red balloon": f"{state_label(ENGLISH, JobState.QUEUED)} · 10 s · {LUMA_LABEL} · 100 credits",
        "movie 1": f"{state_label(ENGLISH, JobState.COMPLETED)} · 20 s · {LUMA_LABEL} · 200 credits",
    }


async def test_receipts_come_in_pages(bot: AdminHarness) -> None:
    await make(bot, 12)
    account = answered(await bot.alice.slash(bot.channel, "credits"))
    seen: list[list[str]] = []
    for label, can in ((OLDER, (False, True)), (OLDER, (True, True)), ("", (True, False))):
        assert page_of(account) == (len(seen) + 1, 3)
        assert enabled(account) == [*can, True]
        seen.append([*receipts(account)])
        if label:
            await bot.alice.click(account, label=label)
    movies = [f"movie {number}" for number in range(12, 0, -1)]
    assert seen == [movies[:5], movies[5:10], movies[10:]]
    await bot.restart()
    await bot.alice.click(account, label=NEWER)
    assert page_of(account) == (2, 3)
    sheet = sheet_of(bot, await bot.alice.click(account, label=EXPORT))
    assert [row["prompt"] for row in sheet] == movies


async def test_one_who_may_not_sees_only_their_own_and_no_forged_press_shows_more(bot: AdminHarness) -> None:
    text = ephemeral_text(await bot.bob.slash(bot.channel, "credits", member=bot.alice))
    assert text == ENGLISH("credits-not-authorized")
    account = answered(await bot.alice.slash(bot.channel, "credits"))
    alice, before = bot.alice.id, message_text(account)
    for action in (f"credits:{alice}:1", f"credits-csv:{alice}"):
        result = await bot.press(bot.bob, account.id, f"m:{action}")
        assert ephemeral_text(result) == ENGLISH("credits-not-authorized"), action
        assert answered(result).attachments == [], action
    assert message_text(account) == before


async def test_one_who_may_manage_the_server_sees_anyones_account(bot: AdminHarness) -> None:
    languages, german = SpokenLanguages(bot.env), texts_in(Language.GERMAN)
    languages.server = Language.JAPANESE
    languages.members = {bot.alice.id: Language.FRENCH, bot.dana.id: Language.GERMAN}
    await bot.quota("role", role=bot.stars, credits=900)
    bot.env.backend.add_member_role(bot.guild.id, bot.alice.id, bot.stars.id)
    await bot.quota("grant", member=bot.alice, credits=5, reason="for alice")
    await bot.quota("grant", member=bot.dana, credits=5, reason="for dana")
    await make(bot, 6)
    await bot.quota("block", member=bot.alice)
    result = await bot.dana.slash(bot.channel, "credits", member=bot.alice)
    assert result.ephemeral
    account = answered(result)
    for page in (1, 2):
        shown = message_text(account)
        assert page_of(account) == (page, 2)
        assert title_of(account) == german("credits-spend-member", member=bot.alice.mention, credits=0)
        assert [each in shown for each in ("900", "for alice", "for dana")] == [True, True, False]
        assert german("credits-blocked") in shown
        if page == 1:
            await bot.dana.click(account, label=german("credits-older-button"))
    assert labels(account)[-3:] == [german(f"credits-{each}-button") for each in ("newer", "older", "export")]
    bot.guild.remove_member(bot.alice)
    gone = answered(await bot.dana.slash(bot.channel, "credits", member=bot.alice.user))
    await bot.dana.click(gone, label=german("credits-older-button"))
    assert page_of(gone) == (2, 2)
    sheet = await bot.dana.click(gone, label=german("credits-export-button"))
    assert ephemeral_text(sheet) == german("credits-exported", movies=6)
    assert {row["member_id"] for row in sheet_of(bot, sheet)} == {str(bot.alice.id)}


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*(?<!,)", text)


@pytest.mark.full
async def test_a_report_says_where_the_credits_of_this_server_went(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.ui.chart.FONT", Path("/missing/font"))
    elsewhere = bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("movies")
    carol = elsewhere.add_member(bot.env.create_user("carol"))
    await carol.slash(room, "movie", prompt="a secret", duration=20)
    await bot.quota("server", credits=2000)
    await bot.quota("grant", member=bot.bob, credits=70, reason="a prize")
    await bot.made(prompt="=HYPERLINK(1)", duration=20)
    bot.upstream.fail_renders(lambda prompt: prompt == "a storm")
    await bot.made(bot.bob, prompt="a storm", duration=30)
    await bot.movie(bot.bob, duration=5, video_model="VEOI2V")
    report = await bot.quota("report")
    text, table = ephemeral_text(report), sheet_of(bot, report)
    title, movies, budget, facts = text.splitlines()[:4]
    assert title == f"## {ENGLISH('report-title', month=format_month(ENGLISH, Month(2026, 11)))}"
    figures = [numbers(each) for each in (movies, budget, facts)]
    assert figures == [["1", "1", "200"], ["25", "200", "2,000"], ["300", "300", "70"]]
    one = f"200 ({ENGLISH('units-movies', movies=1)})"
    lines = fields(answered(report))
    assert lines[ENGLISH("report-members-field")] == f"{bot.alice.mention}: {one}"
    assert lines[ENGLISH("report-models-field")] == f"{LUMA_LABEL}: {one}"
    assert not [each for each in ("carol", "secret", " plan") if each in text]
    assert [each.filename for each in answered(report).attachments] == ["movies-2026-11.csv"]
    assert [row["prompt"] for row in table[:3]] == ["'=HYPERLINK(1)", "a storm", "a red balloon"]


@pytest.mark.full
async def test_a_report_has_a_chart_is_in_the_managers_language_and_names_discrepancies(bot: AdminHarness) -> None:
    assert "⚠️" not in message_text(answered(await bot.quota("report", month="2025-02")))
    await bot.made(duration=20)
    SpokenLanguages(bot.env).members[bot.dana.id] = Language.JAPANESE
    execute(bot.place, "UPDATE balances SET held = held + 1 WHERE scope = 'plan'")
    answer = answered(await bot.quota("report"))
    japanese = texts_in(Language.JAPANESE)
    month = format_month(japanese, Month(2026, 11))
    assert japanese("report-title", month=month) in message_text(answer)
    assert japanese("report-mismatches-value", mismatches=1) in message_text(answer)
    chart, _ = answer.attachments
    picture, alt = bot.env.backend.cdn.get(chart.url) or b"", chart.description or ""
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert (month in alt, numbers(alt)[-2:]) == (True, ["10", "200"])
    assert "credits-per-day.png" in addresses(answer)[0]
    execute(bot.place, "UPDATE balances SET held = held - 1 WHERE scope = 'plan'")


async def test_both_read_of_a_gift(bot: AdminHarness) -> None:
    await configure(bot, gift_credits=100)
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    gift = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=40)
    assert ephemeral_text(gift) == ENGLISH("gifts-given", member=f"<@{bot.bob.id}>", credits=40)
    for who, line in (
        (bot.alice, f"gave 40 bonus credits to {bot.bob.mention}"),
        (bot.bob, f"40 bonus credits from {bot.alice.mention}"),
    ):
        assert line in response_text(await who.slash(bot.channel, "credits"))


async def test_nobody_gives_to_a_bot_a_stranger_or_without_leave(bot: AdminHarness) -> None:
    off = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
    assert ephemeral_text(off) == refusal("gifts-off")
    before = await all_of_help(bot)
    await configure(bot, gift_credits=100)
    after = await all_of_help(bot)
    assert [ENGLISH("commands-gift") in each for each in (before, after)] == [False, True]
    stranger = bot.env.create_user("eve")
    gone = await bot.forged(bot.alice, "gift", member=stranger, credits=1)
    assert ephemeral_text(gone) == refusal("quota-not-a-member", member=stranger.id)
    machine = bot.guild.add_member(bot.env.create_user("machine", bot=True))
    to_bot = await bot.alice.slash(bot.channel, "gift", member=machine, credits=1)
    assert ephemeral_text(to_bot) == refusal("quota-bot-member", member=machine.id)
    odd = await bot.forged(bot.alice, "gift", member=bot.bob, credits=-5)
    assert ephemeral_text(odd) == refusal("quota-bad-credits", given=-5, min=1, max=MAX_CREDITS)
    assert query(bot.place, "SELECT 1 FROM gifts") == []


async def test_who_gives_too_fast_reads_when_to_come_back(bot: AdminHarness) -> None:
    """Each gift mentions its recipient, so gifts have a rate limit. A refused gift counts only as a try."""
    await configure(bot, gift_credits=100)
    await bot.quota("grant", member=bot.alice, credits=100, reason="a prize")
    for _ in range(TRIES - GIFT_BURST - 1):
        refused = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=101)
        assert ephemeral_text(refused) == refusal("gifts-over-bound", credits=100)
    for _ in range(GIFT_BURST):
        gift = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
        assert ephemeral_text(gift) == ENGLISH("gifts-given", member=f"<@{bot.bob.id}>", credits=1)
    soon = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
    assert ephemeral_text(soon) == refusal("gifts-too-fast", time=bot.clock.now() + 60_000)
    tried = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=101)
    assert ephemeral_text(tried) == refusal("gifts-too-fast", time=bot.clock.now() + 60_000 // TRIES)
    await bot.clock.advance(60)
    later = await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=1)
    assert ephemeral_text(later) == ENGLISH("gifts-given", member=f"<@{bot.bob.id}>", credits=1)
    assert len(query(bot.place, "SELECT 1 FROM gifts")) == GIFT_BURST + 1


async def test_a_declined_request_grants_nothing_and_its_member_is_told(bot: AdminHarness) -> None:
    request = await asked(bot)
    await request.press(ui.DECLINE)
    await bot.run_until_idle(5)
    [told] = bot.direct_messages(bot.alice)
    place = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}"
    assert message_text(told) == ENGLISH("requests-answer-declined", credits=300, place=place)
    assert granted(bot) == []
    assert ENGLISH("log-request-declined", manager=bot.dana.mention) in message_text(request.message)
    assert [(each.action, each.by.reason_code) for each in bot.audit_entries()][-2:] == [
        (AuditAction.REQUEST_CREDITS, None),
        (AuditAction.DECLINE_CREDITS, None),
    ]


async def test_a_request_of_years_ago_has_expired(bot: AdminHarness) -> None:
    request = await asked(bot)
    await bot.clock.advance(3 * 365 * 86_400)
    assert told_besides(await request.press()) == ENGLISH("log-request-lapsed")
    assert ENGLISH("log-request-lapsed") in message_text(request.message)
    assert (labels(request.message), granted(bot), rows(bot)[0]["state"]) == ([], [], "lapsed")


async def test_without_a_log_channel_the_refusal_says_whom_to_ask(bot: AdminHarness) -> None:
    refusal = await quoted(bot, duration=70)
    assert ui.ASK not in refusal.actions
    assert ENGLISH("requests-ask-managers") in refusal.text
    refusal = await refused(bot)
    assert ENGLISH("requests-ask-managers") not in refusal.text
    await bot.set_staff_channel(None)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-channel")
    assert rows(bot) == []


async def test_a_button_that_no_longer_helps_says_why_and_requests_nothing(bot: AdminHarness) -> None:
    refusal = await refused(bot)
    await bot.quota("server", credits=10)
    assert ephemeral_text(await refusal.press(ui.ASK)) == ENGLISH("requests-no-help")
    await bot.quota("clear server")
    await configure(bot, channels=(bot.lines.id,))
    told = ephemeral_text(await refusal.press(ui.ASK, bot.bob))
    assert told == ENGLISH("refusals-channel", channels=bot.lines.mention)
    assert rows(bot) == []


@pytest.mark.parametrize(("command", "enough", "credits"), [("credits", 600, 300), ("help", 60, 600)])
async def test_who_is_short_of_credits_may_ask_there_too(
    bot: AdminHarness, command: str, enough: int, credits: int
) -> None:
    """/credits tells of a usual movie, and /help of a second."""
    answers = []

    async def asks(who: MemberActor | None = None, **options: object) -> bool:
        answer = answered(await (who or bot.alice).slash(bot.channel, command, **options))
        answers.append(answer)
        return ui.ASK in actions(answer)

    await configure(bot, video_models=("VEOI2V",), default_seconds=10)
    await bot.quota("member", member=bot.alice, credits=enough - 1)
    assert not await asks()
    assert (ENGLISH("requests-ask-managers") in message_text(answers[-1])) == (command == "credits")
    await bot.set_staff_channel(bot.lines)
    await bot.quota("member", member=bot.alice, credits=enough)
    assert not await asks()
    await bot.quota("member", member=bot.alice, credits=enough - 1)
    if command == "credits":
        assert not await asks(bot.dana, member=bot.alice)
    assert await asks()
    await bot.press(bot.alice, answers[-1], custom_ids(answers[-1])[ui.ASK])
    [row] = rows(bot)
    assert (row["credits"], row["price_credits"]) == (credits, 600)


async def test_a_member_whose_request_cannot_be_posted_is_told(bot: AdminHarness) -> None:
    refusal = await refused(bot)
    await bot.run_until_idle()
    bot.env.inject_error("POST", f"/channels/{bot.lines.id}/messages", status=403, code=50013)
    await refusal.press(ui.ASK)
    await bot.run_until_idle()
    [told] = bot.direct_messages(bot.alice)
    place = f"https://discord.com/channels/{bot.guild.id}/{bot.channel.id}"
    assert message_text(told) == ENGLISH("requests-answer-unposted", credits=300, place=place)
