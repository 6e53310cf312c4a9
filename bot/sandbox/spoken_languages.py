"""Lets members and servers of the simulated Discord speak another language.

SimCord sends every interaction as from an English client.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from simcord.env import Env

from bot.domain.language import Language


class SpokenLanguages:
    """The languages of members, by their ids, and of the server.

    A user who is not in `members` speaks the language of `everyone`.
    """

    def __init__(self, env: Env, everyone: Language = Language.ENGLISH) -> None:
        self.members: dict[int, Language] = {}
        self.server = self._everyone = everyone
        self._emit = env.backend.emit
        env.backend.emit = self._translate

    def _translate(self, event: str, payload: Mapping[str, object]) -> None:
        if event == "INTERACTION_CREATE":
            payload = {**payload, "locale": self._language_of(payload).value}
            if "guild_locale" in payload:
                payload["guild_locale"] = self.server.value
        self._emit(event, payload)

    def _language_of(self, interaction: Mapping[str, object]) -> Language:
        in_server = cast("Mapping[str, object]", interaction.get("member", interaction))
        person = cast("Mapping[str, str]", in_server["user"])
        return self.members.get(int(person["id"]), self._everyone)
