"""The process's own upkeep: heartbeats, audits, crash backoff, backups, and what goes on after errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, Never, cast

import aiohttp
import pytest
from simcord.env import Env

from bot import http_port, lifecycle, maintenance
from bot.app import App
from bot.composition import open_app, this_process
from bot.core.errors import DatabaseMoved, StorageError
from bot.domain import process
from bot.domain.catalogue import ModelKind
from bot.domain.process import ProcessInfo, Role
from bot.samsar.config import ApiVersion, ClientOptions
from bot.sandbox.contract import ModelSpec
from bot.services.orders import REFRESH_MS
from bot.services.request_limits import LimitFactory
from data import availability, departed_servers, leases
from data.database import Transaction
from data.engine import move_record, rows
from data.engine.instance_lock import FileInstanceLock
from data.engine.move_record import Departure
from data.engine.postgresql_connection import PostgresSession
from tests.helpers.at_time import at_time
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START, ManualClock
from tests.helpers.expected_text import ENGLISH, problem_line
from tests.helpers.ledger_checks import BudgetTotals, execute
from tests.helpers.quote_message import quoted
from tests.helpers.reading import ephemeral_text
from tests.helpers.settings import MODELS_2026, make_settings

Upkeep = Callable[[App, asyncio.Event], Coroutine[None, None, None]]

HOUR, DAY = 3600, 86_400


async def crashed(bot: BotHarness, times: int) -> None:
    starts = [START - 1000 * (times - n) for n in range(times)]
    await bot.app.database.write(rows.set_value, process.STARTS_KEY, process.serialize(starts))


async def starts(bot: BotHarness) -> tuple[int, ...]:
    return process.parse(await bot.app.database.read(rows.get, process.STARTS_KEY))


@asynccontextmanager
async def started(app: App, upkeep: Upkeep) -> AsyncGenerator[asyncio.Task[None]]:
    """Begin some upkeep, which has then waited for the clock once, and stop it in the end."""
    stopping, clock = asyncio.Event(), cast("ManualClock", app.clock)
    running = asyncio.create_task(upkeep(app, stopping))
    await clock.asleep_within(running)
    yield running
    stopping.set()
    await running


async def test_a_start_after_crashes_in_a_row_waits_until_a_stop(bot: BotHarness) -> None:
    for crashes in (0, 1):
        await crashed(bot, crashes)
        await maintenance.apply_crash_backoff(bot.app, asyncio.Event())
        assert len(await starts(bot)) == crashes + 1
    await crashed(bot, 4)
    async with started(bot.app, maintenance.apply_crash_backoff) as waiting:
        assert len(await starts(bot)) == 5
        await bot.clock.advance(20 - 0.001)
        await bot.clock.asleep_within(waiting)
        await bot.clock.advance(0.001)
        await waiting
    await crashed(bot, 9)
    async with started(bot.app, maintenance.apply_crash_backoff):
        pass


async def test_only_a_gateway_that_is_stopped_after_a_minute_clears_the_record(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """A failing liveness probe is a crash loop, too."""
    await crashed(bot, 9)
    await bot.clock.advance(59)
    await maintenance.reset_crash_backoff(bot.app, START)
    await bot.clock.advance(2)
    kept = {}
    for role in (Role.WORKER, Role.WEB, Role.GATEWAY):
        app = replace(bot.app, process=this_process(role))
        await (
            maintenance.reset_crash_backoff(app, START) if role is Role.GATEWAY else lifecycle._shutdown(app, [], START)
        )
        kept[role] = len(await starts(bot))
    assert kept == {Role.WORKER: 9, Role.WEB: 9, Role.GATEWAY: 0}
    await bot.app.database.close()
    await maintenance.reset_crash_backoff(bot.app, START)
    assert warnings(caplog) == ["crash_backoff_reset_failed"]


@pytest.mark.both_engines
async def test_nothing_is_written_while_nothing_happens(bot: BotHarness, engine: str) -> None:
    """But heartbeats: a disk can rest, and a transaction that changes nothing costs no commit."""
    changes = "total_changes()" if engine == "sqlite" else "COALESCE(pg_current_xact_id_if_assigned()::text, '')"
    stopping, seen = asyncio.Event(), list[object]()
    await bot.run_until_idle()
    bot.app.database.check_write = lambda tx: seen.append(tx.fetch_value(f"SELECT {changes}"))
    upkeep = lifecycle._upkeep(bot.app, stopping)
    upkeep.pop("heartbeats").close()
    upkeep.pop("register-commands").close()
    running = [asyncio.create_task(each) for each in upkeep.values()]
    for _ in range(3):
        await bot.clock.asleep(len(running) - 1)  # signals are waited for
        await bot.run_until_idle()
        await bot.clock.advance(DAY)
    stopping.set()
    for each in running:
        each.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    assert len(seen) > 30
    assert len({*seen}) == 1


def backups(bot: BotHarness) -> list[str]:
    return sorted(path.name for path in bot.app.settings.backup_dir.glob("*.db"))


async def test_backups_are_made_at_their_pace_and_the_newest_are_kept(tmp_path: Path) -> None:
    async with open_bot_harness(tmp_path, backup_every_hours=24, backup_keep=2) as bot:
        async with started(bot.app, maintenance.run_scheduled_backups):
            assert backups(bot) == ["movies-20261110-120000.db"]
            await bot.clock.advance(DAY - 1)
            await bot.clock.asleep(1)
            assert len(backups(bot)) == 1
            for _ in range(2):
                await bot.clock.advance(DAY)
                await bot.clock.asleep(1)
            kept = ["movies-20261112-115959.db", "movies-20261113-115959.db"]
            assert backups(bot) == kept
            await bot.clock.advance(HOUR)
        assert backups(bot) == kept, "a stop makes none"
        await bot.restart(backup_every_hours=0)
        async with started(bot.app, maintenance.run_scheduled_backups):
            assert backups(bot) == kept, "0 hours are no pace"


async def test_a_backup_that_fails_is_logged_and_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with open_bot_harness(tmp_path, backup_every_hours=24) as bot:
        folder = bot.app.settings.backup_dir
        folder.write_text("a file where the folder should be", encoding="utf-8")
        async with started(bot.app, maintenance.run_scheduled_backups):
            assert warnings(caplog) == ["backup_failed"]
            folder.unlink()
            await bot.clock.advance(600)
            await bot.clock.asleep(1)
            assert len(backups(bot)) == 1


async def test_the_watchdog_watches_until_the_stop(bot: BotHarness) -> None:
    async with started(bot.app, maintenance.run_watchdog) as watching:
        for _ in range(2):
            await bot.clock.advance(maintenance.WATCHDOG_INTERVAL_MS / 1000)
            await bot.clock.asleep_within(watching)


async def test_a_balance_that_does_not_pay_for_what_waits_is_logged_until_it_does(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    bot.upstream.account.balance = 150
    await bot.movie(duration=20)
    missing: list[list[int]] = []
    short = "the balance at the API is 20 credits short of what the queued movies cost"
    async with started(bot.app, maintenance.watch_balance) as watching:
        for balance in (180, 200, 200):
            found = [each for each in caplog.records if each.message == "balance_too_low"]
            missing.append([each.__dict__["missing"] for each in found])
            bot.upstream.account.balance = balance
            await bot.clock.advance(REFRESH_MS / 1000)
            await bot.clock.asleep_within(watching)
            assert await http_port.warnings(bot.app) == ((short,) if balance < 200 else ())
    assert missing == [[50], [50, 20], [50, 20]]


async def test_a_process_takes_its_share_of_the_apis_rate(tmp_path: Path) -> None:
    async with open_bot_harness(tmp_path, client_options=ClientOptions(requests_per_second=2.0)) as bot:
        for number in range(99):
            other = ProcessInfo(f"worker-{number}", Role.WORKER, "elsewhere", number, "1.2.3", START)
            await bot.app.database.write(leases.record_heartbeat, other)
        async with started(bot.app, maintenance.send_heartbeats):
            await bot.app.samsar.ping()
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(bot.app.samsar.ping(), 0.5)


def limited(tx: Transaction) -> list[str]:
    return [row["key"] for row in tx.fetch_all("SELECT key FROM rate_limits")]


async def test_the_audits_at_the_start_and_of_each_day_name_each_difference(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    await bot.movie()
    execute(bot.place, "UPDATE balances SET used = used + 7 WHERE scope IN ('member', 'plan')")
    caplog.set_level("INFO")
    async with started(bot.app, maintenance.work_daily) as auditing:
        found = [each for each in caplog.records if each.message == "ledger_discrepancy"]
        assert [each.levelname for each in found] == ["ERROR", "ERROR"]
        assert {str(each.__dict__["discrepancy"]).partition(" ")[0] for each in found} == {"member", "plan"}
        execute(bot.place, "UPDATE balances SET used = used - 7 WHERE scope IN ('member', 'plan')")
        await bot.clock.advance(DAY)
        await bot.clock.asleep_within(auditing)
    done = [each.__dict__["discrepancies"] for each in caplog.records if each.message == "ledger_reconciled"]
    assert done == [2, 0]


BOTH_RATIOS = ("16:9", "9:16")


@pytest.mark.settings(version=ApiVersion.AUTUMN_2026, port=0)
async def test_each_day_what_the_api_lists_no_more_is_refused_and_what_is_dearer_shows_its_price_first(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """No member pays more than they were shown, and the operator sells nothing below its cost."""
    caplog.set_level("INFO")
    assert bot.app.metrics is not None
    async with started(bot.app, maintenance.work_daily) as working:
        await bot.made(duration=10)
        models = {"COSMOS3SUPERI2V": ModelSpec(12, BOTH_RATIOS), "NEWMODEL": ModelSpec(5, BOTH_RATIOS)}
        bot.upstream.account.video_models = models
        await bot.clock.advance(DAY)
        await bot.clock.asleep_within(working)
        refused = ephemeral_text(await bot.movie(duration=10, video_model="RUNWAYML"))
        assert problem_line("errors-video-model", "Runway", ("Cosmos 3 Super",)) in refused
        quote = await quoted(bot, duration=10)
        assert ENGLISH("quotes-raised", model="Cosmos 3 Super", rate="12 credits per second") in quote.text
        assert bot.ordered() == 1
        await quote.click()
        await bot.finish()
        assert bot.member() == BudgetTotals(used=100 + 120)
        assert bot.plan() == BudgetTotals(used=100 + 120)
        page = (await http_port.metrics_page(bot.app))[0]
        assert b'\nmatinee_catalogue_differences{difference="dearer"} 1.0\n' in page
        bot.upstream.account.video_models = MODELS_2026
        await bot.clock.advance(DAY)
        await bot.clock.asleep_within(working)
    lines = [each for each in caplog.records if each.message == "catalogue_difference"]
    told = {(each.levelname, str(each.__dict__["model"]), str(each.__dict__["difference"])) for each in lines}
    assert told >= {
        ("ERROR", "COSMOS3SUPERI2V", "dearer"),
        ("ERROR", "RUNWAYML", "not_listed"),
        ("INFO", "NEWMODEL", "not_in_catalogue"),
    }
    assert await bot.app.database.read(availability.accepted_models) == bot.app.database.policy.catalogue
    await bot.made(duration=10)
    assert bot.member() == BudgetTotals(used=100 + 120 + 100), "without a restart"


@pytest.mark.settings(version=ApiVersion.AUTUMN_2026)
async def test_without_an_answer_of_the_api_what_was_found_still_holds(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    bot.upstream.account.video_models = {"COSMOS3SUPERI2V": MODELS_2026["COSMOS3SUPERI2V"]}
    await maintenance.follow_price_list(bot.app)
    bot.upstream.account.video_models = {"COSMOS3SUPERI2V": ModelSpec(10**6, BOTH_RATIOS)}
    caplog.clear()
    await maintenance.follow_price_list(bot.app)
    assert warnings(caplog) == ["catalogue_not_compared"]
    await bot.restart()
    offered = await bot.app.database.read(availability.accepted_models)
    assert offered.enabled_keys(ModelKind.VIDEO) == ("COSMOS3SUPERI2V",)


async def test_with_the_api_of_march_2025_nothing_is_compared(bot: BotHarness) -> None:
    await maintenance.follow_price_list(bot.app)
    assert not bot.upstream.requests


async def test_of_several_processes_the_leader_audits_and_makes_the_backups(
    tmp_path: Path, postgresql_url: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Otherwise each would back up into a folder of its own. Another takes over within a minute of the leader's end."""
    monkeypatch.chdir(tmp_path)
    caplog.set_level("INFO")
    clock = ManualClock()
    settings = make_settings(tmp_path, database_url=postgresql_url, port=0, backup_every_hours=24)

    def done() -> tuple[int, int]:
        audits = [each.message for each in caplog.records].count("ledger_reconciled")
        return audits, len([*settings.backup_dir.glob("*.db")])

    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        app.client.http_ready.set()
        app.metrics.show_discrepancies(1)  # from when it led
        stopping = asyncio.Event()
        async with PostgresSession(postgresql_url, lambda _: None) as leader:
            assert await leader.is_leader()
            upkeep = (maintenance.work_daily, maintenance.run_scheduled_backups, maintenance.send_heartbeats)
            running = [asyncio.create_task(each(app, stopping)) for each in upkeep]
            await clock.asleep(3)
            await LimitFactory(clock, app.database).limit("order", 60, 1).try_acquire(1)
            assert len(await app.database.read(limited)) == 1
            assert done() == (0, 0)
            page, _ = await http_port.metrics_page(app)
            assert b"\nmatinee_ledger_discrepancies NaN\n" in page
            assert b"\nmatinee_leader 0.0\n" in page
        async with asyncio.timeout(10):  # the server ends the leader's session in its own time
            while done() != (1, 1):
                await clock.advance(60)
                await clock.asleep(3)
        assert await app.database.read(limited) == [], "otherwise a row for every member who ordered would stay"
        for expected, seconds in ((1, DAY - 120), (2, 120)):
            await clock.advance(seconds)
            await clock.asleep(3)
            assert done() == (expected, expected)
        stopping.set()
        await asyncio.gather(*running)


UPKEEP: Final[tuple[tuple[Upkeep, int, str], ...]] = (
    (maintenance.send_heartbeats, 15, "heartbeat_failed"),
    (maintenance.work_daily, 60, "daily_work_failed"),
    (maintenance.forget_old_data, 3600, "old_data_not_cleared"),
    (maintenance.erase_members, 60, "erasures_failed"),
    (maintenance.watch_balance, 300, "stats_unavailable"),
    (maintenance.reload_durations, 600, "durations_not_reloaded"),
)
"""Upkeep, the seconds between two runs, and the line of a failure."""


@contextmanager
def unusable(app: App) -> Generator[None]:
    async def fail(*_: object, **__: object) -> Never:
        raise StorageError("disk gone")

    database = app.database
    read, read_long, write = database.read, database.read_long, database.write
    database.read = database.read_long = database.write = fail
    try:
        yield
    finally:
        database.read, database.read_long, database.write = read, read_long, write


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [each.message for each in caplog.records if each.levelname in {"WARNING", "ERROR"}]


async def test_upkeep_goes_on_after_an_error_of_the_database(bot: BotHarness, caplog: pytest.LogCaptureFixture) -> None:
    """Other processes would count this one as dead, and what people wrote would be kept until the next start."""
    for upkeep, pause, line in UPKEEP:
        caplog.clear()
        async with AsyncExitStack() as stack:
            with unusable(bot.app):
                running = await stack.enter_async_context(started(bot.app, upkeep))
                await bot.clock.advance(pause)
                await bot.clock.asleep_within(running)
                assert warnings(caplog) == [line] * 2
            await bot.clock.advance(pause)
            await bot.clock.asleep_within(running)
            assert warnings(caplog) == [line] * 2


async def test_a_check_for_a_move_is_repeated_until_the_database_answers(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """A process whose session was lost may have missed a move."""
    checking = asyncio.create_task(maintenance.watch_for_move(bot.app, asyncio.Event()))
    with unusable(bot.app):
        bot.app.signals.receive(None)
        await asyncio.wait_for(bot.clock.asleep_within(checking), 10)
        assert warnings(caplog) == ["move_not_checked"]
    departure = Departure("1", "elsewhere", START, complete=True)
    await bot.app.database.write(move_record.set_departure, departure)
    await bot.clock.advance(1)
    with pytest.raises(DatabaseMoved):
        await asyncio.wait_for(checking, 10)
    await bot.app.database.write(move_record.set_departure, None)


async def test_monitoring_answers_although_the_database_does_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A probe that waits for the database would have the bot restarted."""
    async with open_bot_harness(tmp_path, port=0) as bot:
        await bot.app.balance.refresh()
        with unusable(bot.app):
            assert "disk gone" in await http_port.readiness_problems(bot.app)
            assert await http_port.warnings(bot.app) == ()
        caplog.clear()
        monkeypatch.setattr(http_port, "DATABASE_TIMEOUT_SECONDS", 0)
        assert "the database doesn't answer" in await http_port.readiness_problems(bot.app)
        assert await http_port.warnings(bot.app) == ()
        page, _ = await http_port.metrics_page(bot.app)
    assert b"\nmatinee_database_up 0.0\n" in page
    assert warnings(caplog) == ["stats_unavailable"]


class Follower(FileInstanceLock):
    """The locks of a process that doesn't lead."""

    async def is_leader(self) -> bool:
        return False


async def test_of_several_processes_the_leader_forgets_what_servers_left_behind(tmp_path: Path) -> None:
    clock, settings = ManualClock(), make_settings(tmp_path)
    async with open_app(settings, clock, process=this_process(Role.WORKER)) as app:
        app.client.http_ready.set()
        await app.database.write(at_time(START - 31 * DAY * 1000, departed_servers.record_left), 11)
        with Follower(tmp_path / "movies.db") as follower:
            for lock, left in ((follower, [11]), (app.instance_lock, [])):
                async with started(replace(app, instance_lock=lock), maintenance.forget_old_data):
                    assert await app.database.read(departed_servers.due) == left


def fail_registrations(app: App, *errors: Exception) -> None:
    request, left = app.client.http.request, list(errors)

    async def failing(route: Any, **how: Any) -> Any:
        if route.method == "PUT" and left:
            raise left.pop()
        return await request(route, **how)

    app.client.http.request = failing


async def test_registration_is_tried_ever_more_rarely(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """Discord allows 200 command creations a day. discord.py passes some errors of the connection on."""
    clock = ManualClock()
    async with open_app(make_settings(tmp_path), clock) as app:
        env = Env(app.client, shard_count=1)
        env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, times=None)
        await env.start()
        assert app.client.http_ready.is_set()
        assert [each for each in env.http_requests if each.method == "PUT"] == [], "no start waits for the commands"
        fail_registrations(app, aiohttp.ServerDisconnectedError(), OSError(101, "unreachable"), TimeoutError())
        async with started(app, maintenance.retry_command_sync) as registering:
            for number, pause in enumerate((60, 300, 1800, 1800, 1800), 1):
                await clock.asleep_within(registering)
                await clock.advance(pause - 1)
                await clock.asleep_within(registering)
                assert caplog.messages.count("command_sync_failed") == number
                await clock.advance(1)
        await env.shutdown()
