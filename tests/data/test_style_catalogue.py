"""Shipped styles in every language, and mistakes in an operator's file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.language import Language
from bot.domain.styles import Style
from bot.errors import CatalogueError
from data.style_catalogue import BUNDLED_PATH, MAX_WORDS_LENGTH, load_styles

GOOD = """\
[[styles]]
key = "house"
label = "House style"
words = "Shot like our trailers."

[[styles]]
key = "noir"
label.en-US = "Film noir"
label.de = "Schwarze Serie"
words.en-US = "Black and white."
words.de = "In Schwarz-Weiß."
enabled = false

[[styles]]
key = "plain"
label = "Plain"
words = "No effects."
"""

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def written(tmp_path: Path, text: str) -> Path:
    """Write a file of styles."""
    path = tmp_path / "styles.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    """Return the problems, without the path that each line begins with."""
    with pytest.raises(CatalogueError) as caught:
        load_styles(path)
    return [line.removeprefix(str(path)).removeprefix(" ").removeprefix(": ") for line in caught.value.problems]


def test_a_style_has_one_text_for_everyone_or_one_for_each_language(tmp_path: Path) -> None:
    """A language that is missing gets English."""
    house, noir, _ = load_styles(written(tmp_path, GOOD))
    assert (house.key, house.enabled, noir.key, noir.enabled) == ("house", True, "noir", False)
    assert {house.label(language) for language in Language} == {"House style"}
    assert {house.words_in(language) for language in Language} == {"Shot like our trailers."}
    assert (noir.label(Language.GERMAN), noir.label(Language.JAPANESE)) == ("Schwarze Serie", "Film noir")
    assert (noir.words_in(Language.GERMAN), noir.words_in(Language.FRENCH)) == ("In Schwarz-Weiß.", "Black and white.")


@pytest.mark.parametrize("style", load_styles(BUNDLED_PATH), ids=lambda style: style.key)
def test_a_shipped_style_speaks_every_language(style: Style) -> None:
    """Its words are a sentence that ends with the language's full stop."""
    assert set(style.labels) == set(style.words) == set(Language)
    for language, words in style.words.items():
        is_japanese = language is Language.JAPANESE
        assert bool(JAPANESE.search(words)) is is_japanese
        assert words.endswith("。" if is_japanese else ".")
    assert JAPANESE.search(style.labels[Language.JAPANESE])
    assert len(set(style.words.values())) == len(Language)


def test_the_shipped_styles_have_names_of_their_own_in_every_language() -> None:
    styles = load_styles(BUNDLED_PATH)
    assert len(styles) >= 8
    for language in Language:
        assert len({style.label(language) for style in styles}) == len(styles)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('key = "house"', 'key = ""', "line 2: [[styles]] key must be a text of 1 to 50 characters"),
        ('label = "House style"', "label = 5", "line 3: [[styles]] label must be a text of 1 to 100 characters"),
        (
            'words = "Shot like our trailers."',
            f'words = "{"x" * (MAX_WORDS_LENGTH + 1)}"',
            "line 4: [[styles]] words must be a text of 1 to 200 characters",
        ),
        ('label.de = "Sch', 'label.tlh = "Sch', "line 9: [[styles]] label.tlh is an unknown language. Expected "),
        ('words.de = "In Schwarz-Weiß."', "words.de = []", "line 11: [[styles]] words.de must be a text of 1 to 200"),
        ('label.en-US = "Film noir"\n', "", "line 8: [[styles]] label needs a text for en-US"),
        ("enabled = false", "enabled = 0", "line 12: [[styles]] enabled must be true or false"),
        ("enabled = false", "price = 3", "line 12: [[styles]] price is an unknown key. Expected key, label, words, en"),
        ('key = "noir"', 'key = "house"', "line 7: [[styles]] key 'house' is already in line 2"),
        ('label = "House style"', 'label = "Film noir"', "line 8: [[styles]] label 'Film noir' is already in line 3"),
        ('[[styles]]\nkey = "plain"', '[[style]]\nkey = "plain"', "line 14: unknown table 'style'. Expected "),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in GOOD
    [problem] = problems(written(tmp_path, GOOD.replace(before, after, 1)))
    assert problem.startswith(told)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    found = problems(written(tmp_path, '[[styles]]\nkey = 1\nlabel = ""\nwords.de = "x"\nenabled = "no"\n'))
    assert [problem.partition(":")[0] for problem in found] == ["line 2", "line 5", "line 3", "line 4"]


def test_no_more_styles_are_enabled_than_discord_shows(tmp_path: Path) -> None:
    """One of its 25 options is "No style"."""
    lines = [f'[[styles]]\nkey = "{n}"\nlabel = "{n}"\nwords = "w"\n' for n in range(25)]
    assert problems(written(tmp_path, "".join(lines))) == [
        "line 1: 25 [[styles]] are enabled, but Discord shows at most 24"
    ]
    one_off = "".join(lines) + "enabled = false\n"
    assert sum(style.enabled for style in load_styles(written(tmp_path, one_off))) == 24


def test_a_file_that_is_missing_or_empty_or_all_off_is_told(tmp_path: Path) -> None:
    assert "can't be read" in problems(tmp_path / "absent.toml")[0]
    assert problems(written(tmp_path, "")) == ["line 1: needs at least one [[styles]]"]
    off = 'key = "a"\nlabel = "a"\nwords = "a"\nenabled = false\n'
    assert problems(written(tmp_path, f"[[styles]]\n{off}")) == [
        "line 1: all [[styles]] are disabled. Enable at least one"
    ]
