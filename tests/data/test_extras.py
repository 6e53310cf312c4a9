"""Extras of a movie, as kept in jobs, quotes and preferences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.extras import API_DEFAULTS, NO_EXTRAS, Extras, SpokenLanguage, Tone
from bot.domain.job import Job
from bot.domain.preferences import Preferences
from bot.domain.quote import Quote
from data import jobs, preferences, quotes
from data.database import Database
from tests.helpers.store_harness import ALICE, GUILD, NOW, StoreHarness, a_job

FRENCH = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC)


def with_extras(number: int, extras: Extras) -> Job:
    """Return a job with these extras."""
    job = a_job(number)
    return replace(job, request=replace(job.request, extras=extras))


@pytest.mark.parametrize("extras", [FRENCH, API_DEFAULTS, NO_EXTRAS, Extras(subtitles=False)])
async def test_a_job_and_a_quote_keep_their_extras(database: Database, store: StoreHarness, extras: Extras) -> None:
    """Having no extras at all is kept, too."""
    job = await store.reserved(with_extras(1, extras))
    assert (await database.read(jobs.get, job.id)).request == job.request
    quote = Quote("0000000quote0", GUILD, 20, ALICE, job.request, 100, NOW)
    await database.write(quotes.save, quote)
    assert await database.read(quotes.get, quote.id, ALICE, NOW) == quote


async def test_the_extras_of_an_order_are_remembered(database: Database, store: StoreHarness) -> None:
    await store.reserved(with_extras(1, FRENCH))
    kept = await database.read(preferences.get, ALICE)
    assert (kept.language, kept.subtitles, kept.tone) == ("fr", True, "cinematic")
    assert kept.subtitles is True
    await store.reserved(with_extras(2, API_DEFAULTS))
    kept = await database.read(preferences.get, ALICE)
    assert (kept.language, kept.subtitles, kept.tone) == ("auto", False, "grounded")


async def test_an_order_at_an_api_without_extras_forgets_none(database: Database, store: StoreHarness) -> None:
    """Preferences apply again when the operator switches back."""
    await store.reserved(with_extras(1, FRENCH))
    await store.reserved(a_job(2))
    assert await database.read(preferences.get, ALICE) == Preferences(
        10, "LUMA", "FLUX1.1PRO", "16:9", language="fr", subtitles=True, tone="cinematic"
    )
