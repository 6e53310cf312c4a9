"""Lets people and servers of the simulated Discord use another language than English.

SimCord sends every interaction as from an English client.
"""

from __future__ import annotations

from typing import Any

from simcord.env import Env

from bot.domain.language import Language


class SpokenLanguages:
    """The languages of members, by their ids, and of the server."""

    def __init__(self, env: Env) -> None:
        self.members: dict[int, Language] = {}
        self.server = Language.ENGLISH
        self._emit = env.backend.emit
        env.backend.emit = self._translate

    def _translate(self, event: str, payload: dict[str, Any], **options: Any) -> None:
        if event == "INTERACTION_CREATE":
            person = payload["member"]["user"] if "member" in payload else payload["user"]
            language = self.members.get(int(person["id"]), Language.ENGLISH)
            payload["locale"] = language.value
            if "guild_locale" in payload:
                payload["guild_locale"] = self.server.value
        self._emit(event, payload, **options)
