"""/credits and /quota report: a balance for its member alone, figures for managers."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass

import pytest
from simcord.results import InteractionResult, ResponseMessage

from bot.domain.credits import Month
from bot.domain.jobs import EndReason, JobState
from bot.domain.quota import Allowance, AllowanceSource
from bot.domain.text import Language
from bot.locales.texts import texts_in
from bot.sandbox.environment import SpokenLanguages
from bot.ui import credits
from bot.ui.formatting import format_credits, format_month
from bot.ui.job_status import state_label
from bot.ui.reports import REASON_LABELS
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL, refusal
from tests.helpers.reading import answered, ephemeral_text, labels, message_text, response_text

DECEMBER = 1796083200
"""The first of December 2026, in seconds."""


ALLOWANCE, USED = ENGLISH("credits-allowance-field"), ENGLISH("credits-used-field")
ON_HOLD, BONUS = ENGLISH("credits-on-hold-field"), ENGLISH("credits-bonus-field")
SHARED, RECEIPTS = ENGLISH("credits-shared-field"), ENGLISH("credits-receipts-field")
NEWER, OLDER = ENGLISH("credits-newer-button"), ENGLISH("credits-older-button")
EXPORT = ENGLISH("credits-export-button")


def the_field(message: ResponseMessage | None, name: str) -> str:
    assert message is not None
    [value] = [each.value for each in message.embeds[0].fields if (each.name or "").startswith(name)]
    assert value is not None
    return value


def enabled(message: ResponseMessage | None) -> list[bool]:
    """Return which buttons can be pressed: newer, older, CSV."""
    assert message is not None
    return [not each.get("disabled", False) for row in message.components for each in row["components"]]


def page_of(message: ResponseMessage | None) -> tuple[int, ...]:
    assert message is not None
    return tuple(map(int, re.findall(r"\d+", message.embeds[0].fields[-1].name or "")))


def whose(result: InteractionResult) -> str:
    title = answered(result).embeds[0].title or ""
    return title.removesuffix(ENGLISH("credits-account-title", name=""))


async def make(bot: AdminHarness, count: int, seconds: int = 1) -> None:
    for number in range(count):
        await bot.movie(prompt=f"movie {number + 1}", duration=seconds)
        await bot.clock.advance(1)
    await bot.finish()


def sheet_of(bot: AdminHarness, result: InteractionResult) -> list[dict[str, str]]:
    [attachment] = answered(result).attachments
    assert attachment.filename.endswith(".csv")
    sheet = bot.env.backend.cdn.get(attachment.url)
    assert sheet is not None
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))


async def test_a_member_sees_what_they_have(bot: AdminHarness) -> None:
    await bot.quota("grant", member=bot.alice, credits=50, reason="a prize")
    await make(bot, 1, seconds=20)
    await bot.movie(duration=10)
    result = await bot.alice.slash(bot.channel, "credits")
    text = ephemeral_text(result)
    for words in ("alice", format_credits(ENGLISH, 350), "50%", f"<t:{DECEMBER}:R>", f"<t:{DECEMBER}:D>"):
        assert words in text
    allowance, source = the_field(result.response, ALLOWANCE).splitlines()
    assert allowance.startswith(format_credits(ENGLISH, 600))
    assert source == credits.allowance_source(ENGLISH, Allowance(600, AllowanceSource.BOT_DEFAULT))
    assert the_field(result.response, USED).startswith(format_credits(ENGLISH, 200))
    assert the_field(result.response, ON_HOLD) == format_credits(ENGLISH, 100)
    assert the_field(result.response, BONUS).startswith(format_credits(ENGLISH, 50))
    receipts = the_field(result.response, RECEIPTS).splitlines()
    assert [line.split(" ", 1)[1].partition(" · [")[0] for line in receipts[::2]] == [
        f"{state_label(ENGLISH, JobState.QUEUED)} · **100** · 10 s {LUMA_LABEL}",
        f"{state_label(ENGLISH, JobState.COMPLETED)} · **200** · 20 s {LUMA_LABEL}",
    ]
    assert receipts[1::2] == ["-# a red balloon", "-# movie 1"]
    await bot.quota("server", credits=320)
    shared = await bot.alice.slash(bot.channel, "credits")
    assert the_field(shared.response, SHARED).startswith(format_credits(ENGLISH, 20))


async def test_without_movies_only_the_member_reads_how_to_make_one(bot: AdminHarness) -> None:
    for reader, text in ((bot.bob, "credits-no-receipts"), (bot.dana, "credits-member-no-receipts")):
        account = await reader.slash(bot.channel, "credits", member=bot.bob)
        assert the_field(account.response, RECEIPTS) == ENGLISH(text)
        assert whose(account) == "bob"
        assert enabled(account.response) == [False, False, False]


async def test_receipts_come_in_pages(bot: AdminHarness) -> None:
    await make(bot, 12)
    account = answered(await bot.alice.slash(bot.channel, "credits"))
    seen: list[list[str]] = []
    for label, can in ((OLDER, (False, True)), (OLDER, (True, True)), ("", (True, False))):
        assert page_of(account) == (len(seen) + 1, 3)
        assert enabled(account) == [*can, True]
        seen.append([line.removeprefix("-# ") for line in the_field(account, RECEIPTS).splitlines()[1::2]])
        if label:
            await bot.alice.click(account, label=label)
    movies = [f"movie {number}" for number in range(12, 0, -1)]
    assert seen == [movies[:5], movies[5:10], movies[10:]]
    await bot.restart()
    await bot.alice.click(account, label=NEWER)
    assert page_of(account) == (2, 3)
    sheet = sheet_of(bot, await bot.alice.click(account, label=EXPORT))
    assert [row["prompt"] for row in sheet] == movies


async def test_the_last_three_grants_and_changes_are_listed_with_their_reasons(bot: AdminHarness) -> None:
    for credits_granted, reason in ((10, "hello"), (50, "a prize"), (7, "a tip")):
        await bot.quota("grant", member=bot.alice, credits=credits_granted, reason=reason)
    await bot.quota("take", member=bot.alice, credits=20, reason="a slip")
    account = (await bot.alice.slash(bot.channel, "credits")).response
    lines = the_field(account, ENGLISH("credits-adjustments-field")).splitlines()
    for line, reason in zip(lines, ("a slip", "a tip", "a prize"), strict=True):
        assert reason in line


async def test_one_who_may_not_sees_only_their_own_and_no_forged_press_shows_more(bot: AdminHarness) -> None:
    text = ephemeral_text(await bot.bob.slash(bot.channel, "credits", member=bot.alice))
    assert text == ENGLISH("credits-not-authorized")
    account = answered(await bot.alice.slash(bot.channel, "credits"))
    alice, before = bot.alice.id, message_text(account)
    for action in (f"credits:{alice}:1", f"credits-csv:{alice}"):
        result = await bot.press(bot.bob, account.id, f"m:{action}")
        assert ephemeral_text(result) == ENGLISH("credits-not-authorized"), action
        assert answered(result).attachments == [], action
    odd = ("credits", "credits:x:0", "credits:1:-1", "credits:9999999999999999999:0", "credits-csv:")
    for action in (*odd, f"credits:{alice}:8000000000000000000"):
        result = await bot.press(bot.alice, account.id, f"m:{action}")
        assert ephemeral_text(result) == ENGLISH("errors-outdated"), action
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
    account = result.response
    assert account is not None
    for page in (1, 2):
        shown = message_text(account)
        assert page_of(account) == (page, 2)
        assert account.embeds[0].title == german("credits-account-title", name="alice")
        assert [each in shown for each in ("900", "for alice", "for dana")] == [True, True, False]
        assert german("credits-blocked") in shown
        if page == 1:
            await bot.dana.click(account, label=german("credits-older-button"))
    assert labels(account) == [
        german("credits-newer-button"),
        german("credits-older-button"),
        german("credits-export-button"),
    ]
    bot.guild.remove_member(bot.alice)
    gone = answered(await bot.dana.slash(bot.channel, "credits", member=bot.alice.user))
    await bot.dana.click(gone, label=german("credits-older-button"))
    assert page_of(gone) == (2, 2)
    sheet = await bot.dana.click(gone, label=german("credits-export-button"))
    assert ephemeral_text(sheet) == credits.export_ready(german, 6, 6)
    assert {row["member_id"] for row in sheet_of(bot, sheet)} == {str(bot.alice.id)}


PNG = b"\x89PNG\r\n\x1a\n"


@dataclass
class Report:
    """An answer to /quota report, taken apart."""

    text: str
    fields: dict[str, str]
    image: str | None
    chart: bytes
    alt: str
    sheet_name: str
    sheet: bytes

    @property
    def table(self) -> list[dict[str, str]]:
        assert self.sheet.startswith(b"\xef\xbb\xbf"), "a spreadsheet would not know that it is UTF-8"
        return list(csv.DictReader(io.StringIO(self.sheet.decode("utf-8-sig"), newline="")))


def taken_apart(bot: AdminHarness, result: InteractionResult) -> Report:
    assert result.ephemeral
    [embed] = answered(result).embeds
    sheet, *charts = answered(result).attachments
    assert [each.filename for each in charts] == ["credits-per-day.png"][: len(charts)]
    sheet_bytes, *pictures = (bot.env.backend.cdn.get(each.url) or b"" for each in (sheet, *charts))
    return Report(
        response_text(result),
        {field.name or "": field.value or "" for field in embed.fields},
        embed.image.url,
        b"".join(pictures),
        " ".join(each.description or "" for each in charts),
        sheet.filename,
        sheet_bytes,
    )


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d,]*(?<!,)", text)


@pytest.mark.full
async def test_a_report_says_where_the_credits_of_this_server_went(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/missing/python")
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
    report = taken_apart(bot, await bot.quota("report"))
    month = format_month(ENGLISH, Month(2026, 11))
    title, movies, spent, held_refunded_granted = report.text.splitlines()[:4]
    assert title == ENGLISH("report-title", month=month)
    assert numbers(movies) == ["1", "1"]
    assert numbers(spent) == ["200"]
    assert numbers(held_refunded_granted) == ["300", "300", "70"]
    members, models, failures, lost, share = report.fields.values()
    assert members == f"alice: 200 ({ENGLISH('units-movies', movies=1)})"
    assert models == f"{LUMA_LABEL}: 200 ({ENGLISH('units-movies', movies=1)})"
    assert failures.startswith(ENGLISH(REASON_LABELS[EndReason.UPSTREAM_FAILED]))
    assert numbers(failures) == ["1", "300", "300"]
    assert lost.startswith(format_credits(ENGLISH, 300))
    assert numbers(share)[-1] == "1,500"
    assert not [each for each in ("carol", "secret", " plan") if each in report.text]
    assert (report.image, report.chart) == (None, b"")
    assert report.sheet_name == "movies-2026-11.csv"
    assert [row["prompt"] for row in report.table[:3]] == ["'=HYPERLINK(1)", "a storm", "a red balloon"]
    wanted = {
        "requested_at_utc": "2026-11-10 12:00:00",
        "member_id": str(bot.alice.id),
        "duration_seconds": "20",
        "model": "LUMA",
        "credits": "200",
        "bonus_credits": "0",
        "outcome": "completed",
        "movie_id": bot.stored_jobs()[1].id,
    }
    assert {name: report.table[0][name] for name in wanted} == wanted


@pytest.mark.full
async def test_the_chart_has_an_alternative_text(bot: AdminHarness) -> None:
    await bot.made(duration=20)
    report = taken_apart(bot, await bot.quota("report", month="2026-11"))
    assert report.chart.startswith(PNG)
    assert len(report.chart) > 10_000
    assert "credits-per-day.png" in str(report.image)
    assert format_month(ENGLISH, Month(2026, 11)) in report.alt
    assert format_credits(ENGLISH, 200) in report.alt
    assert numbers(report.alt)[-2:] == ["10", "200"]


@pytest.mark.full
async def test_a_report_is_in_the_managers_language_and_names_discrepancies_of_the_ledger(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/missing/python")
    answer = answered(await bot.quota("report", month="2025-02"))
    [sheet] = answer.attachments
    assert sheet.filename == "movies-2025-02.csv"
    [embed] = answer.embeds
    assert embed.image.url is None
    assert f"**{ENGLISH('units-movies', movies=0)}**" in message_text(answer)
    assert ENGLISH("report-mismatches-field") not in message_text(answer)
    SpokenLanguages(bot.env).members[bot.dana.id] = Language.JAPANESE
    await bot.movie(duration=20)
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute("UPDATE balances SET held = held + 1 WHERE scope = 'plan'")
    answer = answered(await bot.quota("report"))
    japanese = texts_in(Language.JAPANESE)
    assert japanese("report-title", month=format_month(japanese, Month(2026, 11))) in message_text(answer)
    [mismatches] = [
        field.value for field in answer.embeds[0].fields if field.name == japanese("report-mismatches-field")
    ]
    assert numbers(mismatches or "") == ["1"]
    with closing(sqlite3.connect(bot.path)) as connection, connection:
        connection.execute("UPDATE balances SET held = held - 1 WHERE scope = 'plan'")


async def test_a_month_that_is_none_is_refused(bot: AdminHarness) -> None:
    for month in ("2026-13", "2026-00", "november", "2026-1", "1999-11", " ", "2026-11-01", 202611):
        text = ephemeral_text(await bot.forged(bot.dana, "quota report", month=month))
        assert text == refusal("quota-bad-month", given=str(month))
    result = await bot.forged(bot.alice, "quota report")
    assert ephemeral_text(result) == ENGLISH("quota-not-allowed")
    assert not result.deferred
