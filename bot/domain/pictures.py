"""Pictures, told by their bytes and not by their names, and those that members give for a movie.

Nothing here decodes a picture: a small file may be a huge picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.domain.operations import MAX_PICTURES
from bot.domain.refusal import Refused

MAX_PICTURE_MIB: Final = 8
MAX_PICTURES_MIB: Final = 35
"""Of all of a movie: the API reads at most 50 MB, as base64."""

MAX_PICTURE_BYTES: Final = MAX_PICTURE_MIB * 2**20


class PictureType(StrEnum):
    """A type of picture that the movie service and Discord take; its value is a file's suffix."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"

    @property
    def media_type(self) -> str:
        """Its media type, such as "image/png"."""
        return f"image/{self.name.lower()}"


def picture_type(content: bytes) -> PictureType | None:
    """Return a picture's type by its first twelve bytes; None: it is none of these."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureType.PNG
    if content.startswith(b"\xff\xd8\xff"):
        return PictureType.JPEG
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return PictureType.WEBP
    return None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a movie is to be made of."""

    id: str
    type: PictureType
    content: bytes


def size_problem(sizes: Sequence[int]) -> Refused | None:
    """Return why pictures of these bytes, as Discord says, are not fetched at all."""
    if len(sizes) > MAX_PICTURES:
        return Refused("pictures-too-many", {"most": MAX_PICTURES})
    large = next((number for number, size in enumerate(sizes, 1) if size > MAX_PICTURE_BYTES), None)
    if large is not None:
        return Refused("pictures-too-large", {"number": large, "most": MAX_PICTURE_MIB})
    if sum(sizes) > MAX_PICTURES_MIB * 2**20:
        return Refused("pictures-too-large-together", {"most": MAX_PICTURES_MIB})
    return None


def to_pictures(prefix: str, contents: Sequence[bytes]) -> tuple[Picture, ...] | Refused:
    """Return the pictures that files hold, or why they can't be used. Their ids are the prefix and their number."""
    refused = size_problem([len(content) for content in contents])
    if refused is not None:
        return refused
    pictures: list[Picture] = []
    for number, content in enumerate(contents, 1):
        if (type_ := picture_type(content)) is None:
            return Refused("pictures-not-a-picture", {"number": number})
        pictures.append(Picture(f"{prefix}.{number}", type_, content))
    return tuple(pictures)
