"""Logs: one chain of processors for our own lines and the libraries', to standard error, readable or as JSON."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable
from typing import Final

import structlog
from structlog.typing import Processor

from bot.redaction import Redaction
from bot.settings import LogFormat, LogLevel

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
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.value)
    for name in _CAPPED:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level.value]))
    logging.captureWarnings(capture=True)
