"""The registered commands, and what a member's client sends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.helpers.fake_discord.models import Json
from tests.helpers.fake_discord.state import MEMBER, FakeDiscordState

SUBCOMMANDS = {1, 2}
"""Option types that stand for a subcommand or a group of them."""

RESOLVED = {6: ("user",), 7: ("channel",), 8: ("role",), 9: ("user", "role")}
"""Option types whose value is an id, and the kinds of objects that it may identify."""


class CommandRegistry:
    """Commands by scope: None is everywhere, a server's id is that server.

    They outlive the bot's process.
    """

    def __init__(self, state: FakeDiscordState, fresh_id: Callable[[], int]) -> None:
        self._state = state
        self._fresh_id = fresh_id
        self._scopes: dict[int | None, list[Json]] = {}

    def registered(self, guild_id: int | None = None) -> tuple[Json, ...]:
        """Return a scope's commands as Discord would."""
        return tuple(self._scopes.get(guild_id, ()))

    def bulk_overwrite(self, guild_id: int | None, commands: Sequence[Json]) -> list[Json]:
        """Replace a scope's commands.

        A command that keeps its name keeps its id.
        """
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
        """Return the slash command of this name, the server's first."""
        for scope in dict.fromkeys((guild_id, None)):
            for command in self.registered(scope):
                if command["type"] == 1 and command["name"] == name:
                    return command
        return None

    def call(self, line: str, values: Mapping[str, Any], guild_id: int | None) -> Json:
        """Return an interaction's `data` for `movie`, or `credits grant`.

        LookupError where a client would refuse.
        """
        name, *path = line.split()
        command = self.find(name, guild_id)
        if command is None:
            raise LookupError(f"/{name} is not registered")
        groups: list[Json] = []
        declared: Sequence[Json] = command["options"]
        for step in path:
            groups.append(_named(declared, step, line))
            declared = groups[-1].get("options") or ()
        _check(declared, values, line)
        options = [self._option(_named(declared, key, line), value) for key, value in values.items()]
        for group in reversed(groups):
            options = [{"name": group["name"], "type": group["type"], "options": options}]
        resolved = self._resolved(declared, values, guild_id)
        data: Json = {"id": command["id"], "name": name, "type": 1, "options": options}
        return {**data, **({"resolved": resolved} if resolved else {})}

    def _option(self, declared: Json, value: Any) -> Json:
        as_sent = str(value) if declared["type"] in RESOLVED else value
        return {"name": declared["name"], "type": declared["type"], "value": as_sent}

    def _resolved(self, declared: Sequence[Json], values: Mapping[str, Any], guild_id: int | None) -> Json:
        resolved: Json = {}
        for option in declared:
            if option["name"] in values and option["type"] in RESOLVED:
                for group, key, payload in self._lookup(option["type"], int(values[option["name"]]), guild_id):
                    resolved.setdefault(group, {})[key] = payload
        return resolved

    def _lookup(self, kind: int, wanted: int, guild_id: int | None) -> Iterator[tuple[str, str, Json]]:
        state, key = self._state, str(wanted)
        if "user" in RESOLVED[kind] and wanted in state.users:
            yield "users", key, state.users[wanted].payload()
            if guild_id is not None and (guild_id, wanted) in state.members:
                yield "members", key, state.members[guild_id, wanted].payload()
        if "role" in RESOLVED[kind] and wanted in state.roles:
            yield "roles", key, state.roles[wanted].payload()
        if "channel" in RESOLVED[kind] and wanted in state.channels:
            channel = state.channel_payload(state.channels[wanted])
            yield "channels", key, {**channel, "permissions": str(MEMBER.value)}


def _named(options: Sequence[Json], name: str, line: str) -> Json:
    for option in options:
        if option["name"] == name:
            return option
    raise LookupError(f"/{line} has no option {name!r}; it has {[o['name'] for o in options]}")


def _check(declared: Sequence[Json], values: Mapping[str, Any], line: str) -> None:
    """Check a member's input as Discord's client does."""
    for option in declared:
        name = option["name"]
        if option["type"] in SUBCOMMANDS:
            raise LookupError(f"/{line} needs a subcommand, such as {name!r}")
        if name not in values:
            if option.get("required"):
                raise LookupError(f"/{line} needs {name!r}")
            continue
        value, choices = values[name], [c["value"] for c in option.get("choices") or ()]
        if choices and value not in choices:
            raise LookupError(f"/{line}: {name}={value!r} is not one of {choices}")
        low, high = option.get("min_value"), option.get("max_value")
        if (low is not None and value < low) or (high is not None and value > high):
            raise LookupError(f"/{line}: {name}={value!r} is not between {low} and {high}")
