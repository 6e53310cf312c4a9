"""Sends traces to an OpenTelemetry collector.

OpenTelemetry is imported only where there is one: it would make each start slower.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator
from typing import Final

import structlog

from bot import tracing
from bot.core.threads import run_in_daemon_thread
from bot.domain.process import ProcessInfo

_log = structlog.stdlib.get_logger(__name__)

_FLUSH_SECONDS: Final = 2.0
"""How long the last spans may take at the end. A collector that is down must not delay it."""


@contextlib.asynccontextmanager
async def exported_traces(endpoint: str | None, process: ProcessInfo) -> AsyncGenerator[None]:
    """Send this process's traces to a collector; None: there is none."""
    if endpoint is None:
        yield
        return
    from bot.observability.span_exporter import SpanExporter

    exporter = await run_in_daemon_thread(lambda: SpanExporter(endpoint, process))
    tracing.install(exporter)
    try:
        yield
    finally:
        tracing.install(None)
        try:
            async with asyncio.timeout(_FLUSH_SECONDS):
                await run_in_daemon_thread(exporter.flush)
        except TimeoutError:
            _log.warning("traces_not_sent")
        exporter.close()
