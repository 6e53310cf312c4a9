"""Renders real, short films: each scene has drifting colours or a picture, with its title on top.

H.264 with the index in front, so that browsers start before the download ends. The film does not depict the prompt; it
shows whose movie it is. The same seed gives the same colours. A still is a frame of the film.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import itertools
import math
import tempfile
import textwrap
import unicodedata
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from pathlib import Path

import av
from av.video import VideoFrame
from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from bot.sandbox.contract import Scene

FRAMES_PER_SECOND = 12
CAPTION = "Matinee · offline demo"
NO_GLYPHS = "(a prompt in letters that this film's font does not have)"

SIZES = {"16:9": (480, 270), "9:16": (270, 480), "1:1": (360, 360)}
"""In pixels, by aspect ratio; other ratios are rendered as 16:9."""

TYPE_SIZES = (30, 26, 23, 20, 18, 16, 14, 13, 12, 11)
"""In pixels, largest first: the prompt takes the first that fits."""

PALETTES = (
    ("1b1035", "5b1f69", "b8376b", "f08a5d"),  # dusk
    ("07203a", "0d4f6e", "1c8f9a", "7fd1ae"),  # lagoon
    ("14132f", "37307f", "6a4fc0", "c58bdc"),  # iris
    ("1a0f1f", "6b1d3a", "c2473f", "f2b05e"),  # ember
    ("0b2218", "1d5b45", "4c9a63", "cfd879"),  # meadow
    ("101a33", "24427f", "4d86c6", "f0b7a4"),  # dawn
    ("201017", "57294a", "9c5477", "e7a99a"),  # rose
    ("0c1720", "25485a", "6c8f91", "e8c98d"),  # harbour
)

_CUT = "…"
_MARGIN = 0.09  # of the width, left and right of the prompt

Size = tuple[int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def render(path: Path, *, scenes: Sequence[Scene], seconds: float, aspect_ratio: str) -> Path:
    """Write an MP4 of `seconds` to `path`, and return it. Each scene has the same share of them.

    It need not be the ordered length. Blocks for some tenths of a second: call it through asyncio.to_thread.
    """
    size = SIZES.get(aspect_ratio, SIZES["16:9"])
    count = max(1, round(seconds * FRAMES_PER_SECOND))
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream(  # pyright: ignore[reportUnknownMemberType]  # PyAV leaves its **kwargs untyped
            "libx264", rate=FRAMES_PER_SECOND, options={"preset": "veryfast", "crf": "24", "tune": "animation"}
        )
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        for number in range(count):
            picture = _frame(scenes, number / count, size)
            container.mux(stream.encode(VideoFrame.from_bytes(picture.tobytes(), *size)))
        container.mux(stream.encode())
    return path


def still(scenes: Sequence[Scene], index: int, aspect_ratio: str) -> bytes:
    """Return the frame in the middle of a scene, as a JPEG."""
    picture = _frame(scenes, (index + 0.5) / len(scenes), SIZES.get(aspect_ratio, SIZES["16:9"]))
    written = io.BytesIO()
    picture.convert("RGB").save(written, "JPEG", quality=85)
    return written.getvalue()


def is_picture(data: bytes) -> bool:
    """Return whether these bytes are a picture that can be drawn."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


class VideoCache:
    """Films in a temporary folder, each rendered once."""

    def __init__(self) -> None:
        self._films: dict[str, asyncio.Task[Path]] = {}

    @cached_property
    def _folder(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="matinee-films-")

    async def get(self, name: str, *, scenes: Sequence[Scene], seconds: float, aspect_ratio: str) -> Path:
        """Return the film of that name; the first caller decides its content."""
        if name not in self._films:
            path = Path(self._folder.name) / f"{name}.mp4"
            work = partial(render, path, scenes=scenes, seconds=seconds, aspect_ratio=aspect_ratio)
            self._films[name] = asyncio.create_task(asyncio.to_thread(work))
        return await asyncio.shield(self._films[name])

    def rendered(self, name: str) -> bytes | None:
        """Return the film of that name once it is rendered."""
        film = self._films.get(name)
        return film.result().read_bytes() if film is not None and film.done() and film.exception() is None else None

    async def close(self) -> None:
        """Wait for running renders and remove the folder."""
        if self._films:
            await asyncio.gather(*self._films.values(), return_exceptions=True)
            await asyncio.to_thread(self._folder.cleanup)


def _palette(seed: str) -> list[bytes]:
    """Choose four matching colours from dark to light by the seed's hash."""
    digest = hashlib.sha256(seed.encode("utf-8", "replace")).digest()
    return [bytes.fromhex(shade) for shade in PALETTES[digest[0] % len(PALETTES)]]


def _frame(scenes: Sequence[Scene], progress: float, size: Size) -> Image.Image:
    """Render one frame.

    `progress` runs from 0 to 1, and all motion loops.
    """
    scene = scenes[int(progress * len(scenes))]
    if scene.picture is None:
        picture = _drifting(progress * math.tau, size, _palette(scene.seed))
    else:
        picture = _fitted(scene.picture, size).copy()
    picture.alpha_composite(_title_image(scene.title, size))
    line = ImageDraw.Draw(picture)
    line.rectangle((0, size[1] - 3, round(size[0] * progress), size[1]), fill=(255, 255, 255, 255))
    return picture


def _drifting(phase: float, size: Size, palette: list[bytes]) -> Image.Image:
    """Render colours with three lights."""
    glow = _glow_mask(size)
    picture = ImageOps.fit(_gradient(phase, palette), size, Image.Resampling.BICUBIC).convert("RGBA")
    for index in range(3):
        angle = phase + index * math.tau / 3
        x = size[0] * (0.5 + 0.38 * math.cos(angle)) - glow.width / 2
        y = size[1] * (0.5 + 0.34 * math.sin(angle + index)) - glow.height / 2
        tint = Image.new("RGBA", glow.size, (*palette[1 + index], 255))
        picture.paste(tint, (round(x), round(y)), glow)
    return picture


@lru_cache(maxsize=4)
def _fitted(data: bytes, size: Size) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        return ImageOps.fit(picture.convert("RGBA"), size)


def _gradient(phase: float, palette: list[bytes]) -> Image.Image:
    """Render a few pixels that become a soft gradient when enlarged."""
    pixels = bytearray()
    for y, x in itertools.product(range(5), repeat=2):
        wave = math.sin(phase + 0.75 * x - 0.45 * y) + 0.6 * math.sin(phase - 0.5 * x - 0.9 * y)
        steps = min(max(0.5 + wave / 3.2, 0.0), 1.0) * (len(palette) - 1)  # along the palette
        index = min(int(steps), len(palette) - 2)
        pixels += bytes(round(a + (b - a) * (steps - index)) for a, b in zip(*palette[index : index + 2], strict=True))
    return Image.frombytes("RGB", (5, 5), bytes(pixels))


@lru_cache(maxsize=len(SIZES))
def _glow_mask(size: Size) -> Image.Image:
    """Render the mask of one soft round light."""
    width = max(size) // 2
    mask = Image.new("L", (width, width))
    inset = width // 4
    ImageDraw.Draw(mask).ellipse((inset, inset, width - inset, width - inset), fill=120)
    return mask.filter(ImageFilter.GaussianBlur(width / 9))


@lru_cache(maxsize=16)
def _title_image(prompt: str, size: Size) -> Image.Image:
    """Render the prompt and the caption, white over a soft shadow.

    Transparent elsewhere.
    """
    width, height = size
    font, lines = _fit_text(_drawable(prompt), (round(width * (1 - 2 * _MARGIN)), round(height * 0.70)))
    text_mask = Image.new("L", size)
    draw = ImageDraw.Draw(text_mask)
    text = "\n".join(lines)
    draw.multiline_text((width / 2, height * 0.47), text, fill=255, font=font, anchor="mm", align="center", spacing=6)
    draw.text((width / 2, height - 19), CAPTION, fill=190, font=_font(11), anchor="mm")
    shadow = text_mask.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    titles = Image.new("RGBA", size)
    titles.paste((0, 0, 0, 204), (0, 0, *size), shadow)
    white = Image.new("RGBA", size, (255, 255, 255, 0))
    white.putalpha(text_mask)
    titles.alpha_composite(white)
    return titles


def _fit_text(text: str, box: Size) -> tuple[Font, list[str]]:
    """Choose the largest type in which the text fits. It is truncated in the smallest."""
    font, lines = _font(TYPE_SIZES[-1]), [text]
    for points in TYPE_SIZES:
        font = _font(points)
        columns, rows = int(box[0] / font.getlength("n")), int(box[1] // (points + 8))
        lines = textwrap.wrap(text, columns, max_lines=rows, placeholder=_CUT)
        if not lines[-1].endswith(_CUT):
            break
    return font, lines


def _drawable(prompt: str) -> str:
    """Keep what Pillow's font can draw: é becomes e, others (日, 🎬) are dropped."""
    letters = unicodedata.normalize("NFKD", prompt.replace("ß", "ss")).encode("ascii", "ignore").decode()
    return " ".join("".join(char for char in letters if char.isprintable() or char.isspace()).split()) or NO_GLYPHS


@lru_cache(maxsize=len(TYPE_SIZES))
def _font(points: int) -> Font:
    return ImageFont.load_default(points)
