"""Snapshots that are text files."""

from __future__ import annotations

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


class TextFile(SingleFileSnapshotExtension):
    file_extension = "text"  # pytest takes test_*.txt for doctests
    _write_mode = WriteMode.TEXT
