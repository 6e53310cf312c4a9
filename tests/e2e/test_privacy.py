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
from bot.domain.jobs import JobState
from bot.domain.quota import AuditContext
from bot.domain.refusal import Refused
from bot.services.privacy import read_balance
from bot.ui import button_responses, pitches, privacy
from bot.ui.formatting import format_timestamp
from bot.ui.job_messages import paid_by
from bot.ui.refusals import refusal_text
from data import gifts
from data.storage import backups, engines
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.clock import START
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import jobs
from tests.helpers.member_data import traces
from tests.helpers.movie_list import listed, open_one
from tests.helpers.reading import (
    about_movie,
    actions,
    answered,
    custom_ids,
    ephemeral_text,
    labels,
    links,
    message_text,
    response_text,
)
from tests.helpers.steps import behind_more, completed_movie, rendering

pytestmark = pytest.mark.both_engines

PROMPT = "looms that weave numbers"


async def opened(bot: AdminHarness, who: MemberActor | None = None) -> ResponseMessage:
    result = await (who or bot.alice).slash(bot.channel, "privacy")
    assert result.ephemeral
    return answered(result)


async def asked(bot: AdminHarness) -> ResponseMessage:
    result = await bot.alice.click(await opened(bot), label=ENGLISH("privacy-erase-button"))
    assert result.ephemeral
    return answered(result)


def nothing_of(bot: AdminHarness, who: MemberActor) -> bool:
    return traces(bot.place, who.user.id, PROMPT) == set()


async def test_it_says_what_is_stored_and_for_how_long(bot: AdminHarness) -> None:
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


async def test_the_export_is_a_zip_file_which_is_made_twice_at_once(bot: AdminHarness) -> None:
    await bot.made(prompt=PROMPT)
    seen = await opened(bot)
    result, *more = [await bot.alice.click(seen, label=ENGLISH("privacy-export-button")) for _ in range(3)]
    assert [ENGLISH("privacy-export-ready") in response_text(each) for each in (result, *more)] == [True, True, False]
    [attachment] = answered(result).attachments
    with zipfile.ZipFile(io.BytesIO(await attachment.read())) as archive:
        data = json.loads(archive.read("data.json"))
        table = list(csv.DictReader(io.StringIO(archive.read("movies.csv").decode("utf-8-sig"))))
    assert data["member_id"] == str(bot.alice.user.id)
    assert [movie["prompt"] for movie in data["movies"]] == [row["prompt"] for row in table] == [PROMPT]


async def test_an_export_that_no_message_takes_leads_to_the_operator(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cogs.privacy.DEFAULT_UPLOAD_LIMIT", 10)
    await bot.movie()
    result = await bot.alice.click(await opened(bot), label=ENGLISH("privacy-export-button"))
    assert response_text(result) == ENGLISH("privacy-export-too-large")


async def test_the_question_counts_bonus_credits_and_a_movie_whose_outcome_is_unknown(bot: AdminHarness) -> None:
    await bot.app.database.write(gifts.grant, bot.alice.id, 40, by=AuditContext(bot.bob.id, bot.guild.id))
    bot.upstream.inject("cut-after")
    await bot.movie(prompt=PROMPT)
    await bot.run_until_idle()
    await bot.movie(prompt=f"{PROMPT} again")
    assert [job["state"] for job in jobs(bot.place)] == [JobState.UNKNOWN, JobState.QUEUED]
    question = await asked(bot)
    for counted in ("question-waiting", "question-open"):
        assert ENGLISH(f"privacy-{counted}", movies=1) in message_text(question)
    assert ENGLISH("privacy-question-bonus", credits=40) in message_text(question)
    await bot.alice.click(question, label=ENGLISH("privacy-confirm-button"))
    assert message_text(question) == ENGLISH("privacy-erasing-later", movies=1)
    assert refusal_text(ENGLISH, Refused("refusals-erasing")) in response_text(await bot.movie(prompt=PROMPT))
    seen = await opened(bot)
    assert ENGLISH("privacy-erasing-later", movies=1) in message_text(seen)
    again = await bot.press(bot.alice, seen, "m:privacy-erase")
    assert ephemeral_text(again) == ENGLISH("privacy-erasing-later", movies=1)


async def test_a_cancelled_movies_card_names_nobody_and_is_deleted(bot: AdminHarness) -> None:
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


async def test_spent_credits_are_not_back_after_an_erasure(bot: AdminHarness) -> None:
    await bot.made(prompt=PROMPT, duration=30)
    question = await asked(bot)
    await bot.alice.click(question, label=ENGLISH("privacy-confirm-button"))
    assert (message_text(question), labels(question)) == (ENGLISH("privacy-erased"), [])
    assert nothing_of(bot, bot.alice)
    credits = await bot.alice.slash(bot.channel, "credits")
    assert ENGLISH("credits-carried-over", date="", credits=300).strip() in response_text(credits)
    assert (await read_balance(bot.app.database, bot.guild.id, bot.alice.user.id, ())).allowance.available == 300


async def test_no_log_line_names_the_member(bot: AdminHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Logs that a host has collected can't be erased."""
    caplog.set_level("DEBUG", "bot")
    caplog.set_level("DEBUG", "cogs")
    await bot.made(prompt=PROMPT)
    await bot.press(bot.alice, bot.messages()[-1], "m:nonsense:1")
    await bot.alice.click(await asked(bot), label=ENGLISH("privacy-confirm-button"))
    records = [str(vars(record)) for record in caplog.records if record.name.split(".")[0] in ("bot", "cogs", "data")]
    assert records
    assert not [line for line in records if str(bot.alice.user.id) in line or PROMPT in line or "alice" in line]


async def test_the_running_bot_goes_on_by_itself(bot: AdminHarness) -> None:
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


CONFIRM = ENGLISH("buttons-delete-movie-button")


async def delete_pressed(who: MemberActor, movie: discord.Message) -> InteractionResult:
    result = await behind_more(who, movie, "delete")
    assert result.ephemeral
    return result


async def test_its_member_deletes_a_movie_for_everyone(bot: AdminHarness) -> None:
    movie = await completed_movie(bot)
    url, new_link = str(bot.job()["movie_url"]), f"m:refresh:{bot.job()['id']}"
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
    deleted_at = format_timestamp(bot.stored_job().removed_at or 0, "f")
    assert ENGLISH("movies-deleted-value", date=deleted_at) in message_text(page)
    assert (url in message_text(page), links(page.message), actions(page)[:2]) == (False, {}, ["remix", "retry"])
    assert bot.member().used == 200


async def test_a_movie_that_is_being_made_is_not_deleted(bot: AdminHarness) -> None:
    card = await rendering(bot)
    for action in ("delete", "delete-confirm"):
        pressed = await bot.press(bot.alice, card, f"m:{action}:{bot.job()['id']}")
        assert about_movie(pressed) == ENGLISH("buttons-delete-unfinished")
        assert labels(answered(pressed)) == []


async def test_only_staff_delete_a_movie_that_others_paid_for(bot: AdminHarness) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=30)
    [message] = bot.messages()
    await bot.press(bot.bob, message, custom_ids(message)[pitches.REST])
    await bot.finish()
    job, [movie] = bot.stored_job(), [each for each in bot.messages() if "star" in actions(each)]
    for action in ("delete", "delete-confirm"):
        refused = await bot.press(bot.alice, movie, f"m:{action}:{job.id}")
        assert ephemeral_text(refused).startswith(ENGLISH("buttons-not-deleter-shared"))
    assert bot.stored_job().removed_at is None
    question = await bot.press(bot.dana, movie, f"m:delete:{job.id}")
    assert paid_by(ENGLISH, [bot.bob.id]) in ephemeral_text(question)
    await bot.press(bot.dana, answered(question).message, f"m:delete-confirm:{job.id}")
    assert message_text(answered(question)) == ENGLISH("buttons-deleted")
    assert bot.stored_job().removed_at is not None
