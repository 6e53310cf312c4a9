"""Reads settings from a given environment and .env file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.settings import Settings, load_settings

REQUIRED = {"DISCORD_TOKEN": "a-discord-token", "SAMSAR_API_KEY": "a-samsar-key"}

ABSENT = Path("/nonexistent/.env")


def read(env_file: Path = ABSENT, /, **environ: str) -> Settings:
    return load_settings({**REQUIRED, **environ}, env_file)


def problems(env_file: Path = ABSENT, environ: dict[str, str] | None = None) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as caught:
        load_settings(REQUIRED if environ is None else environ, env_file)
    assert str(caught.value) == "\n".join(caught.value.problems)
    assert all("\n" not in line for line in caught.value.problems)
    return caught.value.problems


def env_file(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / ".env"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path
