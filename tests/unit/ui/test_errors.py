"""Rejections name the mistake and alternatives, and that nothing was charged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, RequestLimits, VideoModel
from bot.domain.credits import BudgetScope, Shortfall
from bot.domain.quota import Block
from bot.domain.request import Problem, ProblemCode
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts
from bot.ui import block_texts, errors, refusals
from bot.ui.amounts import format_duration
from bot.ui.escaping import escape_line
from tests.helpers.discord_limits import broken_limits, mentioned
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import FOREIGN
from tests.helpers.languages import LANGUAGES

LUMA = VideoModel("LUMA", "Luma", 10, (AspectRatio.WIDE,))
VEO = VideoModel("VEOI2V", "Google *Veo*", 60, (AspectRatio.WIDE,))

PROBLEMS = {
    Problem(ProblemCode.PROMPT_BLANK, allowed=("2000",)): ["2,000"],
    Problem(ProblemCode.PROMPT_TOO_LONG, "2001", ("2000",)): ["2,001", "2,000"],
    Problem(ProblemCode.SECONDS_OUT_OF_RANGE, "121", ("1", "120")): ["“121”", "1 to 120"],
    Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "SORA", ("Luma", "Veo")): ["“SORA”", "**Luma**, **Veo**"],
    Problem(ProblemCode.VIDEO_MODEL_ASPECT, "Luma", ("Kling", "Veo"), "9:16"): [
        "Luma ",
        r"9\:16",
        "**Kling**, **Veo**",
    ],
    Problem(ProblemCode.IMAGE_MODEL_UNKNOWN, "DALLE", ("Flux",)): ["“DALLE”", "**Flux**"],
    Problem(ProblemCode.ASPECT_UNKNOWN, "1:1", ("16:9", "9:16")): [r"“1\:1”", r"**16\:9**, **9\:16**"],
    Problem(ProblemCode.ASPECT_WITHOUT_MODEL, "9:16"): [r"9\:16"],
    Problem(ProblemCode.LANGUAGE_UNKNOWN, "de", ("auto", "fr")): ["“de”", "**Auto**, **French**"],
    Problem(ProblemCode.LANGUAGE_AMBIGUOUS, allowed=("fr", "hi")): ["**French**, **Hindi**"],
    Problem(ProblemCode.SUBTITLES_UNKNOWN, "on", ("False", "True")): ["True or False"],
    Problem(ProblemCode.TONE_UNKNOWN, "funny", ("grounded", "cinematic")): ["“funny”", "**Grounded**, **Cinematic**"],
}
"""One problem of each kind, and the facts that its line contains."""


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_a_refusal_names_the_mistake_and_what_is_possible(problem: Problem) -> None:
    """It also says that nothing was charged."""
    embed = errors.validation_embed(ENGLISH, [problem])
    assert embed.title == ENGLISH("errors-problems-title", problems=1)
    line, blank, last = str(embed.description).splitlines()
    assert line.startswith("• ")
    for fact in PROBLEMS[problem]:
        assert fact in line
    assert (blank, last) == ("", refusals.not_charged(ENGLISH))


def test_a_duration_without_any_visible_character_is_not_repeated() -> None:
    """Empty quotes would confuse the member."""
    embed = errors.validation_embed(ENGLISH, [Problem(ProblemCode.SECONDS_OUT_OF_RANGE, " ", ("1", "120"))])
    assert f"• {ENGLISH('errors-no-duration', min=1, max=120)}\n" in str(embed.description)


@pytest.mark.parametrize(
    ("problem", "refusal"),
    [
        (Problem(ProblemCode.LANGUAGE_UNKNOWN, "fr"), "errors-no-language"),
        (Problem(ProblemCode.SUBTITLES_UNKNOWN, "True"), "errors-no-subtitles"),
        (Problem(ProblemCode.TONE_UNKNOWN, "cinematic"), "errors-no-tone"),
    ],
    ids=lambda value: value.code if isinstance(value, Problem) else "",
)
def test_an_extra_that_the_api_does_not_have_is_refused_with_a_way_on(problem: Problem, refusal: MessageId) -> None:
    """The operator may have returned to an older version."""
    assert f"• {ENGLISH(refusal)}\n" in str(errors.validation_embed(ENGLISH, [problem]).description)


def test_every_kind_of_problem_has_its_words() -> None:
    """A new rule without text fails this test."""
    assert {problem.code for problem in PROBLEMS} == set(ProblemCode)


def test_several_problems_are_in_one_message_in_their_order() -> None:
    """A member can correct all of them at once."""
    embed = errors.validation_embed(ENGLISH, list(PROBLEMS))
    alone = [str(errors.validation_embed(ENGLISH, [each]).description).splitlines()[0] for each in PROBLEMS]
    assert embed.title == ENGLISH("errors-problems-title", problems=len(PROBLEMS))
    assert str(embed.description).splitlines()[:-2] == alone


WITH_NUMBERS = {ProblemCode.PROMPT_BLANK, ProblemCode.PROMPT_TOO_LONG, ProblemCode.SECONDS_OUT_OF_RANGE}
KINDS = st.sampled_from(sorted(set(ProblemCode) - WITH_NUMBERS))


@LANGUAGES
@given(
    problems=st.lists(
        st.builds(Problem, KINDS, FOREIGN, st.lists(FOREIGN, min_size=2, max_size=25).map(tuple), FOREIGN), max_size=5
    )
)
def test_no_forged_option_and_no_catalogue_breaks_a_refusal(texts: Texts, problems: list[Problem]) -> None:
    """The catalogue has 25 models with names of a hundred characters."""
    embed = errors.validation_embed(texts, problems)
    assert broken_limits(embed) == []
    assert mentioned(str(embed.description)) == set()


def test_a_long_list_of_models_ends_with_how_many_more_there_are() -> None:
    """The first models are named, and the rest are counted."""
    labels = tuple("m" * 98 + f"{n:02}" for n in range(25))
    problem = Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "SORA", labels)
    text = str(errors.validation_embed(ENGLISH, [problem]).description)
    assert labels[0] in text
    named = sum(label in text for label in labels)
    assert f", {ENGLISH('errors-more-models', models=25 - named)}." in text


@pytest.mark.parametrize(
    ("shortfall", "model", "facts"),
    [
        (
            Shortfall(BudgetScope.MEMBER, 600, 320, 1_800_000_000_000),
            LUMA,
            ("**600 credits**", "you have **320 credits**", "**32 s** with Luma."),
        ),
        (
            Shortfall(BudgetScope.SERVER, 7200, 7100, 1_800_000_000_000),
            VEO,
            ("**7,200 credits**", "this server has **7,100 credits**", r"**1 min 58 s** with Google \*Veo\*."),
        ),
    ],
    ids=["allowance", "server"],
)
def test_a_movie_that_does_not_fit_is_refused_with_what_would(
    shortfall: Shortfall, model: VideoModel, facts: tuple[str, str, str]
) -> None:
    """It says cost, balance, the affordable length, and when credits reset."""
    embed = refusals.insufficient_credits_embed(ENGLISH, shortfall, model, RequestLimits())
    cost, affordable, reset, last = str(embed.description).splitlines()
    assert facts[0] in cost
    assert facts[1] in cost
    assert affordable.endswith(facts[2])
    assert reset == ENGLISH("refusals-reset", time="<t:1800000000:R>", date="<t:1800000000:D>")
    assert last == refusals.not_charged(ENGLISH)


@LANGUAGES
@given(
    scope=st.sampled_from(BudgetScope),
    needed=st.integers(0, 10**9),
    left=st.integers(0, 10**9),
    label=FOREIGN,
    price=st.integers(1, 100_000),
)
def test_what_is_affordable_is_never_more_than_a_movie_may_be(
    texts: Texts, scope: BudgetScope, needed: int, left: int, label: str, price: int
) -> None:
    """The longest movie is two minutes, and the message always fits."""
    model = VideoModel("X", label, price, (AspectRatio.WIDE,))
    embed = refusals.insufficient_credits_embed(texts, Shortfall(scope, needed, left, 0), model, RequestLimits())
    assert broken_limits(embed) == []
    longest = texts("refusals-affordable", duration=format_duration(texts, 120), model=escape_line(label, 100))
    if scope is not BudgetScope.PLAN:
        assert (longest in str(embed.description).splitlines()) == (left // price >= 120)


@LANGUAGES
@pytest.mark.parametrize("scope", BudgetScope)
def test_a_list_of_many_models_fits_its_field(texts: Texts, scope: BudgetScope) -> None:
    """Affordable models are not listed if the plan or queue is short."""
    many = [VideoModel(f"V{n}", "*" * 100, 1 + n, (AspectRatio.WIDE,)) for n in range(25)]
    for models in (many, many[:1]):
        embed = refusals.insufficient_credits_embed(texts, Shortfall(scope, 90, 10, 0), VEO, RequestLimits())
        refusals.add_affordable_models(texts, embed, Shortfall(scope, 90, 10, 0), models, RequestLimits())
        assert broken_limits(embed) == []
        own = scope not in {BudgetScope.PLAN, BudgetScope.QUEUED}
        assert len(embed.fields) == (own and len(models) > 1)


def test_what_is_left_of_the_plan_is_not_said() -> None:
    """Only the operator sees the plan.

    A member reads until when the bot takes no orders.
    """
    shortfall = Shortfall(BudgetScope.PLAN, 660, 59, 1_800_000_000_000)
    embed = refusals.insufficient_credits_embed(ENGLISH, shortfall, VEO, RequestLimits())
    text = str(embed.description)
    assert embed.title == refusals.plan_exhausted(ENGLISH)
    assert "<t:1800000000:R>" in text
    assert "59" not in text


@pytest.mark.parametrize("until", [None, 1_800_000_000_000])
@pytest.mark.parametrize("everywhere", [True, False])
@LANGUAGES
def test_a_blocked_member_reads_who_blocked_them_until_when_and_why(
    texts: Texts, *, everywhere: bool, until: int | None
) -> None:
    """There are four sentences, and the reason has its own line."""
    embed = refusals.blocked_embed(texts, Block(until, "spam *again*", everywhere=everywhere))
    sentence, reason, _ = str(embed.description).splitlines()
    assert sentence == block_texts.blocked_text(texts, Block(until, "", everywhere=everywhere))
    assert ("<t:1800000000:f>" in sentence) == (until is not None)
    assert sentence != block_texts.blocked_text(texts, Block(until, "", everywhere=not everywhere))
    assert reason == texts("refusals-reason", reason=r"spam \*again\*")


def test_each_permission_has_the_name_of_discords_settings() -> None:
    """Every permission that a delivery needs is named."""
    names = (
        "View Channel",
        "Send Messages",
        "Send Messages in Threads",
        "Embed Links",
        "Attach Files",
        "Read Message History",
        "Manage Threads",
    )
    for name in names:
        assert errors.permissions(ENGLISH, [name.lower().replace(" ", "_")]) == f"**{name}**"


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (Problem(ProblemCode.VIDEO_MODEL_UNKNOWN, "X", ("Y",)), "errors-video-model"),
        (Problem(ProblemCode.IMAGE_MODEL_UNKNOWN, "X", ("Y",)), "errors-image-model"),
        (Problem(ProblemCode.ASPECT_UNKNOWN, "X", ("Y",)), "errors-aspect-ratio"),
        (Problem(ProblemCode.LANGUAGE_UNKNOWN, "X", ("Y",)), "errors-language"),
        (Problem(ProblemCode.TONE_UNKNOWN, "X", ("Y",)), "errors-tone"),
    ],
)
def test_a_choice_that_does_not_exist_is_called_what_it_is(problem: Problem, message: MessageId) -> None:
    line = f"• {ENGLISH(message, value='X', names='**Y**')}"
    assert str(errors.validation_embed(ENGLISH, [problem]).description).splitlines()[0] == line


@pytest.mark.parametrize(
    ("code", "value", "name"),
    [
        (ProblemCode.LANGUAGE_UNKNOWN, "fr", "commands-language-french"),
        (ProblemCode.TONE_UNKNOWN, "cinematic", "commands-tone-cinematic"),
    ],
)
def test_a_language_or_tone_that_is_not_offered_is_named_as_in_the_menu(
    code: ProblemCode, value: str, name: MessageId
) -> None:
    """The API's value means nothing to a member."""
    text = str(errors.validation_embed(ENGLISH, [Problem(code, value, ("other",))]).description)
    assert f"“{ENGLISH(name)}”" in text


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
    """It uses the permission names of Discord's settings."""
    assert f"I need {named} in this channel." in errors.missing_permissions(ENGLISH, missing)


SHORT = {
    "only_in_servers": errors.only_in_servers,
    "internal_error": errors.internal_error,
    "restarting": errors.restarting,
    "invalid_option": errors.invalid_option,
    "outdated_command": errors.outdated_command,
    "empty_message": errors.empty_message,
    "missing_permissions": lambda texts: errors.missing_permissions(texts, ("send_messages",)),
    "not_own_message": refusals.not_own_message,
    "may_not_post": refusals.member_may_not_post,
    "too_fast": lambda texts: refusals.too_fast(texts, 0),
}
"""Refusals of one or two sentences."""


@LANGUAGES
@pytest.mark.parametrize("refusal", SHORT.values(), ids=SHORT)
def test_every_short_refusal_fits_and_says_that_nothing_was_charged(
    texts: Texts, refusal: Callable[[Texts], str]
) -> None:
    text = refusal(texts)
    assert len(text) <= 300
    assert refusals.not_charged(texts) in text
