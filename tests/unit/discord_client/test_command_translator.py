"""The commands as they are registered: with every language, within Discord's limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import pytest

from bot.app import open_app
from bot.domain.language import Language
from bot.locales.message_ids import MessageId
from bot.locales.texts import texts_in
from bot.samsar.profile import PROFILES, ApiProfile
from tests.helpers.offline_discord import discord_of
from tests.helpers.settings import make_settings

ROOT = Path(__file__).resolve().parents[3]

TRANSLATED = {"de", "fr", "es-ES", "es-419", "pt-BR", "ja"}
MAX_COMMAND_LENGTH = 8000


@pytest.fixture(params=PROFILES.values(), ids=lambda profile: profile.version.value)
async def payload(request: pytest.FixtureRequest, tmp_path: Path) -> list[dict[str, Any]]:
    """Return what is registered at Discord, in each version of the API."""
    profile: ApiProfile = request.param
    catalogue = ROOT / "data" / "catalogues" / f"{profile.version.value}.toml"
    settings = make_settings(tmp_path, samsar_api=profile.version, catalogue_path=catalogue)
    async with open_app(settings) as app, discord_of(app):
        tree = app.client.tree
        assert tree.translator is not None
        return [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]


def parts(payload: Any) -> Iterator[dict[str, Any]]:
    """Yield the commands, subcommands, options and choices."""
    for each in payload:
        yield each
        yield from parts(each.get("options", []))
        yield from parts(each.get("choices", []))


def test_every_description_is_in_every_language(payload: list[dict[str, Any]]) -> None:
    """Discord allows 1 to 100 characters, and 32 for a menu's name."""
    described = [each for each in parts(payload) if each.get("description")]
    assert len(described) > 40
    for each in described:
        translations = each["description_localizations"]
        assert set(translations) == TRANSLATED, each["name"]
        assert all(1 <= len(text) <= 100 for text in [each["description"], *translations.values()]), each


NAMED_OTHERWISE: Mapping[tuple[str, ...], str] = {
    ("quota", "member"): "quota-set-member",
    **{("quota", limit, "credits"): "quota-monthly-credits" for limit in ("default", "server", "member", "role")},
    ("quota", "clear", "role", "role"): "quota-role-role",
}
"""Descriptions whose message isn't named after their command and option."""


def descriptions(payload: Any, *above: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path and the German description of each command and option."""
    for each in payload:
        if each.get("description"):
            path = (*above, str(each["name"]))
            yield path, each["description_localizations"]["de"]
            yield from descriptions(each.get("options", []), *path)


def message_of(path: tuple[str, ...]) -> MessageId:
    """Return the message that describes a command or option.

    Options of /pitch are those of /movie, and commands of /quota share some.
    """
    command, *options = path
    if command == "pitch" and options:
        command = "movie"
    names = [NAMED_OTHERWISE.get(path, "-".join((command, *options))), "-".join((command, *options[-1:]))]
    known: tuple[MessageId, ...] = get_args(MessageId)
    return next(each for name in names for each in known if each == f"commands-{name.replace('_', '-')}")


def test_each_command_and_option_has_its_own_description(payload: list[dict[str, Any]]) -> None:
    """Limits in it are those of the API's version."""
    texts, numbers = texts_in(Language.GERMAN), re.compile(r"[\d.]+")
    for path, description in descriptions(payload):
        expected = texts(message_of(path), characters=1, min=1, max=2, default=1)
        assert numbers.sub("", description) == numbers.sub("", expected), path


def test_names_of_commands_and_options_stay_english(payload: list[dict[str, Any]]) -> None:
    """Members type the same commands in every language."""
    assert [each["name"] for each in parts(payload) if each.get("description") and each.get("name_localizations")] == []


def test_the_menu_of_a_message_and_its_choices_are_translated(payload: list[dict[str, Any]]) -> None:
    [menu] = [each for each in payload if each["type"] == 3]
    assert menu["name_localizations"]["ja"] == texts_in(Language.JAPANESE)("commands-make-movie-menu")
    assert all(len(text) <= 32 for text in [menu["name"], *menu["name_localizations"].values()])
    choices = [each for each in parts(payload) if "value" in each]
    wide = next(each for each in choices if each["value"] == "16:9")
    assert wide["name_localizations"]["de"] == texts_in(Language.GERMAN)("commands-wide")


def test_a_command_is_not_too_long_for_discord(payload: list[dict[str, Any]]) -> None:
    """Discord counts names, descriptions and values, each in its longest language."""
    for command in payload:
        total = 0
        for part in parts([command]):
            for name in ("name", "description"):
                total += max(map(len, [part.get(name) or "", *part.get(f"{name}_localizations", {}).values()]))
            total += len(str(part.get("value", "")))
        assert total <= MAX_COMMAND_LENGTH, command["name"]
