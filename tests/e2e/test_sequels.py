"""*Continue*: a next scene of a finished movie, and their series."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot.ui import button_responses, errors, series
from bot.ui.components import custom_id
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness
from tests.helpers.expected_text import ENGLISH, quote_title
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import ephemeral_text, labels, response_text
from tests.helpers.steps import completed_movie, finish

pytestmark = pytest.mark.both_engines

CONTINUE = ENGLISH("series-continue-button")


def continued(bot: BotHarness) -> list[object]:
    """What each movie continues."""
    return [job["continues_id"] for job in ledger_checks.jobs(bot.place)]


def _options(modal: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every option of a form's menus."""
    components = [label["component"] for label in modal["components"]]
    return [option for component in components for option in component.get("options", ())]


async def edit(bot: BotHarness, priced: InteractionResult, prompt: str) -> InteractionResult:
    """Change Bob's price by its form."""
    assert priced.response is not None
    form = await bot.bob.click(priced.response.message, label=ENGLISH("quotes-edit-button"))
    return await bot.bob.submit_modal(form, {"prompt": prompt, "seconds": "5"})


async def test_anyone_continues_a_year_old_movie_and_the_series_is_in_its_list(bot: BotHarness) -> None:
    """The member who orders pays.

    The form has the same models. After an edit of the price or a failed attempt, the movie still continues the first.
    """
    movie = await completed_movie(bot, prompt="a cat", video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    first = bot.stored_job()
    await bot.clock.advance(365 * 24 * 3600)
    await bot.restart()
    forms = [await bot.bob.click(movie, label=CONTINUE) for _ in range(2)]
    assert repr(series.next_scene(ENGLISH, "a cat", 500)) in str(forms[0].modal)
    assert forms[0].modal is not None
    assert forms[0].modal["title"] == ENGLISH("series-modal-title")
    chosen = [each for each in _options(forms[0].modal) if each["default"]]
    assert [each["value"] for each in chosen] == ["KLINGIMGTOVIDPRO", "FLUX1.1PRO", "9:16"]
    priced = await bot.bob.submit_modal(forms[0], {"prompt": "it runs", "seconds": "10"})
    assert quote_title(100) in ephemeral_text(priced)
    edited = await edit(bot, priced, "it fails")
    bot.upstream.fail_renders(lambda prompt: "fails" in prompt)
    assert edited.response is not None
    await bot.bob.click(edited.response.message, label=ENGLISH("quotes-accept-button"))
    await finish(bot)
    again = await bot.bob.click(bot.messages()[-1], label=ENGLISH("buttons-retry-button"))
    bot.upstream.clear_faults()
    assert again.response is not None
    await bot.bob.click(again.response.message, label=ENGLISH("quotes-accept-button"))
    await finish(bot)
    assert continued(bot) == [None, first.id, first.id]
    jobs = ledger_checks.jobs(bot.place)
    assert [job["member_id"] for job in jobs] == [bot.alice.id, bot.bob.id, bot.bob.id]
    detail = response_text(await bot.alice.slash(bot.channel, "movies", id=first.id))
    assert ENGLISH("series-field", movies=2) in detail
    assert "2. it fails" in detail
    ledger_checks.execute(bot.place, "UPDATE jobs SET guild_id = 5")
    detail = response_text(await bot.alice.slash(bot.channel, "movies", id=first.id))
    assert "it fails" not in detail, "in another server, others' movies of the first one are not shown"


async def test_a_next_scene_with_a_mistake_that_is_mended_continues_the_movie(bot: BotHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat")
    form = await bot.bob.click(movie, label=CONTINUE)
    wrong = await bot.bob.submit_modal(form, {"prompt": "it runs", "seconds": "ten"})
    priced = await edit(bot, wrong, "it runs")
    assert priced.response is not None
    await bot.bob.click(priced.response.message, label=ENGLISH("quotes-accept-button"))
    first, second = ledger_checks.jobs(bot.place)
    assert (second["prompt"], second["continues_id"]) == ("it runs", first["id"])


async def test_a_remix_continues_nothing_and_no_form_continues_what_it_may_not(bot: BotHarness) -> None:
    """Movies that aren't finished, of other servers or without prompt are refused."""
    movie = await completed_movie(bot, prompt="a cat")
    sequel = await bot.alice.click(movie, label=CONTINUE)
    await make_by_modal(bot.alice, sequel, {"prompt": "it runs", "seconds": "5"})
    await finish(bot)
    remix = await bot.alice.click(bot.messages()[-1], label=ENGLISH("buttons-remix-button"))
    await make_by_modal(bot.alice, remix, {"prompt": "a fox", "seconds": "5"})
    first, second, third = ledger_checks.jobs(bot.place)
    assert continued(bot) == [None, first["id"], None]
    bot.upstream.fail_renders(lambda prompt: prompt == "a fox")
    for state in ("queued", "rendering", "failed"):
        assert ledger_checks.jobs(bot.place)[2]["state"] == state
        assert CONTINUE not in labels(bot.messages()[-1])
        pressed = await bot.press(bot.bob, movie, custom_id("continue", third["id"]))
        assert ephemeral_text(pressed) == errors.outdated_command(ENGLISH)
        await bot.run_until_idle(RENDER_SECONDS)
    ledger_checks.execute(bot.place, f"UPDATE jobs SET prompt = '' WHERE id = '{second['id']}'")
    forgotten = await bot.press(bot.bob, bot.messages()[-1], custom_id("continue", second["id"]))
    assert button_responses.not_again(ENGLISH) in ephemeral_text(forgotten)
    ledger_checks.execute(bot.place, f"UPDATE jobs SET guild_id = 5 WHERE id = '{first['id']}'")
    stranger = await bot.press(bot.bob, movie, custom_id("continue", first["id"]))
    assert ephemeral_text(stranger) == button_responses.not_found(ENGLISH)
