"""`privacy export` and `privacy erase` while the bot has the database open."""

from __future__ import annotations

import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data import renders, submissions
from data.database import Database
from data.storage import backups, engines
from tests.helpers import migrated_file
from tests.helpers.command_line import Ended, run
from tests.helpers.ledger_checks import Place, assert_ledger_consistent
from tests.helpers.member_data import ADA, MARKS, PROMPT, ada_job, fill_member, traces
from tests.helpers.store_harness import NOW, StoreHarness

WAITS = "They can't order anymore. The bot will erase them as soon as these have ended:\n"


@pytest.fixture
async def member_database(url: str) -> AsyncIterator[Database]:
    opened = await engines.engine(url).open()
    await fill_member(StoreHarness(opened))
    yield opened
    await opened.close()


async def privacy(tmp_path: Path, url: str, *arguments: str) -> Ended:
    return await run(tmp_path, "privacy", *arguments, DATABASE_URL=url)


@pytest.mark.usefixtures("member_database")
async def test_an_export_is_a_file_for_the_operator_only(tmp_path: Path, url: str) -> None:
    ended = await privacy(tmp_path, url, "export", str(ADA), "ada.zip", "--json")
    file = tmp_path / "ada.zip"
    assert ended.parsed == {"file": "ada.zip", "bytes": file.stat().st_size}
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("data.json"))["movies"][0]["prompt"] == PROMPT
    assert "already exists" in (await privacy(tmp_path, url, "export", str(ADA), "ada.zip")).refused()
    told = await privacy(tmp_path, url, "export", str(ADA))
    size = (tmp_path / f"member-{ADA}.zip").stat().st_size
    assert told == Ended(0, f"Exported to member-{ADA}.zip ({size:,} bytes). Send it only to the member.\n", "")
    nowhere = await privacy(tmp_path, url, "export", str(ADA), "nowhere/ada.zip")
    assert nowhere.refused() == "Can't write nowhere/ada.zip: No such file or directory\n"


@pytest.mark.usefixtures("member_database")
async def test_an_erasure_reaches_the_backups(tmp_path: Path, place: Place, url: str) -> None:
    folder = tmp_path / "backups" if url.startswith("sqlite:") else tmp_path / "var" / "backups"
    copy = engines.engine(url).create_backup(backups.new_backup_path(folder, NOW)).path
    assert traces(copy, *MARKS)
    ended = await privacy(tmp_path, url, "erase", str(ADA), "--yes", "--json")
    assert (ended.parsed["erased"], ended.parsed["copies_not_erased"]) == (True, [])
    assert [Path(file).name for file in ended.parsed["copies_erased"]] == [copy.name]
    for each in (place, copy):
        assert traces(each, *MARKS) == set()
        assert_ledger_consistent(each)
    again = await privacy(tmp_path, url, "erase", str(ADA), "--yes", "--json")
    assert (again.parsed["erased"], again.parsed["cancelled"]) == (True, 0)


async def test_a_copy_that_cannot_be_erased_is_named_and_in_the_status(tmp_path: Path) -> None:
    """Both output formats have it, because a script must notice, too."""
    migrated_file.create(tmp_path / "movies.db")
    folder = tmp_path / "backups"
    database = engines.engine(f"sqlite:///{tmp_path / 'movies.db'}")
    sound = database.create_backup(folder / "movies-20261111-120000.db").path
    broken = {folder / "movies-20261110-120000.db", tmp_path / "movies.db.before-restore-20261110-120000"}
    for file in broken:
        file.write_bytes(b"no database")
    read = await run(tmp_path, "privacy", "erase", str(ADA), "--yes")
    assert (read.status, read.out) == (1, f"Erased.\nErased from {sound}\n")
    assert all(f"Can't erase from {file}: " in read.err for file in broken)
    parsed = await run(tmp_path, "privacy", "erase", str(ADA), "--yes", "--json")
    assert (parsed.status, {*json.loads(parsed.out)["copies_not_erased"]}) == (1, {str(file) for file in broken})


async def test_what_an_erasure_ended_and_what_it_waits_for_is_named(
    member_database: Database, tmp_path: Path, url: str
) -> None:
    store = StoreHarness(member_database)
    for number in range(40, 46):
        await store.queued(ada_job(number, guild=12))
    claimed = await store.claimed(NOW, 5, 1000, 1000)
    unknown, made, *rendering = [job for job in claimed if job.member_id == ADA]
    assert len(rendering) == 2
    await member_database.write(submissions.mark_unknown, unknown.id)
    await member_database.write(submissions.mark_rendering, made.id, "request-1", NOW)
    await member_database.write(renders.complete, made.id, "https://movies.test/1.mp4")
    parsed = (await privacy(tmp_path, url, "erase", str(ADA), "--yes", "--json")).parsed
    waits = {name: parsed[name] for name in ("erased", "cancelled", "in_progress", "unknown", "undelivered")}
    assert waits == {"erased": False, "cancelled": 2, "in_progress": 2, "unknown": 1, "undelivered": 1}
    left = "  in progress: 2\n  unknown: 1\n  not posted yet: 1\n"
    todo = "Unknown jobs wait for you: python -m bot jobs list --state unknown\n"
    assert await privacy(tmp_path, url, "erase", str(ADA), "--yes") == Ended(0, f"{WAITS}{left}{todo}", "")
