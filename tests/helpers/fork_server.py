"""Forks processes that have imported the bot, which takes a second of a core; the tests start thousands.

A request on stdin, a Unix socket, is its length in four bytes and a JSON object {module, args, env, cwd}. With it come
stdin, stdout, stderr, and a socket that gets a line with the process id, and later one with the exit status.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import itertools
import json
import os
import pkgutil
import re
import runpy
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import TypeAlias

import bot
import cogs
import data
from bot.domain import jobs

Request: TypeAlias = dict[str, object]

_PACKAGES = (bot, cogs, data)
_OTHERS = ("tests.helpers.fake_discord.redirect",)
_RUN_AS_MAIN = re.compile(r"__main__|\bbot\.sandbox\b|chart_child")
_MOST_DESCRIPTORS = 256


def main() -> None:
    """Serve until the tests end. A forked process returns from `_serve`, too, and becomes what was asked for."""
    for name in _preloaded():
        importlib.import_module(name)
    gc.freeze()
    os.register_at_fork(after_in_child=_start_other_ids)
    request = _serve()
    if request is not None:
        _become(request)


def _start_other_ids() -> None:
    """Count job ids from a random number, so that forks' ids differ."""
    jobs._count = itertools.count(secrets.randbits(24))


def _preloaded() -> Iterator[str]:
    """Yield the modules to import. A module that is run as the main module must not be imported yet."""
    for package in _PACKAGES:
        found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        yield from (each.name for each in found if not _RUN_AS_MAIN.search(each.name))
    yield from _OTHERS


def _serve() -> Request | None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for those that wait
    control = socket.socket(fileno=0)
    while True:
        head, descriptors, _, _ = socket.recv_fds(control, 4, 4)
        if not head:
            return None
        body = _receive(control, int.from_bytes(head))
        if os.fork() == 0:
            control.detach()  # its end would close what will be stdin
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            return _fork(json.loads(body), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)


def _receive(control: socket.socket, length: int) -> bytes:
    body = b""
    while len(body) < length:
        body += control.recv(length - len(body))
    return body


def _fork(request: Request, descriptors: list[int]) -> Request:
    """Return only in the forked process. The parent tells its id and its exit status, and exits."""
    *streams, answers = descriptors
    child = os.fork()
    if child == 0:
        os.setsid()
        for target, descriptor in enumerate(streams):
            os.dup2(descriptor, target)
        os.closerange(3, _MOST_DESCRIPTORS)
        return request
    for descriptor in (0, *streams):
        os.close(descriptor)
    os.write(answers, f"{child}\n".encode())
    _, status = os.waitpid(child, 0)
    with suppress(BrokenPipeError):  # the tests have ended
        os.write(answers, f"{os.waitstatus_to_exitcode(status)}\n".encode())
    os._exit(0)


def _become(request: Request) -> None:
    match request:
        case {"module": str(module), "args": list(args), "env": dict(env), "cwd": str(cwd)}:
            os.chdir(cwd)
            os.environ.clear()
            os.environ.update(env)
            sys.argv[:] = [module, *args]
            try:
                runpy.run_module(module, run_name="__main__", alter_sys=True)
            except SystemExit as exc:
                if isinstance(exc.code, int):
                    _exit(exc.code)
                raise
        case _:
            raise ValueError(request)


def _exit(status: int) -> None:
    """Leave the modules as they are: to take them apart costs as much as the average command."""
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.main_thread():
            thread.join()
    atexit._run_exitfuncs()
    gc.collect()  # coroutines that nobody awaited, and tasks that nobody ended, say so
    with suppress(OSError):  # Python tells of a closed pipe
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
