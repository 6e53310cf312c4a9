"""Deterministic ideas and improvements in every language, within a prompt's limit."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import Language
from bot.domain.styles import Style
from bot.domain.text import count_utf16
from bot.domain.wording import Wording
from bot.locales.texts import Texts, texts_in
from bot.samsar.profile import PROFILES
from bot.ui import prompt_ideas
from data.style_catalogue import BUNDLED_PATH, load_styles
from tests.helpers.expected_text import ENGLISH
from tests.helpers.languages import LANGUAGES

STYLES = load_styles(BUNDLED_PATH)
TEXTS = [*map(texts_in, Language)]
LIMITS = sorted({profile.limits.max_prompt_length for profile in PROFILES.values()})


def ideas(texts: Texts, count: int = 300) -> list[str]:
    """Return many ideas."""
    return [prompt_ideas.new_idea(texts, str(seed)) for seed in range(count)]


@LANGUAGES
def test_the_same_seed_makes_the_same_idea_and_others_make_others(texts: Texts) -> None:
    assert ideas(texts) == ideas(texts)
    assert len(set(ideas(texts))) > 200


@LANGUAGES
def test_an_idea_is_never_the_previous_one(texts: Texts) -> None:
    for seed in ("a", "b", "c"):
        first = prompt_ideas.new_idea(texts, seed)
        assert prompt_ideas.new_idea(texts, seed, previous=first) != first


@LANGUAGES
def test_an_idea_is_one_sentence_in_its_language(texts: Texts) -> None:
    """A style and an improvement still fit."""
    for idea in ideas(texts):
        assert re.fullmatch(r"[^.。]+[.。]", idea)
        assert idea[0].isupper() or texts.language is Language.JAPANESE
        assert 15 <= len(idea) <= 160


@LANGUAGES
def test_every_list_has_as_many_variants_in_every_language(texts: Texts) -> None:
    """A missing variant would silently repeat another one."""
    heroes = [texts("ideas-who", variant=number) for number in range(prompt_ideas.IDEA_VARIANTS)]
    deeds = [texts("ideas-does", variant=number) for number in range(prompt_ideas.IDEA_VARIANTS)]
    places = [texts("ideas-where", variant=number) for number in range(prompt_ideas.IDEA_VARIANTS)]
    assert {len(set(each)) for each in (heroes, deeds, places)} == {prompt_ideas.IDEA_VARIANTS}
    for name in (
        [texts("prompts-shot", variant=number) for number in range(prompt_ideas.IMPROVEMENT_VARIANTS)],
        [texts("prompts-light", variant=number) for number in range(prompt_ideas.IMPROVEMENT_VARIANTS)],
        [texts("prompts-camera", variant=number) for number in range(prompt_ideas.IMPROVEMENT_VARIANTS)],
        [texts("prompts-mood", variant=number) for number in range(prompt_ideas.IMPROVEMENT_VARIANTS)],
    ):
        assert len(set(name)) == prompt_ideas.IMPROVEMENT_VARIANTS


@LANGUAGES
def test_an_improvement_adds_the_shot_the_light_the_camera_and_the_mood(texts: Texts) -> None:
    """The same prompt always gets the same text."""
    number = prompt_ideas.improvement("a red balloon")
    assert number == prompt_ideas.improvement("a red balloon")
    assert len({prompt_ideas.improvement(str(each)) for each in range(200)}) > 150
    prompt = prompt_ideas.compose(texts, Wording("a red balloon", "a red balloon", number), None, 500)
    assert prompt is not None
    assert prompt.startswith("a red balloon")
    assert len(re.findall("[,、]", prompt)) == 3
    assert len(re.findall("[.。]", prompt)) == 2


@pytest.mark.parametrize(
    ("base", "begins"),
    [("a fox", "a fox. Film noir: "), ("A fox!", "A fox! Film noir: "), ("きつね。", "きつね。 Film noir: ")],
)
def test_what_is_added_is_a_sentence_of_its_own(base: str, begins: str) -> None:
    """The prompt itself stays unchanged."""
    prompt = prompt_ideas.compose(ENGLISH, Wording(base, base, style="noir"), STYLES[0], 500)
    assert prompt is not None
    assert prompt.startswith(begins)


def test_what_has_no_room_is_left_out_from_the_end_and_never_the_members_words() -> None:
    """The mood goes first, then the camera, then the light."""
    longest = prompt_ideas.compose(ENGLISH, Wording("", "x" * 400, 0), None, 500)
    assert longest is not None
    shown = [prompt_ideas.compose(ENGLISH, Wording("", "x" * length, 0), None, 500) for length in range(400, 500)]
    commas = [None if each is None else each.count(",") for each in shown]
    assert [key for key, _ in itertools.groupby(commas)] == [3, 2, 1, 0, None]
    assert all(each is None or each.startswith("x" * 400) for each in shown)


@given(
    st.sampled_from(TEXTS),
    st.text(min_size=1, max_size=700) | st.integers(1, 4000).map("é".__mul__) | st.integers(1, 2000).map("🎈".__mul__),
    st.none() | st.integers(0, 6**4 - 1),
    st.none() | st.sampled_from(STYLES),
    st.sampled_from(LIMITS),
)
def test_a_prompt_never_exceeds_what_the_api_takes(
    texts: Texts, base: str, improvement: int | None, style: Style | None, limit: int
) -> None:
    """The limit is 500 or 4,000 characters, by version."""
    wording = Wording(base, base, improvement, None if style is None else style.key)
    prompt = prompt_ideas.compose(texts, wording, style, limit)
    if prompt is None:
        assert count_utf16(base) > limit - 400
        return
    assert count_utf16(prompt) <= limit
    assert prompt.startswith(base)
    if style is not None:
        assert prompt.endswith(style.words_in(texts.language))


@LANGUAGES
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.key)
def test_an_idea_has_room_for_every_style_and_all_improving_words(texts: Texts, style: Style) -> None:
    longest = max(ideas(texts), key=len)
    prompt = prompt_ideas.compose(
        texts, Wording("", longest, prompt_ideas.improvement(longest), style.key), style, LIMITS[0]
    )
    assert prompt is not None
    assert len(re.findall("[.。]", prompt)) >= 3
