"""The job store: every move of a job with the money and the messages that belong to it, one transaction each.

There is no state in which a job moved and its credits did not, or in which it ended and nothing is owed to its member.
It keeps the Protocols of bot/worker/interfaces.py, a part for each.
"""

from __future__ import annotations

from data.job_actions import MemberStore


class JobStore(
    MemberStore,
):
    """Jobs, their credits and their deliveries in one database. All times are UTC epoch milliseconds."""
