"""Traces of jobs, sent to a collector on a thread that doesn't delay the process."""

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

import aiohttp
import pytest
import yarl

from bot import tracing
from bot.core.threads import run_in_daemon_thread
from bot.domain.jobs import Job
from bot.domain.process import ProcessInfo, Role
from bot.observability import traces
from bot.observability.span_exporter import without_secrets
from bot.observability.traces import exported_traces
from tests.helpers.collector import Collector
from tests.helpers.ports import free_port
from tests.helpers.store_harness import a_job

PROCESS = ProcessInfo("0a1b2c3d", Role.WORKER, "host", 1, "1.2.3", 0)
TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"


@dataclass
class Work:
    session: aiohttp.ClientSession
    url: str

    @tracing.traced("submit")
    async def process(self, claimed: tuple[str, Job]) -> None:
        async with self.session.get(f"{self.url}/webhooks/4711/{TOKEN}/messages?key=secret"):
            raise ValueError(f"a word of {claimed[1].member_id}")


async def test_work_on_a_job_belongs_to_the_trace_of_its_order() -> None:
    async with Collector() as collector:
        async with exported_traces(collector.url, PROCESS), aiohttp.ClientSession() as session:
            with tracing.span("order"):
                job = replace(a_job(1), traceparent=tracing.current())
            with pytest.raises(ValueError, match="a word"):
                await Work(session, collector.url).process(("", job))
        [trace] = {span.trace for span in collector.spans}
        assert collector.of_trace(trace) == {("worker", name) for name in ("order", "submit", "GET")}
        [asked] = [span.url for span in collector.spans if span.name == "GET"]
        assert asked == f"{collector.url}/webhooks/*/*/messages"
        assert [span.error for span in collector.spans if span.name == "submit"] == ["ValueError"]
        assert [span.job for span in collector.spans if span.name == "submit"] == [job.id]
        names = ("service.name", "service.version", "service.instance.id")
        assert [collector.process[name] for name in names] == ["matinee", "1.2.3", "0a1b2c3d"]
        assert b"a word" not in collector.received
        [headers] = collector.headers
        assert "traceparent" not in headers


async def test_a_span_of_a_failed_request_has_no_error_text() -> None:
    async with Collector() as collector:
        async with exported_traces(collector.url, PROCESS), aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.ClientError, match="Cannot connect"):
                await session.get(f"http://127.0.0.1:{free_port()}")
        assert [span.name for span in collector.spans] == ["GET"]
        assert b"Cannot connect" not in collector.received


def test_an_address_in_a_span_has_no_secrets() -> None:
    asked = yarl.URL(f"https://me:secret@discord.example:8443/api/v10/channels/4711/x/{TOKEN}/4711?key=secret#secret")
    assert without_secrets(asked) == "https://discord.example:8443/api/v10/channels/*/x/*/*"


async def test_work_on_a_job_alone_belongs_to_its_trace_or_gets_one_of_its_own() -> None:
    class PlainWork:
        @tracing.traced("look")
        async def process(self, job: Job) -> None:
            """Do nothing."""

    async with Collector() as collector:
        async with exported_traces(collector.url, PROCESS):
            with tracing.span("order"):
                job = replace(a_job(1), traceparent=tracing.current())
            await PlainWork().process(job)
            await PlainWork().process(a_job(2))
        first, second = (span.trace for span in collector.spans if span.name == "look")
        assert first != second
        traces = sorted((collector.of_trace(each) for each in (first, second)), key=len)
        assert traces == [{("worker", "look")}, {("worker", "order"), ("worker", "look")}]


async def test_a_collector_that_is_away_delays_no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "_FLUSH_SECONDS", 0.05)
    async with asyncio.timeout(20), exported_traces("http://127.0.0.1:1", PROCESS):
        with tracing.span("order"):
            assert tracing.current() is not None
    assert tracing.current() is None


async def give_up(error: Exception | None = None) -> Callable[[], None]:
    """Give up work that is under way, and return what ends it."""
    over, threads, begun = threading.Event(), list[threading.Thread](), asyncio.Event()
    loop = asyncio.get_running_loop()

    def work() -> None:
        threads.append(threading.current_thread())
        loop.call_soon_threadsafe(begun.set)
        over.wait()
        if error is not None:
            raise error

    def end() -> None:
        over.set()
        threads[0].join()

    waiting = asyncio.create_task(run_in_daemon_thread(work))
    await begun.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    return end


class Unforeseen(BaseException):
    """What no function should raise."""


def fail() -> None:
    raise Unforeseen


async def test_a_result_and_an_error_reach_the_caller() -> None:
    assert await run_in_daemon_thread(lambda: threading.current_thread().daemon)
    with pytest.raises(Unforeseen):
        await asyncio.wait_for(run_in_daemon_thread(fail), 20)


@pytest.mark.parametrize("error", [None, ValueError("too late")])
async def test_what_comes_after_its_caller_gave_up_is_dropped(error: Exception | None) -> None:
    unhandled = list[object]()
    asyncio.get_running_loop().set_exception_handler(lambda _, context: unhandled.append(context))
    end = await give_up(error)
    end()
    await asyncio.sleep(0)
    assert unhandled == []


def test_work_that_outlives_its_event_loop_ends_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    """A collector that is away keeps its thread beyond the end."""
    unhandled = list[object]()
    monkeypatch.setattr(threading, "excepthook", unhandled.append)
    asyncio.run(give_up())()
    assert unhandled == []
