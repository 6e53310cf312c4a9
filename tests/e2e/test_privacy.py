"""What is taken away: movies with *Delete*, and all of a member with /privacy."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import shutil
import zipfile

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot import lifecycle
from bot.domain.jobs import JobState, RemovedBy
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.services.privacy import read_balance
from bot.ui import button_responses, pitches, privacy
from bot.ui.job_messages import paid_by
from bot.ui.refusals import refusal_text
from data import gifts
from data.storage import backups, engines, erasure_copies
from tests.helpers import ledger_checks
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import assert_ledger_consistent, jobs
from tests.helpers.member_data import traces
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import (
    about_movie,
    actions,
    answered,
    button,
    custom_ids,
    ephemeral_text,
    labels,
    links,
    message_text,
    response_text,
)
from tests.helpers.steps import completed_movie, rendering

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
    await bot.made(prompt=PROMPT)
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
    await bot.made(prompt=PROMPT)
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
    assert response_text(result) == ENGLISH("privacy-export-too-large")


async def test_the_messages_about_a_members_movies_are_deleted_where_that_is_confirmed(bot: BotHarness) -> None:
    for who in (bot.alice, bot.bob):
        await bot.made(who, prompt=PROMPT)
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
    await bot.made(prompt=PROMPT)
    plan = bot.plan()
    question = await asked(bot)
    confirm = button(question, ENGLISH("privacy-confirm-button"))
    await bot.restart()
    await bot.press(bot.alice, question, confirm)
    assert (question.content, labels(question)) == (ENGLISH("privacy-erased"), [])
    assert nothing_of(bot, bot.alice)
    assert bot.plan() == plan
    assert len(erasure_copies.read_list(bot.app.settings.backup_dir)) == 1
    await bot.press(bot.alice, question, confirm)
    assert question.content == ENGLISH("privacy-nothing")
    assert len(erasure_copies.read_list(bot.app.settings.backup_dir)) == 1
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
    assert refusal_text(ENGLISH, Refused("refusals-erasing")) in response_text(refused)
    assert not nothing_of(bot, bot.alice)
    await bot.finish()
    assert bot.messages()[-1].content.startswith(f"<@{bot.alice.user.id}>")
    await bot.app.privacy.run_once()
    assert nothing_of(bot, bot.alice)
    assert_ledger_consistent(bot.place)


async def test_the_question_counts_bonus_credits_and_a_movie_whose_outcome_is_unknown(bot: BotHarness) -> None:
    by = AuditContext(bot.bob.id, bot.guild.id)
    await bot.app.database.write(gifts.grant, bot.alice.id, 40, by=by)
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
    await bot.made(prompt=PROMPT, duration=30)
    await bot.alice.click(await asked(bot), label=ENGLISH("privacy-confirm-button"))
    assert nothing_of(bot, bot.alice)
    credits = await bot.alice.slash(bot.channel, "credits")
    assert ENGLISH("credits-carried-over", date="", credits=300).strip() in response_text(credits)
    assert (await read_balance(bot.app.database, bot.guild.id, bot.alice.user.id, ())).allowance.available == 300


async def test_no_log_line_names_the_member(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Logs that a host has collected can't be erased."""
    caplog.set_level("DEBUG", "bot")
    caplog.set_level("DEBUG", "cogs")
    await bot.made(prompt=PROMPT)
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
    copy = engines.engine(settings.database_url).create_backup(backups.new_backup_path(settings.backup_dir, START)).path
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


DELETE, CONFIRM = ENGLISH("buttons-delete-button"), ENGLISH("buttons-delete-movie-button")


async def delete_pressed(who: MemberActor, movie: discord.Message) -> InteractionResult:
    result = await who.click(movie, label=DELETE)
    assert result.ephemeral
    return result


async def test_its_member_deletes_a_movie_for_everyone(bot: BotHarness) -> None:
    movie = await completed_movie(bot)
    url, new_link = str(bot.job()["movie_url"]), button(movie, ENGLISH("buttons-new-link-button"))
    question = await delete_pressed(bot.alice, movie)
    assert about_movie(question) == button_responses.delete_question(ENGLISH, bot.stored_job(), mine=True)
    assert [each.id for each in bot.messages()] == [movie.id]
    await bot.alice.click(answered(question).message, label=CONFIRM)
    assert message_text(answered(question)) == ENGLISH("buttons-deleted")
    assert labels(answered(question)) == []
    assert ephemeral_text(await bot.press(bot.bob, movie, new_link)) == ENGLISH("buttons-link-deleted")
    await bot.run_until_idle()
    assert bot.messages() == []
    await bot.restart()
    await bot.run_until_idle(3600)
    assert bot.messages() == []
    assert bot.job()["movie_url"] is None
    page = await listed(bot)
    assert ENGLISH("movies-deleted") in message_text(page)
    polls = len(bot.upstream.requests)
    await open_one(bot, page)  # an old movie, whose link would be asked for
    assert len(bot.upstream.requests) == polls
    assert ENGLISH("movies-deleted-field") in message_text(page)
    assert url not in message_text(page)
    assert links(page.message) == {}
    assert actions(page)[:2] == ["remix", "retry"]
    assert bot.member().used == 200


async def test_a_manager_deletes_anyones(bot: AdminHarness) -> None:
    dana = bot.dana
    movie = await completed_movie(bot)
    question = await delete_pressed(dana, movie)
    assert about_movie(question) == button_responses.delete_question(ENGLISH, bot.stored_job(), mine=False)
    assert "alice" in ephemeral_text(question)
    await dana.click(answered(question).message, label=CONFIRM)
    await bot.run_until_idle()
    assert bot.messages() == []
    assert bot.stored_job().removed_by is RemovedBy.MANAGER
    [entry] = ledger_checks.query(bot.place, "SELECT action, actor_id, subject_id FROM audit_log")
    assert entry == {"action": "movie_removed", "actor_id": dana.id, "subject_id": bot.alice.id}
    page = await listed(bot)
    await open_one(bot, page)
    assert "by the server's staff" in message_text(page)


async def test_a_movie_that_is_being_made_is_not_deleted(bot: BotHarness) -> None:
    card = await rendering(bot)
    for action in ("delete", "delete-confirm"):
        pressed = await bot.press(bot.alice, card, f"m:{action}:{bot.job()['id']}")
        assert about_movie(pressed) == ENGLISH("buttons-delete-unfinished")
        assert labels(answered(pressed)) == []


async def test_a_direct_message_is_deleted_with_the_card(bot: BotHarness) -> None:
    """Direct messages have no server, so only its member can press. Older versions recorded no channel."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await bot.run_until_idle(RENDER_SECONDS)
    ledger_checks.execute(bot.place, "UPDATE outbox SET channel_id = NULL")
    [movie] = bot.direct_messages(bot.alice)
    question = answered(await bot.alice.user.click(movie, label=DELETE))
    await bot.alice.user.click(question.message, label=CONFIRM)
    await bot.run_until_idle()
    assert (bot.direct_messages(bot.alice), bot.messages()) == ([], [])


async def test_a_manager_deletes_the_movie_of_a_member_who_erased_their_data(bot: AdminHarness) -> None:
    movie = await completed_movie(bot)
    assert (await bot.app.privacy.erase(bot.alice.id)).done
    await bot.restart()
    question = await delete_pressed(bot.dana, movie)
    await bot.dana.click(answered(question).message, label=CONFIRM)
    await bot.run_until_idle()
    assert bot.messages() == []


async def test_only_staff_delete_a_movie_that_others_paid_for(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=30)
    [message] = bot.messages()
    await bot.press(bot.bob, message, custom_ids(message)[pitches.REST])
    await bot.finish()
    job, [movie] = bot.stored_job(), [each for each in bot.messages() if "delete" in actions(each)]
    for action in ("delete", "delete-confirm"):
        refused = await bot.press(bot.alice, movie, f"m:{action}:{job.id}")
        assert ephemeral_text(refused).startswith(ENGLISH("buttons-not-deleter-shared"))
    assert bot.stored_job().removed_at is None
    question = await bot.press(bot.dana, movie, f"m:delete:{job.id}")
    assert paid_by(ENGLISH, [bot.bob.id]) in ephemeral_text(question)
    await bot.press(bot.dana, answered(question).message, f"m:delete-confirm:{job.id}")
    assert message_text(answered(question)) == ENGLISH("buttons-deleted")
    assert bot.stored_job().removed_at is not None
