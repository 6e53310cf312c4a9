"""What each role needs of the settings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.domain.process import Role
from bot.errors import ConfigurationError
from bot.lifecycle import check_role
from tests.helpers.settings import make_settings

Chosen = Mapping[str, object]

SERVER = {"database_url": "postgresql://matinee@db.test/matinee"}
PART = {"shard_count": 2, "shard_ids": 0}
PORT = {"port": 8080}
SHARED, SHARDS, NO_PORT = "shares its database", "SHARD_IDS leaves shards", "Set PORT"


@pytest.mark.parametrize(
    ("role", "chosen", "told"),
    [
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
    ],
)
def test_settings_that_a_role_cannot_run_with_are_told(
    tmp_path: Path, role: Role, chosen: Chosen, told: list[str]
) -> None:
    """All of them at once."""
    problems: tuple[str, ...] = ()
    try:
        check_role(make_settings(tmp_path, **chosen), role)
    except ConfigurationError as exc:
        problems = exc.problems
    assert len(problems) == len(told)
    assert all(words in problem for words, problem in zip(told, problems, strict=True)), problems
