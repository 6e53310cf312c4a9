"""A movie's card in every state, and its notifications."""

from __future__ import annotations

import itertools
from dataclasses import replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.breaker import Outage
from bot.domain.durations import DurationEstimate
from bot.domain.estimates import Estimate
from bot.domain.followers import MAX_FOLLOWERS
from bot.domain.job import EndReason, Job, JobState, Progress
from bot.domain.preferences import DeliveryTarget
from bot.ui import job_messages
from bot.ui.end_reasons import operator_notified, reason_text
from tests.helpers.discord_limits import broken_limits, live, mentioned
from tests.helpers.expected_text import ENGLISH
from tests.helpers.factories import ALICE, CATALOGUE, FOREIGN, JOBS, balance, job

URL = "https://movies.test/final.mp4"

STATES = {
    JobState.RESERVED: ("in the queue", "Waiting for its turn", "held"),
    JobState.QUEUED: ("in the queue", "Waiting for its turn", "held"),
    JobState.SUBMITTING: ("in the queue", "It is being handed to the movie service", "held"),
    JobState.RENDERING: ("Making your movie", "Rendering", "held"),
    JobState.COMPLETED: ("ready", "its own message", "spent"),
    JobState.FAILED: ("No movie this time", "couldn't finish", "given back"),
    JobState.CANCELLED: ("Cancelled", "couldn't finish", "given back"),
    JobState.UNKNOWN: ("Checking", "not be ordered twice", "held"),
}
"""For each state: words of the title, of what happens now, and of where the credits are."""


def shown(embed: discord.Embed) -> dict[str, str]:
    """An embed's fields by name."""
    return {str(field.name): str(field.value) for field in embed.fields}


def everything(embed: discord.Embed) -> str:
    """All text of an embed."""
    parts = [embed.title, embed.description, embed.footer.text, *itertools.chain(*shown(embed).items())]
    return "\n".join(part for part in parts if part)


def embed_of(message: job_messages.Message) -> discord.Embed:
    """A message's embed: every one of these has one."""
    assert message.embed is not None
    return message.embed


def links(view: discord.ui.View | None) -> dict[str, str]:
    """The link buttons of a message."""
    buttons = [child for child in view.children if isinstance(child, discord.ui.Button)] if view else []
    return {str(button.label): str(button.url) for button in buttons if button.url is not None}


def labels(view: discord.ui.View | None) -> list[str]:
    """What stands on the buttons of a message, in their order."""
    buttons = [child for child in view.children if isinstance(child, discord.ui.Button)] if view else []
    return [str(button.label) for button in buttons]


@pytest.mark.parametrize("state", JobState)
def test_the_card_tells_the_state_what_happens_now_and_where_the_credits_are(state: JobState) -> None:
    """In words, not by colour alone."""
    title, now, credit = STATES[state]
    embed = job_messages.job_embed(job(state), CATALOGUE)
    assert title in str(embed.title)
    assert now in shown(embed)["Now"]
    assert shown(embed)["Cost"] == f"900 credits, {credit}"


@pytest.mark.parametrize("state", JobState)
def test_the_card_always_shows_prompt_options_and_requester(state: JobState) -> None:
    """With the models' labels and the job's id."""
    embed = job_messages.job_embed(job(state), CATALOGUE)
    assert embed.description == ">>> a red balloon"
    assert shown(embed)["Movie"] == "1 min 30 s · 16:9\nLuma Dream Machine \\+ Flux 1.1 Pro"
    assert shown(embed)["Asked for by"] == f"<@{ALICE}>"
    assert embed.footer.text == "Movie 0abc123defghj"


def test_a_model_that_left_the_catalogue_is_shown_by_its_key() -> None:
    """A movie rendering outlives the operator's change."""
    gone = job(request=cards_request("SORA", "DALLE"))
    assert shown(job_messages.job_embed(gone, CATALOGUE))["Movie"].endswith("SORA \\+ DALLE")


def cards_request(video: str, image: str) -> object:
    """A request with models that are in no catalogue."""
    made = job().request
    return type(made)(made.prompt, made.duration_seconds, video, image, made.aspect_ratio)


def test_progress_is_a_bar_and_the_stage_in_words() -> None:
    """Where the API tells stages; before that, that it is being made."""
    moving = job(progress=Progress(2, 5, "image_generation"))
    assert (
        shown(job_messages.job_embed(moving, CATALOGUE))["Now"]
        == "`████░░░░░░` 40%\nDrawing the pictures · 2 of 5 steps done"
    )
    assert shown(job_messages.job_embed(job(), CATALOGUE))["Now"] == "Rendering."


@pytest.mark.parametrize("reason", EndReason)
@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_every_reason_is_told_in_words_of_its_own(state: JobState, reason: EndReason) -> None:
    """The same on the card and in the notification."""
    ended = job(state, end_reason=reason)
    words = reason_text(ENGLISH, ended)
    assert words.endswith(".")
    assert "_" not in words
    assert shown(job_messages.job_embed(ended, CATALOGUE))["Now"] == words
    message = (
        job_messages.failed_message(ended, balance())
        if state is JobState.FAILED
        else job_messages.cancelled_message(ended)
    )
    assert words in str(embed_of(message).description)


def test_no_two_reasons_are_told_alike() -> None:
    """A member can tell the operator which it was."""
    told = [reason_text(ENGLISH, job(JobState.FAILED, end_reason=reason)) for reason in EndReason]
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("reason", EndReason)
def test_the_apis_own_words_are_shown_only_where_they_are_about_the_movie(reason: EndReason) -> None:
    """What it says about the key or plan is the operator's."""
    words = reason_text(
        ENGLISH, job(JobState.FAILED, end_reason=reason, upstream_message="the prompt *names* @everyone")
    )
    about_the_movie = reason in {EndReason.UPSTREAM_FAILED, EndReason.REQUEST_REJECTED}
    assert ("It said: “the prompt \\*names\\* \\@everyone”" in words) == about_the_movie


async def test_a_finished_movie_mentions_its_member_and_carries_the_link_in_the_content() -> None:
    """There Discord plays it.

    The embed says the cost and what is left, and buttons lead to it and to the Studio.
    """
    message = job_messages.completed_message(job(JobState.COMPLETED, movie_url=URL), balance(320))
    assert message.content.split("\n") == [f"<@{ALICE}> Your movie is ready.", URL]
    assert "**900 credits** spent · **320 credits** left this month" in str(embed_of(message).description)
    studio = "https://app.samsar.one/video/65fd0c1"
    assert links(message.view) == {"Open the movie": URL, "Open in Studio": studio}


async def test_a_link_too_long_for_a_button_is_still_posted() -> None:
    """A signed link can have a thousand characters; a button takes 512."""
    url = f"{URL}?{'s' * 1000}"
    message = job_messages.completed_message(job(JobState.COMPLETED, movie_url=url), balance())
    assert url in message.content
    assert list(links(message.view)) == ["Open in Studio"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "http://[", "https://movies.test/a b", None])
async def test_a_link_that_cannot_be_posted_leads_to_the_studio(url: str | None) -> None:
    """The movie reaches its member all the same."""
    message = job_messages.completed_message(job(JobState.COMPLETED, movie_url=url), balance())
    assert message.content.endswith(ENGLISH("links-unsafe"))
    assert url is None or url not in message.content
    assert list(links(message.view)) == ["Open in Studio"]


async def test_without_anything_to_open_there_is_still_something_to_press() -> None:
    """A direct message has the refresh button."""
    odd = job(JobState.COMPLETED, movie_url="odd", request_id=None)
    assert labels(job_messages.completed_message(odd, balance()).view) == ["Remix", "Again", "Refresh link"]
    assert labels(job_messages.completed_message(odd, balance(), direct=True).view) == ["Refresh link"]


BUTTONS = {
    JobState.RESERVED: ["Cancel", "Follow", "Send it to me directly"],
    JobState.QUEUED: ["Cancel", "Follow", "Send it to me directly"],
    JobState.SUBMITTING: ["Follow", "Send it to me directly"],
    JobState.RENDERING: ["Follow", "Send it to me directly"],
    JobState.UNKNOWN: ["Follow", "Send it to me directly"],
    JobState.COMPLETED: [],
    JobState.FAILED: ["Try again"],
    JobState.CANCELLED: ["Try again"],
}


@pytest.mark.parametrize("state", JobState)
async def test_a_card_has_the_buttons_that_do_something_in_its_state(state: JobState) -> None:
    """None that would only be refused.

    Where the movie goes to its member, nobody can follow it.
    """
    assert labels(job_messages.job_view(job(state))) == BUTTONS[state]
    direct = [label if label != "Send it to me directly" else "Post it in the channel" for label in BUTTONS[state]]
    direct = [label for label in direct if label != "Follow"]
    assert labels(job_messages.job_view(job(state, delivery_target=DeliveryTarget.DIRECT_MESSAGE))) == direct


PLACES = {
    None: "Waiting for its turn.",
    0: "It is next.",
    1: "1 movie is in front of it.",
    100: "100 movies are in front of it.",
    101: "More than 100 movies are in front of it.",
}


@pytest.mark.parametrize("ahead", PLACES)
def test_a_waiting_card_says_its_place(ahead: int | None) -> None:
    """In a whole sentence, and no estimate where nothing is known."""
    assert shown(job_messages.job_embed(job(JobState.QUEUED), CATALOGUE, Estimate(ahead)))["Now"] == PLACES[ahead]


OUTAGES = {
    Outage.NO_ANSWER: "The movie service is not answering right now.",
    Outage.UNREACHABLE: "The movie service is not answering right now.",
    Outage.AUTHENTICATION_FAILED: operator_notified(ENGLISH),
    Outage.PLAN_EXHAUSTED: operator_notified(ENGLISH),
    Outage.KEY_LIMIT_REACHED: operator_notified(ENGLISH),
    Outage.WRONG_API: operator_notified(ENGLISH),
    Outage.RATE_LIMITED: "The movie service is busy right now.",
}


@pytest.mark.parametrize("outage", Outage)
def test_a_waiting_card_says_why_no_movie_starts(outage: Outage) -> None:
    """With the credits, the start of the movie, and the position."""
    text = shown(job_messages.job_embed(job(JobState.QUEUED), CATALOGUE, Estimate(1, outage=outage)))["Now"]
    for words in (OUTAGES[outage], "credits stay held", "starts as soon as", "1 movie is in front of it."):
        assert words in text


def test_an_estimate_is_a_range_and_its_middle() -> None:
    """Rounded to what anyone can know.

    Past the range it is said that it takes longer.
    """
    outlook = Estimate(None, DurationEstimate(127.0, 62.0, 241.0, 20), 30.0)
    text = shown(job_messages.job_embed(job(), CATALOGUE, outlook))["Now"]
    assert text.endswith(
        "With this model, movies of this length mostly took 1 min to 4 min, half of them less than 2 min."
    )
    late = shown(job_messages.job_embed(job(), CATALOGUE, replace(outlook, age=242.0)))["Now"]
    assert "It takes longer than usual" in late
    assert "1 min to 4 min" in late
    same = Estimate(None, DurationEstimate(60.0, 58.0, 62.0, 20))
    assert "mostly took about 1 min" in shown(job_messages.job_embed(job(JobState.QUEUED), CATALOGUE, same))["Now"]


async def test_followers_are_named_once_beside_the_member() -> None:
    """In the content, where a mention is one."""
    message = job_messages.completed_message(job(JobState.COMPLETED, movie_url=URL), balance(), (7, 8))
    assert message.content.splitlines()[0] == f"<@{ALICE}> Your movie is ready. Also for <@7> <@8>."
    assert message.mentions == (ALICE, 7, 8)


@given(st.none() | FOREIGN | FOREIGN.map("https://movies.test/{}".format))
async def test_a_fresh_link_takes_the_place_of_the_old_one(url: str | None) -> None:
    """Whatever it is, and however often.

    The rest of the message stays, and it still fits.
    """
    followers = tuple(range(10**19 - MAX_FOLLOWERS, 10**19))
    before = job_messages.completed_message(job(JobState.COMPLETED, movie_url=URL), balance(), followers)
    fresh = job(JobState.COMPLETED, movie_url=url)
    after, embed = job_messages.replace_link(before.content, before.embed, fresh)
    assert (
        after
        == job_messages.replace_link(after, embed, fresh)[0]
        == job_messages.completed_message(fresh, balance(), followers).content
    )
    assert embed == before.embed
    assert len(after) <= 2000


def test_a_failed_movie_says_that_it_cost_nothing() -> None:
    """What came back, and what there is now."""
    message = job_messages.failed_message(job(JobState.FAILED, end_reason=EndReason.UPSTREAM_FAILED), balance(1000))
    assert message.content == f"<@{ALICE}> Your movie could not be made. It cost you nothing."
    assert "**900 credits** came back to you · **1,000 credits** left this month" in str(embed_of(message).description)


def test_an_unknown_movie_says_that_the_credits_wait() -> None:
    """It is neither promised nor given up."""
    message = job_messages.unknown_message(job(JobState.UNKNOWN))
    assert message.content == f"<@{ALICE}> I am checking what became of your movie."
    assert "**900 credits** will stay held until it is clear" in str(embed_of(message).description)


def test_one_credit_is_told_as_one() -> None:
    """A sentence that is right for one is right for many."""
    message = job_messages.unknown_message(job(JobState.UNKNOWN, price=1))
    assert "**1 credit** will stay held until it is clear, and will then be spent" in str(embed_of(message).description)


def test_a_cancelled_movie_says_how_to_try_again() -> None:
    """And that nothing was spent."""
    message = job_messages.cancelled_message(job(JobState.CANCELLED, end_reason=EndReason.RESPONSE_FAILED))
    assert message.content == f"<@{ALICE}> Your movie was not started. It cost you nothing."
    assert "**900 credits** came back to you. Type /movie to try again." in str(embed_of(message).description)


@given(FOREIGN)
def test_a_members_name_on_a_card_has_no_live_markup(name: str) -> None:
    """A name that does not show gives way to a mention."""
    card = job_messages.job_embed(job(member_name=name), CATALOGUE)
    [shown] = [str(each.value) for each in card.fields if each.name == "Asked for by"]
    assert shown == f"<@{ALICE}>" or live(shown) == []
    assert broken_limits(card) == []


@given(JOBS)
@settings(max_examples=200)
async def test_nothing_from_outside_breaks_a_card_or_a_message(ended: Job) -> None:
    """Any prompt, link, stage or reason, mentioning only the requester."""
    card = job_messages.job_embed(ended, CATALOGUE)
    assert broken_limits(card) == []
    assert live(str(card.description).removeprefix(">>> ")) == []
    assert mentioned(everything(card)) == {f"<@{ALICE}>"}
    assert broken_limits(card, "", job_messages.job_view(ended)) == []
    messages = [
        job_messages.completed_message(ended, balance()),
        job_messages.failed_message(ended, balance()),
        job_messages.unknown_message(ended),
    ]
    for message in [*messages, job_messages.cancelled_message(ended)]:
        assert broken_limits(embed_of(message), message.content, message.view) == []
        assert mentioned(everything(embed_of(message))) == set()
        assert mentioned(message.content) - {"@everyone", "@here"} == {f"<@{ALICE}>"}
        first = str(embed_of(message).description).split("\n")[0]
        assert live(first.removeprefix("> ")) == []
