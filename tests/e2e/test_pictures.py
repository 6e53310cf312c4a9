"""Movies of members' own pictures, which cost what the movie service takes, and never more than was shown."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from simcord.results import InteractionResult

from bot.domain.approvals import ApprovalScope
from bot.domain.jobs import JobState
from bot.domain.moderation import ModerationCategory, PromptRefused
from bot.domain.pictures import MAX_PICTURE_BYTES
from bot.samsar.config import ApiVersion
from bot.sandbox.moderation_2026 import MODERATION_PATH
from bot.ui import approvals, copies, pitches, refusals
from tests.helpers.admin_harness import AdminHarness, open_admin_harness
from tests.helpers.awaiting import configure, newest
from tests.helpers.bot_harness import UNHURRIED
from tests.helpers.expected_text import ENGLISH
from tests.helpers.ledger_checks import BudgetTotals, query
from tests.helpers.quote_message import CANCEL, EDIT, QuoteMessage, quote_in
from tests.helpers.reading import answered, custom_ids, ephemeral_text, message_text, response_text
from tests.helpers.steps import behind_more
from tests.helpers.uploads import serve_uploads

PRICE, CHARGED = 200, 131
"""Of two pictures, of ten seconds at most each: the API makes clips of 7.9 and of five seconds."""

Files = Mapping[str, object]


def picture(comment: bytes = b"", format_: str = "PNG") -> bytes:
    """Return a picture that has a comment."""
    content = io.BytesIO()
    Image.new("RGB", (64, 36), (len(comment), 120, 200)).save(content, format_)
    return content.getvalue() + comment


CAT, DOG, BIRD = picture(), picture(b"dog", "JPEG"), picture(b"", "WEBP")
TWO: Files = {"picture": ("cat.png", CAT), "picture2": ("dog.txt", DOG)}


@pytest.fixture
async def bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[AdminHarness]:
    """A bot that trusts what its members upload, and whose worker is asked about moderation."""
    unhurried = replace(UNHURRIED, moderation_seconds=600.0, picture_moderation_seconds=600.0)
    async with (
        open_admin_harness(
            tmp_path,
            version=ApiVersion.AUTUMN_2026,
            moderation="samsar",
            client_options=unhurried,
            confirm_above_credits=5,
            member_monthly_credits=2_000,
            plan_monthly_credits=6_000,
        ) as opened,
        serve_uploads(opened, monkeypatch) as origin,
    ):
        await opened.restart(trusted_movie_origins=origin)
        yield opened


def kept(bot: AdminHarness) -> int:
    return query(bot.place, "SELECT COUNT(*) AS n FROM pictures")[0]["n"]


def given(bot: AdminHarness) -> list[bytes | None]:
    """Return the pictures of the only movie that was ordered."""
    [movie] = bot.upstream.movies.values()
    return [scene.picture for scene in movie.order.scenes]


async def quoted(bot: AdminHarness, files: Files = TWO, **options: object) -> QuoteMessage:
    options = {"prompt": "a red balloon", **files, **options}
    return quote_in(bot, await bot.alice.slash(bot.channel, "movie", **options))


async def test_a_movie_of_two_pictures_costs_what_the_movie_service_took(bot: AdminHarness) -> None:
    quote = await quoted(bot)
    assert f"Up to {PRICE} credits** for 2 pictures: you pay what it takes" in quote.text
    assert ENGLISH("pictures-notice") in quote.text
    assert "Make it (up to 200)" in quote.labels
    assert "quote-seconds" not in custom_ids(quote.message)
    assert (bot.member(), kept(bot)) == (BudgetTotals(used=0, held=0), 2)
    await quote.click()
    assert bot.member() == BudgetTotals(used=0, held=PRICE)
    card = message_text(bot.messages()[0])
    assert "2 pictures" in card
    await bot.finish()
    assert bot.stored_job().state is JobState.COMPLETED
    assert given(bot) == [CAT, DOG]
    assert (bot.member(), kept(bot)) == (BudgetTotals(used=CHARGED, held=0), 0)
    delivered = message_text(bot.messages()[-1])
    assert "your movie is ready" in delivered
    assert "2 pictures" in delivered
    receipt = ephemeral_text(await behind_more(bot.alice, bot.messages()[-1], "receipt"))
    assert str(CHARGED) in receipt


async def test_a_movie_of_pictures_needs_no_words(bot: AdminHarness) -> None:
    quote = quote_in(bot, await bot.alice.slash(bot.channel, "movie", **TWO))
    assert ENGLISH("pictures-prompt") in quote.text
    await quote.click()
    await bot.finish()
    assert next(iter(bot.upstream.movies.values())).order.prompt == ENGLISH("pictures-prompt")
    remix = await bot.bob.click(bot.messages()[-1], label=ENGLISH("buttons-remix-button"))
    again = await bot.bob.submit_modal(remix, {"prompt": "a blue balloon", "seconds": "10"})
    assert "10 s" in response_text(again), "the pictures are gone, so it is a movie of its prompt"
    assert "picture" not in response_text(again)


async def test_what_is_no_picture_or_too_large_is_refused(bot: AdminHarness) -> None:
    tried: list[tuple[Files, str]] = [
        ({"picture": ("cat.png", b"GIF89a, not a picture")}, ENGLISH("pictures-not-a-picture", number=1)),
        ({**TWO, "picture3": ("cat.png", b"")}, ENGLISH("pictures-not-a-picture", number=3)),
        (
            {"picture": ("cat.png", CAT + bytes(MAX_PICTURE_BYTES))},
            ENGLISH("pictures-too-large", number=1, most=8),
        ),
        ({**TWO, "duration": 10}, ENGLISH("pictures-with-duration")),
        ({**TWO, "storyboard": True}, ENGLISH("pictures-with-duration")),
    ]
    for options, text in tried:
        refused = await bot.alice.slash(bot.channel, "movie", prompt="a cat", **options)
        assert ephemeral_text(refused) == text
    assert (query(bot.place, "SELECT 1 AS one FROM quotes"), kept(bot)) == ([], 0)
    assert not bot.upstream.movies


async def test_a_forged_option_that_is_no_file_is_refused(bot: AdminHarness) -> None:
    for value in ("123", 5, True):
        assert ephemeral_text(await bot.forge(prompt="a cat", picture=value)) == ENGLISH("errors-invalid-option")
    assert (query(bot.place, "SELECT 1 AS one FROM jobs"), kept(bot)) == ([], 0)
    assert all(type(error).__name__ == "TransformerError" for error in bot.env.errors)


async def test_pictures_that_discord_does_not_hand_over_can_be_tried_again(
    bot: AdminHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(bot.env.backend.cdn, "get", lambda _: None)
        refused = await bot.alice.slash(bot.channel, "movie", prompt="a cat", **TWO)
    assert ephemeral_text(refused) == ENGLISH("pictures-not-read", number=1)
    await quoted(bot)


async def test_a_flagged_picture_is_refused_and_not_kept(bot: AdminHarness) -> None:
    refused = await bot.alice.slash(
        bot.channel, "movie", prompt="a calm lake", picture=("lake.png", picture(b" a massacre "))
    )
    flagged = PromptRefused(ModerationCategory.VIOLENCE)
    assert ephemeral_text(refused) == refusals.prompt_message(ENGLISH, flagged, "a calm lake", has_pictures=True).text
    assert (kept(bot), query(bot.place, "SELECT 1 AS one FROM quotes")) == (0, [])
    asked = [each.body for each in bot.upstream.requests if each.path == MODERATION_PATH]
    assert len(asked) == 1


async def more(bot: AdminHarness, quote: QuoteMessage, *files: tuple[str, bytes]) -> InteractionResult:
    return await bot.alice.submit_modal(await quote.click("quote-more"), {"pictures": [*files]} if files else {})


async def test_more_pictures_than_four_come_with_the_second_form(bot: AdminHarness) -> None:
    quote = quote_in(bot, await bot.movie(duration=10))
    shown = await more(bot, quote, *[(f"{number}.png", CAT) for number in range(10)])
    quote.message = answered(shown)
    assert "Up to 1,000 credits** for 10 pictures" in response_text(shown)
    assert kept(bot) == 10
    assert "storyboard" not in str((await quote.click("quote-more")).modal), "pictures have none"
    shown = await more(bot, quote, ("bird.webp", BIRD))
    quote.message = answered(shown)
    assert (kept(bot), "for 1 picture:" in response_text(shown)) == (1, True)
    quote.message = answered(await more(bot, quote))
    assert (kept(bot), "for 1 picture:" in quote.text) == (1, True), "what is not given anew stays"
    [refused] = (await more(bot, quote, ("cat.txt", b"words"))).followups
    assert message_text(refused) == ENGLISH("pictures-not-a-picture", number=1)
    await quote.click()
    await bot.finish()
    assert given(bot) == [BIRD]


async def test_an_edited_price_keeps_its_pictures_and_a_canceled_one_forgets_them(bot: AdminHarness) -> None:
    quote = await quoted(bot)
    form = await quote.click(EDIT)
    assert "seconds" not in str(form.modal), "the pictures decide"
    quote.message = answered(await bot.alice.submit_modal(form, {"prompt": "a blue balloon"}))
    assert ("blue" in quote.text, "2 pictures" in quote.text, kept(bot)) == (True, True, 2)
    quote.custom_ids = custom_ids(quote.message)
    chosen = await quote.choose("quote-model", "RUNWAYML")
    assert "Up to 1,200 credits" in response_text(chosen)
    assert kept(bot) == 2
    quote.message = answered(chosen)
    form = await quote.click(EDIT)
    await quote.click(CANCEL)
    assert kept(bot) == 0
    refused = await bot.alice.submit_modal(form, {"prompt": "a green balloon"})
    assert ephemeral_text(refused) == ENGLISH("pictures-gone")


async def test_members_pay_for_a_movie_of_pictures_together_and_get_back_what_it_did_not_take(
    bot: AdminHarness,
) -> None:
    quote = await quoted(bot)
    await quote.press(copies.PITCH)
    assert quote.text == ENGLISH("copies-pitched")
    assert kept(bot) == 2, "until it is funded and sent"
    pitch = bot.messages()[-1]
    await bot.bob.click(pitch, label="50")
    await bot.run_until_idle(30)
    await bot.alice.click(bot.messages()[-1], custom_id=custom_ids(bot.messages()[-1])[pitches.REST])
    await bot.finish()
    assert (bot.stored_job().state, given(bot), kept(bot)) == (JobState.COMPLETED, [CAT, DOG], 0)
    assert [bot.budget("member", who).used for who in (bot.bob, bot.alice)] == [33, 98]


LARGE = CAT + bytes(6 * 2**20)
"""Of two, one fits a message."""


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        (TWO, ["picture-1.png", "picture-2.jpg"]),
        (
            {"picture": ("a.png", LARGE), "picture2": ("b.png", LARGE), "picture3": ("c.webp", BIRD)},
            ["picture-1.png", "picture-3.webp"],
        ),
    ],
    ids=["all fit", "one does not fit"],
)
async def test_staff_see_the_pictures_that_they_approve(bot: AdminHarness, files: Files, shown: list[str]) -> None:
    await configure(bot, approval=ApprovalScope.EVERYONE, staff_channel=bot.lines.id)
    await (await quoted(bot, files)).click()
    await bot.run_until_idle(10)
    request = await newest(bot)
    message = bot.env.backend.get_message(bot.lines.id, request.message_id)
    assert [each["filename"] for each in message.attachments] == shown
    await request.press(approvals.APPROVE, bot.dana)
    await bot.finish()
    assert (bot.stored_job().state, len(given(bot))) == (JobState.COMPLETED, len(files))
