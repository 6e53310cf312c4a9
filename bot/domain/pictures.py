"""Pictures, told by their bytes and not by their names."""

from __future__ import annotations

from enum import StrEnum


class PictureType(StrEnum):
    """A type of picture that the movie service and Discord take; its value is a file's suffix."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"


def picture_type(content: bytes) -> PictureType | None:
    """Return a picture's type by its first twelve bytes; None: it is none of these."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureType.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return PictureType.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return PictureType.WEBP
    return None
