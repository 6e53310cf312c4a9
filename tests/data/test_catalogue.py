"""The shipped models and styles are as specified, and mistakes in an operator's files name their line."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.errors import CatalogueError
from bot.domain.catalogue import AspectRatio, Style
from bot.domain.request import Draft, validate
from bot.domain.text import Language
from bot.samsar.config import PROFILES, ApiVersion
from bot.settings import Settings
from data.catalogue import BUNDLED_PATH, bundled_path, load_catalogue, load_styles

WIDE, TALL = AspectRatio.WIDE, AspectRatio.TALL

GOOD = """\
# mine
[[video_models]]
key = "LUMA"
label = "Luma"
credits_per_second = 10
aspect_ratios = ["16:9"]
recommended_for = ["16:9"]
enabled = true

[[video_models]]
key = "KLING"
label = "Kling"
credits_per_second = 10
aspect_ratios = ["16:9", "9:16"]

[[image_models]]
key = "FLUX"
label = "Flux"
"""
"""A valid catalogue, whose first model's key is in line 3."""


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path, load: Callable[[Path], object] = load_catalogue) -> list[str]:
    with pytest.raises(CatalogueError) as caught:
        load(path)
    assert all(line.startswith(str(path)) and "\n" not in line for line in caught.value.problems)
    return [line.removeprefix(str(path)).removeprefix(" ").removeprefix(": ") for line in caught.value.problems]


def test_the_shipped_catalogue_has_the_models_that_were_asked_for() -> None:
    catalogue = load_catalogue(bundled_path("2025-03"))
    assert [(m.key, m.credits_per_second, m.aspect_ratios) for m in catalogue.enabled_video_models] == [
        ("LUMA", 10, (WIDE,)),
        ("KLINGIMGTOVIDPRO", 10, (WIDE, TALL)),
        ("PIXVERSEI2V", 10, (WIDE, TALL)),
        ("WAN2.1", 10, (WIDE,)),
        ("VEOI2V", 60, (WIDE, TALL)),
    ]
    assert [model.key for model in catalogue.enabled_image_models] == ["FLUX1.1PRO", "IMAGEN3"]


@pytest.mark.parametrize("aspect", AspectRatio)
@pytest.mark.parametrize("version", ApiVersion)
def test_a_member_can_afford_three_default_movies_of_each_shape(version: ApiVersion, aspect: AspectRatio) -> None:
    catalogue = load_catalogue(bundled_path(version), PROFILES[version].limits)
    assert catalogue.limits.allow(catalogue.limits.default_seconds)
    assert aspect in catalogue.video_models_for(aspect)[0].recommended_for
    ordered = validate(Draft("a fox", aspect_ratio=aspect), catalogue)
    assert 3 * ordered.price <= Settings.model_fields["member_monthly_credits"].default


def test_an_operators_own_catalogue_is_read_as_written(tmp_path: Path) -> None:
    luma, kling = load_catalogue(written(tmp_path, GOOD)).video_models
    assert (luma.key, luma.label, luma.credits_per_second) == ("LUMA", "Luma", 10)
    assert (luma.aspect_ratios, luma.recommended_for, luma.enabled) == ((WIDE,), (WIDE,), True)
    assert (kling.recommended_for, kling.enabled) == ((), True)
    spaced = GOOD.replace('"Luma"', '" Luma "').replace("= 10\nasp", "= 100000\nasp", 1)
    luma, _ = load_catalogue(written(tmp_path, spaced)).video_models
    assert (luma.label, luma.credits_per_second) == ("Luma", 100_000)
    said = GOOD.replace("enabled = true", 'good_at.en-US = "Animals"\ngood_at.de = "Tiere"')
    luma, kling = load_catalogue(written(tmp_path, said)).video_models
    found = [model.strength(language) for model in (luma, kling) for language in (Language.GERMAN, Language.FRENCH)]
    assert found == ["Tiere", "Animals", "", ""]
    catalogue = load_catalogue(written(tmp_path, GOOD.replace("enabled = true", "enabled = false")))
    assert [model.key for model in catalogue.enabled_video_models] == ["KLING"]
    assert catalogue.video_model("LUMA") is not None


VIDEO, IMAGE = "[[video_models]]", "[[image_models]]"
LANGUAGES = ", ".join(Language)
KEY = f"{VIDEO} key must be a text of 1 to 100 characters"
PRICE = f"line 5: {VIDEO} credits_per_second must be a whole number from 1 to 100000"
RATIOS = f"{VIDEO} aspect_ratios must be a list of aspect ratios: 16:9, 9:16"
TABLES = f"Expected {VIDEO} and {IMAGE}"
UNKNOWN_RATIO = "an aspect ratio that isn't in aspect_ratios"
KEYS = "key, label, credits_per_second, aspect_ratios, recommended_for, enabled, good_at, follow, longest_clip"

MISTAKES = [
    ('key = "LUMA"', "key = 7", f"line 3: {KEY}"),
    ('key = "LUMA"\n', "", f"line 2: {KEY}"),
    ('key = "LUMA"', '"key" = 7', f"line 3: {KEY}"),
    ('"Luma"', f'"{"x" * 101}"', f"line 4: {VIDEO} label must be a text of 1 to 100 characters"),
    ("= 10\nasp", "= 0\nasp", PRICE),
    ("= 10\nasp", "= 100001\nasp", PRICE),
    ("= 10\nasp", "= true\nasp", PRICE),
    ('= ["16:9"]\nrec', '= ["1:1"]\nrec', f"line 6: {RATIOS}"),
    ('= ["16:9"]\nrec', "= []\nrec", f"line 6: {RATIOS}"),
    ('= ["16:9"]\nrec', '= "16:9"\nrec', f"line 6: {RATIOS}"),
    ('for = ["16:9"]', "for = 7", f"line 7: {RATIOS.replace('aspect_ratios', 'recommended_for')}"),
    ('for = ["16:9"]', 'for = ["9:16"]', f"line 7: {VIDEO} recommended_for names {UNKNOWN_RATIO}"),
    ("enabled = true", 'enabled = "yes"', f"line 8: {VIDEO} enabled must be true or false"),
    ("enabled = true", "enable = true", f"line 8: {VIDEO} enable is an unknown key. Expected {KEYS}"),
    (
        "enabled = true",
        'good_at.en = "Animals"',
        f"line 8: {VIDEO} good_at.en is an unknown language. Expected {LANGUAGES}",
    ),
    ("enabled = true", 'good_at.de = "Tiere"', f"line 8: {VIDEO} good_at needs a text for en-US"),
    ('key = "KLING"', 'key = "LUMA"', f"line 11: {VIDEO} key 'LUMA' is already in line 3"),
    ('label = "Kling"', 'label = "Luma"', f"line 12: {VIDEO} label 'Luma' is already in line 4"),
    ('label = "Flux"', "label = []", f"line 18: {IMAGE} label must be a text of 1 to 100 characters"),
    ("[[image_models]]", "[image_models]", f"line 1: needs at least one {IMAGE}"),
    ("# mine", "spare = 1", f"line 1: unknown table 'spare'. {TABLES}"),
    ('label = "Flux"', 'label = "Flux"\n\n[[vidio]]\nx = 1', f"line 20: unknown table 'vidio'. {TABLES}"),
]
"""A text in GOOD, its replacement, and the problem that is reported."""


@pytest.mark.parametrize(("good", "bad", "told"), MISTAKES, ids=[bad[:40] for _, bad, _ in MISTAKES])
def test_a_mistake_is_reported_with_file_line_and_reason(tmp_path: Path, good: str, bad: str, told: str) -> None:
    assert good in GOOD
    assert problems(written(tmp_path, GOOD.replace(good, bad, 1))) == [told]


def test_at_least_one_model_of_each_kind_must_be_there_and_on(tmp_path: Path) -> None:
    for text in ("", "video_models = 1\nimage_models = [1]", "[video_models]\n[image_models]"):
        missing = [f"line 1: needs at least one {kind}" for kind in (VIDEO, IMAGE)]
        assert problems(written(tmp_path, text)) == missing
    off = re.sub(r'(label = "\w+")', r"\1\nenabled = false", GOOD.replace("enabled = true\n", ""))
    assert problems(written(tmp_path, off)) == [
        f"line 2: all {VIDEO} are disabled. Enable at least one",
        f"line 17: all {IMAGE} are disabled. Enable at least one",
    ]


def test_discord_lists_25_models_and_24_styles_at_most(tmp_path: Path) -> None:
    def more(kind: str, count: int, values: str = "") -> str:
        return "".join(f'{kind}\nkey = "M{n}"\nlabel = "M{n}"\n{values}' for n in range(count))

    images = more(IMAGE, 25)
    videos = more(VIDEO, 24, 'credits_per_second = 1\naspect_ratios = ["9:16"]\n')
    for kind, line, models in ((IMAGE, 16, images), (VIDEO, 2, videos)):
        assert problems(written(tmp_path, GOOD + models)) == [
            f"line {line}: 26 {kind} are enabled, but Discord shows at most 25"
        ]
    one_off = GOOD + images.replace('label = "M7"\n', 'label = "M7"\nenabled = false\n')
    assert len(load_catalogue(written(tmp_path, one_off)).enabled_image_models) == 25
    styles = "".join(f'[[styles]]\nkey = "{n}"\nlabel = "{n}"\nwords = "w"\n' for n in range(25))
    assert problems(written(tmp_path, styles), load_styles) == [
        "line 1: 25 [[styles]] are enabled, but Discord shows at most 24"
    ]
    longest = styles.replace('"0"', f'"{"x" * 50}"', 1).replace('"w"', f'"{"x" * 200}"', 1)
    assert sum(style.enabled for style in load_styles(written(tmp_path, f"{longest}enabled = false\n"))) == 24


def test_a_file_is_told_with_all_its_mistakes_or_why_it_can_not_be_read(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    for path, told in (
        (written(tmp_path, GOOD.replace('"Kling"', "Kling")), "at line 12"),
        (tmp_path / "nothing.toml", "can't be read: No such file or directory. Check CATALOGUE_PATH."),
        (tmp_path, "Is a directory"),
        (binary, "isn't UTF-8 text. Check CATALOGUE_PATH."),
    ):
        [problem] = problems(path)
        assert told in problem
    bad = GOOD.replace('"LUMA"', "1").replace("= 10", "= -1").replace('"Flux"', '""')
    lines = [line.split(":")[0] for line in problems(written(tmp_path, bad))]
    assert lines == ["line 3", "line 5", "line 13", "line 18"]


@given(st.lists(st.sampled_from(GOOD.splitlines()), max_size=30).map("\n".join) | st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_any_file_is_read_or_told_why_not(tmp_path: Path, text: str) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        assert load_catalogue(path).enabled_video_models
    except CatalogueError as exc:
        told = exc.problems
        assert told


STYLES = """\
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


def test_a_style_has_one_text_for_everyone_or_one_for_each_language(tmp_path: Path) -> None:
    house, noir, _ = load_styles(written(tmp_path, STYLES))
    assert (house.key, house.enabled, noir.key, noir.enabled) == ("house", True, "noir", False)
    assert {house.label_in(language) for language in Language} == {"House style"}
    assert {house.words_in(language) for language in Language} == {"Shot like our trailers."}
    assert (noir.label_in(Language.GERMAN), noir.label_in(Language.JAPANESE)) == ("Schwarze Serie", "Film noir")
    assert (noir.words_in(Language.GERMAN), noir.words_in(Language.FRENCH)) == ("In Schwarz-Weiß.", "Black and white.")


def test_what_a_shipped_model_is_good_at_is_said_in_every_language() -> None:
    said = [model.good_at for each in ApiVersion for model in load_catalogue(bundled_path(each)).video_models]
    for texts in filter(None, said):
        assert set(texts) == set(Language)
        assert len(set(texts.values())) == len(Language)
        assert JAPANESE.search(texts[Language.JAPANESE])


@pytest.mark.parametrize("style", load_styles(BUNDLED_PATH), ids=lambda style: style.key)
def test_a_shipped_style_speaks_every_language(style: Style) -> None:
    assert set(style.label) == set(style.words) == set(Language)
    for language, words in style.words.items():
        is_japanese = language is Language.JAPANESE
        assert bool(JAPANESE.search(words)) is is_japanese
        assert words.endswith("。" if is_japanese else ".")
    assert JAPANESE.search(style.label[Language.JAPANESE])
    assert len(set(style.words.values())) == len(Language)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("house", "x" * 51, "line 2: [[styles]] key must be a text of 1 to 50 characters"),
        ("House style", "x" * 101, "line 3: [[styles]] label must be a text of 1 to 100 characters"),
        ("Shot like our trailers.", "x" * 201, "line 4: [[styles]] words must be a text of 1 to 200 characters"),
        ('words.de = "In Schwarz-Weiß."', "words.de = []", "line 11: [[styles]] words.de must be a text of 1 to 200"),
        ("label.de", "label.tlh", "line 9: [[styles]] label.tlh is an unknown language. Expected "),
        ('label.en-US = "Film noir"\n', "", "line 8: [[styles]] label needs a text for en-US"),
        ("enabled = false", "price = 3", "line 12: [[styles]] price is an unknown key. Expected key, label, words, en"),
        ("House style", "Film noir", "line 8: [[styles]] label 'Film noir' is already in line 3"),
        ('[[styles]]\nkey = "noir"', '[[style]]\nkey = "noir"', "line 6: unknown table 'style'. Expected [[styles]]"),
    ],
)  # fmt: skip
def test_a_mistake_about_a_style_is_told_with_its_line(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert before in STYLES
    [problem] = problems(written(tmp_path, STYLES.replace(before, after, 1)), load_styles)
    assert problem.startswith(told)
