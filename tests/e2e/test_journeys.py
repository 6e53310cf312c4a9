"""Walks through the features: snapshots hold all that the bot asks of Discord and of the API, and all that it stores.

After a change that is meant: `.venv/bin/python -m pytest tests/e2e/test_journeys.py --snapshot-update`, and read the
difference.
"""

from __future__ import annotations

import pytest
from simcord.results import InteractionResult
from syrupy.assertion import SnapshotAssertion

from bot.domain.approvals import ApprovalScope
from bot.domain.movie_nights import Weekday
from bot.ui import approvals, pitches
from bot.ui.components import custom_id
from bot.ui.server_setup import SetupPage
from tests.helpers.admin_harness import AdminHarness
from tests.helpers.awaiting import awaiting, configure, newest
from tests.helpers.expected_text import ENGLISH
from tests.helpers.reading import answered, button, custom_ids, labels
from tests.helpers.reporting import newest as newest_report
from tests.helpers.snapshots import TextFile
from tests.helpers.steps import behind_more
from tests.helpers.transcript import Transcript

pytestmark = pytest.mark.settings(confirm_above_credits=300, member_monthly_credits=1000)

DAY = 24 * 3600


@pytest.fixture
def seen(bot: AdminHarness, snapshot: SnapshotAssertion) -> Transcript:
    return Transcript(bot, snapshot.use_extension(TextFile))


async def test_a_movie_and_its_buttons(bot: AdminHarness, seen: Transcript) -> None:
    await bot.movie(prompt="a red balloon", duration=20)
    seen.after("alice orders a movie")
    [card] = bot.messages()
    await bot.bob.click(card, label="Notify me")
    await bot.act(bot.alice, card, "target", "direct")
    await bot.act(bot.alice, bot.messages()[0], "target", "channel")
    seen.after("bob follows it, and alice changes her mind twice")
    await bot.run_until_idle()
    seen.after("it is submitted")
    await bot.run_until_idle(50)
    seen.after("it is half done")
    await bot.finish()
    seen.after("it is finished")
    movie = bot.messages()[-1]
    for label in ("Remix", "Continue", "⭐ Star", "⋯"):
        await bot.alice.click(movie, label=label)
        seen.after(f"alice presses {label}")
    for action in ("retry", "refresh", "receipt"):
        await behind_more(bot.alice, movie, action)
        seen.after(f"alice presses {action} behind it")
    await bot.bob.click(movie, label="⭐ Star")
    seen.after("bob gives a star")
    for command in ("movies", "credits", "preferences", "help", "top", "pitches"):
        await bot.alice.slash(bot.channel, command)
        seen.after(f"alice types /{command}")
    question = await behind_more(bot.alice, movie, "delete")
    await bot.alice.click(answered(question).message, label=ENGLISH("buttons-delete-movie-button"))
    await bot.run_until_idle()
    seen.after("alice deletes it")
    seen.check()


async def test_a_price_that_is_shown_first(bot: AdminHarness, seen: Transcript) -> None:
    async def press(shown: InteractionResult, action: str) -> InteractionResult:
        return await bot.alice.click(answered(shown).message, custom_id=custom_ids(answered(shown))[action])

    shown = await bot.movie(prompt="a red balloon", duration=40)
    seen.after("alice is shown a price")
    form = await press(shown, "quote-edit")
    shown = await bot.alice.submit_modal(form, {"prompt": "a blue balloon", "seconds": "35"})
    seen.after("alice changes the prompt")
    await press(shown, "quote-accept")
    seen.after("alice accepts it")
    await bot.finish()
    seen.after("it is made")
    await press(await bot.movie(prompt="a green balloon", duration=40), "quote-cancel")
    seen.after("alice cancels another one")
    await bot.movie(prompt="a long voyage", duration=100)
    seen.after("a third one is too expensive")
    seen.check()


async def test_one_movie_that_leads_to_another(bot: AdminHarness, seen: Transcript) -> None:
    await bot.movie(prompt="a red balloon", duration=20)
    await bot.act(bot.alice, bot.messages()[0], "target", "direct")
    await bot.finish()
    seen.after("alice gets a movie by DM")
    await bot.made(bot.bob, prompt="a kite", duration=10)
    movie = bot.messages()[-1]
    remix = await bot.alice.click(movie, label="Remix")
    await bot.alice.submit_modal(remix, {"prompt": "a paper kite", "seconds": "12"})
    seen.after("alice makes a remix of bob's")
    sequel = await bot.bob.click(movie, label="Continue")
    await bot.bob.submit_modal(sequel, {"prompt": "the kite lands", "seconds": "8"})
    seen.after("bob continues his")
    rerun = answered(await behind_more(bot.bob, movie, "retry"))
    await bot.bob.click(rerun.message, custom_id=custom_ids(rerun)["quote-accept"])
    seen.after("bob makes it again")
    await bot.finish()
    seen.after("all are made")
    said = await bot.bob.send(bot.channel, "a boat in a bottle")
    await bot.bob.context_menu(bot.channel, ENGLISH("commands-make-movie-menu"), said)
    seen.after("bob makes a movie of his message")
    seen.check()


async def test_movies_that_are_not_made(bot: AdminHarness, seen: Transcript) -> None:
    bot.upstream.fail_renders(lambda prompt: prompt == "a storm")
    await bot.made(prompt="a storm", duration=20)
    seen.after("one fails")
    await bot.movie(prompt="a calm", duration=20)
    await bot.act(bot.alice, bot.messages()[-1], "cancel")
    seen.after("one is cancelled")
    bot.upstream.inject("cut-after", times=1)
    await bot.movie(prompt="a mist", duration=20)
    await bot.run_until_idle()
    seen.after("one may have been ordered or not")
    bot.fail_answers(500, 0)
    await bot.movie(prompt="a breeze", duration=20)
    await bot.run_until_idle(60)
    seen.after("the card of one can't be posted")
    seen.check()


async def test_a_pitch(bot: AdminHarness, seen: Transcript) -> None:
    await bot.alice.slash(bot.channel, "pitch", prompt="a red balloon", duration=90)
    seen.after("alice pitches a movie")
    message = bot.messages()[-1]
    more = answered(await bot.press(bot.bob, message, custom_ids(message)[pitches.MORE]))
    form = await bot.press(bot.bob, more, custom_ids(more)[pitches.OTHER])
    await bot.bob.submit_modal(form, {pitches.AMOUNT: "400"})
    await bot.press(bot.bob, message, custom_ids(message)[pitches.VOTE])
    await bot.run_until_idle()
    seen.after("bob chips in and votes")
    more = answered(await bot.press(bot.bob, message, custom_ids(message)[pitches.MORE]))
    await bot.press(bot.bob, more, custom_ids(more)[pitches.BACK])
    await bot.press(bot.bob, message, custom_ids(message)[pitches.ADD])
    await bot.run_until_idle(60)
    seen.after("bob takes it back, and chips in less")
    await bot.press(bot.alice, bot.messages()[0], custom_ids(bot.messages()[0])[pitches.REST])
    await bot.run_until_idle()
    seen.after("alice pays the rest")
    await bot.finish()
    seen.after("it is made")
    await bot.bob.slash(bot.channel, "pitch", prompt="a kite", duration=30)
    message = bot.messages()[-1]
    await bot.press(bot.alice, message, custom_ids(message)[pitches.ADD])
    more = answered(await bot.press(bot.dana, message, custom_ids(message)[pitches.MORE]))
    asked = await bot.press(bot.dana, more, custom_ids(more)[pitches.REMOVE])
    await bot.press(bot.dana, answered(asked), next(iter(custom_ids(answered(asked)).values())))
    await bot.run_until_idle()
    seen.after("staff remove another one")
    await bot.bob.slash(bot.channel, "pitch", prompt="a kite", duration=30)
    await bot.press(bot.alice, bot.messages()[-1], custom_ids(bot.messages()[-1])[pitches.ADD])
    await bot.run_until_idle(8 * DAY)
    seen.after("a third one ends without enough")
    seen.check()


async def test_what_staff_decide(bot: AdminHarness, seen: Transcript) -> None:
    asked = await awaiting(bot, prompt="a red balloon", duration=20)
    seen.after("a movie waits for approval")
    await bot.dana.slash(bot.channel, "movies", show="pending")
    await asked.press(approvals.APPROVE, bot.dana)
    await bot.finish()
    seen.after("dana approves it")
    declined = await awaiting(bot, prompt="a rude balloon", duration=20)
    await declined.decline("not here")
    await bot.run_until_idle()
    seen.after("dana declines another one")
    await configure(bot, approval=None)
    movie = next(each for each in bot.messages() if "⋯" in labels(each))
    await bot.bob.submit_modal(await behind_more(bot.bob, movie, "report"), {"reason": "It's scary."})
    await bot.run_until_idle()
    seen.after("bob reports the first one")
    report = await newest_report(bot, movie)
    for action in ("report-dismiss", "report-remove", "report-block"):
        await report.press(action, bot.dana)
        await bot.run_until_idle()
        seen.after(f"dana presses {action}")
    seen.check()


async def test_credits_of_a_server(bot: AdminHarness, seen: Transcript) -> None:
    alice, reason = {"member": bot.alice}, {"reason": "a prize"}
    for command, options in (
        ("server", {"credits": 900}),
        ("default", {"credits": 300}),
        ("member", alice | {"credits": 350}),
        ("role", {"role": bot.stars, "credits": 400}),
        ("grant", alice | reason | {"credits": 50}),
        ("take", alice | reason | {"credits": 20}),
        ("block", alice | {"hours": 2, "reason": "spam"}),
        ("unblock", alice),
        ("show", {}),
        ("show", alice),
    ):
        await bot.quota(command, bot.dana, **options)
        seen.after(f"/quota {command} {', '.join(options)}")
    await configure(bot, gift_credits=30, staff_channel=bot.lines.id)
    await bot.alice.slash(bot.channel, "gift", member=bot.bob, credits=10)
    await bot.run_until_idle()
    seen.after("alice gives bob credits")
    await bot.movie(prompt="a voyage", duration=30)
    short = answered(await bot.movie(prompt="another voyage", duration=20))
    await bot.press(bot.alice, short, custom_ids(short)["credits-ask"])
    await bot.run_until_idle()
    seen.after("alice asks for more")
    asked = await newest(bot)
    await asked.press("request-grant", bot.dana)
    await bot.run_until_idle()
    seen.after("dana grants it")
    seen.check()


async def test_the_setup_of_a_server(bot: AdminHarness, seen: Transcript) -> None:
    panel = answered(await bot.dana.slash(bot.channel, "setup panel"))
    for page in SetupPage:
        await bot.press(bot.dana, panel, custom_id("setup-page", page))
        seen.after(f"dana opens {page}")
    values = {
        "staff_channel": bot.lines.id,
        "gallery": bot.channel.id,
        "gift_credits": 30,
        "pitch_days": 3,
        "approval": ApprovalScope.EVERYONE,
        "movie_night": Weekday.FRIDAY,
    }
    for setting, value in values.items():
        await configure(bot, **{setting: value})
    await bot.run_until_idle()
    seen.after("six settings are changed")
    await bot.dana.slash(bot.channel, "setup export")
    seen.after("dana types /setup export")
    seen.check()


async def test_a_gallery_and_a_movie_night(bot: AdminHarness, seen: Transcript) -> None:
    gallery = bot.guild.create_text_channel("gallery")
    await configure(bot, gallery=gallery.id, gallery_stars=1, movie_night=Weekday.TUESDAY, staff_channel=bot.lines.id)
    for prompt in ("a red balloon", "a blue balloon"):
        await bot.made(prompt=prompt, duration=5)
        await bot.bob.click(bot.messages()[-1], label="⭐ Star")
        await bot.run_until_idle()
        seen.after(f"{prompt} gets a star")
    for _ in range(8):
        await bot.run_until_idle(DAY)
    seen.after("a week passes")
    [night] = [each for each in gallery.history() if ENGLISH("night-all-button") in labels(each)]
    shown = answered(await bot.press(bot.bob, night, button(night, ENGLISH("night-all-button")), channel=gallery))
    seen.after("bob plays them")
    await bot.press(bot.bob, shown, button(shown, ENGLISH("night-next-button")), channel=gallery)
    seen.after("bob plays the next one")
    seen.check()


async def test_a_member_who_goes(bot: AdminHarness, seen: Transcript) -> None:
    await bot.made(prompt="a red balloon", duration=20)
    await bot.movie(prompt="a blue balloon", duration=20)
    seen.after("alice has a movie, and one that waits")
    for action in ("privacy-export", "privacy-erase"):
        shown = answered(await bot.alice.slash(bot.channel, "privacy"))
        asked = await bot.press(bot.alice, shown, custom_ids(shown)[action])
        seen.after(f"alice presses {action}")
    await bot.press(bot.alice, answered(asked), custom_ids(answered(asked))["privacy-confirm-messages"])
    await bot.run_until_idle()
    await bot.run_until_idle(3600)
    seen.after("alice confirms it")
    seen.check()
