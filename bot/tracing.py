"""Traces: what belongs to one movie, over all processes.

Nothing happens until a tracer is installed: bot/observability/traces.py does, where the operator wants traces.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from bot.domain.jobs import Job

S = TypeVar("S")
W = TypeVar("W", bound=Job | tuple[object, ...])
"""A job, or a job with what belongs to it."""


class Tracer(Protocol):
    """Records spans, each with its parent."""

    def span(self, name: str, job: Job | None) -> AbstractContextManager[None]:
        """Record a span around a block, in the trace of its job."""
        ...

    def current(self) -> str | None:
        """Return the current span as a W3C traceparent."""
        ...


class _Installed:
    """The tracer of this process; None: nothing is traced."""

    tracer: Tracer | None = None


def install(tracer: Tracer | None) -> None:
    """Trace with this tracer from now on."""
    _Installed.tracer = tracer


def span(name: str, job: Job | None = None) -> AbstractContextManager[None]:
    """Return a span around a block, in the trace of its job."""
    return contextlib.nullcontext() if _Installed.tracer is None else _Installed.tracer.span(name, job)


def current() -> str | None:
    """Return the current span as a W3C traceparent.

    None where nothing is traced.
    """
    return None if _Installed.tracer is None else _Installed.tracer.current()


def traced(
    name: str,
) -> Callable[[Callable[[S, W], Coroutine[None, None, None]]], Callable[[S, W], Coroutine[None, None, None]]]:
    """Decorate a method that works on an item with a span."""

    def decorate(work: Callable[[S, W], Coroutine[None, None, None]]) -> Callable[[S, W], Coroutine[None, None, None]]:
        @functools.wraps(work)
        async def run(self: S, item: W) -> None:
            with span(name, _job_of(item)):
                await work(self, item)

        return run

    return decorate


def _job_of(item: Job | tuple[object, ...]) -> Job | None:
    return item if isinstance(item, Job) else next((each for each in item if isinstance(each, Job)), None)
