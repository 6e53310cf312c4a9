"""The engine on a bench: the real store over a real file, a scripted API, a recording screen, a manual clock."""

from __future__ import annotations

import itertools
from collections.abc import AsyncGenerator
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.catalogue import AspectRatio, ImageModel, VideoModel
from bot.domain.credits import Limits, Shortfall
from bot.domain.job import Job, JobState
from bot.domain.order import Decide, NotPlaced, Origin, Placed
from bot.domain.pace import Pace
from bot.domain.request import Checked, MovieRequest
from bot.engine.engine import Engine, Rules
from bot.engine.history import History
from bot.engine.submit import Bounds
from bot.engine.watchdog import Watchdog
from data.database import Database
from data.migrate import migrate
from data.presence import Presence
from data.store import JobStore
from tests.support import books
from tests.support.clock import ManualClock
from tests.support.doubles import COMPLETED, RecordingScreen, ScriptedApi

GUILD, CHANNEL, ALICE, BOB = 1, 2, 3, 4

RULES = Rules(Limits(member=600, plan=5000), Bounds(10, 2), Pace(5, 60), longest_request=60)

_WIDE = VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,))
_numbers = itertools.count(1000)


def checked(seconds: int = 10, video_model: str = "LUMA") -> Checked:
    """A sound request at 10 credits a second."""
    request = MovieRequest("a red balloon", seconds, video_model, "FLUX1.1PRO", AspectRatio.WIDE)
    return Checked(request, _WIDE, ImageModel("FLUX1.1PRO", "Flux"))


def order(
    member: int = ALICE,
    seconds: int = 10,
    interaction: int | None = None,
    video_model: str = "LUMA",
    channel: int = CHANNEL,
) -> tuple[Origin, Decide]:
    """An order of its own interaction, as `Intake.place` takes it."""
    number = next(_numbers) if interaction is None else interaction
    return Origin(number, GUILD, channel, member), lambda _remembered: checked(seconds, video_model)


@dataclass
class Bench:
    """An engine and everything around it."""

    path: Path
    store: JobStore
    database: Database
    rules: Rules = RULES
    clock: ManualClock = field(default_factory=ManualClock)
    api: ScriptedApi = field(default_factory=ScriptedApi)
    screen: RecordingScreen = field(default_factory=RecordingScreen)
    processes: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.engine = self.new_engine()

    def new_engine(self, *, beside: bool = False) -> Engine:
        """An engine as a fresh process would have it: nothing in memory, the same file.

        The process before it is dead, unless the new one is started `beside` it.
        """
        if not beside:
            self.processes.close()
        presence = self.processes.enter_context(Presence(self.path))
        watchdog = Watchdog(lambda: self.clock.now() / 1000)
        return Engine(
            self.store, self.api, self.screen, self.clock, self.rules, History(self.store), presence, watchdog
        )

    async def place(self, member: int = ALICE, seconds: int = 10, channel: int = CHANNEL) -> Job:
        """Hold the credits for a movie that fits; its member was not answered yet."""
        placed = await self.engine.intake.place(*order(member, seconds, channel=channel))
        assert isinstance(placed, Placed)
        return placed.job

    async def queue(self, member: int = ALICE, seconds: int = 10, channel: int = CHANNEL) -> Job:
        """A job in the queue, a millisecond after the one before."""
        job = await self.place(member, seconds, channel)
        assert await self.engine.intake.confirm(job, card_id=77)
        await self.clock.advance(0.001)
        return await self.job(job)

    async def render(self, member: int = ALICE, seconds: int = 10, channel: int = CHANNEL) -> Job:
        """A job that the API has taken."""
        job = await self.queue(member, seconds, channel)
        await self.engine.turn()
        return await self.job(job)

    async def make(self, took: float, seconds: int = 1) -> Job:
        """A movie that the API made in `took` seconds, polled whenever it was due."""
        job = await self.render(seconds=seconds)
        while job.state is JobState.RENDERING:
            assert job.request_id is not None
            assert job.submitted_at is not None
            assert job.due_at is not None
            if job.due_at - job.submitted_at >= 1000 * took:
                self.api.statuses[job.request_id] = [COMPLETED]
            await self.turn_after((job.due_at - self.clock.now()) / 1000)
            job = await self.job(job)
        return job

    async def job(self, job: Job) -> Job:
        """The job as the database has it now."""
        found = await self.store.job(job.id)
        assert found is not None
        return found

    async def turn_after(self, seconds: float) -> int:
        """Turn the clock on, and do what is due then."""
        await self.clock.advance(seconds)
        return await self.engine.turn()

    def member(self) -> books.Totals:
        """What members have used and hold, from books that balance."""
        return books.audited(self.path)["member"]

    def plan(self) -> books.Totals:
        """What the plan has used and holds, from books that balance."""
        return books.audited(self.path)["plan"]


def too_dear(placed: object) -> Shortfall:
    """The shortfall that an order met."""
    assert isinstance(placed, NotPlaced)
    assert isinstance(placed.why, Shortfall)
    return placed.why


@asynccontextmanager
async def open_bench(tmp_path: Path, rules: Rules = RULES) -> AsyncGenerator[Bench]:
    """Open a bench over a new file; it is audited once more at the end."""
    path = tmp_path / "movies.db"
    migrate(path)
    database = await Database.open(path)
    bench = Bench(path, JobStore(database), database, rules)
    try:
        yield bench
    finally:
        bench.processes.close()
        await database.close()
    books.audited(path)
