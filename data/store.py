"""The job store: every move of a job with the money and the messages that belong to it, one transaction each.

There is no state in which a job moved and its credits did not, or in which it ended and nothing is owed to its member.
It keeps the Protocols of bot/worker/interfaces.py, a part for each.
"""

from __future__ import annotations

from data.history import HistoryStore
from data.job_actions import MemberStore
from data.renders import WatchStore
from data.store_breaker import BreakerStore
from data.store_outbox import OutboxStore
from data.store_overdue import OverdueStore
from data.store_unknown import UnknownStore
from data.submissions import QueueStore


class JobStore(
    QueueStore,
    BreakerStore,
    UnknownStore,
    WatchStore,
    OutboxStore,
    MemberStore,
    HistoryStore,
    OverdueStore,
):
    """Jobs, their credits and their deliveries in one database. All times are UTC epoch milliseconds."""
