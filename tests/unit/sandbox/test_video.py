"""The fake API's movies are valid files.

Browsers play them, and they show their prompts.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import av
import pytest
from PIL import ImageStat

from bot.sandbox.video import CAPTION, NO_GLYPHS, SIZES, VideoCache, _drawable, _fit_text, _wrap, render

PROMPT = "A lighthouse keeper befriends a storm"


def _render(folder: Path, *, prompt: str = PROMPT, aspect_ratio: str = "16:9", seed: str = "seed") -> Path:
    path = folder / "film.mp4"
    render(path, prompt=prompt, seconds=3.0, aspect_ratio=aspect_ratio, seed=seed)
    return path


@pytest.mark.parametrize(("aspect_ratio", "size"), [*SIZES.items(), ("21:9", SIZES["16:9"])])
def test_a_film_is_h264_of_the_ordered_shape(tmp_path: Path, aspect_ratio: str, size: tuple[int, int]) -> None:
    """It has one video stream, and 16:9 for an unknown aspect ratio."""
    with av.open(str(_render(tmp_path, aspect_ratio=aspect_ratio))) as container:
        (stream,) = container.streams
        assert isinstance(stream, av.VideoStream)
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert (stream.width, stream.height) == size
        frames = list(container.decode(video=0))
    assert len(frames) == 36
    assert frames[-1].time == pytest.approx(35 / 12)


def test_a_film_starts_before_it_is_loaded(tmp_path: Path) -> None:
    """The index is before the pictures, so one request is enough.

    The file is small.
    """
    content = _render(tmp_path).read_bytes()
    assert 0 < content.index(b"moov") < content.index(b"mdat")
    assert len(content) < 200_000


def test_a_film_moves(tmp_path: Path) -> None:
    """The first picture differs from the last, and has several colors."""
    with av.open(str(_render(tmp_path))) as container:
        pictures = [frame.to_image() for frame in container.decode(video=0)]
    assert pictures[0].tobytes() != pictures[-1].tobytes()
    assert len(set(pictures[0].resize((8, 8)).get_flattened_data())) > 8


def test_the_seed_decides_the_colours(tmp_path: Path) -> None:
    """Another seed gives other colors."""
    first, again, other = (_mean_colour(_render(tmp_path, seed=seed)) for seed in ("one", "one", "three"))
    assert again == pytest.approx(first, abs=2)
    assert other != pytest.approx(first, abs=10)


def _mean_colour(path: Path) -> tuple[float, ...]:
    with av.open(str(path)) as container:
        picture = next(container.decode(video=0)).to_image()
    return tuple(ImageStat.Stat(picture).mean)


@pytest.mark.parametrize(
    "prompt",
    ["", "日本の庭 🎬", "\ud800 broken", "\x00\x1b[31m", "مرحبا", "W" * 500, "word " * 100, "a\nb\tc", "é" * 500],
)
def test_any_prompt_can_be_filmed(tmp_path: Path, prompt: str) -> None:
    """The prompt may be any text that JSON can carry."""
    assert _render(tmp_path, prompt=prompt, seed=prompt).stat().st_size > 1000


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        (PROMPT, PROMPT),
        ("Fährt durch  Łódź,\nStraße 7", "Fahrt durch Lodz, Strasse 7"),
        ("🎬 Action!", "Action!"),
        ("日本の庭", NO_GLYPHS),
        ("", NO_GLYPHS),
        (CAPTION, CAPTION),
    ],
)
def test_the_prompt_is_written_with_the_letters_there_are(prompt: str, drawn: str) -> None:
    """Accents are dropped, and an empty frame says why."""
    assert _drawable(prompt) == drawn


def test_long_prompts_stay_in_the_frame() -> None:
    """The type shrinks first, then an ellipsis follows.

    Long words are broken.
    """
    box = (390, 190)
    large, one = _fit_text("short", box)
    small, many = _fit_text("the quick brown fox " * 25, box)
    assert one == ["short"]
    assert small.getlength("fox") < large.getlength("fox")
    assert all(small.getlength(line) <= box[0] for line in many)
    _, cut = _fit_text("W" * 3000, box)
    assert cut[-1].endswith("…")
    assert _wrap("ab", small, 1) == ["a", "b"]


async def test_a_cache_renders_a_film_once(tmp_path: Path) -> None:
    """Parallel requests share one file, which is deleted with the cache."""
    cache = VideoCache()
    wanted = (cache.get("a", prompt=PROMPT, seconds=0.5, aspect_ratio="16:9") for _ in range(5))
    paths = set(await asyncio.gather(*wanted))
    assert len(paths) == 1
    (path,) = paths
    assert path.stat().st_size > 1000
    await cache.close()
    assert not path.parent.exists()
    assert path.parent.parent != tmp_path
