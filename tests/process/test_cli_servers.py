"""`servers` and `members`: real processes beside a running bot."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.ledger import now_ms
from bot.domain.credits import Shortfall
from bot.domain.job import EndReason
from bot.domain.order import OrderPlaced
from bot.domain.quota import Block
from bot.domain.risk import Refusal, RefusalReason, RiskLimits
from data import orders, renders, server_policies, submissions
from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.command_line import ALICE, GUILD, LIMITS, Ended, a_job, run
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.reserving import reserve
from tests.helpers.store_harness import DAY
from tests.process.bot_process import environment


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """The database of a running bot."""
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    database = await SqliteDatabase.open(path, busy_seconds=30)
    yield database
    await database.close()


class Orders:
    """Orders one movie after the other, as the running bot does."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._number = 0

    async def next(self) -> object:
        """Order a movie of 100 credits, and return the result."""
        self._number += 1
        return await reserve(self._database, a_job(self._number), (), LIMITS)


async def test_a_server_spends_what_the_operator_says(database: Database, tmp_path: Path) -> None:
    orders = Orders(database)
    ended = await run(tmp_path, "servers", "limit", str(GUILD), "150", "--json")
    assert ended.parsed == {"server": GUILD, "limit": 150}
    assert isinstance(await orders.next(), OrderPlaced)
    short = await orders.next()
    assert isinstance(short, Shortfall)
    assert short.available == 50
    ended = await run(tmp_path, "servers", "limit", str(GUILD), "default", "--json")
    assert ended.parsed == {"server": GUILD, "limit": 2000}
    assert isinstance(await orders.next(), OrderPlaced)
    ended = await run(tmp_path, "servers", "limit", str(GUILD), "0", "--json")
    assert ended.parsed == {"server": GUILD, "limit": 0}
    assert isinstance(await orders.next(), Shortfall)


@pytest.mark.usefixtures("database")
async def test_each_decision_says_what_it_changed(tmp_path: Path) -> None:
    """The same decision again says that nothing is new."""
    ends = "can no longer order movies; its movies in progress will finish."
    for command, told in (
        (("servers", "limit", "11", "1"), "Server 11 can now spend 1 credit a month."),
        (("servers", "limit", "11", "default"), "Server 11 can now spend as much as the plan allows."),
        (("servers", "block", "11"), f"Server 11 {ends}"),
        (("servers", "block", "11"), "Server 11 was already blocked."),
        (("servers", "unblock", "11"), "Server 11 can order movies again."),
        (("servers", "unblock", "11"), "Server 11 wasn't blocked."),
        (("members", "block", "22"), "Member 22 can no longer order movies."),
        (("members", "unblock", "22"), "Member 22 can order movies again."),
        (("members", "unblock", "22"), "Member 22 wasn't blocked by you."),
        (("pause",), "Orders are paused. Movies in progress will finish."),
        (("pause",), "Orders were already paused."),
        (("resume",), "Orders are no longer paused."),
        (("resume",), "Orders weren't paused."),
    ):
        assert await run(tmp_path, *command, ALLOWED_SERVERS="11") == Ended(0, f"{told}\n", "")
    ended = await run(tmp_path, "members", "unblock", "22", "--json")
    assert ended.parsed == {"member": 22, "blocked": False, "changed": False}


async def test_a_blocked_server_and_a_pause_take_no_orders(database: Database, tmp_path: Path) -> None:
    orders, server = Orders(database), {"server": GUILD}
    for stop, go_on, reason, blocked, free in (
        (
            ("servers", "block", str(GUILD)),
            ("servers", "unblock", str(GUILD)),
            RefusalReason.SERVER_BLOCKED,
            server | {"blocked": True},
            server | {"blocked": False},
        ),
        (("pause",), ("resume",), RefusalReason.PAUSED, {"paused": True}, {"paused": False}),
    ):
        assert (await run(tmp_path, *stop, "--json")).parsed == blocked | {"changed": True}
        assert await orders.next() == Refusal(reason)
        assert (await run(tmp_path, *stop, "--json")).parsed == blocked | {"changed": False}
        assert (await run(tmp_path, *go_on, "--json")).parsed == free | {"changed": True}
        assert isinstance(await orders.next(), OrderPlaced)


async def test_a_member_is_blocked_in_all_servers(database: Database, tmp_path: Path) -> None:
    orders = Orders(database)
    assert (await run(tmp_path, "members", "block", str(ALICE), "--reason", " spam ")).status == 0
    blocked = await orders.next()
    assert blocked == Block(None, "spam", everywhere=True)
    ended = await run(tmp_path, "members", "unblock", str(ALICE), "--json")
    assert ended.parsed == {"member": ALICE, "blocked": False, "changed": True}
    assert isinstance(await orders.next(), OrderPlaced)
    ended = await run(tmp_path, "members", "block", str(ALICE), "--json")
    assert ended.parsed == {"member": ALICE, "blocked": True}
    assert await orders.next() == Block(None, "", everywhere=True)


async def test_a_member_whose_movies_kept_failing_may_order_again(database: Database, tmp_path: Path) -> None:
    """`members unblock` uses the operator's bound on failed credits, not the default."""
    now, risk = (
        now_ms(),
        RiskLimits(open_jobs_per_member=5, open_jobs_per_server=50, queued_credits=1000, failed_credits=500),
    )
    failed, later = (replace(a_job(number), price=500, created_at=now) for number in (1, 2))
    limits = replace(LIMITS, risk=risk)
    assert isinstance(await reserve(database, failed, (), limits), OrderPlaced)
    await database.write(orders.enqueue, failed.id, 77, now)
    await database.write(submissions.claim, now, 1, 10, 10)
    await database.write(submissions.mark_rendering, failed.id, "request-1", now, now)
    await database.write(renders.fail, failed.id, EndReason.UPSTREAM_FAILED, None, now, upstream_charged=True)
    stopped = await reserve(database, later, (), limits)
    assert isinstance(stopped, Refusal)
    assert stopped.reason is RefusalReason.FAILED_CREDITS
    bound = {"MAX_FAILED_CREDITS_PER_MEMBER": "500"}
    ended = await run(tmp_path, "members", "unblock", str(ALICE), "--json", **bound)
    assert ended.parsed == {"member": ALICE, "blocked": False, "changed": True}
    assert isinstance(await reserve(database, later, (), limits), OrderPlaced)


@pytest.mark.parametrize(
    "arguments",
    [
        ("servers", "limit", "11", "-1"),
        ("servers", "limit", "11", "many"),
        ("servers", "limit", "0", "5"),
        ("servers", "block", "x"),
        ("members", "block", "-1"),
        ("members", "block", "22", "--reason", b"\xff"),
        ("servers",),
    ],
)
async def test_what_cannot_be_is_refused(tmp_path: Path, arguments: tuple[str | bytes, ...]) -> None:
    ended = await run(tmp_path, *arguments)
    assert (ended.status, ended.out) == (2, "")
    assert ended.err


async def test_too_many_credits_are_refused(tmp_path: Path) -> None:
    assert "1,000,000,000" in (await run(tmp_path, "servers", "limit", "11", "1000000001")).refused(2)


async def test_the_servers_are_listed_and_left(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The list has their names and what they spent.

    A server that was left is no longer listed.
    """
    env = environment(discord, api, SERVER_MONTHLY_CREDITS="")
    guild = next(iter(discord.state.guilds.values()))
    migrated_file.create(tmp_path / "movies.db")
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'movies.db'}"

    async def command(*arguments: str) -> tuple[int, str]:
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=arguments) as bot:
            status = await bot.wait_exit(timeout=20)
        return status, "\n".join([*bot.stdout, *bot.stderr])

    status, text = await command("servers", "list")
    assert status == 0
    assert guild.name in text
    assert "2,000" in text
    assert "ALLOWED_SERVERS" not in text
    discord.fail("DELETE", "/users/@me/guilds/*", status=403)
    status, text = await command("servers", "leave", str(guild.id))
    assert (status, text.startswith(f"Can't leave server {guild.id}: 403 Forbidden")) == (1, True)
    status, text = await command("servers", "leave", str(guild.id), "--json")
    assert (status, guild.id in discord.state.guilds) == (0, False)
    assert json.loads(text) == {"left": guild.id}
    status, text = await command("servers", "leave", str(guild.id))
    assert (status, "the bot isn't in it" in text) == (1, True)
    assert discord.identifies == (), "no gateway is needed"


async def test_the_list_says_which_servers_may_order_and_what_each_spent(
    database: Database, discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """Servers that the operator allowed or blocked need not be joined yet."""
    joined = next(iter(discord.state.guilds.values()))
    now = now_ms()
    for number in (1, 2, 3):
        assert isinstance(await reserve(database, replace(a_job(number), created_at=now), (), LIMITS), OrderPlaced)
    elsewhere = replace(a_job(4), guild_id=14, price=40, created_at=now)
    earlier = replace(a_job(5), guild_id=15, created_at=now - 32 * DAY)
    for job in (elsewhere, earlier):
        assert isinstance(await reserve(database, job, (), LIMITS), OrderPlaced)
    for number in (2, 3):
        await database.write(orders.enqueue, f"{number:013}", 77, now)
    await database.write(submissions.claim, now, 10, 10, 10)
    for number in (2, 3):
        await database.write(submissions.mark_rendering, f"{number:013}", f"request-{number}", now, now)
    failed, reason = f"{2:013}", EndReason.UPSTREAM_FAILED
    await database.write(renders.fail, failed, reason, None, now, upstream_charged=True, charged=70)
    await database.write(renders.complete, f"{3:013}", "https://movies.test/3.mp4", now, None, 130)
    await database.write(server_policies.set_monthly_credits, GUILD, 500, now)
    await database.write(server_policies.set_blocked, 12, now, blocked=True)
    await database.write(server_policies.set_paused, now, paused=True)
    env = environment(discord, api, ALLOWED_SERVERS=f"{GUILD},13", SERVER_MONTHLY_CREDITS="")
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'movies.db'}"

    async def listed(*arguments: str) -> str:
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=("servers", "list", *arguments)) as bot:
            assert await bot.wait_exit(timeout=20) == 0
        return "\n".join(bot.stdout)

    found = json.loads(await listed("--json"))
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
    first, *others = (await listed()).splitlines()
    assert "paused" in first
    lines = {line.split()[0]: line for line in others if line.strip()}
    assert lines[str(GUILD)].split() == [str(GUILD), "500", "100", "100", "70", "30", "not", "joined"]
    assert lines["14"].split()[:4] == ["14", "no", "limit", "0"]
    assert lines["12"].endswith("blocked, not in ALLOWED_SERVERS, not joined")
    assert lines[str(joined.id)].endswith("not in ALLOWED_SERVERS")


async def test_a_wrong_token_is_said(discord: FakeDiscord, tmp_path: Path) -> None:
    """The message is one line, and the list uses the database alone."""
    env = environment(discord, None, DISCORD_TOKEN="wrong")
    migrated_file.create(tmp_path / "movies.db")
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'movies.db'}"
    for arguments, expected in (
        (("servers", "leave", "7"), (1, [])),
        (("servers", "list"), (0, ["The bot isn't in any server yet."])),
    ):
        async with BotProcess(discord.url, workdir=tmp_path, env=env, args=arguments) as bot:
            assert (await bot.wait_exit(timeout=20), bot.stdout) == expected
        assert "Discord rejected DISCORD_TOKEN" in "\n".join(bot.stderr)
        assert "Traceback" not in "\n".join(bot.stderr)
