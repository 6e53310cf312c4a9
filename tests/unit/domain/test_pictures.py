"""What a member may give as pictures: told by their bytes, whatever a client says."""

from __future__ import annotations

import pytest

from bot.domain.pictures import MAX_PICTURE_BYTES, Picture, PictureType, picture_type, size_problem, to_pictures
from bot.domain.refusal import Refused

MIB = 2**20
PNG, JPEG, WEBP = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\x24\0\0\0WEBP"


@pytest.mark.parametrize(
    ("content", "type_"),
    [
        (PNG, PictureType.PNG),
        (JPEG + b"\xe0", PictureType.JPEG),
        (WEBP + b"VP8 ", PictureType.WEBP),
        (b"", None),
        (PNG[:7], None),
        (b"\0" + PNG, None),
        (JPEG[:2], None),
        (WEBP[:11], None),
        (b"RIFF\x24\0\0\0WAVE", None),
        (b"GIF89a", None),
        (b"BM" + bytes(60), None),
        (b"II*\0", None),
        (b"\0\0\0\x18ftypheic", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"%PDF-1.7", None),
        (b"\x89PNG\n\x1a\n", None),
    ],
)
def test_a_type_follows_from_the_first_bytes(content: bytes, type_: PictureType | None) -> None:
    assert picture_type(content) is type_


def test_pictures_keep_their_order_and_their_bytes() -> None:
    assert to_pictures("id", (WEBP, PNG)) == (
        Picture("id.1", PictureType.WEBP, WEBP),
        Picture("id.2", PictureType.PNG, PNG),
    )
    assert [each.media_type for each in PictureType] == ["image/png", "image/jpeg", "image/webp"]


@pytest.mark.parametrize(
    ("sizes", "refused"),
    [
        ([1] * 10, None),
        ([1] * 11, Refused("pictures-too-many", {"most": 10})),
        ([MAX_PICTURE_BYTES], None),
        ([1, MAX_PICTURE_BYTES + 1], Refused("pictures-too-large", {"number": 2, "most": 8})),
        ([7 * MIB] * 5, None),
        ([7 * MIB] * 5 + [1], Refused("pictures-too-large-together", {"most": 35})),
    ],
)
def test_what_is_too_much_is_not_fetched(sizes: list[int], refused: Refused | None) -> None:
    assert size_problem(sizes) == refused


@pytest.mark.parametrize(
    ("contents", "refused"),
    [
        ([PNG, b"words", b"more"], Refused("pictures-not-a-picture", {"number": 2})),
        ([PNG] * 11, Refused("pictures-too-many", {"most": 10})),
        ([PNG + bytes(MAX_PICTURE_BYTES)], Refused("pictures-too-large", {"number": 1, "most": 8})),
    ],
)
def test_bytes_are_believed_and_not_what_was_said_of_them(contents: list[bytes], refused: Refused) -> None:
    assert to_pictures("id", contents) == refused
