"""The cost of a large history.

The same queries over 1,000,000 and over 1,000 past movies, and their plans.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

from benchmarks import seed_database
from benchmarks.harness import LoopPause, Row, Size, Spread, check, measured_loop, one_processor, ratios, timed
from benchmarks.sql_recorder import Recorded, RecordingDatabase
from bot.domain.credits import Limits
from bot.domain.delivery import NotificationType
from bot.domain.jobs import Job, JobState
from bot.domain.movie_list import Cursor, MovieFilter, MovieQuery, PageDirection
from bot.domain.orders import OrderPlaced
from bot.services.privacy import read_balance
from data import account_queries, job_actions, messages, outbox, renders, reports, submissions
from data.engine.sqlite import SqliteDatabase
from data.leases import Lease
from data.policy import Policy
from tests.helpers.clock import ManualClock
from tests.helpers.reserving import reserve
from tests.helpers.worker_harness import checked

_LIMITS = Limits(10**9, 10**9)
_PAGE = 5
_LEASE = Lease("benchmark", seed_database.NOW)
_SMALL = (
    "jobs_queue",
    "jobs_queue_order",
    "jobs_polled",
    "jobs_open",
    "jobs_in_progress",
    "outbox_pending",
    "outbox_undeliverable",
    "messages_pending",
    "messages_due",
)
"""Partial indexes of open rows. A scan of one does not grow with the history."""

_SHARED = ("pledges_by_member", "jobs_by_pitch")
"""Indexes of what a member pays for with others: few beside their own movies. /movies sorts them."""

_BOUNDED = ("SCAN CONSTANT ROW",)
"""Scans that do not grow with the history."""

_ANY_ROW = re.compile(r"EXISTS \(SELECT 1 FROM (\w+)\)")
"""Tables of which one row is read."""

_A_ROW_A_MODEL = ("refused_models", "catalogue_differences")

_BY_KEY = re.compile(r"USING (?:(?:INTEGER )?PRIMARY KEY|(?:COVERING )?INDEX sqlite_autoindex_\w+) \([^<>]+\)")
_CTE = re.compile(r"(\w+)(?: \([^)]*\))? AS \(")
_SUBQUERY = re.compile(r"\) AS (\w+)")


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries over one database, as the commands use them."""

    database: SqliteDatabase
    members: int
    path: Path

    @classmethod
    def over(cls, database: SqliteDatabase, movies: int) -> QuerySet:
        """Create the queries over a database with `movies` past movies."""
        database.policy = Policy(limits=_LIMITS)
        return cls(database, seed_database.members(movies), database.path)

    def member(self, number: int) -> int:
        """Return a member's id."""
        return seed_database.FIRST_MEMBER + number % self.members

    async def credits(self, number: int) -> None:
        """Run the queries of /credits."""
        member = self.member(number)
        await read_balance(self.database, seed_database.GUILD, member, ())
        await self.database.read(reports.receipts_of_member, seed_database.GUILD, member, _PAGE, 0)
        await self.database.read(account_queries.member_adjustments, seed_database.GUILD, member, _PAGE)

    async def movies(self, number: int) -> None:
        """Query the pages of /movies: every filter, first and next page."""
        for guild in (seed_database.GUILD, None):
            for which in MovieFilter:
                listing = MovieQuery(self.member(number), guild, which)
                page = await self.database.read(job_actions.member_page, listing, None, _PAGE)
                if page.items and page.has_older:
                    await self.database.read(
                        job_actions.member_page, listing, Cursor(PageDirection.OLDER, page.items[-1].job.id), _PAGE
                    )

    async def hold(self, number: int) -> None:
        """Order a movie, which holds credits."""
        job = Job(
            f"2{number:012}", 10**12 + number, seed_database.GUILD, seed_database.CHANNEL, self.member(number),
            checked(10).request, 100, JobState.RESERVED, seed_database.NOW,
        )  # fmt: skip
        check("reserved", await reserve(self.database, job, (), _LIMITS), OrderPlaced(job, 0))

    async def due(self, _: int) -> None:
        """Run the queries of the poll loops."""
        await self.database.write(renders.take_due_polls, 16, (), _LEASE)
        await self.database.read(renders.next_poll_at, seed_database.NOW)
        await self.database.read(submissions.next_claimable_at, seed_database.NOW)
        await self.database.write(outbox.take_due, 8, (), tuple(NotificationType), _LEASE)
        await self.database.read(outbox.next_due_at, seed_database.NOW, tuple(NotificationType))
        await self.database.read(messages.due, 24, ())

    async def figures(self, _: int) -> None:
        """Run the queries of monitoring."""
        await self.database.read(job_actions.stats)


Query = Callable[[QuerySet, int], Awaitable[None]]

QUERIES: dict[str, tuple[Query, int]] = {
    "/credits": (QuerySet.credits, 500),
    "/movies": (QuerySet.movies, 100),
    "a hold": (QuerySet.hold, 300),
    "a due-query": (QuerySet.due, 300),
    "/metrics": (QuerySet.figures, 500),
}
"""The queries, and how often each runs in a round."""


async def measure(size: Size) -> list[Row]:
    """Check the plans, then measure both databases alternately."""
    counts = size.of(1_000_000, 1_000), 1_000
    many, few = (seed_database.database(size.folder, count) for count in counts)
    rows: list[Row] = []
    with TemporaryDirectory(dir=size.folder) as folder, one_processor():
        clock = ManualClock(seed_database.NOW)
        large = await SqliteDatabase.open(seed_database.copy(many, Path(folder) / "many.db"), clock)
        small = await SqliteDatabase.open(seed_database.copy(few, Path(folder) / "few.db"), clock)
        query_sets = QuerySet.over(large, counts[0]), QuerySet.over(small, counts[1])
        numbers = itertools.count()
        for name, (query, times) in QUERIES.items():
            rows.append(await _row(size, name, query, size.of(times, 3), query_sets, numbers))
        await large.close()
        await small.close()
    return rows


async def _row(
    size: Size, name: str, query: Query, times: int, query_sets: tuple[QuerySet, QuerySet], numbers: Iterator[int]
) -> Row:
    bad = await growing_steps(query_sets[0], query, next(numbers))
    loop_pause = LoopPause()

    ours: list[float] = []
    theirs: list[float] = []
    async with measured_loop(loop_pause):
        for number in range(size.rounds + 1):
            took = [0.0, 0.0]
            for _ in range(times):  # alternately: at times a machine wakes threads more slowly
                for which, queries in enumerate(query_sets):
                    took[which] += await timed(query(queries, next(numbers)))
            if number:  # the first round only warms the caches
                ours.append(1e6 * took[0] / times)
                theirs.append(1e6 * took[1] / times)
    ratio = ratios(ours, theirs)
    return Row(
        f"{name} with 1,000,000 past movies" + "".join(f"; plan: {each}" for each in bad),
        "with 1,000",
        f"{Spread.over(ours).median:,.0f} µs",
        f"{Spread.over(theirs).median:,.0f} µs",
        ratio,
        "≤ 1.5x, no scan, no sort",
        ratio.median <= 1.5 and not bad,
        loop_pause.longest,
    )


async def growing_steps(queries: QuerySet, query: Query, number: int) -> list[str]:
    """Return the steps of a query's plans that grow with the history."""
    recording = RecordingDatabase(queries.path)
    await query(QuerySet.over(cast("SqliteDatabase", recording), 100 * queries.members), number)
    with closing(sqlite3.connect(queries.path)) as connection:
        return sorted({step for sql, params in recording.statements for step in _growing(connection, (sql, params))})


def _growing(connection: sqlite3.Connection, statement: Recorded) -> list[str]:
    """Return scans of growing tables, and sorts of their rows.

    A scan of a subquery or a CTE reads what the subquery's own steps return.
    """
    sql, params = statement
    steps: list[str] = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", params)]
    bounded = {*_BOUNDED, *(f"SCAN {name}" for name in (*_CTE.findall(sql), *_SUBQUERY.findall(sql)))}
    one_row = {f"SCAN {name}" for name in (*_ANY_ROW.findall(sql), *_A_ROW_A_MODEL)}
    reads = [
        step for step in steps if step.startswith(("SCAN ", "SEARCH ")) and not _is_bounded(step, bounded, one_row)
    ]
    scans = [step for step in reads if step.startswith("SCAN ") and not _is_small(step)]
    sorts = [step for step in steps if step.startswith("USE TEMP B-TREE")]
    return scans + (sorts if any(not _is_small(step) and not _BY_KEY.search(step) for step in reads) else [])


def _is_bounded(step: str, bounded: set[str], one_row: set[str]) -> bool:
    return step in bounded or step.split(" USING ", maxsplit=1)[0] in one_row or step.startswith("SCAN (subquery-")


def _is_small(step: str) -> bool:
    index = re.search(r"INDEX (\w+)", step)
    return index is not None and index.group(1) in (*_SMALL, *_SHARED)
