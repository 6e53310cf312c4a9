"""The real process works, stops in every state, and continues after a restart."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from simcord.components import walk_components

from bot.domain.delivery import NotificationType
from bot.lifecycle import SHUTDOWN_GRACE_SECONDS
from bot.sandbox.fault_injection import Route
from tests.helpers import ledger_checks
from tests.helpers.expected_text import ENGLISH, notification_text
from tests.helpers.fake_discord.faults import Phase, Refuse, StopHeartbeats
from tests.helpers.fake_discord.interactions import written
from tests.helpers.fake_discord.process import BotProcess
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import ENDS_WITHIN, MOVIE, ask, environment, made, matinee, port_of, posted

UNKNOWN = notification_text(NotificationType.UNKNOWN)


def database(workdir: Path) -> Path:
    return workdir / "var" / "movies.db"


@pytest.mark.smoke
async def test_it_starts_makes_a_movie_and_stops(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        card = await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        api.finish("movie-1")
        movie = await posted(discord, api.movie_url("movie-1"))
        await discord.until(lambda: [each.id for each in discord.messages()] == [movie.id])
        await bot.stop()
        await discord.ready(0)
    (order,) = api.orders
    assert (order["input"]["prompt"], order["input"]["duration"]) == ("a red boat", 12)
    assert movie.id != card.message_id
    assert written(movie).startswith(f"<@{discord.user_id}>, ")
    assert api.movie_url("movie-1") in written(movie).splitlines()
    sent = await discord.wait_for_request("POST", f"/channels/{discord.channel_id}/messages")
    assert (sent.json["enforce_nonce"], sent.json["nonce"] != "") == (True, True)
    allowed = sent.json["allowed_mentions"]
    assert (allowed.get("parse", []), allowed["users"], allowed.get("roles")) == ([], [discord.user_id], None)
    links = [c["url"] for c in walk_components(movie.components) if "url" in c]
    assert links == [api.movie_url("movie-1")]


async def test_sigint_ends_it_although_it_was_ignored_at_the_start(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """`nohup python -m bot &` does so."""
    async with matinee(discord, api, tmp_path, LOOPBACK_IGNORES_SIGINT="1") as bot:
        await discord.ready()
        bot.interrupt()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0


@pytest.mark.parametrize("when", ["before the login", "while Discord refuses it", "before it is ready"])
async def test_it_ends_while_it_connects(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, when: str) -> None:
    if when == "before the login":
        discord.fail("GET", "/users/@me", hold=asyncio.Event())
    else:
        refused = when == "while Discord refuses it"
        phase, effect = (Phase.CONNECT, Refuse()) if refused else (Phase.IDENTIFY, StopHeartbeats())
        discord.break_gateway(phase, effect, times=None)
    async with matinee(discord, api, tmp_path) as bot:
        if when == "before the login":
            await discord.wait_for_request("GET", "/users/@me")
        elif when == "before it is ready":
            await discord.until(lambda: discord.identifies, what="an IDENTIFY")
        else:
            await bot.wait_for_line("Failed to connect")
        await bot.stop(tracebacks=True)


async def test_it_ends_in_the_middle_of_its_work(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.polled("movie-1")
        discord.fail("POST", "/channels/**", at="after", hold=asyncio.Event())
        api.finish("movie-1")
        await posted(discord, api.movie_url("movie-1"))
        unanswered = api.hold(Route.CREATE)
        await discord.slash(discord.user_id, "movie", MOVIE)
        await api.ordered(2)
        await bot.stop()
    unanswered.set()
    async with matinee(discord, api, tmp_path) as bot:
        await discord.wait_for_message(lambda m: UNKNOWN in written(m))
        await discord.wait_for_request("POST", "/channels/*/messages", n=3)
        await bot.stop()
    assert len([m for m in discord.messages() if api.movie_url("movie-1") in written(m)]) == 1
    assert len(api.orders) == 2


async def test_commands_are_registered_once_and_a_stop_meanwhile_is_quiet(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    unanswered = discord.fail("PUT", "/applications/**", hold=asyncio.Event())
    async with matinee(discord, api, tmp_path) as bot:
        await discord.ready()
        await discord.wait_for_request("PUT", "/applications/*/commands")
        await bot.stop()
    assert [name for name in ("command_sync_failed", "upkeep_ended") if name in "\n".join(bot.stderr)] == []
    unanswered.lift()
    for _ in range(2):
        async with matinee(discord, api, tmp_path) as bot:
            await discord.ready()
            await discord.wait_for_request("PUT", "/applications/*/commands", n=2)
            await bot.stop()
    puts = [r.path for r in discord.requests if r.method == "PUT"]
    assert puts == [f"/applications/{discord.state.application_id}/commands"] * 2
    assert {"movie", "credits"} <= {c["name"] for c in discord.commands()}


# ── shutdown ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def submitting(discord: FakeDiscord, api: ManualSamsar) -> asyncio.Event:
    await discord.ready()
    confirm = api.hold(Route.CREATE)
    await discord.slash(discord.user_id, "movie", MOVIE)
    await api.ordered(1)
    return confirm


async def test_while_it_leaves_commands_are_answered_politely_and_the_order_in_flight_is_finished(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    async with matinee(discord, api, tmp_path) as bot:
        confirm = await submitting(discord, api)
        bot.terminate()
        await bot.wait_for_line("shutdown_started")
        for command, options in (("movie", MOVIE), ("credits", {})):
            answer = await discord.slash(discord.user_id, command, options)
            assert (answer.ephemeral, answer.text) == (True, ENGLISH("errors-restarting"))
        [job] = ledger_checks.jobs(database(tmp_path))
        assert job["state"] == "submitting"
        confirm.set()
        assert await bot.wait_exit(timeout=ENDS_WITHIN) == 0, bot.log
    [job] = ledger_checks.jobs(database(tmp_path))
    assert (job["state"], job["samsar_request_id"]) == ("rendering", "movie-1")
    assert ledger_checks.scope_total(database(tmp_path), "member").held == job["price_credits"]
    assert len(api.orders) == 1


async def test_it_ends_in_time_though_everything_hangs(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
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
        await discord.wait_for_message(lambda m: UNKNOWN in written(m))
    assert len(api.orders) == 1


async def test_a_second_signal_ends_it_at_once(discord: FakeDiscord, api: ManualSamsar, tmp_path: Path) -> None:
    async with matinee(discord, api, tmp_path) as bot:
        confirm = await submitting(discord, api)
        bot.terminate()
        await bot.wait_for_line("shutdown_started")
        bot.terminate()
        assert await bot.wait_exit(timeout=SHUTDOWN_GRACE_SECONDS - 1) == 143
    confirm.set()
    async with matinee(discord, api, tmp_path):
        await discord.wait_for_message(lambda m: UNKNOWN in written(m))
    assert len(api.orders) == 1


# ── work that is stuck ───────────────────────────────────────────────────────────────────────────────────────────────


async def test_stuck_delivery_ends_the_process_and_the_next_one_delivers(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    env = environment(discord, api, PORT="0", HOST="127.0.0.1", ATTACH_MOVIES="off")
    silent = discord.fail("POST", "/channels/*/messages", hold=asyncio.Event(), times=None)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, module="tests.process.short_delays") as bot:
        url = f"http://127.0.0.1:{await port_of(bot)}"
        await discord.ready()
        await made(discord, api)
        await bot.wait_for_line(r"\bwork_stuck\b")
        status, missing = await ask(f"{url}/readyz")
        assert status == 503
        assert missing.startswith("work is stuck: movie_notifications ")
        assert "matinee_stuck_work 1.0" in (await ask(f"{url}/metrics"))[1]
        assert await bot.wait_exit(timeout=15) == 1, bot.log
    assert "work is stuck: movie_notifications " in bot.stderr[-1]
    assert "restarts the bot" in bot.stderr[-1]
    silent.lift()
    async with matinee(discord, api, tmp_path) as bot:
        await posted(discord, api.movie_url("movie-1"))
        await bot.stop()
    assert len([m for m in discord.messages() if api.movie_url("movie-1") in written(m)]) == 1
    assert len(api.orders) == 1


async def test_leaving_because_of_stuck_work_has_an_end_too(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    env = environment(discord, api, ATTACH_MOVIES="off", LEAVE_SECONDS="0.2")
    discord.fail("POST", "/channels/*/messages", hold=asyncio.Event(), times=None)
    async with BotProcess(discord.url, workdir=tmp_path, env=env, module="tests.process.short_delays") as bot:
        await discord.ready()
        await made(discord, api)
        assert await bot.wait_exit() == 1, bot.log
    assert "Timeout (0:00:00.200000)!" in bot.stderr


# ── the log beside the database ──────────────────────────────────────────────────────────────────────────────────────
