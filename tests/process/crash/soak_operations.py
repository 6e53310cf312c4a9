"""What members of a soak make beside movies: storyboards, which they render or stop, and of movies and pictures."""

from __future__ import annotations

import base64
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from bot.domain.callback_token import hash_token
from bot.domain.operations import Operation
from bot.samsar.config import AUTUMN_2026
from bot.sandbox.fault_injection import ActiveFault, Route
from bot.sandbox.faults import fail_render, get_fault
from bot.ui.components import custom_id
from bot.ui.storyboards import RENDER, STOP
from data.catalogue import load_catalogue
from tests.e2e.test_pictures import CAT
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

PRICED_FIRST = (*COPIES, Operation.PICTURES)
"""Made when a member accepts a price."""

_PATHS = COPY_PATHS | {"/v1/video/image_list_to_video"}

QUOTED = 100
"""What the API has said that a scene costs."""

_FAULTS = (*map(get_fault, ("cut-after", "500", "no-id", "key-limit")), fail_render("frame_generation"))
"""Faults of a call: it is not known whether something is made, or nothing is."""

_ROUTES = (Route.SCENE, Route.DUB, Route.SUBTITLES, Route.FILM, Route.PICTURES)
_STEPS = (
    (Route.STEP, ("cut", "cut-body", "500")),
    (Route.RESUME, ("cut-after", "500")),
    (Route.CANCEL, ("500",)),
    (Route.UPLOAD, ("cut-after", "500")),
)

_WAITING = "SELECT id, member_id, channel_id FROM jobs WHERE state = 'rendering' AND step = 'storyboard'"
_WANTED = " AND cancel_requested_at IS NULL ORDER BY id"

_WORDS = "prompt, video_model, image_model, aspect_ratio"

_QUOTE = (
    "INSERT INTO quotes (id, guild_id, channel_id, member_id, price_credits, created_at, operation, source_ids, scenes,"
    f" spoken_language, subtitles, duration_seconds, {_WORDS})"
    " SELECT '{id}', guild_id, {channel}, {member}, {price}, {now}, '{operation}', '{sources}', {scenes},"
    f" {{language}}, {{subtitles}}, {{seconds}}, {_WORDS} FROM jobs WHERE id = '{{first}}'"
)
"""A price that the API or the catalogue has just said, as its page saves it."""

_PICTURES = (
    "INSERT INTO pictures (id, member_id, created_at, type, bytes) VALUES ('{id}', {member}, {now}, 'png', {bytes})",
    "INSERT INTO picture_parts (picture_id, number, content) VALUES ('{id}', 0, '{content}')",
)


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
        return self.dice.choice((*DRAWN, *PRICED_FIRST))

    async def accept(self, operation: Operation, member: int, channel: int) -> Interaction | None:
        """Press the button of a price, up to twice; None where there is no movie yet that something can be made of."""
        sources = self._sources(operation, channel)
        if not sources:
            return None
        self.accepted += 1
        if operation is Operation.PICTURES:
            quote = self._save_pictures(sources[0], member, channel)
        else:
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
        sql = f"SELECT id, duration_seconds, video_model FROM jobs WHERE {made} ORDER BY id DESC LIMIT 30"
        found, wanted = ledger_checks.query(self.roles.database, sql), 2 if operation is Operation.FILM else 1
        return self.dice.sample(found, wanted) if len(found) >= wanted else []

    def _save_quote(self, operation: Operation, sources: Sequence[Row], member: int, channel: int) -> str:
        rate, seconds = operation.declared.per_second, sum(row["duration_seconds"] for row in sources)
        return self._insert(
            member,
            channel,
            operation=operation.value,
            price=QUOTED if rate is None else rate * seconds,
            sources=" ".join(row["id"] for row in sources),
            first=sources[0]["id"],
            seconds="duration_seconds",
            scenes=f"'{self.dice.randint(1, 2)}'" if operation is Operation.SCENE else "NULL",
            language=f"'{self.dice.choice(('fr', 'ja'))}'" if operation is Operation.DUB else "NULL",
            subtitles=self.dice.randint(0, 1) if operation is Operation.SUBTITLES else "NULL",
        )

    def _save_pictures(self, words_of: Row, member: int, channel: int) -> str:
        """Save pictures and their price, with the words of a movie.

        In one transaction, because upkeep deletes pictures that have no price.
        """
        catalogue = load_catalogue(Path("data/catalogues/2026.toml"), AUTUMN_2026.limits)
        model = catalogue.video_model(words_of["video_model"])
        assert model is not None
        pictures = [f"{self.accepted}.{number}" for number in range(1, self.dice.choice((1, 2, 4)) + 1)]
        content = base64.b64encode(CAT).decode()
        values = {"member": member, "now": _now(), "bytes": len(CAT), "content": content}
        seconds = model.longest_clip * len(pictures)
        return self._insert(
            member,
            channel,
            *(sql.format(id=picture, **values) for picture, sql in product(pictures, _PICTURES)),
            operation=Operation.PICTURES.value,
            price=model.price(seconds),
            sources=" ".join(pictures),
            first=words_of["id"],
            seconds=seconds,
            scenes="NULL",
            language="NULL",
            subtitles="NULL",
        )

    def _insert(self, member: int, channel: int, *before: str, **quote: object) -> str:
        quote |= {"id": f"{self.accepted:013}", "channel": channel, "member": member, "now": _now()}
        ledger_checks.execute(self.roles.database, *before, _QUOTE.format(**quote))
        return str(quote["id"])

    async def _press(self, member: int, channel: int, button: str) -> Interaction:
        """Press a button once or twice, on a message of its own that only the member sees."""
        page = private_message(self.roles.discord, channel)
        presses = [
            await self.roles.discord.send_component(member, page, button) for _ in range(self.dice.choice((1, 1, 2)))
        ]
        return presses[-1]

    def check(self, jobs: Sequence[Row], uncertain: int) -> None:
        """Each call is one job's, by its callback's token. `uncertain` jobs may be unknown for other reasons.

        What pictures are kept is of no movie that was sent.
        """
        made = [job for job in jobs if job["operation"] in PRICED_FIRST]
        bodies: list[Any] = [each.body for each in self.roles.api.requests if each.path in _PATHS]
        calls = Counter(hash_token(body["webhookUrl"].rpartition("/")[2]) for body in bodies)
        assert set(calls) <= {job["callback_token_hash"] for job in made}, "a call is made again, or is nobody's"
        for job in made:
            least = 1 if job["samsar_request_id"] else 0
            most = 0 if job["state"] == "cancelled" else 1
            assert least <= calls[job["callback_token_hash"]] <= most, dict(job)
        states = Counter(job["state"] for job in made)
        assert states["unknown"] + states["failed"] <= sum(each.hits for each in self.faults) + uncertain
        assert states["completed"] or len(made) < len(PRICED_FIRST)
        sent = {each for job in made if job["state"] != "cancelled" for each in job["source_ids"].split()}
        assert not sent & {row["id"] for row in ledger_checks.query(self.roles.database, "SELECT id FROM pictures")}


def _now() -> int:
    return time.time_ns() // 1_000_000
