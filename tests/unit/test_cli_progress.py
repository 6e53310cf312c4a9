"""The bars that long commands draw."""

from __future__ import annotations

from bot.cli import progress
from data.progress import Step


def test_every_step_has_a_label() -> None:
    """A step without one would end the command on a terminal only."""
    assert {*progress._LABELS} == {*Step}
