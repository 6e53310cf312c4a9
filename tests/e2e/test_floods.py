"""A stranger repeats expensive requests, and others are served."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.discord_client.client import COMMANDS_PER_MINUTE, Client
from bot.domain.credits import Month
from bot.domain.quota import AuditContext
from bot.sandbox.faults import respond
from bot.services.rankings import KEPT_MS
from bot.services.reports import MAX_AT_ONCE, PER_MEMBER, PendingReport
from bot.ui import button_responses, credits, refusals, reports
from cogs.quota import QuotaCog
from data import rankings, removals
from tests.helpers import audit_flood
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import about_movie, button, ephemeral_text, message_text, response_text
from tests.helpers.steps import completed_movie

FLOOD = 5_000


def limit_rate(client: Client, channel_id: int, seconds: float) -> None:
    """Make Discord answer a channel's messages with 429 and this Retry-After."""
    request = client.http.request

    async def limited(route: Any, **how: Any) -> Any:
        if route.method == "POST" and f"/channels/{channel_id}/messages" in route.url:
            raise discord.RateLimited(seconds)
        return await request(route, **how)

    client.http.request = limited


async def test_audit_entries_of_one_servers_flood_delay_no_other_servers(admin_bot: AdminHarness) -> None:
    """One server has 5,000 entries and a rate-limited channel."""
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    flooded = elsewhere.create_text_channel("audit")
    audit_flood.write(admin_bot.path, elsewhere.id, FLOOD, channel_id=flooded.id)
    limit_rate(admin_bot.app.client, flooded.id, 300)
    await admin_bot.set_staff_channel(admin_bot.lines)
    await admin_bot.run_until_idle()
    assert len(admin_bot.posted()) == 1
    await admin_bot.quota("default", credits=100)
    await admin_bot.run_until_idle(299)
    assert len(admin_bot.posted()) == 2


async def test_a_flood_in_a_forbidden_channel_costs_one_answer_of_403(admin_bot: AdminHarness) -> None:
    """Discord bans an address after 10,000 such answers in ten minutes."""
    elsewhere = admin_bot.env.create_guild("Elsewhere")
    forbidden = elsewhere.create_text_channel("audit")
    audit_flood.write(admin_bot.path, elsewhere.id, FLOOD, channel_id=forbidden.id)
    admin_bot.env.inject_error("POST", f"/channels/{forbidden.id}/messages", status=403, code=50001, times=None)
    await admin_bot.run_until_idle()
    assert len(admin_bot.requests("POST", f"/channels/{forbidden.id}/messages")) == 1


async def restart(bot: BotHarness) -> None:
    """Start the next process, whose own tasks first call the API.

    SimCord gives them a time of their own, and the API client's limiter measures in one time only.
    """
    await bot.clock.advance(3600)
    await bot.restart()


@pytest.mark.parametrize("found", [True, False])
async def test_fifty_presses_on_refresh_link_are_one_request(bot: BotHarness, found: bool) -> None:
    """The answer is kept for 30 seconds, even without a link."""
    movie = await completed_movie(bot)
    await restart(bot)
    if not found:
        bot.upstream.inject(respond(404, "Request not found."))
    say = button_responses.fresh_link if found else button_responses.no_fresh_link
    before = len(bot.upstream.requests)
    for _ in range(50):
        answer = await bot.press(bot.bob, movie, button(movie, ENGLISH("buttons-new-link-button")))
        assert message_text(answer.followups[0]) == say(ENGLISH, bot.stored_job()).content
    assert len(bot.upstream.requests) - before == 1
    await bot.clock.advance(30)
    await bot.press(bot.bob, movie, button(movie, ENGLISH("buttons-new-link-button")))
    assert len(bot.upstream.requests) - before == 2


async def test_a_member_refreshes_the_links_of_ten_movies_in_a_minute(bot: BotHarness) -> None:
    """The next click is told when to retry, and others are served."""
    movies = [await completed_movie(bot, duration=1) for _ in range(11)]
    await restart(bot)
    before = len(bot.upstream.requests)
    for movie in movies[:10]:
        await bot.press(bot.bob, movie, button(movie, ENGLISH("buttons-new-link-button")))
    refused = await bot.press(bot.bob, movies[10], button(movies[10], ENGLISH("buttons-new-link-button")))
    assert about_movie(refused.followups[0]) == button_responses.too_many_links(ENGLISH, bot.clock.now() + 6_000)
    assert len(bot.upstream.requests) - before == 10
    await bot.press(bot.alice, movies[10], button(movies[10], ENGLISH("buttons-new-link-button")))
    assert len(bot.upstream.requests) - before == 11


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The processes that were started."""
    started: list[object] = []
    start = asyncio.create_subprocess_exec

    async def noted(*args: Any, **how: Any) -> asyncio.subprocess.Process:
        started.append(args)
        return await start(*args, **how)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
    return started


async def test_fifty_reports_are_computed_once_a_minute(admin_bot: AdminHarness, processes: list[object]) -> None:
    """A few get the same report, others the retry time.

    Another manager gets it, too.
    """
    answers = [await admin_bot.quota("report") for _ in range(50)]
    assert len(processes) == 1
    sent, refused = answers[: 1 + PER_MEMBER], answers[1 + PER_MEMBER :]
    assert len({response_text(answer) for answer in sent}) == 1
    assert all(answer.response and len(answer.response.attachments) == 2 for answer in sent)
    moment = reports.too_many_reports(ENGLISH, admin_bot.clock.now() + 60_000 // PER_MEMBER)
    assert {ephemeral_text(answer) for answer in refused} == {moment}
    crew = admin_bot.guild.create_role("Second crew", permissions=discord.Permissions(manage_guild=True))
    erin = admin_bot.guild.add_member(admin_bot.env.create_user("erin"), roles=[crew])
    assert response_text(await admin_bot.quota("report", erin)) == response_text(sent[0])
    await admin_bot.clock.advance(60)
    await admin_bot.quota("report")
    assert len(processes) == 2


async def test_a_report_of_each_month_is_refused_after_three(admin_bot: AdminHarness, processes: list[object]) -> None:
    """The refusal says when the next is possible."""
    answers = [await admin_bot.quota("report", month=f"2026-{number:02}") for number in range(1, 13)]
    refused = reports.too_many_reports(ENGLISH, admin_bot.clock.now() + 60_000)
    assert [ephemeral_text(answer) for answer in answers[3:]] == [refused] * 9
    assert len(processes) == 3


async def test_a_report_that_is_queued_says_so_until_it_is_there(admin_bot: AdminHarness) -> None:
    """Two other servers' reports are computed meanwhile."""
    cog = admin_bot.app.client.get_cog("QuotaCog")
    assert isinstance(cog, QuotaCog)
    others = [
        await cog._reports.request(ENGLISH, server, Month(2026, 11), requested_by=1)
        for server in range(1, MAX_AT_ONCE + 1)
    ]
    answer = await admin_bot.quota("report")
    said = [each.json["content"] for each in admin_bot.requests("PATCH", "/webhooks/") if each.json]
    assert said == [reports.queued(ENGLISH), None]
    assert answer.response is not None
    assert len(answer.response.attachments) == 2
    for other in others:
        assert isinstance(other, PendingReport)
        await other.result()


async def test_fifty_presses_on_the_export_are_three_sheets(admin_bot: AdminHarness) -> None:
    """The others are told when to retry, and another member is served."""
    await admin_bot.movie(duration=1)
    account = (await admin_bot.alice.slash(admin_bot.channel, "credits")).response
    assert account is not None
    press = f"m:credits-csv:{admin_bot.alice.id}"
    answers = [await admin_bot.press(admin_bot.alice, account.id, press) for _ in range(50)]
    sheets = [answer.response.attachments for answer in answers if answer.response is not None]
    assert [len(each) for each in sheets] == [1] * 3 + [0] * 47
    refused = credits.too_many_exports(ENGLISH, admin_bot.clock.now() + 60_000)
    assert {response_text(answer) for answer in answers[3:]} == {refused}
    managers = await admin_bot.press(admin_bot.dana, account.id, press)
    assert managers.response is not None
    assert len(managers.response.attachments) == 1


async def test_fifty_presses_on_top_are_one_read(bot: BotHarness) -> None:
    """It isn't on the connection that orders use. What was removed since is left out."""
    for prompt in ("a cat", "a dog"):
        await completed_movie(bot, prompt=prompt)
    read, reads = bot.app.database.read_long, list[object]()

    async def read_long(function: Any, *args: Any) -> Any:
        reads.append(function)
        return await read(function, *args)

    bot.app.database.read_long = read_long
    texts = [ephemeral_text(await bot.bob.slash(bot.channel, "top")) for _ in range(50)]
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
    """It is their own, apart from that of orders, and in their language."""
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
