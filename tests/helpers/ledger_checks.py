"""Reads and checks a database file with SQL of its own, without the bot's code."""

from __future__ import annotations

import sqlite3
import threading
from collections import Counter, defaultdict
from collections.abc import Generator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

Key = tuple[str, int, int, str]
"""Scope, server, member and month of a budget."""

Row = dict[str, Any]

Place = Path | str
"""A SQLite file, or the URL of a PostgreSQL database."""

_Connection = sqlite3.Connection | psycopg.Connection[Row]

_shared: dict[tuple[int, Place], _Connection] = {}
"""The open connection of each thread to a database: see `one_connection`."""

_RESOLUTIONS = {"completed": {"capture"}, "failed": {"release"}, "cancelled": {"capture", "release"}}
"""The ledger entries of which one may follow the hold of a job in this state."""

_TABLES = [
    "jobs",
    "balances",
    "ledger_entries",
    "quota_limits",
    "member_blocks",
    "guild_settings",
    "audit_log",
    "credit_requests",
    "outbox",
    "pitches",
    "pledges",
    "messages",
]


@dataclass(frozen=True, kw_only=True)
class BudgetTotals:
    granted: int = 0
    used: int = 0
    held: int = 0


@contextmanager
def one_connection(path: Place) -> Generator[_Connection]:
    """Share a connection within a block, since each reads the schema first."""
    key = (threading.get_ident(), path)
    if key in _shared:
        yield _shared[key]
        return
    with closing(_connect(path)) as connection:
        _shared[key] = connection
        try:
            yield connection
        finally:
            del _shared[key]


@contextmanager
def a_reader(path: Path) -> Generator[None]:
    """A reader with a snapshot, such as a backup or a report."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("SELECT COUNT(*) FROM key_value").fetchone()
        yield


def query(path: Place, sql: str, *params: object) -> list[Row]:
    with one_connection(path) as connection:
        if isinstance(connection, sqlite3.Connection):
            return [dict(row) for row in connection.execute(sql, params)]
        return connection.execute(sql.replace("%", "%%").replace("?", "%s").encode(), params).fetchall()


def _connect(path: Place) -> _Connection:
    if isinstance(path, str):
        return psycopg.Connection[Row].connect(path, row_factory=dict_row, autocommit=True)
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    return connection


def execute(path: Place, *statements: str) -> None:
    """Run statements in one transaction."""
    if isinstance(path, str):
        with psycopg.connect(path) as connection:
            for sql in statements:
                connection.execute(sql.encode())
        return
    with closing(sqlite3.connect(path)) as connection, connection:
        for sql in statements:
            connection.execute(sql)


def has_table(path: Place, name: str) -> bool:
    if isinstance(path, str):
        return bool(query(path, "SELECT 1 FROM pg_tables WHERE tablename = ?", name))
    return path.exists() and bool(query(path, "SELECT 1 FROM sqlite_master WHERE name = ?", name))


def jobs(path: Place) -> list[Row]:
    return query(path, "SELECT * FROM jobs ORDER BY id")


def outbox(path: Place) -> list[Row]:
    return query(path, "SELECT * FROM outbox ORDER BY job_id, type")


def snapshot(path: Place) -> dict[str, list[Row]]:
    with one_connection(path):
        return {table: sorted(query(path, f"SELECT * FROM {table}"), key=repr) for table in _TABLES}


def balances(path: Place) -> dict[Key, BudgetTotals]:
    rows = {
        (row["scope"], row["guild_id"], row["member_id"], row["month"]): BudgetTotals(
            granted=row["granted"], used=row["used"], held=row["held"]
        )
        for row in query(path, "SELECT * FROM balances")
    }
    return _without_zeros(rows)


def assert_ledger_consistent(path: Place) -> dict[Key, BudgetTotals]:
    """Recompute every budget from the ledger.

    Return the totals that are not zero.

    Entries sum up to the cached totals. No total is negative. Each job has one hold, or one of each member who pledged
    to its pitch, each with one resolution exactly if it ended, of the same month, whose captured and released credits
    are those of the hold. Only a cancelled job is spent in part: what the API charged. All holds equal captures,
    releases and what is still held. Each pledge is held, pays for a job, or has one end: spent, returned or lapsed.
    """
    with one_connection(path):
        return _checked(path)


def _checked(path: Place) -> dict[Key, BudgetTotals]:
    entries = query(path, "SELECT * FROM ledger_entries ORDER BY id")
    cached = balances(path)
    assert _summed(entries) == cached
    assert all(min(total.granted, total.used, total.held) >= 0 for total in cached.values()), cached
    assert all(total.used + total.held <= total.granted for key, total in cached.items() if key[0] == "extra"), cached
    _assert_holds_resolved(jobs(path), entries)
    amounts = Counter[str]()
    for entry in entries:
        amounts[entry["entry_type"]] += _credits(entry)
        amounts["release"] += entry["released_allowance"] + entry["released_extra"]
    _assert_pledges_end_once(path, entries)
    held = sum(total.held for key, total in cached.items() if key[0] == "plan")
    assert amounts["capture"] + amounts["release"] + held == amounts["hold"]
    return cached


def scope_total(path: Place, scope: str) -> BudgetTotals:
    totals = [total for key, total in assert_ledger_consistent(path).items() if key[0] == scope]
    return BudgetTotals(
        granted=sum(total.granted for total in totals),
        used=sum(total.used for total in totals),
        held=sum(total.held for total in totals),
    )


def _credits(entry: Row) -> int:
    return entry["allowance"] + entry["extra"]


def _without_zeros(totals: Mapping[Key, BudgetTotals]) -> dict[Key, BudgetTotals]:
    return {key: total for key, total in totals.items() if total != BudgetTotals()}


def _summed(entries: list[Row]) -> dict[Key, BudgetTotals]:
    granted: Counter[Key] = Counter()
    used: Counter[Key] = Counter()
    held: Counter[Key] = Counter()
    for entry in entries:
        guild, member, month = entry["guild_id"], entry["member_id"], entry["month"]
        if entry["entry_type"] in ("pledge", "unpledge"):  # of the member's own budgets only
            sign = 1 if entry["entry_type"] == "pledge" else -1
            held["member", guild, member, month] += sign * entry["allowance"]
            held["extra", guild, member, ""] += sign * entry["extra"]
            continue
        if entry["job_id"] is None:
            granted["extra", guild, member, ""] += entry["extra"]
            used["member", guild, member, month] += entry["allowance"]
            continue
        parts: dict[Key, int] = {
            ("member", guild, member, month): entry["allowance"],
            ("extra", guild, member, ""): entry["extra"],
            ("server", guild, 0, month): _credits(entry),
            ("plan", 0, 0, month): _credits(entry),
        }
        allowance, extra = entry["released_allowance"], entry["released_extra"]
        released = {"member": allowance, "extra": extra, "server": allowance + extra, "plan": allowance + extra}
        for key, amount in parts.items():
            held[key] += amount if entry["entry_type"] == "hold" else -amount - released[key[0]]
            used[key] += amount if entry["entry_type"] == "capture" else 0
        used["plan", 0, 0, month] += entry["upstream_charge"] + entry["charge_difference"]
    keys = {*granted, *used, *held}
    return _without_zeros({key: BudgetTotals(granted=granted[key], used=used[key], held=held[key]) for key in keys})


def _assert_holds_resolved(all_jobs: list[Row], entries: list[Row]) -> None:
    entries_of: defaultdict[str, list[Row]] = defaultdict(list)
    for entry in entries:
        if entry["job_id"] is not None:
            entries_of[entry["job_id"]].append(entry)
    for job in all_jobs:
        own = entries_of.pop(job["id"])
        holds = {entry["id"]: entry for entry in own if entry["entry_type"] == "hold"}
        late = [entry for entry in own if entry["entry_type"] == "charge"]
        assert all(job["state"] == "cancelled" and _credits(each) == 0 < each["charge_difference"] for each in late)
        ends = [entry for entry in own if entry["entry_type"] not in ("hold", "charge")]
        assert holds, own
        assert job["pitch_id"] is not None or len(holds) == 1, own
        assert sum(map(_credits, holds.values())) == job["price_credits"]
        assert {entry["pitch_id"] for entry in own} == {job["pitch_id"]}
        has_ended = job["state"] in _RESOLUTIONS
        assert sorted(end["hold_id"] for end in ends) == (sorted(holds) if has_ended else []), (job, own)
        for end in ends:
            _assert_resolved(job, holds[end["hold_id"]], end)
        spent = sum(_credits(end) for end in ends if end["entry_type"] == "capture")
        if job["state"] == "cancelled":
            shown = job.get("stop_credits")  # None: its price, as before there were storyboards
            assert spent == min(job["charged_credits"] or 0, job["price_credits"] if shown is None else shown), (
                job,
                ends,
            )
        if job["state"] == "completed" and _is_capped(job):
            assert spent == min(
                job["price_credits"] if job["charged_credits"] is None else job["charged_credits"], job["price_credits"]
            ), (job, ends)
    assert not entries_of, "the ledger has entries of jobs that do not exist"


def _is_capped(job: Row) -> bool:
    """Whether its price is the most that it can cost. Older databases have only movies."""
    return job.get("operation", "movie") in ("pictures", "dub", "film")


def _assert_resolved(job: Row, hold: Row, end: Row) -> None:
    assert end["entry_type"] in _RESOLUTIONS[job["state"]], (job, end)
    assert (end["hold_id"], end["month"]) == (hold["id"], hold["month"]), (job, end)
    for source in ("allowance", "extra"):
        assert end[source] + end[f"released_{source}"] == hold[source], (job, end)
    if job["state"] != "cancelled" and not _is_capped(job):
        assert end["released_allowance"] == end["released_extra"] == 0, (job, end)
    else:
        assert not (end["extra"] and end["released_allowance"]), "the allowance is spent first"


def _assert_pledges_end_once(path: Place, entries: list[Row]) -> None:
    sums: defaultdict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for entry in entries:
        if entry["pitch_id"] is not None:
            found = sums[entry["pitch_id"], entry["member_id"]]
            sign = {"pledge": 1, "unpledge": -1}.get(entry["entry_type"], 0)
            found["allowance"] += sign * entry["allowance"]
            found["extra"] += sign * entry["extra"]
            found[entry["entry_type"]] += _credits(entry)
    open_credits, paid = Counter[str](), Counter[str]()
    pledges = query(path, "SELECT * FROM pledges")
    for pledge in pledges:
        own, is_open = sums.pop((pledge["pitch_id"], pledge["member_id"])), pledge["state"] == "open"
        expected = (pledge["allowance"], pledge["extra"]) if is_open else (0, 0)
        assert (own["allowance"], own["extra"]) == expected, (pledge, own)
        assert (own["capture"] > 0) == (pledge["state"] == "spent"), (pledge, own)
        assert own["capture"] == pledge["spent"], (pledge, own)
        open_credits[pledge["pitch_id"]] += _credits(pledge) if is_open else 0
        paid[pledge["pitch_id"]] += own["hold"]
    assert not sums, "the ledger has entries of pledges that do not exist"
    jobs_of = {job["pitch_id"]: job for job in jobs(path) if job["pitch_id"] is not None}
    for pitch in query(path, "SELECT * FROM pitches"):
        job, price = jobs_of.pop(pitch["id"], None), pitch["price_credits"]
        states = {pledge["state"] for pledge in pledges if pledge["pitch_id"] == pitch["id"]}
        assert (job is not None) == (pitch["state"] == "funded"), pitch
        assert paid[pitch["id"]] == (0 if job is None else price), pitch
        if pitch["state"] in ("open", "waiting_for_plan"):
            assert open_credits[pitch["id"]] == pitch["pledged"] <= price, pitch
            assert (pitch["state"] == "open") == (pitch["pledged"] < price), pitch
        elif job is not None and job["state"] not in _RESOLUTIONS:
            assert states & {"funded", "open"} == {"funded"}, pitch
        else:
            assert states <= {"spent", "returned", "lapsed"}, (pitch, states)
    assert not jobs_of
