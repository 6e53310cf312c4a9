"""Presses on cards that are out of date: whoever presses one corrects it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from pathlib import Path

import pytest
from simcord.actors import MemberActor

from tests.e2e.movie_lists import open_one
from tests.support.books import Totals
from tests.support.stray_cards import agree, says_cancelled, stray
from tests.support.world import World, button, labels, open_world, refused, shown

NOTHING = Totals(used=0, held=0)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
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
async def test_a_press_corrects_a_card_that_could_not_be_found(world: World, name: str, label: str, words: str) -> None:
    """Whoever presses reads what became of it, privately, and everyone sees the card as it should be."""
    card = await stray(world)
    assert card is not None
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages", status=403, code=50001, times=None)
    await world.turn()
    who: MemberActor = getattr(world, name)
    result = await who.click(card, label=label)
    assert says_cancelled(world.messages()[0])
    [followup] = result.followups
    assert followup.ephemeral
    assert words in shown(followup)


async def test_a_card_is_left_alone_as_long_as_its_order_may_be_confirmed(world: World) -> None:
    """As a process leaves it that is killed after Discord's acceptance: corrected with the withdrawal, not before."""
    await world.movie()
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.execute("UPDATE jobs SET answered_at = NULL, card_id = NULL, due_at = NULL")
    [card] = world.messages()
    assert "only just being put into the queue" in refused(await world.alice.click(card, label="Cancel"))
    await world.turn(60)
    assert not says_cancelled(world.messages()[0])
    await world.turn(1)
    card, message = world.messages()
    assert says_cancelled(card)
    assert "was not started" in message.content
    assert world.member() == NOTHING


async def test_a_press_on_a_card_that_is_right_edits_nothing(world: World) -> None:
    """Nor does one on a message about the movie."""
    await stray(world)
    await world.turn()
    card, message = world.messages()
    again = button(card, "Try again")
    assert "costs 300 credits" in refused(await world.press(world.alice, card, again))
    job_id = world.job()["id"]
    before = shown(message)
    await world.press(world.alice, message, f"m:cancel:{job_id}")
    assert shown(world.messages()[1]) == before


@pytest.mark.parametrize("action", ["again", "remix"])
async def test_press_that_has_an_answer_of_its_own_gets_it_on_an_outdated_card(world: World, action: str) -> None:
    """An interaction is answered once: a card from another version keeps its look, not the press its answer."""
    await stray(world)
    [card] = world.messages()
    pressed = await world.press(world.alice, card, f"m:{action}:{world.job()['id']}")
    if action == "remix":
        assert pressed.modal is not None
    else:
        assert "costs 300 credits" in refused(pressed)


async def test_a_press_brings_any_card_up_to_date_whose_movie_has_ended(world: World) -> None:
    """Its last edit was lost."""
    await world.movie(duration=20)
    await world.turn()
    world.env.inject_error("PATCH", f"/channels/{world.channel.id}/messages/*", status=403, code=50001, times=None)
    await world.finish()
    [card] = [each for each in world.messages() if not each.content]
    assert "ready" not in str(card.embeds[0].title)
    await world.bob.click(card, label="Follow")
    [card] = [each for each in world.messages() if not each.content]
    assert card.embeds[0].title == "🍿 Your movie is ready"


async def test_a_press_leaves_the_card_of_a_movie_under_way_to_the_engine(world: World) -> None:
    """It knows how far the movie is; the press does not."""
    await world.movie(duration=20)
    world.env.inject_error("PATCH", f"/channels/{world.channel.id}/messages/*", status=403, code=50001, times=None)
    await world.turn()
    [card] = world.messages()
    assert not says_cancelled(card)
    assert "mentioned when it is done" in refused(await world.bob.click(card, label="Follow"))
    assert not says_cancelled(world.messages()[0])


async def test_a_press_in_movies_leaves_the_private_page_as_it_is(world: World) -> None:
    """It shows more than the card, and the way back; it is looked at again with a button of its own."""
    await world.movie(duration=20)
    page = (await world.alice.slash(world.channel, "movies")).response
    assert page is not None
    await open_one(world, page)
    await world.finish()
    before = shown(page)
    await world.alice.click(page, label="Send it to me directly")
    assert shown(page) == before
    assert "Back to the list" in labels(page)
