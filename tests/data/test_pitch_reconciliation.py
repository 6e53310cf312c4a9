"""The audit names pitches and pledges that don't match the ledger."""

from __future__ import annotations

from bot.domain.pitch import Pitch
from data import pitch_ends, reconciliation, renders, submissions
from data.database import Transaction
from tests.helpers.pitching import Pitching
from tests.helpers.store_harness import ALICE, BOB, CAROL, GUILD, NOW, StoreHarness

PLEDGE, PITCH = "the pledge of member", "pitch"
"""How a line begins."""

CHANGES = [
    ("open", "DELETE FROM pledges WHERE pitch_id = :id", [PLEDGE, PITCH]),
    ("over", "DELETE FROM pledges WHERE pitch_id = :id", [PLEDGE]),
    ("open", "UPDATE pledges SET allowance = allowance + 1 WHERE pitch_id = :id", [PLEDGE, PITCH]),
    ("open", "UPDATE pledges SET extra = extra + 1 WHERE pitch_id = :id", [PLEDGE, PITCH]),
    ("open", "UPDATE pledges SET allowance = allowance - 1, extra = extra + 1 WHERE pitch_id = :id", [PLEDGE]),
    ("waits", "UPDATE pledges SET allowance = allowance + 1 WHERE pitch_id = :id AND member_id = 2", [PLEDGE]),
    ("made", "UPDATE pledges SET spent = spent - 1 WHERE pitch_id = :id AND member_id = 2", [PLEDGE]),
    ("over", "UPDATE pledges SET state = 'spent', spent = 0 WHERE pitch_id = :id", [PLEDGE]),
    (
        "open",
        (
            "INSERT INTO pledges (pitch_id, member_id, guild_id, month, allowance, extra, state, created_at, ended_at,"
            " member_language, interaction_id) VALUES (:id, 3, 10, '2026-11', 5, 0, 'returned', 1, 1, 'fr', 1)"
        ),
        [PLEDGE],
    ),
    (
        "open",
        "UPDATE pitches SET state = 'withdrawn', pledged = 0, next_run_at = NULL, ended_at = 1 WHERE id = :id",
        [PLEDGE, PITCH],
    ),
    ("waits", "UPDATE pitches SET state = 'removed', pledged = 0 WHERE id = :id", [PLEDGE, PLEDGE, PITCH]),
    ("open", "UPDATE pitches SET pledged = pledged + 1 WHERE id = :id", [PITCH]),
    ("open", "UPDATE pitches SET state = 'waiting_for_plan', waits_for = 'plan' WHERE id = :id", [PITCH]),
    (
        "made",
        (
            "UPDATE pitches SET price_credits = 101, pledged = 101 WHERE id = :id; "
            "UPDATE jobs SET price_credits = 101 WHERE pitch_id = :id"
        ),
        [PITCH],
    ),
    ("made", "UPDATE jobs SET price_credits = 101 WHERE pitch_id = :id", [PITCH]),
    ("over", "UPDATE pitches SET pledged = 1 WHERE id = :id", [PITCH]),
]
"""Which pitch is changed, how, and which lines name it."""


async def pitched(store: StoreHarness) -> dict[str, Pitch]:
    """Make pitches: open, with a movie, with one that waits, and withdrawn."""
    pitching = Pitching(store.database, store.place)
    write = store.database.write
    await pitching.grant(CAROL, 30)
    made = await pitching.made(100)
    job = (await pitching.funded(made, (BOB, 40), (CAROL, 60))).job
    await write(submissions.claim, NOW, 1, 10, 10)
    await write(submissions.mark_rendering, job.id, "r", NOW, NOW)
    await write(renders.complete, job.id, "https://movies.test/a.mp4", NOW)
    waits = await pitching.made(100)
    await pitching.funded(waits, (BOB, 40), (CAROL, 60))
    opened, over = await pitching.made(300), await pitching.made(300)
    for each in (opened, over):
        await pitching.pledged(each, BOB, 50)
    await write(pitch_ends.withdraw, over.id, GUILD, ALICE, NOW)
    return {"open": opened, "made": made, "waits": waits, "over": over}


async def test_what_does_not_match_is_named_and_nothing_else(store: StoreHarness) -> None:
    pitches = await pitched(store)
    assert await store.database.read(reconciliation.find_discrepancies) == ()

    def named(tx: Transaction, which: str, change: str) -> tuple[str, ...]:
        with tx.savepoint() as undo:
            for statement in change.split("; "):
                assert tx.execute(statement, {"id": pitches[which].id})
            found = reconciliation.find_discrepancies(tx)
            undo.rollback()
        return found

    for which, change, kinds in CHANGES:
        lines = await store.database.write(named, which, change)
        assert [*map(str.startswith, lines, kinds)] == [True] * len(kinds) == [True] * len(lines), (change, lines)
        assert all(pitches[which].id in line for line in lines), (change, lines)
