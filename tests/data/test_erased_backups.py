"""Erasures in the bot's own copies, in restored backups, and in the list beside them."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from bot.core.errors import StorageError
from bot.domain.delivery import NotificationType
from bot.domain.jobs import EndReason, JobState
from bot.domain.orders import OrderPlaced
from bot.domain.quota import AuditContext
from bot.services.privacy import clear_old_data
from data import blocks, erased_members, erasure, pitch_ends, renders, submissions
from data.database import Database, Transaction, sqlite_path
from data.engine.migration_files import SCHEMA_NUMBER
from data.erased_members import EventKind
from data.erasure import ErasureRecord
from data.storage import backups, checksum, engines, erasure_copies
from data.storage.sqlite_migrations import migrate
from tests.helpers import later_version
from tests.helpers.at_time import at_time
from tests.helpers.clock import ManualClock
from tests.helpers.ledger_checks import assert_ledger_consistent, execute, query
from tests.helpers.member_data import ADA, MARKS, OTHER_GUILD, PROMPT, URL, ada_job, deliver, fill_member, traces
from tests.helpers.moves import move, place
from tests.helpers.refusing import is_refused
from tests.helpers.reserving import reserve
from tests.helpers.restore_helpers import at_each_sync
from tests.helpers.store_harness import BOB, DAY, GUILD, LIMITS, NOW, StoreHarness, a_job

T = TypeVar("T")
LATER = NOW + DAY


@pytest.fixture
def file(path: Path) -> str:
    return f"sqlite:///{path}"


def do(url: str, work: Callable[[StoreHarness], Awaitable[T]]) -> T:
    async def run() -> T:
        async with await engines.engine(url).open() as database:
            return await work(StoreHarness(database))

    return asyncio.run(run())


async def erase(database: Database, folder: Path, *, crash: bool = False) -> bool:
    requested = await database.write(erasure.request, ADA)
    for job in await database.read(erasure.waiting_jobs, ADA):
        await database.write(erasure.cancel, job)
    await database.write(pitch_ends.drop_member, ADA)
    record = ErasureRecord.of(requested.id, ADA, NOW)
    erasure_copies.add_to_list(folder, [record])
    return False if crash else not await database.write(erasure.erase, record, ADA)


def files_with(folder: Path, *marks: object) -> list[str]:
    """Return the files that have one of these, as text or as a binary integer."""
    wanted = [str(mark).encode() for mark in marks]
    wanted += [mark.to_bytes(8, "big") for mark in marks if isinstance(mark, int)]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return sorted(path.name for path in files if any(mark in path.read_bytes() for mark in wanted))


def make_backup(url: str, folder: Path, now: int = NOW) -> Path:
    return engines.engine(url).create_backup(backups.new_backup_path(folder, now)).path


def erase_copies(url: str, folder: Path) -> erasure_copies.ErasedCopies:
    database = sqlite_path(url) if url.startswith("sqlite:") else folder / backups.POSTGRESQL
    return erasure_copies.erase_copies(backups.copies(folder, database), erasure_copies.read_list(folder), LATER)


def test_no_copy_has_the_member_afterwards(url: str, folder: Path, tmp_path: Path) -> None:
    do(url, fill_member)
    engines.engine(url).restore(make_backup(url, folder), folder, NOW)
    do(url, lambda store: store.queued(a_job(70, BOB, cost=10)))
    make_backup(url, folder, NOW + 1000)
    assert len(files_with(folder.parent, *MARKS)) >= 3
    assert do(url, lambda store: erase(store.database, folder))
    done = erase_copies(url, folder)
    assert (len(done.erased), done.failed) == (3, {})
    assert files_with(tmp_path, *MARKS) == []
    for copy in done.erased:
        assert_ledger_consistent(copy)
        assert copy.stat().st_mode & 0o777 == 0o600
        assert query(copy, f"SELECT 1 AS one FROM jobs WHERE member_id = {BOB}")
    assert erase_copies(url, folder).erased == []
    assert traces(place(url), *MARKS) == set()


def test_a_copy_from_before_an_upgrade_is_erased(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    execute(path, f"INSERT INTO member_preferences (member_id, video_model) VALUES ({ADA}, 'LUMA')")
    later_version.begin(monkeypatch, path.parent)
    migrate(path)
    url = f"sqlite:///{path}"
    assert len(files_with(path.parent, ADA)) >= 2
    assert do(url, lambda store: erase(store.database, folder))
    [copy] = erase_copies(url, folder).erased
    assert copy.name.startswith("movies.db.before-9998")
    assert files_with(path.parent, ADA) == []


def test_an_erased_copy_has_no_free_page_of_earlier_rows(tmp_path: Path, path: Path, folder: Path) -> None:
    copy = make_backup(f"sqlite:///{path}", folder)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE earlier (prompt TEXT)")
        connection.execute("INSERT INTO earlier VALUES (?)", (PROMPT,))
        connection.execute("DROP TABLE earlier")
    assert files_with(tmp_path, PROMPT) == [copy.name]
    assert erasure_copies.erase_copies([copy], [ErasureRecord.of("a", ADA, NOW)], LATER).erased == [copy]
    assert files_with(tmp_path, PROMPT) == []
    assert checksum.matches(copy)


def test_a_damaged_copy_is_not_made_to_look_sound(path: Path, folder: Path) -> None:
    do(f"sqlite:///{path}", fill_member)
    copy = make_backup(f"sqlite:///{path}", folder)
    copy.write_bytes(copy.read_bytes().replace(PROMPT.encode(), PROMPT.encode()[::-1]))
    done = erasure_copies.erase_copies([copy], [ErasureRecord.of("a", ADA, NOW)], LATER)
    assert done.failed == {copy: "it is damaged: its checksum is wrong"}


def test_no_backup_has_the_key_of_what_is_remembered(url: str, folder: Path) -> None:
    do(url, fill_member)
    assert do(url, lambda store: erase(store.database, folder))
    [row] = query(place(url), "SELECT key FROM erasure_keys WHERE month <> ''")
    copy = make_backup(url, folder)
    assert query(copy, "SELECT * FROM erasure_keys WHERE month <> ''") == []
    assert files_with(folder, row["key"]) == []
    if not url.startswith("sqlite:"):
        moved = f"sqlite:///{folder.parent / 'moved.db'}"
        move(url, moved)
        assert do(moved, lambda store: store.database.read(erased_members.is_remembered, ADA))
        return
    engines.engine(url).restore(copy, folder, LATER)
    [kept] = folder.parent.glob("movies.db.before-restore-*")
    assert row["key"].encode() in kept.read_bytes()
    assert erase_copies(url, folder).erased == [kept]
    assert row["key"].encode() not in kept.read_bytes()
    assert erase_copies(url, folder).erased == []


@pytest.mark.parametrize(
    ("listed_by", "by_link"), [("the list", True), ("the list beside the backup", False), ("the database", False)]
)
def test_a_restored_backup_is_erased_again(url: str, tmp_path: Path, listed_by: str, *, by_link: bool) -> None:
    do(url, fill_member)
    folder, kept, link = tmp_path / "volume", tmp_path / "elsewhere" / "kept.db", tmp_path / "newest.db"
    engines.engine(url).create_backup(kept)
    link.symlink_to(kept)
    assert do(url, lambda store: erase(store.database, folder))
    if listed_by == "the database":
        (folder / erasure_copies.LIST_NAME).unlink()
    else:
        execute(place(url), "UPDATE erasures SET salt = NULL, digest = NULL")
    if listed_by == "the list beside the backup":
        (folder / erasure_copies.LIST_NAME).rename(kept.with_name(erasure_copies.LIST_NAME))
    engines.engine(url).restore(link if by_link else kept, folder, LATER)
    assert traces(place(url), *MARKS) == set()
    assert_ledger_consistent(place(url))
    bonus = "SELECT 1 AS one FROM balances WHERE scope = 'extra' AND member_id < 0 AND granted - used - held > 0"
    assert query(place(url), bonus) == [], "it lapses again"
    assert query(place(url), f"SELECT 1 AS one FROM erasures WHERE erased_at % {DAY} <> 0") == []
    assert query(place(url), f"SELECT 1 AS one FROM jobs WHERE member_id = {BOB}")
    assert do(url, lambda store: store.database.read(at_time(LATER, erased_members.is_remembered), ADA))
    if url.startswith("sqlite:"):
        assert files_with(tmp_path, *MARKS) == ["kept.db", "newest.db"]


def test_a_backup_is_erased_again_without_a_database_and_in_free_pages(folder: Path, tmp_path: Path, file: str) -> None:
    do(file, fill_member)
    copy, new = make_backup(file, folder), tmp_path / "new" / "movies.db"
    assert do(file, lambda store: erase(store.database, folder))
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE notes AS SELECT 'her words' AS words")
        connection.execute("DROP TABLE notes")
    engines.engine(f"sqlite:///{new}").restore(copy, folder, LATER)
    assert traces(new, *MARKS) == set()
    assert files_with(tmp_path, "her words") == [copy.name]


@pytest.mark.parametrize(
    ("copied", "replaced"), [("before", True), ("after", True), ("before", False), ("before, and erased since", False)]
)
def test_a_block_outlives_a_restore(url: str, folder: Path, tmp_path: Path, copied: str, *, replaced: bool) -> None:
    kept, by = folder / "movies-20261110-120000.db", AuditContext(9, GUILD)
    do(url, lambda store: store.database.write(_block_and_unblock, by))
    if copied != "after":
        engines.engine(url).create_backup(kept)
    assert do(url, lambda store: erase(store.database, folder))
    if copied == "after":
        engines.engine(url).create_backup(kept)
    elif "since" in copied:
        assert erase_copies(url, folder).erased == [kept]
    target = url
    if not replaced:
        target = f"sqlite:///{tmp_path / 'new.db'}"
    engines.engine(target).restore(kept, folder, NOW + 60 * DAY)
    assert traces(place(target), ADA) == set()
    job = ada_job(60, at=NOW + 61 * DAY)
    assert is_refused(do(target, lambda store: reserve(store.database, job, (), LIMITS)), "refusals-blocked")
    elsewhere = replace(job, guild_id=OTHER_GUILD)
    assert isinstance(do(target, lambda store: reserve(store.database, elsewhere, (), LIMITS)), OrderPlaced)


def _block_and_unblock(tx: Transaction, by: AuditContext) -> None:
    for each in (by, replace(by, guild_id=OTHER_GUILD)):
        blocks.block(tx, ADA, None, by=each)
    blocks.unblock(tx, ADA, by=replace(by, guild_id=OTHER_GUILD))


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.SUBMITTING, JobState.RENDERING])
def test_a_backup_in_which_something_was_open(url: str, folder: Path, tmp_path: Path, state: JobState) -> None:
    job = ada_job(60)
    do(url, lambda store: store.in_state(job, state))
    kept = tmp_path / "kept.db"
    engines.engine(url).create_backup(kept)
    do(url, lambda store: ended(store, job.id, state))
    assert do(url, lambda store: erase(store.database, folder))
    engines.engine(url).restore(kept, folder, LATER)
    assert traces(place(url), *MARKS) == set()
    assert_ledger_consistent(place(url))
    expected = {JobState.QUEUED: JobState.CANCELLED, JobState.SUBMITTING: JobState.UNKNOWN}
    assert do(url, lambda store: store.found(job.id)).state is expected.get(state, state)
    if state is JobState.RENDERING:
        assert do(url, lambda store: store.database.write(erasure.clear_ended, LATER)) == 0, "it is still polled"
        do(url, lambda store: store.database.write(at_time(LATER, renders.complete), job.id, URL))
        assert do(url, lambda store: store.database.write(erasure.clear_ended, LATER)) == 1
        assert traces(place(url), *MARKS) == set()
        assert_ledger_consistent(place(url))


def test_a_movie_that_a_backup_shows_rendering_is_cleared_when_it_fails(url: str) -> None:
    job = ada_job(60)
    do(url, lambda store: store.rendering(job))
    do(url, lambda store: store.database.write(erasure.erase_in_copy, "an erasure", [ADA]))
    failed = (at_time(LATER, renders.fail_charged), job.id, EndReason.UPSTREAM_FAILED, None, None)
    do(url, lambda store: store.database.write(*failed))
    do(url, lambda store: clear_old_data(store.database, ManualClock(LATER), 0))
    assert do(url, lambda store: store.found(job.id)).request_id is None
    assert do(url, lambda store: store.database.write(erasure.clear_ended, LATER)) == 0


async def ended(store: StoreHarness, job_id: str, state: JobState) -> None:
    if state in (JobState.SUBMITTING, JobState.RENDERING):
        if state is JobState.SUBMITTING:
            await store.database.write(submissions.mark_rendering, job_id, "request", NOW)
        await store.database.write(renders.complete, job_id, URL)
        await deliver(store.database, await store.found(job_id), NotificationType.COMPLETED)


def test_a_crash_before_the_erasure_repeats_it_under_the_same_id(url: str, folder: Path) -> None:
    """The list is written first, so no backup outlives the erasure unlisted."""
    do(url, fill_member)
    assert not do(url, lambda store: erase(store.database, folder, crash=True))
    assert do(url, lambda store: erase(store.database, folder))
    [record] = erasure_copies.read_list(folder)
    assert do(url, lambda store: store.database.read(erasure.known_ids)) == {record.id}


def test_what_a_member_did_lately_counts_after_a_restore(url: str, folder: Path, tmp_path: Path) -> None:
    def cancelled() -> list[int]:
        found = (at_time(NOW, erased_members.moments), ADA, EventKind.CANCELLATION)
        return do(url, lambda store: store.database.read(*found))

    do(url, lambda store: store.in_state(ada_job(1), JobState.CANCELLED))
    before, after = tmp_path / "before.db", tmp_path / "after.db"
    engines.engine(url).create_backup(before)
    assert do(url, lambda store: erase(store.database, folder))
    assert cancelled() == [NOW]
    engines.engine(url).restore(before, folder, NOW + 1)
    assert traces(place(url), ADA) == set()
    assert cancelled() == [NOW]
    do(url, lambda store: store.database.write(at_time(NOW + 60 * DAY, erased_members.forget_ended)))
    job = ada_job(60, at=NOW + 60 * DAY)
    do(url, lambda store: store.queued(job))
    engines.engine(url).create_backup(after)
    engines.engine(url).restore(after, folder, NOW + 61 * DAY)
    assert do(url, lambda store: store.found(job.id)).member_id == ADA


def test_only_whole_copies_of_this_version_or_an_older_one_are_erased(folder: Path, file: str) -> None:
    newer, other = make_backup(file, folder), make_backup(file, folder, NOW + 1000)
    execute(newer, "INSERT INTO schema_migrations (number, name) VALUES (9999, 'newer')")
    broken = folder / "movies-20261110-120009.db"
    broken.write_bytes(b"no database" * 100)
    assert do(file, lambda store: erase(store.database, folder))
    listed, gone = erasure_copies.read_list(folder), folder / "movies-20261110-120008.db"
    done = erasure_copies.erase_copies([*backups.copies(folder, sqlite_path(file)), gone], listed, LATER)
    assert (done.erased, {*done.failed}) == ([other], {newer, broken})
    assert {each.name for each in folder.iterdir()} == {erasure_copies.LIST_NAME, newer.name, other.name, broken.name}


def test_a_copy_that_is_too_old_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    old = make_backup(file, folder)
    execute(old, f"UPDATE schema_migrations SET number = {SCHEMA_NUMBER - 1} WHERE number = {SCHEMA_NUMBER}")
    assert do(file, lambda store: erase(store.database, folder))
    monkeypatch.setattr(backups, "copy_pages", None)
    [(copy, problem)] = erase_copies(file, folder).failed.items()
    assert (copy, "before-one-schema" in problem) == (old, True)


def test_hold_erases_what_the_servers_own_tools_brought_back(url: str, folder: Path) -> None:
    do(url, fill_member)
    assert not do(url, lambda store: erase(store.database, folder, crash=True))
    engines.hold_open_work(url, folder, LATER)
    assert traces(place(url), *MARKS) == set()


def test_the_list_is_on_the_disk_names_nobody_and_is_its_owners(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = list[int]()
    at_each_sync(monkeypatch, lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    erasure_copies.add_to_list(folder, [ErasureRecord.of("a", ADA, NOW)])
    assert synced == [path.stat().st_ino for path in (folder / erasure_copies.LIST_NAME, folder)]
    record = ErasureRecord.of("a", ADA, NOW)
    erasure_copies.add_to_list(folder, [record, record])
    erasure_copies.add_to_list(folder, [record, ErasureRecord.of("b", BOB, NOW)])
    assert record.matches(ADA)
    assert not record.matches(BOB)
    assert [each.id for each in erasure_copies.read_list(folder, folder)] == ["a", "b"]
    assert str(ADA) not in (folder / erasure_copies.LIST_NAME).read_text(encoding="utf-8")
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / erasure_copies.LIST_NAME)] == [0o700, 0o600]
    written = (folder / erasure_copies.LIST_NAME).read_bytes()
    erasure_copies.add_to_list(folder, [record])
    assert (folder / erasure_copies.LIST_NAME).read_bytes() == written


def test_a_line_that_a_crash_cut_off_or_another_version_wrote_is_left_out(folder: Path) -> None:
    erasure_copies.add_to_list(folder, [ErasureRecord.of("a", ADA, NOW)])
    os.truncate(folder / erasure_copies.LIST_NAME, (folder / erasure_copies.LIST_NAME).stat().st_size - 20)
    erasure_copies.add_to_list(folder, [ErasureRecord.of("b", ADA, NOW)])
    with (folder / erasure_copies.LIST_NAME).open("a", encoding="utf-8") as opened:
        opened.write('{"id": "c"}\n')
    assert [each.id for each in erasure_copies.read_list(folder)] == ["b"]
    (folder / erasure_copies.LIST_NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(StorageError, match=r"Can't read .*erasures\.jsonl"):
        erasure_copies.read_list(folder)
