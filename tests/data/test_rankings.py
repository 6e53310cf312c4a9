"""The month's ranking of /top, without erased and unlisted members."""

from __future__ import annotations

from bot.domain.credits import Month
from bot.domain.delivery import Delivery, NotificationType, PostedMessage, SentMessage, Venue
from bot.domain.job import JobState
from bot.domain.ranking import Ranked, Ranking
from data import outbox, preferences, pseudonyms, rankings, stars
from tests.helpers.store_harness import ALICE, BOB, CAROL, CHANNEL, GUILD, NOW, StoreHarness, a_job


async def made(store: StoreHarness, number: int, member: int, cost: int, *, venue: Venue = Venue.CHANNEL) -> None:
    """A finished movie that was posted."""
    await store.in_state(a_job(number, member, cost=cost), JobState.COMPLETED)
    sent = SentMessage(PostedMessage(CHANNEL, 100 + number, venue))
    await store.database.write(outbox.mark_sent, Delivery(a_job(number).id, NotificationType.COMPLETED, 0), sent, NOW)


async def top(store: StoreHarness, guild: int = GUILD, month: str = "2026-11") -> Ranking:
    """A server's ranking."""
    parsed = Month.parse(month)
    assert parsed is not None
    return await store.database.read(rankings.read, guild, parsed)


async def test_the_best_come_first_and_only_those_who_are_listed(store: StoreHarness) -> None:
    """A movie by DM counts for its maker, but isn't shown."""
    await made(store, 1, ALICE, 10)
    await made(store, 2, ALICE, 20)
    await made(store, 3, BOB, 90)
    await made(store, 4, BOB, 1, venue=Venue.DIRECT)
    await made(store, 5, CAROL, 300)
    for press, member in enumerate((BOB, CAROL)):
        await store.database.write(stars.toggle, a_job(2).id, member, interaction_id=press, now=NOW)
    await store.database.write(preferences.set_unlisted, CAROL, unlisted=True)
    found = await top(store)
    assert [(int(item.job.id), given) for item, given in found.movies] == [(2, 2), (3, 0), (1, 0)]
    assert found.makers == (Ranked(ALICE, 2), Ranked(BOB, 2))
    assert found.patrons == (Ranked(BOB, 91), Ranked(ALICE, 30))
    for other in (await top(store, GUILD + 1), await top(store, month="2026-10")):
        assert (other.movies, other.makers, other.patrons) == ((), (), ())
    await store.database.write(pseudonyms.replace, GUILD, ALICE, -5)  # as an erasure does
    assert (await top(store)).patrons == (Ranked(BOB, 91),)
