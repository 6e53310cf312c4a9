"""What members of a soak make beside movies: storyboards, which they render or stop, and what is made of movies."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.callback_token import hash_token
from bot.domain.operations import Operation
from bot.sandbox.fault_injection import ActiveFault, Route
from bot.sandbox.faults import fail_render, get_fault
from bot.ui.components import custom_id
from bot.ui.storyboards import RENDER, STOP
from tests.helpers import ledger_checks
from tests.helpers.fake_discord.interactions import Interaction
from tests.helpers.ledger_checks import Row
from tests.process.crash.harness import private_message
from tests.process.crash.injector import COPY_PATHS
from tests.process.crash.roles import RolesHarness

DRAWN = (Operation.MOVIE, Operation.MOVIE, Operation.STORYBOARD)
"""Made of words."""

COPIES = tuple(each for each in Operation if each.declared.is_copy)
"""Made of finished movies."""

QUOTED = 100
"""What the API has said that a scene costs."""

_FAULTS = (*map(get_fault, ("cut-after", "500", "no-id", "key-limit")), fail_render("frame_generation"))
"""Faults of a copy's call: it is not known whether one is made, or none is."""

_ROUTES = (Route.SCENE, Route.DUB, Route.SUBTITLES, Route.FILM)
_STEPS = ((Route.STEP, ("cut", "cut-body", "500")), (Route.RESUME, ("cut-after", "500")), (Route.CANCEL, ("500",)))

_WAITING = "SELECT id, member_id, channel_id FROM jobs WHERE state = 'rendering' AND step = 'storyboard'"
_WANTED = " AND cancel_requested_at IS NULL ORDER BY id"

_REQUEST = "prompt, duration_seconds, video_model, image_model, aspect_ratio"

_QUOTE = (
    "INSERT INTO quotes (id, guild_id, channel_id, member_id, price_credits, created_at, operation, source_ids, scenes,"
    f" spoken_language, subtitles, {_REQUEST})"
    " SELECT '{id}', guild_id, {channel}, {member}, {price}, {now}, '{operation}', '{sources}', {scenes},"
    f" {{language}}, {{subtitles}}, {_REQUEST} FROM jobs WHERE id = '{{first}}'"
)
"""A price that the API or the catalogue has just said, as its page saves it."""


@dataclass
class SoakOperations:
    """`share` is how often a call of a copy meets each fault."""

    roles: RolesHarness
    dice: random.Random
    share: float
    faults: list[ActiveFault] = field(default_factory=list[ActiveFault])
    accepted: int = 0

    def inject_faults(self) -> None:
        def is_met(_: str) -> bool:
            return self.dice.random() < self.share

        for route in _ROUTES:
            self.faults += [self.roles.api.inject(fault, route=route, when=is_met) for fault in _FAULTS]
        for route, names in _STEPS:
            for name in names:
                self.roles.api.inject(name, route=route, when=is_met)

    def choose(self) -> Operation:
        return self.dice.choice((*DRAWN, *COPIES))

    async def accept(self, operation: Operation, member: int, channel: int) -> Interaction | None:
        """Press the button of a copy's price, up to twice; None where there is nothing that it can be made of."""
        sources = self._sources(operation, channel)
        if not sources:
            return None
        quote = self._save_quote(operation, sources, member, channel)
        return await self._press(member, channel, custom_id("quote-accept", quote))

    async def decide(self) -> Sequence[Interaction]:
        """Render or stop each storyboard that waits."""
        return [
            await self._press(
                row["member_id"], row["channel_id"], custom_id(self.dice.choice((RENDER, STOP)), row["id"])
            )
            for row in self.waiting()
        ]

    def waiting(self) -> Sequence[Row]:
        return ledger_checks.query(self.roles.database, f"{_WAITING}{_WANTED}")

    def _sources(self, operation: Operation, channel: int) -> Sequence[Row]:
        """Return finished movies of a channel, but no films, which would grow without end."""
        made = f"state = 'completed' AND channel_id = {channel} AND operation <> 'film'"
        sql = f"SELECT id, duration_seconds FROM jobs WHERE {made} ORDER BY id DESC LIMIT 30"
        found, wanted = ledger_checks.query(self.roles.database, sql), 2 if operation is Operation.FILM else 1
        return self.dice.sample(found, wanted) if len(found) >= wanted else []

    def _save_quote(self, operation: Operation, sources: Sequence[Row], member: int, channel: int) -> str:
        self.accepted += 1
        rate, seconds = operation.declared.per_second, sum(row["duration_seconds"] for row in sources)
        values: Mapping[str, Any] = {
            "id": f"{self.accepted:013}",
            "channel": channel,
            "member": member,
            "price": QUOTED if rate is None else rate * seconds,
            "now": time.time_ns() // 1_000_000,
            "operation": operation.value,
            "sources": " ".join(row["id"] for row in sources),
            "first": sources[0]["id"],
            "scenes": f"'{self.dice.randint(1, 2)}'" if operation is Operation.SCENE else "NULL",
            "language": f"'{self.dice.choice(('fr', 'ja'))}'" if operation is Operation.DUB else "NULL",
            "subtitles": self.dice.randint(0, 1) if operation is Operation.SUBTITLES else "NULL",
        }
        ledger_checks.execute(self.roles.database, _QUOTE.format(**values))
        return str(values["id"])

    async def _press(self, member: int, channel: int, button: str) -> Interaction:
        """Press a button once or twice, on a message of its own that only the member sees."""
        page = private_message(self.roles.discord, channel)
        presses = [
            await self.roles.discord.send_component(member, page, button) for _ in range(self.dice.choice((1, 1, 2)))
        ]
        return presses[-1]

    def check(self, jobs: Sequence[Row], uncertain: int) -> None:
        """Each call is one job's, by its callback's token. `uncertain` copies may be unknown for other reasons."""
        copies = [job for job in jobs if job["operation"] in COPIES]
        bodies: list[Any] = [each.body for each in self.roles.api.requests if each.path in COPY_PATHS]
        calls = Counter(hash_token(body["webhookUrl"].rpartition("/")[2]) for body in bodies)
        assert set(calls) <= {job["callback_token_hash"] for job in copies}, "a call is made again, or is nobody's"
        for job in copies:
            least = 1 if job["samsar_request_id"] else 0
            most = 0 if job["state"] == "cancelled" else 1
            assert least <= calls[job["callback_token_hash"]] <= most, dict(job)
        states = Counter(job["state"] for job in copies)
        assert states["unknown"] + states["failed"] <= sum(each.hits for each in self.faults) + uncertain
        assert states["completed"] or len(copies) < len(COPIES)
