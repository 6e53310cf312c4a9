"""Logging: one structlog pipeline for this program and its libraries.

The program's own loggers pass their events to `logging` as records, so every line takes the same way: it is collected,
redacted and rendered by one formatter on standard error. Uncaught exceptions are logged too, because a traceback can
hold a secret.

A console shows short lines for people: "12:03:22 Ready in 3 servers". JSON has every field.
"""

from __future__ import annotations

import functools
import logging
import math
import re
import sys
import threading
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Final, TextIO, cast

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.settings import LogFormat, LogLevel

_PATTERNS: Final = (
    (re.compile(r"(/(?:webhooks|interactions)/\d+/)[^/\s?\"']+"), r"\1…"),  # interaction tokens
    (re.compile(r"(/callbacks/)[^/\s?\"']+"), r"\1…"),
    (re.compile(r"(/(?:users|members)/)\d+"), r"\1…"),  # whose it is, in an address of Discord's
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://)[^\s/?#\"<>@]+@"), r"\1…@"),  # a password in an address
    (re.compile(r"(?i)(\b[a-z][a-z0-9+.-]{0,20}://[^\s?\"<>]{1,8192}\?)[^\s\"<>]+"), r"\1…"),  # signed links
    (re.compile(r"(?i)(\bBearer\s+|\bBot\s+)[\w.\-]{12,}"), r"\1…"),
    (re.compile(r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b"), "…"),  # a bot's token
)

_MIN_SECRET_LENGTH: Final = 6
"""Shorter secrets are not replaced: they are part of ordinary words."""


class Redactor:
    """The structlog processor that redacts secrets, tokens, callback paths, signed links and members' ids.

    It goes over every field of every line, with the text of exceptions. Prompts, names and ids of members are never
    logged at all: what a host collected of the log can't be erased.

    `secrets` are this process's own, replaced wherever they occur.
    """

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._secrets = tuple(secret for secret in secrets if len(secret) >= _MIN_SECRET_LENGTH)

    def redact_event(self, _logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
        """Redact the names and values of all fields."""
        return {self.redact(str(name)): self._redact_value(value) for name, value in event_dict.items()}

    def redact(self, text: str) -> str:
        """Redact a text."""
        for secret in self._secrets:
            text = text.replace(secret, "…")
        for pattern, replacement in _PATTERNS:
            text = pattern.sub(replacement, text)
        return text

    def _redact_value(self, value: object) -> object:
        if value is None or type(value) in (bool, int):  # a subclass may have a repr of its own
            return value
        if type(value) is float:
            return value if math.isfinite(value) else str(value)  # JSON has no NaN or infinity
        if isinstance(value, Mapping):
            items = cast("Mapping[object, object]", value).items()
            return {self.redact(str(key)): self._redact_value(each) for key, each in items}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._redact_value(each) for each in cast("Iterable[object]", value)]
        return self.redact(str(value))


_log = structlog.stdlib.get_logger(__name__)

_LIBRARIES_AT_INFO: Final = ("discord", "aiohttp", "aiosqlite", "asyncio")
"""Never logged below INFO: at DEBUG, discord.py logs URLs that carry interaction tokens."""

_STANDARD_ATTRIBUTES: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}
"""Attributes that any record may have. All others were passed as `extra`."""

_RESERVED_FIELDS: Final = frozenset({"timestamp", "level", "event", "logger", "logger_name", "exception", "stack"})
"""Fields that ConsoleRenderer puts in a place of their own. An `extra` of the same name must not take it."""

_QUOTED: Final = frozenset(" =\"'")
"""A console shows a value with one of these characters as its repr."""

_OWN_LOGGERS: Final = ("bot", "cogs", "data")

_BLANK: Final = re.compile(r"\{(\w+):?(\w*)\}")
"""A field in a sentence, and the noun of which it is the number."""

_SENTENCES: Final = {
    "gateway_ready": "Ready in {guild_count:server}",
    "http_listening": "Listening on {host} port {port}",
    "commands_synced": "Registered {commands:command}",
    "ledger_reconciled": "Audited the ledger: {discrepancies:mismatch}",
    "job_submitted": "Ordered movie {job_id}",
    "job_completed": "Movie {job_id} is ready after {seconds} s",
    "backup_created": "Backed up {jobs:job} to {file}",
    "shutdown_started": "Shutting down",
}
"""What a console says of an ordinary day. Any other event is its own name: `jobs_unknown` is "Jobs unknown"."""


def configure_structlog() -> None:
    """Make the program's own loggers write to `logging`.

    The fields become `extra`.
    """
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, structlog.stdlib.render_to_log_kwargs],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def configure(
    level: LogLevel, log_format: LogFormat, secrets: Iterable[str] = (), fields: Mapping[str, str] | None = None
) -> None:
    """Send all logs to standard error, with these secrets redacted.

    Each line has `fields`, such as the process and its role.
    """
    configure_structlog()
    handler = _Handler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=_processors(log_format, secrets, fields or {})))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.value)
    for name in _LIBRARIES_AT_INFO:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level.value]))
    logging.captureWarnings(capture=True)
    sys.excepthook, threading.excepthook, sys.unraisablehook = _log_uncaught, _log_thread_exception, _log_unraisable


def _processors(log_format: LogFormat, secrets: Iterable[str], fields: Mapping[str, str]) -> list[Processor]:
    is_console = log_format is LogFormat.CONSOLE
    shown: Mapping[str, str] = {} if is_console else fields
    rendering: list[Processor] = [_word, _console()] if is_console else [structlog.processors.JSONRenderer()]
    return [
        _add_extra,
        lambda _logger, _method, event_dict: {**event_dict, **shown},
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if is_console else "iso", utc=not is_console),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        Redactor(secrets).redact_event,
        *rendering,
    ]


def _add_extra(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """Add what was logged with `extra`.

    structlog's own ExtraAdder would let it replace the event.
    """
    record: logging.LogRecord = event_dict["_record"]
    for name, value in vars(record).items():
        if name not in _STANDARD_ATTRIBUTES:
            event_dict[f"{name}_" if name in _RESERVED_FIELDS else name] = value
    return event_dict


def _format_blank(value: object, noun: str) -> str:
    """Format a number with its noun, such as "1 server" or "2 servers", or a value as it is."""
    if not noun:
        return str(value)
    plural = "" if value == 1 else "es" if noun.endswith("ch") else "s"
    return f"{value:,} {noun}{plural}"


def _word(_logger: WrappedLogger, _method: str, event_dict: EventDict) -> EventDict:
    """Say what happened in words, and escape what would move a terminal's cursor or begin another line."""
    logger, event, level = (str(event_dict.pop(name)) for name in ("logger", "event", "level"))
    if logger.partition(".")[0] not in _OWN_LOGGERS:
        event = f"{logger}: {event}"
    elif event in _SENTENCES:
        # what the sentence says is no field any more
        event = _BLANK.sub(lambda blank: _format_blank(event_dict.pop(blank[1]), blank[2]), _SENTENCES[event])
    else:
        event = event.replace("_", " ").capitalize()
    shown = {_escape(name): value for name, value in event_dict.items()}
    shown |= {name: _escape(shown[name], keep="\n\t") for name in ("exception", "stack") if name in shown}
    return {"event": _escape(event), "level": "" if level in ("debug", "info") else level.upper(), **shown}


def _console() -> structlog.dev.ConsoleRenderer:
    """Render "12:03:22 WARNING What happened  field=value"."""
    styles = structlog.dev.ConsoleRenderer.get_default_column_styles(colors=sys.stderr.isatty())
    column = functools.partial(structlog.dev.KeyValueColumnFormatter, None, reset_style=styles.reset, value_repr=str)
    columns = (
        ("timestamp", column(value_style=styles.timestamp)),
        ("level", column(value_style=styles.level_warn)),
        ("event", column(value_style=styles.bright)),
        ("", structlog.dev.KeyValueColumnFormatter(styles.kv_key, styles.kv_value, styles.reset, _quote)),
    )
    return structlog.dev.ConsoleRenderer(columns=[structlog.dev.Column(*each) for each in columns])


def _quote(value: object) -> str:
    return value if isinstance(value, str) and value.isprintable() and not _QUOTED & set(value) else repr(value)


def _escape(text: str, keep: str = "") -> str:
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char in keep else repr(char)[1:-1] for char in text)


class _Handler(logging.StreamHandler[TextIO]):
    """Handler that logs when a record can't be formatted.

    It leaves out the arguments, which may hold secrets.
    """

    def handleError(self, record: logging.LogRecord) -> None:
        if record.name != __name__:  # or this record fails in the same way
            _log.error("log_format_error", of=record.name, line=record.lineno)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        _log.critical("uncaught_exception", exc_info=(kind, error, trace))


def _log_thread_exception(args: threading.ExceptHookArgs) -> None:
    name = args.thread.name if args.thread is not None else "?"
    if args.exc_value is not None:
        _log.error("thread_exception", of=name, exc_info=args.exc_value)


def _log_unraisable(args: sys.UnraisableHookArgs) -> None:
    _log.error("unraisable_exception", error=args.err_msg or "in clearing up", exc_info=args.exc_value)
