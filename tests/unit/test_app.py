"""A process, its worker and its server, from role and settings."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path

from bot.app import this_process, worker_config
from bot.domain.polling import PollingSchedule
from bot.domain.process import Role
from bot.domain.shards import ALL_SHARDS, ShardPlan
from bot.errors import ConfigurationError
from bot.lifecycle import check_role, server_config
from bot.samsar.config import ClientOptions
from bot.web.connection_limits import ConnectionLimits
from bot.web.server import ServerConfig
from bot.worker.submitter import ConcurrencyLimits
from bot.worker.worker import WorkerConfig
from tests.helpers.settings import make_settings

URL = "https://movies.example.org/bot"


def test_a_worker_expects_callbacks_where_a_process_takes_them(tmp_path: Path) -> None:
    for role, port, public_url, expected in (
        (Role.ALL, 8080, URL, True),
        (Role.ALL, None, URL, False),
        (Role.ALL, 8080, None, False),
        (Role.WORKER, None, URL, True),
        (Role.WORKER, 8080, URL, True),
        (Role.WORKER, 8080, None, False),
    ):
        chosen = {name: each for name, each in (("port", port), ("public_url", public_url)) if each is not None}
        paces = {"poll_fastest_seconds": 7, "poll_slowest_seconds": 70}
        places = {"max_rendering_jobs": 9, "max_rendering_jobs_per_member": 3}
        settings = make_settings(tmp_path, **chosen, **paces, **places)
        options = ClientOptions(total_seconds=41)
        assert worker_config(settings, settings.limits, options, role) == WorkerConfig(
            settings.limits,
            ConcurrencyLimits(9, 3),
            PollingSchedule(7, 70, callbacks_enabled=expected),
            41,
            callback_url=f"{URL}/callbacks/" if expected else None,
        )


def test_only_a_process_that_answers_members_has_shards() -> None:
    for role, plan, shards in (
        (Role.GATEWAY, ShardPlan(4, (1, 2)), "1-2 of 4"),
        (Role.ALL, ShardPlan(2), "0-1 of 2"),
        (Role.ALL, ALL_SHARDS, ""),
        (Role.WORKER, ShardPlan(4, (1, 2)), ""),
        (Role.WEB, ShardPlan(4), ""),
    ):
        one, other = this_process(role, plan), this_process(role, plan)
        assert (one.role, one.shards) == (role, shards)
        assert one.id != other.id


def test_the_server_listens_where_and_trusts_whom_the_settings_say(tmp_path: Path) -> None:
    """All callers behind an untrusted proxy count as one."""
    limits = ConnectionLimits.for_descriptors(1024)
    proxies = (ip_network("10.0.0.1"), ip_network("fd00::/8"))
    for public in (False, True):
        chosen = {"host": "10.0.0.5", "metrics_public": public, "trusted_proxies": "10.0.0.1,fd00::/8"}
        expected = ServerConfig("10.0.0.5", 8080, public, proxies, limits)
        assert server_config(make_settings(tmp_path, port=8080, **chosen), 8080, limits) == expected


SERVER = {"database_url": "postgresql://matinee@db.test/matinee"}
PART = {"shard_count": 2, "shard_ids": 0}
PORT = {"port": 8080}
SHARED, SHARDS, NO_PORT = "shares its database", "SHARD_IDS leaves shards", "Set PORT"


def test_settings_that_a_role_cannot_run_with_are_told(tmp_path: Path) -> None:
    cases: list[tuple[Role, Mapping[str, object], list[str]]] = [
        (Role.ALL, {}, []),
        (Role.ALL, PART, [SHARDS]),
        (Role.GATEWAY, {}, [SHARED]),
        (Role.GATEWAY, PART, [SHARED, SHARDS]),
        (Role.WORKER, PART, [SHARED]),
        (Role.WEB, PORT, [SHARED]),
        (Role.WEB, {}, [SHARED, NO_PORT]),
        (Role.ALL, SERVER | PART, []),
        (Role.GATEWAY, SERVER | PART, []),
        (Role.WORKER, SERVER | PART, []),
        (Role.WEB, SERVER | PORT, []),
        (Role.WEB, SERVER, [NO_PORT]),
    ]
    for role, chosen, told in cases:
        problems: tuple[str, ...] = ()
        try:
            check_role(make_settings(tmp_path, **chosen), role)
        except ConfigurationError as exc:
            problems = exc.problems
        assert len(problems) == len(told), (role, chosen)
        assert all(words in problem for words, problem in zip(told, problems, strict=True)), problems
