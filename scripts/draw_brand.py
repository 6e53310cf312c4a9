"""Draws the bot's avatar and the colors of its states into docs/pictures: avatar.png and states.png."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bot.sandbox import brand

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"


def main() -> int:
    """Write both pictures and return the exit status."""
    for name, picture in (("avatar", brand.avatar()), ("states", brand.states())):
        path = PICTURES / f"{name}.png"
        path.write_bytes(picture)
        print(f"{path.name}: {len(picture):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
