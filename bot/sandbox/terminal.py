"""Prints Discord messages on a terminal as plain text.

Progress is updated in place.
"""

from __future__ import annotations

import itertools
import re
import sys
import textwrap
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from babel.dates import format_timedelta

_WIDTH = 96
_INDENT = "          "
_FRAME = re.compile(r"### |> |-# ")


class Terminal:
    """Prints a conversation; `names` maps ids in mentions to names."""

    def __init__(self, names: Mapping[int, str]) -> None:
        self._names = names
        self._live = sys.stdout.isatty()
        self._progress = ""

    def title(self, text: str) -> None:
        """Print a heading."""
        print(f"\n{text}\n{'─' * len(text)}", flush=True)

    def say(self, who: str, text: str) -> None:
        """Print a message, wrapped beside its author's name."""
        self._end_progress()
        lines = [
            wrapped for line in text.splitlines() for wrapped in textwrap.wrap(line, _WIDTH, break_long_words=False)
        ]
        for number, line in enumerate(lines):
            print(f"{who:>8}  {line}" if number == 0 else f"{_INDENT}{line}", flush=True)

    def progress(self, text: str) -> None:
        """Show progress: in place on a terminal, else one line per change."""
        if text in ("", self._progress):  # a card can show no progress
            return
        self._progress = text
        if self._live:
            print(f"\r\033[K{_INDENT}{text}", end="", flush=True)
        else:
            print(f"{_INDENT}{text}", flush=True)

    def line(self, text: str) -> None:
        """Print a line unchanged."""
        self._end_progress()
        print(text, flush=True)

    def frame(self, text: str) -> str:
        """Format what stays in a message that is updated: its title, its quotation and its facts."""
        return self.plain("\n".join(filter(_FRAME.match, text.splitlines())))

    def state(self, text: str) -> str:
        """Format what changes in a message that is updated, on one line."""
        return self.plain(" · ".join(itertools.filterfalse(_FRAME.match, text.splitlines())))

    def plain(self, text: str) -> str:
        """Render Discord's markup as text: mentions as names, timestamps as dates."""
        text = re.sub(r"<@(\d+)>", lambda found: f"@{self._names.get(int(found[1]), found[1])}", text)
        text = re.sub(r"<t:(\d+):(\w)>", _date, text)
        text = re.sub(r"^(> |### |-# )", "", text, flags=re.MULTILINE)
        text = re.sub(r"(?<!\\)(\*\*|`)", "", text)
        return re.sub(r"\\([^\w\s]|_)", r"\1", text)

    def _end_progress(self) -> None:
        if self._progress and self._live:
            print(flush=True)
        self._progress = ""


def _date(found: re.Match[str]) -> str:
    """Format a future time relative to now, a past one absolutely.

    A past one would change each second otherwise.
    """
    at = datetime.fromtimestamp(int(found[1]), UTC)
    ahead = at - datetime.now(UTC)
    if found[2] == "R" and ahead > timedelta():
        return format_timedelta(ahead, threshold=1, add_direction=True, locale="en")
    return at.strftime("%d %B %H:%M UTC").lstrip("0")
