"""What is remembered of members outlives everything but their own wish to be forgotten."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.preferences import Choice, Preferences, Tell
from data.database import Database
from data.preferences import PreferenceBook
from tests.data.desk import ALICE, BOB, Desk, a_job
from tests.support.reserving import reserve

CATALOGUE = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)),
        VideoModel("KLING", "Kling", 10, (AspectRatio.WIDE, AspectRatio.TALL)),
    ),
    (ImageModel("FLUX1.1PRO", "Flux 1.1 Pro"),),
)


async def test_an_order_is_remembered_and_goes_where_its_member_wants(database: Database, desk: Desk) -> None:
    """In the transaction that takes the credits; where movies go stays as it was chosen."""
    book = PreferenceBook(database)
    assert await book.of(ALICE) == Preferences()
    await book.tell(ALICE, Tell.DIRECT)
    job = await desk.reserved(a_job(1))
    assert job.tell is Tell.DIRECT
    assert await book.of(ALICE) == Preferences(10, "LUMA", "FLUX1.1PRO", "16:9", Tell.DIRECT)
    assert (await desk.reserved(a_job(2, BOB))).tell is Tell.CHANNEL


async def test_an_order_that_does_not_fit_is_not_remembered(database: Database, desk: Desk) -> None:
    """What was refused was never made."""
    await reserve(desk.store, a_job(1, cost=10_000), (), desk.limits)
    assert await PreferenceBook(database).of(ALICE) == Preferences()


async def test_choices_are_kept_in_the_file(database: Database, path: Path) -> None:
    """The next process finds them."""
    book = PreferenceBook(database)
    await book.choose(ALICE, Choice.SECONDS, "12", CATALOGUE)
    await book.choose(ALICE, Choice.ASPECT_RATIO, "9:16", CATALOGUE)
    await book.tell(ALICE, Tell.DIRECT)
    other = await Database.open(path)
    assert await PreferenceBook(other).of(ALICE) == Preferences(12, aspect_ratio="9:16", tell=Tell.DIRECT)
    await other.close()


async def test_what_is_not_offered_changes_nothing(database: Database) -> None:
    """None says so."""
    book = PreferenceBook(database)
    await book.choose(ALICE, Choice.SECONDS, "12", CATALOGUE)
    assert await book.choose(ALICE, Choice.VIDEO_MODEL, "SORA", CATALOGUE) is None
    assert await book.of(ALICE) == Preferences(12)


async def test_choices_made_at_once_undo_nothing_of_one_another(database: Database, desk: Desk) -> None:
    """Two menus in one moment, and an order between them."""
    book = PreferenceBook(database)
    await asyncio.gather(
        book.tell(ALICE, Tell.DIRECT),
        desk.reserved(a_job(1)),
        book.choose(ALICE, Choice.VIDEO_MODEL, "KLING", CATALOGUE),
        book.choose(ALICE, Choice.SECONDS, "12", CATALOGUE),
    )
    assert await book.of(ALICE) == Preferences(12, "KLING", "FLUX1.1PRO", "16:9", Tell.DIRECT)


async def test_who_is_forgotten_leaves_no_row_and_others_stay(database: Database) -> None:
    """Forgetting what is not there does no harm."""
    book = PreferenceBook(database)
    for member in (ALICE, BOB):
        await book.choose(member, Choice.SECONDS, "12", CATALOGUE)
    await book.forget(ALICE)
    await book.forget(ALICE)
    rows = await database.read(lambda tx: tx.rows("SELECT member_id FROM preferences"))
    assert [row["member_id"] for row in rows] == [BOB]
    assert await book.of(ALICE) == Preferences()
