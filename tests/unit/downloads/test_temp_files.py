"""Files that a killed process left in the temporary folder are removed. All other files there stay."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.downloads.downloader import STALE_AFTER_SECONDS, remove_stale

NOW = 1_800_000_000.0
OURS = f"matinee-{'0a' * 16}.mp4"


def put(folder: Path, name: str, age: float = STALE_AFTER_SECONDS * 100) -> Path:
    path = folder / name
    path.write_bytes(b"x")
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_only_an_old_movie_of_this_bot_is_removed(tmp_path: Path) -> None:
    """Another process may be fetching a younger one. A link may lead to someone's file."""
    old = put(tmp_path, OURS, STALE_AFTER_SECONDS + 1)
    kept = [put(tmp_path, OURS.replace("0a", "0b"), STALE_AFTER_SECONDS - 1)]
    similar = ["matinee-.mp4", "matinee-holiday.mp4", f"{OURS}.bak", f"my-{OURS}", OURS.upper()]
    kept += [put(tmp_path, name) for name in (*similar, OURS.replace("mp4", "mov"))]
    (tmp_path / OURS.replace("0a", "0c")).symlink_to(kept[-1])
    (tmp_path / OURS.replace("0a", "0d")).mkdir()
    for path in (OURS.replace("0a", "0c"), OURS.replace("0a", "0d")):
        os.utime(tmp_path / path, (0, 0), follow_symlinks=False)
    assert remove_stale(tmp_path, NOW) == 1
    assert not old.exists()
    assert all(path.exists() for path in kept)
    assert len(list(tmp_path.iterdir())) == len(kept) + 2


def test_another_users_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It belongs to another bot on this machine."""
    path = put(tmp_path, OURS)
    monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
    assert remove_stale(tmp_path, NOW) == 0
    assert path.exists()
