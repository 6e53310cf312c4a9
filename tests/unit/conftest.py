"""Resets the process's global state between tests."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from bot import log


@pytest.fixture
def logging_as_before() -> Iterator[None]:
    """Restore the root logger, which other tests read, too."""
    names = [None, *log._LIBRARIES_AT_INFO]
    root = logging.getLogger()
    handlers, levels = root.handlers[:], [logging.getLogger(name).level for name in names]
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    yield
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    logging.captureWarnings(capture=False)
    root.handlers = handlers
    for name, level in zip(names, levels, strict=True):
        logging.getLogger(name).setLevel(level)
