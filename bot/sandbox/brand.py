"""The bot's avatar, and its colors by the names of the states that they tell.

The demo's bot wears the avatar, and `python -m bot.sandbox.brand` writes both into docs/pictures. The bot itself never
changes its profile: that is the operator's.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import discord
from PIL import Image, ImageDraw, ImageFont

from bot.ui.chart import BACKGROUND, FONT
from bot.ui.components import Accent

_COLORS: Final = {name: each for name, each in vars(Accent).items() if isinstance(each, discord.Colour)}

STATES: Final[Mapping[str, discord.Colour]] = {name.lower().replace("_", " "): each for name, each in _COLORS.items()}
"""The color of each state, by its name."""

_SIDE: Final = 512
"""Pixels of the avatar: Discord shows at most as many."""

_SMOOTHING: Final = 4
"""It is drawn so many times as large, and shrunk."""

_NIGHT: Final = "#2b1d3f"
_RAYS: Final = 12
_SUN, _RAY_START, _RAY_END, _PLAY = 0.25, 0.29, 0.41, 0.15
"""Radii, as shares of the side."""

_COLUMNS: Final = 3
_CELL: Final = (300, 64)
_BAR: Final = 8
_TEXT_SIZE: Final = 22
_TEXT_COLOR: Final = "#dbdee1"


def avatar() -> bytes:
    """Draw a sun with a play button as a PNG: a matinee. Discord crops it to a circle."""
    side = _SIDE * _SMOOTHING
    image = Image.new("RGB", (side, side), _NIGHT)
    draw, middle, brand = ImageDraw.Draw(image), side / 2, str(Accent.BRAND)

    def at(radius: float, turn: float) -> tuple[float, float]:
        return middle + radius * side * math.cos(turn), middle + radius * side * math.sin(turn)

    for ray in range(_RAYS):
        turn, half = 2 * math.pi * ray / _RAYS, math.pi / _RAYS / 2
        draw.polygon([at(_RAY_START, turn - half), at(_RAY_START, turn + half), at(_RAY_END, turn)], brand)
    draw.circle((middle, middle), _SUN * side, brand)
    draw.polygon([at(_PLAY, 2 * math.pi * corner / 3) for corner in range(3)], _NIGHT)
    return _png(image.reduce(_SMOOTHING).quantize(64))


def states() -> bytes:
    """Draw the color of each state with its name, as a PNG."""
    width, height = _CELL
    rows = math.ceil(len(STATES) / _COLUMNS)
    image = Image.new("RGB", (_COLUMNS * width, rows * height), BACKGROUND)
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, _TEXT_SIZE)
    for number, (name, colour) in enumerate(STATES.items()):
        left, top = number % _COLUMNS * width + 2 * _BAR, number // _COLUMNS * height + _BAR
        draw.rectangle((left, top, left + _BAR, top + height - 2 * _BAR), str(colour))
        draw.text((left + 3 * _BAR, top + height / 2 - _BAR), f"{name}  {colour}", _TEXT_COLOR, font, "lm")
    return _png(image.quantize(64))


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", optimize=True)
    return written.getvalue()


if __name__ == "__main__":
    for kept, picture in (("avatar", avatar()), ("states", states())):
        Path(f"docs/pictures/{kept}.png").write_bytes(picture)
