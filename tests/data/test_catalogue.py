"""The shipped catalogue is as specified, and mistakes name their line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio
from bot.domain.request import Draft, ValidatedRequest, validate
from bot.errors import CatalogueError
from bot.samsar.profile import PROFILES, ApiVersion
from bot.settings import Settings
from data.catalogue import bundled_path, load_catalogue

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
    """Write a catalogue file, and return its path."""
    path = tmp_path / "catalogue.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    """Return the problems, without the path that each line begins with."""
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    assert all(line.startswith(str(path)) and "\n" not in line for line in caught.value.problems)
    return [line.removeprefix(str(path)).removeprefix(" ").removeprefix(": ") for line in caught.value.problems]


def test_the_shipped_catalogue_has_the_models_that_were_asked_for() -> None:
    """Keys, prices and shapes are those of the API's page."""
    catalogue = load_catalogue(bundled_path("2025-03"))
    assert [(m.key, m.credits_per_second, m.aspect_ratios) for m in catalogue.enabled_video_models] == [
        ("LUMA", 10, (WIDE,)),
        ("KLINGIMGTOVIDPRO", 10, (WIDE, TALL)),
        ("PIXVERSEI2V", 10, (WIDE, TALL)),
        ("WAN2.1", 10, (WIDE,)),
        ("VEOI2V", 60, (WIDE, TALL)),
    ]
    assert [model.key for model in catalogue.enabled_image_models] == ["FLUX1.1PRO", "IMAGEN3"]


def test_the_catalogue_for_2026_has_the_vendors_prices() -> None:
    """Prices are from the vendor's code in autumn 2026."""
    catalogue = load_catalogue(bundled_path("2026"))
    assert {m.key: m.credits_per_second for m in catalogue.enabled_video_models} == {
        "COSMOS3SUPERI2V": 20,
        "RUNWAYML": 30,
        "SEEDANCEI2V": 30,
        "VEO3.1I2VFAST": 36,
        "KLINGIMGTOVID3PRO": 36,
        "KLINGIMGTOVIDTURBO": 36,
        "HAPPYHORSEI2V": 36,
        "SEEDANCE2.0I2V": 40,
        "SEEDANCE2.5I2V": 50,
        "VEO3.1I2V": 60,
    }
    assert all(m.aspect_ratios == (WIDE, TALL) for m in catalogue.enabled_video_models)
    images = [model.key for model in catalogue.enabled_image_models]
    assert images == ["NANOBANANAPRO", "GPTIMAGE2.5", "SEEDREAM", "WAN2.7PRO"], "older servers take the first, too"
    assert catalogue.labels["GPTIMAGE2"] == "GPT Image 2", "its older movies keep its name"


@pytest.mark.parametrize("aspect", AspectRatio)
@pytest.mark.parametrize("version", ApiVersion)
def test_a_member_can_afford_three_default_movies_a_month(version: ApiVersion, aspect: AspectRatio) -> None:
    """The API accepts the default duration, and its price is at most a third of the default allowance."""
    catalogue = load_catalogue(bundled_path(version), PROFILES[version].limits)
    assert catalogue.limits.allow(catalogue.limits.default_seconds)
    ordered = validate(Draft("a fox", aspect_ratio=aspect), catalogue)
    assert isinstance(ordered, ValidatedRequest)
    assert 3 * ordered.price <= Settings.model_fields["member_monthly_credits"].default


@pytest.mark.parametrize("version", ApiVersion)
def test_the_shipped_models_have_names_that_people_read(version: ApiVersion) -> None:
    """No label is just the model's key."""
    catalogue = load_catalogue(bundled_path(version))
    models = [*catalogue.video_models, *catalogue.image_models]
    assert all(model.label and model.label != model.key for model in models)


@pytest.mark.parametrize("aspect", AspectRatio)
@pytest.mark.parametrize("version", ApiVersion)
def test_every_shape_has_a_default_that_is_recommended_for_it(version: ApiVersion, aspect: AspectRatio) -> None:
    assert aspect in load_catalogue(bundled_path(version)).video_models_for(aspect)[0].recommended_for


def test_an_operators_own_catalogue_is_read_as_written(tmp_path: Path) -> None:
    """A missing value has its default."""
    luma, kling = load_catalogue(written(tmp_path, GOOD)).video_models
    assert (luma.key, luma.label, luma.credits_per_second) == ("LUMA", "Luma", 10)
    assert (luma.aspect_ratios, luma.recommended_for, luma.enabled) == ((WIDE,), (WIDE,), True)
    assert (kling.recommended_for, kling.enabled) == ((), True)
    spaced = GOOD.replace('"Luma"', '" Luma "').replace("= 10\nasp", "= 100000\nasp", 1)
    luma, _ = load_catalogue(written(tmp_path, spaced)).video_models
    assert (luma.label, luma.credits_per_second) == ("Luma", 100_000)


def test_a_model_that_is_off_stays_known(tmp_path: Path) -> None:
    """Movies that are rendering still show its name."""
    catalogue = load_catalogue(written(tmp_path, GOOD.replace("enabled = true", "enabled = false")))
    assert [model.key for model in catalogue.enabled_video_models] == ["KLING"]
    assert catalogue.video_model("LUMA") is not None


KEYS = "key, label, credits_per_second, aspect_ratios, recommended_for, enabled"

MISTAKES = [
    ('key = "LUMA"', "key = 7", "line 3: [[video_models]] key must be a text of 1 to 100 characters"),
    ('key = "LUMA"', 'key = "  "', "line 3: [[video_models]] key must be a text of 1 to 100 characters"),
    ('key = "LUMA"\n', "", "line 2: [[video_models]] key must be a text of 1 to 100 characters"),
    ('"Luma"', f'"{"x" * 101}"', "line 4: [[video_models]] label must be a text of 1 to 100 characters"),
    ("= 10\nasp", "= 0\nasp", "line 5: [[video_models]] credits_per_second must be a whole number from 1 to 100000"),
    (
        "= 10\nasp",
        "= 9.5\nasp",
        "line 5: [[video_models]] credits_per_second must be a whole number from 1 to 100000",
    ),
    (
        "= 10\nasp",
        "= true\nasp",
        "line 5: [[video_models]] credits_per_second must be a whole number from 1 to 100000",
    ),
    (
        '= ["16:9"]\nrec',
        '= ["1:1"]\nrec',
        "line 6: [[video_models]] aspect_ratios must be a list of aspect ratios: 16:9, 9:16",
    ),
    (
        '= ["16:9"]\nrec',
        "= []\nrec",
        "line 6: [[video_models]] aspect_ratios must be a list of aspect ratios: 16:9, 9:16",
    ),
    (
        '= ["16:9"]\nrec',
        '= "16:9"\nrec',
        "line 6: [[video_models]] aspect_ratios must be a list of aspect ratios: 16:9, 9:16",
    ),
    (
        '= ["16:9"]\nrec',
        "= [[1]]\nrec",
        "line 6: [[video_models]] aspect_ratios must be a list of aspect ratios: 16:9, 9:16",
    ),
    (
        '= ["16:9"]\nrec',
        "= 5\nrec",
        "line 6: [[video_models]] aspect_ratios must be a list of aspect ratios: 16:9, 9:16",
    ),
    (
        'recommended_for = ["16:9"]',
        "recommended_for = 7",
        "line 7: [[video_models]] recommended_for must be a list of aspect ratios: 16:9, 9:16",
    ),
    (
        'recommended_for = ["16:9"]',
        'recommended_for = ["9:16"]',
        "line 7: [[video_models]] recommended_for names an aspect ratio that isn't in aspect_ratios",
    ),
    ("enabled = true", 'enabled = "yes"', "line 8: [[video_models]] enabled must be true or false"),
    (
        "enabled = true",
        "enable = true",
        f"line 8: [[video_models]] enable is an unknown key. Expected {KEYS}",
    ),
    ('key = "KLING"', 'key = "LUMA"', "line 11: [[video_models]] key 'LUMA' is already in line 3"),
    ('label = "Kling"', 'label = "Luma"', "line 12: [[video_models]] label 'Luma' is already in line 4"),
    ('label = "Flux"', "label = []", "line 18: [[image_models]] label must be a text of 1 to 100 characters"),
    ("[[image_models]]", "[image_models]", "line 1: needs at least one [[image_models]]"),
    ("# mine", "spare = 1", "line 1: unknown table 'spare'. Expected [[video_models]] and [[image_models]]"),
]
"""A text in GOOD, its replacement, and the problem that is reported."""


@pytest.mark.parametrize(("good", "bad", "told"), MISTAKES, ids=[bad[:40] for _, bad, _ in MISTAKES])
def test_a_mistake_is_reported_with_file_line_and_reason(tmp_path: Path, good: str, bad: str, told: str) -> None:
    """The line also says what the value must be."""
    assert GOOD.count(good) >= 1
    assert problems(written(tmp_path, GOOD.replace(good, bad, 1))) == [told]


@pytest.mark.parametrize(
    ("good", "bad"), [("key = ", '"key" = '), ("key = ", "  'key'  = "), ("[[video_models]]", " [[ video_models ]]")]
)
def test_the_line_of_a_mistake_is_found_however_toml_is_written(tmp_path: Path, good: str, bad: str) -> None:
    wrong = GOOD.replace('"LUMA"', "7").replace(good, bad)
    [told] = problems(written(tmp_path, wrong))
    assert told == "line 3: [[video_models]] key must be a text of 1 to 100 characters"


def test_a_mistake_in_an_inline_table_is_reported_in_the_first_line(tmp_path: Path) -> None:
    videos = GOOD.partition("[[image_models]]")[0]
    assert problems(written(tmp_path, f'image_models = [{{key = "FLUX", label = 7}}]\n{videos}')) == [
        "line 1: [[image_models]] label must be a text of 1 to 100 characters"
    ]


@pytest.mark.parametrize("name", ["vidio_models", '"vidio_models"'])
def test_an_unknown_table_is_reported_with_its_line(tmp_path: Path, name: str) -> None:
    assert problems(written(tmp_path, GOOD + f'\n[[{name}]]\nkey = "X"\n')) == [
        "line 20: unknown table 'vidio_models'. Expected [[video_models]] and [[image_models]]"
    ]


@pytest.mark.parametrize(
    "text", ["", "# nothing", "video_models = 1\nimage_models = [1]", "[video_models]\n[image_models]"]
)
def test_without_models_of_each_kind_there_is_no_bot(tmp_path: Path, text: str) -> None:
    """Both kinds are reported at once."""
    assert problems(written(tmp_path, text)) == [
        "line 1: needs at least one [[video_models]]",
        "line 1: needs at least one [[image_models]]",
    ]


def test_at_least_one_model_of_each_kind_must_be_on(tmp_path: Path) -> None:
    """The error names the line where the list begins."""
    off = re.sub(r'(label = "\w+")', r"\1\nenabled = false", GOOD.replace("enabled = true\n", ""))
    assert problems(written(tmp_path, off)) == [
        "line 2: all [[video_models]] are disabled. Enable at least one",
        "line 17: all [[image_models]] are disabled. Enable at least one",
    ]


def test_discord_lists_25_models_at_most(tmp_path: Path) -> None:
    """Disabled models don't count."""
    more = "".join(f'[[image_models]]\nkey = "M{n}"\nlabel = "M{n}"\n' for n in range(25))
    assert problems(written(tmp_path, GOOD + more)) == [
        "line 16: 26 [[image_models]] are enabled, but Discord shows at most 25"
    ]
    videos = "".join(
        f'[[video_models]]\nkey = "M{n}"\nlabel = "M{n}"\ncredits_per_second = 1\naspect_ratios = ["9:16"]\n'
        for n in range(24)
    )
    assert problems(written(tmp_path, GOOD + videos)) == [
        "line 2: 26 [[video_models]] are enabled, but Discord shows at most 25"
    ]
    one_off = GOOD + more.replace('label = "M7"\n', 'label = "M7"\nenabled = false\n')
    assert len(load_catalogue(written(tmp_path, one_off)).enabled_image_models) == 25


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Mistakes are in the order of the file."""
    bad = GOOD.replace('"LUMA"', "1").replace("= 10", "= -1").replace('"Flux"', '""')
    assert [line.split(":")[0] for line in problems(written(tmp_path, bad))] == [
        "line 3",
        "line 5",
        "line 13",
        "line 18",
    ]


def test_a_file_that_is_no_toml_is_told_with_the_line(tmp_path: Path) -> None:
    [told] = problems(written(tmp_path, GOOD.replace('"Kling"', "Kling")))
    assert "at line 12" in told


def test_a_file_that_is_missing_or_no_text_is_told_with_the_reason(tmp_path: Path) -> None:
    """A folder instead of a file is reported, too."""
    assert "No such file" in problems(tmp_path / "nothing.toml")[0]
    assert "Is a directory" in problems(tmp_path)[0]
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe")
    assert "can't be read" in problems(binary)[0]


@given(st.lists(st.sampled_from(GOOD.splitlines()), max_size=30).map("\n".join) | st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_file_is_read_or_told_why_not(tmp_path: Path, text: str) -> None:
    """Any content gives either a catalogue or a list of problems."""
    path = tmp_path / "catalogue.toml"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        assert load_catalogue(path).enabled_video_models
    except CatalogueError as exc:
        told = exc.problems
        assert told
