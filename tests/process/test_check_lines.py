"""What `check` says of settings, and which checks it skips."""

from pathlib import Path

import pytest

from tests.helpers.fake_discord.server import FakeDiscord
from tests.helpers.manual_samsar import ManualSamsar
from tests.helpers.settings import CATALOGUE
from tests.process.bot_process import environment
from tests.process.test_check import checked

DISABLED_IMAGES = '[[image_models]]\nkey = "OLD"\nlabel = "Old"\nenabled = false\n'
STYLES = "".join(
    f'[[styles]]\nkey = "{key}"\nlabel = "{key}"\nwords = "Like ours."\nenabled = {enabled}\n'
    for key, enabled in (("noir", "true"), ("house", "false"))
)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        (
            {},
            """\
ok    Port: closed (PORT is empty)
ok    Catalogue: enabled models: 5 video, 2 image
ok    Styles: enabled: 10
ok    Prompt filter: none set; server managers can set their own with /setup
ok    Privacy: what people write is kept for 365 days
      no privacy policy; publish yours and set PRIVACY_URL
      no terms; publish yours and set TERMS_URL""",
        ),
        (
            {
                "PORT": "8080",
                "PUBLIC_URL": "https://bot.example.org/movies",
                "PROMPT_FILTER_PATH": "rules.txt",
                "RETENTION_DAYS": "0",
                "PRIVACY_URL": "https://cinema.test/privacy",
                "TERMS_URL": "https://cinema.test/terms",
            },
            """\
ok    Port: 0.0.0.0 port 8080; the proxy in front of it must strip /movies (from PUBLIC_URL) from callbacks
ok    Prompt filter: rules that apply in every server: 2
ok    Privacy: what people write is kept forever
      privacy policy: https://cinema.test/privacy
      terms: https://cinema.test/terms""",
        ),
        ({"PORT": "8080"}, "ok    Port: 127.0.0.1 port 8080, reachable from this machine only"),
        (
            {
                "PORT": "8080",
                "HOST": "localhost",
                "PUBLIC_URL": "http://localhost:8080",
                "CATALOGUE_PATH": "models.toml",
                "STYLES_PATH": "styles.toml",
            },
            """\
ok    Port: localhost port 8080, reachable from this machine only
ok    Catalogue: enabled models: 3 video, 1 image
ok    Styles: enabled: 1""",
        ),
    ],
)
async def test_the_lines_say_what_the_settings_mean(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    (tmp_path / "rules.txt").write_text("fine\nbad\n", encoding="utf-8")
    (tmp_path / "models.toml").write_text(f"{CATALOGUE}{DISABLED_IMAGES}", encoding="utf-8")
    (tmp_path / "styles.toml").write_text(STYLES, encoding="utf-8")
    _, lines = await checked(tmp_path, environment(discord, api, **settings), discord.url)
    assert [line for line in told.splitlines() if line not in lines] == []


async def test_a_check_whose_own_settings_are_wrong_is_skipped(
    discord: FakeDiscord, api: ManualSamsar, tmp_path: Path
) -> None:
    """With the defaults in their place, it would pass."""
    needed = {
        "Port": ("HOST", "PORT", "PUBLIC_URL", "SAMSAR_BASE_URL"),
        "Files": ("DATABASE_URL",),
        "Catalogue": ("CATALOGUE_PATH",),
        "Styles": ("STYLES_PATH",),
        "Prompt filter": ("PROMPT_FILTER_PATH",),
        "Database": ("DATABASE_URL",),
        "Privacy": ("RETENTION_DAYS", "PRIVACY_URL", "TERMS_URL"),
        "Samsar API": ("SAMSAR_API", "SAMSAR_BASE_URL"),
    }
    env = environment(discord, api, **dict.fromkeys({name for each in needed.values() for name in each}, "\a"))
    status, lines = await checked(tmp_path, env, discord.url)
    assert status == 2
    assert [line for line in lines if line.startswith("skip ")] == [
        f"skip  {name}: needs a valid {' and '.join(settings)}" for name, settings in needed.items()
    ]
