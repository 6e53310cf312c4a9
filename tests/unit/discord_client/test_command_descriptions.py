"""The commands as they are registered: with every language, within Discord's limits."""

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.composition import open_app
from bot.domain.text import Language
from bot.locales import texts
from bot.locales.texts import texts_in
from bot.samsar.config import PROFILES, ApiProfile
from bot.ui import command_descriptions
from tests.helpers.offline_discord import discord_of
from tests.helpers.settings import make_settings

ROOT = Path(__file__).resolve().parents[3]

TRANSLATED = {"de", "fr", "es-ES", "es-419", "pt-BR", "ja"}
MAX_COMMAND_LENGTH = 8000


async def registered(profile: ApiProfile, folder: Path) -> list[dict[str, Any]]:
    catalogue = ROOT / "data" / "catalogues" / f"{profile.version.value}.toml"
    settings = make_settings(folder, samsar_api=profile.version, catalogue_path=catalogue)
    async with open_app(settings) as app, discord_of(app):
        payload = [command.to_dict(app.client.tree) for command in app.client.tree.get_commands()]
        command_descriptions.translate(payload)
        return payload


def parts(payload: Any, *above: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in payload:
        path = (*above, str(each["name"]))
        yield " ".join(path), each
        yield from parts(each.get("options", []), *path)
        yield from parts(each.get("choices", []), *path)


def length(part: dict[str, Any]) -> int:
    """Return how Discord counts names, descriptions and values, each in its longest language."""
    texts = [
        max(map(len, [part.get(name) or "", *part.get(f"{name}_localizations", {}).values()]))
        for name in ("name", "description")
    ]
    return sum(texts) + len(str(part.get("value", "")))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.version.value)
async def test_commands_are_described_in_every_language_within_discords_limits(
    profile: ApiProfile, tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    payload = await registered(profile, tmp_path)
    described = {path: each for path, each in parts(payload) if each.get("description")}
    for path, each in described.items():
        translations = each["description_localizations"]
        assert set(translations) == TRANSLATED, path
        assert all(1 <= len(text) <= 100 for text in [each["description"], *translations.values()]), path
        assert not each.get("name_localizations"), path
    assert {path: each["description"] for path, each in described.items()} == snapshot
    menus = {3: command_descriptions.MESSAGE_MENU, 2: command_descriptions.MEMBER_MENU}
    for kind, named in menus.items():
        [menu] = [each for each in payload if each["type"] == kind]
        assert menu["name"] == command_descriptions.menu_name(named)
        assert menu["name_localizations"]["ja"] == texts_in(Language.JAPANESE)(named)
        assert all(len(text) <= 32 for text in [menu["name"], *menu["name_localizations"].values()])
    wide = next(each for _, each in parts(payload) if each.get("value") == "16:9")
    assert wide["name_localizations"]["de"] == texts_in(Language.GERMAN)("commands-wide")
    for command in payload:
        assert sum(length(part) for _, part in parts([command])) <= MAX_COMMAND_LENGTH, command["name"]


def test_commands_are_registered_anew_where_a_text_of_theirs_or_a_locale_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(most: int = 1) -> str:
        described = [
            {"name": "movie", "description": command_descriptions.localized("commands-movie-picture", most=most)}
        ]
        command_descriptions.translate(described)
        return command_descriptions.digest(described)

    def change(old: str, new: str) -> None:
        file = tmp_path / "ja.ftl"
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    shutil.copytree(texts.FOLDER, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(texts, "FOLDER", tmp_path)
    monkeypatch.setattr(command_descriptions, "_lines", command_descriptions._lines.__wrapped__)  # each time anew
    digests = [found()]
    change("\n## errors\n", "\n## errors\nnew = 新しい\n")
    digests.append(found())
    change("\ncommands-movie-picture = ", "\ncommands-movie-picture = 新しい")
    digests += [found(), found(2)]
    monkeypatch.setattr(command_descriptions, "_TRANSLATIONS", {"pt-PT": Language.PORTUGUESE})
    digests.append(found(2))
    assert [after == before for before, after in itertools.pairwise(digests)] == [True, False, False, False]


def test_what_is_registered_is_what_the_texts_say() -> None:
    for message_id in command_descriptions._IDS:
        numbers = {"characters": 4000, "min": 1, "max": 240, "default": 30, "most": 20}
        described = command_descriptions.localized(message_id, **numbers)
        for language in Language:
            assert command_descriptions.localized_text(described, language) == texts_in(language)(message_id, **numbers)
