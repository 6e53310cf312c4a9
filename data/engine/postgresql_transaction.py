"""A transaction on PostgreSQL: the portable SQL, its parameters, and its rows."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import itertools
import re
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final, LiteralString, TypeAlias

import psycopg
from psycopg import sql as composed
from psycopg.adapt import Buffer, Loader
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper

from data.database import Params, Row, Savepoint, Transaction, Value, expanded
from data.policy import Policy

_PARAMETER: Final = re.compile(r"'[^']*'|(?<!:):(?P<name>[a-z_]\w*)")
"""A text in quotes, or a parameter."""

_ROWS_A_FETCH: Final = 1000

NOTICE_LOST_CLIENT: Final[LiteralString] = (
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;"
    " SET tcp_user_timeout = 30000"
)
"""Lets the server end the connection of a machine that vanished, within a minute: its default is two hours. It frees
the locks that are held there. Keepalives are sent on an idle connection only, so the timeout is for what the server has
sent, such as a NOTIFY. None of it changes a Unix socket; behind a pooler, it is about the pooler's own connection.
"""

_cursor_numbers = itertools.count()


class PostgresRow(Row):
    """A row of one statement; `positions` are its columns by name."""

    __slots__ = ("_values",)
    positions: ClassVar[Mapping[str, int]] = {}

    def __init__(self, values: Sequence[Value]) -> None:
        self._values = tuple(values)

    def __getitem__(self, key: str | int | slice, /) -> Value:
        return self._values[self.positions[key] if isinstance(key, str) else key]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._values)

    def keys(self) -> Sequence[str]:
        """Return the names of the columns, for `dict(row)`."""
        return tuple(sorted(self.positions, key=self.positions.__getitem__))


Connection: TypeAlias = psycopg.Connection[PostgresRow]


@functools.lru_cache(maxsize=1024)
def _row_class(names: tuple[bytes | None, ...]) -> type[PostgresRow]:
    """Make a class for rows with these columns."""
    # of two columns with one name, the first is found
    positions = {name.decode(): number for number, name in reversed([*enumerate(names)]) if name is not None}
    return type("PostgresRow", (PostgresRow,), {"__slots__": (), "positions": positions})


def row_factory(cursor: psycopg.Cursor[PostgresRow]) -> type[PostgresRow]:
    """Return the class of a cursor's rows."""
    result = cursor.pgresult  # `description` makes an object of each column, which takes as long as the statement
    return _row_class(() if result is None else tuple(map(result.fname, range(result.nfields))))


class _IntegerLoader(Loader):
    """Reads NUMERIC, which SUM makes of BIGINT. No column holds fractions."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


def configure(connection: Connection) -> None:
    """Prepare a new connection: autocommit, rows, types, and how long it waits."""
    connection.autocommit = True
    connection.row_factory = row_factory
    connection.adapters.register_dumper(int, Int8Dumper)  # else a parameter's type depends on its size
    connection.adapters.register_loader("numeric", _IntegerLoader)
    connection.execute("SET lock_timeout = '5s'")
    connection.execute("SET idle_in_transaction_session_timeout = '30s'")  # a process that hangs keeps no locks
    connection.execute(NOTICE_LOST_CLIENT)


def lock_statement(name: str) -> bytes:
    """Return the statement that takes the lock of this name."""
    number = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)
    return b"SELECT pg_advisory_xact_lock(%d)" % number


class PostgresTransaction(Transaction):
    """A transaction on one connection.

    BEGIN, locks and savepoints return nothing, so they wait and travel together before the next statement: each message
    to the server costs as much as a short statement. `begin` is None in a transaction that has begun.
    """

    for_update: ClassVar[str] = " FOR NO KEY UPDATE"  # as an UPDATE locks: rows that refer to it can be inserted
    skip_locked: ClassVar[str] = f"{for_update} SKIP LOCKED"

    def __init__(
        self, connection: Connection, begin: bytes | None = None, now: int | None = None, policy: Policy | None = None
    ) -> None:
        """Wrap a connection; without `now`, the machine's clock tells it."""
        super().__init__(now, policy)
        self._connection = connection
        self._cursor = psycopg.RawCursor(connection)
        self._waiting: list[bytes] = [] if begin is None else [begin]

    def lock(self, name: str) -> None:
        """Exclude other transactions that lock this name, until this one ends."""
        self._waiting.append(lock_statement(name))

    def iterate(self, sql: str, params: Params | None = None) -> Generator[Row]:
        """Run a statement and yield its rows one by one."""
        self._send_waiting()
        with psycopg.RawServerCursor(self._connection, f"rows_{next(_cursor_numbers)}") as cursor:
            cursor.itersize = _ROWS_A_FETCH
            cursor.execute(*_translated(sql, params))
            yield from cursor

    def insert_rows(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Insert many rows by COPY."""
        self._send_waiting()
        names = composed.SQL(", ").join(map(composed.Identifier, columns))
        statement = composed.SQL("COPY {} ({}) FROM STDIN").format(composed.Identifier(table), names)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(tuple(row))

    @contextlib.contextmanager
    def savepoint(self) -> Generator[Savepoint]:
        """Open a savepoint; an exception rolls it back."""
        self._waiting.append(b"SAVEPOINT undo")
        try:
            yield Savepoint(self._roll_back)
        except BaseException:  # whatever ends it: only what came before the savepoint may be committed
            if not self._connection.broken:
                with contextlib.suppress(psycopg.Error):  # BEGIN or a lock failed, so there is no savepoint
                    self._roll_back()
            raise
        finally:
            self._waiting.append(b"RELEASE undo")

    def commit(self) -> None:
        """Commit, unless no statement was sent.

        Raises:
            psycopg.Error: It failed, or the answer was lost.
        """
        if self._connection.info.transaction_status is not TransactionStatus.IDLE:
            self._cursor.execute(b"COMMIT")  # what still waits are savepoints and locks, which end with it

    def _run(self, sql: str, params: Params | None) -> psycopg.Cursor[PostgresRow]:
        self._send_waiting()
        return self._cursor.execute(*_translated(sql, params))

    def _roll_back(self) -> None:
        self._waiting.append(b"ROLLBACK TO undo")
        self._send_waiting()

    def _send_waiting(self) -> None:
        if self._waiting:
            self._cursor.execute(b"; ".join(self._waiting), prepare=False)
            self._waiting.clear()  # not where it fails: what follows must fail, too, and not run without its savepoint


@functools.lru_cache(maxsize=1024)
def _translate(sql: str) -> tuple[bytes, tuple[str, ...]]:
    """Write parameters as PostgreSQL does, `$1` for `:name`, and return their names in order.

    psycopg would read a statement of over 4096 characters anew each time, to replace its own kind of parameters.
    """
    names: dict[str, int] = {}

    def replace(found: re.Match[str]) -> str:
        return f"${names.setdefault(found['name'], len(names) + 1)}" if found["name"] else found[0]

    return _PARAMETER.sub(replace, sql).encode(), tuple(names)


def _translated(sql: str, params: Params | None) -> tuple[bytes, Sequence[Value]]:
    """Return a statement of PostgreSQL and its parameters."""
    text, values = expanded(sql, params or {})
    statement, names = _translate(text)
    return statement, [values[name] for name in names]
