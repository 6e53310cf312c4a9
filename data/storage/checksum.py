"""The checksum of a SQLite file that was checked: what has it needs no second check.

It is in two fields of SQLite's header that are for programs, so it stays with a file that is copied or renamed, and
with a copy of its pages. A change by SQLite leaves an old one there, which is no longer the file's.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_FIELDS: Final = (slice(60, 64), slice(68, 72))
"""`user_version` and `application_id`, which the bot does not use otherwise."""

_LEFT_OUT: Final = (*_FIELDS, slice(18, 20), slice(24, 28), slice(40, 44), slice(92, 100))
"""The journal mode, and what SQLite counts up when it writes: a copy of all pages has others."""

_HEADER_BYTES: Final = 100


def write(file: Path) -> None:
    """Write its checksum into a file that no connection has open."""
    computed = _compute(file)
    with file.open("r+b") as opened:
        for field, part in zip(_FIELDS, (computed[:4], computed[4:]), strict=True):
            opened.seek(field.start)
            opened.write(part)


def matches(file: Path) -> bool:
    """Return whether a file that no connection has open has its own checksum."""
    with file.open("rb") as opened:
        header = opened.read(_HEADER_BYTES)
    return b"".join(header[field] for field in _FIELDS) == _compute(file)


def _compute(file: Path) -> bytes:
    with file.open("rb") as opened:
        header = bytearray(opened.read(_HEADER_BYTES))
        for field in _LEFT_OUT:
            header[field] = bytes(field.stop - field.start)
        return hashlib.file_digest(opened, lambda: hashlib.sha256(header)).digest()[:8]
