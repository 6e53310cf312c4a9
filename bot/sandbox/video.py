"""Renders real, short films: drifting colors with the prompt on top.

H.264 with the index in front, so that browsers start before the download ends. The film does not depict the prompt; it
shows whose movie it is. The same seed gives the same colors.
"""

from __future__ import annotations

import asyncio
import tempfile
import textwrap
import unicodedata
import zlib
from functools import partial
from pathlib import Path

import av
from av.video import VideoFrame
from PIL import Image, ImageChops, ImageDraw, ImageFont, ImageOps

FRAMES_PER_SECOND = 12
CAPTION = "Matinee · offline demo"
NO_GLYPHS = "(a prompt in letters that this film's font does not have)"

SIZES = {"16:9": (480, 270), "9:16": (270, 480), "1:1": (360, 360)}
"""In pixels, by aspect ratio; other ratios are rendered as 16:9."""

TYPE_SIZES = (30, 26, 23, 20, 18, 16, 14, 13, 12, 11)
"""In pixels, largest first: the prompt takes the first that fits."""

PALETTES = (
    ("#1b1035", "#b8376b", "#f08a5d"),  # dusk
    ("#07203a", "#1c8f9a", "#7fd1ae"),  # lagoon
    ("#14132f", "#6a4fc0", "#c58bdc"),  # iris
    ("#1a0f1f", "#c2473f", "#f2b05e"),  # ember
    ("#0b2218", "#4c9a63", "#cfd879"),  # meadow
    ("#101a33", "#4d86c6", "#f0b7a4"),  # dawn
    ("#201017", "#9c5477", "#e7a99a"),  # rose
    ("#0c1720", "#6c8f91", "#e8c98d"),  # harbour
)
"""Dark, middle and light."""

Size = tuple[int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def render(path: Path, *, prompt: str, seconds: float, aspect_ratio: str, seed: str) -> Path:
    """Write an MP4 of `seconds` to `path`, and return it.

    It need not be the ordered length. Blocks for some tenths of a second: call it through asyncio.to_thread.
    """
    size = SIZES.get(aspect_ratio, SIZES["16:9"])
    dark, middle, light = PALETTES[zlib.crc32(seed.encode("utf-8", "replace")) % len(PALETTES)]
    colors = ImageOps.colorize(Image.radial_gradient("L").resize(size), light, dark, middle)
    font, text = _fit_text(_drawable(prompt), size)
    count = max(1, round(seconds * FRAMES_PER_SECOND))
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream(  # pyright: ignore[reportUnknownMemberType]  # PyAV leaves its **kwargs untyped
            "libx264", rate=FRAMES_PER_SECOND, options={"preset": "veryfast", "crf": "24", "tune": "animation"}
        )
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(count):
            picture = _frame(number / count, colors, text, font)
            container.mux(stream.encode(VideoFrame.from_bytes(picture.tobytes(), *size)))
        container.mux(stream.encode())
    return path


def _frame(progress: float, colors: Image.Image, text: str, font: Font) -> Image.Image:
    """Render one frame.

    `progress` runs from 0 to 1. The colors drift over the edges and come back, so all motion loops.
    """
    width, height = colors.size
    picture = ImageChops.offset(colors, round(width * progress), round(height * progress))
    draw = ImageDraw.Draw(picture)
    draw.multiline_text(
        (width / 2, height * 0.47), text, "white", font, "mm", 6, "center", stroke_width=1, stroke_fill="black"
    )
    draw.text((width / 2, height - 19), CAPTION, "lightgray", ImageFont.load_default(TYPE_SIZES[-1]), "mm")
    draw.rectangle((0, height - 3, round(width * progress), height), fill="white")
    return picture.convert("RGBA")


def _fit_text(text: str, size: Size) -> tuple[Font, str]:
    """Choose the largest type in which the text fits, and wrap it.

    It is truncated in the smallest.
    """
    font, lines = ImageFont.load_default(TYPE_SIZES[-1]), [text]
    for points in TYPE_SIZES:
        font = ImageFont.load_default(points)
        columns, rows = int(0.82 * size[0] / font.getlength("n")), int(0.7 * size[1] / (points + 8))
        lines = textwrap.wrap(text, columns, max_lines=rows, placeholder="…")
        if not lines[-1].endswith("…"):
            break
    return font, "\n".join(lines)


def _drawable(prompt: str) -> str:
    """Keep what Pillow's font can draw.

    é becomes e, others (日, 🎬) are dropped.
    """
    letters = unicodedata.normalize("NFKD", prompt).encode("ascii", "ignore").decode()
    kept = "".join(char if char.isprintable() else " " for char in letters)
    return " ".join(kept.split()) or NO_GLYPHS


class VideoCache:
    """Films in a temporary folder, each rendered once."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="matinee-films-")
        self._films: dict[str, asyncio.Task[Path]] = {}

    async def get(self, name: str, *, prompt: str, seconds: float, aspect_ratio: str) -> Path:
        """Return the film of that name; the first caller decides its content."""
        if name not in self._films:
            path = Path(self._folder.name) / f"{name}.mp4"
            work = partial(render, path, prompt=prompt, seconds=seconds, aspect_ratio=aspect_ratio, seed=name)
            self._films[name] = asyncio.create_task(asyncio.to_thread(work))
        return await asyncio.shield(self._films[name])

    async def close(self) -> None:
        """Wait for running renders and remove the folder."""
        await asyncio.gather(*self._films.values(), return_exceptions=True)
        await asyncio.to_thread(self._folder.cleanup)
