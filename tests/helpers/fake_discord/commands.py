"""The registered commands, and what a member's client sends."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simcord.interactions import nest_options, walk_to_subcommand

from tests.helpers.fake_discord.models import Json
from tests.helpers.fake_discord.state import FakeDiscordState


class CommandRegistry:
    """Commands by scope: None is everywhere, a server's id is that server. They outlive the bot's process."""

    def __init__(self, state: FakeDiscordState, fresh_id: Callable[[], int]) -> None:
        self._state = state
        self._fresh_id = fresh_id
        self._scopes: dict[int | None, list[Json]] = {}

    def registered(self, guild_id: int | None = None) -> tuple[Json, ...]:
        return tuple(self._scopes.get(guild_id, ()))

    def bulk_overwrite(self, guild_id: int | None, commands: Sequence[Json]) -> list[Json]:
        """Replace a scope's commands. A command that keeps its name keeps its id."""
        known = {(c["name"], c["type"]): c["id"] for c in self.registered(guild_id)}
        scope = {} if guild_id is None else {"guild_id": str(guild_id)}
        self._scopes[guild_id] = [
            {
                "default_member_permissions": None,
                "description": "",
                "options": [],
                "nsfw": False,
                **command,
                **scope,
                "type": command.get("type", 1),
                "id": known.get((command["name"], command.get("type", 1))) or str(self._fresh_id()),
                "application_id": str(self._state.application_id),
                "version": str(self._fresh_id()),
            }
            for command in commands
        ]
        return self._scopes[guild_id]

    def find(self, name: str, guild_id: int | None) -> Json | None:
        for scope in dict.fromkeys((guild_id, None)):
            for command in self.registered(scope):
                if command["type"] == 1 and command["name"] == name:
                    return command
        return None

    def call(self, line: str, values: Mapping[str, Any], guild_id: int | None) -> Json:
        """Return an interaction's `data` for `movie`, or `quota report`. LookupError where a client would refuse."""
        name, *path = line.split()
        command = self.find(name, guild_id)
        if command is None:
            raise LookupError(f"/{name} is not registered")
        leaf, nesting = walk_to_subcommand(command, path)
        kinds = {option["name"]: option["type"] for option in leaf.get("options", [])}
        if unknown := values.keys() - kinds:
            raise LookupError(f"/{line} has no option {unknown}; it has {[*kinds]}")
        options = [{"name": key, "type": kinds[key], "value": value} for key, value in values.items()]
        nested = nest_options(command, nesting, options)
        return {"id": command["id"], "name": name, "type": 1, "options": nested}
