"""Extras of a movie, as kept in jobs, quotes and preferences."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.extras import API_DEFAULTS, NO_EXTRAS, Extras, SpokenLanguage, Tone
from bot.domain.quote import Quote
from data import jobs, preferences, quotes
from data.database import Database
from tests.helpers.store_harness import ALICE, GUILD, NOW, StoreHarness, a_job

FRENCH = Extras(SpokenLanguage.FRENCH, subtitles=True, tone=Tone.CINEMATIC)


async def test_extras_are_kept_with_a_job_and_a_quote_and_remembered(database: Database, store: StoreHarness) -> None:
    """An order at an API without extras forgets none: the operator may switch back."""
    remembered: list[tuple[str | None, bool | None, str | None]] = []
    for number, extras in enumerate((FRENCH, NO_EXTRAS, Extras(subtitles=False), API_DEFAULTS)):
        job = replace(a_job(number), request=replace(a_job(number).request, extras=extras))
        await store.reserved(job)
        assert (await database.read(jobs.get, job.id)).request == job.request
        quote = Quote(f"{number:07}quote0", GUILD, 20, ALICE, job.request, 100, NOW)
        await database.write(quotes.save, quote)
        assert await database.read(quotes.get, quote.id, ALICE, NOW) == quote
        kept = await database.read(preferences.get, ALICE)
        remembered.append((kept.language, kept.subtitles, kept.tone))
    french = ("fr", True, "cinematic")
    assert remembered == [french, french, ("fr", False, "cinematic"), ("auto", False, "grounded")]
