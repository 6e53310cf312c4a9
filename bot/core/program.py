"""This program as a process: its command, its protection and its standard output."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shlex
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Final

if sys.platform != "win32":
    import resource

INSTALLED: Final = "matinee"

PROGRAM: Final = INSTALLED if Path(sys.argv[0]).stem == INSTALLED else "python -m bot"
"""The command of an installed package; in a checkout, where nothing is installed, the module."""


def start_command() -> str:
    """Return a line that starts the bot from here, with the Python that runs this."""
    python, here = Path(sys.executable), Path.cwd()
    shown = python.relative_to(here) if python.is_relative_to(here) else python
    return PROGRAM if PROGRAM == INSTALLED else f"{shlex.quote(str(shown))} -m bot"


def harden_process() -> None:
    """Create files for their owner only, and write no core dumps.

    A core dump would contain the token and the key.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def return_memory() -> None:
    """Give back to the system what was freed, which the C library of most Linux systems keeps otherwise."""
    trim = getattr(ctypes.pythonapi, "malloc_trim", None)
    if trim is not None:
        trim(0)


@contextlib.contextmanager
def hidden(*modules: str) -> Generator[None]:
    """Let no module be imported that a library uses only where it finds it."""
    names = [name for name in modules if name not in sys.modules]
    sys.modules |= dict.fromkeys(names)  # None stops an import
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def run_with_output(command: Callable[[], int]) -> int:
    """Run a command that prints, and return its exit status.

    Return 0 where the reader closed the pipe, such as `head`. Print one line and return 1 where the output can't be
    written for another reason.
    """
    _open_missing_streams()
    try:
        try:
            return command()
        finally:
            _flush()
    except OSError as exc:
        if not _is_broken():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python fails again at exit
        if isinstance(exc, BrokenPipeError):
            return 0
        sys.stderr.write(f"Can't write the output: {exc.strerror or exc}\n")
        return 1


def _open_missing_streams() -> None:
    """Open closed standard descriptors, so that no other file gets their numbers."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def _flush() -> None:
    if sys.__stdout__ is not None:  # it was closed at the start
        sys.stdout.flush()


def _is_broken() -> bool:
    """Return whether standard output fails.

    What could not be written is still in its buffer. With PYTHONUNBUFFERED there is none: then an empty line shows it.
    """
    try:
        _flush()
        if getattr(sys.stdout, "write_through", False):
            sys.stdout.write("\n")
    except OSError:
        return True
    return False
