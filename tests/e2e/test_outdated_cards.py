"""Presses on cards that are out of date: whoever presses one corrects it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from tests.helpers.bot_harness import BotHarness, button, ephemeral_text, labels, message_text, open_world
from tests.helpers.ledger_checks import BudgetTotals
from tests.helpers.movie_list import open_one
from tests.helpers.stray_cards import agree, says_cancelled, stray

NOTHING = BudgetTotals(used=0, held=0)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[BotHarness]:
    """A world in which Discord's clock agrees with ours: a card is looked for where its order stands in time."""
    async with open_world(tmp_path) as opened:
        await agree(opened)
        yield opened


WHO = [
    ("alice", "Cancel", "has ended already, and its **300 credits** came back"),
    ("bob", "Cancel", "**alice** asked"),
]
WHO += [("bob", "Follow", "has ended already"), ("alice", "Send it to me directly", "has ended already")]


@pytest.mark.parametrize(("name", "label", "words"), WHO)
async def test_a_press_corrects_a_card_that_could_not_be_found(
    world: BotHarness, name: str, label: str, words: str
) -> None:
    """Whoever presses reads what became of it, privately, and everyone sees the card as it should be."""
    card = await stray(world)
    assert card is not None
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages", status=403, code=50001, times=None)
    await world.run_until_idle()
    who: MemberActor = getattr(world, name)
    result = await who.click(card, label=label)
    assert says_cancelled(world.messages()[0])
    [followup] = result.followups
    assert followup.ephemeral
    assert words in message_text(followup)


async def test_a_card_is_left_alone_as_long_as_its_order_may_be_confirmed(world: BotHarness) -> None:
    """As a process leaves it that is killed after Discord's acceptance: corrected with the withdrawal, not before."""
    await world.movie()
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.execute(
            "UPDATE jobs SET state = 'reserved', acknowledged_at = NULL, card_message_id = NULL, next_run_at = NULL"
        )
    [card] = world.messages()
    assert "only just being put into the queue" in ephemeral_text(await world.alice.click(card, label="Cancel"))
    await world.run_until_idle(60)
    assert not says_cancelled(world.messages()[0])
    await world.run_until_idle(1)
    card, message = world.messages()
    assert says_cancelled(card)
    assert "was not started" in message.content
    assert world.member() == NOTHING


async def test_a_press_on_a_card_that_is_right_edits_nothing(world: BotHarness) -> None:
    """Nor does one on a message about the movie."""
    await stray(world)
    await world.run_until_idle()
    card, message = world.messages()
    again = button(card, "Try again")
    assert "costs 300 credits" in ephemeral_text(await world.press(world.alice, card, again))
    job_id = world.job()["id"]
    before = message_text(message)
    await world.press(world.alice, message, f"m:cancel:{job_id}")
    assert message_text(world.messages()[1]) == before


@pytest.mark.parametrize("action", ["retry", "remix"])
async def test_press_that_has_an_answer_of_its_own_gets_it_on_an_outdated_card(world: BotHarness, action: str) -> None:
    """An interaction is answered once: a card from another version keeps its look, not the press its answer."""
    await stray(world)
    [card] = world.messages()
    pressed = await world.press(world.alice, card, f"m:{action}:{world.job()['id']}")
    if action == "remix":
        assert pressed.modal is not None
    else:
        assert "costs 300 credits" in ephemeral_text(pressed)


async def test_a_press_brings_any_card_up_to_date_whose_movie_has_ended(world: BotHarness) -> None:
    """Its last edit was lost."""
    await world.movie(duration=20)
    await world.run_until_idle()
    world.env.inject_error("PATCH", f"/channels/{world.channel.id}/messages/*", status=403, code=50001, times=None)
    await world.finish()
    [card] = [each for each in world.messages() if not each.content]
    assert "ready" not in str(card.embeds[0].title)
    await world.bob.click(card, label="Follow")
    [card] = [each for each in world.messages() if not each.content]
    assert card.embeds[0].title == "🍿 Your movie is ready"


async def test_a_press_leaves_the_card_of_a_movie_under_way_to_the_engine(world: BotHarness) -> None:
    """It knows how far the movie is; the press does not."""
    await world.movie(duration=20)
    world.env.inject_error("PATCH", f"/channels/{world.channel.id}/messages/*", status=403, code=50001, times=None)
    await world.run_until_idle()
    [card] = world.messages()
    assert not says_cancelled(card)
    assert "mentioned when it is done" in ephemeral_text(await world.bob.click(card, label="Follow"))
    assert not says_cancelled(world.messages()[0])


async def test_a_press_in_movies_leaves_the_private_page_as_it_is(world: BotHarness) -> None:
    """It shows more than the card, and the way back; it is looked at again with a button of its own."""
    await world.movie(duration=20)
    page = (await world.alice.slash(world.channel, "movies")).response
    assert page is not None
    await open_one(world, page)
    await world.finish()
    before = message_text(page)
    await world.alice.click(page, label="Send it to me directly")
    assert message_text(page) == before
    assert "Back to the list" in labels(page)
