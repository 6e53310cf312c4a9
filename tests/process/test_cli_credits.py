"""`credits` at the command line, under the member's own limits."""

from __future__ import annotations

import re
from pathlib import Path

from bot.domain.quota import AuditContext, LimitScope
from data import grants, limits, orders, renders, submissions
from data.sqlite import SqliteDatabase
from tests.helpers import migrated_file
from tests.helpers.clock import START
from tests.helpers.command_line import ALICE, GUILD, LIMITS, a_job, run
from tests.helpers.reserving import reserve

MANAGER, ROLE = 44, 7


async def test_what_is_left_is_what_can_be_spent(tmp_path: Path) -> None:
    """The server's share is smaller than the member's balance."""
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    database = await SqliteDatabase.open(path)
    await database.write(limits.set_limit, LimitScope.SERVER, 0, 70, by=AuditContext(MANAGER, GUILD), now=START)
    await database.close()
    member = (str(GUILD), str(ALICE))
    granted = await run(tmp_path, "credits", "grant", *member, "50", "--json")
    assert granted.parsed == {"granted": 50, "left": 70}
    assert (await run(tmp_path, "credits", "show", *member, "--json")).parsed["left"] == 70
    assert re.search(r"^left +70$", (await run(tmp_path, "credits", "show", *member)).out, re.MULTILINE)
    small = {"MEMBER_MONTHLY_CREDITS": "5"}
    assert (await run(tmp_path, "credits", "show", *member, "--json", **small)).parsed["left"] == 55
    assert (await run(tmp_path, "credits", "grant", *member, "5", "--json", **small)).parsed["left"] == 60


async def test_the_bonus_on_hold_and_spent_is_among_the_credits_that_are_shown(tmp_path: Path) -> None:
    """The allowance pays 60 of the movie's credits, the bonus 40."""
    path, by, job = tmp_path / "movies.db", AuditContext(MANAGER, GUILD), a_job(1)
    migrated_file.create(path)
    database = await SqliteDatabase.open(path)
    await database.write(limits.set_limit, LimitScope.MEMBER, ALICE, 60, by=by, now=START)
    await database.write(grants.grant, ALICE, 55, by=by, now=START)
    await reserve(database, job, (), LIMITS)

    async def shown() -> list[str]:
        """Return the figures, and the last entry without its time."""
        lines = (await run(tmp_path, "credits", "show", str(GUILD), str(ALICE))).out.splitlines()
        return [re.split(" {2,}", line)[1] for line in lines[:5]] + re.split(" {2,}", lines[7])[1:]

    held = await shown()
    await database.write(orders.enqueue, job.id, 77, START)
    await database.write(submissions.claim, START, 1, 10, 10)
    await database.write(submissions.mark_rendering, job.id, "request-1", START, START)
    await database.write(renders.complete, job.id, "https://movies.test/1.mp4", START)
    await database.close()
    assert held == ["60 a month (member)", "0", "100", "15", "15", "on hold", "100", job.id]
    assert await shown() == ["60 a month (member)", "60", "0", "15", "15", "spent", "100", job.id]


async def test_a_members_roles_count_as_they_were_at_the_last_order(tmp_path: Path) -> None:
    """Discord is not asked.

    The credits of that order were released.
    """
    path = tmp_path / "movies.db"
    migrated_file.create(path)
    database = await SqliteDatabase.open(path)
    by, job = AuditContext(MANAGER, GUILD), a_job(1)
    await database.write(limits.set_limit, LimitScope.ROLE, ROLE, 900, by=by, now=START)
    await reserve(database, job, (ROLE,), LIMITS)
    assert await database.write(orders.void, job.id, START, notify=False)
    await database.close()
    member = (str(GUILD), str(ALICE))
    shown = (await run(tmp_path, "credits", "show", *member, "--json")).parsed
    assert (shown["allowance"]["limit"], shown["left"]) == (900, 900)
    granted = await run(tmp_path, "credits", "grant", *member, "50", "--json")
    assert (granted.status, granted.parsed, granted.err) == (0, {"granted": 50, "left": 950}, "")
    printed = (await run(tmp_path, "credits", "show", *member)).out
    assert re.findall(r"UTC  (.+?)  ", printed) == ["granted", "refunded", "on hold"]
    assert re.search(r"UTC  granted +50 +granted by the operator$", printed, re.MULTILINE)
    shown = (await run(tmp_path, "credits", "show", *member, "--json")).parsed
    assert [each["entry_type"] for each in shown["movements"]] == ["grant", "release", "hold"]
