"""Small values that outlive a restart."""

from __future__ import annotations

import asyncio

from data import key_value
from data.database import Database


async def test_of_several_who_add_a_key_one_is_told_that_it_was_new(database: Database) -> None:
    """That caller then does what must be done only once."""
    added = await asyncio.gather(*(database.write(key_value.add, "once", str(number)) for number in range(5)))
    assert sorted(added) == [False, False, False, False, True]
    assert await database.read(key_value.get, "once") == str(added.index(True))
