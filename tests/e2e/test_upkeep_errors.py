"""The upkeep goes on after errors of the database."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Never

import pytest

from bot import lifecycle, maintenance, monitoring
from bot.app import App
from bot.errors import DatabaseMoved, StorageError
from data import move_record
from data.move_record import Departure
from tests.helpers.bot_harness import BotHarness, open_bot_harness
from tests.helpers.clock import START

Upkeep = Callable[[App, asyncio.Event], Coroutine[None, None, None]]

UPKEEP: Final[tuple[tuple[Upkeep, int, int, str], ...]] = (
    (maintenance.forget_old_data, 0, 3600, "old_data_not_cleared"),
    (maintenance.erase_members, 0, 60, "erasures_failed"),
    (maintenance.watch_balance, 0, 300, "stats_unavailable"),
    (maintenance.reload_durations, 600, 600, "durations_not_reloaded"),
)
"""Upkeep, the seconds before its first run and between two, and the line of a failure."""


@contextmanager
def unusable(app: App) -> Generator[None]:
    """Make every read and write fail, as if the disk were gone."""

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
    """Return the events of the warnings, in order."""
    return [each.message for each in caplog.records if each.levelname == "WARNING"]


@pytest.mark.parametrize(("upkeep", "first", "pause", "line"), UPKEEP)
async def test_upkeep_goes_on_after_an_error_of_the_database(
    bot: BotHarness,
    caplog: pytest.LogCaptureFixture,
    upkeep: Upkeep,
    first: int,
    pause: int,
    line: str,
) -> None:
    """What people wrote would otherwise be kept until the next start."""
    stopping = asyncio.Event()
    with unusable(bot.app):
        running = asyncio.create_task(upkeep(bot.app, stopping))
        for failures, seconds in ((1, first), (2, pause)):
            if seconds:
                await bot.clock.asleep_within(running)
                await bot.clock.advance(seconds)
            await bot.clock.asleep_within(running)
            assert warnings(caplog) == [line] * failures
    await bot.clock.advance(pause)
    await bot.clock.asleep_within(running)
    assert warnings(caplog) == [line] * 2
    stopping.set()
    await running


async def test_leftovers_that_cannot_be_looked_for_end_no_upkeep(
    bot: BotHarness, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder for temporary files is missing."""
    monkeypatch.setattr(tempfile, "tempdir", str(bot.tmp_path / "missing"))
    await maintenance.remove_stale_downloads(bot.app)
    assert warnings(caplog) == ["stale_downloads_cleanup_failed"]


async def test_old_copies_that_cannot_be_removed_end_no_upkeep(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder has the name of a file beside one of them."""
    async with open_bot_harness(tmp_path, backup_keep=1) as bot:
        for day in (10, 11):
            copy = bot.path.with_name(f"{bot.path.name}.before-restore-202011{day}-120000")
            copy.touch()
            copy.with_name(f"{copy.name}-wal").mkdir()
        stopping = asyncio.Event()
        running = asyncio.create_task(maintenance.remove_old_copies(bot.app, stopping))
        await bot.clock.asleep_within(running)
        stopping.set()
        await running
    assert warnings(caplog) == ["old_copies_cleanup_failed"]


async def test_a_process_that_cannot_sign_off_ends_all_the_same(
    bot: BotHarness, caplog: pytest.LogCaptureFixture
) -> None:
    """Others see by its heartbeat that it is gone."""
    with unusable(bot.app):
        await maintenance.sign_off(bot.app)
    assert warnings(caplog) == ["sign_off_failed"]


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


async def test_a_move_is_found_after_each_loss_of_the_session(bot: BotHarness) -> None:
    """The first loss was no move."""
    checked, read = asyncio.Event(), bot.app.database.read

    async def reading(*args: Any, **kwargs: Any) -> Any:
        result = await read(*args, **kwargs)
        checked.set()
        return result

    bot.app.database.read = reading
    checking = asyncio.create_task(maintenance.watch_for_move(bot.app, asyncio.Event()))
    bot.app.signals.receive(None)
    await asyncio.wait_for(checked.wait(), 10)
    departure = Departure("1", "elsewhere", START, complete=True)
    await bot.app.database.write(move_record.set_departure, departure)
    bot.app.signals.receive(None)
    with pytest.raises(DatabaseMoved):
        await asyncio.wait_for(checking, 10)
    await bot.app.database.write(move_record.set_departure, None)


async def test_monitoring_answers_although_the_database_does_not(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A probe that waits for the database would have the bot restarted."""
    async with open_bot_harness(tmp_path, port=0) as bot:
        await bot.app.balance.refresh()
        monkeypatch.setattr(monitoring, "DATABASE_TIMEOUT_SECONDS", 0)
        assert "the database doesn't answer" in await lifecycle._readiness_problems(bot.app)
        assert await lifecycle._warnings(bot.app) == ()
        page, _ = await monitoring.metrics_page(bot.app)
    assert b"\nmatinee_database_up 0.0\n" in page
    assert warnings(caplog) == ["stats_unavailable"]


async def test_monitoring_tells_that_the_database_fails(tmp_path: Path) -> None:
    async with open_bot_harness(tmp_path, port=0) as bot:
        await bot.app.balance.refresh()
        with unusable(bot.app):
            assert "disk gone" in await lifecycle._readiness_problems(bot.app)
            assert await lifecycle._warnings(bot.app) == ()
