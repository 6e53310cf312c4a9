"""A token or a key is shown by nothing but `reveal`."""

from __future__ import annotations

import copy
import dataclasses
import json

import pytest

from bot.domain.secret import Secret

KEY = "sk-0123456789"


@dataclasses.dataclass(frozen=True)
class Holder:
    """Something that holds a key."""

    key: Secret


@pytest.mark.parametrize(
    "shown",
    [str, repr, "{}".format, "{!r}".format, "%s".__mod__, lambda key: repr([key]), lambda key: repr(Holder(key))],
)
@pytest.mark.parametrize("key", [Secret(KEY), copy.deepcopy(Secret(KEY))])
def test_no_way_to_show_it_shows_it(key: Secret, shown: type[str]) -> None:
    """In a log, an f-string, a traceback's repr, a copy, or as a part of something else."""
    assert KEY not in shown(key)


def test_a_dump_of_what_holds_it_does_not_show_it() -> None:
    """It stays what it is, and JSON refuses it."""
    dump = dataclasses.asdict(Holder(Secret(KEY)))
    assert KEY not in repr(dump)
    with pytest.raises(TypeError):
        json.dumps(dump)


def test_whoever_needs_it_gets_it_and_two_can_be_compared() -> None:
    """For a request's header, and to see whether two settings are the same."""
    assert Secret(KEY).reveal() == KEY
    assert Secret(KEY) == Secret(KEY)
    assert Secret(KEY) != Secret("another")
    assert Secret(KEY) != KEY
    assert len({Secret(KEY), Secret(KEY)}) == 1
