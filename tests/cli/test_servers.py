"""`servers`, `members`, `pause`, `resume` and `processes`, beside a running bot."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cli.databases import now_ms
from bot.cli.terminal import format_utc
from bot.domain.credits import Shortfall
from bot.domain.jobs import EndReason
from bot.domain.orders import OrderPlaced
from bot.domain.process import ProcessInfo, Role
from bot.domain.refusal import Refused
from bot.domain.risk import RiskLimits
from data import leases, orders, renders, server_policies, submissions
from data.database import Database
from data.storage import engines
from tests.helpers.at_time import at_time
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, run
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.refusing import blocked, is_refused
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import DAY
from tests.process.bot_process import environment


@pytest.mark.usefixtures("empty_database")
async def test_each_decision_says_what_it_changed(tmp_path: Path) -> None:
    ends = "can no longer order movies; its movies in progress will finish."
    for command, told in (
        (("servers", "limit", "11", "1"), "Server 11 can now spend 1 credit a month."),
        (("servers", "limit", "11", "default"), "Server 11 can now spend as much as the plan allows."),
        (("servers", "block", "11"), f"Server 11 {ends}"),
        (("servers", "block", "11"), "Server 11 was already blocked."),
        (("servers", "unblock", "11"), "Server 11 can order movies again."),
        (("servers", "unblock", "11"), "Server 11 wasn't blocked."),
        (("members", "block", "22"), "22 can no longer order movies."),
        (("members", "unblock", "22"), "22 can order movies again."),
        (("members", "unblock", "22"), "22 wasn't blocked by you."),
        (("pause",), "Orders are paused. Movies in progress will finish."),
        (("pause",), "Orders were already paused."),
        (("resume",), "Orders are no longer paused."),
        (("resume",), "Orders weren't paused."),
    ):
        assert await run(tmp_path, *command, ALLOWED_SERVERS="11") == Ended(0, f"{told}\n", "")
    ended = await run(tmp_path, "members", "unblock", "22", "--json")
    assert ended.parsed == {"member": 22, "blocked": False, "changed": False}


async def test_the_next_order_obeys_what_the_operator_says(empty_database: Database, tmp_path: Path) -> None:
    server, member = {"server": GUILD}, {"member": ALICE}
    stopped, paused = Refused("refusals-server-blocked"), Refused("refusals-paused")
    cases: list[tuple[str, dict[str, Any], object]] = [
        (f"servers limit {GUILD} 150", server | {"limit": 150}, OrderPlaced),
        (f"servers limit {GUILD} 150", server | {"limit": 150}, Shortfall),
        (f"servers limit {GUILD} default", server | {"limit": 2000}, OrderPlaced),
        (f"servers limit {GUILD} 0", server | {"limit": 0}, Shortfall),
        (f"servers limit {GUILD} default", server | {"limit": 2000}, OrderPlaced),
        (f"servers block {GUILD}", server | {"blocked": True, "changed": True}, stopped),
        (f"servers block {GUILD}", server | {"blocked": True, "changed": False}, stopped),
        (f"servers unblock {GUILD}", server | {"blocked": False, "changed": True}, OrderPlaced),
        ("pause", {"paused": True, "changed": True}, paused),
        ("pause", {"paused": True, "changed": False}, paused),
        ("resume", {"paused": False, "changed": True}, OrderPlaced),
        (f"members block {ALICE} --reason spam", member | {"blocked": True}, blocked(None, "spam", everywhere=True)),
        (f"members unblock {ALICE}", member | {"blocked": False, "changed": True}, OrderPlaced),
        (f"members block {ALICE}", member | {"blocked": True}, blocked(None, "", everywhere=True)),
    ]
    for number, (command, told, outcome) in enumerate(cases):
        assert (await run(tmp_path, *command.split(), "--json")).parsed == told
        ordered = await reserve(empty_database, a_job(number), (), LIMITS)
        assert (type(ordered) if isinstance(outcome, type) else ordered) == outcome, command


async def test_a_member_whose_movies_kept_failing_may_order_again(empty_database: Database, tmp_path: Path) -> None:
    """`members unblock` uses the operator's bound on failed credits, not the default."""
    database, now = empty_database, now_ms()
    risk = RiskLimits(open_jobs_per_member=5, open_jobs_per_server=50, queued_credits=1000, failed_credits=500)
    failed, later = (replace(a_job(number), price=500, created_at=now) for number in (1, 2))
    limits = replace(LIMITS, risk=risk)
    assert isinstance(await reserve(database, failed, (), limits), OrderPlaced)
    await database.write(at_time(now, orders.enqueue), failed.id, 77)
    await database.write(at_time(now, submissions.claim), 1, 10, 10)
    await database.write(at_time(now, submissions.mark_rendering), failed.id, "request-1", now)
    await database.write(at_time(now, renders.fail), failed.id, EndReason.UPSTREAM_FAILED, None, upstream_charged=True)
    stopped = await reserve(database, later, (), limits)
    assert is_refused(stopped, "refusals-failures")
    bound = {"MAX_FAILED_CREDITS_PER_MEMBER": "500"}
    ended = await run(tmp_path, "members", "unblock", str(ALICE), "--json", **bound)
    assert ended.parsed == {"member": ALICE, "blocked": False, "changed": True}
    assert isinstance(await reserve(database, later, (), limits), OrderPlaced)


async def test_the_servers_are_listed_and_left(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, url: str
) -> None:
    env = environment(discord, api, SERVER_MONTHLY_CREDITS="", DATABASE_URL=url)
    guild = next(iter(discord.state.guilds.values()))
    listed = await run(tmp_path, "servers", "list", discord_url=discord.url, **env)
    assert listed.status == 0
    assert guild.name in listed.out
    assert "2,000" in listed.out
    assert "ALLOWED_SERVERS" not in listed.out
    leave = ("servers", "leave", str(guild.id))
    discord.fail("DELETE", "/users/@me/guilds/*", status=403)
    refused = (await run(tmp_path, *leave, discord_url=discord.url, **env)).refused()
    assert refused.startswith(f"Can't leave server {guild.id}: 403 Forbidden")
    left = await run(tmp_path, *leave, "--json", discord_url=discord.url, **env)
    assert (left.parsed, guild.id in discord.state.guilds) == ({"left": guild.id}, False)
    assert "the bot isn't in it" in (await run(tmp_path, *leave, discord_url=discord.url, **env)).refused()
    assert discord.identifies == (), "no gateway is needed"


async def test_the_list_says_which_servers_may_order_and_what_each_spent(
    url: str, discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    database = await engines.engine(url).open()
    joined = next(iter(discord.state.guilds.values()))
    now = now_ms()
    placed = [replace(a_job(number), created_at=now) for number in (1, 2, 3)]
    elsewhere = replace(a_job(4), guild_id=14, price=40, created_at=now)
    earlier = replace(a_job(5), guild_id=15, created_at=now - 32 * DAY)
    for job in (*placed, elsewhere, earlier):
        assert isinstance(await reserve(database, job, (), LIMITS), OrderPlaced)
    for job in placed[1:]:
        await database.write(at_time(now, orders.enqueue), job.id, 77)
    await database.write(at_time(now, submissions.claim), 10, 10, 10)
    for job in placed[1:]:
        await database.write(at_time(now, submissions.mark_rendering), job.id, f"request-{job.id}", now)
    reason = EndReason.UPSTREAM_FAILED
    await database.write(at_time(now, renders.fail), placed[1].id, reason, None, upstream_charged=True, charged=70)
    await database.write(at_time(now, renders.complete), placed[2].id, "https://movies.test/3.mp4", None, 130)
    await database.write(at_time(now, server_policies.set_monthly_credits), GUILD, 500)
    await database.write(at_time(now, server_policies.set_blocked), 12, blocked=True)
    await database.write(at_time(now, server_policies.set_paused), paused=True)
    await database.close()
    env = environment(discord, api, ALLOWED_SERVERS=f"{GUILD},13", SERVER_MONTHLY_CREDITS="", DATABASE_URL=url)
    found = (await run(tmp_path, "servers", "list", "--json", discord_url=discord.url, **env)).parsed
    assert found["paused"]
    rows = {row["id"]: row for row in found["servers"]}
    assert {server: (row["name"], row["allowed"], row["blocked"]) for server, row in rows.items()} == {
        GUILD: (None, True, False),
        12: (None, False, True),
        13: (None, True, False),
        14: (None, False, False),
        joined.id: (joined.name, False, False),
    }
    numbers = ("limit", "used", "held", "failed", "above_price")
    assert [rows[GUILD][name] for name in numbers] == [500, 100, 100, 70, 30]
    assert [rows[14][name] for name in numbers] == [None, 0, 40, 0, 0]
    assert [*rows] == sorted(rows)
    text = (await run(tmp_path, "servers", "list", discord_url=discord.url, **env)).out
    first, *others = text.splitlines()
    assert "paused" in first
    lines = {line.split()[0]: line for line in others if line.strip()}
    assert lines[str(GUILD)].split() == [str(GUILD), "500", "100", "100", "70", "30", "not", "joined"]
    assert lines["14"].split()[:4] == ["14", "no", "limit", "0"]
    assert lines["12"].endswith("blocked, not in ALLOWED_SERVERS, not joined")
    assert lines[str(joined.id)].endswith("not in ALLOWED_SERVERS")


@pytest.mark.usefixtures("empty_database")
async def test_a_wrong_token_is_said_and_the_list_uses_the_database_alone(discord: FakeDiscord, tmp_path: Path) -> None:
    env = environment(discord, None, DISCORD_TOKEN="wrong")
    refused = await run(tmp_path, "servers", "leave", "7", discord_url=discord.url, **env)
    assert "Discord rejected the token (DISCORD_TOKEN)" in refused.refused()
    listed = await run(tmp_path, "servers", "list", discord_url=discord.url, **env)
    assert (listed.status, listed.out) == (0, "The bot isn't in any server yet.\n")
    assert "Discord rejected the token (DISCORD_TOKEN)" in listed.err


async def test_a_process_that_died_is_listed_with_when_it_was_last_seen(
    empty_database: Database, tmp_path: Path
) -> None:
    dead = ProcessInfo("1-a", Role.GATEWAY, "machine", 5, "1.0.0", START, shards="0-3")
    await empty_database.write(at_time(START + 60000, leases.record_heartbeat), dead)
    [process] = (await run(tmp_path, "processes", "--json")).parsed
    assert (process["id"], process["alive"]) == ("1-a", False)
    row = (await run(tmp_path, "processes")).out.splitlines()[1]
    assert re.split(" {2,}", row) == [
        *("gateway", "0-3", "1.0.0", "machine", "5", format_utc(START), "1-a"),
        f"last seen {format_utc(START + 60_000)}",
    ]
