"""The buttons of an ended movie: remix, retry, refresh."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.domain.quote import QuoteUnavailableReason
from bot.sandbox.fault_injection import Exchange, Fault, Proceed, Reply, Route
from bot.sandbox.faults import respond
from bot.ui import button_responses
from bot.ui.job_buttons import STUDIO
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import BotHarness
from tests.helpers.expected_text import (
    ENGLISH,
    LUMA_LABEL,
    quote_title,
    shows_job,
    unavailable_reason,
)
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.quote_message import make_by_modal
from tests.helpers.reading import actions, button, ephemeral_text, labels, message_text
from tests.helpers.settings import CATALOGUE
from tests.helpers.steps import completed_movie, finish, rendering, stored_url

NOTHING = BudgetTotals(used=0, held=0)
DONE = ["Open in Studio", "Remix", "Continue", "Rerun", "New link", "⭐ Star", "Receipt", "Delete", "Report"]


async def test_again_shows_the_cost_and_makes_the_same_request_as_a_new_movie(bot: BotHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat", video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    assert labels(movie) == DONE
    result = await bot.alice.click(movie, label=ENGLISH("buttons-rerun-button"))
    assert quote_title(200) in ephemeral_text(result)
    assert bot.member() == BudgetTotals(used=200, held=0)
    assert result.response is not None
    await bot.alice.click(result.response.message, label="Make it")
    first, second = ledger_checks.jobs(bot.path)
    for column in ("prompt", "duration_seconds", "video_model", "image_model", "aspect_ratio", "member_id"):
        assert first[column] == second[column]
    await finish(bot)
    assert bot.ordered() == 2
    assert bot.member() == BudgetTotals(used=400, held=0)


async def test_again_by_another_member_is_theirs_and_costs_them(bot: BotHarness) -> None:
    movie = await completed_movie(bot)
    result = await bot.bob.click(movie, label=ENGLISH("buttons-rerun-button"))
    assert result.response is not None
    await bot.bob.click(result.response.message, label="Make it")
    assert [job["member_id"] for job in ledger_checks.jobs(bot.path)] == [bot.alice.id, bot.bob.id]
    spent = "SELECT member_id, used, held FROM balances WHERE scope = 'member' ORDER BY used DESC"
    assert [(row["used"], row["held"]) for row in ledger_checks.query(bot.path, spent)] == [(200, 0), (0, 200)]


async def test_a_failed_movie_can_be_tried_again_by_its_member(bot: BotHarness) -> None:
    """The message about the failure has the button, which shows the price."""
    bot.upstream.fail_renders(lambda prompt: "balloon" in prompt)
    await rendering(bot)
    await finish(bot)
    [message] = bot.messages()
    assert actions(message) == ["retry", "receipt"]
    text = ephemeral_text(await bot.bob.click(message, label=ENGLISH("buttons-retry-button")))
    assert text == button_responses.not_owner(ENGLISH, bot.stored_job())
    assert quote_title(200) in ephemeral_text(await bot.alice.click(message, label=ENGLISH("buttons-retry-button")))
    assert bot.member() == NOTHING


async def test_a_failed_movie_is_tried_again_after_a_restart_and_once_for_each_price(bot: BotHarness) -> None:
    """Two presses show two quotes, and accepting one twice charges once."""
    bot.upstream.fail_renders(lambda prompt: "balloon" in prompt)
    await rendering(bot)
    await finish(bot)
    await bot.restart()
    message = bot.messages()[-1]
    first, _ = [await bot.alice.click(message, label=ENGLISH("buttons-retry-button")) for _ in range(2)]
    assert first.response is not None
    make = button(first.response, "Make it")
    for _ in range(2):
        await bot.press(bot.alice, first.response, make)
    assert unavailable_reason(message_text(first.response)) is QuoteUnavailableReason.ACCEPTED
    assert bot.member() == BudgetTotals(used=0, held=200)


async def test_remix_works_a_year_later_and_makes_a_movie_for_each_modal_that_is_sent(bot: BotHarness) -> None:
    """Two presses open two modals, and each makes a movie."""
    movie = await completed_movie(bot, prompt="a cat")
    await bot.clock.advance(365 * 24 * 3600)
    await bot.restart()
    forms = [await bot.alice.click(movie, label=ENGLISH("buttons-remix-button")) for _ in range(2)]
    for form in forms:
        assert "a cat" in str(form.modal)
    for form, prompt in zip(forms, ("a dog", "a fox"), strict=True):
        await make_by_modal(bot.alice, form, {"prompt": prompt, "seconds": "5"})
    assert [job["prompt"] for job in ledger_checks.jobs(bot.path)] == ["a cat", "a dog", "a fox"]


async def test_again_works_a_year_later_after_a_restart(bot: BotHarness) -> None:
    """The price is the present one, not that of the first movie."""
    movie = await completed_movie(bot)
    await bot.clock.advance(365 * 24 * 3600)
    raised = CATALOGUE.replace("credits_per_second = 10", "credits_per_second = 11")
    (bot.tmp_path / "catalogue.toml").write_text(raised, encoding="utf-8")
    await bot.restart()
    assert quote_title(220) in ephemeral_text(await bot.alice.click(movie, label=ENGLISH("buttons-rerun-button")))


async def test_again_with_a_model_that_is_gone_offers_the_default(bot: BotHarness) -> None:
    movie = await completed_movie(bot, prompt="a cat")
    gone = CATALOGUE.replace('recommended_for = ["16:9"]', 'recommended_for = ["16:9"]\nenabled = false')
    (bot.tmp_path / "catalogue.toml").write_text(gone, encoding="utf-8")
    await bot.restart()
    result = await bot.alice.click(movie, label=ENGLISH("buttons-rerun-button"))
    assert "Kling Pro" in ephemeral_text(result)
    assert LUMA_LABEL not in ephemeral_text(result)
    assert result.response is not None
    form = await bot.alice.click(result.response.message, label=ENGLISH("quotes-edit-button"))
    assert "a cat" in str(form.modal)


async def test_remix_opens_the_modal_with_everything_filled_in(bot: BotHarness) -> None:
    """Sending it makes a new movie, and the first keeps its prompt."""
    movie = await completed_movie(bot, prompt="a cat", video_model="KLINGIMGTOVIDPRO", aspect_ratio="9:16")
    form = await bot.alice.click(movie, label=ENGLISH("buttons-remix-button"))
    assert form.modal is not None
    assert form.modal["title"] == ENGLISH("forms-remix-modal-title")
    fields = {each["component"]["custom_id"]: each["component"] for each in form.modal["components"]}
    assert fields["prompt"]["value"] == "a cat"
    assert fields["seconds"]["value"] == "20"
    chosen = {
        name: [option["value"] for option in field["options"] if option.get("default")]
        for name, field in fields.items()
        if "options" in field
    }
    assert chosen == {
        "video_model": ["KLINGIMGTOVIDPRO"],
        "image_model": ["FLUX1.1PRO"],
        "aspect_ratio": ["9:16"],
    }
    await make_by_modal(bot.alice, form, {"prompt": "a dog", "seconds": "5"})
    assert [job["prompt"] for job in ledger_checks.jobs(bot.path)] == ["a cat", "a dog"]
    assert bot.member() == BudgetTotals(used=200, held=50)


async def test_a_remix_by_another_member_is_theirs_and_costs_them(bot: BotHarness) -> None:
    """The new message mentions the presser, and not the first member."""
    movie = await completed_movie(bot)
    await bot.restart()
    form = await bot.bob.click(movie, label=ENGLISH("buttons-remix-button"))
    await make_by_modal(bot.bob, form, {"prompt": "a dog", "seconds": "5"})
    card = bot.messages()[-1]
    assert shows_job(card, bot.stored_jobs()[-1])
    assert ledger_checks.jobs(bot.path)[-1]["member_id"] == bot.bob.id
    await finish(bot)
    assert bot.bob.mention in bot.messages()[-1].content
    assert bot.alice.mention not in bot.messages()[-1].content


async def grow_old(bot: BotHarness) -> None:
    """Let an hour pass, and start the next process.

    There the bot's own tasks are the first to ask the API: SimCord gives them a time of their own, and the client's
    limiter measures in one time only.
    """
    await bot.clock.advance(3600)
    await bot.restart()


def give(bot: BotHarness, url: str) -> None:
    """Make the API give another link from now on.

    It closes the connection, because SimCord would wait for one that a press keeps open.
    """

    async def act(exchange: Exchange, proceed: Proceed) -> Reply:
        answer = json.loads((await proceed(exchange)).body)
        given = Reply.of({**answer, "result": {"status": "COMPLETED", "url": url}})
        return replace(given, headers={"Connection": "close"})

    bot.upstream.inject(Fault("another-link", "gives another link", act, (Route.STATUS,)))


async def test_refresh_link_asks_the_api_and_mends_the_message(bot: BotHarness) -> None:
    """Anyone who presses gets the fresh link, and so does the message."""
    movie = await completed_movie(bot)
    fresh = f"{stored_url(bot)}?signature=2"
    give(bot, fresh)
    await grow_old(bot)
    result = await bot.bob.click(movie, label=ENGLISH("buttons-new-link-button"))
    assert fresh in message_text(result.followups[0])
    assert result.followups[0].ephemeral
    mended = bot.messages()[-1]
    assert mended.content.splitlines()[-1] == fresh
    assert mended.content.splitlines()[0] == movie.content.splitlines()[0]
    assert labels(mended) == DONE
    assert stored_url(bot) == fresh


async def test_refresh_link_leaves_discords_own_embed_of_the_link_alone(bot: BotHarness) -> None:
    """Discord adds an embed of the link beside the bot's own."""
    movie = await completed_movie(bot)
    stored = bot.env.backend.get_message(bot.channel.id, movie.id)
    stored.embeds.insert(0, {"type": "video", "title": "A film", "url": stored_url(bot)})
    give(bot, f"{stored_url(bot)}?signature=2")
    await grow_old(bot)
    await bot.bob.click(movie, label=ENGLISH("buttons-new-link-button"))
    [embed] = bot.messages()[-1].embeds
    assert embed == movie.embeds[0]


async def test_refresh_link_works_in_a_direct_message(bot: BotHarness) -> None:
    """A direct message has no server."""
    card = await rendering(bot)
    await bot.alice.click(card, label=ENGLISH("buttons-direct-button"))
    await finish(bot)
    [movie] = bot.direct_messages(bot.alice)
    fresh = f"{stored_url(bot)}?signature=2"
    give(bot, fresh)
    await bot.restart()
    result = await bot.alice.user.click(movie, label=ENGLISH("buttons-new-link-button"))
    assert fresh in message_text(result.followups[0])
    [mended] = bot.direct_messages(bot.alice)
    assert mended.content.splitlines()[-1] == fresh
    job = bot.stored_job()
    assert actions(mended) == [STUDIO.format(request_id=job.request_id), "refresh", "delete"]


async def test_refresh_link_says_so_where_the_api_gives_none(bot: BotHarness) -> None:
    """The answer has the last known link, and the message stays."""
    movie = await completed_movie(bot)
    await grow_old(bot)
    bot.upstream.inject(respond(404, "Request not found."))
    result = await bot.alice.click(movie, label=ENGLISH("buttons-new-link-button"))
    assert message_text(result.followups[0]) == button_responses.no_fresh_link(ENGLISH, bot.stored_job()).content
    assert stored_url(bot) in message_text(result.followups[0])
    assert bot.messages()[-1].content == movie.content


async def test_refresh_link_asks_the_api_once_in_a_while(bot: BotHarness) -> None:
    """Five presses make one request."""
    movie = await completed_movie(bot)
    await grow_old(bot)
    before = len(bot.upstream.requests)
    for _ in range(5):
        result = await bot.bob.click(movie, label=ENGLISH("buttons-new-link-button"))
        assert stored_url(bot) in message_text(result.followups[0])
    assert len(bot.upstream.requests) == before + 1


async def test_a_fresh_link_that_is_too_odd_to_be_posted_leads_to_the_studio(bot: BotHarness) -> None:
    movie = await completed_movie(bot)
    give(bot, "https://movies.test/@everyone/a.mp4")
    await grow_old(bot)
    result = await bot.alice.click(movie, label=ENGLISH("buttons-new-link-button"))
    assert message_text(result.followups[0]) == button_responses.fresh_link(ENGLISH, bot.stored_job()).content
    assert "Studio" in bot.messages()[-1].content


async def test_an_old_message_that_may_not_be_edited_still_gives_its_link(bot: BotHarness) -> None:
    """Discord refuses the edit (30046), and the member still reads the link."""
    movie = await completed_movie(bot)
    await grow_old(bot)
    bot.env.inject_error("PATCH", "/webhooks/*", status=400, code=30046, times=1)
    result = await bot.alice.click(movie, label=ENGLISH("buttons-new-link-button"))
    assert stored_url(bot) in message_text(result.followups[0])
