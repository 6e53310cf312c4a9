"""Pitches of a soak test, proposed and funded while processes die."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.ui.components import parse_custom_id
from bot.ui.pitches import ADD, REST
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.fake_discord.messages import RefusedError
from tests.helpers.fake_discord.models import Message, walk_components
from tests.process.crash.invariants import by_job
from tests.process.crash.roles import RolesHarness

PLEDGES_OF: Mapping[str, set[str]] = {
    "completed": {"spent"},
    "failed": {"returned"},
    "cancelled": {"returned"},
    "unknown": {"funded"},
}
"""The states of what members paid for a movie, by its state, without allowances that lapsed before it was funded."""


@dataclass
class SoakPitches:
    roles: RolesHarness
    members: Sequence[int]
    dice: random.Random
    sent: dict[str, Interaction] = field(default_factory=dict[str, Interaction])
    presses: int = 0

    def open(self) -> Sequence[Mapping[str, Any]]:
        return ledger_checks.query(self.roles.url, "SELECT id FROM pitches WHERE ended_at IS NULL ORDER BY id")

    async def fund(self) -> Sequence[Interaction]:
        """Press every open pitch's buttons, without waiting for the answers."""
        posted = by_job(self.roles.messages())
        messages = [message for row in self.open() for message in posted.get(row["id"], ())]
        presses = [(message, button) for message in messages for button in _funding(message)]
        sent = [await self._press(message, button) for message, button in presses]
        pressed = [each for each in sent if each is not None]
        self.presses += len(pressed)
        return pressed

    async def _press(self, message: Message, button: str) -> Interaction | None:
        with contextlib.suppress(LookupError, RefusedError):
            return await self.roles.discord.send_component(self.dice.choice(self.members), message.id, button)
        return None

    def check(self, jobs: Sequence[Mapping[str, Any]]) -> None:
        """Each pitch was funded once or not at all: its pledges sum up to its movie's price, or all were returned."""
        rows = ledger_checks.query(self.roles.url, "SELECT * FROM pitches")
        movies = {job["pitch_id"]: job for job in jobs if job["pitch_id"] is not None}
        assert {row["id"] for row in rows if row["state"] == "funded"} == movies.keys()
        for row in rows:
            movie = movies.get(row["id"])
            state = "cancelled" if movie is None else movie["state"]
            pledges = ledger_checks.query(self.roles.url, f"SELECT * FROM pledges WHERE pitch_id = '{row['id']}'")
            kept = [each for each in pledges if each["state"] != "lapsed"]
            assert {each["state"] for each in kept} <= PLEDGES_OF[state], (dict(row), pledges)
            if movie is not None:
                paid = sum(each["allowance"] + each["extra"] for each in kept)
                assert row["pledged"] == movie["price_credits"] == paid
        known = {row["interaction_id"] for row in rows}
        for prompt, interaction in self.sent.items():
            answer = self.roles.discord.interaction_answers.get(interaction.id)
            if answer is not None and not answer.ephemeral:
                assert interaction.id in known, f"{prompt!r} was posted, and is lost"

    def figures(self) -> str:
        states = Counter(row["state"] for row in ledger_checks.query(self.roles.url, "SELECT state FROM pitches"))
        ends = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        return f"{len(self.sent)} pitches ({ends}) with {self.presses} presses"


def _funding(message: Message) -> Sequence[str]:
    """They are the largest amount, twice, then the rest, as far as the message has them."""
    parts = [each for each in walk_components(message.components) if "custom_id" in each and not each.get("disabled")]
    ids = {action: [each["custom_id"] for each in parts if _action(each) == action] for action in (ADD, REST)}
    return [*ids[ADD][-1:] * 2, *ids[REST]]


def _action(component: Mapping[str, Any]) -> str:
    parsed = parse_custom_id(component["custom_id"])
    return parsed[0] if parsed else ""
