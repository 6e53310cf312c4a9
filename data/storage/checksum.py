"""The checksum of a SQLite file that was checked: what has it needs no second check.

It is in two fields of SQLite's header that are for programs, so it stays with a file that is copied or renamed, and
with a copy of its pages. A change by SQLite leaves an old one there, which is no longer the file's. A mark where SQLite
counts its changes tells that from damage.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

_FIELDS: Final = (slice(60, 64), slice(68, 72))
"""`user_version` and `application_id`, which the bot does not use otherwise."""

_COUNTERS: Final = (slice(24, 28), slice(92, 96))
"""What SQLite counts up when it writes. Where the two differ, it does not trust the header's size of the file."""

_MARK: Final = b"kept"

_LEFT_OUT: Final = (*_FIELDS, *_COUNTERS, slice(18, 20), slice(40, 44), slice(96, 100))
"""Also the journal mode, and what else SQLite counts up: a copy of all pages has others."""

_HEADER_BYTES: Final = 100


def write(file: Path) -> None:
    """Write its checksum into a file that no connection has open."""
    computed = _compute(file)
    parts = (computed[:4], computed[4:], _MARK, _MARK)
    with file.open("r+b") as opened:
        for field, part in zip((*_FIELDS, *_COUNTERS), parts, strict=True):
            opened.seek(field.start)
            opened.write(part)


def matches(file: Path) -> bool:
    """Return whether a file that no connection has open has its own checksum."""
    header = _read_header(file)
    return b"".join(header[field] for field in _FIELDS) == _compute(file)


def is_last_write(file: Path) -> bool:
    """Return whether SQLite has not written to a file since its checksum was written.

    If it is not the file's, the file is damaged. No connection of this process may have the file open: closing it
    would drop SQLite's locks.
    """
    header = _read_header(file)
    return all(header[field] == _MARK for field in _COUNTERS)


def _read_header(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_HEADER_BYTES)


def _compute(file: Path) -> bytes:
    with file.open("rb") as opened:
        header = bytearray(opened.read(_HEADER_BYTES))
        for field in _LEFT_OUT:
            header[field] = bytes(field.stop - field.start)
        return hashlib.file_digest(opened, lambda: hashlib.sha256(header)).digest()[:8]
