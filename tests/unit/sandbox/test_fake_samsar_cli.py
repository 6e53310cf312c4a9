"""The command python -m bot.sandbox samsar, and its films."""

from __future__ import annotations

import argparse
import asyncio
import json
from pathlib import Path

import av
import pytest

from bot.sandbox import __main__ as command_line
from bot.sandbox.video import SIZES, VideoCache, render


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
    path = folder / "film.mp4"
    render(path, prompt=prompt, seconds=3.0, aspect_ratio=aspect_ratio, seed=seed)
    return path


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
    wanted = (cache.get("a", prompt=PROMPT, seconds=0.5, aspect_ratio="16:9") for _ in range(5))
    paths = set(await asyncio.gather(*wanted))
    assert len(paths) == 1
    (path,) = paths
    assert path.stat().st_size > 1000
    await cache.close()
    assert not path.parent.exists()
    assert path.parent.parent != tmp_path
