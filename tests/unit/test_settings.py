"""The settings: sources, defaults, and errors."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from bot.domain.credits import Limits
from bot.domain.risk import RiskLimits
from bot.domain.shards import ShardPlan
from bot.samsar.profile import AUTUMN_2026
from bot.settings import Settings, check_settings, load_settings
from data.catalogue import bundled_path
from tests.helpers.env_file import ABSENT, REQUIRED, env_file, problems, read

ROOT = Path(__file__).parent.parent.parent

DEFAULTS = {
    "SAMSAR_BASE_URL": "https://api.samsar.one/v1/video/",
    "SAMSAR_CREATE_PATH": "create_movie",
    "SAMSAR_STATUS_PATH": "status",
    "DATABASE_URL": "sqlite:///var/movies.db",
    "MEMBER_MONTHLY_CREDITS": "600",
    "PLAN_MONTHLY_CREDITS": "5000",
    "MAX_RENDERING_JOBS": "10",
    "MAX_RENDERING_JOBS_PER_MEMBER": "2",
    "POLL_FASTEST_SECONDS": "5",
    "POLL_SLOWEST_SECONDS": "120",
    "CATALOGUE_PATH": "data/catalogues/2025-03.toml",
    "STYLES_PATH": "data/catalogues/styles.toml",
    "SAMSAR_API": "2025-03",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "console",
}
"""The defaults that the project's owner chose."""


def test_the_defaults_are_those_that_the_owner_asked_for() -> None:
    """Only a token and a key are required."""
    assert (
        read().model_dump().items()
        >= {
            "samsar_base_url": "https://api.samsar.one/v1/video/",
            "samsar_create_path": "create_movie",
            "samsar_status_path": "status",
            "database_url": "sqlite:///var/movies.db",
            "member_monthly_credits": 600,
            "plan_monthly_credits": 5000,
            "max_rendering_jobs": 10,
            "max_rendering_jobs_per_member": 2,
            "poll_fastest_seconds": 5,
            "poll_slowest_seconds": 120,
            "catalogue_path": bundled_path("2025-03"),
            "styles_path": bundled_path("styles"),
            "log_level": "INFO",
            "log_format": "console",
        }.items()
    )


def test_the_version_of_the_api_sets_its_address_paths_and_catalogue() -> None:
    settings = read(SAMSAR_API="2026")
    assert settings.samsar_base_url == "https://api.samsar.one/"
    assert (settings.samsar_create_path, settings.samsar_status_path) == ("v1/video/text_to_video", "v1/status")
    assert settings.catalogue_path == bundled_path("2026")
    assert settings.api_profile is AUTUMN_2026


def test_an_address_and_a_catalogue_of_ones_own_go_before_the_versions() -> None:
    """Each can be set without the other."""
    own = read(SAMSAR_API="2026", SAMSAR_BASE_URL="https://proxy.test/samsar", CATALOGUE_PATH="mine.toml")
    assert (own.samsar_base_url, own.samsar_status_path) == ("https://proxy.test/samsar/", "v1/status")
    assert own.catalogue_path == Path("mine.toml")
    paths = read(SAMSAR_API="2026", SAMSAR_CREATE_PATH="v2/new", SAMSAR_STATUS_PATH="v2/state")
    assert (paths.samsar_create_path, paths.samsar_status_path) == ("v2/new", "v2/state")
    assert paths.catalogue_path == bundled_path("2026")


def test_a_version_that_does_not_exist_is_one_mistake() -> None:
    """Settings that depend on it cause no further problems."""
    [problem] = problems(environ={**REQUIRED, "SAMSAR_API": "2024"})
    assert problem == "SAMSAR_API must be '2025-03' or '2026' (currently '2024')."


def test_the_example_file_lists_every_setting_with_its_default_and_a_line_of_its_own() -> None:
    """The explanation is just above the setting's line."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown: dict[str, str] = {}
    for above, line in itertools.pairwise(lines):
        assignment = re.fullmatch(r"(?:# )?([A-Z_]+)=(.*)", line)
        if assignment:
            assert re.fullmatch(r"# .*[a-z].*\.", above), f"no line explains {line}"
            shown[assignment[1]] = assignment[2]
    assert shown.items() >= ({"DISCORD_TOKEN": "", "SAMSAR_API_KEY": ""} | DEFAULTS).items()
    assert set(shown) == {name.upper() for name in Settings.model_fields}


def test_the_example_file_with_its_two_blanks_filled_in_is_a_sound_env_file(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    for name, value in REQUIRED.items():
        text = text.replace(f"{name}=", f"{name}={value}")
    assert load_settings({}, env_file(tmp_path, text)) == read()


def test_a_copy_of_the_example_file_is_told_what_is_empty(tmp_path: Path) -> None:
    """Both required names are in it, without a value."""
    path = env_file(tmp_path, (ROOT / ".env.example").read_text(encoding="utf-8"))
    assert problems(path, {}) == (
        "DISCORD_TOKEN is empty. Put it in .env (copy .env.example) or in the environment.",
        "SAMSAR_API_KEY is empty. Put it in .env (copy .env.example) or in the environment.",
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SAMSAR_BASE_URL", "api.samsar.one/v1"),
        ("SAMSAR_BASE_URL", "ftp://api.samsar.one/"),
        ("SAMSAR_BASE_URL", "https://"),
        ("SAMSAR_BASE_URL", "https://host/?a=1"),
        ("SAMSAR_BASE_URL", "https://host/#a"),
        ("SAMSAR_BASE_URL", "https://user:word@host/"),
        ("SAMSAR_BASE_URL", "http://[::1"),
        ("SAMSAR_BASE_URL", "http://host:99999/"),
        ("SAMSAR_BASE_URL", "http://host:0/"),
        ("SAMSAR_CREATE_PATH", "/"),
        ("SAMSAR_CREATE_PATH", "https://elsewhere/create"),
        ("SAMSAR_STATUS_PATH", "status?x=1"),
        ("SAMSAR_STATUS_PATH", "#status"),
        ("DATABASE_URL", "var/movies.db"),
        ("DATABASE_URL", "mysql://host/movies"),
        ("DATABASE_URL", "postgresql://host"),
        ("DATABASE_URL", "postgresql://host/"),
        ("DATABASE_URL", "postgresql://host:0/movies"),
        ("DATABASE_URL", "postgresql://host:99999/movies"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:////"),
        ("ALLOWED_SERVERS", ","),
        ("ALLOWED_SERVERS", "my server"),
        ("ALLOWED_SERVERS", "5, 0"),
        ("ALLOWED_SERVERS", "9223372036854775808"),
        ("MEMBER_MONTHLY_CREDITS", "-1"),
        ("MEMBER_MONTHLY_CREDITS", "1.5"),
        ("MEMBER_MONTHLY_CREDITS", "many"),
        ("PLAN_MONTHLY_CREDITS", "1000000001"),
        ("MAX_RENDERING_JOBS", "0"),
        ("MAX_RENDERING_JOBS_PER_MEMBER", "0"),
        ("POLL_FASTEST_SECONDS", "0"),
        ("POLL_FASTEST_SECONDS", "-5"),
        ("POLL_FASTEST_SECONDS", "nan"),
        ("POLL_SLOWEST_SECONDS", "inf"),
        ("POLL_SLOWEST_SECONDS", "soon"),
        ("PUBLIC_URL", "http://["),
        ("PUBLIC_URL", "https://bot.example.org?"),
        ("PUBLIC_URL", "https://bot.example.org:99999"),
        ("PUBLIC_URL", "https://somebody@bot.example.org"),
        ("PUBLIC_URL", "https://bot.example.org/a b"),
        ("PRIVACY_URL", "cinema.test/privacy"),
        ("PRIVACY_URL", f"https://cinema.test/{'x' * 493}"),
        ("TERMS_URL", "ftp://cinema.test/terms"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "127.0.0.1:4318"),
        ("SAMSAR_BASE_URL", "https://api.example.org/#"),
        ("SAMSAR_CREATE_PATH", "http://elsewhere"),
        ("CATALOGUE_PATH", "x\0y"),
        ("DATABASE_URL", "sqlite:///a\0b"),
        ("ALLOWED_SERVERS", "1_1"),
        ("HOST", "local\x1bhost"),
        ("LOG_LEVEL", "LOUD"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(name: str, value: str) -> None:
    """The error is one line that starts with the variable."""
    [problem] = problems(environ={**REQUIRED, name: value})
    assert re.fullmatch(rf"{name} [a-z].+\.", problem)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "80a", "must be a whole number (currently '80a')"),
        ("PORT", "70000", "must be at most 65535 (currently '70000')"),
        ("BACKUP_KEEP", "0", "must be at least 1 (currently '0')"),
        ("MEMBER_MONTHLY_CREDITS", "1.5", "must be a whole number (currently '1.5')"),
        ("MEMBER_MONTHLY_CREDITS", "9" * 5000, "must be a whole number"),
        ("PLAN_MONTHLY_CREDITS", "2000000000", "must be at most 1000000000 (currently '2000000000')"),
        ("POLL_FASTEST_SECONDS", "0", "must be greater than 0 (currently '0')"),
        ("POLL_FASTEST_SECONDS", "soon", "must be a number (currently 'soon')"),
        ("POLL_FASTEST_SECONDS", "nan", "must be a finite number (currently 'nan')"),
        ("BACKUP_EVERY_HOURS", "-1", "must be at least 0 (currently '-1')"),
        ("METRICS_PUBLIC", "perhaps", "must be true or false (currently 'perhaps')"),
        ("LOG_LEVEL", "LOUD", "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR' (currently 'LOUD')"),
        ("HOST", "a\x1b\nb", r"contains invisible characters. Type it again (currently 'a\x1b\nb')"),
        ("ATTACH_MOVIES", "big", "must be 'off', 'small' or 'always' (currently 'big')"),
    ],
)
def test_a_refusal_says_what_would_do(name: str, value: str, told: str) -> None:
    """The operator needs no manual to correct the value."""
    assert problems(environ={**REQUIRED, name: value}) == (f"{name} {told}.",)


@pytest.mark.parametrize(
    ("value", "meant"),
    [(each, True) for each in ("true", "True", "YES", "on", "1", "t", "y")]
    + [(each, False) for each in ("false", "FALSE", "no", "Off", "0", "f", "n")],
)
def test_yes_and_no_may_be_written_in_every_usual_way(value: str, *, meant: bool) -> None:
    """Other programs accept the same spellings."""
    assert read(METRICS_PUBLIC=value).metrics_public is meant


@pytest.mark.parametrize(("value", "meant"), [("8080", 8080), ("+8080", 8080), ("8_080", 8080), ("8080.0", 8080)])
def test_a_whole_number_may_be_written_in_every_usual_way(value: str, meant: int) -> None:
    """Some tools write every number with a fraction."""
    assert read(PORT=value).port == meant


@pytest.mark.parametrize("written", ["info", "Info", "INFO", " iNFO "])
def test_a_word_may_be_written_in_any_case(written: str) -> None:
    """Other programs ignore case, too."""
    found = read(LOG_LEVEL=written, LOG_FORMAT="JSON", ATTACH_MOVIES="Always")
    assert (found.log_level, found.log_format, found.attach_movies) == ("INFO", "json", "always")


def test_what_is_right_can_be_used_beside_what_is_wrong() -> None:
    """`check` continues with the valid settings, and skips the others."""
    environ = {"SAMSAR_API_KEY": "key", "PORT": "80a", "POLL_FASTEST_SECONDS": "121", "LOG_FORMAT": "json"}
    checked = check_settings(environ, ABSENT)
    assert len(checked.problems) == 3
    assert "PORT must be a whole number (currently '80a')." in checked.problems
    assert checked.wrong == {"DISCORD_TOKEN", "PORT", "POLL_SLOWEST_SECONDS"}
    assert (checked.settings.log_format, checked.settings.port) == ("json", None)
    assert checked.settings.samsar_api_key == SecretStr("key")


def test_zero_is_valid_where_it_means_never() -> None:
    """Zero means no backups, and a quote before every movie."""
    found = read(BACKUP_EVERY_HOURS="0", CONFIRM_ABOVE_CREDITS="0")
    assert (found.backup_every_hours, found.confirm_above_credits) == (0, 0)


@pytest.mark.parametrize(
    ("given", "limit"),
    [
        ({}, 2000),
        ({"ALLOWED_SERVERS": "1"}, None),
        ({"SERVER_MONTHLY_CREDITS": "50"}, 50),
        ({"SERVER_MONTHLY_CREDITS": "0"}, 0),
        ({"ALLOWED_SERVERS": "1", "SERVER_MONTHLY_CREDITS": "50"}, 50),
    ],
)
def test_a_server_has_a_limit_unless_the_operator_named_it(given: dict[str, str], limit: int | None) -> None:
    """An unnamed server never spends the whole plan.

    A named one may, unless a limit is set.
    """
    assert read(**given).limits.server == limit


def test_each_bound_on_strangers_is_its_setting() -> None:
    """Waiting jobs hold a fifth of the plan at most."""
    found = read(
        MAX_OPEN_JOBS_PER_MEMBER="2",
        MAX_OPEN_JOBS_PER_SERVER="3",
        MAX_FAILED_CREDITS_PER_MEMBER="4",
        MEMBER_MONTHLY_CREDITS="5",
        PLAN_MONTHLY_CREDITS="60",
        SERVER_MONTHLY_CREDITS="7",
    )
    assert found.limits == Limits(5, 60, 7, RiskLimits(2, 3, 12, 4))


def test_servers_are_ids_with_or_without_spaces() -> None:
    """The greatest id that both databases can store is one, too."""
    assert read(ALLOWED_SERVERS=" 7,9223372036854775807 , ").allowed_servers == {7, 2**63 - 1}


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        ({}, ()),
        ({"SHARD_IDS": "2"}, (2,)),
        ({"SHARD_IDS": "8, 0-3"}, (0, 1, 2, 3, 8)),
        ({"SHARD_IDS": "0 - 2"}, (0, 1, 2)),
        ({"SHARD_IDS": "15,"}, (15,)),
    ],
)
def test_shards_are_numbers_and_ranges(given: dict[str, str], ids: tuple[int, ...]) -> None:
    assert read(SHARD_COUNT="16", **given).shards == ShardPlan(16, ids)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"SHARD_IDS": "0"}, "SHARD_IDS needs SHARD_COUNT"),
        (
            {"SHARD_COUNT": "2", "SHARD_IDS": "1,2"},
            "SHARD_IDS must be below SHARD_COUNT: the highest of 2 shard IDs is 1",
        ),
        ({"SHARD_COUNT": "4", "SHARD_IDS": "0-2,1"}, "SHARD_IDS must not list a shard twice"),
        ({"SHARD_COUNT": "4", "SHARD_IDS": "2-1"}, "SHARD_IDS must be shard IDs separated by commas"),
        ({"SHARD_COUNT": "4", "SHARD_IDS": "one"}, "SHARD_IDS must be shard IDs separated by commas"),
        ({"SHARD_COUNT": "0", "SHARD_IDS": "0"}, "SHARD_COUNT must be at least 1"),
    ],
)
def test_shards_that_do_not_fit_together_are_told_in_one_line(given: dict[str, str], told: str) -> None:
    [problem] = problems(environ={**REQUIRED, **given})
    assert problem.startswith(told)


def test_the_fastest_poll_may_not_be_slower_than_the_slowest() -> None:
    """Each value is valid by itself."""
    told = "POLL_SLOWEST_SECONDS must be at least POLL_FASTEST_SECONDS (currently {!r})."
    assert problems(environ={**REQUIRED, "POLL_FASTEST_SECONDS": "7", "POLL_SLOWEST_SECONDS": "6.9"}) == (
        told.format("6.9"),
    )
    assert problems(environ={**REQUIRED, "POLL_FASTEST_SECONDS": "121"}) == (told.format("120"),)
    assert read(POLL_FASTEST_SECONDS="6", POLL_SLOWEST_SECONDS="6").poll_slowest_seconds == 6


def test_every_mistake_is_reported_at_once_in_one_line_each(tmp_path: Path) -> None:
    """Problems in the file and in the values are reported."""
    path = env_file(tmp_path, "what is this\nMAX_RENDERING_JOB=3\nLOG_FORMAT=xml\nSAMSAR_API_KEY=two words\n")
    found = problems(path, {"POLL_FASTEST_SECONDS": "200", "MEMBER_MONTHLY_CREDITS": "-1"})
    assert [line.split()[0] for line in found] == [
        str(path),
        str(path),
        "DISCORD_TOKEN",
        "SAMSAR_API_KEY",
        "MEMBER_MONTHLY_CREDITS",
        "POLL_SLOWEST_SECONDS",
        "LOG_FORMAT",
    ]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///var/movies.db", "var/movies.db"),
        ("sqlite:////srv/movies.db", "/srv/movies.db"),
        ("sqlite:///C:/movies.db", "C:/movies.db"),
    ],
)
def test_the_database_is_a_file_named_relative_or_absolute(url: str, path: str) -> None:
    """Three slashes precede a relative path, four an absolute one."""
    assert read(DATABASE_URL=url).database_path == Path(path)


def test_the_two_paces_take_fractions() -> None:
    """Half a second is a valid pace."""
    found = read(POLL_FASTEST_SECONDS="0.25", POLL_SLOWEST_SECONDS="2.5")
    assert (found.poll_fastest_seconds, found.poll_slowest_seconds) == (0.25, 2.5)


def test_trusted_proxies_are_addresses_and_networks() -> None:
    """IPv4 and IPv6 are accepted, and an address within a network."""
    found = read(TRUSTED_PROXIES=" 10.0.0.5, 10.1.2.3/16,fd00::/8 ,").trusted_proxies
    assert [str(each) for each in found] == ["10.0.0.5/32", "10.1.0.0/16", "fd00::/8"]


@pytest.mark.parametrize(
    "written", ["proxy.example.org", "10.0.0.5/33", "10.0.0.5:80", "0.0.0.0/0", "::/0", "10.0.0.5, 0.0.0.0/0"]
)
def test_no_proxy_is_trusted_by_mistake(written: str) -> None:
    """Host names, typing errors and a network of all addresses are refused."""
    [problem] = problems(environ={**REQUIRED, "TRUSTED_PROXIES": written})
    assert problem.startswith("TRUSTED_PROXIES must ")


def test_settings_cannot_be_changed_afterwards() -> None:
    found = read()
    with pytest.raises(ValidationError, match="frozen"):
        found.plan_monthly_credits = 1
