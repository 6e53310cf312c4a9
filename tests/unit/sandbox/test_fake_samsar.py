"""The fake API: its webhooks, its faults, the command python -m bot.sandbox samsar, and its films."""

import argparse
import asyncio
import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import av
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.core.errors import StartupError
from bot.samsar.config import AUTUMN_2026, ApiVersion
from bot.sandbox import __main__ as command_line
from bot.sandbox import video
from bot.sandbox.contract import Scene
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from bot.sandbox.fault_injection import Route
from bot.sandbox.faults import fail_render, render
from bot.sandbox.video import SIZES, VideoCache
from tests.unit.sandbox.conftest import INPUT, KEY, ApiClient, Clock
from tests.unit.sandbox.test_answers import MODELS_2026


async def test_a_movies_fate_is_decided_when_it_is_ordered_also_by_its_prompt(client: ApiClient, clock: Clock) -> None:
    client.fake_samsar.inject(render(100), times=1)
    slow = await client.order()
    client.fake_samsar.clear_faults()
    client.fake_samsar.fail_renders(lambda prompt: "clockwork" in prompt)
    bad, good = await client.order(prompt="A clockwork owl"), await client.order()
    clock.seconds += 99
    states = [(await client.status(each)).body["status"] for each in (slow, bad, good)]
    assert states == ["PENDING", "FAILED", "COMPLETED"]
    clock.seconds += 1
    assert (await client.status(slow)).body["status"] == "COMPLETED"


async def test_the_url_is_a_real_film(session: aiohttp.ClientSession, clock: Clock) -> None:
    async with FakeSamsar(FakeSamsarConfig(api_key=KEY), now=clock.now) as fake_samsar:
        client = ApiClient(fake_samsar, session, clock)
        request_id = await client.order(video_model="VEOI2V", aspect_ratio="9:16", duration=1)
        clock.seconds += 20
        url = (await client.status(request_id)).body["result"]["url"]
        whole = await client.ask("GET", url, key=None)
        async with session.get(url, headers={"Range": "bytes=10-19"}) as part:
            assert (part.status, await part.read()) == (206, whole.body[10:20])
        assert (whole.status, whole.headers["Content-Type"]) == (200, "video/mp4")
        assert whole.headers["Accept-Ranges"] == "bytes"

        with av.open(io.BytesIO(whole.body)) as container:
            assert (container.streams.video[0].width, container.streams.video[0].height) == (270, 480)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.ask("GET", url, key=None)


async def test_a_port_that_is_taken_is_said_in_one_line(fake_samsar: FakeSamsar) -> None:
    port = int(fake_samsar.origin.rpartition(":")[2])
    with pytest.raises(StartupError, match=f"Can't listen on port {port} "):
        await FakeSamsar(FakeSamsarConfig(port=port)).__aenter__()


async def test_a_webhook_is_told_once_when_a_movie_ends_whatever_it_answers(client: ApiClient, clock: Clock) -> None:
    told, statuses, fake_samsar = list[Any](), [200, 500, 302], client.fake_samsar

    async def receive(request: web.Request) -> web.Response:
        told.append(await request.json())
        return web.Response(status=statuses[len(told) - 1], headers={"Location": "/hook"})

    application = web.Application()
    application.router.add_post("/hook", receive)
    async with TestServer(application) as server:
        url = str(server.make_url("/hook"))
        made = [await client.order(webhook=url) for _ in range(2)]
        await fake_samsar.send_callbacks()
        assert told == []
        fake_samsar.inject(fail_render(message="no"))
        made.append(await client.order(webhook=url))
        clock.seconds += 20
        for _ in range(2):
            await fake_samsar.send_callbacks()
    links = [{"status": "COMPLETED", "url": f"{fake_samsar.origin}/movies/{each}.mp4"} for each in made[:2]]
    results = [*links, {"status": "FAILED", "message": "no"}]
    assert told == [
        {"request_id": each, "status": result["status"], "result": result}
        for each, result in zip(made, results, strict=True)
    ]
    sent = [(each.request_id, each.url, each.answered) for each in fake_samsar.callbacks]
    assert sent == [(each, url, status) for each, status in zip(made, statuses, strict=True)]


async def test_a_newer_end_is_called_back_about_once_or_never(session: aiohttp.ClientSession, clock: Clock) -> None:
    config = FakeSamsarConfig(ApiVersion.AUTUMN_2026, api_key=KEY, render_films=False)
    async with FakeSamsar(config, now=clock.now, sleep=clock.sleep) as fake_samsar:
        client = ApiClient(fake_samsar, session, clock)
        hook, ids = {"webhookUrl": "http://127.0.0.1:1/"}, list[str]()
        for fault in ("failed", "moderated", None, None):
            if fault is not None:
                fake_samsar.inject(fault, times=1)
            inside, beside = ({}, hook) if fault else (hook, {})  # it is taken in either place
            body = {"input": INPUT | MODELS_2026 | inside, **beside}
            made = await client.ask("POST", f"{fake_samsar.origin}/{AUTUMN_2026.create_path}", json=body)
            ids.append(made.body["request_id"])
        await client.ask("POST", f"{fake_samsar.origin}/v1/video/cancel_render", json={"session_id": ids[-1]})
        clock.seconds += 20
        for _ in range(2):
            await fake_samsar.send_callbacks()
        told = [(each.body["video"]["request_id"], each.body["session_id"]) for each in fake_samsar.callbacks]
        assert told == [(ids[0], ids[0]), (ids[2], ids[2])]
        assert [each.body["status"] for each in fake_samsar.callbacks] == ["FAILED", "COMPLETED"]


async def test_a_webhook_never_leaves_the_machine(client: ApiClient, clock: Clock) -> None:
    elsewhere = ["https://example.com/hook", "http://192.0.2.1/hook", "ftp://127.0.0.1/hook", "http://[", "hook"]
    urls = [*elsewhere, "http://127.0.0.1:1/x"]
    for url in urls:
        await client.order(webhook=url)
    clock.seconds += 20
    await client.fake_samsar.send_callbacks()
    assert [(made.url, made.answered) for made in client.fake_samsar.callbacks] == [(url, None) for url in urls]


async def test_a_fault_applies_as_often_as_told_or_until_it_is_stopped(client: ApiClient) -> None:
    active = client.fake_samsar.inject("503", times=2)
    assert [(await client.create()).status for _ in range(4)] == [503, 503, 200, 200]
    assert (active.hits, active.left) == (2, 0)
    active = client.fake_samsar.inject("502")
    assert [(await client.create()).status for _ in range(3)] == [502, 502, 502]
    active.stop()
    assert (await client.create()).status == 200
    client.fake_samsar.inject("502")
    client.fake_samsar.clear_faults()
    assert (await client.create()).status == 200


async def test_a_fault_applies_on_its_route_to_the_movies_it_names(client: ApiClient) -> None:
    client.fake_samsar.inject("500", when="owl")
    client.fake_samsar.inject("503", route=Route.STATUS, when=lambda prompt: prompt == INPUT["prompt"])
    assert (await client.create(prompt="An owl")).status == 500
    assert (await client.create(prompt=None)).status == 400
    assert (await client.status(await client.order())).status == 503
    assert (await client.status("nobody")).status == 404
    with pytest.raises(ValueError, match="'no-url' does not happen on create"):
        client.fake_samsar.inject("no-url", route=Route.CREATE)


def _arguments(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command_line._add_arguments(parser)
    return parser.parse_args(words)


async def test_the_command_says_how_to_use_it(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--port", "0", "--render-seconds", "1.5", "--fault", "503:2", "--fault", "slow", "--key"]
    serving = asyncio.create_task(command_line._serve(_arguments(*words, "it's mine")))
    said = ""
    async with asyncio.timeout(10):
        while "Ctrl-C" not in said:
            await asyncio.wait([serving], timeout=0.02)
            said += capsys.readouterr().out
    serving.cancel()
    with pytest.raises(asyncio.CancelledError):
        await serving
    assert "http://127.0.0.1:" in said
    assert "'Authorization: Bearer it'\"'\"'s mine'" in said
    assert "a movie takes 1.5 s" in said
    assert "503: ignores the request and answers 503" in said
    assert "curl" in said
    example = said.partition("-d '")[2].partition("' \\")[0]
    assert json.loads(example)["input"]["duration"] == 8


def test_a_fault_is_named_with_how_often_it_happens(capsys: pytest.CaptureFixture[str]) -> None:
    faults = _arguments("--fault", "503:3", "--fault", "cut").fault
    assert [(chosen.name, times) for chosen, times in faults] == [("503", 3), ("cut", None)]
    told = dict.fromkeys(("503:", "503:0", "503:x", "503:-1"), "use 503:3 for the next three requests")
    for word, problem in (told | {"flood": "unknown fault 'flood'. Choose from slow, no-response"}).items():
        with pytest.raises(SystemExit):
            _arguments("--fault", word)
        assert problem in capsys.readouterr().err


PROMPT = "A lighthouse keeper befriends a storm"


def _render(folder: Path, *, prompt: str = PROMPT, aspect_ratio: str = "16:9", seed: str = "seed") -> Path:
    scenes = [Scene(prompt, 3.0, title=prompt, seed=seed)]
    return video.render(folder / "film.mp4", scenes=scenes, seconds=3.0, aspect_ratio=aspect_ratio)


def test_a_film_is_h264_of_the_ordered_shape_and_moves(tmp_path: Path) -> None:
    for aspect_ratio, size in (*SIZES.items(), ("21:9", SIZES["16:9"])):
        path = _render(tmp_path, aspect_ratio=aspect_ratio)
        with av.open(str(path)) as container:
            (stream,) = container.streams
            assert isinstance(stream, av.VideoStream)
            assert stream.codec_context.name == "h264"
            assert stream.codec_context.pix_fmt == "yuv420p"
            assert (stream.width, stream.height) == size
            frames = list(container.decode(video=0))
            pictures = [frame.to_image() for frame in (frames[0], frames[-1])]
        assert len(frames) == 36
        assert frames[-1].time == pytest.approx(35 / 12)
        assert pictures[0].tobytes() != pictures[-1].tobytes()
        assert len(set(pictures[0].resize((8, 8)).get_flattened_data())) > 8, "several colors"
        content = path.read_bytes()
        assert 0 < content.index(b"moov") < content.index(b"mdat"), "the index is before the pictures"
        assert len(content) < 200_000


def test_any_text_of_json_can_be_filmed(tmp_path: Path) -> None:
    odd = ["", "日本の庭 🎬", "\ud800 broken", "\x00\x1b[31m", "مرحبا", "W" * 500, "word " * 100, "a\nb\tc", "é" * 500]
    for prompt in odd:
        assert _render(tmp_path, prompt=prompt, seed=prompt).stat().st_size > 1000


async def test_a_cache_renders_a_film_once(tmp_path: Path) -> None:
    cache = VideoCache()
    wanted = (cache.get("a", scenes=[Scene(PROMPT, 0.5, PROMPT)], seconds=0.5, aspect_ratio="16:9") for _ in range(5))
    paths = set(await asyncio.gather(*wanted))
    assert len(paths) == 1
    (path,) = paths
    assert path.stat().st_size > 1000
    await cache.close()
    assert not path.parent.exists()
    assert path.parent.parent != tmp_path
