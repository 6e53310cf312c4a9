"""/quota report: a month's figures, chart and CSV for managers."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass

import pytest
from simcord.results import InteractionResult

from bot.domain.credits import Month
from bot.domain.job import EndReason
from bot.domain.language import Language
from bot.locales.texts import texts_in
from bot.sandbox.spoken_languages import SpokenLanguages
from bot.ui import quota_admin
from bot.ui.amounts import format_credits, format_month, format_movies
from bot.ui.reports import REASON_LABELS
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.expected_text import ENGLISH, LUMA_LABEL
from tests.helpers.reading import answered, ephemeral_text, message_text, response_text

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


def taken_apart(admin_bot: AdminHarness, result: InteractionResult) -> Report:
    assert result.ephemeral
    [embed] = answered(result).embeds
    sheet, *charts = answered(result).attachments
    assert [each.filename for each in charts] == ["credits-per-day.png"][: len(charts)]
    sheet_bytes, *pictures = (admin_bot.env.backend.cdn.get(each.url) or b"" for each in (sheet, *charts))
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


async def test_a_report_says_where_the_credits_of_this_server_went(
    admin_bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/missing/python")
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    room = elsewhere.create_text_channel("movies")
    carol = elsewhere.add_member(admin_bot.env.create_user("carol"))
    await carol.slash(room, "movie", prompt="a secret", duration=20)
    await admin_bot.quota("server", credits=2000)
    await admin_bot.quota("grant", member=admin_bot.bob, credits=70, reason="a prize")
    await admin_bot.movie(prompt="=HYPERLINK(1)", duration=20)
    await admin_bot.finish()
    admin_bot.upstream.fail_renders(lambda prompt: prompt == "a storm")
    await admin_bot.movie(admin_bot.bob, prompt="a storm", duration=30)
    await admin_bot.finish()
    await admin_bot.movie(admin_bot.bob, duration=5, video_model="VEOI2V")
    report = taken_apart(admin_bot, await admin_bot.quota("report"))
    month = format_month(ENGLISH, Month(2026, 11))
    title, movies, spent, held_refunded_granted = report.text.splitlines()[:4]
    assert title == ENGLISH("report-title", month=month)
    assert numbers(movies) == ["1", "1"]
    assert numbers(spent) == ["200"]
    assert numbers(held_refunded_granted) == ["300", "300", "70"]
    members, models, failures, lost, share = report.fields.values()
    assert members == f"alice: 200 ({format_movies(ENGLISH, 1)})"
    assert models == f"{LUMA_LABEL}: 200 ({format_movies(ENGLISH, 1)})"
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
        "member_id": str(admin_bot.alice.id),
        "duration_seconds": "20",
        "model": "LUMA",
        "credits": "200",
        "bonus_credits": "0",
        "outcome": "completed",
        "movie_id": admin_bot.stored_jobs()[1].id,
    }
    assert {name: report.table[0][name] for name in wanted} == wanted


@pytest.mark.full
async def test_the_chart_has_an_alternative_text(admin_bot: AdminHarness) -> None:
    await admin_bot.movie(duration=20)
    await admin_bot.finish()
    report = taken_apart(admin_bot, await admin_bot.quota("report", month="2026-11"))
    assert report.chart.startswith(PNG)
    assert len(report.chart) > 10_000
    assert "credits-per-day.png" in str(report.image)
    assert format_month(ENGLISH, Month(2026, 11)) in report.alt
    assert format_credits(ENGLISH, 200) in report.alt
    assert numbers(report.alt)[-2:] == ["10", "200"]


async def test_a_report_is_in_the_managers_language_and_names_discrepancies_of_the_ledger(
    admin_bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/missing/python")
    answer = answered(await admin_bot.quota("report", month="2025-02"))
    [sheet] = answer.attachments
    assert sheet.filename == "movies-2025-02.csv"
    [embed] = answer.embeds
    assert embed.image.url is None
    assert f"**{format_movies(ENGLISH, 0)}**" in message_text(answer)
    assert ENGLISH("report-mismatches-field") not in message_text(answer)
    SpokenLanguages(admin_bot.env).members[admin_bot.dana.id] = Language.JAPANESE
    await admin_bot.movie(duration=20)
    with closing(sqlite3.connect(admin_bot.path)) as connection, connection:
        connection.execute("UPDATE balances SET held = held + 1 WHERE scope = 'plan'")
    answer = answered(await admin_bot.quota("report"))
    japanese = texts_in(Language.JAPANESE)
    assert japanese("report-title", month=format_month(japanese, Month(2026, 11))) in message_text(answer)
    [mismatches] = [
        field.value for field in answer.embeds[0].fields if field.name == japanese("report-mismatches-field")
    ]
    assert numbers(mismatches or "") == ["1"]
    with closing(sqlite3.connect(admin_bot.path)) as connection, connection:
        connection.execute("UPDATE balances SET held = held - 1 WHERE scope = 'plan'")


async def test_a_month_that_is_none_is_refused(admin_bot: AdminHarness) -> None:
    for month in ("2026-13", "2026-00", "november", "2026-1", "1999-11", " ", "2026-11-01", 202611):
        text = ephemeral_text(await admin_bot.forged(admin_bot.dana, "quota report", month=month))
        assert text == quota_admin.bad_month(ENGLISH, month)
    result = await admin_bot.forged(admin_bot.alice, "quota report")
    assert ephemeral_text(result) == quota_admin.not_allowed(ENGLISH)
    assert not result.deferred
