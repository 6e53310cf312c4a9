"""Response bodies of the API, or of a proxy."""

from __future__ import annotations

import json
from typing import Any

BASE = "https://api.samsar.one/v1/video/"
URL = "https://cdn.example/movie.mp4"
HTML = b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
JUNK = [
    HTML,
    b"[" * 200_000,
    b'{"a":' * 200_000,
    b"",
    b"\xff\xfe\x00",
    b'{"status": "\xff"}',
    b"null",
    b"[]",
    b'"COMPLETED"',
    b"true",
    b"NaN",
    b"1" * 10_000,
    b'{"status": "COMPLETED"',
]


def as_body(value: Any) -> bytes:
    return json.dumps(value).encode()
