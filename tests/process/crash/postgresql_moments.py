"""The moments of crash/injector.py that only PostgreSQL has."""

import contextlib
import functools
import threading
from collections.abc import Callable, Generator
from typing import Any

import data.engine.postgresql
import data.engine.postgresql_transaction
import data.storage.postgresql_migrations


class _Write(threading.local):
    """What a thread's transaction is for, and whether it changed a row."""

    work = ""
    changed = False


def watch(moment: Callable[[str], None], name_of: Callable[[Any], str]) -> None:
    """Make a moment of each commit that changes something, named by its function."""
    current = _Write()
    database = data.engine.postgresql.PostgresDatabase
    transaction = data.engine.postgresql_transaction.PostgresTransaction
    write, close, run, commit = database.write, database.close, transaction._run, transaction.commit
    apply_next = data.storage.postgresql_migrations._apply_next

    async def named_write(self: Any, function: Any, *args: Any, **kwargs: Any) -> Any:
        def named(*given: Any, **also: Any) -> Any:
            current.work, current.changed = name_of(function), False
            return function(*given, **also)

        return await write(self, named, *args, **kwargs)

    def watched_run(self: Any, *args: Any) -> Any:
        cursor = run(self, *args)
        current.changed |= cursor.rowcount > 0 and _changes(cursor.statusmessage)
        return cursor

    def watched_commit(self: Any) -> None:
        if not current.changed:
            commit(self)
            return
        moment(f"commit-before {current.work}")
        commit(self)
        current.changed = False
        moment(f"commit-after {current.work}")

    def migrate_one(connection: Any, *args: Any) -> Any:
        connection.transaction = functools.partial(_watched_transaction, moment, connection.transaction)
        return apply_next(connection, *args)

    async def watched_close(self: Any) -> None:
        moment("database-closing")
        await close(self)

    database.write, database.close = named_write, watched_close
    transaction._run, transaction.commit = watched_run, watched_commit
    data.storage.postgresql_migrations._apply_next = migrate_one


def _changes(statusmessage: str | None) -> bool:
    return (statusmessage or "").startswith(("INSERT", "UPDATE", "DELETE"))


@contextlib.contextmanager
def _watched_transaction(moment: Callable[[str], None], transaction: Callable[[], Any]) -> Generator[None]:
    with transaction():
        yield
        moment("migrate-before")
    moment("migrate-after")
