"""A message that Discord took, and that nobody wrote down, is found in the channel when its nonce may be forgotten.

The offline Discord knows no nonces: to it, every message that is sent is a new one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

import pytest

from data import renders
from tests.helpers import ledger_checks
from tests.helpers.bot_harness import RENDER_SECONDS, BotHarness


async def died_after_the_message(world: BotHarness, *, down_for: float) -> None:
    """Have a movie posted; then the process dies before it has written that down, and is away for so many seconds."""
    await world.movie()
    await world.run_until_idle()
    await world.clock.advance(RENDER_SECONDS)
    world.env.backend.clock.advance(world.clock.now() / 1000 - world.env.now().timestamp())
    await world.run_until_idle()
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.execute(
            "UPDATE outbox SET status = 'pending', next_attempt_at = created_at, sent_at = NULL, message_id = NULL"
        )
    await world.restart()
    await world.run_until_idle(down_for)


def message_id(world: BotHarness) -> int | None:
    """Which message the file says was delivered."""
    [row] = ledger_checks.outbox(world.path)
    found: int | None = row["message_id"]
    return found


async def test_after_a_long_rest_the_message_is_found_and_not_posted_again(world: BotHarness) -> None:
    """Ten minutes later: the file names the message that stands there."""
    await died_after_the_message(world, down_for=600)
    _, movie = world.messages()
    assert message_id(world) == movie.id


async def test_a_copy_by_somebody_else_does_not_count_as_posted(world: BotHarness) -> None:
    """Another bot mirrors the channel: its copy, with our words and our footer, is not our message."""
    await world.movie()
    await world.run_until_idle()
    await world.clock.advance(RENDER_SECONDS)
    world.env.backend.clock.advance(world.clock.now() / 1000 - world.env.now().timestamp())
    await world.run_until_idle()
    _, ours = world.messages()
    embeds: list[dict[str, Any]] = [dict(each.to_dict()) for each in ours.embeds]
    world.env.backend.create_message(world.channel.id, world.bob.id, ours.content, embeds=embeds)
    world.env.backend.delete_message(world.channel.id, ours.id)
    with closing(sqlite3.connect(world.path)) as connection, connection:
        connection.execute(
            "UPDATE outbox SET status = 'pending', next_attempt_at = created_at, sent_at = NULL, message_id = NULL"
        )
    await world.restart()
    await world.run_until_idle(600)
    _, copy, posted = world.messages()
    assert (copy.author.id, posted.content) == (world.bob.id, ours.content)
    assert message_id(world) == posted.id


async def test_a_direct_message_is_found_too(world: BotHarness) -> None:
    """The channel is closed to us, so it went to the member: once."""
    world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=403, code=50001, times=None)
    await died_after_the_message(world, down_for=600)
    [movie] = world.direct_messages(world.alice)
    assert message_id(world) == movie.id


async def test_where_the_history_may_not_be_read_the_movie_is_posted_all_the_same(world: BotHarness) -> None:
    """A movie twice is better than none."""
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages", status=403, code=50001, times=None)
    await died_after_the_message(world, down_for=600)
    _, first, second = world.messages()
    assert first.content == second.content
    assert message_id(world) == second.id


async def test_where_the_history_is_not_shown_now_it_is_asked_again_later(world: BotHarness) -> None:
    """Discord is not well: nothing is posted before it has answered."""
    world.env.inject_error("GET", f"/channels/{world.channel.id}/messages", status=503, times=1)
    await died_after_the_message(world, down_for=600)
    assert message_id(world) is None
    await world.run_until_idle(60)
    _, movie = world.messages()
    assert message_id(world) == movie.id


@pytest.mark.parametrize("at_once", [True, False])
async def test_another_message_about_the_same_movie_is_not_taken_for_it(world: BotHarness, *, at_once: bool) -> None:
    """That we are checking, and how it came out, are two messages; neither hides the other, however late it comes."""
    world.upstream.inject("cut-after")
    await world.movie()
    await world.run_until_idle()
    job = world.job()
    world.upstream.clear_faults()
    [request_id] = world.upstream.movies
    assert (
        await world.app.database.write(renders.attach_request_id, job["id"], request_id, world.clock.now()) is not None
    )
    await world.run_until_idle(100)
    if not at_once:
        world.env.inject_error("POST", f"/channels/{world.channel.id}/messages", status=503, times=3)
    await world.finish()
    await world.run_until_idle(3600)
    contents = [message.content for message in world.messages()[1:]]
    assert ["checking" in content for content in contents] == [True, False]
    assert "Your movie is ready" in contents[1]


async def test_a_message_that_is_on_time_asks_for_no_history(world: BotHarness) -> None:
    """The usual way costs nothing more."""
    await world.movie()
    await world.finish()
    assert len(world.messages()) == 2
    assert world.requests("GET", "/messages") == []
