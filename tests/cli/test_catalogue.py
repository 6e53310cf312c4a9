"""`catalogue`, and `check` beside an API whose models or version are others."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.domain.catalogue import ModelKind
from bot.samsar.config import ApiVersion
from bot.sandbox.contract import ModelSpec
from bot.sandbox.contract_2026 import VIDEO_MODELS
from bot.sandbox.fake_samsar import FakeSamsar, FakeSamsarConfig
from data import availability
from data.availability import RefusedModel
from data.database import Database
from tests.helpers.clock import START
from tests.helpers.command_line import check, run
from tests.helpers.fake_discord.server import FakeDiscord

KEY = "sk-loopback-0123456789abcdef"
CHEAPER, NEW = ("COSMOS3SUPERI2V", ModelSpec(15, ("16:9",))), ("NEWMODEL", ModelSpec(12, ("16:9",)))
DEARER = ("RUNWAYML", ModelSpec(45, ("16:9",)))
IMPLAUSIBLE = ModelSpec(10**6, ("16:9",))
STALE = {key: spec for key, spec in {**VIDEO_MODELS, **dict([CHEAPER, DEARER, NEW])}.items() if key != "HAPPYHORSEI2V"}
"""One model costs half as much again, one less, one is gone, and one is new."""


@asynccontextmanager
async def samsar(
    version: ApiVersion = ApiVersion.AUTUMN_2026, models: dict[str, ModelSpec] | None = None
) -> AsyncIterator[FakeSamsar]:
    config = FakeSamsarConfig(version, api_key=KEY, render_films=False, callbacks=False, video_models=models)
    async with FakeSamsar(config) as fake_samsar:
        yield fake_samsar
        assert not fake_samsar.movies, "nothing is ordered"


def settings(api: FakeSamsar, discord: FakeDiscord | None = None, **more: str) -> dict[str, str]:
    token = "unused" if discord is None else discord.token
    base = {"SAMSAR_API": api.config.version.value, "SAMSAR_BASE_URL": api.base_url, "SAMSAR_API_KEY": KEY}
    return {**base, "DISCORD_TOKEN": token, **more}


async def test_a_catalogue_that_fits_is_told_by_both_commands(tmp_path: Path, discord: FakeDiscord) -> None:
    async with samsar() as api:
        compared = await run(tmp_path, "catalogue", "compare", **settings(api))
        status, lines = await check(tmp_path, discord, settings(api, discord), "Samsar API")
    assert (compared.status, compared.out) == (0, "The catalogue matches the API's models and prices.\n")
    assert (status, lines[0].startswith("ok    Samsar API: ")) == (0, True)
    assert lines[1] == "      The catalogue matches the API's models and prices"


TO_CHANGE = (
    "What isn't listed isn't offered, and what costs more is sold at the API's price."
    " To change that, correct a copy of the catalogue, and set CATALOGUE_PATH to it."
)


async def test_a_price_that_rose_by_half_and_a_model_that_is_gone_are_told(
    tmp_path: Path, discord: FakeDiscord
) -> None:
    """The bot follows them, so `check` passes."""
    async with samsar(models=STALE) as api:
        compared = await run(tmp_path, "catalogue", "compare", "--json", **settings(api))
        read = await run(tmp_path, "catalogue", "compare", **settings(api))
        status, lines = await check(tmp_path, discord, settings(api, discord), "Samsar API")
    assert (compared.status, read.status, status) == (1, 1, 0)
    assert [re.split(" {2,}", line) for line in read.out.splitlines()] == [
        ["kind", "model", "catalogue", "API"],
        ["video", "COSMOS3SUPERI2V", "20", "15", "costs less at the API"],
        ["video", "RUNWAYML", "30", "45", "costs more at the API"],
        ["video", "HAPPYHORSEI2V", "36", "not in the API's list"],
        ["video", "NEWMODEL", "12", "not in the catalogue"],
        [""],
        [TO_CHANGE],
    ]
    assert [(each["key"], each["type"]) for each in compared.parsed["differences"]] == [
        ("COSMOS3SUPERI2V", "cheaper"),
        ("RUNWAYML", "dearer"),
        ("HAPPYHORSEI2V", "not_listed"),
        ("NEWMODEL", "not_in_catalogue"),
    ]
    assert [line.removeprefix("      ") for line in lines[1:]] == [
        "Warning: RUNWAYML: costs more at the API (45 credits per second; catalogue: 30)",
        "Warning: HAPPYHORSEI2V: not in the API's list",
        "COSMOS3SUPERI2V: costs less at the API (15 credits per second; catalogue: 20)",
        "NEWMODEL: not in the catalogue",
        TO_CHANGE,
    ]


async def test_a_list_that_cannot_be_read_fails_no_check(tmp_path: Path, discord: FakeDiscord) -> None:
    async with samsar(models={"RUNWAYML": IMPLAUSIBLE}) as api:
        compared = (await run(tmp_path, "catalogue", "compare", **settings(api))).refused()
        status, lines = await check(tmp_path, discord, settings(api, discord), "Samsar API")
    assert "the list of models has no plausible price for RUNWAYML" in compared
    assert (status, len(lines)) == (0, 2)
    assert lines[1].startswith("      Warning: the API's list of models can't be read")


async def test_an_api_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    async with samsar() as api:
        away = settings(api, SAMSAR_BASE_URL="http://127.0.0.1:1/")
        unreachable = (await run(tmp_path, "catalogue", "compare", **away)).refused()
    answer = r"Unexpected answer from the API: .+\. For details: python -m bot check\n"
    assert re.fullmatch(answer, unreachable), unreachable


async def test_an_api_without_a_list_says_so(tmp_path: Path, discord: FakeDiscord) -> None:
    async with samsar(ApiVersion.MARCH_2025) as api:
        compared = await run(tmp_path, "catalogue", "compare", **settings(api))
        status, _ = await check(tmp_path, discord, settings(api, discord))
    assert compared.refused() == "This API doesn't list its models.\n"
    assert status == 0


async def test_a_refused_model_is_told_until_it_is_allowed(
    tmp_path: Path, discord: FakeDiscord, empty_database: Database
) -> None:
    for kind, model in ((ModelKind.VIDEO, "RUNWAYML"), (ModelKind.IMAGE, "SEEDREAM")):
        refused = RefusedModel(kind, model, START, f"Invalid {kind.value} model")
        await empty_database.write(availability.record, refused)
    async with samsar() as api:
        given = settings(api, discord)
        lines = (await run(tmp_path, "catalogue", "compare", **given)).out.splitlines()
        assert "The API refused RUNWAYML on 2026-11-10 12:00:00 UTC (Invalid video model)." in lines
        assert "It isn't offered. To offer it again: python -m bot catalogue allow RUNWAYML" in lines
        as_json = (await run(tmp_path, "catalogue", "compare", "--json", **given)).parsed
        both = {("RUNWAYML", START), ("SEEDREAM", START)}
        assert {(each["model"], each["refused_at"]) for each in as_json["refused"]} == both
        _, lines = await check(tmp_path, discord, given, "Database")
        for model in ("RUNWAYML", "SEEDREAM"):
            assert any(f"The API refused {model}, so it isn't offered" in line for line in lines)
        allow = ("catalogue", "allow")
        assert (await run(tmp_path, *allow, "SEEDREAM", "--json")).parsed == {"allowed": "SEEDREAM"}
        assert (await run(tmp_path, *allow, "RUNWAYML")).out.startswith("RUNWAYML can be ordered again.")
        again = (await run(tmp_path, *allow, "RUNWAYML")).refused()
        assert again.startswith("The API hasn't refused RUNWAYML")
        compared = await run(tmp_path, "catalogue", "compare", **given)
    assert "refused" not in compared.out


IS_2026 = "fail  Samsar API: This API is version 2026. Set SAMSAR_API=2026"


SET_2026 = f"{IS_2026} and SAMSAR_BASE_URL={{url}}"
OLD_ADDRESS = {"SAMSAR_BASE_URL": "{origin}/v1/video/"}
OTHERS: dict[str, tuple[str, dict[str, str], str]] = {
    "the older version": (
        "2026",
        {"SAMSAR_API": "2025-03", "SAMSAR_CREATE_PATH": "create_movie"} | OLD_ADDRESS,
        f"{SET_2026}, and remove SAMSAR_CREATE_PATH",
    ),
    "the newer version": (
        "2025-03",
        {"SAMSAR_API": "2026", "SAMSAR_BASE_URL": "{origin}/"},
        "fail  Samsar API: This API is version 2025-03. Set SAMSAR_API=2025-03 and SAMSAR_BASE_URL={url}",
    ),
}


@pytest.mark.parametrize(("api", "given", "told"), OTHERS.values(), ids=OTHERS)
async def test_another_version_is_recognized_and_what_to_set_works(
    tmp_path: Path, discord: FakeDiscord, api: str, given: dict[str, str], told: str
) -> None:
    """Keys are accepted there, but members would pay another version's prices."""
    async with samsar(ApiVersion(api)) as upstream:
        wrong = {name: value.format(origin=upstream.origin) for name, value in given.items()}
        found = await check(tmp_path, discord, settings(upstream, discord, **wrong), "Samsar API")
        assert found == (1, [told.format(url=upstream.base_url)])
        assert (await check(tmp_path, discord, settings(upstream, discord)))[0] == 0
