"""Settings from a .env file, and the messages about its mistakes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import check_settings, load_settings
from tests.helpers.env_file import ABSENT, REQUIRED, env_file, problems, read


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = env_file(tmp_path, "DISCORD_TOKEN=from-file\nSAMSAR_API_KEY='from-file'\nexport LOG_FORMAT=json # for now\n")
    found = load_settings({"DISCORD_TOKEN": "from-environment", "UNRELATED": "x"}, path)
    assert found.discord_token.get_secret_value() == "from-environment"
    assert found.samsar_api_key.get_secret_value() == "from-file"
    assert found.log_format == "json"
    assert load_settings({**REQUIRED, "LOG_FORMAT": ""}, path).log_format == "console", "an empty one is set, too"


def test_blank_values_mean_the_default(tmp_path: Path) -> None:
    path = env_file(tmp_path, "PLAN_MONTHLY_CREDITS=\nLOG_LEVEL=\n")
    assert read(path, MAX_RENDERING_JOBS=" ") == read()


def test_without_an_environment_of_its_own_the_process_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PLAN_MONTHLY_CREDITS", "77")
    assert load_settings(env_file=ABSENT).plan_monthly_credits == 77


def test_a_line_that_is_no_assignment_is_named_by_its_number(tmp_path: Path) -> None:
    """Editors number comments and empty lines, too. The line's text may be a secret, so it is not shown."""
    path = env_file(tmp_path, "# mine\n\nLOG_LEVEL=INFO\n\n\nnot an assignment\nSAMSAR_API_KEY\n\nLOG_FORMAT='json\n")
    assert problems(path) == tuple(f"{path} line {n}: expected NAME=value" for n in (6, 7, 9))
    path = env_file(tmp_path, 'DISCORD_TOKEN="abcdef\nX=1')
    told = (f"{path} line 1: expected NAME=value",)
    assert problems(path, {"SAMSAR_API_KEY": "key"}) == told, "it is not told again as a missing setting"


def test_what_a_broken_line_was_meant_to_set_has_no_usable_value(tmp_path: Path) -> None:
    path = env_file(tmp_path, 'LOG_FORMAT="LOG_LEVEL\nPORTT=8080\nHOST')
    checked = check_settings({**REQUIRED, "HOST": "a\x1b"}, path)
    assert checked.wrong == {"LOG_FORMAT", "PORT", "HOST"}
    assert checked.problems[-1].startswith("HOST contains invisible characters")


def test_a_name_close_to_a_setting_is_a_problem(tmp_path: Path) -> None:
    """The name is probably misspelled. Other programs may share a .env file."""
    close = {"SAMSAR_API_KEI": "SAMSAR_API_KEY", "discord_token": "DISCORD_TOKEN", "LOG_LEVL": "LOG_LEVEL"}
    path = env_file(tmp_path, "POSTGRES_PASSWORD=x\nPATH=/bin\n" + "".join(f"{name}=x\n" for name in close))
    assert problems(path) == tuple(
        f"{path} line {line}: unknown setting {name}. Did you mean {meant}?"
        for line, (name, meant) in enumerate(close.items(), 3)
    )


def test_an_env_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    assert problems(tmp_path) == (f"{tmp_path} can't be read: Is a directory",)
    path = env_file(tmp_path, b"LOG_LEVEL=\xff\xfe")
    assert problems(path) == (f"{path} can't be read: it isn't UTF-8 text",)
    path = env_file(tmp_path, b"\xef\xbb\xbfDISCORD_TOKEN=tok\r\nSAMSAR_API_KEY=key\r\n")
    assert load_settings({}, path).discord_token == SecretStr("tok")


@given(st.binary(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_no_env_file_makes_more_than_readable_lines(tmp_path: Path, content: bytes) -> None:
    path = env_file(tmp_path, content)
    told: tuple[str, ...] = ()
    try:
        load_settings(REQUIRED, path)
    except SettingsError as exc:
        told = exc.problems
    assert all(line.startswith(f"{path}") or re.match(r"[A-Z_]+ .+\.$", line) for line in told)
