"""A post in a forum is requested once: Discord knows no nonce for it."""

from __future__ import annotations

import pytest

from bot.discord_client.forum_posts import _Once


def test_a_form_is_read_for_one_request_only() -> None:
    """discord.py reads it anew for each repeat, after which Discord may have two posts."""
    form = _Once([{"name": "payload_json", "value": "{}"}])
    assert list(form) == [{"name": "payload_json", "value": "{}"}]
    with pytest.raises(TimeoutError):
        list(form)
