"""Preferences are kept until the member resets them."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, VideoModel
from bot.domain.extras import API_DEFAULTS, NO_EXTRAS, Extras, SpokenLanguage, Tone
from bot.domain.order import OrderContext, OrderPlaced
from bot.domain.preferences import DeliveryTarget, PreferenceField, Preferences
from bot.domain.quote import Quote
from bot.domain.request import Draft
from data import jobs, preferences, quotes
from data.database import Database
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
    assert await database.read(preferences.get, ALICE) == Preferences()
    await database.write(preferences.set_delivery_target, ALICE, DeliveryTarget.DIRECT_MESSAGE)
    await database.write(preferences.set_unlisted, ALICE, unlisted=True)
    job = await store.reserved(a_job(1))
    assert job.delivery_target is DeliveryTarget.DIRECT_MESSAGE
    assert await database.read(preferences.get, ALICE) == Preferences(
        10, "LUMA", "FLUX1.1PRO", "16:9", DeliveryTarget.DIRECT_MESSAGE, unlisted=True
    )
    assert (await store.reserved(a_job(2, BOB))).delivery_target is DeliveryTarget.CHANNEL


async def test_extras_are_kept_with_a_job_and_a_quote_and_remembered(database: Database, store: StoreHarness) -> None:
    """An order at an API without extras forgets none: the operator may switch back."""
    remembered: list[tuple[str | None, bool | None, str | None]] = []
    extras = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC)
    for number, each in enumerate((extras, NO_EXTRAS, Extras(subtitles=False), API_DEFAULTS)):
        job = replace(a_job(number), request=replace(a_job(number).request, extras=each))
        await store.reserved(job)
        assert (await database.read(jobs.get, job.id)).request == job.request
        quote = Quote(f"{number:07}quote0", GUILD, 20, ALICE, job.request, 100, NOW)
        await database.write(quotes.save, quote)
        assert await database.read(quotes.get, quote.id, ALICE, NOW) == quote
        kept = await database.read(preferences.get, ALICE)
        remembered.append((kept.language, kept.subtitles, kept.tone))
    french = ("fr", True, "cinematic")
    assert remembered == [french, french, ("fr", False, "cinematic"), ("auto", False, "grounded")]


async def test_neither_an_order_that_does_not_fit_nor_an_unavailable_value_changes_anything(
    database: Database, store: StoreHarness
) -> None:
    await database.write(preferences.update, ALICE, PreferenceField.SECONDS, "12", CATALOGUE)
    await database.write(preferences.update, ALICE, PreferenceField.ASPECT_RATIO, "9:16", CATALOGUE)
    await reserve(store.database, a_job(1, cost=10_000), (), store.limits)
    assert await database.write(preferences.update, ALICE, PreferenceField.VIDEO_MODEL, "SORA", CATALOGUE) is None
    assert await database.read(preferences.get, ALICE) == Preferences(12, aspect_ratio="9:16")


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


async def test_who_is_forgotten_leaves_no_row_and_others_stay(database: Database) -> None:
    for member in (ALICE, BOB):
        await database.write(preferences.update, member, PreferenceField.SECONDS, "12", CATALOGUE)
    for _ in range(2):
        await database.write(preferences.delete, ALICE)
    rows = await database.read(lambda tx: tx.fetch_all("SELECT member_id FROM member_preferences"))
    assert [row["member_id"] for row in rows] == [BOB]
    assert await database.read(preferences.get, ALICE) == Preferences()
