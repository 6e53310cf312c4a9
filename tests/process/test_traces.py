"""One trace from the command to the posted movie, over two processes."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.collector import Collector
from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.process.bot_process import MOVIE, matinee, posted


async def test_a_trace_goes_on_in_another_process_and_holds_no_secret(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, postgresql_url: str
) -> None:
    async with Collector() as collector:
        settings = {
            "DATABASE_URL": postgresql_url,
            "OTEL_EXPORTER_OTLP_ENDPOINT": collector.url,
            "ATTACH_MOVIES": "off",
        }
        async with (
            matinee(discord, api, tmp_path, args=("gateway",), **settings) as gateway,
            matinee(discord, api, tmp_path, args=("worker",), **settings) as worker,
        ):
            await discord.ready()
            await discord.slash(discord.user_id, "movie", MOVIE)
            await api.polled("movie-1")
            api.finish("movie-1")
            await posted(discord, api.movie_url("movie-1"))
            for process in (gateway, worker):
                await process.stop()

    [trace] = {span.trace for span in collector.spans if span.name == "order"}
    steps = {("gateway", "order"), ("worker", "submit"), ("worker", "poll"), ("worker", "post")}
    assert steps <= collector.of_trace(trace)
    urls = " ".join(span.url for span in collector.spans if span.trace == trace)
    for asked in ("/interactions/*/*/callback", "/create_movie", "/status", "/channels/*/messages"):
        assert asked in urls
    for private in ("red boat", str(discord.user_id), str(discord.channel_id), api.config.api_key, discord.token):
        assert private.encode() not in collector.received
