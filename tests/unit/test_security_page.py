"""SECURITY.md names a contact, times, versions and existing tests."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_a_reporter_finds_the_contact_the_response_time_and_the_supported_versions() -> None:
    for words in ("*Report a vulnerability*", "3 working days", "## Supported versions"):
        assert words in PAGE


def test_every_file_that_the_page_names_exists() -> None:
    named = re.findall(r"`((?:tests|scripts|\.github)/[\w./-]+)`", PAGE)
    assert named
    assert [each for each in named if not (ROOT / each).exists()] == []
