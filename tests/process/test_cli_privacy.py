"""`privacy export|erase` on both databases while the bot has them open."""

from __future__ import annotations

import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data import backups, connect, submissions
from data.database import Database
from tests.helpers import migrated_file
from tests.helpers.command_line import Ended, run
from tests.helpers.ledger_checks import assert_ledger_consistent
from tests.helpers.member_data import ADA, MARKS, PROMPT, ada_job, fill_member, traces
from tests.helpers.store_harness import NOW, StoreHarness


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database of each engine."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    migrated_file.create(tmp_path / "movies.db")
    return f"sqlite:///{tmp_path / 'movies.db'}"


@pytest.fixture
async def database(url: str) -> AsyncIterator[Database]:
    """A migrated database that is open as in a bot."""
    opened = await connect.open_database(url)
    await fill_member(StoreHarness(opened))
    yield opened
    await opened.close()


async def privacy(tmp_path: Path, url: str, *arguments: str) -> Ended:
    """Run the command."""
    return await run(tmp_path, "privacy", *arguments, DATABASE_URL=url)


@pytest.mark.usefixtures("database")
async def test_an_export_is_a_file_for_the_operator_only(tmp_path: Path, url: str) -> None:
    """It never overwrites a file."""
    ended = await privacy(tmp_path, url, "export", str(ADA), "ada.zip", "--json")
    file = tmp_path / "ada.zip"
    assert ended.parsed == {"file": "ada.zip", "bytes": file.stat().st_size}
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("data.json"))["movies"][0]["prompt"] == PROMPT
    assert "already exists" in (await privacy(tmp_path, url, "export", str(ADA), "ada.zip")).refused()


@pytest.mark.usefixtures("database")
async def test_an_erasure_reaches_the_backups(tmp_path: Path, url: str) -> None:
    """The command ends once the data is gone from both.

    It can be repeated.
    """
    folder = tmp_path / "backups" if url.startswith("sqlite:") else tmp_path / "var" / "backups"
    copy = connect.create_backup(url, backups.new_backup_path(folder, NOW)).path
    assert traces(copy, *MARKS)
    ended = await privacy(tmp_path, url, "erase", str(ADA), "--yes", "--json")
    assert (ended.parsed["erased"], ended.parsed["copies_not_erased"]) == (True, [])
    assert [Path(file).name for file in ended.parsed["copies_erased"]] == [copy.name]
    place = tmp_path / "movies.db" if url.startswith("sqlite:") else url
    for each in (place, copy):
        assert traces(each, *MARKS) == set()
        assert_ledger_consistent(each)
    again = await privacy(tmp_path, url, "erase", str(ADA), "--yes", "--json")
    assert (again.parsed["erased"], again.parsed["cancelled"]) == (True, 0)


async def test_a_copy_that_cannot_be_erased_is_named_and_in_the_status(tmp_path: Path) -> None:
    """Both output formats have it, because a script must notice, too."""
    migrated_file.create(tmp_path / "movies.db")
    broken = tmp_path / "backups" / "movies-20261110-120000.db"
    broken.parent.mkdir()
    broken.write_bytes(b"no database")
    read = await run(tmp_path, "privacy", "erase", str(ADA), "--yes")
    assert (read.status, f"Can't erase from {broken}: " in read.err) == (1, True)
    parsed = await run(tmp_path, "privacy", "erase", str(ADA), "--yes", "--json")
    assert (parsed.status, json.loads(parsed.out)["copies_not_erased"]) == (1, [str(broken)])


async def test_what_is_in_progress_is_named(database: Database, tmp_path: Path, url: str) -> None:
    """The running bot completes the erasure when it has ended."""
    store, job = StoreHarness(database), ada_job(40, guild=12)
    await store.queued(job)
    await store.claimed(NOW, 10, 1000, 1000)
    assert await database.write(submissions.mark_unknown, job.id, NOW)
    ended = await privacy(tmp_path, url, "erase", str(ADA), "--yes")
    assert ended.status == 0
    assert "  unknown: 1" in ended.out
    assert "jobs list --state unknown" in ended.out


async def test_a_script_reads_what_an_erasure_ended_and_what_it_waits_for(
    database: Database, tmp_path: Path, url: str
) -> None:
    """Of other members' movies, it reads nothing."""
    store = StoreHarness(database)
    for number in range(40, 46):
        await store.queued(ada_job(number, guild=12))
    claimed = await store.claimed(NOW, 4, 1000, 1000)
    unknown, *rendering = [job for job in claimed if job.member_id == ADA]
    assert len(rendering) == 2
    await database.write(submissions.mark_unknown, unknown.id, NOW)
    parsed = (await privacy(tmp_path, url, "erase", str(ADA), "--yes", "--json")).parsed
    waits = {name: parsed[name] for name in ("erased", "cancelled", "in_progress", "unknown", "undelivered")}
    assert waits == {"erased": False, "cancelled": 3, "in_progress": 2, "unknown": 1, "undelivered": 0}


@pytest.mark.usefixtures("database")
async def test_without_a_terminal_it_needs_yes(tmp_path: Path, url: str) -> None:
    """Nothing was changed."""
    assert "Add --yes" in (await privacy(tmp_path, url, "erase", str(ADA))).refused(2)
    place = tmp_path / "movies.db" if url.startswith("sqlite:") else url
    assert traces(place, PROMPT)
