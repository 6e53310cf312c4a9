"""Rejections name option and alternatives, and that nothing was spent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.request import Problem, ProblemCode
from bot.ui import errors, refusals
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.factories import FOREIGN

LUMA = VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,))
VEO = VideoModel("VEOI2V", "Google *Veo*", 60, (AspectRatio.WIDE,))

PROBLEMS = {
    Problem(ProblemCode.PROMPT_BLANK, allowed=("500",)): "**prompt**: describe your movie in 1 to 500 characters.",
    Problem(ProblemCode.PROMPT_TOO_LONG, "501", ("500",)): "**prompt**: 501 characters are too many; 500 is the limit.",
    Problem(ProblemCode.SECONDS_OUT_OF_RANGE, "121", ("1", "120")): (
        "**duration**: 121 s is not possible; 1 to 120 s is, in whole seconds."
    ),
    Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "SORA", ("Luma", "Veo")): (
        "**video_model**: SORA is not available; choose from **Luma**, **Veo**."
    ),
    Problem(ProblemCode.VIDEO_MODEL_ASPECT, "Luma 9:16", ("Kling", "Veo")): (
        r"**video_model**: Luma 9\:16 is not possible; in that shape, choose from **Kling**, **Veo**."
    ),
    Problem(ProblemCode.IMAGE_MODEL_UNKNOWN, "DALLE", ("Flux",)): (
        "**image_model**: DALLE is not available; choose from **Flux**."
    ),
    Problem(ProblemCode.ASPECT_UNKNOWN, "1:1", ("16:9", "9:16")): (
        r"**aspect_ratio**: 1\:1 is not possible; choose from **16\:9**, **9\:16**."
    ),
    Problem(ProblemCode.ASPECT_WITHOUT_MODEL, "9:16"): (
        r"**aspect_ratio**: no model makes 9\:16 movies at the moment."
    ),
    Problem(ProblemCode.LANGUAGE_UNKNOWN, "de", ("auto", "fr")): (
        "**language**: de isn't available. Choose from **Auto**, **French**."
    ),
    Problem(ProblemCode.LANGUAGE_AMBIGUOUS, allowed=("fr", "hi")): (
        "**language**: a movie has one, and you picked **French**, **Hindi**."
    ),
    Problem(ProblemCode.SUBTITLES_UNKNOWN, "on", ("False", "True")): "**subtitles**: must be True or False.",
    Problem(ProblemCode.TONE_UNKNOWN, "funny", ("grounded", "cinematic")): (
        "**tone**: funny isn't available. Choose from **Grounded**, **Cinematic**."
    ),
}
"""One problem of each kind, and the line that a member reads."""


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_a_refusal_names_the_option_and_the_limit(problem: Problem) -> None:
    """And says that nothing was spent."""
    embed = errors.validation_embed([problem])
    assert embed.title == "One thing to change"
    assert embed.description == f"• {PROBLEMS[problem]}\n\nNothing was spent."


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (Problem(ProblemCode.LANGUAGE_UNKNOWN, "fr"), "**language**: this bot offers no choice of it right now."),
        (Problem(ProblemCode.SUBTITLES_UNKNOWN, "True"), "**subtitles**: this bot has none right now."),
        (Problem(ProblemCode.TONE_UNKNOWN, "cinematic"), "**tone**: this bot offers no choice of it right now."),
    ],
    ids=lambda value: value.code if isinstance(value, Problem) else "",
)
def test_an_extra_that_the_api_does_not_have_is_refused_with_a_way_on(problem: Problem, line: str) -> None:
    """The operator may have gone back to an older version."""
    assert f"• {line} Leave it empty." in str(errors.validation_embed([problem]).description)


def test_every_kind_of_problem_has_its_words() -> None:
    """A new rule without words would be seen here first."""
    assert {problem.code for problem in PROBLEMS} == set(ProblemCode)


def test_several_problems_are_in_one_message_in_their_order() -> None:
    """A member mends them all in one go."""
    embed = errors.validation_embed(list(PROBLEMS))
    lines = str(embed.description).splitlines()
    assert embed.title == f"{len(PROBLEMS)} things to change"
    assert lines[:-2] == [f"• {line}" for line in PROBLEMS.values()]


KINDS = st.sampled_from(sorted(set(ProblemCode) - {ProblemCode.PROMPT_TOO_LONG, ProblemCode.SECONDS_OUT_OF_RANGE}))


@given(st.lists(st.builds(Problem, KINDS, FOREIGN, st.lists(FOREIGN, min_size=2, max_size=25).map(tuple)), max_size=5))
def test_no_forged_option_and_no_catalogue_breaks_a_refusal(problems: list[Problem]) -> None:
    """Even 25 models with names of a hundred characters."""
    embed = errors.validation_embed(problems)
    assert broken_limits(embed) == []
    assert mentioned(str(embed.description)) == set()


def test_a_long_list_of_models_ends_with_how_many_more_there_are() -> None:
    """The first are named, the rest counted."""
    labels = tuple("m" * 98 + f"{n:02}" for n in range(25))
    text = str(errors.validation_embed([Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "SORA", labels)]).description)
    assert labels[0] in text
    named = sum(label in text for label in labels)
    assert f", {25 - named} more." in text


@pytest.mark.parametrize(
    ("shortfall", "model", "lines"),
    [
        (
            Shortfall(BudgetScope.MEMBER, 600, 320, 1_800_000_000_000),
            LUMA,
            ["This movie costs **600 credits**; you have **320 credits** left this month.", "**32 s fits** with Luma."],
        ),
        (
            Shortfall(BudgetScope.SERVER, 7200, 7100, 1_800_000_000_000),
            VEO,
            [
                "This movie costs **7,200 credits**; this server has **7,100 credits** left to share this month.",
                r"**1 min 58 s fits** with Google \*Veo\*.",
            ],
        ),
    ],
    ids=["allowance", "server"],
)
def test_a_movie_that_does_not_fit_is_refused_with_what_would(
    shortfall: Shortfall, model: VideoModel, lines: list[str]
) -> None:
    """Cost, balance, what fits, and when credits reset."""
    embed = refusals.insufficient_credits_embed(shortfall, model, RequestLimits())
    reset = "Credits reset <t:1800000000:R> (<t:1800000000:D>)."
    assert str(embed.description).splitlines() == [*lines, reset, "Nothing was spent."]


@given(st.sampled_from(BudgetScope), st.integers(0, 10**9), st.integers(0, 10**9), FOREIGN, st.integers(1, 100_000))
def test_what_is_said_to_fit_is_never_more_than_a_movie_may_be(
    scope: BudgetScope, needed: int, left: int, label: str, price: int
) -> None:
    """Two minutes at most, however much is left.

    The message always fits.
    """
    model = VideoModel("X", label, price, (AspectRatio.WIDE,))
    embed = refusals.insufficient_credits_embed(Shortfall(scope, needed, left, 0), model, RequestLimits())
    assert broken_limits(embed) == []
    fitting = [line for line in str(embed.description).splitlines() if " fits**" in line]
    if fitting and left // price >= 60:
        assert fitting[0].startswith(("**2 min fits**", "**1 min"))


def test_what_is_left_of_the_plan_is_not_said() -> None:
    """It is the operator's business.

    A member reads only until when the bot takes nothing.
    """
    shortfall = Shortfall(BudgetScope.PLAN, 660, 59, 1_800_000_000_000)
    embed = refusals.insufficient_credits_embed(shortfall, VEO, RequestLimits())
    text = str(embed.description)
    assert embed.title == refusals.PLAN_EXHAUSTED
    assert "<t:1800000000:R>" in text
    assert "59" not in text


@given(FOREIGN)
def test_a_forged_value_has_no_live_markup(value: str) -> None:
    """It is named, cut, and on one line."""
    text = errors.invalid_option(value)
    shown = text.removesuffix(" is not possible there; pick what is offered. Nothing was spent.")
    assert live(shown) == []
    assert 0 < len(shown) <= 60
    assert "\n" not in shown


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        (("send_messages",), "**Send Messages**"),
        (("view_channel", "embed_links"), "**View Channel**, **Embed Links**"),
        (("send_messages_in_threads",), "**Send Messages in Threads**"),
        (("some_new_one",), "**some_new_one**"),
    ],
)
def test_a_channel_that_is_closed_to_the_bot_is_told_by_permission(missing: tuple[str, ...], named: str) -> None:
    """By the names that Discord's settings show."""
    assert f"I need {named} here." in errors.missing_permissions(missing)


@pytest.mark.parametrize(
    "text",
    [
        errors.only_in_servers(),
        errors.internal_error(),
        errors.outdated_command(),
        errors.order_voided(),
        errors.missing_permissions(("send_messages",)),
    ],
)
def test_every_short_refusal_fits_and_says_where_the_credits_are(text: str) -> None:
    """One or two sentences, without markup but bold."""
    assert len(text) <= 300
    assert "Nothing was spent" in text or "your credits are back" in text
    assert live(text.replace("**", "").replace("-", "")) == []
