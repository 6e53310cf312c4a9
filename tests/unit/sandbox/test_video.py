"""The fake API's movies are valid files that show their prompts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import av
import pytest

from bot.sandbox.video import SIZES, VideoCache, render

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
