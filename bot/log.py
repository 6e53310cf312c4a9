"""Logs: one formatter for our own lines and the libraries', to standard error, readable or as JSON.

What Python would print by itself (an error that nobody caught, in whichever thread; a line whose words don't fit) goes
the same way, for a traceback can quote a secret as well as a line can.

The formatter is our own because of what a library costs here: structlog took a thirtieth of the way to READY.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TextIO

from bot.redaction import Redactor
from bot.settings import LogFormat, LogLevel

_log = logging.getLogger(__name__)

_LIBRARIES_AT_INFO: Final = ("discord", "aiohttp", "aiosqlite", "asyncio")
"""Libraries that never log below INFO: at DEBUG, discord.py writes URLs that carry interaction tokens."""

_STANDARD_ATTRIBUTES: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
"""What is on any record, or may be put there by another's formatter; the rest of one came with `extra`."""

_PARTS: Final = ("timestamp", "level", "event", "logger")

_RESERVED_FIELDS: Final = frozenset({*_PARTS, "exception"})
"""Parts of a line that no extra takes the place of: one that is called so gets a stroke behind its name."""

_QUOTED: Final = frozenset(" \t\r\n=\"'")
"""A text with one of these in it is told from its neighbours by quotes."""

_DIM, _BRIGHT, _BLUE, _CYAN, _MAGENTA, _RESET = "\x1b[2m", "\x1b[1m", "\x1b[34m", "\x1b[36m", "\x1b[35m", "\x1b[0m"
_RED, _GREEN, _YELLOW = (f"{_BRIGHT}\x1b[{number}m" for number in (31, 32, 33))
_LEVELS: Final = {"debug": _GREEN, "info": _GREEN, "warning": _YELLOW, "error": _RED, "critical": _RED}


def configure(level: LogLevel, log_format: LogFormat, secrets: Iterable[str] = ()) -> None:
    """Send all logs one way, with these secrets taken out. Called once, by the command line."""
    render = json.dumps if log_format is LogFormat.JSON else _console(coloured=sys.stderr.isatty())
    handler = _Handler(sys.stderr)
    handler.setFormatter(_Formatter(Redactor(secrets), render))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.value)
    for name in _LIBRARIES_AT_INFO:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level.value]))
    logging.captureWarnings(capture=True)
    sys.excepthook, threading.excepthook, sys.unraisablehook = _log_uncaught, _log_thread_exception, _log_unraisable


class _Formatter(logging.Formatter):
    """Makes an event of a record, has it cleaned, and only then written."""

    def __init__(self, redaction: Redactor, render: Callable[[Mapping[str, object]], str]) -> None:
        super().__init__()
        self._redaction = redaction
        self._render = render

    def format(self, record: logging.LogRecord) -> str:
        """The record's line; with a traceback, on the console, its lines."""
        event: dict[str, object] = {}
        for name, value in vars(record).items():
            if name not in _STANDARD_ATTRIBUTES:
                event[f"{name}_" if name in _RESERVED_FIELDS else name] = value
        event["event"] = record.getMessage()
        if record.stack_info:
            event["stack_info"] = record.stack_info
        event["level"] = record.levelname.lower()
        event["logger"] = record.name
        moment = datetime.fromtimestamp(record.created, UTC)
        event["timestamp"] = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
        if record.exc_info and record.exc_info[0] is not None:
            event["exception"] = self.formatException(record.exc_info)
        return self._render(self._redaction.redact_event(event))


def _console(*, coloured: bool) -> Callable[[Mapping[str, object]], str]:
    """Makes lines to be read; what came with one is in the order of its names."""

    def ink(colour: str, text: str) -> str:
        return f"{colour}{text}{_RESET}" if coloured else text

    def render(event: Mapping[str, object]) -> str:
        rest = dict(event)
        when, level, what, where = (_escape_control_chars(str(rest.pop(name))) for name in _PARTS)
        exception = rest.pop("exception", None)
        line = f"{ink(_DIM, when)} [{ink(_LEVELS.get(level, ''), f'{level:<9}')}] {ink(_BRIGHT, f'{what:<30}')}"
        more = "".join(
            f" {ink(_CYAN, _escape_control_chars(name))}={ink(_MAGENTA, _format_value(rest[name]))}"
            for name in sorted(rest)
        )
        trace = "" if exception is None else "\n" + _escape_control_chars(str(exception), kept="\n\t")
        return f"{line} [{ink(_BRIGHT + _BLUE, where)}]{more}{trace}"

    return render


def _format_value(value: object) -> str:
    plain = isinstance(value, str) and value.isprintable() and not _QUOTED & set(value)
    return str(value) if plain else repr(value)


def _escape_control_chars(text: str, kept: str = "") -> str:
    """The text with what moves a terminal's cursor, or begins another line, written out."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() or each in kept else repr(each)[1:-1] for each in text)


class _Handler(logging.StreamHandler[TextIO]):
    """Where a line can't be written for its own words don't fit, says so in a line, and quotes none of them."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's own name)
        """Say which line it was; where that fails too, nothing can be said."""
        if record.name != __name__:
            where = {"of": record.name, "line": record.lineno}
            _log.error("log_format_error", extra=where)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        _log.critical("uncaught_exception", exc_info=(kind, error, trace))


def _log_thread_exception(what: threading.ExceptHookArgs) -> None:
    name = what.thread.name if what.thread is not None else "?"
    if what.exc_value is not None:
        _log.error("thread_exception", extra={"of": name}, exc_info=what.exc_value)


def _log_unraisable(what: sys.UnraisableHookArgs) -> None:
    _log.error("unraisable_exception", extra={"error": what.err_msg or "in clearing up"}, exc_info=what.exc_value)
