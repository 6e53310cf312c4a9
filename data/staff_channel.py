"""What happens where Discord forbids posting in a staff channel."""

from __future__ import annotations

from data import approval_requests, audit_log, credit_requests
from data.database import Transaction


def mark_closed(tx: Transaction, guild_id: int, channel_id: int, *, is_removed: bool = False) -> None:
    """Record that Discord forbids posting in a staff channel.

    Where the server has another one by now, its entries are posted there. Otherwise all pending entries of the server
    stay in the log and are not tried again: each would be one more answer of 403. `/quota show` tells the server's
    managers. Members whose requests for credits are among the entries are told, and orders that were to be approved
    wait on, or start, as the server has chosen. `is_removed`: the bot is not in the server any more, so they wait on:
    the next session of the gateway cancels them, see departed_servers.py.
    """
    waiting = approval_requests.lock_waiting(tx, guild_id)  # before the settings and the audit log
    if not tx.execute(
        "UPDATE guild_settings SET staff_channel_failed_at = :now"
        " WHERE guild_id = :guild_id AND staff_channel_id = :channel_id",
        {"guild_id": guild_id, "channel_id": channel_id, "now": tx.now},
    ):
        return
    credit_requests.mark_unposted(tx, guild_id)
    unposted = audit_log.drop_pending(tx, guild_id)
    for job_id in unposted.keys() - waiting:
        # asked since the jobs were locked: the next failure finds it
        tx.execute("UPDATE audit_log SET is_pending = 1 WHERE id = :id", {"id": unposted[job_id]})
    if not is_removed:
        approval_requests.start_unposted(tx, guild_id, [each for each in waiting if each in unposted])
