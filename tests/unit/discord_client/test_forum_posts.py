"""Forum posts, requested once because Discord takes no nonce for them."""

from __future__ import annotations

import pytest

from bot.discord_client.forum_posts import _Once


def test_a_form_is_read_for_one_request_only() -> None:
    """Each retry of discord.py reads the form again and could post twice."""
    form = _Once([{"name": "payload_json", "value": "{}"}])
    assert list(form) == [{"name": "payload_json", "value": "{}"}]
    with pytest.raises(TimeoutError):
        list(form)
