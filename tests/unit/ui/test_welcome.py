"""The greeting names the commands that it is about."""

from __future__ import annotations

from bot.ui import welcome
from tests.helpers.expected_text import ENGLISH


def test_the_greeting_names_each_command_where_it_is_explained() -> None:
    """A command without an id yet is named as it is typed."""
    text = welcome.greeting(ENGLISH, {"movie": 1, "help": 2, "quota": 3})
    for part in ("Type </movie:1> and describe", "</help:2> shows", "see the limits with </quota show:3>."):
        assert part in text
    assert "with `/quota show`." in welcome.greeting(ENGLISH, {})
