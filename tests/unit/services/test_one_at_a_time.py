"""One request of a kind at a time for each member."""

from __future__ import annotations

from bot.services.one_at_a_time import AlreadyRunning, OneAtATime


def test_neither_another_members_request_nor_a_refused_one_ends_the_first() -> None:
    requests = OneAtATime()
    with requests.begin(1) as first:
        with requests.begin(2) as other:
            assert (first, other) == (None, None)
        for _ in range(2):
            with requests.begin(1) as again:
                assert again == AlreadyRunning()
    with requests.begin(1) as next_one:
        assert next_one is None
