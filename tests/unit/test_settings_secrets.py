"""The settings that are secret: their valid values, which are never shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import load_settings
from tests.helpers.env_file import ABSENT, REQUIRED, problems, read


def test_the_token_and_the_key_are_required() -> None:
    assert problems(environ={}) == (
        "DISCORD_TOKEN is not set. Put it in .env (copy .env.example) or in the environment.",
        "SAMSAR_API_KEY is not set. Put it in .env (copy .env.example) or in the environment.",
    )


def test_what_is_no_secret_is_refused_without_being_shown() -> None:
    for value in ("", "   ", "\t", "YOUR_ACTUAL_KEY_HERE", "  YOUR_ACTUAL_KEY_HERE "):
        told = problems(environ=dict.fromkeys(REQUIRED, value))
        assert [problem.partition(" is ")[0] for problem in told] == [*REQUIRED]
    for value in ("two words", "a\nb", "ключ", "a\x00b"):
        refusal = "{} contains characters that a token or key can't have. Copy it again."
        assert problems(environ=dict.fromkeys(REQUIRED, value)) == tuple(map(refusal.format, REQUIRED))


def test_the_password_of_a_postgresql_database_is_a_secret() -> None:
    """Both the percent-encoded and the decoded password must be redacted. PostgreSQL takes it among options, too."""
    for scheme in ("postgresql", "postgres"):
        found = read(DATABASE_URL=f"{scheme}://bot:h%40nter2@db.example.org:5433/movies?sslmode=require")
        assert found.database_path is None
        assert {*found.secret_values} == {*REQUIRED.values(), "h%40nter2", "h@nter2"}
    found = read(DATABASE_URL="postgresql://db.example.org/movies?user=bot&password=hunter2")
    assert {*found.secret_values} == {*REQUIRED.values(), "hunter2"}


def test_a_wrong_value_that_may_hold_a_secret_is_not_shown() -> None:
    """URLs may contain passwords, and a key may be in another line. One of letters alone looks like a word."""
    key = {"SAMSAR_API_KEY": "hunter2-a-key"}
    urls = {"SAMSAR_BASE_URL": "https://user:hunter2@host/", "PUBLIC_URL": "https://host/?key=hunter2"}
    for values in (
        urls | {"DATABASE_URL": "postgres://user:hunter2@host:99999/movies", "TRUSTED_PROXIES": "hunter2-a-key"},
        {"DATABASE_URL": "mysql://user:hunter2@host/movies", "PORT": "hunter2-" + "x" * 60},
        {"PORT": "hunter2 " * 8},
    ):
        told = problems(environ={**REQUIRED, **key, **values})
        assert len(told) == len(values)
        assert "hunter2" not in str(told)
        assert "(currently" not in str(told)
    for value in ("sk_live_0123456789", "MTA5.abc-DEF_123", "x1y2z3x1y2z3"):
        told = problems(environ={**REQUIRED, "SAMSAR_API_KEY": "", "PORT": value})
        assert value not in str(told)
        assert "PORT" in str(told)
    told = problems(environ={**dict.fromkeys(REQUIRED, " only-letters "), "LOG_LEVEL": "my only-letters"})
    assert told == ("LOG_LEVEL must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.",)


@given(st.text(min_size=4, max_size=30), st.text(min_size=4, max_size=30))
@settings(max_examples=25)
def test_a_secret_is_in_no_message_and_no_repr(token: str, key: str) -> None:
    environ = {"DISCORD_TOKEN": f"tok~{token}~", "SAMSAR_API_KEY": f"key~{key}~"}
    try:
        found = load_settings(environ, ABSENT)
        dump = found.model_dump()
        text = f"{found!r} {found} {dump} {json.dumps(dump, default=str)}"
        assert found.samsar_api_key.get_secret_value() == f"key~{key}~"
    except SettingsError as exc:
        text = f"{exc!r} {exc} {exc.__cause__!r}"
    assert f"tok~{token}~" not in text
    assert f"key~{key}~" not in text


def test_a_refused_secret_is_not_shown_by_the_traceback_either() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({**REQUIRED, "DISCORD_TOKEN": "oh no"}, ABSENT)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
