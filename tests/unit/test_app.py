"""A process, its worker and its server, from role and settings."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from bot.app import this_process, worker_config
from bot.domain.polling import PollingSchedule
from bot.domain.process import Role
from bot.domain.shards import ALL_SHARDS, ShardPlan
from bot.lifecycle import server_config
from bot.samsar.config import ClientOptions
from bot.web.connection_limits import ConnectionLimits
from bot.web.server import ServerConfig
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import WorkerConfig
from tests.helpers.settings import make_settings

URL = "https://movies.example.org/bot"


@pytest.mark.parametrize(
    ("role", "port", "public_url", "expects_callbacks"),
    [
        (Role.ALL, 8080, URL, True),
        (Role.ALL, None, URL, False),
        (Role.ALL, 8080, None, False),
        (Role.WORKER, None, URL, True),
        (Role.WORKER, 8080, URL, True),
        (Role.WORKER, 8080, None, False),
    ],
)
def test_a_worker_expects_callbacks_where_a_process_takes_them(
    tmp_path: Path, role: Role, port: int | None, public_url: str | None, *, expects_callbacks: bool
) -> None:
    """A worker's come to the process of the role `web`."""
    chosen = {name: each for name, each in (("port", port), ("public_url", public_url)) if each is not None}
    paces = {"poll_fastest_seconds": 7, "poll_slowest_seconds": 70}
    places = {"max_rendering_jobs": 9, "max_rendering_jobs_per_member": 3}
    settings = make_settings(tmp_path, **chosen, **paces, **places)
    options = ClientOptions(total_seconds=41)
    assert worker_config(settings, settings.limits, options, role) == WorkerConfig(
        settings.limits,
        ConcurrencyLimits(9, 3),
        PollingSchedule(7, 70, callbacks_enabled=expects_callbacks),
        41,
        callback_url=f"{URL}/callbacks/" if expects_callbacks else None,
    )


@pytest.mark.parametrize(
    ("role", "plan", "shards"),
    [
        (Role.GATEWAY, ShardPlan(4, (1, 2)), "1-2 of 4"),
        (Role.ALL, ShardPlan(2), "0-1 of 2"),
        (Role.ALL, ALL_SHARDS, ""),
        (Role.WORKER, ShardPlan(4, (1, 2)), ""),
        (Role.WEB, ShardPlan(4), ""),
    ],
)
def test_only_a_process_that_answers_members_has_shards(role: Role, plan: ShardPlan, shards: str) -> None:
    """Each process has an id of its own."""
    one, other = this_process(role, plan), this_process(role, plan)
    assert (one.role, one.shards) == (role, shards)
    assert one.id != other.id


@pytest.mark.parametrize("metrics_public", [False, True])
def test_the_server_listens_where_and_trusts_whom_the_settings_say(tmp_path: Path, *, metrics_public: bool) -> None:
    """All callers behind an untrusted proxy count as one."""
    chosen = {"host": "10.0.0.5", "metrics_public": metrics_public, "trusted_proxies": "10.0.0.1,fd00::/8"}
    limits = ConnectionLimits.for_descriptors(1024)
    proxies = (ip_network("10.0.0.1"), ip_network("fd00::/8"))
    expected = ServerConfig("10.0.0.5", 8080, metrics_public, proxies, limits)
    assert server_config(make_settings(tmp_path, port=8080, **chosen), 8080, limits) == expected
