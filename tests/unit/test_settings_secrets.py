"""The settings that are secret: their valid values, which are never shown."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import SettingsError
from bot.settings import load_settings
from tests.helpers.env_file import ABSENT, REQUIRED, problems, read


def test_the_token_and_the_key_are_required() -> None:
    """The message names each and says what to do."""
    assert problems(environ={}) == (
        "DISCORD_TOKEN is not set. Put it in .env (copy .env.example) or in the environment.",
        "SAMSAR_API_KEY is not set. Put it in .env (copy .env.example) or in the environment.",
    )


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", ["", "   ", "\t", "YOUR_ACTUAL_KEY_HERE", "  YOUR_ACTUAL_KEY_HERE "])
def test_a_blank_or_the_placeholder_is_no_secret(name: str, value: str) -> None:
    """The API's own page shows the placeholder.

    The message says that it was copied.
    """
    [problem] = problems(environ={**REQUIRED, name: value})
    assert problem.startswith(f"{name} is ")


@pytest.mark.parametrize("value", ["two words", "a\nb", "ключ", "a\x00b"])
@pytest.mark.parametrize("name", REQUIRED)
def test_a_secret_that_no_header_could_carry_is_refused_without_being_shown(name: str, value: str) -> None:
    """The operator reads of a copy error at startup."""
    [problem] = problems(environ={**REQUIRED, name: value})
    assert problem == f"{name} contains characters that a token or key can't have. Copy it again."


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_the_password_of_a_postgresql_database_is_a_secret(scheme: str) -> None:
    """Both the percent-encoded and the decoded password must be redacted."""
    found = read(DATABASE_URL=f"{scheme}://bot:h%40nter2@db.example.org:5433/movies?sslmode=require")
    assert found.database_path is None
    assert {*found.secret_values} == {*REQUIRED.values(), "h%40nter2", "h@nter2"}


def test_a_password_among_the_options_of_a_database_is_a_secret() -> None:
    """PostgreSQL takes it there, too."""
    found = read(DATABASE_URL="postgresql://db.example.org/movies?user=bot&password=hunter2")
    assert {*found.secret_values} == {*REQUIRED.values(), "hunter2"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMSAR_BASE_URL", "https://user:hunter2@host/"),
        ("PUBLIC_URL", "https://host/?key=hunter2"),
        ("DATABASE_URL", "postgres://user:hunter2@host:99999/movies"),
        ("DATABASE_URL", "mysql://user:hunter2@host/movies"),
        ("TRUSTED_PROXIES", "hunter2-a-key"),
        ("PORT", "hunter2-" + "x" * 60),
        ("PORT", "hunter2 " * 8),
    ],
)
def test_a_wrong_value_that_may_hold_a_secret_is_not_shown(name: str, value: str) -> None:
    """URLs may contain passwords, and a key may be in another line."""
    [problem] = problems(environ={**REQUIRED, "SAMSAR_API_KEY": "hunter2-a-key", name: value})
    assert "hunter2" not in problem
    assert "(currently" not in problem


@given(st.text(min_size=4, max_size=30), st.text(min_size=4, max_size=30))
def test_a_secret_is_in_no_message_and_no_repr(token: str, key: str) -> None:
    """Error messages, reprs and dumps contain no secret."""
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
    """The traceback has no chained exception with the secret."""
    with pytest.raises(SettingsError) as caught:
        load_settings({**REQUIRED, "DISCORD_TOKEN": "oh no"}, ABSENT)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", ["sk_live_0123456789", "MTA5.abc-DEF_123", "x1y2z3x1y2z3"])
def test_a_key_in_the_wrong_line_is_not_quoted(value: str) -> None:
    """The key's own line is then empty."""
    with pytest.raises(SettingsError) as error:
        load_settings({**REQUIRED, "SAMSAR_API_KEY": "", "PORT": value}, ABSENT)
    assert value not in str(error.value)
    assert "PORT" in str(error.value)


@pytest.mark.parametrize("name", REQUIRED)
def test_a_value_with_a_secret_of_this_start_is_not_quoted(name: str) -> None:
    """One of letters alone looks like a word."""
    [problem] = problems(environ={**REQUIRED, name: " only-letters ", "LOG_LEVEL": "my only-letters"})
    assert problem == "LOG_LEVEL must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'."
