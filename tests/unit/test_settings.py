"""The settings: sources, defaults, errors, and that no secret is shown."""

import json
import re
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from bot.core.errors import SettingsError
from bot.domain.credits import Limits
from bot.domain.process import ShardPlan
from bot.domain.risk import RiskLimits
from bot.samsar.config import AUTUMN_2026
from bot.settings import Settings, check_settings, load_settings
from data.catalogue import bundled_path
from scripts import generate_settings_page as generator

ROOT = Path(__file__).parent.parent.parent
NAMES = {name.upper() for name in Settings.model_fields}
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
    "SAMSAR_API": "2025-03",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "console",
}


def test_the_defaults_are_those_that_the_owner_asked_for() -> None:
    found = read()
    assert read(**DEFAULTS) == found
    assert (found.catalogue_path, found.styles_path) == (bundled_path("2025-03"), bundled_path("styles"))
    with pytest.raises(ValidationError, match="frozen"):
        found.plan_monthly_credits = 1


def test_the_version_of_the_api_sets_its_address_paths_and_catalogue() -> None:
    settings = read(SAMSAR_API="2026")
    assert settings.samsar_base_url == "https://api.samsar.one/"
    assert (settings.samsar_create_path, settings.samsar_status_path) == ("v1/video/text_to_video", "v1/status")
    assert (settings.catalogue_path, settings.api_profile) == (bundled_path("2026"), AUTUMN_2026)
    own = read(SAMSAR_API="2026", SAMSAR_BASE_URL="https://proxy.test/samsar", CATALOGUE_PATH="mine.toml")
    assert (own.samsar_base_url, own.samsar_status_path) == ("https://proxy.test/samsar/", "v1/status")
    assert own.catalogue_path == Path("mine.toml")
    paths = read(SAMSAR_API="2026", SAMSAR_CREATE_PATH="v2/new", SAMSAR_STATUS_PATH="v2/state")
    assert (paths.samsar_create_path, paths.samsar_status_path) == ("v2/new", "v2/state")
    assert paths.catalogue_path == bundled_path("2026")
    moderated = [read(), settings, read(SAMSAR_API="2026", MODERATION="OFF"), read(MODERATION="off")]
    assert [each.moderation for each in moderated] == ["off", "samsar", "off", "off"]
    [problem] = problems(environ={**REQUIRED, "MODERATION": "samsar"})
    assert problem == "MODERATION must be off with SAMSAR_API=2025-03, which has no moderation (currently 'samsar')."
    [problem] = problems(environ={**REQUIRED, "SAMSAR_API": "2024"})
    assert problem == "SAMSAR_API must be '2025-03' or '2026' (currently '2024')."


def test_the_example_file_with_its_two_blanks_filled_in_is_a_sound_env_file(tmp_path: Path) -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    told = "{} is empty. Put it in .env (copy .env.example) or in the environment."
    assert problems(env_file(tmp_path, text), {}) == tuple(told.format(name) for name in REQUIRED)
    for name, value in REQUIRED.items():
        text = text.replace(f"{name}=", f"{name}={value}")
    assert load_settings({}, env_file(tmp_path, text)) == read()


WRONG: dict[str, list[str]] = {
    "SAMSAR_BASE_URL": [
        *("api.samsar.one/v1", "ftp://api.samsar.one/", "https://", "https://host/?a=1", "https://host/#a"),
        *("https://user:word@host/", "http://[::1", "http://host:99999/", "http://host:0/", "https://host/#"),
    ],
    "SAMSAR_CREATE_PATH": ["/", "https://elsewhere/create", "http://elsewhere"],
    "SAMSAR_STATUS_PATH": ["status?x=1", "#status"],
    "DATABASE_URL": [
        *("var/movies.db", "mysql://host/movies", "postgresql://host", "postgresql://host/", "sqlite:///a\0b"),
        *("postgresql://host:0/movies", "postgresql://host:99999/movies", "sqlite:///", "sqlite:////"),
    ],
    "ALLOWED_SERVERS": [",", "my server", "5, 0", "9223372036854775808", "1_1"],
    "MEMBER_MONTHLY_CREDITS": ["-1", "many"],
    "PLAN_MONTHLY_CREDITS": ["1000000001"],
    "MAX_RENDERING_JOBS": ["0"],
    "MAX_RENDERING_JOBS_PER_MEMBER": ["0"],
    "POLL_FASTEST_SECONDS": ["-5"],
    "POLL_SLOWEST_SECONDS": ["inf", "soon"],
    "PUBLIC_URL": [
        *("http://[", "https://bot.example.org?", "https://bot.example.org:99999"),
        *("https://somebody@bot.example.org", "https://bot.example.org/a b"),
    ],
    "PRIVACY_URL": ["cinema.test/privacy", f"https://cinema.test/{'x' * 493}"],
    "TERMS_URL": ["ftp://cinema.test/terms"],
    "OTEL_EXPORTER_OTLP_ENDPOINT": ["127.0.0.1:4318"],
    "CATALOGUE_PATH": ["x\0y"],
    "HOST": ["local\x1bhost"],
    "LOG_FORMAT": ["xml"],
    "TRUSTED_PROXIES": [
        *("proxy.example.org", "10.0.0.5/33", "10.0.0.5:80", "0.0.0.0/0", "::/0", "10.0.0.5, 0.0.0.0/0")
    ],
}


TOLD: dict[str, dict[str, str]] = {
    "SAMSAR_BASE_URL": {
        "http://[::1/": "must be a plain URL, such as https://api.samsar.one/v1/video/ (currently 'http://[::1/')",
        "http://ada:pass@127.0.0.1/": "must be a plain URL, such as https://api.samsar.one/v1/video/",
    },
    "PORT": {"80a": "must be a whole number (currently '80a')", "70000": "must be at most 65535 (currently '70000')"},
    "BACKUP_KEEP": {"0": "must be at least 1 (currently '0')"},
    "MEMBER_MONTHLY_CREDITS": {"1.5": "must be a whole number (currently '1.5')", "9" * 5000: "must be a whole number"},
    "PLAN_MONTHLY_CREDITS": {"2000000000": "must be at most 1000000000 (currently '2000000000')"},
    "POLL_FASTEST_SECONDS": {
        "0": "must be greater than 0 (currently '0')",
        "soon": "must be a number (currently 'soon')",
        "nan": "must be a finite number (currently 'nan')",
    },
    "BACKUP_EVERY_HOURS": {"-1": "must be at least 0 (currently '-1')"},
    "METRICS_PUBLIC": {"perhaps": "must be true or false (currently 'perhaps')"},
    "LOG_LEVEL": {"MAX": "must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR' (currently 'MAX')"},
    "HOST": {"a\x1b\nb": r"contains invisible characters. Type it again (currently 'a\x1b\nb')"},
    "ATTACH_MOVIES": {"big": "must be 'off', 'small' or 'always' (currently 'big')"},
}


def test_a_value_that_cannot_be_is_refused_by_name_and_says_what_would_do() -> None:
    names, empty = {*WRONG, *TOLD}, dict[str, str]()
    values = {name: [*WRONG.get(name, ()), *TOLD.get(name, empty)] for name in names}
    for number in range(max(map(len, values.values()))):
        given = {name: each[number] for name, each in values.items() if number < len(each)}
        told = dict(problem.split(" ", 1) for problem in problems(environ={**REQUIRED, **given}))
        assert told.keys() == given.keys()
        for name, value in given.items():
            assert re.fullmatch(r"[a-z].+\.", told[name]), (name, value)
            if value in TOLD.get(name, empty):
                assert told[name] == f"{TOLD[name][value]}."


def test_values_may_be_written_in_every_usual_way() -> None:
    yes, no = ("true", "True", "YES", "on", "1", "t", "y"), ("false", "FALSE", "no", "Off", "0", "f", "n")
    assert [value for value in (*yes, *no) if read(METRICS_PUBLIC=value).metrics_public] == [*yes]
    assert {read(PORT=value).port for value in ("8080", "+8080", "8_080", "8080.0")} == {8080}
    assert {read(LOG_LEVEL=value).log_level for value in ("info", "Info", "INFO", " iNFO ")} == {"INFO"}
    found = read(LOG_FORMAT="JSON", ATTACH_MOVIES="Always", BACKUP_EVERY_HOURS="0", CONFIRM_ABOVE_CREDITS="0")
    assert (found.log_format, found.attach_movies) == ("json", "always")
    assert (found.backup_every_hours, found.confirm_above_credits) == (0, 0)
    found = read(POLL_FASTEST_SECONDS="0.25", POLL_SLOWEST_SECONDS="2.5")
    assert (found.poll_fastest_seconds, found.poll_slowest_seconds) == (0.25, 2.5)
    found = read(ALLOWED_SERVERS=" 7,9223372036854775807 , ", TRUSTED_PROXIES=" 10.0.0.5, 10.1.2.3/16,fd00::/8 ,")
    assert found.allowed_servers == {7, 2**63 - 1}
    assert [str(each) for each in found.trusted_proxies] == ["10.0.0.5/32", "10.1.0.0/16", "fd00::/8"]
    paths = {"sqlite:///var/movies.db": "var/movies.db", "sqlite:////srv/movies.db": "/srv/movies.db"}
    for url, path in (paths | {"sqlite:///C:/movies.db": "C:/movies.db"}).items():
        assert read(DATABASE_URL=url).database_path == Path(path)


def test_what_is_right_can_be_used_beside_what_is_wrong() -> None:
    environ = {"SAMSAR_API_KEY": "key", "PORT": "80a", "POLL_FASTEST_SECONDS": "121", "LOG_FORMAT": "json"}
    checked = check_settings(environ, ABSENT)
    assert len(checked.problems) == 3
    assert "PORT must be a whole number (currently '80a')." in checked.problems
    assert checked.wrong == {"DISCORD_TOKEN", "PORT", "POLL_SLOWEST_SECONDS"}
    assert (checked.settings.log_format, checked.settings.port) == ("json", None)
    assert checked.settings.samsar_api_key == SecretStr("key")


def test_a_server_has_a_limit_unless_the_operator_named_it() -> None:
    limits = {("", ""): 2000, ("1", ""): None, ("", "50"): 50, ("", "0"): 0, ("1", "50"): 50}
    for (servers, chosen), limit in limits.items():
        assert read(ALLOWED_SERVERS=servers, SERVER_MONTHLY_CREDITS=chosen).limits.server == limit


def test_each_bound_on_strangers_is_its_setting() -> None:
    """Waiting jobs hold a fifth of the plan at most."""
    bounds = {"MAX_OPEN_JOBS_PER_MEMBER": "2", "MAX_OPEN_JOBS_PER_SERVER": "3", "MAX_FAILED_CREDITS_PER_MEMBER": "4"}
    found = read(**bounds, MEMBER_MONTHLY_CREDITS="5", PLAN_MONTHLY_CREDITS="60", SERVER_MONTHLY_CREDITS="7")
    assert found.limits == Limits(5, 60, 7, RiskLimits(2, 3, 12, 4))


def test_shards_are_numbers_and_ranges_that_fit_together() -> None:
    assert read(SHARD_COUNT="16").shards == ShardPlan(16, ())
    for value, ids in {"2": (2,), "8, 0-3": (0, 1, 2, 3, 8), "0 - 2": (0, 1, 2), "15,": (15,)}.items():
        assert read(SHARD_COUNT="16", SHARD_IDS=value).shards == ShardPlan(16, ids)
    for count, value, told in (
        (None, "0", "SHARD_IDS needs SHARD_COUNT"),
        ("2", "1,2", "SHARD_IDS must be below SHARD_COUNT: the highest of 2 shard IDs is 1"),
        ("4", "0-2,1", "SHARD_IDS must not list a shard twice"),
        ("4", "2-1", "SHARD_IDS must be shard IDs separated by commas"),
        ("4", "one", "SHARD_IDS must be shard IDs separated by commas"),
        ("0", "0", "SHARD_COUNT must be at least 1"),
    ):
        [problem] = problems(environ={**REQUIRED, "SHARD_IDS": value, **({"SHARD_COUNT": count} if count else {})})
        assert problem.startswith(told)


def test_the_fastest_poll_may_not_be_slower_than_the_slowest() -> None:
    told = "POLL_SLOWEST_SECONDS must be at least POLL_FASTEST_SECONDS (currently {!r})."
    for fastest, slowest, shown in (("7", "6.9", "6.9"), ("121", "", "120")):
        chosen = {**REQUIRED, "POLL_FASTEST_SECONDS": fastest, "POLL_SLOWEST_SECONDS": slowest}
        assert problems(environ=chosen) == (told.format(shown),)
    assert read(POLL_FASTEST_SECONDS="6", POLL_SLOWEST_SECONDS="6").poll_slowest_seconds == 6


def test_addresses_and_paths_may_have_slashes_and_a_page_every_url_that_a_button_takes() -> None:
    """Discord takes 512 characters."""
    for written in ("https://host/v1/video", "https://host/v1/video/", "https://host/v1/video//"):
        assert read(SAMSAR_BASE_URL=written).samsar_base_url == "https://host/v1/video/"
    assert read(SAMSAR_BASE_URL="https://host/v1/X").samsar_base_url == "https://host/v1/X/", "only slashes go"
    for written in ("create", "/create", "create/", "//create//"):
        assert read(SAMSAR_CREATE_PATH=written).samsar_create_path == "create"
    assert read(SAMSAR_CREATE_PATH="v2/movies:create").samsar_create_path == "v2/movies:create", "no scheme"
    for name in ("PUBLIC_URL", "OTEL_EXPORTER_OTLP_ENDPOINT"):
        assert getattr(read(**{name: "https://host.test/below/"}), name.lower()) == "https://host.test/below"
    for url in ("https://cinema.test/legal?page=2#terms", f"https://cinema.test/{'x' * 492}"):
        settings = read(PRIVACY_URL=url, TERMS_URL=url)
        assert (settings.privacy_url, settings.terms_url) == (url, url)


def test_a_password_in_an_odd_address_is_not_shown() -> None:
    """Python's own error messages quote the URL."""
    for host in ("x\u2100", "[", "x:port", "x\x0by"):
        url = f"https://somebody:mellon@{host}/"
        told = problems(environ={**REQUIRED, "PUBLIC_URL": url, "SAMSAR_BASE_URL": url})
        assert [problem.partition(" must be ")[0] for problem in told] == ["SAMSAR_BASE_URL", "PUBLIC_URL"]
        assert "mellon" not in str(told)


def test_only_this_machine_may_connect_unless_others_are_meant_to() -> None:
    url, everywhere, here = "https://bot.example.org", str(IPv4Address(0)), "127.0.0.1"
    hosts = {("", ""): here, (url, ""): everywhere, (url, here): here, ("", "::"): "::"}
    assert {each: read(PUBLIC_URL=each[0], HOST=each[1]).host for each in hosts} == hosts


def test_the_page_and_the_example_file_are_what_the_settings_make_of_them() -> None:
    """If it fails, run scripts/generate_settings_page.py."""
    text = generator.PAGE.read_text(encoding="utf-8")
    assert text == generator.page()
    assert generator.ENV_FILE.read_text(encoding="utf-8") == generator.env_file()
    assert set(re.findall(r"^## (\w+)$", text, re.MULTILINE)) == NAMES


def test_the_readme_s_settings_exist_with_the_default_that_they_have() -> None:
    readme = (generator.ROOT / "README.md").read_text(encoding="utf-8")
    lines = dict(re.findall(r"^- `([A-Z_]+)=(.*?)`: ", readme, re.MULTILINE))
    assert len(lines) == 6
    assert set(lines) <= NAMES
    found, default = read(**lines), read()
    assert found.limits == default.limits, "a server's is that of servers that the operator doesn't name"
    assert found.model_copy(update={"server_monthly_credits": None}) == default


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    path = env_file(tmp_path, "DISCORD_TOKEN=from-file\nSAMSAR_API_KEY='from-file'\nexport LOG_FORMAT=json # for now\n")
    found = load_settings({"DISCORD_TOKEN": "from-environment", "UNRELATED": "x"}, path)
    assert found.discord_token.get_secret_value() == "from-environment"
    assert found.samsar_api_key.get_secret_value() == "from-file"
    assert found.log_format == "json"
    assert load_settings({**REQUIRED, "LOG_FORMAT": ""}, path).log_format == "console", "an empty one is set, too"
    path = env_file(tmp_path, "PLAN_MONTHLY_CREDITS=\nLOG_LEVEL=\n")
    assert read(path, MAX_RENDERING_JOBS=" ") == read(), "blank values mean the default"


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
    told = check_settings(REQUIRED, path).problems
    assert all(line.startswith(f"{path}") or re.match(r"[A-Z_]+ .+\.$", line) for line in told)


def test_the_token_and_the_key_are_required_and_what_is_no_secret_is_refused_without_being_shown() -> None:
    told = "{} is not set. Put it in .env (copy .env.example) or in the environment."
    assert problems(environ={}) == tuple(map(told.format, REQUIRED))
    for value in ("", "   ", "\t", "YOUR_ACTUAL_KEY_HERE", "  YOUR_ACTUAL_KEY_HERE "):
        told = problems(environ=dict.fromkeys(REQUIRED, value))
        why = "still the placeholder. Replace it with your real one." if value.strip() else "empty. Put it in .env"
        starts = [f"{name} is {why}" for name in REQUIRED]
        assert [problem[: len(start)] for problem, start in zip(told, starts, strict=True)] == starts
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
    with pytest.raises(SettingsError) as caught:
        load_settings({**REQUIRED, "DISCORD_TOKEN": "oh no"}, ABSENT)
    assert caught.value.__cause__ is caught.value.__context__ is None


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
