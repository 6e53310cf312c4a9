"""/privacy: by the member, by a stranger, twice, and after a restart."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import zipfile

import pytest
from simcord.actors import MemberActor
from simcord.results import ResponseMessage

from bot import lifecycle
from bot.domain.job import JobState
from bot.domain.quota import AuditContext
from bot.domain.risk import Refusal, RefusalReason
from bot.ui import privacy
from bot.ui.refusals import refusal_text
from data import backups, connect, erasure_list, grants
from tests.helpers.bot_harness import BotHarness
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import assert_ledger_consistent, jobs
from tests.helpers.member_data import traces
from tests.helpers.reading import actions, answered, button, ephemeral_text, labels, message_text, response_text

pytestmark = pytest.mark.both_engines

PROMPT = "looms that weave numbers"


async def opened(bot: BotHarness, who: MemberActor | None = None) -> ResponseMessage:
    result = await (who or bot.alice).slash(bot.channel, "privacy")
    assert result.ephemeral
    return answered(result)


async def asked(bot: BotHarness) -> ResponseMessage:
    result = await bot.alice.click(await opened(bot), label=ENGLISH("privacy-erase-button"))
    assert result.ephemeral
    return answered(result)


def nothing_of(bot: BotHarness, who: MemberActor) -> bool:
    return traces(bot.place, who.user.id, PROMPT) == set()


async def test_it_says_what_is_stored_and_for_how_long(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT)
    await bot.finish()
    seen = await opened(bot)
    text = message_text(seen)
    assert ENGLISH("privacy-about") in text
    assert ENGLISH("privacy-kept-value", days=365) in text
    assert ENGLISH("privacy-now-value", movies=1) in text
    assert actions(seen) == [privacy.EXPORT, privacy.ERASE]
    await bot.restart(
        privacy_url="https://cinema.test/privacy", terms_url="https://cinema.test/terms", retention_days=0
    )
    seen = await opened(bot)
    assert ENGLISH("privacy-kept-always-value") in message_text(seen)
    assert actions(seen) == [privacy.EXPORT, privacy.ERASE, "https://cinema.test/privacy", "https://cinema.test/terms"]


async def test_the_export_has_everything_as_json_and_csv(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT)
    await bot.finish()
    await bot.movie(bot.bob, prompt="bob's secret")
    seen = await opened(bot)
    result, *more = [await bot.alice.click(seen, label=ENGLISH("privacy-export-button")) for _ in range(3)]
    assert [ENGLISH("privacy-export-ready") in response_text(each) for each in (result, *more)] == [True, True, False]
    [attachment] = answered(result).attachments
    content = await attachment.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = json.loads(archive.read("data.json"))
        table = list(csv.DictReader(io.StringIO(archive.read("movies.csv").decode("utf-8-sig"))))
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert data["member_id"] == str(bot.alice.user.id)
    assert [movie["prompt"] for movie in data["movies"]] == [row["prompt"] for row in table] == [PROMPT]
    assert data["movies"][0]["created_at"].startswith("2026-11-10T12:00")
    assert [entry["entry_type"] for entry in data["credits"]] == ["hold", "capture"]
    assert b"bob" not in everything
    assert str(bot.bob.user.id).encode() not in everything


async def test_an_export_that_no_message_takes_leads_to_the_operator(
    bot: BotHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cogs.privacy.DEFAULT_UPLOAD_LIMIT", 10)
    await bot.movie()
    result = await bot.alice.click(await opened(bot), label=ENGLISH("privacy-export-button"))
    assert response_text(result) == privacy.export_too_large(ENGLISH)


async def test_the_messages_about_a_members_movies_are_deleted_where_that_is_confirmed(bot: BotHarness) -> None:
    for who in (bot.alice, bot.bob):
        await bot.movie(who, prompt=PROMPT)
        await bot.finish()
    question, other = [await asked(bot) for _ in range(2)]
    assert ENGLISH("privacy-question-messages") in message_text(question)
    await bot.alice.click(question, label=ENGLISH("privacy-confirm-messages-button"))
    assert (question.content, labels(question)) == (ENGLISH("privacy-erased-with-messages"), [])
    await bot.alice.click(other, label=ENGLISH("privacy-confirm-button"))
    assert other.content == ENGLISH("privacy-nothing")
    await bot.restart()
    await bot.run_until_idle(60)
    [left] = bot.messages()
    assert bot.bob.mention in left.content


async def test_a_confirmed_erasure_leaves_nothing(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT)
    await bot.finish()
    plan = bot.plan()
    question = await asked(bot)
    confirm = button(question, ENGLISH("privacy-confirm-button"))
    await bot.restart()
    await bot.press(bot.alice, question, confirm)
    assert (question.content, labels(question)) == (ENGLISH("privacy-erased"), [])
    assert nothing_of(bot, bot.alice)
    assert bot.plan() == plan
    assert len(erasure_list.read(bot.app.settings.backup_dir)) == 1
    await bot.press(bot.alice, question, confirm)
    assert question.content == ENGLISH("privacy-nothing")
    assert len(erasure_list.read(bot.app.settings.backup_dir)) == 1
    assert ENGLISH("privacy-nothing") in message_text(await opened(bot))


async def test_what_waits_is_refunded_and_what_is_made_is_delivered_first(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT)
    await bot.run_until_idle()
    assert bot.job()["state"] == JobState.RENDERING
    await bot.movie(prompt=f"{PROMPT} again")
    question = await asked(bot)
    assert ENGLISH("privacy-question-waiting", movies=1) in question.content
    assert ENGLISH("privacy-question-open", movies=1) in question.content
    await bot.alice.click(question, label=ENGLISH("privacy-confirm-button"))
    assert [job["state"] for job in jobs(bot.place)] == [JobState.RENDERING, JobState.CANCELLED]
    refused = await bot.movie(prompt=PROMPT)
    assert refusal_text(ENGLISH, Refusal(RefusalReason.ERASING)) in response_text(refused)
    assert not nothing_of(bot, bot.alice)
    await bot.finish()
    assert bot.messages()[-1].content.startswith(f"<@{bot.alice.user.id}>")
    await bot.app.privacy.run_once()
    assert nothing_of(bot, bot.alice)
    assert_ledger_consistent(bot.place)


async def test_the_question_counts_bonus_credits_and_a_movie_whose_outcome_is_unknown(bot: BotHarness) -> None:
    by = AuditContext(bot.bob.id, bot.guild.id)
    await bot.app.database.write(grants.grant, bot.alice.id, 40, by=by, now=bot.clock.now())
    bot.upstream.inject("cut-after")
    await bot.movie(prompt=PROMPT)
    await bot.run_until_idle()
    assert bot.job()["state"] == JobState.UNKNOWN
    question = await asked(bot)
    assert ENGLISH("privacy-question-open", movies=1) in question.content
    assert ENGLISH("privacy-question-bonus", credits=40) in question.content
    await bot.alice.click(question, label=ENGLISH("privacy-confirm-button"))
    assert question.content == ENGLISH("privacy-erasing-later", movies=1)
    seen = await opened(bot)
    assert ENGLISH("privacy-erasing-later", movies=1) in message_text(seen)
    again = await bot.press(bot.alice, seen, "m:privacy-erase")
    assert ephemeral_text(again) == ENGLISH("privacy-erasing-later", movies=1)


async def test_a_cancelled_movies_card_names_nobody_and_is_deleted(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT)
    await bot.alice.click(await asked(bot), label=ENGLISH("privacy-confirm-button"))
    card = bot.messages()[-1]
    text = message_text(card)
    assert PROMPT not in text
    assert ENGLISH("privacy-unnamed") in text
    assert labels(card) == [ENGLISH("buttons-retry-button")]
    answer = await bot.alice.click(card, label=ENGLISH("buttons-retry-button"))
    assert ephemeral_text(answer) == ENGLISH("privacy-not-again")
    await bot.movie(bot.bob, prompt=PROMPT)
    assert (await bot.app.privacy.erase(bot.bob.user.id)).done
    assert nothing_of(bot, bot.alice)
    assert nothing_of(bot, bot.bob)
    await bot.run_until_idle()
    assert bot.messages() == []


async def test_spent_credits_are_not_back_after_an_erasure(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT, duration=30)
    await bot.finish()
    await bot.alice.click(await asked(bot), label=ENGLISH("privacy-confirm-button"))
    assert nothing_of(bot, bot.alice)
    credits = await bot.alice.slash(bot.channel, "credits")
    assert ENGLISH("credits-carried-over", date="", credits=300).strip() in response_text(credits)
    assert (await bot.app.accounts.balance(bot.guild.id, bot.alice.user.id, ())).allowance.available == 300


async def test_no_log_line_names_the_member(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Logs that a host has collected can't be erased."""
    caplog.set_level("DEBUG", "bot")
    caplog.set_level("DEBUG", "cogs")
    await bot.movie(prompt=PROMPT)
    await bot.finish()
    await bot.press(bot.alice, bot.messages()[-1], "m:nonsense:1")
    await bot.alice.click(await asked(bot), label=ENGLISH("privacy-confirm-button"))
    records = [str(vars(record)) for record in caplog.records if record.name.split(".")[0] in ("bot", "cogs", "data")]
    assert records
    assert not [line for line in records if str(bot.alice.user.id) in line or PROMPT in line or "alice" in line]


async def test_the_running_bot_goes_on_by_itself(bot: BotHarness) -> None:
    await bot.movie(prompt=PROMPT)
    await bot.run_until_idle()
    await bot.alice.click(await asked(bot), label=ENGLISH("privacy-confirm-button"))
    settings = bot.app.settings
    copy = connect.create_backup(settings.database_url, backups.new_backup_path(settings.backup_dir, START)).path
    database = settings.database_path or settings.backup_dir / backups.POSTGRESQL
    beside = shutil.copy(copy, database.with_name(f"{database.name}.before-restore-20261110-110000"))
    stopping = asyncio.Event()
    tasks = lifecycle._upkeep(bot.app, stopping)
    upkeep = asyncio.create_task(tasks.pop("erasures"))
    for each in tasks.values():
        each.close()
    await bot.clock.asleep_within(upkeep)
    assert not nothing_of(bot, bot.alice)
    await bot.finish()
    await bot.clock.advance(60)
    await bot.clock.asleep_within(upkeep)
    assert nothing_of(bot, bot.alice)
    for each in (copy, beside):
        assert traces(each, bot.alice.user.id, PROMPT) == set()
    if settings.database_path is not None:
        log = settings.database_path.with_name(f"{database.name}-wal")
        assert PROMPT.encode() not in log.read_bytes()
    stopping.set()
    await upkeep
