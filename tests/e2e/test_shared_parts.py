"""The parts of a bot share signals, the clock, limits and counters.

A part with signals of its own would wake no loop, and one with limits of its own would let orders through.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import FunctionType, ModuleType

from bot.app import App, open_app, this_process
from bot.clock import SystemClock
from bot.discord_client.client import Client
from bot.discord_client.identify import SharedIdentifySlots
from bot.discord_client.publisher import DiscordPublisher
from bot.domain.catalogue import Catalogue
from bot.domain.credits import Limits
from bot.domain.polling import PollingSchedule
from bot.domain.process import Role
from bot.observability.metrics import Metrics
from bot.services.charges import ChargeTotals
from bot.services.delivery_times import DeliveryTimes
from bot.services.durations import DurationHistory
from bot.services.movie_links import MovieLinks
from bot.services.orders import OrderService
from bot.services.pitches import PitchService
from bot.services.refused_prompts import RefusedPrompts
from bot.services.request_limits import LocalLimit
from bot.services.signals import Signals
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.watchdog import Watchdog
from data.compiled_filters import CompiledFilters
from data.instance_lock import FileInstanceLock
from data.sqlite import SqliteDatabase
from tests.helpers.clock import ManualClock
from tests.helpers.settings import make_settings

SHARED = (
    *(Signals, ManualClock, SqliteDatabase, FileInstanceLock, Client, DiscordPublisher, Catalogue, CompiledFilters),
    *(RefusedPrompts, DurationHistory, Watchdog, ChargeTotals, DeliveryTimes, Metrics, MovieLinks),
    *(OrderService, PitchService, PollingSchedule),
)
"""What every part that needs it shares with the others."""


def reachable(app: App) -> Sequence[object]:
    """Return every object that an app refers to, directly or not."""
    found: dict[int, object] = {}
    left: list[object] = [app]
    while left:
        each = left.pop()
        if id(each) in found or isinstance(each, type | ModuleType):
            continue
        found[id(each)] = each
        if isinstance(each, FunctionType):  # its globals are other modules' business
            left += [*(cell.cell_contents for cell in each.__closure__ or ()), *(each.__defaults__ or ())]
        else:
            left += gc.get_referents(each)
    return tuple(found.values())


async def test_the_parts_share_what_they_must_share(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, port=0, member_monthly_credits=777, max_rendering_jobs_per_member=3)
    async with open_app(settings, ManualClock()) as app:
        parts = reachable(app)
        kinds = Counter(type(each) for each in parts)
        assert {kind.__name__: kinds[kind] for kind in SHARED} == {kind.__name__: 1 for kind in SHARED}
        assert kinds[SystemClock] == 0
        assert {each for each in parts if isinstance(each, Limits)} == {settings.limits}
        assert {each for each in parts if isinstance(each, ConcurrencyLimits)} == {ConcurrencyLimits(10, 3)}


async def test_processes_on_postgresql_limit_members_and_identifies_together(
    tmp_path: Path, postgresql_url: str
) -> None:
    """Only requests for an erasure are counted in memory."""
    settings = make_settings(tmp_path, database_url=postgresql_url)
    async with open_app(settings, ManualClock(), process=this_process(Role.GATEWAY)) as app:
        kinds = Counter(type(each) for each in reachable(app))
    assert (kinds[LocalLimit], kinds[SharedIdentifySlots]) == (1, 1)
