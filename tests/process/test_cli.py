"""The command line as real processes, beside one that writes.

The environment has DATABASE_URL only.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from bot import __version__
from bot.cli.ledger import now_ms
from bot.domain.credits import Month
from bot.domain.quota import AuditContext
from bot.services.quotas import QuotaService
from bot.services.signals import Signals
from data.database import Database
from tests.helpers.clock import START, ManualClock
from tests.helpers.command_line import EVERY_COMMAND, GUILD, LIMITS, Ended, open_movies, run
from tests.helpers.ledger_checks import BudgetTotals, assert_ledger_consistent, snapshot
from tests.helpers.settings import CATALOGUE


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """A database with a completed, an unknown and a rendering job."""
    async with open_movies(tmp_path / "movies.db") as database:
        yield database


@asynccontextmanager
async def writing(database: Database) -> AsyncGenerator[None]:
    """Let a bot write in a loop, as fast as it can."""
    quotas = QuotaService(database, LIMITS, ManualClock(START), Signals())

    async def write() -> None:
        while True:
            await quotas.grant(AuditContext(9, GUILD, "a drop"), 99, 1)

    task = asyncio.create_task(write())
    try:
        yield
        assert not task.done(), "the bot could not write"
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def names_in(folder: Path) -> list[str]:
    """Return the names in a folder."""
    return [path.name for path in folder.iterdir()]


def tamper(path: Path) -> None:
    """Change a total by hand."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE balances SET used = used + 7 WHERE scope = 'plan'")


# ── every command ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
async def test_every_command_works_beside_a_bot_that_writes(
    database: Database, tmp_path: Path, command: tuple[str, ...]
) -> None:
    """Each prints text for people, and JSON that parses.

    Neither process waits for the other in vain.
    """
    async with writing(database):
        for_people = await run(tmp_path, *command)
        assert (for_people.status, for_people.err) == (0, "")
        assert for_people.out.strip()
        if command[:2] != ("jobs", "resolve"):  # the job is resolved now
            as_json = await run(tmp_path, *command, "--json")
            assert as_json.status == 0
            assert as_json.parsed is not None


# ── audit ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("database")
async def test_an_audit_of_a_consistent_ledger_succeeds(tmp_path: Path) -> None:
    """Scripts read the exit status 0, and people one line."""
    assert await run(tmp_path, "audit") == Ended(0, "Audit passed: all balances match.\n", "")
    assert (await run(tmp_path, "audit", "--json")).parsed == {"differences": []}


@pytest.mark.usefixtures("database")
async def test_an_audit_names_a_total_that_was_tampered_with(tmp_path: Path) -> None:
    """The exit status is 1, and a report says so, too."""
    tamper(tmp_path / "movies.db")
    ended = await run(tmp_path, "audit")
    assert ended.status == 1
    assert ended.out.startswith(
        "plan budget (server 0, member 0, month 2026-11): the ledger says granted 0, used 100, "
    )
    assert "the total says 0, 107, 200" in ended.out
    as_json = await run(tmp_path, "audit", "--json")
    assert (as_json.status, len(as_json.parsed["differences"])) == (1, 1)
    assert "mismatch: plan budget" in (await run(tmp_path, "report", "2026-11")).out
    with closing(sqlite3.connect(tmp_path / "movies.db")) as connection, connection:
        connection.execute("UPDATE balances SET used = used - 7 WHERE scope = 'plan'")


# ── report and credits ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("database")
async def test_a_report_has_the_months_figures(tmp_path: Path) -> None:
    """They are those of all servers, or of one."""
    figures = (await run(tmp_path, "report", "2026-11", "--json")).parsed
    assert (figures["month"], figures["movies"], figures["spent"], figures["held"]) == ("2026-11", 1, 100, 200)
    assert (figures["lost"], figures["differences"], figures["days"][0]["lost"]) == (0, [], 0)
    assert (figures["given_back"], figures["days"][0]["given_back"]) == (0, 0)
    share = {"movies": 1, "seconds": 10, "credits": 100, "charged": 100}
    assert figures["members"] == [{"key": "22", "name": "alice", **share}]
    luma = {"key": "LUMA", "name": "Luma Dream Machine", **share}
    assert figures["models"] == [luma]
    assert len(figures["days"]) == 30
    elsewhere = (await run(tmp_path, "report", "2026-11", "--server", "12", "--json")).parsed
    assert (elsewhere["movies"], elsewhere["plan"]["used"]) == (0, 100)
    printed = (await run(tmp_path, "report", "2026-11")).out
    assert re.search(r"^plan left +4,700 of 5,000$", printed, re.MULTILINE)
    assert re.search(r"^22 +alice +1 +100$", printed, re.MULTILINE)
    assert re.search(r"^LUMA +Luma Dream Machine +1 +100 +100 +\+0$", printed, re.MULTILINE)
    assert re.search(r"^month +2026-11 \(UTC\)$", printed, re.MULTILINE)
    assert "No failed movies." in printed
    now = {str(Month.containing(now_ms()))}
    figures = (await run(tmp_path, "report", "--json")).parsed
    assert figures["month"] in now | {str(Month.containing(now_ms()))}, "without one, it is this month"


@pytest.mark.usefixtures("database")
async def test_a_report_has_the_plan_and_the_labels_of_the_settings(tmp_path: Path) -> None:
    labelled = CATALOGUE.replace("Luma Dream Machine", "House special")
    (tmp_path / "models.toml").write_text(labelled, encoding="utf-8")
    own = {"PLAN_MONTHLY_CREDITS": "700", "CATALOGUE_PATH": "models.toml"}
    figures = (await run(tmp_path, "report", "2026-11", "--json", **own)).parsed
    assert (figures["plan"]["limit"], figures["models"][0]["name"]) == (700, "House special")


@pytest.mark.usefixtures("database")
async def test_a_list_without_rows_says_so(tmp_path: Path) -> None:
    """People read a sentence, and scripts get an empty list."""
    assert await run(tmp_path, "jobs", "list", "--state", "cancelled") == Ended(0, "No cancelled jobs.\n", "")
    assert (await run(tmp_path, "jobs", "list", "--state", "cancelled", "--json")).parsed == []
    assert (await run(tmp_path, "credits", "show", "11", "99")).out.endswith("\n\nNo entries yet.\n")
    report = (await run(tmp_path, "report", "2026-10")).out
    assert "No movies by any member.\n\nNo movies with any model.\n\nNo failed movies.\n" in report


@pytest.mark.usefixtures("database")
async def test_what_members_wrote_never_steers_the_terminal(tmp_path: Path) -> None:
    """Names and reasons may contain any characters."""
    evil = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\r\n\x08" + "e\u0301\u0301\u0301\u0301\u0301\u0301\u0301"
    with closing(sqlite3.connect(tmp_path / "movies.db")) as connection, connection:
        connection.execute("UPDATE jobs SET prompt = ?, member_name = ?", (evil, evil))
        connection.execute("INSERT INTO key_value VALUES ('x', 'y')")
    await run(tmp_path, "credits", "grant", "11", "22", "1", "--reason", "a prize")
    for command in EVERY_COMMAND:
        out = (await run(tmp_path, *command)).out
        assert all(char.isprintable() or char == "\n" for char in out), command
        assert "\u0301" * 6 not in out


async def test_the_version_is_told_without_settings_or_an_installation(tmp_path: Path) -> None:
    assert await run(tmp_path, "--version") == Ended(0, f"matinee {__version__}\n", "")


@pytest.mark.usefixtures("database")
async def test_a_grant_is_there_at_once_and_says_who_and_why(tmp_path: Path) -> None:
    """The operator is actor 0, in the ledger and the log."""
    granted = await run(tmp_path, "credits", "grant", "11", "23", "250", "--reason", " a refund by hand ")
    assert granted == Ended(0, "Granted 250 bonus credits. New balance: 850.\n", "")
    shown = (await run(tmp_path, "credits", "show", "11", "23", "--json")).parsed
    assert (shown["extra"]["limit"], shown["movements"][0]["reason"]) == (250, "a refund by hand")
    path = tmp_path / "movies.db"
    assert assert_ledger_consistent(path)["extra", GUILD, 23, ""] == BudgetTotals(granted=250)
    note = snapshot(path)["audit_log"][-1]
    assert (note["actor_id"], note["action"], note["subject_id"], note["amount"]) == (0, "grant", 23, 250)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("report", "2026-13"), "Invalid month '2026-13'. Use YYYY-MM, such as 2026-11."),
        (("report", "--server", "0"), "'0' isn't a Discord ID"),
        (("report", "--server", "9" * 30), "isn't a Discord ID"),
        (("credits", "show", "11", "alice"), "'alice' isn't a Discord ID"),
        (("credits", "show", "0", "22"), "'0' isn't a Discord ID"),
        (("credits", "grant", "11", "-22", "5"), "'-22' isn't a Discord ID"),
        (("credits", "grant", "11", "9" * 25, "5"), "isn't a Discord ID"),
        (("credits", "grant", "11", "22", "0"), "CREDITS must be between 1 and 10,000,000."),
        (("credits", "grant", "11", "22", "-5"), "CREDITS must be between"),
        (("credits", "grant", "11", "22", "10000001"), "CREDITS must be between"),
        (("credits", "grant", "11", "22", "9" * 40), "CREDITS must be between"),
        (("credits", "grant", "11", "22", "1.5"), "invalid int value: '1.5'"),
        (("credits", "grant", "11", "22", "5", "--reason", "  "), "--reason must have 1 to 200 characters"),
        (("credits", "grant", "11", "22", "5", "--reason", "x" * 201), "--reason must have 1 to 200 characters"),
        (("credits", "grant", "11", "22", "5", "--reason", b"\xff"), "isn't plain text"),
        (("jobs", "list", "--limit", "0"), "'0' isn't between 1 and 1,000,000"),
        (("jobs", "list", "--limit", "9" * 30), "isn't between 1 and 1,000,000"),
        (("jobs", "list", "--state", "lost"), "invalid choice: 'lost'"),
        (("jobs", "show", b"\xff\xfe"), "isn't plain text"),
        (("jobs", "resolve", "0000000000002"), "one of the arguments --failed --request-id is required"),
        (("jobs", "resolve", "0000000000002", "--failed", "--request-id", "a"), "not allowed with argument"),
    ],
)
@pytest.mark.usefixtures("database")
async def test_what_cannot_be_is_said_in_words_and_changes_nothing(
    tmp_path: Path, arguments: tuple[str | bytes, ...], words: str
) -> None:
    """The command ends with status 2, a readable line, and no traceback."""
    before = snapshot(tmp_path / "movies.db")
    assert words in (await run(tmp_path, *arguments)).refused(2)
    assert snapshot(tmp_path / "movies.db") == before


@pytest.mark.parametrize(
    ("command", "missing"),
    [
        (("catalogue", "compare"), "SAMSAR_API_KEY"),
        (("catalogue", "write", "mine.toml"), "SAMSAR_API_KEY"),
        (("servers", "list"), "DISCORD_TOKEN"),
        (("servers", "leave", "11"), "DISCORD_TOKEN"),
    ],
)
async def test_a_command_that_asks_a_service_names_the_secret_that_is_not_set(
    tmp_path: Path, command: tuple[str, ...], missing: str
) -> None:
    assert f"{missing} is not set." in (await run(tmp_path, *command)).refused(2)


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
async def test_a_database_that_is_not_there_is_not_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    """A mistyped DATABASE_URL must not create an empty file."""
    ended = await run(tmp_path, *command)
    assert "No database at" in ended.refused()
    assert names_in(tmp_path) == []
