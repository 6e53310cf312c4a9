"""Quotes, modals and responses, within Discord's limits."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, cast

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalogue import AspectRatio, Catalogue, ImageModel, RequestLimits, VideoModel
from bot.domain.delivery import PostedMessage
from bot.domain.extras import Extras, OfferedExtras, SpokenLanguage, Tone
from bot.domain.followers import MAX_FOLLOWERS, FollowResult
from bot.domain.job import Job, JobState, generate_id
from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget, PreferenceField
from bot.domain.quote import Quote, QuotePreview, QuoteUnavailable, QuoteUnavailableReason
from bot.domain.request import Draft, MovieRequest, ProblemCode
from bot.domain.styles import Style
from bot.domain.text import beginning
from bot.locales.message_ids import MessageId
from bot.locales.texts import Texts, texts_in
from bot.samsar.profile import AUTUMN_2026, MARCH_2025
from bot.ui import button_responses, extras, job_buttons, job_messages, modals, quotes
from bot.ui.components import build_view, parse_custom_id
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import CATALOGUE, FOREIGN, JOBS, balance, job

NOW = 1_800_000_000_000

TEXTS = [texts_in(language) for language in Language]
LANGUAGES = pytest.mark.parametrize("texts", TEXTS, ids=list(Language))

NAMES = st.text(min_size=1, max_size=100).filter(str.strip)
"""The longest model name that the catalogue's file allows."""

SHAPES = st.lists(st.sampled_from(AspectRatio), min_size=1, max_size=2, unique=True).map(tuple)

_KEYS = (lambda model: model.key, lambda model: model.label)
"""Both are unique in a catalogue."""

_VIDEO = st.builds(VideoModel, NAMES, NAMES, st.integers(1, 10**6), SHAPES)

ONLY_SUBTITLES = OfferedExtras(subtitles=(False, True))

CATALOGUES = st.builds(
    Catalogue,
    st.lists(_VIDEO, min_size=1, max_size=30, unique_by=_KEYS).map(tuple),
    st.lists(st.builds(ImageModel, NAMES, NAMES), min_size=1, max_size=30, unique_by=_KEYS).map(tuple),
    st.sampled_from((MARCH_2025.limits, AUTUMN_2026.limits, RequestLimits(extras=ONLY_SUBTITLES))),
)

DRAFTS = st.builds(
    Draft,
    st.text(max_size=700) | FOREIGN,
    st.none() | st.integers(1, 240),
    st.none() | NAMES,
    st.none() | NAMES,
    st.none() | NAMES | st.sampled_from(AspectRatio),
    st.none() | NAMES | st.sampled_from(SpokenLanguage),
    st.none() | st.booleans(),
    st.none() | NAMES | st.sampled_from(Tone),
)


def a_quote(prompt: str = "a red balloon", seconds: int = 40, video: str = "LUMA", credits: int = 400) -> Quote:
    """Return a quote of a valid request."""
    request = MovieRequest(prompt, seconds, video, "FLUX1.1PRO", AspectRatio.WIDE)
    return Quote(generate_id(NOW), 2, 3, 4, request, credits, NOW)


OFFERS = st.builds(a_quote, FOREIGN, st.integers(1, 240), NAMES, st.integers(1, 10**9))


STYLE_TEXTS = st.fixed_dictionaries(
    {Language.ENGLISH: NAMES},
    optional={language: NAMES for language in Language if language is not Language.ENGLISH},
)

STYLES = st.lists(
    st.builds(Style, st.text("abc:-", min_size=1, max_size=50), STYLE_TEXTS, STYLE_TEXTS),
    max_size=24,
    unique_by=lambda style: style.key,
).map(tuple)


def broken_form(form: dict[str, Any]) -> list[str]:
    """Return the limits of Discord's page on modals that a form breaks."""
    sizes = [("title", len(form["title"]), 1, 45), ("custom_id", len(form["custom_id"]), 1, 100)]
    sizes.append(("fields", len(form["components"]), 1, 5))
    for label in form["components"]:
        field = label["component"]
        sizes += [("label", len(label["label"]), 1, 45), ("about", len(label.get("description") or "-"), 1, 100)]
        sizes.append(("field's custom_id", len(field["custom_id"]), 1, 100))
        sizes.append(("placeholder", len(field.get("placeholder") or ""), 0, 150))
        if "options" in field:
            sizes.append(("options", len(field["options"]), 1, 25))
            most = field.get("max_values", 1)
            sizes.append(("chosen", sum(bool(option.get("default")) for option in field["options"]), 0, most))
            sizes.append(("most", most, 1, len(field["options"])))
        else:
            sizes.append(("value", len(field.get("value") or ""), 0, field["max_length"]))
        for option in field.get("options", ()):
            sizes += [("option", len(option["label"]), 1, 100), ("its value", len(option["value"]), 1, 100)]
            sizes.append(("its description", len(option.get("description") or "-"), 1, 100))
    return [f"{name}: {size}, not {least} to {most}" for name, size, least, most in sizes if not least <= size <= most]


@given(st.sampled_from(TEXTS), OFFERS, CATALOGUES, STYLES)
@settings(max_examples=60)
async def test_nothing_breaks_the_messages_of_a_quote(
    texts: Texts, quote: Quote, catalogue: Catalogue, styles: tuple[Style, ...]
) -> None:
    """Prompts, styles, model names and prices vary, and no one is mentioned."""
    embed = quotes.quote_embed(texts, QuotePreview(quote, balance()), catalogue)
    for view in (
        quotes.quote_view(texts, quote, replace(catalogue, styles=styles)),
        quotes.smaller_quote_view(texts, quote),
        quotes.edit_view(texts, quote),
    ):
        assert broken_limits(embed, "", view) == []
    assert live(str(embed.description).removeprefix(">>> ")) == []
    assert mentioned(str(embed.description)) == mentioned(str(embed.fields[0].value)) == set()


@LANGUAGES
def test_the_card_says_what_it_costs_what_is_left_and_when_it_resets(texts: Texts) -> None:
    embed = quotes.quote_embed(texts, QuotePreview(a_quote(), balance(500)), CATALOGUE)
    assert "400" in str(embed.title)
    numbers = re.findall(r"[0-9]+", re.sub(r"<[^>]*>", "", str(embed.fields[1].value)))
    assert numbers == ["100", "500"]
    for time in ("<t:1801440000:R>", "<t:1801440000:D>"):
        assert time in str(embed.fields[1].value)
    assert texts("quotes-accept-button") in str(embed.footer.text)


@pytest.mark.parametrize("reason", QuoteUnavailableReason)
def test_a_quote_that_cannot_be_taken_says_why(reason: QuoteUnavailableReason) -> None:
    """An accepted quote also has a link to the movie's message."""
    there = QuoteUnavailable(reason, job(), message=PostedMessage(3, 9))
    text = str(quotes.unavailable_embed(ENGLISH, there).description)
    assert ("https://discord.com/channels/2/3/9" in text) == (reason is QuoteUnavailableReason.ACCEPTED)
    without = str(quotes.unavailable_embed(ENGLISH, QuoteUnavailable(reason)).description)
    assert "https" not in without
    assert text.startswith(without.rstrip("."))


@LANGUAGES
def test_no_two_ends_of_a_quote_are_told_alike(texts: Texts) -> None:
    """Each says what to do next."""
    stale = [quotes.unavailable_embed(texts, QuoteUnavailable(reason)) for reason in QuoteUnavailableReason]
    ends = [quotes.accepted_embed(texts), quotes.cancelled_embed(texts), quotes.not_accepted_embed(texts), *stale]
    assert len({end.description for end in ends}) == len(ends)
    assert [broken_limits(end) for end in ends] == [[]] * len(ends)


@given(st.sampled_from(TEXTS), DRAFTS, CATALOGUES, st.booleans())
@settings(max_examples=60)
async def test_no_text_breaks_the_modal(texts: Texts, draft: Draft, catalogue: Catalogue, cut: bool) -> None:
    """Values may be typed, remembered, or from the catalogue."""
    for purpose in modals.ModalPurpose:
        form = modals.movie_modal(texts, purpose, ("order", generate_id(NOW)), draft, catalogue, cut=cut).to_dict()
        assert broken_form(form) == []
        prompt = form["components"][0]["component"]
        assert prompt.get("value", "") == beginning(draft.prompt, catalogue.limits.max_prompt_length)


WHOLE = Draft("a fox", 30, "LUMA", "FLUX1.1PRO", "9:16", "fr", subtitles=True, tone="cinematic")


async def test_a_modal_that_is_sent_as_it_was_opened_says_the_same() -> None:
    """An option that was not picked has its default."""
    catalogue = replace(CATALOGUE, limits=AUTUMN_2026.limits)
    for draft in (WHOLE, Draft("a fox", 30), replace(WHOLE, language=None, tone=None)):
        form = modals.movie_modal(ENGLISH, modals.ModalPurpose.NEW, ("order",), draft, catalogue).to_dict()
        fields = {each["component"]["custom_id"]: each["component"] for each in form["components"]}
        sent = {
            name: [option["value"] for option in field["options"] if option.get("default")]
            if "options" in field
            else [field["value"]]
            for name, field in fields.items()
        }
        assert modals.read_modal(sent, catalogue.limits) == (draft, ())


async def test_a_prompt_of_4000_characters_is_shown_to_its_end_before_it_is_ordered() -> None:
    """The added words are at the end."""
    prompt = "a red balloon " * 280 + "in watercolor"
    embed = quotes.quote_embed(ENGLISH, QuotePreview(a_quote(prompt), balance()), CATALOGUE)
    assert str(embed.description).endswith("in watercolor")
    assert broken_limits(embed) == []


async def test_the_modal_is_as_it_was_where_the_api_has_no_extras() -> None:
    """An aspect ratio needs no extra handling there."""
    form = modals.movie_modal(ENGLISH, modals.ModalPurpose.NEW, ("order",), WHOLE, CATALOGUE).to_dict()
    names = [each["component"]["custom_id"] for each in form["components"]]
    assert names == ["prompt", "seconds", "video_model", "image_model", "aspect_ratio"]
    assert [option["value"] for option in form["components"][-1]["component"]["options"]] == ["16:9", "9:16"]


def test_several_languages_are_a_problem_and_nothing_else_is_lost() -> None:
    """The same language twice counts once."""
    sent = {"prompt": ["a fox"], "seconds": ["x"], "options": ["language:fr", "tone:cinematic", "language:hi"]}
    draft, problems = modals.read_modal(sent, AUTUMN_2026.limits)
    assert draft == Draft("a fox", tone="cinematic")
    assert [problem.code for problem in problems] == [
        ProblemCode.SECONDS_OUT_OF_RANGE,
        ProblemCode.LANGUAGE_AMBIGUOUS,
    ]
    again, none = modals.read_modal(sent | {"seconds": ["5"], "options": ["language:fr"] * 2}, AUTUMN_2026.limits)
    assert (again.language, none) == ("fr", ())


@pytest.mark.parametrize("picked", ["", ":", "language", "language:", "colour:red", "subtitles:owl", "🎬:x"])
def test_options_that_no_modal_has_are_left_out(picked: str) -> None:
    """A forged form orders the same as without them."""
    sent = {"prompt": ["a fox"], "seconds": ["5"], "options": [picked]}
    assert modals.read_modal(sent, AUTUMN_2026.limits) == (Draft("a fox", 5), ())


def test_a_request_is_summarized_with_the_extras_that_are_no_default() -> None:
    """Default extras don't change a card."""
    plain = MovieRequest("a fox", 30, "LUMA", "FLUX1.1PRO", AspectRatio.WIDE)
    before = job_messages.request_summary(ENGLISH, plain, CATALOGUE)
    for chosen, line in (
        (Extras(), ""),
        (Extras(SpokenLanguage.AUTO, subtitles=False, tone=Tone.GROUNDED), ""),
        (Extras(SpokenLanguage.FRENCH), "French"),
        (Extras(SpokenLanguage.LATIN, subtitles=True, tone=Tone.CINEMATIC), "Latin · Subtitles · Tone: Cinematic"),
    ):
        summary = job_messages.request_summary(ENGLISH, replace(plain, extras=chosen), CATALOGUE)
        assert summary == "\n".join(part for part in (before, line) if part)


@LANGUAGES
def test_every_language_and_tone_has_a_name_and_an_option(texts: Texts) -> None:
    """A new language or tone without a name fails this test."""
    assert len({extras.language_name(texts, each) for each in SpokenLanguage}) == len(SpokenLanguage)
    assert len({extras.tone_name(texts, each) for each in Tone}) == len(Tone)
    options = extras.modal_options(texts, AUTUMN_2026.limits)
    assert len({option.label for option in options}) == len({option.value for option in options}) == 13
    said = extras.parse_options(option.value for option in options)
    assert said[PreferenceField.LANGUAGE] == [each.value for each in SpokenLanguage if each is not SpokenLanguage.AUTO]


def test_each_extra_has_its_own_name() -> None:
    named = {each: extras.language_name(ENGLISH, each) for each in SpokenLanguage}
    assert named == {
        each: ENGLISH(cast("MessageId", f"commands-language-{each.name.lower()}")) for each in SpokenLanguage
    }
    assert extras.tone_name(ENGLISH, Tone.GROUNDED) == ENGLISH("commands-tone-grounded")
    assert extras.aspect_ratio_name(ENGLISH, AspectRatio.TALL) == ENGLISH("commands-tall")
    assert extras.aspect_ratio_name(ENGLISH, AspectRatio.WIDE) == ENGLISH("commands-wide")


def test_the_options_of_a_modal_leave_out_the_defaults_and_name_them() -> None:
    """A server can have another aspect ratio as its default."""
    limits = replace(AUTUMN_2026.limits, default_aspect_ratio=AspectRatio.TALL)
    options = {option.value: option.description for option in extras.modal_options(ENGLISH, limits)}
    assert options["aspect_ratio:16:9"] == ENGLISH("forms-default-hint", choice=ENGLISH("commands-tall"))
    assert options["tone:cinematic"] == ENGLISH("forms-default-hint", choice=ENGLISH("commands-tone-grounded"))
    assert not options.keys() & {"aspect_ratio:9:16", "tone:grounded", "language:auto"}
    only = extras.modal_options(ENGLISH, RequestLimits(extras=ONLY_SUBTITLES))
    assert [option.value for option in only] == ["aspect_ratio:9:16", "subtitles:on"]
    languages = OfferedExtras((SpokenLanguage.AUTO, SpokenLanguage.FRENCH))
    without = extras.modal_options(ENGLISH, RequestLimits(extras=languages))
    assert [option.value for option in without] == ["aspect_ratio:9:16", "language:fr"]


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        *((str(number), number) for number in (0, 1, 120, 999)),
        *(("012", 12), ("\uff11\uff12", 12)),
        *((odd, None) for odd in ("", "abc", "-1", "1.5", "\u00b2", "1 2", "0x10", "9999", "9" * 5000)),
    ],
)
def test_a_length_is_a_number_in_any_scripts_digits(typed: str, seconds: int | None) -> None:
    """Any other text is no number."""
    assert modals.parse_seconds(typed) == seconds


@given(st.text(max_size=8))
def test_whatever_is_typed_as_a_length_is_a_number_or_none(typed: str) -> None:
    seconds = modals.parse_seconds(typed)
    assert seconds is None or 0 <= seconds <= 999


@given(JOBS)
@settings(max_examples=60)
async def test_nothing_breaks_the_buttons_of_a_movie(each: Job) -> None:
    """Labels, URLs and custom_ids fit, and are parsed unchanged."""
    presses = [
        *job_buttons.buttons_of_card(ENGLISH, each),
        *job_buttons.finished_buttons(ENGLISH, each),
        *job_buttons.finished_buttons(ENGLISH, each, direct=True),
    ]
    presses += [
        job_buttons.unfollow(ENGLISH, each),
        job_buttons.cancel(ENGLISH, each),
        job_buttons.retry(ENGLISH, each),
    ]
    for press in presses:
        view = build_view(press)
        assert broken_limits(discord.Embed(title="-"), "", view) == []
        [button] = view.children
        assert isinstance(button, discord.ui.Button)
        if button.custom_id is not None:
            read = parse_custom_id(button.custom_id)
            assert read is not None
            assert read[1][0] == each.id


@given(JOBS, FOREIGN)
@settings(max_examples=60)
def test_nothing_breaks_what_is_said_to_anyone_who_pressed(each: Job, name: str) -> None:
    """Member names and links vary."""
    named = job(each.state, member_name=name, movie_url=each.movie_url)
    texts = [
        button_responses.not_owner(ENGLISH, named),
        button_responses.cancelled(ENGLISH, named),
        button_responses.not_cancelled(ENGLISH, named),
    ]
    texts += [
        button_responses.fresh_link(ENGLISH, named).content,
        button_responses.no_fresh_link(ENGLISH, named).content,
        button_responses.not_found(ENGLISH),
        button_responses.own_movie(ENGLISH),
        button_responses.unfollowed(ENGLISH),
        button_responses.already_finished(ENGLISH),
    ]
    texts += [button_responses.follow(ENGLISH, outcome) for outcome in FollowResult] + [
        button_responses.target_changed(ENGLISH, where) for where in DeliveryTarget
    ]
    assert all(0 < len(text) <= 2000 for text in texts)
    assert mentioned(button_responses.not_owner(ENGLISH, named)) <= {"</movie>"}


@LANGUAGES
def test_a_movie_that_is_not_found_is_not_said_to_be_free(texts: Texts) -> None:
    """Its member may have paid for it."""
    assert texts("refusals-not-charged") not in button_responses.not_found(texts)


@pytest.mark.parametrize("state", JobState)
def test_anyone_who_cannot_cancel_is_told_why(state: JobState) -> None:
    """The response also tells about the credits or the movie."""
    text = button_responses.not_cancelled(ENGLISH, job(state))
    assert text.endswith(".")
    assert any(word in text for word in ("credits", "You'll get it", "/movies", "again in a moment"))


@given(FOREIGN, st.integers(1, MAX_FOLLOWERS))
@settings(max_examples=40)
def test_followers_are_told_within_the_limits(prompt: str, count: int) -> None:
    """Each follower is mentioned once, and no one else."""
    followers = tuple(range(10**19 - count, 10**19))
    message = job_messages.follower_message(ENGLISH, job(JobState.COMPLETED, prompt), followers)
    assert message.embed is not None
    assert broken_limits(message.embed, message.content) == []
    assert mentioned(message.content) == {f"<@{each}>" for each in followers}
    assert message.mentions == followers
    assert mentioned(str(message.embed.description)) == set()
