"""Who reads a channel may read another one, too."""

from __future__ import annotations

import pytest

from bot.domain.channel_readers import ChannelReaders

EVERYONE, CREW, CAST = 1, 2, 3
CHANNEL, OTHER = 11, 12


@pytest.mark.parametrize(
    ("readers", "others", "may"),
    [
        ({CREW}, {CREW}, True),
        ({CREW}, {CREW, CAST}, True),
        ({CREW, CAST}, {CREW}, False),
        ({CREW}, {CAST}, False),
        ({CREW}, {EVERYONE}, True),
        ({EVERYONE}, {EVERYONE}, True),
        ({EVERYONE}, {CREW}, False),
        ({CREW}, None, False),
        (None, {CREW}, False),
        (None, {EVERYONE}, False),
        (None, None, False),
    ],
)
def test_all_readers_of_a_channel_may_read_another_only_if_both_are_known(
    readers: set[int] | None, others: set[int] | None, may: bool
) -> None:
    known = {CHANNEL: readers, OTHER: others}
    roles = {channel: frozenset(found) for channel, found in known.items() if found is not None}
    assert ChannelReaders(EVERYONE, roles).all_may_read(CHANNEL, OTHER) is may
