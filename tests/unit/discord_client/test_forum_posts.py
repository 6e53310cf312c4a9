"""Forum posts, requested once because Discord takes no nonce for them."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.discord_client.forum_posts import _Once, _tags


def test_a_form_is_read_for_one_request_only() -> None:
    """Each retry of discord.py reads the form again and could post twice."""
    form = _Once([{"name": "payload_json", "value": "{}"}])
    assert list(form) == [{"name": "payload_json", "value": "{}"}]
    with pytest.raises(TimeoutError):
        list(form)


def test_a_post_has_a_tag_only_where_the_forum_requires_one() -> None:
    state = discord.Client(intents=discord.Intents(guilds=True))._connection
    guild: Any = {"id": "1"}
    tags = [
        {"id": tag_id, "name": name, "moderated": False, "emoji_id": None, "emoji_name": None}
        for tag_id, name in (("5", "cats"), ("6", "dogs"))
    ]
    for flags, expected in ((discord.ChannelFlags(require_tag=True).value, ["cats"]), (0, [])):
        data: Any = {"id": "2", "type": 15, "name": "films", "position": 0, "available_tags": tags, "flags": flags}
        forum = discord.ForumChannel(state=state, guild=discord.Guild(data=guild, state=state), data=data)
        assert [each.name for each in _tags(forum)] == expected
