"""Preferences are kept until the member resets them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.order import OrderContext, OrderPlaced
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.domain.request import Draft
from data import preferences
from data.database import Database
from data.sqlite import SqliteDatabase
from tests.helpers.reserving import place, reserve
from tests.helpers.store_harness import ALICE, BOB, CHANNEL, GUILD, LIMITS, NOW, StoreHarness, a_job

CATALOGUE = Catalogue(
    (
        VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,)),
        VideoModel("KLING", "Kling", 10, (AspectRatio.WIDE, AspectRatio.TALL)),
    ),
    (ImageModel("FLUX1.1PRO", "Flux 1.1 Pro"),),
)


async def test_an_order_is_remembered_and_goes_where_its_member_wants(database: Database, store: StoreHarness) -> None:
    """The order's transaction also writes the preferences.

    The chosen delivery target stays, and so does the wish not to be listed.
    """
    assert await database.read(preferences.get, ALICE) == Preferences()
    await database.write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await database.write(preferences.set_unlisted, ALICE, unlisted=True)
    job = await store.reserved(a_job(1))
    assert job.delivery_target is DeliveryTarget.DIRECT_MESSAGE
    assert await database.read(preferences.get, ALICE) == Preferences(
        10, "LUMA", "FLUX1.1PRO", "16:9", DeliveryTarget.DIRECT_MESSAGE, unlisted=True
    )
    assert (await store.reserved(a_job(2, BOB))).delivery_target is DeliveryTarget.CHANNEL


async def test_an_order_that_does_not_fit_is_not_remembered(database: Database, store: StoreHarness) -> None:
    await reserve(store.database, a_job(1, cost=10_000), (), store.limits)
    assert await database.read(preferences.get, ALICE) == Preferences()


async def test_an_order_is_completed_from_preferences_only_where_it_says_so(database: Database) -> None:
    """A changed order lacks what its member has taken out."""
    await database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", CATALOGUE)
    made: list[int] = []
    for number, use in enumerate((True, False)):
        context = OrderContext(number, GUILD, CHANNEL, ALICE)
        placed = await database.write(place, context, Draft("a fox"), CATALOGUE, LIMITS, NOW, use_preferences=use)
        assert isinstance(placed, OrderPlaced)
        made.append(placed.job.request.duration_seconds)
    assert made == [12, CATALOGUE.limits.default_seconds]


async def test_choices_are_kept_in_the_file(database: Database, path: Path) -> None:
    """Another process finds them."""
    await database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", CATALOGUE)
    await database.write(preferences.update, ALICE, PreferenceField.ASPECT_RATIO, "9:16", CATALOGUE)
    await database.write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    other = await SqliteDatabase.open(path)
    assert await other.read(preferences.get, ALICE) == Preferences(
        12, aspect_ratio="9:16", delivery_target=DeliveryTarget.DIRECT_MESSAGE
    )
    await other.close()


async def test_an_unavailable_value_changes_nothing(database: Database) -> None:
    """The update returns None."""
    await database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", CATALOGUE)
    assert await database.write(preferences.update, ALICE, PreferenceField.VIDEO_MODEL, "SORA", CATALOGUE) is None
    assert await database.read(preferences.get, ALICE) == Preferences(12)


@pytest.mark.sqlite
async def test_choices_made_at_once_undo_nothing_of_one_another(database: Database, store: StoreHarness) -> None:
    """An order and two menus change preferences at the same time."""
    await asyncio.gather(
        database.write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE),
        store.reserved(a_job(1)),
        database.write(preferences.update, ALICE, PreferenceField.VIDEO_MODEL, "KLING", CATALOGUE),
        database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", CATALOGUE),
    )
    assert await database.read(preferences.get, ALICE) == Preferences(
        12, "KLING", "FLUX1.1PRO", "16:9", DeliveryTarget.DIRECT_MESSAGE
    )


async def test_who_is_forgotten_leaves_no_row_and_others_stay(database: Database) -> None:
    """Deleting twice has no further effect."""
    for member in (ALICE, BOB):
        await database.write(preferences.update, member, PreferenceField.SECONDS, "12", CATALOGUE)
    await database.write(preferences.delete, ALICE)
    await database.write(preferences.delete, ALICE)
    rows = await database.read(lambda tx: tx.fetch_all("SELECT member_id FROM member_preferences"))
    assert [row["member_id"] for row in rows] == [BOB]
    assert await database.read(preferences.get, ALICE) == Preferences()
