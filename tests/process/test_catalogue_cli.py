"""`catalogue` and `check` beside an API whose models or version are others."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.catalogue import ModelKind
from bot.errors import CatalogueError
from bot.samsar.profile import PROFILES, ApiVersion
from bot.sandbox.contract import ModelSpec
from bot.sandbox.contract_2026 import VIDEO_MODELS
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from data import refused_models
from data.catalogue import load_catalogue
from data.migrations_runner import migrate
from data.refused_models import RefusedModel
from data.sqlite import SqliteDatabase
from tests.helpers.clock import START
from tests.helpers.command_line import run
from tests.helpers.fake_discord.server import FakeDiscord
from tests.process.bot_process import check

KEY = "sk-loopback-0123456789abcdef"
DEARER = {**VIDEO_MODELS, "RUNWAYML": ModelSpec(45, ("16:9",))}
STALE = {
    **{key: spec for key, spec in DEARER.items() if key != "HAPPYHORSEI2V"},
    "COSMOS3SUPERI2V": ModelSpec(15, ("16:9",)),
    "NEWMODEL": ModelSpec(12, ("16:9",)),
}
"""One model costs half as much again, one less, one is gone, and one is new."""


@asynccontextmanager
async def samsar(
    version: ApiVersion = ApiVersion.AUTUMN_2026, models: dict[str, ModelSpec] | None = None
) -> AsyncIterator[FakeSamsar]:
    """Run an API of this version with these models."""
    config = FakeSamsarConfig(version, api_key=KEY, render_films=False, callbacks=False, video_models=models)
    async with FakeSamsar(config) as fake_samsar:
        yield fake_samsar
        assert not fake_samsar.movies, "nothing is ordered"


def settings(api: FakeSamsar, **more: str) -> dict[str, str]:
    """The settings for this API."""
    version = api.config.version.value
    base = {"SAMSAR_API": version, "SAMSAR_BASE_URL": api.base_url, "SAMSAR_API_KEY": KEY, "DISCORD_TOKEN": "unused"}
    return base | more


async def test_a_catalogue_that_fits_is_told(tmp_path: Path, discord: FakeDiscord) -> None:
    """Both commands say so."""
    async with samsar() as api:
        compared = await run(tmp_path, "catalogue", "compare", **settings(api))
        status, lines = await check(discord, tmp_path, settings(api))
    assert (compared.status, compared.out) == (0, "The catalogue matches the API's models and prices.\n")
    assert status == 0
    assert lines[0].startswith("ok    Samsar API: ")
    assert lines[1] == "      The catalogue matches the API's models and prices"


async def test_a_price_that_rose_by_half_and_a_model_that_is_gone_are_wrong(
    tmp_path: Path, discord: FakeDiscord
) -> None:
    """Members would pay too little, or order movies that fail."""
    async with samsar(models=STALE) as api:
        compared = await run(tmp_path, "catalogue", "compare", "--json", **settings(api))
        read = await run(tmp_path, "catalogue", "compare", **settings(api))
        status, lines = await check(discord, tmp_path, settings(api))
    assert (compared.status, read.status) == (1, 1)
    assert [re.split(" {2,}", line) for line in read.out.splitlines()] == [
        ["kind", "model", "members pay", "API price"],
        ["video", "RUNWAYML", "30", "45", "costs more at the API than members pay"],
        ["video", "COSMOS3SUPERI2V", "20", "15", "costs less at the API than members pay"],
        ["video", "HAPPYHORSEI2V", "36", "not in the API's list, so its movies will fail"],
        ["video", "NEWMODEL", "12", "not in the catalogue"],
    ]
    assert [(each["key"], each["type"]) for each in compared.parsed["differences"]] == [
        ("RUNWAYML", "dearer"),
        ("COSMOS3SUPERI2V", "cheaper"),
        ("HAPPYHORSEI2V", "not_listed"),
        ("NEWMODEL", "not_in_catalogue"),
    ]
    assert status == 1
    assert lines == [
        "fail  Samsar API: RUNWAYML: costs more at the API than members pay (45 credits per second; catalogue: 30)",
        "fail  Samsar API: HAPPYHORSEI2V: not in the API's list, so its movies will fail",
        "fail  Samsar API: To write a catalogue that matches the API: python -m bot catalogue write FILE",
    ]


async def test_a_price_that_fell_and_a_new_model_are_told_and_right(tmp_path: Path, discord: FakeDiscord) -> None:
    """Every movie can be made, and costs no more than members pay."""
    models = {**VIDEO_MODELS, "COSMOS3SUPERI2V": ModelSpec(15, ("16:9",)), "NEWMODEL": ModelSpec(12, ("16:9",))}
    async with samsar(models=models) as api:
        assert (await run(tmp_path, "catalogue", "compare", **settings(api))).status == 0
        status, lines = await check(discord, tmp_path, settings(api))
    assert status == 0
    assert lines[2:] == [
        "      COSMOS3SUPERI2V: costs less at the API than members pay (15 credits per second; catalogue: 20)",
        "      NEWMODEL: not in the catalogue",
    ]


async def test_a_catalogue_that_cannot_be_used_is_written_with_what_to_fix(tmp_path: Path) -> None:
    """No model has a price, so none is on."""
    async with samsar(models={"NEWMODEL": ModelSpec(0, ("16:9",))}) as api:
        wrote = await run(tmp_path, "catalogue", "write", "mine.toml", **settings(api))
        as_json = await run(tmp_path, "catalogue", "write", "other.toml", "--json", **settings(api))
    assert (wrote.status, as_json.status) == (1, 1)
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "mine.toml")
    problems = str(caught.value).replace(str(tmp_path / "mine.toml"), "mine.toml")
    assert wrote.out == f"Wrote mine.toml. Fix these problems before the bot can use it:\n{problems}\n"
    assert as_json.parsed == {
        "file": "other.toml",
        "problems": [problem.replace("mine.toml", "other.toml") for problem in problems.splitlines()],
    }


async def test_a_catalogue_that_cannot_be_written_or_read_from_the_api_is_one_line(tmp_path: Path) -> None:
    async with samsar() as api:
        wrote = await run(tmp_path, "catalogue", "write", "nowhere/mine.toml", **settings(api))
        away = settings(api, SAMSAR_BASE_URL="http://127.0.0.1:1/")
        compared = await run(tmp_path, "catalogue", "compare", **away)
    assert wrote.refused() == "Can't write nowhere/mine.toml: No such file or directory\n"
    assert re.fullmatch(
        r"Unexpected answer from the API: .+\. For details: python -m bot check\n", compared.refused()
    ), compared


async def test_a_written_catalogue_is_what_the_api_lists(tmp_path: Path) -> None:
    """Known models keep their shapes and labels from the current catalogue."""
    async with samsar(models=STALE) as api:
        wrote = await run(tmp_path, "catalogue", "write", "mine.toml", **settings(api))
        again = await run(tmp_path, "catalogue", "write", "mine.toml", **settings(api))
        compared = await run(tmp_path, "catalogue", "compare", **settings(api, CATALOGUE_PATH="mine.toml"))
    assert (wrote.status, compared.status) == (0, 0)
    assert again.refused() == "mine.toml already exists. Nothing was written.\n"
    catalogue = load_catalogue(tmp_path / "mine.toml")
    assert {model.key: model.credits_per_second for model in catalogue.enabled_video_models} == {
        key: spec.credits_per_second for key, spec in STALE.items()
    }
    runway, new = catalogue.video_model("RUNWAYML"), catalogue.video_model("NEWMODEL")
    assert runway is not None
    assert (runway.label, len(runway.aspect_ratios)) == ("Runway", 2)
    assert new is not None
    assert new.aspect_ratios == ("16:9",), "the API's default, for the list has no shapes"


async def test_a_model_without_a_price_is_written_and_off(tmp_path: Path) -> None:
    """It is marked, so the operator finds it."""
    async with samsar(models={**VIDEO_MODELS, "NEWMODEL": ModelSpec(0, ("16:9",))}) as api:
        wrote = await run(tmp_path, "catalogue", "write", "mine.toml", **settings(api))
        as_json = await run(tmp_path, "catalogue", "write", "other.toml", "--json", **settings(api))
    assert wrote.status == 0
    assert wrote.out.splitlines() == [
        f"Wrote mine.toml. Enabled video models: {len(VIDEO_MODELS)}.",
        "Disabled, because they already were, or have no price in the API's list: NEWMODEL.",
        "To use it, set CATALOGUE_PATH=mine.toml and restart the bot.",
    ]
    assert as_json.parsed == {"file": "other.toml", "off": ["NEWMODEL"]}
    model = load_catalogue(tmp_path / "mine.toml").video_model("NEWMODEL")
    assert model is not None
    assert not model.enabled
    text = (tmp_path / "mine.toml").read_text(encoding="utf-8")
    assert "PRICE NOT KNOWN" in text.partition("NEWMODEL")[2].partition("\n\n")[0]


async def test_an_api_without_a_list_says_so(tmp_path: Path, discord: FakeDiscord) -> None:
    """The version of March 2025 has no list, and `check` passes."""
    async with samsar(ApiVersion.MARCH_2025) as api:
        compared = await run(tmp_path, "catalogue", "compare", **settings(api))
        status, _ = await check(discord, tmp_path, settings(api))
    assert compared.refused() == "This API doesn't list its models.\n"
    assert status == 0


@pytest.mark.parametrize("version", ApiVersion)
async def test_paths_that_were_mended_by_hand_are_found(
    tmp_path: Path, discord: FakeDiscord, version: ApiVersion
) -> None:
    """The key is accepted there, but members would pay another version's prices."""
    newer = PROFILES[ApiVersion.AUTUMN_2026]
    async with samsar() as api:
        paths = {"SAMSAR_CREATE_PATH": "create_movie", "SAMSAR_STATUS_PATH": newer.status_path}
        if version is ApiVersion.MARCH_2025:
            paths["SAMSAR_CREATE_PATH"] = newer.create_path
        status, lines = await check(discord, tmp_path, settings(api, SAMSAR_API=version.value, **paths))
    assert status == 1
    [line] = lines
    assert line.startswith("fail  Samsar API: This API is version 2026. Set SAMSAR_API=2026")
    assert line.endswith("remove SAMSAR_CREATE_PATH and SAMSAR_STATUS_PATH")


async def test_a_server_of_the_newer_version_is_recognized(tmp_path: Path, discord: FakeDiscord) -> None:
    """`check` passes once the settings are as it suggests."""
    async with samsar() as api:
        wrong = settings(api, SAMSAR_API="2025-03", SAMSAR_BASE_URL=f"{api.origin}/v1/video/")
        status, lines = await check(discord, tmp_path, {**wrong, "SAMSAR_CREATE_PATH": "create_movie"})
        fixed = {**wrong, "SAMSAR_API": "2026", "SAMSAR_BASE_URL": api.base_url}
        assert (await check(discord, tmp_path, fixed))[0] == 0
    assert status == 1
    assert lines == [
        (
            "fail  Samsar API: This API is version 2026. Set SAMSAR_API=2026 and "
            f"SAMSAR_BASE_URL={api.base_url}, and remove SAMSAR_CREATE_PATH"
        )
    ]


async def test_a_server_of_the_older_version_is_recognized(tmp_path: Path, discord: FakeDiscord) -> None:
    """The settings that it suggests work."""
    async with samsar(ApiVersion.MARCH_2025) as api:
        wrong = settings(api, SAMSAR_API="2026", SAMSAR_BASE_URL=f"{api.origin}/")
        status, lines = await check(discord, tmp_path, wrong)
    assert status == 1
    assert lines == [
        (f"fail  Samsar API: This API is version 2025-03. Set SAMSAR_API=2025-03 and SAMSAR_BASE_URL={api.base_url}")
    ]


async def test_a_right_version_with_the_older_ones_address_is_told_which_one_to_set(
    tmp_path: Path, discord: FakeDiscord
) -> None:
    """The .env file has another version and the old URL."""
    async with samsar() as api:
        wrong = settings(api, SAMSAR_BASE_URL=f"{api.origin}/v1/video/")
        _, lines = await check(discord, tmp_path, wrong)
    assert lines == [
        (f"fail  Samsar API: This API is version 2026. Set SAMSAR_API=2026 and SAMSAR_BASE_URL={api.base_url}")
    ]


async def test_a_refused_model_is_told_until_it_is_allowed(tmp_path: Path, discord: FakeDiscord) -> None:
    """`compare` and `check` name it until the command allows it."""
    path = tmp_path / "movies.db"
    await asyncio.to_thread(migrate, path)
    database = await SqliteDatabase.open(path)
    for kind, model in ((ModelKind.VIDEO, "RUNWAYML"), (ModelKind.IMAGE, "SEEDREAM")):
        await database.write(refused_models.record, RefusedModel(kind, model, START, f"Invalid {kind.value} model"))
    await database.close()
    async with samsar() as api:
        compared = await run(tmp_path, "catalogue", "compare", **settings(api))
        lines = compared.out.splitlines()
        assert "The API refused RUNWAYML on 2026-11-10 12:00:00 UTC (Invalid video model)." in lines
        assert "It isn't offered. To offer it again: python -m bot catalogue allow RUNWAYML" in lines
        as_json = (await run(tmp_path, "catalogue", "compare", "--json", **settings(api))).parsed
        assert {(each["model"], each["refused_at"]) for each in as_json["refused"]} == {
            ("RUNWAYML", START),
            ("SEEDREAM", START),
        }
        env = settings(api, DATABASE_URL=f"sqlite:///{path}")
        _, lines = await check(discord, tmp_path, env, "Database")
        for model in ("RUNWAYML", "SEEDREAM"):
            assert any(f"The API refused {model}, so it isn't offered" in line for line in lines)
        assert (await run(tmp_path, "catalogue", "allow", "SEEDREAM", "--json")).parsed == {"allowed": "SEEDREAM"}
        allowed = await run(tmp_path, "catalogue", "allow", "RUNWAYML")
        assert allowed.out.startswith("RUNWAYML can be ordered again.")
        assert (
            (await run(tmp_path, "catalogue", "allow", "RUNWAYML"))
            .refused()
            .startswith("The API hasn't refused RUNWAYML")
        )
        compared = await run(tmp_path, "catalogue", "compare", **settings(api))
    assert "refused" not in compared.out
