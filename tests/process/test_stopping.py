"""Shutdown responds to everyone and keeps outcomes, within ten seconds."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.delivery import NotificationType
from bot.lifecycle import SHUTDOWN_GRACE_SECONDS
from bot.sandbox.fault_injection import Route
from bot.ui import errors
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH, notification_text
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ENDS_WITHIN, MOVIE, matinee, port_of


def database(workdir: Path) -> Path:
    """The bot's file."""
    return workdir / "var" / "movies.db"


async def submitting(discord: FakeDiscord, api: ManualSamsar) -> asyncio.Event:
    """Order a movie that the API confirms only after the event."""
    await discord.ready()
    confirm = api.hold(Route.CREATE)
    await discord.slash(discord.user_id, "movie", MOVIE)
    await api.ordered(1)
    return confirm


async def test_a_command_that_comes_while_it_leaves_is_answered_politely(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The member is asked to retry, and nothing is held."""
    async with matinee(discord, api, tmp_path) as bot:
        confirm = await submitting(discord, api)
        bot.terminate()
        await bot.wait_for_line("shutdown_started")
        for command, options in (("movie", MOVIE), ("credits", {})):
            answer = await discord.slash(discord.user_id, command, options)
            assert answer.ephemeral
            assert answer.data["content"] == errors.restarting(ENGLISH)
        confirm.set()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    [job] = ledger_checks.jobs(database(tmp_path))
    assert ledger_checks.scope_total(database(tmp_path), "member").held == job["price_credits"]
    assert len(api.orders) == 1


async def test_the_order_in_flight_is_finished_and_written_down(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The process waits for the API's response.

    When it has ended, the job renders, under its id.
    """
    async with matinee(discord, api, tmp_path) as bot:
        confirm = await submitting(discord, api)
        bot.terminate()
        await bot.wait_for_line("shutdown_started")
        [job] = ledger_checks.jobs(database(tmp_path))
        assert job["state"] == "submitting"
        confirm.set()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    [job] = ledger_checks.jobs(database(tmp_path))
    assert (job["state"], job["samsar_request_id"]) == ("rendering", "movie-1")


async def test_it_ends_in_time_though_everything_hangs(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """Neither the API nor Discord answers, and a callback never ends."""
    async with matinee(discord, api, tmp_path, PORT="0", HOST="127.0.0.1", PUBLIC_URL="http://127.0.0.1") as bot:
        port = await port_of(bot)
        await submitting(discord, api)
        for connection in discord._gateway._connections:
            connection._transport.pause_reading()
        discord.fail("*", "/**", hold=asyncio.Event(), times=None)
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"POST /callbacks/" + b"x" * 43 + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
        await writer.drain()
        asked = time.monotonic()
        bot.terminate()
        assert await bot.wait_exit(timeout=ENDS_WITHIN + 5) == 0, bot.log
        assert time.monotonic() - asked < ENDS_WITHIN
        writer.transport.abort()
    assert "Traceback" not in "\n".join(bot.stderr)
    assert [job["state"] for job in ledger_checks.jobs(database(tmp_path))] == ["submitting"]


@pytest.mark.slow
async def test_it_ends_in_time_though_the_database_is_locked(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The API confirms at the last moment, and the job becomes UNKNOWN."""
    async with matinee(discord, api, tmp_path) as bot:
        confirm = await submitting(discord, api)
        with closing(sqlite3.connect(database(tmp_path), isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            asked = time.monotonic()
            bot.terminate()
            await bot.wait_for_line("shutdown_started")
            asyncio.get_running_loop().call_later(5.5, confirm.set)
            assert await bot.wait_exit(timeout=ENDS_WITHIN + 5) == 1, bot.log
            assert time.monotonic() - asked < ENDS_WITHIN
    async with matinee(discord, api, tmp_path):
        await discord.wait_for_message(lambda m: notification_text(NotificationType.UNKNOWN) in m.content)
    assert len(api.orders) == 1


@pytest.mark.parametrize(
    ("first", "second", "status"), [("terminate", "terminate", 143), ("interrupt", "interrupt", 130)]
)
async def test_a_second_signal_ends_it_at_once(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, first: str, second: str, status: int
) -> None:
    """It does not wait for the order in submission.

    The order is UNKNOWN at the next start, and not repeated.
    """
    async with matinee(discord, api, tmp_path) as bot:
        confirm = await submitting(discord, api)
        getattr(bot, first)()
        await bot.wait_for_line("shutdown_started")
        getattr(bot, second)()
        assert await bot.wait_exit(timeout=SHUTDOWN_GRACE_SECONDS - 1) == status
    confirm.set()
    async with matinee(discord, api, tmp_path):
        await discord.wait_for_message(lambda m: notification_text(NotificationType.UNKNOWN) in m.content)
    assert len(api.orders) == 1


async def test_a_host_that_wipes_its_disk_is_refused(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    """The message is one line, before the database is opened."""
    async with matinee(discord, api, tmp_path, DYNO="worker.1") as bot:
        assert await bot.wait_exit() == 1
    [line] = [*bot.stdout, *bot.stderr]
    assert "no persistent disk" in line
    assert "Use a host with a volume, or PostgreSQL" in line
    assert not database(tmp_path).exists()
    assert discord.requests == ()


async def test_a_port_that_is_taken_is_one_readable_line(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """The line names the port and what to do.

    No IDENTIFY is spent on it.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        async with matinee(discord, api, tmp_path, PORT=str(port), HOST="127.0.0.1") as bot:
            assert await bot.wait_exit() == 1
    [line] = [*bot.stdout, *bot.stderr]
    assert line == f"Can't listen on 127.0.0.1 port {port}. Set PORT to a free port, or leave it empty."
    assert discord.identifies == ()
