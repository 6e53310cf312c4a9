"""An OpenTelemetry collector on loopback."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web
from aiohttp.test_utils import TestServer
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True, slots=True)
class Span:
    """A span. `url` is where a request went, '' for another span. `job` is its job's id, '' without one."""

    role: str
    trace: str
    name: str
    url: str
    error: str
    job: str


class Collector(TestServer):
    """`headers` are those of the requests at every other address; `process` describes the process of the last spans."""

    def __init__(self) -> None:
        application = web.Application()
        application.router.add_post("/v1/traces", self._take)
        application.router.add_get("/{path:.*}", self._keep_headers)
        super().__init__(application)
        self.spans: list[Span] = []
        self.received = b""
        self.headers: list[set[str]] = []
        self.process: dict[str, str] = {}

    @property
    def url(self) -> str:
        return str(self.make_url("/").origin())

    def of_trace(self, trace: str) -> set[tuple[str, str]]:
        return {(span.role, span.name) for span in self.spans if span.trace == trace}

    async def _take(self, request: web.Request) -> web.Response:
        self.received += (body := await request.read())
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            self.process = {each.key: each.value.string_value for each in resource.resource.attributes}
            for span in (span for scope in resource.scope_spans for span in scope.spans):
                told = {each.key: each.value.string_value for each in span.attributes}
                url, job = told.get("http.url", ""), told.get("matinee.job_id", "")
                role = self.process["matinee.role"]
                self.spans.append(Span(role, span.trace_id.hex(), span.name, url, span.status.message, job))
        return web.Response()

    async def _keep_headers(self, request: web.Request) -> web.Response:
        self.headers.append({name.lower() for name in request.headers})
        return web.Response()
