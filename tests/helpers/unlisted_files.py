"""Discord as it lists a message's files: not those that its components show.

The simulated one lists all. https://github.com/discord/discord-api-docs/issues/8277
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest
from simcord.backend import serializers
from simcord.components import walk_components


@contextmanager
def shown_files_unlisted() -> Generator[None]:
    payload = serializers.message_payload

    def without_shown(*args: Any, **kwargs: Any) -> Any:
        message = payload(*args, **kwargs)
        parts = [*walk_components(message["components"])]
        media = [item["media"] for part in parts for item in part.get("items", ())]
        media += [part["file"] for part in parts if "file" in part]
        shown = {each.get("attachment_id") for each in media}
        return {**message, "attachments": [each for each in message["attachments"] if each["id"] not in shown]}

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(serializers, "message_payload", without_shown)
        yield
