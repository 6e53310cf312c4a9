"""Deterministic ideas and improvements in every language, within a prompt's limit."""

import itertools
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Style
from bot.domain.text import Language, Wording, count_utf16
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, texts_in
from bot.samsar.config import PROFILES
from bot.ui import prompts
from data.catalogue import BUNDLED_PATH, load_styles
from tests.helpers.expected_text import ENGLISH

STYLES = load_styles(BUNDLED_PATH)
TEXTS = [*map(texts_in, Language)]
IDEAS: list[MessageId] = ["ideas-who", "ideas-does", "ideas-where"]
IMPROVEMENTS: list[MessageId] = ["prompts-shot", "prompts-light", "prompts-camera", "prompts-mood"]
LIMITS = sorted({profile.limits.max_prompt_length for profile in PROFILES.values()})


def test_an_idea_is_one_sentence_that_its_seed_decides_and_never_the_previous_one() -> None:
    for seed in "abc":
        first = prompts.new_idea(ENGLISH, seed)
        assert prompts.new_idea(ENGLISH, seed, previous=first) != first
    for texts in TEXTS:
        found, again = ([prompts.new_idea(texts, str(seed)) for seed in range(150)] for _ in range(2))
        assert found == again
        assert len(set(found)) > 100
        assert [idea for idea in found if not re.fullmatch(r"[^.。]+[.。]", idea) or not 15 <= len(idea) <= 160] == []
        assert texts.language is Language.JAPANESE or all(idea[0].isupper() for idea in found)
        longest = max(found, key=len)
        for style in STYLES:
            wording = Wording("", longest, prompts.improvement(longest), style.key)
            prompt = prompts.compose(texts, wording, style, LIMITS[0])
            assert prompt is not None
            assert len(re.findall("[.。]", prompt)) >= 3


def test_every_list_has_as_many_variants_in_every_language() -> None:
    """A missing variant would silently repeat another one."""
    ideas, improvements = prompts.IDEA_VARIANTS, prompts.IMPROVEMENT_VARIANTS
    for message_id, number in {**dict.fromkeys(IDEAS, ideas), **dict.fromkeys(IMPROVEMENTS, improvements)}.items():
        for texts in TEXTS:
            assert len({texts(message_id, variant=each) for each in range(number)}) == number, message_id


def test_an_improvement_adds_the_shot_the_light_the_camera_and_the_mood() -> None:
    number = prompts.improvement("a red balloon")
    assert number == prompts.improvement("a red balloon")
    assert len({prompts.improvement(str(each)) for each in range(200)}) > 150
    for texts in TEXTS:
        prompt = prompts.compose(texts, Wording("a red balloon", "a red balloon", number), None, 500)
        assert prompt is not None
        assert prompt.startswith("a red balloon")
        assert (len(re.findall("[,、]", prompt)), len(re.findall("[.。]", prompt))) == (3, 2)


def test_what_is_added_is_a_sentence_of_its_own() -> None:
    begins = {"a fox": "a fox. Film noir: ", **{f"A fox{sign}": f"A fox{sign} Film noir: " for sign in "!.?…。！？"}}
    composed = {base: prompts.compose(ENGLISH, Wording(base, base), STYLES[0], 500) for base in begins}
    assert {base: str(prompt)[: len(begins[base])] for base, prompt in composed.items()} == begins
    german, words = texts_in(Language.GERMAN), {Language.ENGLISH: "in noir", Language.GERMAN: "als Film noir"}
    for style, ending in ((Style("x", words, words), "als Film noir"), (Style("x", {}, {Language.ENGLISH: "n"}), "n")):
        assert str(prompts.compose(german, Wording("", "ein Fuchs"), style, 500)).endswith(ending)
    styles = {"style:noir": "noir", "none": None, "style:none": "none"}
    assert {each: prompts.parse_style(each) for each in styles} == styles


def test_what_has_no_room_is_left_out_from_the_end_and_never_the_members_words() -> None:
    shown = [prompts.compose(ENGLISH, Wording("", "x" * length, 0), None, 500) for length in range(400, 500)]
    commas = [None if each is None else each.count(",") for each in shown]
    assert [key for key, _ in itertools.groupby(commas)] == [3, 2, 1, 0, None]
    assert all(each is None or each.startswith("x" * 400) for each in shown)
    whole = prompts.compose(ENGLISH, Wording("", "a fox", 0), STYLES[0], 500)
    assert whole is not None
    assert prompts.compose(ENGLISH, Wording("", "a fox", 0), STYLES[0], len(whole)) == whole


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
    wording = Wording(base, base, improvement, None if style is None else style.key)
    prompt = prompts.compose(texts, wording, style, limit)
    if prompt is None:
        assert count_utf16(base) > limit - 400
        return
    assert count_utf16(prompt) <= limit
    assert prompt.startswith(base)
    if style is not None:
        assert prompt.endswith(style.words_in(texts.language))
