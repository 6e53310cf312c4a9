"""A restored backup is from the past: nothing of it is ordered or posted again before the operator has looked."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.domain.delivery import Delivery, Notice
from bot.domain.job import JobState
from bot.domain.quota import AuditEntry, QuotaAction
from bot.errors import SchemaTooNew, StorageError
from bot.texts import quotas as texts
from data import backups, quotas
from data.database import Database
from data.migrate import known, migrate
from data.quota_book import QuotaBook
from data.restore import restore
from tests.data.desk import ALICE, DAY, GUILD, HOUR, LIMITS, NOW, Desk, a_job
from tests.support.auditor import balanced, everything
from tests.support.books import rows

ROOT = Path(__file__).parent.parent.parent
LATER = NOW + DAY


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """Where the backup lies."""
    return tmp_path / "backups" / "movies-20261110-120000.db"


@pytest.fixture
async def old(desk: Desk, backup: Path) -> AsyncIterator[Desk]:
    """The desk whose database is backed up at the end of a test's own preparations: call `kept`."""
    backup.parent.mkdir()
    yield desk


async def kept(desk: Desk, backup: Path) -> None:
    """Take the backup, and stop the bot."""
    backups.back_up(desk.database.path, backup)
    await desk.database.close()


async def reopened(path: Path) -> Desk:
    """Start on the restored database, as the bot does."""
    migrate(path)
    return Desk(await Database.open(path))


def states(path: Path) -> dict[str, str]:
    """Where each job is."""
    return {row["id"]: row["state"] for row in rows(path, "SELECT id, state FROM jobs")}


def owed(path: Path) -> list[tuple[str, str]]:
    """What would be posted."""
    found = rows(path, "SELECT job_id, notice FROM deliveries WHERE due_at IS NOT NULL ORDER BY job_id, notice")
    return [(row["job_id"], row["notice"]) for row in found]


def replaced(folder: Path) -> list[Path]:
    """The databases that were kept."""
    return sorted(folder.glob("movies.db.before-restore-*"))


# ── jobs ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_job_of_each_state_is_where_it_can_do_no_harm(old: Desk, backup: Path) -> None:
    """What may have been ordered since is UNKNOWN and keeps its hold; what is at the API is watched; the rest rests."""
    await old.rendering(a_job(1))
    await old.store.complete(a_job(1).id, "https://x/1.mp4", NOW)
    await old.rendering(a_job(2))
    await old.submitting(a_job(3))
    await old.store.lose(a_job(3).id, NOW)
    await old.submitting(a_job(4))
    await old.queued(a_job(5))
    await old.reserved(a_job(6))
    await kept(old, backup)
    path = old.database.path
    before = balanced(path)
    done = restore(backup, path, LATER)
    assert [states(path)[a_job(number).id] for number in range(1, 7)] == [
        "completed",
        "rendering",
        "unknown",
        "unknown",
        "unknown",
        "unknown",
    ]
    assert done.held.jobs == (a_job(4).id, a_job(5).id, a_job(6).id)
    assert (done.held.unknown, done.held.rendering) == (1, 1)
    assert balanced(path) == before, "no credit has moved"


async def test_nothing_is_ordered_again(old: Desk, backup: Path) -> None:
    """The queue of the restored database is empty, now and a month from now, and no sweep gives credits back."""
    await old.queued(a_job(1))
    await old.reserved(a_job(2))
    await old.submitting(a_job(3))
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    again = await reopened(old.database.path)
    for now in (LATER, LATER + 30 * DAY):
        assert await again.store.claim(now, 100, 100, 100) == []
        assert await again.store.withdraw_unanswered(now, now) == []
    assert await again.store.lose_submitting(LATER) == []
    assert (await again.member()).held == 300
    await again.database.close()


async def test_the_operator_can_resolve_what_is_on_hold(old: Desk, backup: Path) -> None:
    """As any unknown job: it is found at the API, or it failed."""
    await old.queued(a_job(1))
    await old.queued(a_job(2))
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    again = await reopened(old.database.path)
    change = _change()
    found = await again.store.find(a_job(1).id, "request-1", LATER, change)
    assert found is not None
    assert found.state is JobState.RENDERING
    ended = await again.store.give_up(a_job(2).id, change, lost=False)
    assert ended is not None
    await again.store.complete(found.id, "https://x/1.mp4", LATER)
    await again.database.close()
    balanced(old.database.path)


async def test_what_renders_is_looked_at_again_and_arrives(old: Desk, backup: Path) -> None:
    """Asking how far it is can be done any number of times."""
    await old.rendering(a_job(1), NOW + HOUR)
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    again = await reopened(old.database.path)
    [job] = await again.store.due(LATER, 10, ())
    assert job.request_id == f"request-{a_job(1).id}"
    await again.store.complete(job.id, "https://x/1.mp4", LATER)
    assert (job.id, "completed") in await again.owed(LATER)
    await again.database.close()


async def test_a_candidate_that_a_callback_brought_is_confirmed_by_looking(old: Desk, backup: Path) -> None:
    """A look costs nothing, and may find the movie without the operator."""
    await old.submitting(a_job(1))
    digest = rows(old.database.path, "SELECT callback_hash FROM jobs")[0]["callback_hash"]
    assert await old.store.called_back(digest, "request-1", NOW)
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    again = await reopened(old.database.path)
    [job] = await again.store.due(LATER, 10, ())
    assert (job.state, job.candidate_id) == (JobState.UNKNOWN, "request-1")
    await again.database.close()


# ── messages ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_what_was_owed_is_not_posted_again(old: Desk, backup: Path) -> None:
    """It may have arrived since. Members find their movies in /movies; the operator is told which messages it was."""
    await old.rendering(a_job(1))
    await old.store.complete(a_job(1).id, "https://x/1.mp4", NOW)
    await old.rendering(a_job(2))
    await old.store.complete(a_job(2).id, "https://x/2.mp4", NOW)
    await old.store.delivered(Delivery(a_job(2).id, Notice.COMPLETED, 0), 99, NOW)
    await kept(old, backup)
    path = old.database.path
    done = restore(backup, path, LATER)
    assert done.held.messages == ((a_job(1).id, Notice.COMPLETED),)
    assert owed(path) == []
    [first, second] = rows(path, "SELECT * FROM deliveries ORDER BY job_id")
    assert (first["delivered_at"], second["delivered_at"]) == (None, NOW)
    assert rows(path, "SELECT movie_url FROM jobs ORDER BY id")[0]["movie_url"] == "https://x/1.mp4"


async def test_a_member_whose_movie_is_on_hold_is_told_once(old: Desk, backup: Path) -> None:
    """That we are checking; who was to be told so already is not told again."""
    await old.queued(a_job(1))
    await old.submitting(a_job(2))
    await old.store.lose(a_job(2).id, NOW)
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    assert owed(old.database.path) == [(a_job(1).id, "unknown")]


async def test_every_change_is_noted(old: Desk, backup: Path) -> None:
    """One line for each job and message, owed to the server's audit channel; old lines are not posted again."""
    book = QuotaBook(old.database, LIMITS, lambda: NOW)
    await book.set_channel(ALICE, GUILD, 555)
    await old.queued(a_job(1))
    await old.rendering(a_job(2))
    await old.store.complete(a_job(2).id, "https://x/2.mp4", NOW)
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    again = await reopened(old.database.path)
    lines = [entry for entry, channel in await again.store.owed_lines(LATER, 10, ()) if channel == 555]
    assert {(line.action, line.actor_id, line.subject_id, line.at) for line in lines} == {
        (QuotaAction.RESTORE, 0, ALICE, LATER)
    }
    assert sorted(line.reason for line in lines) == [
        f"movie {a_job(1).id} was queued",
        f"the message about movie {a_job(2).id} (completed) was not posted yet",
    ]
    await again.database.close()


def test_the_audit_line_says_what_was_done() -> None:
    """In words, for those who run the server."""
    line = texts.audit_line(AuditEntry("1", NOW, GUILD, 0, QuotaAction.RESTORE, ALICE, None, "movie 1 was queued"))
    assert "The operator: a backup was restored; a movie of <@1> waits until the operator has looked at it." in line


async def test_what_is_no_longer_so_is_forgotten(old: Desk, backup: Path) -> None:
    """Which commands Discord has was true of the past."""
    with closing(sqlite3.connect(old.database.path)) as other, other:
        other.execute("INSERT INTO facts (name, value) VALUES ('commands', 'digest')")
    await kept(old, backup)
    restore(backup, old.database.path, LATER)
    assert rows(old.database.path, "SELECT * FROM facts") == []


# ── the file ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_the_database_before_it_is_kept_beside_it(old: Desk, backup: Path, tmp_path: Path) -> None:
    """Whole, with what was only in its -wal; the backup itself is not changed by a byte."""
    await kept(old, backup)
    path, bytes_before = old.database.path, backup.read_bytes()
    _killed_after(path, "INSERT INTO facts (name, value) VALUES ('after', 'the backup')")
    assert path.with_name("movies.db-wal").stat().st_size > 0
    done = restore(backup, path, LATER)
    assert done.replaced == tmp_path / "movies.db.before-restore-20261111-120000"
    assert rows(done.replaced, "SELECT value FROM facts") == [{"value": "the backup"}]
    assert done.replaced.stat().st_mode & 0o777 == 0o600
    assert rows(path, "SELECT * FROM facts") == []
    assert backup.read_bytes() == bytes_before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backups", "movies.db", done.replaced.name]


async def test_a_second_restore_keeps_the_first_one_s_too(old: Desk, backup: Path, tmp_path: Path) -> None:
    """Even within the same second: nothing is ever overwritten."""
    await kept(old, backup)
    kept_ones = [restore(backup, old.database.path, LATER).replaced for _ in range(3)]
    assert replaced(tmp_path) == kept_ones


async def test_a_stale_wal_does_not_fall_upon_the_restored_database(old: Desk, backup: Path, tmp_path: Path) -> None:
    """The database is gone, its -wal is not: SQLite would replay it into whatever takes the place."""
    await kept(old, backup)
    path = old.database.path
    _killed_after(path, "INSERT INTO facts (name, value) VALUES ('stale', 'x')")
    path.unlink()
    assert restore(backup, path, LATER).replaced is None
    assert rows(path, "SELECT * FROM facts") == []
    assert rows(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert [file.name[-4:] for file in replaced(tmp_path)] == ["-shm", "-wal"], "kept all the same"


@pytest.mark.parametrize("how", ["overwritten", "cut", "damaged within"])
async def test_a_broken_database_is_replaced(old: Desk, backup: Path, tmp_path: Path, how: str) -> None:
    """That is when a backup is needed. What can be kept of it is kept."""
    await old.queued(a_job(1))
    await kept(old, backup)
    path = old.database.path
    whole = path.read_bytes()
    broken = {
        "overwritten": b"sun and sea" * 1000,
        "cut": whole[: len(whole) // 2 + 100],
        "damaged within": whole[:4096] + b"\xff" * 8192 + whole[12288:],
    }[how]
    path.write_bytes(broken)
    path.with_name("movies.db-wal").write_bytes(b"garbage")
    done = restore(backup, path, LATER)
    assert states(path) == {a_job(1).id: "unknown"}
    balanced(path)
    assert done.replaced is not None
    if how == "overwritten":
        assert done.replaced.read_bytes() == broken
    assert not path.with_name("movies.db-wal").exists() or path.with_name("movies.db-wal").stat().st_size == 0
    assert list(tmp_path.glob("*.part*")) == []


async def test_where_there_is_no_database_one_is_made(old: Desk, backup: Path, tmp_path: Path) -> None:
    """On a new machine: the folder is made too, and only its owner may read the file."""
    await old.queued(a_job(1))
    await kept(old, backup)
    path = tmp_path / "new" / "var" / "movies.db"
    done = restore(backup, path, LATER)
    assert (done.database, done.replaced) == (path, None)
    assert states(path) == {a_job(1).id: "unknown"}
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["movies.db"]


async def test_a_link_to_the_database_is_followed(old: Desk, backup: Path, tmp_path: Path) -> None:
    """A mounted volume: what stands at the link's end is replaced, not the link."""
    await kept(old, backup)
    link = tmp_path / "link.db"
    link.symlink_to(old.database.path)
    assert restore(backup, link, LATER).database == old.database.path
    assert link.is_symlink()


async def test_a_backup_of_an_older_version_is_brought_up_to_date(tmp_path: Path, backup: Path) -> None:
    """Its jobs are put on hold just so, and no copy of the copy is left beside."""
    old_file = tmp_path / "old.db"
    migrate(old_file, known()[:1])
    with closing(sqlite3.connect(old_file)) as connection, connection:
        connection.execute(
            "INSERT INTO jobs (id, interaction_id, guild_id, channel_id, member_id, member_name, prompt, seconds,"
            " video_model, image_model, aspect_ratio, credits, state, created_at) VALUES"
            " ('0000000000001', 1, 10, 20, 1, 'Ada', 'a balloon', 10, 'LUMA', 'FLUX', '16:9', 100, 'queued', 1)"
        )
        connection.execute(
            "INSERT INTO ledger (id, at, kind, guild_id, member_id, month, allowance, job_id) VALUES"
            " ('1', 1, 'hold', 10, 1, '2026-11', 100, '0000000000001')"
        )
        connection.executemany(
            "INSERT INTO budgets (scope, guild_id, member_id, month, held) VALUES (?, ?, ?, '2026-11', 100)",
            [("member", 10, 1), ("server", 10, 0), ("plan", 0, 0)],
        )
    backups.back_up(old_file, backup)
    path = tmp_path / "movies.db"
    done = restore(backup, path, LATER)
    assert done.migrated == tuple(migration.name for migration in known()[1:])
    assert states(path) == {"0000000000001": "unknown"}
    balanced(path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["backups", "movies.db", "old.db"]


# ── what is refused, and leaves everything as it was ─────────────────────────────────────────────────────────────────


async def test_under_a_running_bot_nothing_is_replaced(old: Desk, backup: Path, tmp_path: Path) -> None:
    """It has the database open, even while it does nothing; after it has stopped the same command goes through."""
    await old.queued(a_job(1))
    backups.back_up(old.database.path, backup)
    await old.queued(a_job(2))
    before = everything(old.database.path)
    with pytest.raises(StorageError, match=r"movies\.db is in use: stop the bot, then restore again"):
        restore(backup, old.database.path, LATER)
    assert everything(old.database.path) == before
    assert replaced(tmp_path) == []
    assert list(tmp_path.glob("*.part*")) == []
    await old.queued(a_job(3))
    await old.database.close()
    restore(backup, old.database.path, LATER)
    assert states(old.database.path) == {a_job(1).id: "unknown"}


async def test_a_bot_that_starts_meanwhile_waits_and_finds_the_restored_database(old: Desk, backup: Path) -> None:
    """Whenever it comes: it never works on the file that was replaced, and never on half of one."""
    await old.queued(a_job(1))
    _pad(old.database.path)
    await kept(old, backup)
    path = old.database.path
    code = (
        "import sys, pathlib, sqlite3\n"
        "c = sqlite3.connect(sys.argv[1], timeout=20, isolation_level=None)\n"
        "print('open', flush=True)\n"
        "from data.migrate import migrate\n"
        "migrate(pathlib.Path(sys.argv[1]))\n"
        "print(c.execute('SELECT state FROM jobs').fetchone()[0])\n"
    )
    starters: list[subprocess.Popen[str]] = []

    def start(*_: int) -> None:
        if starters:
            return
        starter = subprocess.Popen(  # noqa: S603 (our own code)
            [sys.executable, "-c", code, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        starters.append(starter)
        assert starter.stdout is not None
        assert starter.stdout.readline() == "open\n"

    restore(backup, path, LATER, progress=start)
    [starter] = starters
    assert starter.communicate(timeout=30)[0] == "unknown\n"
    assert starter.returncode == 0


async def test_a_restore_that_is_killed_leaves_the_database_as_it_was(old: Desk, backup: Path) -> None:
    """SIGKILL with half of the pages copied: the next start rolls them back."""
    await old.queued(a_job(1))
    _pad(old.database.path)
    await kept(old, backup)
    path = old.database.path
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO facts (name, value) VALUES ('after', 'the backup')")
        connection.execute("UPDATE padding SET bytes = randomblob(1000000)")
    before = everything(path)
    code = (
        "import os, signal, sys, pathlib\n"
        "from data.restore import restore\n"
        "kill = lambda _, left, total: os.kill(os.getpid(), signal.SIGKILL) if left < total / 2 else None\n"
        "restore(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 1, progress=kill)\n"
    )
    killed = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code, str(backup), str(path)], cwd=ROOT, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    migrate(path)
    assert everything(path) == before
    assert rows(path, "PRAGMA integrity_check") == [{"integrity_check": "ok"}]
    assert rows(path, "SELECT value FROM facts") == [{"value": "the backup"}]
    restore(backup, path, LATER)
    assert states(path) == {a_job(1).id: "unknown"}


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("missing", "there is no backup at "),
        ("text", "file is not a database"),
        ("empty", "is no database of this bot"),
        ("foreign", "is no database of this bot"),
        ("toy", "is no backup of this bot's database"),
        ("money", "don't balance: "),
        ("itself", "is the database itself"),
    ],
)
async def test_what_is_no_sound_backup_is_refused(old: Desk, backup: Path, bad: str, told: str) -> None:
    """In one line; and the database is as it was."""
    await old.queued(a_job(1))
    await kept(old, backup)
    path = old.database.path
    before = everything(path)
    if bad == "text":
        backup.write_text("sun and sea" * 1000)
    elif bad == "empty":
        backup.write_bytes(b"")
    elif bad in ("missing", "foreign", "toy"):
        backup.unlink()
    if bad in ("foreign", "toy", "money"):
        sql = {
            "foreign": "CREATE TABLE theirs (a)",
            "toy": "CREATE TABLE migrations (number INTEGER)",
            "money": "UPDATE budgets SET used = 7",
        }[bad]
        with closing(sqlite3.connect(backup)) as connection, connection:
            connection.execute(sql)
    with pytest.raises(StorageError, match=re.escape(told)) as caught:
        restore(path if bad == "itself" else backup, path, LATER)
    assert "\n" not in str(caught.value)
    assert everything(path) == before
    assert replaced(path.parent) == []


async def test_a_backup_of_a_newer_version_is_refused(old: Desk, backup: Path) -> None:
    """This version would not understand its rows."""
    await kept(old, backup)
    with closing(sqlite3.connect(backup)) as connection, connection:
        connection.execute("INSERT INTO migrations (number, name) VALUES (9999, '9999_later')")
    with pytest.raises(SchemaTooNew):
        restore(backup, old.database.path, LATER)
    assert replaced(old.database.path.parent) == []


async def test_a_full_disk_leaves_the_database_as_it_was(old: Desk, backup: Path) -> None:
    """A process that may write no more than 1 MB restores 5: one readable line, no remains."""
    _pad(old.database.path)
    await old.queued(a_job(1))
    await kept(old, backup)
    path = old.database.path
    before, files = everything(path), sorted(os.listdir(path.parent))
    code = (
        "import resource, signal, sys, pathlib\n"
        "from data.restore import restore\n"
        "from bot.errors import StorageError\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))\n"
        "try:\n"
        "    restore(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 1)\n"
        "except StorageError as exc:\n"
        "    print(exc)\n"
    )
    done = subprocess.run(  # noqa: S603 (our own code)
        [sys.executable, "-c", code, str(backup), str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert re.fullmatch(r"[^\n]+\n", done.stdout), done.stdout
    assert sorted(os.listdir(path.parent)) == files
    assert everything(path) == before


# ── helpers ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _pad(path: Path) -> None:
    """5 MB more, so that a copy takes more than one step."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE padding (bytes BLOB)")
        connection.executemany("INSERT INTO padding VALUES (randomblob(1000000))", [()] * 5)


def _killed_after(path: Path, sql: str) -> None:
    """A process that commits this, and dies with it in the -wal only."""
    code = (
        "import sqlite3, os, signal, sys\n"
        "sqlite3.connect(sys.argv[1], isolation_level=None).execute(sys.argv[2])\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(path), sql], check=False)  # noqa: S603 (our own code)


def _change() -> quotas.Change:
    return quotas.Change(0, GUILD, QuotaAction.RESOLVE, ALICE, None, "looked it up", LATER)
