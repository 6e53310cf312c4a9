"""Logs: one chain of processors for our own lines and the libraries', to standard error, readable or as JSON.

What Python would print by itself (an error that nobody caught, in whichever thread; a line whose words don't fit) goes
through the same chain, for a traceback can quote a secret as well as a line can.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterable
from types import TracebackType
from typing import Final, TextIO

import structlog
from structlog.typing import Processor

from bot.redaction import Redaction
from bot.settings import LogFormat, LogLevel

_log = logging.getLogger(__name__)

_SHARED: Final[tuple[Processor, ...]] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.ExtraAdder(),
)

_CAPPED: Final = ("discord", "aiohttp", "aiosqlite", "asyncio")
"""Libraries that never log below INFO: at DEBUG, discord.py writes URLs that carry interaction tokens."""


def configure(level: LogLevel, log_format: LogFormat, secrets: Iterable[str] = ()) -> None:
    """Send all logs through one chain, with these secrets taken out. Called once, by the command line."""
    # Plain tracebacks: where rich is installed, structlog's own would print local variables, and with them secrets.
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if log_format is LogFormat.JSON
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=list(_SHARED),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            Redaction(secrets),
            renderer,
        ],
    )
    handler = _Handler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.value)
    for name in _CAPPED:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level.value]))
    logging.captureWarnings(capture=True)
    sys.excepthook, threading.excepthook, sys.unraisablehook = _ended_by, _thread_ended_by, _ignored


class _Handler(logging.StreamHandler[TextIO]):
    """Where a line can't be written for its own words don't fit, says so in a line, and quotes none of them."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        """Say which line it was; where that fails too, nothing can be said."""
        if record.name != __name__:
            where = {"of": record.name, "line": record.lineno}
            _log.error("log_line_broken", extra=where)


def _ended_by(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        _log.critical("ended_by_error", exc_info=(kind, error, trace))


def _thread_ended_by(what: threading.ExceptHookArgs) -> None:
    name = what.thread.name if what.thread is not None else "?"
    if what.exc_value is not None:
        _log.error("thread_ended_by_error", extra={"of": name}, exc_info=what.exc_value)


def _ignored(what: sys.UnraisableHookArgs) -> None:
    _log.error("error_ignored", extra={"reason": what.err_msg or "in clearing up"}, exc_info=what.exc_value)
