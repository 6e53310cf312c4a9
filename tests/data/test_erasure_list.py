"""The list of erasures beside the backups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import StorageError
from data import erasure_list
from data.member_digest import ErasureRecord
from tests.helpers.member_data import ADA
from tests.helpers.restore_helpers import at_each_sync
from tests.helpers.store_harness import BOB, NOW


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var" / "backups"


def test_the_list_names_nobody_and_only_its_owner_reads_it(folder: Path) -> None:
    """An entry can be matched only with a known member id."""
    record = ErasureRecord.of("a", ADA, NOW)
    erasure_list.add(folder, [record, record])
    erasure_list.add(folder, [record, ErasureRecord.of("b", BOB, NOW)])
    assert record.matches(ADA)
    assert not record.matches(BOB)
    assert [each.id for each in erasure_list.read(folder, folder)] == ["a", "b"]
    assert str(ADA) not in (folder / erasure_list.NAME).read_text(encoding="utf-8")
    assert [path.stat().st_mode & 0o777 for path in (folder, folder / erasure_list.NAME)] == [0o700, 0o600]
    written = (folder / erasure_list.NAME).read_bytes()
    erasure_list.add(folder, [record])
    assert (folder / erasure_list.NAME).read_bytes() == written


def test_an_erasure_is_on_the_disk_once_it_is_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = list[int]()
    at_each_sync(monkeypatch, lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    erasure_list.add(folder, [ErasureRecord.of("a", ADA, NOW)])
    assert synced == [path.stat().st_ino for path in (folder / erasure_list.NAME, folder)]


def test_a_list_that_is_no_text_is_named(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / erasure_list.NAME).write_bytes(b"\xff\xfe")
    with pytest.raises(StorageError, match=r"Can't read .*erasures\.jsonl"):
        erasure_list.read(folder)


def test_a_line_that_a_crash_cut_off_or_another_version_wrote_is_left_out(folder: Path) -> None:
    erasure_list.add(folder, [ErasureRecord.of("a", ADA, NOW)])
    os.truncate(folder / erasure_list.NAME, (folder / erasure_list.NAME).stat().st_size - 20)
    erasure_list.add(folder, [ErasureRecord.of("b", ADA, NOW)])
    with (folder / erasure_list.NAME).open("a", encoding="utf-8") as opened:
        opened.write('{"id": "c"}\n')
    assert [each.id for each in erasure_list.read(folder)] == ["b"]
