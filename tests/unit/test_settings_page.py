"""docs/settings.md, the README's table, .env.example and the settings agree."""

from __future__ import annotations

import re
from itertools import zip_longest

from bot.settings import Settings
from scripts import generate_settings_page as generator

NAMES = {name.upper() for name in Settings.model_fields}


def test_the_page_is_what_the_settings_and_the_example_file_make_of_it() -> None:
    """If it fails, run scripts/generate_settings_page.py."""
    text = generator.PAGE.read_text(encoding="utf-8")
    assert text == generator.page()
    assert set(re.findall(r"^## (\w+)$", text, re.MULTILINE)) == NAMES


def test_the_readme_s_table_has_every_setting_with_the_default_of_the_page() -> None:
    """A default that depends on another setting is described in words."""
    readme = (generator.ROOT / "README.md").read_text(encoding="utf-8")
    listed: dict[str, str] = {}
    for names, defaults in re.findall(r"^\| (`[A-Z_`, ]+`) \| (.*?) \|", readme, re.MULTILINE):
        each, shown = names.replace("`", "").split(", "), defaults.split(", ")
        listed |= zip_longest(each, shown[: len(each)], fillvalue=shown[0])
    assert set(listed) == NAMES
    page = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", generator.page(), re.MULTILINE | re.DOTALL))
    for name, default in listed.items():
        if found := re.search(r"^- Default: (.*)$", page[name], re.MULTILINE):
            assert default.startswith(found[1]), name
