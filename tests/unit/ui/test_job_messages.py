"""A movie's card in every state, and its notifications."""

from __future__ import annotations

import itertools
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.breaker import Outage
from bot.domain.delivery import NotificationType
from bot.domain.durations import DurationEstimate
from bot.domain.estimates import Estimate
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.job import EndReason, Job, JobState, Progress
from bot.domain.language import Language
from bot.domain.preferences import DeliveryTarget
from bot.locales.texts import Texts, texts_in
from bot.ui import job_messages, stars
from bot.ui.amounts import format_credits
from bot.ui.end_reasons import reason_text
from bot.ui.job_status import outage_text
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN, JOBS, balance, job
from tests.helpers.reading import fields, view_buttons, view_labels

URL = "https://movies.test/final.mp4"

STATES: dict[JobState, tuple[str, str, str]] = {
    JobState.RESERVED: (ENGLISH("cards-queued-title"), ENGLISH("cards-waiting"), "900 credits on hold"),
    JobState.AWAITING_APPROVAL: (ENGLISH("cards-awaiting-title"), ENGLISH("cards-awaiting"), "900 credits on hold"),
    JobState.QUEUED: (ENGLISH("cards-queued-title"), ENGLISH("cards-waiting"), "900 credits on hold"),
    JobState.SUBMITTING: (ENGLISH("cards-queued-title"), ENGLISH("cards-sending"), "900 credits on hold"),
    JobState.RENDERING: (ENGLISH("cards-rendering-title"), "Rendering", "900 credits on hold"),
    JobState.COMPLETED: (ENGLISH("cards-ready-title"), ENGLISH("cards-ready"), "900 credits"),
    JobState.FAILED: (ENGLISH("cards-failed-title"), "", "900 credits refunded"),
    JobState.CANCELLED: (ENGLISH("cards-cancelled-title"), "", "900 credits refunded"),
    JobState.UNKNOWN: (ENGLISH("cards-unknown-title"), ENGLISH("cards-unknown"), "900 credits on hold"),
}
"""For each state: the title, what happens now, and where the credits are."""

LANGUAGES = pytest.mark.parametrize("texts", [texts_in(language) for language in Language], ids=list(Language))
STATUS, MOVIE = job_messages.status_field(ENGLISH), ENGLISH("cards-movie-field")
COST, REQUESTER = ENGLISH("cards-cost-field"), ENGLISH("cards-requester-field")


def everything(embed: discord.Embed) -> str:
    """All text of an embed."""
    parts = [embed.title, embed.description, embed.footer.text, *itertools.chain(*fields(embed).items())]
    return "\n".join(part for part in parts if part)


def embed_of(message: job_messages.Message) -> discord.Embed:
    """Return a message's embed, which every message here has."""
    assert message.embed is not None
    return message.embed


def links(view: discord.ui.View | None) -> dict[str, str]:
    """The link buttons of a message."""
    return {str(button.label): str(button.url) for button in view_buttons(view) if button.url is not None}


@pytest.mark.parametrize("state", JobState)
def test_the_card_tells_the_state_what_happens_now_and_where_the_credits_are(state: JobState) -> None:
    """Colors alone don't tell the state."""
    title, now, credits = STATES[state]
    embed = job_messages.job_embed(ENGLISH, job(state), CATALOGUE)
    assert embed.title == title
    assert now in fields(embed)[STATUS]
    assert fields(embed)[COST] == credits


@pytest.mark.parametrize("state", JobState)
def test_the_card_always_shows_prompt_options_and_requester(state: JobState) -> None:
    """It also has the models' labels and the job's id."""
    embed = job_messages.job_embed(ENGLISH, job(state), CATALOGUE)
    assert embed.description == ">>> a red balloon"
    assert fields(embed)[MOVIE] == "1 min 30 s · 16:9\nLuma Dream Machine \\+ Flux 1.1 Pro"
    assert fields(embed)[REQUESTER] == f"<@{ALICE}>"
    assert embed.footer.text == "ID 0abc123defghj"


def test_a_model_that_left_the_catalogue_is_shown_by_its_key() -> None:
    """The operator may remove a model while its movie renders."""
    gone = job(request=cards_request("SORA", "DALLE"))
    assert fields(job_messages.job_embed(ENGLISH, gone, CATALOGUE))[MOVIE].endswith("SORA \\+ DALLE")


def cards_request(video: str, image: str) -> object:
    """Return a request with models that are in no catalogue."""
    made = job().request
    return type(made)(made.prompt, made.duration_seconds, video, image, made.aspect_ratio)


def test_progress_is_a_bar_and_the_stage_in_words() -> None:
    """Without stages, the card says that the movie is being made."""
    moving = job(progress=Progress(2, 5, "image_generation"))
    assert (
        fields(job_messages.job_embed(ENGLISH, moving, CATALOGUE))[STATUS]
        == "`████░░░░░░` 40%\nStep 3 of 5 · Drawing the pictures"
    )
    assert fields(job_messages.job_embed(ENGLISH, job(), CATALOGUE))[STATUS] == "Rendering…"


@pytest.mark.parametrize("reason", EndReason)
@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_every_reason_is_told_in_words_of_its_own(state: JobState, reason: EndReason) -> None:
    """The card and the notification use the same text."""
    ended = job(state, end_reason=reason)
    words = reason_text(ENGLISH, ended)
    assert words.endswith(".")
    assert "_" not in words
    assert fields(job_messages.job_embed(ENGLISH, ended, CATALOGUE))[STATUS] == words
    message = (
        job_messages.failed_message(ENGLISH, ended, balance())
        if state is JobState.FAILED
        else job_messages.cancelled_message(ENGLISH, ended)
    )
    assert words in str(embed_of(message).description)


@LANGUAGES
@pytest.mark.parametrize("pitch_id", [None, "0abc123defghj"])
@pytest.mark.parametrize(("days", "is_bonus"), [(0, False), (31, True)])
def test_credits_of_a_past_month_are_refunded_as_bonus_credits(
    texts: Texts, pitch_id: str | None, days: int, *, is_bonus: bool
) -> None:
    """Only where it took the bot or the operator that long to decide."""
    ended_at = job().created_at + days * 86_400_000
    late = job(JobState.FAILED, finished_at=ended_at, end_reason=EndReason.STAYED_UNKNOWN, pitch_id=pitch_id)
    told = [job_messages.failed_message(texts, late, each, direct=True) for each in (None, balance())]
    bonus = (
        texts("deliveries-refunded-bonus", refunded=format_credits(texts, 900))
        if pitch_id is None
        else texts("pledges-refunded-bonus")
    )
    assert [bonus in str(embed_of(each).description) for each in told] == [is_bonus] * 2
    failed = replace(late, end_reason=EndReason.UPSTREAM_FAILED)
    assert bonus not in str(embed_of(job_messages.failed_message(texts, failed, None)).description)


def test_no_two_reasons_are_told_alike() -> None:
    """A member can tell the operator which it was."""
    told = [reason_text(ENGLISH, job(JobState.FAILED, end_reason=reason)) for reason in EndReason]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("reason", EndReason)
def test_the_apis_own_words_are_shown_only_where_they_are_about_the_movie(reason: EndReason) -> None:
    """Messages about the key or the plan are for the operator."""
    words = reason_text(
        ENGLISH, job(JobState.FAILED, end_reason=reason, upstream_message="the prompt *names* @everyone")
    )
    about_the_movie = reason in {EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED}
    assert ("It said: “the prompt \\*names\\* \\@everyone”" in words) == about_the_movie


async def test_a_finished_movie_mentions_its_member_and_carries_the_link_in_the_content() -> None:
    """Discord plays the movie from the content.

    The embed says the cost, and a button leads to the Studio.
    """
    message = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED, movie_url=URL), None)
    assert message.content.split("\n") == [f"<@{ALICE}> Your movie is ready.", URL]
    assert str(embed_of(message).description).endswith("\n**900 credits** spent")
    studio = "https://app.samsar.one/video/65fd0c1"
    assert links(message.view) == {"Open in Studio": studio}
    attached = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED, movie_url=URL), None, attached=True)
    assert attached.content.split("\n") == [f"<@{ALICE}> Your movie is ready.", f"[Watch](<{URL}>)"]


@LANGUAGES
@pytest.mark.parametrize("direct", [False, True])
async def test_the_buttons_of_a_movie_are_two_short_rows(texts: Texts, direct: bool) -> None:
    """A direct message has no buttons to order or report."""
    done = job(JobState.COMPLETED, movie_url=URL)
    view = job_messages.completed_message(texts, done, balance(), direct=direct).view
    assert view is not None
    rows = [len(row["components"]) for row in view.to_components()]
    assert rows == ([3] if direct else [5, 4])


async def test_a_long_link_is_still_posted() -> None:
    """A signed link can have a thousand characters."""
    url = f"{URL}?{'s' * 1000}"
    message = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED, movie_url=url), balance())
    assert url in message.content
    assert list(links(message.view)) == ["Open in Studio"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "https://movies.test/a b", None])
async def test_a_link_that_cannot_be_posted_leads_to_the_studio(url: str | None) -> None:
    """The member still gets the movie."""
    message = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED, movie_url=url), balance())
    assert message.content.endswith(ENGLISH("links-unsafe"))
    assert url is None or url not in message.content
    assert list(links(message.view)) == ["Open in Studio"]


async def test_without_anything_to_open_there_is_still_something_to_press() -> None:
    """A direct message has the refresh button."""
    odd = job(JobState.COMPLETED, movie_url="odd", request_id=None)
    assert view_labels(job_messages.completed_message(ENGLISH, odd, balance()).view) == [
        "Remix",
        "Continue",
        "Rerun",
        "New link",
        "⭐ Star",
        "Receipt",
        "Delete",
        "Report",
    ]
    by_dm = job_messages.completed_message(ENGLISH, odd, balance(), direct=True)
    assert view_labels(by_dm.view) == ["New link", "Delete"]


BUTTONS = {
    JobState.RESERVED: ["Cancel", "Notify me", "DM me instead"],
    JobState.AWAITING_APPROVAL: ["Cancel", "Notify me", "DM me instead"],
    JobState.QUEUED: ["Cancel", "Notify me", "DM me instead"],
    JobState.SUBMITTING: ["Notify me", "DM me instead"],
    JobState.RENDERING: ["Notify me", "DM me instead"],
    JobState.UNKNOWN: ["Notify me", "DM me instead"],
    JobState.COMPLETED: [],
    JobState.FAILED: ["Try again"],
    JobState.CANCELLED: ["Try again"],
}


@pytest.mark.parametrize("state", JobState)
async def test_a_card_has_the_buttons_that_do_something_in_its_state(state: JobState) -> None:
    """No button would be refused.

    Only the member follows a movie that goes to their direct messages.
    """
    assert view_labels(job_messages.job_view(ENGLISH, job(state))) == BUTTONS[state]
    direct = [label if label != "DM me instead" else "Post here instead" for label in BUTTONS[state]]
    direct = [label for label in direct if label != "Notify me"]
    by_dm = job(state, delivery_target=DeliveryTarget.DIRECT_MESSAGE)
    assert view_labels(job_messages.job_view(ENGLISH, by_dm)) == direct


PLACES = {
    None: ENGLISH("cards-waiting"),
    0: ENGLISH("cards-next"),
    1: "1 movie ahead of yours.",
    100: "100 movies ahead of yours.",
    101: "More than 100 movies ahead of yours.",
}


@pytest.mark.parametrize("ahead", PLACES)
def test_a_waiting_card_says_its_place(ahead: int | None) -> None:
    """The sentence has no estimate where no durations are known."""
    card = job_messages.job_embed(ENGLISH, job(JobState.QUEUED), CATALOGUE, Estimate(ahead))
    assert fields(card)[STATUS] == PLACES[ahead]


@LANGUAGES
@pytest.mark.parametrize("outage", Outage)
def test_a_waiting_card_says_why_no_movie_starts(outage: Outage, texts: Texts) -> None:
    """It also tells about the credits, and the position."""
    card = job_messages.job_embed(texts, job(JobState.QUEUED), CATALOGUE, Estimate(1, outage=outage))
    first, second = fields(card)[job_messages.status_field(texts)].splitlines()
    assert first == texts("cards-outage-promise", outage=outage_text(texts, outage))
    assert second == texts("cards-ahead", movies=1)


def test_an_estimate_is_a_range() -> None:
    """It is rounded, because it is uncertain.

    Past the range, the card says that it takes longer.
    """
    estimate = Estimate(None, DurationEstimate(127.0, 62.0, 241.0, 20), 30.0)
    waiting = fields(job_messages.job_embed(ENGLISH, job(JobState.QUEUED), CATALOGUE, estimate))[STATUS]
    assert waiting.endswith("Usually 1–4 min")
    late = fields(job_messages.job_embed(ENGLISH, job(), CATALOGUE, replace(estimate, age=242.0)))[STATUS]
    assert late.endswith(ENGLISH("cards-late", spread="1–4 min"))
    same = Estimate(None, DurationEstimate(60.0, 58.0, 62.0, 20))
    assert fields(job_messages.job_embed(ENGLISH, job(), CATALOGUE, same))[STATUS].endswith("Usually 1 min")
    short = Estimate(None, DurationEstimate(60.0, 30.0, 124.0, 20))
    assert fields(job_messages.job_embed(ENGLISH, job(), CATALOGUE, short))[STATUS].endswith("Usually 30 s to 2 min")


@pytest.mark.parametrize(("age", "after"), [(0.0, 127), (127.0, 127), (128.0, 241), (241.0, 241)])
def test_a_rendering_card_says_around_when_the_movie_is_ready(age: float, after: int) -> None:
    """The median comes first, then the range's end, never a past time."""
    rendering = job(submitted_at=1_700_000_000_000)
    estimate = Estimate(None, DurationEstimate(127.0, 62.0, 241.0, 20), age)
    text = fields(job_messages.job_embed(ENGLISH, rendering, CATALOGUE, estimate))[STATUS]
    assert text.endswith(f"Usually 1–4 min · ready around <t:{1_700_000_000 + after}:t>")


async def test_followers_are_named_once_beside_the_member() -> None:
    """Discord pings only mentions in the content."""
    message = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED, movie_url=URL), balance(), (7, 8))
    assert message.content.splitlines()[0] == f"<@{ALICE}> Your movie is ready. cc <@7> <@8>"
    assert message.mentions == (ALICE, 7, 8)


@given(st.none() | FOREIGN | FOREIGN.map("https://movies.test/{}".format))
async def test_a_fresh_link_takes_the_place_of_the_old_one(url: str | None) -> None:
    """Links of any kind can be replaced repeatedly.

    The rest of the message stays, and it still fits.
    """
    followers = tuple(range(10**19 - MAX_FOLLOWERS, 10**19))
    before = job_messages.completed_message(ENGLISH, job(JobState.COMPLETED, movie_url=URL), balance(), followers)
    fresh = job(JobState.COMPLETED, movie_url=url)
    after, embed = job_messages.replace_link(ENGLISH, before.content, before.embed, fresh, attached=False)
    assert (
        after
        == job_messages.replace_link(ENGLISH, after, embed, fresh, attached=False)[0]
        == job_messages.completed_message(ENGLISH, fresh, balance(), followers).content
    )
    assert embed == before.embed
    assert len(after) <= 2000


@LANGUAGES
async def test_only_a_direct_message_says_what_is_left(texts: Texts) -> None:
    """Others in a channel must not see a member's balance."""
    for ended, build in (
        (job(JobState.COMPLETED, movie_url=URL), job_messages.completed_message),
        (job(JobState.FAILED, end_reason=EndReason.UPSTREAM_FAILED), job_messages.failed_message),
    ):
        direct = str(embed_of(build(texts, ended, balance(1234), direct=True)).description).splitlines()[-1]
        public = str(embed_of(build(texts, ended, None)).description).splitlines()[-1]
        assert "900" in direct
        assert "234" in direct
        assert "234" not in public
        assert "900" in public


def test_a_failed_movie_says_that_it_cost_nothing() -> None:
    """It says how much was refunded."""
    message = job_messages.failed_message(ENGLISH, job(JobState.FAILED), None)
    assert message.content == f"<@{ALICE}> Your movie failed. Its credits were refunded."
    assert str(embed_of(message).description).endswith("\n**900 credits** refunded")


@LANGUAGES
@pytest.mark.parametrize("price", [1, 900])
def test_an_unknown_movie_says_that_the_credits_wait(texts: Texts, price: int) -> None:
    message = job_messages.unknown_message(texts, job(JobState.UNKNOWN, price=price))
    assert message.content == texts("deliveries-unknown", member=f"<@{ALICE}>")
    assert f"**{format_credits(texts, price)}**" in str(embed_of(message).description)


def test_a_cancelled_movie_says_how_to_try_again() -> None:
    """It also says that nothing was spent."""
    message = job_messages.cancelled_message(ENGLISH, job(JobState.CANCELLED, end_reason=EndReason.RESPONSE_FAILED))
    assert message.content == f"<@{ALICE}> Your movie didn't start. Its credits were refunded."
    assert "**900 credits** refunded. Type /movie to try again." in str(embed_of(message).description)


def test_no_two_notifications_have_the_same_color() -> None:
    """The color distinguishes them in every language."""
    assert set(job_messages.COLOURS) == set(NotificationType)
    assert len({colour.value for colour in job_messages.COLOURS.values()}) == len(NotificationType)


@given(FOREIGN)
def test_a_members_name_on_a_card_has_no_live_markup(name: str) -> None:
    """An invisible name is replaced by a mention."""
    card = job_messages.job_embed(ENGLISH, job(member_name=name), CATALOGUE)
    [shown] = [str(each.value) for each in card.fields if each.name == REQUESTER]
    assert shown == f"<@{ALICE}>" or live(shown) == []
    assert broken_limits(card) == []


@given(JOBS, st.sampled_from(Language))
@settings(max_examples=200)
async def test_nothing_from_outside_breaks_a_card_or_a_message(ended: Job, language: Language) -> None:
    """Prompts, links, stages and reasons vary, and only the requester is mentioned."""
    texts = texts_in(language)
    card = job_messages.job_embed(texts, ended, CATALOGUE)
    assert broken_limits(card) == []
    assert live(str(card.description).removeprefix(">>> ")) == []
    assert mentioned(everything(card)) == {f"<@{ALICE}>"}
    assert broken_limits(card, "", job_messages.job_view(texts, ended)) == []
    messages = [
        job_messages.completed_message(texts, ended, balance(), direct=False),
        job_messages.failed_message(texts, ended, balance()),
        job_messages.unknown_message(texts, ended),
    ]
    for message in [*messages, job_messages.cancelled_message(texts, ended)]:
        assert broken_limits(embed_of(message), message.content, message.view) == []
        assert mentioned(everything(embed_of(message))) == set()
        assert mentioned(message.content) - {"@everyone", "@here"} == {f"<@{ALICE}>"}
        first = str(embed_of(message).description).split("\n")[0]
        assert live(first.removeprefix("> ")) == []


def test_a_long_prompt_is_cut_in_the_alternative_text() -> None:
    """Discord refuses a file description of more than 1,024 characters."""
    request = replace(job().request, prompt="word " * 500)
    long = replace(job(JobState.COMPLETED, movie_url=URL), request=request)
    described = job_messages.completed_message(ENGLISH, long, None, attached=True).alt_text
    assert 900 < len(described) <= 1024
    assert described.endswith("…")
    assert stars.gallery_message(ENGLISH, long, attached=True).alt_text == described, "as in the gallery"
