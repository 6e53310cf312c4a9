"""A stranger repeats expensive requests, and others are served."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.discord_client.client import COMMANDS_PER_MINUTE
from bot.domain.credits import Month
from bot.domain.quota import AuditContext
from bot.services.rankings import KEPT_MS
from bot.services.reports import MAX_AT_ONCE, PER_MEMBER, PendingReport
from bot.ui import button_responses, credits, refusals, reports
from cogs.quota import QuotaCog
from data import rankings, removals
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import about_movie, answered, ephemeral_text, message_text, response_text
from tests.helpers.steps import completed_movie


async def test_a_member_gets_so_many_new_links_in_a_minute_and_others_go_on(bot: BotHarness) -> None:
    movie = await completed_movie(bot, duration=1)
    await bot.clock.advance(3600)
    await bot.restart()  # the bot's own tasks first ask the API: SimCord gives them a time of their own
    while await bot.app.links._limit.try_acquire(bot.bob.id) is None:
        pass
    refused, fresh = [await who.click(movie, label=ENGLISH("buttons-new-link-button")) for who in (bot.bob, bot.alice)]
    assert about_movie(refused.followups[0]) == button_responses.too_many_links(ENGLISH, bot.clock.now() + 6_000)
    assert message_text(fresh.followups[0]) == button_responses.fresh_link(ENGLISH, bot.stored_job()).content


@pytest.mark.full
async def test_a_report_that_is_queued_says_so_until_it_is_there(admin_bot: AdminHarness) -> None:
    cog = admin_bot.app.client.get_cog("QuotaCog")
    assert isinstance(cog, QuotaCog)
    for server in range(1, MAX_AT_ONCE + 1):
        other = await cog._reports.request(ENGLISH, server, Month(2026, 11), requested_by=1)
        assert isinstance(other, PendingReport)
    answers = [await admin_bot.quota("report") for _ in range(2 + PER_MEMBER)]
    said = [each.json["content"] for each in admin_bot.requests("PATCH", "/webhooks/") if each.json]
    assert said[:2] == [reports.queued(ENGLISH), None]
    assert [len(answered(answer).attachments) for answer in answers] == [2] * (1 + PER_MEMBER) + [0]
    refused = reports.too_many_reports(ENGLISH, admin_bot.clock.now() + 60_000 // PER_MEMBER)
    assert ephemeral_text(answers[-1]) == refused
    await other.result()


async def test_presses_on_the_export_are_three_sheets(admin_bot: AdminHarness) -> None:
    await admin_bot.movie(duration=1)
    account = answered(await admin_bot.alice.slash(admin_bot.channel, "credits"))
    press = f"m:credits-csv:{admin_bot.alice.id}"
    answers = [await admin_bot.press(admin_bot.alice, account.id, press) for _ in range(5)]
    sheets = [answer.response.attachments for answer in answers if answer.response is not None]
    assert [len(each) for each in sheets] == [1, 1, 1, 0, 0]
    refused = credits.too_many_exports(ENGLISH, admin_bot.clock.now() + 60_000)
    assert {response_text(answer) for answer in answers[3:]} == {refused}
    assert len(answered(await admin_bot.press(admin_bot.dana, account.id, press)).attachments) == 1


async def test_commands_for_top_in_a_row_are_one_read(bot: BotHarness) -> None:
    for prompt in ("a cat", "a dog"):
        await completed_movie(bot, prompt=prompt)
    read, reads = bot.app.database.read_long, list[object]()

    async def read_long(function: Any, *args: Any) -> Any:
        reads.append(function)
        return await read(function, *args)

    bot.app.database.read_long = read_long
    texts = [ephemeral_text(await bot.bob.slash(bot.channel, "top")) for _ in range(5)]
    assert reads == [rankings.read]
    assert all("a cat" in text and "a dog" in text for text in texts)
    [job] = [each for each in bot.stored_jobs() if each.request.prompt == "a dog"]
    await bot.app.database.write(removals.remove, job.id, AuditContext(bot.alice.id, bot.guild.id), bot.clock.now())
    after = ephemeral_text(await bot.bob.slash(bot.channel, "top"))
    assert ("a cat" in after, "a dog" in after, len(reads)) == (True, False, 1)
    await bot.clock.advance(KEPT_MS / 1000)
    await bot.bob.slash(bot.channel, "top")
    assert len(reads) == 2


async def test_each_member_has_a_limit_of_commands(tmp_path: Path) -> None:
    async with open_bot_harness(tmp_path, orders_per_minute=1) as bot:
        asked = [ephemeral_text(await bot.alice.slash(bot.channel, "help")) for _ in range(COMMANDS_PER_MINUTE)]
        assert len({*asked}) == 1
        retry_at = bot.clock.now() + 60_000 // COMMANDS_PER_MINUTE
        for command in ("help", "credits", "movies", "privacy", "top"):
            refused = await bot.alice.slash(bot.channel, command)
            assert ephemeral_text(refused) == refusals.too_many_commands(ENGLISH, retry_at)
        assert ephemeral_text(await bot.bob.slash(bot.channel, "help")) == asked[0]
        await bot.clock.advance(60 / COMMANDS_PER_MINUTE)
        assert not (await bot.movie(duration=1)).ephemeral
