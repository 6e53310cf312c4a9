"""A database whose transactions are plain functions; data/engine/sqlite.py and data/engine/postgresql.py implement it.

`await database.write(function, ...)` runs `function(transaction, ...)` on a thread of the database: BEGIN, the
function, COMMIT; ROLLBACK after an exception. The caller continues after the commit. A cancelled caller leaves no
transaction open: its function is committed or rolled back all the same.

Each transaction has one time, `Transaction.now`, at which everything that it writes happens, and `Transaction.policy`,
what the operator has decided.

The SQL is one text for all engines, with `:name` for parameters. On PostgreSQL, other transactions commit between two
statements of a function (READ COMMITTED). So what is read to decide what is written is locked: `Transaction.for_update`
for rows, `Transaction.lock` for rows that may not exist. docs/architecture.md has the order of the locks.
"""

from __future__ import annotations

import asyncio
import functools
import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import (
    Any,
    ClassVar,
    Concatenate,
    Final,
    Literal,
    NamedTuple,
    ParamSpec,
    Protocol,
    Self,
    TypeAlias,
    TypeVar,
    get_args,
)

import structlog

from bot.core.clock import SYSTEM_CLOCK, Clock
from bot.core.errors import StorageError
from bot.core.threads import run_in_daemon_thread
from data.filters import RulesNotCompiled
from data.policy import Policy

_log = structlog.stdlib.get_logger(__name__)

T = TypeVar("T")
P = ParamSpec("P")

Topic = Literal["submissions", "status_polls", "notifications", "probes", "messages"]

TOPICS: Final[tuple[Topic, ...]] = get_args(Topic)
"""Kinds of work that a transaction makes due."""

OnWake: TypeAlias = Callable[[Collection[Topic]], None]
"""Gets the topics of a transaction, on the event loop."""

Params = Mapping[str, int | str | Collection[int | str] | None]
"""What a statement's parameters hold: `IN (:ids)` takes several values. An enum of texts is written as its value."""

_SINGLE: Final = (int, str, type(None))

LONG_READS: Final = 8
"""How many long reads run at once in a process, each with a connection and a thread of its own. Others wait: PostgreSQL
gives a limited number of connections. Exports, reports and rankings limit themselves, too, so that none waits for long.
"""

Value: TypeAlias = Any
"""What a column holds; the schema says which type."""

Cursor: TypeAlias = Any
"""What a statement returned, as the driver of each engine has it."""


class Row(Protocol):
    """A row: columns by name and by position.

    They are in the order of the statement.
    """

    def __getitem__(self, key: str | int | slice, /) -> Value:
        """Return a column, or several as a tuple."""
        ...

    def __iter__(self) -> Iterator[Value]:
        """Yield the values in order."""
        ...

    def keys(self) -> Sequence[str]:
        """Return the names of the columns, in order."""
        ...


class Savepoint(NamedTuple):
    """A point inside a transaction to which it can return. Savepoints nest."""

    rollback: Callable[[], object]
    """Undoes what was done since the innermost open savepoint."""


class Transaction(ABC):
    """An open transaction.

    Its methods run at once, on a thread of the database.
    """

    for_update: ClassVar[str]
    """The end of a SELECT whose rows stay locked until the transaction ends; empty on SQLite."""

    skip_locked: ClassVar[str]
    """The same, leaving out rows that another transaction has locked."""

    def __init__(self, now: int | None, policy: Policy | None) -> None:
        """Remember the transaction's time, by default the machine's, and what the operator has decided."""
        self.now = SYSTEM_CLOCK.now() if now is None else now
        """When the database was asked to run it: UTC epoch milliseconds of the database's clock, the same in each
        retry."""
        self.policy = policy or Policy()
        self.woken: set[Topic] = set()
        """What `wake` was called with."""
        self.logged: list[tuple[int, str, dict[str, object]]] = []
        """What `log` was called with."""

    def wake(self, *topics: Topic) -> None:
        """Signal that work is due, once the transaction is committed."""
        self.woken.update(topics)

    def log(self, event: str, level: int = logging.INFO, **fields: object) -> None:
        """Log what happened, once the transaction is committed."""
        self.logged.append((level, event, fields))

    def execute(self, sql: str, params: Params | None = None) -> int:
        """Run a statement and return how many rows it changed."""
        return self._run(sql, params).rowcount

    def fetch_one(self, sql: str, params: Params | None = None) -> Row | None:
        """Run a statement and return its first row, or None."""
        return self._run(sql, params).fetchone()

    def fetch_all(self, sql: str, params: Params | None = None) -> list[Row]:
        """Run a statement and return all its rows."""
        return [*self._run(sql, params).fetchall()]

    @abstractmethod
    def _run(self, sql: str, params: Params | None) -> Cursor:
        """Run a statement and return the cursor of the engine's driver."""

    @abstractmethod
    def lock(self, name: str) -> None:
        """Exclude other transactions that lock this name, until this one ends."""

    @abstractmethod
    def iterate(self, sql: str, params: Params | None = None) -> Generator[Row]:
        """Run a statement and yield its rows one by one.

        For results too large for memory.
        """

    @abstractmethod
    def insert_rows(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Insert many rows, in the engine's fastest way.

        The columns are those of the rows, in the same order.
        """

    @abstractmethod
    def savepoint(self) -> AbstractContextManager[Savepoint]:
        """Open a savepoint.

        Its `rollback` undoes what the block has done so far, as an exception does.
        """

    def fetch_as(self, read: Callable[[Row], T], sql: str, params: Params | None = None) -> T | None:
        """Run a statement and return what `read` makes of its first row; None where there is no row."""
        row = self.fetch_one(sql, params)
        return None if row is None else read(row)

    def fetch_all_as(self, read: Callable[[Row], T], sql: str, params: Params | None = None) -> list[T]:
        """Run a statement and return what `read` makes of each row."""
        return [read(row) for row in self.fetch_all(sql, params)]

    def fetch_single(self, sql: str, params: Params | None = None) -> Row:
        """Run a statement that has a row, such as a count, and return it."""
        row = self.fetch_one(sql, params)
        assert row is not None, sql
        return row

    def fetch_value(self, sql: str, params: Params | None = None) -> Value:
        """Run a statement and return the first column of its first row; None where there is no row."""
        row = self.fetch_one(sql, params)
        return None if row is None else row[0]

    def fetch_column(self, sql: str, params: Params | None = None) -> list[Value]:
        """Run a statement and return the first column of all its rows."""
        return [row[0] for row in self.fetch_all(sql, params)]

    def fetch_dict(self, sql: str, params: Params | None = None) -> dict[Value, Value]:
        """Run a statement and return the second column of its rows by the first."""
        return {row[0]: row[1] for row in self.fetch_all(sql, params)}

    def fetch_records(self, sql: str, params: Params | None = None) -> list[dict[str, Value]]:
        """Run a statement and return all its rows, each by column."""
        return [{**row} for row in self.fetch_all(sql, params)]

    def insert(self, table: str, values: Params, *, ignore: str = "", replace: str = "") -> int:
        """Insert a row, its values by column, and return how many rows were written.

        A row with the same key stays, where the key is to `ignore`, and gets these values, where it is to `replace`.
        """
        return self.execute(_insert_sql(table, tuple(values), ignore, replace), values)


def expanded(sql: str, params: Params) -> tuple[str, Mapping[str, Value]]:
    """Give each value of a parameter with several its own parameter.

    SQL has no empty list: it becomes an empty text, which equals no id and no nonce.
    """
    several = [name for name, value in params.items() if not isinstance(value, _SINGLE)]
    if not several:
        return sql, params
    single = dict[str, Value](params)
    for name in several:
        each = {f"{name}_{number}": value for number, value in enumerate(single[name] or ("",))}
        sql = re.sub(rf":{name}\b", ", ".join(f":{key}" for key in each), sql)
        single |= each
    return sql, single


@functools.cache
def _insert_sql(table: str, columns: tuple[str, ...], ignore: str, replace: str) -> str:
    assert all(map(str.isidentifier, (table, *columns)))  # these are names, whoever wrote the keys of a row
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(f':{column}' for column in columns)})"
    if ignore:
        return f"{sql} ON CONFLICT ({ignore}) DO NOTHING"
    changes = ", ".join(f"{column} = :{column}" for column in columns if column not in replace.split(", "))
    return f"{sql} ON CONFLICT ({replace}) DO UPDATE SET {changes}" if replace else sql


class Database(ABC):
    """An open database, as an async context manager that closes it."""

    check_write: Callable[[Transaction], None] | None = None
    """What each change is checked with at the end of its own transaction, which an exception undoes."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        """Tells the time of its transactions. Public so that a test can set it."""
        self.policy = Policy()
        """What its transactions know of the operator's decisions. Who opens a database sets it."""
        self._long_reads = asyncio.Semaphore(LONG_READS)
        self._closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def write(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(transaction, ...)` in a transaction; return its result after the commit.

        Where it needs rules that are not compiled, they are, and it runs again.

        Raises:
            StorageError: The database fails (disk full, locked for too long, closed). Nothing is kept.
            BaseException: What `function` raises. Nothing of it is kept.
        """

        @functools.wraps(function)
        def run(tx: Transaction) -> tuple[T, list[tuple[int, str, dict[str, object]]]]:
            result = function(tx, *args, **kwargs)
            if self.check_write is not None:
                self.check_write(tx)
            return result, tx.logged

        while True:
            if self._closed:
                raise StorageError("the database is closed")
            try:
                result, logged = await self._run(run, writes=True)
            except RulesNotCompiled as missing:
                await missing.compile()
            else:
                for level, event, fields in logged:
                    _log.log(level, event, **fields)
                return result

    async def read(self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function(transaction, ...)` over a consistent snapshot; it cannot write.

        Raises:
            StorageError: The database fails, or is closed.
        """
        if self._closed:
            raise StorageError("the database is closed")
        return await self._run(lambda tx: function(tx, *args, **kwargs), writes=False)

    async def read_long(
        self, function: Callable[Concatenate[Transaction, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run a slow `function(transaction, ...)` over a snapshot.

        It has a connection and thread of its own. LONG_READS of them run at once.

        Raises:
            StorageError: The database fails.
        """
        now, policy = self.clock.now(), self.policy
        async with self._long_reads:
            return await run_in_daemon_thread(
                lambda: self._read_alone(lambda tx: function(tx, *args, **kwargs), now, policy)
            )

    async def close(self) -> None:
        """Finish the waiting transactions, then close. Idempotent."""
        if not self._closed:
            self._closed = True
            await self._finish()

    @abstractmethod
    async def _run(self, function: Callable[[Transaction], T], *, writes: bool) -> T:
        """Run a function in a transaction; one that does not write, over a consistent snapshot."""

    @abstractmethod
    def _read_alone(self, function: Callable[[Transaction], T], now: int, policy: Policy) -> T:
        """Run a function over a snapshot, on the calling thread and a connection of its own."""

    @abstractmethod
    async def _finish(self) -> None:
        """Finish the waiting transactions, then close the connections."""


def ignore_wake(_topics: Collection[Topic]) -> None:
    """Signal nothing: no poll loop runs here."""


SQLITE: Final = "sqlite:///"


def sqlite_path(url: str) -> Path:
    """Return the file that a URL of SQLite names."""
    return Path(url.removeprefix(SQLITE))
