"""Files that a killed process left in the temporary folder are removed.

All other files there stay.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.downloads.temp_files import STALE_AFTER_SECONDS, remove_stale

NOW = 1_800_000_000.0
OURS = f"matinee-{'0a' * 16}.mp4"


def put(folder: Path, name: str, age: float) -> Path:
    """Create a file that was last written this many seconds ago."""
    path = folder / name
    path.write_bytes(b"x")
    os.utime(path, (NOW - age, NOW - age))
    return path


def test_an_old_movie_of_this_bot_is_removed(tmp_path: Path) -> None:
    """Killed processes don't fill the disk."""
    path = put(tmp_path, OURS, STALE_AFTER_SECONDS + 1)
    assert remove_stale(tmp_path, NOW) == 1
    assert not path.exists()


def test_a_movie_that_another_process_may_be_fetching_stays(tmp_path: Path) -> None:
    """Two processes run side by side during a deploy."""
    path = put(tmp_path, OURS, STALE_AFTER_SECONDS - 1)
    assert remove_stale(tmp_path, NOW) == 0
    assert path.exists()


@pytest.mark.parametrize(
    "name",
    ["matinee-.mp4", "matinee-holiday.mp4", f"{OURS}.bak", f"my-{OURS}", OURS.upper(), OURS.replace("mp4", "mov")],
)
def test_a_similar_file_is_not_removed(tmp_path: Path, name: str) -> None:
    """Other programs use the folder, so only exact names match."""
    path = put(tmp_path, name, STALE_AFTER_SECONDS * 100)
    assert remove_stale(tmp_path, NOW) == 0
    assert path.exists()


def test_folders_and_links_of_our_name_stay(tmp_path: Path) -> None:
    """A link may lead to someone's file."""
    kept = put(tmp_path, "dear.txt", STALE_AFTER_SECONDS * 100)
    (tmp_path / OURS).symlink_to(kept)
    (tmp_path / OURS.replace("0a", "0b")).mkdir()
    assert remove_stale(tmp_path, NOW + 10 * STALE_AFTER_SECONDS) == 0
    assert len(list(tmp_path.iterdir())) == 3


def test_a_file_that_another_process_removes_meanwhile_is_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both remove files once an hour."""
    path, other, own = put(tmp_path, OURS, STALE_AFTER_SECONDS * 100), tmp_path / "other", os.getuid()

    def remove_first() -> int:
        if path.exists():
            path.rename(other)
        return own

    monkeypatch.setattr(os, "getuid", remove_first)
    assert remove_stale(tmp_path, NOW) == 0
    assert other.exists()


def test_another_users_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It belongs to another bot on this machine."""
    path = put(tmp_path, OURS, STALE_AFTER_SECONDS * 100)
    monkeypatch.setattr(os, "getuid", lambda: path.stat().st_uid + 1)
    assert remove_stale(tmp_path, NOW) == 0
    assert path.exists()
