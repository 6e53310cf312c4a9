"""Prints the figures that tests have measured, also where they ran in processes of their own (`pytest -n 2`)."""

from __future__ import annotations

import pytest

FIGURES = "figures"
"""The property under which a test records a line for whoever started it: `record_property(FIGURES, line)`."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each line below the tests."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == FIGURES:
                terminalreporter.write_line(f"{report.nodeid}: {value}")
