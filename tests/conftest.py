"""What holds for all tests.

Properties have no deadline, and the figures that tests measured are printed.
"""

from __future__ import annotations

import pytest
from hypothesis import settings

from bot import log

settings.register_profile("matinee", deadline=None)  # a loaded machine is slow, and no property is about speed
settings.load_profile("matinee")

log.configure_structlog()  # our events are then records of `logging`, which caplog collects

FIGURES = "figures"
"""The property under which a test records a line for anyone who started it: `record_property(FIGURES, line)`."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each line below the tests."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == FIGURES:
                terminalreporter.write_line(f"{report.nodeid}: {value}")
