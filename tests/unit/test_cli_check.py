"""What `check` says of the servers and of the API's version."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import check
from bot.samsar.config import SamsarConfig
from bot.samsar.profile import AUTUMN_2026
from tests.helpers.settings import make_settings

CINEMA, CLUB = {7: "The cinema"}, {8: "The\x1b[2J club"}
PRIVATE, PUBLIC = (
    "Only you can invite it (Public Bot is off)",
    "Anyone can invite it. To prevent that, switch Public Bot off in the developer portal (Bot)",
)
EVERY = "It serves every server that invites it, each for up to {} a month"
ONE = "One such server can spend your whole plan, and one person can have several"
TWO = "2 such servers can spend your whole plan, and one person can have several"
IN_CINEMA = "It is in The cinema (7)"
PASTE = "To serve only these servers, put this line into .env, without any server that you don't know:"
AT_THE_API = SamsarConfig(
    key=SecretStr("key"),
    base_url=AUTUMN_2026.base_url,
    create_path=AUTUMN_2026.create_path,
    status_path=AUTUMN_2026.status_path,
    profile=AUTUMN_2026,
)


@pytest.mark.parametrize(
    ("limits", "joined", "public", "lines"),
    [
        ((100, 100), {}, True, [PUBLIC, EVERY.format("100 credits"), ONE]),
        ((101, 100), {}, True, [PUBLIC, EVERY.format("100 credits"), TWO]),
        ((101, 100), {}, False, [PRIVATE, EVERY.format("100 credits")]),
        ((101, 100), CINEMA, False, [PRIVATE, EVERY.format("100 credits"), IN_CINEMA, PASTE, "ALLOWED_SERVERS=7"]),
        ((100, 100), CINEMA, False, [PRIVATE, EVERY.format("100 credits"), ONE, IN_CINEMA, PASTE, "ALLOWED_SERVERS=7"]),
        ((100, 0), {}, True, [PUBLIC, EVERY.format("0 credits")]),
        (
            (101, 100),
            CLUB | CINEMA,
            False,
            [
                *(PRIVATE, EVERY.format("100 credits"), TWO, IN_CINEMA, "It is in The[2J club (8)"),
                *(PASTE, "ALLOWED_SERVERS=7,8"),
            ],
        ),
    ],
)
def test_the_operator_reads_what_strangers_can_cost(
    tmp_path: Path, limits: tuple[int, int], joined: dict[int, str], public: bool, lines: list[str]
) -> None:
    """Where only the operator invites the bot, there may be no strangers."""
    plan, server = limits
    settings = make_settings(tmp_path, plan_monthly_credits=plan, server_monthly_credits=server)
    assert check._visibility(settings, joined, public=public) == lines


def test_with_named_servers_only_the_others_are_marked(tmp_path: Path) -> None:
    """The line to paste has the servers of now."""
    settings = make_settings(tmp_path, allowed_servers="7,11,12")
    assert check._visibility(settings, CINEMA | {9: "A stranger's"}, public=True) == [
        *(PUBLIC, "It serves only the servers in ALLOWED_SERVERS (3)", IN_CINEMA),
        "It is in A stranger's (9), which isn't in ALLOWED_SERVERS, so the bot will leave it",
        *(PASTE, "ALLOWED_SERVERS=7,9"),
    ]


@pytest.mark.parametrize(
    ("given", "other", "told"),
    [
        ({}, AT_THE_API, "Set SAMSAR_API=2026, and remove SAMSAR_BASE_URL and CATALOGUE_PATH"),
        (
            {"samsar_create_path": "a", "samsar_status_path": "b"},
            AT_THE_API,
            (
                "Set SAMSAR_API=2026, and remove SAMSAR_BASE_URL and SAMSAR_CREATE_PATH and SAMSAR_STATUS_PATH"
                " and CATALOGUE_PATH"
            ),
        ),
        (
            {},
            replace(AT_THE_API, base_url="https://proxy.test/"),
            "Set SAMSAR_API=2026 and SAMSAR_BASE_URL=https://proxy.test/, and remove CATALOGUE_PATH",
        ),
    ],
)
def test_what_to_set_for_another_version_is_complete(
    tmp_path: Path, given: dict[str, str], other: SamsarConfig, told: str
) -> None:
    """An address, paths and a catalogue of the version before would stay."""
    assert check._set(make_settings(tmp_path, **given), other) == f"This API is version 2026. {told}"
