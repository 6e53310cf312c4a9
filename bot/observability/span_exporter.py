"""Spans by OpenTelemetry, sent over HTTP.

Imported only where there is a collector; see traces.py.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Generator
from typing import Final

import yarl
from opentelemetry import propagate
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.aiohttp_client import AioHttpClientInstrumentor
from opentelemetry.propagators.composite import CompositePropagator
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanLimits, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from bot.domain.jobs import Job
from bot.domain.process import ProcessInfo

_TRACEPARENT: Final = "traceparent"

_LONGEST_WORD: Final = 24
"""Characters. What is longer in a path may be a token of an interaction, or name a movie."""


class SpanExporter:
    """Records spans, and sends them to a collector.

    The library adds a span for each HTTP request of aiohttp. No request says to which trace it belongs: other people's
    servers are asked. No span keeps an error's text, which may have words of a member, or a URL.
    """

    def __init__(self, endpoint: str, process: ProcessInfo) -> None:
        resource = Resource.create(
            {
                "service.name": "matinee",
                "service.version": process.version,
                "service.instance.id": process.id,
                "matinee.role": process.role.value,
            }
        )
        self._provider = TracerProvider(resource=resource, span_limits=SpanLimits(max_events=0), shutdown_on_exit=False)
        self._exporter = OTLPSpanExporter(f"{endpoint}/v1/traces")
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer("matinee", process.version)
        self._context = TraceContextTextMapPropagator()
        propagate.set_global_textmap(CompositePropagator([]))
        AioHttpClientInstrumentor().instrument(tracer_provider=self._provider, url_filter=without_secrets)

    @contextlib.contextmanager
    def span(self, name: str, job: Job | None) -> Generator[None]:
        """Record a span around a block, in the trace of its job."""
        parent = None
        if job is not None and job.traceparent is not None:
            parent = self._context.extract({_TRACEPARENT: job.traceparent})
        attributes = {} if job is None else {"matinee.job_id": job.id}
        with self._tracer.start_as_current_span(
            name, parent, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as started:
            try:
                yield
            except Exception as exc:
                started.set_status(StatusCode.ERROR, type(exc).__name__)
                raise

    def current(self) -> str | None:
        """Return the current span as a W3C traceparent."""
        carrier: dict[str, str] = {}
        self._context.inject(carrier)
        return carrier.get(_TRACEPARENT)

    def flush(self) -> None:
        """Send what is left.

        Blocks while the collector is away: the library retries, whatever timeout it is given.
        """
        self._provider.force_flush()

    def close(self) -> None:
        """Stop tracing, and stop retrying."""
        AioHttpClientInstrumentor().uninstrument()
        self._exporter.shutdown()


def without_secrets(url: yarl.URL) -> str:
    """Return a URL without a query, user, IDs and tokens."""
    path = re.sub(rf"[^/]{{{_LONGEST_WORD},}}|(?<=/)\d+(?=/|$)", "*", url.path)
    return str(url.origin().with_path(path))
